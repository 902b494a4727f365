import fc from 'fast-check';
import { orderKernel, ORDER_KERNEL_UP_TO, type OrderKernel } from '../../../src/scoring/numeric/order-kernel';
import { withoutKernels } from '../../helpers/without-kernels';

type Orders = typeof import('../../../src/scoring/numeric/order');

const native = jest.requireActual<Orders>('../../../src/scoring/numeric/order');

/** The orders as a machine without WebAssembly has them. */
function withoutKernel(): Orders {
  return withoutKernels(() => {
    const orders = jest.requireActual<Orders>('../../../src/scoring/numeric/order');
    // Asks for the kernel while there is none to be had, twice.
    for (const n of [100, 100]) orders.orderAscending(new Float64Array(n));
    return orders;
  });
}

function kernel(): OrderKernel {
  const found = orderKernel();
  if (found === null) throw new Error('This machine has no WebAssembly with SIMD.');
  return found;
}

/** Obvious and slow: the engine's own comparison sort on pairs. */
function expected(values: Float64Array, sign: 1 | -1): number[] {
  return Array.from(values, (value, index) => ({ value: sign * value + 0, index }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : a.index - b.index))
    .map(({ index }) => index);
}

function draws(n: number): () => number {
  let state = n;
  return () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 2 ** 32;
}

/** Whether no two of the values that are not `NaN` are equal. */
const areDistinct = (values: Float64Array): boolean => {
  const present = values.filter((value) => !Number.isNaN(value)).map((value) => value + 0);
  return new Set(present).size === present.length;
};

/** Long enough for every kind of sort; the kernel's digits are narrow up to 4,096. */
const N = 5_000;

const next = draws(N);
const ulp = (k: number): number => 50 + k * 2 ** -47;
const LISTS: readonly (readonly [string, (i: number) => number])[] = [
  ['scores of one size', () => 20 + 60 * next()],
  ['both signs and every size', () => (next() - 0.5) * 10 ** Math.floor(600 * next() - 300)],
  ['the largest and the smallest doubles', (i) => [Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -5e-324][i % 4] ?? 0],
  ['infinities', (i) => [Infinity, -Infinity, 1][i % 3] ?? 0],
  ['0 and −0', (i) => (i % 2 === 0 ? 0 : -0)],
  ['all alike', () => 7],
  ['a few values', () => Math.floor(5 * next())],
  ['gaps', () => (next() < 0.3 ? NaN : next())],
  ['nothing but gaps', () => NaN],
  ['near-ties by the hundred', () => ulp(Math.floor(500 * next()))],
  ['near-ties two and three at a time', (i) => Math.floor(i / 3) + 1 + (next() < 0.5 ? 0 : 2 ** -41)],
  ['negative near-ties two at a time, none alike', (i) => -1 - Math.floor(i / 2) - (i % 2) * 2 ** -40],
  ['two values a bit apart', (i) => ulp(i % 2)],
];

describe.each([
  ['with the kernel', native],
  ['without it', withoutKernel()],
])('%s, lists are in order, equal values by index', (_, { orderAscending, orderDescending, ordered }) => {
  it.each(LISTS)('%s', (_name, valueOf) => {
    const values = Float64Array.from({ length: N }, (_cell, i) => valueOf(i));
    for (const n of [N, 4_097, 4_096, 4_095, 1_000, 513, 100, 24, 23, 2, 1, 0]) {
      const few = values.slice(0, n);
      expect([...orderAscending(few)]).toEqual(expected(few, 1));
      expect([...orderDescending(few)]).toEqual(expected(few, -1));
      // What is said to be without a tie is.
      if (ordered(few, -1).distinct) expect(areDistinct(few)).toBe(true);
    }
  });

  it('an order stands when other lists are sorted after it', () => {
    const own = draws(5);
    const values = Float64Array.from({ length: N }, own);
    const order = orderAscending(values);
    for (const n of [N, 2 * N, 600]) orderDescending(Float64Array.from({ length: n }, own));
    expect([...order]).toEqual(expected(values, 1));
  });
});

describe('the kernel', () => {
  it.each(LISTS)('knows whether two values are equal: %s', (_, valueOf) => {
    for (const n of [3, 40, N]) {
      const values = Float64Array.from({ length: n }, (_cell, i) => valueOf(i));
      for (const sign of [1, -1] as const) {
        const found = kernel().order(values, sign);
        // Null: many values that agree in their upper halves, and not all of them alike.
        if (found === null) expect(new Set(values).size).toBeGreaterThan(1);
        else expect(found.distinct).toBe(areDistinct(values));
      }
    }
  });

  it('leaves long runs of near-ties to be compared', () => {
    const values = Float64Array.from({ length: N }, () => ulp(Math.floor(500 * next())));
    expect(kernel().order(values, 1)).toBeNull();
    expect(kernel().order(values.slice(0, 33), 1)).toBeNull();
    expect(kernel().order(values.slice(0, 32), 1)?.order).toEqual(Int32Array.from(expected(values.slice(0, 32), 1)));
  });

  it('any short list', () => {
    const cell = fc.oneof(fc.constantFrom(NaN, 0, -0, Infinity, -Infinity, 5e-324, -5e-324, 1), fc.double());
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 30 }), fc.constantFrom(1 as const, -1 as const), (cells, sign) => {
        const values = Float64Array.from(cells);
        const found = kernel().order(values, sign);
        expect([...(found?.order ?? [])]).toEqual(expected(values, sign));
        expect(found?.distinct).toBe(areDistinct(values));
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

it('a list too long for the kernel’s memory is in order too', () => {
  // Every value once: (i × an odd number) modulo a power of two.
  const n = ORDER_KERNEL_UP_TO + 1;
  const values = Float64Array.from({ length: n }, (_, i) => (i === n - 1 ? -1 : (i * 77_777) % (n - 1)));
  for (const list of [values, values.subarray(1)]) {
    const order = native.orderAscending(list);
    expect(order).toHaveLength(list.length);
    let wrong = 0;
    for (let k = 1; k < order.length; k++)
      if (!((list[order[k - 1] ?? -1] ?? NaN) < (list[order[k] ?? -1] ?? NaN))) wrong++;
    expect(wrong).toBe(0);
    expect(new Set(order).size).toBe(list.length);
  }
});
