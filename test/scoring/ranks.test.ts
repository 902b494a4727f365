import fc from 'fast-check';
import { orderAscending, orderDescending } from '../../src/scoring/numeric/order';
import { rankScores } from '../../src/scoring/ranks';
import { registry } from '../../src/scoring/registry';

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

  it.each([...registry.RANKING.keys()])('%s: without a tie, the position, in short lists and in long ones', (ties) => {
    for (const n of [5, 300]) {
      // Every value once.
      const values = Float64Array.from({ length: n }, (_, i) => (i * 7) % n);
      const labels = Array.from(values, (_, i) => `c${String(i)}`);
      const ranked = rankScores(values, labels, { ...options, ties });
      expect([...ranked.ranks]).toEqual(Array.from(values, (score) => n - score));
      values[1] = NaN;
      // The city at 7, or at 2, is gone.
      const gone = 7 % n;
      expect([...rankScores(values, labels, { ...options, ties }).ranks]).toEqual(
        Array.from({ length: n }, (_, i) => (i * 7) % n).map((score) =>
          score === gone ? NaN : n - score - (score < gone ? 1 : 0),
        ),
      );
      // All within the tolerance of the best.
      const tied = rankScores(values, labels, { ...options, ties: 'COMPETITION', tolerance: n });
      expect(new Set(tied.ranks)).toEqual(new Set([1, NaN]));
    }
  });

  it('settles ties by code, whatever the order of the cities', () => {
    const ranked = rankScores(Float64Array.of(1, 1, 1), ['c', 'a', 'b'], { ...options, ties: 'ORDINAL' });
    expect([...ranked.order]).toEqual([1, 2, 0]);
    expect([...ranked.ranks]).toEqual([3, 1, 2]);
  });

  it('settles ties by a tie-breaker first: high first, missing last, what is level by code', () => {
    const tieBreaker = Float64Array.of(NaN, 4, 7, 4, NaN);
    const ranked = rankScores(Float64Array.of(1, 1, 1, 1, 2), ['a', 'd', 'e', 'c', 'b'], {
      ...options,
      ties: 'ORDINAL',
      tieBreaker,
    });
    expect([...ranked.order]).toEqual([4, 2, 3, 1, 0]);
    expect([...ranked.ranks]).toEqual([5, 4, 2, 3, 1]);
  });

  it('a tie-breaker moves no city out of its tie, and does not care for the order of the cities', () => {
    const level = fc.integer({ min: 0, max: 2 });
    fc.assert(
      fc.property(fc.array(fc.tuple(level, level), { minLength: 1, maxLength: 12 }), fc.integer(), (rows, turn) => {
        const names = rows.map((_, i) => `c${String(i).padStart(2, '0')}`);
        const by = Math.abs(turn) % rows.length;
        const turned = <T>(list: readonly T[]): T[] => [...list.slice(by), ...list.slice(0, by)];
        const ranked = (table: readonly (readonly [number, number])[], labels: readonly string[]) => {
          const own = Float64Array.from(table, ([score]) => score);
          const tieBreaker = Float64Array.from(table, ([, breaker]) => breaker);
          return {
            ordinal: [...rankScores(own, labels, { ...options, ties: 'ORDINAL', tieBreaker }).ranks],
            first: [...rankScores(own, labels, options).ranks],
            last: [...rankScores(own, labels, { ...options, ties: 'MODIFIED_COMPETITION' }).ranks],
          };
        };
        const { ordinal, first, last } = ranked(rows, names);
        expect([...ordinal].sort((a, b) => a - b)).toEqual(rows.map((_, i) => i + 1));
        ordinal.forEach((rank, i) => {
          expect(rank).toBeGreaterThanOrEqual(first[i] ?? NaN);
          expect(rank).toBeLessThanOrEqual(last[i] ?? NaN);
        });
        expect(ranked(turned(rows), turned(names)).ordinal).toEqual(turned(ordinal));
      }),
      { seed: 3, numRuns: 200 },
    );
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
