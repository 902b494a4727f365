import { defineNormalisation } from '../descriptor';
import { at } from '../numeric/at';
import { applyConstant, applyLinear } from '../numeric/linear';
import { OUTPUT_RANGE_PARAMETERS, checkOutputRange, middleOf, warnConstant } from '../numeric/output-range';
import { rangeOf } from '../numeric/statistics';

/** Min–max: the worst city gets `low`, the best `high`. */
export const minMax = defineNormalisation({
  id: 'MIN_MAX',
  title: 'Min–max',
  summary: 'Stretches each indicator linearly so that its worst value becomes `low` and its best `high`.',
  formula:
    'y = low + (x − min) / (max − min) × (high − low), x oriented so that more is better; a constant column gets (low + high) / 2',
  parameters: OUTPUT_RANGE_PARAMETERS,
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5 (min–max)',
      url: 'https://doi.org/10.1787/9789264043466-en',
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
  fit(values, { low, high }, context) {
    checkOutputRange(low, high, context);
    const { min, max } = rangeOf(values);
    if (min === max) warnConstant(middleOf(low, high), context);
    return Float64Array.of(min, max);
  },
  apply(values, fitted, { low, high }, out) {
    const min = at(fitted, 0);
    const max = at(fitted, 1);
    if (min === max) applyConstant(values, middleOf(low, high), out);
    else applyLinear(values, min, max, low, high - low, out);
  },
});
