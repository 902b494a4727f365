import fc from 'fast-check';
import type { ImputationMethod } from '../../../src/scoring/descriptor';
import type { ParameterRecord, ParameterValue } from '../../../src/scoring/parameters';
import { registry } from '../../../src/scoring/registry';
import { city, imputationContext, indicator } from '../../helpers/contexts';
import { column, parametersOf } from '../../oracle/arbitraries';
import { columnOf, get, range, transpose, type Rows } from '../../oracle/basics';
import { expectSame, outcome } from '../../oracle/compare';
import { imputation, type ImputationFacts } from '../../oracle/imputation';

/*
 * Every imputation against a slow implementation of its formula, to 1e-12 relative to the largest value of the table:
 * with ties, constants, whole columns and rows missing, costs, groups, dimensions and years with gaps between them.
 */

const RUNS = 500;
const SEED = 20190106;
const YEARS = [2011, 2012, 2014, 2015, 2019];

const OWN: Readonly<Record<string, fc.Arbitrary<ParameterValue>>> = {
  by: fc.constantFrom('tier', 'province'),
  neighbours: fc.integer({ min: 1, max: 5 }),
  maximumYears: fc.option(fc.integer({ min: 1, max: 5 })),
};

interface Case extends ImputationFacts {
  readonly rows: Rows;
  readonly parameters: ParameterRecord;
}

function cases(method: ImputationMethod): fc.Arbitrary<Case> {
  const size = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 5 }));
  return size.chain(([n, m]) => {
    const list = <T>(value: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> =>
      fc.array(value, { minLength: length, maxLength: length });
    const values = fc.oneof(
      { weight: 9, arbitrary: column(n, { from: -12, gaps: true }) },
      { weight: 1, arbitrary: fc.constant(range(n).map(() => NaN)) },
    );
    const table = list(values, m).map(transpose);
    const label = fc.constantFrom('a', 'b', null);
    return fc
      .record({
        tables: list(table, YEARS.length),
        year: fc.constantFrom(...YEARS),
        codes: fc
          .constant(range(n).map((i) => `c${String(i)}`))
          .chain((all) => fc.shuffledSubarray(all, { minLength: n, maxLength: n })),
        groups: list(fc.record({ tier: label, province: label }), n),
        directions: list(fc.constantFrom<1 | -1>(1, -1), m),
        dimensions: list(fc.integer({ min: 0, max: 1 }), m),
        parameters: parametersOf(method.parameters, OWN),
      })
      .map(({ tables, year, ...more }) => ({
        ...more,
        year,
        rows: get(tables, YEARS.indexOf(year)),
        years: new Map(YEARS.map((t, index) => [t, get(tables, index)])),
      }));
  });
}

function run(method: ImputationMethod, example: Case): Float64Array {
  const { rows, codes, groups, directions, dimensions, year, years, parameters } = example;
  const values = Float64Array.from(transpose(rows).flat());
  const out = values.slice();
  const context = imputationContext(
    codes.map((code, i) => city(code, get(groups, i))),
    directions.map((direction, j) => indicator(`x${String(j)}`, { direction })),
    {
      dimensionOf: Int32Array.from(dimensions),
      year,
      history: (j) => ({
        years: [...years.keys()],
        columns: [...years.values()].map((table) => Float64Array.from(columnOf(table, j))),
      }),
    },
  );
  method.run(values, parameters, out, context);
  return out;
}

it.each([...registry.IMPUTATION.values()].map((method) => [method.id, method] as const))('%s', (id, method) => {
  const oracle = imputation[id];
  if (!oracle) throw new Error(`${id} has no oracle: write one in test/oracle/imputation.ts from its formula`);
  let filled = 0;
  fc.assert(
    fc.property(cases(method), (example) => {
      const by = example.parameters['by'];
      if (typeof by === 'string' && example.groups.every((group) => group[by] === null)) {
        // A grouping that no city is in is refused, as a slip of its name would be.
        expect(outcome(() => run(method, example))).toEqual({ refused: 'NOT_FOUND' });
        return;
      }
      const expected = transpose(oracle(example.rows, example.parameters, example)).flat();
      const actual = run(method, example);
      expectSame(actual, expected, id);
      filled += transpose(example.rows)
        .flat()
        .filter((value, k) => Number.isNaN(value) && !Number.isNaN(actual[k])).length;
    }),
    { numRuns: RUNS, seed: SEED },
  );
  if (id !== 'NONE') expect(filled).toBeGreaterThan(RUNS / 2);
});
