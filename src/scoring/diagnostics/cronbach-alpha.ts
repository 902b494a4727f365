import { completePairs } from '../comparison/rank-correlation';
import { at } from '../numeric/at';
import { scaleOf } from '../numeric/scale';
import { meanOf } from '../numeric/statistics';
import type { Tree } from '../tree';
import { absent, isConstant, measured, type Measure, type NamedColumn } from './measure';
import { childColumns, innerNodes } from './tree-columns';

/** Internal consistency of a group of columns. */
export interface Consistency {
  /** Code of the node whose children these are; null for a group of no node. */
  readonly node: string | null;
  readonly columns: number;
  /** At most 1; negative where the columns run against each other. */
  readonly alpha: Measure;
  /** Alpha of the others when one is left out: above `alpha` marks a column that does not belong. */
  readonly withoutEach: readonly { readonly code: string; readonly alpha: Measure }[];
}

/**
 * Cronbach's alpha of columns that point the same way and are on one scale.
 *
 * α = k² c̄ / Σ C, with c̄ the mean of the covariances between different columns and Σ C the sum of the whole k × k
 * covariance matrix, each covariance over the cities that have both (n − 1 below). Equal to
 * k / (k − 1) × (1 − Σ variances / variance of the sum) where nothing is missing.
 * `TOO_FEW_COLUMNS` below 2 columns; `TOO_FEW_VALUES` where a pair shares fewer than 2 cities; `CONSTANT` where Σ C is 0.
 *
 * Sources: Cronbach (1951), Coefficient alpha and the internal structure of tests, Psychometrika 16:297–334,
 * https://doi.org/10.1007/BF02310555; the pairwise form as COINr 1.1.14 `get_cronbach`.
 */
export function cronbachAlpha(columns: readonly NamedColumn[], node: string | null = null): Consistency {
  // Alpha does not depend on a common unit, so one that keeps the squares in range.
  const scale = Math.min(...columns.map(({ values }) => scaleOf(values)));
  const covariances = Float64Array.from(
    columns.flatMap((a) => columns.map((b) => covarianceOf(a.values, b.values, scale))),
  );
  const all = columns.map((_, index) => index);
  return {
    node,
    columns: columns.length,
    alpha: alphaOf(covariances, columns.length, all),
    withoutEach: columns.map(({ code }, left) => ({
      code,
      alpha: alphaOf(
        covariances,
        columns.length,
        all.filter((index) => index !== left),
      ),
    })),
  };
}

/** {@link cronbachAlpha} of the children of every inner node. `columns` are parallel to `tree.nodes`. */
export function cronbachAlphaByNode(tree: Tree, columns: readonly Float64Array[]): Consistency[] {
  return innerNodes(tree).map(({ node }) => cronbachAlpha(childColumns(tree, columns, node), node.code));
}

/** Alpha of the members of a `size` × `size` covariance matrix. */
function alphaOf(covariances: Float64Array, size: number, members: readonly number[]): Measure {
  const k = members.length;
  if (k < 2) return absent('TOO_FEW_COLUMNS');
  let variances = 0;
  let total = 0;
  for (const a of members) {
    for (const b of members) {
      const covariance = at(covariances, a * size + b);
      total += covariance;
      if (a === b) variances += covariance;
    }
  }
  if (Number.isNaN(total)) return absent('TOO_FEW_VALUES');
  if (total === 0) return absent('CONSTANT');
  return measured((k / (k - 1)) * ((total - variances) / total));
}

/** Sample covariance of `scale × x` and `scale × y` over the rows that have both; `NaN` below 2 rows, 0 where a side is constant. */
function covarianceOf(x: Float64Array, y: Float64Array, scale: number): number {
  const pairs = completePairs(x, y);
  const n = pairs.x.length;
  if (n < 2) return NaN;
  if (isConstant(pairs.x) || isConstant(pairs.y)) return 0;
  const dx = pairs.x.map((value) => value * scale);
  const dy = pairs.y.map((value) => value * scale);
  const meanX = meanOf(dx);
  const meanY = meanOf(dy);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (at(dx, i) - meanX) * (at(dy, i) - meanY);
  return sum / (n - 1);
}
