import { EigenvalueDecomposition } from 'ml-matrix';

/** An eigenvalue with its unit eigenvector. */
export interface EigenPair {
  readonly value: number;
  /** Length 1; its sign follows the rule of {@link symmetricEigen}. */
  readonly vector: readonly number[];
}

/**
 * Eigenpairs of a real symmetric matrix, largest eigenvalue first.
 * An eigenvector's sign is arbitrary, so it is set: the entries add to a positive number, or where they add to nothing
 * (within 1e-9), the first of the entries of largest size is positive.
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): EigenPair[] {
  const rows = matrix.map((row) => [...row]);
  const decomposition = new EigenvalueDecomposition(rows, { assumeSymmetric: true });
  return decomposition.realEigenvalues
    .map((value, k) => ({ value, vector: withSign(decomposition.eigenvectorMatrix.getColumn(k)) }))
    .sort((a, b) => b.value - a.value);
}

function withSign(vector: readonly number[]): number[] {
  const sum = vector.reduce((total, entry) => total + entry, 0);
  const leading = vector.reduce((lead, entry) => (Math.abs(entry) > Math.abs(lead) * (1 + 1e-9) ? entry : lead), 0);
  const flip = Math.abs(sum) > 1e-9 ? sum < 0 : leading < 0;
  return vector.map((entry) => (flip ? -entry : entry) + 0);
}
