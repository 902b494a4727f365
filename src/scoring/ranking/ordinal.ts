import { defineRanking } from '../descriptor';
import { atInt } from '../numeric/at';

/** Ordinal ranks: 1, 2, 3, 4, ties broken. */
export const ordinal = defineRanking({
  id: 'ORDINAL',
  title: 'Ordinal ranks (1234)',
  summary:
    'Every city has a rank of its own. Ties are broken by city code, ascending by code unit: arbitrary, but the same on every machine and in every run.',
  formula: 'r_i = position of the city when sorted by score, then by code',
  parameters: {},
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
