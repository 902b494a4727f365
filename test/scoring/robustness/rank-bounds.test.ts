import fc from 'fast-check';
import { rankBounds, runTable, type RankBounds, type TableRun } from '../../../src/scoring';
import { RandomStream } from '../../../src/scoring/numeric/random';
import { defaultRun, defaultTable, smallRun, type SmallTable } from '../../helpers/robustness';

const n = (run: TableRun): number => run.cities.length;

/** Ranks of the table with its gaps filled, city by city within the limits that the bounds state. */
function ranksOfFill(run: TableRun, bounds: RankBounds, next: () => number): Float64Array {
  const values = run.values.map((value, cell) => {
    if (!Number.isNaN(value)) return value;
    const code = run.indicators[Math.floor(cell / n(run))]?.code;
    const limit = bounds.indicators.find(({ indicator }) => indicator === code);
    if (!limit) throw new Error(`No limits of ${String(code)}.`);
    return limit.low + (limit.high - limit.low) * next();
  });
  return runTable({ ...run, values }).ranks;
}

function expectWithin(ranks: Float64Array, { best, worst }: RankBounds): void {
  // One expectation for all cities: a hundred thousand of them took most of the time.
  const isWithin = (rank: number, i: number): boolean => rank >= (best[i] ?? NaN) && rank <= (worst[i] ?? NaN);
  const outside = [...ranks].map((rank, i) => ({ i, rank })).filter(({ rank, i }) => !isWithin(rank, i));
  if (outside.length > 0) expect({ outside, best, worst }).toBe('ranks within the bounds');
}

const MEANS = [
  [{ level: 1, method: 'ARITHMETIC' }],
  [
    { level: 1, method: 'ARITHMETIC' },
    { level: 2, method: 'GEOMETRIC' },
  ],
  [
    { level: 1, method: 'MINIMUM' },
    { level: 2, method: 'HARMONIC' },
  ],
  [{ level: 1, method: 'MEDIAN' }],
];
const GOALPOSTS = { method: 'GOALPOSTS', lower: -10, upper: 110, low: 1, high: 100 };

const table = (columns: readonly (readonly number[])[], recipe: object): SmallTable => ({
  leaves: { d: ['x', 'y'], e: ['z', 'u'] },
  columns,
  recipe,
  costs: ['y'],
});

const gappy = (cities: number): fc.Arbitrary<number[][]> =>
  fc.array(
    fc.array(fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 100 }) }, fc.constant(NaN)), {
      minLength: cities,
      maxLength: cities,
    }),
    { minLength: 4, maxLength: 4 },
  );

const everyCityAndColumn = (columns: readonly (readonly number[])[]): boolean =>
  columns.every((column) => column.some((value) => !Number.isNaN(value))) &&
  (columns[0] ?? []).every((_, i) => columns.some((column) => !Number.isNaN(column[i])));

describe('rank bounds', () => {
  it('by hand: a gap that may put its city anywhere between two others', () => {
    // Sums: a = 50 + x, x from 0 to 100; b = 120; c = 90.
    const run = smallRun({
      leaves: ['x', 'y'],
      columns: [
        [NaN, 100, 0],
        [50, 20, 90],
      ],
      recipe: { normalise: { method: 'NONE' } },
    });
    const bounds = rankBounds(run);
    expect([...bounds.best]).toEqual([1, 1, 2]);
    expect([...bounds.worst]).toEqual([3, 2, 3]);
    expect([...bounds.low]).toEqual([25, 60, 45]);
    expect([...bounds.gaps]).toEqual([1, 0, 0]);
    expect(bounds.exact).toBe(true);
    expect(bounds.indicators).toMatchObject([{ indicator: 'x', gaps: 1, low: 0, high: 100, exact: true }]);
    const narrow = rankBounds(run, { limits: [{ indicator: 'x', low: 45, high: 60 }] });
    expect([...narrow.best]).toEqual([2, 1, 3]);
    expect([...narrow.worst]).toEqual([2, 1, 3]);
  });

  it.each([{ normalise: GOALPOSTS }, { normalise: { method: 'MIN_MAX', low: 1, high: 100 } }])(
    'are attained by some fill, and passed by none: every combination of fills from a grid, $normalise.method',
    ({ normalise }) => {
      let attained = 0;
      fc.assert(
        fc.property(gappy(4), fc.constantFrom(...MEANS), (columns, aggregate) => {
          fc.pre(everyCityAndColumn(columns));
          const run = smallRun(table(columns, { normalise, aggregate }));
          const gaps = [...run.values.keys()].filter((cell) => Number.isNaN(run.values[cell]));
          fc.pre(gaps.length > 0 && gaps.length <= 5);
          const bounds = rankBounds(run);
          expect(bounds.exact).toBe(true);
          const best = new Float64Array(n(run)).fill(Infinity);
          const worst = new Float64Array(n(run)).fill(-Infinity);
          // The ends and the middle of every range.
          for (let fill = 0; fill < 3 ** gaps.length; fill++) {
            let digits = fill;
            const ranks = ranksOfFill(run, bounds, () => {
              const digit = digits % 3;
              digits = Math.floor(digits / 3);
              return digit / 2;
            });
            ranks.forEach((rank, i) => {
              best[i] = Math.min(best[i] ?? NaN, rank);
              worst[i] = Math.max(worst[i] ?? NaN, rank);
            });
          }
          expect([...bounds.best]).toEqual([...best]);
          expect([...bounds.worst]).toEqual([...worst]);
          attained++;
        }),
        { seed: 6, numRuns: 60 },
      );
      expect(attained).toBe(60);
    },
  );

  it('hold the ranks of 1,000 random fills: goalposts, min–max within and beyond the observed range, min–max after treatment', () => {
    const columns = [
      [10, 40, NaN, 70, 20, 90, 30],
      [50, NaN, 30, 20, 80, 60, NaN],
      [5, 15, 95, NaN, 45, 35, 65],
      [33, 44, 55, 66, 77, 22, 400],
    ];
    const minMax = { method: 'MIN_MAX', low: 1, high: 100 };
    const wide = {
      limits: [
        { indicator: 'x', low: -50, high: 150 },
        { indicator: 'y', low: 0, high: 40 },
        { indicator: 'z', low: 100, high: 120 },
      ],
    };
    const cases = [
      { recipe: { normalise: GOALPOSTS, aggregate: MEANS[1] }, request: {}, exact: true },
      { recipe: { normalise: minMax, aggregate: MEANS[1] }, request: {}, exact: true },
      { recipe: { normalise: minMax, aggregate: MEANS[1] }, request: wide, exact: false },
      {
        recipe: { normalise: minMax, treat: { method: 'WINSORISE_THEN_LOG' }, aggregate: MEANS[1] },
        request: {},
        exact: false,
      },
      { recipe: { normalise: GOALPOSTS, rank: { ties: 'DENSE' } }, request: {}, exact: false },
      { recipe: { normalise: GOALPOSTS, rank: { tolerance: 3 } }, request: {}, exact: false },
      {
        recipe: { normalise: GOALPOSTS, rank: { ties: 'MODIFIED_COMPETITION', decimals: 0 } },
        request: {},
        exact: true,
      },
      { recipe: { normalise: GOALPOSTS, rank: { ties: 'FRACTIONAL', decimals: 0 } }, request: {}, exact: true },
      { recipe: { normalise: GOALPOSTS, rank: { ties: 'ORDINAL', decimals: 0 } }, request: {}, exact: true },
      {
        recipe: { normalise: GOALPOSTS, rank: { ties: 'ORDINAL', decimals: 0, tieBreaker: 'x' } },
        request: {},
        exact: false,
      },
    ];
    for (const { recipe, request, exact } of cases) {
      const run = smallRun(table(columns, recipe));
      const bounds = rankBounds(run, request);
      expect(bounds.exact).toBe(exact);
      const stream = new RandomStream(3, 'FILLS');
      for (let draw = 0; draw < 1000; draw++) {
        stream.seek(draw);
        // Half of the fills sit at the ends of their ranges.
        expectWithin(
          ranksOfFill(run, bounds, () => (draw % 2 === 0 ? stream.uniform() : stream.integer(2))),
          bounds,
        );
      }
    }
  });

  it('held statistics: scores at the ends are those of the extreme observed values', () => {
    const run = smallRun(
      table(
        [
          [10, 40, NaN, 70],
          [50, 20, 30, NaN],
          [5, 15, 95, 45],
          [1, 2, 3, 4],
        ],
        {
          treat: { method: 'WINSORISE' },
          normalise: { method: 'Z_SCORE' },
        },
      ),
    );
    expect(() => rankBounds(run)).toThrow('no bounds of its scores are known');
    const held = rankBounds(run, { statistics: 'HELD' });
    expect(held.exact).toBe(true);
    const extremes = rankBounds(run, { statistics: 'HELD', limits: [{ indicator: 'x', low: 40, high: 70 }] });
    expect(extremes.low[2]).toBeGreaterThan(held.low[2] ?? NaN);
    expect(extremes.high[2]).toBe(held.high[2]);
    // Between two observed values the bounds are those of the neighbours, and said to be wider.
    const between = rankBounds(run, { statistics: 'HELD', limits: [{ indicator: 'x', low: 45, high: 60 }] });
    expect(between.exact).toBe(false);
    expect(between.low[2]).toBe(extremes.low[2]);
  });

  it('the built-in ranking: exact when the statistics are held, conservative when treated anew, both around random fills', () => {
    const run = defaultTable();
    const held = rankBounds(run, { statistics: 'HELD' });
    const refitted = rankBounds(run);
    expect([held.exact, refitted.exact]).toEqual([true, false]);
    // Held statistics are one of the ways that a fill can go only roughly; refitted bounds are the wider ones.
    refitted.best.forEach((best, i) => {
      expect(best).toBeLessThanOrEqual(held.best[i] ?? NaN);
    });
    const stream = new RandomStream(1, 'FILLS');
    for (let draw = 0; draw < 200; draw++) {
      stream.seek(draw);
      expectWithin(
        ranksOfFill(run, refitted, () => stream.uniform()),
        refitted,
      );
    }
    expect(rankBounds(defaultRun()).best).toEqual(refitted.best);
  });

  it('refuses what moves with other cities’ values, and limits that are none', () => {
    const columns = [
      [10, 40, NaN],
      [50, 20, 30],
      [5, 15, 95],
      [1, 2, 3],
    ];
    const bounds =
      (recipe: object, request = {}) =>
      () =>
        rankBounds(smallRun(table(columns, recipe)), request);
    expect(bounds({ normalise: GOALPOSTS, aggregate: [{ level: 1, method: 'TOPSIS' }] })).toThrow('TOPSIS');
    expect(bounds({ normalise: GOALPOSTS, weight: { method: 'ENTROPY' } })).toThrow('ENTROPY');
    expect(bounds({ normalise: { method: 'RANK' } })).toThrow('RANK');
    expect(bounds({}, { limits: [{ indicator: 'q', low: 0, high: 1 }] })).toThrow('leaf of the framework');
    expect(bounds({}, { limits: [{ indicator: 'x', low: 2, high: 1 }] })).toThrow('the lower first');
    expect(bounds({}, { otherLimits: 'GOALPOSTS' })).toThrow('no goalposts');
    // No gap below the node that is not monotone: nothing to refuse.
    expect(
      bounds({
        normalise: GOALPOSTS,
        aggregate: [
          { level: 1, method: 'ARITHMETIC' },
          { node: 'e', method: 'TOPSIS' },
        ],
      }),
    ).not.toThrow();
  });
});
