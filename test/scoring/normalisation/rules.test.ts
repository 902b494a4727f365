import { ScoringError, type WarningCode } from '../../../src/scoring/errors';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { registry } from '../../../src/scoring/registry';
import type { IndicatorMeta } from '../../../src/scoring/table';
import {
  city,
  indicator,
  methodOf,
  normalisationContext,
  normalise,
  refusalOf,
  withDefaults,
  type Warnings,
} from '../../helpers/contexts';
import { expectColumnsAgree } from '../../helpers/golden';

const MAX = Number.MAX_VALUE;
const cities = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((code) => city(code));

interface Case {
  readonly rule: string;
  readonly method: string;
  readonly parameters?: ParameterRecord;
  readonly meta?: Partial<IndicatorMeta>;
  readonly sign?: 1 | -1;
  /** Oriented values that the statistics are taken from. */
  readonly fit: readonly number[];
  /** Oriented values that are scored; those of `fit` when left out. */
  readonly apply?: readonly number[];
  readonly expected: readonly number[];
  readonly warnings?: readonly WarningCode[];
}

function run({ method: id, parameters = {}, meta = {}, sign = 1, fit, apply }: Omit<Case, 'rule' | 'expected'>) {
  const warnings: Warnings = [];
  const method = methodOf(registry.NORMALISATION, id);
  const context = normalisationContext(cities.slice(0, fit.length), warnings, indicator('x', meta), sign);
  const given = withDefaults(method.parameters, parameters);
  const values = Float64Array.from(apply ?? fit);
  const out = new Float64Array(values.length).fill(-999);
  const fitted = method.fit(Float64Array.from(fit), given, context);
  method.apply(values, fitted, given, out, context);
  return { out, warnings };
}

const CASES: readonly Case[] = [
  // A column without differences: the middle of the range, or the method's centre, with a warning.
  {
    rule: 'constant: middle',
    method: 'MIN_MAX',
    parameters: { low: 10, high: 20 },
    fit: [7, NaN, 7],
    expected: [15, NaN, 15],
    warnings: ['CONSTANT_COLUMN'],
  },
  {
    rule: 'single value: middle',
    method: 'MIN_MAX',
    fit: [NaN, 3],
    expected: [NaN, 50],
    warnings: ['CONSTANT_COLUMN'],
  },
  {
    rule: 'constant: the mean',
    method: 'Z_SCORE',
    parameters: { mean: 100, standardDeviation: 15 },
    fit: [0.1, 0.1, 0.1],
    expected: [100, 100, 100],
    warnings: ['CONSTANT_COLUMN'],
  },
  {
    rule: 'single value: the mean',
    method: 'Z_SCORE',
    parameters: { mean: 4 },
    fit: [NaN, 9, NaN],
    expected: [NaN, 4, NaN],
    warnings: ['CONSTANT_COLUMN'],
  },
  {
    rule: 'single value, population divisor: the mean',
    method: 'Z_SCORE',
    parameters: { mean: 4, divisor: 'POPULATION' },
    fit: [9],
    expected: [4],
    warnings: ['CONSTANT_COLUMN'],
  },
  {
    rule: 'constant: the mean',
    method: 'ROBUST_Z',
    parameters: { mean: 4 },
    fit: [2, 2, 2],
    expected: [4, 4, 4],
    warnings: ['CONSTANT_COLUMN'],
  },
  { rule: 'constant: middle', method: 'LOGISTIC', fit: [2, 2], expected: [50, 50], warnings: ['CONSTANT_COLUMN'] },
  {
    rule: 'constant: middle',
    method: 'PERCENTILE_RANK',
    fit: [2, NaN, 2],
    expected: [50, NaN, 50],
    warnings: ['CONSTANT_COLUMN'],
  },
  { rule: 'constant: rank 1', method: 'RANK', fit: [2, 2, NaN], expected: [1, 1, NaN], warnings: ['CONSTANT_COLUMN'] },
  {
    rule: 'constant: mean rank',
    method: 'RANK',
    parameters: { tied: 'AVERAGE' },
    fit: [2, 2, NaN],
    expected: [1.5, 1.5, NaN],
    warnings: ['CONSTANT_COLUMN'],
  },
  { rule: 'constant: no points', method: 'BORDA', fit: [2, 2], expected: [0, 0], warnings: ['CONSTANT_COLUMN'] },
  {
    rule: 'constant: one half',
    method: 'DISTANCE_TO_MAXIMUM',
    fit: [2, 2],
    expected: [0.5, 0.5],
    warnings: ['CONSTANT_COLUMN'],
  },
  {
    rule: 'constant: one half',
    method: 'DISTANCE_TO_REFERENCE',
    parameters: { reference: 'a' },
    fit: [2, 2],
    expected: [0.5, 0.5],
    warnings: ['CONSTANT_COLUMN'],
  },
  { rule: 'zeros: 0', method: 'VECTOR', fit: [0, NaN, 0], expected: [0, NaN, 0], warnings: ['CONSTANT_COLUMN'] },
  { rule: 'zeros: 0', method: 'SUM', fit: [0, 0], expected: [0, 0], warnings: ['CONSTANT_COLUMN'] },
  { rule: 'zeros: 0', method: 'MAX_ABS', fit: [0, 0], expected: [0, 0], warnings: ['CONSTANT_COLUMN'] },

  // Statistics of one column, applied to another (a frozen year, a new city).
  {
    rule: 'another column goes past the range',
    method: 'MIN_MAX',
    fit: [0, 10],
    apply: [-5, 5, 20],
    expected: [-50, 50, 200],
  },
  {
    rule: 'another column after a constant one: middle',
    method: 'MIN_MAX',
    fit: [3, 3],
    apply: [1, NaN, 9],
    expected: [50, NaN, 50],
    warnings: ['CONSTANT_COLUMN'],
  },
  {
    rule: 'another column, sample deviation √2',
    method: 'Z_SCORE',
    fit: [1, 3],
    apply: [2 + Math.SQRT2],
    expected: [1],
  },
  {
    rule: 'a value between ranks takes the higher one',
    method: 'RANK',
    fit: [10, 20, 30],
    apply: [5, 10, 15, 30, 31, NaN],
    expected: [1, 1, 2, 3, 4, NaN],
  },
  {
    rule: 'a value between ranks stands half-way',
    method: 'RANK',
    parameters: { tied: 'AVERAGE' },
    fit: [10, 20, 30],
    apply: [5, 10, 15, 31],
    expected: [0.5, 1, 1.5, 3.5],
  },
  {
    rule: 'points for another column',
    method: 'BORDA',
    fit: [10, 20, 30],
    apply: [5, 20, 25, 99],
    expected: [0, 1, 2, 3],
  },
  {
    rule: 'half points for equal ones',
    method: 'BORDA',
    parameters: { tied: 'AVERAGE' },
    fit: [1, 1, 2],
    expected: [0.5, 0.5, 2],
  },
  {
    rule: 'another column is held at the best',
    method: 'PERCENTILE_RANK',
    fit: [10, 20, 30],
    apply: [5, 20, 25, 99],
    expected: [0, 50, 100, 100],
  },
  { rule: 'another column', method: 'FRACTION_OF_MAXIMUM', fit: [2, 4], apply: [8, -4, NaN], expected: [2, -1, NaN] },
  {
    rule: 'another column of a cost',
    method: 'FRACTION_OF_MAXIMUM',
    sign: -1,
    fit: [-2, -4],
    apply: [-1, -8, NaN],
    expected: [2, 0.25, NaN],
  },
  { rule: 'another column', method: 'VECTOR', fit: [3, 4], apply: [10], expected: [2] },
  { rule: 'another column', method: 'SUM', fit: [-1, 3], apply: [8], expected: [2] },
  { rule: 'another column', method: 'MAX_ABS', fit: [-4, 3], apply: [8], expected: [2] },
  { rule: 'nothing to fit on: missing', method: 'MIN_MAX', fit: [NaN, NaN], apply: [1, NaN], expected: [NaN, NaN] },
  { rule: 'nothing to fit on: missing', method: 'Z_SCORE', fit: [NaN], apply: [1], expected: [NaN] },
  { rule: 'nothing to fit on: missing', method: 'ROBUST_Z', fit: [NaN], apply: [1], expected: [NaN] },
  { rule: 'nothing to fit on: missing', method: 'LOGISTIC', fit: [NaN], apply: [1], expected: [NaN] },
  { rule: 'nothing to fit on: missing', method: 'RANK', fit: [NaN], apply: [1], expected: [NaN] },
  { rule: 'nothing to fit on: missing', method: 'BORDA', fit: [], apply: [1], expected: [NaN] },
  { rule: 'nothing to fit on: missing', method: 'PERCENTILE_RANK', fit: [NaN], apply: [1], expected: [NaN] },
  { rule: 'nothing to fit on: missing', method: 'DISTANCE_TO_MAXIMUM', fit: [NaN], apply: [1], expected: [NaN] },
  {
    rule: 'nothing to fit on: missing',
    method: 'DISTANCE_TO_REFERENCE',
    parameters: { reference: 'a' },
    fit: [NaN],
    apply: [1],
    expected: [NaN],
  },
  {
    rule: 'nothing to fit on: missing',
    method: 'DISTANCE_TO_TARGET',
    parameters: { target: 3 },
    fit: [NaN],
    apply: [1],
    expected: [NaN],
  },
  { rule: 'nothing to fit on: missing', method: 'FRACTION_OF_MAXIMUM', fit: [NaN], apply: [1], expected: [NaN] },
  { rule: 'nothing to fit on: missing', method: 'VECTOR', fit: [NaN], apply: [1], expected: [NaN] },
  { rule: 'nothing to fit on: missing', method: 'SUM', fit: [NaN], apply: [1], expected: [NaN] },
  { rule: 'nothing to fit on: missing', method: 'MAX_ABS', fit: [NaN], apply: [1], expected: [NaN] },
  {
    rule: 'no percentiles to fit: missing',
    method: 'CATEGORICAL',
    parameters: { thresholds: [50], thresholdsAre: 'PERCENTILES' },
    fit: [NaN],
    apply: [1],
    expected: [NaN],
  },

  // Goalposts: UNDP's formula; a quarter of the way on a log scale from 1 to 16 is 2.
  {
    rule: 'posts of the recipe',
    method: 'GOALPOSTS',
    parameters: { lower: 20, upper: 85 },
    fit: [20, 52.5, 85],
    expected: [0, 50, 100],
  },
  {
    rule: 'posts of the indicator',
    method: 'GOALPOSTS',
    meta: { goalpostLow: 0, goalpostHigh: 18 },
    parameters: { high: 1 },
    fit: [9, NaN],
    expected: [0.5, NaN],
  },
  {
    rule: 'the recipe’s posts beat the indicator’s',
    method: 'GOALPOSTS',
    meta: { goalpostLow: 0, goalpostHigh: 18 },
    parameters: { upper: 10, high: 1 },
    fit: [5],
    expected: [0.5],
  },
  {
    rule: 'natural logarithm',
    method: 'GOALPOSTS',
    parameters: { lower: 1, upper: 16, log: true, high: 1 },
    fit: [2, 4, NaN],
    expected: [0.25, 0.5, NaN],
  },
  {
    rule: 'capped at both posts',
    method: 'GOALPOSTS',
    parameters: { lower: 0, upper: 10 },
    fit: [-1, 5, 11, 10],
    expected: [0, 50, 100, 100],
    warnings: ['TRUNCATED'],
  },
  {
    rule: 'not capped',
    method: 'GOALPOSTS',
    parameters: { lower: 0, upper: 10, cap: false },
    fit: [-1, 11],
    expected: [-10, 110],
  },
  {
    rule: 'a cost’s posts flip',
    method: 'GOALPOSTS',
    parameters: { lower: 0, upper: 10 },
    sign: -1,
    fit: [-1, -12],
    expected: [90, 0],
    warnings: ['TRUNCATED'],
  },
  {
    rule: 'a cost with logarithm',
    method: 'GOALPOSTS',
    parameters: { lower: 1, upper: 16, log: true, high: 1 },
    sign: -1,
    fit: [-2, -16, -1],
    expected: [0.75, 0, 1],
  },
  {
    rule: 'logarithm of 0 is below the lower post',
    method: 'GOALPOSTS',
    parameters: { lower: 1, upper: 16, log: true },
    fit: [0, -3, 16],
    expected: [0, 0, 100],
    warnings: ['TRUNCATED'],
  },
  {
    rule: 'logarithm of a cost of 0 is better than the lower post',
    method: 'GOALPOSTS',
    parameters: { lower: 1, upper: 16, log: true },
    sign: -1,
    fit: [-0, -16],
    expected: [100, 0],
    warnings: ['TRUNCATED'],
  },

  // Distances.
  {
    rule: 'target of the indicator',
    method: 'DISTANCE_TO_TARGET',
    meta: { target: 20 },
    fit: [0, 10, 30],
    expected: [0, 0.5, 1],
  },
  {
    rule: 'the recipe’s target beats the indicator’s',
    method: 'DISTANCE_TO_TARGET',
    meta: { target: 20 },
    parameters: { target: 10, cap: false },
    fit: [0, 10, 30],
    expected: [0, 1, 3],
  },
  {
    rule: 'target of a cost',
    method: 'DISTANCE_TO_TARGET',
    parameters: { target: 2 },
    sign: -1,
    fit: [-10, -6, -1],
    expected: [0, 0.5, 1],
  },
  {
    rule: 'constant short of the target: 0',
    method: 'DISTANCE_TO_TARGET',
    parameters: { target: 2 },
    fit: [1, 1],
    expected: [0, 0],
  },
  {
    rule: 'better than the reference, capped',
    method: 'DISTANCE_TO_REFERENCE',
    parameters: { reference: 'b' },
    fit: [0, 2, 5],
    expected: [0, 1, 1],
  },
  {
    rule: 'better than the reference, not capped',
    method: 'DISTANCE_TO_REFERENCE',
    parameters: { reference: 'b', cap: false },
    fit: [0, 2, 5],
    expected: [0, 1, 2.5],
  },

  // Robust z: MAD 0 although values differ.
  {
    rule: 'MAD of 0: mean absolute deviation × √(π/2)',
    method: 'ROBUST_Z',
    fit: [0, 0, 0, 4],
    expected: [0, 0, 0, 4 / Math.sqrt(Math.PI / 2)],
    warnings: ['METHOD_NOTE'],
  },

  // Categories.
  {
    rule: 'a value at a threshold is in the class above',
    method: 'CATEGORICAL',
    parameters: { thresholds: [2, 4] },
    fit: [1, 2, 3, 4, 5, NaN],
    expected: [0, 50, 50, 100, 100, NaN],
  },
  {
    rule: 'a cost’s classes fall',
    method: 'CATEGORICAL',
    parameters: { thresholds: [2, 4] },
    sign: -1,
    fit: [-1, -2, -5],
    expected: [100, 50, 0],
  },
  {
    rule: 'scores of the recipe',
    method: 'CATEGORICAL',
    parameters: { thresholds: [2, 4], scores: [1, 1, 7] },
    fit: [1, 3, 5],
    expected: [1, 1, 7],
  },
  {
    rule: 'falling scores for a cost',
    method: 'CATEGORICAL',
    parameters: { thresholds: [2], scores: [7, 1] },
    sign: -1,
    fit: [-1, -3],
    expected: [7, 1],
  },
  {
    rule: 'percentiles of the natural scale',
    method: 'CATEGORICAL',
    parameters: { thresholds: [50], thresholdsAre: 'PERCENTILES' },
    sign: -1,
    fit: [-1, -2, -9],
    expected: [100, 0, 0],
  },

  // Ends of the doubles.
  {
    rule: 'range beyond the largest double',
    method: 'MIN_MAX',
    parameters: { high: 1 },
    fit: [-MAX, 0, MAX],
    expected: [0, 0.5, 1],
  },
  {
    rule: 'range of one smallest double',
    method: 'MIN_MAX',
    parameters: { high: 1 },
    fit: [0, 5e-324],
    expected: [0, 1],
  },
  {
    rule: 'held at the largest double',
    method: 'MIN_MAX',
    parameters: { high: 1 },
    fit: [0, 1e-300],
    apply: [MAX, -MAX],
    expected: [MAX, -MAX],
  },
  {
    rule: 'deviation beyond the largest double',
    method: 'Z_SCORE',
    fit: [-MAX, MAX],
    expected: [-Math.SQRT1_2, Math.SQRT1_2],
  },
  {
    rule: 'deviation of smallest doubles',
    method: 'Z_SCORE',
    fit: [0, 5e-324],
    expected: [-Math.SQRT1_2, Math.SQRT1_2],
  },
  {
    rule: 'held at the largest double',
    method: 'Z_SCORE',
    fit: [0, 1e-300],
    apply: [MAX, -MAX],
    expected: [MAX, -MAX],
  },
  {
    rule: 'length beyond the largest double',
    method: 'VECTOR',
    fit: [MAX, -MAX],
    expected: [Math.SQRT1_2, -Math.SQRT1_2],
  },
  {
    rule: 'length of smallest doubles',
    method: 'VECTOR',
    fit: [5e-324, 5e-324],
    expected: [Math.SQRT1_2, Math.SQRT1_2],
  },
  { rule: 'sum beyond the largest double', method: 'SUM', fit: [MAX, MAX], expected: [0.5, 0.5] },
  { rule: 'held at the largest double', method: 'FRACTION_OF_MAXIMUM', fit: [1e-300], apply: [MAX], expected: [MAX] },
  {
    rule: 'held at the largest double',
    method: 'FRACTION_OF_MAXIMUM',
    sign: -1,
    fit: [-MAX],
    apply: [-1e-300],
    expected: [MAX],
  },
];

describe('written rules of the normalisations', () => {
  it.each(CASES)('$method, $rule: $fit', ({ expected, warnings: codes = [], ...rest }) => {
    const { out, warnings } = run(rest);
    expectColumnsAgree(out, expected, rest.method, { relative: 1e-12, absolute: 0 });
    expect(warnings.map(({ code }) => code)).toEqual(codes);
  });

  it('puts figures into the warnings', () => {
    const messages = (method: string, parameters: ParameterRecord, fit: readonly number[]): string[] =>
      run({ method, parameters, fit }).warnings.map(({ message }) => message);
    expect(messages('MIN_MAX', {}, [1, 1])).toEqual(['All values are equal, so every city gets 50.']);
    expect(messages('RANK', {}, [1, 1])).toEqual(['All values are equal, so every city gets the same rank.']);
    const posts = { lower: 0, upper: 1 };
    expect(messages('GOALPOSTS', posts, [2])).toEqual(['1 city lies beyond a goalpost; the score is held at it.']);
    expect(messages('GOALPOSTS', posts, [2, -1])).toEqual(['2 cities lie beyond a goalpost; the score is held at it.']);
  });

  it('may write over its input', () => {
    for (const [id, method] of registry.NORMALISATION) {
      const context = normalisationContext(
        cities.slice(0, 4),
        [],
        indicator('x', { target: 9, goalpostLow: 0, goalpostHigh: 9 }),
      );
      const required = { CATEGORICAL: { thresholds: [2] }, DISTANCE_TO_REFERENCE: { reference: 'b' } }[id] ?? {};
      const parameters = withDefaults(method.parameters, required);
      const values = Float64Array.of(1, 4, NaN, 2.5);
      const fitted = method.fit(values, parameters, context);
      const apart = new Float64Array(4);
      method.apply(values, fitted, parameters, apart, context);
      method.apply(values, fitted, parameters, values, context);
      expectColumnsAgree(values, apart, id, { relative: 0, absolute: 0 });
      expect(apart[2]).toBeNaN();
    }
  });
});

interface Refused {
  readonly why: string;
  readonly method: string;
  readonly parameters?: ParameterRecord;
  readonly meta?: Partial<IndicatorMeta>;
  readonly sign?: 1 | -1;
  readonly values?: readonly number[];
  readonly code: string;
}

const REFUSED: readonly Refused[] = [
  ...['MIN_MAX', 'GOALPOSTS', 'PERCENTILE_RANK', 'LOGISTIC', 'CATEGORICAL'].map((method) => ({
    why: 'empty output range',
    method,
    parameters: {
      low: 5,
      high: 5,
      ...(method === 'GOALPOSTS' ? { lower: 0, upper: 1 } : {}),
      ...(method === 'CATEGORICAL' ? { thresholds: [1] } : {}),
    },
    code: 'BAD_INPUT',
  })),
  { why: 'no lower post', method: 'GOALPOSTS', parameters: { upper: 1 }, code: 'PRECONDITION_FAILED' },
  { why: 'no upper post', method: 'GOALPOSTS', parameters: { lower: 1 }, code: 'PRECONDITION_FAILED' },
  { why: 'posts the wrong way round', method: 'GOALPOSTS', parameters: { lower: 2, upper: 1 }, code: 'BAD_INPUT' },
  { why: 'equal posts', method: 'GOALPOSTS', parameters: { lower: 2, upper: 2 }, code: 'BAD_INPUT' },
  {
    why: 'lower post of 0 with a logarithm',
    method: 'GOALPOSTS',
    parameters: { lower: 0, upper: 2, log: true },
    code: 'BAD_INPUT',
  },
  {
    why: 'posts whose logarithms are equal',
    method: 'GOALPOSTS',
    parameters: { lower: 1e300, upper: 1.0000000000000002e300, log: true },
    code: 'BAD_INPUT',
  },
  {
    why: 'logarithm of 0 without a cap',
    method: 'GOALPOSTS',
    parameters: { lower: 1, upper: 2, log: true, cap: false },
    values: [0, 1],
    code: 'PRECONDITION_FAILED',
  },
  { why: 'unknown reference', method: 'DISTANCE_TO_REFERENCE', parameters: { reference: 'z' }, code: 'NOT_FOUND' },
  {
    why: 'reference without a value',
    method: 'DISTANCE_TO_REFERENCE',
    parameters: { reference: 'a' },
    values: [NaN, 1],
    code: 'PRECONDITION_FAILED',
  },
  {
    why: 'worst city as the reference',
    method: 'DISTANCE_TO_REFERENCE',
    parameters: { reference: 'a' },
    values: [1, 2],
    code: 'PRECONDITION_FAILED',
  },
  { why: 'no target', method: 'DISTANCE_TO_TARGET', values: [-1, 1], code: 'PRECONDITION_FAILED' },
  {
    why: 'target at the worst value',
    method: 'DISTANCE_TO_TARGET',
    parameters: { target: 1 },
    code: 'PRECONDITION_FAILED',
  },
  {
    why: 'target of a cost at the worst value',
    method: 'DISTANCE_TO_TARGET',
    parameters: { target: 9 },
    sign: -1,
    values: [-9, -1],
    code: 'PRECONDITION_FAILED',
  },
  { why: 'maximum of 0', method: 'FRACTION_OF_MAXIMUM', values: [0, -1], code: 'PRECONDITION_FAILED' },
  { why: 'cost of 0', method: 'FRACTION_OF_MAXIMUM', sign: -1, values: [-1, -0], code: 'PRECONDITION_FAILED' },
  { why: 'no thresholds', method: 'CATEGORICAL', parameters: { thresholds: [] }, code: 'BAD_INPUT' },
  { why: 'equal thresholds', method: 'CATEGORICAL', parameters: { thresholds: [1, 1] }, code: 'BAD_INPUT' },
  {
    why: 'percentile above 100',
    method: 'CATEGORICAL',
    parameters: { thresholds: [1, 101], thresholdsAre: 'PERCENTILES' },
    code: 'BAD_INPUT',
  },
  {
    why: 'percentile below 0',
    method: 'CATEGORICAL',
    parameters: { thresholds: [-1], thresholdsAre: 'PERCENTILES' },
    code: 'BAD_INPUT',
  },
  { why: 'too few scores', method: 'CATEGORICAL', parameters: { thresholds: [1], scores: [1] }, code: 'BAD_INPUT' },
  {
    why: 'falling scores for a benefit',
    method: 'CATEGORICAL',
    parameters: { thresholds: [1], scores: [2, 1] },
    code: 'BAD_INPUT',
  },
  {
    why: 'rising scores for a cost',
    method: 'CATEGORICAL',
    parameters: { thresholds: [1], scores: [1, 2] },
    sign: -1,
    code: 'BAD_INPUT',
  },
];

describe('refusals of the normalisations', () => {
  it.each(REFUSED)('$method: $why', ({ method, parameters = {}, meta = {}, sign = 1, values = [1, 2], code }) => {
    const context = normalisationContext(cities.slice(0, values.length), [], indicator('x', meta), sign);
    expect(refusalOf(() => normalise(method, Float64Array.from(values), parameters, context))).toBe(code);
  });

  it('thresholds below 0 and above 100 are fine as values', () => {
    const context = normalisationContext(cities.slice(0, 2));
    const out = normalise('CATEGORICAL', Float64Array.of(-60, 160), { thresholds: [-50, 150] }, context);
    expect([...out]).toEqual([0, 100]);
  });

  it('a cost of 0 in another column than the fitted one', () => {
    const apply = (): unknown => run({ method: 'FRACTION_OF_MAXIMUM', sign: -1, fit: [-1], apply: [-0] });
    expect(refusalOf(apply)).toBe('PRECONDITION_FAILED');
  });

  it.each<
    Omit<Refused, 'why' | 'code'> & { readonly allowed: string; readonly value: unknown; readonly says?: string }
  >([
    {
      method: 'CATEGORICAL',
      parameters: { thresholds: [1], scores: [2, 1] },
      allowed: 'scores that never fall',
      value: [2, 1],
    },
    {
      method: 'CATEGORICAL',
      parameters: { thresholds: [1], scores: [1, 2] },
      sign: -1,
      allowed: 'scores that never rise',
      value: [1, 2],
    },
    {
      method: 'CATEGORICAL',
      parameters: { thresholds: [1, 2], scores: [1] },
      allowed: 'one score more than thresholds',
      value: [1],
      says: '1 scores for 3 classes',
    },
    {
      method: 'DISTANCE_TO_TARGET',
      parameters: { target: 1 },
      values: [2, 3],
      allowed: 'a number above 2',
      value: 1,
    },
    {
      method: 'DISTANCE_TO_TARGET',
      parameters: { target: 9 },
      sign: -1,
      values: [-8, -1],
      allowed: 'a number below 8',
      value: 9,
    },
    {
      method: 'GOALPOSTS',
      parameters: { lower: 2, upper: 2 },
      allowed: 'a number above 2',
      value: 2,
      says: 'not above the lower one',
    },
    {
      method: 'FRACTION_OF_MAXIMUM',
      sign: -1,
      values: [-1, 2],
      allowed: 'costs above 0, or another normalisation',
      value: -2,
    },
  ])(
    '$method $parameters: $allowed',
    ({ method, parameters = {}, sign = 1, values = [1, 2], allowed, value, says }) => {
      const context = normalisationContext(cities.slice(0, values.length), [], indicator('x'), sign);
      const refused = caught(() => normalise(method, Float64Array.from(values), parameters, context));
      expect(refused.problems).toEqual([expect.objectContaining({ allowed, value })]);
      expect(refused.message).toContain(says ?? '');
    },
  );

  it('a cost of 0 or less is refused as soon as the statistics are fitted, and names the natural value', () => {
    const method = methodOf(registry.NORMALISATION, 'FRACTION_OF_MAXIMUM');
    const context = normalisationContext(cities.slice(0, 2), [], indicator('x'), -1);
    for (const [best, natural] of [[-0, 0] as const, [3, -3] as const]) {
      const refused = caught(() => method.fit(Float64Array.of(-1, best), {}, context));
      expect(refused.problems[0]?.value).toBeCloseTo(natural, 12);
    }
    const fitted = method.fit(Float64Array.of(-1, -2), {}, context);
    const apply = (): void => {
      method.apply(Float64Array.of(4), fitted, {}, new Float64Array(1), context);
    };
    expect(caught(apply).problems[0]?.value).toBe(-4);
  });

  it('percentiles of 0 and 100 are in range: the least and the greatest value', () => {
    const parameters = { thresholds: [0, 100], thresholdsAre: 'PERCENTILES', scores: [1, 2, 3] };
    const { out } = run({ method: 'CATEGORICAL', parameters, fit: [10, 20, 30], apply: [9, 20, 31] });
    expect([...out]).toEqual([1, 2, 3]);
  });
});

describe('values near the largest double', () => {
  it('ROBUST_Z: the median is 0 and one median absolute deviation is 1 / 1.4826', () => {
    // Median 0, absolute deviations 1, 0.5, 0, 0.5, 1 (× 1e308): MAD 0.5.
    const { out } = run({ method: 'ROBUST_Z', fit: [-1e308, -5e307, 0, 5e307, 1e308] });
    const unit = 0.6744897501960817;
    expectColumnsAgree(out, [-2 * unit, -unit, 0, unit, 2 * unit], 'scores', { relative: 1e-9 });
  });
});

describe('costs', () => {
  it('a logarithm costs more than a straight line', () => {
    const method = methodOf(registry.NORMALISATION, 'GOALPOSTS');
    const cost = (log: boolean): number => method.cost(100, 10, withDefaults(method.parameters, { log }));
    expect(cost(true)).toBeGreaterThan(cost(false));
  });
});

function caught(call: () => unknown): ScoringError {
  try {
    call();
  } catch (error) {
    if (error instanceof ScoringError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
