import { aggregateTree, givenWeights, ruleFor, type LeafColumns, type NodeScores } from '../aggregate';
import { ScoringError } from '../errors';
import { silentContext } from '../explanation/node-model';
import { entryOf, itemAt } from '../lookup';
import type { Methodology } from '../methodology';
import { at, columnAt } from '../numeric/at';
import { pipelineCost, runPipeline, runTable, type PanelRun, type RankingResult, type TableRun } from '../pipeline';
import { rankOptionsOf, rankScores } from '../ranks';
import { stagesOf } from '../stages';
import type { Tree } from '../tree';
import type { Alternative, Choice } from './choices';
import { MeanTree } from './mean-tree';

/** What a ranking is made of: a panel or a ready table. */
export type RankingRun = PanelRun | TableRun;

/** Runs either. */
export function rerun(run: RankingRun, methodology: Methodology): RankingResult {
  return 'panel' in run
    ? runPipeline({ ...run, methodology, keepStages: true })
    : runTable({ ...run, methodology, keepStages: true, keepLeaves: true });
}

/** Bytes of normalised leaves that a {@link ScenarioRunner} keeps. */
const KEPT_COLUMN_BYTES = 256 * 2 ** 20;

/** Combinations of imputation, treatment and normalisation of which the leaves are kept, over `n` cities and `m` leaves. */
function keptCombinations(n: number, m: number, keptBytes = KEPT_COLUMN_BYTES): number {
  // Normalised and on the natural scale.
  return Math.max(1, Math.floor(keptBytes / (16 * Math.max(1, n * m))));
}

/**
 * Ranks the same cities by changed methodologies. Imputation, treatment and normalisation are computed once for each of their
 * combinations and kept, as many as there is room for; a scenario then costs its aggregation alone. Ranks are those of a whole
 * run, to the last bit.
 */
export class ScenarioRunner {
  readonly nominal: RankingResult;
  /** Codes of the scored cities. */
  readonly cities: readonly string[];
  readonly #columns = new Map<string, LeafColumns>();
  readonly #weights = new Map<string, Float64Array>();
  #own: Scenario | null = null;

  readonly #kept: number;

  /**
   * @param keptBytes of leaves; those of one combination are kept however many they are
   * @throws ScoringError as the pipeline, for the nominal methodology
   */
  constructor(
    private readonly run: RankingRun,
    keptBytes?: number,
  ) {
    this.nominal = rerun(run, run.methodology);
    this.cities = this.nominal.cities.map(({ code }) => code);
    this.#kept = keptCombinations(this.cities.length, run.tree.leaves.length, keptBytes);
  }

  /**
   * Ranks by city, in the order of {@link cities}; `NaN` = unranked.
   * @param alternatives laid over the methodology one after the other; the last one that names a part wins
   * @param multipliers by node of the tree: what its weight is multiplied by before siblings are made to add to 1; all 1 where
   * left out
   * @throws ScoringError `PRECONDITION_FAILED` where a method is not defined on the values that another one gives,
   * `WEIGHTS_INVALID` where no weight is left
   */
  ranks(alternatives: readonly Alternative[], multipliers?: Float64Array): Float64Array {
    const scenario = alternatives.length === 0 ? (this.#own ??= this.scenario([])) : this.scenario(alternatives);
    return scenario.ranks(multipliers);
  }

  /**
   * The same for one set of alternatives, to be ranked by multipliers again and again.
   * @param noisy gives the leaves of a recipe where the data are not as observed. Weights are then those that the data as observed
   * give.
   * @throws ScoringError as {@link ranks}
   */
  scenario(alternatives: readonly Alternative[], noisy?: (methodology: Methodology) => LeafColumns): Scenario {
    const methodology = changed(this.run.methodology, alternatives);
    return new Scenario({
      tree: this.run.tree,
      cities: this.cities,
      methodology,
      leaves: noisy?.(methodology) ?? this.leafColumns(methodology),
      leftOut: alternatives.flatMap(({ leftOut }) => leftOut ?? []),
      holdsWeights: noisy !== undefined,
      baseWeights: () => this.baseWeights(methodology, this.leafColumns(methodology)),
    });
  }

  private leafColumns(methodology: Methodology): LeafColumns {
    const { impute, treat, normalise } = methodology;
    const key = JSON.stringify([impute, treat, normalise]);
    const known = this.#columns.get(key);
    if (known) return known;
    const columns = leafColumnsOf(this.run, methodology);
    const [oldest] = this.#columns.keys();
    if (oldest !== undefined && this.#columns.size >= this.#kept) this.#columns.delete(oldest);
    this.#columns.set(key, columns);
    return columns;
  }

  /** The weights that multipliers are laid over, by node: those of the tree, or as they come out of a data-driven weighting. */
  private baseWeights(methodology: Methodology, leaves: LeafColumns): Float64Array {
    const { tree } = this.run;
    const { impute, treat, normalise, weight, aggregate } = methodology;
    if (weight.method === 'GIVEN') return givenWeights(tree, weight.weights);
    const key = JSON.stringify([impute, treat, normalise, weight, aggregate]);
    const known = this.#weights.get(key);
    if (known) return known;
    const { weights, effectiveWeights } = aggregateTree(leaves, { tree, methodology, contextOf: () => silentContext });
    const base = weights.slice();
    const overLeaves = tree.nodes.filter(
      (node) => node.children.length > 0 && ruleFor(aggregate, node).over === 'LEAVES',
    );
    if (overLeaves.some(({ depth }) => depth === 0)) {
      // The root weighs its leaves along their path: each inner node carries the sum of what is below it.
      tree.nodes.forEach((node, index) => {
        base[index] =
          node.children.length === 0
            ? at(effectiveWeights, index)
            : node.children.reduce((sum, child) => sum + at(base, child), 0);
      });
    } else if (overLeaves.length > 0) {
      const message = `${weight.method} weighs the leaves of a node below the root at once, and those weights cannot be changed one by one.`;
      throw new ScoringError('PRECONDITION_FAILED', `${message} Allowed: given weights, or over: CHILDREN.`, [
        { path: 'recipe.weight', value: weight.method, message, allowed: 'given weights, or over: CHILDREN' },
      ]);
    }
    this.#weights.set(key, base);
    return base;
  }
}

/** The methodology with the alternatives' parts in place of its own. */
export function changed(methodology: Methodology, alternatives: readonly Alternative[]): Methodology {
  return alternatives.reduce((merged, { change }) => ({ ...merged, ...change }), methodology);
}

/** The normalised leaves that a methodology gives, whatever it does with them then. */
function leafColumnsOf(run: RankingRun, methodology: Methodology): LeafColumns {
  // Equal weights and arithmetic means are defined on any values, so that only the leaves' own methods can refuse.
  const result = rerun(run, {
    ...methodology,
    weight: { method: 'EQUAL', parameters: {}, weights: [] },
    aggregate: [
      { level: 1, node: null, method: 'ARITHMETIC', parameters: {}, minimumAvailability: 0, over: 'CHILDREN' },
    ],
  });
  const { tree, cities, indicators, nodes } = result;
  const { treated } = stagesOf(result);
  const n = cities.length;
  const normalised = tree.leaves.map((leaf) => columnAt(nodes.columns, leaf));
  return {
    cities,
    normalised,
    natural: indicators.map((_, j) => treated.subarray(j * n, (j + 1) * n)),
    costs: Uint8Array.from(indicators, ({ direction }) => (direction === -1 ? 1 : 0)),
    isNatural: indicators.map(({ code }) => {
      const { normalise } = methodology;
      return (normalise.overrides.find((rule) => rule.indicators.includes(code)) ?? normalise).method === 'NONE';
    }),
    complete: normalised.map((column) => !column.some(Number.isNaN)),
  };
}

/** What a {@link Scenario} is made of. */
interface ScenarioParts {
  readonly tree: Tree;
  readonly cities: readonly string[];
  readonly methodology: Methodology;
  readonly leaves: LeafColumns;
  /** Codes of nodes. */
  readonly leftOut: readonly string[];
  /** True: weights are the base weights even where nothing is multiplied. */
  readonly holdsWeights: boolean;
  readonly baseWeights: () => Float64Array;
}

/** A recipe over leaves that stay, to be ranked by one set of weights after another. */
export class Scenario {
  /** By node, before anything is multiplied: 0 for what is left out. */
  #base: Float64Array | null = null;
  /** By node, what {@link MeanTree} was made for; it is not looked for again where it is null. */
  #mean: { readonly tree: MeanTree | null; readonly hasWeight: Uint8Array } | null = null;
  readonly #weights: Float64Array;
  readonly #lowerIsBetter: readonly boolean[];

  constructor(private readonly parts: ScenarioParts) {
    this.#weights = new Float64Array(parts.tree.nodes.length);
    this.#lowerIsBetter = parts.tree.nodes.map(() => false);
  }

  /** See {@link ScenarioRunner.ranks}. */
  ranks(multipliers?: Float64Array): Float64Array {
    const { methodology, leaves, tree, leftOut, holdsWeights } = this.parts;
    if (multipliers === undefined && leftOut.length === 0 && !holdsWeights)
      return this.#rank(aggregateTree(leaves, { tree, methodology, contextOf: () => silentContext }));
    const weights = this.#weigh(multipliers);
    const mean = this.#meanFor(weights);
    if (mean === null) {
      const { weight } = methodology;
      const given = { ...methodology, weight: givenTo(tree, weight, weights) };
      return this.#rank(aggregateTree(leaves, { tree, methodology: given, contextOf: () => silentContext }));
    }
    mean.score(weights);
    return this.#rank({ columns: mean.columns, lowerIsBetter: this.#lowerIsBetter });
  }

  #rank(scores: Pick<NodeScores, 'columns' | 'lowerIsBetter'>): Float64Array {
    const { methodology, tree, cities } = this.parts;
    const options = rankOptionsOf(methodology.rank, tree, scores, tree.root);
    return rankScores(columnAt(scores.columns, tree.root), cities, options).ranks;
  }

  /** Weights by node; a parent of which nothing is left goes too, and its children weigh anything. Used again by the next call. */
  #weigh(multipliers: Float64Array | undefined): Float64Array {
    const { tree } = this.parts;
    const base = (this.#base ??= this.#baseWithout());
    const weights = this.#weights;
    for (let index = 0; index < weights.length; index++)
      weights[index] = at(base, index) * (multipliers === undefined ? 1 : at(multipliers, index));
    // Children stand before their parents.
    for (let index = 0; index < weights.length; index++) {
      const { children } = itemAt(tree.nodes, index);
      if (index === tree.root || children.length === 0 || children.some((child) => at(weights, child) > 0)) continue;
      weights[index] = 0;
      for (const child of children) weights[child] = 1;
    }
    return weights;
  }

  #baseWithout(): Float64Array {
    const { tree, leftOut, baseWeights } = this.parts;
    const base = baseWeights().slice();
    for (const code of leftOut) base[entryOf(tree.indexOf, code)] = 0;
    return base;
  }

  /** The fast way to scores; null where it is not known to be right for these weights. */
  #meanFor(weights: Float64Array): MeanTree | null {
    const { tree, methodology, leaves } = this.parts;
    if (this.#mean === null) {
      const hasWeight = Uint8Array.from(weights, (weight) => (weight > 0 ? 1 : 0));
      this.#mean = { tree: MeanTree.of(tree, methodology, leaves, (node) => hasWeight[node] === 1), hasWeight };
    }
    const { tree: mean, hasWeight } = this.#mean;
    for (let index = 0; mean !== null && index < weights.length; index++)
      if (index !== tree.root && at(weights, index) > 0 !== (hasWeight[index] === 1)) return null;
    return mean;
  }
}

function givenTo(tree: Tree, weight: Methodology['weight'], values: Float64Array): Methodology['weight'] {
  return {
    ...weight,
    method: 'GIVEN',
    parameters: {},
    weights: tree.nodes.flatMap((node, index) =>
      index === tree.root ? [] : [{ node: node.code, weight: at(values, index) }],
    ),
  };
}

/** Bytes of leaves that a {@link ScenarioRunner} keeps at most, of `scored` cities, in a run of these choices. */
export function scenarioBytes(tree: Tree, choices: readonly Choice[], scored: number): number {
  const m = tree.leaves.length;
  return 16 * scored * m * Math.min(1 + stageCombinations(choices), keptCombinations(scored, m));
}

/** How many combinations of the stages before the aggregation the choices have. */
function stageCombinations(choices: readonly Choice[]): number {
  const stageKey = ({ change }: Alternative): string =>
    JSON.stringify([change.impute ?? null, change.treat ?? null, change.normalise ?? null]);
  return choices.reduce(
    (product, { alternatives }) => product * Math.max(1, new Set(alternatives.map(stageKey)).size),
    1,
  );
}

/**
 * Cell operations of `runs` scenarios by a {@link ScenarioRunner} over `n` cities: each combination of the stages before the
 * aggregation once, and an aggregation for each scenario.
 * @param scored how many of the cities are past the screening, where that is known
 * @param shuffled whether the combinations come in any order, so that one may be computed again where there is no room to keep all
 */
export function scenarioCost(
  methodology: Methodology,
  tree: Tree,
  n: number,
  choices: readonly Choice[],
  runs: number,
  scored = n,
  shuffled = false,
): number {
  const combinations = stageCombinations(choices);
  const aggregation: Methodology = {
    ...methodology,
    impute: { method: 'NONE', parameters: {} },
    treat: { method: 'NONE', parameters: {}, overrides: [] },
    normalise: { method: 'NONE', parameters: {}, overrides: [], basis: null },
  };
  // A ranking sorts, and a node costs something however few the cities.
  const each = pipelineCost(aggregation, tree, scored) + 8 * scored + 50 * tree.nodes.length;
  const again = shuffled && combinations > keptCombinations(scored, tree.leaves.length);
  const prepared = 1 + (again ? runs : Math.min(combinations, runs));
  return prepared * pipelineCost(methodology, tree, n) + runs * each;
}
