import { aggregateTree, leavesBelow, runMethod, type NodeScores } from '../aggregate';
import { entryOf, itemAt } from '../lookup';
import { at, atInt, columnAt } from '../numeric/at';
import {
  normaliseColumn,
  runPipeline,
  treatColumns,
  type PanelRun,
  type RankingResult,
  type StageTables,
} from '../pipeline';
import { rankOptionsOf, rankScores } from '../ranks';
import { stagesOf } from '../stages';
import { leafSlotsOf, modelsBelow, silentContext, type NodeModel } from './node-model';

/** A city's value of one leaf on its denominated natural scale, as it is to be instead. */
export interface ValueChange {
  /** Leaf slot. */
  readonly leaf: number;
  readonly value: number;
}

/** Where the city stands after changes. */
export interface Outcome {
  /** `Infinity` where it is not ranked. */
  readonly rank: number;
  /** Oriented so that more is better; `-Infinity` where there is none. */
  readonly score: number;
}

/**
 * Ranks anew after changes to one city's values. Where nothing but the changed columns can move before the aggregation
 * (no gap was imputed, no statistics come from other years, no changed indicator divides another), only those are treated
 * and normalised anew, by the pipeline's own functions, and the tree is aggregated whole: the same figures as a full run,
 * in a fraction of its time. Otherwise the whole pipeline runs.
 */
export class Rerun {
  /** Rankings made so far, by either way. */
  runs = 0;
  private readonly stages: StageTables;
  private readonly codes: readonly string[];
  private readonly isNatural: readonly boolean[];
  private readonly costs: Uint8Array;
  private readonly imputes: boolean;
  private readonly normalised: readonly Float64Array[];
  private readonly natural: readonly Float64Array[];
  private readonly models: readonly NodeModel[];
  private readonly slots: ReadonlyMap<number, number>;
  private readonly slotsBelow: ReadonlyMap<number, ReadonlySet<number>>;
  private readonly childCodes: ReadonlyMap<number, readonly string[]>;

  /**
   * @param run what the ranking was made of
   * @param result the ranking, with its stages
   * @param city index of the city in `result.cities`
   */
  constructor(
    private readonly run: PanelRun,
    readonly result: RankingResult,
    readonly city: number,
  ) {
    const { normalise } = result.methodology;
    this.stages = stagesOf(result);
    this.codes = result.cities.map(({ code }) => code);
    this.isNatural = result.indicators.map(
      ({ code }) => (normalise.overrides.find((rule) => rule.indicators.includes(code)) ?? normalise).method === 'NONE',
    );
    this.costs = Uint8Array.from(result.indicators, ({ direction }) => (direction === -1 ? 1 : 0));
    this.imputes = result.imputed.includes(1);
    const { tree } = result;
    const n = result.cities.length;
    this.normalised = tree.leaves.map((leaf) => columnAt(result.nodes.columns, leaf));
    this.natural = tree.leaves.map((_, leaf) => this.stages.treated.subarray(leaf * n, (leaf + 1) * n));
    this.models = modelsBelow(result, tree.root);
    this.slots = leafSlotsOf(result);
    this.slotsBelow = new Map(
      this.models.map(({ node }) => [node, new Set(leavesBelow(tree, node).map((leaf) => entryOf(this.slots, leaf)))]),
    );
    this.childCodes = new Map(
      this.models.map(({ node, members }) => [node, members.map((member) => itemAt(tree.nodes, member).code)]),
    );
  }

  /** The city's denominated value of a leaf; `NaN` where it has none. */
  valueOf(leaf: number): number {
    return at(this.stages.denominated, this.cell(leaf));
  }

  /** The value in the indicator's own unit, before any denomination, that gives a denominated value; `NaN` where the city's own is 0, of which it cannot be told. */
  rawValueOf(leaf: number, value: number): number {
    const { code } = itemAt(this.result.indicators, leaf);
    if (!this.result.methodology.denominate.some(({ indicator }) => indicator === code)) return value;
    const own = this.valueOf(leaf);
    return own === 0 ? NaN : value * (at(this.stages.selected, this.cell(leaf)) / own);
  }

  /** Whether a leaf can be changed: the city has a value, and it is known what an own unit is worth. */
  canChange(leaf: number): boolean {
    const value = this.valueOf(leaf);
    return !Number.isNaN(value) && !Number.isNaN(this.rawValueOf(leaf, value));
  }

  /** The city's rank after the changes; `Infinity` where it has none. */
  rank(changes: readonly ValueChange[]): number {
    return this.outcome(changes).rank;
  }

  /** The city's rank and score after the changes. */
  outcome(changes: readonly ValueChange[]): Outcome {
    return changes.every(({ leaf }) => this.isLocal(leaf)) ? this.localOutcome(changes) : this.fullOutcome(changes);
  }

  /** The same by the whole pipeline on an edited panel: what a ranking of the changed data says. */
  fullRank(changes: readonly ValueChange[]): number {
    return this.fullOutcome(changes).rank;
  }

  private fullOutcome(changes: readonly ValueChange[]): Outcome {
    const result = this.fullRun(changes);
    const { code } = itemAt(this.result.cities, this.city);
    return this.outcomeOf(
      result.nodes,
      result.ranks,
      result.cities.findIndex((city) => city.code === code),
    );
  }

  private outcomeOf(scores: Scores, ranks: Float64Array, city: number): Outcome {
    this.runs++;
    const { root } = this.result.tree;
    const score = at(columnAt(scores.columns, root), city);
    const rank = at(ranks, city);
    return {
      rank: Number.isNaN(rank) ? Infinity : rank,
      score: Number.isNaN(score) ? -Infinity : scores.lowerIsBetter[root] === true ? -score : score,
    };
  }

  private fullRun(changes: readonly ValueChange[]): RankingResult {
    const { panel } = this.run;
    const { code } = itemAt(this.result.cities, this.city);
    const i = panel.cities.findIndex((city) => city.code === code);
    const values = panel.values.slice();
    for (const { leaf, value } of changes) {
      const indicator = itemAt(this.result.indicators, leaf).code;
      const j = panel.indicators.findIndex((candidate) => candidate.code === indicator);
      const y = panel.years.indexOf(atInt(this.stages.yearUsed, this.cell(leaf)));
      values[(y * panel.indicators.length + j) * panel.cities.length + i] = this.rawValueOf(leaf, value);
    }
    return runPipeline({ ...this.run, panel: { ...panel, values }, keepStages: false });
  }

  private localOutcome(changes: readonly ValueChange[]): Outcome {
    const { result, city, stages } = this;
    const { cities, indicators, methodology, tree } = result;
    const n = cities.length;
    const normalised = [...this.normalised];
    const natural = [...this.natural];
    for (const { leaf, value } of changes) {
      const indicator = itemAt(indicators, leaf);
      const column = stages.denominated.slice(leaf * n, (leaf + 1) * n);
      column[city] = value;
      const treated = treatColumns(column, new Uint8Array(n), n, [indicator], methodology, SILENT);
      const out = new Float64Array(n);
      const rule =
        methodology.normalise.overrides.find((override) => override.indicators.includes(indicator.code)) ??
        methodology.normalise;
      normaliseColumn(treated, null, out, rule, {
        ...silentContext,
        indicator,
        sign: indicator.direction === -1 ? -1 : 1,
        cities,
      });
      normalised[leaf] = out;
      natural[leaf] = treated;
    }
    // A node that decides ties need not be one that the index is computed from.
    const alongPaths = VALUE_FREE.has(methodology.weight.method) && methodology.rank.tieBreaker === null;
    const scores = alongPaths
      ? this.scorePaths(changes, normalised, natural)
      : aggregateTree(
          { cities, normalised, natural, isNatural: this.isNatural, costs: this.costs },
          { tree, methodology, contextOf: () => silentContext },
        );
    const { ranks } = rankScores(
      columnAt(scores.columns, tree.root),
      this.codes,
      rankOptionsOf(methodology.rank, tree, scores, tree.root),
    );
    return this.outcomeOf(scores, ranks, city);
  }

  /** Scores only the nodes above the changed leaves; the weights are as they were. */
  private scorePaths(
    changes: readonly ValueChange[],
    normalised: readonly Float64Array[],
    natural: readonly Float64Array[],
  ): Scores {
    const { tree, nodes, cities } = this.result;
    const columns = [...nodes.columns];
    tree.leaves.forEach((leaf, slot) => (columns[leaf] = columnAt(normalised, slot)));
    for (const model of this.models) {
      const below = entryOf(this.slotsBelow, model.node);
      if (!changes.some(({ leaf }) => below.has(leaf))) continue;
      const out = new Float64Array(cities.length);
      runMethod({
        ...model,
        columns: model.members.map((member) => {
          if (model.natural) return columnAt(natural, entryOf(this.slots, member));
          const column = columnAt(columns, member);
          return nodes.lowerIsBetter[member] === true ? column.map((value) => -value) : column;
        }),
        children: entryOf(this.childCodes, model.node),
        codesOf: () => this.codes,
        out,
        context: silentContext,
      });
      columns[model.node] = out;
    }
    return { columns, lowerIsBetter: nodes.lowerIsBetter };
  }

  private cell(leaf: number): number {
    return leaf * this.result.cities.length + this.city;
  }

  private isLocal(leaf: number): boolean {
    const { methodology, indicators } = this.result;
    const { code } = itemAt(indicators, leaf);
    return (
      !this.imputes && methodology.normalise.basis === null && !methodology.denominate.some((rule) => rule.by === code)
    );
  }
}

const SILENT = { context: () => silentContext };

/** Weightings that read no values, so that changes of values leave the weights as they were. */
const VALUE_FREE: ReadonlySet<string> = new Set(['GIVEN', 'EQUAL', 'HIERARCHICAL']);
type Scores = Pick<NodeScores, 'columns' | 'lowerIsBetter'>;
