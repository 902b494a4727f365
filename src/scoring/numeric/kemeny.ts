import { at, atInt } from './at';

/** Costs of two orders that differ by less than this are equal: they are sums of at most a few hundred margins of at most 1. */
const COST_TIE = 1e-11;
/** Where the numerators of mean places can pass 2^53, these are rounded so that items in equal positions come out equal. */
const PLACE_DIGITS = 1e9;

/**
 * Mean place (0 = first) of each of `s` items over all orders that agree best with the pairwise margins (Kemeny 1959,
 * Young and Levenglick 1978), by dynamic programming over subsets: O(2^s s) time, 24 bytes × 2^s memory.
 * @param margins row-major s × s, antisymmetric; how strongly item i is to stand before item j
 * @param s number of items, at most about 20
 */
export function kemenyMeanPlaces(
  margins: Float64Array,
  s: number,
): { readonly places: Float64Array; readonly orders: number } {
  const size = 2 ** s;
  const half = s >> 1;
  const lowMask = (1 << half) - 1;
  const against = penaltyTables(margins, s, half);
  const lowSize = 1 << half;
  const highSize = 1 << (s - half);
  /** What it costs to put item v right after the items of `set`, in which those that it should precede stand already. */
  const penalty = (v: number, set: number): number =>
    at(against.low, v * lowSize + (set & lowMask)) + at(against.high, v * highSize + (set >> half));

  const cost = new Float64Array(size).fill(Infinity);
  const before = new Float64Array(size);
  cost[0] = 0;
  before[0] = 1;
  for (let set = 1; set < size; set++) {
    let best = Infinity;
    let ways = 0;
    for (let v = 0; v < s; v++) {
      if ((set & (1 << v)) === 0) continue;
      const rest = set ^ (1 << v);
      const value = at(cost, rest) + penalty(v, rest);
      if (value < best - COST_TIE) {
        best = value;
        ways = at(before, rest);
      } else if (value <= best + COST_TIE) {
        ways += at(before, rest);
      }
    }
    cost[set] = best;
    before[set] = ways;
  }

  // Backwards over the best orders only, so that each place is weighed by the number of orders through it.
  const after = new Float64Array(size);
  after[size - 1] = 1;
  const places = new Float64Array(s);
  const orders = at(before, size - 1);
  for (let set = size - 1; set > 0; set--) {
    const ways = at(after, set);
    if (ways === 0) continue;
    const place = bitCount(set) - 1;
    for (let v = 0; v < s; v++) {
      if ((set & (1 << v)) === 0) continue;
      const rest = set ^ (1 << v);
      if (at(cost, rest) + penalty(v, rest) > at(cost, set) + COST_TIE) continue;
      after[rest] = at(after, rest) + ways;
      places[v] = at(places, v) + place * at(before, rest) * ways;
    }
  }
  const exact = orders * s <= Number.MAX_SAFE_INTEGER;
  for (let v = 0; v < s; v++) {
    const place = at(places, v) / orders;
    places[v] = exact ? place : Math.round(place * PLACE_DIGITS) / PLACE_DIGITS;
  }
  return { places, orders };
}

/** For each item, the summed penalties of every subset of the lower and of the upper half of the items standing before it. */
function penaltyTables(margins: Float64Array, s: number, half: number): { low: Float64Array; high: Float64Array } {
  const table = (from: number, count: number): Float64Array => {
    const size = 1 << count;
    const sums = new Float64Array(s * size);
    for (let v = 0; v < s; v++) {
      for (let set = 1; set < size; set++) {
        const bit = 31 - Math.clz32(set);
        sums[v * size + set] = at(sums, v * size + (set ^ (1 << bit))) + Math.max(0, at(margins, v * s + from + bit));
      }
    }
    return sums;
  };
  return { low: table(0, half), high: table(half, s - half) };
}

function bitCount(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) count++;
  return count;
}

/**
 * Splits cities, sorted by falling Copeland score, into the smallest groups such that every city of a group beats every
 * city of all later groups; the best orders keep the groups apart (Truchon 1998). A run of the `k` highest scores is
 * such a boundary exactly where the scores add to `k (n − k)`, the most that they can.
 * @param scores wins minus losses of every city
 * @param order cities by falling score
 * @returns the places in `order` at which groups end
 */
export function majorityGroupEnds(scores: Float64Array, order: Int32Array): number[] {
  const n = order.length;
  const ends: number[] = [];
  let sum = 0;
  for (let k = 1; k <= n; k++) {
    sum += at(scores, atInt(order, k - 1));
    if (sum === k * (n - k)) ends.push(k);
  }
  return ends;
}
