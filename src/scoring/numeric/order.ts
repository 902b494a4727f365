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
  if (count < RADIX_FROM) return order.sort((a, b) => at(values, a) - at(values, b) || a - b);
  return radixOrder(values, order);
}

/** Indices of the values that are not `NaN`, descending by value; equal values stay in index order. */
export function orderDescending(values: Float64Array): Int32Array {
  const negated = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) negated[i] = -at(values, i);
  return orderAscending(negated);
}

function radixOrder(values: Float64Array, indices: Int32Array): Int32Array {
  const n = indices.length;
  const keys = new Float64Array(n);
  // Adding 0 turns −0 into 0, so that the two sort as equal.
  for (let k = 0; k < n; k++) keys[k] = at(values, atInt(indices, k)) + 0;
  const words = new Int32Array(keys.buffer);
  // Flips the bits so that unsigned comparison of (high, low) is the order of the doubles.
  for (let k = 0; k < n; k++) {
    const high = atInt(words, 2 * k + 1);
    const mask = high >> 31;
    words[2 * k] = atInt(words, 2 * k) ^ mask;
    words[2 * k + 1] = high ^ (mask | 0x80000000);
  }
  let from = Int32Array.from({ length: n }, (_, k) => k);
  let to = new Int32Array(n);
  const counts = new Int32Array(BUCKETS);
  for (let shift = 0; shift < 64; shift += DIGIT_BITS) {
    counts.fill(0);
    for (let k = 0; k < n; k++) {
      const digit = digitOf(words, k, shift);
      counts[digit] = atInt(counts, digit) + 1;
    }
    if (atInt(counts, digitOf(words, 0, shift)) === n) continue;
    let start = 0;
    for (let digit = 0; digit < BUCKETS; digit++) {
      const size = atInt(counts, digit);
      counts[digit] = start;
      start += size;
    }
    for (let k = 0; k < n; k++) {
      const item = atInt(from, k);
      const digit = digitOf(words, item, shift);
      const place = atInt(counts, digit);
      to[place] = item;
      counts[digit] = place + 1;
    }
    [from, to] = [to, from];
  }
  for (let k = 0; k < n; k++) to[k] = atInt(indices, atInt(from, k));
  return to;
}

/** The digit of `DIGIT_BITS` bits at `shift` of the 64-bit key `k`, which may straddle its two words. */
function digitOf(words: Int32Array, k: number, shift: number): number {
  const low = atInt(words, 2 * k);
  const high = atInt(words, 2 * k + 1);
  const bits =
    shift >= 32
      ? high >>> (shift - 32)
      : shift + DIGIT_BITS <= 32
        ? low >>> shift
        : (low >>> shift) | (high << (32 - shift));
  return bits & (BUCKETS - 1);
}
