import { refuseProblems, ScoringError, type Problem } from '../errors';
import { modelOfNode, orientedColumn } from '../explanation/node-model';
import { generatorOf } from '../explanation/quasi-arithmetic';
import { entryOf, itemAt } from '../lookup';
import type { Methodology } from '../methodology';
import { at, columnAt } from '../numeric/at';
import { maximise, type LinearProgrammeResult } from '../numeric/linear-programme';
import type { RankingResult } from '../pipeline';

/** The range that a part's weight may lie in, as a share (0..1) of the whole. */
export interface WeightLimit {
  readonly node: string;
  readonly min: number;
  readonly max: number;
}

/**
 * The index as a function of the weights under its root. The order of the scores is that of Σ_k w_k z_k, z being the
 * parts after the mean's generator (logarithms for a geometric mean), so that questions about orders are linear in the
 * weights.
 */
export interface WeightSpace {
  /** Codes of the parts that are weighed: the root's children, or the leaves where it reads them at once. */
  readonly parts: readonly string[];
  /** Weights of the ranking, adding to 1. */
  readonly nominal: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** For each part, z by city of the result; `NaN` where the city lacks the part. */
  readonly columns: readonly Float64Array[];
  /** Largest distance between two cities in any z; what margins are measured against. */
  readonly scale: number;
}

/**
 * The weight space of a ranking.
 * @param limits parts that are not named may have any weight from `min` to `max`
 * @throws ScoringError `PRECONDITION_FAILED` where the root is not an arithmetic, geometric, harmonic or power mean,
 * `NOT_FOUND` for a limit on a node that is not a part, `BAD_INPUT` for limits that no weights meet.
 */
export function weightSpaceOf(
  result: RankingResult,
  {
    min = 0,
    max = 1,
    limits = [],
  }: { readonly min?: number; readonly max?: number; readonly limits?: readonly WeightLimit[] },
): WeightSpace {
  const { tree } = result;
  const model = modelOfNode(result, tree.root);
  const generator = model && generatorOf(model.rule);
  if (!model || !generator)
    throw new ScoringError(
      'PRECONDITION_FAILED',
      `The root is computed by ${model?.method.id ?? 'nothing'}; which orders weights can give is answered for the means only. Allowed: ARITHMETIC, GEOMETRIC, HARMONIC or POWER_MEAN at the root.`,
      [
        {
          path: 'recipe.aggregate',
          value: model?.method.id ?? null,
          message: 'The root is not a mean that is additive after a transformation.',
          allowed: 'ARITHMETIC, GEOMETRIC, HARMONIC or POWER_MEAN at the root',
        },
      ],
    );
  const parts = model.members.map((member) => itemAt(tree.nodes, member).code);
  const columns = model.members.map((member) => orientedColumn(result, member).map((x) => generator.transform(x)));
  return {
    parts,
    nominal: model.weights,
    ...readLimits(parts, min, max, limits),
    columns,
    scale: columns.reduce((largest, column) => {
      const present = column.filter((z) => Number.isFinite(z));
      return present.length === 0
        ? largest
        : Math.max(largest, present.reduce((a, b) => Math.max(a, b)) - present.reduce((a, b) => Math.min(a, b)));
    }, 0),
  };
}

function readLimits(
  parts: readonly string[],
  min: number,
  max: number,
  limits: readonly WeightLimit[],
): { readonly low: Float64Array; readonly high: Float64Array } {
  const low = new Float64Array(parts.length).fill(min);
  const high = new Float64Array(parts.length).fill(max);
  const problems: Problem[] = [];
  const check = (path: string, from: number, to: number): void => {
    if (from >= 0 && to <= 1 && from <= to) return;
    const message = 'The limits are no range of shares.';
    problems.push({ path, value: [from, to], message, allowed: 'a minimum from 0 to the maximum, a maximum up to 1' });
  };
  check('limits', min, max);
  limits.forEach((limit, i) => {
    const k = parts.indexOf(limit.node);
    if (k < 0)
      problems.push({
        path: `limits.nodes[${String(i)}].node`,
        value: limit.node,
        message: 'The root does not weigh a node of this code.',
        allowed: `one of ${parts.join(', ')}`,
        code: 'NOT_FOUND',
      });
    check(`limits.nodes[${String(i)}]`, limit.min, limit.max);
    low[k] = limit.min;
    high[k] = limit.max;
  });
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  if (problems.length === 0 && (sum(low) > 1 + 1e-12 || sum(high) < 1 - 1e-12))
    problems.push({
      path: 'limits',
      value: { minima: sum(low), maxima: sum(high) },
      message: 'No weights that add to 1 lie within the limits.',
      allowed: 'minima that add to at most 1 and maxima that add to at least 1',
    });
  refuseProblems(problems);
  return { low, high };
}

/** The recipe's weights with the parts under the root weighed anew; the weights below them stay as they came out. */
export function withWeights(result: RankingResult, space: WeightSpace, weights: Float64Array): Methodology['weight'] {
  const { tree, nodes } = result;
  const given = new Map(tree.nodes.map((node, index) => [node.code, at(nodes.weights, index)]));
  const overLeaves = space.parts.some((code) => itemAt(tree.nodes, entryOf(tree.indexOf, code)).parent !== tree.root);
  space.parts.forEach((code, k) => given.set(code, at(weights, k)));
  // Leaves are weighed along their path: each inner node carries the sum of its leaves.
  if (overLeaves) {
    tree.nodes.forEach((node) => {
      if (node.children.length === 0) return;
      const children = node.children.map((child) => itemAt(tree.nodes, child).code);
      const total = children.reduce((sum, child) => sum + entryOf(given, child), 0);
      given.set(node.code, total);
      if (total === 0) for (const child of children) given.set(child, 1);
    });
  }
  const root = itemAt(tree.nodes, tree.root).code;
  return {
    method: 'GIVEN',
    parameters: {},
    weights: [...given].filter(([node]) => node !== root).map(([node, weight]) => ({ node, weight })),
  };
}

/** Indices of the cities that have every part. */
export function completeCities({ columns }: WeightSpace): number[] {
  const n = columnAt(columns, 0).length;
  return Array.from({ length: n }, (_, i) => i).filter((i) =>
    columns.every((column) => Number.isFinite(at(column, i))),
  );
}

/** z of the first city less z of the second, by part. */
export function difference({ columns }: WeightSpace, first: number, second: number): Float64Array {
  return Float64Array.from(columns, (column) => at(column, first) - at(column, second));
}

/** Σ_k w_k d_k. */
export function dot(weights: Float64Array, values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += at(weights, k) * at(values, k);
  return sum;
}

/**
 * The largest Σ w_k d_k over all weights within the limits, and weights that reach it: the lower limits, then what is left
 * to the largest d first. The linear programme with one equality and bounds, solved exactly.
 */
export function largestOver(
  space: WeightSpace,
  d: Float64Array,
): { readonly value: number; readonly weights: Float64Array } {
  const weights = space.low.slice();
  let rest = 1 - weights.reduce((sum, weight) => sum + weight, 0);
  for (const k of Array.from(d.keys()).sort((i, j) => at(d, j) - at(d, i))) {
    const more = Math.max(0, Math.min(rest, at(space.high, k) - at(weights, k)));
    weights[k] = at(weights, k) + more;
    rest -= more;
  }
  return { value: dot(weights, d), weights };
}

/** One row of a programme in the weights and `extra` further variables of at least 0: Σ d w + Σ more x ≤ limit. */
export interface WeightRow {
  readonly d: Float64Array;
  /** Coefficients of further variables by index; the others are 0. */
  readonly more?: ReadonlyMap<number, number>;
  readonly limit: number;
}

/**
 * Maximises Σ objective.d w + Σ objective.more x over weights within the limits that add to 1, and further variables of at
 * least 0, subject to the rows.
 * @returns the solver's result and, where there is an optimum, the weights and the further variables
 */
export function maximiseWeights(
  space: WeightSpace,
  objective: Omit<WeightRow, 'limit'>,
  rows: readonly WeightRow[],
  extra = 0,
): { readonly status: LinearProgrammeResult['status']; readonly weights: Float64Array; readonly more: Float64Array } {
  const k = space.parts.length;
  const width = k + extra;
  // Variables are the shares above the lower limits, so that all are at least 0.
  const rest = 1 - space.low.reduce((sum, value) => sum + value, 0);
  const ones = new Float64Array(k).fill(1);
  const bounds = Array.from({ length: k }, (_, j): WeightRow => ({
    d: Float64Array.from({ length: k }, (_unused, other) => (other === j ? 1 : 0)),
    limit: at(space.high, j),
  })).filter((_, j) => at(space.high, j) < at(space.low, j) + rest);
  const all: WeightRow[] = [...rows, ...bounds];
  const matrix = new Float64Array((all.length + 2) * width);
  const limits = new Float64Array(all.length + 2);
  all.forEach(({ d, more, limit }, r) => {
    matrix.set(d, r * width);
    more?.forEach((coefficient, x) => (matrix[r * width + k + x] = coefficient));
    limits[r] = limit - dot(space.low, d);
  });
  matrix.set(ones, all.length * width);
  limits[all.length] = rest;
  matrix.set(
    ones.map((one) => -one),
    (all.length + 1) * width,
  );
  limits[all.length + 1] = -rest;
  const target = new Float64Array(width);
  target.set(objective.d);
  objective.more?.forEach((coefficient, x) => (target[k + x] = coefficient));
  const { status, solution } = maximise({ objective: target, matrix, limits });
  const weights = Float64Array.from({ length: k }, (_, j) => at(space.low, j) + at(solution, j));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    status,
    weights: total > 0 ? weights.map((weight) => weight / total) : weights,
    more: solution.subarray(k),
  };
}

/** Half of Σ |w − v|: the share of the weight that has to be moved to get from one to the other, 0 to 1. */
export function weightMoved(w: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < w.length; k++) sum += Math.abs(at(w, k) - at(v, k));
  return sum / 2;
}

/**
 * Weights within the limits that are nearest to the nominal ones (least weight moved) and meet Σ d w ≤ limit for every row.
 * @param otherwise given back where none do
 */
export function nearestWeights(space: WeightSpace, rows: readonly WeightRow[], otherwise: Float64Array): Float64Array {
  const k = space.parts.length;
  const { nominal, low, high } = space;
  if (
    nominal.every((w, j) => w >= at(low, j) && w <= at(high, j)) &&
    rows.every(({ d, limit }) => dot(nominal, d) <= limit)
  )
    return nominal.slice();
  const axis = (j: number, sign: number): Float64Array =>
    Float64Array.from({ length: k }, (_, other) => (other === j ? sign : 0));
  // |w_j − nominal_j| ≤ x_j, and Σ x_j is made small.
  const distances = space.parts.flatMap((_, j): WeightRow[] => [
    { d: axis(j, 1), more: new Map([[j, -1]]), limit: at(space.nominal, j) },
    { d: axis(j, -1), more: new Map([[j, -1]]), limit: -at(space.nominal, j) },
  ]);
  const objective = { d: new Float64Array(k), more: new Map(space.parts.map((_, j) => [j, -1])) };
  const { status, weights } = maximiseWeights(space, objective, [...rows, ...distances], k);
  return status === 'OPTIMAL' ? weights : otherwise;
}
