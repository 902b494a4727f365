import type { AggregationContext } from '../descriptor';
import { at, atByte } from './at';
import { rangeOf } from './statistics';

/*
 * What the multi-criteria methods share: the columns made safe for arithmetic, the scalings that their papers use, and
 * the tables that explain a run. Columns are complete (no `NaN`).
 */

/** Beyond these magnitudes squares or sums of a column could overflow or vanish. */
const LARGEST = 1e100;
const SMALLEST = 1e-100;

/** Largest absolute value of a column; 0 for an empty one. */
export function magnitudeOf(column: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < column.length; i++) {
    const size = Math.abs(at(column, i));
    if (size > largest) largest = size;
  }
  return largest;
}

/**
 * 1 for an ordinary magnitude, otherwise the power of two below it, to divide by: a division that rounds could move a
 * difference across a threshold that was divided as well.
 */
export function safeDivisor(magnitude: number): number {
  if (magnitude === 0 || (magnitude >= SMALLEST && magnitude <= LARGEST)) return 1;
  // log2 of the largest doubles rounds up to 1024, whose power is infinite.
  return 2 ** Math.min(1023, Math.floor(Math.log2(magnitude)));
}

/** The column divided by `divisor`; the column itself where that is 1. */
export function dividedBy(column: Float64Array, divisor: number): Float64Array {
  return divisor === 1 ? column : column.map((value) => value / divisor);
}

/** What to call a column in a message: its code. */
export function childName(context: AggregationContext, k: number): string {
  return context.children[k] ?? `column ${k}`;
}

/** What to call a city in a message: its code. */
export function cityName(context: AggregationContext, i: number): string {
  return context.cities[i] ?? `city ${i}`;
}

/** Warns of every column whose values are all equal, since it tells no cities apart. A single city is not worth a warning. */
export function warnOfConstants(columns: readonly Float64Array[], context: AggregationContext): void {
  columns.forEach((column, k) => {
    if (column.length > 1 && isConstant(column)) {
      context.warn(
        'CONSTANT_COLUMN',
        `${childName(context, k)} has the same value in every city, so it does not tell them apart.`,
      );
    }
  });
}

/** Whether all values are equal. */
export function isConstant(column: Float64Array): boolean {
  const first = at(column, 0);
  for (let i = 1; i < column.length; i++) if (at(column, i) !== first) return false;
  return true;
}

/** How far below its column's largest a value of extreme magnitude may lie before it is taken as that far below. */
const FLOOR = 1e-200;

/**
 * The columns as a scale-invariant method may use them: constants reported, and any column of extreme magnitudes (some
 * above 1e100, or some below 1e-100 and not 0) divided by its largest absolute value, which such a method does not
 * notice. In such a column values that would vanish stay at 1e-200 of the largest, so that what was above 0 remains so.
 */
export function prepareColumns(columns: readonly Float64Array[], context: AggregationContext): readonly Float64Array[] {
  warnOfConstants(columns, context);
  return columns.map((column) => {
    const largest = magnitudeOf(column);
    if (largest <= LARGEST && smallestMagnitudeOf(column) >= SMALLEST) return column;
    return column.map((value) => {
      const share = value / largest;
      return value === 0 || Math.abs(share) >= FLOOR ? share : Math.sign(value) * FLOOR;
    });
  });
}

/** Smallest absolute value of a column that is not 0; `Infinity` where there is none. */
function smallestMagnitudeOf(column: Float64Array): number {
  let smallest = Infinity;
  for (let i = 0; i < column.length; i++) {
    const size = Math.abs(at(column, i));
    if (size > 0 && size < smallest) smallest = size;
  }
  return smallest;
}

/** As {@link prepareColumns}, but with one divisor for all columns, for methods that need the columns' common scale. */
export function prepareTogether(
  columns: readonly Float64Array[],
  context: AggregationContext,
): readonly Float64Array[] {
  warnOfConstants(columns, context);
  const divisor = safeDivisor(columns.reduce((largest, column) => Math.max(largest, magnitudeOf(column)), 0));
  return columns.map((column) => dividedBy(column, divisor));
}

/** Whether column `k` is a cost (less is better). */
export function isCost(context: AggregationContext, k: number): boolean {
  return atByte(context.costs, k) === 1;
}

/** The best and the worst value of a column, by its direction. */
export function bestAndWorst(column: Float64Array, cost: boolean): { readonly best: number; readonly worst: number } {
  const { min, max } = rangeOf(column);
  return cost ? { best: min, worst: max } : { best: max, worst: min };
}

/** Refuses a cost criterion that is 0 somewhere, for methods that divide by costs. */
export function requirePositiveCosts(columns: readonly Float64Array[], context: AggregationContext): void {
  columns.forEach((column, k) => {
    if (!isCost(context, k)) return;
    for (let i = 0; i < column.length; i++) {
      if (!(at(column, i) > 0)) {
        context.refuse(
          'PRECONDITION_FAILED',
          `${childName(context, k)} is a cost and is not above 0 in ${cityName(context, i)}; the method divides by costs.`,
          'cost criteria above 0 in every city, or a normalisation that turns costs into benefits',
          at(column, i),
        );
      }
    }
  });
}

/** Linear ratio to the best: `x / max` for a benefit (0 where the maximum is 0), `min / x` for a cost (above 0). */
export function scaleByRatio(column: Float64Array, cost: boolean, out: Float64Array): void {
  const { min, max } = rangeOf(column);
  if (cost) for (let i = 0; i < column.length; i++) out[i] = min / at(column, i);
  else if (max === 0) out.fill(0);
  else for (let i = 0; i < column.length; i++) out[i] = at(column, i) / max;
}

/** Min–max with the best at 1 and the worst at 0; `constant` throughout for a column whose values are all equal. */
export function scaleByRange(column: Float64Array, cost: boolean, out: Float64Array, constant = 0): void {
  const { best, worst } = bestAndWorst(column, cost);
  const range = best - worst;
  if (range === 0) out.fill(constant);
  else for (let i = 0; i < column.length; i++) out[i] = (at(column, i) - worst) / range;
}

/** Share of the column's sum; 0 throughout where the sum is 0. Values ≥ 0. Directions are left as they are. */
export function scaleBySum(column: Float64Array, out: Float64Array): void {
  const sum = sumOf(column);
  if (sum === 0) out.fill(0);
  else for (let i = 0; i < column.length; i++) out[i] = at(column, i) / sum;
}

/**
 * Share of the sum with costs turned into benefits by their reciprocals: `x / Σx`, or `(1/x) / Σ(1/x)` for a cost
 * (above 0, computed as `min / x` so that nothing overflows). With `extra` the best value is counted in the sum once
 * more, as an optimal row of its own would be. Returns the share of the best value.
 */
export function scaleByInvertedSum(column: Float64Array, cost: boolean, extra: boolean, out: Float64Array): number {
  if (cost) scaleByRatio(column, true, out);
  else out.set(column);
  let best = 0;
  for (let i = 0; i < out.length; i++) if (at(out, i) > best) best = at(out, i);
  const sum = sumOf(out) + (extra ? best : 0);
  if (sum === 0) return 0;
  for (let i = 0; i < out.length; i++) out[i] = at(out, i) / sum;
  return best / sum;
}

/** Euclidean length of a column. */
export function lengthOf(column: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < column.length; i++) squares += at(column, i) * at(column, i);
  return Math.sqrt(squares);
}

/** Sum of a column. */
export function sumOf(column: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += at(column, i);
  return sum;
}

/** The columns as one row-major matrix, for methods that compare whole rows. */
export function rowMajor(columns: readonly Float64Array[], n: number): Float64Array {
  const m = columns.length;
  const rows = new Float64Array(n * m);
  columns.forEach((column, k) => {
    for (let i = 0; i < n; i++) rows[i * m + k] = at(column, i);
  });
  return rows;
}

/** Hands a table of one row for each city to the explanation, if one was asked for. */
export function traceCities(
  context: AggregationContext,
  caption: string,
  symbol: string,
  columns: readonly string[],
  series: () => readonly Float64Array[],
): void {
  trace(context, 'CITY', caption, symbol, columns, series);
}

/** Hands a table of one row to the explanation, if one was asked for. */
export function traceRow(
  context: AggregationContext,
  caption: string,
  symbol: string,
  columns: readonly string[],
  values: () => readonly number[],
): void {
  trace(context, 'NONE', caption, symbol, columns, () => [Float64Array.from(values())]);
}

function trace(
  context: AggregationContext,
  rows: 'CITY' | 'NONE',
  caption: string,
  symbol: string,
  columns: readonly string[],
  series: () => readonly Float64Array[],
): void {
  if (!context.trace) return;
  const parts = series();
  const values = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let start = 0;
  for (const part of parts) {
    values.set(part, start);
    start += part.length;
  }
  context.trace({ caption, symbol, rows, columns, values });
}
