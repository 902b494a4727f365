import { at, atInt } from '../numeric/at';
import { quantileAmong } from '../numeric/statistics';
import { rankScores } from '../ranks';
import type { Methodology } from '../methodology';
import { SCORE_BUCKETS, scoreBuckets, type ScoreBuckets } from './score-buckets';

/** Steps of a rank in a distribution: whole ranks, or halves where ties share the mean of their ranks. */
export function rankStep({ ties }: Pick<Methodology['rank'], 'ties'>): 1 | 0.5 {
  return ties === 'FRACTIONAL' ? 0.5 : 1;
}

/** Number of different ranks that `n` cities can have. */
export function rankBins(n: number, rule: Pick<Methodology['rank'], 'ties'>): number {
  return n === 0 ? 0 : (n - 1) / rankStep(rule) + 1;
}

/** Ranks the scores of many draws by the engine's rule. */
export class DrawRanker {
  /** By city: 1 + the number of cities with a better score, ties by the recipe's tolerance; 0 = unranked. */
  readonly places: Int32Array;
  /** By city: its rank by the recipe's tie rule as an index from 0 in steps of {@link rankStep}; -1 = unranked. */
  readonly bins: Int32Array;
  readonly #order: Int32Array;
  readonly #keys: Int32Array;
  readonly #starts: Int32Array;
  readonly #plain: boolean;

  constructor(
    private readonly codes: readonly string[],
    private readonly rule: Omit<Methodology['rank'], 'tieBreaker'>,
  ) {
    const n = codes.length;
    this.places = new Int32Array(n);
    this.bins = new Int32Array(n);
    this.#order = new Int32Array(n);
    this.#keys = new Int32Array(n);
    this.#starts = new Int32Array(n + 2);
    this.#plain = rule.ties === 'COMPETITION' && rule.tolerance === 0 && rule.decimals === null;
  }

  /**
   * Fills {@link places} and {@link bins}.
   * @param tieBreaker by city, more is better: decides ties before the codes do
   */
  rank(scores: Float64Array, lowerIsBetter: boolean, tieBreaker: Float64Array | null = null): void {
    if (this.#plain) {
      rankByBuckets(scores, lowerIsBetter, this.places, this.#order, this.#keys, this.#starts);
      for (let i = 0; i < scores.length; i++) this.bins[i] = atInt(this.places, i) - 1;
      return;
    }
    const options = { ...this.rule, lowerIsBetter, tieBreaker };
    const { ranks } = rankScores(scores, this.codes, options);
    const competition = rankScores(scores, this.codes, { ...options, ties: 'COMPETITION' }).ranks;
    const step = rankStep(this.rule);
    for (let i = 0; i < scores.length; i++) {
      const ranked = !Number.isNaN(at(ranks, i));
      this.places[i] = ranked ? at(competition, i) : 0;
      this.bins[i] = ranked ? (at(ranks, i) - 1) / step : -1;
    }
  }
}

/**
 * Competition places (1 = best, ties share the best place; 0 for `NaN`) in linear time where the scores are spread: cities
 * are dealt into as many buckets as there are cities, from the best score to the worst, and put in exact order by insertion.
 * The outcome does not depend on the buckets: scores decide, equal scores tie.
 * @param order scratch of length n
 * @param keys scratch of length n
 * @param starts scratch of length n + 2
 */
export function rankByBuckets(
  scores: Float64Array,
  lowerIsBetter: boolean,
  places: Int32Array,
  order: Int32Array,
  keys: Int32Array,
  starts: Int32Array,
): void {
  const n = scores.length;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < n; i++) {
    const score = at(scores, i);
    if (score < min) min = score;
    if (score > max) max = score;
  }
  // Where the range is 0 or overflows all go to one bucket, which is slower and as right.
  const scale = (lowerIsBetter ? -1 : 1) * ((n - 1) / (max - min));
  const best = lowerIsBetter ? min : max;
  for (let k = 0; k < n + 2; k++) starts[k] = 0;
  let ranked = 0;
  for (let i = 0; i < n; i++) {
    const score = at(scores, i);
    if (score !== score) {
      keys[i] = -1;
      continue;
    }
    const key = ((best - score) * scale) | 0;
    keys[i] = key;
    starts[key + 1] = atInt(starts, key + 1) + 1;
    ranked++;
  }
  for (let k = 1; k <= n; k++) starts[k] = atInt(starts, k) + atInt(starts, k - 1);
  for (let i = 0; i < n; i++) {
    const key = atInt(keys, i);
    if (key < 0) continue;
    const place = atInt(starts, key);
    starts[key] = place + 1;
    order[place] = i;
  }
  const sign = lowerIsBetter ? -1 : 1;
  for (let k = 1; k < ranked; k++) {
    const city = atInt(order, k);
    const score = sign * at(scores, city);
    let hole = k;
    while (hole > 0 && sign * at(scores, atInt(order, hole - 1)) < score) {
      order[hole] = atInt(order, hole - 1);
      hole--;
    }
    order[hole] = city;
  }
  let place = 0;
  let last = NaN;
  for (let k = 0; k < ranked; k++) {
    const city = atInt(order, k);
    const score = at(scores, city);
    if (score !== last) place = k + 1;
    last = score;
    places[city] = place;
  }
  if (ranked < n) for (let i = 0; i < n; i++) if (atInt(keys, i) < 0) places[i] = 0;
}

/**
 * Adds a draw to the counts of pairs: for a < b, `counts[a n + b]` grows by 2 where a is above b and by 1 where they tie.
 * A city that is unranked in the draw is below every ranked one, and ties with the others that are.
 */
export function countPairs(places: Int32Array, counts: Int32Array): void {
  const n = places.length;
  for (let a = 0; a < n; a++) {
    // Unranked (0) goes last: as unsigned numbers, 0 − 1 is the largest.
    const own = (atInt(places, a) - 1) >>> 0;
    const row = a * n;
    for (let b = a + 1; b < n; b++) {
      const other = (atInt(places, b) - 1) >>> 0;
      counts[row + b] = atInt(counts, row + b) + (own < other ? 2 : own === other ? 1 : 0);
    }
  }
}

/** Below this length insertion beats the native sort. */
const INSERTION_BELOW = 48;

/**
 * Type-7 quantiles of each city's scores over the draws (Hyndman and Fan 1996), exact: scores are counted in buckets between
 * the city's smallest and largest, and only the buckets that hold a wanted order statistic are sorted.
 * @param scores as `DrawMemory.scores`; `NaN` = unranked, passed over
 * @param shares the quantiles wanted, 0 to 1
 * @param kernels false: the TypeScript kernel even where the WebAssembly one could be used; the result is the same
 * @returns (to − from) × shares, a row for each city; `NaN` where a city has no score
 */
export function scoreQuantiles(
  scores: Float64Array,
  draws: number,
  blockSize: number,
  from: number,
  to: number,
  shares: Float64Array,
  kernels = true,
): Float64Array {
  const n = scores.length / draws;
  const buckets = scoreBuckets(draws, blockSize, kernels);
  const { cities, staged } = buckets;
  const out = new Float64Array((to - from) * shares.length).fill(NaN);
  buckets.next.fill(-1);
  for (let first = from; first < to; first += cities) {
    const size = Math.min(cities, to - first);
    for (let start = 0; start < draws; start += blockSize) {
      const count = Math.min(blockSize, draws - start);
      const source = start * n + first * count;
      staged.set(scores.subarray(source, source + size * count), start * size);
    }
    for (let k = 0; k < size; k++) {
      const count = buckets.count(size, k);
      if (count > 0) quantilesOfRow(buckets, count, shares, out, (first - from + k) * shares.length);
    }
  }
  return out;
}

/** Puts the quantiles of the city counted last, which has `count` scores, into `out`. */
function quantilesOfRow(
  buckets: ScoreBuckets,
  count: number,
  shares: Float64Array,
  out: Float64Array,
  row: number,
): void {
  const { ends, next, members } = buckets;
  const wanted: number[] = [];
  for (let s = 0; s < shares.length; s++) {
    const below = Math.floor((count - 1) * at(shares, s));
    for (let k = below; k <= below + 1 && k < count; k++) {
      const bucket = bucketHolding(ends, k);
      if (atInt(next, bucket) >= 0) continue;
      next[bucket] = atInt(ends, bucket);
      wanted.push(bucket);
    }
  }
  buckets.gather();
  for (const bucket of wanted) {
    next[bucket] = -1;
    sortAscending(members, atInt(ends, bucket), atInt(ends, bucket + 1));
  }
  const smallest = (k: number): number => at(members, k);
  for (let s = 0; s < shares.length; s++) out[row + s] = quantileAmong(count, at(shares, s), smallest);
}

/** The bucket that holds the `k`-th smallest. */
function bucketHolding(ends: Int32Array, k: number): number {
  let low = 0;
  let high = SCORE_BUCKETS - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (atInt(ends, middle + 1) > k) high = middle;
    else low = middle + 1;
  }
  return low;
}

function sortAscending(values: Float64Array, from: number, to: number): void {
  if (to - from > INSERTION_BELOW) {
    values.subarray(from, to).sort();
    return;
  }
  for (let k = from + 1; k < to; k++) {
    const value = at(values, k);
    let hole = k;
    while (hole > from && at(values, hole - 1) > value) {
      values[hole] = at(values, hole - 1);
      hole--;
    }
    values[hole] = value;
  }
}
