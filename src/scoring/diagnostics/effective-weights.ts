import { completePairs, pearson } from '../comparison/rank-correlation';
import { ScoringError } from '../errors';
import { at } from '../numeric/at';
import { fitPenalisedSpline } from '../numeric/penalised-spline';
import type { Tree } from '../tree';
import { absent, isConstant, measured, type AbsenceReason, type Measure, type NamedColumn } from './measure';
import { innerNodes, nodeAt, nodeColumn } from './tree-columns';

/** Weight of a node in the whole index. */
export interface EffectiveWeight {
  readonly node: string;
  /** Share of the node in its parent: its weight over the sum of its siblings' weights, 0 to 1; 1 for the root. */
  readonly share: number;
  /** Product of the shares from the node up to the root, 0 to 1; the leaves' add to 1. */
  readonly effective: number;
}

/**
 * Effective weights by the tree, in the order of `tree.nodes`.
 * Source: Becker (COINr 1.1.14), `get_eff_weights`.
 * @param weights weights of the nodes, parallel to `tree.nodes`; the tree's own where left out
 * @throws ScoringError `WEIGHTS_INVALID` where a weight is negative or not finite, or where all children of a node weigh 0
 */
export function effectiveWeights(tree: Tree, weights?: Float64Array): EffectiveWeight[] {
  const weightOf = (index: number): number => (weights ? at(weights, index) : nodeAt(tree, index).weight);
  const shares = new Float64Array(tree.nodes.length);
  const effective = new Float64Array(tree.nodes.length);
  shares[tree.root] = 1;
  effective[tree.root] = 1;
  // Parents stand after their children, so from the end every parent is ready before its children are.
  for (let index = tree.nodes.length - 1; index >= 0; index--) {
    const node = nodeAt(tree, index);
    const given = Float64Array.from(node.children, weightOf);
    if (node.children.length === 0) continue;
    const largest = Math.max(...given);
    if (!given.every((weight) => Number.isFinite(weight) && weight >= 0) || largest === 0) {
      throw new ScoringError('WEIGHTS_INVALID', `The weights under ${node.code} cannot be used.`, [
        {
          path: node.code,
          value: [...given],
          message: 'A weight is negative or not finite, or all are 0.',
          allowed: 'finite numbers of at least 0, one of them above 0',
        },
      ]);
    }
    // Scaled by the largest first: a sum of huge weights must not overflow, nor one of tiny weights vanish.
    const sum = given.reduce((total, weight) => total + weight / largest, 0);
    node.children.forEach((child, k) => {
      const share = at(given, k) / largest / sum;
      shares[child] = share;
      effective[child] = share * at(effective, index);
    });
  }
  return tree.nodes.map(({ code }, index) => ({
    node: code,
    share: at(shares, index),
    effective: at(effective, index),
  }));
}

/** How much of the variance of an aggregate goes with one column. */
export interface MainEffect {
  readonly code: string;
  /** Cities that have both. */
  readonly count: number;
  /** S under a straight line: the squared Pearson correlation, 0 to 1. */
  readonly linear: Measure;
  /** S under a smooth curve, at least `linear`, at most 1. */
  readonly nonlinear: Measure;
  /** Degrees of freedom of the curve: 2 is a straight line; null with `nonlinear`. */
  readonly degreesOfFreedom: number | null;
}

/**
 * First-order sensitivity (main effect, Pearson's correlation ratio) of an aggregate `y` to a column `x`:
 * S = V(E[y | x]) / V(y), the share of the variance of `y` that would go on average if `x` were fixed.
 *
 * E[y | x] is estimated twice over the cities that have both: by the least-squares line, so that S = r²; and by a cubic
 * penalised spline ({@link fitPenalisedSpline}), S = Σ (ŷ − ȳ)² / Σ (y − ȳ)². Effects overlap where columns are
 * correlated, so they need not add to 1, and the sign of the relation is not in them.
 * `TOO_FEW_VALUES` below 3 cities, `CONSTANT` where either side is constant.
 *
 * Source: Paruolo, Saisana and Saltelli (2013), Ratings and rankings: voodoo or science?, JRSS A 176:609–634,
 * https://doi.org/10.1111/j.1467-985X.2012.01059.x.
 */
export function mainEffect(x: NamedColumn, y: Float64Array): MainEffect {
  const pairs = completePairs(x.values, y);
  const count = pairs.x.length;
  const nothing = (reason: AbsenceReason): MainEffect => ({
    code: x.code,
    count,
    linear: absent(reason),
    nonlinear: absent(reason),
    degreesOfFreedom: null,
  });
  if (count === 0) return nothing('NO_VALUES');
  if (count < 3) return nothing('TOO_FEW_VALUES');
  if (isConstant(pairs.x) || isConstant(pairs.y)) return nothing('CONSTANT');
  const r = pearson(pairs.x, pairs.y);
  const linear = r * r;
  const target = unitRange(pairs.y);
  const { fitted, degreesOfFreedom } = fitPenalisedSpline(unitRange(pairs.x), target);
  const mean = target.reduce((sum, value) => sum + value / count, 0);
  let explained = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    explained += (at(fitted, i) - mean) ** 2;
    total += (at(target, i) - mean) ** 2;
  }
  // Between the line's and 1 by construction; only rounding can pass them.
  const nonlinear = Math.min(1, Math.max(linear, explained / total));
  return { code: x.code, count, linear: measured(linear), nonlinear: measured(nonlinear), degreesOfFreedom };
}

/** The importance that a child really has in its parent, beside the one that its weight states. */
export interface ChildImportance extends MainEffect {
  readonly parent: string;
  /** Stated importance: the child's share of its siblings' weights, 0 to 1. */
  readonly weightShare: number;
  /** Its `linear` effect over the sum of its siblings', 0 to 1; null where an effect is, or all are 0. */
  readonly linearShare: Measure;
  /** Its `nonlinear` effect over the sum of its siblings'. */
  readonly nonlinearShare: Measure;
}

/**
 * {@link mainEffect} of every child on its parent, and each as a share of its family, to be held against its weight.
 * Children whose effect does not exist are left out of the family's sum.
 * @param columns parallel to `tree.nodes`
 * @param weights as {@link effectiveWeights}
 */
export function importanceInParent(
  tree: Tree,
  columns: readonly Float64Array[],
  weights?: Float64Array,
): ChildImportance[] {
  const shares = Float64Array.from(effectiveWeights(tree, weights), ({ share }) => share);
  return innerNodes(tree).flatMap(({ node: parent, index }) => {
    const { values } = nodeColumn(tree, columns, index);
    const effects = parent.children.map((child) => ({
      ...mainEffect(nodeColumn(tree, columns, child), values),
      weightShare: at(shares, child),
    }));
    const linearSum = effects.reduce((sum, { linear }) => sum + (linear.value ?? 0), 0);
    const nonlinearSum = effects.reduce((sum, { nonlinear }) => sum + (nonlinear.value ?? 0), 0);
    return effects.map((effect) => ({
      ...effect,
      parent: parent.code,
      linearShare: shareOf(effect.linear, linearSum),
      nonlinearShare: shareOf(effect.nonlinear, nonlinearSum),
    }));
  });
}

/** {@link mainEffect} of every node but the root on the index, in the order of `tree.nodes`. */
export function mainEffectsOnIndex(tree: Tree, columns: readonly Float64Array[]): MainEffect[] {
  const index = nodeColumn(tree, columns, tree.root).values;
  return tree.nodes.flatMap((_, node) =>
    node === tree.root ? [] : [mainEffect(nodeColumn(tree, columns, node), index)],
  );
}

function shareOf(effect: Measure, sum: number): Measure {
  if (effect.value === null) return effect;
  return sum === 0 ? absent('CONSTANT') : measured(effect.value / sum);
}

/** The column stretched to 0 … 1, so that no square overflows or vanishes. Not constant. */
function unitRange(values: Float64Array): Float64Array {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const span = high / 2 - low / 2;
  return values.map((value) => (value / 2 - low / 2) / span);
}
