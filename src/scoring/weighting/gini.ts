import { defineWeighting } from '../descriptor';
import { at } from '../numeric/at';
import { requireAtLeast, unitMagnitude, weightsFrom } from '../numeric/data-weights';
import { rangeOf, sortedPresent } from '../numeric/statistics';

/** Gini weights. */
export const gini = defineWeighting({
  id: 'GINI',
  title: 'Gini coefficient',
  summary:
    'A column weighs more the more unequally it is spread over the cities. Values must not be negative; missing ones are passed over; a constant column gets 0.',
  formula:
    'w_j ∝ Σ_i Σ_k |x_ij − x_kj| / (2 n_j² mean_j) over the n_j cities that have x_j, over the children of a node',
  parameters: {},
  references: [
    {
      citation:
        'Li, G. and Chi, G. (2009), A new determining objective weights method: Gini coefficient weight, First International Conference on Information Science and Engineering, 3726–3729',
      url: 'https://doi.org/10.1109/ICISE.2009.84',
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
  cost: (n, m) => n * m * (4 + Math.log2(n + 1)),
  run(columns, _parameters, context) {
    requireAtLeast(columns, 0, 'GINI', context);
    return weightsFrom(Float64Array.from(columns, coefficient), context);
  },
});

/** The Gini coefficient of a column of values of at least 0, by the sorted form of the double sum. */
function coefficient(column: Float64Array): number {
  const { min, max } = rangeOf(column);
  if (!(min < max)) return 0;
  const sorted = sortedPresent(unitMagnitude(column));
  const n = sorted.length;
  let sum = 0;
  let differences = 0;
  for (let i = 0; i < n; i++) {
    sum += at(sorted, i);
    differences += (2 * i - n + 1) * at(sorted, i);
  }
  return differences / (n * sum);
}
