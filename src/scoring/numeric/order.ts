import { at, atInt } from './at';
import { orderKernel, ORDER_KERNEL_UP_TO, type Ordered } from './order-kernel';

/** From this length on the kernel, which has to be handed the values, beats the comparison sort. */
const KERNEL_FROM = 24;
/** Above this length the radix sort beats the comparison sort. */
const RADIX_FROM = 512;
const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
/** Runs up to this length are settled by insertion. */
const INSERTION_UP_TO = 32;

/**
 * Indices of the values that are not `NaN`, ascending by value; equal values (and 0 and −0) stay in index order.
 * Linear in the length: a radix sort on the bits of the doubles once the list is long.
 */
export function orderAscending(values: Float64Array): Int32Array {
  return ordered(values, 1).order;
}

/** Indices of the values that are not `NaN`, descending by value; equal values stay in index order. */
export function orderDescending(values: Float64Array): Int32Array {
  return ordered(values, -1).order;
}

/** The order by `sign × value`, and whether all values are known to be different. */
export function ordered(values: Float64Array, sign: 1 | -1): Ordered {
  const { length } = values;
  const kernel = length >= KERNEL_FROM && length <= ORDER_KERNEL_UP_TO ? orderKernel() : null;
  return kernel?.order(values, sign) ?? { order: orderOf(values, sign), distinct: false };
}

function orderOf(values: Float64Array, sign: 1 | -1): Int32Array {
  const present = new Int32Array(values.length);
  const memory = new ArrayBuffer(16 * values.length);
  const doubles = new Float64Array(memory, 0, values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (value !== value) continue;
    // Adding 0 turns −0 into 0, so that the two sort as equal.
    doubles[count] = sign * value + 0;
    present[count++] = i;
  }
  const order = present.subarray(0, count);
  if (count < RADIX_FROM) return order.sort((a, b) => sign * compare(at(values, a), at(values, b)) || a - b);
  return radixOrder(values, order, doubles, memory, sign);
}

/**
 * Sorts by the upper 32 bits of the doubles (sign, exponent and 20 bits of the fraction) in as many counting passes as their
 * range needs, then settles the few runs that agree in them by comparison.
 * @param indices ascending
 * @param doubles for each index the value, by which it sorts ascending, without −0; cells past them are not read
 * @param memory holds `doubles` in its first half; the second is written to
 */
function radixOrder(
  values: Float64Array,
  indices: Int32Array,
  doubles: Float64Array,
  memory: ArrayBuffer,
  sign: 1 | -1,
): Int32Array {
  const n = indices.length;
  const words = new Int32Array(memory, 0, 2 * n);
  let keys: Int32Array = new Int32Array(memory, 8 * doubles.length, n);
  let order: Int32Array = indices;
  let nextKeys: Int32Array = new Int32Array(memory, 12 * doubles.length, n);
  let nextOrder: Int32Array = new Int32Array(n);
  let least = 0x7fffffff;
  let greatest = -0x80000000;
  for (let k = 0; k < n; k++) {
    // Flips the bits of negative doubles so that the signed order of the words is the order of the doubles.
    const high = atInt(words, 2 * k + 1);
    const key = high ^ ((high >> 31) & 0x7fffffff);
    keys[k] = key;
    if (key < least) least = key;
    if (key > greatest) greatest = key;
  }
  // Scores of one size agree in their first bits, which need no pass.
  const range = greatest - least;
  for (let shift = 0; shift < 32 && range >= 2 ** shift; shift += DIGIT_BITS) {
    const counts = new Int32Array(BUCKETS);
    for (let k = 0; k < n; k++) {
      const digit = ((atInt(keys, k) - least) >>> shift) & (BUCKETS - 1);
      counts[digit] = atInt(counts, digit) + 1;
    }
    let start = 0;
    for (let digit = 0; digit < BUCKETS; digit++) {
      const size = atInt(counts, digit);
      counts[digit] = start;
      start += size;
    }
    for (let k = 0; k < n; k++) {
      const key = atInt(keys, k);
      const digit = ((key - least) >>> shift) & (BUCKETS - 1);
      const place = atInt(counts, digit);
      counts[digit] = place + 1;
      nextKeys[place] = key;
      nextOrder[place] = atInt(order, k);
    }
    [keys, nextKeys] = [nextKeys, keys];
    [order, nextOrder] = [nextOrder, order];
  }
  for (let start = 0; start < n;) {
    const key = atInt(keys, start);
    let end = start + 1;
    while (end < n && atInt(keys, end) === key) end++;
    if (end - start > 1) settle(values, order, start, end, sign);
    start = end;
  }
  return order;
}

/** Puts a run of one key in order by comparison; equal values are in index order already, and stay so. */
function settle(values: Float64Array, order: Int32Array, start: number, end: number, sign: 1 | -1): void {
  if (end - start > INSERTION_UP_TO) {
    // A run whose values are all equal needs no sorting.
    if (!allEqual(values, order, start, end))
      order.subarray(start, end).sort((a, b) => sign * compare(at(values, a), at(values, b)) || a - b);
    return;
  }
  for (let k = start + 1; k < end; k++) {
    const index = atInt(order, k);
    const value = sign * at(values, index);
    let hole = k;
    while (hole > start && sign * at(values, atInt(order, hole - 1)) > value) {
      order[hole] = atInt(order, hole - 1);
      hole--;
    }
    order[hole] = index;
  }
}

function allEqual(values: Float64Array, order: Int32Array, start: number, end: number): boolean {
  const first = at(values, atInt(order, start));
  for (let k = start + 1; k < end; k++) if (at(values, atInt(order, k)) !== first) return false;
  return true;
}

/** Not a difference: two infinities must compare as equal, and huge values must not overflow. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
