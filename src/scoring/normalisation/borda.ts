import { defineNormalisation } from '../descriptor';
import { applyPositions, fitPositions, TIED_PARAMETER } from '../numeric/positions';

/** Borda points: how many cities a city beats on the indicator. */
export const borda = defineNormalisation({
  id: 'BORDA',
  title: 'Borda points',
  summary:
    'Gives each city one point for every city that it beats on the indicator, so the worst has 0. Summed over indicators this is the Borda count.',
  formula:
    'y = ascending rank of x − 1 = number of fitted values below x (`tied: MINIMUM`), plus half of the other values equal to x (`tied: AVERAGE`; minus ½ for an x that was not among the fitted values, which places it between its neighbours), x oriented so that more is better',
  parameters: { tied: TIED_PARAMETER },
  references: [
    {
      citation: 'Borda (1781), Mémoire sur les élections au scrutin, Histoire de l’Académie royale des sciences',
    },
    {
      citation:
        'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6 (non-compensatory multi-criteria approach)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    BOUNDED: { holds: false, counterExample: { columns: [[1, 2, 3]] } },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n, m) => 2 * n * m * Math.log2(n + 1),
  fit: fitPositions,
  apply(values, fitted, { tied }, out) {
    applyPositions(values, fitted, tied, 1, out);
  },
});
