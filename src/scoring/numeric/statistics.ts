import { at, atInt } from './at';
import { columnKernel, type ColumnSum, type PowerSums } from './column-kernel';
import { orderAscending } from './order';
import { heldFinite, scaleFor, scaleOf } from './scale';

/** Number of values that are not `NaN`. */
export function countOf(values: Float64Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(at(values, i))) count++;
  return count;
}

/** Arithmetic mean of the values that are not `NaN`; `NaN` where there is none. Never overflows. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (!Number.isNaN(value)) {
      sum += value;
      count++;
    }
  }
  if (count === 0) return NaN;
  if (Number.isFinite(sum)) return sum / count;
  let mean = 0;
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (!Number.isNaN(value)) mean += value / count;
  }
  return heldFinite(mean);
}

/** Whether no value is `NaN`. */
export function isComplete(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(at(values, i))) return false;
  return true;
}

/** Smallest and largest of the values that are not `NaN`, a zero without its sign; both `NaN` where there is none. */
export function rangeOf(values: Float64Array): { readonly min: number; readonly max: number } {
  const kernel = values.length < KERNEL_FROM ? null : columnKernel();
  const { min, max } = kernel === null ? plainRange(values) : kernel.survey(values);
  // Adding 0 takes the sign off a zero: which of several zeros is met first must not matter.
  return min <= max ? { min: min + 0, max: max + 0 } : { min: NaN, max: NaN };
}

function plainRange(values: Float64Array): { readonly min: number; readonly max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

/** Below this length the native sort beats the ordering by radix. */
const NATIVE_SORT_BELOW = 40;

/** The values that are not `NaN`, ascending, in a new array. */
export function sortedPresent(values: Float64Array): Float64Array {
  if (values.length < NATIVE_SORT_BELOW) return values.filter((value) => !Number.isNaN(value)).sort();
  const order = orderAscending(values);
  // Zeros of both signs stand in index order; without their signs the outcome does not depend on it.
  const sorted = new Float64Array(order.length);
  for (let k = 0; k < order.length; k++) sorted[k] = at(values, atInt(order, k)) + 0;
  return sorted;
}

/**
 * Quantile of ascending values without `NaN` by linear interpolation (type 7 of Hyndman and Fan 1996, R's default):
 * the value at the 0-based position `(n − 1) p`. `NaN` where there is no value.
 * @param p share, 0 to 1
 */
export function quantileSorted(sorted: Float64Array, p: number): number {
  return sorted.length === 0 ? NaN : quantileAmong(sorted.length, p, (k) => at(sorted, k));
}

/**
 * {@link quantileSorted} of values that need not stand side by side.
 * @param count number of values, at least 1
 * @param smallest gives the value at a 0-based place in ascending order
 */
export function quantileAmong(count: number, p: number, smallest: (k: number) => number): number {
  const position = (count - 1) * p;
  const below = Math.floor(position);
  const share = position - below;
  const low = smallest(below);
  if (share === 0) return low;
  const high = smallest(below + 1);
  // Two weighted terms rather than a difference, which could overflow; equal neighbours give themselves exactly.
  return low === high ? low : (1 - share) * low + share * high;
}

/** Median of ascending values without `NaN`; the mean of the middle two for an even count; `NaN` where there is none. */
export function medianSorted(sorted: Float64Array): number {
  return quantileSorted(sorted, 0.5);
}

/** Median of the values that are not `NaN`; `NaN` where there is none. */
export function medianOf(values: Float64Array): number {
  return medianSorted(sortedPresent(values));
}

/** Median of the distances to `centre` of the values that are not `NaN`, not multiplied by any factor; `NaN` where there is none. */
export function medianAbsoluteDeviationOf(values: Float64Array, centre: number): number {
  return medianOf(values.map((value) => heldFinite(Math.abs(value - centre))));
}

/** Mean and central moments of a column, taken after multiplying it by `scale` (a power of two, see {@link scaleFor}). */
export interface Moments extends PowerSums {
  /** Number of values that are not `NaN`. */
  readonly count: number;
  /** Power of two by which every figure is scaled: x below stands for `scale` times the value. */
  readonly scale: number;
  /** Mean of x; `NaN` where there is no value. The sums are of powers of x − mean, exactly 0 where all values are equal. */
  readonly mean: number;
}

const NO_POWERS: PowerSums = { sumOfSquares: 0, sumOfCubes: 0, sumOfFourths: 0 };

/** {@link Moments} of a column in two passes; `NaN` values are passed over. Finite for all finite values. */
export function momentsOf(values: Float64Array): Moments {
  const kernel = values.length < KERNEL_FROM ? null : columnKernel();
  const { count, sum, min, max } = kernel === null ? sumOf(values, 1) : kernel.sumOf(values);
  if (count === 0) return { count, scale: 1, mean: NaN, ...NO_POWERS };
  const scale = scaleFor(Math.max(Math.abs(min), Math.abs(max)));
  // The rounded mean of equal values need not be that value, so deviations would not vanish.
  if (min === max) return { count, scale, mean: min * scale, ...NO_POWERS };
  const mean = (scale === 1 ? sum : sumOf(values, scale).sum) / count;
  const { sumOfSquares, sumOfCubes, sumOfFourths } =
    kernel === null || scale !== 1 ? powersOf(values, scale, mean) : kernel.powersOf(values, mean);
  return { count, scale, mean, sumOfSquares, sumOfCubes, sumOfFourths };
}

/** Below this length the call costs more than the kernel saves. */
const KERNEL_FROM = 16;
/** Sums that a column's cells are dealt to in turn, as the kernel does, which so need not wait for one addition before the next. */
const LANES = 8;

function sumOf(values: Float64Array, scale: number): ColumnSum {
  let count = 0;
  let min = Infinity;
  let max = -Infinity;
  const sums = new Float64Array(LANES);
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (Number.isNaN(value)) continue;
    count++;
    addTo(sums, i, value * scale);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { count, sum: added(sums), min, max };
}

function powersOf(values: Float64Array, scale: number, mean: number): PowerSums {
  const squares = new Float64Array(LANES);
  const cubes = new Float64Array(LANES);
  const fourths = new Float64Array(LANES);
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (Number.isNaN(value)) continue;
    const deviation = value * scale - mean;
    const square = deviation * deviation;
    addTo(squares, i, square);
    addTo(cubes, i, square * deviation);
    addTo(fourths, i, square * square);
  }
  return { sumOfSquares: added(squares), sumOfCubes: added(cubes), sumOfFourths: added(fourths) };
}

function addTo(sums: Float64Array, i: number, term: number): void {
  const lane = i % LANES;
  sums[lane] = at(sums, lane) + term;
}

function added(sums: Float64Array): number {
  const four = (k: number): number => at(sums, k) + at(sums, k + 1) + (at(sums, k + 2) + at(sums, k + 3));
  return four(0) + four(4);
}

/**
 * Sample skewness, adjusted for bias (type 2 of Joanes and Gill 1998, as Excel's SKEW):
 * √n Σd³ / (Σd²)^1.5 × √(n(n−1)) / (n−2). `NaN` for fewer than 3 values or a constant column.
 */
export function skewnessFrom({ count, sumOfSquares, sumOfCubes }: Moments): number {
  if (count < 3 || sumOfSquares === 0) return NaN;
  const plain = (Math.sqrt(count) * sumOfCubes) / (sumOfSquares * Math.sqrt(sumOfSquares));
  return (plain * Math.sqrt(count * (count - 1))) / (count - 2);
}

/**
 * Sample excess kurtosis, adjusted for bias (type 2 of Joanes and Gill 1998, as Excel's KURT): with r = n Σd⁴ / (Σd²)²,
 * ((n+1)(r−3)+6)(n−1) / ((n−2)(n−3)). `NaN` for fewer than 4 values or a constant column.
 */
export function kurtosisFrom({ count, sumOfSquares, sumOfFourths }: Moments): number {
  if (count < 4 || sumOfSquares === 0) return NaN;
  const ratio = (count * sumOfFourths) / (sumOfSquares * sumOfSquares);
  return (((count + 1) * (ratio - 3) + 6) * (count - 1)) / ((count - 2) * (count - 3));
}

/** {@link skewnessFrom} of a column; `NaN` values are passed over. */
export function skewnessOf(values: Float64Array): number {
  return skewnessFrom(momentsOf(values));
}

/** {@link kurtosisFrom} of a column; `NaN` values are passed over. */
export function kurtosisOf(values: Float64Array): number {
  return kurtosisFrom(momentsOf(values));
}

/**
 * Standard deviation of the values that are not `NaN`; exactly 0 where all are equal, held at the largest double.
 * @param divisor `SAMPLE` divides by n − 1 (`NaN` for fewer than 2 values), `POPULATION` by n (`NaN` for none)
 */
export function standardDeviationOf(values: Float64Array, divisor: 'SAMPLE' | 'POPULATION'): number {
  const { count, scale, sumOfSquares } = momentsOf(values);
  const freedom = divisor === 'SAMPLE' ? count - 1 : count;
  return freedom < 1 ? NaN : heldFinite(Math.sqrt(sumOfSquares / freedom) / scale);
}

/** Sizes of a column, all of `scale × x` with `scale` a power of two (see {@link scaleFor}). */
export interface Norms {
  readonly scale: number;
  /** Σ |scale × x|. */
  readonly absolute: number;
  /** √ Σ (scale × x)². */
  readonly euclidean: number;
  /** max |scale × x|. */
  readonly largest: number;
}

/** {@link Norms} of a column; `NaN` values are passed over, and a column without values has norms of `NaN`. */
export function normsOf(values: Float64Array): Norms {
  const scale = scaleOf(values);
  let absolute = 0;
  let squares = 0;
  let largest = NaN;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(at(values, i) * scale);
    if (Number.isNaN(size)) continue;
    absolute += size;
    squares += size * size;
    if (!(size <= largest)) largest = size;
  }
  if (Number.isNaN(largest)) return { scale, absolute: NaN, euclidean: NaN, largest };
  return { scale, absolute, euclidean: Math.sqrt(squares), largest };
}
