import { buildTree, ScoringError, type NodeDefinition } from '../../src/scoring';

const node = (
  code: string,
  parent: string | null,
  indicator: string | null = null,
  weight = 1,
  position = 0,
): NodeDefinition => ({
  code,
  parent,
  weight,
  indicator,
  position,
});

describe('buildTree', () => {
  it('puts children before parents, in position order, with levels counted from the leaves', () => {
    const tree = buildTree('f', [
      node('index', null),
      node('b', 'index', null, 1, 2),
      node('a', 'index', null, 2, 1),
      node('a1', 'a', 'x', 1, 2),
      node('a2', 'a', 'y', 1, 1),
      node('b1', 'b', 'z'),
      node('c', 'index', 'w', 1, 3),
    ]);
    expect(tree.nodes.map(({ code, level, depth }) => [code, level, depth])).toEqual([
      ['a2', 0, 2],
      ['a1', 0, 2],
      ['a', 1, 1],
      ['b1', 0, 2],
      ['b', 1, 1],
      ['c', 0, 1],
      ['index', 2, 0],
    ]);
    expect(tree.leaves.map((leaf) => tree.nodes[leaf]?.indicator)).toEqual(['y', 'x', 'z', 'w']);
    expect(tree.nodes[tree.root]?.children.map((child) => tree.nodes[child]?.code)).toEqual(['a', 'b', 'c']);
    expect(tree.nodes.map(({ parent }) => tree.nodes[parent]?.code ?? null)).toEqual([
      'a',
      'a',
      'index',
      'b',
      'index',
      'index',
      null,
    ]);
  });

  it('takes a chain of any depth', () => {
    const chain = Array.from({ length: 5000 }, (_, k) =>
      node(`n${String(k)}`, k === 0 ? null : `n${String(k - 1)}`, k === 4999 ? 'x' : null),
    );
    expect(buildTree('deep', chain).nodes[0]?.depth).toBe(4999);
  });

  it.each<[string, NodeDefinition[], string]>([
    ['a duplicate', [node('r', null), node('a', 'r', 'x'), node('a', 'r', 'y')], 'The node appears twice.'],
    [
      'an orphan',
      [node('r', null), node('a', 'r', 'x'), node('b', 'nowhere', 'y')],
      'The parent is not a node of this framework.',
    ],
    ['two roots', [node('r', null, 'x'), node('s', null, 'y')], 'The framework has 2 roots.'],
    ['no root', [node('a', 'b'), node('b', 'a')], 'The framework has 0 roots.'],
    ['a cycle', [node('r', null), node('a', 'r', 'x'), node('b', 'c'), node('c', 'b')], 'Some nodes are on a cycle.'],
    ['an empty inner node', [node('r', null), node('a', 'r')], 'The node has neither children nor an indicator.'],
    [
      'an inner node with an indicator',
      [node('r', null, 'x'), node('a', 'r', 'y')],
      'A node with children names an indicator.',
    ],
    ['a negative weight', [node('r', null), node('a', 'r', 'x', -1)], 'The weight is negative or not a number.'],
    [
      'a weight that is no number',
      [node('r', null), node('a', 'r', 'x', NaN)],
      'The weight is negative or not a number.',
    ],
    ['nothing', [], 'The framework has 0 roots.'],
  ])('refuses %s', (_, definitions, message) => {
    let caught: unknown;
    try {
      buildTree('f', definitions);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ScoringError);
    expect(caught).toMatchObject({ code: 'BAD_INPUT', problems: [{ message }] });
  });
});
