import fc from 'fast-check';
import { ScoringError } from '../../../src/scoring/errors';
import { registry } from '../../../src/scoring/registry';
import { methodOf, withDefaults } from '../../helpers/contexts';
import { expectColumnsAgree } from '../../helpers/golden';
import { aggregationContext, problemOf, runMethod, type Problem } from '../../helpers/multicriteria';

// Two shared cores can be slow.
jest.setTimeout(60_000);

/*
 * Permutations of the methods of this part, and what holds over extreme values. Their claims and denials are tested with
 * everybody's in ../properties.test.ts.
 */

const METHODS = [
  'MOORA',
  'MOORA_REFERENCE_POINT',
  'MOORA_MULTIPLICATIVE',
  'MULTIMOORA',
  'SPOTIS',
  'OCRA',
  'COCOSO',
  'GREY_RELATIONAL',
  'COPELAND',
  'BORDA_COUNT',
  'KEMENY_YOUNG',
  'BENEFIT_OF_THE_DOUBT',
  'WROCLAW',
];

/** Tables that the method takes; values of both signs where it takes them, in steps so that ties come up. */
function tables(id: string): fc.Arbitrary<Problem> {
  const positive = methodOf(registry.AGGREGATION, id).requires !== undefined;
  const cell = fc.integer(positive ? { min: 1, max: 12 } : { min: -8, max: 8 }).map((value) => value / 4);
  return fc
    .record({ n: fc.integer({ min: 1, max: 7 }), m: fc.integer({ min: 1, max: 4 }) })
    .chain(({ n, m }) =>
      fc.record({
        rows: fc.array(fc.array(cell, { minLength: m, maxLength: m }), { minLength: n, maxLength: n }),
        weights: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: m, maxLength: m }),
      }),
    )
    .map(({ rows, weights }) => problemOf(rows, weights));
}

describe.each(METHODS)('%s', (id) => {
  it('permutes with the cities and with the criteria', () => {
    fc.assert(
      fc.property(tables(id), fc.array(fc.nat(), { minLength: 11, maxLength: 11 }), (problem, keys) => {
        const shuffled = (n: number): number[] =>
          Array.from({ length: n }, (_, i) => ({ i, key: keys[i + (n % 4)] ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ i }) => i);
        const cities = shuffled(problem.cities.length);
        const children = shuffled(problem.children.length);
        const moved: Problem = {
          cities: cities.map((i) => problem.cities[i] ?? ''),
          children: children.map((k) => problem.children[k] ?? ''),
          columns: children.map((k) => Float64Array.from(cities, (i) => problem.columns[k]?.[i] ?? NaN)),
          weights: Float64Array.from(children, (k) => problem.weights[k] ?? NaN),
          costs: Uint8Array.from(children, (k) => problem.costs[k] ?? 0),
        };
        const before = runMethod(id, problem).scores;
        expectColumnsAgree(
          runMethod(id, moved).scores,
          cities.map((i) => before[i] ?? NaN),
          'score',
        );
      }),
      { numRuns: 200 },
    );
  });

  it('gives finite numbers or a typed refusal over zeros, ties, constants and the ends of the doubles', () => {
    const method = methodOf(registry.AGGREGATION, id);
    const ends = [1, 2, 3, 5e-324, 1e-300, 1e-160, 1e160, 1e300, 1.7976931348623157e308];
    const zeros = method.requires === 'POSITIVE' ? [] : [0];
    const negatives = method.requires === undefined ? [...ends.map((value) => -value), -0] : [];
    const cell = fc.constantFrom(...ends, ...zeros, ...negatives);
    let finite = 0;
    fc.assert(
      fc.property(
        fc.record({ n: fc.integer({ min: 1, max: 6 }), m: fc.integer({ min: 1, max: 4 }) }).chain(({ n, m }) =>
          fc.record({
            rows: fc.array(fc.array(cell, { minLength: m, maxLength: m }), { minLength: n, maxLength: n }),
            weights: fc.array(fc.constantFrom(0, 1, 1, 2, 1e-12), { minLength: m, maxLength: m }),
            objectives: fc.array(fc.constantFrom(1, -1), { minLength: m, maxLength: m }),
          }),
        ),
        ({ rows, weights, objectives }) => {
          fc.pre(weights.some((weight) => weight > 0));
          const signs = method.acceptsCosts === true ? objectives : objectives.map(() => 1);
          try {
            const run = runMethod(id, problemOf(rows, weights, signs));
            expect([...run.scores].filter((score) => !Number.isFinite(score))).toEqual([]);
            for (const table of run.tables.values()) {
              expect([...table.values].filter((value) => !Number.isFinite(value))).toEqual([]);
            }
            finite++;
          } catch (error) {
            if (!(error instanceof ScoringError)) throw error;
          }
        },
      ),
      { numRuns: 1000 },
    );
    expect(finite).toBeGreaterThan(100);
  });

  it('passes over a column without weight, gaps and all', () => {
    const rows = [
      [3, 1, 4],
      [1, 5, 9],
      [2, 6, 5],
    ];
    const without = runMethod(id, problemOf(rows, [1, 2, 3])).scores;
    const empty = runMethod(
      id,
      problemOf(
        rows.map((row) => [NaN, ...row]),
        [0, 1, 2, 3],
      ),
    ).scores;
    const gaps = runMethod(
      id,
      problemOf(
        rows.map((row, i) => [...row, i === 1 ? NaN : i]),
        [1, 2, 3, 0],
      ),
    ).scores;
    expectColumnsAgree(empty, without, 'score');
    expectColumnsAgree(gaps, without, 'score');
  });

  it('states a cost that grows with the table', () => {
    const method = methodOf(registry.AGGREGATION, id);
    const cost = (n: number, m: number): number => method.cost(n, m, withDefaults(method.parameters));
    expect(cost(300, 50)).toBeGreaterThan(0);
    expect(cost(3000, 50)).toBeGreaterThan(cost(300, 50));
    expect(cost(300, 100)).toBeGreaterThan(cost(300, 50));
  });

  it('gives the same scores whether or not an explanation is asked for', () => {
    const problem = problemOf(
      [
        [3, 1, 4],
        [1, 5, 9],
        [2, 6, 5],
      ],
      [1, 2, 3],
    );
    const method = methodOf(registry.AGGREGATION, id);
    const out = new Float64Array(3);
    method.run(problem.columns, problem.weights, withDefaults(method.parameters), out, aggregationContext(problem));
    expect([...out]).toEqual([...runMethod(id, problem).scores]);
  });

  it('warns of a constant column where the order of values does not take care of it', () => {
    const run = runMethod(
      id,
      problemOf(
        [
          [2, 1],
          [2, 3],
        ],
        [1, 1],
      ),
    );
    const ordinal = ['COPELAND', 'BORDA_COUNT', 'KEMENY_YOUNG', 'BENEFIT_OF_THE_DOUBT'].includes(id);
    expect(run.warnings.map(({ code }) => code)).toEqual(ordinal ? [] : ['CONSTANT_COLUMN']);
  });
});
