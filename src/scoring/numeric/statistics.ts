import { at, atInt } from './at';
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

/** Smallest and largest of the values that are not `NaN`; both `NaN` where there is none. */
export function rangeOf(values: Float64Array): { readonly min: number; readonly max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : { min: NaN, max: NaN };
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
  if (sorted.length === 0) return NaN;
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const share = position - below;
  const low = at(sorted, below);
  if (share === 0) return low;
  const high = at(sorted, below + 1);
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
export interface Moments {
  /** Number of values that are not `NaN`. */
  readonly count: number;
  /** Power of two by which every figure below is scaled. */
  readonly scale: number;
  /** Mean of `scale × x`; `NaN` where there is no value. */
  readonly mean: number;
  /** Σ (scale × x − mean)²; exactly 0 where all values are equal. */
  readonly sumOfSquares: number;
  /** Σ (scale × x − mean)³. */
  readonly sumOfCubes: number;
  /** Σ (scale × x − mean)⁴. */
  readonly sumOfFourths: number;
}

/** {@link Moments} of a column in two passes; `NaN` values are passed over. Finite for all finite values. */
export function momentsOf(values: Float64Array): Moments {
  let count = 0;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) return { count, scale: 1, mean: NaN, sumOfSquares: 0, sumOfCubes: 0, sumOfFourths: 0 };
  const scale = scaleFor(Math.max(Math.abs(min), Math.abs(max)));
  // The rounded mean of equal values need not be that value, so deviations would not vanish.
  if (min === max) return { count, scale, mean: min * scale, sumOfSquares: 0, sumOfCubes: 0, sumOfFourths: 0 };
  if (scale !== 1) {
    sum = 0;
    for (let i = 0; i < values.length; i++) {
      const value = at(values, i);
      if (!Number.isNaN(value)) sum += value * scale;
    }
  }
  const mean = sum / count;
  let sumOfSquares = 0;
  let sumOfCubes = 0;
  let sumOfFourths = 0;
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (Number.isNaN(value)) continue;
    const deviation = value * scale - mean;
    const square = deviation * deviation;
    sumOfSquares += square;
    sumOfCubes += square * deviation;
    sumOfFourths += square * square;
  }
  return { count, scale, mean, sumOfSquares, sumOfCubes, sumOfFourths };
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
