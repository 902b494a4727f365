import { defineWeighting } from '../descriptor';
import { ORDER_PARAMETER, weightsByRank } from '../numeric/importance-order';

/** Rank sum weights. */
export const rankSum = defineWeighting({
  id: 'RANK_SUM',
  title: 'Rank sum',
  summary: 'Weights from an order of importance alone, falling by the same step from each child to the next.',
  formula:
    'w_(r) = 2 (m + 1 − r) / (m (m + 1)) for the child of rank r among the m children of a node; tied ranks share the mean of the weights they take up',
  parameters: { order: ORDER_PARAMETER },
  references: [
    {
      citation:
        'Stillwell, W. G., Seaver, D. A. and Edwards, W. (1981), A comparison of weight approximation techniques in multiattribute utility decision making, Organizational Behavior and Human Performance 28(1), 62–77',
      url: 'https://doi.org/10.1016/0030-5073(81)90015-5',
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
    weightsByRank(order, context, (rank, m) => (2 * (m + 1 - rank)) / (m * (m + 1))),
});
