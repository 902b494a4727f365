import { at, atInt } from './at';

/** Above this length the radix sort beats the comparison sort. */
const RADIX_FROM = 512;
const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;

/**
 * Indices of the values that are not `NaN`, ascending by value; equal values (and 0 and −0) stay in index order.
 * Linear in the length: a radix sort on the bits of the doubles once the list is long.
 */
export function orderAscending(values: Float64Array): Int32Array {
  const present = new Int32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(at(values, i))) present[count++] = i;
  const order = present.subarray(0, count);
  if (count < RADIX_FROM) return order.sort((a, b) => compare(at(values, a), at(values, b)) || a - b);
  return radixOrder(values, order);
}

/** Indices of the values that are not `NaN`, descending by value; equal values stay in index order. */
export function orderDescending(values: Float64Array): Int32Array {
  const negated = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) negated[i] = -at(values, i);
  return orderAscending(negated);
}

/**
 * Sorts by the upper 32 bits of the doubles (sign, exponent and 20 bits of the fraction) in three counting passes, then
 * settles the few runs that agree in them by comparison.
 */
function radixOrder(values: Float64Array, indices: Int32Array): Int32Array {
  const n = indices.length;
  const doubles = new Float64Array(n);
  // Adding 0 turns −0 into 0, so that the two sort as equal.
  for (let k = 0; k < n; k++) doubles[k] = at(values, atInt(indices, k)) + 0;
  const words = new Int32Array(doubles.buffer);
  let keys: Int32Array = new Int32Array(n);
  let order: Int32Array = indices;
  let nextKeys: Int32Array = new Int32Array(n);
  let nextOrder: Int32Array = new Int32Array(n);
  const counts = new Int32Array(BUCKETS);
  for (let k = 0; k < n; k++) {
    // Flips the bits so that the unsigned order of the words is the order of the doubles.
    const high = atInt(words, 2 * k + 1);
    keys[k] = high ^ ((high >> 31) | 0x80000000);
  }
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    counts.fill(0);
    for (let k = 0; k < n; k++) {
      const digit = (atInt(keys, k) >>> shift) & (BUCKETS - 1);
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
      const digit = (key >>> shift) & (BUCKETS - 1);
      const place = atInt(counts, digit);
      counts[digit] = place + 1;
      nextKeys[place] = key;
      nextOrder[place] = atInt(order, k);
    }
    [keys, nextKeys] = [nextKeys, keys];
    [order, nextOrder] = [nextOrder, order];
  }
  for (let start = 0; start < n;) {
    let end = start + 1;
    while (end < n && atInt(keys, end) === atInt(keys, start)) end++;
    // A run whose values are all equal is in index order already.
    if (end - start > 1 && !allEqual(values, order, start, end))
      order.subarray(start, end).sort((a, b) => compare(at(values, a), at(values, b)) || a - b);
    start = end;
  }
  return order;
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
