import type { ParameterRecord } from '../../src/scoring/parameters';

/*
 * The oracles: a second implementation of every method, written from its published formula on nested arrays, slow and
 * obvious, without a look at the kernel. They share nothing with `src/scoring` but types.
 */

/** A table as rows of cities; `NaN` is a missing value. */
export type Rows = readonly (readonly number[])[];

/** `items[i]`; throws past the end, so that a slip of an index cannot pass for a missing value. */
export function get<T>(items: readonly T[], i: number): T {
  const item = items[i];
  if (item === undefined) throw new Error(`index ${String(i)} is outside 0 … ${String(items.length - 1)}`);
  return item;
}

/** 0, 1, …, n − 1. */
export const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Σ f(i) over i = 0 … n − 1. */
export function sumOver(n: number, f: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += f(i);
  return total;
}

/** Sum of the values. */
export const sum = (values: readonly number[]): number => sumOver(values.length, (i) => get(values, i));

/** Product of the values. */
export const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1);

/** The values that are not missing. */
export const present = (values: readonly number[]): number[] => values.filter((value) => !Number.isNaN(value));

/** Column `k` of rows. */
export const columnOf = (rows: Rows, k: number): number[] => rows.map((row) => get(row, k));

/** Rows to columns and back. */
export const transpose = (rows: Rows): number[][] => range(rows[0]?.length ?? 0).map((k) => columnOf(rows, k));

/** Smallest value. */
export const min = (values: readonly number[]): number => Math.min(...values);

/** Largest value. */
export const max = (values: readonly number[]): number => Math.max(...values);

/** Arithmetic mean. */
export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** True where all values are the same. */
export const isConstant = (values: readonly number[]): boolean => min(values) === max(values);

/** In ascending order. */
export const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** Median: the middle value, or the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (get(sorted, half - 1) + get(sorted, half)) / 2 : get(sorted, Math.floor(half));
}

/** Σ (x − mean)². */
export function squares(values: readonly number[]): number {
  const centre = mean(values);
  return sum(values.map((value) => (value - centre) ** 2));
}

/** Standard deviation with divisor n − 1. */
export const sampleDeviation = (values: readonly number[]): number => Math.sqrt(squares(values) / (values.length - 1));

/** Standard deviation with divisor n. */
export const populationDeviation = (values: readonly number[]): number => Math.sqrt(squares(values) / values.length);

/** Percentile (0 … 100) by linear interpolation between the ordered values, type 7 of Hyndman and Fan. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = ascending(values);
  const h = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(h);
  const low = get(sorted, below);
  return h === below ? low : low + (h - below) * (get(sorted, below + 1) - low);
}

/** Number of values for which `test` holds. */
export const count = (values: readonly number[], test: (value: number) => boolean): number =>
  values.filter(test).length;

/** Ascending ranks, ties sharing the mean of the ranks that they take up. */
export const averageRanks = (values: readonly number[]): number[] =>
  values.map((x) => count(values, (y) => y < x) + (count(values, (y) => y === x) + 1) / 2);

/** Pearson’s correlation; `NaN` where one of the two is constant or there are fewer than two values. */
export function pearson(x: readonly number[], y: readonly number[]): number {
  if (x.length < 2 || isConstant(x) || isConstant(y)) return NaN;
  const mx = mean(x);
  const my = mean(y);
  const cross = sumOver(x.length, (i) => (get(x, i) - mx) * (get(y, i) - my));
  return cross / Math.sqrt(squares(x) * squares(y));
}

/** Solves A x = b by Gauss elimination with the largest pivot; null where A is singular. */
export function solve(matrix: Rows, right: readonly number[]): number[] | null {
  const n = right.length;
  const a = matrix.map((row, i) => [...row, get(right, i)]);
  const size = max(matrix.flat().map(Math.abs));
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c; r < n; r++) if (Math.abs(get(get(a, r), c)) > Math.abs(get(get(a, pivot), c))) pivot = r;
    const top = get(a, pivot);
    a[pivot] = get(a, c);
    a[c] = top;
    if (Math.abs(get(top, c)) <= 1e-12 * size) return null;
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = get(get(a, r), c) / get(top, c);
      a[r] = get(a, r).map((value, k) => value - factor * get(top, k));
    }
  }
  return a.map((row, i) => get(row, n) / get(row, i));
}

/** All ways to take `size` of the items, in order. */
export function subsets<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) => subsets(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]));
}

/** All orders of the items. */
export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]));
}

/** A linear constraint `coefficients · x ≤ bound`. */
export interface Constraint {
  readonly coefficients: readonly number[];
  readonly bound: number;
}

/**
 * The vertices of a polyhedron: every point where as many constraints as there are variables hold with equality and the
 * others hold too, within 1e-9.
 */
export function vertices(constraints: readonly Constraint[], variables: number): number[][] {
  const dot = (c: Constraint, x: readonly number[]): number =>
    sumOver(variables, (k) => get(c.coefficients, k) * get(x, k));
  return subsets(constraints, variables).flatMap((tight) => {
    const x = solve(
      tight.map((c) => c.coefficients),
      tight.map((c) => c.bound),
    );
    return x?.every(Number.isFinite) && constraints.every((c) => dot(c, x) <= c.bound + 1e-9) ? [x] : [];
  });
}

/** Reads a number parameter. */
export function num(parameters: ParameterRecord, name: string): number {
  const value = parameters[name];
  if (typeof value !== 'number') throw new Error(`${name} is not a number`);
  return value;
}

/** Reads a number parameter that may be left out. */
export const numOr = (parameters: ParameterRecord, name: string, otherwise: number): number =>
  typeof parameters[name] === 'number' ? num(parameters, name) : otherwise;

/** Reads a boolean parameter. */
export function flag(parameters: ParameterRecord, name: string): boolean {
  const value = parameters[name];
  if (typeof value !== 'boolean') throw new Error(`${name} is not a boolean`);
  return value;
}

/** Reads a choice or code parameter. */
export function text(parameters: ParameterRecord, name: string): string {
  const value = parameters[name];
  if (typeof value !== 'string') throw new Error(`${name} is not a text`);
  return value;
}

/** Reads a list of numbers; null where it is left out. */
export function numbers(parameters: ParameterRecord, name: string): number[] | null {
  const value: unknown = parameters[name];
  if (value === null || value === undefined) return null;
  if (!Array.isArray(value)) throw new Error(`${name} is not a list`);
  return value.map((item: unknown) => {
    if (typeof item !== 'number') throw new Error(`${name} holds what is not a number`);
    return item;
  });
}

/** Reads a list of texts; null where it is left out. */
export function texts(parameters: ParameterRecord, name: string): string[] | null {
  const value: unknown = parameters[name];
  if (value === null || value === undefined) return null;
  if (!Array.isArray(value)) throw new Error(`${name} is not a list`);
  return value.map(String);
}

/** Reads a list of records; empty where it is left out. */
export function records(parameters: ParameterRecord, name: string): ParameterRecord[] {
  const value: unknown = parameters[name];
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new Error(`${name} is not a list`);
  return value.filter((item: unknown): item is ParameterRecord => typeof item === 'object' && item !== null);
}
