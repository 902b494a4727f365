import { at } from './at';

/**
 * A symmetric matrix that is 0 further than `width` from its diagonal. Of each row the cells from there up to the diagonal,
 * `width + 1` of them, one row after the other; those that would lie left of the matrix are 0.
 */
export interface Banded {
  readonly size: number;
  readonly width: number;
  readonly cells: Float64Array;
}

/** Where the cell of a row and a column is; the column is at most the row, and within the band. */
export const bandedCell = ({ width }: Pick<Banded, 'width'>, row: number, column: number): number =>
  row * (width + 1) + width - row + column;

/** A matrix of zeros. */
export function zeroBanded(size: number, width: number): Banded {
  return { size, width, cells: new Float64Array(size * (width + 1)) };
}

/**
 * Cholesky's factor L of a positive definite matrix A = L Lᵀ: as `Banded`, whose cells are then those of L's lower half.
 * `NaN` from the first row on at which the matrix is not positive definite.
 *
 * Source: Golub and Van Loan (2013), Matrix computations, 4th edition, section 4.3.5.
 */
export function bandedCholesky(matrix: Banded): Banded {
  const { size, width } = matrix;
  const factor = zeroBanded(size, width);
  const { cells } = factor;
  for (let row = 0; row < size; row++) {
    const left = Math.max(0, row - width);
    let squares = 0;
    for (let column = left; column < row; column++) {
      let sum = 0;
      for (let k = left; k < column; k++)
        sum += at(cells, bandedCell(factor, column, k)) * at(cells, bandedCell(factor, row, k));
      const cell = bandedCell(factor, row, column);
      const value = (at(matrix.cells, cell) - sum) / at(cells, bandedCell(factor, column, column));
      cells[cell] = value;
      squares += value * value;
    }
    const diagonal = bandedCell(factor, row, row);
    cells[diagonal] = Math.sqrt(at(matrix.cells, diagonal) - squares);
  }
  return factor;
}

/**
 * Turns the right side b of A x = b into x, from its last row up to row `from`.
 * @param factor of A, by {@link bandedCholesky}
 * @param right b on entry; 0 above row `start`
 */
function solveInPlace(factor: Banded, right: Float64Array, start: number, from: number): void {
  const { size, width, cells } = factor;
  for (let row = start; row < size; row++) {
    let value = at(right, row);
    for (let k = Math.max(start, row - width); k < row; k++)
      value -= at(right, k) * at(cells, bandedCell(factor, row, k));
    right[row] = value / at(cells, bandedCell(factor, row, row));
  }
  for (let row = size - 1; row >= from; row--) {
    let value = at(right, row);
    for (let k = row + 1; k <= Math.min(size - 1, row + width); k++)
      value -= at(right, k) * at(cells, bandedCell(factor, k, row));
    right[row] = value / at(cells, bandedCell(factor, row, row));
  }
}

/** The x of A x = b. */
export function solveBanded(factor: Banded, right: Float64Array): Float64Array {
  const solution = right.slice();
  solveInPlace(factor, solution, 0, 0);
  return solution;
}

/** The trace of A⁻¹ B. Of each column of A⁻¹ B no more is made than its diagonal asks for. */
export function traceOfSolution(factor: Banded, matrix: Banded): number {
  const { size, width } = matrix;
  const column = new Float64Array(size);
  let trace = 0;
  for (let j = 0; j < size; j++) {
    const top = Math.max(0, j - width);
    const bottom = Math.min(size - 1, j + width);
    column.fill(0);
    for (let row = top; row <= j; row++) column[row] = at(matrix.cells, bandedCell(matrix, j, row));
    for (let row = j + 1; row <= bottom; row++) column[row] = at(matrix.cells, bandedCell(matrix, row, j));
    solveInPlace(factor, column, top, j);
    trace += at(column, j);
  }
  return trace;
}
