import { at, atInt } from '../numeric/at';

/**
 * Natural breaks: the cut into `count` bands with the least sum of squared distances to the bands' means (Jenks), found
 * exactly by Fisher's dynamic programme. With no more distinct scores than bands, each has a band of its own. Among cuts
 * that are equally good, the one with the smaller better bands is taken.
 *
 * O(count × d log d) for d distinct scores: the best last cut moves one way as the scores go on, so each layer is solved
 * by halving.
 *
 * Sources: Fisher (1958), On grouping for maximum homogeneity, JASA 53, 789–798,
 * https://doi.org/10.1080/01621459.1958.10501479; Jenks (1977), Optimal data classification for choropleth maps.
 * @param sorted scores from best to worst (either direction), without `NaN`
 * @param count number of bands, ≥ 1
 */
export function naturalBreaksBands(sorted: Float64Array, count: number): Int32Array {
  const starts = distinctStarts(sorted);
  const d = starts.length;
  const bandOfDistinct = new Int32Array(d);
  if (count >= d) bandOfDistinct.forEach((_, k) => (bandOfDistinct[k] = k + 1));
  else cut(sumsOf(sorted, starts), d, count, bandOfDistinct);
  const numbers = new Int32Array(sorted.length);
  for (let k = 0; k < d; k++) {
    const end = k + 1 < d ? atInt(starts, k + 1) : sorted.length;
    numbers.fill(atInt(bandOfDistinct, k), atInt(starts, k), end);
  }
  return numbers;
}

/** Positions at which a new score begins. */
function distinctStarts(sorted: Float64Array): Int32Array {
  const starts: number[] = [];
  for (let k = 0; k < sorted.length; k++) if (k === 0 || at(sorted, k) !== at(sorted, k - 1)) starts.push(k);
  return Int32Array.from(starts);
}

/** Running sums over the distinct scores, from which the cost of any run of them is read. */
interface Sums {
  /** Number of cities before the k-th distinct score. */
  readonly counts: Float64Array;
  readonly values: Float64Array;
  readonly squares: Float64Array;
}

function sumsOf(sorted: Float64Array, starts: Int32Array): Sums {
  const d = starts.length;
  const n = sorted.length;
  const middle = at(sorted, 0) / 2 + at(sorted, n - 1) / 2;
  const half = Math.abs(at(sorted, n - 1) / 2 - at(sorted, 0) / 2);
  const counts = new Float64Array(d + 1);
  const values = new Float64Array(d + 1);
  const squares = new Float64Array(d + 1);
  for (let k = 0; k < d; k++) {
    const end = k + 1 < d ? atInt(starts, k + 1) : n;
    const size = end - atInt(starts, k);
    // On −1 … 1 around the middle, so that the difference of sums below loses few digits and nothing overflows.
    const value = (at(sorted, atInt(starts, k)) - middle) / half;
    counts[k + 1] = end;
    values[k + 1] = at(values, k) + size * value;
    squares[k + 1] = at(squares, k) + size * value * value;
  }
  return { counts, values, squares };
}

/** Sum of squared distances to their mean of the distinct scores `from … to − 1`. */
function costOf({ counts, values, squares }: Sums, from: number, to: number): number {
  const size = at(counts, to) - at(counts, from);
  const sum = at(values, to) - at(values, from);
  return Math.max(0, at(squares, to) - at(squares, from) - (sum * sum) / size);
}

function cut(sums: Sums, d: number, count: number, out: Int32Array): void {
  // best[k]: least cost of the first k distinct scores in the bands so far; cuts[b][k]: where the last of b + 1 bands begins.
  let best = new Float64Array(d + 1);
  for (let k = 1; k <= d; k++) best[k] = costOf(sums, 0, k);
  const cuts: Int32Array[] = [new Int32Array(d + 1)];
  for (let band = 1; band < count; band++) {
    const next = new Float64Array(d + 1).fill(Infinity);
    const begins = new Int32Array(d + 1);
    const known = best;
    // Solves `from … to`, knowing that their last bands begin within `low … high`.
    const solve = (from: number, to: number, low: number, high: number): void => {
      if (from > to) return;
      const k = (from + to) >> 1;
      let start = Math.max(low, band);
      for (let candidate = start; candidate <= Math.min(high, k - 1); candidate++) {
        const cost = at(known, candidate) + costOf(sums, candidate, k);
        if (cost < at(next, k)) {
          next[k] = cost;
          start = candidate;
        }
      }
      begins[k] = start;
      solve(from, k - 1, low, start);
      solve(k + 1, to, start, high);
    };
    solve(band + 1, d, band, d - 1);
    best = next;
    cuts.push(begins);
  }
  let end = d;
  // From the last band to the first, which begins at 0.
  cuts.reverse().forEach((begins, back) => {
    const begin = atInt(begins, end);
    out.fill(count - back, begin, end);
    end = begin;
  });
}
