import { Matrix, solve } from 'ml-matrix';
import { at, columnAt } from './at';

/** A gradient below this share of the problem's size is rounding. */
const TOLERANCE = 1e-12;

/**
 * The `x ≥ 0` that minimises ‖A x − b‖² (Lawson and Hanson 1974, chapter 23): columns enter one at a time by the steepest
 * gradient, and leave when the unconstrained solution on those entered would make them negative.
 * @param rows A, at least as many rows as columns; its columns need not be independent
 */
export function nonNegativeLeastSquares(rows: readonly Float64Array[], b: Float64Array): Float64Array {
  const n = columnAt(rows, 0).length;
  const x = new Float64Array(n);
  const entered = new Set<number>();
  const size = rows.reduce((sum, row) => sum + row.reduce((part, a) => part + a * a, 0), 0);
  // Each round lowers the residual, so a set of columns cannot come back; the bound only guards against rounding.
  for (let round = 0; round < 3 * n + 10; round++) {
    const residual = Float64Array.from(rows, (row, i) => at(b, i) - row.reduce((sum, a, j) => sum + a * at(x, j), 0));
    let next = -1;
    let steepest = TOLERANCE * size;
    for (let j = 0; j < n; j++) {
      if (entered.has(j)) continue;
      const gradient = rows.reduce((sum, row, i) => sum + at(row, j) * at(residual, i), 0);
      if (gradient > steepest) {
        steepest = gradient;
        next = j;
      }
    }
    if (next < 0) break;
    entered.add(next);
    while (entered.size > 0) {
      const columns = [...entered];
      const candidate = leastSquares(rows, columns, b);
      let step = 1;
      columns.forEach((j, k) => {
        const goal = at(candidate, k);
        if (goal <= 0) step = Math.min(step, at(x, j) / (at(x, j) - goal));
      });
      columns.forEach((j, k) => {
        const value = at(x, j) + step * (at(candidate, k) - at(x, j));
        const leaves = step < 1 && at(candidate, k) <= 0 && value <= TOLERANCE * (1 + Math.abs(at(candidate, k)));
        x[j] = leaves ? 0 : Math.max(value, 0);
        if (leaves) entered.delete(j);
      });
      if (step === 1) break;
    }
  }
  return x;
}

/** Least squares on some of the columns, by singular values, so that dependent columns share. */
function leastSquares(rows: readonly Float64Array[], columns: readonly number[], b: Float64Array): Float64Array {
  const matrix = new Matrix(rows.map((row) => columns.map((j) => at(row, j))));
  return Float64Array.from(solve(matrix, Matrix.columnVector(Array.from(b)), true).getColumn(0));
}
