import {
  completePairs,
  kendallCounts,
  pearson,
  tauBOf,
  type CompletePairs,
  type KendallCounts,
} from '../comparison/rank-correlation';
import { averageRanks } from '../numeric/average-ranks';
import { kendallExactTwoSided, normalTwoSided, studentTTwoSided } from '../numeric/distributions';
import { countOf } from '../numeric/statistics';
import type { Tree } from '../tree';
import { isConstant, type AbsenceReason, type NamedColumn } from './measure';
import { ancestorsOf, childColumns, innerNodes, nodeColumn } from './tree-columns';

/** Coefficients that can be asked for. */
export const CORRELATION_METHODS = ['PEARSON', 'SPEARMAN', 'KENDALL'] as const;
/** One of {@link CORRELATION_METHODS}. */
export type CorrelationMethod = (typeof CORRELATION_METHODS)[number];

/** The correlation of two columns over the cities that have both. */
export interface Correlation {
  readonly first: string;
  readonly second: string;
  /** Cities that have both values. */
  readonly count: number;
  /** In [−1, 1]; null for fewer than 3 such cities, or where a column is constant over them. */
  readonly coefficient: number | null;
  /** Two-sided p-value of no association; null together with the coefficient, and where it was not asked for. */
  readonly pValue: number | null;
  /** Why the coefficient is null; null where it is not. */
  readonly reason: AbsenceReason | null;
}

/** Correlations of the children of one node with each other. */
export interface FamilyCorrelations {
  readonly parent: string;
  readonly pairs: readonly Correlation[];
}

/** Up to this many values without ties Kendall's p-value is exact, as in R's `cor.test`. */
const KENDALL_EXACT_BELOW = 50;

/**
 * Correlation of two columns, pairwise complete, with its p-value.
 * - `PEARSON`, `SPEARMAN` (on average ranks): t = r √((n − 2) / (1 − r²)) against Student's t with n − 2 degrees of freedom.
 * - `KENDALL` (τ-b): exact below 50 cities without ties, otherwise S / √var(S) against the normal, the variance corrected
 *   for ties and without a continuity correction.
 *
 * Sources: OECD/JRC (2008), Handbook, step 4, https://doi.org/10.1787/9789264043466-en; Kendall & Gibbons (1990), Rank
 * Correlation Methods, 5th ed., chapters 3–5 (variance with ties).
 */
export function correlate(first: NamedColumn, second: NamedColumn, method: CorrelationMethod): Correlation {
  return correlatePairs(first.code, second.code, completePairs(first.values, second.values), method);
}

/**
 * The correlation of each pair of columns, row by row of the upper triangle: (0, 1), (0, 2), …, (1, 2), ….
 * @param withPValues false: p-values, which take most of the time, are left out
 */
export function correlationMatrix(
  columns: readonly NamedColumn[],
  method: CorrelationMethod,
  withPValues = true,
): Correlation[] {
  const prepared = columns.map((column) => prepare(column, method));
  return prepared.flatMap((first, i) =>
    prepared.slice(i + 1).map((second) => correlatePrepared(first, second, method, withPValues)),
  );
}

/** The correlation of each of `first` with each of `second`, such as indicators with denominators. */
export function correlationsBetween(
  first: readonly NamedColumn[],
  second: readonly NamedColumn[],
  method: CorrelationMethod,
): Correlation[] {
  const left = first.map((column) => prepare(column, method));
  const right = second.map((column) => prepare(column, method));
  return left.flatMap((a) => right.map((b) => correlatePrepared(a, b, method)));
}

/**
 * Correlations within each family: for every inner node, between its children. `columns` are parallel to `tree.nodes`;
 * `withPValues` as in {@link correlationMatrix}.
 */
export function correlationsWithinFamilies(
  tree: Tree,
  columns: readonly Float64Array[],
  method: CorrelationMethod,
  withPValues = true,
): FamilyCorrelations[] {
  return innerNodes(tree).map(({ node }) => ({
    parent: node.code,
    pairs: correlationMatrix(childColumns(tree, columns, node), method, withPValues),
  }));
}

/**
 * Correlation of every node with each of its ancestors: its parent first, the index last. `first` is the node, `second`
 * the ancestor. `columns` are parallel to `tree.nodes`.
 */
export function correlationsWithAncestors(
  tree: Tree,
  columns: readonly Float64Array[],
  method: CorrelationMethod,
): Correlation[] {
  const prepared = tree.nodes.map((_, index) => prepare(nodeColumn(tree, columns, index), method));
  return prepared.flatMap((node, index) => {
    const ancestors = new Set(ancestorsOf(tree, index));
    // Parents stand after their children, so ancestors come up from the parent to the root.
    return prepared.filter((_, up) => ancestors.has(up)).map((ancestor) => correlatePrepared(node, ancestor, method));
  });
}

/** A column with its ranks, where those serve for every pair: for Spearman, on a column without gaps. */
interface Prepared extends NamedColumn {
  readonly ranks: Float64Array | null;
}

function prepare(column: NamedColumn, method: CorrelationMethod): Prepared {
  const reusable = method === 'SPEARMAN' && countOf(column.values) === column.values.length;
  return { ...column, ranks: reusable ? averageRanks(column.values) : null };
}

function correlatePrepared(
  first: Prepared,
  second: Prepared,
  method: CorrelationMethod,
  withPValue = true,
): Correlation {
  if (first.ranks && second.ranks)
    return correlatePairs(first.code, second.code, { x: first.ranks, y: second.ranks }, 'PEARSON', withPValue);
  return correlatePairs(first.code, second.code, completePairs(first.values, second.values), method, withPValue);
}

function correlatePairs(
  first: string,
  second: string,
  pairs: CompletePairs,
  method: CorrelationMethod,
  withPValue = true,
): Correlation {
  const count = pairs.x.length;
  const nothing = (reason: AbsenceReason): Correlation => ({
    first,
    second,
    count,
    coefficient: null,
    pValue: null,
    reason,
  });
  if (count === 0) return nothing('NO_VALUES');
  if (count < 3) return nothing('TOO_FEW_VALUES');
  if (isConstant(pairs.x) || isConstant(pairs.y)) return nothing('CONSTANT');
  if (method === 'KENDALL') {
    const counts = kendallCounts(pairs.x, pairs.y);
    const pValue = withPValue ? kendallPValue(counts) : null;
    return { first, second, count, coefficient: tauBOf(counts), pValue, reason: null };
  }
  const r = method === 'PEARSON' ? pearson(pairs.x, pairs.y) : pearson(averageRanks(pairs.x), averageRanks(pairs.y));
  const t = Math.abs(r) * Math.sqrt((count - 2) / ((1 - r) * (1 + r)));
  const pValue = withPValue ? studentTTwoSided(t, count - 2) : null;
  return { first, second, count, coefficient: r, pValue, reason: null };
}

/** p-value of S; see {@link correlate}. */
function kendallPValue({ n, s, tiesX, tiesY }: KendallCounts): number {
  if (tiesX.length === 0 && tiesY.length === 0 && n < KENDALL_EXACT_BELOW) return kendallExactTwoSided(s, n);
  const sum = (sizes: readonly number[], term: (t: number) => number): number =>
    sizes.reduce((total, size) => total + term(size), 0);
  const cubic = (t: number): number => t * (t - 1) * (2 * t + 5);
  const pair = (t: number): number => t * (t - 1);
  const triple = (t: number): number => t * (t - 1) * (t - 2);
  const variance =
    (cubic(n) - sum(tiesX, cubic) - sum(tiesY, cubic)) / 18 +
    (sum(tiesX, pair) * sum(tiesY, pair)) / (2 * pair(n)) +
    (sum(tiesX, triple) * sum(tiesY, triple)) / (9 * triple(n));
  return normalTwoSided(s / Math.sqrt(variance));
}
