import * as fc from 'fast-check';
import { findOutliers, OUTLIER_RULES, type Outlier, type OutlierRuleName } from '../../../src/scoring/diagnostics';
import { readGolden } from '../../helpers/golden';
import { asem } from '../../helpers/asem';
import { anyColumns, column, columnsFrom, holdsOnlyFinite, near } from './columns';

const cities = 'abcdefghij'.split('');
const by = (rule: OutlierRuleName, values: readonly (number | null)[]): Outlier[] =>
  findOutliers(cities, [column('x', values)]).outliers.filter((outlier) => outlier.rule === rule);

it('COINr 1.1.14 Treat on raw ASEM (20_treat_raw_default_points.csv): the same points where winsorising was enough', () => {
  const { leaves } = asem();
  const points = readGolden('coinr', '20_treat_raw_default_points.csv');
  const raw = readGolden('coinr', '01_raw_numeric.csv').alignedTo('uCode', points.text('uCode'));
  const report = findOutliers(points.text('uCode'), columnsFrom(raw, leaves));
  const found = report.outliers.filter(({ rule }) => rule === 'SKEWNESS_KURTOSIS');
  let columns = 0;
  for (const code of leaves) {
    const marks = points.text(code);
    const here = found.filter(({ indicator }) => indicator === code);
    // A logged column has every cell marked, so which points stood out is not in the file.
    if (marks.includes('log_CT')) expect(here.length).toBeGreaterThan(0);
    else {
      const expected = points.rows.flatMap((row) =>
        row[code] === 'winhi' || row[code] === 'winlo'
          ? [{ city: row['uCode'], side: row[code] === 'winhi' ? 'HIGH' : 'LOW' }]
          : [],
      );
      expect({ code, points: here.map(({ city, side }) => ({ city, side })) }).toEqual({ code, points: expected });
      if (expected.length > 0) columns++;
    }
  }
  expect(columns).toBeGreaterThan(5);
});

describe('distances, worked out by hand', () => {
  // Iglewicz and Hoaglin (1993): ten values of which two, 8.2 and 8.3, mask each other under the ordinary z-score.
  const masked = [2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3];

  it('robust z: median 2.45, MAD 0.15', () => {
    expect(by('ROBUST_Z', masked)).toEqual([
      {
        rule: 'ROBUST_Z',
        indicator: 'x',
        city: 'i',
        value: 8.2,
        side: 'HIGH',
        distance: near((0.6745 * 5.75) / 0.15, 9),
      },
      {
        rule: 'ROBUST_Z',
        indicator: 'x',
        city: 'j',
        value: 8.3,
        side: 'HIGH',
        distance: near((0.6745 * 5.85) / 0.15, 9),
      },
    ]);
  });

  it('fences: quartiles 2.3 and 2.6, so 8.2 is 5.6 / 0.3 interquartile ranges out', () => {
    expect(by('IQR_FENCES', masked)).toMatchObject([
      { city: 'i', side: 'HIGH', distance: near(5.6 / 0.3, 9) },
      { city: 'j', side: 'HIGH', distance: near(5.7 / 0.3, 9) },
    ]);
    expect(
      by(
        'IQR_FENCES',
        masked.map((value) => -value),
      ),
    ).toMatchObject([
      { city: 'i', value: -8.2, side: 'LOW', distance: near(5.6 / 0.3, 9) },
      { city: 'j', side: 'LOW' },
    ]);
  });

  it('a value on the fence is inside it', () => {
    // Quartiles of 0, 1, 2, 3, 4.5 are 1 and 3; the upper fence is 3 + 1.5 × 2 = 6.
    expect(by('IQR_FENCES', [0, 1, 2, 3, 6])).toEqual([]);
    expect(by('IQR_FENCES', [0, 1, 2, 3, 6.01])).toHaveLength(1);
  });

  it('skewness and kurtosis: the one value that stands apart, in standard deviations', () => {
    // Nine zeros and a one: mean 0.1, sd √(0.09 + 0.81) / 3 = √0.1.
    const [only, ...rest] = by('SKEWNESS_KURTOSIS', [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(only).toMatchObject({ city: 'j', side: 'HIGH', distance: near(0.9 / Math.sqrt(0.1), 9) });
    expect(rest).toEqual([]);
  });
});

describe('a rule that cannot be used says why', () => {
  it.each([
    [
      [null, null],
      ['NO_VALUES', 'NO_VALUES', 'NO_VALUES'],
    ],
    [
      [1, 2, 30],
      ['TOO_FEW_VALUES', 'TOO_FEW_VALUES', 'TOO_FEW_VALUES'],
    ],
    [
      [5, 5, 5, 5, null],
      ['CONSTANT', 'CONSTANT', 'CONSTANT'],
    ],
    [
      [5, 5, 5, 5, 5, 9],
      ['NO_SPREAD', 'NO_SPREAD'],
    ],
  ] as const)('%j', (values, reasons) => {
    const { notUsed } = findOutliers(cities, [column('x', values)]);
    expect(notUsed).toEqual(reasons.map((reason, k) => ({ rule: OUTLIER_RULES[k], indicator: 'x', reason })));
  });
});

it('limits can be set', () => {
  const columns = [column('x', [1, 2, 3, 4, 6])];
  expect(findOutliers(cities, columns).outliers).toEqual([]);
  const strict = { fence: 0.5, robustZ: 2, skewness: 0.5, kurtosis: -1, maximumPoints: 1 };
  expect(findOutliers(cities, columns, strict).outliers.map(({ rule, city }) => [rule, city])).toEqual([
    ['IQR_FENCES', 'e'],
    ['ROBUST_Z', 'e'],
    ['SKEWNESS_KURTOSIS', 'e'],
  ]);
});

it('any columns: only finite figures, only values that are there, each beyond its limit, whatever the unit', () => {
  fc.assert(
    fc.property(anyColumns, (columns) => {
      const names = Array.from({ length: 12 }, (_, i) => String(i));
      const { outliers } = findOutliers(names, columns);
      expect(holdsOnlyFinite(outliers)).toBe(true);
      for (const { rule, distance, city, indicator, value } of outliers) {
        expect(distance).toBeGreaterThan({ IQR_FENCES: 1.5, ROBUST_Z: 3.5, SKEWNESS_KURTOSIS: 0 }[rule]);
        expect(columns.find(({ code }) => code === indicator)?.values[Number(city)]).toBe(value);
      }
    }),
  );
});
