import { defineRanking } from '../descriptor';
import { atInt } from '../numeric/at';

/** Dense ranks: 1, 2, 2, 3. */
export const dense = defineRanking({
  id: 'DENSE',
  title: 'Dense ranks (1223)',
  summary: 'Tied cities share a rank and the next rank is not skipped: the rank counts distinct scores, not cities.',
  formula: 'r_i = 1 + number of distinct scores that are better',
  parameters: {},
  references: [
    {
      citation: 'SciPy, scipy.stats.rankdata, method = "dense"',
      url: 'https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.rankdata.html',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n) => n,
  run(order, groupStart, _groupEnd, out) {
    let rank = 0;
    for (let k = 0; k < order.length; k++) {
      if (atInt(groupStart, k) === k) rank++;
      out[atInt(order, k)] = rank;
    }
  },
});
