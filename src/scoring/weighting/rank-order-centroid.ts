import { defineWeighting } from '../descriptor';
import { ORDER_PARAMETER, weightsByRank } from '../numeric/importance-order';

/** Rank-order centroid weights. */
export const rankOrderCentroid = defineWeighting({
  id: 'RANK_ORDER_CENTROID',
  title: 'Rank-order centroid',
  summary:
    'Weights from an order of importance alone: the centre of all weights that respect it. Falls steeply from the first to the last.',
  formula:
    'w_(r) = (1/m) Σ_{j=r}^{m} 1/j for the child of rank r among the m children of a node; tied ranks share the mean of the weights they take up',
  parameters: { order: ORDER_PARAMETER },
  references: [
    {
      citation:
        'Barron, F. H. and Barrett, B. E. (1996), Decision quality using ranked attribute weights, Management Science 42(11), 1515–1523',
      url: 'https://doi.org/10.1287/mnsc.42.11.1515',
    },
  ],
  properties: {
    SUMS_TO_ONE: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
  },
  cost: () => 0,
  run: (_columns, { order }, context) =>
    weightsByRank(order, context, (rank, m) => {
      let sum = 0;
      for (let j = rank; j <= m; j++) sum += 1 / j;
      return sum / m;
    }),
});
