import { ScoringError } from '../../../src/scoring/errors';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { expectColumnsAgree } from '../../helpers/golden';
import { problemOf, runMethod, tableRow } from '../../helpers/multicriteria';

/* The peers and the paper's example are in peers-b.test.ts. */

const problem = problemOf(
  [
    [0, 8],
    [10, 4],
    [5, 6],
  ],
  [1, 3],
  [1, -1],
);

describe('SPOTIS', () => {
  it('measures from an expected solution inside the bounds: |x − e| over the bounds', () => {
    const run = runMethod('SPOTIS', problem, { lowerBounds: [0, 0], upperBounds: [10, 10], expected: [5, 6] });
    expectColumnsAgree(run.scores, [0.25 * 0.5 + 0.75 * 0.2, 0.25 * 0.5 + 0.75 * 0.2, 0], 'P');
    expect([...tableRow(run, 'Ideal solution point')]).toEqual([5, 6]);
  });

  it('takes the expected solution with bounds from the data', () => {
    const run = runMethod('SPOTIS', problem, { expected: [10, 6] });
    expectColumnsAgree(run.scores, [0.25 + 0.75 * 0.5, 0.75 * 0.5, 0.25 * 0.5], 'P');
  });

  it('lets a constant column add no distance, unless bounds say how far it is from the ideal', () => {
    const constant = problemOf(
      [
        [4, 1],
        [4, 3],
      ],
      [1, 1],
    );
    const free = runMethod('SPOTIS', constant);
    expectColumnsAgree(free.scores, [0.5, 0], 'P');
    expect(free.warnings).toMatchObject([{ code: 'CONSTANT_COLUMN' }]);
    const bound = runMethod('SPOTIS', constant, { lowerBounds: [0, 1], upperBounds: [5, 3] });
    expectColumnsAgree(bound.scores, [0.6, 0.1], 'P');
    expect(bound.warnings).toEqual([]);
  });

  it('keeps its sums finite over bounds near the ends of the doubles', () => {
    const wide = problemOf([[-1.7e308], [0], [1.7e308]], [1]);
    expectColumnsAgree(runMethod('SPOTIS', wide).scores, [1, 0.5, 0], 'P');
    expectColumnsAgree(
      runMethod('SPOTIS', wide, { lowerBounds: [-1.7e308], upperBounds: [1.7e308] }).scores,
      [1, 0.5, 0],
      'P',
    );
  });

  it.each<{ name: string; given: ParameterRecord; code: string; message: string }>([
    {
      name: 'a list of another length',
      given: { lowerBounds: [0], upperBounds: [10, 10] },
      code: 'BAD_INPUT',
      message: '`lowerBounds` has 1 numbers for 2 children.',
    },
    {
      name: 'one bound without the other',
      given: { upperBounds: [10, 10] },
      code: 'BAD_INPUT',
      message: 'Only one of `lowerBounds` and `upperBounds` is given.',
    },
    {
      name: 'bounds out of order',
      given: { lowerBounds: [0, 10], upperBounds: [10, 10] },
      code: 'BAD_INPUT',
      message: 'The bounds of C2 are not in order.',
    },
    {
      name: 'a value below the bounds',
      given: { lowerBounds: [1, 0], upperBounds: [10, 10] },
      code: 'PRECONDITION_FAILED',
      message: 'C1 has values from 0 to 10, outside its bounds.',
    },
    {
      name: 'a value above the bounds',
      given: { lowerBounds: [0, 0], upperBounds: [10, 7] },
      code: 'PRECONDITION_FAILED',
      message: 'C2 has values from 4 to 8, outside its bounds.',
    },
    {
      name: 'an expected value below the bounds',
      given: { expected: [-1, 6] },
      code: 'BAD_INPUT',
      message: 'The expected value of C1 is outside its bounds.',
    },
    {
      name: 'an expected value above the bounds',
      given: { expected: [5, 9] },
      code: 'BAD_INPUT',
      message: 'The expected value of C2 is outside its bounds.',
    },
  ])('refuses $name', ({ given, code, message }) => {
    let thrown: unknown;
    try {
      runMethod('SPOTIS', problem, given);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ScoringError);
    expect(thrown).toMatchObject({ code, message });
  });
});

describe('OCRA', () => {
  it('counts a value that is vanishingly small beside the largest as 1e-200 of it', () => {
    expectColumnsAgree(runMethod('OCRA', problemOf([[1e-200], [1e200]], [1])).scores, [0, 1e200], 'P');
  });
});

describe('CoCoSo', () => {
  it('compares with the next lowest where a city is worst in everything, and says so', () => {
    // S = 1, 0.5, 0 and P = 1, 0.5, 0 of one column: a, b and c by hand, the smallest above 0 being 0.5.
    const run = runMethod('COCOSO', problemOf([[2], [1], [0]], [1]));
    const expected = [1, 0.5, 0].map((s) => {
      const [a, b, c] = [(2 * s) / 3, s / 0.5 + s / 0.5, s];
      return Math.cbrt(a * b * c) + (a + b + c) / 3;
    });
    expectColumnsAgree(run.scores, expected, 'k');
    expect(run.warnings).toMatchObject([{ code: 'ZERO_DENOMINATOR' }]);
  });

  it('sets a constant column at the ideal and leaves out one without weight', () => {
    const run = runMethod(
      'COCOSO',
      problemOf(
        [
          [5, 1],
          [5, 9],
        ],
        [1, 0],
      ),
    );
    // S = 1 and P = 1 for both: a = ½, b = 2, c = 1.
    expectColumnsAgree(run.scores, [1 + 3.5 / 3, 1 + 3.5 / 3], 'k');
  });
});

describe('MULTIMOORA', () => {
  it('takes scores that differ by rounding only as level', () => {
    // The two cities have the same three numbers in other columns, so that only the order of the sums differs.
    const run = runMethod(
      'MULTIMOORA',
      problemOf(
        [
          [0.1, 0.2, 0.3],
          [0.3, 0.1, 0.2],
          [0.2, 0.3, 0.1],
        ],
        [1, 1, 1],
      ),
    );
    expect([...run.scores]).toEqual([0, 0, 0]);
  });

  it('leaves out a column without weight, with weights as factors too', () => {
    const rows = [
      [1, 9],
      [2, 5],
      [4, 7],
    ];
    for (const weightsAs of ['EXPONENTS', 'COEFFICIENTS']) {
      expect([...runMethod('MULTIMOORA', problemOf(rows, [1, 0]), { weightsAs }).scores]).toEqual([0, 1, 2]);
    }
  });
});

describe('MOORA', () => {
  it('lets a column of zeros add nothing', () => {
    expectColumnsAgree(
      runMethod(
        'MOORA',
        problemOf(
          [
            [0, 3],
            [0, 4],
          ],
          [1, 1],
        ),
      ).scores,
      [0.3, 0.4],
      'y',
    );
    expectColumnsAgree(
      runMethod(
        'MOORA_REFERENCE_POINT',
        problemOf(
          [
            [0, 3],
            [0, 4],
          ],
          [1, 1],
        ),
      ).scores,
      [0.1, 0],
      'd',
    );
  });
});
