import { rankScores } from '../../../src/scoring/ranks';

// Sports and statistics name the rules by what four cities with a tie in the middle get; R's rank() gives the same for
// ties.method min, max, average and first, SciPy's rankdata for dense.
const SCORES = Float64Array.of(30, 20, 20, NaN, 10);
const CODES = ['d', 'c', 'b', 'e', 'a'];

describe('tie rules', () => {
  it.each([
    ['COMPETITION', [1, 2, 2, NaN, 4]],
    ['MODIFIED_COMPETITION', [1, 3, 3, NaN, 4]],
    ['DENSE', [1, 2, 2, NaN, 3]],
    ['FRACTIONAL', [1, 2.5, 2.5, NaN, 4]],
    // b comes before c.
    ['ORDINAL', [1, 3, 2, NaN, 4]],
  ])('%s', (ties, ranks) => {
    const options = { ties, tolerance: 0, decimals: null };
    expect(rankScores(SCORES, CODES, options).ranks).toEqual(Float64Array.from(ranks));
  });

  it.each([
    ['COMPETITION', [1, 1, 1]],
    ['MODIFIED_COMPETITION', [3, 3, 3]],
    ['DENSE', [1, 1, 1]],
    ['FRACTIONAL', [2, 2, 2]],
    ['ORDINAL', [1, 2, 3]],
  ])('%s: all tied', (ties, ranks) => {
    const options = { ties, tolerance: 0, decimals: null };
    expect(rankScores(Float64Array.of(5, 5, 5), ['a', 'b', 'c'], options).ranks).toEqual(Float64Array.from(ranks));
    expect(rankScores(new Float64Array(0), [], options).ranks).toEqual(new Float64Array(0));
  });
});
