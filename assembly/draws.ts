/*
 * Scores, ranks and counts of Monte Carlo draws where every node is an arithmetic mean of complete columns. AssemblyScript,
 * compiled by scripts/write-kernels.mjs. Four draws and four cities are computed at a time; every sum has the terms and the order
 * of src/scoring/aggregation/arithmetic.ts, so that the bits are the same. All memory is laid out by the caller
 * (src/scoring/robustness/draw-kernel.ts); nothing is allocated here.
 */

import { NODE_BYTES } from './weights';

export { configureWeights, drawFour } from './weights';

/** Cities of a draw that may share a bucket with an earlier one: each is compared with all. */
const LATE_AT_MOST: i32 = 64;

let n: i32 = 0;
/** Doubles of a column: `n` rounded up to a multiple of 4. */
let stride: i32 = 0;
/** [node, number of children, children …] for each inner node, in order of computation, after the number of inner nodes. */
let program: usize = 0;
/** For each node the address of its column and the bytes from one draw's column to the next's (0 for a leaf). */
let columns: usize = 0;
/** By node, the weights of four draws. */
let weights: usize = 0;
let root: i32 = 0;
/** Whether values are such that no mean overflows. */
let bounded: bool = false;
let nominal: usize = 0;
let counts: usize = 0;
/** Four pairs: the least and the greatest score of each draw. */
let ranges: usize = 0;
/** Words by city: its bucket. */
let keys: usize = 0;
/** Words: four times the index of cities whose bucket was taken before, with room for one more than cities. */
let lateCities: usize = 0;
/** A bit for each bucket: whether it is taken; all 0 between draws. */
let bits: usize = 0;
/** Double words of bits, a multiple of 4. */
let words: i32 = 0;
/** For each double word of bits, one more than the number of bits in those before. */
let below: usize = 0;
/** Four weights for each child of the node that is being computed. */
let packed: usize = 0;

export function configure(
  cities: i32,
  columnStride: i32,
  rootNode: i32,
  programAt: usize,
  columnsAt: usize,
  weightsAt: usize,
  nominalAt: usize,
  countsAt: usize,
  scratchAt: usize,
  bitWords: i32,
  packedAt: usize,
  isBounded: bool,
): void {
  bounded = isBounded;
  n = cities;
  stride = columnStride;
  root = rootNode;
  program = programAt;
  columns = columnsAt;
  weights = weightsAt;
  nominal = nominalAt;
  counts = countsAt;
  packed = packedAt;
  words = bitWords;
  ranges = scratchAt;
  bits = ranges + 64;
  below = bits + ((<usize>words) << 3);
  keys = below + ((<usize>words) << 2);
  lateCities = keys + ((<usize>stride) << 2);
}

/** The infinities held at the largest double, as `heldFinite` does. */
function held(value: v128): v128 {
  const largest = f64x2.splat(f64.MAX_VALUE);
  // The pseudo-minimum is one instruction, and keeps NaN as it stands first.
  return f64x2.pmax(f64x2.pmin(value, largest), f64x2.neg(largest));
}

/** Scores four draws; the root's columns go to `out`, one after the other. */
export function scoreFour(out: usize): void {
  const columnBytes = (<usize>stride) << 3;
  store<u32>(columns + ((<usize>root) << 3), <u32>out);
  store<u32>(columns + ((<usize>root) << 3) + 4, <u32>columnBytes);
  const inner = load<i32>(program);
  let step = program + 4;
  for (let s = 0; s < inner; s++) {
    const node = load<i32>(step);
    const children = load<i32>(step, 4);
    const first = step + 8;
    step = first + ((<usize>children) << 2);
    // The weights of four draws for one child side by side, and whether the children's columns follow one another.
    let total0: f64 = 0;
    let total1: f64 = 0;
    let total2: f64 = 0;
    let total3: f64 = 0;
    const first0 = columns + ((<usize>load<i32>(first)) << 3);
    const start = <usize>load<u32>(first0);
    // Bytes from one draw's column to the next's, the same for all children that stand in a row.
    const apart = <usize>load<u32>(first0, 4);
    const step0 = apart === 0 ? columnBytes : 4 * apart;
    let inARow = true;
    let expected = start;
    for (let k = 0; k < children; k++) {
      const child = <usize>load<i32>(first + ((<usize>k) << 2));
      const at = weights + child * NODE_BYTES;
      const to = packed + <usize>k * NODE_BYTES;
      total0 += load<f64>(at);
      total1 += load<f64>(at, 8);
      total2 += load<f64>(at, 16);
      total3 += load<f64>(at, 24);
      v128.store(to, v128.load(at));
      v128.store(to, v128.load(at, 16), 16);
      const entry = columns + (child << 3);
      if (load<u32>(entry, 4) !== <u32>apart || load<u32>(entry) !== <u32>expected) inARow = false;
      expected += step0;
    }
    const target = <usize>load<u32>(columns + ((<usize>node) << 3));
    const ta = f64x2.splat(total0);
    const tb = f64x2.splat(total1);
    const tc = f64x2.splat(total2);
    const td = f64x2.splat(total3);
    // A sum that begins with its first term instead of 0 is another only where all terms are −0, and what is above it is not.
    const fromFirst = inARow && apart === 0 && node !== root;
    // Dividing by 1 changes no bit and takes as long as the rest; weights that were made to add to 1 mostly do, exactly.
    const addToOne = total0 === 1 && total1 === 1 && total2 === 1 && total3 === 1;
    const packedEnd = packed + <usize>children * NODE_BYTES;
    for (let offset: usize = 0; offset < columnBytes; offset += 32) {
      let a0 = f64x2.splat(0);
      let a1 = a0;
      let b0 = a0;
      let b1 = a0;
      let c0 = a0;
      let c1 = a0;
      let d0 = a0;
      let d1 = a0;
      if (fromFirst) {
        // Leaves: all four draws read the same column.
        let column = start + offset;
        let x = v128.load(column);
        let y = v128.load(column, 16);
        let w = packed;
        let wa = v128.load_splat<f64>(w);
        let wb = v128.load_splat<f64>(w, 8);
        let wc = v128.load_splat<f64>(w, 16);
        let wd = v128.load_splat<f64>(w, 24);
        a0 = f64x2.mul(wa, x);
        a1 = f64x2.mul(wa, y);
        b0 = f64x2.mul(wb, x);
        b1 = f64x2.mul(wb, y);
        c0 = f64x2.mul(wc, x);
        c1 = f64x2.mul(wc, y);
        d0 = f64x2.mul(wd, x);
        d1 = f64x2.mul(wd, y);
        for (w += 32; w < packedEnd; w += 32) {
          column += columnBytes;
          x = v128.load(column);
          y = v128.load(column, 16);
          wa = v128.load_splat<f64>(w);
          wb = v128.load_splat<f64>(w, 8);
          wc = v128.load_splat<f64>(w, 16);
          wd = v128.load_splat<f64>(w, 24);
          a0 = f64x2.add(a0, f64x2.mul(wa, x));
          a1 = f64x2.add(a1, f64x2.mul(wa, y));
          b0 = f64x2.add(b0, f64x2.mul(wb, x));
          b1 = f64x2.add(b1, f64x2.mul(wb, y));
          c0 = f64x2.add(c0, f64x2.mul(wc, x));
          c1 = f64x2.add(c1, f64x2.mul(wc, y));
          d0 = f64x2.add(d0, f64x2.mul(wd, x));
          d1 = f64x2.add(d1, f64x2.mul(wd, y));
        }
      } else if (inARow) {
        // Nodes: each draw has columns of its own. A root's leaves are read the same way.
        let column = start + offset;
        let w = packed;
        do {
          const wa = v128.load_splat<f64>(w);
          a0 = f64x2.add(a0, f64x2.mul(wa, v128.load(column)));
          a1 = f64x2.add(a1, f64x2.mul(wa, v128.load(column, 16)));
          const wb = v128.load_splat<f64>(w, 8);
          const second = column + apart;
          b0 = f64x2.add(b0, f64x2.mul(wb, v128.load(second)));
          b1 = f64x2.add(b1, f64x2.mul(wb, v128.load(second, 16)));
          const wc = v128.load_splat<f64>(w, 16);
          const third = second + apart;
          c0 = f64x2.add(c0, f64x2.mul(wc, v128.load(third)));
          c1 = f64x2.add(c1, f64x2.mul(wc, v128.load(third, 16)));
          const wd = v128.load_splat<f64>(w, 24);
          const fourth = third + apart;
          d0 = f64x2.add(d0, f64x2.mul(wd, v128.load(fourth)));
          d1 = f64x2.add(d1, f64x2.mul(wd, v128.load(fourth, 16)));
          column += step0;
          w += 32;
        } while (w < packedEnd);
      } else {
        // Two draws, then the other two: there are not registers enough for what four read.
        let w = packed;
        let entry = first;
        do {
          const child = columns + ((<usize>load<i32>(entry)) << 3);
          // Nodes have a column for each draw, leaves one for all.
          const between = <usize>load<u32>(child, 4);
          const column = <usize>load<u32>(child) + offset;
          const wa = v128.load_splat<f64>(w);
          const wb = v128.load_splat<f64>(w, 8);
          a0 = f64x2.add(a0, f64x2.mul(wa, v128.load(column)));
          a1 = f64x2.add(a1, f64x2.mul(wa, v128.load(column, 16)));
          b0 = f64x2.add(b0, f64x2.mul(wb, v128.load(column + between)));
          b1 = f64x2.add(b1, f64x2.mul(wb, v128.load(column + between, 16)));
          entry += 4;
          w += 32;
        } while (w < packedEnd);
        w = packed;
        entry = first;
        do {
          const child = columns + ((<usize>load<i32>(entry)) << 3);
          const between = <usize>load<u32>(child, 4);
          const column = <usize>load<u32>(child) + offset + 2 * between;
          const wc = v128.load_splat<f64>(w, 16);
          const wd = v128.load_splat<f64>(w, 24);
          c0 = f64x2.add(c0, f64x2.mul(wc, v128.load(column)));
          c1 = f64x2.add(c1, f64x2.mul(wc, v128.load(column, 16)));
          d0 = f64x2.add(d0, f64x2.mul(wd, v128.load(column + between)));
          d1 = f64x2.add(d1, f64x2.mul(wd, v128.load(column + between, 16)));
          entry += 4;
          w += 32;
        } while (w < packedEnd);
      }
      if (!addToOne) {
        if (total0 !== 1) {
          a0 = f64x2.div(a0, ta);
          a1 = f64x2.div(a1, ta);
        }
        if (total1 !== 1) {
          b0 = f64x2.div(b0, tb);
          b1 = f64x2.div(b1, tb);
        }
        if (total2 !== 1) {
          c0 = f64x2.div(c0, tc);
          c1 = f64x2.div(c1, tc);
        }
        if (total3 !== 1) {
          d0 = f64x2.div(d0, td);
          d1 = f64x2.div(d1, td);
        }
      }
      if (!bounded) {
        a0 = held(a0);
        a1 = held(a1);
        b0 = held(b0);
        b1 = held(b1);
        c0 = held(c0);
        c1 = held(c1);
        d0 = held(d0);
        d1 = held(d1);
      }
      const to = target + offset;
      v128.store(to, a0);
      v128.store(to, a1, 16);
      v128.store(to + columnBytes, b0);
      v128.store(to + columnBytes, b1, 16);
      v128.store(to + 2 * columnBytes, c0);
      v128.store(to + 2 * columnBytes, c1, 16);
      v128.store(to + 3 * columnBytes, d0);
      v128.store(to + 3 * columnBytes, d1, 16);
    }
  }
}

/**
 * Takes the scores of up to four draws into the sums, at `sumsAt`, of scores around the nominal ones, and ranks each draw
 * (competition ranks, a high score is best): places go to `placesAt`, one draw's after the other's.
 * @returns a bit for each draw whose places are left to the caller, as many cities have about the same score
 */
export function rankFour(scores: usize, lanes: i32, placesAt: usize, sumsAt: usize): i32 {
  const columnBytes = (<usize>stride) << 3;
  survey(scores, lanes, sumsAt);
  let left = 0;
  for (let lane = 0; lane < lanes; lane++) {
    const ranked = rank(
      scores + <usize>lane * columnBytes,
      placesAt + <usize>lane * (columnBytes >> 1),
      load<f64>(ranges + ((<usize>lane) << 4)),
      load<f64>(ranges + ((<usize>lane) << 4), 8),
    );
    if (!ranked) left |= 1 << lane;
  }
  return left;
}

/** Sums, draw by draw, and the least and the greatest score of each draw. */
function survey(scores: usize, lanes: i32, sums: usize): void {
  const columnBytes = (<usize>stride) << 3;
  let low0 = f64x2.splat(Infinity);
  let low1 = low0;
  let low2 = low0;
  let low3 = low0;
  let high0 = f64x2.splat(-Infinity);
  let high1 = high0;
  let high2 = high0;
  let high3 = high0;
  for (let at: usize = 0; at < columnBytes; at += 16) {
    const own = v128.load(nominal + at);
    const sum = sums + 2 * at;
    const first = v128.load(sum);
    const second = v128.load(sum, 16);
    let total = v128.shuffle<f64>(first, second, 0, 2);
    let squares = v128.shuffle<f64>(first, second, 1, 3);
    let cell = scores + at;
    let pair = v128.load(cell);
    let shift = f64x2.sub(pair, own);
    low0 = f64x2.pmin(low0, pair);
    high0 = f64x2.pmax(high0, pair);
    total = f64x2.add(total, shift);
    squares = f64x2.add(squares, f64x2.mul(shift, shift));
    if (lanes > 1) {
      cell += columnBytes;
      pair = v128.load(cell);
      shift = f64x2.sub(pair, own);
      low1 = f64x2.pmin(low1, pair);
      high1 = f64x2.pmax(high1, pair);
      total = f64x2.add(total, shift);
      squares = f64x2.add(squares, f64x2.mul(shift, shift));
    }
    if (lanes > 2) {
      cell += columnBytes;
      pair = v128.load(cell);
      shift = f64x2.sub(pair, own);
      low2 = f64x2.pmin(low2, pair);
      high2 = f64x2.pmax(high2, pair);
      total = f64x2.add(total, shift);
      squares = f64x2.add(squares, f64x2.mul(shift, shift));
    }
    if (lanes > 3) {
      cell += columnBytes;
      pair = v128.load(cell);
      shift = f64x2.sub(pair, own);
      low3 = f64x2.pmin(low3, pair);
      high3 = f64x2.pmax(high3, pair);
      total = f64x2.add(total, shift);
      squares = f64x2.add(squares, f64x2.mul(shift, shift));
    }
    v128.store(sum, v128.shuffle<f64>(total, squares, 0, 2));
    v128.store(sum, v128.shuffle<f64>(total, squares, 1, 3), 16);
  }
  storeRange(0, low0, high0);
  storeRange(1, low1, high1);
  storeRange(2, low2, high2);
  storeRange(3, low3, high3);
}

function storeRange(lane: usize, low: v128, high: v128): void {
  const at = ranges + (lane << 4);
  store<f64>(at, min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1)));
  store<f64>(at, max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1)), 8);
}

/**
 * Cities are dealt into buckets from the best score to the worst, many more than there are cities; a bit says which buckets are
 * taken. A city's place is the number of bits before its own. Cities that find their bucket taken are few, and are compared with
 * all others.
 */
function rank(scores: usize, places: usize, least: f64, most: f64): bool {
  const scale = <f64>((words << 6) - 1) / (most - least);
  // The range is 0, or overflows.
  if (!(scale > 0 && scale < Infinity)) return false;
  const top = f64x2.splat(most);
  const perUnit = f64x2.splat(scale);
  // Added to a number from 0 to 2^31, this leaves it, rounded, in the lower word.
  const rounding = f64x2.splat(4503599627370496);
  const columnBytes = (<usize>stride) << 3;
  for (let at: usize = 0; at < columnBytes; at += 32) {
    const first = f64x2.mul(f64x2.sub(top, v128.load(scores + at)), perUnit);
    const second = f64x2.mul(f64x2.sub(top, v128.load(scores + at, 16)), perUnit);
    const four = v128.shuffle<i32>(f64x2.add(first, rounding), f64x2.add(second, rounding), 0, 2, 4, 6);
    v128.store(keys + (at >> 1), four);
  }
  const cityBytes = (<usize>n) << 2;
  const end = bits + ((<usize>words) << 3);
  let late = lateCities;
  for (let at: usize = 0; at < cityBytes; at += 4) {
    const key = load<u32>(keys + at);
    const cell = bits + ((<usize>(key >> 6)) << 3);
    const word = load<u64>(cell);
    const bit = (<u64>1) << key;
    if (word & bit) {
      store<u32>(late, <u32>at);
      late += 4;
    }
    store<u64>(cell, word | bit);
  }
  const few = late - lateCities <= (<usize>LATE_AT_MOST) << 2;
  let before = 1;
  for (let cell = bits, to = below; cell < end; cell += 8, to += 4) {
    store<i32>(to, before);
    before += <i32>popcnt<u64>(load<u64>(cell));
  }
  for (let at: usize = 0; at < cityBytes; at += 4) {
    const key = load<u32>(keys + at);
    const word = <usize>(key >> 6);
    const earlier = load<u64>(bits + (word << 3)) & (((<u64>1) << key) - 1);
    store<i32>(places + at, load<i32>(below + (word << 2)) + <i32>popcnt<u64>(earlier));
  }
  for (let cell = bits; cell < end; cell += 16) v128.store(cell, i64x2.splat(0));
  if (!few) return false;
  for (let entry = lateCities; entry < late; entry += 4) placeLate(scores, places, <usize>load<u32>(entry));
  return true;
}

/** Takes a city that found its bucket taken into the places: `own` is four times its index. */
function placeLate(scores: usize, places: usize, own: usize): void {
  const key = i32x4.splat(load<i32>(keys + own));
  const end = (<usize>stride) << 2;
  // How many cities the bucket has, and the sum of four times their indices.
  let sharing = i32x4.splat(0);
  let sums = i32x4.splat(0);
  let indices = i32x4(0, 4, 8, 12);
  for (let at: usize = 0; at < end; at += 16) {
    const four = v128.load(keys + at);
    // A mask of what is true is −1.
    v128.store(places + at, i32x4.sub(v128.load(places + at), i32x4.gt_s(four, key)));
    const alike = i32x4.eq(four, key);
    sharing = i32x4.sub(sharing, alike);
    sums = i32x4.add(sums, v128.and(alike, indices));
    indices = i32x4.add(indices, i32x4.splat(16));
  }
  if (added(sharing) === 2) {
    compare(scores, places, own, <usize>added(sums) - own);
    return;
  }
  // With those that follow it is compared when their turn comes.
  for (let other: usize = 0; other < own; other += 4)
    if (load<i32>(keys + other) === load<i32>(keys + own)) compare(scores, places, own, other);
}

function added(four: v128): i32 {
  const first = i32x4.extract_lane(four, 0) + i32x4.extract_lane(four, 1);
  return first + i32x4.extract_lane(four, 2) + i32x4.extract_lane(four, 3);
}

/** Moves the worse of two cities down by a place. */
function compare(scores: usize, places: usize, own: usize, other: usize): void {
  const score = load<f64>(scores + (own << 1));
  const others = load<f64>(scores + (other << 1));
  store<i32>(places + own, load<i32>(places + own) + <i32>(others > score));
  store<i32>(places + other, load<i32>(places + other) + <i32>(others < score));
}

/** Adds the places of so many draws, one draw's after the other's, to the counts of ranks, a city at a time: its counts are near. */
export function count(places: usize, draws: i32): void {
  const cityBytes = (<usize>n) << 2;
  const rowBytes = (<usize>stride) << 2;
  const end = places + <usize>draws * rowBytes;
  let row = counts - 4;
  for (let city = places; city < places + cityBytes; city += 4) {
    for (let at = city; at < end; at += rowBytes) {
      const cell = row + ((<usize>load<i32>(at)) << 2);
      store<i32>(cell, load<i32>(cell) + 1);
    }
    row += cityBytes;
  }
}

/** Turns `draws` rows of scores into a row of `draws` for each city; behind the last there is room for one more. */
export function transpose(from: usize, to: usize, draws: i32): void {
  const columnBytes = (<usize>stride) << 3;
  const rowBytes = (<usize>draws) << 3;
  const pairs = from + <usize>(draws & ~1) * columnBytes;
  for (let i = 0; i < n; i += 8) {
    const cells = (<usize>i) << 3;
    const end = min(i + 8, n);
    let target = to + <usize>i * rowBytes;
    let source = from + cells;
    for (; source < pairs; source += 2 * columnBytes, target += 16) {
      let row = target;
      // Where cities are odd in number the last brings one along that is none, and whose row lies behind all others.
      for (let at = source; at < source + ((<usize>(end - i)) << 3); at += 16, row += 2 * rowBytes) {
        const one = v128.load(at);
        const other = v128.load(at + columnBytes);
        v128.store(row, v128.shuffle<f64>(one, other, 0, 2));
        v128.store(row + rowBytes, v128.shuffle<f64>(one, other, 1, 3));
      }
    }
    if (draws & 1)
      for (let j = i, row = target; j < end; j++, source += 8, row += rowBytes) store<f64>(row, load<f64>(source));
  }
}
