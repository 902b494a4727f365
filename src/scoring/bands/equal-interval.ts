import { at } from '../numeric/at';

/**
 * Bands of equal width between the best and the worst score; a score on a limit is in the better band. All in band 1
 * where the scores are equal.
 * @param sorted scores from best to worst (either direction), without `NaN`
 * @param count number of bands, ≥ 1
 */
export function equalIntervalBands(sorted: Float64Array, count: number): Int32Array {
  const n = sorted.length;
  // Halved, so that a range past the largest double cannot overflow.
  const best = at(sorted, 0) / 2;
  const range = at(sorted, n - 1) / 2 - best;
  return Int32Array.from(sorted, (score) => {
    const share = range === 0 ? 0 : (score / 2 - best) / range;
    // A hair of slack: a score on a limit must not fall below it by rounding.
    return Math.max(1, Math.ceil(share * count - 1e-9));
  });
}
