/*
 * Scores, ranks and counts of Monte Carlo draws where every node is an arithmetic mean of complete columns. AssemblyScript,
 * compiled by scripts/write-kernels.mjs. Four draws and four cities are computed at a time; every sum has the terms and the order
 * of src/scoring/aggregation/arithmetic.ts, so that the bits are the same. All memory is laid out by the caller
 * (src/scoring/robustness/draw-kernel.ts); nothing is allocated here.
 */

import { NODE_BYTES } from './weights';

export { configureWeights, drawFour } from './weights';

/** Buckets for each city, by which cities are put in order: the more, the fewer share one. */
const BUCKETS_A_CITY: i32 = 2;

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
let nominal: usize = 0;
let sums: usize = 0;
let counts: usize = 0;
let places: usize = 0;
let keys: usize = 0;
let starts: usize = 0;
let order: usize = 0;
let sorted: usize = 0;
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
  packedAt: usize,
): void {
  n = cities;
  stride = columnStride;
  root = rootNode;
  program = programAt;
  columns = columnsAt;
  weights = weightsAt;
  nominal = nominalAt;
  counts = countsAt;
  packed = packedAt;
  sorted = scratchAt;
  keys = sorted + ((<usize>n) << 3);
  order = keys + ((<usize>n) << 2);
  starts = order + ((<usize>n) << 2);
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
    let adjacent = true;
    let expected: usize = 0;
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
      const place = <usize>load<u32>(entry);
      if (load<u32>(entry, 4) !== 0 || (k > 0 && place !== expected)) adjacent = false;
      expected = place + columnBytes;
    }
    const target = <usize>load<u32>(columns + ((<usize>node) << 3));
    const ta = f64x2.splat(total0);
    const tb = f64x2.splat(total1);
    const tc = f64x2.splat(total2);
    const td = f64x2.splat(total3);
    const start = <usize>load<u32>(columns + ((<usize>load<i32>(first)) << 3));
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
      if (adjacent) {
        // Leaves: all four draws read the same column.
        let column = start + offset;
        let w = packed;
        do {
          const x = v128.load(column);
          const y = v128.load(column, 16);
          const wa = v128.load_splat<f64>(w);
          const wb = v128.load_splat<f64>(w, 8);
          const wc = v128.load_splat<f64>(w, 16);
          const wd = v128.load_splat<f64>(w, 24);
          a0 = f64x2.add(a0, f64x2.mul(wa, x));
          a1 = f64x2.add(a1, f64x2.mul(wa, y));
          b0 = f64x2.add(b0, f64x2.mul(wb, x));
          b1 = f64x2.add(b1, f64x2.mul(wb, y));
          c0 = f64x2.add(c0, f64x2.mul(wc, x));
          c1 = f64x2.add(c1, f64x2.mul(wc, y));
          d0 = f64x2.add(d0, f64x2.mul(wd, x));
          d1 = f64x2.add(d1, f64x2.mul(wd, y));
          column += columnBytes;
          w += 32;
        } while (w < packedEnd);
      } else {
        let w = packed;
        for (let k = 0; k < children; k++) {
          const entry = columns + ((<usize>load<i32>(first + ((<usize>k) << 2))) << 3);
          // Nodes have a column for each draw, leaves one for all.
          const between = <usize>load<u32>(entry, 4);
          const column = <usize>load<u32>(entry) + offset;
          const wa = v128.load_splat<f64>(w);
          const wb = v128.load_splat<f64>(w, 8);
          const wc = v128.load_splat<f64>(w, 16);
          const wd = v128.load_splat<f64>(w, 24);
          a0 = f64x2.add(a0, f64x2.mul(wa, v128.load(column)));
          a1 = f64x2.add(a1, f64x2.mul(wa, v128.load(column, 16)));
          b0 = f64x2.add(b0, f64x2.mul(wb, v128.load(column + between)));
          b1 = f64x2.add(b1, f64x2.mul(wb, v128.load(column + between, 16)));
          c0 = f64x2.add(c0, f64x2.mul(wc, v128.load(column + 2 * between)));
          c1 = f64x2.add(c1, f64x2.mul(wc, v128.load(column + 2 * between, 16)));
          d0 = f64x2.add(d0, f64x2.mul(wd, v128.load(column + 3 * between)));
          d1 = f64x2.add(d1, f64x2.mul(wd, v128.load(column + 3 * between, 16)));
          w += 32;
        }
      }
      // Dividing by 1 changes no bit and takes as long as the rest; weights that were made to add to 1 mostly do, exactly.
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
      const to = target + offset;
      v128.store(to, held(a0));
      v128.store(to, held(a1), 16);
      v128.store(to + columnBytes, held(b0));
      v128.store(to + columnBytes, held(b1), 16);
      v128.store(to + 2 * columnBytes, held(c0));
      v128.store(to + 2 * columnBytes, held(c1), 16);
      v128.store(to + 3 * columnBytes, held(d0));
      v128.store(to + 3 * columnBytes, held(d1), 16);
    }
  }
}

/**
 * Ranks a draw's scores (competition ranks, a high score is best) as `rankByBuckets` does, writes the places to `placesAt`, and
 * adds the draw to the counts of ranks and, at `sumsAt`, to the sums of scores around the nominal ones.
 */
export function rankAndCount(scores: usize, placesAt: usize, sumsAt: usize): void {
  sums = sumsAt;
  places = placesAt;
  let low = f64x2.splat(Infinity);
  let high = f64x2.splat(-Infinity);
  // Two cities at a time; an odd one is left for the end.
  const even = (<usize>(n & ~1)) << 3;
  for (let at: usize = 0; at < even; at += 16) {
    const pair = v128.load(scores + at);
    low = f64x2.pmin(low, pair);
    high = f64x2.pmax(high, pair);
    const shift = f64x2.sub(pair, v128.load(nominal + at));
    const square = f64x2.mul(shift, shift);
    const sum = sums + 2 * at;
    v128.store(sum, f64x2.add(v128.load(sum), v128.shuffle<f64>(shift, square, 0, 2)));
    v128.store(sum, f64x2.add(v128.load(sum, 16), v128.shuffle<f64>(shift, square, 1, 3)), 16);
  }
  let least = min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
  let most = max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1));
  if (n & 1) {
    const score = load<f64>(scores + even);
    least = min(least, score);
    most = max(most, score);
    const shift = score - load<f64>(nominal + even);
    const sum = sums + 2 * even;
    store<f64>(sum, load<f64>(sum) + shift);
    store<f64>(sum, load<f64>(sum, 8) + shift * shift, 8);
  }
  const buckets = BUCKETS_A_CITY * n;
  let scale = <f64>(buckets - 1) / (most - least);
  if (!isFinite(scale)) scale = 0;
  memory.fill(starts, 0, (<usize>(buckets + 1)) << 2);
  const top = f64x2.splat(most);
  const perUnit = f64x2.splat(scale);
  for (let at: usize = 0; at < even; at += 16) {
    const pair = i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(f64x2.sub(top, v128.load(scores + at)), perUnit));
    store<i64>(keys + (at >> 1), i64x2.extract_lane(pair, 0));
    const first = starts + ((<usize>i32x4.extract_lane(pair, 0)) << 2);
    store<i32>(first, load<i32>(first, 4) + 1, 4);
    const second = starts + ((<usize>i32x4.extract_lane(pair, 1)) << 2);
    store<i32>(second, load<i32>(second, 4) + 1, 4);
  }
  if (n & 1) {
    const key = <i32>((most - load<f64>(scores + even)) * scale);
    store<i32>(keys + (even >> 1), key);
    const at = starts + ((<usize>key) << 2);
    store<i32>(at, load<i32>(at, 4) + 1, 4);
  }
  let sum = 0;
  for (let k = 0; k < buckets; k++) {
    const at = starts + ((<usize>k) << 2);
    sum += load<i32>(at);
    store<i32>(at, sum);
  }
  // Cities and their scores bucket by bucket, so that neighbours are read one after the other.
  for (let i = 0; i < n; i++) {
    const at = starts + ((<usize>load<i32>(keys + ((<usize>i) << 2))) << 2);
    const place = load<i32>(at);
    store<i32>(at, place + 1);
    store<i32>(order + ((<usize>place) << 2), i);
    store<f64>(sorted + ((<usize>place) << 3), load<f64>(scores + ((<usize>i) << 3)));
  }
  for (let k = 1; k < n; k++) {
    const score = load<f64>(sorted + ((<usize>k) << 3));
    if (!(load<f64>(sorted + ((<usize>(k - 1)) << 3)) < score)) continue;
    const city = load<i32>(order + ((<usize>k) << 2));
    let hole = k;
    do {
      store<i32>(order + ((<usize>hole) << 2), load<i32>(order + ((<usize>(hole - 1)) << 2)));
      store<f64>(sorted + ((<usize>hole) << 3), load<f64>(sorted + ((<usize>(hole - 1)) << 3)));
      hole--;
    } while (hole > 0 && load<f64>(sorted + ((<usize>(hole - 1)) << 3)) < score);
    store<i32>(order + ((<usize>hole) << 2), city);
    store<f64>(sorted + ((<usize>hole) << 3), score);
  }
  let last = f64.NaN;
  let place = 0;
  for (let k = 0; k < n; k++) {
    const city = load<i32>(order + ((<usize>k) << 2));
    const score = load<f64>(sorted + ((<usize>k) << 3));
    if (score !== last) place = k + 1;
    last = score;
    store<i32>(places + ((<usize>city) << 2), place);
    const at = counts + ((<usize>(city * n + place - 1)) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
}

/** Turns `draws` rows of scores into a row of `draws` for each city. */
export function transpose(from: usize, to: usize, draws: i32): void {
  const columnBytes = (<usize>stride) << 3;
  for (let i = 0; i < n; i += 8) {
    const end = min(i + 8, n);
    for (let draw = 0; draw < draws; draw++) {
      const source = from + <usize>draw * columnBytes;
      for (let j = i; j < end; j++) {
        const target = to + ((<usize>j * <usize>draws + <usize>draw) << 3);
        store<f64>(target, load<f64>(source + ((<usize>j) << 3)));
      }
    }
  }
}
