import { defineRanking } from '../descriptor';
import { atInt } from '../numeric/at';

/** Standard competition ranks: 1, 2, 2, 4. */
export const competition = defineRanking({
  id: 'COMPETITION',
  title: 'Competition ranks (1224)',
  summary: 'Tied cities share the best of the ranks that they take up; the next city’s rank counts them all.',
  formula: 'r_i = 1 + number of cities with a better score',
  parameters: {},
  references: [
    {
      citation: 'R Core Team, base::rank, ties.method = "min"',
      url: 'https://stat.ethz.ch/R-manual/R-devel/library/base/html/rank.html',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n) => n,
  run(order, groupStart, _groupEnd, out) {
    for (let k = 0; k < order.length; k++) out[atInt(order, k)] = atInt(groupStart, k) + 1;
  },
});
