import fc from 'fast-check';
import { arithmetic } from '../../../src/scoring/aggregation/arithmetic';
import { columnKernel, type ColumnKernel } from '../../../src/scoring/numeric/column-kernel';
import { applyLinear } from '../../../src/scoring/numeric/linear';
import { isComplete, momentsOf, rangeOf } from '../../../src/scoring/numeric/statistics';
import { instanceOf, moduleOf } from '../../../src/scoring/numeric/web-assembly';
import { weightedMean } from '../../../src/scoring/numeric/weighted-mean';
import { withoutKernels } from '../../helpers/without-kernels';
import { silentContext } from '../../../src/scoring/explanation/node-model';

const MAX = Number.MAX_VALUE;
const CONTEXT = { ...silentContext, children: [], cities: [], costs: new Uint8Array(0) };

function kernel(): ColumnKernel {
  const found = columnKernel();
  if (found === null) throw new Error('This machine has no WebAssembly with SIMD.');
  return found;
}

const bytes = (view: Float64Array): Buffer => Buffer.from(view.buffer, view.byteOffset, view.byteLength);

/** Spread values, the same in every run. */
function scattered(n: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: n }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state / 2 ** 32 - 0.3) * 50;
  });
}

function slowRange(values: Float64Array): { readonly min: number; readonly max: number } {
  const sorted = [...values].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return { min: sorted.at(0) ?? NaN, max: sorted.at(-1) ?? NaN };
}

function expectSameMean(columns: readonly Float64Array[], weights: Float64Array, low: number, high: number): void {
  const n = columns[0]?.length ?? 0;
  const signs = columns.map((_, j) => (j % 2 === 0 ? (1 as const) : (-1 as const)));
  const terms = columns.map((values, j) => {
    const sign = j % 2 === 0 ? (1 as const) : (-1 as const);
    const { min, max } = rangeOf(values.map((x) => sign * x));
    return { values, sign, origin: min, end: max, base: low, factor: high - low };
  });
  const normalised = terms.map(({ values, origin, end, base, factor }, j) => {
    const out = values.map((x) => (signs[j] ?? 1) * x);
    applyLinear(out, origin, end, base, factor, out);
    return out;
  });
  const [fast, slow] = [new Float64Array(n), new Float64Array(n)];
  kernel().meanOf(terms, weights, fast);
  weightedMean(normalised, weights, slow);
  expect(bytes(fast).equals(bytes(slow))).toBe(true);
  kernel().meanOfColumns(normalised, weights, fast);
  expect(bytes(fast).equals(bytes(slow))).toBe(true);
}

describe('the WebAssembly passes over columns give the bits of the TypeScript ones', () => {
  // Around the length of a stretch, 8,192 cells, and of a pair of lanes.
  it.each([2, 3, 5, 8191, 8192, 8193, 16384, 20001])('means of %i cities', (n) => {
    for (const m of [1, 2, 4, 7])
      expectSameMean(
        Array.from({ length: m }, (_, j) => scattered(n, 7 * j + n)),
        scattered(m, 3).map((w) => Math.abs(w)),
        1,
        100,
      );
  });

  it('means of any columns of ordinary size, some cells alike, and of weights of 0', () => {
    const cell = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e30, max: 1e30, noNaN: true }));
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 1, max: 6 }),
        fc.infiniteStream<number>(cell),
        fc.constantFrom(-1e9, -1, 0),
        (n, m, cells, low) => {
          const next = (): number => Number(cells.next().value);
          const columns = Array.from({ length: m }, () => {
            const column = Float64Array.from({ length: n }, next);
            // Two different values at least: a constant column is none of the kernel's.
            column.set([-4, 4]);
            return column;
          });
          const weights = Float64Array.from({ length: m }, (_, k) => (k === 1 ? 0 : 1 / (k + 1)));
          expectSameMean(columns, weights, low, 1e9);
        },
      ),
      { numRuns: 300, seed: 4 },
    );
  });

  it('arithmetic means of long columns are those of their parts, gaps, overflow and weights of 0 and all', () => {
    const n = 1_200;
    const table = [3, 5, 7, 9, 11].map((seed) => scattered(n, seed));
    for (const [j, column] of table.entries()) {
      for (let i = j; i < n; i += 17 + j) column[i] = NaN;
      column.fill(NaN, 40, 43);
      column.fill(j % 2 === 0 ? MAX : -MAX, 50, 60);
      column.fill(MAX, 60, 70);
    }
    for (const weights of [
      [0.1, 0.2, 0.3, 0.4, 0.5],
      [0, 0, 1, 0, 2],
      [0, 0, 0, 0, 0],
    ].map((list) => Float64Array.from(list))) {
      const [whole, parts] = [new Float64Array(n), new Float64Array(n)];
      arithmetic.run(table, weights, {}, whole, CONTEXT);
      for (let start = 0; start < n; start += 100) {
        const cut = (column: Float64Array): Float64Array => column.subarray(start, start + 100);
        arithmetic.run(table.map(cut), weights, {}, cut(parts), CONTEXT);
      }
      expect(whole).toEqual(parts);
    }
  });

  it('what would overflow is held at the largest double', () => {
    const column = Float64Array.of(MAX, -MAX, MAX, 1);
    const out = new Float64Array(4);
    kernel().meanOfColumns([column, column], Float64Array.of(1, 1), out);
    expect([...out]).toEqual([MAX, -MAX, MAX, 1]);
  });

  it.each([1, 2, 3, 7, 8, 9, 8190, 8191, 8192, 8193, 20001])(
    'range and gaps of %i cells, a gap at either end or none',
    (n) => {
      const whole = scattered(n, n);
      expect(kernel().survey(whole)).toEqual({ complete: true, ...slowRange(whole) });
      if (n === 1) return;
      for (const gap of [0, n >> 1, n - 1]) {
        const column = whole.slice();
        column[gap] = NaN;
        expect(kernel().survey(column)).toEqual({ complete: false, ...slowRange(column) });
        // The next column starts afresh.
        expect(kernel().survey(whole).complete).toBe(true);
      }
    },
  );

  it.each([16, 17, 64, 65, 71, 72, 8191, 8192, 8193, 20001])(
    'ranges and moments of %i cells, with gaps and without',
    (n) => {
      const plain = withoutKernels(() =>
        jest.requireActual<typeof import('../../../src/scoring/numeric/statistics')>(
          '../../../src/scoring/numeric/statistics',
        ),
      );
      const column = scattered(n, n);
      const gappy = column.map((value, i) => (i % 5 === 0 || i === n - 1 ? NaN : value));
      const large = column.map((value) => value * 2 ** 300);
      const zeros = column.map((_, i) => (i % 2 === 0 ? -0 : 0));
      for (const values of [column, gappy, large, zeros, column.map(() => 7.1), column.map(() => NaN)]) {
        expect(rangeOf(values)).toEqual(plain.rangeOf(values));
        expect(momentsOf(values)).toEqual(plain.momentsOf(values));
      }
    },
  );

  it('moments are those of a slow sum', () => {
    const column = scattered(1_000, 5).map((value, i) => (i % 7 === 0 ? NaN : value));
    const present = [...column].filter((value) => !Number.isNaN(value));
    const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
    const power = (p: number): number => present.reduce((sum, value) => sum + (value - mean) ** p, 0);
    const found = momentsOf(column);
    expect(found.count).toBe(present.length);
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.sumOfSquares / power(2)).toBeCloseTo(1, 12);
    expect(found.sumOfCubes / power(3)).toBeCloseTo(1, 11);
    expect(found.sumOfFourths / power(4)).toBeCloseTo(1, 12);
  });

  it('range and gaps of any short column', () => {
    const cell = fc.oneof(fc.constantFrom(NaN, MAX, -MAX, 5e-324, 1), fc.double({ noDefaultInfinity: true }));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 7 }), (cells) => {
        const column = Float64Array.from(cells);
        const { complete, min, max } = kernel().survey(column);
        expect(complete).toBe(isComplete(column));
        const expected = slowRange(column);
        // Of 0 and −0 either may stand.
        if (cells.some((x) => !Number.isNaN(x)))
          expect([min + 0, max + 0]).toEqual([expected.min + 0, expected.max + 0]);
        else expect([min, max]).toEqual([Infinity, -Infinity]);
      }),
      { numRuns: 300, seed: 4 },
    );
  });
});

describe('where there is no WebAssembly', () => {
  it('a module that the machine cannot compile is none', () => {
    expect(moduleOf('bm90IGEgbW9kdWxl')()).toBeNull();
  });

  it('there is no kernel, and the callers go on without', () => {
    const plain = withoutKernels(() =>
      jest.requireActual<{ readonly columnKernel: typeof columnKernel }>('../../../src/scoring/numeric/column-kernel'),
    );
    expect(plain.columnKernel()).toBeNull();
    expect(plain.columnKernel()).toBeNull();
  });

  it('there is no module, and nothing to make an instance of', () => {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly') ?? {};
    Reflect.deleteProperty(globalThis, 'WebAssembly');
    try {
      const ofNothing = moduleOf('');
      expect(ofNothing()).toBeNull();
      expect(ofNothing()).toBeNull();
      expect(() => instanceOf({})).toThrow('There is no WebAssembly.');
    } finally {
      Object.defineProperty(globalThis, 'WebAssembly', descriptor);
    }
  });
});
