import type { ParameterRecord } from '../../../src/scoring/parameters';
import { asemCities, asemCodes, asemIndicators, asemRaw, asemUnits, asemValues } from '../../helpers/asem-table';
import { city, impute, imputationContext, indicator, type Warnings } from '../../helpers/contexts';
import { expectColumnsAgree } from '../../helpers/golden';
import { numpyColumns } from '../../helpers/numpy';

const _ = NaN;

interface Case {
  readonly name: string;
  readonly parameters: ParameterRecord;
  readonly rows: readonly (readonly number[])[];
  readonly expected: readonly (readonly number[])[];
}

const weighted = (values: readonly number[], distances: readonly number[]): number =>
  values.reduce((sum, x, k) => sum + x / (distances[k] ?? NaN), 0) / distances.reduce((sum, d) => sum + 1 / d, 0);

// Figures of scikit-learn's documentation of KNNImputer and of its test suite (sklearn/impute/tests/test_knn.py).
const CASES: readonly Case[] = [
  {
    name: 'the example of the documentation',
    parameters: { neighbours: 2 },
    rows: [
      [1, 2, _],
      [3, 4, 3],
      [_, 6, 5],
      [8, 8, 7],
    ],
    expected: [
      [1, 2, 4],
      [3, 4, 3],
      [5.5, 6, 5],
      [8, 8, 7],
    ],
  },
  {
    name: 'five neighbours of seven rows',
    parameters: {},
    rows: [
      [1, 0, 0, 1],
      [2, 1, 2, _],
      [3, 2, 3, _],
      [_, 4, 5, 5],
      [6, _, 6, 7],
      [8, 8, 8, 8],
      [16, 15, 18, 19],
    ],
    expected: [
      [1, 0, 0, 1],
      [2, 1, 2, 8],
      [3, 2, 3, 8],
      [4, 4, 5, 5],
      [6, 3, 6, 7],
      [8, 8, 8, 8],
      [16, 15, 18, 19],
    ],
  },
  {
    name: 'fewer donors than neighbours: all of them',
    parameters: {},
    rows: [
      [1, 0, 0, _],
      [2, 1, 2, _],
      [8, 8, 8, _],
      [20, 20, 20, 20],
      [22, 22, 22, 22],
    ],
    expected: [
      [1, 0, 0, 21],
      [2, 1, 2, 21],
      [8, 8, 8, 21],
      [20, 20, 20, 20],
      [22, 22, 22, 22],
    ],
  },
  {
    name: 'one neighbour',
    parameters: { neighbours: 1 },
    rows: [
      [0, 0],
      [_, 2],
      [4, 3],
      [5, _],
      [7, 7],
      [_, 8],
      [14, 13],
    ],
    expected: [
      [0, 0],
      [4, 2],
      [4, 3],
      [5, 3],
      [7, 7],
      [7, 8],
      [14, 13],
    ],
  },
  {
    name: 'no shared indicator: the mean of the column',
    parameters: { neighbours: 1, distanceWeights: 'DISTANCE' },
    rows: [
      [_, 11],
      [_, 1],
      [3, _],
    ],
    expected: [
      [3, 11],
      [3, 1],
      [3, 6],
    ],
  },
  {
    name: 'weights by distance, distances scaled up for missing indicators',
    parameters: { neighbours: 2, distanceWeights: 'DISTANCE' },
    rows: [
      [_, 0, 0],
      [2, 1, 2],
      [3, 2, 3],
      [4, 5, 5],
    ],
    expected: [
      [weighted([2, 3], [Math.sqrt(1.5 * (1 + 4)), Math.sqrt(1.5 * (4 + 9))]), 0, 0],
      [2, 1, 2],
      [3, 2, 3],
      [4, 5, 5],
    ],
  },
];

const columnMajor = (rows: readonly (readonly number[])[]): Float64Array =>
  Float64Array.from((rows[0] ?? []).flatMap((_cell, j) => rows.map((row) => row[j] ?? NaN)));

describe('K_NEAREST_NEIGHBOURS against scikit-learn', () => {
  it.each(CASES)('$name', ({ parameters, rows, expected }) => {
    const cities = rows.map((_row, i) => city(`c${String(i)}`));
    const indicators = (rows[0] ?? []).map((_cell, j) => indicator(`x${String(j)}`));
    const context = imputationContext(cities, indicators);
    const out = impute('K_NEAREST_NEIGHBOURS', columnMajor(rows), { standardise: false, ...parameters }, context);
    expectColumnsAgree(out, columnMajor(expected), 'cell');
  });
});

// test/golden/numpy/make.py holds a slow implementation on nested loops.
describe('K_NEAREST_NEIGHBOURS against NumPy on ASEM’s raw data', () => {
  it.each([
    { name: 'knn_5_uniform', parameters: {} },
    { name: 'knn_3_distance', parameters: { neighbours: 3, distanceWeights: 'DISTANCE' } },
    { name: 'knn_5_distance_natural', parameters: { distanceWeights: 'DISTANCE', standardise: false } },
  ])('$name', ({ name, parameters }) => {
    const values = asemValues(asemRaw);
    const out = impute('K_NEAREST_NEIGHBOURS', values, parameters, imputationContext(asemCities, asemIndicators));
    const n = asemUnits.length;
    for (const [j, wanted] of numpyColumns(name).entries()) {
      const column = values.subarray(j * n, (j + 1) * n);
      const expected = wanted.map((x, i) => (Number.isNaN(column[i] ?? NaN) ? x : (column[i] ?? NaN)));
      expectColumnsAgree(out.subarray(j * n, (j + 1) * n), expected, asemCodes[j] ?? '', { labels: asemUnits });
    }
  });
});

describe('K_NEAREST_NEIGHBOURS', () => {
  const cities = ['b', 'a', 'c'].map((code) => city(code));
  const indicators = ['x', 'y'].map((code) => indicator(code));

  it('takes equal distances in order of city code, whatever the order of the table', () => {
    const out = impute(
      'K_NEAREST_NEIGHBOURS',
      columnMajor([
        [1, 10],
        [1, 20],
        [1, _],
      ]),
      { neighbours: 1 },
      imputationContext(cities, indicators),
    );
    expect(out[5]).toBe(20);
  });

  it('counts only the cities at distance 0 where there are any and weights are by distance', () => {
    const out = impute(
      'K_NEAREST_NEIGHBOURS',
      columnMajor([
        [1, 10],
        [3, 20],
        [1, _],
      ]),
      { neighbours: 2, distanceWeights: 'DISTANCE' },
      imputationContext(cities, indicators),
    );
    expect(out[5]).toBe(10);
  });

  it('notes the gaps that got the mean of the column, and leaves an empty indicator empty', () => {
    const warnings: Warnings = [];
    const out = impute(
      'K_NEAREST_NEIGHBOURS',
      columnMajor([
        [1, _],
        [2, _],
        [_, _],
      ]),
      {},
      imputationContext(cities, indicators, {}, warnings),
    );
    expect([...out]).toEqual([1, 2, 1.5, NaN, NaN, NaN]);
    expect(warnings.map((w) => w.code)).toEqual(['METHOD_NOTE']);
  });
});
