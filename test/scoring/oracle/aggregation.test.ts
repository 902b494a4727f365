import fc from 'fast-check';
import type { AggregationMethod } from '../../../src/scoring/descriptor';
import type { ParameterRecord, ParameterValue } from '../../../src/scoring/parameters';
import { registry } from '../../../src/scoring/registry';
import { kernelContext } from '../../helpers/contexts';
import { means, type AggregationOracle, type AggregationProblem } from '../../oracle/aggregation';
import { column, parametersOf, weights, type WeightKind } from '../../oracle/arbitraries';
import { get, range, transpose } from '../../oracle/basics';
import { expectSame, outcome } from '../../oracle/compare';
import { multicriteria } from '../../oracle/multicriteria';

/*
 * Every aggregation against a slow implementation of its formula, to 1e-12 relative. The kernels were not looked at when
 * the oracles were written. No method is held to less: benefit of the doubt and Kemeny–Young are optimisations, but their
 * scores are the optimum (or a mean over all optima) and so unique.
 */

const RUNS = 200;
const SEED = 20190102;

/**
 * Methods that jump where two sums are equal are tested with weights whose sums are exact, so that equal is equal in any
 * order of summing. ELECTRE III compares λ − s(λ) with credibilities, which sixteenths would meet exactly; irregular
 * weights do not.
 */
const WEIGHTS: Readonly<Record<string, WeightKind>> = {
  COPELAND: 'EXACT',
  KEMENY_YOUNG: 'EXACT',
  ELECTRE_II: 'EXACT',
  ELECTRE_III: 'IRREGULAR',
};

/** Scores that are differences of terms of this size, so that rounding is relative to it and not to what they cancel to. */
const SIZE: Readonly<Record<string, number>> = {
  MOORA: 1,
  MABAC: 1,
  CODAS: 1,
  PROMETHEE_II: 1,
  MOORA_MULTIPLICATIVE: 1,
  OCRA: 1,
  BENEFIT_OF_THE_DOUBT: 1,
};

/**
 * PROBID divides by a distance that may be the difference of two nearly equal numbers, so its large scores D⁻ / D⁺ are
 * held to 1e-12 as D⁻ / (D⁺ + D⁻).
 */
const COMPARED_AS: Readonly<Record<string, (score: number) => number>> = {
  PROBID: (score) => score / (1 + score),
};

/** The largest tables: [cities, children]. Looking at all vertices, or all orders, takes small ones. */
const LARGEST: Readonly<Record<string, readonly [number, number]>> = {
  BENEFIT_OF_THE_DOUBT: [4, 3],
  KEMENY_YOUNG: [5, 5],
};

/** Refusals of cases where the formula has a limit but, as the method says, no value. */
const REFUSES_LIMITS: ReadonlySet<string> = new Set(['POWER_MEAN']);

type Parameters = Readonly<Record<string, fc.Arbitrary<ParameterValue>>>;

const over = (divisor: number, min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min, max }).map((x) => x / divisor);

const childCode = (k: number): string => `x${String(k)}`;

/** Records for some of the children, in any order, with fields of the given kinds. */
const someChildren = (
  m: number,
  fields: Readonly<Record<string, fc.Arbitrary<ParameterValue>>>,
): fc.Arbitrary<ParameterRecord[]> =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: m - 1 }), { maxLength: m })
    .chain((places) => fc.tuple(...places.map((k) => fc.record({ node: fc.constant(childCode(k)), ...fields }))))
    .map((list) => list.map((record): ParameterRecord => ({ ...record })));

/** Parameters that hang together, or that the specs cannot tell. */
function ownParameters(id: string, m: number): readonly Parameters[] {
  const list = (value: fc.Arbitrary<number>): fc.Arbitrary<number[]> => fc.array(value, { minLength: m, maxLength: m });
  const none = fc.constant(null);
  switch (id) {
    case 'OWA':
      return [
        { orderWeights: none, atLeast: fc.integer({ min: 1, max: m }) },
        { orderWeights: list(fc.integer({ min: 1, max: 9 })), atLeast: none },
      ];
    case 'BENEFIT_OF_THE_DOUBT':
      return [
        { variant: fc.constant('PLAIN'), minimumShare: none, maximumShare: none, direction: none },
        {
          variant: fc.constant('CONSTRAINED'),
          minimumShare: fc.option(over(50 * m, 0, 50)),
          maximumShare: fc.option(over(50, Math.ceil(50 / m), 50)),
          direction: none,
        },
        {
          variant: fc.constant('DIRECTIONAL'),
          minimumShare: none,
          maximumShare: none,
          direction: fc.option(list(fc.integer({ min: 1, max: 9 }))),
        },
      ];
    case 'SPOTIS':
      return [
        { lowerBounds: none, upperBounds: none, expected: none },
        {
          lowerBounds: list(over(13, -400, -300)),
          upperBounds: list(over(13, 350, 600)),
          expected: fc.option(list(over(13, -300, 350))),
        },
      ];
    case 'PROMETHEE_II': {
      const thresholds = { p: over(13, 40, 80), q: over(13, 0, 39), s: over(13, 1, 80) };
      const shapes = ['USUAL', 'U_SHAPE', 'V_SHAPE', 'LEVEL', 'V_SHAPE_INDIFFERENCE', 'GAUSSIAN'];
      const criteria = someChildren(m, { ...thresholds, preferenceFunction: fc.constantFrom(...shapes) });
      return [{ ...thresholds, criteria: fc.option(criteria) }];
    }
    case 'ELECTRE_II':
      return [
        {
          concordanceHigh: over(97, 70, 97),
          concordanceMedium: over(97, 45, 69),
          concordanceLow: over(97, 0, 44),
          discordanceHigh: over(97, 50, 97),
          discordanceLow: over(97, 0, 49),
        },
      ];
    case 'ELECTRE_III': {
      const thresholds = {
        indifference: over(13, 0, 30),
        preference: over(13, 31, 60),
        veto: fc.option(over(13, 61, 120)),
      };
      return [
        {
          ...thresholds,
          thresholds: fc.option(someChildren(m, thresholds)),
          discriminationIntercept: over(97, 40, 90),
          discriminationSlope: over(97, -30, 0),
        },
      ];
    }
    default:
      return [{}];
  }
}

interface Case extends AggregationProblem {
  readonly parameters: ParameterRecord;
}

/** Tables of a method’s domain: with gaps, zeros, negative values and costs where it takes them. */
function cases(method: AggregationMethod): fc.Arbitrary<Case> {
  const [most, widest] = LARGEST[method.id] ?? [8, 5];
  const from = method.requires === 'POSITIVE' ? 1 / 997 : method.requires === 'NON_NEGATIVE' ? 0 : -12;
  const kind = WEIGHTS[method.id] ?? (method.family === 'MEAN' ? 'WITH_ZEROS' : 'EITHER');
  return fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: widest })).chain(([n, m]) => {
    const variants = ownParameters(method.id, m).map((own) =>
      parametersOf(method.parameters, own, method.id !== 'OWA'),
    );
    return fc.record({
      rows: fc
        .array(column(n, { from, gaps: method.missing === 'RESCALE' }), { minLength: m, maxLength: m })
        .map(transpose),
      weights: weights(m, kind),
      costs: fc.array(method.acceptsCosts ? fc.boolean() : fc.constant(false), { minLength: m, maxLength: m }),
      children: fc.constant(range(m).map(childCode)),
      parameters: fc.oneof(...variants),
    });
  });
}

/** The kernel’s scores of a case. */
function run(method: AggregationMethod, { rows, weights: w, costs, children, parameters }: Case): Float64Array {
  const out = new Float64Array(rows.length).fill(-999);
  method.run(
    transpose(rows).map((values) => Float64Array.from(values)),
    Float64Array.from(w),
    parameters,
    out,
    {
      ...kernelContext(),
      children,
      cities: rows.map((_, i) => `c${String(i)}`),
      costs: Uint8Array.from(costs, (cost) => (cost ? 1 : 0)),
    },
  );
  return out;
}

const ORACLES: Readonly<Record<string, Readonly<Record<string, AggregationOracle>>>> = {
  MEAN: means,
  WHOLE_TABLE: multicriteria,
};

it.each([...registry.AGGREGATION.values()].map((method) => [method.id, method] as const))('%s', (id, method) => {
  const oracle = ORACLES[method.family]?.[id];
  if (!oracle) throw new Error(`${id} has no oracle: write one in test/oracle from its formula`);
  let compared = 0;
  fc.assert(
    fc.property(cases(method), (example) => {
      const kernel = outcome(() => run(method, example));
      const expected = oracle(example, example.parameters);
      if ('refused' in kernel) {
        // A refusal is right only where the formula has no value.
        expect(kernel.refused).toBe('PRECONDITION_FAILED');
        expect(REFUSES_LIMITS.has(id) || expected.some((score) => !Number.isFinite(score))).toBe(true);
        return;
      }
      const view = COMPARED_AS[id] ?? ((score: number): number => score);
      expectSame(kernel.value.map(view), expected.map(view), id, undefined, SIZE[id] ?? 0);
      compared++;
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(compared).toBeGreaterThan(RUNS / 2);
});

/** Tables whose columns are orders of the cities, so that majorities and outranking run in circles. */
const entangled = fc.integer({ min: 3, max: 5 }).chain((n) => {
  const order = fc.shuffledSubarray(range(n), { minLength: n, maxLength: n });
  return fc.record({
    rows: fc.array(order, { minLength: 3, maxLength: 3 }).map(transpose),
    weights: weights(3, 'EXACT'),
    costs: fc.constant([false, false, false]),
    children: fc.constant(range(3).map(childCode)),
  });
});

it.each([
  ['COPELAND', [{}]],
  ['KEMENY_YOUNG', [{}]],
  [
    'ELECTRE_II',
    ['STRONG_THEN_WEAK', 'JOINT'].flatMap((exploitation) =>
      [0.51, 0.95].map((concordance) => ({
        concordanceHigh: concordance,
        concordanceMedium: concordance,
        concordanceLow: 0.1,
        discordanceHigh: 1,
        discordanceLow: 1,
        discordanceRange: 'OWN',
        exploitation,
      })),
    ),
  ],
] as const)('%s on tables with cycles', (id, variants) => {
  const method = registry.AGGREGATION.get(id);
  const oracle = multicriteria[id];
  if (!method || !oracle) throw new Error(`${id} is missing`);
  let circles = 0;
  fc.assert(
    fc.property(entangled, fc.constantFrom<ParameterRecord>(...variants), (table, parameters) => {
      const scores = run(method, { ...table, parameters });
      expectSame(scores, oracle(table, parameters), id);
      // All cities in one class, or each beating as many as beat it.
      const balance = id === 'ELECTRE_II' ? [...scores] : (multicriteria['COPELAND']?.(table, {}) ?? []);
      if (new Set(balance).size === 1) circles++;
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(circles).toBeGreaterThan(0);
});

it('ties, gaps, constants and costs come up in the tables', () => {
  const method = get([...registry.AGGREGATION.values()], 0);
  const columns = fc.sample(cases(method), { numRuns: RUNS, seed: SEED }).flatMap(({ rows }) => transpose(rows));
  expect(columns.some((values) => values.some(Number.isNaN))).toBe(true);
  expect(columns.some((values) => values.length > 2 && new Set(values).size === 1)).toBe(true);
  expect(columns.some((values) => new Set(values).size > 1 && new Set(values).size < values.length)).toBe(true);
});
