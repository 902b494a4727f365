import fc from 'fast-check';
import { bandsOf, ranksWithinGroups, type BandRule } from '../../../src/scoring/bands';

const numbers = (scores: readonly number[], rule: BandRule, lowerIsBetter = false): number[] =>
  Array.from(bandsOf(Float64Array.from(scores), rule, lowerIsBetter).numbers);

describe('QUANTILE', () => {
  it.each<[scores: number[], count: number, bands: number[]]>([
    [[10, 40, 20, 30], 2, [2, 1, 2, 1]],
    [[5, 4, 3, 2, 1], 2, [1, 1, 1, 2, 2]],
    // Tied cities share the band of the best of them, so a band may be empty.
    [[4, 3, 3, 3], 4, [1, 2, 2, 2]],
    [[7, NaN, 3], 2, [1, 0, 2]],
    [[1, 2], 5, [3, 1]],
    [[], 3, []],
  ])('%j into %d', (scores, count, bands) => {
    expect(numbers(scores, { method: 'QUANTILE', count })).toEqual(bands);
  });
});

describe('EQUAL_INTERVAL', () => {
  it.each<[scores: number[], count: number, bands: number[]]>([
    [[0, 100, 24, 26, 50, 75], 4, [4, 1, 4, 3, 2, 1]],
    [[3, 3, NaN], 3, [1, 1, 0]],
    // 0.07 × 100 is 7.000000000000001 in doubles; a score on a limit stays in the better band.
    [[100, 93, 0], 100, [1, 7, 100]],
    [[Number.MAX_VALUE, 0, -Number.MAX_VALUE], 2, [1, 1, 2]],
  ])('%j into %d', (scores, count, bands) => {
    expect(numbers(scores, { method: 'EQUAL_INTERVAL', count })).toEqual(bands);
  });

  it('where less is better the smallest is in band 1', () => {
    expect(numbers([0, 100, 49, 51], { method: 'EQUAL_INTERVAL', count: 2 }, true)).toEqual([1, 2, 1, 2]);
  });
});

describe('SCORE_DISTANCE', () => {
  it.each<[scores: number[], distance: number, bands: number[]]>([
    [[100, 97, 95, 94, 60], 5, [1, 1, 1, 2, 3]],
    [[1, 1, 2], 0, [2, 2, 1]],
    [[4, NaN, 1], 10, [1, 0, 1]],
  ])('%j within %d', (scores, distance, bands) => {
    expect(numbers(scores, { method: 'SCORE_DISTANCE', distance })).toEqual(bands);
  });
});

/** Sum of squared distances to the mean of each band. */
function withinBands(scores: readonly number[], bands: readonly number[]): number {
  return [...new Set(bands)].reduce((sum, band) => {
    const own = scores.filter((_, i) => bands[i] === band);
    const mean = own.reduce((a, b) => a + b, 0) / own.length;
    return sum + own.reduce((a, b) => a + (b - mean) ** 2, 0);
  }, 0);
}

/** Every cut of 1 … d into at most `count` runs, as the band of each. */
function cuts(d: number, count: number): number[][] {
  if (d === 0) return [[]];
  return cuts(d - 1, count).flatMap((bands) => {
    const last = bands[bands.length - 1];
    if (last === undefined) return [[1]];
    return last < count
      ? [
          [...bands, last],
          [...bands, last + 1],
        ]
      : [[...bands, last]];
  });
}

describe('NATURAL_BREAKS', () => {
  it('three plain clusters, best first', () => {
    const scores = [10, 11, 9.5, 50, 51, 90, 92, NaN];
    expect(numbers(scores, { method: 'NATURAL_BREAKS', count: 3 })).toEqual([3, 3, 3, 2, 2, 1, 1, 0]);
    expect(numbers(scores, { method: 'NATURAL_BREAKS', count: 3 }, true)).toEqual([1, 1, 1, 2, 2, 3, 3, 0]);
  });

  it('no cut has a smaller sum of squares than the one found: all cuts of small tables', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 5 }),
        (scores, count) => {
          const bands = numbers(scores, { method: 'NATURAL_BREAKS', count });
          const distinct = [...new Set(scores)].sort((a, b) => b - a);
          const best = Math.min(
            ...cuts(distinct.length, count).map((cut) =>
              withinBands(
                scores,
                scores.map((score) => cut[distinct.indexOf(score)] ?? 0),
              ),
            ),
          );
          expect(withinBands(scores, bands)).toBeCloseTo(best, 9);
          expect(Math.max(...bands)).toBe(Math.min(count, distinct.length));
        },
      ),
      { numRuns: 300, seed: 11 },
    );
  });

  it('600 scores: as Fisher’s programme in its plain quadratic form', () => {
    const scores = Array.from({ length: 600 }, (_, i) => ((i * 7919) % 1009) ** 1.5).sort((a, b) => b - a);
    const count = 6;
    // cost[k][b]: least sum of squares of the first k scores in b bands, tried from every start of the last.
    const cost = Array.from({ length: 601 }, (_, k) =>
      Array.from({ length: count + 1 }, (__, b) => (k + b === 0 ? 0 : Infinity)),
    );
    for (let end = 1; end <= 600; end++) {
      let sum = 0;
      let squares = 0;
      for (let start = end - 1; start >= 0; start--) {
        const value = scores[start] ?? NaN;
        sum += value;
        squares += value * value;
        const own = squares - (sum * sum) / (end - start);
        for (let b = 1; b <= count; b++) {
          const whole = (cost[start]?.[b - 1] ?? NaN) + own;
          const row = cost[end] ?? [];
          if (whole < (row[b] ?? NaN)) row[b] = whole;
        }
      }
    }
    const best = cost[600]?.[count] ?? NaN;
    const found = withinBands(scores, numbers(scores, { method: 'NATURAL_BREAKS', count }));
    expect(Math.abs(found / best - 1)).toBeLessThan(1e-9);
  });

  it('values at the ends of the doubles', () => {
    expect(
      numbers([Number.MAX_VALUE, 1.7e308, -Number.MAX_VALUE, 0], { method: 'NATURAL_BREAKS', count: 2 }).every(
        (band) => band >= 1 && band <= 2,
      ),
    ).toBe(true);
  });
});

describe('bands', () => {
  it('are described best first, without the empty ones', () => {
    const { bands } = bandsOf(Float64Array.of(0, 100, 90, NaN), { method: 'EQUAL_INTERVAL', count: 4 });
    expect(bands).toEqual([
      { number: 1, best: 100, worst: 90, count: 2 },
      { number: 4, best: 0, worst: 0, count: 1 },
    ]);
  });

  it('equal scores share a band and a better score is never in a worse band, under every rule', () => {
    const rules: BandRule[] = [
      { method: 'QUANTILE', count: 3 },
      { method: 'EQUAL_INTERVAL', count: 3 },
      { method: 'NATURAL_BREAKS', count: 3 },
      { method: 'SCORE_DISTANCE', distance: 2 },
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(NaN)), { maxLength: 12 }),
        fc.constantFrom(...rules),
        fc.boolean(),
        (scores, rule, lowerIsBetter) => {
          const bands = numbers(scores, rule, lowerIsBetter);
          scores.forEach((a, i) => {
            if (Number.isNaN(a)) expect(bands[i]).toBe(0);
            scores.forEach((b, j) => {
              const noWorse = lowerIsBetter ? a <= b : a >= b;
              if (noWorse) expect(bands[i]).toBeLessThanOrEqual(bands[j] ?? NaN);
            });
          });
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe('ranksWithinGroups', () => {
  it('ranks each group by itself; cities without a group or a score have no rank', () => {
    const ranks = ranksWithinGroups(
      Float64Array.of(5, 7, 7, 1, NaN, 9),
      ['a', 'b', 'c', 'd', 'e', 'f'],
      ['x', 'y', 'x', 'x', 'x', null],
      { ties: 'COMPETITION', tolerance: 0, decimals: null },
    );
    expect(ranks).toEqual(Float64Array.of(2, 1, 1, 3, NaN, NaN));
  });

  it('settles ties of a group by the tie-breaker of its own cities', () => {
    const ranks = ranksWithinGroups(
      Float64Array.of(5, 5, 5, 5, 6),
      ['a', 'b', 'c', 'd', 'e'],
      ['x', 'y', 'x', 'y', 'x'],
      { ties: 'ORDINAL', tolerance: 0, decimals: null, tieBreaker: Float64Array.of(1, 9, 2, 3, 0) },
    );
    expect(ranks).toEqual(Float64Array.of(3, 1, 2, 2, 1));
  });
});
