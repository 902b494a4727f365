import * as fc from 'fast-check';
import { describe as describeColumns, type DescriptiveStatistics } from '../../../src/scoring/diagnostics';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';
import { anyColumns, column, columnsFrom, holdsOnlyFinite } from './columns';

const only = (values: readonly (number | null)[]): DescriptiveStatistics => {
  const [statistics] = describeColumns([column('x', values)]);
  if (!statistics) throw new Error('No statistics.');
  return statistics;
};

describe('COINr 1.1.14 get_stats (22_stats_raw.csv)', () => {
  const expected = readGolden('coinr', '22_stats_raw.csv');
  const codes = expected.text('iCode');
  const actual = describeColumns(columnsFrom(readGolden('coinr', '01_raw_numeric.csv'), codes));

  it.each([
    ['Min', (s: DescriptiveStatistics) => s.minimum.value],
    ['Max', (s: DescriptiveStatistics) => s.maximum.value],
    ['Mean', (s: DescriptiveStatistics) => s.mean.value],
    ['Median', (s: DescriptiveStatistics) => s.median.value],
    ['Std', (s: DescriptiveStatistics) => s.standardDeviation.value],
    ['Skew', (s: DescriptiveStatistics) => s.skewness.value],
    ['Kurt', (s: DescriptiveStatistics) => s.kurtosis.value],
    ['N.Avail', (s: DescriptiveStatistics) => s.count],
    ['N.NonZero', (s: DescriptiveStatistics) => s.count - s.zeros],
    ['N.Unique', (s: DescriptiveStatistics) => s.distinct],
    ['N.Same', (s: DescriptiveStatistics) => s.mostFrequentCount],
    ['Frc.Same', (s: DescriptiveStatistics) => s.mostFrequentShare.value],
    ['Frc.Avail', (s: DescriptiveStatistics) => s.count / (s.count + s.missing)],
  ] as const)('%s of all 49 indicators', (name, pick) => {
    expectColumnsAgree(
      actual.map((s) => pick(s) ?? NaN),
      expected.numbers(name),
      name,
      { labels: codes, absolute: 0 },
    );
  });

  it('Flag.SkewKurt: the same columns are flagged', () => {
    expect(actual.map(({ outlying }) => (outlying ? 'OUT' : 'ok'))).toEqual(expected.text('Flag.SkewKurt'));
  });
});

describe('quartiles by type 7 (R: quantile(c(1, 2, 3, 4, 10)) is 1, 2, 3, 4, 10; of 1..4 is 1.75, 3.25)', () => {
  it.each([
    [[10, 1, 3, 2, 4], 2, 4],
    [[4, 3, 2, 1], 1.75, 3.25],
    [[7, null], 7, 7],
  ])('%j', (values, lower, upper) => {
    expect(only(values).lowerQuartile).toEqual({ value: lower, reason: null });
    expect(only(values).upperQuartile).toEqual({ value: upper, reason: null });
  });
});

describe('what does not exist is null, with its reason', () => {
  it.each([
    [[null, null], 'mean', 'NO_VALUES'],
    [[], 'minimum', 'NO_VALUES'],
    [[null], 'mostFrequentShare', 'NO_VALUES'],
    [[5], 'standardDeviation', 'TOO_FEW_VALUES'],
    [[5, 6], 'skewness', 'TOO_FEW_VALUES'],
    [[5, 6, 7], 'kurtosis', 'TOO_FEW_VALUES'],
    [[5, 5, 5], 'skewness', 'CONSTANT'],
    [[5, 5, 5, 5], 'kurtosis', 'CONSTANT'],
  ] as const)('%j: %s is null, %s', (values, statistic, reason) => {
    expect(only(values)[statistic]).toEqual({ value: null, reason });
    expect(only(values).outlying).toBeNull();
  });

  it('a constant column has a standard deviation of exactly 0', () => {
    expect(only([0.1, 0.1, 0.1]).standardDeviation).toEqual({ value: 0, reason: null });
  });

  it('counts 0 and −0 as one value', () => {
    expect(only([0, -0, 1])).toMatchObject({ distinct: 2, zeros: 2, mostFrequentCount: 2 });
  });

  it('takes the mean of values whose sum is past the largest double', () => {
    expect(only([1.5e308, 1.5e308, 1.2e308]).mean.value).toBeCloseTo(1.4e308, -295);
  });

  it('has no other number than a finite one, and orders its quantiles', () => {
    fc.assert(
      fc.property(anyColumns, (columns) => {
        for (const s of describeColumns(columns)) {
          expect(holdsOnlyFinite(s)).toBe(true);
          expect(s.count + s.missing).toBe(columns[0]?.values.length);
          const quantiles = [s.minimum, s.lowerQuartile, s.median, s.upperQuartile, s.maximum].map(
            ({ value }) => value ?? 0,
          );
          expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
        }
      }),
    );
  });
});
