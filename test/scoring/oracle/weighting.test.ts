import fc from 'fast-check';
import type { WeightingMethod } from '../../../src/scoring/descriptor';
import type { ParameterRecord, ParameterValue } from '../../../src/scoring/parameters';
import { registry } from '../../../src/scoring/registry';
import { kernelContext } from '../../helpers/contexts';
import { column, parametersOf } from '../../oracle/arbitraries';
import { get, max, mean, range, sum, sumOver, transpose } from '../../oracle/basics';
import { expectSame, outcome } from '../../oracle/compare';
import { imbalance, optimalShares, weighting, type WeightingProblem } from '../../oracle/weighting';

/*
 * Every weighting against a slow implementation of its formula, to 1e-12, but for two that are optimisations:
 * - BALANCED solves a least-squares problem, whose solution is known only to rounding times the square of the condition
 *   number; its weights are held to 1e-8 where they are unique, and the minimum that they reach to 1e-12.
 * - BENEFIT_OF_THE_DOUBT takes for each city one of possibly many optimal weights. The result is a mean of mixtures of
 *   them if and only if in no direction it goes further than the mean of the furthest ones; directions both ways, so
 *   that where the optima are unique it is equal.
 * PCA’s eigenvectors are compared where eigenvalues are at least 0.05 apart.
 */

const RUNS = 200;
const SEED = 20190105;

const LEAST_VALUE: Readonly<Record<string, number>> = { MEREC: 0.5, BENEFIT_OF_THE_DOUBT: 0.5, ENTROPY: 0, GINI: 0 };

const over = (divisor: number, from: number, to: number): fc.Arbitrary<number> =>
  fc.integer({ min: from, max: to }).map((x) => x / divisor);

const childCode = (k: number): string => `x${String(k)}`;

/** One matrix of judgements over the children in any order, reciprocal. */
const judgements = (m: number): fc.Arbitrary<ParameterValue> =>
  fc
    .tuple(
      fc.shuffledSubarray(range(m), { minLength: m, maxLength: m }),
      fc.array(fc.constantFrom(1, 2, 3, 1 / 2, 1 / 3, 5, 9), { minLength: m * m, maxLength: m * m }),
    )
    .map(([order, values]): ParameterRecord[] => [
      {
        nodes: order.map(childCode),
        matrix: range(m).map((a) =>
          range(m).map((b) => (a === b ? 1 : a < b ? get(values, a * m + b) : 1 / get(values, b * m + a))),
        ),
      },
    ]);

interface Case extends WeightingProblem {
  readonly parameters: ParameterRecord;
}

function cases(method: WeightingMethod): fc.Arbitrary<Case> {
  const { id } = method;
  const small = id === 'BENEFIT_OF_THE_DOUBT';
  const size = fc.tuple(fc.integer({ min: 1, max: small ? 4 : 9 }), fc.integer({ min: 1, max: small ? 3 : 5 }));
  return fc.tuple(size, fc.boolean()).chain(([[n, m], gaps]) => {
    const codes = range(m).map(childCode);
    const own: Record<string, fc.Arbitrary<ParameterValue>> = {
      order: fc.option(fc.shuffledSubarray(codes, { minLength: m, maxLength: m })),
      judgements: judgements(m),
      maximumInconsistency: fc.constant(1e9),
      ...(small ? { minimumShare: over(50 * m, 0, 50), maximumShare: over(50, Math.ceil(50 / m), 50) } : {}),
    };
    return fc.record({
      rows: fc.array(column(n, { from: LEAST_VALUE[id] ?? -12, gaps }), { minLength: m, maxLength: m }).map(transpose),
      children: fc.constant(codes),
      given: fc
        .array(fc.integer({ min: 0, max: 4 }), { minLength: m, maxLength: m })
        .map((list) => (sum(list) > 0 ? list : list.map(() => 1))),
      leaves: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: m, maxLength: m }),
      parameters: parametersOf(method.parameters, own, id !== 'AHP'),
    });
  });
}

const run = (method: WeightingMethod, { rows, children, given, leaves, parameters }: Case): Float64Array =>
  method.run(
    transpose(rows).map((values) => Float64Array.from(values)),
    parameters,
    {
      ...kernelContext(),
      children,
      given: Float64Array.from(given),
      leaves: Int32Array.from(leaves),
    },
  );

/** Throws where the weights are not a mean of mixtures of the cities’ optima. */
function expectMeanOfOptima(weights: Float64Array, optima: readonly (readonly (readonly number[])[])[]): void {
  const m = weights.length;
  const axes = range(m).map((k) => range(m).map((j) => (j === k ? 1 : 0)));
  const between = range(24).map((t) => range(m).map((k) => Math.cos((t + 1) * (k + 1))));
  for (const direction of [...axes, ...between].flatMap((d) => [d, d.map((x) => -x)])) {
    const reach = (point: ArrayLike<number>): number => sumOver(m, (k) => get(direction, k) * (point[k] ?? NaN));
    expect(reach(weights)).toBeLessThanOrEqual(mean(optima.map((own) => max(own.map(reach)))) + 1e-12);
  }
}

it.each([...registry.WEIGHTING.values()].map((method) => [method.id, method] as const))('%s', (id, method) => {
  const oracle = weighting[id];
  if (!oracle) throw new Error(`${id} has no oracle: write one in test/oracle/weighting.ts from its formula`);
  let compared = 0;
  fc.assert(
    fc.property(cases(method), (example) => {
      const weights = run(method, example);
      const expected = oracle(example, example.parameters);
      if (id === 'BENEFIT_OF_THE_DOUBT') {
        const optima = optimalShares(example, example.parameters);
        if (optima.length > 0) expectMeanOfOptima(weights, optima);
        compared++;
      }
      if (expected === null) return;
      expectSame(weights, expected, id, id === 'BALANCED' ? 1e-8 : undefined);
      if (id === 'BALANCED') {
        const reached = imbalance(example, weights);
        const least = imbalance(example, expected);
        // Nothing to balance where no column varies.
        if (!Number.isNaN(least)) expect(reached).toBeLessThanOrEqual(least + 1e-12);
      }
      compared++;
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(compared).toBeGreaterThan(RUNS / 2);
});

it('AHP refuses judgements beyond the stated inconsistency, and only those', () => {
  const method = registry.WEIGHTING.get('AHP');
  const oracle = weighting['AHP'];
  if (!method || !oracle) throw new Error('AHP is missing');
  let refused = 0;
  fc.assert(
    fc.property(cases(method), (example) => {
      const strict = { ...example, parameters: { ...example.parameters, maximumInconsistency: 0.1 } };
      const kernel = outcome(() => run(method, strict));
      const tooMuch = (): unknown => oracle(strict, strict.parameters);
      if ('refused' in kernel) {
        refused++;
        expect(kernel.refused).toBe('PRECONDITION_FAILED');
        expect(tooMuch).toThrow('inconsistent');
      } else expect(tooMuch).not.toThrow();
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(refused).toBeGreaterThan(RUNS / 10);
  expect(refused).toBeLessThan(RUNS);
});
