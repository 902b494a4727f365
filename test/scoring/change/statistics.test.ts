import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  betaConvergence,
  compoundGrowth,
  convergenceOf,
  fitLine,
  gini,
  relativeSpread,
  theilSplit,
  trendOf,
} from '../../../src/scoring/change';
import { agrees } from '../../helpers/golden';

type Figures = Readonly<Record<string, unknown>>;
type Golden = Readonly<Record<'trends' | 'spreads' | 'theils' | 'betas' | 'gaps', readonly Figures[]>>;

// Made by test/golden/change/make_change.py (Python and numpy, an implementation of its own).
const golden = JSON.parse(
  readFileSync(join(__dirname, '..', '..', 'golden', 'change', 'change.json'), 'utf8'),
) as Golden;

const column = (figures: Figures, name: string): Float64Array => Float64Array.from(figures[name] as number[]);

/** Every figure of `expected` that the engine gives too: within 1e-9, and `NaN` where the reference has none. */
function expectFigures(actual: object | null, expected: Figures, names: readonly string[]): void {
  const found = Object.fromEntries(Object.entries(actual ?? {}));
  for (const name of names) {
    const figure: unknown = found[name];
    const wanted = expected[name];
    if (typeof wanted === 'string') expect({ [name]: figure }).toEqual({ [name]: wanted });
    else if (!agrees(Number(figure), wanted === null ? NaN : Number(wanted)))
      throw new Error(`${name}: ${String(figure)}, expected ${String(wanted)}`);
  }
}

describe('trendOf', () => {
  it.each(golden.trends.map((figures, index) => [index, figures] as const))(
    'Theil–Sen and Mann–Kendall as in Python, case %i',
    (_index, figures) => {
      const years = figures['years'] as number[];
      const names = ['slope', 'intercept', 's', 'tauB', 'z', 'pValue', 'annualGrowth'];
      // The reference counts permutations only for up to 7 years.
      const counted = figures['exactPValue'] === null ? [] : ['exactPValue'];
      expectFigures(trendOf(years, column(figures, 'values')), figures, [...names, ...counted]);
    },
  );

  it('Hollander & Wolfe (1973), example 9.1, cloud seeding: slope −0.056, C = −6, one-sided exact p 0.117', () => {
    const trend = trendOf([1, 2, 3, 4, 5], Float64Array.of(1.26, 1.27, 1.12, 1.16, 1.03));
    expect(trend?.slope).toBeCloseTo(-0.05625, 12);
    expect(trend?.s).toBe(-6);
    // Five values have 120 orders; 1 + 4 + 9 have at most two inversions.
    expect(trend?.exactPValue).toBeCloseTo((2 * 14) / 120, 12);
  });

  it('passes over years without a value, and says which are first and last', () => {
    const trend = trendOf([2009, 2010, 2011, 2012], Float64Array.of(NaN, 2, 4, NaN));
    expect(trend).toMatchObject({ n: 2, firstYear: 2010, lastYear: 2011, first: 2, last: 4, slope: 2 });
    expect(trend?.annualGrowth).toBeCloseTo(1, 12);
  });

  it('no value: null; one: no slope; equal values: slope 0, p 1, no exact p', () => {
    expect(trendOf([2009], Float64Array.of(NaN))).toBeNull();
    expect(trendOf([2009], Float64Array.of(5))).toMatchObject({
      n: 1,
      slope: NaN,
      tauB: NaN,
      z: 0,
      pValue: 1,
      annualGrowth: NaN,
    });
    const flat = trendOf([1, 2, 3], Float64Array.of(5, 5, 5));
    expect(flat).toMatchObject({ slope: 0, s: 0, z: 0, pValue: 1, exactPValue: NaN, tauB: NaN, annualGrowth: 0 });
  });

  it.each([
    [100, 121, 2, 0.1],
    [100, 25, 2, -0.5],
    [0, 5, 1, NaN],
    [5, -1, 1, NaN],
    [5, 6, 0, NaN],
  ])('compound growth from %p to %p in %p years', (first, last, years, expected) => {
    if (Number.isNaN(expected)) expect(compoundGrowth(first, last, years)).toBeNaN();
    else expect(compoundGrowth(first, last, years)).toBeCloseTo(expected, 12);
  });
});

describe('spread', () => {
  it.each(golden.spreads.map((figures) => [column(figures, 'values').length, figures] as const))(
    'coefficient of variation with its interval, and Gini, of %i values as in Python',
    (_n, figures) => {
      const values = column(figures, 'values');
      // The reference's quantile is good to about 1e-10, the interval's ends for n = 2 are steep in it.
      const spread = relativeSpread(values, 0.95);
      expectFigures(spread, figures, ['coefficient']);
      for (const end of ['low', 'high'] as const)
        expect(agrees(spread[end], Number(figures[end] ?? NaN), 1e-7)).toBe(true);
      expect(agrees(gini(values), Number(figures['gini']))).toBe(true);
    },
  );

  it('nothing is defined for a mean of 0 or below, or negative values; one value has no spread', () => {
    expect(relativeSpread(Float64Array.of(-1, 1), 0.95)).toMatchObject({
      mean: 0,
      coefficient: NaN,
      low: NaN,
      high: NaN,
    });
    expect(relativeSpread(Float64Array.of(3), 0.95)).toMatchObject({ standardDeviation: NaN, coefficient: NaN });
    expect(relativeSpread(Float64Array.of(3, 3), 0.95)).toMatchObject({ coefficient: 0, low: 0, high: 0 });
    expect(gini(Float64Array.of(-1, 3))).toBeNaN();
    expect(gini(Float64Array.of(0, 0))).toBeNaN();
    expect(theilSplit(Float64Array.of(-1, 3), Int32Array.of(0, 1)).total).toBeNaN();
    expect(theilSplit(Float64Array.of(0, 0), Int32Array.of(0, 1)).total).toBeNaN();
  });

  it.each([
    [[1, 2, 3, 4, 5], 4 / 15],
    [[7, 7, 7], 0],
    [[0, 0, 0, 1], 3 / 4],
  ])('Gini of %p is %p, by hand', (values, expected) => {
    expect(gini(Float64Array.from(values))).toBeCloseTo(expected, 12);
  });

  it('Theil of one who has everything among four is ln 4', () => {
    expect(theilSplit(Float64Array.of(0, 0, 0, 1), Int32Array.of(0, 0, 0, 0))).toMatchObject({
      total: Math.log(4),
      within: Math.log(4),
    });
  });

  it.each(golden.theils.map((figures, index) => [index, figures] as const))(
    'Theil and its split as in Python, case %i',
    (_index, figures) => {
      expectFigures(theilSplit(column(figures, 'values'), Int32Array.from(figures['groups'] as number[])), figures, [
        'total',
        'within',
        'between',
      ]);
    },
  );

  it('Theil: within and between add to the total, neither is negative, for any groups', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.nat(4)), { minLength: 1, maxLength: 60 }),
        (rows) => {
          const { total, within, between } = theilSplit(
            Float64Array.from(rows, ([value]) => value),
            Int32Array.from(rows, ([, group]) => group),
          );
          if (Number.isNaN(total)) return rows.every(([value]) => value === 0);
          return Math.abs(total - within - between) < 1e-9 && within > -1e-12 && between > -1e-12;
        },
      ),
      { seed: 1571075320 },
    );
  });
});

describe('beta convergence', () => {
  it.each(golden.betas.map((figures, index) => [index, figures] as const))(
    'as in numpy, case %i',
    (_index, figures) => {
      const beta = betaConvergence(column(figures, 'first'), column(figures, 'last'), Number(figures['years']));
      expectFigures(beta, figures, [
        'form',
        'intercept',
        'slope',
        'standardError',
        't',
        'pValue',
        'rSquared',
        'speed',
        'halfLife',
      ]);
    },
  );

  it('a gap that halves in 5 years has a half-life of 5', () => {
    const first = Float64Array.of(Math.exp(1), Math.exp(2), Math.exp(3));
    const last = Float64Array.from(first, (value) => Math.exp(2 + (Math.log(value) - 2) / 2));
    const beta = betaConvergence(first, last, 5);
    expect(beta?.halfLife).toBeCloseTo(5, 9);
    expect(beta?.slope).toBeCloseTo(-0.1, 12);
  });

  it('divergence has a negative speed and no half-life; an overshooting slope has neither', () => {
    const apart = betaConvergence(Float64Array.of(1, 2, 4), Float64Array.of(1, 4, 16), 1);
    expect(apart?.slope).toBeGreaterThan(0);
    expect(apart?.speed).toBeLessThan(0);
    expect(apart?.halfLife).toBeNaN();
    const reversed = betaConvergence(Float64Array.of(1, 2, 4), Float64Array.of(4, 2, 1), 1);
    expect(reversed).toMatchObject({ speed: NaN, halfLife: NaN });
  });

  it('a line that cannot be written in doubles is none', () => {
    // The slope is 3e308 / 1e-10, beyond the largest double.
    expect(fitLine(Float64Array.of(0, 1e-10), Float64Array.of(-1.5e308, 1.5e308))).toBeNull();
  });

  it('equal starts, or one city: nothing to fit; two points: a slope without an error', () => {
    expect(betaConvergence(Float64Array.of(2, 2), Float64Array.of(3, 4), 1)).toBeNull();
    expect(fitLine(Float64Array.of(1), Float64Array.of(1))).toBeNull();
    expect(fitLine(Float64Array.of(1, 3), Float64Array.of(1, 5))).toMatchObject({
      slope: 2,
      standardError: NaN,
      pValue: NaN,
    });
    expect(fitLine(Float64Array.of(1, 2, 3), Float64Array.of(4, 4, 4))).toMatchObject({
      slope: 0,
      t: NaN,
      rSquared: NaN,
    });
  });
});

describe('convergenceOf', () => {
  it.each(golden.gaps.map((figures, index) => [index, figures] as const))(
    "Welch's test of the change of a gap as in Python, case %i",
    (_index, figures) => {
      const { groups, reference } = convergenceOf({
        years: [2009, 2019],
        columns: [column(figures, 'first'), column(figures, 'last')],
        groups: Int32Array.from(figures['groups'] as number[]),
        groupCount: 2,
        reference: 0,
      });
      expect(reference).toBe(0);
      expect(groups[0]?.gap).toBeNull();
      expectFigures(groups[1]?.gap ?? null, figures, ['change', 'standardError', 't', 'degrees', 'pValue']);
    },
  );

  it('means, gaps and the reference by hand', () => {
    const { groups, reference, sigma, spread } = convergenceOf({
      years: [2010, 2011, 2012],
      columns: [Float64Array.of(10, 20, 60), Float64Array.of(20, 30, 60), Float64Array.of(30, 40, 60)],
      groups: Int32Array.of(0, 0, 1),
      groupCount: 2,
      reference: null,
    });
    expect(reference).toBe(1);
    expect(groups[0]?.years.map(({ mean, gap }) => [mean, gap])).toEqual([
      [15, 45],
      [25, 35],
      [35, 25],
    ]);
    expect(groups[0]?.gap).toMatchObject({
      first: 45,
      last: 25,
      change: -20,
      standardError: NaN,
      pValue: NaN,
      trend: { slope: -10, s: -3 },
    });
    expect(groups.map(({ size }) => size)).toEqual([2, 1]);
    expect(sigma?.s).toBe(-3);
    expect(spread.map(({ mean }) => Math.round(mean))).toEqual([30, 37, 43]);
  });

  it('a ratio needs two means above 0; no city behind another is no gap', () => {
    const { groups, reference, sigma, beta } = convergenceOf({
      years: [2010, 2012],
      columns: [Float64Array.of(-4, 2, 6, 6), Float64Array.of(0, 2, 4, 4)],
      groups: Int32Array.of(0, 0, 1, 2),
      groupCount: 3,
      reference: null,
    });
    // The first of two equal groups is the reference.
    expect(reference).toBe(1);
    expect(groups.map(({ years }) => years.map(({ ratio }) => ratio))).toEqual([
      [NaN, 1 / 4],
      [1, 1],
      [1, 1],
    ]);
    expect(groups[0]?.logGap).toBeNull();
    expect(groups[2]?.gap).toMatchObject({ first: 0, last: 0, change: 0, t: NaN, pValue: NaN });
    // Mean 2.5 in both years; √(Σ(x − 2.5)² / 3) falls.
    expect(sigma).toMatchObject({ n: 2, s: -1 });
    expect(beta?.form).toBe('LINEAR');
  });

  it('no mean is above 0: no coefficient of variation in any year, so no trend of it', () => {
    const { sigma, groups } = convergenceOf({
      years: [2010, 2012],
      columns: [Float64Array.of(-4, 2), Float64Array.of(-3, 2)],
      groups: Int32Array.of(0, 1),
      groupCount: 2,
      reference: 0,
    });
    expect(sigma).toBeNull();
    expect(groups[1]?.years.map(({ gap, ratio }) => [gap, ratio])).toEqual([
      [-6, NaN],
      [-5, NaN],
    ]);
  });

  it('the gap of logarithms is the test of the gap on logarithms, and is missing where a value is not above 0', () => {
    const columns = [Float64Array.of(10, 20, 60, 30), Float64Array.of(15, 30, 61, 80)];
    const panel = { years: [2010, 2015], groups: Int32Array.of(0, 0, 1, 1), groupCount: 2, reference: 1 };
    const plain = convergenceOf({ ...panel, columns }).groups[0];
    const logs = convergenceOf({ ...panel, columns: columns.map((column) => column.map(Math.log)) }).groups[0];
    expect(plain?.logGap).toEqual(logs?.gap);
    expect(plain?.years.map(({ ratio }) => ratio)).toEqual([15 / 45, 22.5 / 70.5]);
    const zero = [Float64Array.of(0, 20, 60, 30), Float64Array.of(15, 30, 61, 80)];
    expect(convergenceOf({ ...panel, columns: zero }).groups[0]?.logGap).toBeNull();
  });
});
