import fc from 'fast-check';
import { TREATMENT_ACTIONS } from '../../../src/scoring/descriptor';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { registry } from '../../../src/scoring/registry';
import { treatmentContext } from '../../helpers/contexts';
import { column as columnWith, parametersOf } from '../../oracle/arbitraries';
import { max, min, present } from '../../oracle/basics';
import { expectSame, outcome } from '../../oracle/compare';
import { treatment } from '../../oracle/treatment';

/*
 * Every treatment against a slow implementation of its formula, to 1e-12 relative to the largest value of the column, on
 * columns with outliers at either end, gaps, ties and constants; the record of changed cells is checked, too.
 */

const RUNS = 300;
const SEED = 20190104;

const over = (divisor: number, from: number, to: number): fc.Arbitrary<number> =>
  fc.integer({ min: from, max: to }).map((x) => x / divisor);

/** Ordinary values with up to three outliers. */
const spiky = fc
  .tuple(
    fc.array(over(997, -3000, 9000), { minLength: 5, maxLength: 14 }),
    fc.array(fc.oneof(over(2, 60, 900), over(2, -900, -60)), { maxLength: 3 }),
  )
  .map(([ordinary, outliers]) => [...ordinary, ...outliers]);
const plain = fc.integer({ min: 1, max: 9 }).chain((n) => columnWith(n, { from: -12, gaps: true }));

const PARAMETERS = {
  lowerPercentile: over(13, 0, 600),
  upperPercentile: over(13, 601, 1300),
  skewness: over(13, 0, 40),
  kurtosis: over(13, -20, 60),
};

/** Refusals by what the methods say of themselves. */
function isOutside(id: string, column: readonly number[], parameters: ParameterRecord): boolean {
  // GII is taken of the winsorised column with `combine`.
  const winsorised = parameters['combine'] === true ? treatment['WINSORISE'] : undefined;
  const values = present(winsorised ? winsorised(column, { ...parameters, force: false }) : column);
  if (id === 'BOX_COX') return parameters['shift'] === false && min(values) <= 0;
  return parameters['transform'] === 'GII' && max(values) <= 1;
}

it.each([...registry.TREATMENT.values()].map((method) => [method.id, method] as const))('%s', (id, method) => {
  const oracle = treatment[id];
  if (!oracle) throw new Error(`${id} has no oracle: write one in test/oracle/treatment.ts from its formula`);
  let compared = 0;
  let treated = 0;
  const parameters = parametersOf(method.parameters, PARAMETERS);
  fc.assert(
    fc.property(fc.oneof(spiky, plain), parameters, (values, given) => {
      const out = new Float64Array(values.length).fill(-999);
      const context = treatmentContext(values.length);
      const kernel = outcome(() => {
        method.run(Float64Array.from(values), given, out, context);
      });
      if ('refused' in kernel) {
        expect(kernel.refused).toBe('PRECONDITION_FAILED');
        expect(isOutside(id, values, given)).toBe(true);
        return;
      }
      const expected = oracle(values, given);
      expectSame(out, expected, id);
      compared++;
      const actions = [...context.actions].map((action) => TREATMENT_ACTIONS[action] ?? '');
      values.forEach((value, i) => {
        if (Number.isNaN(value)) expect(actions[i]).toBe('NONE');
        const untouched = out[i] === value || Number.isNaN(value);
        if (!untouched) {
          treated++;
          expect(actions[i]).not.toBe('NONE');
        }
        if (actions[i]?.endsWith('_HIGH')) expect(out[i]).toBeLessThan(value);
        if (actions[i]?.endsWith('_LOW')) expect(out[i]).toBeGreaterThan(value);
      });
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(compared).toBeGreaterThan(RUNS / 2);
  expect(treated > 0).toBe(id !== 'NONE');
});
