import { ScoringError, type Problem as Refusal } from '../../../src/scoring/errors';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { registry } from '../../../src/scoring/registry';
import { methodOf, withDefaults } from '../../helpers/contexts';
import { expectColumnsAgree } from '../../helpers/golden';
import { problemOf, runMethod, tableColumn, tableRow } from '../../helpers/multicriteria';

/* Ends of the doubles, columns without weight, what a refusal names, what an explanation holds, what a run costs. */

function refusalOf(id: string, parameters: ParameterRecord): Refusal {
  const problem = problemOf(
    [
      [1, 20],
      [2, 10],
      [3, 40],
    ],
    [1, 1],
  );
  try {
    runMethod(id, problem, parameters);
  } catch (error) {
    if (error instanceof ScoringError && error.problems[0]) return error.problems[0];
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('refusals name the values that do not go together', () => {
  it.each<[string, ParameterRecord, unknown, string]>([
    ['ELECTRE_II', { concordanceHigh: 0.7, concordanceMedium: 0.8, concordanceLow: 0.6 }, [0.7, 0.8, 0.6], 'high ≥'],
    ['ELECTRE_II', { concordanceHigh: 0.9, concordanceMedium: 0.8, concordanceLow: 0.85 }, [0.9, 0.8, 0.85], 'high ≥'],
    ['ELECTRE_II', { discordanceHigh: 0.2, discordanceLow: 0.3 }, [0.2, 0.3], 'high ≥ low'],
    ['ELECTRE_III', { indifference: 2, preference: 1 }, [2, 1, Infinity], 'indifference ≤ preference ≤ veto'],
    ['ELECTRE_III', { indifference: 0, preference: 3, veto: 2 }, [0, 3, 2], 'indifference ≤ preference ≤ veto'],
    ['SPOTIS', { lowerBounds: [0, 50], upperBounds: [5, 50] }, [50, 50], 'a lower bound below the upper bound'],
    ['SPOTIS', { lowerBounds: [0, 15], upperBounds: [5, 50] }, [15, 50], 'bounds that hold 10 to 40'],
    [
      'BENEFIT_OF_THE_DOUBT',
      { variant: 'CONSTRAINED', minimumShare: 0.6 },
      [0.6, 1],
      'minimumShare of at most 0.5 and maximumShare of at least 0.5',
    ],
  ])('%s %j', (id, parameters, value, allowed) => {
    const problem = refusalOf(id, parameters);
    expect(problem.value).toEqual(value);
    expect(problem.allowed).toContain(allowed);
  });

  it('equal ELECTRE II thresholds are in order', () => {
    const same = { concordanceHigh: 0.7, concordanceMedium: 0.7, concordanceLow: 0.7 };
    const run = runMethod('ELECTRE_II', problemOf([[1], [2]], [1]), { ...same, discordanceHigh: 1, discordanceLow: 1 });
    // The second city is better on all there is; scores are mean places, the best first.
    expect([...run.scores]).toEqual([2, 1]);
  });
});

describe('thresholds in the unit of huge values', () => {
  const rows = [
    [1, 9],
    [4, 7],
    [6, 5],
    [7, 2],
  ];
  const huge = 2 ** 1000;

  it.each<[string, ParameterRecord]>([
    ['ELECTRE_III', { indifference: 1, preference: 3, veto: 6 }],
    ['PROMETHEE_II', { preferenceFunction: 'V_SHAPE_INDIFFERENCE', q: 1, p: 4 }],
    ['PROMETHEE_II', { preferenceFunction: 'LEVEL', q: 1, p: 4 }],
    ['PROMETHEE_II', { preferenceFunction: 'V_SHAPE', p: 4 }],
    ['PROMETHEE_II', { preferenceFunction: 'U_SHAPE', q: 2 }],
    ['PROMETHEE_II', { preferenceFunction: 'GAUSSIAN', s: 2 }],
  ])('%s %j: a change of unit changes nothing', (id, parameters) => {
    const grown = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, typeof value === 'number' ? value * huge : value]),
    );
    const plain = runMethod(id, problemOf(rows, [3, 2]), parameters);
    const large = runMethod(
      id,
      problemOf(
        rows.map((row) => row.map((value) => value * huge)),
        [3, 2],
      ),
      grown,
    );
    expectColumnsAgree(large.scores, plain.scores, id);
    expect(new Set(plain.scores).size).toBeGreaterThan(1);
  });

  it('PROMETHEE II: a Gaussian of next to no width is a step', () => {
    const run = runMethod('PROMETHEE_II', problemOf([[5], [7], [6]], [1]), {
      preferenceFunction: 'GAUSSIAN',
      s: 1e-310,
    });
    // Beats 0, 2 and 1 of two others: φ = −1, 1, 0.
    expectColumnsAgree(run.scores, [-1, 1, 0], 'net flows');
  });

  it('PROMETHEE II: a Gaussian near 0 keeps its digits: 1 − exp(−d²/2s²) is d²/2s² where that is small', () => {
    const run = runMethod('PROMETHEE_II', problemOf([[0], [1]], [1]), { preferenceFunction: 'GAUSSIAN', s: 1e4 });
    // d²/2s² = 5e-9; the next term of the series is 1.25e-17.
    expectColumnsAgree(run.scores, [-(5e-9 - 1.25e-17), 5e-9 - 1.25e-17], 'net flows', {
      relative: 1e-13,
      absolute: 0,
    });
  });
});

describe('a column of weight 0', () => {
  it.each(['WASPAS', 'WEIGHTED_PRODUCT', 'GREY_RELATIONAL', 'COPRAS', 'MULTIMOORA', 'OCRA', 'MABAC'])(
    '%s: whatever is in it',
    (id) => {
      const rows = [
        [2, 5],
        [3, 1],
        [4, 3],
      ];
      const without = runMethod(id, problemOf(rows, [1, 2]));
      const wild = rows.map((row, i) => [...row, [0, 7, 1e9][i] ?? 0]);
      expectColumnsAgree(runMethod(id, problemOf(wild, [1, 2, 0])).scores, without.scores, id);
    },
  );
});

describe('explanations', () => {
  it('MULTIMOORA: its three scores, by hand', () => {
    const run = runMethod(
      'MULTIMOORA',
      problemOf(
        [
          [3, 30],
          [4, 40],
        ],
        [1, 1],
      ),
    );
    const caption = 'Ratio system, reference point and full multiplicative form (logarithm)';
    // x / √Σ x² is 0.6 and 0.8 in both columns; half a weight each.
    expectColumnsAgree(tableColumn(run, caption, 'y'), [0.6, 0.8], 'ratio system');
    expectColumnsAgree(tableColumn(run, caption, 'd'), [0.1, 0], 'distance to the reference point', {
      absolute: 1e-12,
    });
    const [first = NaN, second = NaN] = tableColumn(run, caption, 'ln U');
    expect(second - first).toBeCloseTo(Math.log(4 / 3), 12);
  });

  it('MULTIMOORA: scores far below 1 that differ by rounding only are level', () => {
    const alike = runMethod('MULTIMOORA', problemOf([[0.1 + 0.2], [0.3], [0.2]], [1]));
    // The first two are level in all three parts, and each beats the third.
    expect([...alike.scores]).toEqual([1, 1, 0]);
  });

  it('OCRA: input and output performance, by hand', () => {
    const run = runMethod(
      'OCRA',
      problemOf(
        [
          [2, 4],
          [1, 6],
        ],
        [1, 1],
        [-1, 1],
      ),
    );
    const caption = 'Input and output performance';
    // Input: 0.5 (2 − x) / 1. Output: 0.5 (x − 4) / 4.
    expectColumnsAgree(tableColumn(run, caption, 'Ī'), [0, 0.5], 'input', { absolute: 1e-15 });
    expectColumnsAgree(tableColumn(run, caption, 'Ō'), [0, 0.25], 'output', { absolute: 1e-15 });
  });

  it('SPOTIS: the distance to the ideal solution, by hand', () => {
    const bounds = { lowerBounds: [0, 0], upperBounds: [10, 10] };
    const run = runMethod(
      'SPOTIS',
      problemOf(
        [
          [5, 10],
          [10, 0],
        ],
        [1, 3],
      ),
      bounds,
    );
    // ¼ · 5/10 + ¾ · 0, and ¼ · 0 + ¾ · 10/10.
    expectColumnsAgree(tableColumn(run, 'Average distance to the ideal solution', 'P'), [0.125, 0.75], 'P');
  });

  it('KEMENY_YOUNG: pairs won minus pairs lost, and the groups from the best', () => {
    const run = runMethod('KEMENY_YOUNG', problemOf([[1], [3], [2]], [1]));
    expectColumnsAgree(tableColumn(run, 'Pairs won minus pairs lost', 'c'), [-2, 2, 0], 'c', { absolute: 0 });
    const caption = 'Sizes of the groups that majority splits the cities into, from the best';
    expect([...tableRow(run, caption)]).toEqual([1, 1, 1]);
    expect(run.tables.get(caption)?.columns).toEqual(['group 1', 'group 2', 'group 3']);
  });
});

describe('cost', () => {
  const costOf = (id: string, given: ParameterRecord = {}) => {
    const method = methodOf(registry.AGGREGATION, id);
    return (n: number, m: number): number => method.cost(n, m, withDefaults(method.parameters, given));
  };

  it.each(['COPELAND', 'MULTIMOORA', 'KEMENY_YOUNG', 'ELECTRE_II', 'ELECTRE_III', 'BENEFIT_OF_THE_DOUBT'])(
    '%s compares cities in pairs: twice the cities, nearly four times the cost',
    (id) => {
      const cost = costOf(id);
      expect(cost(200_000, 4)).toBeGreaterThan(3.9 * cost(100_000, 4));
    },
  );

  it('benefit of the doubt grows with the square of the columns', () => {
    const cost = costOf('BENEFIT_OF_THE_DOUBT');
    expect(cost(1000, 40)).toBeGreaterThanOrEqual(4 * cost(1000, 20));
    // With few cities the simplex's own rows, two for each column, count as well.
    expect(cost(1, 40)).toBeGreaterThan(7 * cost(1, 20));
  });

  it('MULTIMOORA reads every cell, and Kemeny–Young pays for the largest group that it solves exactly', () => {
    expect(costOf('MULTIMOORA')(10, 4000)).toBeGreaterThan(9 * costOf('MULTIMOORA')(10, 400));
    expect(costOf('MULTIMOORA')(400, 4000)).toBeGreaterThan(9 * costOf('MULTIMOORA')(40, 4000));
    expect(costOf('KEMENY_YOUNG')(12, 1)).toBeGreaterThan(3 * costOf('KEMENY_YOUNG')(10, 1));
  });

  it('PROMETHEE II pays for a Gaussian wherever one is asked for', () => {
    const of = (preferenceFunction: string): number =>
      costOf('PROMETHEE_II', { criteria: [{ node: 'C1', preferenceFunction }] })(3000, 5);
    const none = costOf('PROMETHEE_II')(3000, 5);
    expect(of('V_SHAPE')).toBe(none);
    expect(of('GAUSSIAN')).toBeGreaterThan(none);
    expect(costOf('PROMETHEE_II', { preferenceFunction: 'GAUSSIAN' })(3000, 5)).toBe(of('GAUSSIAN'));
  });
});
