import { defineWeighting } from '../descriptor';
import { scaledToOne } from '../numeric/importance-order';

/** The weights of the tree and the recipe. */
export const given = defineWeighting({
  id: 'GIVEN',
  title: 'Given weights',
  summary: 'Uses the weights stored with the framework, replaced by those that the recipe names.',
  formula: 'w_k = g_k / Σ g over the children of a node',
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
  run: (_columns, _parameters, { given: weights, refuse }) =>
    scaledToOne(weights) ??
    refuse('WEIGHTS_INVALID', 'All weights under the node are 0.', 'at least one weight above 0'),
});
