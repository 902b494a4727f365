import { defineNormalisation } from '../descriptor';
import { applyPositions, fitPositions, TIED_PARAMETER } from '../numeric/positions';

/** Ascending ranks: the worst city gets 1, the best the number of cities. */
export const rank = defineNormalisation({
  id: 'RANK',
  title: 'Rank',
  summary:
    'Replaces each value by its ascending rank, so that the best city has the highest number. Indifferent to outliers; distances are lost.',
  formula:
    'y = number of fitted values below x + 1 (`tied: MINIMUM`), or number below + (number equal + 1) / 2 (`tied: AVERAGE`), x oriented so that more is better; so AVERAGE places a value that was not among the fitted ones between its neighbours',
  parameters: { tied: TIED_PARAMETER },
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5 (ranking)',
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
    applyPositions(values, fitted, tied, 0, out);
  },
});
