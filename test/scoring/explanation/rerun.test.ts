import { buildTree, mergeRecipes, parseRecipe, runPipeline, type Panel } from '../../../src/scoring';
import { Rerun } from '../../../src/scoring/explanation/rerun';
import { builtInBundle } from '../../helpers/bundle';
import { city, indicator } from '../../helpers/contexts';
import { stream } from '../../helpers/gaps';

const { panel, trees, recipes } = builtInBundle();
const preset = recipes.get('default');
const tree = trees.get(preset?.framework ?? '');
if (!preset || !tree) throw new Error('No default methodology.');

describe.each([
  ['the default recipe', {}],
  [
    'a method that compares the cities',
    {
      aggregate: [
        { level: 1, method: 'ARITHMETIC' },
        { level: 2, method: 'VIKOR' },
      ],
    },
  ],
  ['leaves at once', { weight: { method: 'EQUAL' }, aggregate: [{ level: 2, method: 'ARITHMETIC', over: 'LEAVES' }] }],
  [
    'dimensions where a low score is good',
    {
      aggregate: [
        { level: 1, method: 'VIKOR' },
        { level: 2, method: 'ARITHMETIC' },
      ],
      impute: { method: 'NONE' },
    },
  ],
  ['weights from the data', { weight: { method: 'CRITIC' } }],
  [
    'ties settled by a dimension that the index, computed from the leaves, does not read',
    {
      weight: { method: 'EQUAL' },
      aggregate: [
        { level: 1, method: 'ARITHMETIC' },
        { level: 2, method: 'ARITHMETIC', over: 'LEAVES' },
      ],
      rank: { ties: 'ORDINAL', tolerance: 10, tieBreaker: 'public_services' },
    },
  ],
  [
    'natural values',
    {
      treat: { method: 'NONE' },
      normalise: { method: 'NONE' },
      aggregate: [
        { level: 1, method: 'COPRAS' },
        { level: 2, method: 'ARITHMETIC' },
      ],
      screen: { minimumAvailability: 1 },
    },
  ],
])('%s: the short way gives what the whole pipeline gives', (_, changes) => {
  const methodology = parseRecipe(mergeRecipes(preset.recipe, changes), { tree, panel });
  const run = { panel, tree, methodology };
  const result = runPipeline({ ...run, keepStages: true });

  it('on 60 random changes of one or two values', () => {
    const next = stream(8);
    let moved = 0;
    for (let draw = 0; draw < 60; draw++) {
      const city = Math.floor(next() * result.cities.length);
      const rerun = new Rerun(run, result, city);
      const drawn = [0, 1].map(() => Math.floor(next() * result.indicators.length));
      const leaves = [...new Set(drawn.slice(0, 1 + (draw % 2)))].filter((leaf) => rerun.canChange(leaf));
      const n = result.cities.length;
      const wanted = leaves.map((leaf) => {
        const column = result.stages?.denominated.subarray(leaf * n, (leaf + 1) * n) ?? new Float64Array();
        const present = column.filter((value) => !Number.isNaN(value));
        return { leaf, value: present[Math.floor(next() * present.length)] ?? NaN };
      });
      const rank = rerun.rank(wanted);
      if (rank !== result.ranks[city]) moved++;
      expect(rank).toBe(rerun.fullRank(wanted));
    }
    expect(moved).toBeGreaterThan(2);
  });
});

describe('values divided by another indicator, and values taken away', () => {
  const cities = ['a', 'b', 'c', 'd'].map((code) => city(code));
  const indicators = [indicator('beds'), indicator('population'), indicator('income')];
  const small: Panel = {
    cities,
    indicators,
    years: [2019],
    values: Float64Array.of(0, 40, 30, 90, 10, 20, 5, 60, 7, 5, 6, 8),
    status: new Uint8Array(12),
    statuses: ['NORMAL'],
  };
  const flat = buildTree('t', [
    { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
    ...indicators.map(({ code }, position) => ({ code, parent: 'index', weight: 1, indicator: code, position })),
  ]);
  const recipe = {
    denominate: [{ indicator: 'beds', by: 'population', scale: 1000 }],
    normalise: { method: 'MIN_MAX', low: 1, high: 100 },
    aggregate: [{ level: 1, method: 'ARITHMETIC', minimumAvailability: 1 }],
  };
  const run = { panel: small, tree: flat, methodology: parseRecipe(recipe, { tree: flat, panel: small }) };
  const result = runPipeline({ ...run, keepStages: true });
  const of = (code: string): Rerun =>
    new Rerun(
      run,
      result,
      cities.findIndex((each) => each.code === code),
    );

  it('a denominated value is told in its own unit: 3,000 beds per 1,000 of 20 people are 60 beds', () => {
    expect(of('b').valueOf(0)).toBe(2000);
    expect(of('b').rawValueOf(0, 3000)).toBeCloseTo(60, 12);
    expect(of('b').rawValueOf(2, 3000)).toBe(3000);
  });

  it('regression: a divided value of 0 was changed as if it were not divided; what a bed is worth there is not known', () => {
    expect(of('a').rawValueOf(0, 5)).toBeNaN();
    expect([0, 1, 2].map((leaf) => of('a').canChange(leaf))).toEqual([false, true, true]);
  });

  it.each([0, 2])('without its value of leaf %d the city has no rank and no score, either way', (leaf) => {
    const rerun = of('b');
    const gone = [{ leaf, value: NaN }];
    expect(rerun.outcome(gone)).toEqual({ rank: Infinity, score: -Infinity });
    expect(rerun.fullRank(gone)).toBe(Infinity);
    expect(rerun.runs).toBe(2);
  });

  it('more people are also fewer beds for each: the divisor is followed by a whole run', () => {
    // b: 40 beds for 5 people are 8,000 for 1,000, the most; a 0, c 6,000, d 1,500. Of 5 people b is level with c.
    const scoreOf = (beds: number, people: number, income: number): number =>
      (1 + (99 * beds) / 8000 + (1 + (99 * (people - 5)) / 55) + (1 + (99 * (income - 5)) / 3)) / 3;
    const { score, rank } = of('b').outcome([{ leaf: 1, value: 5 }]);
    expect(score).toBeCloseTo(scoreOf(8000, 5, 5), 9);
    const others = [scoreOf(0, 10, 7), scoreOf(6000, 5, 6), scoreOf(1500, 60, 8)];
    expect(rank).toBe(1 + others.filter((other) => other > scoreOf(8000, 5, 5)).length);
  });
});
