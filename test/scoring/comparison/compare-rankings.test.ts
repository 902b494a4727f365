import { compareRankings, type RankedList } from '../../../src/scoring';

/** A list of cities named by letters, with ranks, and scores that fall with the rank unless given. */
const list = (codes: string, ranks: number[], scores = ranks.map((rank) => -rank)): RankedList => ({
  codes: Array.from(codes),
  ranks: Float64Array.from(ranks),
  scores: Float64Array.from(scores),
});

it('nothing in common: nothing to say of agreement', () => {
  const found = compareRankings(list('ab', [1, 2]), list('xy', [1, 2]), 0.9);
  expect(found).toMatchObject({
    common: [],
    onlyA: ['a', 'b'],
    onlyB: ['x', 'y'],
    kendallTauB: NaN,
    spearman: NaN,
    pearsonOfScores: NaN,
    rankBiasedOverlap: 0,
    meanShift: NaN,
    largestShift: NaN,
  });
});

it('one city in common has not moved among the common ones', () => {
  const found = compareRankings(list('ab', [1, 2]), list('xb', [1, 2]), 0.9);
  expect(found).toMatchObject({ kendallTauB: NaN, meanShift: 0, largestShift: 0 });
  expect(found.common).toEqual([{ code: 'b', rankA: 2, rankB: 2, shift: 0, shiftAmongCommon: 0 }]);
});

it('common cities stand by the first rank, then the second, then the code; tied ones share a place', () => {
  // First: c, b, a, d tied first, e fifth. Second: d first, b and a second, c fourth, e fifth.
  const found = compareRankings(list('cbade', [1, 1, 1, 1, 5]), list('dbace', [1, 2, 2, 4, 5]), 0.9);
  expect(found.common.map(({ code, shiftAmongCommon }) => [code, shiftAmongCommon])).toEqual([
    ['d', 0],
    ['a', -1],
    ['b', -1],
    ['c', -3],
    ['e', 0],
  ]);
  expect(found).toMatchObject({ meanShift: 1, largestShift: 3 });
});

it('places among the common cities close the gaps that the others leave, ties included', () => {
  // Without x and y the first list is a 1, b and c 2 (tied), d 4.
  const found = compareRankings(list('xabycd', [1, 2, 3, 3, 3, 6]), list('abcd', [1, 2, 3, 4]), 0.9);
  expect(found.common.map(({ code, shift, shiftAmongCommon }) => [code, shift, shiftAmongCommon])).toEqual([
    ['a', 1, 0],
    ['b', 1, 0],
    ['c', 0, -1],
    ['d', 2, 0],
  ]);
  expect(found.meanShift).toBe(0.25);
});

it.each([
  [undefined, undefined, -1],
  [true, undefined, 1],
  [undefined, true, 1],
  [true, true, -1],
])('scores 1, 2, 3 and 9, 8, 7, low is good %p and %p: Pearson %d', (lowA, lowB, expected) => {
  const side = (scores: number[], low: boolean | undefined): RankedList => ({
    ...list('abc', [1, 2, 3], scores),
    ...(low !== undefined && { lowerIsBetter: low }),
  });
  expect(compareRankings(side([1, 2, 3], lowA), side([9, 8, 7], lowB), 0.9).pearsonOfScores).toBeCloseTo(expected, 12);
});

it('a ranking that ties all has no τ-b and no ρ', () => {
  const found = compareRankings(list('abc', [1, 1, 1]), list('abc', [1, 2, 3]), 0.9);
  expect(found).toMatchObject({ kendallTauB: NaN, spearman: NaN });
});
