import { rankBiasedOverlap } from '../../../src/scoring';

// Webber, Moffat & Zobel (2010), A similarity measure for indefinite rankings, ACM TOIS 28(4), 20.

const ranking = (items: string): Map<string, number> => new Map(Array.from(items, (item, i) => [item, i + 1]));

/** The definition itself, (1 − p) Σ p^(d−1) A_d, with A_d counted by hand and carried on after the lists end. */
function bySummation(a: string, b: string, p: number): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const s = short.length;
  const l = long.length;
  const overlap = (d: number): number =>
    Array.from(long.slice(0, d)).filter((item) => short.slice(0, d).includes(item)).length;
  // Past the short list: each unseen item agrees with the chance that the last seen agreement gives.
  const agreement = (d: number): number => (d <= s ? overlap(d) / d : (overlap(d) + (overlap(s) / s) * (d - s)) / d);
  let sum = 0;
  for (let d = 1; d <= 4000; d++) sum += (1 - p) * p ** (d - 1) * agreement(Math.min(d, l));
  return sum;
}

it.each([
  ['abcde', 'abcde', 0.9],
  ['abcde', 'edcba', 0.9],
  ['abcde', 'bacfg', 0.98],
  ['abc', 'xyz', 0.9],
  ['abc', 'cbadefgh', 0.8],
  ['abcdefgh', 'hb', 0.95],
])('%s and %s, p = %d: the infinite sum with the extrapolated agreement', (a, b, p) => {
  expect(rankBiasedOverlap(ranking(a), ranking(b), p)).toBeCloseTo(bySummation(a, b, p), 10);
  expect(rankBiasedOverlap(ranking(b), ranking(a), p)).toBeCloseTo(bySummation(a, b, p), 10);
});

it('the same list gives 1, disjoint lists 0, an empty one NaN', () => {
  expect(rankBiasedOverlap(ranking('abc'), ranking('abc'), 0.9)).toBeCloseTo(1, 12);
  expect(rankBiasedOverlap(ranking('abc'), ranking('def'), 0.9)).toBe(0);
  expect(rankBiasedOverlap(ranking(''), ranking('def'), 0.9)).toBeNaN();
});

it('a tie stands at one rank: at depth 1 the tied two are seen, 2 · 1 / (2 + 1) agrees (section 4.4)', () => {
  const tied = new Map([
    ['a', 1],
    ['b', 1],
    ['c', 3],
  ]);
  const p = 0.5;
  // A_1 = 2·1/3, A_2 = 2·2/4 = 1, A_3 = 1, and 1 from there on.
  const expected = (1 - p) * (2 / 3) + (1 - p) * p + p ** 2;
  expect(rankBiasedOverlap(tied, ranking('abc'), p)).toBeCloseTo(expected, 12);
});

it('the top counts more than the bottom', () => {
  const base = ranking('abcdefghij');
  expect(rankBiasedOverlap(base, ranking('bacdefghij'), 0.9)).toBeLessThan(
    rankBiasedOverlap(base, ranking('abcdefghji'), 0.9),
  );
});
