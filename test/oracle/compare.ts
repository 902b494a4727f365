import { ScoringError } from '../../src/scoring/errors';

/** Relative difference that kernel and oracle may have. */
export const TOLERANCE = 1e-12;

/**
 * Throws where two lists of numbers differ by more than {@link TOLERANCE}, relative to the larger of the two numbers and
 * of the largest expected one: scores that cancel to nearly nothing (net flows, z-scores at the mean) are held to the
 * size of the column that they stand in. A missing value must be missing in both.
 */
export function expectSame(
  actual: ArrayLike<number>,
  expected: readonly number[],
  what: string,
  tolerance = TOLERANCE,
  size = 0,
): void {
  if (actual.length !== expected.length)
    throw new Error(`${what}: ${String(actual.length)} values, ${String(expected.length)} expected`);
  const largest = Math.max(size, ...expected.filter((value) => !Number.isNaN(value)).map(Math.abs));
  expected.forEach((value, i) => {
    const found = actual[i] ?? NaN;
    const same = Number.isNaN(value) ? Number.isNaN(found) : Math.abs(found - value) <= tolerance * largest;
    if (!same)
      throw new Error(
        `${what}: [${String(i)}] is ${String(found)} by the kernel, ${String(value)} by the oracle` +
          ` (${Array.from(actual).join(' ')} | ${expected.join(' ')})`,
      );
  });
}

/** The code that a call is refused with, or what it gives. */
export function outcome<T>(call: () => T): { readonly value: T } | { readonly refused: string } {
  try {
    return { value: call() };
  } catch (error) {
    if (error instanceof ScoringError) return { refused: error.code };
    throw error;
  }
}
