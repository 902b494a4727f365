import type { KernelContext } from '../descriptor';
import { kendallTauB, pearson, spearman } from '../comparison/rank-correlation';
import { at, textAt } from './at';
import { rangeOf } from './statistics';

/** Correlation coefficients that a weighting may be asked to use. */
export type CorrelationKind = 'PEARSON' | 'SPEARMAN' | 'KENDALL';

const CORRELATIONS = { PEARSON: pearson, SPEARMAN: spearman, KENDALL: kendallTauB } as const;

/** A conflict `1 − r` below this is the rounding of a perfect correlation. */
const NOTHING = 1e-12;

/**
 * Weights in proportion to `information` (≥ 0 each; `NaN` counts as 0), adding to 1. Where it is 0 throughout, the
 * weights are equal, with the warning `EQUAL_DATA_WEIGHTS`. A single column has weight 1.
 */
export function weightsFrom(information: Float64Array, { warn }: KernelContext): Float64Array {
  const m = information.length;
  const known = information.map((value) => (value > 0 ? value : 0));
  const largest = known.reduce((a, b) => Math.max(a, b), 0);
  if (m === 1) return Float64Array.of(1);
  if (largest === 0) {
    warn(
      'EQUAL_DATA_WEIGHTS',
      'The data tell the columns under this node apart in no way, so their weights are equal.',
    );
    return new Float64Array(m).fill(1 / m);
  }
  const scaled = known.map((value) => value / largest);
  const sum = scaled.reduce((a, b) => a + b, 0);
  return scaled.map((value) => value / sum);
}

/** The column on 0 … 1 by its own minimum and maximum; a constant one becomes 0; `NaN` stays `NaN`. */
export function unitRange(column: Float64Array): Float64Array {
  const { min, max } = rangeOf(column);
  // Halved where the range passes the largest double; not elsewhere, since half of the smallest is 0.
  const scale = Number.isFinite(max - min) ? 1 : 0.5;
  const span = max * scale - min * scale;
  return column.map((value) => (Number.isNaN(value) ? NaN : span > 0 ? (value * scale - min * scale) / span : 0));
}

/**
 * Correlations of every two columns over the rows that both have. `NaN` where a column is constant over them or they are
 * fewer than two; the diagonal is 1 for a column that varies, `NaN` for others.
 */
export function correlationMatrix(columns: readonly Float64Array[], kind: CorrelationKind = 'PEARSON'): Float64Array[] {
  const correlate = CORRELATIONS[kind];
  const m = columns.length;
  const matrix = new Float64Array(m * m);
  columns.forEach((column, j) => {
    const { min, max } = rangeOf(column);
    matrix[j * m + j] = min < max ? 1 : NaN;
    columns.slice(0, j).forEach((other, k) => {
      const r = correlate(column, other);
      matrix[j * m + k] = r;
      matrix[k * m + j] = r;
    });
  });
  return columns.map((_, j) => matrix.subarray(j * m, (j + 1) * m));
}

/** {@link correlationMatrix} with 0 where a correlation is not defined, for solvers. */
export function definedCorrelations(columns: readonly Float64Array[]): Float64Array[] {
  return correlationMatrix(columns).map((row) => row.map((r) => (Number.isNaN(r) ? 0 : r)));
}

/** Places of the columns with at least two different values. */
export function varyingPlaces(columns: readonly Float64Array[]): number[] {
  return columns.flatMap((column, j) => {
    const { min, max } = rangeOf(column);
    return min < max ? [j] : [];
  });
}

/**
 * For each column, Σ over the others of its conflict with them, `1 − r`; correlations that are not defined count as no
 * conflict.
 */
export function conflicts(columns: readonly Float64Array[], kind: CorrelationKind): Float64Array {
  return Float64Array.from(correlationMatrix(columns, kind), (row) =>
    row.reduce((sum, r) => sum + (1 - r > NOTHING ? 1 - r : 0), 0),
  );
}

/** A column with a value other than 0 divided by its largest magnitude, so that sums of it cannot overflow. */
export function unitMagnitude(column: Float64Array): Float64Array {
  const { min, max } = rangeOf(column);
  const magnitude = Math.max(Math.abs(min), Math.abs(max));
  return column.map((value) => value / magnitude);
}

/** Refuses a column with a value below `limit` (0: negative values; the smallest double: also 0). */
export function requireAtLeast(
  columns: readonly Float64Array[],
  limit: number,
  method: string,
  { children, refuse }: KernelContext & { readonly children: readonly string[] },
): void {
  columns.forEach((column, k) => {
    const { min } = rangeOf(column);
    if (!(min < limit)) return;
    const wanted = limit > 0 ? 'above 0' : 'of at least 0';
    refuse(
      'PRECONDITION_FAILED',
      `${method} is not defined on ${min}, a value of ${textAt(children, k)}.`,
      `columns with values ${wanted} only, such as a min–max normalisation with low ${limit > 0 ? 1 : 0}, or another weighting`,
      min,
    );
  });
}

/** The mean of the values of `f` over the rows at which `column` is present; 0 where there is none. */
export function meanOver(column: Float64Array, f: (value: number, i: number) => number): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < column.length; i++) {
    const value = at(column, i);
    if (Number.isNaN(value)) continue;
    sum += f(value, i);
    count++;
  }
  return count === 0 ? 0 : sum / count;
}
