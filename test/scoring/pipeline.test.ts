import {
  buildTree,
  parseRecipe,
  pipelineCost,
  resolveYear,
  runPipeline,
  runPipelineYears,
  runTable,
  ScoringError,
  treatmentActionOf,
  type IndicatorMeta,
  type NodeDefinition,
  type Panel,
  type RankingResult,
} from '../../src/scoring';
import { TREATMENT_ACTIONS } from '../../src/scoring/descriptor';

const indicator = (code: string, direction: 1 | -1 | 0 = 1): IndicatorMeta => ({
  code,
  direction,
  goalpostLow: null,
  goalpostHigh: null,
  target: null,
  denominator: null,
});
const node = (code: string, parent: string | null, leaf: string | null = null, weight = 1): NodeDefinition => ({
  code,
  parent,
  weight,
  indicator: leaf,
  position: 0,
});
const N = NaN;

/** Three cities, two years; `y` is a cost, `p` a denominator. */
const panel: Panel = {
  cities: ['a', 'b', 'c'].map((code) => ({ code, groups: { TIER: code === 'a' ? 'first' : 'second' } })),
  indicators: [indicator('x'), indicator('y', -1), indicator('z'), indicator('p', 0)],
  years: [2018, 2019],
  // prettier-ignore
  values: Float64Array.of(
    1, 2, 3,   5, 6, 7,   1, N, N,   10, 10, 10,
    N, 4, 8,   6, 5, N,   2, 3, N,   1, 2, 0,
  ),
  // 2019: city b's z is questionable.
  status: Uint8Array.from({ length: 24 }, (_, cell) => (cell === 19 ? 1 : 0)),
  statuses: ['NORMAL', 'QUESTIONABLE'],
};
const tree = buildTree('f', [
  node('index', null),
  node('d1', 'index', null, 3),
  node('d2', 'index'),
  node('x', 'd1', 'x'),
  node('y', 'd1', 'y'),
  node('z', 'd2', 'z'),
]);

const run = (recipe: object, cities?: Int32Array): RankingResult =>
  runPipeline({
    panel,
    tree,
    methodology: parseRecipe(recipe, { tree, panel }),
    keepStages: true,
    ...(cities ? { cities } : {}),
  });

function failure(action: () => unknown): ScoringError {
  try {
    action();
  } catch (error) {
    if (error instanceof ScoringError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

const column = (result: RankingResult, code: string): number[] => [
  ...(result.nodes.columns[tree.indexOf.get(code) ?? -1] ?? []),
];

describe('selection', () => {
  it('takes the exact year by default, and leaves QUESTIONABLE out', () => {
    const { stages } = run({ period: { year: 2019 } });
    expect([...(stages?.selected ?? [])]).toEqual([N, 4, 8, 6, 5, N, 2, N, N]);
    expect([...(stages?.yearUsed ?? [])]).toEqual([0, 2019, 2019, 2019, 2019, 0, 2019, 0, 0]);
  });

  it('looks back within the limit, past missing and excluded values', () => {
    const { stages } = run({ period: { year: 2019, latestWithinYears: 1 } });
    expect([...(stages?.selected ?? [])]).toEqual([1, 4, 8, 6, 5, 7, 2, N, N]);
    expect([...(stages?.yearUsed ?? [])]).toEqual([2018, 2019, 2019, 2019, 2019, 2018, 2019, 0, 0]);
  });

  it('includes QUESTIONABLE values when the recipe does not exclude them', () => {
    expect(run({ period: { year: 2019 }, excludeStatuses: [] }).stages?.selected[7]).toBe(3);
  });

  it('takes the latest year with data when none is asked for', () => {
    expect(run({}).year).toBe(2019);
  });

  it('refuses a year without data and says which have some', () => {
    const error = failure(() => run({ period: { year: 2001 } }));
    expect(error).toMatchObject({
      code: 'NO_DATA',
      problems: [{ path: 'year', value: 2001, allowed: 'a year with data: 2018, 2019' }],
    });
  });

  it('says how far back it looked, and that no year would do', () => {
    const empty: Panel = { ...panel, values: new Float64Array(panel.values.length).fill(NaN) };
    const at = (of: Panel, period: object): ScoringError =>
      failure(() => runPipeline({ panel: of, tree, methodology: parseRecipe({ period }, { tree, panel }) }));
    const allowed = 'no year has data';
    // Without an observation the latest year of the panel stands, and 0 for a panel of no years.
    expect(at(empty, {})).toMatchObject({ code: 'NO_DATA', problems: [{ value: 2019, allowed }] });
    expect(at({ ...empty, years: [] }, {})).toMatchObject({ code: 'NO_DATA', problems: [{ value: 0, allowed }] });
    expect(at(panel, { year: 2030, latestWithinYears: 5 }).message).toContain('2030 or the 5 years before it');
  });

  it('refuses an empty selection', () => {
    expect(failure(() => run({}, new Int32Array(0)))).toMatchObject({
      code: 'NO_DATA',
      problems: [{ path: 'cities' }],
    });
  });

  it('ranks only the selected cities, and compares only them', () => {
    const result = run({ period: { year: 2018 } }, Int32Array.of(0, 1));
    expect(result.cities.map((city) => city.code)).toEqual(['a', 'b']);
    expect(column(result, 'x')).toEqual([0, 100]);
  });
});

describe('denomination', () => {
  it('divides by the denominator of the same selection; a zero or missing denominator makes the ratio missing', () => {
    const result = run({ period: { year: 2019 }, denominate: [{ indicator: 'x', by: 'p', scale: 10 }] });
    // City c has nothing else in 2019, so it leaves.
    expect(result.cities.map((city) => city.code)).toEqual(['a', 'b']);
    expect([...(result.stages?.denominated.subarray(0, 2) ?? [])]).toEqual([N, 20]);
    expect(result.warnings).toContainEqual(expect.objectContaining({ code: 'ZERO_DENOMINATOR', indicator: 'x' }));
  });
});

describe('screening', () => {
  it('leaves out cities below the availability, with the reason', () => {
    const result = run({ period: { year: 2019 }, screen: { minimumAvailability: 0.6 } });
    expect(result.cities.map((city) => city.code)).toEqual(['a', 'b']);
    expect(result.unranked).toEqual([expect.objectContaining({ city: panel.cities[2], code: 'BELOW_AVAILABILITY' })]);
    expect([...result.availability]).toEqual([2 / 3, 2 / 3]);
  });

  it('refuses a screening that nobody passes', () => {
    expect(failure(() => run({ period: { year: 2019 }, screen: { minimumAvailability: 1 } }))).toMatchObject({
      code: 'NO_DATA',
      problems: [{ path: 'recipe.screen.minimumAvailability', value: 1 }],
    });
  });
});

describe('imputation', () => {
  it('marks what it filled', () => {
    const result = run({ period: { year: 2019 }, impute: { method: 'MEAN' } });
    expect([...result.imputed]).toEqual([1, 0, 0, 0, 0, 1, 0, 1, 1]);
    expect([...(result.stages?.imputed ?? [])]).toEqual([6, 4, 8, 6, 5, 5.5, 2, 2, 2]);
    // Availability counts what was observed.
    expect([...result.availability]).toEqual([2 / 3, 2 / 3, 1 / 3]);
  });
});

describe('orientation', () => {
  it('turns a cost around once: the lowest value gets the highest score', () => {
    expect(column(run({ period: { year: 2018 } }), 'y')).toEqual([100, 50, 0]);
  });

  it('refuses a leaf without a direction', () => {
    const flat = buildTree('g', [node('index', null), node('p', 'index', 'p')]);
    const methodology = parseRecipe({}, { tree: flat, panel });
    expect(failure(() => runPipeline({ panel, tree: flat, methodology }))).toMatchObject({
      code: 'BAD_INPUT',
      problems: [{ path: 'framework' }],
    });
  });

  it('refuses a leaf that the release does not have', () => {
    const flat = buildTree('g', [node('index', null), node('q', 'index', 'q')]);
    expect(
      failure(() => runPipeline({ panel, tree: flat, methodology: parseRecipe({}, { tree: flat, panel }) })),
    ).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('weights and aggregation', () => {
  it('multiplies weights down the tree, and the recipe’s beat the tree’s', () => {
    const { nodes } = run({ period: { year: 2018 }, weight: { method: 'GIVEN', weights: [{ node: 'y', weight: 3 }] } });
    const effective = (code: string): number => nodes.effectiveWeights[tree.indexOf.get(code) ?? -1] ?? NaN;
    expect(['index', 'd1', 'd2', 'x', 'y', 'z'].map(effective)).toEqual([1, 0.75, 0.25, 0.1875, 0.5625, 0.25]);
  });

  it('computes a node by its own rule before its level’s, and upper levels by the last level given', () => {
    const result = run({
      period: { year: 2018 },
      normalise: { method: 'MIN_MAX', low: 1, high: 9 },
      aggregate: [
        { level: 1, method: 'ARITHMETIC' },
        { node: 'd1', method: 'GEOMETRIC' },
      ],
    });
    // x is 1, 5, 9 and y is 9, 5, 1; z is 1 city only, so it is constant at 5.
    expect(column(result, 'd1').map((value) => value.toFixed(9))).toEqual([3, 5, 3].map((value) => value.toFixed(9)));
    expect(column(result, 'index').map((value) => value.toFixed(9))).toEqual(
      [(3 * 3 + 5) / 4, 5, 3].map((value) => value.toFixed(9)),
    );
  });

  it('rescales over the children present, or withholds the node below the threshold', () => {
    const rescaled = run({ period: { year: 2018 } });
    expect(column(rescaled, 'index')[1]).toBe(column(rescaled, 'd1')[1]);
    expect(rescaled.warnings).toContainEqual(expect.objectContaining({ code: 'WEIGHTS_RESCALED', node: 'index' }));
    const withheld = run({
      period: { year: 2018 },
      aggregate: [
        { level: 1, method: 'ARITHMETIC' },
        { level: 2, method: 'ARITHMETIC', minimumAvailability: 0.6 },
      ],
    });
    expect(column(withheld, 'index').map(Number.isNaN)).toEqual([false, true, true]);
    expect(withheld.unranked.map(({ city, code }) => [city.code, code])).toEqual([
      ['b', 'INCOMPLETE'],
      ['c', 'INCOMPLETE'],
    ]);
    expect([...withheld.order]).toEqual([0]);
  });

  it('aggregates all leaves at once with their effective weights when asked to', () => {
    const flat = run({ period: { year: 2018 }, aggregate: [{ node: 'index', method: 'ARITHMETIC', over: 'LEAVES' }] });
    const nested = run({ period: { year: 2018 } });
    // City a has all leaves, so the two agree; the weights shown are those that were used.
    expect(column(flat, 'index')[0]).toBeCloseTo(column(nested, 'index')[0] ?? NaN, 12);
    expect([...flat.nodes.effectiveWeights]).toEqual([...nested.nodes.effectiveWeights]);
  });

  it('refuses a geometric mean over a zero, and says what would do', () => {
    const error = failure(() => run({ period: { year: 2018 }, aggregate: [{ level: 1, method: 'GEOMETRIC' }] }));
    expect(error).toMatchObject({ code: 'PRECONDITION_FAILED', problems: [{ path: 'recipe.aggregate', value: 0 }] });
    expect(error.message).toContain('d1');
    expect(error.message).toContain('low 1');
  });

  it('refuses weights that add to nothing', () => {
    const weights = [
      { node: 'd1', weight: 0 },
      { node: 'd2', weight: 0 },
    ];
    expect(failure(() => run({ period: { year: 2018 }, weight: { method: 'GIVEN', weights } }))).toMatchObject({
      code: 'WEIGHTS_INVALID',
    });
  });

  it('passes over columns of weight 0: neither their gaps nor their zeros count', () => {
    const result = run({
      period: { year: 2018 },
      weight: { method: 'GIVEN', weights: [{ node: 'd2', weight: 0 }] },
      aggregate: [
        { level: 1, method: 'ARITHMETIC' },
        { level: 2, method: 'ARITHMETIC', minimumAvailability: 1 },
      ],
    });
    expect(result.order).toHaveLength(3);
  });
});

describe('a column of weight 0', () => {
  it('takes no part in a whole-table method that needs complete rows, whatever its gaps', () => {
    const aggregate = [{ node: 'index', method: 'TOPSIS', over: 'LEAVES' }];
    const weights = (codes: readonly string[]): object => ({
      method: 'GIVEN',
      weights: codes.map((code) => ({ node: code, weight: 0 })),
    });
    const result = run({ period: { year: 2018 }, aggregate, weight: weights(['d2']) });
    expect(result.order).toHaveLength(3);
    expect(column(result, 'index').every(Number.isFinite)).toBe(true);
  });
});

describe('constant and empty columns', () => {
  it('warn, and the ranking is made without them', () => {
    const result = run(
      { period: { year: 2019 }, excludeStatuses: ['QUESTIONABLE', 'NORMAL'].slice(0, 1) },
      Int32Array.of(1, 2),
    );
    expect(result.warnings.map(({ code, indicator: about }) => [code, about])).toEqual(
      expect.arrayContaining([
        ['EMPTY_COLUMN', 'z'],
        ['CONSTANT_COLUMN', 'y'],
      ]),
    );
    expect(result.order).toHaveLength(2);
  });
});

describe('normalisation basis', () => {
  it('pools the years that it names, so that scores of one year are comparable with another’s', () => {
    const recipe = (year: number): object => ({
      period: { year },
      normalise: { method: 'MIN_MAX', low: 0, high: 7, basis: { years: [2018, 2019] } },
    });
    // x over both years runs from 1 to 8.
    expect(column(run(recipe(2018)), 'x')).toEqual([0, 1, 2]);
    expect(column(run(recipe(2019)), 'x')).toEqual([N, 3, 7]);
  });

  it('freezes the statistics of a year', () => {
    const result = run({
      period: { year: 2019 },
      normalise: { method: 'MIN_MAX', low: 0, high: 2, basis: { years: [2018] } },
    });
    expect(column(result, 'x')).toEqual([N, 3, 7]);
  });

  it('takes the statistics of another release', () => {
    const doubled: Panel = {
      ...panel,
      cities: panel.cities.slice(1),
      values: Float64Array.from({ length: 16 }, (_, cell) => (cell % 2 === 0 ? 0 : 16)),
      status: new Uint8Array(16),
    };
    const methodology = parseRecipe(
      { period: { year: 2019 }, normalise: { method: 'MIN_MAX', low: 0, high: 16, basis: { release: 'old' } } },
      { tree, panel },
    );
    expect(column(runPipeline({ panel, tree, methodology, basisPanel: doubled }), 'x')).toEqual([N, 4, 8]);
  });

  it('takes the statistics of another release year by year, where several years are ranked', () => {
    const doubled: Panel = { ...panel, values: panel.values.map((value) => value * 2) };
    const methodology = parseRecipe(
      { normalise: { method: 'MIN_MAX', low: 0, high: 16, basis: { release: 'old' } } },
      { tree, panel },
    );
    const run = { panel, tree, methodology, basisPanel: doubled };
    const [first, second] = runPipelineYears(run, [2018, 2019]);
    // x of the other release runs from 2 to 6 in 2018 and from 8 to 16 in 2019.
    expect(first && column(first, 'x')).toEqual([-4, 0, 4]);
    expect(second && column(second, 'x')).toEqual([N, -8, 0]);
  });

  it('refuses a basis without data, and a basis for a single table', () => {
    expect(
      failure(() => run({ period: { year: 2019 }, normalise: { method: 'MIN_MAX', basis: { years: [1990] } } })),
    ).toMatchObject({ code: 'NO_DATA' });
    const methodology = parseRecipe({ normalise: { method: 'MIN_MAX', basis: { years: [2018] } } }, { tree, panel });
    const table = {
      tree,
      methodology,
      year: 2018,
      cities: panel.cities,
      indicators: panel.indicators.slice(0, 3),
      values: panel.values.slice(0, 9),
    };
    expect(failure(() => runTable(table))).toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('what is kept', () => {
  it('drops the stages unless asked to keep them', () => {
    const methodology = parseRecipe({}, { tree, panel });
    expect(runPipeline({ panel, tree, methodology }).stages).toBeNull();
  });

  it('gives the same bytes for the same input', () => {
    const bytes = (): string =>
      JSON.stringify(run({ period: { year: 2019, latestWithinYears: 1 } }).nodes.columns.map((values) => [...values]));
    expect(bytes()).toBe(bytes());
  });

  it('does not write to the panel', () => {
    const before = panel.values.slice();
    run({
      period: { year: 2019, latestWithinYears: 1 },
      impute: { method: 'MEAN' },
      treat: { method: 'WINSORISE_THEN_LOG' },
    });
    expect(panel.values).toEqual(before);
  });
});

describe('resolveYear', () => {
  it('is the recipe’s year, or the latest with data', () => {
    const year = (period: object): number => resolveYear(panel, tree, parseRecipe({ period }, { tree, panel }));
    expect([year({ year: 2001 }), year({})]).toEqual([2001, 2019]);
  });
});

describe('treatmentActionOf', () => {
  it('names the actions', () => {
    expect([0, 1].map(treatmentActionOf)).toEqual(TREATMENT_ACTIONS.slice(0, 2));
    expect(() => treatmentActionOf(99)).toThrow(RangeError);
  });
});

describe('pipelineCost', () => {
  it('counts all leaves for a node that is computed from them at once', () => {
    const cost = (over: string): number =>
      pipelineCost(parseRecipe({ aggregate: [{ node: 'index', method: 'TOPSIS', over }] }, { tree, panel }), tree, 100);
    expect(cost('LEAVES')).toBeGreaterThan(cost('CHILDREN'));
  });

  it('grows with cities and with what the recipe asks for', () => {
    const cost = (recipe: object, n: number): number => pipelineCost(parseRecipe(recipe, { tree, panel }), tree, n);
    expect(cost({}, 200)).toBeGreaterThan(cost({}, 100));
    expect(cost({ impute: { method: 'MEAN' } }, 100)).toBeGreaterThan(cost({}, 100));
    expect(cost({ normalise: { method: 'MIN_MAX', basis: { years: [2018, 2019] } } }, 100)).toBeGreaterThan(
      cost({}, 100),
    );
  });
});
