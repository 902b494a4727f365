import fc from 'fast-check';
import type { NormalisationMethod } from '../../../src/scoring/descriptor';
import type { ParameterRecord, ParameterValue } from '../../../src/scoring/parameters';
import { registry } from '../../../src/scoring/registry';
import { city, indicator, normalisationContext } from '../../helpers/contexts';
import { column, parametersOf } from '../../oracle/arbitraries';
import { max, min, present, range } from '../../oracle/basics';
import { expectSame, outcome } from '../../oracle/compare';
import { normalisation, type NormalisationProblem } from '../../oracle/normalisation';

/*
 * Every normalisation against a slow implementation of its formula, to 1e-12 relative to the largest score of the column
 * or, where it is larger, of its output range:
 * fitted on the column itself and on another one, for benefits and costs, with gaps, ties and constants.
 */

const RUNS = 300;
const SEED = 20190103;

const over = (divisor: number, from: number, to: number): fc.Arbitrary<number> =>
  fc.integer({ min: from, max: to }).map((x) => x / divisor);

/** Parameters that hang together, or that the specs cannot tell. */
function ownParameters(id: string): Readonly<Record<string, fc.Arbitrary<ParameterValue>>> {
  const thresholds = fc
    .uniqueArray(over(2, 1, 40), { minLength: 1, maxLength: 4 })
    .map((list) => list.sort((a, b) => a - b));
  return {
    low: over(13, -100, 0),
    high: over(13, 1, 1000),
    ...(id === 'GOALPOSTS' ? { lower: fc.option(over(13, 1, 40)), upper: fc.option(over(13, 261, 400)) } : {}),
    reference: fc.constantFrom('c0', 'c1'),
    target: fc.option(over(13, -200, 400)),
    thresholds,
    scores: fc.constant(null),
  };
}

interface Case extends NormalisationProblem {
  readonly parameters: ParameterRecord;
}

function cases(method: NormalisationMethod): fc.Arbitrary<Case> {
  return fc.integer({ min: 2, max: 9 }).chain((n) => {
    const values = column(n, { from: -12, gaps: true });
    return fc
      .record({
        fitted: values,
        other: fc.option(values),
        sign: fc.constantFrom<1 | -1>(1, -1),
        parameters: parametersOf(method.parameters, ownParameters(method.id)),
        scoresOfClasses: fc.option(fc.uniqueArray(fc.integer({ min: -9, max: 99 }), { minLength: 5, maxLength: 5 })),
      })
      .map(({ fitted, other, sign, parameters, scoresOfClasses }) => {
        // Half of the methods on ratio scales take positive natural values only.
        const positive = method.id === 'FRACTION_OF_MAXIMUM' || parameters['log'] === true;
        const oriented = (list: readonly number[]): number[] =>
          positive ? list.map((x) => sign * (Math.abs(x) + 0.5)) : [...list];
        const list = parameters['thresholds'];
        const classes = Array.isArray(list) ? list.length + 1 : 0;
        return {
          fitted: oriented(fitted),
          column: oriented(other ?? fitted),
          sign,
          indicator: indicator('x', { goalpostLow: 0.5, goalpostHigh: 19.5, target: sign > 0 ? 30 : -20 }),
          codes: range(n).map((i) => `c${String(i)}`),
          parameters:
            'scores' in parameters && scoresOfClasses
              ? { ...parameters, scores: scoresOfClasses.sort((a, b) => sign * (a - b)).slice(0, classes) }
              : parameters,
        };
      });
  });
}

function run(method: NormalisationMethod, example: Case): Float64Array {
  const context = normalisationContext(
    example.codes.map((code) => city(code)),
    [],
    example.indicator,
    example.sign,
  );
  const out = new Float64Array(example.column.length);
  const fitted = method.fit(Float64Array.from(example.fitted), example.parameters, context);
  method.apply(Float64Array.from(example.column), fitted, example.parameters, out, context);
  return out;
}

/** Cases that a method refuses by what it says of itself. */
function isOutside(id: string, { fitted, sign, indicator: meta, codes, parameters }: Case): boolean {
  const values = present(fitted);
  if (id === 'DISTANCE_TO_REFERENCE') {
    const code = parameters['reference'];
    const reference = typeof code === 'string' ? (fitted[codes.indexOf(code)] ?? NaN) : NaN;
    return !(reference > min(values)) && !(reference === min(values) && min(values) === max(values));
  }
  if (id === 'DISTANCE_TO_TARGET') {
    const target = typeof parameters['target'] === 'number' ? parameters['target'] : (meta.target ?? NaN);
    return !(sign * target > min(values));
  }
  return false;
}

/** The numbers that scores are made from by adding and taking away; rounding is relative to them. */
function sizeOf(id: string, parameters: ParameterRecord): number {
  const added = ['low', 'high', 'mean'].map((name) => parameters[name]).filter((value) => typeof value === 'number');
  return max([id.startsWith('DISTANCE_TO') ? 1 : 0, ...added.map(Math.abs)]);
}

it.each([...registry.NORMALISATION.values()].map((method) => [method.id, method] as const))('%s', (id, method) => {
  const oracle = normalisation[id];
  if (!oracle) throw new Error(`${id} has no oracle: write one in test/oracle/normalisation.ts from its formula`);
  let compared = 0;
  fc.assert(
    fc.property(cases(method), (example) => {
      const kernel = outcome(() => run(method, example));
      if ('refused' in kernel) {
        expect(kernel.refused).toBe('PRECONDITION_FAILED');
        expect(isOutside(id, example)).toBe(true);
        return;
      }
      expectSame(kernel.value, oracle(example, example.parameters), id, undefined, sizeOf(id, example.parameters));
      compared++;
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(compared).toBeGreaterThan(RUNS / 2);
});

it('GOALPOSTS, log and cap: a value at or below 0 is below the lower post; refused without cap', () => {
  const method = registry.NORMALISATION.get('GOALPOSTS');
  const oracle = normalisation['GOALPOSTS'];
  if (!method || !oracle) throw new Error('GOALPOSTS is missing');
  const example: Case = {
    fitted: [-1, 0, 2],
    column: [-1, 0, 2],
    sign: 1,
    indicator: indicator('x'),
    codes: ['c0', 'c1', 'c2'],
    parameters: { lower: 1, upper: 4, log: true, cap: true, low: 10, high: 20 },
  };
  expectSame(run(method, example), oracle(example, example.parameters), 'GOALPOSTS');
  const uncapped = { ...example, parameters: { ...example.parameters, cap: false } };
  expect(outcome(() => run(method, uncapped))).toEqual({ refused: 'PRECONDITION_FAILED' });
});
