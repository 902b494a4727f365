import { leavesBelow } from '../aggregate';
import { refuseAt } from '../errors';
import { modelOfInnerNode, orientedColumn, type NodeModel } from '../explanation/node-model';
import { generatorOf, type Generator } from '../explanation/quasi-arithmetic';
import { itemAt } from '../lookup';
import type { Methodology } from '../methodology';
import { at, atInt, columnAt } from '../numeric/at';
import type { RankingResult } from '../pipeline';
import type { Tree } from '../tree';
import { finish, type Steps } from './steps';

/** What is to stay the same. */
export type StabilityTarget =
  /** One city strictly above another, whichever of the two it is now. */
  | { readonly kind: 'PAIR'; readonly first: string; readonly second: string }
  /** The set of the first `k` cities, in whatever order among themselves; `k = 1` is the winner. */
  | { readonly kind: 'TOP'; readonly k: number }
  /** The order of all cities. */
  | { readonly kind: 'ORDER' };

/** Where an interval ends. */
export interface StabilityEnd {
  /** Share of the weight (0..1) among the siblings. */
  readonly weight: number;
  /** Codes of the two cities that tie there, the one that is above now first; null where nothing changes up to the end. */
  readonly cities: readonly [string, string] | null;
}

/** In which range a weight may move, its siblings sharing the rest as they share it now. */
export interface WeightStability {
  readonly node: string;
  /** The weight now, as a share (0..1) among the siblings. */
  readonly weight: number;
  /** Null where the question is not answered. */
  readonly interval: { readonly low: StabilityEnd; readonly high: StabilityEnd } | null;
  /**
   * `CLOSED_FORM`: the ends are roots of linear or quadratic equations, exact but for rounding. `BISECTION`: no order
   * changes within the interval (scores are monotone in the weight, so that whole stretches are ruled out by their ends); an
   * end is within 1e-9 of the change, or, where that could not be settled, short of it: see `note`. `NONE`: not answered.
   */
  readonly method: 'CLOSED_FORM' | 'BISECTION' | 'NONE';
  /** One sentence where there is something to say: why not answered, or that an end is short of the change. */
  readonly note: string | null;
}

/**
 * For each weight, the interval in which an order stays the same while the weight moves and its siblings, their ratios kept,
 * share the rest; all other weights stay. The ends 0 and 1 are limits.
 *
 * Where the node and all above it are arithmetic, geometric, harmonic or power means, the score of a city is, transformed
 * by the mean above the weight, a ratio of two linear functions of the weight (constant denominator where nothing is
 * missing). Two cities tie at the roots of one quadratic: in means of one kind on the path, or where a geometric mean
 * follows one of another kind and the two cities have the same parts there. Elsewhere on such a path the change is found by
 * bisection; a path with any other method on it is not answered. Weights that come from the data are taken as they came out.
 * Unrounded scores are compared; the recipe's tie tolerance, decimals and tie-breaker are not.
 *
 * Source: Triantaphyllou and Sánchez (1997), A sensitivity analysis approach for some deterministic multi-criteria
 * decision-making methods, https://doi.org/10.1111/j.1540-5915.1997.tb01306.x (weighted sums; the tree and the other means
 * are worked out here).
 * @param nodes codes of the nodes whose weight moves; all but the root when left out
 * @throws ScoringError `NOT_FOUND` for a node or a city that is not there or not ranked; `BAD_INPUT` for the root, for two
 * equal cities, and a `k` that is not from 1 to the number of ranked cities less one
 */
export function weightStability(
  result: RankingResult,
  target: StabilityTarget,
  nodes?: readonly string[],
): WeightStability[] {
  return finish(weightStabilitySteps(result, target, nodes));
}

/** {@link weightStability} in steps, one for each weight. */
export function* weightStabilitySteps(
  result: RankingResult,
  target: StabilityTarget,
  nodes?: readonly string[],
): Steps<WeightStability[]> {
  const { tree } = result;
  checkWeightStability(result, target, nodes ?? null);
  const pairs = pairsOf(result, target);
  const indices =
    nodes?.map((code, i) => nodeIndex(tree, code, `nodes[${String(i)}]`)) ??
    [...tree.nodes.keys()].filter((index) => index !== tree.root);
  const found: WeightStability[] = [];
  for (const index of indices) {
    found.push(stabilityOf(result, index, pairs));
    yield { done: found.length, total: indices.length };
  }
  return found;
}

/** Cell operations of {@link weightStability} for `nodes` weights over `n` cities and `m` leaves. */
export function weightStabilityCost(tree: Tree, n: number, target: StabilityTarget, nodes?: number): number {
  const pairs = target.kind === 'PAIR' ? 1 : target.kind === 'ORDER' ? n : target.k * n;
  // A pair takes a score of two cities at the ends of a few stretches, about 20 operations each.
  return (nodes ?? tree.nodes.length - 1) * (2 * n * tree.nodes.length + 40 * pairs);
}

/** The weights as they came out with one node's share changed and its siblings' in proportion: for running the ranking again. */
export function weightsWithShare(result: RankingResult, node: string, share: number): Methodology['weight'] {
  const { tree, nodes } = result;
  const index = nodeIndex(tree, node, 'node');
  const { parent } = itemAt(tree.nodes, index);
  const own = at(nodes.weights, index);
  if (own === 1)
    return refuseAt(
      'BAD_INPUT',
      'node',
      node,
      'The node has no sibling with a weight.',
      'a node with weighted siblings',
    );
  return {
    method: 'GIVEN',
    parameters: {},
    weights: tree.nodes.flatMap(({ code, parent: above }, other) => {
      if (other === tree.root) return [];
      const weight = at(nodes.weights, other);
      const moved = other === index ? share : above === parent ? (weight / (1 - own)) * (1 - share) : weight;
      return [{ node: code, weight: moved }];
    }),
  };
}

/** Where the parts of a target stand in what the caller gave. */
export interface StabilityPaths {
  readonly first: string;
  readonly second: string;
  readonly k: string;
}

const TARGET_PATHS: StabilityPaths = { first: 'target.first', second: 'target.second', k: 'target.k' };

/**
 * Checks what is asked of {@link weightStability} against the ranking, before anything is worked out.
 * @throws ScoringError as it does
 */
export function checkWeightStability(
  { tree, order, cities }: RankingResult,
  target: StabilityTarget,
  nodes: readonly string[] | null,
  paths: StabilityPaths = TARGET_PATHS,
): void {
  if (target.kind === 'PAIR') {
    const ranked = new Set(Array.from(order, (city) => itemAt(cities, city).code));
    const check = (path: string, code: string): void => {
      if (!ranked.has(code)) refuseAt('NOT_FOUND', path, code, 'The ranking has no such city.', 'a ranked city');
    };
    check(paths.first, target.first);
    check(paths.second, target.second);
    if (target.first === target.second)
      refuseAt('BAD_INPUT', paths.second, target.second, 'A city has no order with itself.', 'another city');
  }
  if (target.kind === 'TOP' && !(Number.isInteger(target.k) && target.k >= 1 && target.k < order.length)) {
    const allowed = `an integer from 1 to ${String(order.length - 1)}`;
    refuseAt('BAD_INPUT', paths.k, target.k, 'The number is out of range.', allowed);
  }
  nodes?.forEach((code, i) => nodeIndex(tree, code, `nodes[${String(i)}]`));
}

/** Pairs of cities, the one above first, whose orders together are what is to stay. */
type Pairs = readonly (readonly [number, number])[];

function pairsOf(result: RankingResult, target: StabilityTarget): Pairs {
  const { order, cities } = result;
  if (target.kind === 'PAIR') {
    const pair = Array.from(order).filter((city) => [target.first, target.second].includes(itemAt(cities, city).code));
    return [[itemAt(pair, 0), itemAt(pair, 1)]];
  }
  if (target.kind === 'ORDER')
    // Going away from the nominal weight, the first two cities to change places are neighbours.
    return Array.from(order.subarray(1), (city, place) => [atInt(order, place), city] as const);
  const { k } = target;
  return Array.from(order.subarray(0, k)).flatMap((above) =>
    Array.from(order.subarray(k), (below) => [above, below] as const),
  );
}

/** Scores as functions of one weight t: y = (n0 + n1 t) / (d0 + d1 t), then φ(a + b φ⁻¹(y)) up the tree. */
interface ScorePath {
  readonly generator: Generator;
  readonly n0: Float64Array;
  readonly n1: Float64Array;
  readonly d0: Float64Array;
  readonly d1: Float64Array;
  /** Means above whose kind differs from the one before. */
  readonly steps: readonly Step[];
}

interface Step {
  readonly generator: Generator;
  /** φ of the node's score is a + b × φ of the score below. */
  readonly a: Float64Array;
  readonly b: Float64Array;
}

function stabilityOf(result: RankingResult, index: number, pairs: Pairs): WeightStability {
  const node = itemAt(result.tree.nodes, index).code;
  const weight = at(result.nodes.weights, index);
  const path = scorePath(result, index);
  if (typeof path === 'string') return { node, weight, interval: null, method: 'NONE', note: path };
  let low: StabilityEnd = { weight: domainEnd(result, path, weight, 0), cities: null };
  let high: StabilityEnd = { weight: domainEnd(result, path, weight, 1), cities: null };
  let note: string | null =
    low.weight > 0 || high.weight < 1 ? 'Outside the interval a mean on the path is not defined.' : null;
  let closed = true;
  const code = (city: number): string => itemAt(result.cities, city).code;
  const scores = columnAt(result.nodes.columns, result.tree.root);
  for (const [above, below] of pairs) {
    const cities = [code(above), code(below)] as const;
    if (at(scores, above) === at(scores, below)) {
      if (alike(path, above, below)) continue;
      // A tie that the least change of the weight breaks: nothing but the weight itself keeps the order.
      low = { weight, cities };
      high = { weight, cities };
      break;
    }
    const polynomial = crossingPolynomial(path, above, below);
    if (polynomial !== null) {
      for (const root of quadraticRoots(polynomial)) {
        if (root <= weight && root > low.weight) low = { weight: root, cities };
        if (root >= weight && root < high.weight) high = { weight: root, cities };
      }
      continue;
    }
    closed = false;
    const down = firstCrossing(path, above, below, weight, low.weight);
    if (down.found) low = { weight: down.at, cities };
    const up = firstCrossing(path, above, below, weight, high.weight);
    if (up.found) high = { weight: up.at, cities };
    if (!down.settled || !up.settled)
      note = 'The scores of two cities run so close that an end may be short of where their order changes.';
  }
  return { node, weight, interval: { low, high }, method: closed ? 'CLOSED_FORM' : 'BISECTION', note };
}

/** The scores as functions of a node's weight; a sentence where they have no such form. */
function scorePath(result: RankingResult, index: number): ScorePath | string {
  const { tree, nodes, methodology } = result;
  const weight = at(nodes.weights, index);
  if (weight === 1) return 'The node has no sibling with a weight, so its share cannot move.';
  const reader = readerOf(result, index);
  const generator = generatorOf(reader.rule);
  if (!generator) return notAMean(reader);
  if (reader.rule.over === 'LEAVES' && methodology.weight.method !== 'GIVEN')
    return `${reader.code} weighs its leaves at once by ${methodology.weight.method}, which gives the node no weight of its own.`;
  if (weight === 0 && reader.rule.over === 'LEAVES')
    return 'The node weighs nothing, and what is below it is weighed along its path.';
  const columns = reader.members.map((member) => orientedColumn(result, member));
  if (weight === 0 && reader.rule.minimumAvailability > 0 && columns.some((column) => column.some(Number.isNaN)))
    return 'The node weighs nothing, and with any weight it would count towards the availability that the recipe asks for.';
  const base = ratioOf(result, index, reader, generator, columns);
  const steps: Step[] = [];
  let { n0, n1 } = base;
  for (let child = reader.node; child !== tree.root;) {
    const { parent } = itemAt(tree.nodes, child);
    const model = modelOfInnerNode(result, parent);
    const mean = generatorOf(model.rule);
    if (mean === null) return notAMean(model);
    const step = stepOf(result, model, mean, child);
    const last = steps.at(-1);
    if (last === undefined && mean.exponent === generator.exponent) {
      // a + b N / D is a ratio of the same kind.
      n0 = n0.map((value, i) => at(step.a, i) * at(base.d0, i) + at(step.b, i) * value);
      n1 = n1.map((value, i) => at(step.a, i) * at(base.d1, i) + at(step.b, i) * value);
    } else if (last?.generator.exponent === mean.exponent) {
      steps[steps.length - 1] = {
        generator: mean,
        a: step.a.map((value, i) => value + at(step.b, i) * at(last.a, i)),
        b: step.b.map((value, i) => value * at(last.b, i)),
      };
    } else {
      steps.push(step);
    }
    child = parent;
  }
  const path = { generator, n0, n1, d0: base.d0, d1: base.d1, steps };
  const undefinedAt = result.order.find((city) => !Number.isFinite(scoreAt(path, city, weight)));
  if (undefinedAt !== undefined)
    return `The score of ${itemAt(result.cities, undefinedAt).code} is not defined for weights near this one.`;
  return path;
}

const notAMean = ({ code, method }: NodeModel): string =>
  `${code} is computed by ${method.id}; the interval is known for the arithmetic, geometric, harmonic and power mean only.`;

/** The highest node on the way up from `index` that reads it, itself or through its leaves. */
function readerOf(result: RankingResult, index: number): NodeModel {
  const { nodes } = result.tree;
  const { parent } = itemAt(nodes, index);
  let reader = modelOfInnerNode(result, parent);
  for (let above = itemAt(nodes, parent).parent; above >= 0; above = itemAt(nodes, above).parent) {
    const model = modelOfInnerNode(result, above);
    if (model.rule.over === 'LEAVES') reader = model;
  }
  return reader;
}

/** The reader's transformed score as (n0 + n1 t) / (d0 + d1 t), over the columns that each city has. */
function ratioOf(
  { tree, nodes }: RankingResult,
  index: number,
  reader: NodeModel,
  generator: Generator,
  columns: readonly Float64Array[],
): Pick<ScorePath, 'n0' | 'n1' | 'd0' | 'd1'> {
  const share = at(nodes.weights, index);
  const below = new Set(reader.rule.over === 'LEAVES' ? leavesBelow(tree, index) : [index]);
  const { parent } = itemAt(tree.nodes, index);
  const beside = new Set(
    reader.rule.over === 'LEAVES' ? leavesBelow(tree, parent) : itemAt(tree.nodes, parent).children,
  );
  const n = columnAt(columns, 0).length;
  const column = (): Float64Array => new Float64Array(n);
  const [n0, n1, d0, d1] = [column(), column(), column(), column()];
  // The weight of what is below the node, beside it, and elsewhere under the reader.
  const parts = new Float64Array(3);
  const sums = new Float64Array(3);
  for (let i = 0; i < n; i++) {
    parts.fill(0);
    sums.fill(0);
    reader.members.forEach((member, k) => {
      const value = at(columnAt(columns, k), i);
      if (Number.isNaN(value)) return;
      const part = below.has(member) ? 0 : beside.has(member) ? 1 : 2;
      const own = at(reader.weights, k);
      // As the node's share t is 1; the node itself, where it is read as such, weighs t.
      const unit = part === 2 ? own : part === 1 ? own / (1 - share) : reader.rule.over === 'LEAVES' ? own / share : 1;
      if (unit === 0) return;
      parts[part] = at(parts, part) + unit;
      sums[part] = at(sums, part) + unit * generator.transform(value);
    });
    const present = [0, 1, 2].filter((part) => at(parts, part) > 0);
    const [only] = present;
    if (only === undefined) {
      // The city has nothing here; the means above pass it over.
      d0[i] = 1;
    } else if (present.length === 1) {
      // One part alone: the mean of it, whatever its weight.
      n0[i] = at(sums, only) / at(parts, only);
      d0[i] = 1;
    } else {
      n0[i] = at(sums, 2) + at(sums, 1);
      n1[i] = at(sums, 0) - at(sums, 1);
      d0[i] = at(parts, 2) + at(parts, 1);
      d1[i] = at(parts, 0) - at(parts, 1);
    }
  }
  return { n0, n1, d0, d1 };
}

/** One mean on the way up as a function of one of its columns. */
function stepOf(result: RankingResult, model: NodeModel, generator: Generator, child: number): Step {
  const columns = model.members.map((member) => orientedColumn(result, member));
  const n = columnAt(columns, 0).length;
  const a = new Float64Array(n);
  const b = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let total = 0;
    let rest = 0;
    let own = 0;
    model.members.forEach((member, k) => {
      const value = at(columnAt(columns, k), i);
      const weight = at(model.weights, k);
      if (Number.isNaN(value) || weight === 0) return;
      total += weight;
      if (member === child) own = weight;
      else rest += weight * generator.transform(value);
    });
    // A city without any of the columns: the means above pass it over.
    if (total === 0) continue;
    a[i] = rest / total;
    b[i] = own / total;
  }
  return { generator, a, b };
}

/** φ of the root's score at weight t, φ being that of the last mean: increasing in the score. */
function scoreAt({ generator, n0, n1, d0, d1, steps }: ScorePath, city: number, t: number): number {
  let value = (at(n0, city) + at(n1, city) * t) / (at(d0, city) + at(d1, city) * t);
  let from = generator;
  for (const step of steps) {
    const b = at(step.b, city);
    // A city without the part below stays where it is.
    value = b === 0 ? at(step.a, city) : at(step.a, city) + b * step.generator.transform(from.inverse(value));
    from = step.generator;
  }
  return value;
}

/** Whether two cities have the same score whatever the weight. */
function alike({ n0, n1, d0, d1, steps }: ScorePath, i: number, j: number): boolean {
  return [n0, n1, d0, d1, ...steps.flatMap(({ a, b }) => [a, b])].every((values) => at(values, i) === at(values, j));
}

/** Coefficients (constant first) of a quadratic in t whose sign is that of the distance of two cities; null where there is none. */
function crossingPolynomial(path: ScorePath, i: number, j: number): readonly [number, number, number] | null {
  const { n0, n1, d0, d1, steps, generator } = path;
  let ratio = 1;
  const [step] = steps;
  if (step !== undefined) {
    const b = at(step.b, i);
    // Neither has anything that the weight moves.
    if (b === 0 && at(step.b, j) === 0) return [1, 0, 0];
    if (steps.length > 1 || step.generator.exponent !== 0 || b !== at(step.b, j)) return null;
    // a_i + b ln(M_i) / p = a_j + b ln(M_j) / p, so that M_i / M_j is known.
    ratio = Math.exp(((at(step.a, j) - at(step.a, i)) * generator.exponent) / b);
    if (!(ratio > 0 && ratio < Infinity)) return null;
  }
  const [p0, p1, q0, q1] = [at(n0, i), at(n1, i), at(d0, i), at(d1, i)];
  const [r0, r1, s0, s1] = [ratio * at(n0, j), ratio * at(n1, j), at(d0, j), at(d1, j)];
  const coefficients = [p0 * s0 - r0 * q0, p0 * s1 + p1 * s0 - r0 * q1 - r1 * q0, p1 * s1 - r1 * q1] as const;
  return coefficients.every(Number.isFinite) ? coefficients : null;
}

/** Real roots of c + b t + a t², without the loss of digits where b² is large beside 4 a c. */
function quadraticRoots([c, b, a]: readonly [number, number, number]): number[] {
  if (a === 0) return b === 0 ? [] : [-c / b];
  const discriminant = b * b - 4 * a * c;
  if (discriminant < 0) return [];
  const q = -(b + (b < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2;
  return [q / a, c / q].filter(Number.isFinite);
}

/** Stretches shorter than this are not divided any further. */
const RESOLUTION = 1e-10;
/** Divisions after which a search settles for less than the whole. */
const DIVISION_LIMIT = 20_000;

/** The first weight on the way from `from` to `to` where `above` may no longer be above. */
function firstCrossing(
  path: ScorePath,
  above: number,
  below: number,
  from: number,
  to: number,
): { readonly found: boolean; readonly at: number; readonly settled: boolean } {
  let divisions = 0;
  // Each score is monotone in the weight: a ratio of linear functions is, and so is every mean of it. Over a stretch it
  // lies between its values at the ends.
  const apart = (s: number, e: number): boolean =>
    Math.min(scoreAt(path, above, s), scoreAt(path, above, e)) >
    Math.max(scoreAt(path, below, s), scoreAt(path, below, e));
  const stack: (readonly [number, number])[] = [[from, to]];
  for (let stretch = stack.pop(); stretch; stretch = stack.pop()) {
    const [s, e] = stretch;
    if (apart(s, e)) continue;
    if (Math.abs(e - s) <= RESOLUTION) return { found: true, at: s, settled: true };
    if (++divisions > DIVISION_LIMIT) return { found: true, at: s, settled: false };
    const middle = (s + e) / 2;
    stack.push([middle, e], [s, middle]);
  }
  return { found: false, at: to, settled: true };
}

/** How far towards `end` the weight may go with every city's score defined. */
function domainEnd({ order }: RankingResult, path: ScorePath, weight: number, end: number): number {
  let limit = end;
  for (const city of order) {
    if (!Number.isNaN(scoreAt(path, city, limit))) continue;
    let [inside, outside] = [weight, limit];
    while (Math.abs(outside - inside) > 1e-15) {
      const middle = (inside + outside) / 2;

      if (Number.isNaN(scoreAt(path, city, middle))) outside = middle;
      else inside = middle;
    }
    limit = inside;
  }
  return limit;
}

function nodeIndex(tree: Tree, code: string, path: string): number {
  const index = tree.indexOf.get(code);
  if (index === undefined)
    return refuseAt('NOT_FOUND', path, code, 'The framework has no node of this code.', 'a node of the framework');
  if (index === tree.root)
    return refuseAt(
      'BAD_INPUT',
      path,
      code,
      'The root has no siblings to be weighed against.',
      'a node below the root',
    );
  return index;
}
