import { defineRanking } from '../descriptor';
import { atInt } from '../numeric/at';

/** Fractional ranks: 1, 2.5, 2.5, 4. */
export const fractional = defineRanking({
  id: 'FRACTIONAL',
  title: 'Fractional ranks (1 2.5 2.5 4)',
  summary:
    'Tied cities share the mean of the ranks that they take up, so ranks always add to n (n + 1) / 2. What rank correlations are computed from.',
  formula: 'r_i = 1 + number of cities with a better score + half the number of other cities with the same score',
  parameters: {},
  references: [
    {
      citation: 'R Core Team, base::rank, ties.method = "average"',
      url: 'https://stat.ethz.ch/R-manual/R-devel/library/base/html/rank.html',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n) => n,
  run(order, groupStart, groupEnd, out) {
    for (let k = 0; k < order.length; k++) {
      out[atInt(order, k)] = (atInt(groupStart, k) + 1 + atInt(groupEnd, k)) / 2;
    }
  },
});
