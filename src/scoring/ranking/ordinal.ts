import { defineRanking } from '../descriptor';
import { atInt } from '../numeric/at';

/** Ordinal ranks: 1, 2, 3, 4, ties broken. */
export const ordinal = defineRanking({
  id: 'ORDINAL',
  title: 'Ordinal ranks (1234)',
  summary:
    'Every city has a rank of its own. Ties are broken by the score of a node where the recipe names one, and what is still tied by city code, ascending by code unit: arbitrary, but the same on every machine and in every run.',
  formula: 'r_i = position of the city when sorted by score, then by the tie-breaker’s score, then by code',
  parameters: {
    tieBreaker: {
      kind: 'code',
      of: 'node',
      optional: true,
      description:
        'A node of the framework, which may be an indicator or the root, whose unrounded score decides between tied cities: the better one first, a missing one last.',
    },
  },
  references: [
    {
      citation: 'R Core Team, base::rank, ties.method = "first"',
      url: 'https://stat.ethz.ch/R-manual/R-devel/library/base/html/rank.html',
    },
  ],
  properties: {
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
    ORDER_PRESERVING: { holds: false, counterExample: { columns: [[1, 1]] } },
    SYMMETRIC: { holds: true },
  },
  cost: (n) => n,
  run(order, _groupStart, _groupEnd, out) {
    for (let k = 0; k < order.length; k++) out[atInt(order, k)] = k + 1;
  },
});
