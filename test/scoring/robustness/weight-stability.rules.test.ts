import {
  buildTree,
  parseRecipe,
  runTable,
  weightStability,
  weightsWithShare,
  type RankingResult,
  type StabilityTarget,
  type WeightStability,
} from '../../../src/scoring';
import { city, indicator, wholeRefusalOf } from '../../helpers/contexts';
import { smallRun, type SmallTable } from '../../helpers/robustness';

const TOP: StabilityTarget = { kind: 'TOP', k: 1 };
const PAIR: StabilityTarget = { kind: 'PAIR', first: 'c0', second: 'c1' };
const NONE = { normalise: { method: 'NONE' } };
const means = (...methods: string[]) => ({
  ...NONE,
  aggregate: methods.map((method, k) => ({ level: k + 1, method })),
});

function stability(table: SmallTable, node: string, target = TOP): WeightStability | undefined {
  return weightStability(runTable(smallRun(table)), target, [node])[0];
}

const TWO = {
  leaves: { d: ['x', 'y'], e: ['z'] },
  columns: [
    [8, 4],
    [2, 5],
    [3, 3],
  ],
};

describe('says why it does not answer', () => {
  const overLeaves = { ...NONE, aggregate: [{ level: 2, method: 'ARITHMETIC', over: 'LEAVES' }] };
  const demanding = { ...NONE, aggregate: [{ level: 1, method: 'ARITHMETIC', minimumAvailability: 0.5 }] };
  const gap = {
    leaves: ['x', 'y', 'z'],
    columns: [
      [8, 4],
      [2, 5],
      [NaN, 3],
    ],
    weights: { z: 0 },
  };

  it.each<[string, SmallTable, string, RegExp]>([
    [
      'a mean above that is none',
      { ...TWO, recipe: means('ARITHMETIC', 'MEDIAN') },
      'x',
      /index is computed by MEDIAN/,
    ],
    [
      'leaves weighed at once by the data',
      { ...TWO, recipe: { ...overLeaves, weight: { method: 'EQUAL' } } },
      'd',
      /weighs its leaves at once by EQUAL/,
    ],
    [
      'no weight above leaves that are weighed at once',
      { ...TWO, weights: { d: 0 }, recipe: overLeaves },
      'd',
      /weighed along its path/,
    ],
    [
      'no weight, gaps, and an availability asked for',
      { ...gap, recipe: demanding },
      'z',
      /count towards the availability/,
    ],
    [
      'a harmonic mean over what has no inverse in doubles',
      {
        leaves: ['x', 'y'],
        columns: [
          [1e-310, 4],
          [2, 5],
        ],
        recipe: means('HARMONIC'),
      },
      'x',
      /score of c0 is not defined/,
    ],
  ])('%s', (_name, table, node, note) => {
    const found = stability(table, node, PAIR);
    expect(found).toMatchObject({ interval: null, method: 'NONE' });
    expect(found?.note).toMatch(note);
  });

  it.each<[string, SmallTable]>([
    ['no availability asked for', { ...gap, recipe: NONE }],
    [
      'no gap',
      {
        ...gap,
        columns: [
          [8, 4],
          [2, 5],
          [1, 3],
        ],
        recipe: demanding,
      },
    ],
  ])('no weight of its own, but %s: an answer from 0 upwards', (_name, table) => {
    const found = stability(table, 'z', PAIR);
    expect(found?.weight).toBe(0);
    expect(found?.interval?.low).toEqual({ weight: 0, cities: null });
  });

  it('a share for an only child is refused', () => {
    const result = runTable(smallRun({ ...TWO, recipe: NONE }));
    expect(wholeRefusalOf(() => weightsWithShare(result, 'z', 0.5))).toMatchObject({
      code: 'BAD_INPUT',
      problems: [{ path: 'node', value: 'z', allowed: 'a node with weighted siblings' }],
    });
  });
});

describe('by hand', () => {
  it('a sibling without weight does not count: 8 t + 2 (1 − t) = 4 t + 5 (1 − t) at t = 3/7', () => {
    const found = stability(
      {
        leaves: ['x', 'y', 'z'],
        columns: [
          [8, 4],
          [2, 5],
          [1, 99],
        ],
        weights: { z: 0 },
        recipe: NONE,
      },
      'x',
      PAIR,
    );
    expect(found?.interval?.low.weight).toBeCloseTo(3 / 7, 12);
  });

  it('two cities without the part: their order does not hang on it', () => {
    const found = stability(
      {
        leaves: { d: ['x', 'y'], e: ['z'] },
        columns: [
          [NaN, NaN, 4],
          [NaN, NaN, 5],
          [3, 2, 2.5],
        ],
        recipe: means('ARITHMETIC', 'GEOMETRIC'),
      },
      'x',
      PAIR,
    );
    expect(found?.interval).toEqual({ low: { weight: 0, cities: null }, high: { weight: 1, cities: null } });
  });

  it('a third city, whose sum is 0 under its geometric mean at 10 t − 3 (1 − t) = 0, ends the interval: t = 3/13', () => {
    const columns = [
      [8, 4, 10],
      [7, 3, -3],
      [3, 3, 3],
    ];
    const found = stability({ ...TWO, columns, recipe: means('ARITHMETIC', 'GEOMETRIC') }, 'x', PAIR);
    expect(found?.interval?.low.weight).toBeCloseTo(3 / 13, 12);
    expect(found?.interval).toMatchObject({ low: { cities: null }, high: { weight: 1, cities: null } });
    expect(found?.note).toMatch(/Outside the interval/);
  });

  it('two scores that run side by side, too close to be told apart in the divisions allowed', () => {
    const found = stability(
      {
        ...TWO,
        columns: [
          [100, 100 * (1 - 1e-6)],
          [1, 1 - 1e-6],
          [5, 5],
        ],
        recipe: means('ARITHMETIC', 'HARMONIC'),
      },
      'x',
      PAIR,
    );
    expect(found?.method).toBe('BISECTION');
    expect(found?.note).toMatch(/so close/);
  });
});

/** The order of two cities by whole rankings, at shares that cover 0 to 1. */
function expectSettledBy(
  result: RankingResult,
  rerun: (share: number) => RankingResult,
  found?: WeightStability,
): void {
  if (!found?.interval) throw new Error(found?.note ?? 'No interval.');
  const { low, high } = found.interval;
  const sign = (ranking: RankingResult): number => Math.sign((ranking.ranks[0] ?? NaN) - (ranking.ranks[1] ?? NaN));
  for (let k = 1; k < 40; k++) {
    const share = k / 40;
    if (Math.abs(share - low.weight) < 1e-6 || Math.abs(share - high.weight) < 1e-6) continue;
    if (share > low.weight && share < high.weight) expect([share, sign(rerun(share))]).toEqual([share, sign(result)]);
  }
  for (const end of [low, high])
    if (end.cities !== null) {
      const past = end.weight + (end === low ? -1e-6 : 1e-6);
      expect(sign(rerun(past))).toBe(-sign(result));
    }
}

describe('by running again', () => {
  it.each<[string, number[][], Record<string, number>, string?]>([
    [
      'the rest of the index outweighs the part beyond all doubles',
      [
        [8, 4],
        [2, 5],
        [1e3, 1],
      ],
      { d: 1, e: 999 },
    ],
    [
      'coefficients beyond all doubles',
      [
        [8e-100, 4e-100],
        [2e-100, 5e-100],
        [1e3, 1],
      ],
      { d: 1, e: 90 },
      'HARMONIC',
    ],
    [
      'a part that decides',
      [
        [8, 4],
        [2, 5],
        [3, 3.1],
      ],
      { d: 1, e: 1 },
    ],
  ])('a geometric mean of sums: %s', (_name, columns, weights, below = 'ARITHMETIC') => {
    const run = smallRun({ ...TWO, columns, weights, recipe: means(below, 'GEOMETRIC') });
    const result = runTable(run);
    const rerun = (share: number): RankingResult =>
      runTable({ ...run, methodology: { ...run.methodology, weight: weightsWithShare(result, 'x', share) } });
    expectSettledBy(result, rerun, weightStability(result, PAIR, ['x'])[0]);
  });

  // x and y under c under b under the index, each with a neighbour.
  const tree = buildTree('deep', [
    { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
    { code: 'b', parent: 'index', weight: 1, indicator: null, position: 0 },
    { code: 'c', parent: 'b', weight: 1, indicator: null, position: 0 },
    ...['c', 'c', 'b', 'index'].map((parent, j) => ({
      code: `x${String(j)}`,
      parent,
      weight: 1,
      indicator: `x${String(j)}`,
      position: j + 1,
    })),
  ]);
  const indicators = [0, 1, 2, 3].map((j) => indicator(`x${String(j)}`));
  const deep = (rows: readonly (readonly number[])[], recipe: object) => {
    const cities = rows.map((_, i) => city(`c${String(i)}`));
    const methodology = parseRecipe(recipe, { tree, panel: { indicators, cities, years: [1] } });
    const values = Float64Array.from([0, 1, 2, 3].flatMap((j) => rows.map((row) => row[j] ?? NaN)));
    return { tree, cities, indicators, year: 1, values, methodology, keepStages: true };
  };

  it.each([
    [['GEOMETRIC', 'ARITHMETIC', 'ARITHMETIC']],
    [['ARITHMETIC', 'ARITHMETIC', 'GEOMETRIC']],
    [['HARMONIC', 'GEOMETRIC', 'ARITHMETIC']],
    [['ARITHMETIC', 'ARITHMETIC', 'ARITHMETIC']],
  ])('three levels: %j', (methods) => {
    const run = deep(
      [
        [9, 2, 4, 3],
        [3, 6, 5, 3.2],
        [1, 1, 1, 1],
      ],
      means(...methods),
    );
    const result = runTable(run);
    const rerun = (share: number): RankingResult =>
      runTable({ ...run, methodology: { ...run.methodology, weight: weightsWithShare(result, 'x0', share) } });
    expectSettledBy(result, rerun, weightStability(result, PAIR, ['x0'])[0]);
  });

  it('regression: a city without anything two levels up had no answer; it is passed over there, as in the ranking', () => {
    const run = deep(
      [
        [9, 2, 4, 3],
        [NaN, NaN, NaN, 4.2],
        [1, 1, 1, 1],
      ],
      NONE,
    );
    const [found] = weightStability(runTable(run), PAIR, ['x0']);
    // c0: ((9 t + 2 (1 − t)) / 2 + 2) / 2 + 1.5 = 1.75 t + 3; c1: 4.2, so t = 1.2 / 1.75.
    expect(found?.interval?.high.weight).toBeCloseTo(1.2 / 1.75, 12);
    // Two of them, alike: they tie whatever the weight.
    const tied = deep(
      [
        [NaN, NaN, NaN, 4],
        [NaN, NaN, NaN, 4],
        [1, 1, 1, 1],
      ],
      NONE,
    );
    expect(weightStability(runTable(tied), PAIR, ['x0'])[0]?.interval).toEqual({
      low: { weight: 0, cities: null },
      high: { weight: 1, cities: null },
    });
  });
});
