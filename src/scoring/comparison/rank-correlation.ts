import { at, atInt } from '../numeric/at';
import { averageRanks } from '../numeric/average-ranks';

/** The rows of two columns of the same length at which both are present. */
export interface CompletePairs {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Leaves out the rows at which `x` or `y` is `NaN`. Columns without gaps are returned as they are, uncopied. */
export function completePairs(x: Float64Array, y: Float64Array): CompletePairs {
  const n = x.length;
  let complete = 0;
  for (let i = 0; i < n; i++) if (!Number.isNaN(at(x, i)) && !Number.isNaN(at(y, i))) complete++;
  if (complete === n) return { x, y };
  const left = new Float64Array(complete);
  const right = new Float64Array(complete);
  let k = 0;
  for (let i = 0; i < n; i++) {
    if (!Number.isNaN(at(x, i)) && !Number.isNaN(at(y, i))) {
      left[k] = at(x, i);
      right[k++] = at(y, i);
    }
  }
  return { x: left, y: right };
}

/**
 * Pearson's product-moment correlation over the rows at which both are present, in [−1, 1].
 * `NaN` with fewer than two such rows, or where either side is constant over them. Any finite magnitude is safe.
 */
export function pearson(x: Float64Array, y: Float64Array): number {
  const pairs = completePairs(x, y);
  const dx = scaledDeviations(pairs.x);
  const dy = scaledDeviations(pairs.y);
  if (dx === null || dy === null) return NaN;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < dx.length; i++) {
    xx += at(dx, i) * at(dx, i);
    yy += at(dy, i) * at(dy, i);
    xy += at(dx, i) * at(dy, i);
  }
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/**
 * Spearman's rank correlation: Pearson's of the average ranks, the ranks taken over the rows at which both are present.
 * `NaN` as {@link pearson}.
 */
export function spearman(x: Float64Array, y: Float64Array): number {
  const pairs = completePairs(x, y);
  return pearson(averageRanks(pairs.x), averageRanks(pairs.y));
}

/**
 * Kendall's τ-b over the rows at which both are present, in [−1, 1]; O(n log n).
 * `NaN` as {@link pearson}.
 */
export function kendallTauB(x: Float64Array, y: Float64Array): number {
  return tauBOf(kendallCounts(x, y));
}

/** What Kendall's τ and the variance of its numerator are made of. */
export interface KendallCounts {
  /** Rows at which both are present. */
  readonly n: number;
  /** Concordant less discordant pairs of rows: Kendall's S. */
  readonly s: number;
  /** Sizes (of 2 and more) of the groups of rows that tie in `x`. */
  readonly tiesX: readonly number[];
  /** Sizes (of 2 and more) of the groups of rows that tie in `y`. */
  readonly tiesY: readonly number[];
}

/**
 * Counts concordant and discordant pairs by sorting and merging.
 * Source: Knight (1966), A computer method for calculating Kendall's tau with ungrouped data, JASA 61:436–439,
 * https://doi.org/10.1080/01621459.1966.10480879.
 */
export function kendallCounts(x: Float64Array, y: Float64Array): KendallCounts {
  const pairs = completePairs(x, y);
  const n = pairs.x.length;
  const order = Int32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => at(pairs.x, a) - at(pairs.x, b) || at(pairs.y, a) - at(pairs.y, b),
  );
  const xs = new Float64Array(n);
  const ys = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    xs[k] = at(pairs.x, atInt(order, k));
    ys[k] = at(pairs.y, atInt(order, k));
  }
  const tiesX = tieSizes(xs, null);
  const tiesBoth = tieSizes(xs, ys);
  // Rows that tie in x ascend in y, so none of their pairs is an inversion.
  const discordant = sortCountingInversions(ys);
  const tiesY = tieSizes(ys, null);
  const untied = pairsOf(n) - sumOfPairs(tiesX) - sumOfPairs(tiesY) + sumOfPairs(tiesBoth);
  return { n, s: untied - 2 * discordant, tiesX, tiesY };
}

/** τ-b = S / √((n₀ − n₁)(n₀ − n₂)), n₀ all pairs of rows, n₁ and n₂ those that tie in `x` and in `y`; `NaN` where one side has no untied pair. */
export function tauBOf({ n, s, tiesX, tiesY }: KendallCounts): number {
  const untiedX = pairsOf(n) - sumOfPairs(tiesX);
  const untiedY = pairsOf(n) - sumOfPairs(tiesY);
  if (untiedX <= 0 || untiedY <= 0) return NaN;
  // Two roots, since the product of two counts of pairs can pass 2^53.
  return Math.max(-1, Math.min(1, s / Math.sqrt(untiedX) / Math.sqrt(untiedY)));
}

/** Deviations from the mean, scaled so that the largest is 1 in size; null where all values are equal, or there is none. */
function scaledDeviations(values: Float64Array): Float64Array | null {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    min = Math.min(min, at(values, i));
    max = Math.max(max, at(values, i));
  }
  if (!(min < max)) return null;
  // Scaled by the largest magnitude first: neither the sum nor a square may overflow or vanish.
  const magnitude = Math.max(Math.abs(min), Math.abs(max));
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += at(values, i) / magnitude;
  const mean = sum / values.length;
  const largest = Math.max(max / magnitude - mean, mean - min / magnitude);
  return values.map((value) => (value / magnitude - mean) / largest);
}

/** Number of unordered pairs among `n`. */
function pairsOf(n: number): number {
  return (n * (n - 1)) / 2;
}

function sumOfPairs(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + pairsOf(size), 0);
}

/** Sizes of the runs of equal values; with `second`, of runs equal in both. */
function tieSizes(sorted: Float64Array, second: Float64Array | null): number[] {
  const sizes: number[] = [];
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (
      end < sorted.length &&
      at(sorted, end) === at(sorted, start) &&
      (second === null || at(second, end) === at(second, start))
    )
      end++;
    if (end - start > 1) sizes.push(end - start);
    start = end;
  }
  return sizes;
}

/** Sorts `values` in place by merging, bottom up, and returns the number of pairs that stood in descending order. */
function sortCountingInversions(values: Float64Array): number {
  const n = values.length;
  let from: Float64Array = values;
  let to: Float64Array = new Float64Array(n);
  let inversions = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let low = 0; low < n; low += 2 * width) {
      const middle = Math.min(low + width, n);
      const high = Math.min(low + 2 * width, n);
      let left = low;
      let right = middle;
      for (let k = low; k < high; k++) {
        if (right >= high || (left < middle && at(from, left) <= at(from, right))) to[k] = at(from, left++);
        else {
          to[k] = at(from, right++);
          inversions += middle - left;
        }
      }
    }
    [from, to] = [to, from];
  }
  if (from !== values) values.set(from);
  return inversions;
}
