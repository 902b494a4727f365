import { defineNormalisation } from '../descriptor';
import { at } from '../numeric/at';
import { applyScaledShare } from '../numeric/linear';
import { warnConstant } from '../numeric/output-range';
import { normsOf } from '../numeric/statistics';

/** Share of the column sum. */
export const sum = defineNormalisation({
  id: 'SUM',
  title: 'Share of the sum',
  summary:
    'Divides each indicator by its sum, so that the scores of a non-negative column add to 1. Keeps ratios; a cost gets negative scores.',
  formula:
    'y = x / Σ |x|, x oriented so that more is better (a cost is multiplied by −1); Σ |x| is Σ x for values that are not negative; a column of zeros gets 0',
  parameters: {},
  references: [
    {
      citation:
        'Vafaei, Ribeiro, Camarinha-Matos (2016), Normalization techniques for multi-criteria decision making, DoCEIS 2016',
      url: 'https://doi.org/10.1007/978-3-319-31165-4_26',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: false, counterExample: { columns: [[1, 2]], column: 0, amount: 1 } },
    BOUNDED: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n, m) => 2 * n * m,
  fit(values, _parameters, context) {
    const { scale, absolute } = normsOf(values);
    if (absolute === 0) warnConstant(0, context);
    return Float64Array.of(scale, absolute);
  },
  apply(values, fitted, _parameters, out) {
    applyScaledShare(values, at(fitted, 0), at(fitted, 1), out);
  },
});
