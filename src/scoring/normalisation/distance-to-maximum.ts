import { defineNormalisation } from '../descriptor';
import { at } from '../numeric/at';
import { applyConstant, applyLinear } from '../numeric/linear';
import { warnConstant } from '../numeric/output-range';
import { rangeOf } from '../numeric/statistics';

/** Distance to the best city, as a share of the range. */
export const distanceToMaximum = defineNormalisation({
  id: 'DISTANCE_TO_MAXIMUM',
  title: 'Distance to the maximum',
  summary:
    'Scores each city by how near it comes to the best one, as a share of the range: the best has 1, the worst 0.',
  formula: 'y = 1 − (max − x) / (max − min), x oriented so that more is better; a constant column gets 0.5',
  parameters: {},
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5 (distance to a reference)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
    {
      citation: 'Becker et al. (2022), COINr: An R package for developing composite indicators, JOSS 7(78), 4567',
      url: 'https://doi.org/10.21105/joss.04567',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    BOUNDED: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n, m) => n * m,
  fit(values, _parameters, context) {
    const { min, max } = rangeOf(values);
    if (min === max) warnConstant(0.5, context);
    return Float64Array.of(min, max);
  },
  apply(values, fitted, _parameters, out) {
    const min = at(fitted, 0);
    const max = at(fitted, 1);
    if (min === max) applyConstant(values, 0.5, out);
    else applyLinear(values, min, max, 0, 1, out);
  },
});
