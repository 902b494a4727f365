import {
  buildTree,
  closestWeights,
  completeCities,
  parseRecipe,
  runTable,
  weightSpaceOf,
  withWeights,
  type RankingResult,
  type WeightSpace,
} from '../../../src/scoring';
import { mostPassed } from '../../../src/scoring/comparison/most-passed';
import { largestOver, nearestWeights } from '../../../src/scoring/comparison/weight-space';
import { city, indicator, wholeRefusalOf } from '../../helpers/contexts';
import { agrees } from '../../helpers/golden';

/** A space of given z by part (rows) and city, weights between the limits. */
function spaceOf(columns: readonly (readonly number[])[], nominal: readonly number[], low = 0, high = 1): WeightSpace {
  return {
    parts: columns.map((_, k) => `p${String(k)}`),
    nominal: Float64Array.from(nominal),
    low: new Float64Array(columns.length).fill(low),
    high: new Float64Array(columns.length).fill(high),
    columns: columns.map((column) => Float64Array.from(column)),
    scale: 1,
  };
}

const node = (code: string, parent: string | null, of: string | null = null, weight = 1) => ({
  code,
  parent,
  weight,
  indicator: of,
  position: 0,
});

function ranking(definitions: ReturnType<typeof node>[], rows: readonly (readonly number[])[], recipe: object) {
  const tree = buildTree('t', definitions);
  const indicators = tree.leaves.map((leaf) => indicator(tree.nodes[leaf]?.indicator ?? ''));
  const cities = rows.map((_, i) => city(`c${String(i)}`));
  const methodology = parseRecipe(recipe, { tree, panel: { indicators, cities, years: [1] } });
  const values = Float64Array.from(indicators.flatMap((_, j) => rows.map((row) => row[j] ?? NaN)));
  return runTable({ tree, cities, indicators, year: 1, values, methodology, keepStages: true });
}

const flat = [node('index', null), node('x', 'index', 'x'), node('y', 'index', 'y')];
const rows = [
  [1, 5],
  [2, 3],
  [4, 1],
];

describe('refusals name the place, the value and the range', () => {
  const result = ranking(flat, rows, { normalise: { method: 'NONE' } });

  it.each([
    [
      { min: -0.1 },
      { path: 'limits', value: [-0.1, 1], allowed: 'a minimum from 0 to the maximum, a maximum up to 1' },
    ],
    [{ max: 1.1 }, { path: 'limits', value: [0, 1.1] }],
    [{ limits: [{ node: 'y', min: 0.7, max: 0.3 }] }, { path: 'limits.nodes[0]', value: [0.7, 0.3] }],
    [
      { limits: [{ node: 'z', min: 0, max: 1 }] },
      { path: 'limits.nodes[0].node', value: 'z', allowed: 'one of x, y', code: 'NOT_FOUND' },
    ],
    [{ min: 0.51 }, { path: 'limits', value: { minima: 1.02, maxima: 2 } }],
    [{ max: 0.49 }, { path: 'limits', value: { minima: 0, maxima: 0.98 } }],
  ])('%j', (limits, problem) => {
    expect(wholeRefusalOf(() => weightSpaceOf(result, limits))).toMatchObject({ problems: [problem] });
  });

  it.each([{ min: 0.5 }, { max: 0.5 }, { min: 0, max: 1 }, { limits: [{ node: 'x', min: 0.3, max: 0.3 }] }])(
    'limits that just allow some weights: %j',
    (limits) => {
      expect(wholeRefusalOf(() => weightSpaceOf(result, limits))).toBeNull();
    },
  );

  it('a root that no weights bear on: a method that is no mean, or a tree of one leaf', () => {
    const topsis = ranking(flat, rows, { aggregate: [{ level: 1, method: 'TOPSIS' }] });
    const leaf = ranking([node('x', null, 'x')], rows, {});
    for (const [made, value] of [
      [topsis, 'TOPSIS'],
      [leaf, null],
    ] as const)
      expect(wholeRefusalOf(() => weightSpaceOf(made, {}))).toMatchObject({
        code: 'PRECONDITION_FAILED',
        problems: [{ path: 'recipe.aggregate', value }],
      });
  });
});

it('the scale is the largest distance in any part; a part that no city has does not count', () => {
  const three = [...flat, node('z', 'index', 'z')];
  const result = ranking(
    three,
    rows.map((row) => [...row, NaN]),
    { normalise: { method: 'NONE' } },
  );
  const space = weightSpaceOf(result, {});
  expect(space.scale).toBe(4);
  expect(completeCities(space)).toEqual([]);
});

describe('withWeights', () => {
  const deep = [
    node('index', null),
    node('p', 'index'),
    node('q', 'index'),
    node('a', 'p', 'a'),
    node('b', 'p', 'b'),
    node('c', 'q', 'c'),
    node('d', 'q', 'd'),
  ];
  const values = [
    [1, 4, 2, 8],
    [3, 1, 5, 2],
    [2, 2, 9, 1],
  ];
  const weigh = (result: RankingResult, weights: readonly number[]): RankingResult =>
    ranking(deep, values, {
      normalise: { method: 'NONE' },
      aggregate: [{ level: 2, method: 'ARITHMETIC', over: 'LEAVES' }],
      weight: {
        method: 'GIVEN',
        weights: withWeights(result, weightSpaceOf(result, {}), Float64Array.from(weights)).weights,
      },
    });
  const result = ranking(deep, values, {
    normalise: { method: 'NONE' },
    aggregate: [{ level: 2, method: 'ARITHMETIC', over: 'LEAVES' }],
  });

  // A dimension that gets nothing has no weights of its own to divide by: its leaves count alike, times 0.
  it.each([[[0.4, 0.3, 0.2, 0.1]], [[0.4, 0.6, 0, 0]], [[0, 0, 0, 1]]])(
    'leaves at once: the new ranking is Σ w x with %j',
    (weights) => {
      const scores = weigh(result, weights).nodes.columns[result.tree.root] ?? [];
      values.forEach((row, i) => {
        expect(scores[i]).toBeCloseTo(
          row.reduce((sum, x, k) => sum + x * (weights[k] ?? NaN), 0),
          12,
        );
      });
    },
  );
});

describe('largestOver and nearestWeights', () => {
  it.each([
    [0, 1, 5],
    // 0.2 each, and the remaining 0.4 to the best part up to 0.5, then to the second.
    [0.2, 0.5, 0.5 * 5 + 0.3 * 3 + 0.2 * -1],
    [1 / 3, 1 / 3, 7 / 3],
  ])('limits %d to %d: the largest Σ w d is %d', (low, high, expected) => {
    const space = spaceOf([[0], [0], [0]], [0.2, 0.3, 0.5], low, high);
    expect(largestOver(space, Float64Array.of(3, -1, 5)).value).toBeCloseTo(expected, 12);
  });

  const otherwise = Float64Array.of(9, 9);

  it('the nominal weights where they will do, on the limit too; else the nearest; else what is given', () => {
    const space = spaceOf([[0], [0]], [0.7, 0.3], 0.2, 0.8);
    const row = (limit: number) => [{ d: Float64Array.of(1, 0), limit }];
    expect(Array.from(nearestWeights(space, row(0.7), otherwise))).toEqual([0.7, 0.3]);
    const near = nearestWeights(space, row(0.5), otherwise);
    expect(agrees(near[0] ?? NaN, 0.5)).toBe(true);
    expect(agrees(near[1] ?? NaN, 0.5)).toBe(true);
    expect(nearestWeights(space, row(0.1), otherwise)).toBe(otherwise);
  });

  it.each([
    [[0.1, 0.9], 0.2],
    [[0.9, 0.1], 0.8],
  ])('nominal weights %j beyond the limits are drawn to the limit, %d', (nominal, expected) => {
    const found = nearestWeights(spaceOf([[0], [0]], nominal, 0.2, 0.8), [], otherwise);
    expect(agrees(found[0] ?? NaN, expected)).toBe(true);
  });
});

describe('mostPassed', () => {
  // Three directions, of which any two can be passed at once and never all: each wants more than 2/5 of its own part.
  const space = spaceOf([[0], [0], [0]], [1, 0, 0]);
  const open = [Float64Array.of(3, -2, -2), Float64Array.of(-2, 3, -2), Float64Array.of(-2, -2, 3)];

  it('loses one of three, and proves it', () => {
    expect(mostPassed(space, open, 1e-6, space.nominal, 100)).toMatchObject({ lost: 1, bound: 1 });
  });

  it('stopped before its first programme: what the first weights pass, and a bound of 0', () => {
    const found = mostPassed(space, open, 1e-6, space.nominal, 0);
    expect(found).toMatchObject({ lost: 2, bound: 0, passed: [open[0]] });
    expect(found.weights).toBe(space.nominal);
  });

  it.each([1, 2, 3, 5])('stopped after %d programmes: the truth lies between the bound and what was found', (limit) => {
    const { lost, bound } = mostPassed(space, open, 1e-6, space.nominal, limit);
    expect(bound).toBeLessThanOrEqual(1);
    expect(lost).toBeGreaterThanOrEqual(1);
  });
});

describe('closestWeights', () => {
  it('more pairs than have a margin of their own, ties among them: the order is still found', () => {
    // 24 cities on the arc of a circle: with weights (u, 1 − u) each order of the arc is reached by one u only.
    const angles = Array.from({ length: 24 }, (_, i) => (i * Math.PI) / 46);
    const space = spaceOf([angles.map(Math.cos), angles.map(Math.sin)], [0.9, 0.1]);
    const cities = [...angles.keys()];
    const scores = angles.map((angle) => 0.31 * Math.cos(angle) + 0.69 * Math.sin(angle));
    // The last two share a rank: that pair is not ordered.
    const sorted = [...scores].sort((a, b) => b - a);
    const published = Float64Array.from(scores, (score) => Math.min(23, 1 + sorted.indexOf(score)));
    const found = closestWeights(space, cities, published);
    expect(found).toMatchObject({ pairs: (24 * 23) / 2 - 1, reversed: 0, fewestReversed: 0, infeasibility: null });
  });

  it('two cities of which one is ahead in every part: the pair is impossible, and its proof is that lead', () => {
    const found = closestWeights(
      spaceOf(
        [
          [1, 0],
          [0.5, 0.25],
        ],
        [0.5, 0.5],
      ),
      [0, 1],
      Float64Array.of(2, 1),
    );
    expect(found.impossible).toEqual([{ above: 1, below: 0, largestLead: -0.25 }]);
    expect(found.infeasibility).toEqual({ pairs: [{ above: 1, below: 0, multiplier: 1 }], value: -0.25 });
    expect(found).toMatchObject({ reversed: 1, fewestReversed: 1, moved: 0, nominalTau: -1, tau: -1 });
    expect(found.ranges).toEqual([
      { city: 0, published: 2, best: 1, worst: 1 },
      { city: 1, published: 1, best: 2, worst: 2 },
    ]);
  });
});
