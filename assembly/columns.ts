/*
 * Columns of a large table, a stretch of cities at a time: what a column holds, and the arithmetic mean of columns that are
 * normalised linearly on the way. AssemblyScript, compiled by scripts/write-kernels.mjs. Every cell goes through the operations
 * of src/scoring/numeric/linear.ts and src/scoring/aggregation/arithmetic.ts in their order, so that the bits are the same.
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
  // An odd length ends with its last cell twice, which changes neither range nor gaps.
  const end = <usize>INPUT + ((<usize>n) << 3);
  if (n & 1) store<f64>(end, load<f64>(end - 8));
  let a = low;
  let b = high;
  let c = gaps;
  for (let x = <usize>INPUT; x < end; x += 16) {
    const value = v128.load(x);
    // The pseudo-minimum keeps its first operand where the second is NaN.
    a = f64x2.pmin(a, value);
    b = f64x2.pmax(b, value);
    c = v128.or(c, f64x2.ne(value, value));
  }
  low = a;
  high = b;
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

/** The infinities held at the largest double, as `heldFinite` does. */
function held(value: v128): v128 {
  const greatest = f64x2.splat(f64.MAX_VALUE);
  return f64x2.pmax(f64x2.pmin(value, greatest), f64x2.neg(greatest));
}

export function startSums(): void {
  memory.fill(SUMS, 0, 8 * STRETCH);
}

/** Adds `weight × (base + (sign × x − origin) / unit × factor)` of the first `n` cells of the input to the sums. */
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
    const y = held(f64x2.add(b, f64x2.mul(f64x2.div(f64x2.sub(x, o), u), f)));
    v128.store(offset, f64x2.add(v128.load(offset, SUMS), f64x2.mul(w, y)), SUMS);
  }
}

/** Turns the first `n` sums into means. */
export function divideSums(n: i32, total: f64): void {
  const t = f64x2.splat(total);
  const end = (<usize>n) << 3;
  for (let offset: usize = 0; offset < end; offset += 16)
    v128.store(offset, held(f64x2.div(v128.load(offset, SUMS), t)), SUMS);
}
