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
