import { runMethod } from '../aggregate';
import { ScoringError } from '../errors';
import { entryOf, itemAt } from '../lookup';
import { at, atInt, columnAt } from '../numeric/at';
import type { RankingResult } from '../pipeline';
import { stagesOf } from '../stages';
import { leafSlotsOf, modelsBelow, orientedColumn, silentContext, type NodeModel } from './node-model';
import { generatorOf } from './quasi-arithmetic';

/**
 * How a gap was split.
 * - `CLOSED_FORM`: every node is an arithmetic, geometric, harmonic or power mean, so each indicator's part follows from a
 *   formula (weights, logarithmic-mean weights and their like, multiplied down the tree).
 * - `SHAPLEY_EXACT`: Shapley value over all orders in which the two cities could exchange their indicators.
 * - `SHAPLEY_SAMPLED`: the same over a fixed sample of orders; it adds up too, since each order does.
 */
export const GAP_METHODS = ['CLOSED_FORM', 'SHAPLEY_EXACT', 'SHAPLEY_SAMPLED'] as const;
/** One of {@link GAP_METHODS}. */
export type GapMethod = (typeof GAP_METHODS)[number];

/** A gap between two cities at a node, split into indicators. */
export interface GapDecomposition {
  /** Score of the first city less that of the second, on the node's own scale. */
  readonly gap: number;
  readonly method: GapMethod;
  /** By leaf slot (the tree's leaf order); 0 for leaves that are not below the node. They add to the gap. */
  readonly parts: Float64Array;
  /** Orders that were averaged over; 0 for the closed form, `NaN` for all of them. */
  readonly orders: number;
  /** Exchanges after which one of the two cities had no score, or one beyond all measure; each counts as lying as far along as its share of the indicators. */
  readonly undefinedExchanges: number;
}

/** Limits of {@link decomposeGap}. */
export interface GapOptions {
  /** Cell operations that a sampled decomposition aims to stay below; it takes at least one order. */
  readonly maxCellOperations?: number;
  /** Which of the sampled orders is the first; others for other pairs, where many pairs are averaged. 0 when left out. */
  readonly firstOrder?: number;
}

const DEFAULT_CELL_OPERATIONS = 4e6;
/** Most indicators that are exchanged in every possible combination: 2^8 scorings of the two cities. */
const LARGEST_EXACT = 8;
/** A gap of so many times the largest score of the ranking counts as undefined. */
const EXPLOSION = 1e5;
/** Relative slack beyond which a closed form counts as failed (overflow, for instance) and the exchange takes over. */
const CLOSED_FORM_SLACK = 1e-10;

/**
 * Splits the gap between two cities' scores at a node into indicators; the parts add to the gap within rounding, for every
 * aggregation.
 *
 * Where every node below is a quasi-arithmetic mean, y = φ⁻¹(Σ w φ(x)): the gap of a node is Σ_k m_k (x_ak − x_bk) with
 * m_k = w_k · φ[x_ak, x_bk] / φ[y_a, y_b], φ[ ] the divided difference; for the geometric mean these are the
 * logarithmic-mean weights of index decomposition (Ang 2004, Energy Policy 32, 1131–1139,
 * https://doi.org/10.1016/S0301-4215(03)00076-4). A missing child counts as the city's own score at that node, which is
 * exactly what rescaling the other weights amounts to.
 *
 * Elsewhere: the two cities exchange their values of a set S of indicators, gaps included, everything else as it is, and
 * v(S) is the gap after that: v(∅) is the gap, v(all) its opposite. Half of the Shapley value of −v (Shapley 1953, A value
 * for n-person games) is each indicator's part. An exchange keeps what every column holds, so methods that compare the
 * cities need no invented city. Weights are held at the ranking's.
 * @param a index of the first city in `result.cities`
 * @param b index of the second
 * @returns null where either city has no score at the node
 */
export function decomposeGap(
  result: RankingResult,
  node: number,
  a: number,
  b: number,
  options: GapOptions = {},
): GapDecomposition | null {
  const column = columnAt(result.nodes.columns, node);
  const scored = !Number.isNaN(at(column, a)) && !Number.isNaN(at(column, b));
  return scored ? gapSplitter(result, node)(a, b, options) : null;
}

/** {@link decomposeGap} for many pairs of cities at one node, each with a score there. */
export function gapSplitter(
  result: RankingResult,
  node: number,
): (a: number, b: number, options: GapOptions) => GapDecomposition {
  const models = modelsBelow(result, node);
  const split = closedForm(result, models, node);
  const column = columnAt(result.nodes.columns, node);
  return (a, b, options) => {
    const gap = at(column, a) - at(column, b);
    const parts = split?.(a, b) ?? null;
    if (parts !== null) {
      const scale = Math.max(Math.abs(at(column, a)), Math.abs(at(column, b)), Number.MIN_VALUE);
      const sum = parts.reduce((total, part) => total + part, 0);
      if (Math.abs(sum - gap) <= CLOSED_FORM_SLACK * scale)
        return { gap, method: 'CLOSED_FORM', parts, orders: 0, undefinedExchanges: 0 };
    }
    const budget = options.maxCellOperations ?? DEFAULT_CELL_OPERATIONS;
    return new Exchange(result, models, node, a, b, gap).decompose(budget, options.firstOrder ?? 0);
  };
}

/** What gives the parts by leaf slot; null where some node is not a quasi-arithmetic mean. */
function closedForm(
  result: RankingResult,
  models: readonly NodeModel[],
  top: number,
): ((a: number, b: number) => Float64Array) | null {
  const slots = leafSlotsOf(result);
  const byNode = new Map(models.map((model) => [model.node, { model, generator: generatorOf(model.rule) }]));
  if ([...byNode.values()].some(({ generator }) => generator === null)) return null;
  const column = columnAt(result.nodes.columns, top);
  return (a, b) => {
    const parts = new Float64Array(slots.size);
    // `lackA` and `lackB`: the city has no value at the node, so its score above stands in for all that is below.
    const descend = (node: number, ya: number, yb: number, lackA: boolean, lackB: boolean, factor: number): void => {
      const slot = slots.get(node);
      if (slot !== undefined) parts[slot] = at(parts, slot) + factor * (ya - yb);
      const entry = byNode.get(node);
      if (!entry?.generator) return;
      const { model, generator } = entry;
      for (let k = 0; k < model.members.length; k++) {
        const weight = at(model.weights, k);
        if (weight === 0) continue;
        const member = itemAt(model.members, k);
        const values = columnAt(result.nodes.columns, member);
        const lacksA = lackA || Number.isNaN(at(values, a));
        const lacksB = lackB || Number.isNaN(at(values, b));
        const xa = lacksA ? ya : at(values, a);
        const xb = lacksB ? yb : at(values, b);
        const ratio = generator.slopeRatio(xa, xb, ya, yb);
        const slope = Number.isFinite(ratio) ? ratio : xa === xb ? 0 : NaN;
        descend(member, xa, xb, lacksA, lacksB, factor * weight * slope);
      }
    };
    descend(top, at(column, a), at(column, b), false, false, 1);
    return parts;
  };
}

/** The game of exchanging indicators between two cities, scored anew after each exchange. */
class Exchange {
  /** By node; copies that are written to, oriented so that more is better. */
  private readonly columns = new Map<number, Float64Array>();
  /** Natural columns of the leaves that a method reads as such, by node. */
  private readonly naturals = new Map<number, Float64Array>();
  private readonly pathOf = new Map<number, readonly NodeModel[]>();
  private readonly whole: ReadonlySet<number>;
  private readonly failed = new Set<number>();
  private readonly players: readonly number[];
  private readonly slots: ReadonlyMap<number, number>;
  /** Largest score of the ranking at the node, in absolute value. */
  private readonly scale: number;
  private undefinedExchanges = 0;

  constructor(
    private readonly result: RankingResult,
    models: readonly NodeModel[],
    private readonly top: number,
    private readonly a: number,
    private readonly b: number,
    private readonly gap: number,
  ) {
    this.slots = leafSlotsOf(result);
    const n = result.cities.length;
    const scores = columnAt(result.nodes.columns, top);
    this.scale = scores.reduce((largest, x) => Math.max(largest, Number.isNaN(x) ? 0 : Math.abs(x)), 0);
    const parents = new Map<number, NodeModel>();
    for (const model of models) {
      this.columns.set(model.node, orientedColumn(result, model.node).slice());
      model.members.forEach((member) => {
        parents.set(member, model);
        const slot = this.slots.get(member);
        if (slot === undefined) return;
        this.columns.set(member, columnAt(result.nodes.columns, member).slice());
        if (model.natural) this.naturals.set(member, stagesOf(result).treated.slice(slot * n, (slot + 1) * n));
      });
    }
    this.players = [...this.columns.keys()].filter((node) => this.slots.has(node) && this.differs(node));
    for (const player of this.players) {
      const path: NodeModel[] = [];
      for (let model = parents.get(player); model; model = parents.get(model.node)) path.push(model);
      this.pathOf.set(player, path);
    }
    this.whole = wholeTableNodes(models, parents);
  }

  decompose(maxCellOperations: number, firstOrder: number): GapDecomposition {
    const parts = new Float64Array(this.slots.size);
    const p = this.players.length;
    const perOrder = this.costOfOrder();
    const exact = p <= LARGEST_EXACT && (p <= 2 || (2 ** p / p) * perOrder <= maxCellOperations);
    const orders = exact ? NaN : Math.max(1, Math.min(p, Math.floor(maxCellOperations / Math.max(1, perOrder))));
    const values = exact ? this.shapley() : this.sampled(orders, firstOrder);
    this.players.forEach((player, p) => (parts[entryOf(this.slots, player)] = at(values, p)));
    return {
      gap: this.gap,
      method: exact ? 'SHAPLEY_EXACT' : 'SHAPLEY_SAMPLED',
      parts,
      orders,
      undefinedExchanges: this.undefinedExchanges,
    };
  }

  private differs(node: number): boolean {
    const { a, b } = this;
    const same = (column: Float64Array | undefined): boolean =>
      column === undefined || Object.is(at(column, a) + 0, at(column, b) + 0);
    return !(same(this.columns.get(node)) && same(this.naturals.get(node)));
  }

  /** Cell operations of exchanging all indicators once, one after another. */
  private costOfOrder(): number {
    const n = this.result.cities.length;
    const costOf = (model: NodeModel): number => costOfModel(model, this.whole.has(model.node) ? n : 2);
    return this.players
      .flatMap((player) => entryOf(this.pathOf, player))
      .reduce((sum, model) => sum + costOf(model), 0);
  }

  /** All sets, each reached from the one before by a single exchange (a Gray code). */
  private shapley(): Float64Array {
    const p = this.players.length;
    const values = new Float64Array(2 ** p);
    values[0] = this.gap;
    let set = 0;
    for (let step = 1; step < 2 ** p; step++) {
      const bit = 31 - Math.clz32(step & -step);
      set ^= 2 ** bit;
      this.exchange(bit);
      values[set] = this.valueOf(bitCount(set));
    }
    const parts = new Float64Array(p);
    const share = shapleyShares(p);
    for (let s = 0; s < values.length; s++) {
      for (let player = 0; player < p; player++) {
        if ((s & (2 ** player)) !== 0) continue;
        const change = at(values, s + 2 ** player) - at(values, s);
        parts[player] = at(parts, player) - (at(share, bitCount(s)) * change) / 2;
      }
    }
    return parts;
  }

  /** Orders made of a shuffled one by moving its head to its end, so that each indicator comes early as often as late. */
  private sampled(orders: number, firstOrder: number): Float64Array {
    const p = this.players.length;
    const parts = new Float64Array(p);
    const shuffled = shuffle(p);
    const stride = p / orders;
    for (let o = 0; o < orders; o++) {
      let before = this.gap;
      for (let k = 0; k < p; k++) {
        const player = atInt(shuffled, (firstOrder + Math.floor(o * stride) + k) % p);
        this.exchange(player);
        const after = this.valueOf(k + 1);
        parts[player] = at(parts, player) - (after - before) / 2 / orders;
        before = after;
      }
      for (let player = 0; player < p; player++) this.exchange(player);
    }
    return parts;
  }

  /** The gap now that `exchanged` indicators are. With all of them exchanged, the cities have only swapped names. */
  private valueOf(exchanged: number): number {
    if (exchanged === this.players.length) return -this.gap;
    const column = entryOf(this.columns, this.top);
    const sign = this.result.nodes.lowerIsBetter[this.top] === true ? -1 : 1;
    const value = sign * (at(column, this.a) - at(column, this.b));
    // A method that divides by something next to 0 after an exchange says nothing of the indicators.
    if (this.failed.size === 0 && Math.abs(value) <= EXPLOSION * this.scale) return value;
    this.undefinedExchanges++;
    return this.gap * (1 - (2 * exchanged) / this.players.length);
  }

  private exchange(player: number): void {
    const { a, b } = this;
    const node = itemAt(this.players, player);
    for (const column of [this.columns.get(node), this.naturals.get(node)]) {
      if (!column) continue;
      const kept = at(column, a);
      column[a] = at(column, b);
      column[b] = kept;
    }
    for (const model of entryOf(this.pathOf, node)) this.score(model);
  }

  private score(model: NodeModel): void {
    const own = entryOf(this.columns, model.node);
    const inputs = model.members.map((member) => entryOf(model.natural ? this.naturals : this.columns, member));
    const { a, b, result } = this;
    const whole = this.whole.has(model.node);
    const columns = whole ? inputs : inputs.map((column) => Float64Array.of(at(column, a), at(column, b)));
    const rows = whole ? result.cities : [itemAt(result.cities, a), itemAt(result.cities, b)];
    const out = new Float64Array(rows.length);
    this.failed.delete(model.node);
    try {
      runMethod({
        method: model.method,
        rule: model.rule,
        columns,
        costs: model.costs,
        weights: model.weights,
        children: model.members.map((member) => itemAt(result.tree.nodes, member).code),
        codesOf: () => rows.map((city) => city.code),
        out,
        context: silentContext,
      });
    } catch (error) {
      if (!(error instanceof ScoringError)) throw error;
      this.failed.add(model.node);
      return;
    }
    if (result.nodes.lowerIsBetter[model.node] === true) for (let i = 0; i < out.length; i++) out[i] = -at(out, i);
    if (whole) own.set(out);
    else {
      own[a] = at(out, 0);
      own[b] = at(out, 1);
    }
  }
}

const costOfModel = ({ method, members, rule }: NodeModel, rows: number): number =>
  method.cost(rows, members.length, rule.parameters);

/**
 * Cell operations that splitting one gap at a node takes at least: next to nothing for a closed form, otherwise one order of
 * exchange. What a budget counts before many gaps are split.
 */
export function leastGapCost(result: RankingResult, node: number): number {
  const models = modelsBelow(result, node);
  const leaves = itemAt(result.tree.nodes, node).leafCount;
  if (models.every(({ rule }) => generatorOf(rule) !== null)) return leaves;
  const n = result.cities.length;
  return leaves * models.reduce((sum, model) => sum + costOfModel(model, n), 0);
}

/**
 * Nodes whose column must be computed for all cities: those that compare the cities, and those that read such a node and
 * are read by one. For the others the two cities' rows are enough.
 */
function wholeTableNodes(models: readonly NodeModel[], parents: ReadonlyMap<number, NodeModel>): ReadonlySet<number> {
  const compares = (model: NodeModel | undefined): boolean => model?.method.family === 'WHOLE_TABLE';
  const moves = new Set<number>();
  for (const model of models)
    if (compares(model) || model.members.some((member) => moves.has(member))) moves.add(model.node);
  const readByOne = (node: number): boolean => {
    for (let model = parents.get(node); model; model = parents.get(model.node)) if (compares(model)) return true;
    return false;
  };
  return new Set(
    models
      .filter((model) => compares(model) || (moves.has(model.node) && readByOne(model.node)))
      .map(({ node }) => node),
  );
}

function bitCount(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** By size of the set before: s! (p − s − 1)! / p!. */
function shapleyShares(p: number): Float64Array {
  const shares = new Float64Array(Math.max(p, 1));
  let share = 1 / Math.max(p, 1);
  for (let s = 0; s < p; s++) {
    shares[s] = share;
    share = (share * (s + 1)) / (p - s - 1);
  }
  return shares;
}

/** A fixed shuffle of 0 … p − 1: the multiplicative generator of Park and Miller (1988), started at 1. */
function shuffle(p: number): Int32Array {
  const order = Int32Array.from({ length: p }, (_, i) => i);
  let state = 1;
  for (let i = p - 1; i > 0; i--) {
    state = (state * 16807) % 2147483647;
    const j = state % (i + 1);
    const kept = atInt(order, i);
    order[i] = atInt(order, j);
    order[j] = kept;
  }
  return order;
}
