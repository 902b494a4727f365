import fc from 'fast-check';
import {
  countPairs,
  DrawRanker,
  rankBins,
  rankByBuckets,
  rankStep,
  scoreQuantiles,
} from '../../../src/scoring/robustness/uncertainty-kernels';

const score = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 5 }) },
  { weight: 2, arbitrary: fc.double({ min: -1e300, max: 1e300, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
);
const RANK = { tolerance: 0, decimals: null };

/** 1 + the number of better scores; 0 for none. */
const placesOf = (scores: readonly number[], sign: 1 | -1): number[] =>
  scores.map((own) => (Number.isNaN(own) ? 0 : 1 + scores.filter((other) => sign * other > sign * own).length));

it('rankByBuckets: 1 + the number of better scores, 0 for an unranked city, for any scores', () => {
  fc.assert(
    fc.property(fc.array(score, { minLength: 1, maxLength: 12 }), fc.boolean(), (scores, lowerIsBetter) => {
      const n = scores.length;
      const places = new Int32Array(n).fill(99);
      rankByBuckets(
        Float64Array.from(scores),
        lowerIsBetter,
        places,
        new Int32Array(n),
        new Int32Array(n),
        new Int32Array(n + 2),
      );
      expect(Array.from(places)).toEqual(placesOf(scores, lowerIsBetter ? -1 : 1));
    }),
  );
});

it.each([
  // By hand for 5, 3, none, 3, 1 with more is better: places for pairs, and the rank as an index in steps.
  ['COMPETITION', [0, 1, -1, 1, 3]],
  ['FRACTIONAL', [0, 3, -1, 3, 6]],
  ['DENSE', [0, 1, -1, 1, 2]],
  ['MODIFIED_COMPETITION', [0, 2, -1, 2, 3]],
  ['ORDINAL', [0, 1, -1, 2, 3]],
] as const)('DrawRanker, %s: %j', (ties, bins) => {
  const ranker = new DrawRanker(['a', 'b', 'c', 'd', 'e'], { ...RANK, ties });
  ranker.rank(Float64Array.of(5, 3, NaN, 3, 1), false);
  expect(Array.from(ranker.bins)).toEqual(bins);
  expect(Array.from(ranker.places)).toEqual([1, 2, 0, 2, 4]);
});

it.each([
  ['COMPETITION', 0, 0],
  ['COMPETITION', 1, 1],
  ['COMPETITION', 4, 4],
  ['FRACTIONAL', 0, 0],
  ['FRACTIONAL', 4, 7],
] as const)('%s ranks of %d cities: %d different ones', (ties, n, bins) => {
  expect(rankBins(n, { ...RANK, ties })).toBe(bins);
  expect(rankStep({ ...RANK, ties })).toBe(ties === 'FRACTIONAL' ? 0.5 : 1);
});

it('countPairs: 2 above, 1 level, 0 below; an unranked city is below every ranked one and level with another', () => {
  const counts = new Int32Array(16);
  countPairs(Int32Array.of(1, 0, 1, 0), counts);
  countPairs(Int32Array.of(2, 1, 3, 0), counts);
  // prettier-ignore
  expect(Array.from(counts)).toEqual([
    0, 2 + 0, 1 + 2, 2 + 2,
    0, 0,     0 + 2, 1 + 2,
    0, 0,     0,     2 + 2,
    0, 0,     0,     0,
  ]);
});

it.each([
  ['WebAssembly', true],
  ['TypeScript', false],
])('scoreQuantiles in %s: type 7 on the sorted scores, gaps passed over, for any scores and blocks', (_, kernels) => {
  const shares = Float64Array.of(0, 0.1, 0.5, 0.95, 1);
  fc.assert(
    fc.property(
      fc.array(score, { minLength: 1, maxLength: 70 }),
      fc.integer({ min: 1, max: 9 }),
      (scores, blockSize) => {
        const found = scoreQuantiles(Float64Array.from(scores), scores.length, blockSize, 0, 1, shares, kernels);
        const sorted = scores.filter((x) => !Number.isNaN(x)).sort((a, b) => a - b);
        shares.forEach((share, s) => {
          const position = (sorted.length - 1) * share;
          const [lower = NaN, upper = lower] = sorted.slice(Math.floor(position));
          const part = position - Math.floor(position);
          const expected = sorted.length === 0 ? NaN : lower === upper ? lower : (1 - part) * lower + part * upper;
          expect(found[s]).toEqual(part === 0 ? lower : expected);
        });
      },
    ),
  );
});

it('scoreQuantiles of any range of cities: those of the city alone, whatever the blocks', () => {
  const [n, draws] = [40, 4_001];
  let state = 9;
  const byCity = Array.from({ length: n }, (_, city) =>
    Float64Array.from({ length: draws }, () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 2 ** 32 + city),
  );
  const shares = Float64Array.of(0.05, 0.5);
  const alone = byCity.map((row) => Array.from(scoreQuantiles(row, draws, draws, 0, 1, shares, false)));
  for (const blockSize of [1, 79, 80, 4_001]) {
    const scores = new Float64Array(n * draws);
    for (let start = 0; start < draws; start += blockSize)
      byCity.forEach((row, city) => {
        const part = row.subarray(start, start + blockSize);
        scores.set(part, start * n + city * part.length);
      });
    for (const [from, to] of [
      [0, n],
      [3, 4],
      [1, 38],
    ] as const)
      expect(Array.from(scoreQuantiles(scores, draws, blockSize, from, to, shares))).toEqual(
        alone.slice(from, to).flat(),
      );
  }
});

describe('scoreQuantiles of many draws: the same bits from both kernels', () => {
  let state = 5;
  const next = (): number => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 2 ** 32;
  const MAX = Number.MAX_VALUE;
  it.each<readonly [string, number, () => number]>([
    ['spread', 5_000, () => 40 + next() + next() + next()],
    ['more than the memory holds at first', 20_001, () => next() - 0.5],
    ['an odd number, some missing', 4_999, () => (next() < 0.2 ? NaN : next())],
    ['all alike', 1_001, () => 7],
    ['all missing', 1_000, () => NaN],
    ['a range that overflows', 1_001, () => (next() < 0.3 ? MAX : next() < 0.5 ? -MAX : next())],
    ['one far off', 3_000, () => (next() < 0.001 ? 1e12 : next())],
    ['zeros of both signs', 999, () => (next() < 0.5 ? 0 : -0)],
  ])('%s', (_, draws, draw) => {
    const n = 3;
    const shares = Float64Array.of(0, 0.05, 0.5, 0.95, 1);
    const scores = Float64Array.from({ length: n * draws }, draw);
    const of = (kernels: boolean): Float64Array => scoreQuantiles(scores, draws, draws, 0, n, shares, kernels);
    expect(of(true)).toEqual(of(false));
    for (let city = 0; city < n; city++) {
      const sorted = scores
        .slice(city * draws, (city + 1) * draws)
        .filter((x) => !Number.isNaN(x))
        .sort();
      expect([of(true)[5 * city], of(true)[5 * city + 4]].map((x) => (x ?? NaN) + 0)).toEqual(
        [sorted[0], sorted.at(-1)].map((x) => (x ?? NaN) + 0),
      );
    }
  });
});
