import fc from 'fast-check';
import { countBelow, countUpTo, positionsAmong } from '../../../src/scoring/numeric/positions';
import { heldFinite, scaleFor, scaleOf } from '../../../src/scoring/numeric/scale';
import {
  countOf,
  kurtosisOf,
  meanOf,
  medianAbsoluteDeviationOf,
  medianOf,
  momentsOf,
  normsOf,
  quantileSorted,
  rangeOf,
  skewnessOf,
  sortedPresent,
  standardDeviationOf,
} from '../../../src/scoring/numeric/statistics';
import { expectColumnsAgree } from '../../helpers/golden';

const MAX = Number.MAX_VALUE;
const f64 = (...values: number[]): Float64Array => Float64Array.from(values);

describe('scaleFor', () => {
  it('is 1 for columns of ordinary size and for 0', () => {
    for (const magnitude of [0, 1, 1e15, 1e-15, 2 ** 200, 2 ** -200]) expect(scaleFor(magnitude)).toBe(1);
  });

  it('is a power of two that keeps fourth powers of the column within the doubles', () => {
    for (const magnitude of [MAX, 1e300, 2 ** 201, 2 ** -201, 1e-300, 2 ** -1022, 5e-324]) {
      const scale = scaleFor(magnitude);
      expect(Math.log2(scale)).toBe(Math.round(Math.log2(scale)));
      const fourth = (magnitude * scale) ** 4;
      expect(fourth).toBeGreaterThan(1e-70);
      expect(fourth).toBeLessThan(1e70);
    }
  });

  it('of a column goes by its largest magnitude', () => {
    expect(scaleOf(f64(NaN, 1, -1e300))).toBe(scaleFor(1e300));
    expect(scaleOf(f64(NaN))).toBe(1);
  });
});

it('heldFinite holds infinities at the largest double and leaves the rest', () => {
  expect([Infinity, -Infinity, NaN, MAX, -MAX, 1].map(heldFinite)).toEqual([MAX, -MAX, NaN, MAX, -MAX, 1]);
});

describe('statistics of columns with gaps and at the ends of the doubles', () => {
  it('mean', () => {
    expect(meanOf(f64(1, NaN, 4))).toBe(2.5);
    expect(meanOf(f64(NaN))).toBeNaN();
    expect(meanOf(f64(MAX, MAX, NaN, MAX))).toBe(MAX);
    expect(meanOf(f64(MAX, MAX, -MAX, -MAX))).toBe(0);
    expect(meanOf(f64(-MAX, -MAX))).toBe(-MAX);
  });

  it('count and range', () => {
    expect(countOf(f64(1, NaN, 2))).toBe(2);
    expect(rangeOf(f64(3, NaN, -1))).toEqual({ min: -1, max: 3 });
    expect(rangeOf(f64(NaN))).toEqual({ min: NaN, max: NaN });
  });

  // Hyndman and Fan's type 7 on 1 … 4: the 0-based position 3p.
  it('quantiles', () => {
    const sorted = f64(1, 2, 3, 4);
    expect([0, 1 / 3, 0.5, 0.75, 1].map((p) => quantileSorted(sorted, p))).toEqual([1, 2, 2.5, 3.25, 4]);
    expect(quantileSorted(f64(), 0.5)).toBeNaN();
    expect(quantileSorted(f64(7), 0.3)).toBe(7);
    expect(quantileSorted(f64(-MAX, MAX), 0.5)).toBe(0);
    expect(quantileSorted(f64(0.1, 0.1), 0.3)).toBe(0.1);
  });

  it('median and median absolute deviation', () => {
    expect(medianOf(f64(9, NaN, 1, 4))).toBe(4);
    expect(medianAbsoluteDeviationOf(f64(9, NaN, 1, 4), 4)).toBe(3);
    expect(medianAbsoluteDeviationOf(f64(MAX), -MAX)).toBe(MAX);
    expect(medianOf(f64(NaN))).toBeNaN();
  });

  it('standard deviation', () => {
    expect(standardDeviationOf(f64(2, 4, 4, 4, 5, 5, 7, 9), 'POPULATION')).toBe(2);
    expect(standardDeviationOf(f64(1, NaN, 3), 'SAMPLE')).toBe(Math.SQRT2);
    expect(standardDeviationOf(f64(1), 'SAMPLE')).toBeNaN();
    expect(standardDeviationOf(f64(1), 'POPULATION')).toBe(0);
    expect(standardDeviationOf(f64(NaN), 'POPULATION')).toBeNaN();
    expect(standardDeviationOf(f64(0.1, 0.1, 0.1), 'SAMPLE')).toBe(0);
    expect(standardDeviationOf(f64(MAX, -MAX), 'SAMPLE')).toBe(MAX);
    expect(standardDeviationOf(f64(MAX / 4, -MAX / 4), 'POPULATION')).toBe(MAX / 4);
  });

  it('skewness and kurtosis are undefined for too few values and constant columns', () => {
    expect(skewnessOf(f64(1, 2, NaN))).toBeNaN();
    expect(kurtosisOf(f64(1, 2, 4))).toBeNaN();
    expect(skewnessOf(f64(2, 2, 2))).toBeNaN();
    expect(kurtosisOf(f64(2, 2, 2, 2))).toBeNaN();
    expect(momentsOf(f64(NaN)).mean).toBeNaN();
  });

  // One of four apart from the rest has skewness 2 and kurtosis 4, whatever the unit.
  it('skewness and kurtosis do not depend on the unit', () => {
    for (const unit of [1, 1e-300, 5e-324, 1e300, MAX]) {
      expectColumnsAgree([skewnessOf(f64(0, 0, 0, unit))], [2], 'skewness');
      expectColumnsAgree([skewnessOf(f64(0, 0, 0, -unit))], [-2], 'skewness');
      expectColumnsAgree([kurtosisOf(f64(0, 0, 0, unit))], [4], 'kurtosis');
    }
  });

  it('norms', () => {
    expect(normsOf(f64(3, NaN, -4))).toEqual({ scale: 1, absolute: 7, euclidean: 5, largest: 4 });
    expect(normsOf(f64(0))).toEqual({ scale: 1, absolute: 0, euclidean: 0, largest: 0 });
    expect(normsOf(f64(NaN))).toEqual({ scale: 1, absolute: NaN, euclidean: NaN, largest: NaN });
  });
});

describe('sorting and placing, by search or by merging', () => {
  const cell = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -5, max: 5, noNaN: true }), fc.constant(NaN));
  const columns = fc
    .constantFrom(0, 1, 7, 511, 512, 700)
    .chain((n) =>
      fc.tuple(fc.array(cell, { minLength: n, maxLength: n, size: 'max' }), fc.array(cell, { maxLength: 40 })),
    );

  it('agrees with counting one by one', () => {
    fc.assert(
      fc.property(columns, ([values, fitted]) => {
        const present = fitted.filter((x) => !Number.isNaN(x));
        const sorted = sortedPresent(f64(...fitted));
        expect([...sorted].map((x) => x + 0)).toEqual(present.map((x) => x + 0).sort((a, b) => a - b));
        const { below, upTo } = positionsAmong(f64(...values), sorted);
        const wanted = (holds: (x: number, y: number) => boolean): number[] =>
          values.map((x) => (Number.isNaN(x) ? -1 : present.filter((y) => holds(y, x)).length));
        expect([...below]).toEqual(wanted((y, x) => y < x));
        expect([...upTo]).toEqual(wanted((y, x) => y <= x));
        const [first = NaN] = present;
        if (present.length > 0) {
          expect(countBelow(sorted, first)).toBe(present.filter((y) => y < first).length);
          expect(countUpTo(sorted, first)).toBe(present.filter((y) => y <= first).length);
        }
        const all = sortedPresent(f64(...values));
        expect([...all].map((x) => x + 0)).toEqual(
          values
            .filter((x) => !Number.isNaN(x))
            .map((x) => x + 0)
            .sort((a, b) => a - b),
        );
      }),
      { numRuns: 150, seed: 4 },
    );
  });
});

it('sorted values are the same in whatever order they come, zeros of both signs and all', () => {
  for (const n of [12, 60]) {
    const values = Array.from({ length: n }, (_, i) => [0, -0, 1, NaN][i % 4] ?? NaN);
    const sorted = sortedPresent(Float64Array.from(values));
    expect(sorted).toHaveLength((3 * n) / 4);
    expect(sortedPresent(Float64Array.from(values.toReversed()))).toEqual(sorted);
  }
});
