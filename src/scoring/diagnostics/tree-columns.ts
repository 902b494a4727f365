import type { NodeScores } from '../aggregate';
import { ScoringError } from '../errors';
import type { NamedColumn } from './measure';
import type { Tree, TreeNode } from '../tree';

/** The node at `index`. @throws ScoringError `NOT_FOUND` where the tree has no such index. */
export function nodeAt(tree: Tree, index: number): TreeNode {
  const node = tree.nodes[index];
  if (!node) throw new ScoringError('NOT_FOUND', `Framework ${tree.code} has no node ${String(index)}.`);
  return node;
}

/**
 * The column of the node at `index`, with its code. `columns` holds one column for each of `tree.nodes`, in its order.
 * @throws ScoringError `BAD_INPUT` where there are fewer columns than nodes.
 */
export function nodeColumn(tree: Tree, columns: readonly Float64Array[], index: number): NamedColumn {
  const values = columns[index];
  const { code } = nodeAt(tree, index);
  if (!values) throw new ScoringError('BAD_INPUT', `Node ${code} has no column.`);
  return { code, values };
}

/** The columns of a node's children, in tree order. */
export function childColumns(tree: Tree, columns: readonly Float64Array[], node: TreeNode): NamedColumn[] {
  return node.children.map((child) => nodeColumn(tree, columns, child));
}

/** The nodes that have children, with their indices in `tree.nodes`, children before parents. */
export function innerNodes(tree: Tree): { readonly node: TreeNode; readonly index: number }[] {
  return tree.nodes.map((node, index) => ({ node, index })).filter(({ node }) => node.children.length > 0);
}

/** Indices of the node's ancestors, its parent first and the root last; empty for the root. */
export function ancestorsOf(tree: Tree, index: number): number[] {
  const ancestors: number[] = [];
  for (let up = nodeAt(tree, index).parent; up >= 0; up = nodeAt(tree, up).parent) ancestors.push(up);
  return ancestors;
}

/** Indices of the leaves under the node at `index`; the node itself where it is a leaf. */
export function leavesUnder(tree: Tree, index: number): number[] {
  const leaves: number[] = [];
  const stack = [index];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const node = nodeAt(tree, top);
    if (node.children.length === 0) leaves.push(top);
    else stack.push(...node.children);
  }
  return leaves.sort((a, b) => a - b);
}

/**
 * A ranking's node columns as the diagnostics take them: parallel to `tree.nodes`, more is better everywhere (columns of
 * methods whose low scores are good are negated).
 */
export function orientedColumns({ columns, lowerIsBetter }: NodeScores): Float64Array[] {
  return columns.map((column, index) => (lowerIsBetter[index] === true ? column.map((value) => -value) : column));
}
