import type { City, FrameworkNode, Indicator } from '../entities';
import {
  contributionsAt,
  leastGapCost,
  ruleFor,
  treatmentActionOf,
  type Counterfactual,
  type GapMethod,
  type IntermediateTable,
  type NodeContributions,
  type RankingResult,
  type ReachingChange,
  type TreatmentAction,
  type TreeNode,
} from '../scoring';
import { cityOf, finiteOrNull, frameworkNodeOf } from './city-rows';
import { partRows, type IndicatorPart } from './comparison-view';
import { Once } from './once';
import { topDown } from './ranking-view';
import type { Budget, Ranking } from './ranking.service';

/** Every stage's value of one indicator for one city. */
export interface IndicatorStages {
  readonly indicator: Indicator;
  readonly node: FrameworkNode;
  /** As observed, in the indicator's unit; null where the city has none. */
  readonly raw: number | null;
  readonly year: number | null;
  readonly denominated: number | null;
  readonly imputed: number | null;
  readonly wasImputed: boolean;
  readonly treated: number | null;
  readonly treatment: TreatmentAction;
  readonly normalised: number | null;
  /** Among the ranked cities, by normalised value. */
  readonly rank: number | null;
  readonly effectiveWeight: number;
  /** Normalised value × effective weight; null where there is no value. */
  readonly weighted: number | null;
}

/** A method's intermediate figures for one city. */
export interface IntermediateRow {
  readonly caption: string;
  readonly symbol: string;
  readonly ofCity: boolean;
  readonly columns: readonly string[];
  readonly values: readonly (number | null)[];
}

/** A node of the tree as it came about for one city. */
export class NodeExplanation {
  #told: NodeContributions | null | undefined;

  constructor(
    private readonly ranking: Ranking,
    private readonly row: number,
    private readonly index: number,
    private readonly treeNode: TreeNode,
    private readonly budget: Budget,
  ) {}

  get node(): string {
    return this.treeNode.code;
  }

  get frameworkNode(): FrameworkNode {
    return frameworkNodeOf(this.ranking, this.treeNode.code);
  }

  get depth(): number {
    return this.treeNode.depth;
  }

  get aggregation(): string {
    return ruleFor(this.ranking.result.methodology.aggregate, this.treeNode).method;
  }

  get score(): number | null {
    return finiteOrNull(this.ranking.result.nodes.columns[this.index]?.[this.row]);
  }

  get rank(): number | null {
    return finiteOrNull(this.ranking.result.rankOfNode(this.index)[this.row]);
  }

  get weight(): number {
    return this.ranking.result.nodes.weights[this.index] ?? 0;
  }

  get effectiveWeight(): number {
    return this.ranking.result.nodes.effectiveWeights[this.index] ?? 0;
  }

  get mean(): number | null {
    return finiteOrNull(this.#contributions?.mean);
  }

  get method(): GapMethod | null {
    return this.#contributions?.method ?? null;
  }

  @Once
  get contributions(): IndicatorPart[] {
    const told = this.#contributions;
    return told === null ? [] : partRows(this.ranking, this.index, told.parts);
  }

  @Once
  get intermediates(): IntermediateRow[] {
    const { result } = this.ranking;
    const column = result.nodes.columns[this.index] ?? new Float64Array(0);
    const scored = Array.from(column.keys()).filter((i) => !Number.isNaN(column[i] ?? NaN));
    return (result.intermediates.get(this.treeNode.code) ?? []).flatMap((table): IntermediateRow[] => {
      const values = rowOfTable(table, this.row, column.length, scored);
      return values === null
        ? []
        : [
            {
              caption: table.caption,
              symbol: table.symbol,
              ofCity: table.rows === 'CITY',
              columns: table.columns,
              values,
            },
          ];
    });
  }

  get #contributions(): NodeContributions | null {
    if (this.#told !== undefined) return this.#told;
    const { result } = this.ranking;
    const cost = result.cities.length * leastGapCost(result, this.index);
    this.budget.checkBudget(cost, `explanation of ${this.treeNode.code}`);
    this.#told = contributionsAt(result, this.index, this.row);
    return this.#told;
  }
}

/** The city's row of a table of cities, or the only row of another; a method that needs complete rows leaves the other cities out. */
function rowOfTable(
  { rows, columns, values }: IntermediateTable,
  row: number,
  n: number,
  scored: readonly number[],
): (number | null)[] | null {
  if (rows === 'NONE') return Array.from(values, (value) => finiteOrNull(value));
  const height = columns.length === 0 ? 0 : values.length / columns.length;
  const position = height === n ? row : height === scored.length ? scored.indexOf(row) : -1;
  return position < 0 ? null : columns.map((_, j) => finiteOrNull(values[j * height + position]));
}

/** Why a city stands where it does. */
export class Explanation {
  readonly city: City;

  constructor(
    readonly ranking: Ranking,
    private readonly row: number,
    private readonly budget: Budget,
  ) {
    this.city = cityOf(ranking, ranking.result.cities[row]?.code ?? '');
  }

  get rank(): number | null {
    return finiteOrNull(this.ranking.result.ranks[this.row]);
  }

  get score(): number | null {
    const { nodes, tree } = this.ranking.result;
    return finiteOrNull(nodes.columns[tree.root]?.[this.row]);
  }

  /** In the tree's order. */
  @Once
  get indicators(): IndicatorStages[] {
    const { result, data } = this.ranking;
    const { tree, nodes, stages, cities } = result;
    return tree.leaves.flatMap((leaf, slot): IndicatorStages[] => {
      const indicator = data.indicators.get(result.indicators[slot]?.code ?? '');
      if (!indicator) return [];
      const cell = slot * cities.length + this.row;
      const year = stages?.yearUsed[cell] ?? 0;
      const normalised = finiteOrNull(stages?.normalised[cell]);
      const effectiveWeight = nodes.effectiveWeights[leaf] ?? 0;
      return [
        {
          indicator,
          node: frameworkNodeOf(this.ranking, tree.nodes[leaf]?.code ?? ''),
          raw: finiteOrNull(stages?.selected[cell]),
          year: year === 0 ? null : year,
          denominated: finiteOrNull(stages?.denominated[cell]),
          imputed: finiteOrNull(stages?.imputed[cell]),
          wasImputed: result.imputed[cell] === 1,
          treated: finiteOrNull(stages?.treated[cell]),
          treatment: treatmentActionOf(result.treatment[cell] ?? 0),
          normalised,
          rank: finiteOrNull(result.rankOfNode(leaf)[this.row]),
          effectiveWeight,
          weighted: normalised === null ? null : normalised * effectiveWeight,
        },
      ];
    });
  }

  /** The inner nodes from the root down. */
  @Once
  get nodes(): NodeExplanation[] {
    return topDown(this.ranking.result.tree)
      .filter(({ node }) => node.children.length > 0)
      .map(({ node, index }) => new NodeExplanation(this.ranking, this.row, index, node, this.budget));
  }
}

/** One indicator's change. */
export interface ChangeRow {
  readonly indicator: Indicator;
  readonly from: number;
  readonly to: number;
  readonly deviations: number;
}

/** A change that gives a city the rank asked for. */
export interface ReachingChangeView {
  readonly changes: readonly ChangeRow[];
  readonly size: number;
  readonly rank: number;
  readonly rankShortOf: number;
}

/** What one indicator can do alone. */
export interface ReachRow {
  readonly indicator: Indicator;
  readonly from: number;
  readonly limit: number;
  readonly rank: number;
  readonly reaches: boolean;
  readonly monotone: boolean;
}

/** The smallest changes that give a city a rank. */
export interface CounterfactualView {
  readonly city: City;
  readonly rank: number;
  readonly targetRank: number;
  readonly single: ReachingChangeView | null;
  readonly pair: ReachingChangeView | null;
  readonly reach: readonly ReachRow[];
  readonly withoutValue: readonly Indicator[];
  readonly runs: number;
}

/** {@link Counterfactual} with indicators in place of indices. */
export function counterfactualView(ranking: Ranking, row: number, found: Counterfactual): CounterfactualView {
  const { result, data } = ranking;
  const indicatorOf = (leaf: number): Indicator => {
    const indicator = data.indicators.get(result.indicators[leaf]?.code ?? '');
    if (!indicator) throw new Error('A leaf has no indicator.');
    return indicator;
  };
  const change = (reaching: ReachingChange | null): ReachingChangeView | null =>
    reaching && {
      ...reaching,
      changes: reaching.changes.map(({ leaf, ...figures }) => ({ indicator: indicatorOf(leaf), ...figures })),
    };
  return {
    city: cityOf(ranking, result.cities[row]?.code ?? ''),
    rank: found.rank,
    targetRank: found.targetRank,
    single: change(found.single),
    pair: change(found.pair),
    reach: found.reach.map(({ leaf, ...figures }) => ({ indicator: indicatorOf(leaf), ...figures })),
    withoutValue: found.withoutValue.map(indicatorOf),
    runs: found.runs,
  };
}

/** A city before and after. */
export interface WhatIfRow {
  readonly code: string;
  /** Null for a city that was added. */
  readonly city: City | null;
  readonly rankBefore: number | null;
  readonly rankAfter: number | null;
  readonly scoreBefore: number | null;
  readonly scoreAfter: number | null;
  /** `rankBefore − rankAfter`; null where either is. */
  readonly shift: number | null;
  /** The same among the cities ranked both before and after, renumbered. */
  readonly shiftAmongCommon: number | null;
}

/** A ranking after changes, beside the one before. */
export class WhatIf {
  constructor(
    readonly before: Ranking,
    private readonly result: RankingResult,
  ) {}

  /** By the rank after; cities without one last, in the order before. */
  @Once
  get rows(): WhatIfRow[] {
    const { before, result } = this;
    const after = placesOf(result);
    const earlier = placesOf(before.result);
    const codes = [
      ...Array.from(result.order, (row) => result.cities[row]?.code ?? ''),
      ...Array.from(before.result.order, (row) => before.result.cities[row]?.code ?? '').filter(
        (code) => !after.has(code),
      ),
    ];
    const both = codes.filter((code) => after.has(code) && earlier.has(code));
    const placesBefore = renumbered(both, earlier);
    const placesAfter = renumbered(both, after);
    return codes.map((code) => {
      const was = earlier.get(code);
      const is = after.get(code);
      return {
        code,
        city: before.data.cities.get(code) ?? null,
        rankBefore: was?.rank ?? null,
        rankAfter: is?.rank ?? null,
        scoreBefore: was?.score ?? null,
        scoreAfter: is?.score ?? null,
        shift: was && is ? was.rank - is.rank : null,
        shiftAmongCommon: was && is ? (placesBefore.get(code) ?? 0) - (placesAfter.get(code) ?? 0) : null,
      };
    });
  }

  /** Cities that moved among those ranked before and after, appeared or went; the largest move first. */
  @Once
  get moved(): WhatIfRow[] {
    return this.rows.filter(({ shiftAmongCommon }) => shiftAmongCommon !== 0).sort((a, b) => sizeOf(b) - sizeOf(a));
  }
}

function placesOf({ order, cities, ranks, nodes, tree }: RankingResult): Map<string, { rank: number; score: number }> {
  return new Map(
    Array.from(order, (row) => [
      cities[row]?.code ?? '',
      { rank: ranks[row] ?? NaN, score: nodes.columns[tree.root]?.[row] ?? NaN },
    ]),
  );
}

/** Cities that appeared or went come first. */
const sizeOf = ({ shiftAmongCommon }: WhatIfRow): number =>
  shiftAmongCommon === null ? Number.MAX_VALUE : Math.abs(shiftAmongCommon);

/** Competition ranks among some cities. */
function renumbered(
  codes: readonly string[],
  places: ReadonlyMap<string, { readonly rank: number }>,
): Map<string, number> {
  const rankOf = (code: string): number => places.get(code)?.rank ?? NaN;
  return new Map(codes.map((code) => [code, 1 + codes.filter((other) => rankOf(other) < rankOf(code)).length]));
}
