import { defineWeighting } from '../descriptor';
import { atInt } from '../numeric/at';

/** Weights by the number of indicators below each child. */
export const hierarchical = defineWeighting({
  id: 'HIERARCHICAL',
  title: 'Equal indicators through the hierarchy',
  summary:
    'Each child weighs as much as the number of indicators below it, so that every indicator has the same effective weight in the index, however the dimensions are cut. EQUAL, by contrast, makes the dimensions equal and the indicators of a large one light.',
  formula:
    'w_k = L_k / Σ L over the children of a node, L_k the number of indicators below child k (1 for an indicator)',
  parameters: {},
  references: [
    {
      citation:
        'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6 (equal weighting of individual indicators against equal weighting of dimensions)',
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
  run(columns, _parameters, { leaves }) {
    const total = leaves.reduce((a, b) => a + b, 0);
    return Float64Array.from(columns, (_, k) => atInt(leaves, k) / total);
  },
});
