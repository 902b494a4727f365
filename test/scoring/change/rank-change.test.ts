import fc from 'fast-check';
import { ScoringError } from '../../../src/scoring';
import { shapley, splitRankChange, type ChangeCause, type RankChange } from '../../../src/scoring/change';
import { casesOf, checkedSplit, panelOf, rankedInBoth, sideOf, sidesOf, treeOf } from '../../helpers/rank-change';

const placesOf = (change: RankChange): Record<ChangeCause, number> =>
  Object.fromEntries(change.parts.map(({ cause, places }) => [cause, places])) as Record<ChangeCause, number>;

const NONE = { REVISIONS: 0, OWN_DATA: 0, OTHERS_DATA: 0, CITIES: 0, METHODOLOGY: 0 };

describe('planted causes', () => {
  // Goalposts, so that no city's score depends on another's.
  const recipe = { normalise: { method: 'GOALPOSTS', lower: 0, upper: 100, low: 0, high: 100 } };
  const base = (_y: number, _j: number, i: number): number => 50 - 10 * i;
  const from = sideOf(panelOf(4, base), 2018, { recipe });

  it('nothing changed: no cause applies to the same ranking twice', () => {
    const change = splitRankChange('c2', from, from);
    expect(change).toMatchObject({ placesGained: 0, scoreGained: 0, orders: 1, entered: [], left: [] });
    expect(change.parts.map(({ applies }) => applies)).toEqual([false, false, false, false, false]);
  });

  it.each<[string, (i: number) => number, Partial<typeof NONE>]>([
    ['the city itself rose past two', (i) => (i === 2 ? 60 : base(0, 0, i)), { OWN_DATA: 2 }],
    ['two others rose past it', (i) => (i === 3 ? 90 : base(0, 0, i)), { OTHERS_DATA: -1 }],
    // It passes c1, which falls at the same time: either alone would do, so each is credited with half.
    [
      'it rose and the one before it fell',
      (i) => (i === 2 ? 45 : i === 1 ? 25 : base(0, 0, i)),
      { OWN_DATA: 0.5, OTHERS_DATA: 0.5 },
    ],
  ])('years: %s', (_name, later, expected) => {
    const panel = panelOf(4, (y, j, i) =>
      j === 1 ? 100 - (y === 2 ? later(i) : base(y, j, i)) : y === 2 ? later(i) : base(y, j, i),
    );
    const change = splitRankChange('c2', sideOf(panel, 2018, { recipe }), sideOf(panel, 2020, { recipe }));
    expect(placesOf(change)).toEqual({ ...NONE, ...expected });
  });

  it('releases: a figure of the same year was revised', () => {
    const one = panelOf(4, (_y, _j, i) => base(0, 0, i));
    const two = panelOf(4, (_y, j, i) => (i === 2 && j === 0 ? 100 : base(0, 0, i)));
    const change = splitRankChange('c2', sideOf(one, 2019, { recipe }), sideOf(two, 2019, { recipe }));
    expect(change.placesGained).toBeGreaterThan(0);
    expect(placesOf(change)).toEqual({ ...NONE, REVISIONS: change.placesGained });
  });

  it('releases and years: a revision of the first year that the second year takes back is two opposite parts', () => {
    // b is better when low; keep it equal for all.
    const valueOf = (j: number, i: number): number => (j === 1 ? 0 : base(0, 0, i));
    const one = panelOf(4, (_y, j, i) => valueOf(j, i));
    const two = panelOf(4, (y, j, i) => (y === 0 && i === 2 && j !== 1 ? 95 : valueOf(j, i)));
    const change = splitRankChange('c2', sideOf(one, 2018, { recipe }), sideOf(two, 2020, { recipe }));
    expect(change.placesGained).toBe(0);
    expect(placesOf(change)).toEqual({ ...NONE, REVISIONS: 2, OWN_DATA: -2 });
  });

  it('a new release without the first year of the old one still splits, and the new year is not in the old', () => {
    const one = panelOf(4, (y, j, i) => (y === 2 ? NaN : j === 1 ? 0 : base(0, 0, i)));
    const two = panelOf(4, (y, j, i) => (j === 1 ? 0 : y === 2 && i === 2 ? 95 : base(0, 0, i)));
    const change = splitRankChange('c2', sideOf(one, 2018, { recipe }), sideOf(two, 2020, { recipe }));
    expect(placesOf(change)).toEqual({ ...NONE, OWN_DATA: 2 });
  });

  it('cities: the best left and two entered before it', () => {
    const panel = panelOf(5, (_y, j, i) => (j === 1 ? 0 : base(0, 0, i)));
    const change = splitRankChange(
      'c3',
      sideOf(panel, 2019, { recipe, cities: [0, 3, 4] }),
      sideOf(panel, 2019, { recipe, cities: [1, 2, 3, 4] }),
    );
    expect(change).toMatchObject({ placesGained: -1, entered: ['c1', 'c2'], left: ['c0'] });
    expect(placesOf(change)).toEqual({ ...NONE, CITIES: -1 });
  });

  it('cities: one that had no data before enters', () => {
    const panel = panelOf(4, (y, j, i) => (y === 0 && i === 0 ? NaN : j === 1 ? 0 : base(0, 0, i)));
    const change = splitRankChange('c2', sideOf(panel, 2018, { recipe }), sideOf(panel, 2020, { recipe }));
    expect(change.entered).toEqual(['c0']);
    expect(placesOf(change)).toEqual({ ...NONE, CITIES: -1 });
  });

  it('methodology: other weights, or another tree', () => {
    const panel = panelOf(3, (_y, j, i) => (j === 0 ? 90 - 10 * i : j === 1 ? 50 : 2 * i));
    const options = { recipe: { ...recipe, weight: { method: 'GIVEN', weights: [{ node: 'y', weight: 9 }] } } };
    const reweighted = splitRankChange('c2', sideOf(panel, 2019, { recipe }), sideOf(panel, 2019, options));
    expect(placesOf(reweighted)).toEqual({ ...NONE, METHODOLOGY: reweighted.placesGained });
    expect(reweighted.placesGained).toBe(2);
    const tree = treeOf([0, 1, 1]);
    const retreed = splitRankChange('c2', sideOf(panel, 2019, { recipe }), sideOf(panel, 2019, { recipe, tree }));
    expect(placesOf(retreed)).toEqual({ ...NONE, METHODOLOGY: 2 });
  });
});

describe('refusals', () => {
  const panel = panelOf(3, (y, j, i) => (y === 0 && i === 1 ? NaN : 10 + j + i));

  it.each([
    ['from', 2018, 2020],
    ['to', 2020, 2018],
  ])('a city without a rank is refused at `%s`, with the reason', (path, fromYear, toYear) => {
    const split = (): unknown => splitRankChange('c1', sideOf(panel, fromYear), sideOf(panel, toYear));
    expect(split).toThrow(ScoringError);
    expect(split).toThrow(new RegExp(`no rank in the ranking of ${path}`));
  });

  it('a counterfactual that gives the city no rank is named', () => {
    // The second recipe wants every indicator; the city has them all in the second year only.
    const gap = panelOf(3, (y, j, i) => (y === 0 && i === 1 && j === 0 ? NaN : 10 + j + i));
    const strict = { aggregate: [{ level: 1, method: 'ARITHMETIC', minimumAvailability: 1 }] };
    expect(() => splitRankChange('c1', sideOf(gap, 2018), sideOf(gap, 2020, { recipe: strict }))).toThrow(
      /METHODOLOGY as in `to` and .*OWN_DATA/,
    );
  });
});

const RECIPES = [
  {},
  { normalise: { method: 'Z_SCORE' } },
  { normalise: { method: 'RANK' }, rank: { ties: 'FRACTIONAL' } },
  {
    normalise: { method: 'MIN_MAX', low: 1, high: 100, basis: { years: [2018, 2020] } },
    aggregate: [{ level: 1, method: 'GEOMETRIC' }],
  },
  { impute: { method: 'MEAN' }, screen: { minimumAvailability: 0.6 } },
  { impute: { method: 'GROUP_MEDIAN', by: 'tier' }, weight: { method: 'ENTROPY' } },
  { impute: { method: 'LINEAR' } },
  {
    period: { latestWithinYears: 1 },
    treat: { method: 'WINSORISE_THEN_LOG', skewness: 2, kurtosis: 3.5, maximumPoints: 5 },
  },
  { aggregate: [{ level: 1, method: 'TOPSIS' }] },
  { screen: { minimumAvailability: 0.5 }, weight: { method: 'GIVEN', weights: [{ node: 'y', weight: 3 }] } },
];

describe('random panels, releases, selections and recipes', () => {
  it('the parts add to the change, and the two ends are the two rankings (600 panels, every city; the deep run takes 10,000)', () => {
    const seen = { split: 0, refused: 0, byCauses: new Array<number>(6).fill(0) };
    fc.assert(
      fc.property(casesOf(RECIPES.length), (drawn) => {
        const sides = sidesOf(drawn, RECIPES);
        if (sides === null) return;
        const [from, to] = sides;
        for (const code of rankedInBoth(from, to)) {
          const change = checkedSplit(code, from, to);
          if (change === null) {
            seen.refused++;
            continue;
          }
          seen.split++;
          const playing = change.parts.filter(({ applies }) => applies).length;
          seen.byCauses[playing] = (seen.byCauses[playing] ?? 0) + 1;
        }
      }),
      { numRuns: 600 },
    );
    // The generator reaches what the test is about.
    expect(seen.split).toBeGreaterThan(800);
    expect(Math.min(...seen.byCauses)).toBeGreaterThan(8);
    expect(seen.refused).toBeLessThan(seen.split / 10);
  }, 120_000);
});

describe('Shapley values', () => {
  it('the glove game: one left glove, two right ones: 2/3, 1/6, 1/6 (Shapley 1953 by hand)', () => {
    const { shares, orders } = shapley(3, (mask) => ((mask & 1) !== 0 && (mask & 6) !== 0 ? 1 : 0));
    expect(orders).toBe(6);
    [2 / 3, 1 / 6, 1 / 6].forEach((share, k) => {
      expect(shares[k]).toBeCloseTo(share, 12);
    });
  });

  it('equals the subset formula Σ |S|!(n−|S|−1)!/n! (v(S ∪ i) − v(S)) on random games', () => {
    const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1));
    const bits = (mask: number): number => mask.toString(2).replaceAll('0', '').length;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 32, maxLength: 32 }),
        (n, game) => {
          const v = (mask: number): number => game[mask] ?? 0;
          const { shares } = shapley(n, v);
          for (let i = 0; i < n; i++) {
            let expected = 0;
            for (let mask = 0; mask < 2 ** n; mask++) {
              if (mask & (1 << i)) continue;
              const size = bits(mask);
              expected += ((factorial(size) * factorial(n - size - 1)) / factorial(n)) * (v(mask | (1 << i)) - v(mask));
            }
            expect(shares[i]).toBeCloseTo(expected, 9);
          }
        },
      ),
    );
  });

  it('with precedence, only the orders that keep it count', () => {
    // Worth 1 as soon as either joins; player 0 must come first, so it takes all.
    expect(shapley(2, (mask) => (mask === 0 ? 0 : 1), [[0, 1]])).toEqual({ shares: [1, 0], orders: 1 });
    expect(
      shapley(3, () => 0, [
        [0, 1],
        [0, 2],
      ]).orders,
    ).toBe(2);
  });
});
