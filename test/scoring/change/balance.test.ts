import { parseRecipe, runPipeline } from '../../../src/scoring';
import {
  balancedPanel,
  historyCost,
  rankChangeCost,
  rankYears,
  scoresOf,
  splitRankChange,
  standingsOf,
  type History,
} from '../../../src/scoring/change';
import { wholeRefusalOf } from '../../helpers/contexts';
import { panelOf, sideOf, treeOf } from '../../helpers/rank-change';
import { pipelineCost } from '../../../src/scoring/pipeline';

// Indicators a, b (less is better) under x, c under y; years 2018 to 2020; cities c0 to c5.
const YEARS = [2018, 2019, 2020];
const GAPS: readonly (readonly [city: number, indicator: number, year: number])[] = [
  // c1 lacks b throughout; c2 lacks b in 2019 and c in 2020; c3 has nothing in 2018; c4 nothing at all, c5 only c.
  [1, 1, 0],
  [1, 1, 1],
  [1, 1, 2],
  [2, 1, 1],
  [2, 2, 2],
  [3, 0, 0],
  [3, 1, 0],
  [3, 2, 0],
  ...[0, 1, 2].flatMap((j) => [0, 1, 2].map((y) => [4, j, y] as const)),
  ...[0, 1].flatMap((j) => [0, 1, 2].map((y) => [5, j, y] as const)),
];
const panel = panelOf(6, (y, j, i) =>
  GAPS.some(([city, indicator, year]) => city === i && indicator === j && year === y) ? NaN : 10 + 3 * i + j + y,
);
const tree = treeOf([1, 1, 1]);
const recipe = {
  normalise: { method: 'GOALPOSTS', lower: 0, upper: 100, low: 0, high: 100 },
  period: { latestWithinYears: 0 },
};
const methodology = parseRecipe(recipe, { tree, panel });
const history = (cities?: readonly number[]): History =>
  rankYears({
    panel,
    tree,
    methodology,
    years: YEARS,
    normalisation: 'AS_RECIPE',
    indicatorRule: 'AS_AVAILABLE',
    ...(cities && { cities: Int32Array.from(cities) }),
  });
const found = history();
const node = (code: string): number => tree.indexOf.get(code) ?? -1;

describe('balancedPanel', () => {
  const THREE = { city: 'c3', reason: 'It has no score in 2018.' };

  it.each([
    ['SCORED', 'root', ['c0', 'c1', 'c2', 'c5'], [THREE]],
    [
      'SAME_INDICATORS',
      'root',
      ['c0', 'c1', 'c5'],
      [{ city: 'c2', reason: 'It has b, c in some of the years only.' }, THREE],
    ],
    [
      'COMPLETE',
      'root',
      ['c0'],
      [
        { city: 'c1', reason: 'It lacks b in 2018, 2019, 2020.' },
        { city: 'c2', reason: 'It lacks b, c in 2019, 2020.' },
        THREE,
        { city: 'c5', reason: 'It lacks a, b in 2018, 2019, 2020.' },
      ],
    ],
    // Under x only b is missing, and c5 has no score in any year, so it is not told of; c2 has none at y in 2020.
    ['SAME_INDICATORS', 'x', ['c0', 'c1'], [{ city: 'c2', reason: 'It has b in some of the years only.' }, THREE]],
    ['COMPLETE', 'y', ['c0', 'c1', 'c5'], [{ city: 'c2', reason: 'It has no score in 2020.' }, THREE]],
  ] as const)('%s at %s', (rule, code, cities, leftOut) => {
    const balance = balancedPanel(found, node(code), rule);
    expect(balance.cities).toEqual(cities);
    expect([...balance.leftOut].sort((a, b) => (a.city < b.city ? -1 : 1))).toEqual(leftOut);
    balance.columns.forEach((column, k) => {
      expect(Array.from(column)).toEqual(cities.map((city) => scoresOf(found, city, node(code))[k]));
    });
  });
});

describe('standings', () => {
  it('by hand at y, which is c itself: 100 × (10 + 3 i + 2 + y) / 100', () => {
    expect(Array.from(scoresOf(found, 'c2', node('y')))).toEqual([18, 19, NaN]);
    expect(Array.from(scoresOf(found, 'c3', node('y')))).toEqual([NaN, 22, 23]);
    expect(Array.from(scoresOf(found, 'nowhere', node('y')))).toEqual([NaN, NaN, NaN]);
    expect(standingsOf(found, ['c2'], node('y'))[0]).toMatchObject([
      { year: 2018, rank: 2, score: 18, ranked: 4, reason: null },
      { year: 2019, rank: 3, score: 19, ranked: 5, reason: null },
      { year: 2020, rank: NaN, score: NaN, ranked: 4, reason: 'The city has no value under this node.' },
    ]);
  });

  it('why a city has no rank: no data, not selected, or what the recipe requires', () => {
    const reasons = (of: History, city: string): unknown[] =>
      (standingsOf(of, [city], tree.root)[0] ?? []).map(({ reason }) => reason);
    expect(reasons(found, 'c4')[0]).toMatch(/usable observation/);
    expect(reasons(history([0, 1]), 'c2')[0]).toBe('The city is not among the selected cities.');
    const strict = rankYears({
      panel,
      tree,
      methodology: parseRecipe(
        { ...recipe, aggregate: [{ level: 1, method: 'ARITHMETIC', minimumAvailability: 1 }] },
        { tree, panel },
      ),
      years: YEARS,
      normalisation: 'AS_RECIPE',
      indicatorRule: 'AS_AVAILABLE',
    });
    expect(reasons(strict, 'c2')[0]).toBeNull();
    expect(reasons(strict, 'c2')[1]).toMatch(/required?|requires is missing/);
  });
});

it('a node that loses all of its indicators goes; no year with data: said so', () => {
  const noC = panelOf(3, (y, j, i) => (j === 2 && y === 1 ? NaN : 10 + 3 * i + j + y));
  const run = {
    panel: noC,
    tree,
    methodology,
    years: YEARS,
    normalisation: 'AS_RECIPE',
    indicatorRule: 'IN_EVERY_YEAR',
  } as const;
  const kept = rankYears(run);
  expect(kept.dropped).toEqual([{ indicator: 'c', missingYears: [2019] }]);
  expect(kept.tree.nodes.map(({ code }) => code)).toEqual(['a', 'b', 'x', 'root']);

  const refused = (cells: (y: number, j: number) => number) =>
    wholeRefusalOf(() => rankYears({ ...run, panel: panelOf(3, cells) }));
  expect(refused(() => NaN)).toMatchObject({
    code: 'NO_DATA',
    problems: [{ path: 'years', value: 2018, allowed: 'no year has data' }],
  });
  // a in 2018 and 2019 only, b in 2020 only, c never: no indicator has all three.
  expect(refused((y, j) => ((j === 0 && y < 2) || (j === 1 && y === 2) ? 5 : NaN))).toMatchObject({
    code: 'NO_DATA',
    message: 'The years have no indicator in common.',
    problems: [
      {
        path: 'years',
        value: YEARS,
        allowed: 'years that share an indicator (a 2018 to 2019, b 2020 to 2020, c none), or indicators: AS_AVAILABLE',
      },
    ],
  });
});

describe('costs count the rankings that are made', () => {
  const single = pipelineCost(methodology, tree, 5);

  it('of a history: each year, and once more for the years of the basis', () => {
    const selection = 3 * 5 * 3;
    expect(historyCost(methodology, tree, 5, 3)).toBe(single * 6 + selection);
    const basis = parseRecipe(
      { ...recipe, normalise: { ...recipe.normalise, basis: { years: [2018] } } },
      { tree, panel },
    );
    expect(historyCost(basis, tree, 5, 3)).toBe(single * 4 + selection);
  });

  it.each([
    ['the same ranking: the cities alone', 2018, 2018, {}, false, 1],
    ['another year: own data and that of others too', 2018, 2020, {}, false, 4],
    ['another release', 2018, 2018, {}, true, 2],
    ['another recipe', 2018, 2018, { rank: { ties: 'DENSE' } }, false, 2],
    ['all of them', 2018, 2020, { rank: { ties: 'DENSE' } }, true, 16],
  ])('of a change of rank, %s', (_name, fromYear, toYear, other, release, sets) => {
    const from = sideOf(panel, fromYear, { recipe });
    const to = sideOf(release ? { ...panel } : panel, toYear, { recipe: { ...recipe, ...other } });
    expect(rankChangeCost(from, to, 5)).toBe(sets * 2 * single);
  });
});

describe('splitRankChange at its edges', () => {
  const full = panelOf(4, (y, j, i) => 10 + 3 * i + j + y);

  it('an indicator that only one of two releases has is nothing in the other', () => {
    // The first release lacks b altogether, and its framework with it.
    const without = (j: number): boolean => full.indicators[j]?.code !== 'b';
    const older = {
      ...full,
      indicators: full.indicators.filter((_, j) => without(j)),
      values: full.values.filter((_, cell) => without(Math.floor(cell / 4) % 3)),
      status: full.status.filter((_, cell) => without(Math.floor(cell / 4) % 3)),
    };
    const small = treeOf([1, 0, 1], ['a', 'c']);
    for (const [from, to] of [
      [sideOf(older, 2019, { recipe, tree: small }), sideOf(full, 2019, { recipe })],
      [sideOf(full, 2019, { recipe }), sideOf(older, 2019, { recipe, tree: small })],
    ] as const) {
      const change = splitRankChange('c2', from, to);
      const applies = change.parts.filter((part) => part.applies).map(({ cause }) => cause);
      expect(applies).toEqual(['REVISIONS', 'METHODOLOGY']);
      expect(change.parts.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(change.scoreGained, 9);
      // The values are the same in both, so the new indicator comes with the framework that reads it.
      expect(change.scoreGained).not.toBe(0);
    }
  });

  it('a city outside the selection is refused with that reason, and the range of what would do', () => {
    const from = sideOf(full, 2019, { recipe, cities: [0, 1] });
    expect(wholeRefusalOf(() => splitRankChange('c3', from, from))).toMatchObject({
      code: 'NO_DATA',
      problems: [
        {
          path: 'from',
          value: 2019,
          message: 'The city is not selected.',
          allowed: 'a year, a selection and a recipe that rank the city',
        },
      ],
    });
  });

  it('an error of the program is not told as a ranking that is not defined', () => {
    const from = sideOf(full, 2018, { recipe });
    const to = sideOf(full, 2020, { recipe });
    const broken = { ...to.methodology, weight: { ...to.methodology.weight, method: 'NO_SUCH' } };
    expect(() => splitRankChange('c2', from, { ...to, methodology: broken })).toThrow(RangeError);
  });

  it('a basis of the other release without years is pinned to the ranked year of its side', () => {
    const second = { ...full, values: full.values.map((value) => value + 1) };
    const normalise = { method: 'MIN_MAX', low: 1, high: 100, basis: { release: 'r1' } };
    const side = (year: number) => {
      const made = parseRecipe({ normalise, period: { year, latestWithinYears: 0 } }, { tree, panel: full });
      const run = { panel: full, tree, methodology: made, basisPanel: second };
      return { ...run, result: runPipeline(run) };
    };
    const change = splitRankChange('c2', side(2018), side(2020));
    expect(change.parts.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(change.scoreGained, 9);
  });
});
