/**
 * Bands of scores within a distance of the band's best: the first band is the leader's; the first city further than
 * `distance` from it opens the next.
 * @param sorted scores from best to worst (either direction), without `NaN`
 * @param distance largest distance to the band's best score, ≥ 0, in score units
 */
export function scoreDistanceBands(sorted: Float64Array, distance: number): Int32Array {
  let number = 0;
  let best = NaN;
  return Int32Array.from(sorted, (score, k) => {
    if (k === 0 || Math.abs(score - best) > distance) {
      number++;
      best = score;
    }
    return number;
  });
}
