import { defineRanking } from '../descriptor';
import { atInt } from '../numeric/at';

/** Modified competition ranks: 1, 3, 3, 4. */
export const modifiedCompetition = defineRanking({
  id: 'MODIFIED_COMPETITION',
  title: 'Modified competition ranks (1334)',
  summary:
    'Tied cities share the worst of the ranks that they take up, so a rank of 3 says that two other cities are at least as good.',
  formula: 'r_i = number of cities with a score as good or better, the city itself included',
  parameters: {},
  references: [
    {
      citation: 'R Core Team, base::rank, ties.method = "max"',
      url: 'https://stat.ethz.ch/R-manual/R-devel/library/base/html/rank.html',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n) => n,
  run(order, _groupStart, groupEnd, out) {
    for (let k = 0; k < order.length; k++) out[atInt(order, k)] = atInt(groupEnd, k);
  },
});
