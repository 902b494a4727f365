import { itemAt } from '../lookup';
import { at, atInt, columnAt } from '../numeric/at';
import { studentTTwoSided } from '../numeric/distributions';
import { heldFinite } from '../numeric/scale';
import { meanOf, standardDeviationOf } from '../numeric/statistics';
import { betaConvergence, type BetaConvergence } from './beta-convergence';
import { gini, relativeSpread, theilSplit, type RelativeSpread, type TheilSplit } from './inequality';
import { completeTrendOf, trendOf, type Trend } from './trend';

/** Coverage of the confidence intervals of the coefficient of variation. */
export const CONFIDENCE = 0.95;

/** A balanced panel: every city has a value in every year. */
export interface BalancedPanel {
  /** Ascending, without repeats, at least two. */
  readonly years: readonly number[];
  /** One column for each year, one value for each city; no `NaN`. */
  readonly columns: readonly Float64Array[];
  /** Number of each city's group, from 0 to `groupCount` − 1; each group has at least one city. */
  readonly groups: Int32Array;
  readonly groupCount: number;
  /** The group that the others are held against; the one with the highest first mean when null. */
  readonly reference: number | null;
}

/** A group's mean in one year. */
export interface GroupYear {
  readonly year: number;
  readonly mean: number;
  /** Sample standard deviation, n − 1; `NaN` for fewer than 2 cities. */
  readonly standardDeviation: number;
  /** Mean of the reference group less this mean: above 0 the group is behind. 0 for the reference itself. */
  readonly gap: number;
  /** This mean over that of the reference group; `NaN` unless both are above 0. */
  readonly ratio: number;
}

/** How the gap between a group and the reference moved from the first year to the last. */
export interface GapChange {
  readonly first: number;
  readonly last: number;
  /** last − first: below 0 the gap narrowed, where it was above 0. */
  readonly change: number;
  /** Standard error of the change, from the spread of the cities' own changes in both groups; `NaN` where a group has one city. */
  readonly standardError: number;
  /** Welch's t; `NaN` where the standard error is `NaN` or 0. */
  readonly t: number;
  /** Degrees of freedom by Welch and Satterthwaite; `NaN` as `t`. */
  readonly degrees: number;
  /** Two-sided p-value; `NaN` as `t`. */
  readonly pValue: number;
  /** Trend of the gap over all the years. */
  readonly trend: Trend;
}

/** A group over the years. */
export interface GroupTrack {
  readonly group: number;
  readonly size: number;
  readonly years: readonly GroupYear[];
  /** Null for the reference group. */
  readonly gap: GapChange | null;
  /** The same for the natural logarithms of the values, a relative gap; null for the reference group, or unless all values are above 0. */
  readonly logGap: GapChange | null;
}

/** How unequal the cities are in one year. */
export interface SpreadYear extends RelativeSpread {
  readonly year: number;
  readonly gini: number;
  readonly theil: TheilSplit;
}

/** Everything about the convergence of a panel. */
export interface ConvergenceStatistics {
  readonly reference: number;
  /** By group number. */
  readonly groups: readonly GroupTrack[];
  readonly spread: readonly SpreadYear[];
  /** Trend of the coefficient of variation; null where it is not defined in any year. */
  readonly sigma: Trend | null;
  /** Null for fewer than 2 cities, or where all start level. */
  readonly beta: BetaConvergence | null;
}

/**
 * Group means and gaps, σ-convergence (does the coefficient of variation fall?), β-convergence (do those behind grow
 * faster?), Gini and Theil split by groups, over a balanced panel. Works on the values as they are: none of the figures
 * but the β-slope, the Theil–Sen slopes and the gaps has a meaning where the zero of the scale is arbitrary.
 */
export function convergenceOf(panel: BalancedPanel): ConvergenceStatistics {
  const { years, columns, groups } = panel;
  const means = columns.map((column) => groupMeans(column, panel));
  const reference = panel.reference ?? highest(columnAt(means, 0));
  const spread = columns.map((column, k) => ({
    year: itemAt(years, k),
    ...relativeSpread(column, CONFIDENCE),
    gini: gini(column),
    theil: theilSplit(column, groups),
  }));
  const end = years.length - 1;
  return {
    reference,
    groups: Array.from({ length: panel.groupCount }, (_, group) => trackOf(group, reference, panel, means)),
    spread,
    sigma: trendOf(
      years,
      Float64Array.from(spread, ({ coefficient }) => coefficient),
    ),
    beta: betaConvergence(columnAt(columns, 0), columnAt(columns, end), itemAt(years, end) - itemAt(years, 0)),
  };
}

function groupColumns(column: Float64Array, { groups, groupCount }: BalancedPanel): Float64Array[] {
  return Array.from({ length: groupCount }, (_, group) => column.filter((_value, i) => atInt(groups, i) === group));
}

const groupMeans = (column: Float64Array, panel: BalancedPanel): Float64Array =>
  Float64Array.from(groupColumns(column, panel), meanOf);

/** Index of the largest; the first of equals. */
function highest(values: Float64Array): number {
  return values.reduce((best, value, index) => (value > at(values, best) ? index : best), 0);
}

function trackOf(group: number, reference: number, panel: BalancedPanel, means: readonly Float64Array[]): GroupTrack {
  const { years, columns } = panel;
  const tracks = columns.map((column, k): GroupYear => {
    const mean = at(columnAt(means, k), group);
    const base = at(columnAt(means, k), reference);
    return {
      year: itemAt(years, k),
      mean,
      standardDeviation: standardDeviationOf(columnAt(groupColumns(column, panel), group), 'SAMPLE'),
      gap: heldFinite(base - mean),
      ratio: mean > 0 && base > 0 ? mean / base : NaN,
    };
  });
  const size = panel.groups.reduce((count, own) => count + (own === group ? 1 : 0), 0);
  const positive = columns.every((column) => column.every((value) => value > 0));
  const logs = { ...panel, columns: columns.map((column) => column.map(Math.log)) };
  return {
    group,
    size,
    years: tracks,
    gap: group === reference ? null : gapChange(group, reference, panel),
    logGap: group === reference || !positive ? null : gapChange(group, reference, logs),
  };
}

/** Welch's comparison of the cities' own changes from the first year to the last in the two groups. */
function gapChange(group: number, reference: number, panel: BalancedPanel): GapChange {
  const { years, columns } = panel;
  const gaps = Float64Array.from(columns, (column) => {
    const means = groupMeans(column, panel);
    return heldFinite(at(means, reference) - at(means, group));
  });
  const trend = completeTrendOf(Float64Array.from(years), gaps);
  const first = columnAt(columns, 0);
  const changes = groupColumns(
    columnAt(columns, columns.length - 1).map((value, i) => value - at(first, i)),
    panel,
  );
  const parts = [reference, group].map((member) => {
    const own = columnAt(changes, member);
    return { n: own.length, squaredError: standardDeviationOf(own, 'SAMPLE') ** 2 / own.length };
  });
  const squared = parts.reduce((sum, { squaredError }) => sum + squaredError, 0);
  const change = heldFinite(trend.last - trend.first);
  const tested = squared > 0;
  const t = tested ? change / Math.sqrt(squared) : NaN;
  const degrees = tested
    ? squared ** 2 / parts.reduce((sum, { n, squaredError }) => sum + squaredError ** 2 / (n - 1), 0)
    : NaN;
  return {
    first: trend.first,
    last: trend.last,
    change,
    standardError: Math.sqrt(squared),
    t,
    degrees,
    pValue: tested ? studentTTwoSided(t, degrees) : NaN,
    trend,
  };
}
