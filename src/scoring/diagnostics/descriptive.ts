import { countOf, meanOf, quantileSorted, sortedPresent, standardDeviationOf } from '../numeric/statistics';
import { at } from '../numeric/at';
import { testOutliers, type OutlierLimits } from '../numeric/outliers';
import { scaleOf } from '../numeric/scale';
import { absent, isConstant, measured, type AbsenceReason, type Measure, type NamedColumn } from './measure';

/** Descriptive statistics of one column, over the cities that have a value. */
export interface DescriptiveStatistics {
  readonly code: string;
  /** Cities with a value. */
  readonly count: number;
  readonly missing: number;
  /** Values equal to 0. */
  readonly zeros: number;
  /** Different values. */
  readonly distinct: number;
  /** How often the most frequent value occurs. */
  readonly mostFrequentCount: number;
  /** `mostFrequentCount` as a share of `count`, 0 to 1. */
  readonly mostFrequentShare: Measure;
  readonly minimum: Measure;
  readonly maximum: Measure;
  readonly mean: Measure;
  readonly median: Measure;
  /** 25th percentile by linear interpolation (type 7 of Hyndman and Fan 1996). */
  readonly lowerQuartile: Measure;
  readonly upperQuartile: Measure;
  /** With n − 1 below; 0 for a constant column of 2 or more values. */
  readonly standardDeviation: Measure;
  /** Adjusted for bias; needs 3 values that differ. */
  readonly skewness: Measure;
  /** Adjusted excess kurtosis; needs 4 values that differ. */
  readonly kurtosis: Measure;
  /** Whether |skewness| and kurtosis both reach their limits; null where one of them is. */
  readonly outlying: boolean | null;
}

/** |skewness| of 2 or more together with an excess kurtosis of 3.5 or more: the JRC's limits, COINr's defaults. */
export const DEFAULT_OUTLIER_LIMITS: OutlierLimits = { skewness: 2, kurtosis: 3.5 };

/**
 * Descriptive statistics of each column.
 * Sources: OECD/JRC (2008), Handbook, step 2, https://doi.org/10.1787/9789264043466-en; Joanes and Gill (1998), Comparing
 * measures of sample skewness and kurtosis, The Statistician 47:183–189, https://doi.org/10.1111/1467-9884.00122 (type 2).
 */
export function describe(
  columns: readonly NamedColumn[],
  limits: OutlierLimits = DEFAULT_OUTLIER_LIMITS,
): DescriptiveStatistics[] {
  return columns.map((column) => describeColumn(column, limits));
}

function describeColumn({ code, values }: NamedColumn, limits: OutlierLimits): DescriptiveStatistics {
  const count = countOf(values);
  const sorted = sortedPresent(values);
  const { distinct, mostFrequentCount } = runsOf(sorted);
  const constant = isConstant(values);
  const test = testOutliers(values, limits);
  const needs = (atLeast: number, figure: () => number, reasonOfConstant: AbsenceReason | null = null): Measure => {
    if (count === 0) return absent('NO_VALUES');
    if (count < atLeast) return absent('TOO_FEW_VALUES');
    if (constant && reasonOfConstant) return absent(reasonOfConstant);
    return measured(figure());
  };
  return {
    code,
    count,
    missing: values.length - count,
    zeros: sorted.reduce((zeros, value) => (value === 0 ? zeros + 1 : zeros), 0),
    distinct,
    mostFrequentCount,
    mostFrequentShare: needs(1, () => mostFrequentCount / count),
    minimum: needs(1, () => at(sorted, 0)),
    maximum: needs(1, () => at(sorted, count - 1)),
    mean: needs(1, () => safeMean(values)),
    median: needs(1, () => quantileSorted(sorted, 0.5)),
    lowerQuartile: needs(1, () => quantileSorted(sorted, 0.25)),
    upperQuartile: needs(1, () => quantileSorted(sorted, 0.75)),
    standardDeviation: needs(2, () => standardDeviationOf(values, 'SAMPLE')),
    skewness: needs(3, () => test.skewness, 'CONSTANT'),
    kurtosis: needs(4, () => test.kurtosis, 'CONSTANT'),
    outlying: Number.isNaN(test.kurtosis) ? null : !test.passes,
  };
}

/** The mean of values whose sum may be past the largest double. */
function safeMean(values: Float64Array): number {
  const scale = scaleOf(values);
  return scale === 1 ? meanOf(values) : meanOf(values.map((value) => value * scale)) / scale;
}

/** Different values, and the length of the longest run, of ascending values. 0 and −0 are one value. */
function runsOf(sorted: Float64Array): { distinct: number; mostFrequentCount: number } {
  let distinct = 0;
  let mostFrequentCount = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && at(sorted, end) === at(sorted, start)) end++;
    distinct++;
    mostFrequentCount = Math.max(mostFrequentCount, end - start);
    start = end;
  }
  return { distinct, mostFrequentCount };
}
