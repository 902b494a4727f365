import {
  buildTree,
  contributionsAt,
  decomposeGap,
  leastGapCost,
  parseRecipe,
  registry,
  runTable,
  strengthsAndWeaknesses,
  type RankingResult,
} from '../../../src/scoring';
import { silentContext } from '../../../src/scoring/explanation/node-model';
import { stagesOf } from '../../../src/scoring/stages';
import { city, indicator, wholeRefusalOf } from '../../helpers/contexts';
import { stream } from '../../helpers/gaps';

/** A ranking of `rows` (one for each city) by x0, x1, … in dimensions, whose sizes are given, under one root. */
function ranking(
  rows: readonly (readonly number[])[],
  recipe: object,
  { sizes, weights = [], costs = [] }: { sizes?: readonly number[]; weights?: number[]; costs?: number[] } = {},
): RankingResult {
  const m = rows[0]?.length ?? 0;
  const dimensionOf = (sizes ?? []).flatMap((size, d) => new Array<string>(size).fill(`d${String(d)}`));
  const tree = buildTree('t', [
    { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
    ...(sizes ?? []).map((_, d) => ({
      code: `d${String(d)}`,
      parent: 'index',
      weight: 1,
      indicator: null,
      position: d,
    })),
    ...Array.from({ length: m }, (_, j) => ({
      code: `x${String(j)}`,
      parent: dimensionOf[j] ?? 'index',
      weight: weights[j] ?? 1,
      indicator: `x${String(j)}`,
      position: j,
    })),
  ]);
  const indicators = Array.from({ length: m }, (_, j) =>
    indicator(`x${String(j)}`, { direction: costs.includes(j) ? -1 : 1 }),
  );
  const cities = rows.map((_, i) => city(`c${String(i)}`));
  const methodology = parseRecipe(
    { normalise: { method: 'NONE' }, ...recipe },
    { tree, panel: { indicators, cities, years: [1] } },
  );
  const values = Float64Array.from(indicators.flatMap((_, j) => rows.map((row) => row[j] ?? NaN)));
  return runTable({ tree, cities, indicators, year: 1, values, methodology, keepStages: true });
}

const split = (result: RankingResult, a = 0, b = 1) => decomposeGap(result, result.tree.root, a, b);
const partsOf = (result: RankingResult, a = 0, b = 1): number[] => Array.from(split(result, a, b)?.parts ?? []);
const at1 = (rule: object) => ({ aggregate: [{ level: 1, ...rule }] });

describe('closed forms at their edges', () => {
  it('an indicator without weight has no part', () => {
    const result = ranking(
      [
        [1, 9, 4],
        [3, 2, 8],
      ],
      at1({ method: 'ARITHMETIC' }),
      { weights: [1, 0, 3] },
    );
    expect(partsOf(result)).toEqual([0.25 * (1 - 3), 0, 0.75 * (4 - 8)]);
  });

  it.each([2, 0.5])('power mean %d: both at 0 in one indicator, which has no part', (exponent) => {
    const result = ranking(
      [
        [0, 4],
        [0, 9],
      ],
      at1({ method: 'POWER_MEAN', exponent }),
    );
    // One value of two: y = x · (1/2)^(1/p).
    const gap = (4 - 9) * 0.5 ** (1 / exponent);
    expect(split(result)?.method).toBe('CLOSED_FORM');
    expect(partsOf(result)[0]).toBe(0);
    expect(partsOf(result)[1]).toBeCloseTo(gap, 12);
  });

  it('power mean 2 where both cities have nothing: all parts are 0', () => {
    const result = ranking(
      [
        [0, 0],
        [0, 0],
        [1, 1],
      ],
      at1({ method: 'POWER_MEAN', exponent: 2 }),
    );
    expect(split(result)).toMatchObject({ gap: 0, method: 'CLOSED_FORM', orders: 0 });
    expect(partsOf(result)).toEqual([0, 0]);
  });

  it('power mean 2 by hand: x² is additive, so each part is its change of Σ x²/2 over the sum of the scores', () => {
    const result = ranking(
      [
        [1, 7],
        [5, 5],
      ],
      at1({ method: 'POWER_MEAN', exponent: 2 }),
    );
    const [part0, part1] = partsOf(result);
    // Both have the score 5: the divided difference of √ is its derivative, 1 / (2 · 5).
    expect(part0).toBeCloseTo((1 - 25) / 2 / 10, 12);
    expect(part1).toBeCloseTo((49 - 25) / 2 / 10, 12);
  });

  it('power mean 2 from 0: (x² − 0) / 2 over the sum of the two scores', () => {
    const result = ranking(
      [
        [0, 4],
        [3, 4],
      ],
      at1({ method: 'POWER_MEAN', exponent: 2 }),
    );
    const gap = Math.sqrt(8) - Math.sqrt(12.5);
    expect(split(result)?.method).toBe('CLOSED_FORM');
    expect(partsOf(result)[0]).toBeCloseTo(gap, 12);
    expect(partsOf(result)[1]).toBe(0);
  });

  it.each([0, 1e-101])('power mean of exponent %d: the geometric mean', (exponent) => {
    const rows = [
      [2, 8],
      [3, 27],
    ];
    const geometric = partsOf(ranking(rows, at1({ method: 'GEOMETRIC' })));
    partsOf(ranking(rows, at1({ method: 'POWER_MEAN', exponent }))).forEach((part, k) => {
      expect(part).toBeCloseTo(geometric[k] ?? NaN, 12);
    });
  });

  it('powers beyond all doubles: the exchange takes over, and the parts still add to the gap', () => {
    const result = ranking(
      [
        [1, 1e6],
        [2, 5],
      ],
      at1({ method: 'POWER_MEAN', exponent: -1000 }),
    );
    const found = split(result);
    expect(found?.method).toBe('SHAPLEY_EXACT');
    // The lower of the two decides: 1 against 2, so all of it is x0's but what passing 5 by a million cannot change.
    const [part0 = NaN, part1 = NaN] = partsOf(result);
    expect(part0 + part1).toBeCloseTo(found?.gap ?? NaN, 9);
    expect(Math.abs(part1)).toBeLessThan(1e-9);
  });
});

describe('exchanges that a method is not defined on', () => {
  it('each counts as lying as far along as its share of the indicators', () => {
    // Mazziotta–Pareto of (1, 1, 100) is 34 − 2178/34 < 0, and of (1, 100, 100) still above 0; with two equal cities
    // exchanged in part, one of them always has a 1 too many or a 100 too few for the geometric mean above.
    const result = ranking(
      [
        [1, 1, 1],
        [100, 100, 100],
      ],
      {
        aggregate: [
          { level: 1, method: 'MAZZIOTTA_PARETO' },
          { level: 2, method: 'GEOMETRIC' },
        ],
      },
      { sizes: [3] },
    );
    const found = split(result);
    expect(found).toMatchObject({ method: 'SHAPLEY_EXACT', undefinedExchanges: 6 });
    expect(found?.gap).toBeCloseTo(-99, 9);
    for (const part of found?.parts ?? []) expect(part).toBeCloseTo(-33, 9);
  });
});

describe('methods that read natural values', () => {
  it('a cost that is lower adds to the gap, and the parts add to it', () => {
    const result = ranking(
      [
        [4, 10],
        [4, 40],
        [9, 20],
      ],
      at1({ method: 'COPRAS' }),
      { costs: [1] },
    );
    const found = split(result);
    expect(found?.gap).toBeGreaterThan(0);
    expect(found?.parts[0]).toBe(0);
    expect(found?.parts[1]).toBeCloseTo(found?.gap ?? NaN, 12);
  });
});

describe('nodes that must be scored for all cities', () => {
  // TOPSIS over a mean over TOPSIS: what the mean gives the other cities moves with the exchange, and the root reads it.
  const tree = buildTree('deep', [
    { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
    { code: 'mean', parent: 'index', weight: 1, indicator: null, position: 0 },
    { code: 'topsis', parent: 'mean', weight: 1, indicator: null, position: 0 },
    ...['topsis', 'topsis', 'mean', 'index'].map((parent, j) => ({
      code: `x${String(j)}`,
      parent,
      weight: 1,
      indicator: `x${String(j)}`,
      position: 1 + j,
    })),
  ]);
  const indicators = [0, 1, 2, 3].map((j) => indicator(`x${String(j)}`));
  const rows = [
    [1, 8, 2, 5],
    [5, 3, 4, 1],
    [2, 2, 9, 7],
    [9, 6, 1, 3],
  ];
  const cities = rows.map((_, i) => city(`c${String(i)}`));
  const methodology = parseRecipe(
    {
      normalise: { method: 'NONE' },
      aggregate: [
        { level: 1, method: 'TOPSIS' },
        { level: 2, method: 'ARITHMETIC' },
        { level: 3, method: 'TOPSIS' },
      ],
    },
    { tree, panel: { indicators, cities, years: [1] } },
  );
  const rank = (values: readonly (readonly number[])[]): RankingResult =>
    runTable({
      tree,
      cities,
      indicators,
      year: 1,
      methodology,
      values: Float64Array.from([0, 1, 2, 3].flatMap((j) => values.map((row) => row[j] ?? NaN))),
      keepStages: true,
    });

  it('TOPSIS above a mean above TOPSIS: half of the mean change over all 24 orders, each table ranked anew', () => {
    const gapAfter = (set: number): number => {
      const [a = [], b = [], ...rest] = rows;
      const swapped = [0, 1].map((own) => [0, 1, 2, 3].map((j) => (((set >> j) & 1) === own ? a : b)[j] ?? NaN));
      const scores = rank([...swapped, ...rest]).nodes.columns[tree.root] ?? [];
      return (scores[0] ?? NaN) - (scores[1] ?? NaN);
    };
    const v = Array.from({ length: 16 }, (_, set) => gapAfter(set));
    const shares = [1 / 4, 1 / 12, 1 / 12, 1 / 4];
    const found = decomposeGap(rank(rows), tree.root, 0, 1);
    for (let j = 0; j < 4; j++) {
      let expected = 0;
      for (let set = 0; set < 16; set++) {
        if ((set >> j) & 1) continue;
        const size = [0, 1, 2, 3].filter((k) => (set >> k) & 1).length;
        expected -= ((shares[size] ?? NaN) * ((v[set | (1 << j)] ?? NaN) - (v[set] ?? NaN))) / 2;
      }
      expect(found?.parts[j]).toBeCloseTo(expected, 9);
    }
  });

  it('a mean above TOPSIS: TOPSIS of one column is (x − min) / (max − min), so each part is half of its change', () => {
    const pairs = [
      [1, 8],
      [5, 3],
      [2, 2],
      [9, 6],
    ];
    const recipe = {
      aggregate: [
        { level: 1, method: 'TOPSIS' },
        { level: 2, method: 'ARITHMETIC' },
      ],
    };
    const [part0, part1] = partsOf(ranking(pairs, recipe, { sizes: [1, 1] }));
    expect(part0).toBeCloseTo((1 - 5) / (9 - 1) / 2, 12);
    expect(part1).toBeCloseTo((8 - 3) / (8 - 2) / 2, 12);
  });

  it('an error of the program is not taken for an exchange that is not defined', () => {
    const result = rank(rows);
    const method = registry.AGGREGATION.get('TOPSIS');
    if (!method) throw new Error('No TOPSIS.');
    const spy = jest.spyOn(method, 'run').mockImplementation(() => {
      throw new TypeError('A slip.');
    });
    expect(() => decomposeGap(result, tree.root, 0, 1)).toThrow(TypeError);
    spy.mockRestore();
  });
});

describe('contributions', () => {
  const wide = Array.from({ length: 6 }, (_, i) => Array.from({ length: 10 }, (_, j) => 1 + ((i * 7 + j * 13) % 11)));

  it('a single city is the mean: no parts', () => {
    const told = contributionsAt(ranking([[3, 5]], {}), 2, 0);
    expect(told).toEqual({ score: 4, mean: 4, method: 'CLOSED_FORM', parts: new Float64Array(2) });
  });

  it('a city without a score has none, and counts in no mean', () => {
    const result = ranking(
      [
        [3, 5],
        [NaN, NaN],
        [1, 1],
      ],
      { screen: { minimumAvailability: 0 } },
    );
    const rows = result.cities.map(({ code }) => code);
    const told = contributionsAt(result, result.tree.root, rows.indexOf('c0'));
    expect(told).toMatchObject({ score: 4, mean: 2.5 });
    expect(Array.from(told?.parts ?? [])).toEqual([0.5, 1]);
    const incomplete = ranking(
      [
        [3, 5],
        [NaN, 2],
        [1, 1],
        [2, 9],
      ],
      at1({ method: 'TOPSIS' }),
    );
    expect(contributionsAt(incomplete, incomplete.tree.root, 1)).toBeNull();
    const scores = [0, 2, 3].map((i) => incomplete.nodes.columns[incomplete.tree.root]?.[i] ?? NaN);
    expect(contributionsAt(incomplete, incomplete.tree.root, 0)?.mean).toBeCloseTo(
      scores.reduce((sum, score) => sum + score, 0) / 3,
      9,
    );
  });

  it.each([
    ['ARITHMETIC', 'CLOSED_FORM', 2],
    ['TOPSIS', 'SHAPLEY_EXACT', 2],
    ['TOPSIS', 'SHAPLEY_SAMPLED', 10],
  ])('%s: told by %s with %d indicators', (method, expected, m) => {
    const result = ranking(
      wide.map((row) => row.slice(0, m)),
      at1({ method }),
    );
    const told = contributionsAt(result, result.tree.root, 2);
    expect(told?.method).toBe(expected);
    expect(told?.parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo((told?.score ?? 0) - (told?.mean ?? 0), 9);
  });

  it('cost of the least split: its leaves for a closed form, else one whole exchange of each', () => {
    const rows = wide.map((row) => row.slice(0, 4));
    const closed = ranking(rows, {}, { sizes: [2, 2] });
    expect(leastGapCost(closed, closed.tree.root)).toBe(4);
    const topsis = ranking(rows, at1({ method: 'TOPSIS', over: 'LEAVES' }));
    const model = leastGapCost(topsis, topsis.tree.root) / 4;
    expect(model).toBeGreaterThanOrEqual(6 * 4);
    expect(Number.isInteger(model)).toBe(true);
  });
});

it('strengths: an indicator without a value is neither, and equal peers have no deviations', () => {
  const result = ranking(
    [
      [3, NaN, 7],
      [1, 5, 7],
      [2, 6, 7],
    ],
    {},
  );
  const { strengths, weaknesses } = strengthsAndWeaknesses(result, 0, [1, 2], 5);
  expect(strengths.map(({ leaf, rank, of, deviations }) => [leaf, rank, of, deviations])).toEqual([
    [0, 1, 3, 1],
    [2, 1, 3, NaN],
  ]);
  // x2 is shared by all as the lowest, so it is no weakness of the city's own.
  expect(weaknesses.map(({ leaf }) => leaf)).toEqual([0]);
});

describe('what a re-run says and keeps silent', () => {
  it('a refusal names the aggregation, the value and what is allowed', () => {
    const refused = (value?: unknown) =>
      wholeRefusalOf(() => silentContext.refuse('PRECONDITION_FAILED', 'No.', 'more', value));
    const problem = (value: unknown) => [{ path: 'recipe.aggregate', value, message: 'No.', allowed: 'more' }];
    expect(refused(-3)).toEqual({ code: 'PRECONDITION_FAILED', message: 'No.', problems: problem(-3) });
    expect(refused()?.problems).toEqual(problem(null));
    expect(() => {
      silentContext.warn('METHOD_NOTE', 'unheard');
    }).not.toThrow();
  });

  it('a ranking without its stages cannot be explained from them', () => {
    expect(() => stagesOf({ stages: null })).toThrow('The ranking was made without its stages.');
  });
});

it('a fixed sample of orders is the same every time, and other first orders give other parts', () => {
  const next = stream(11);
  const result = ranking(
    Array.from({ length: 5 }, () => Array.from({ length: 10 }, next)),
    at1({ method: 'CODAS' }),
  );
  const sampled = (firstOrder: number): number[] =>
    Array.from(decomposeGap(result, result.tree.root, 0, 1, { maxCellOperations: 1, firstOrder })?.parts ?? []);
  expect(sampled(0)).toEqual(sampled(0));
  expect(sampled(3)).not.toEqual(sampled(0));
  // Orders are cyclic shifts of one: after as many as there are indicators they begin anew.
  expect(sampled(10)).toEqual(sampled(0));
});
