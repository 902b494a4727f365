import fc from 'fast-check';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';
import { problemOf, runMethod, tableColumn, type Problem } from '../../helpers/multicriteria';

const borda = (problem: Problem): Float64Array => runMethod('BORDA_COUNT', problem).scores;

describe('BORDA_COUNT', () => {
  it('Wikipedia, Borda count, Tennessee: Memphis 126, Nashville 194, Chattanooga 173, Knoxville 107 of 100 voters', () => {
    const tennessee = problemOf(
      [
        [4, 1, 1, 1],
        [3, 4, 2, 2],
        [2, 3, 4, 3],
        [1, 2, 3, 4],
      ],
      [42, 26, 15, 17],
    );
    expectColumnsAgree(borda(tennessee), [1.26, 1.94, 1.73, 1.07], 'points');
  });

  it('is the mean of COINr’s Borda scores (30_norm_treated_borda) where no two countries tie', () => {
    const golden = readGolden('coinr', '30_norm_treated_borda.csv');
    const columns = golden.header.filter((name) => name !== 'uCode').map((name) => golden.numbers(name));
    const distinct = columns.filter((column) => new Set(column).size === column.length);
    expect(distinct).toHaveLength(12);
    const problem: Problem = {
      cities: golden.text('uCode'),
      children: distinct.map((_, k) => `C${String(k)}`),
      columns: distinct,
      weights: new Float64Array(distinct.length).fill(1 / distinct.length),
      costs: new Uint8Array(distinct.length),
    };
    const means = problem.cities.map(
      (_, i) => distinct.reduce((sum, column) => sum + (column[i] ?? NaN), 0) / distinct.length,
    );
    expectColumnsAgree(borda(problem), means, 'score');
  });

  it('halves points among ties, passes over gaps, stretches short columns, and leaves an empty city missing', () => {
    const run = runMethod(
      'BORDA_COUNT',
      problemOf(
        [
          [5, 1],
          [5, NaN],
          [1, 2],
          [NaN, NaN],
        ],
        [1, 1],
      ),
    );
    // Three cities: 1.5, 1.5, 0 of 2 points in the first; the second has two cities, so 0 and 1 become 0 and 2.
    expect([...run.scores]).toEqual([0.75, 1.5, 1, NaN]);
    expect([...tableColumn(run, 'Borda points', 'C2')]).toEqual([0, NaN, 2, NaN]);
  });

  it('gives a lone value, one city, and equal values half of the points; a column without weight none', () => {
    expect([
      ...borda(
        problemOf(
          [
            [1, 1],
            [2, NaN],
          ],
          [1, 1],
        ),
      ),
    ]).toEqual([0.25, 1]);
    expect([...borda(problemOf([[7]], [1]))]).toEqual([0]);
    expect([...borda(problemOf([[7], [7], [7]], [1]))]).toEqual([1, 1, 1]);
    expect([
      ...borda(
        problemOf(
          [
            [1, 9],
            [2, 3],
            [NaN, 4],
          ],
          [1, 0],
        ),
      ),
    ]).toEqual([0, 1, NaN]);
  });

  it('is half of Copeland-like pair counting: points equal pairs won plus half of pairs level, summed over columns', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 3 }), {
          minLength: 1,
          maxLength: 10,
        }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 3 }),
        (rows, weights) => {
          const total = weights.reduce((a, b) => a + b, 0);
          const expected = rows.map((a, i) =>
            weights.reduce((sum, weight, k) => {
              const points = rows.reduce(
                (count, b, j) => count + (i === j ? 0 : (Math.sign((a[k] ?? NaN) - (b[k] ?? NaN)) + 1) / 2),
                0,
              );
              return sum + (weight / total) * points;
            }, 0),
          );
          expectColumnsAgree(borda(problemOf(rows, weights)), expected, 'points');
        },
      ),
    );
  });
});
