import fc from 'fast-check';
import { PROPERTY_NAMES, type AnyMethod, type PropertyName } from '../../src/scoring/descriptor';
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

  it('makes only claims that can be tested', () => {
    expect(claims.map(({ property }) => property).filter((property) => checkers[property] === undefined)).toEqual([]);
    expect(Object.keys(method.properties).filter((name) => !claims.some(({ property }) => property === name))).toEqual(
      [],
    );
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
