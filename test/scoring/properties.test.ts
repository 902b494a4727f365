import fc from 'fast-check';
import {
  PROPERTY_NAMES,
  defineAggregation,
  defineNormalisation,
  defineTreatment,
  defineWeighting,
  type AnyMethod,
  type PropertyName,
} from '../../src/scoring/descriptor';
import { ScoringError } from '../../src/scoring/errors';
import { allMethods } from '../../src/scoring/registry';
import {
  caseOf,
  checkersOf,
  generatedCase,
  parametersFor,
  type Checker,
  type PropertyCase,
} from '../helpers/properties';

const RUNS = 200;
const SEED = 20190101;

/** Refusals that say that the method is not defined on a case: a value out of its domain, or the reference city left out. */
const REFUSALS: ReadonlySet<string> = new Set(['PRECONDITION_FAILED', 'NOT_FOUND']);

/** What the checker says; `REFUSED` where the method is not defined on the case. */
function verdict(check: Checker, example: PropertyCase): string | null {
  try {
    return check(example);
  } catch (error) {
    if (error instanceof ScoringError && REFUSALS.has(error.code)) return 'REFUSED';
    throw error;
  }
}

/**
 * Runs a claim on generated tables. COMPENSATORY says that a loss *can* be made up: means must do so on every table, but
 * a whole-table method's scores may be bounded, so one table on which a real loss is made up is enough.
 */
function expectClaimHolds(method: AnyMethod, property: PropertyName, check: Checker): void {
  const whole = method.stage === 'AGGREGATION' && method.family === 'WHOLE_TABLE';
  let defined = 0;
  let held = 0;
  fc.assert(
    fc.property(generatedCase(method), (example) => {
      const said = verdict(check, example);
      if (said === 'REFUSED') return;
      defined++;
      if (said === null) held++;
      else if (!(whole && property === 'COMPENSATORY')) throw new Error(said);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  // A claim that was hardly ever put to the test is not tested.
  expect(defined).toBeGreaterThan(RUNS / 4);
  expect(held).toBeGreaterThan(0);
}

describe.each(allMethods().map((method) => [`${method.stage} ${method.id}`, method] as const))('%s', (_, method) => {
  const checkers = checkersOf(method);
  const claims = PROPERTY_NAMES.flatMap((property) => {
    const claim = method.properties[property];
    return claim === undefined ? [] : [{ property, claim }];
  });

  it('says of every property that can be tested in its stage whether it holds, and of no other', () => {
    expect(Object.keys(method.properties).sort()).toEqual(Object.keys(checkers).sort());
  });

  it('has a cost that is finite, never negative and grows with the table', () => {
    const parameters = parametersFor(
      method,
      caseOf({
        columns: [
          [1, 2],
          [3, 4],
        ],
      }),
    );
    const cost = (n: number, m: number): number => method.cost(n, m, parameters);
    for (const value of [cost(1, 1), cost(300, 50), cost(300_000, 50)])
      expect(Number.isFinite(value) && value >= 0).toBe(true);
    expect(cost(3000, 50)).toBeGreaterThanOrEqual(cost(300, 50));
    expect(cost(300, 60)).toBeGreaterThanOrEqual(cost(300, 50));
    if (method.stage !== 'NORMALISATION' && method.stage !== 'AGGREGATION') return;
    // Every cell is read, so ten times the cities cost at least ten times as much; some methods compare cities at a cost of its own.
    expect(cost(3000, 50)).toBeGreaterThanOrEqual(10 * cost(300, 50) * (1 - 1e-12));
    expect(cost(300, 500)).toBeGreaterThanOrEqual(2 * cost(300, 50));
  });

  for (const { property, claim } of claims) {
    const check = checkers[property];
    if (check === undefined) continue;
    if (claim.holds) {
      it(`${property} holds on generated tables`, () => {
        expectClaimHolds(method, property, check);
      });
    } else {
      it(`${property} is violated by its counter-example`, () => {
        const said = verdict(check, caseOf(claim.counterExample));
        expect(said).not.toBeNull();
        expect(said).not.toBe('REFUSED');
      });
    }
  }
});

describe('every checker can fail', () => {
  const facts = { title: '', summary: '', formula: '', parameters: {}, references: [], properties: {}, cost: () => 0 };
  /** Depends on the order of columns and cities, falls with every value, and is bounded by nothing. */
  const badAggregation = (family: 'MEAN' | 'WHOLE_TABLE'): AnyMethod =>
    defineAggregation({
      ...facts,
      id: 'BAD',
      family,
      missing: 'RESCALE',
      run: ([first = new Float64Array(0), last = first], _weights, _parameters, out) => {
        out.forEach((_, i) => (out[i] = i * (last[i] ?? NaN) - out.length * (first[i] ?? NaN) ** 3 - 7));
      },
    });
  const badWeighting = defineWeighting({
    ...facts,
    id: 'BAD',
    run: (columns) => Float64Array.from(columns, (column, k) => k - 1 + (column[0] ?? NaN)),
  });
  const badNormalisation = defineNormalisation({
    ...facts,
    id: 'BAD',
    fit: (values) => Float64Array.of(values.length, values[0] ?? NaN),
    apply: (values, fitted, _parameters, out) => {
      const odd = (fitted[0] ?? 0) % 2 === 0 ? 1 : -1;
      values.forEach((value, i) => (out[i] = odd * value + i + (fitted[1] ?? NaN)));
    },
  });
  const badTreatment = defineTreatment({
    ...facts,
    id: 'BAD',
    run: (values, _parameters, out) => {
      values.forEach((value, i) => (out[i] = -value));
    },
  });

  const passedBy = (method: AnyMethod): string[] =>
    Object.entries(checkersOf(method)).flatMap(([property, check]) => {
      const { failed } = fc.check(
        fc.property(generatedCase(method), (example) => check(example) === null),
        { numRuns: RUNS, seed: SEED },
      );
      return failed ? [] : [property];
    });

  it.each([
    ['means', badAggregation('MEAN')],
    ['whole-table methods', badAggregation('WHOLE_TABLE')],
    ['weightings', badWeighting],
    ['normalisations', badNormalisation],
    ['treatments', badTreatment],
  ])('of %s: a bad method passes none', (_, method) => {
    expect(Object.keys(checkersOf(method)).length).toBeGreaterThan(0);
    expect(passedBy(method)).toEqual([]);
  });
});
