import {
  buildTree,
  parseRecipe,
  rankBounds,
  registry,
  runTable,
  type PanelRun,
  type RankBoundsRequest,
} from '../../../src/scoring';
import { city, indicator, wholeRefusalOf } from '../../helpers/contexts';
import { smallRun } from '../../helpers/robustness';

const X = [10, 40, NaN];
const Y = [50, 20, 30];
const MIN_MAX = { method: 'MIN_MAX', low: 0, high: 100 };
const EMPTY = [NaN, NaN, NaN];
const bounds = (recipe: object, request: RankBoundsRequest = {}, columns: number[][] = [X, Y], extra = {}) =>
  rankBounds(smallRun({ leaves: ['x', 'y'], columns, recipe, ...extra }), request);

describe('refusals', () => {
  it.each<[string, object, RankBoundsRequest, number[][], object]>([
    [
      'two limits',
      { normalise: MIN_MAX },
      {
        limits: [
          { indicator: 'x', low: 0, high: 1 },
          { indicator: 'x', low: 0, high: 1 },
        ],
      },
      [X, Y],
      { code: 'BAD_INPUT', problems: [{ path: 'limits[1].indicator', value: 'x', allowed: 'each indicator once' }] },
    ],
    [
      'limits that are no range',
      { normalise: MIN_MAX },
      { limits: [{ indicator: 'x', low: 0, high: Infinity }] },
      [X, Y],
      { code: 'BAD_INPUT', problems: [{ path: 'limits[0]' }] },
    ],
    [
      'no value and no limits',
      { normalise: MIN_MAX },
      {},
      [EMPTY, Y],
      { code: 'NO_DATA', problems: [{ path: 'limits', value: 'x', allowed: 'limits for x' }] },
    ],
    [
      'no value to hold statistics of',
      { normalise: MIN_MAX },
      { statistics: 'HELD', limits: [{ indicator: 'x', low: 0, high: 1 }] },
      [EMPTY, Y],
      { code: 'NO_DATA', problems: [{ path: 'limits', value: 'x', allowed: 'GOALPOSTS for it' }] },
    ],
    [
      'a basis that a table does not have',
      { normalise: { ...MIN_MAX, basis: { years: [1] } } },
      {},
      [X, Y],
      { code: 'BAD_INPUT', problems: [{ path: 'recipe.normalise.basis' }] },
    ],
    [
      'held treatment, limits beyond the observed range',
      { normalise: MIN_MAX, treat: { method: 'WINSORISE', skewness: 2, kurtosis: 3.5, maximumPoints: 1 } },
      { statistics: 'HELD', limits: [{ indicator: 'x', low: 9, high: 20 }] },
      [X, Y],
      { code: 'PRECONDITION_FAILED', problems: [{ path: 'recipe.treat', value: 'WINSORISE' }] },
    ],
  ])('%s', (_name, recipe, request, columns, refusal) => {
    expect(wholeRefusalOf(() => bounds(recipe, request, columns))).toMatchObject(refusal);
  });

  it('a normalisation that does not keep the order of values, should there be one', () => {
    const method = registry.NORMALISATION.get('MIN_MAX');
    if (!method) throw new Error('No MIN_MAX.');
    const replaced = jest.replaceProperty(method, 'properties', {});
    const refusal = wholeRefusalOf(() => bounds({ normalise: MIN_MAX }));
    replaced.restore();
    expect(refusal).toMatchObject({
      code: 'PRECONDITION_FAILED',
      problems: [{ path: 'recipe.normalise', value: 'MIN_MAX', allowed: 'an order-preserving normalisation' }],
    });
  });
});

it('nothing is missing: the bounds are the ranks, for a method where a low score is good too', () => {
  const run = smallRun({
    leaves: ['x', 'y'],
    columns: [[10, 40, 20], Y],
    recipe: { normalise: MIN_MAX, aggregate: [{ level: 1, method: 'VIKOR' }] },
  });
  const found = rankBounds(run);
  const { ranks, nodes, tree } = runTable(run);
  expect(found).toMatchObject({ best: ranks, worst: ranks, exact: true, indicators: [] });
  // Oriented: more is better.
  expect(Array.from(found.low)).toEqual(Array.from(nodes.columns[tree.root] ?? [], (score) => -score));
});

describe('fills by hand', () => {
  const limits = (low: number, high: number) => ({ limits: [{ indicator: 'x', low, high }] });

  it('goalposts of the indicators are limits', () => {
    const found = bounds({ normalise: { ...MIN_MAX } }, { otherLimits: 'GOALPOSTS' }, [X, Y], { goalposts: [10, 40] });
    expect(found.indicators).toMatchObject([{ indicator: 'x', low: 10, high: 40, gaps: 1, exact: true }]);
    // x: 0, 100, and 0 to 100; y: 100, 0, 100/3.
    expect(found.low[2]).toBeCloseTo(100 / 6, 9);
    expect(found.high[2]).toBeCloseTo(50 + 100 / 6, 9);
    expect([found.best[2], found.worst[2]]).toEqual([1, 3]);
  });

  it.each(['MIN_MAX', 'DISTANCE_TO_MAXIMUM'])(
    '%s beyond the observed range: what fills can give lies inside',
    (method) => {
      const normalise = { method, ...(method === 'MIN_MAX' && { low: 0, high: 1 }) };
      const found = bounds({ normalise }, limits(-20, 90));
      expect(found.exact).toBe(false);
      for (let fill = -20; fill <= 90; fill += 5) {
        const run = smallRun({ leaves: ['x', 'y'], columns: [[10, 40, fill], Y], recipe: { normalise } });
        const { ranks, nodes, tree } = runTable(run);
        ranks.forEach((rank, i) => {
          expect(rank).toBeGreaterThanOrEqual(found.best[i] ?? NaN);
          expect(rank).toBeLessThanOrEqual(found.worst[i] ?? NaN);
          const score = nodes.columns[tree.root]?.[i] ?? NaN;
          expect(score).toBeGreaterThanOrEqual((found.low[i] ?? NaN) - 1e-12);
          expect(score).toBeLessThanOrEqual((found.high[i] ?? NaN) + 1e-12);
        });
      }
    },
  );

  it('a column of gaps alone: all may be equal, or at either end', () => {
    const found = bounds({ normalise: { method: 'MIN_MAX', low: 0, high: 1 } }, limits(0, 5), [EMPTY, Y]);
    // y: 1, 0, 1/3, weighing a half; x anything from 0 to 1.
    [1, 0, 1 / 3].forEach((y, i) => {
      expect(found.low[i]).toBeCloseTo(y / 2, 12);
      expect(found.high[i]).toBeCloseTo(y / 2 + 0.5, 12);
    });
    expect(Array.from(found.best)).toEqual([1, 1, 1]);
    // The best that c1 can do is level with the worst of c0, not above it.
    expect(Array.from(found.worst)).toEqual([2, 3, 3]);
  });

  it('limits of one value beside a column that is constant at it: the rule for constants, the middle of the scale', () => {
    const found = bounds({ normalise: { method: 'MIN_MAX', low: 0, high: 1 } }, limits(7, 7), [[7, 7, NaN], Y]);
    // Within the observed range no fill moves the extremes; a constant column scores 1/2.
    expect(found.low).toEqual(found.high);
    expect(found.low[2]).toBeCloseTo((0.5 + 1 / 3) / 2, 12);
  });

  it('goalposts read nothing from the column, so that one of gaps alone can be filled', () => {
    const normalise = { method: 'GOALPOSTS', lower: 0, upper: 10, low: 0, high: 1 };
    const found = bounds({ normalise }, limits(0, 5), [EMPTY, [5, 0, 2]]);
    expect(found.exact).toBe(true);
    [0.5, 0, 0.2].forEach((y, i) => {
      expect(found.low[i]).toBeCloseTo(y / 2, 12);
      expect(found.high[i]).toBeCloseTo((y + 0.5) / 2, 12);
    });
  });

  it('a city without a rank for its gap has one for every fill', () => {
    const found = rankBounds(
      smallRun({
        leaves: ['x', 'y'],
        columns: [
          [1, 2, 3],
          [4, NaN, 6],
        ],
        recipe: {
          normalise: { method: 'GOALPOSTS', lower: 0, upper: 10, low: 0, high: 1 },
          aggregate: [{ level: 1, method: 'ARITHMETIC', minimumAvailability: 1 }],
        },
      }),
      { limits: [{ indicator: 'y', low: 0, high: 10 }] },
    );
    // c1 is unranked as it is; filled, it scores from 0.1 to 0.6, beside 0.25 and 0.45.
    expect(found.nominal[1]).toBeNaN();
    expect([found.best[1], found.worst[1]]).toEqual([1, 3]);
  });

  it('one value that a gap may take decides it', () => {
    const found = bounds({ normalise: MIN_MAX, screen: { minimumAvailability: 0.5 } }, limits(10, 40));
    expect(found.gaps).toEqual(Int32Array.of(0, 0, 1));
    const strict = rankBounds(
      smallRun({
        leaves: ['x', 'y', 'z'],
        columns: [[1, 2, 3], Y, [4, NaN, 6]],
        weights: { x: 0, y: 0, z: 1 },
        recipe: { normalise: MIN_MAX },
      }),
      { limits: [{ indicator: 'z', low: 5, high: 5 }] },
    );
    expect(Array.from(strict.best)).toEqual([3, 2, 1]);
    expect(Array.from(strict.worst)).toEqual([3, 2, 1]);
  });
});

describe('a basis of other years', () => {
  const indicators = [indicator('x', { direction: -1 }), indicator('y')];
  const cities = ['a', 'b', 'c'].map((code) => city(code));
  const tree = buildTree('t', [
    { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
    ...['x', 'y'].map((code, position) => ({ code, parent: 'index', weight: 1, indicator: code, position })),
  ]);
  // 2018: x from 0 to 100, y from 0 to 100; 2019: c lacks x.
  const panel = {
    cities,
    indicators,
    years: [2018, 2019],
    values: Float64Array.of(0, 100, 50, 0, 100, 50, 10, 40, NaN, 50, 20, 30),
    status: new Uint8Array(12),
    statuses: ['NORMAL'],
  };
  const runOf = (years: readonly number[] | null, more: object = {}): PanelRun => ({
    panel,
    tree,
    methodology: parseRecipe(
      { period: { year: 2019, latestWithinYears: 0 }, normalise: { ...MIN_MAX, basis: years && { years } }, ...more },
      { tree, panel },
    ),
  });
  const request: RankBoundsRequest = { limits: [{ indicator: 'x', low: 20, high: 80 }] };

  it('a fill of 20 to 80, less is better: 80 to 20 on the scale of 2018; exact', () => {
    const found = rankBounds(runOf([2018]), request);
    expect(found.low[2]).toBeCloseTo((20 + 30) / 2, 9);
    expect(found.high[2]).toBeCloseTo((80 + 30) / 2, 9);
    expect(found.exact).toBe(true);
    // a: (90 + 50) / 2 = 70; b: (60 + 20) / 2 = 40.
    expect([Array.from(found.best), Array.from(found.worst)]).toEqual([
      [1, 2, 2],
      [1, 3, 3],
    ]);
  });

  it('the same with more is better', () => {
    const other = {
      ...panel,
      values: panel.values.map((value, cell) => (cell === 11 ? NaN : cell === 8 ? 60 : value)),
    };
    const run = { ...runOf([2018]), panel: other };
    const found = rankBounds(run, { limits: [{ indicator: 'y', low: 10, high: 90 }] });
    // c: x is 60, less is better: 40; y from 10 to 90.
    expect(found.low[2]).toBeCloseTo((40 + 10) / 2, 9);
    expect(found.high[2]).toBeCloseTo((40 + 90) / 2, 9);
  });

  it('a basis that holds the ranked year is refused, unless its statistics are held; so is a treatment', () => {
    expect(wholeRefusalOf(() => rankBounds(runOf([2018, 2019]), request))).toMatchObject({
      code: 'PRECONDITION_FAILED',
      problems: [{ path: 'recipe.normalise.basis' }],
    });
    const held = rankBounds(runOf([2018, 2019]), { ...request, statistics: 'HELD' });
    expect(held.high[2]).toBeCloseTo((80 + 30) / 2, 9);
    const treat = { method: 'WINSORISE', skewness: 2, kurtosis: 3.5, maximumPoints: 1 };
    expect(wholeRefusalOf(() => rankBounds(runOf([2018], { treat }), request))?.code).toBe('PRECONDITION_FAILED');
  });
});
