import { pearson } from '../comparison/rank-correlation';
import { at } from '../numeric/at';
import { symmetricEigen } from '../numeric/symmetric-eigen';
import type { Tree } from '../tree';
import { isConstant, type AbsenceReason, type NamedColumn } from './measure';
import { childColumns, innerNodes } from './tree-columns';

/** One principal component. */
export interface PrincipalComponent {
  /** Variance along the component, in units of one standardised column; ≥ 0. Above 1 it holds more than a column (Kaiser's rule). */
  readonly eigenvalue: number;
  /** Share of the total variance, 0 to 1. */
  readonly share: number;
  /** Share of this and the larger components. */
  readonly cumulative: number;
  /** For each column of `codes`, its entry in the unit eigenvector. */
  readonly vector: readonly number[];
  /** For each column of `codes`, its correlation with the component: `vector` × √`eigenvalue`. */
  readonly loadings: readonly number[];
}

/** Principal components of a group of columns. */
export interface PrincipalComponents {
  /** Code of the node whose children these are; null for a group of no node. */
  readonly node: string | null;
  /** Columns that took part. */
  readonly codes: readonly string[];
  /** Columns that could not take part. */
  readonly leftOut: readonly { readonly code: string; readonly reason: AbsenceReason }[];
  /** Cities that have all of `codes`: only those are used. */
  readonly count: number;
  /** Largest eigenvalue first; empty where `reason` says why. */
  readonly components: readonly PrincipalComponent[];
  readonly reason: AbsenceReason | null;
}

/**
 * Principal components of the correlation matrix (columns centred and scaled), over the cities that have every column.
 * Columns without a value, or constant over those cities, are left out. `TOO_FEW_COLUMNS` below 2 columns,
 * `TOO_FEW_VALUES` below 3 such cities (`NO_VALUES` for none).
 * Sign: each vector's entries add to a positive number, see {@link symmetricEigen}.
 *
 * Source: OECD/JRC (2008), Handbook, section 4.1, https://doi.org/10.1787/9789264043466-en.
 */
export function principalComponents(columns: readonly NamedColumn[], node: string | null = null): PrincipalComponents {
  const leftOut: { code: string; reason: AbsenceReason }[] = [];
  const present = columns.filter(({ code, values }) => {
    const some = values.some((value) => !Number.isNaN(value));
    if (!some) leftOut.push({ code, reason: 'NO_VALUES' });
    return some;
  });
  const complete = completeRows(present);
  const count = complete[0]?.values.length ?? 0;
  const nothing = (reason: AbsenceReason): PrincipalComponents => ({
    node,
    codes: present.map(({ code }) => code),
    leftOut,
    count,
    components: [],
    reason,
  });
  if (present.length < 2) return nothing('TOO_FEW_COLUMNS');
  if (count === 0) return nothing('NO_VALUES');
  if (count < 3) return nothing('TOO_FEW_VALUES');
  const used = complete.filter(({ code, values }) => {
    const constant = isConstant(values);
    if (constant) leftOut.push({ code, reason: 'CONSTANT' });
    return !constant;
  });
  const codes = used.map(({ code }) => code);
  if (used.length < 2) return { ...nothing('TOO_FEW_COLUMNS'), codes };
  const correlations = used.map((a, i) => used.map((b, j) => (i === j ? 1 : pearson(a.values, b.values))));
  let cumulative = 0;
  const components = symmetricEigen(correlations).map(({ value, vector }) => {
    const eigenvalue = Math.max(0, value);
    const share = eigenvalue / used.length;
    cumulative = Math.min(1, cumulative + share);
    return { eigenvalue, share, cumulative, vector, loadings: vector.map((entry) => entry * Math.sqrt(eigenvalue)) };
  });
  return { node, codes, leftOut, count, components, reason: null };
}

/** {@link principalComponents} of the children of every inner node. `columns` are parallel to `tree.nodes`. */
export function principalComponentsByNode(tree: Tree, columns: readonly Float64Array[]): PrincipalComponents[] {
  return innerNodes(tree).map(({ node }) => principalComponents(childColumns(tree, columns, node), node.code));
}

/** The rows at which every column is present. */
function completeRows(columns: readonly NamedColumn[]): NamedColumn[] {
  const rows: number[] = [];
  const n = columns[0]?.values.length ?? 0;
  for (let i = 0; i < n; i++) if (columns.every(({ values }) => !Number.isNaN(at(values, i)))) rows.push(i);
  return columns.map(({ code, values }) => ({ code, values: Float64Array.from(rows, (i) => at(values, i)) }));
}
