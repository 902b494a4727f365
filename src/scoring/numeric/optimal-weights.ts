import { at, columnAt } from './at';
import { maximise } from './linear-programme';

/** Limits on a column's share of the city's own score, `w_j x_j / Σ w x`. */
export interface ShareLimits {
  /** Smallest share, 0 for none. */
  readonly low: number;
  /** Largest share, 1 for none. */
  readonly high: number;
}

/**
 * The weights most favourable to one city: those that maximise Σ w_j x_j with w ≥ 0, no city above 1, and each column's
 * share of the city's score within the limits (Cherchye et al. 2007, https://doi.org/10.1007/s11205-006-9029-7).
 * The optimum is unique, the weights need not be. Null where every weighting gives the city 0.
 * @param rows values ≥ 0 of all cities, complete, one array for each city
 * @param city index of the city in `rows`
 */
export function optimalWeights(
  rows: readonly Float64Array[],
  city: number,
  { low, high }: ShareLimits,
): Float64Array | null {
  const own = columnAt(rows, city);
  const m = own.length;
  const limited = (low > 0 ? m : 0) + (high < 1 ? m : 0);
  const matrix = new Float64Array((rows.length + limited) * m);
  const limits = new Float64Array(rows.length + limited);
  rows.forEach((row, i) => {
    matrix.set(row, i * m);
    limits[i] = 1;
  });
  let start = rows.length * m;
  const limit = (share: number, side: 1 | -1): void => {
    for (let j = 0; j < m; j++) {
      // side × (w_j x_j − share Σ w x) ≤ 0
      for (let k = 0; k < m; k++) matrix[start + k] = side * at(own, k) * ((k === j ? 1 : 0) - share);
      start += m;
    }
  };
  if (low > 0) limit(low, -1);
  if (high < 1) limit(high, 1);
  const { status, value, solution } = maximise({ objective: own, matrix, limits });
  return status === 'OPTIMAL' && value > 0 ? solution : null;
}
