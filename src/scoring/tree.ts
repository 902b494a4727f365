import { ScoringError, type Problem } from './errors';
import { entryOf, itemAt } from './lookup';
import { atInt } from './numeric/at';

/** A node of an index's tree as it is stored. A leaf names its indicator; the root has no parent. */
export interface NodeDefinition {
  readonly code: string;
  readonly parent: string | null;
  /** Weight among its siblings, ≥ 0; only the ratio between siblings matters. */
  readonly weight: number;
  /** Code of the indicator, for a leaf; null for an inner node. */
  readonly indicator: string | null;
  /** Order among siblings. */
  readonly position: number;
}

/** A node of a checked {@link Tree}. */
export interface TreeNode {
  readonly code: string;
  /** Index into `Tree.nodes`; -1 for the root. */
  readonly parent: number;
  /** Indices into `Tree.nodes`, in position order; empty for a leaf. */
  readonly children: readonly number[];
  readonly weight: number;
  readonly indicator: string | null;
  /** 0 for a leaf, otherwise 1 + the highest level among its children. */
  readonly level: number;
  /** 0 for the root. */
  readonly depth: number;
  /** Number of leaves below it; 1 for a leaf. */
  readonly leafCount: number;
}

/** The tree of an index (index → dimensions → indicators), any depth. */
export interface Tree {
  readonly code: string;
  /** Children always stand before their parents, so one pass aggregates; the root is last. */
  readonly nodes: readonly TreeNode[];
  readonly root: number;
  /** Indices of the leaves, in tree order. */
  readonly leaves: readonly number[];
  readonly indexOf: ReadonlyMap<string, number>;
}

/**
 * Builds and checks a tree from its stored nodes.
 * @throws ScoringError `BAD_INPUT` naming each node that is a duplicate, an orphan, on a cycle, a second root,
 * an inner node without children, or whose weight is negative or not finite.
 */
export function buildTree(code: string, definitions: readonly NodeDefinition[]): Tree {
  const problems: Problem[] = [];
  const byCode = new Map<string, NodeDefinition>();
  for (const node of definitions) {
    if (byCode.has(node.code)) {
      problems.push({
        path: node.code,
        value: node.code,
        message: 'The node appears twice.',
        allowed: 'one row for each node',
      });
    }
    byCode.set(node.code, node);
    if (!(Number.isFinite(node.weight) && node.weight >= 0)) {
      problems.push({
        path: node.code,
        value: node.weight,
        message: 'The weight is negative or not a number.',
        allowed: 'a finite number of at least 0',
      });
    }
  }
  const childrenOf = new Map<string, NodeDefinition[]>();
  const roots: NodeDefinition[] = [];
  for (const node of byCode.values()) {
    if (node.parent === null) {
      roots.push(node);
    } else if (!byCode.has(node.parent)) {
      problems.push({
        path: node.code,
        value: node.parent,
        message: 'The parent is not a node of this framework.',
        allowed: 'the code of another node, or empty for the root',
      });
    } else {
      const siblings = childrenOf.get(node.parent);
      if (siblings) siblings.push(node);
      else childrenOf.set(node.parent, [node]);
    }
  }
  if (roots.length !== 1) {
    problems.push({
      path: code,
      value: roots.map((r) => r.code),
      message: `The framework has ${String(roots.length)} roots.`,
      allowed: 'exactly one node without a parent',
    });
  }
  const [root] = roots;
  if (!root || problems.length > 0) throw new ScoringError('BAD_INPUT', `Framework ${code} is not a tree.`, problems);

  const nodes: TreeNode[] = [];
  const indexOf = new Map<string, number>();
  const leaves: number[] = [];
  // An explicit stack, so that a chain of any length cannot overflow the call stack.
  const stack: { node: NodeDefinition; depth: number; expanded: boolean }[] = [
    { node: root, depth: 0, expanded: false },
  ];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { node, depth, expanded } = top;
    const children = (childrenOf.get(node.code) ?? [])
      .slice()
      .sort((a, b) => a.position - b.position || compareCodes(a.code, b.code));
    if (!expanded && children.length > 0) {
      stack.push({ node, depth, expanded: true });
      for (const child of children.reverse()) stack.push({ node: child, depth: depth + 1, expanded: false });
      continue;
    }
    if (children.length === 0 && node.indicator === null) {
      problems.push({
        path: node.code,
        value: null,
        message: 'The node has neither children nor an indicator.',
        allowed: 'an indicator code for a leaf',
      });
    }
    if (children.length > 0 && node.indicator !== null) {
      problems.push({
        path: node.code,
        value: node.indicator,
        message: 'A node with children names an indicator.',
        allowed: 'no indicator on an inner node',
      });
    }
    const childIndices = children.map((child) => entryOf(indexOf, child.code));
    const level = childIndices.reduce((highest, child) => Math.max(highest, itemAt(nodes, child).level + 1), 0);
    const leafCount = childIndices.reduce((count, child) => count + itemAt(nodes, child).leafCount, 0) || 1;
    if (children.length === 0) leaves.push(nodes.length);
    indexOf.set(node.code, nodes.length);
    nodes.push({
      code: node.code,
      parent: -1,
      children: childIndices,
      weight: node.weight,
      indicator: node.indicator,
      level,
      leafCount,
      depth,
    });
  }
  if (nodes.length !== byCode.size) {
    const lost = [...byCode.keys()].filter((key) => !indexOf.has(key));
    problems.push({
      path: code,
      value: lost,
      message: 'Some nodes are on a cycle.',
      allowed: 'every node reachable from the root',
    });
  }
  if (problems.length > 0) throw new ScoringError('BAD_INPUT', `Framework ${code} is not a tree.`, problems);
  const parents = new Int32Array(nodes.length).fill(-1);
  nodes.forEach((node, index) => {
    for (const child of node.children) parents[child] = index;
  });
  const linked = nodes.map((node, index) => ({ ...node, parent: atInt(parents, index) }));
  return { code, nodes: linked, root: nodes.length - 1, leaves, indexOf };
}

/** Codes of the leaves' indicators, in tree order. */
export function leafIndicators({ nodes }: Pick<Tree, 'nodes'>): string[] {
  return nodes.flatMap(({ indicator }) => (indicator === null ? [] : [indicator]));
}

/** Orders codes by UTF-16 code unit, the same on every machine and in every locale. */
export function compareCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
