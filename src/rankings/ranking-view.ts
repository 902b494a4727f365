import type { City, FrameworkNode, Indicator } from '../entities';
import {
  treatmentActionOf,
  type RankingResult,
  type TreatmentAction,
  type Tree,
  type TreeNode,
  type UnrankedReason,
  type Warning,
} from '../scoring';
import { cityOf, frameworkNodeOf } from './city-rows';
import { Once } from './once';
import { pageOf, type Page, type PageRequest } from './page';
import type { Ranking } from './ranking.service';

/** A number, or null where the engine has `NaN` for missing. */
const presentOrNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

interface PlacedNode {
  readonly node: TreeNode;
  /** Index into `Tree.nodes`. */
  readonly index: number;
}

const topDownOf = new WeakMap<Tree, readonly PlacedNode[]>();

/** The nodes of a tree from the root down: parents before their children, siblings in order. */
export function topDown(tree: Tree): readonly PlacedNode[] {
  const known = topDownOf.get(tree);
  if (known) return known;
  const placed: PlacedNode[] = [];
  const stack = [tree.root];
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    const node = tree.nodes[index];
    if (!node) continue;
    placed.push({ node, index });
    stack.push(...node.children.toReversed());
  }
  topDownOf.set(tree, placed);
  return placed;
}

/** The figure behind a leaf's score, stage by stage. */
export interface LeafFigures {
  readonly indicator: Indicator;
  /** As observed, in the indicator's unit; null where the city has none. */
  readonly value: number | null;
  /** Year of the observation; null where there is none. */
  readonly year: number | null;
  /** After denomination, imputation and treatment; null where still missing. */
  readonly prepared: number | null;
  readonly imputed: boolean;
  /** What the treatment did to it; `NONE` where it left it alone. */
  readonly treatment: TreatmentAction;
}

/** A city's score at one node of the tree. */
export interface NodeScore {
  /** Code of the node. */
  readonly node: string;
  readonly frameworkNode: FrameworkNode;
  /** 0 for the root. */
  readonly depth: number;
  /** Null where the city has no value there. */
  readonly score: number | null;
  /** Among the ranked cities; null where the score is. */
  readonly rank: number | null;
  /** Among its siblings, adding to 1. */
  readonly weight: number;
  /** Product of the weights from the root down. */
  readonly effectiveWeight: number;
  /** Null for an inner node. */
  readonly figures: LeafFigures | null;
}

/** An indicator whose value was changed before normalisation. */
export interface TreatedValue {
  readonly indicatorCode: string;
  readonly action: TreatmentAction;
}

/** Place of a city's leaf `j` in the tables of a result. */
const cellOf = ({ cities }: RankingResult, j: number, row: number): number => j * cities.length + row;

const actionAt = ({ treatment }: RankingResult, cell: number): TreatmentAction =>
  treatmentActionOf(treatment[cell] ?? 0);

/** A city's score at a node. Computed when asked for: a ranking has a thousand of them, and ranks of a node take a sort. */
class ScoreAtNode implements NodeScore {
  constructor(
    private readonly ranking: Ranking,
    private readonly row: number,
    private readonly place: PlacedNode,
  ) {}

  get node(): string {
    return this.place.node.code;
  }

  get frameworkNode(): FrameworkNode {
    return frameworkNodeOf(this.ranking, this.node);
  }

  get depth(): number {
    return this.place.node.depth;
  }

  get score(): number | null {
    return presentOrNull(this.ranking.result.nodes.columns[this.place.index]?.[this.row]);
  }

  get rank(): number | null {
    return presentOrNull(this.ranking.result.rankOfNode(this.place.index)[this.row]);
  }

  get weight(): number {
    return this.ranking.result.nodes.weights[this.place.index] ?? 0;
  }

  get effectiveWeight(): number {
    return this.ranking.result.nodes.effectiveWeights[this.place.index] ?? 0;
  }

  @Once
  get figures(): LeafFigures | null {
    const { result, data } = this.ranking;
    const { node, index } = this.place;
    const indicator = node.indicator === null ? undefined : data.indicators.get(node.indicator);
    if (!indicator) return null;
    const cell = cellOf(result, result.tree.leaves.indexOf(index), this.row);
    const year = result.stages?.yearUsed[cell] ?? 0;
    return {
      indicator,
      value: presentOrNull(result.stages?.selected[cell]),
      year: year === 0 ? null : year,
      prepared: presentOrNull(result.stages?.treated[cell]),
      imputed: result.imputed[cell] === 1,
      treatment: actionAt(result, cell),
    };
  }
}

/** One ranked city. Everything is computed when asked for, so that a short query stays cheap. */
export class RankedCity {
  constructor(
    readonly ranking: Ranking,
    /** Its index in the result's cities. */
    readonly row: number,
  ) {}

  @Once
  get city(): City {
    return cityOf(this.ranking, this.ranking.result.cities[this.row]?.code ?? '');
  }

  get rank(): number | null {
    return presentOrNull(this.ranking.result.ranks[this.row]);
  }

  get score(): number | null {
    const { nodes, tree } = this.ranking.result;
    return presentOrNull(nodes.columns[tree.root]?.[this.row]);
  }

  get availability(): number {
    return this.ranking.result.availability[this.row] ?? 0;
  }

  /** Codes of the indicators that were imputed. */
  get imputed(): string[] {
    const { indicators, imputed } = this.ranking.result;
    return indicators.filter((_, j) => imputed[this.#cell(j)] === 1).map((indicator) => indicator.code);
  }

  /** What was treated, and how. */
  @Once
  get treated(): TreatedValue[] {
    const { result } = this.ranking;
    return result.indicators
      .map((indicator, j) => ({ indicatorCode: indicator.code, action: actionAt(result, this.#cell(j)) }))
      .filter(({ action }) => action !== 'NONE');
  }

  /** Every node from the root down, parents before their children. */
  @Once
  get nodeScores(): NodeScore[] {
    return topDown(this.ranking.result.tree).map((place) => new ScoreAtNode(this.ranking, this.row, place));
  }

  #cell(j: number): number {
    return cellOf(this.ranking.result, j, this.row);
  }
}

/** A node's scores and ranks as lists, in rank order. */
export interface NodeColumn {
  readonly node: string;
  readonly scores: readonly (number | null)[];
  readonly ranks: readonly (number | null)[];
}

/** A selected city that could not be ranked. */
export interface UnrankedRow {
  readonly city: City;
  readonly code: UnrankedReason;
  readonly reason: string;
}

/** A warning with null where it is about no indicator or node. */
export interface WarningRow {
  readonly code: Warning['code'];
  readonly message: string;
  readonly indicator: string | null;
  readonly node: string | null;
}

/** A page of the ranked cities, best first. */
export function rankedRows(ranking: Ranking, request: PageRequest): Page<RankedCity> {
  const { result, digest } = ranking;
  const rows = listOf(result.order, (row) => new RankedCity(ranking, row));
  // The digest stands in the cursor, so that a cursor of another ranking is refused.
  const scope = `ranking:${digest.slice(0, 16)}`;
  return pageOf(rows, { scope, keyOf: (row) => row.city.code, valueOf: (row) => row.rank }, request);
}

/** A loop, since `Array.from` with a function takes several times as long for a typed array. */
function listOf<T>(order: Int32Array, read: (row: number) => T): T[] {
  const list: T[] = [];
  for (const row of order) list.push(read(row));
  return list;
}

/** The ranked cities as parallel lists in rank order. */
export class RankingColumns {
  constructor(private readonly ranking: Ranking) {}

  get cityCodes(): string[] {
    const { order, cities } = this.ranking.result;
    return listOf(order, (row) => cities[row]?.code ?? '');
  }

  get ranks(): (number | null)[] {
    return this.#inOrder(this.ranking.result.ranks);
  }

  get scores(): (number | null)[] {
    const { nodes, tree } = this.ranking.result;
    return this.#inOrder(nodes.columns[tree.root]);
  }

  /** Every node from the root down, parents before their children. */
  @Once
  get nodes(): NodeColumn[] {
    const { tree, nodes } = this.ranking.result;
    return topDown(tree).map(({ node, index }) => ({
      node: node.code,
      scores: this.#inOrder(nodes.columns[index]),
      ranks: this.#inOrder(this.ranking.result.rankOfNode(index)),
    }));
  }

  #inOrder(values: Float64Array | undefined): (number | null)[] {
    return listOf(this.ranking.result.order, (row) => presentOrNull(values?.[row]));
  }
}

/** The selected cities without a rank, in code order. */
export function unrankedRows({ result, data }: Ranking): UnrankedRow[] {
  return result.unranked.flatMap(({ city: { code: cityCode }, code, reason }) => {
    const city = data.cities.get(cityCode);
    return city ? [{ city, code, reason }] : [];
  });
}

/** The warnings of a ranking. */
export function warningRows({ result }: Ranking): WarningRow[] {
  return result.warnings.map(({ code, message, indicator, node }) => ({
    code,
    message,
    indicator: indicator ?? null,
    node: node ?? null,
  }));
}
