import { defineWeighting } from '../descriptor';
import { at, columnAt } from '../numeric/at';
import { meanOver, requireAtLeast, weightsFrom } from '../numeric/data-weights';
import { rangeOf } from '../numeric/statistics';

/** MEREC: method based on the removal effects of criteria. */
export const merec = defineWeighting({
  id: 'MEREC',
  title: 'MEREC',
  summary:
    'A column weighs more the more the cities’ overall performance changes when it is left out. Values must be above 0, and weights rest on ratios to the column’s smallest value. A city with missing values is judged by those it has; a column’s effect is the mean over the cities that have it.',
  formula:
    'w_j ∝ mean_i |S_ij − S_i|, S_i = ln(1 + (1/m_i) Σ_k |ln(min_k / x_ik)|), S_ij the same sum without k = j, still divided by m_i, the number of columns that city i has',
  parameters: {},
  references: [
    {
      citation:
        'Keshavarz-Ghorabaee, M., Amiri, M., Zavadskas, E. K., Turskis, Z. and Antucheviciene, J. (2021), Determination of objective weights using a new method based on the removal effects of criteria (MEREC), Symmetry 13(4), 525',
      url: 'https://doi.org/10.3390/sym13040525',
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
  cost: (n, m) => 20 * n * m,
  run(columns, _parameters, context) {
    requireAtLeast(columns, Number.MIN_VALUE, 'MEREC', context);
    const distances = columns.map((column) => {
      const logOfMin = Math.log(rangeOf(column).min);
      return column.map((value) => Math.log(value) - logOfMin);
    });
    const n = columnAt(columns, 0).length;
    const sums = new Float64Array(n);
    const present = new Float64Array(n);
    for (const column of distances) {
      for (let i = 0; i < n; i++) {
        const distance = at(column, i);
        if (Number.isNaN(distance)) continue;
        sums[i] = at(sums, i) + distance;
        present[i] = at(present, i) + 1;
      }
    }
    // S_i − S_ij = ln((m + Σ) / (m + Σ − d)) = −ln(1 − d / (m + Σ)).
    const effect = (distance: number, i: number): number => -Math.log1p(-distance / (at(present, i) + at(sums, i)));
    return weightsFrom(
      Float64Array.from(distances, (column) => meanOver(column, effect)),
      context,
    );
  },
});
