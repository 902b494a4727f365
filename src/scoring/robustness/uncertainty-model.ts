import { aggregateTree, ruleFor, type LeafColumns } from '../aggregate';
import { ScoringError } from '../errors';
import { silentContext } from '../explanation/node-model';
import { itemAt } from '../lookup';
import type { Methodology } from '../methodology';
import { at, columnAt } from '../numeric/at';
import { isComplete, rangeOf } from '../numeric/statistics';
import { leafStagesOf, type PanelRun } from '../pipeline';
import { rankScores, tieBreakerOf } from '../ranks';
import type { CityMeta } from '../table';
import type { Tree } from '../tree';
import { namingChoices } from './choices';
import { isNestedMean } from './mean-tree';
import { variantsOf, type UncertaintyPlan } from './plan';

/** Normalised leaves that several recipes share. */
export interface LeafTable {
  /** n × m column-major, in shared memory. */
  readonly normalised: Float64Array;
  /** The same on the natural scale; empty where no leaf is left un-normalised. */
  readonly natural: Float64Array;
  readonly costs: Uint8Array;
  readonly isNatural: readonly boolean[];
  readonly complete: readonly boolean[];
}

/** A recipe that a draw may take. */
export interface Variant {
  readonly methodology: Methodology;
  /** Index into {@link DrawModel.tables}. */
  readonly table: number;
  /** Weights among siblings, by node, adding to 1, as the recipe has them; 1 for the root. */
  readonly weights: Float64Array;
  /** True where every node is a classical mean of its children that is defined on all values, so that no draw needs checks. */
  readonly isNestedMean: boolean;
  /** Scores and ranks with the recipe's own weights. */
  readonly scores: Float64Array;
  readonly lowerIsBetter: boolean;
  /** By city, what decides ties, more is better; null where nothing but their codes does. */
  readonly tieBreaker: Float64Array | null;
}

/** Everything that draws are computed from. Plain data over shared memory, so that sending it to a worker copies little. */
export interface DrawModel {
  readonly tree: Tree;
  /** Codes of the scored cities (`n` of them). */
  readonly codes: readonly string[];
  readonly tables: readonly LeafTable[];
  readonly variants: readonly Variant[];
  /** Index into `variants` by combination of alternatives. */
  readonly variantOf: Int32Array;
  /** Scores and ranks of the methodology as it stands; ranks are `NaN` where a city is unranked. */
  readonly nominal: { readonly scores: Float64Array; readonly ranks: Float64Array };
  /** What the data are drawn around; null where they do not vary. */
  readonly run: PanelRun | null;
}

/**
 * Prepares every recipe that the plan's choices lead to, each stage before the aggregation once for each combination of
 * its rules.
 * @throws ScoringError what the pipeline refuses for any of the recipes, at `choices` where there are any, and `PRECONDITION_FAILED` where weights are to
 * be drawn that a data-driven weighting gives to the leaves of a node at once
 */
export function prepareUncertainty(run: PanelRun, plan: UncertaintyPlan): DrawModel {
  const { tree, methodology } = run;
  const stages = leafStagesOf(run);
  const { methodologies, names, ofCombination } = variantsOf(methodology, plan.choices);
  const drawsWeights =
    plan.weights !== null || plan.choices.some((choice) => choice.alternatives.some((a) => a.leftOut));
  const tables: LeafTable[] = [];
  const columnsOf: LeafColumns[] = [];
  const tableIndex = new Map<string, number>();
  const tableFor = (recipe: Methodology): number => {
    const key = JSON.stringify([recipe.impute, recipe.treat, recipe.normalise]);
    const known = tableIndex.get(key);
    if (known !== undefined) return known;
    const columns = stages.leavesOf(recipe);
    tableIndex.set(key, tables.length);
    columnsOf.push(columns);
    tables.push(tableOf(columns));
    return tables.length - 1;
  };
  const variantFor = (recipe: Methodology): Variant => {
    const table = tableFor(recipe);
    const leaves = itemAt(columnsOf, table);
    const nodes = aggregateTree(leaves, { tree, methodology: recipe, contextOf: () => silentContext });
    return {
      methodology: recipe,
      table,
      weights: nodes.weights,
      isNestedMean: isNestedMean(recipe, tree) && meansAreDefined(recipe, tree, itemAt(tables, table), leaves),
      scores: columnAt(nodes.columns, tree.root).slice(),
      lowerIsBetter: nodes.lowerIsBetter[tree.root] === true,
      tieBreaker: tieBreakerOf(recipe.rank.tieBreaker, tree, nodes)?.slice() ?? null,
    };
  };
  const drawnFrom = (recipe: Methodology): Variant => {
    if (drawsWeights) refuseLeavesWeighedAtOnce(tree, recipe);
    return variantFor(recipe);
  };
  const variants = methodologies.map((recipe, k) =>
    namingChoices(
      () => itemAt(names, k),
      () => drawnFrom(recipe),
    ),
  );
  const own = variantFor(methodology);
  const cities: readonly CityMeta[] = itemAt(columnsOf, own.table).cities;
  const codes = cities.map(({ code }) => code);
  const { lowerIsBetter, tieBreaker } = own;
  const { ranks } = rankScores(own.scores, codes, { ...methodology.rank, lowerIsBetter, tieBreaker });
  return {
    tree,
    codes,
    tables,
    variants,
    variantOf: ofCombination,
    nominal: { scores: own.scores, ranks },
    run: plan.noise === null ? null : run,
  };
}

function tableOf(columns: LeafColumns): LeafTable {
  const n = columns.cities.length;
  const m = columns.normalised.length;
  const together = (parts: readonly Float64Array[]): Float64Array => {
    const table = new Float64Array(new SharedArrayBuffer(n * m * Float64Array.BYTES_PER_ELEMENT));
    parts.forEach((part, j) => {
      table.set(part, j * n);
    });
    return table;
  };
  return {
    normalised: together(columns.normalised),
    natural: columns.isNatural.some(Boolean) ? together(columns.natural) : new Float64Array(0),
    costs: columns.costs,
    isNatural: columns.isNatural,
    complete: columns.normalised.map(isComplete),
  };
}

/** A table's columns as the aggregation reads them. Only the cities' codes are known. */
export function leafColumnsOf({ codes }: DrawModel, table: LeafTable): LeafColumns {
  const n = codes.length;
  const cut = (values: Float64Array): Float64Array[] =>
    table.costs.length === 0 || values.length === 0
      ? []
      : Array.from(table.costs, (_, j) => values.subarray(j * n, (j + 1) * n));
  return {
    cities: codes.map((code) => ({ code, groups: {} })),
    normalised: cut(table.normalised),
    natural: cut(table.natural),
    costs: table.costs,
    isNatural: table.isNatural,
    complete: table.complete,
  };
}

/** Whether no weights can lead a geometric or harmonic mean to a value of 0 or below, and no gap needs a share of columns. */
function meansAreDefined(
  { aggregate }: Methodology,
  tree: Tree,
  { complete }: LeafTable,
  leaves: LeafColumns,
): boolean {
  const slotOf = new Map(tree.leaves.map((leaf, slot) => [leaf, slot]));
  const gaps = complete.includes(false);
  const positive = tree.nodes.map(() => true);
  return tree.nodes.every((node, index) => {
    const slot = slotOf.get(index);
    if (slot !== undefined) {
      positive[index] = !(rangeOf(columnAt(leaves.normalised, slot)).min < Number.MIN_VALUE);
      return true;
    }
    const rule = ruleFor(aggregate, node);
    const all = node.children.every((child) => positive[child] === true);
    positive[index] = all;
    return (rule.method === 'ARITHMETIC' || all) && (!gaps || rule.minimumAvailability === 0);
  });
}

function refuseLeavesWeighedAtOnce(tree: Tree, { weight, aggregate }: Methodology): void {
  if (weight.method === 'GIVEN' || weight.method === 'EQUAL') return;
  const node = tree.nodes.find(
    ({ children, ...rest }) => children.length > 0 && ruleFor(aggregate, rest).over === 'LEAVES',
  );
  if (!node) return;
  const message = `${weight.method} weighs the leaves of ${node.code} at once, so that no weight among siblings can be drawn.`;
  const allowed = 'given weights, or over: CHILDREN';
  throw new ScoringError('PRECONDITION_FAILED', `${message} Allowed: ${allowed}.`, [
    { path: 'recipe.weight', value: weight.method, message, allowed },
  ]);
}

/** `weights` by node with siblings made to add to 1, as `GIVEN` does; a node of which no child has a weight is left out whole. */
export function scaleSiblings(tree: Tree, weights: Float64Array): void {
  // Children stand before their parents, so that what is left out reaches upwards.
  for (let index = 0; index < tree.nodes.length; index++) {
    const { children } = itemAt(tree.nodes, index);
    if (children.length === 0) continue;
    let largest = 0;
    for (const child of children) largest = Math.max(largest, at(weights, child));
    if (largest === 0) {
      if (index !== tree.root) weights[index] = 0;
      for (const child of children) weights[child] = 1 / children.length;
      continue;
    }
    let sum = 0;
    for (const child of children) {
      const scaled = at(weights, child) / largest;
      weights[child] = scaled;
      sum += scaled;
    }
    for (const child of children) weights[child] = at(weights, child) / sum;
  }
}
