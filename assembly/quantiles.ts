/*
 * The passes over a city's scores by which order statistics are found: scores are counted in buckets between the smallest and the
 * largest, and those of wanted buckets are gathered. AssemblyScript, compiled by scripts/write-kernels.mjs; the counterpart of
 * PlainBuckets in src/scoring/robustness/score-buckets.ts.
 */

const BUCKETS: i32 = 2048;
/** Words: how many scores are in a bucket or below it, from the second word on. */
export const ENDS: i32 = 1024;
/** Words: where the next score of a bucket goes, -1 for buckets that are not wanted. */
export const NEXT: i32 = 10240;
/**
 * One city's scores, one after the other. A word for each, room for those that are gathered, and the caller's scores of several
 * cities follow, each for a number of draws that is rounded up to a multiple of 4.
 */
export const ROW: i32 = 20480;

/** Scores in the row. */
let present: usize = 0;
let keys: usize = 0;

function rounded(draws: i32): usize {
  return <usize>((draws + 3) & ~3);
}

/**
 * Takes a city's scores into the row, `NaN` left out, and counts them.
 * @param cities how many there are scores of: block after block of draws, in each a row for each city
 * @param index of the city among them
 * @returns how many scores there are
 */
export function count(draws: i32, blockSize: i32, cities: i32, index: i32): i32 {
  keys = <usize>ROW + (rounded(draws) << 3);
  const staged = keys + rounded(draws) * 12;
  let low0 = f64x2.splat(Infinity);
  let low1 = low0;
  let high0 = f64x2.splat(-Infinity);
  let high1 = high0;
  let gaps = i64x2.splat(0);
  let to = <usize>ROW;
  for (let start = 0; start < draws; start += blockSize) {
    const size = min(blockSize, draws - start);
    let at = staged + ((<usize>(start * cities + index * size)) << 3);
    const end = at + ((<usize>size) << 3);
    for (; at + 24 < end; at += 32, to += 32) {
      const first = v128.load(at);
      const second = v128.load(at, 16);
      v128.store(to, first);
      v128.store(to, second, 16);
      // The pseudo-minimum keeps its first operand where the second is NaN.
      low0 = f64x2.pmin(low0, first);
      low1 = f64x2.pmin(low1, second);
      high0 = f64x2.pmax(high0, first);
      high1 = f64x2.pmax(high1, second);
      gaps = v128.or(gaps, v128.or(f64x2.ne(first, first), f64x2.ne(second, second)));
    }
    for (; at < end; at += 8, to += 8) {
      const one = v128.load_splat<f64>(at);
      store<f64>(to, load<f64>(at));
      low0 = f64x2.pmin(low0, one);
      high0 = f64x2.pmax(high0, one);
      gaps = v128.or(gaps, f64x2.ne(one, one));
    }
  }
  if (v128.any_true(gaps)) to = withoutGaps(to);
  present = (to - <usize>ROW) >> 3;
  const lows = f64x2.pmin(low0, low1);
  const highs = f64x2.pmax(high0, high1);
  const low = min(f64x2.extract_lane(lows, 0), f64x2.extract_lane(lows, 1));
  const high = max(f64x2.extract_lane(highs, 0), f64x2.extract_lane(highs, 1));
  let scale = <f64>(BUCKETS - 1) / (high - low);
  if (!isFinite(scale)) scale = 0;
  memory.fill(ENDS, 0, ((<usize>BUCKETS) << 2) + 4);
  const bottom = f64x2.splat(low);
  const perUnit = f64x2.splat(scale);
  // Added to a number from 0 to 2^31, this leaves it, rounded, in the lower word.
  const rounding = f64x2.splat(4503599627370496);
  const lastKey = keys + (present << 2);
  // Up to three of what is left from other rows may follow the last score.
  for (let at = <usize>ROW, key = keys; key < lastKey; at += 32, key += 16) {
    const first = f64x2.add(f64x2.mul(f64x2.sub(v128.load(at), bottom), perUnit), rounding);
    const second = f64x2.add(f64x2.mul(f64x2.sub(v128.load(at, 16), bottom), perUnit), rounding);
    v128.store(key, v128.shuffle<i32>(first, second, 0, 2, 4, 6));
  }
  for (let key = keys; key < lastKey; key += 4) {
    const cell = <usize>ENDS + 4 + ((<usize>load<u32>(key)) << 2);
    store<i32>(cell, load<i32>(cell) + 1);
  }
  let sum = 0;
  for (let cell = <usize>ENDS; cell <= <usize>ENDS + ((<usize>BUCKETS) << 2); cell += 4) {
    sum += load<i32>(cell);
    store<i32>(cell, sum);
  }
  return <i32>present;
}

/** Moves the row's scores together, and says where they end. */
function withoutGaps(end: usize): usize {
  let to = <usize>ROW;
  for (let at = <usize>ROW; at < end; at += 8) {
    const score = load<f64>(at);
    store<f64>(to, score);
    if (score === score) to += 8;
  }
  return to;
}

/** Puts the scores of wanted buckets where they would stand if all were sorted, but for their order within a bucket. */
export function gather(draws: i32): void {
  const members = keys + (rounded(draws) << 2);
  const end = keys + (present << 2);
  for (let at = <usize>ROW, key = keys; key < end; at += 8, key += 4) {
    const cell = <usize>NEXT + ((<usize>load<u32>(key)) << 2);
    const place = load<i32>(cell);
    if (place < 0) continue;
    store<f64>(members + ((<usize>place) << 3), load<f64>(at));
    store<i32>(cell, place + 1);
  }
}
