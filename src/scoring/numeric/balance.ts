import { at } from './at';
import { nonNegativeLeastSquares } from './non-negative-least-squares';

/** What {@link balancedWeights} found. */
export interface Balance {
  /** `v ≥ 0`, one entry for each column, up to a positive factor; zeros where no direction has positive correlations in sum. */
  readonly solution: Float64Array;
  /** The column whose share of the correlations is furthest from its target, and by how much. */
  readonly worst: { readonly place: number; readonly share: number };
}

/**
 * The `v ≥ 0` whose product `R v` is as nearly in proportion to `targets` as can be:
 * minimises ‖R v / Σ(R v) − targets‖².
 *
 * With a = R 1 (so Σ(R v) = a · v) and M = R − targets aᵀ, the objective is ‖M v‖² / (a · v)². For any v of a · v = 1 the
 * best multiple t v in ‖M t v‖² + (a · t v − 1)² leaves q / (1 + q), q = ‖M v‖², which grows with q: so non-negative least
 * squares on M with the row aᵀ below it, and the right-hand side (0, …, 0, 1), has the direction that is sought.
 * @param matrix correlations, symmetric
 * @param targets ≥ 0, adding to 1
 */
export function balancedWeights(matrix: readonly Float64Array[], targets: Float64Array): Balance {
  const sums = Float64Array.from(matrix, (row) => row.reduce((a, b) => a + b, 0));
  const rows = matrix.map((row, j) => row.map((r, k) => r - at(targets, j) * at(sums, k)));
  const right = new Float64Array(targets.length + 1);
  right[targets.length] = 1;
  const solution = nonNegativeLeastSquares([...rows, sums], right);
  const correlations = matrix.map((row) => row.reduce((sum, r, k) => sum + r * at(solution, k), 0));
  const total = correlations.reduce((a, b) => a + b, 0);
  let worst = { place: 0, share: total > 0 ? 0 : 1 };
  correlations.forEach((correlation, place) => {
    const share = Math.abs(correlation / total - at(targets, place));
    if (share > worst.share) worst = { place, share };
  });
  return { solution, worst };
}
