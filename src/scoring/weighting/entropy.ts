import { defineWeighting } from '../descriptor';
import { countOf, rangeOf } from '../numeric/statistics';
import { meanOver, requireAtLeast, unitMagnitude, weightsFrom } from '../numeric/data-weights';

/** Shannon entropy weights. */
export const entropy = defineWeighting({
  id: 'ENTROPY',
  title: 'Entropy',
  summary:
    'A column weighs more the less evenly its sum is spread over the cities. Values must not be negative; missing ones are passed over, each column by its own number of cities; a constant column gets 0.',
  formula:
    'w_j ∝ 1 − H_j, H_j = −Σ_i p_ij ln p_ij / ln n_j, p_ij = x_ij / Σ_i x_ij over the n_j cities that have x_j, over the children of a node',
  parameters: {},
  references: [
    {
      citation:
        'Hwang, C.-L. and Yoon, K. (1981), Multiple Attribute Decision Making, Springer, section 2.4 (after Shannon 1948)',
      url: 'https://doi.org/10.1007/978-3-642-48318-9',
    },
  ],
  properties: {
    SUMS_TO_ONE: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [1, 2, 3],
          [1, 3, 9],
        ],
        column: 0,
        amount: 10,
      },
    },
  },
  cost: (n, m) => 10 * n * m,
  run(columns, _parameters, context) {
    requireAtLeast(columns, 0, 'ENTROPY', context);
    return weightsFrom(Float64Array.from(columns, divergence), context);
  },
});

/**
 * `1 − H` of a column. Written with δ = x / mean − 1 as Σ ((1 + δ) ln(1 + δ) − δ) / (n ln n), which is the same since
 * Σ δ = 0, but keeps its digits where the column is nearly constant and H nearly 1.
 */
function divergence(column: Float64Array): number {
  const { min, max } = rangeOf(column);
  if (!(min < max)) return 0;
  const scaled = unitMagnitude(column);
  const mean = meanOver(scaled, (value) => value);
  const term = (value: number): number => {
    const delta = value / mean - 1;
    return value === 0 ? 1 : (1 + delta) * Math.log1p(delta) - delta;
  };
  return meanOver(scaled, term) / Math.log(countOf(column));
}
