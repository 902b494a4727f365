import { aggregateTree, givenWeights, ruleFor, type LeafColumns } from '../aggregate';
import { ScoringError } from '../errors';
import { silentContext } from '../explanation/node-model';
import { entryOf } from '../lookup';
import type { Methodology } from '../methodology';
import { at, columnAt } from '../numeric/at';
import { pipelineCost, runPipeline, runTable, type PanelRun, type RankingResult, type TableRun } from '../pipeline';
import { rankOptionsOf, rankScores } from '../ranks';
import { stagesOf } from '../stages';
import type { Tree } from '../tree';
import type { Alternative, Choice } from './choices';

/** What a ranking is made of: a panel or a ready table. */
export type RankingRun = PanelRun | TableRun;

/** Runs either. */
export function rerun(run: RankingRun, methodology: Methodology): RankingResult {
  return 'panel' in run
    ? runPipeline({ ...run, methodology, keepStages: true })
    : runTable({ ...run, methodology, keepStages: true, keepLeaves: true });
}

/**
 * Ranks the same cities by changed methodologies. Imputation, treatment and normalisation are computed once for each of their
 * combinations and kept; a scenario then costs its aggregation alone. Ranks are those of a whole run, to the last bit.
 */
export class ScenarioRunner {
  readonly nominal: RankingResult;
  /** Codes of the scored cities. */
  readonly cities: readonly string[];
  readonly #columns = new Map<string, LeafColumns>();
  readonly #weights = new Map<string, Float64Array>();

  /** @throws ScoringError as the pipeline, for the nominal methodology */
  constructor(private readonly run: RankingRun) {
    this.nominal = rerun(run, run.methodology);
    this.cities = this.nominal.cities.map(({ code }) => code);
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
    const methodology = changed(this.run.methodology, alternatives);
    const { tree } = this.run;
    const leaves = this.leafColumns(methodology);
    const factors = withLeftOut(tree, alternatives, multipliers);
    const { weight } = methodology;
    const scores = aggregateTree(leaves, {
      tree,
      methodology:
        factors === null
          ? methodology
          : { ...methodology, weight: multiplied(tree, this.baseWeights(methodology, leaves), factors, weight) },
      contextOf: () => silentContext,
    });
    return rankScores(
      columnAt(scores.columns, tree.root),
      this.cities,
      rankOptionsOf(methodology.rank, tree, scores, tree.root),
    ).ranks;
  }

  private leafColumns(methodology: Methodology): LeafColumns {
    const { impute, treat, normalise } = methodology;
    const key = JSON.stringify([impute, treat, normalise]);
    const known = this.#columns.get(key);
    if (known) return known;
    const columns = leafColumnsOf(this.run, methodology);
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

/** Multipliers with 0 for what is left out, and for a parent of which nothing is left; null where all are 1. */
function withLeftOut(
  tree: Tree,
  alternatives: readonly Alternative[],
  multipliers: Float64Array | undefined,
): Float64Array | null {
  const left = alternatives.flatMap(({ leftOut }) => leftOut ?? []);
  if (left.length === 0) return multipliers ?? null;
  const factors = multipliers?.slice() ?? new Float64Array(tree.nodes.length).fill(1);
  for (const code of left) factors[entryOf(tree.indexOf, code)] = 0;
  return factors;
}

function multiplied(
  tree: Tree,
  base: Float64Array,
  factors: Float64Array,
  weight: Methodology['weight'],
): Methodology['weight'] {
  const values = base.map((value, index) => value * at(factors, index));
  // Children stand before their parents: a parent of which nothing is left goes too, and its children weigh anything.
  tree.nodes.forEach((node, index) => {
    if (node.children.length === 0 || node.children.some((child) => at(values, child) > 0)) return;
    if (index !== tree.root) {
      values[index] = 0;
      for (const child of node.children) values[child] = 1;
    }
  });
  return {
    ...weight,
    method: 'GIVEN',
    parameters: {},
    weights: tree.nodes.flatMap((node, index) =>
      index === tree.root ? [] : [{ node: node.code, weight: at(values, index) }],
    ),
  };
}

/**
 * Cell operations of `runs` scenarios by a {@link ScenarioRunner} over `n` cities: each combination of the stages before the
 * aggregation once, and an aggregation for each scenario.
 * @param scored how many of the cities are past the screening, where that is known
 */
export function scenarioCost(
  methodology: Methodology,
  tree: Tree,
  n: number,
  choices: readonly Choice[],
  runs: number,
  scored = n,
): number {
  const stageKey = ({ change }: Alternative): string =>
    JSON.stringify([change.impute ?? null, change.treat ?? null, change.normalise ?? null]);
  const combinations = choices.reduce(
    (product, { alternatives }) => product * Math.max(1, new Set(alternatives.map(stageKey)).size),
    1,
  );
  const aggregation: Methodology = {
    ...methodology,
    impute: { method: 'NONE', parameters: {} },
    treat: { method: 'NONE', parameters: {}, overrides: [] },
    normalise: { method: 'NONE', parameters: {}, overrides: [], basis: null },
  };
  // A ranking sorts, and a node costs something however few the cities.
  const each = pipelineCost(aggregation, tree, scored) + 8 * scored + 50 * tree.nodes.length;
  return (1 + Math.min(combinations, runs)) * pipelineCost(methodology, tree, n) + runs * each;
}
