/*
 * The two passes over a city's scores by which order statistics are found: scores are counted in buckets between the smallest and
 * the largest, and those of wanted buckets are gathered. AssemblyScript, compiled by scripts/write-kernels.mjs; the counterpart of
 * PlainBuckets in src/scoring/robustness/score-buckets.ts.
 */

const BUCKETS: i32 = 1024;
/** Words: how many scores are in a bucket or below it, from the second word on. */
export const ENDS: i32 = 1024;
/** Words: where the next score of a bucket goes, -1 for buckets that are not wanted. */
export const NEXT: i32 = 8192;
/** Where the caller puts the scores; a word for each, and room for those that are gathered, follow. */
export const ROW: i32 = 16384;

/** Counts the first `draws` scores of the row, `NaN` passed over. */
export function count(draws: i32): void {
  const bytes = (<usize>draws) << 3;
  const end = <usize>ROW + bytes;
  const keys = end + 8;
  // An odd length ends with one more that is passed over.
  if (draws & 1) store<f64>(end, NaN);
  let low0 = f64x2.splat(Infinity);
  let high0 = f64x2.splat(-Infinity);
  for (let at = <usize>ROW; at < end; at += 16) {
    const pair = v128.load(at);
    // The pseudo-minimum keeps its first operand where the second is NaN.
    low0 = f64x2.pmin(low0, pair);
    high0 = f64x2.pmax(high0, pair);
  }
  const low = min(f64x2.extract_lane(low0, 0), f64x2.extract_lane(low0, 1));
  const high = max(f64x2.extract_lane(high0, 0), f64x2.extract_lane(high0, 1));
  let scale = <f64>(BUCKETS - 1) / (high - low);
  if (!isFinite(scale)) scale = 0;
  memory.fill(ENDS, 0, ((<usize>BUCKETS) << 2) + 4);
  const bottom = f64x2.splat(low);
  const perUnit = f64x2.splat(scale);
  for (let at = <usize>ROW, key = keys; at < end; at += 16, key += 8) {
    const pair = v128.load(at);
    const buckets = i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(f64x2.sub(pair, bottom), perUnit));
    const present = i64x2.bitmask(f64x2.eq(pair, pair));
    const first = present & 1 ? i32x4.extract_lane(buckets, 0) : -1;
    const second = present & 2 ? i32x4.extract_lane(buckets, 1) : -1;
    store<i32>(key, first);
    store<i32>(key, second, 4);
    // What is missing is counted below the first bucket, where nothing is read.
    const cell = <usize>ENDS + ((<usize>(first + 1)) << 2);
    store<i32>(cell, load<i32>(cell) + 1);
    const other = <usize>ENDS + ((<usize>(second + 1)) << 2);
    store<i32>(other, load<i32>(other) + 1);
  }
  store<i32>(ENDS, 0);
  let sum = 0;
  for (let cell = <usize>ENDS; cell <= <usize>ENDS + ((<usize>BUCKETS) << 2); cell += 4) {
    sum += load<i32>(cell);
    store<i32>(cell, sum);
  }
}

/** Puts the scores of wanted buckets where they would stand if all were sorted, but for their order within a bucket. */
export function gather(draws: i32): void {
  const end = <usize>ROW + ((<usize>draws) << 3);
  const keys = end + 8;
  const members = keys + ((<usize>((draws + 1) & ~1)) << 2);
  for (let at = <usize>ROW, key = keys; at < end; at += 8, key += 4) {
    const bucket = load<i32>(key);
    if (bucket < 0) continue;
    const cell = <usize>NEXT + ((<usize>bucket) << 2);
    const place = load<i32>(cell);
    if (place < 0) continue;
    store<f64>(members + ((<usize>place) << 3), load<f64>(at));
    store<i32>(cell, place + 1);
  }
}
