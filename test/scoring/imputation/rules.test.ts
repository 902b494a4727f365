import type { ImputationContext } from '../../../src/scoring/descriptor';
import type { WarningCode } from '../../../src/scoring/errors';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { city, impute, imputationContext, indicator, refusalOf, type Warnings } from '../../helpers/contexts';
import { expectColumnsAgree } from '../../helpers/golden';

const MAX = Number.MAX_VALUE;
const _ = NaN;

interface Case {
  readonly rule: string;
  readonly method: string;
  readonly parameters?: ParameterRecord;
  /** One list for each indicator, one cell for each city. */
  readonly columns: readonly (readonly number[])[];
  readonly expected: readonly (readonly number[])[];
  readonly directions?: readonly (1 | -1 | 0)[];
  readonly dimensions?: readonly number[];
  /** Group of each city in the grouping `tier`. */
  readonly tiers?: readonly (string | null)[];
  /** First indicator's column in other years than 2020. */
  readonly history?: Readonly<Record<number, readonly number[]>>;
  readonly warnings?: readonly WarningCode[];
}

function contextOf(
  { columns, directions, dimensions, tiers, history = {} }: Case,
  warnings: Warnings,
): ImputationContext {
  const n = columns[0]?.length ?? 0;
  const cities = Array.from({ length: n }, (_cell, i) => city(`c${String(i)}`, { tier: tiers?.[i] ?? null }));
  const indicators = columns.map((_column, j) => indicator(`x${String(j)}`, { direction: directions?.[j] ?? 1 }));
  const byYear = new Map(Object.entries(history).map(([year, column]) => [Number(year), Float64Array.from(column)]));
  byYear.set(2020, Float64Array.from(columns[0] ?? []));
  const years = [...byYear.keys()].sort((a, b) => a - b);
  return imputationContext(
    cities,
    indicators,
    {
      year: 2020,
      history: () => ({ years, columns: years.map((year) => byYear.get(year) ?? new Float64Array(n)) }),
      ...(dimensions ? { dimensionOf: Int32Array.from(dimensions) } : {}),
    },
    warnings,
  );
}

const NOTE: readonly WarningCode[] = ['METHOD_NOTE'];

const CASES: readonly Case[] = [
  { rule: 'gaps stay', method: 'NONE', columns: [[1, _]], expected: [[1, _]] },
  {
    rule: 'each column by itself',
    method: 'MEAN',
    columns: [
      [1, _, 5],
      [_, 2, 2],
    ],
    expected: [
      [1, 3, 5],
      [2, 2, 2],
    ],
  },
  { rule: 'an empty column stays empty', method: 'MEAN', columns: [[_, _]], expected: [[_, _]] },
  { rule: 'a sum beyond the largest double', method: 'MEAN', columns: [[MAX, MAX, _]], expected: [[MAX, MAX, MAX]] },
  { rule: 'middle two of an even count', method: 'MEDIAN', columns: [[9, _, 1, 2, 4]], expected: [[9, 3, 1, 2, 4]] },
  {
    rule: 'middle two beyond the largest double',
    method: 'MEDIAN',
    columns: [[MAX, MAX, _]],
    expected: [[MAX, MAX, MAX]],
  },
  {
    rule: 'a stated value',
    method: 'CONSTANT',
    parameters: { value: -2 },
    columns: [
      [1, _],
      [_, _],
    ],
    expected: [
      [1, -2],
      [-2, -2],
    ],
  },

  {
    rule: 'over the city’s own group',
    method: 'GROUP_MEAN',
    parameters: { by: 'tier' },
    tiers: ['A', 'A', 'B', 'A', 'B'],
    columns: [[1, 4, 8, _, _]],
    expected: [[1, 4, 8, 2.5, 8]],
  },
  {
    rule: 'over the city’s own group',
    method: 'GROUP_MEDIAN',
    parameters: { by: 'tier' },
    tiers: ['A', 'A', 'A', 'A', 'B'],
    columns: [[1, 2, 9, _, 4]],
    expected: [[1, 2, 9, 2, 4]],
  },
  {
    rule: 'a city in no group, and a group without a value: gaps stay',
    method: 'GROUP_MEAN',
    parameters: { by: 'tier' },
    tiers: ['A', null, 'B'],
    columns: [[1, _, _]],
    expected: [[1, _, _]],
    warnings: NOTE,
  },
  {
    rule: 'complete columns are left',
    method: 'GROUP_MEDIAN',
    parameters: { by: 'tier' },
    tiers: ['A', null],
    columns: [[1, 2]],
    expected: [[1, 2]],
  },

  // The city stands at 1/4 and 3/4 of its other indicators.
  {
    rule: 'mean place within the dimension',
    method: 'ROW_MEAN',
    columns: [
      [0, 4, 1],
      [0, 4, 3],
      [10, 20, _],
    ],
    expected: [
      [0, 4, 1],
      [0, 4, 3],
      [10, 20, 15],
    ],
  },
  {
    rule: 'a cost is read the other way round',
    method: 'ROW_MEAN',
    directions: [1, -1],
    columns: [
      [0, 4, 1],
      [10, 20, _],
    ],
    expected: [
      [0, 4, 1],
      [10, 20, 17.5],
    ],
  },
  {
    rule: 'an indicator without direction is read as more is better',
    method: 'ROW_MEAN',
    directions: [0, 1],
    columns: [
      [0, 4, 1],
      [10, 20, _],
    ],
    expected: [
      [0, 4, 1],
      [10, 20, 12.5],
    ],
  },
  {
    rule: 'median place within the dimension',
    method: 'ROW_MEDIAN',
    columns: [
      [0, 4, 1],
      [0, 4, 4],
      [0, 4, 1],
      [10, 20, _],
    ],
    expected: [
      [0, 4, 1],
      [0, 4, 4],
      [0, 4, 1],
      [10, 20, 12.5],
    ],
  },
  {
    rule: 'other dimensions do not count',
    method: 'ROW_MEAN',
    dimensions: [0, 1, 1],
    columns: [
      [0, 4, 4],
      [0, 4, 1],
      [10, 20, _],
    ],
    expected: [
      [0, 4, 4],
      [0, 4, 1],
      [10, 20, 12.5],
    ],
  },
  {
    rule: 'no other indicator of the dimension: the gap stays',
    method: 'ROW_MEAN',
    dimensions: [0, 1],
    columns: [
      [0, 4, 4],
      [10, 20, _],
    ],
    expected: [
      [0, 4, 4],
      [10, 20, _],
    ],
    warnings: NOTE,
  },
  {
    rule: 'an empty indicator stays empty',
    method: 'ROW_MEDIAN',
    columns: [
      [0, 4],
      [_, _],
    ],
    expected: [
      [0, 4],
      [_, _],
    ],
    warnings: NOTE,
  },
  {
    rule: 'a constant column stands at one half',
    method: 'ROW_MEAN',
    columns: [
      [7, 7, 7],
      [10, 20, _],
    ],
    expected: [
      [7, 7, 7],
      [10, 20, 15],
    ],
  },
  {
    rule: 'a gap in a constant column gets the constant',
    method: 'ROW_MEAN',
    columns: [
      [0, 4, 1],
      [0.1, 0.1, _],
    ],
    expected: [
      [0, 4, 1],
      [0.1, 0.1, 0.1],
    ],
  },
  {
    rule: 'ends of the doubles',
    method: 'ROW_MEAN',
    columns: [
      [-MAX, MAX, 0],
      [-MAX, MAX, _],
    ],
    expected: [
      [-MAX, MAX, 0],
      [-MAX, MAX, 0],
    ],
  },
  {
    rule: 'smallest doubles',
    method: 'ROW_MEAN',
    columns: [
      [0, 5e-324, 5e-324],
      [10, 20, _],
    ],
    expected: [
      [0, 5e-324, 5e-324],
      [10, 20, 20],
    ],
  },

  {
    rule: 'the latest earlier year',
    method: 'LATEST',
    columns: [[_, 5]],
    history: { 2015: [1, 1], 2018: [2, 2], 2021: [9, 9] },
    expected: [[2, 5]],
  },
  {
    rule: 'within the limit',
    method: 'LATEST',
    parameters: { maximumYears: 2 },
    columns: [[_]],
    history: { 2018: [2] },
    expected: [[2]],
  },
  {
    rule: 'beyond the limit the gap stays',
    method: 'LATEST',
    parameters: { maximumYears: 1 },
    columns: [[_]],
    history: { 2018: [2] },
    expected: [[_]],
    warnings: NOTE,
  },
  {
    rule: 'later years only with carryBackward',
    method: 'LATEST',
    columns: [[_]],
    history: { 2021: [9] },
    expected: [[_]],
    warnings: NOTE,
  },
  {
    rule: 'the earliest later year',
    method: 'LATEST',
    parameters: { carryBackward: true },
    columns: [[_]],
    history: { 2021: [9], 2022: [8] },
    expected: [[9]],
  },
  {
    rule: 'a later year beyond the limit: the gap stays',
    method: 'LATEST',
    parameters: { carryBackward: true, maximumYears: 1 },
    columns: [[_]],
    history: { 2022: [8] },
    expected: [[_]],
    warnings: NOTE,
  },
  {
    rule: 'an earlier value that is too old is not replaced by a later one',
    method: 'LATEST',
    parameters: { carryBackward: true, maximumYears: 1 },
    columns: [[_]],
    history: { 2015: [1], 2021: [9] },
    expected: [[_]],
    warnings: NOTE,
  },
  {
    rule: 'nothing at all',
    method: 'LATEST',
    parameters: { carryBackward: true },
    columns: [[_]],
    expected: [[_]],
    warnings: NOTE,
  },

  {
    rule: 'a quarter of the way',
    method: 'LINEAR',
    columns: [[_, 1]],
    history: { 2010: [7, 7], 2019: [10, 3], 2023: [20, 3] },
    expected: [[12.5, 1]],
  },
  {
    rule: 'no later value: the gap stays',
    method: 'LINEAR',
    columns: [[_]],
    history: { 2019: [10] },
    expected: [[_]],
    warnings: NOTE,
  },
  {
    rule: 'no earlier value: the gap stays',
    method: 'LINEAR',
    columns: [[_]],
    history: { 2021: [10] },
    expected: [[_]],
    warnings: NOTE,
  },
  {
    rule: 'equal ends give themselves',
    method: 'LINEAR',
    columns: [[_]],
    history: { 2019: [0.1], 2022: [0.1] },
    expected: [[0.1]],
  },
  {
    rule: 'ends of the doubles',
    method: 'LINEAR',
    columns: [[_]],
    history: { 2019: [-MAX], 2021: [MAX] },
    expected: [[0]],
  },
  {
    rule: 'between two values',
    method: 'LINEAR_HELD_ENDS',
    columns: [[_]],
    history: { 2019: [10], 2023: [20] },
    expected: [[12.5]],
  },
  {
    rule: 'the last is held',
    method: 'LINEAR_HELD_ENDS',
    columns: [[_]],
    history: { 2018: [9], 2019: [10] },
    expected: [[10]],
  },
  {
    rule: 'the first is held',
    method: 'LINEAR_HELD_ENDS',
    columns: [[_]],
    history: { 2021: [10], 2022: [11] },
    expected: [[10]],
  },
  { rule: 'nothing at all', method: 'LINEAR_HELD_ENDS', columns: [[_]], expected: [[_]], warnings: NOTE },
];

describe('written rules of the imputations', () => {
  it.each(CASES)('$method, $rule', (example) => {
    const warnings: Warnings = [];
    const values = Float64Array.from(example.columns.flat());
    const out = impute(example.method, values, example.parameters ?? {}, contextOf(example, warnings));
    expectColumnsAgree(out, example.expected.flat(), 'cell', { relative: 1e-15, absolute: 0 });
    expect(warnings.map(({ code }) => code)).toEqual(example.warnings ?? []);
  });

  it('says how many gaps stay and why', () => {
    const messages = (columns: readonly (readonly number[])[]): string[] => {
      const warnings: Warnings = [];
      const example: Case = { rule: '', method: 'LINEAR', columns, expected: [] };
      impute('LINEAR', Float64Array.from(columns.flat()), {}, contextOf(example, warnings));
      return warnings.map(({ message }) => message);
    };
    expect(messages([[_, 1]])).toEqual([
      '1 missing value stays missing: the other years have no value that the method may use.',
    ]);
    expect(messages([[_, _]])).toEqual([
      '2 missing values stay missing: the other years have no value that the method may use.',
    ]);
  });

  it('names the groupings there are where one is unknown', () => {
    const example: Case = { rule: '', method: 'GROUP_MEAN', columns: [[1, _]], tiers: ['A', 'B'], expected: [] };
    const fill = (): unknown => impute('GROUP_MEAN', Float64Array.of(1, _), { by: 'region' }, contextOf(example, []));
    expect(refusalOf(fill)).toBe('NOT_FOUND');
    expect(fill).toThrow(/No city is in a group of the grouping region/);
  });

  it('says so where the cities have no groupings', () => {
    const context = imputationContext([city('a')], [indicator('x')]);
    expect(refusalOf(() => impute('GROUP_MEAN', Float64Array.of(_), { by: 'tier' }, context))).toBe('NOT_FOUND');
  });

  it('accepts a table without cities', () => {
    const fill = (): unknown =>
      impute('GROUP_MEAN', new Float64Array(0), { by: 'tier' }, imputationContext([], [indicator('x')]));
    expect(refusalOf(fill)).toBeNull();
  });
});
