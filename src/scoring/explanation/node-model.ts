import { leavesBelow, pathWeight, ruleFor } from '../aggregate';
import type { AggregationMethod, KernelContext } from '../descriptor';
import { ScoringError } from '../errors';
import type { AggregateRule } from '../methodology';
import { at, columnAt } from '../numeric/at';
import type { RankingResult } from '../pipeline';
import { registry } from '../registry';

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
  refuse: (code, message, allowed, value) => {
    throw new ScoringError(code, message, [{ path: 'recipe.aggregate', value: value ?? null, message, allowed }]);
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
  const { tree, methodology, nodes } = result;
  const node = tree.nodes[index];
  if (!node || node.children.length === 0) return null;
  const rule = ruleFor(methodology.aggregate, node);
  const method = registry.AGGREGATION.get(rule.method);
  if (!method) throw new Error(`No method ${rule.method}.`);
  const members = rule.over === 'LEAVES' ? leavesBelow(tree, index) : node.children;
  const slots = leafSlotsOf(result);
  const slotOf = members.map((member) => slots.get(member));
  const natural =
    method.acceptsCosts === true && slotOf.every((slot) => slot !== undefined && isNaturalLeaf(result, slot));
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
    costs: Uint8Array.from(slotOf, (slot) => (natural && result.indicators[slot ?? 0]?.direction === -1 ? 1 : 0)),
  };
}

/** The models of a node and of every inner node that its score rests on, children first. */
export function modelsBelow(result: RankingResult, index: number): NodeModel[] {
  const model = modelOfNode(result, index);
  return model === null ? [] : [...model.members.flatMap((member) => modelsBelow(result, member)), model];
}

function isNaturalLeaf({ indicators, methodology: { normalise } }: RankingResult, slot: number): boolean {
  const code = indicators[slot]?.code ?? '';
  const rule = normalise.overrides.find((override) => override.indicators.includes(code)) ?? normalise;
  return rule.method === 'NONE';
}

/** The weights that the ranking's weighting gives the leaves below a node that reads them at once. */
function weightsOfLeaves(result: RankingResult, index: number, leaves: readonly number[]): Float64Array {
  const { tree, methodology, nodes } = result;
  const weighting = registry.WEIGHTING.get(methodology.weight.method);
  if (!weighting) throw new Error(`No method ${methodology.weight.method}.`);
  return weighting.run(
    leaves.map((leaf) => columnAt(nodes.columns, leaf)),
    methodology.weight.parameters,
    {
      ...silentContext,
      children: leaves.map((leaf) => tree.nodes[leaf]?.code ?? ''),
      given: Float64Array.from(leaves, (leaf) => pathWeight(tree, nodes.weights, leaf, index)),
      leaves: new Int32Array(leaves.length).fill(1),
    },
  );
}
