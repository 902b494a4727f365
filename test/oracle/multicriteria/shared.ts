import type { AggregationProblem } from '../aggregation';
import { columnOf, get, isConstant, max, min, range, sum, sumOver, transpose } from '../basics';

/** The better of two columns’ ends: the largest of a benefit, the smallest of a cost. */
export const bestOf = (column: readonly number[], cost: boolean): number => (cost ? min(column) : max(column));

/** The worse end. */
export const worstOf = (column: readonly number[], cost: boolean): number => (cost ? max(column) : min(column));

/** Applies a scaling to every column; the result is in rows again. */
export const scaled = (
  { rows, costs }: AggregationProblem,
  scale: (column: readonly number[], cost: boolean, k: number) => readonly number[],
): number[][] => transpose(transpose(rows).map((column, k) => scale(column, get(costs, k), k)));

/** Min–max with the best at 1 and the worst at 0. A constant column, where all are best and worst, gets `constant`. */
export const minMax = (problem: AggregationProblem, constant: number): number[][] =>
  scaled(problem, (column, cost) =>
    column.map((x) =>
      isConstant(column) ? constant : (x - worstOf(column, cost)) / (bestOf(column, cost) - worstOf(column, cost)),
    ),
  );

/** x / √Σ x²; 0 in a column of zeros. */
export const vectorScaled = (problem: AggregationProblem): number[][] =>
  scaled(problem, (column) => {
    const length = Math.sqrt(sum(column.map((x) => x * x)));
    return column.map((x) => (length === 0 ? 0 : x / length));
  });

/** Σ_k w_k x_k. */
export const weightedSum = (weights: readonly number[], row: readonly number[]): number =>
  sumOver(row.length, (k) => get(weights, k) * get(row, k));

/** w_k x_ik. */
export const weightedRows = (weights: readonly number[], rows: readonly (readonly number[])[]): number[][] =>
  rows.map((row) => row.map((x, k) => x * get(weights, k)));

/** √Σ (a − b)². */
export const euclidean = (a: readonly number[], b: readonly number[]): number =>
  Math.sqrt(sumOver(a.length, (k) => (get(a, k) - get(b, k)) ** 2));

/** Σ |a − b|. */
export const manhattan = (a: readonly number[], b: readonly number[]): number =>
  sumOver(a.length, (k) => Math.abs(get(a, k) - get(b, k)));

/** One figure for each column of rows. */
export const perColumn = (
  rows: readonly (readonly number[])[],
  figure: (column: readonly number[], k: number) => number,
): number[] => range(rows[0]?.length ?? 0).map((k) => figure(columnOf(rows, k), k));
