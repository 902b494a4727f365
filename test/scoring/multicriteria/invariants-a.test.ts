import fc from 'fast-check';
import type { AggregationMethod } from '../../../src/scoring/descriptor';
import { ScoringError } from '../../../src/scoring/errors';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { registry } from '../../../src/scoring/registry';
import { methodOf, withDefaults, type Warnings } from '../../helpers/contexts';
import { expectColumnsAgree } from '../../helpers/golden';
import { aggregationContext, runMethod, type Problem } from '../../helpers/multicriteria';

const CASES: readonly (readonly [string, ParameterRecord])[] = [
  ['TOPSIS', {}],
  ['TOPSIS', { metric: 'MANHATTAN', scaling: 'MIN_MAX' }],
  ['TOPSIS', { scaling: 'NONE' }],
  ['VIKOR', {}],
  ['PROMETHEE_II', {}],
  ['PROMETHEE_II', { preferenceFunction: 'U_SHAPE', q: 1 }],
  ['PROMETHEE_II', { preferenceFunction: 'V_SHAPE', p: 2 }],
  ['PROMETHEE_II', { preferenceFunction: 'LEVEL', p: 2, q: 1 }],
  ['PROMETHEE_II', { preferenceFunction: 'V_SHAPE_INDIFFERENCE', p: 2, q: 1 }],
  ['PROMETHEE_II', { preferenceFunction: 'GAUSSIAN', s: 1 }],
  ['PROMETHEE_II', { preferenceFunction: 'GAUSSIAN', s: 1, thresholdUnit: 'STANDARD_DEVIATION' }],
  ['ELECTRE_II', {}],
  ['ELECTRE_II', { exploitation: 'JOINT', discordanceRange: 'LARGEST' }],
  ['ELECTRE_III', {}],
  ['ELECTRE_III', { indifference: 0.5, preference: 1, veto: 2, thresholdUnit: 'STANDARD_DEVIATION' }],
  ['COPRAS', {}],
  ['WASPAS', {}],
  ['WEIGHTED_PRODUCT', {}],
  ['ARAS', {}],
  ['ARAS', { optimalRow: 'EXCLUDED' }],
  ['CODAS', {}],
  ['EDAS', {}],
  ['MABAC', {}],
  ['MARCOS', {}],
  ['RAM', {}],
  ['MAIRCA', {}],
  ['PROBID', {}],
  ['PROBID', { idealRange: 'QUARTERS' }],
];
const titled = CASES.map(([id, given]) => [`${id} ${JSON.stringify(given)}`, id, given] as const);

const EXTREMES = [0, 5e-324, 1e-300, 1e-150, 1e-20, 1, 1e20, 1e150, 1e300, Number.MAX_VALUE];
const ordinary = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.double({ min: 0, max: 100, noNaN: true }));
const extreme = fc.oneof(fc.constantFrom(...EXTREMES), ordinary);

/** Tables of 1 to 8 cities with ties, constant columns, zeros and zero weights; values within what the method takes. */
function problems(method: AggregationMethod, cell: fc.Arbitrary<number>): fc.Arbitrary<Problem> {
  const value =
    method.requires === 'POSITIVE'
      ? cell.map((x) => (x === 0 ? 0.5 : x))
      : method.requires === 'NON_NEGATIVE'
        ? cell
        : fc.tuple(cell, fc.constantFrom(1, -1)).map(([x, sign]) => sign * x);
  return fc.record({ n: fc.integer({ min: 1, max: 8 }), m: fc.integer({ min: 1, max: 4 }) }).chain(({ n, m }) => {
    const column = fc.oneof(
      { weight: 5, arbitrary: fc.array(value, { minLength: n, maxLength: n }) },
      { weight: 1, arbitrary: value.map((x) => Array.from({ length: n }, () => x)) },
    );
    return fc
      .record({
        columns: fc.array(column, { minLength: m, maxLength: m }),
        weights: fc
          .array(fc.integer({ min: 0, max: 4 }), { minLength: m, maxLength: m })
          .filter((weights) => weights.some((weight) => weight > 0)),
        costs: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: m, maxLength: m }),
      })
      .map(({ columns, weights, costs }) => {
        const total = weights.reduce((a, b) => a + b, 0);
        return {
          cities: Array.from({ length: n }, (_, i) => `A${String(i)}`),
          children: Array.from({ length: m }, (_, k) => `C${String(k)}`),
          columns: columns.map((values) => Float64Array.from(values)),
          weights: Float64Array.from(weights, (weight) => weight / total),
          costs: Uint8Array.from(costs),
        };
      });
  });
}

/** The scores, or null where the method refuses the values and says what it would take. */
function scoresOf(id: string, problem: Problem, given: ParameterRecord): Float64Array | null {
  try {
    return runMethod(id, problem, given).scores;
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    expect(error.code).toBe('PRECONDITION_FAILED');
    expect(error.problems[0]?.allowed).not.toBe('');
    return null;
  }
}

describe.each(titled)('%s', (_, id, given) => {
  const method = methodOf(registry.AGGREGATION, id);

  test('gives finite scores and finite explanations for extremes, ties and constants, or refuses', () => {
    fc.assert(
      fc.property(problems(method, extreme), (problem) => {
        if (scoresOf(id, problem, given) === null) return;
        const run = runMethod(id, problem, given);
        expect([...run.scores].filter((score) => !Number.isFinite(score))).toEqual([]);
        for (const table of run.tables.values()) {
          expect([table.caption, ...table.values.filter((value) => !Number.isFinite(value))]).toEqual([table.caption]);
          expect(table.values.length).toBe(table.columns.length * (table.rows === 'CITY' ? problem.cities.length : 1));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('scores are the same without an explanation', () => {
    fc.assert(
      fc.property(problems(method, ordinary), (problem) => {
        const scores = scoresOf(id, problem, given);
        if (scores === null) return;
        const plain = new Float64Array(scores.length);
        method.run(
          problem.columns,
          problem.weights,
          withDefaults(method.parameters, given),
          plain,
          aggregationContext(problem),
        );
        expect([...plain]).toEqual([...scores]);
      }),
      { numRuns: 50 },
    );
  });

  test('permuting cities permutes the scores; permuting criteria leaves them; alike cities score alike', () => {
    fc.assert(
      fc.property(problems(method, ordinary), fc.integer({ min: 1, max: 7 }), (problem, shift) => {
        const scores = scoresOf(id, problem, given);
        if (scores === null) return;
        const n = problem.cities.length;
        const order = problem.cities.map((_city, i) => (i * 1 + shift) % n).reverse();
        const turned = runMethod(
          id,
          {
            ...problem,
            cities: order.map((i) => problem.cities[i] ?? ''),
            columns: problem.columns.map((column) => Float64Array.from(order, (i) => column[i] ?? NaN)),
          },
          given,
        ).scores;
        const loose = { relative: 1e-7, absolute: 1e-9 };
        expectColumnsAgree(
          turned,
          order.map((i) => scores[i] ?? NaN),
          'cities',
          loose,
        );
        const reversed = runMethod(
          id,
          {
            ...problem,
            children: [...problem.children].reverse(),
            columns: [...problem.columns].reverse(),
            weights: problem.weights.slice().reverse(),
            costs: problem.costs.slice().reverse(),
          },
          given,
        ).scores;
        expectColumnsAgree(reversed, scores, 'criteria', loose);
        for (let i = 1; i < n; i++) {
          if (problem.columns.every((column) => column[i] === column[0])) expect(scores[i]).toBe(scores[0]);
        }
      }),
      { numRuns: 120 },
    );
  });

  test('a table without cities is left alone', () => {
    const problem = {
      cities: [],
      children: ['C0'],
      columns: [new Float64Array(0)],
      weights: Float64Array.of(1),
      costs: Uint8Array.of(0),
    };
    expect(runMethod(id, problem, given).scores).toHaveLength(0);
  });

  test('a constant column is reported by its name', () => {
    const problem = {
      cities: ['A', 'B'],
      children: ['same', 'different'],
      columns: [Float64Array.of(3, 3), Float64Array.of(1, 2)],
      weights: Float64Array.of(0.5, 0.5),
      costs: Uint8Array.of(0, 0),
    };
    if (id === 'PROBID' && given['idealRange'] === 'QUARTERS') return;
    expect(runMethod(id, problem, given).warnings).toEqual([
      { code: 'CONSTANT_COLUMN', message: expect.stringContaining('same') as string },
    ]);
  });
});

describe('refusals say what is wrong and what would do', () => {
  const small = (
    columns: readonly (readonly number[])[],
    costs: readonly number[] = columns.map(() => 0),
  ): Problem => ({
    cities: (columns[0] ?? []).map((_, i) => `A${String(i)}`),
    children: columns.map((_, k) => `C${String(k)}`),
    columns: columns.map((column) => Float64Array.from(column)),
    weights: Float64Array.from(columns, () => 1 / columns.length),
    costs: Uint8Array.from(costs),
  });
  const refused: readonly (readonly [string, ParameterRecord, Problem, string, RegExp])[] = [
    ['ARAS', {}, small([[1, 0]], [1]), 'PRECONDITION_FAILED', /C0 is a cost and is not above 0 in A1/],
    ['CODAS', {}, small([[1, 0]], [1]), 'PRECONDITION_FAILED', /C0 is a cost/],
    ['MARCOS', {}, small([[1, 0]], [1]), 'PRECONDITION_FAILED', /C0 is a cost/],
    [
      'COPRAS',
      {},
      small(
        [
          [1, 2],
          [1, 0],
        ],
        [0, 1],
      ),
      'PRECONDITION_FAILED',
      /All cost criteria are 0 in A1/,
    ],
    ['PROBID', { idealRange: 'QUARTERS' }, small([[1, 2]]), 'PRECONDITION_FAILED', /A1 is as good as every ideal/],
    [
      'PROMETHEE_II',
      { preferenceFunction: 'V_SHAPE' },
      small([[1, 2]]),
      'BAD_INPUT',
      /V_SHAPE needs the threshold p for C0/,
    ],
    [
      'PROMETHEE_II',
      { preferenceFunction: 'LEVEL', p: 1, q: 2 },
      small([[1, 2]]),
      'BAD_INPUT',
      /indifference threshold of C0 is above/,
    ],
    ['ELECTRE_II', { concordanceMedium: 0.9 }, small([[1, 2]]), 'BAD_INPUT', /concordance thresholds/],
    ['ELECTRE_II', { concordanceLow: 0.6 }, small([[1, 2]]), 'BAD_INPUT', /concordance thresholds/],
    ['ELECTRE_II', { discordanceLow: 0.9 }, small([[1, 2]]), 'BAD_INPUT', /discordance thresholds/],
    ['ELECTRE_III', { indifference: 2, preference: 1 }, small([[1, 2]]), 'BAD_INPUT', /thresholds of C0/],
    ['ELECTRE_III', { preference: 2, veto: 1 }, small([[1, 2]]), 'BAD_INPUT', /thresholds of C0/],
    ['ELECTRE_III', { discriminationSlope: -0.3 }, small([[1, 2]]), 'BAD_INPUT', /discrimination threshold/],
  ];
  test.each(refused)('%s %j', (id, given, problem, code, message) => {
    expect(() => runMethod(id, problem, given)).toThrow(message);
    try {
      runMethod(id, problem, given);
    } catch (error) {
      expect(error).toMatchObject({ code });
    }
  });

  test.each([
    ['ELECTRE_II', 10_001],
    ['ELECTRE_III', 3_001],
  ])('%s past its largest table', (id, n) => {
    const problem = small([Array.from({ length: n }, (_, i) => i)]);
    expect(() => runMethod(id, problem)).toThrow(/pair/);
  });
});

test('PROMETHEE II takes a threshold that a criterion leaves out from the method, and passes over criteria of other nodes', () => {
  const problem: Problem = {
    cities: ['A', 'B'],
    children: ['a', 'b'],
    columns: [Float64Array.of(0, 1), Float64Array.of(0, 1)],
    weights: Float64Array.of(0.5, 0.5),
    costs: Uint8Array.of(0, 0),
  };
  const criterion = { preferenceFunction: 'V_SHAPE', p: null, q: null, s: null };
  const run = runMethod('PROMETHEE_II', problem, {
    p: 4,
    criteria: [
      { ...criterion, node: 'b' },
      { ...criterion, node: 'elsewhere', p: 1 },
    ],
  });
  // a is USUAL, b a quarter of its threshold.
  expect([...run.scores]).toEqual([-0.625, 0.625]);
});

test('ELECTRE III takes a criterion’s own thresholds', () => {
  const problem: Problem = {
    cities: ['A', 'B'],
    children: ['a', 'b'],
    columns: [Float64Array.of(0, 1), Float64Array.of(0, 1)],
    weights: Float64Array.of(0.5, 0.5),
    costs: Uint8Array.of(0, 0),
  };
  const tolerant = { indifference: 2, preference: 2, veto: null };
  const credibility = (thresholds: ParameterRecord[]): number =>
    runMethod('ELECTRE_III', problem, { thresholds }).tables.get('Credibility of outranking')?.values[2] ?? NaN;
  expect(credibility([])).toBe(0);
  expect(
    credibility([
      { ...tolerant, node: 'b' },
      { ...tolerant, node: 'elsewhere' },
    ]),
  ).toBe(0.5);
  expect(
    credibility([
      { ...tolerant, node: 'a' },
      { ...tolerant, node: 'b' },
    ]),
  ).toBe(1);
});

test('messages name columns and cities by their place where a caller gives no codes', () => {
  const nameless: Problem = {
    cities: [],
    children: [],
    columns: [Float64Array.of(1, 1), Float64Array.of(1, 0)],
    weights: Float64Array.of(0.5, 0.5),
    costs: Uint8Array.of(0, 1),
  };
  const method = methodOf(registry.AGGREGATION, 'ARAS');
  const warnings: Warnings = [];
  const run = (costs: Uint8Array): void => {
    method.run(
      nameless.columns,
      nameless.weights,
      withDefaults(method.parameters),
      new Float64Array(2),
      aggregationContext({ ...nameless, costs }, warnings),
    );
  };
  expect(() => {
    run(nameless.costs);
  }).toThrow(/column 1 is a cost and is not above 0 in city 1/);
  run(new Uint8Array(2));
  expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('column 0')]);
});

test.each([
  ['PROMETHEE_II', {}, { preferenceFunction: 'GAUSSIAN' }],
  ['PROMETHEE_II', {}, { criteria: [{ node: 'a', preferenceFunction: 'GAUSSIAN', p: null, q: null, s: 1 }] }],
  ['PROBID', { idealRange: 'QUARTERS' }, {}],
])('%s %j costs less than with %j', (id, cheap: ParameterRecord, dear: ParameterRecord) => {
  const method = methodOf(registry.AGGREGATION, id);
  const of = (given: ParameterRecord): number => method.cost(1000, 10, withDefaults(method.parameters, given));
  expect(of(cheap)).toBeLessThan(of(dear));
});

test.each([...new Set(CASES.map(([id]) => id))])('%s costs more for more cities and more columns', (id) => {
  const method = methodOf(registry.AGGREGATION, id);
  const of = (n: number, m: number): number => method.cost(n, m, withDefaults(method.parameters));
  expect(of(10, 5)).toBeGreaterThan(0);
  expect(of(20, 5)).toBeGreaterThan(of(10, 5));
  expect(of(10, 10)).toBeGreaterThan(of(10, 5));
});
