import { defineWeighting } from '../descriptor';

/** The same weight for every column under a node. */
export const equal = defineWeighting({
  id: 'EQUAL',
  title: 'Equal weights',
  summary:
    'Gives every child of a node the same weight, whatever the tree says. The usual choice where there is no ground for another.',
  formula: 'w_k = 1 / m for the m children of a node',
  parameters: {},
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {
    SUMS_TO_ONE: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
  },
  cost: () => 0,
  run: (columns) => new Float64Array(columns.length).fill(1 / columns.length),
});
