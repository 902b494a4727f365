import chiSquareQuantileOf from '@stdlib/stats-base-dists-chisquare-quantile';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import studentTCdf from '@stdlib/stats-base-dists-t-cdf';
import { at } from './at';

/** P(|T| ≥ |t|) for Student's t with `degrees` (> 0) degrees of freedom; 0 at an infinite `t`. */
export function studentTTwoSided(t: number, degrees: number): number {
  return Math.min(1, 2 * studentTCdf(-Math.abs(t), degrees));
}

/** P(|Z| ≥ |z|) for the standard normal. */
export function normalTwoSided(z: number): number {
  return Math.min(1, 2 * normalCdf(-Math.abs(z), 0, 1));
}

/** The value that a chi-square variable with `degrees` (> 0) degrees of freedom stays below with the chance `p` (0 to 1). */
export function chiSquareQuantile(p: number, degrees: number): number {
  return chiSquareQuantileOf(p, degrees);
}

/**
 * Two-sided p-value of Kendall's S without ties: twice the probability that a random order of `n` has at most as many
 * concordant (or discordant) pairs as the rarer kind, at most 1. Exact; O(n³).
 * Source: Kendall (1938), A new measure of rank correlation, Biometrika 30:81–93, https://doi.org/10.1093/biomet/30.1-2.81.
 */
export function kendallExactTwoSided(s: number, n: number): number {
  const rarer = ((n * (n - 1)) / 2 - Math.abs(s)) / 2;
  // Placing the k-th item makes 0 … k − 1 inversions with equal chance, so each step is a moving mean of the last one,
  // taken as a difference of running sums. In the lower half, all that is needed, these do not cancel.
  let chances = new Float64Array(rarer + 1);
  chances[0] = 1;
  for (let k = 2; k <= n; k++) {
    const next = new Float64Array(rarer + 1);
    let running = 0;
    for (let total = 0; total <= rarer; total++) {
      running += at(chances, total);
      if (total >= k) running -= at(chances, total - k);
      next[total] = running / k;
    }
    chances = next;
  }
  const tail = chances.reduce((sum, chance) => sum + chance, 0);
  return Math.min(1, 2 * tail);
}
