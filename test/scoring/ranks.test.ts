import fc from 'fast-check';
import { orderAscending, orderDescending } from '../../src/scoring/numeric/order';
import { rankScores } from '../../src/scoring/ranks';

const value = fc.oneof(
  fc.double({ noNaN: false }),
  fc.constantFrom(0, -0, NaN, 1, 1, 5e-324, -5e-324, 1e308, -1e308, Infinity, -Infinity),
);

describe('orderAscending and orderDescending', () => {
  it.each([
    ['short lists', 0, 40],
    ['long lists (radix sort)', 600, 900],
  ])('agree with a stable comparison sort on %s', (_, minLength, maxLength) => {
    fc.assert(
      fc.property(fc.array(value, { minLength, maxLength }), (list) => {
        const values = Float64Array.from(list);
        const indices = list.map((_, i) => i).filter((i) => !Number.isNaN(list[i]));
        const by =
          (sign: 1 | -1) =>
          (a: number, b: number): number => {
            const [x = 0, y = 0] = [list[a], list[b]];
            return x < y ? -sign : x > y ? sign : a - b;
          };
        expect([...orderAscending(values)]).toEqual([...indices].sort(by(1)));
        expect([...orderDescending(values)]).toEqual([...indices].sort(by(-1)));
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});

describe('rankScores', () => {
  const codes = ['a', 'b', 'c', 'd', 'e', 'f'];
  const scores = Float64Array.of(10, 30, 20, 20, NaN, 5);
  const options = { ties: 'COMPETITION', tolerance: 0, decimals: null };

  it.each([
    ['COMPETITION', [4, 1, 2, 2, NaN, 5]],
    ['MODIFIED_COMPETITION', [4, 1, 3, 3, NaN, 5]],
    ['DENSE', [3, 1, 2, 2, NaN, 4]],
    ['FRACTIONAL', [4, 1, 2.5, 2.5, NaN, 5]],
    ['ORDINAL', [4, 1, 2, 3, NaN, 5]],
  ])('%s', (ties, expected) => {
    expect([...rankScores(scores, codes, { ...options, ties }).ranks]).toEqual(expected);
  });

  it('settles ties by code, whatever the order of the cities', () => {
    const ranked = rankScores(Float64Array.of(1, 1, 1), ['c', 'a', 'b'], { ...options, ties: 'ORDINAL' });
    expect([...ranked.order]).toEqual([1, 2, 0]);
    expect([...ranked.ranks]).toEqual([3, 1, 2]);
  });

  it('ties scores within the tolerance of the best of their group', () => {
    expect([
      ...rankScores(Float64Array.of(10, 9.5, 9, 8.4), ['a', 'b', 'c', 'd'], { ...options, tolerance: 1 }).ranks,
    ]).toEqual([1, 1, 1, 4]);
  });

  it('rounds first when asked to', () => {
    expect([
      ...rankScores(Float64Array.of(0.9621, 0.9619, 0.9611), ['a', 'b', 'c'], { ...options, decimals: 3 }).ranks,
    ]).toEqual([1, 1, 3]);
  });

  it('ranks from the lowest where low is good', () => {
    expect([...rankScores(scores, codes, { ...options, lowerIsBetter: true }).ranks]).toEqual([2, 5, 3, 3, NaN, 1]);
  });
});
