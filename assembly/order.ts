/*
 * The order of doubles by a radix sort on their upper 32 bits. AssemblyScript, compiled by scripts/write-kernels.mjs. The outcome
 * is that of src/scoring/numeric/order.ts, which is determined by the values alone: equal values stay in the order of their
 * indices.
 */

/** Widest digit of the sort, in bits, and its buckets. Short lists use narrower digits, whose buckets are gone through faster. */
const DIGIT_BITS: i32 = 11;
const SHORT_DIGIT_BITS: i32 = 8;
const SHORT_UP_TO: i32 = 4096;
const BUCKETS: usize = 1 << DIGIT_BITS;
/** Counts of three digits. */
const COUNTS: usize = 1024;
/** Runs up to this length are settled by insertion; longer ones are left to the caller, unless they are all alike. */
const INSERTION_UP_TO: i32 = 32;
/** Where the caller puts the doubles; two areas of the same size follow, and the order is at the first of them. */
export const INPUT: i32 = 32768;

let sign: f64 = 1;
let apart: bool = false;

/** The value by which an index sorts ascending. Adding 0 turns −0 into 0, so that the two sort as equal. */
function valueOf(index: u32): f64 {
  return sign * load<f64>(<usize>INPUT + ((<usize>index) << 3)) + 0;
}

/** Signed words in the order of the doubles, from their upper halves. */
function keyOf(value: f64): i32 {
  const high = <i32>(reinterpret<i64>(value) >> 32);
  return high ^ ((high >> 31) & 0x7fffffff);
}

/** Whether the last order was of values all different. */
export function isDistinct(): bool {
  return apart;
}

/**
 * Orders the `n` doubles of the input, `NaN` left out, ascending by `by × value` (`by` is 1 or −1).
 * @returns how many are ordered; −1 where a long run agrees in its upper halves and is not ordered
 */
export function order(n: i32, by: f64): i32 {
  sign = by;
  apart = true;
  const bytes = (<usize>n) << 3;
  const first = <usize>INPUT + bytes;
  let low = f64x2.splat(Infinity);
  let high = f64x2.splat(-Infinity);
  // An odd length ends with its last double twice, which changes no range; the areas that follow are not in use yet.
  if (n & 1) store<f64>(first, load<f64>(first - 8));
  const factor = f64x2.splat(by);
  for (let at = <usize>INPUT; at < first; at += 16) {
    const pair = f64x2.mul(factor, v128.load(at));
    // The pseudo-minimum keeps its first operand where the second is NaN.
    low = f64x2.pmin(low, pair);
    high = f64x2.pmax(high, pair);
  }
  const least = keyOf(min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1)) + 0);
  const greatest = keyOf(max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1)) + 0);
  // Values of one size agree in their first bits, which need no pass.
  const bits = max<i32>(1, 32 - <i32>clz<u32>(<u32>(greatest - least)));
  const widest = n <= SHORT_UP_TO ? SHORT_DIGIT_BITS : DIGIT_BITS;
  const passes = (bits + widest - 1) / widest;
  const width = (bits + passes - 1) / passes;
  return least > greatest ? 0 : sort(n, least, passes, width);
}

function sort(n: i32, least: i32, passes: i32, width: i32): i32 {
  const mask: u32 = (1 << width) - 1;
  const first = <usize>INPUT + ((<usize>n) << 3);
  const second = first + ((<usize>n) << 3);
  // Short lists may take four digits of 8 bits, whose counts take as much room as one of 11.
  const countBytes: usize = (<usize>4) << width;
  memory.fill(COUNTS, 0, countBytes * <usize>passes);
  let count = 0;
  for (let i = 0; i < n; i++) {
    const value = valueOf(i);
    if (value !== value) continue;
    let key: u32 = keyOf(value) - least;
    for (let at = COUNTS, p = 0; p < passes; p++, at += countBytes) {
      const cell = at + ((<usize>(key & mask)) << 2);
      store<u32>(cell, load<u32>(cell) + 1);
      key >>= width;
    }
    count++;
  }
  for (let at = COUNTS, p = 0; p < passes; p++, at += countBytes) {
    let start: u32 = 0;
    for (let cell = at; cell < at + countBytes; cell += 4) {
      const size = load<u32>(cell);
      store<u32>(cell, start);
      start += size;
    }
  }
  // Entries are an index with its key above it.
  for (let i = 0; i < n; i++) {
    const value = valueOf(i);
    if (value !== value) continue;
    const key: u32 = keyOf(value) - least;
    const cell = COUNTS + ((<usize>(key & mask)) << 2);
    const place = load<u32>(cell);
    store<u32>(cell, place + 1);
    store<u64>(first + ((<usize>place) << 3), ((<u64>key) << 32) | (<u64>i));
  }
  let from = first;
  let to = second;
  for (let p = 1, counts = COUNTS + countBytes; p < passes; p++, counts += countBytes) {
    const shift = 32 + p * width;
    const end = from + ((<usize>count) << 3);
    for (let at = from; at < end; at += 8) {
      const entry = load<u64>(at);
      const cell = counts + ((<usize>((<u32>(entry >> shift)) & mask)) << 2);
      const place = load<u32>(cell);
      store<u32>(cell, place + 1);
      store<u64>(to + ((<usize>place) << 3), entry);
    }
    const swapped = from;
    from = to;
    to = swapped;
  }
  return settle(from, first, count) ? count : -1;
}

/** Puts runs of one key in order by their values, and the order as words to `out`, which may be where the entries are. */
function settle(entries: usize, out: usize, count: i32): bool {
  for (let start = 0; start < count;) {
    const at = entries + ((<usize>start) << 3);
    const key = load<u32>(at, 4);
    let end = start + 1;
    while (end < count && load<u32>(entries + ((<usize>end) << 3), 4) === key) end++;
    if (end - start > 1 && !settleRun(at, end - start)) return false;
    // Behind what is still to be read.
    for (let k = start; k < end; k++) store<u32>(out + ((<usize>k) << 2), load<u32>(entries + ((<usize>k) << 3)));
    start = end;
  }
  return true;
}

function settleRun(entries: usize, length: i32): bool {
  if (length > INSERTION_UP_TO) {
    apart = false;
    const value = valueOf(load<u32>(entries));
    for (let k = 1; k < length; k++) if (valueOf(load<u32>(entries + ((<usize>k) << 3))) !== value) return false;
    return true;
  }
  for (let k = 1; k < length; k++) {
    const entry = load<u64>(entries + ((<usize>k) << 3));
    const value = valueOf(<u32>entry);
    let hole = k;
    while (hole > 0) {
      const before = load<u64>(entries + ((<usize>(hole - 1)) << 3));
      const other = valueOf(<u32>before);
      if (other === value) apart = false;
      if (other <= value) break;
      store<u64>(entries + ((<usize>hole) << 3), before);
      hole--;
    }
    store<u64>(entries + ((<usize>hole) << 3), entry);
  }
  return true;
}
