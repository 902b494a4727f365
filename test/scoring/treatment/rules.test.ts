import { actionCode } from '../../../src/scoring/numeric/outliers';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import type { TreatmentAction } from '../../../src/scoring/descriptor';
import type { WarningCode } from '../../../src/scoring/errors';
import { indicator, refusalOf, treat, treatmentContext, type Warnings } from '../../helpers/contexts';
import { expectColumnsAgree } from '../../helpers/golden';

const MAX = Number.MAX_VALUE;
const LETTERS: Readonly<Record<string, TreatmentAction>> = {
  '.': 'NONE',
  H: 'WINSORISED_HIGH',
  L: 'WINSORISED_LOW',
  T: 'TRANSFORMED',
  h: 'CLIPPED_HIGH',
  l: 'CLIPPED_LOW',
};
const actionsOf = (letters: string): number[] => Array.from(letters, (letter) => actionCode(LETTERS[letter] ?? 'NONE'));

interface Case {
  readonly rule: string;
  readonly method: string;
  readonly parameters?: ParameterRecord;
  readonly values: readonly number[];
  readonly expected: readonly number[];
  /** One letter for each cell: . H L T h l. */
  readonly actions: string;
  readonly warnings?: readonly WarningCode[];
}

const LOW_TAIL = [-50, 1, 2, 3, 4, 5, 6, 7];
const TWENTY_ZEROS = Array.from({ length: 20 }, () => 0);
const TO_ELEVEN = Array.from({ length: 12 }, (_, k) => k);
const POWERS = TO_ELEVEN.map((k) => Math.E ** k - 1);
const HIGH_TAIL = [1, 2, 3, 4, 5, 6, 7, 60];

const CASES: readonly Case[] = [
  { rule: 'nothing changes', method: 'NONE', values: [1, NaN, 900], expected: [1, NaN, 900], actions: '...' },

  // Winsorising.
  {
    rule: 'a column that passes is left',
    method: 'WINSORISE',
    values: [1, 2, 3, 4, NaN],
    expected: [1, 2, 3, 4, NaN],
    actions: '.....',
  },
  {
    rule: 'the highest value is set to the next',
    method: 'WINSORISE',
    values: HIGH_TAIL,
    expected: [1, 2, 3, 4, 5, 6, 7, 7],
    actions: '.......H',
  },
  {
    rule: 'the lowest value is set to the next',
    method: 'WINSORISE',
    values: LOW_TAIL,
    expected: [1, 1, 2, 3, 4, 5, 6, 7],
    actions: 'L.......',
  },
  {
    rule: 'values in any order, with gaps',
    method: 'WINSORISE',
    values: [60, NaN, 3, 1, 7, 5, 2, 6, 4],
    expected: [7, NaN, 3, 1, 7, 5, 2, 6, 4],
    actions: 'H........',
  },
  {
    rule: 'one outlier among four stands on both limits and fails',
    method: 'WINSORISE',
    parameters: { kurtosis: 4 },
    values: [0, 0, 9, 0],
    expected: [0, 0, 0, 0],
    actions: '..H.',
  },
  {
    rule: 'under four values: no test',
    method: 'WINSORISE',
    parameters: { force: true },
    values: [1, 1, 900, NaN],
    expected: [1, 1, 900, NaN],
    actions: '....',
  },
  {
    rule: 'a constant column is left',
    method: 'WINSORISE',
    parameters: { force: true },
    values: [2, 2, 2, 2, 2],
    expected: [2, 2, 2, 2, 2],
    actions: '.....',
  },
  { rule: 'an empty column is left', method: 'WINSORISE', values: [NaN, NaN], expected: [NaN, NaN], actions: '..' },
  {
    rule: 'forced: up to the limit of points',
    method: 'WINSORISE',
    parameters: { force: true, maximumPoints: 2 },
    values: [1, 1, 1, 2, 9, 90],
    expected: [1, 1, 1, 2, 2, 2],
    actions: '....HH',
  },
  {
    rule: 'forced: each step at the end where the tail is',
    method: 'WINSORISE',
    parameters: { force: true, maximumPoints: 2 },
    values: [1, 2, 3, 4, 5, 7],
    expected: [2, 2, 3, 4, 5, 5],
    actions: 'L....H',
  },
  {
    rule: 'forced: ties move together, past the limit',
    method: 'WINSORISE',
    parameters: { force: true, maximumPoints: 2 },
    values: [0, 0, 0, 1, 7, 7, 8],
    expected: [0, 0, 0, 1, 1, 1, 1],
    actions: '....HHH',
  },
  {
    rule: 'forced: a symmetric column starts at the top',
    method: 'WINSORISE',
    parameters: { force: true, maximumPoints: 1 },
    values: [-0.3, -0.1, 0, 0.1, 0.3],
    expected: [-0.3, -0.1, 0, 0.1, 0.1],
    actions: '....H',
  },
  {
    rule: 'forced: stops once all are equal',
    method: 'WINSORISE',
    parameters: { force: true, maximumPoints: 900 },
    values: [1, 1, 1, 2],
    expected: [1, 1, 1, 1],
    actions: '...H',
  },
  {
    rule: 'still failing: kept, with a warning',
    method: 'WINSORISE',
    parameters: { maximumPoints: 1 },
    values: [...TWENTY_ZEROS, 50, 90],
    expected: [...TWENTY_ZEROS, 50, 50],
    actions: '.....................H',
    warnings: ['TREATMENT_INSUFFICIENT'],
  },
  {
    rule: 'ends of the doubles',
    method: 'WINSORISE',
    values: [MAX, 0, 1e-300, 5e-324, -5e-324, 0],
    expected: [1e-300, 0, 1e-300, 5e-324, -5e-324, 0],
    actions: 'H.....',
  },

  // Winsorise, then log.
  {
    rule: 'a column that passes is left',
    method: 'WINSORISE_THEN_LOG',
    values: [1, 2, 3, 4, NaN],
    expected: [1, 2, 3, 4, NaN],
    actions: '.....',
  },
  {
    rule: 'winsorising is enough',
    method: 'WINSORISE_THEN_LOG',
    values: HIGH_TAIL,
    expected: [1, 2, 3, 4, 5, 6, 7, 7],
    actions: '.......H',
  },
  {
    rule: 'logarithm of the original column',
    method: 'WINSORISE_THEN_LOG',
    parameters: { maximumPoints: 1, skewness: 1.5, kurtosis: 1, transform: 'ORIGINAL' },
    values: [NaN, ...POWERS],
    expected: [NaN, ...TO_ELEVEN],
    actions: '.TTTTTTTTTTTT',
  },
  {
    rule: 'logarithm of the winsorised column',
    method: 'WINSORISE_THEN_LOG',
    parameters: { maximumPoints: 1, skewness: 1.5, kurtosis: 1, transform: 'ORIGINAL', combine: true },
    values: [NaN, ...POWERS],
    expected: [NaN, ...TO_ELEVEN.slice(0, 11), 10],
    actions: '.TTTTTTTTTTTH',
  },
  {
    rule: 'still failing after the logarithm: kept, with a warning',
    method: 'WINSORISE_THEN_LOG',
    parameters: { maximumPoints: 1, transform: 'ORIGINAL' },
    values: [...TWENTY_ZEROS, Math.E - 1, Math.E ** 2 - 1],
    expected: [...TWENTY_ZEROS, 1, 2],
    actions: 'TTTTTTTTTTTTTTTTTTTTTT',
    warnings: ['TREATMENT_INSUFFICIENT'],
  },

  // Logarithms.
  {
    rule: 'shifted by 1 % of the range',
    method: 'LOG',
    values: [0, 1, NaN, 100],
    expected: [0, Math.LN2, NaN, Math.log(101)],
    actions: 'TT.T',
  },
  {
    rule: 'mirrored where the tail is low',
    method: 'LOG',
    parameters: { transform: 'CT_PLUS' },
    values: [100, 99, 100, 0],
    expected: [0, -Math.LN2, 0, -Math.log(101)],
    actions: 'TTTT',
  },
  {
    rule: 'mirrored where there is no tail',
    method: 'LOG',
    parameters: { transform: 'CT_PLUS' },
    values: [0, 50, 100],
    expected: [-Math.log(101), -Math.log(51), 0],
    actions: 'TTT',
  },
  {
    rule: 'not mirrored where the tail is high',
    method: 'LOG',
    parameters: { transform: 'CT_PLUS' },
    values: [0, 1, 0, 100],
    expected: [0, Math.LN2, 0, Math.log(101)],
    actions: 'TTTT',
  },
  {
    rule: 'distance from the minimum plus 1',
    method: 'LOG',
    parameters: { transform: 'ORIGINAL' },
    values: [-3, -2],
    expected: [0, Math.LN2],
    actions: 'TT',
  },
  {
    rule: 'both sides of 0',
    method: 'LOG',
    parameters: { transform: 'SIGNED' },
    values: [-1, 0, 1, NaN],
    expected: [-Math.LN2, 0, Math.LN2, NaN],
    actions: 'TTT.',
  },
  {
    rule: 'a constant column too',
    method: 'LOG',
    parameters: { transform: 'SIGNED' },
    values: [1, 1],
    expected: [Math.LN2, Math.LN2],
    actions: 'TT',
  },
  {
    rule: 'from 0 at the minimum to ln max',
    method: 'LOG',
    parameters: { transform: 'GII' },
    values: [-4, 1, 6],
    expected: [0, Math.log(3.5), Math.log(6)],
    actions: 'TTT',
  },
  ...['CT', 'CT_PLUS', 'ORIGINAL', 'GII'].map((transform): Case => ({
    rule: 'a constant column is left',
    method: 'LOG',
    parameters: { transform },
    values: [0.5, NaN, 0.5],
    expected: [0.5, NaN, 0.5],
    actions: '...',
  })),
  { rule: 'an empty column is left', method: 'LOG', values: [NaN], expected: [NaN], actions: '.' },
  {
    rule: 'range beyond the largest double',
    method: 'LOG',
    values: [-MAX, MAX],
    expected: [Math.LN2 * 1025 + Math.log(0.01), Math.LN2 * 1025 + Math.log(1.01)],
    actions: 'TT',
  },
  {
    rule: 'range of one smallest double',
    method: 'LOG',
    values: [0, 5e-324],
    expected: [Math.LN2 * -1074 + Math.log(0.01), Math.LN2 * -1074 + Math.log(1.01)],
    actions: 'TT',
  },
  {
    rule: 'range beyond the largest double',
    method: 'LOG',
    parameters: { transform: 'ORIGINAL' },
    values: [-MAX, MAX],
    expected: [0, Math.LN2 * 1025],
    actions: 'TT',
  },
  {
    rule: 'range beyond the largest double',
    method: 'LOG',
    parameters: { transform: 'GII' },
    values: [-MAX, MAX],
    expected: [0, Math.LN2 * 1024],
    actions: 'TT',
  },

  // Box–Cox (Box and Cox 1964).
  { rule: 'logarithm for 0', method: 'BOX_COX', values: [4, 5, NaN], expected: [0, Math.LN2, NaN], actions: 'TT.' },
  {
    rule: 'square root',
    method: 'BOX_COX',
    parameters: { lambda: 0.5 },
    values: [-1, 2],
    expected: [0, 2],
    actions: 'TT',
  },
  {
    rule: 'without the shift',
    method: 'BOX_COX',
    parameters: { lambda: 2, shift: false },
    values: [3, 0.5],
    expected: [4, -0.375],
    actions: 'TT',
  },
  {
    rule: 'a negative exponent',
    method: 'BOX_COX',
    parameters: { lambda: -1, shift: false },
    values: [4],
    expected: [0.75],
    actions: 'T',
  },
  {
    rule: 'held at the largest double',
    method: 'BOX_COX',
    parameters: { lambda: 5 },
    values: [-MAX, MAX],
    expected: [0, MAX],
    actions: 'TT',
  },
  {
    rule: 'held at the largest double',
    method: 'BOX_COX',
    parameters: { lambda: -5, shift: false },
    values: [5e-324, 1],
    expected: [-MAX, 0],
    actions: 'TT',
  },

  // Percentile clip: position (n − 1) p, so the 25th of five values is the second.
  {
    rule: 'both ends',
    method: 'PERCENTILE_CLIP',
    parameters: { lowerPercentile: 25, upperPercentile: 75 },
    values: [5, 1, NaN, 4, 2, 3],
    expected: [4, 2, NaN, 4, 2, 3],
    actions: 'hl....',
  },
  {
    rule: 'between two values',
    method: 'PERCENTILE_CLIP',
    parameters: { lowerPercentile: 0, upperPercentile: 60 },
    values: [0, 10],
    expected: [0, 6],
    actions: '.h',
  },
  {
    rule: '0 and 100 clip nothing',
    method: 'PERCENTILE_CLIP',
    parameters: { lowerPercentile: 0, upperPercentile: 100 },
    values: [0, 10],
    expected: [0, 10],
    actions: '..',
  },
  {
    rule: 'a constant column is left',
    method: 'PERCENTILE_CLIP',
    values: [0.1, 0.1, 0.1],
    expected: [0.1, 0.1, 0.1],
    actions: '...',
  },
  { rule: 'an empty column is left', method: 'PERCENTILE_CLIP', values: [NaN], expected: [NaN], actions: '.' },
  {
    rule: 'ends of the doubles',
    method: 'PERCENTILE_CLIP',
    parameters: { lowerPercentile: 25, upperPercentile: 75 },
    values: [-MAX, MAX],
    expected: [-MAX / 2, MAX / 2],
    actions: 'lh',
  },
];

describe('written rules of the treatments', () => {
  it.each(CASES)(
    '$method $parameters, $rule: $values',
    ({ method, parameters = {}, values, expected, actions, warnings = [] }) => {
      const raised: Warnings = [];
      const context = treatmentContext(values.length, raised);
      const out = treat(method, Float64Array.from(values), parameters, context);
      expectColumnsAgree(out, expected, method, { relative: 1e-12, absolute: 1e-15 });
      expect([...context.actions]).toEqual(actionsOf(actions));
      expect(raised.map(({ code }) => code)).toEqual(warnings);
    },
  );

  it('names the figures of a column that still fails', () => {
    const raised: Warnings = [];
    const values = Float64Array.of(0, ...TWENTY_ZEROS, 50, 90);
    treat('WINSORISE', values, { maximumPoints: 1 }, treatmentContext(values.length, raised));
    // Two fifties among n = 23, a share p = 2/23 of the values: before the corrections for bias the skewness is
    // (1 − 2p) / √(p(1 − p)) and the excess kurtosis 1 / (p(1 − p)) − 6; with them 3.140 and 8.605.
    expect(raised.map(({ message }) => message)).toEqual([
      'After treatment the skewness is 3.14 (limit 2) and the excess kurtosis 8.61 (limit 3.5).',
    ]);
  });
});

describe('refusals of the treatments', () => {
  it.each([
    { method: 'LOG', parameters: { transform: 'GII' }, values: [0, 1], code: 'PRECONDITION_FAILED' },
    { method: 'BOX_COX', parameters: { shift: false }, values: [0, 1], code: 'PRECONDITION_FAILED' },
    {
      method: 'PERCENTILE_CLIP',
      parameters: { lowerPercentile: 50, upperPercentile: 50 },
      values: [0, 1],
      code: 'BAD_INPUT',
    },
  ])('$method $parameters: $code', ({ method, parameters, values, code }) => {
    const context = treatmentContext(values.length, [], indicator('x'));
    expect(refusalOf(() => treat(method, Float64Array.from(values), parameters, context))).toBe(code);
  });
});
