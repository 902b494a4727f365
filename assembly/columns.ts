/*
 * Columns of a large table, a stretch of cities at a time: what a column holds, its moments, and the arithmetic mean of columns
 * that are normalised linearly on the way. AssemblyScript, compiled by scripts/write-kernels.mjs. Every cell goes through the
 * operations of src/scoring/numeric/linear.ts, numeric/statistics.ts and aggregation/arithmetic.ts in their order, so that the
 * bits are the same.
 */

/** Cells of a stretch: the input and the sums fit the processor's second cache together, and calls are few. */
export const STRETCH: i32 = 8192;
/** Where the caller puts a stretch of a column. */
export const INPUT: i32 = 1024;
/** Where the sums of a stretch are. */
export const SUMS: i32 = INPUT + 8 * STRETCH;

let low: v128 = f64x2.splat(Infinity);
let high: v128 = f64x2.splat(-Infinity);
let gaps: v128 = i64x2.splat(0);

export function startSurvey(): void {
  low = f64x2.splat(Infinity);
  high = f64x2.splat(-Infinity);
  gaps = i64x2.splat(0);
}

/** Takes the first `n` cells of the input into the survey of a column. */
export function survey(n: i32): void {
  // A length that is no multiple of 8 ends with its last cell repeated, which changes neither range nor gaps.
  const last = <usize>INPUT + ((<usize>n) << 3) - 8;
  const end = <usize>INPUT + ((<usize>((n + 7) & ~7)) << 3);
  const repeated = load<f64>(last);
  for (let x = last + 8; x < end; x += 8) store<f64>(x, repeated);
  // Four pairs at a time: a minimum has to wait for the one before it.
  let a0 = low;
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = high;
  let b1 = b0;
  let b2 = b0;
  let b3 = b0;
  let c = gaps;
  for (let x = <usize>INPUT; x < end; x += 64) {
    const v0 = v128.load(x);
    const v1 = v128.load(x, 16);
    const v2 = v128.load(x, 32);
    const v3 = v128.load(x, 48);
    // The pseudo-minimum keeps its first operand where the second is NaN.
    a0 = f64x2.pmin(a0, v0);
    a1 = f64x2.pmin(a1, v1);
    a2 = f64x2.pmin(a2, v2);
    a3 = f64x2.pmin(a3, v3);
    b0 = f64x2.pmax(b0, v0);
    b1 = f64x2.pmax(b1, v1);
    b2 = f64x2.pmax(b2, v2);
    b3 = f64x2.pmax(b3, v3);
    c = v128.or(c, v128.or(f64x2.ne(v0, v0), f64x2.ne(v1, v1)));
    c = v128.or(c, v128.or(f64x2.ne(v2, v2), f64x2.ne(v3, v3)));
  }
  low = f64x2.pmin(f64x2.pmin(a0, a1), f64x2.pmin(a2, a3));
  high = f64x2.pmax(f64x2.pmax(b0, b1), f64x2.pmax(b2, b3));
  gaps = c;
}

export function smallest(): f64 {
  return min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
}

export function largest(): f64 {
  return max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1));
}

export function hasGap(): bool {
  return v128.any_true(gaps);
}

let count: v128 = i64x2.splat(0);
// Eight sums of each kind, cell i to sum i mod 8: an addition has to wait for the one before it.
let sum0: v128 = f64x2.splat(0);
let sum1: v128 = f64x2.splat(0);
let sum2: v128 = f64x2.splat(0);
let sum3: v128 = f64x2.splat(0);

export function startSum(): void {
  startSurvey();
  count = i64x2.splat(0);
  sum0 = f64x2.splat(0);
  sum1 = sum0;
  sum2 = sum0;
  sum3 = sum0;
}

/** Ends the first `n` cells of the input with `NaN` up to a multiple of 8, and says where that is. */
function padded(n: i32): usize {
  const end = <usize>INPUT + ((<usize>((n + 7) & ~7)) << 3);
  for (let x = <usize>INPUT + ((<usize>n) << 3); x < end; x += 8) store<f64>(x, NaN);
  return end;
}

/** Takes the first `n` cells of the input into the sum, the count and the range of a column; `NaN` is passed over. */
export function addToSum(n: i32): void {
  const end = padded(n);
  let a0 = low;
  let a1 = low;
  let b0 = high;
  let b1 = high;
  let c = count;
  let s0 = sum0;
  let s1 = sum1;
  let s2 = sum2;
  let s3 = sum3;
  for (let x = <usize>INPUT; x < end; x += 64) {
    const v0 = v128.load(x);
    const v1 = v128.load(x, 16);
    const v2 = v128.load(x, 32);
    const v3 = v128.load(x, 48);
    const p0 = f64x2.eq(v0, v0);
    const p1 = f64x2.eq(v1, v1);
    const p2 = f64x2.eq(v2, v2);
    const p3 = f64x2.eq(v3, v3);
    // A mask of a present cell is −1.
    c = i64x2.sub(c, i64x2.add(i64x2.add(p0, p1), i64x2.add(p2, p3)));
    // The pseudo-minimum keeps its first operand where the second is NaN.
    a0 = f64x2.pmin(f64x2.pmin(a0, v0), v1);
    a1 = f64x2.pmin(f64x2.pmin(a1, v2), v3);
    b0 = f64x2.pmax(f64x2.pmax(b0, v0), v1);
    b1 = f64x2.pmax(f64x2.pmax(b1, v2), v3);
    s0 = f64x2.add(s0, v128.and(v0, p0));
    s1 = f64x2.add(s1, v128.and(v1, p1));
    s2 = f64x2.add(s2, v128.and(v2, p2));
    s3 = f64x2.add(s3, v128.and(v3, p3));
  }
  low = f64x2.pmin(a0, a1);
  high = f64x2.pmax(b0, b1);
  count = c;
  sum0 = s0;
  sum1 = s1;
  sum2 = s2;
  sum3 = s3;
}

export function present(): f64 {
  return <f64>(i64x2.extract_lane(count, 0) + i64x2.extract_lane(count, 1));
}

function total(s0: v128, s1: v128, s2: v128, s3: v128): f64 {
  const first =
    f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1) + (f64x2.extract_lane(s1, 0) + f64x2.extract_lane(s1, 1));
  const last =
    f64x2.extract_lane(s2, 0) + f64x2.extract_lane(s2, 1) + (f64x2.extract_lane(s3, 0) + f64x2.extract_lane(s3, 1));
  return first + last;
}

export function sum(): f64 {
  return total(sum0, sum1, sum2, sum3);
}

let square0: v128 = f64x2.splat(0);
let square1: v128 = f64x2.splat(0);
let square2: v128 = f64x2.splat(0);
let square3: v128 = f64x2.splat(0);
let cube0: v128 = f64x2.splat(0);
let cube1: v128 = f64x2.splat(0);
let cube2: v128 = f64x2.splat(0);
let cube3: v128 = f64x2.splat(0);
let fourth0: v128 = f64x2.splat(0);
let fourth1: v128 = f64x2.splat(0);
let fourth2: v128 = f64x2.splat(0);
let fourth3: v128 = f64x2.splat(0);

export function startPowers(): void {
  const none = f64x2.splat(0);
  square0 = none;
  square1 = none;
  square2 = none;
  square3 = none;
  cube0 = none;
  cube1 = none;
  cube2 = none;
  cube3 = none;
  fourth0 = none;
  fourth1 = none;
  fourth2 = none;
  fourth3 = none;
}

/** Adds the powers of distances from `mean` of the first `n` cells of the input; `NaN` is passed over. */
export function addPowers(n: i32, mean: f64): void {
  const end = padded(n);
  const m = f64x2.splat(mean);
  let q0 = square0;
  let q1 = square1;
  let q2 = square2;
  let q3 = square3;
  let c0 = cube0;
  let c1 = cube1;
  let c2 = cube2;
  let c3 = cube3;
  let f0 = fourth0;
  let f1 = fourth1;
  let f2 = fourth2;
  let f3 = fourth3;
  for (let x = <usize>INPUT; x < end; x += 64) {
    const v0 = v128.load(x);
    const v1 = v128.load(x, 16);
    const v2 = v128.load(x, 32);
    const v3 = v128.load(x, 48);
    const d0 = v128.and(f64x2.sub(v0, m), f64x2.eq(v0, v0));
    const d1 = v128.and(f64x2.sub(v1, m), f64x2.eq(v1, v1));
    const d2 = v128.and(f64x2.sub(v2, m), f64x2.eq(v2, v2));
    const d3 = v128.and(f64x2.sub(v3, m), f64x2.eq(v3, v3));
    const s0 = f64x2.mul(d0, d0);
    const s1 = f64x2.mul(d1, d1);
    const s2 = f64x2.mul(d2, d2);
    const s3 = f64x2.mul(d3, d3);
    q0 = f64x2.add(q0, s0);
    q1 = f64x2.add(q1, s1);
    q2 = f64x2.add(q2, s2);
    q3 = f64x2.add(q3, s3);
    c0 = f64x2.add(c0, f64x2.mul(s0, d0));
    c1 = f64x2.add(c1, f64x2.mul(s1, d1));
    c2 = f64x2.add(c2, f64x2.mul(s2, d2));
    c3 = f64x2.add(c3, f64x2.mul(s3, d3));
    f0 = f64x2.add(f0, f64x2.mul(s0, s0));
    f1 = f64x2.add(f1, f64x2.mul(s1, s1));
    f2 = f64x2.add(f2, f64x2.mul(s2, s2));
    f3 = f64x2.add(f3, f64x2.mul(s3, s3));
  }
  square0 = q0;
  square1 = q1;
  square2 = q2;
  square3 = q3;
  cube0 = c0;
  cube1 = c1;
  cube2 = c2;
  cube3 = c3;
  fourth0 = f0;
  fourth1 = f1;
  fourth2 = f2;
  fourth3 = f3;
}

export function squares(): f64 {
  return total(square0, square1, square2, square3);
}

export function cubes(): f64 {
  return total(cube0, cube1, cube2, cube3);
}

export function fourths(): f64 {
  return total(fourth0, fourth1, fourth2, fourth3);
}

/** The infinities held at the largest double, as `heldFinite` does. */
function held(value: v128): v128 {
  const greatest = f64x2.splat(f64.MAX_VALUE);
  return f64x2.pmax(f64x2.pmin(value, greatest), f64x2.neg(greatest));
}

export function startSums(): void {
  memory.fill(SUMS, 0, 8 * STRETCH);
}

/** Adds `weight × (base + (sign × x − origin) / unit × factor)` of the first `n` cells of the input, none of which overflows, to the sums. */
export function addLinear(n: i32, sign: f64, origin: f64, unit: f64, base: f64, factor: f64, weight: f64): void {
  const s = f64x2.splat(sign);
  const o = f64x2.splat(origin);
  const u = f64x2.splat(unit);
  const b = f64x2.splat(base);
  const f = f64x2.splat(factor);
  const w = f64x2.splat(weight);
  const end = (<usize>n) << 3;
  // Past an odd length one cell more is computed and not looked at.
  for (let offset: usize = 0; offset < end; offset += 16) {
    const x = f64x2.mul(s, v128.load(offset, INPUT));
    const y = f64x2.add(b, f64x2.mul(f64x2.div(f64x2.sub(x, o), u), f));
    v128.store(offset, f64x2.add(v128.load(offset, SUMS), f64x2.mul(w, y)), SUMS);
  }
}

/** Adds `weight × x` of the first `n` cells of the input to the sums. */
export function addWeighted(n: i32, weight: f64): void {
  const w = f64x2.splat(weight);
  const end = (<usize>n) << 3;
  for (let offset: usize = 0; offset < end; offset += 16)
    v128.store(offset, f64x2.add(v128.load(offset, SUMS), f64x2.mul(w, v128.load(offset, INPUT))), SUMS);
}

/** Turns the first `n` sums into means. */
export function divideSums(n: i32, total: f64): void {
  const t = f64x2.splat(total);
  const end = (<usize>n) << 3;
  for (let offset: usize = 0; offset < end; offset += 16)
    v128.store(offset, held(f64x2.div(v128.load(offset, SUMS), t)), SUMS);
}
