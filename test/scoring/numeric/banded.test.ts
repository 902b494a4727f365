import * as fc from 'fast-check';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import {
  bandedCell,
  bandedCholesky,
  solveBanded,
  traceOfSolution,
  zeroBanded,
  type Banded,
} from '../../../src/scoring/numeric/banded';

/** The same matrix with every cell. */
function dense(matrix: Banded): Matrix {
  const { size, width } = matrix;
  const full = Matrix.zeros(size, size);
  for (let row = 0; row < size; row++)
    for (let column = Math.max(0, row - width); column <= row; column++) {
      const value = matrix.cells[bandedCell(matrix, row, column)] ?? NaN;
      full.set(row, column, value).set(column, row, value);
    }
  return full;
}

/** Any banded matrix, and one that is positive definite since its diagonal outweighs the rest of the row. */
const matrices = fc
  .record({ size: fc.integer({ min: 1, max: 12 }), width: fc.integer({ min: 0, max: 3 }) })
  .chain(({ size, width }) => {
    const cells = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 });
    return fc.tuple(cells, cells).map(([first, second]) => {
      const [any, definite] = [zeroBanded(size, width), zeroBanded(size, width)];
      let next = 0;
      for (let row = 0; row < size; row++)
        for (let column = Math.max(0, row - width); column <= row; column++) {
          any.cells[bandedCell(any, row, column)] = first[next] ?? 0;
          definite.cells[bandedCell(any, row, column)] = row === column ? 7 : (second[next] ?? 0);
          next++;
        }
      return { any, definite };
    });
  });

it('solves as a dense decomposition does (ml-matrix)', () => {
  fc.assert(
    fc.property(matrices, ({ any, definite }) => {
      const right = Float64Array.from({ length: definite.size }, (_, i) => i - 2.5);
      const reference = new CholeskyDecomposition(dense(definite));
      const factor = bandedCholesky(definite);
      const expected = reference.solve(Matrix.columnVector(right)).getColumn(0);
      // Left out are only terms that are exactly 0, so that the two agree to the last bit but for the sign of 0.
      expect(Array.from(solveBanded(factor, right), (value) => value + 0)).toEqual(expected.map((value) => value + 0));
      expect(traceOfSolution(factor, any) + 0).toBe(reference.solve(dense(any)).trace() + 0);
    }),
  );
});

it('A⁻¹ A has as its trace the size', () => {
  fc.assert(
    fc.property(matrices, ({ definite }) => {
      expect(traceOfSolution(bandedCholesky(definite), definite)).toBeCloseTo(definite.size, 9);
    }),
  );
});

it('factors by hand', () => {
  // [[4, 2], [2, 5]] = [[2, 0], [1, 2]] times its transpose.
  const factor = bandedCholesky({ size: 2, width: 1, cells: Float64Array.of(0, 4, 2, 5) });
  expect([...factor.cells]).toEqual([0, 2, 1, 2]);
});

it('tells a matrix that is not positive definite', () => {
  const factor = bandedCholesky({ size: 2, width: 1, cells: Float64Array.of(0, 1, 2, 1) });
  expect([...factor.cells]).toEqual([0, 1, 2, NaN]);
});
