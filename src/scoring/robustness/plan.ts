import { refuseProblems, ScoringError, type Problem } from '../errors';
import { itemAt } from '../lookup';
import type { Methodology } from '../methodology';
import { at, atInt } from '../numeric/at';
import { MAX_SEED } from '../numeric/random';
import { pipelineCost } from '../pipeline';
import type { Tree } from '../tree';
import { changed } from './scenario';
import { canVary, checkChoices, type Choice } from './choices';

/** How the weights of siblings are drawn. */
export type WeightDistribution =
  | {
      /**
       * Dirichlet around the nominal weights: mean w_k, variance w_k (1 − w_k) / (concentration + 1) for weights that add to
       * 1 among siblings.
       */
      readonly method: 'DIRICHLET';
      /** Above 0; the larger, the closer to the nominal weights. */
      readonly concentration: number;
    }
  /** Every division of 1 among siblings is equally likely, whatever the nominal weights. */
  | { readonly method: 'SIMPLEX' }
  | {
      /** Each weight is multiplied by 1 + share × u, u uniform in (−1, 1), before siblings are made to add to 1, as COINr does. */
      readonly method: 'SHARE';
      /** Above 0, at most 1. */
      readonly share: number;
    }
  | {
      /** The listed sets of weights in turn, draw by draw, such as the answers of a panel of experts. */
      readonly method: 'SETS';
      /** For each set, weights ≥ 0 by node of the tree; only the ratio among siblings matters; the root's is not read. */
      readonly sets: readonly Float64Array[];
    };

/**
 * How weights are drawn. Weights that are not drawn keep their nominal values. Levels are those of the nodes whose children's
 * weights are drawn, as in a recipe's `aggregate` (1 = the nodes just above the indicators).
 */
export type WeightUncertainty =
  /** One distribution at the named levels; null: at every level. */
  | (WeightDistribution & { readonly levels: readonly number[] | null })
  | {
      /** Each named level has a distribution of its own. */
      readonly method: 'BY_LEVEL';
      /** At least one, none for the same level as another. */
      readonly byLevel: readonly (WeightDistribution & { readonly level: number })[];
    };

/** How weights under the nodes of a level are drawn; null where they keep their nominal values. */
export function distributionAt(weights: WeightUncertainty, level: number): WeightDistribution | null {
  if (weights.method === 'BY_LEVEL') return weights.byLevel.find((rule) => rule.level === level) ?? null;
  return weights.levels === null || weights.levels.includes(level) ? weights : null;
}

/** How observed values are drawn; each cell by itself, and never across 0. Missing cells stay missing. */
export interface DataNoise {
  /**
   * `NORMAL`: `low` and `high` are the ends of a 95 % interval, each side with a spread of its own; the share is a standard
   * deviation relative to the value. `UNIFORM`: between `low` and `high`, or up to the share from the value either way.
   */
  readonly distribution: 'NORMAL' | 'UNIFORM';
  /** Whether the bounds stored with observations are used. A cell with one bound only has noise on that side only. */
  readonly useBounds: boolean;
  /** For cells without bounds: 0 to 1 of the value's size; 0: as observed. */
  readonly share: number;
}

/** What {@link UncertaintyPlan} is made from. */
export interface UncertaintyInput {
  /** Integer from 0 to 2^53 − 1; the same seed gives the same result to the last bit. */
  readonly seed: number;
  /** Number of draws, 2 to {@link MAX_DRAWS}. */
  readonly draws: number;
  readonly weights?: WeightUncertainty | null;
  /** Each draw takes one alternative of every choice, each equally likely unless its probabilities say otherwise. */
  readonly choices?: readonly Choice[];
  readonly noise?: DataNoise | null;
  /** Shares (0..1) that percentiles of rank and score are given for; 0.05, 0.5 and 0.95 when left out. */
  readonly percentiles?: readonly number[];
  /** Count, for every two cities, how often one is above the other; needed for tiers. */
  readonly pairs?: boolean;
  /** Sum up, for every city that is ever first, the weights that make it so. */
  readonly centralWeights?: boolean;
}

/** A checked {@link UncertaintyInput}, every default filled in. Plain data, so that it can be sent to a worker. */
export type UncertaintyPlan = { readonly [K in keyof UncertaintyInput]-?: Exclude<UncertaintyInput[K], undefined> };

/** Most draws of one run. */
export const MAX_DRAWS = 1_000_000;
/** Most percentiles of one run. */
export const MAX_PERCENTILES = 20;

/**
 * Checks an input against the tree and fills in the defaults.
 * @throws ScoringError `BAD_INPUT`, `NOT_FOUND` or `WEIGHTS_INVALID` with every problem found
 */
export function planUncertainty(tree: Tree, input: UncertaintyInput): UncertaintyPlan {
  const problems: Problem[] = [];
  const check: Check = (valid, path, value, allowed, code) => {
    if (!valid) problems.push({ path, value, message: 'The value is not allowed.', allowed, ...(code && { code }) });
  };
  const { seed, draws, weights = null, noise = null, choices = [], percentiles = [0.05, 0.5, 0.95] } = input;
  check(Number.isSafeInteger(seed) && within(seed, 0, MAX_SEED), 'seed', seed, 'an integer from 0 to 2^53 − 1');
  check(Number.isInteger(draws) && within(draws, 2, MAX_DRAWS), 'draws', draws, `2 to ${String(MAX_DRAWS)}`);
  check(percentiles.length <= MAX_PERCENTILES, 'percentiles', percentiles, `at most ${String(MAX_PERCENTILES)}`);
  percentiles.forEach((share, p) => {
    check(within(share, 0, 1), `percentiles[${String(p)}]`, share, 'a share from 0 to 1');
  });
  if (noise !== null) check(within(noise.share, 0, 1), 'noise.share', noise.share, 'a share from 0 to 1');
  if (weights !== null) checkWeights(tree, weights, check);
  if (noise === null && !variesBesideNoise({ weights, choices }))
    check(
      false,
      'weights',
      null,
      'something that varies: weights, noise, or a choice with two alternatives that can be drawn',
    );
  checkChoices(tree, choices);
  refuseProblems(problems);
  const { pairs = false, centralWeights = false } = input;
  return { seed, draws, weights, noise, choices, percentiles, pairs, centralWeights };
}

/** Whether weights or choices vary. */
export function variesBesideNoise({ weights, choices }: Pick<UncertaintyPlan, 'weights' | 'choices'>): boolean {
  return weights !== null || choices.some(canVary);
}

/** Notes a problem unless the value at `path` is valid. */
type Check = (valid: boolean, path: string, value: unknown, allowed: string, code?: 'WEIGHTS_INVALID') => void;

function within(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

function checkWeights(tree: Tree, weights: WeightUncertainty, check: Check): void {
  const height = itemAt(tree.nodes, tree.root).level;
  const allowed = `an integer from 1 to ${String(height)}`;
  const isLevel = (level: number): boolean => Number.isInteger(level) && within(level, 1, height);
  if (weights.method !== 'BY_LEVEL') {
    weights.levels?.forEach((level, l) => {
      check(isLevel(level), `weights.levels[${String(l)}]`, level, allowed);
    });
    checkDistribution(tree, weights, 'weights', check);
    return;
  }
  const { byLevel } = weights;
  check(byLevel.length > 0, 'weights.byLevel', byLevel, 'a rule for at least one level');
  byLevel.forEach((rule, r) => {
    const path = `weights.byLevel[${String(r)}]`;
    const { level } = rule;
    const isFirst = byLevel.findIndex((other) => other.level === level) === r;
    check(isLevel(level) && isFirst, `${path}.level`, level, `${allowed}, each in one rule only`);
    checkDistribution(tree, rule, path, check);
  });
}

/** @param place path of the distribution */
function checkDistribution(tree: Tree, distribution: WeightDistribution, place: string, check: Check): void {
  if (distribution.method === 'DIRICHLET') {
    const { concentration } = distribution;
    const valid = concentration > 0 && concentration <= 1e9;
    check(valid, `${place}.concentration`, concentration, 'a number above 0, at most 1e9');
  }
  if (distribution.method === 'SHARE') {
    const { share } = distribution;
    check(share > 0 && share <= 1, `${place}.share`, share, 'above 0, at most 1');
  }
  if (distribution.method === 'SETS') checkSets(tree, distribution.sets, `${place}.sets`, check);
}

function checkSets(tree: Tree, sets: readonly Float64Array[], place: string, check: Check): void {
  check(sets.length > 0, place, [], 'at least one set');
  sets.forEach((set, s) => {
    const path = `${place}[${String(s)}]`;
    const size = tree.nodes.length;
    check(set.length === size, path, set.length, `${String(size)} weights, one for each node`, 'WEIGHTS_INVALID');
    if (set.length !== size) return;
    check(
      set.every((weight) => Number.isFinite(weight) && weight >= 0),
      path,
      null,
      'finite weights of at least 0',
      'WEIGHTS_INVALID',
    );
    for (const { children, code } of tree.nodes) {
      const some = children.length === 0 || children.some((child) => at(set, child) > 0);
      check(some, path, code, 'a weight above 0 among the children of every node', 'WEIGHTS_INVALID');
    }
  });
}

/** The distinct recipes that a plan's choices lead to, and which one each combination of alternatives means. */
export interface Variants {
  readonly methodologies: readonly Methodology[];
  /** For each, the alternatives that it takes, such as `normalise Z_SCORE`; of several combinations the first. */
  readonly names: readonly (readonly string[])[];
  /** Index into `methodologies` by combination: alternatives are digits, the first choice the most significant. */
  readonly ofCombination: Int32Array;
}

/** Most combinations of alternatives of one plan, those that leave out a node and change nothing else counted too. */
export const MAX_COMBINATIONS = 100_000;
/** Most recipes of one plan: combinations that differ in more than the node that they leave out. */
export const MAX_RECIPES = 5_000;

/** A recipe with the alternatives that it came from. */
interface NamedRecipe {
  readonly recipe: Methodology;
  readonly names: readonly string[];
}

/**
 * Lists the recipes that the choices lead to, each once.
 * @throws ScoringError `BUDGET_EXCEEDED` above {@link MAX_COMBINATIONS} or {@link MAX_RECIPES}
 */
export function variantsOf(methodology: Methodology, choices: readonly Choice[]): Variants {
  const size = choices.reduce((product, { alternatives }) => product * alternatives.length, 1);
  if (size > MAX_COMBINATIONS) throw tooMany(size, 'combinations', MAX_COMBINATIONS);
  const keyOf = recipeKeys();
  let distinct: readonly NamedRecipe[] = [{ recipe: methodology, names: [] }];
  let ofCombination = new Int32Array(1);
  for (const { code, alternatives } of choices) {
    const next = new Map<string, { readonly index: number; readonly named: NamedRecipe }>();
    // For each recipe so far and each alternative, which recipe the two come to.
    const reached = distinct.map(({ recipe, names }) =>
      alternatives.map((alternative) => {
        const named = { recipe: changed(recipe, [alternative]), names: [...names, `${code} ${alternative.label}`] };
        const key = keyOf(named.recipe);
        const known = next.get(key) ?? { index: next.size, named };
        next.set(key, known);
        return known.index;
      }),
    );
    if (next.size > MAX_RECIPES) throw tooMany(next.size, 'different recipes', MAX_RECIPES);
    distinct = Array.from(next.values(), ({ named }) => named);
    ofCombination = Int32Array.from({ length: ofCombination.length * alternatives.length }, (_, combination) => {
      const before = atInt(ofCombination, Math.floor(combination / alternatives.length));
      return itemAt(itemAt(reached, before), combination % alternatives.length);
    });
  }
  return {
    methodologies: distinct.map(({ recipe }) => recipe),
    names: distinct.map(({ names }) => names),
    ofCombination,
  };
}

function tooMany(count: number, what: string, most: number): ScoringError {
  const message = `The choices have ${String(count)} ${what}.`;
  const allowed = `at most ${String(most)} ${what}`;
  return new ScoringError('BUDGET_EXCEEDED', `choices: ${message} Allowed: ${allowed}.`, [
    { path: 'choices', value: count, message, allowed },
  ]);
}

/** Tells recipes of one plan apart by the stages that choices may change, each written out once however many share it. */
function recipeKeys(): (recipe: Methodology) => string {
  const texts = new Map<object, string>();
  const textOf = (stage: object): string => {
    const text = texts.get(stage) ?? JSON.stringify(stage);
    texts.set(stage, text);
    return text;
  };
  return ({ impute, treat, normalise, weight, aggregate }) =>
    [impute, treat, normalise, weight, aggregate].map(textOf).join('\n');
}

/**
 * Cell operations of a run over `n` cities: what the budget counts. Every recipe is prepared once; a draw then costs its
 * aggregation and ranking, and the stages before it only where the data vary.
 * @param scored how many of the cities are past the screening, where that is known
 */
export function uncertaintyCost(
  tree: Tree,
  methodology: Methodology,
  n: number,
  plan: UncertaintyPlan,
  scored = n,
): number {
  const { methodologies } = variantsOf(methodology, plan.choices);
  const whole = methodologies.map((recipe) => pipelineCost(recipe, tree, n));
  const preparing = whole.reduce((sum, cost) => sum + cost, 0);
  const mean = preparing / methodologies.length;
  const untouched = methodologies.map(
    (recipe) => pipelineCost(withoutStages(recipe), tree, scored) - scored * tree.leaves.length,
  );
  const aggregating = untouched.reduce((sum, cost) => sum + cost, 0) / methodologies.length;
  const weighs = plan.weights !== null || plan.choices.some(leavesOut);
  // Noise draws a number for each cell and then runs every stage; a recipe whose scores are known is only counted again.
  const scoring = plan.noise !== null ? mean + 4 * n * tree.leaves.length : aggregating + 8 * tree.nodes.length;
  const drawing = plan.noise !== null || weighs ? scoring : 0;
  const firsts = plan.centralWeights ? scored + 2 * tree.nodes.length : 0;
  // Kept low enough that 10,000 draws of weights over 300 × 50 stay within 2e8, as one request may ask for.
  const ranking = 4 * scored + (plan.pairs ? (scored * (scored - 1)) / 2 : 0) + firsts;
  const confidence = plan.centralWeights ? confidenceRuns(plan, scored) * (scoring + 4 * scored) : 0;
  return preparing + plan.draws * (drawing + ranking) + confidence + scored * scored;
}

/** Whether anything but weights varies, so that one ranking does not decide a confidence factor. */
export function variesBesidesWeights({ noise, choices }: UncertaintyPlan): boolean {
  return noise !== null || choices.some(canVary);
}

/** Most rankings that the confidence factors of up to `n` cities take. */
function confidenceRuns(plan: UncertaintyPlan, n: number): number {
  return variesBesidesWeights(plan) ? Math.max(plan.draws, n) : n;
}

function leavesOut({ alternatives }: Choice): boolean {
  return alternatives.some(({ leftOut }) => typeof leftOut === 'string');
}

/** The recipe with nothing to do before the aggregation. */
function withoutStages(recipe: Methodology): Methodology {
  return {
    ...recipe,
    impute: { method: 'NONE', parameters: {} },
    treat: { method: 'NONE', parameters: {}, overrides: [] },
    normalise: { method: 'NONE', parameters: {}, overrides: [], basis: null },
  };
}
