import { defineNormalisation } from '../descriptor';
import { at } from '../numeric/at';
import { applyConstant, applyLinear, capAbove } from '../numeric/linear';
import { warnConstant } from '../numeric/output-range';
import { rangeOf } from '../numeric/statistics';

/** Distance to a reference city, as a share of that city's distance to the worst one. */
export const distanceToReference = defineNormalisation({
  id: 'DISTANCE_TO_REFERENCE',
  title: 'Distance to a reference city',
  summary:
    'Scores each city against a reference city, which has 1; the worst city has 0 and cities better than the reference more than 1, or 1 with `cap`.',
  formula:
    'y = 1 − (x_ref − x) / (x_ref − min), x oriented so that more is better and x_ref the value of the reference city; with `cap` at most 1; a constant column gets 0.5',
  parameters: {
    reference: {
      kind: 'code',
      of: 'city',
      required: true,
      description: 'Code of the reference city, which must have a value better than the worst.',
    },
    cap: {
      kind: 'boolean',
      default: true,
      description: 'Hold the score of cities better than the reference at its own.',
    },
  },
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
  fit(values, { reference }, context) {
    const { cities, indicator, refuse } = context;
    const row = cities.findIndex((city) => city.code === reference);
    if (row < 0)
      refuse('NOT_FOUND', `The reference city ${reference} is not in the table.`, 'a city of the table', reference);
    const { min, max } = rangeOf(values);
    const value = at(values, row);
    if (!Number.isNaN(min) && Number.isNaN(value))
      refuse(
        'PRECONDITION_FAILED',
        `The reference city ${reference} has no value of ${indicator.code}.`,
        'a city with values of all indicators, or an imputation',
        reference,
      );
    if (min === max) warnConstant(0.5, context);
    else if (value === min)
      refuse(
        'PRECONDITION_FAILED',
        `The reference city ${reference} has the worst value of ${indicator.code}, so distances to it have no unit.`,
        'a city that is not the worst on any indicator',
        reference,
      );
    return Float64Array.of(min, value);
  },
  apply(values, fitted, { cap }, out) {
    const min = at(fitted, 0);
    const reference = at(fitted, 1);
    if (min === reference) applyConstant(values, 0.5, out);
    else applyLinear(values, min, reference, 0, 1, out);
    if (cap) capAbove(out, 1);
  },
});
