import { leavesBelow, pathWeight, ruleFor } from '../aggregate';
import type { AggregationMethod, KernelContext } from '../descriptor';
import { ScoringError } from '../errors';
import { entryOf, itemAt } from '../lookup';
import type { AggregateRule } from '../methodology';
import { at, columnAt } from '../numeric/at';
import type { RankingResult } from '../pipeline';
import { registry } from '../registry';
import type { IndicatorMeta } from '../table';

/** How one inner node of a ranking was computed, with its weights as they came out. */
export interface NodeModel {
  /** Index into `Tree.nodes`. */
  readonly node: number;
  readonly code: string;
  readonly method: AggregationMethod;
  readonly rule: AggregateRule;
  /** Nodes whose columns it reads: its children, or the leaves below it. */
  readonly members: readonly number[];
  /** Weights of the members, adding to 1. */
  readonly weights: Float64Array;
  /** Whether it reads its leaves on their natural scale, costs and all. */
  readonly natural: boolean;
  /** For each member, 1 where less is better on the natural scale and the method treats that itself. */
  readonly costs: Uint8Array;
}

/** A context for re-runs of methods: warnings were given by the run itself, a refusal is an error. */
export const silentContext: KernelContext = {
  warn: () => undefined,
  refuse: (code, message, allowed, value = null) => {
    throw new ScoringError(code, message, [{ path: 'recipe.aggregate', value, message, allowed }]);
  },
};

/** The slot of each leaf (index among the leaves) by node; absent for inner nodes. */
export function leafSlotsOf(result: RankingResult): ReadonlyMap<number, number> {
  return new Map(result.tree.leaves.map((leaf, slot) => [leaf, slot]));
}

/** A node's column as its parent reads it: more is better. */
export function orientedColumn(result: RankingResult, node: number): Float64Array {
  const column = columnAt(result.nodes.columns, node);
  return result.nodes.lowerIsBetter[node] === true ? column.map((value) => -value) : column;
}

/** How a node was computed; null for a leaf. */
export function modelOfNode(result: RankingResult, index: number): NodeModel | null {
  return itemAt(result.tree.nodes, index).children.length === 0 ? null : modelOfInnerNode(result, index);
}

/** How an inner node was computed. */
export function modelOfInnerNode(result: RankingResult, index: number): NodeModel {
  const { tree, methodology, nodes } = result;
  const node = itemAt(tree.nodes, index);
  const rule = ruleFor(methodology.aggregate, node);
  const method = entryOf(registry.AGGREGATION, rule.method);
  const members = rule.over === 'LEAVES' ? leavesBelow(tree, index) : node.children;
  const slots = leafSlotsOf(result);
  const leaves = members.flatMap((member) => slots.get(member) ?? []).map((slot) => itemAt(result.indicators, slot));
  const natural =
    method.acceptsCosts === true &&
    leaves.length === members.length &&
    leaves.every((indicator) => isNatural(methodology, indicator));
  return {
    node: index,
    code: node.code,
    method,
    rule,
    members,
    weights:
      rule.over === 'LEAVES'
        ? weightsOfLeaves(result, index, members)
        : Float64Array.from(members, (member) => at(nodes.weights, member)),
    natural,
    costs: Uint8Array.from(members, (_, k) => (natural && itemAt(leaves, k).direction === -1 ? 1 : 0)),
  };
}

/** The models of a node and of every inner node that its score rests on, children first. */
export function modelsBelow(result: RankingResult, index: number): NodeModel[] {
  const model = modelOfNode(result, index);
  return model === null ? [] : [...model.members.flatMap((member) => modelsBelow(result, member)), model];
}

/** Whether the recipe leaves the indicator on its natural scale. */
function isNatural({ normalise }: RankingResult['methodology'], { code }: IndicatorMeta): boolean {
  const rule = normalise.overrides.find((override) => override.indicators.includes(code)) ?? normalise;
  return rule.method === 'NONE';
}

/** The weights that the ranking's weighting gives the leaves below a node that reads them at once. */
function weightsOfLeaves(result: RankingResult, index: number, leaves: readonly number[]): Float64Array {
  const { tree, methodology, nodes } = result;
  return entryOf(registry.WEIGHTING, methodology.weight.method).run(
    leaves.map((leaf) => columnAt(nodes.columns, leaf)),
    methodology.weight.parameters,
    {
      ...silentContext,
      children: leaves.map((leaf) => itemAt(tree.nodes, leaf).code),
      given: Float64Array.from(leaves, (leaf) => pathWeight(tree, nodes.weights, leaf, index)),
      leaves: new Int32Array(leaves.length).fill(1),
    },
  );
}
