import { defineNormalisation } from '../descriptor';
import { at, atInt } from '../numeric/at';
import { applyConstant } from '../numeric/linear';
import { OUTPUT_RANGE_PARAMETERS, checkOutputRange, middleOf, warnConstant } from '../numeric/output-range';
import { positionsAmong } from '../numeric/positions';
import { sortedPresent } from '../numeric/statistics';

/** Percentile rank: the share of the other cities that a city beats. */
export const percentileRank = defineNormalisation({
  id: 'PERCENTILE_RANK',
  title: 'Percentile rank',
  summary:
    'Scores each city by the share of the other cities that it beats on the indicator, from `low` to `high`. Indifferent to outliers and comparable between indicators with different numbers of gaps.',
  formula:
    'y = low + (number of fitted values below x) / (n − 1) × (high − low), n the number of fitted values, held at high for an x above all of them; a constant column, or a single value, gets (low + high) / 2',
  parameters: OUTPUT_RANGE_PARAMETERS,
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5 (ranking)',
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
  cost: (n, m) => 2 * n * m * Math.log2(n + 1),
  fit(values, { low, high }, context) {
    checkOutputRange(low, high, context);
    const sorted = sortedPresent(values);
    if (sorted.length > 0 && isConstant(sorted)) warnConstant(middleOf(low, high), context);
    return sorted;
  },
  apply(values, fitted, { low, high }, out) {
    if (fitted.length === 0) {
      out.fill(NaN);
    } else if (isConstant(fitted)) {
      applyConstant(values, middleOf(low, high), out);
    } else {
      const { below } = positionsAmong(values, fitted);
      const last = fitted.length - 1;
      for (let i = 0; i < values.length; i++) {
        const less = atInt(below, i);
        out[i] = less < 0 ? NaN : low + (Math.min(last, less) / last) * (high - low);
      }
    }
  },
});

function isConstant(sorted: Float64Array): boolean {
  return at(sorted, 0) === at(sorted, sorted.length - 1);
}
