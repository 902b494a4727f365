import { defineWeighting } from '../descriptor';
import { at } from '../numeric/at';

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
  properties: { SUMS_TO_ONE: { holds: true } },
  cost: () => 0,
  run(_columns, _parameters, { given: weights, refuse }) {
    // Scaled by the largest first: a sum of huge weights must not overflow, nor one of tiny weights vanish.
    const largest = weights.reduce((a, b) => Math.max(a, b), 0);
    if (largest === 0) refuse('WEIGHTS_INVALID', 'All weights under the node are 0.', 'at least one weight above 0');
    const scaled = weights.map((weight) => weight / largest);
    const sum = scaled.reduce((a, b) => a + b, 0);
    for (let k = 0; k < scaled.length; k++) scaled[k] = at(scaled, k) / sum;
    return scaled;
  },
});
