import {
  buildTree,
  counterfactualRuns,
  editPanel,
  findCounterfactual,
  mergeRecipes,
  parseRecipe,
  runPipeline,
  SHORT_OF,
  type Counterfactual,
  type Panel,
  type PanelRun,
  type RankingResult,
  type ReachingChange,
} from '../../../src/scoring';
import { builtInBundle } from '../../helpers/bundle';
import { indicator, refusalOf } from '../../helpers/contexts';

const { panel, trees, recipes } = builtInBundle();

function ranked(changes: object = {}, on: Panel = panel): { run: PanelRun; result: RankingResult } {
  const preset = recipes.get('default');
  const tree = trees.get(preset?.framework ?? '');
  if (!preset || !tree) throw new Error('No default methodology.');
  const methodology = parseRecipe(mergeRecipes(preset.recipe, changes), { tree, panel: on });
  const run = { panel: on, tree, methodology };
  return { run, result: runPipeline({ ...run, keepStages: true }) };
}

/** The rank that a whole new ranking of an edited panel gives. */
function rankAfter(run: PanelRun, result: RankingResult, city: number, change: ReachingChange, share: number): number {
  const code = result.cities[city]?.code ?? '';
  const n = result.cities.length;
  const edited = editPanel(panel, {
    add: [],
    remove: new Set(),
    changes: change.changes.map(({ leaf, from, to }) => ({
      city: code,
      indicator: result.indicators[leaf]?.code ?? '',
      year: result.stages?.yearUsed[leaf * n + city] ?? 0,
      value: from + (to - from) * share,
    })),
  });
  const again = runPipeline({ ...run, panel: edited });
  return again.ranks[again.cities.findIndex((each) => each.code === code)] ?? NaN;
}

const CITIES = { Hangzhou: '330100', Shanghai: '310000', Wuhan: '420100' };

describe.each([
  ['the default recipe', {}],
  [
    'sums of z-scores',
    { normalise: { method: 'Z_SCORE' }, treat: { method: 'NONE' }, aggregate: [{ level: 1, method: 'ARITHMETIC' }] },
  ],
  [
    'TOPSIS across the dimensions',
    {
      aggregate: [
        { level: 1, method: 'ARITHMETIC' },
        { level: 2, method: 'TOPSIS' },
      ],
    },
  ],
  ['weights from the data', { weight: { method: 'ENTROPY' } }],
  ['gaps imputed, so that every step runs whole', { impute: { method: 'MEDIAN' } }],
])('%s', (_, recipe) => {
  const { run, result } = ranked(recipe);

  // Whole runs are slow, so one city stands for the three there, and one rank for the two.
  const cities = Object.entries(CITIES).filter(([name]) => !('impute' in recipe) || name === 'Wuhan');

  it.each(cities)('%s: just at the change the rank is reached, just short of it it is not', (_name, code) => {
    const city = result.cities.findIndex((each) => each.code === code);
    expect(city).toBeGreaterThanOrEqual(0);
    const rank = result.ranks[city] ?? NaN;
    const targets = 'impute' in recipe ? [rank + 2] : [Math.max(1, rank - 2), rank + 2];
    for (const targetRank of new Set(targets)) {
      if (targetRank === rank) continue;
      const found = findCounterfactual(run, result, { city, targetRank, limits: [] });
      const reached = (r: number): boolean => (targetRank < rank ? r <= targetRank : r >= targetRank);
      for (const change of [found.single, found.pair]) {
        if (change === null) continue;
        expect(reached(rankAfter(run, result, city, change, 1 + 1e-9))).toBe(true);
        expect(reached(rankAfter(run, result, city, change, 1 - 2 * SHORT_OF))).toBe(false);
        expect(reached(change.rank)).toBe(true);
        expect(reached(change.rankShortOf)).toBe(false);
      }
      if (found.single && found.pair) expect(found.pair.size).toBeLessThan(found.single.size);
      expect(found.single === null).toBe(!found.reach.some(({ reaches }) => reaches));
    }
  });
});

describe('the smallest single change', () => {
  const { run, result } = ranked();
  const city = result.cities.findIndex(({ code }) => code === CITIES.Wuhan);
  const targetRank = (result.ranks[city] ?? 0) - 2;
  const found: Counterfactual = findCounterfactual(run, result, { city, targetRank, limits: [] });

  it('no indicator gets there by 98 % of it, looked at in 15 steps', () => {
    const size = (found.single?.size ?? NaN) * 0.98;
    const n = result.cities.length;
    result.indicators.forEach((indicator, leaf) => {
      const column = result.stages?.denominated.subarray(leaf * n, (leaf + 1) * n) ?? new Float64Array();
      const present = column.filter((value) => !Number.isNaN(value));
      const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
      const deviation = Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (present.length - 1));
      const from = column[city] ?? NaN;
      if (Number.isNaN(from)) return;
      for (let step = 1; step <= 15; step++) {
        const to = from + (indicator.direction * size * deviation * step) / 15;
        if (to > Math.max(...present) || to < Math.min(...present)) break;
        const change = { changes: [{ leaf, from, to, deviations: 0 }], size: 0, rank: 0, rankShortOf: 0 };
        expect(rankAfter(run, result, city, change, 1)).toBeGreaterThan(targetRank);
      }
    });
  });

  it("stays within the caller's limits, and proves that none reaches the rank within narrow ones", () => {
    const n = result.cities.length;
    const narrow = result.indicators.flatMap((indicator, leaf) => {
      const value = result.stages?.selected[leaf * n + city] ?? NaN;
      const slack = Math.abs(value) * 1e-6;
      return Number.isNaN(value) ? [] : [{ indicator: indicator.code, min: value - slack, max: value + slack }];
    });
    const none = findCounterfactual(run, result, { city, targetRank: 1, limits: narrow });
    expect(none.single).toBeNull();
    expect(none.pair).toBeNull();
    expect(none.reach.length).toBeGreaterThan(10);
    expect(none.reach.every(({ reaches, rank, monotone }) => !reaches && rank > 1 && monotone)).toBe(true);
  });

  it('asks for the rank that the city has: nothing to change', () => {
    const same = findCounterfactual(run, result, { city, targetRank: result.ranks[city] ?? 0, limits: [] });
    expect(same).toMatchObject({ single: null, pair: null, runs: 0 });
  });

  it.each([
    [{ targetRank: 0, limits: [] }, 'BAD_INPUT'],
    [{ targetRank: 40, limits: [] }, 'BAD_INPUT'],
    [{ targetRank: 1, limits: [{ indicator: 'nothing', min: 0, max: 1 }] }, 'NOT_FOUND'],
    [{ targetRank: 1, limits: [{ indicator: 'rd_share_gdp', min: 2, max: 1 }] }, 'BAD_INPUT'],
  ])('%j: %s', (question, code) => {
    expect(refusalOf(() => findCounterfactual(run, result, { city, ...question }))).toBe(code);
  });
});

describe('two indicators that only together, and each at its end, reach the rank', () => {
  // Values as they are, so that the score is their mean; A is at 0, its limits are 100, and R has 98.5 in both.
  const small: Panel = {
    cities: ['A', 'R', 'C', 'D'].map((code) => ({ code, groups: {} })),
    indicators: ['x', 'y'].map((code) => indicator(code)),
    years: [2019],
    values: Float64Array.of(0, 98.5, 50, 50, 0, 98.5, -100, -100),
    status: new Uint8Array(8),
    statuses: ['NORMAL'],
  };
  const tree = buildTree('t', [
    { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
    { code: 'x', parent: 'index', weight: 1, indicator: 'x', position: 0 },
    { code: 'y', parent: 'index', weight: 1, indicator: 'y', position: 1 },
  ]);
  const run = {
    panel: small,
    tree,
    methodology: parseRecipe({ normalise: { method: 'NONE' } }, { tree, panel: small }),
  };
  const result = runPipeline({ ...run, keepStages: true });
  const limits = ['x', 'y'].map((code) => ({ indicator: code, min: 0, max: 100 }));
  const found = findCounterfactual(run, result, { city: 0, targetRank: 1, limits });

  it('no single one does; the pair goes 98.5 of the way in both, from a value of 0', () => {
    expect(found).toMatchObject({ rank: 2, single: null });
    expect(found.reach.map(({ from, limit, rank, reaches }) => [from, limit, rank, reaches])).toEqual([
      [0, 100, 2, false],
      [0, 100, 2, false],
    ]);
    for (const { from, to } of found.pair?.changes ?? []) {
      expect(from).toBe(0);
      expect(Math.abs(to - 98.5)).toBeLessThan(98.5 * SHORT_OF);
    }
    // Deviations by hand: √(Σ(x − x̄)² / 3) of each column.
    const deviation = (values: readonly number[]): number => {
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
      return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
    };
    const size = Math.hypot(98.5 / deviation([0, 98.5, 50, 50]), 98.5 / deviation([0, 98.5, -100, -100]));
    expect(Math.abs((found.pair?.size ?? NaN) / size - 1)).toBeLessThan(SHORT_OF);
    expect(found.pair?.rank).toBe(1);
    expect(found.pair?.rankShortOf).toBe(2);
  });

  it('what the budget counts is not below the rankings made', () => {
    expect(found.runs).toBeLessThanOrEqual(counterfactualRuns(2));
  });
});
