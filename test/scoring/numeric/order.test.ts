import { orderAscending, orderDescending } from '../../../src/scoring/numeric/order';

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

/** Long enough for the radix sort. */
const N = 3_000;

describe('long lists are in order, equal values by index', () => {
  const next = draws(N);
  const ulp = (k: number): number => 50 + k * 2 ** -47;
  it.each<readonly [string, (i: number) => number]>([
    ['scores of one size', () => 20 + 60 * next()],
    ['both signs and every size', () => (next() - 0.5) * 10 ** Math.floor(600 * next() - 300)],
    ['the largest and the smallest doubles', (i) => [Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -5e-324][i % 4] ?? 0],
    ['infinities', (i) => [Infinity, -Infinity, 1][i % 3] ?? 0],
    ['0 and −0', (i) => (i % 2 === 0 ? 0 : -0)],
    ['all alike', () => 7],
    ['a few values', () => Math.floor(5 * next())],
    ['gaps', () => (next() < 0.3 ? NaN : next())],
    ['near-ties by the hundred', () => ulp(Math.floor(500 * next()))],
    ['near-ties two and three at a time', (i) => Math.floor(i / 3) + 1 + (next() < 0.5 ? 0 : 2 ** -41)],
    ['two values a bit apart', (i) => ulp(i % 2)],
  ])('%s', (_, valueOf) => {
    const values = Float64Array.from({ length: N }, (_cell, i) => valueOf(i));
    expect([...orderAscending(values)]).toEqual(expected(values, 1));
    expect([...orderDescending(values)]).toEqual(expected(values, -1));
    // The same from a short list.
    const few = values.slice(0, 100);
    expect([...orderAscending(few)]).toEqual(expected(few, 1));
    expect([...orderDescending(few)]).toEqual(expected(few, -1));
  });
});

it('an order stands when other lists are sorted after it', () => {
  const next = draws(5);
  const values = Float64Array.from({ length: N }, next);
  const order = orderAscending(values);
  for (const n of [N, 2 * N, 600]) orderDescending(Float64Array.from({ length: n }, next));
  expect([...order]).toEqual(expected(values, 1));
});

it('a list too long for kept working memory is in order too', () => {
  // Every value once: (i × an odd number) modulo a power of two.
  const n = 2 ** 20 + 1;
  const values = Float64Array.from({ length: n }, (_, i) => (i === n - 1 ? -1 : (i * 77_777) % (n - 1)));
  const order = orderAscending(values);
  expect(order).toHaveLength(n);
  let wrong = 0;
  for (let k = 0; k < n; k++) if (values[order[k] ?? -1] !== k - 1) wrong++;
  expect(wrong).toBe(0);
});
