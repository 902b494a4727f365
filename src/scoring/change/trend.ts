import { kendallCounts, tauBOf } from '../comparison/rank-correlation';
import { at } from '../numeric/at';
import { kendallExactTwoSided, normalTwoSided } from '../numeric/distributions';
import { medianOf } from '../numeric/statistics';

/** Where a value started and ended, and how steadily it moved between. */
export interface Trend {
  /** Years with a value. */
  readonly n: number;
  readonly firstYear: number;
  readonly lastYear: number;
  readonly first: number;
  readonly last: number;
  /** Theil–Sen slope, per year: the median of the slopes between all pairs of years. `NaN` for fewer than 2 years. */
  readonly slope: number;
  /** median(value) − slope × median(year). `NaN` as the slope. */
  readonly intercept: number;
  /** Mann–Kendall S: pairs of years that rise less pairs that fall. */
  readonly s: number;
  /** Kendall's τ-b of value and year, −1 to 1; `NaN` for fewer than 2 years or equal values. */
  readonly tauB: number;
  /** Standard score of S, with tied values in its variance and a continuity correction of 1; 0 where S is. */
  readonly z: number;
  /** Two-sided p-value of `z` by the normal distribution; 1 where S is 0. */
  readonly pValue: number;
  /** Exact two-sided p-value of S; `NaN` where values tie, or for more than {@link LARGEST_EXACT} or fewer than 2 years. */
  readonly exactPValue: number;
  /** Compound annual growth rate, (last / first)^(1 / years between) − 1; `NaN` unless both are above 0 and the years differ. */
  readonly annualGrowth: number;
}

/** Most years that the exact p-value is computed for. */
export const LARGEST_EXACT = 50;

/**
 * The trend of a value over years, by Theil–Sen and Mann–Kendall; years whose value is `NaN` are passed over.
 * Sources: Sen (1968), JASA 63:1379–1389, https://doi.org/10.1080/01621459.1968.10480934; Mann (1945), Econometrica
 * 13:245–259, https://doi.org/10.2307/1907187; Kendall (1975), Rank Correlation Methods, 4th ed. (variance with ties).
 * @param years ascending, without repeats
 * @returns null where no year has a value
 */
export function trendOf(years: readonly number[], values: Float64Array): Trend | null {
  const x = Float64Array.from(years).filter((_, k) => !Number.isNaN(at(values, k)));
  return x.length === 0
    ? null
    : completeTrendOf(
        x,
        values.filter((value) => !Number.isNaN(value)),
      );
}

/**
 * {@link trendOf} where every year has a value.
 * @param x years, ascending, without repeats, at least one
 * @param y their values, without `NaN`
 */
export function completeTrendOf(x: Float64Array, y: Float64Array): Trend {
  const [firstYear, lastYear] = [at(x, 0), at(x, x.length - 1)];
  const [first, last] = [at(y, 0), at(y, y.length - 1)];
  const counts = kendallCounts(x, y);
  const { n, s, tiesY } = counts;
  const slope = medianOf(pairSlopes(x, y));
  const z = standardScore(s, n, tiesY);
  return {
    n,
    firstYear,
    lastYear,
    first,
    last,
    slope,
    intercept: medianOf(y) - slope * medianOf(x),
    s,
    tauB: tauBOf(counts),
    z,
    pValue: normalTwoSided(z),
    exactPValue: tiesY.length === 0 && n >= 2 && n <= LARGEST_EXACT ? kendallExactTwoSided(s, n) : NaN,
    annualGrowth: compoundGrowth(first, last, lastYear - firstYear),
  };
}

/**
 * (last / first)^(1 / years) − 1: the constant yearly growth that leads from `first` to `last`.
 * `NaN` unless both are above 0 and `years` is.
 */
export function compoundGrowth(first: number, last: number, years: number): number {
  if (!(first > 0 && last > 0 && years > 0)) return NaN;
  return Math.expm1((Math.log(last) - Math.log(first)) / years);
}

function pairSlopes(x: Float64Array, y: Float64Array): Float64Array {
  const n = x.length;
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let k = 0;
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) slopes[k++] = (at(y, j) - at(y, i)) / (at(x, j) - at(x, i));
  return slopes;
}

/** S over its standard deviation under no trend, one nearer to 0; the years are all different, the values may tie. */
function standardScore(s: number, n: number, ties: readonly number[]): number {
  if (s === 0) return 0;
  const term = (t: number): number => t * (t - 1) * (2 * t + 5);
  const variance = (term(n) - ties.reduce((sum, t) => sum + term(t), 0)) / 18;
  return (s - Math.sign(s)) / Math.sqrt(variance);
}
