import {
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
import { refusalOf } from '../../helpers/contexts';

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

  // Whole runs are slow, so one city stands for the three there.
  const cities = Object.entries(CITIES).filter(([name]) => !('impute' in recipe) || name === 'Wuhan');

  it.each(cities)('%s: just at the change the rank is reached, just short of it it is not', (_name, code) => {
    const city = result.cities.findIndex((each) => each.code === code);
    expect(city).toBeGreaterThanOrEqual(0);
    const rank = result.ranks[city] ?? NaN;
    for (const targetRank of new Set([Math.max(1, rank - 2), rank + 2])) {
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
