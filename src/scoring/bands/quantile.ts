import { at } from '../numeric/at';

/**
 * Bands of as nearly equal numbers of cities as ties allow: band = 1 + ⌊(r − 1) × count / n⌋ for a city of competition
 * rank r among n, so tied cities share the band of the best of them.
 * @param sorted scores from best to worst, without `NaN`
 * @param count number of bands, ≥ 1
 */
export function quantileBands(sorted: Float64Array, count: number): Int32Array {
  const numbers = new Int32Array(sorted.length);
  let start = 0;
  for (let k = 0; k < sorted.length; k++) {
    if (at(sorted, k) !== at(sorted, start)) start = k;
    numbers[k] = 1 + Math.floor((start * count) / sorted.length);
  }
  return numbers;
}
