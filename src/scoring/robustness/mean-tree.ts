import { ruleFor, type LeafColumns } from '../aggregate';
import { silentContext } from '../explanation/node-model';
import { entryOf, itemAt } from '../lookup';
import type { Methodology } from '../methodology';
import { at, atByte, atInt, columnAt } from '../numeric/at';
import { registry } from '../registry';
import type { Tree } from '../tree';

/** An inner node that is a classical mean of its children, with the columns that it reads and the one that it fills. */
export interface MeanNode {
  readonly children: readonly number[];
  /** Of the children; to be filled before the node is computed. */
  readonly weights: Float64Array;
  readonly out: Float64Array;
  /** Computes the node. */
  readonly run: () => void;
}

/** The inner nodes of a tree of means, in order of computation, and the columns of all nodes. */
export interface MeanNodes {
  readonly nodes: readonly MeanNode[];
  /** By node; those of inner nodes are filled. */
  readonly columns: readonly Float64Array[];
}

const NO_CONTEXT = { ...silentContext, children: [], cities: [], costs: new Uint8Array(0) };

/**
 * Lays out the computation of a tree of means.
 * @param methodology one that {@link isNestedMean} is true of
 */
export function meanNodesOf(tree: Tree, methodology: Pick<Methodology, 'aggregate'>, leaves: LeafColumns): MeanNodes {
  const slotOf = new Map(tree.leaves.map((leaf, slot) => [leaf, slot]));
  const columns: Float64Array[] = [];
  const nodes = tree.nodes.flatMap((node, index): MeanNode[] => {
    const slot = slotOf.get(index);
    if (slot !== undefined) {
      columns.push(columnAt(leaves.normalised, slot));
      return [];
    }
    const { children } = node;
    const rule = ruleFor(methodology.aggregate, node);
    const method = entryOf(registry.AGGREGATION, rule.method);
    const inputs = children.map((child) => columnAt(columns, child));
    const weights = new Float64Array(children.length);
    const out = new Float64Array(leaves.cities.length);
    columns.push(out);
    const run = (): void => {
      method.run(inputs, weights, rule.parameters, out, NO_CONTEXT);
    };
    return [{ children, weights, out, run }];
  });
  return { nodes, columns };
}

/** A node with the cities that lack too many of the children that have a weight. */
interface ScreenedNode extends MeanNode {
  readonly withheld: Int32Array;
}

/**
 * The tree of a recipe all of whose nodes are classical means of their children, over leaves that stay as they are: for weights
 * that change again and again. Scores are those of `aggregateTree`, to the last bit, in a fraction of its time. What holds whatever
 * the weights are, as which cities lack too much of a node, is found out once.
 */
export class MeanTree {
  private constructor(
    private readonly nodes: readonly ScreenedNode[],
    /** By node; those of inner nodes are used again by the next scores. */
    readonly columns: readonly Float64Array[],
  ) {}

  /**
   * @param hasWeight by node, whether its weight is above 0; only such weights may be given to {@link score} then
   * @returns null where the recipe is another, or values are such that a mean may not be defined on them
   */
  static of(
    tree: Tree,
    methodology: Pick<Methodology, 'aggregate'>,
    leaves: LeafColumns,
    hasWeight: (node: number) => boolean,
  ): MeanTree | null {
    if (!isNestedMean(methodology, tree)) return null;
    const { nodes, columns } = meanNodesOf(tree, methodology, leaves);
    const n = leaves.cities.length;
    const present: Uint8Array[] = [];
    const positive: boolean[] = [];
    const screened: ScreenedNode[] = [];
    for (let index = 0; index < tree.nodes.length; index++) {
      const node = itemAt(tree.nodes, index);
      const { children } = node;
      if (children.length === 0) {
        const column = columnAt(columns, index);
        present.push(Uint8Array.from(column, (value) => (Number.isNaN(value) ? 0 : 1)));
        positive.push(!column.some((value) => value < Number.MIN_VALUE));
        continue;
      }
      const rule = ruleFor(methodology.aggregate, node);
      const active = children.filter(hasWeight);
      const allPositive = active.every((child) => positive[child] === true);
      if (active.length === 0 || (rule.method !== 'ARITHMETIC' && !allPositive)) return null;
      // As where a rule is run by itself: a hair of tolerance, and one child at least.
      const needed = Math.max(1, rule.minimumAvailability * active.length - 1e-9);
      const has = new Uint8Array(n);
      const withheld: number[] = [];
      for (let i = 0; i < n; i++) {
        const count = active.reduce((sum, child) => sum + atByte(itemAt(present, child), i), 0);
        if (count >= needed) has[i] = 1;
        else withheld.push(i);
      }
      screened.push({ ...itemAt(nodes, screened.length), withheld: Int32Array.from(withheld) });
      present.push(has);
      positive.push(allPositive);
    }
    return new MeanTree(screened, columns);
  }

  /**
   * Scores by city; `NaN` = none. The array is used again by the next call.
   * @param weights by node, ≥ 0, not scaled: siblings are made to add to 1 as given weights are
   */
  score(weights: Float64Array): Float64Array {
    for (const { children, weights: own, out, run, withheld } of this.nodes) {
      scaleTo(own, children, weights);
      run();
      for (let k = 0; k < withheld.length; k++) out[atInt(withheld, k)] = NaN;
    }
    return columnAt(this.columns, this.columns.length - 1);
  }
}

/** The bits of `scaledToOne`, into memory that is there. */
function scaleTo(out: Float64Array, children: readonly number[], weights: Float64Array): void {
  let largest = 0;
  for (const child of children) largest = Math.max(largest, at(weights, child));
  let sum = 0;
  for (let k = 0; k < out.length; k++) {
    const scaled = at(weights, itemAt(children, k)) / largest;
    out[k] = scaled;
    sum += scaled;
  }
  for (let k = 0; k < out.length; k++) out[k] = at(out, k) / sum;
}

/** Whether every inner node of the tree reads its own children by one of the three classical means. */
export function isNestedMean({ aggregate }: Pick<Methodology, 'aggregate'>, tree: Tree): boolean {
  return tree.nodes.every((node) => {
    if (node.children.length === 0) return true;
    const rule = ruleFor(aggregate, node);
    return rule.over === 'CHILDREN' && ['ARITHMETIC', 'GEOMETRIC', 'HARMONIC'].includes(rule.method);
  });
}
