import fc from 'fast-check';
import {
  runPipeline,
  runTable,
  weightStability,
  weightsWithShare,
  type RankingResult,
  type StabilityTarget,
  type TableRun,
} from '../../../src/scoring';
import { defaultRun, defaultTable, smallRun } from '../../helpers/robustness';

/** What a target says of a ranking, as text: equal texts, same answer. Ties are written out. */
function holds(result: RankingResult, target: StabilityTarget): string {
  const rank = (code: string): number => result.ranks[result.cities.findIndex((city) => city.code === code)] ?? NaN;
  if (target.kind === 'PAIR') return String(Math.sign(rank(target.first) - rank(target.second)));
  if (target.kind === 'ORDER') return [...result.ranks].join(' ');
  return [...result.ranks].map((value) => (value <= target.k ? 'in' : 'out')).join(' ');
}

type Rerun = (weight: ReturnType<typeof weightsWithShare>) => RankingResult;

/** Runs the ranking again inside the interval and just past both ends. */
function check(
  result: RankingResult,
  rerun: Rerun,
  target: StabilityTarget,
  node: string,
  step = 1e-7,
): 'SKIPPED' | 'CHECKED' {
  const [found] = weightStability(result, target, [node]);
  if (!found?.interval) return 'SKIPPED';
  const { low, high } = found.interval;
  const at = (share: number): string => holds(rerun(weightsWithShare(result, node, share)), target);
  const nominal = holds(result, target);
  expect(low.weight).toBeLessThanOrEqual(found.weight);
  expect(high.weight).toBeGreaterThanOrEqual(found.weight);
  if (high.weight - low.weight < 4 * step) return 'SKIPPED';
  for (let k = 0; k <= 8; k++) {
    const share = low.weight + step + ((high.weight - low.weight - 2 * step) * k) / 8;
    expect([node, share, at(share)]).toEqual([node, share, nominal]);
  }
  if (low.cities !== null && low.weight > step) expect([node, at(low.weight - step)]).not.toEqual([node, nominal]);
  if (high.cities !== null && high.weight < 1 - step)
    expect([node, at(high.weight + step)]).not.toEqual([node, nominal]);
  return 'CHECKED';
}

const ofTable =
  (run: TableRun): Rerun =>
  (weight) =>
    runTable({ ...run, methodology: { ...run.methodology, weight } });

describe('weight stability by hand', () => {
  // 0.5 x + 0.5 y: A = (8, 2), B = (4, 5) tie where 8 t + 2 (1 − t) = 4 t + 5 (1 − t), t = 3/7.
  const run = (aggregate: object, columns: readonly (readonly number[])[]): TableRun =>
    smallRun({
      leaves: ['x', 'y'],
      columns,
      recipe: { normalise: { method: 'NONE' }, aggregate: [{ level: 1, ...aggregate }] },
    });

  it('a weighted sum of two: t = 3/7', () => {
    const result = runTable(
      run({ method: 'ARITHMETIC' }, [
        [8, 4],
        [2, 5],
      ]),
    );
    const [x, y] = weightStability(result, { kind: 'PAIR', first: 'c0', second: 'c1' });
    expect(x?.interval?.low).toEqual({ weight: expect.closeTo(3 / 7, 14) as number, cities: ['c0', 'c1'] });
    expect(x?.interval?.high).toEqual({ weight: 1, cities: null });
    expect(y?.interval?.high.weight).toBeCloseTo(4 / 7, 14);
    expect([x?.method, x?.note]).toEqual(['CLOSED_FORM', null]);
  });

  it('a geometric mean of two: t = ln 2.5 / (ln 2 + ln 2.5)', () => {
    const result = runTable(
      run({ method: 'GEOMETRIC' }, [
        [8, 4],
        [2, 5],
      ]),
    );
    const [x] = weightStability(result, { kind: 'TOP', k: 1 });
    // The nominal winner is B, by 20 to 16.
    expect(x?.interval?.high.weight).toBeCloseTo(Math.log(2.5) / (Math.log(2) + Math.log(2.5)), 14);
    expect(x?.interval?.high.cities).toEqual(['c1', 'c0']);
  });

  it('a harmonic mean of two: t/8 + (1 − t)/2 = t/4 + (1 − t)/5, t = 12/17', () => {
    const result = runTable(
      run({ method: 'HARMONIC' }, [
        [8, 4],
        [2, 5],
      ]),
    );
    const [x] = weightStability(result, { kind: 'TOP', k: 1 });
    expect(x?.interval?.high.weight).toBeCloseTo(12 / 17, 14);
  });

  it('a missing value makes a hyperbola of a line: quadratic crossing', () => {
    // City 0 lacks z: (8 t + (1 − t) / 2 × 2) / (t + (1 − t) / 2); city 1 has all: 4 t + (5 + 6)(1 − t) / 2.
    const table = smallRun({
      leaves: ['x', 'y', 'z'],
      columns: [
        [8, 4],
        [2, 5],
        [NaN, 6],
      ],
      recipe: { normalise: { method: 'NONE' } },
    });
    const result = runTable(table);
    const [x] = weightStability(result, { kind: 'PAIR', first: 'c0', second: 'c1' }, ['x']);
    const scoreOf = (t: number): number => (8 * t + (1 - t)) / (t + (1 - t) / 2) - (4 * t + 5.5 * (1 - t));
    const root = [x?.interval?.low.weight ?? NaN, x?.interval?.high.weight ?? NaN].find((t) => t > 0 && t < 1) ?? NaN;
    expect(scoreOf(root)).toBeCloseTo(0, 12);
    expect(x?.method).toBe('CLOSED_FORM');
  });

  it('cities that are alike never change places, and a tie that any change breaks leaves no room', () => {
    const alike = runTable(
      run({ method: 'ARITHMETIC' }, [
        [8, 8],
        [2, 2],
      ]),
    );
    expect(weightStability(alike, { kind: 'ORDER' }, ['x'])[0]?.interval).toEqual({
      low: { weight: 0, cities: null },
      high: { weight: 1, cities: null },
    });
    const tied = runTable(
      run({ method: 'ARITHMETIC' }, [
        [8, 2],
        [2, 8],
      ]),
    );
    expect(weightStability(tied, { kind: 'TOP', k: 1 }, ['x'])[0]?.interval?.low).toEqual({
      weight: 0.5,
      cities: ['c0', 'c1'],
    });
    expect(weightStability(tied, { kind: 'TOP', k: 1 }, ['x'])[0]?.interval?.high.weight).toBe(0.5);
  });

  it('says why it does not answer: other methods, an only child', () => {
    const median = runTable(
      run({ method: 'MEDIAN' }, [
        [8, 4],
        [2, 5],
      ]),
    );
    expect(weightStability(median, { kind: 'TOP', k: 1 })[0]).toMatchObject({ interval: null, method: 'NONE' });
    expect(weightStability(median, { kind: 'TOP', k: 1 })[0]?.note).toContain('MEDIAN');
    const alone = runTable(
      smallRun({
        leaves: { d: ['x'], e: ['y'] },
        columns: [
          [1, 2],
          [3, 1],
        ],
        recipe: {},
      }),
    );
    expect(weightStability(alone, { kind: 'TOP', k: 1 }, ['x'])[0]?.note).toContain('no sibling');
  });

  it('refuses what is not there', () => {
    const result = runTable(
      run({ method: 'ARITHMETIC' }, [
        [8, 4],
        [2, 5],
      ]),
    );
    expect(() => weightStability(result, { kind: 'TOP', k: 2 })).toThrow('from 1 to 1');
    expect(() => weightStability(result, { kind: 'PAIR', first: 'c0', second: 'c0' })).toThrow('another city');
    expect(() => weightStability(result, { kind: 'PAIR', first: 'c0', second: 'c9' })).toThrow('ranked city');
    expect(() => weightStability(result, { kind: 'ORDER' }, ['index'])).toThrow('root');
    expect(() => weightStability(result, { kind: 'ORDER' }, ['nowhere'])).toThrow('nodes[0]');
  });
});

describe('weight stability by running again', () => {
  it('the built-in ranking: inside nothing changes, past each end it does, for every weight', () => {
    const run = defaultTable();
    const result = runTable(run);
    expect([...result.ranks]).toEqual([...runPipeline(defaultRun()).ranks]);
    const rerun = ofTable(run);
    const counts = { SKIPPED: 0, CHECKED: 0 };
    const [first, second] = Array.from(result.order, (row) => result.cities[row]?.code ?? '');
    const targets: StabilityTarget[] = [
      { kind: 'TOP', k: 1 },
      { kind: 'TOP', k: 10 },
      { kind: 'ORDER' },
      { kind: 'PAIR', first: first ?? '', second: second ?? '' },
    ];
    for (const target of targets)
      for (const { code, depth } of result.tree.nodes) if (depth > 0) counts[check(result, rerun, target, code)]++;
    expect(counts.CHECKED).toBeGreaterThan(80);
  });

  const means = [
    { method: 'ARITHMETIC' },
    { method: 'GEOMETRIC' },
    { method: 'HARMONIC' },
    { method: 'POWER_MEAN', exponent: 2 },
    { method: 'POWER_MEAN', exponent: -0.5 },
  ];

  it.each(
    means.flatMap((lower) =>
      means.map((upper) => ({
        lower,
        upper,
        name: `${Object.values(lower).join(' ')} below ${Object.values(upper).join(' ')}`,
      })),
    ),
  )('random tables with gaps: $name', ({ lower, upper }) => {
    let checked = 0;
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 999 }) }, fc.constant(NaN)), {
            minLength: 6,
            maxLength: 6,
          }),
          {
            minLength: 5,
            maxLength: 5,
          },
        ),
        fc.constantFrom('x', 'z', 'd', 'e'),
        fc.constantFrom<StabilityTarget>({ kind: 'TOP', k: 1 }, { kind: 'TOP', k: 3 }, { kind: 'ORDER' }),
        (columns, node, target) => {
          const run = smallRun({
            leaves: { d: ['x', 'y'], e: ['z', 'u', 'v'] },
            columns,
            weights: { x: 2, e: 3 },
            recipe: {
              normalise: { method: 'NONE' },
              aggregate: [
                { level: 1, ...lower },
                { level: 2, ...upper },
              ],
            },
          });
          fc.pre(run.values.some((value) => !Number.isNaN(value)));
          const result = runTable(run);
          fc.pre(result.order.length > 3);
          if (check(result, ofTable(run), target, node, 1e-6) === 'CHECKED') checked++;
        },
      ),
      { seed: 20, numRuns: 25 },
    );
    expect(checked).toBeGreaterThan(5);
  });

  it('an index over its leaves at once, by given weights', () => {
    const run = smallRun({
      leaves: { d: ['x', 'y'], e: ['z', 'u', 'v'] },
      columns: [
        [3, 9, 4, 6],
        [8, 2, 7, NaN],
        [1, 5, 9, 4],
        [2, 8, 4, 4],
        [9, 1, 3, 7],
      ],
      weights: { x: 2, e: 3 },
      recipe: {
        normalise: { method: 'NONE' },
        aggregate: [
          { level: 1, method: 'ARITHMETIC' },
          { node: 'index', method: 'GEOMETRIC', over: 'LEAVES' },
        ],
      },
    });
    const result = runTable(run);
    const counts = { SKIPPED: 0, CHECKED: 0 };
    for (const node of ['x', 'y', 'z', 'd', 'e']) counts[check(result, ofTable(run), { kind: 'ORDER' }, node)]++;
    expect(counts.CHECKED).toBe(5);
  });

  it('answers in closed form wherever the default methodology has every value', () => {
    const result = runPipeline(defaultRun());
    const methods = weightStability(result, { kind: 'PAIR', first: '330100', second: '440100' }).map(
      ({ method }) => method,
    );
    expect(new Set(methods)).toEqual(new Set(['CLOSED_FORM']));
  });
});
