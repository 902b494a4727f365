import { ScoringError, type Problem } from '../../../src/scoring/errors';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { registry } from '../../../src/scoring/registry';
import { methodOf, withDefaults, type Warnings } from '../../helpers/contexts';
import { expectColumnsAgree } from '../../helpers/golden';
import { columnsOf, weigh } from '../../helpers/nodes';

/* What the weightings say when they refuse, where their limits lie, and what they must not depend on. */

function problemOf(id: string, columns: readonly Float64Array[], parameters: ParameterRecord): Problem {
  try {
    weigh(id, columns, parameters);
  } catch (error) {
    if (error instanceof ScoringError && error.problems[0]) return error.problems[0];
    throw error;
  }
  throw new Error('Nothing was refused.');
}

/** Judgements that agree with each other, from the weights behind them. */
const consistent = (weights: readonly number[]): number[][] => weights.map((a) => weights.map((b) => a / b));

describe('AHP', () => {
  const three = columnsOf([], [], []);
  const two = columnsOf([], []);
  const matrix = consistent([1, 2, 4]);
  const ofThree = ['x0', 'x1', 'x2'];

  it.each<[string, readonly Float64Array[], ParameterRecord[], string]>([
    ['an empty list', three, [], 'at least one matrix of pairwise judgements'],
    ['too few nodes', three, [{ nodes: ['x0', 'x1'], matrix: consistent([1, 2]) }], 'one matrix for x0, x1, x2'],
    ['a node of elsewhere', three, [{ nodes: ['x0', 'x1', 'q'], matrix }], 'one matrix for x0, x1, x2'],
    ['one child only', three, [{ nodes: ['x0', 'q'], matrix: consistent([1, 2]) }], 'one matrix for x0, x1, x2'],
    ['a child twice', two, [{ nodes: ['x0', 'x1', 'x1'], matrix }], 'one matrix for x0, x1'],
    [
      'two matrices',
      three,
      [
        { nodes: ofThree, matrix },
        { nodes: ofThree, matrix },
      ],
      'one matrix for x0, x1, x2',
    ],
    ['a row too few', three, [{ nodes: ofThree, matrix: matrix.slice(1) }], '3 rows of 3 numbers'],
    ['a row too many', three, [{ nodes: ofThree, matrix: [...matrix, [1, 1, 1]] }], '3 rows of 3 numbers'],
    [
      'a row that is too short',
      three,
      [{ nodes: ofThree, matrix: matrix.map((row, j) => (j === 1 ? row.slice(1) : row)) }],
      '3 rows of 3 numbers',
    ],
  ])('refuses %s, and says what it takes', (_, columns, judgements, allowed) => {
    expect(problemOf('AHP', columns, { judgements })).toMatchObject({ allowed });
  });

  it.each<[string, number[][], string, number]>([
    [
      'no reciprocal',
      [
        [1, 2],
        [2, 1],
      ],
      'row 1, column 2 does not agree with that in row 2, column 1',
      2,
    ],
    [
      'negative, though reciprocal',
      [
        [1, -2],
        [-0.5, 1],
      ],
      'row 1, column 2',
      -2,
    ],
    [
      'not 1 on the diagonal',
      [
        [1.005, 2],
        [0.5, 1],
      ],
      'row 1, column 1 does not agree with that in row 1, column 1',
      1.005,
    ],
    [
      'not 1 in the last place',
      [
        [1, 2],
        [0.5, 1.005],
      ],
      'row 2, column 2',
      1.005,
    ],
  ])('names the judgement that is %s', (_, wrong, message, value) => {
    const problem = problemOf('AHP', two, { judgements: [{ nodes: ['x0', 'x1'], matrix: wrong }] });
    expect(problem.message).toContain(message);
    expect(problem.value).toBe(value);
  });

  it('two judgements off by less than 2 % are taken, and cannot contradict each other', () => {
    const judgements = [
      {
        nodes: ['x0', 'x1'],
        matrix: [
          [1, 3],
          [0.333, 1],
        ],
      },
    ];
    const weights = weigh('AHP', two, { judgements, maximumInconsistency: 0 });
    // The principal eigenvector of [[1, a], [b, 1]] is (√a, √b).
    const [a, b] = [Math.sqrt(3), Math.sqrt(0.333)];
    expectColumnsAgree(weights, [a / (a + b), b / (a + b)], 'weights');
  });
});

describe('BENEFIT_OF_THE_DOUBT', () => {
  const columns = columnsOf([0.3, 0.3, 0.7, 0.1, 0.9], [0.6, 0.2, 0.7, 0.9, 0.3], [0.5, 0.9, 0.1, 0.7, 0.3]);

  it.each<[ParameterRecord, number]>([
    [{ minimumShare: 0.4 }, 0.4],
    [{ maximumShare: 0.3 }, 0.3],
  ])('%j leaves no shares of three columns', (limits, value) => {
    const problem = problemOf('BENEFIT_OF_THE_DOUBT', columns, limits);
    expect(problem.value).toBe(value);
    expect(problem.allowed).toContain(`a smallest share of at most ${String(1 / 3)}`);
    expect(problem.allowed).toContain(`a largest of at least ${String(1 / 3)}`);
  });

  it.each<ParameterRecord>([{ minimumShare: 0.25 }, { maximumShare: 0.25 }])(
    '%j leaves one way for four columns: equal shares, so each city’s weights are to one another as 1 / value',
    (limits) => {
      const weights = weigh('BENEFIT_OF_THE_DOUBT', columnsOf([2], [4], [8], [16]), limits);
      expectColumnsAgree(weights, [8 / 15, 4 / 15, 2 / 15, 1 / 15], 'weights');
    },
  );

  it('counts the cities that lack a column, and is silent where none does', () => {
    const notes = (table: readonly Float64Array[]): string[] => {
      const warnings: Warnings = [];
      weigh('BENEFIT_OF_THE_DOUBT', table, {}, {}, warnings);
      return warnings.map(({ message }) => message);
    };
    expect(notes(columns)).toEqual([]);
    const [note, ...more] = notes(columnsOf([1, NaN, 3, 2], [2, 1, NaN, 1]));
    expect(note).toContain('2 of 4 cities');
    expect(more).toEqual([]);
  });

  it('does not depend on the order of the cities, to the last bit, nor on the unit of the table', () => {
    const weights = weigh('BENEFIT_OF_THE_DOUBT', columns);
    for (let shift = 1; shift < 5; shift++) {
      const turned = columns.map((column) => column.map((_, i) => column[(i + shift) % 5] ?? NaN));
      expect(weigh('BENEFIT_OF_THE_DOUBT', turned)).toEqual(weights);
      expect(
        weigh(
          'BENEFIT_OF_THE_DOUBT',
          turned.map((column) => column.slice().reverse()),
        ),
      ).toEqual(weights);
    }
    for (const unit of [1e-250, 1e-12, 1e12, 1e250])
      expectColumnsAgree(
        weigh(
          'BENEFIT_OF_THE_DOUBT',
          columns.map((column) => column.map((value) => value * unit)),
        ),
        weights,
        String(unit),
      );
  });
});

describe('constant columns', () => {
  const constants = Array.from({ length: 60 }, (_, k) => (k + 1) / 7);

  it.each(['ENTROPY', 'GINI', 'LOPCOW', 'STANDARD_DEVIATION'])(
    '%s: no weight at all, whatever the constant rounds to',
    (id) => {
      for (const constant of constants)
        for (const n of [3, 7, 10]) {
          const varying = Array.from({ length: n }, (_, i) => i + 1);
          const weights = weigh(
            id,
            columnsOf(
              Array.from({ length: n }, () => constant),
              varying,
            ),
          );
          expect([...weights]).toEqual([0, 1]);
        }
    },
  );
});

describe('BALANCED', () => {
  // Uncorrelated columns of one spread: equal weights make equal correlations with the index.
  const columns = columnsOf([1, 1, -1, -1], [1, -1, 1, -1]);

  it('says nothing where the importances are reached, and takes importances of any size', () => {
    const warnings: Warnings = [];
    expectColumnsAgree(weigh('BALANCED', columns, {}, { given: [1e308, 1e308] }, warnings), [0.5, 0.5], 'weights');
    expect(warnings).toEqual([]);
  });
});

describe('PCA', () => {
  it('warns of a first component with both signs where its entries are the weights, and there only', () => {
    const notes = (scheme: string): string[] => {
      const warnings: Warnings = [];
      weigh('PCA', columnsOf([1, 2, 3, 4], [1, 2, 3, 5], [4, 3, 2, 1]), { scheme }, {}, warnings);
      return warnings.map(({ message }) => message).filter((message) => message.includes('against the others'));
    };
    expect(notes('FIRST_COMPONENT')).toHaveLength(1);
    expect(notes('ROTATED_COMPONENTS')).toHaveLength(0);
  });
});

describe('cost', () => {
  const costOf = (id: string) => {
    const method = methodOf(registry.WEIGHTING, id);
    return (n: number, m: number): number => method.cost(n, m, withDefaults(method.parameters));
  };

  it.each(['CRITIC', 'PCA', 'BALANCED', 'BENEFIT_OF_THE_DOUBT'])(
    '%s: in proportion to cities at least, and more than in proportion to columns, which are taken in pairs',
    (id) => {
      const cost = costOf(id);
      expect(cost(2e6, 4)).toBeGreaterThanOrEqual(1.9 * cost(1e6, 4));
      expect(cost(1e6, 8)).toBeGreaterThan(2 * cost(1e6, 4));
    },
  );

  it.each(['PCA', 'BALANCED'])('%s: the eigenproblem or the solver outgrows the pairs', (id) => {
    const cost = costOf(id);
    expect(cost(2, 80)).toBeGreaterThan(6 * cost(2, 40));
  });

  it.each(['ENTROPY', 'GINI', 'MEREC', 'STANDARD_DEVIATION', 'LOPCOW'])(
    '%s: in proportion to the cells at least',
    (id) => {
      const cost = costOf(id);
      expect(cost(3000, 50)).toBeGreaterThanOrEqual(10 * cost(300, 50));
      expect(cost(300, 50)).toBeGreaterThanOrEqual(10 * cost(300, 5));
    },
  );
});
