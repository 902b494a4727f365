import { expectColumnsAgree } from '../../helpers/golden';
import { problemOf, runMethod, tableColumn } from '../../helpers/multicriteria';

/* The example of another engine is in peers-b.test.ts. */
describe('GREY_RELATIONAL', () => {
  it('by hand: Δ of 0, ½ and 1 give (0 + ζ) / (Δ + ζ)', () => {
    for (const distinguishing of [0.5, 0.1, 1]) {
      const run = runMethod('GREY_RELATIONAL', problemOf([[10], [15], [20]], [1]), { distinguishing });
      expectColumnsAgree(
        run.scores,
        [1, 0.5, 0].map((delta) => distinguishing / (delta + distinguishing)),
        'grade',
      );
    }
  });

  it('reads a cost from its lowest value', () => {
    const run = runMethod(
      'GREY_RELATIONAL',
      problemOf(
        [
          [10, 4],
          [20, 8],
        ],
        [1, 3],
        [1, -1],
      ),
    );
    expectColumnsAgree(run.scores, [0.25 / 3 + 0.75, 0.25 + 0.75 / 3], 'grade');
    expectColumnsAgree(tableColumn(run, 'Grey relational coefficients', 'C2'), [1, 1 / 3], 'γ');
  });

  it('sets a constant column at the ideal, with a warning, and grades 1 where all are alike', () => {
    const run = runMethod(
      'GREY_RELATIONAL',
      problemOf(
        [
          [7, 1],
          [7, 2],
        ],
        [1, 1],
      ),
    );
    expectColumnsAgree(run.scores, [0.5 + 0.5 / 3, 1], 'grade');
    expect(run.warnings).toMatchObject([{ code: 'CONSTANT_COLUMN' }]);
    expect([...runMethod('GREY_RELATIONAL', problemOf([[7], [7]], [1])).scores]).toEqual([1, 1]);
  });
});
