import { at } from '../numeric/at';
import { chiSquareQuantile } from '../numeric/distributions';
import { scaleOf } from '../numeric/scale';
import { countOf, meanOf, sortedPresent, standardDeviationOf } from '../numeric/statistics';

/** Spread of a column relative to its mean. */
export interface RelativeSpread {
  readonly mean: number;
  /** Sample standard deviation, n − 1; `NaN` for fewer than 2 values. */
  readonly standardDeviation: number;
  /** Standard deviation over mean; `NaN` for fewer than 2 values or a mean that is not above 0. */
  readonly coefficient: number;
  /** Lower end of the confidence interval; `NaN` where the coefficient is, 0 where that is 0. */
  readonly low: number;
  /** Upper end; `NaN` where the coefficient is, or where it is so large that the method bounds it by nothing. */
  readonly high: number;
}

/**
 * Coefficient of variation with the modified McKay interval of Vangel: with K the coefficient, ν = n − 1 and u the
 * 1 − α/2 and α/2 quantiles of χ²(ν), the ends are K / √(((u + 2) / n − 1) K² + u / ν). It assumes a normal population
 * and is meant for coefficients below about 0.33.
 * Source: Vangel (1996), Confidence intervals for a normal coefficient of variation, The American Statistician 50:21–26,
 * https://doi.org/10.1080/00031305.1996.10473537.
 * @param confidence coverage, such as 0.95; between 0 and 1
 */
export function relativeSpread(values: Float64Array, confidence: number): RelativeSpread {
  const n = countOf(values);
  const mean = meanOf(values);
  const standardDeviation = standardDeviationOf(values, 'SAMPLE');
  const coefficient = mean > 0 ? standardDeviation / mean : NaN;
  const end = (p: number): number => {
    const u = chiSquareQuantile(p, n - 1);
    const square = ((u + 2) / n - 1) * coefficient * coefficient + u / (n - 1);
    return square > 0 ? coefficient / Math.sqrt(square) : NaN;
  };
  const defined = !Number.isNaN(coefficient);
  return {
    mean,
    standardDeviation,
    coefficient,
    low: defined ? end((1 + confidence) / 2) : NaN,
    high: defined ? end((1 - confidence) / 2) : NaN,
  };
}

/**
 * Gini coefficient: Σ (2i − n − 1) x₍ᵢ₎ / (n² mean), 0 where all are equal, (n − 1)/n where one has everything; without
 * the small-sample factor n / (n − 1). `NaN` where a value is negative, or none is above 0.
 */
export function gini(values: Float64Array): number {
  const sorted = sortedPresent(values);
  const n = sorted.length;
  const mean = meanOf(sorted);
  if (!(mean > 0) || at(sorted, 0) < 0) return NaN;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (2 * i + 1 - n) * (at(sorted, i) / mean);
  return Math.max(0, sum / (n * n));
}

/** Theil's T split by groups: `total = within + between`. */
export interface TheilSplit {
  readonly total: number;
  /** Inequality inside the groups: each group's own index, weighted by its share of the sum of all values. */
  readonly within: number;
  /** Inequality if every city had its group's mean. */
  readonly between: number;
}

/**
 * Theil's T, (1/n) Σ (x / mean) ln(x / mean), with x ln x = 0 at 0, and its exact split by groups.
 * `NaN` where a value is negative, or none is above 0.
 * Source: Theil (1967), Economics and Information Theory, chapter 4; Shorrocks (1980), Econometrica 48:613–625.
 * @param groups number of each value's group, from 0; values and groups have the same length, and no value is `NaN`
 */
export function theilSplit(unscaled: Float64Array, groups: Int32Array): TheilSplit {
  // The index does not depend on the unit; near the smallest doubles a mean would lose its digits.
  const scale = scaleOf(unscaled);
  const values = unscaled.map((value) => value * scale);
  const mean = meanOf(values);
  if (!(mean > 0) || values.some((value) => value < 0)) return { total: NaN, within: NaN, between: NaN };
  const members = new Map<number, number[]>();
  groups.forEach((group, i) => {
    const own = members.get(group);
    if (own) own.push(at(values, i));
    else members.set(group, [at(values, i)]);
  });
  let within = 0;
  let between = 0;
  for (const own of members.values()) {
    const column = Float64Array.from(own);
    const groupMean = meanOf(column);
    const share = (own.length / values.length) * (groupMean / mean);
    if (share === 0) continue;
    within += share * theil(column, groupMean);
    between += share * Math.log(groupMean / mean);
  }
  return { total: theil(values, mean), within, between };
}

function theil(values: Float64Array, mean: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const ratio = at(values, i) / mean;
    if (ratio > 0) sum += ratio * Math.log(ratio);
  }
  return sum / values.length;
}
