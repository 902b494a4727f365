import { at } from './at';

/** Smallest and largest present value of each row, over the columns that have a weight. */
export interface RowRange {
  /** `Infinity` where the row has none. */
  readonly low: Float64Array;
  /** `-Infinity` where the row has none. */
  readonly high: Float64Array;
}

/**
 * The range of each row, in one pass over the columns. `NaN` cells and columns of weight 0 are passed over.
 * Means need it to scale their sums, and to end inside the range of what they average.
 */
export function rowRange(columns: readonly Float64Array[], weights: Float64Array, n: number): RowRange {
  const low = new Float64Array(n).fill(Infinity);
  const high = new Float64Array(n).fill(-Infinity);
  columns.forEach((column, k) => {
    if (at(weights, k) === 0) return;
    for (let i = 0; i < n; i++) {
      const value = at(column, i);
      if (value < at(low, i)) low[i] = value;
      if (value > at(high, i)) high[i] = value;
    }
  });
  return { low, high };
}

/** `value` held inside `low … high`: rounding must not carry a mean out of the range of what it averages. */
export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
