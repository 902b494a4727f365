import { at, atByte } from '../numeric/at';
import { winsoriseColumn, type OutlierLimits } from '../numeric/outliers';
import { heldFinite, scaleOf } from '../numeric/scale';
import {
  countOf,
  meanOf,
  medianAbsoluteDeviationOf,
  medianOf,
  quantileSorted,
  sortedPresent,
  standardDeviationOf,
} from '../numeric/statistics';
import { DEFAULT_OUTLIER_LIMITS } from './descriptive';
import { isConstant, type AbsenceReason, type NamedColumn } from './measure';

/**
 * Rules by which a value is an outlier, and what `distance` counts under each:
 * - `IQR_FENCES`: beyond a quartile by more than `fence` interquartile ranges (Tukey 1977); interquartile ranges past the quartile.
 * - `ROBUST_Z`: 0.6745 |x − median| / MAD above `robustZ` (Iglewicz and Hoaglin 1993); that number.
 * - `SKEWNESS_KURTOSIS`: the column fails the skewness and kurtosis test, and the value is one that winsorising would move
 *   to make it pass, at most `maximumPoints`; standard deviations (n − 1) from the mean.
 */
export const OUTLIER_RULES = ['IQR_FENCES', 'ROBUST_Z', 'SKEWNESS_KURTOSIS'] as const;
/** One of {@link OUTLIER_RULES}. */
export type OutlierRuleName = (typeof OUTLIER_RULES)[number];

/** A value that stands apart. */
export interface Outlier {
  readonly rule: OutlierRuleName;
  readonly indicator: string;
  readonly city: string;
  readonly value: number;
  readonly side: 'HIGH' | 'LOW';
  /** How far out, ≥ 0, in the unit of the rule; see {@link OUTLIER_RULES}. */
  readonly distance: number;
}

/** A rule that could not be used on a column. */
export interface RuleNotUsed {
  readonly rule: OutlierRuleName;
  readonly indicator: string;
  readonly reason: AbsenceReason;
}

/** Outliers of a table. */
export interface OutlierReport {
  /** By column, then rule, then city, in the order given. */
  readonly outliers: readonly Outlier[];
  readonly notUsed: readonly RuleNotUsed[];
}

/** Limits of the rules. */
export interface OutlierReportLimits extends OutlierLimits {
  /** Interquartile ranges beyond a quartile. */
  readonly fence: number;
  readonly robustZ: number;
  /** Most points that the skewness and kurtosis rule names. */
  readonly maximumPoints: number;
}

/** Fences at 1.5 interquartile ranges, robust z of 3.5, the JRC's skewness of 2 and kurtosis of 3.5 with 5 points. */
export const DEFAULT_OUTLIER_REPORT_LIMITS: OutlierReportLimits = {
  ...DEFAULT_OUTLIER_LIMITS,
  fence: 1.5,
  robustZ: 3.5,
  maximumPoints: 5,
};

/** Share of a normal distribution's standard deviation that its median absolute deviation is. */
const NORMAL_MAD = 0.6745;

/**
 * Names the outlying values of each column under each rule. Every rule needs 4 values that differ; fences need an
 * interquartile range above 0 and the robust z a median absolute deviation above 0 (`NO_SPREAD` otherwise).
 *
 * Sources: Tukey (1977), Exploratory Data Analysis, chapter 2; Iglewicz and Hoaglin (1993), How to Detect and Handle
 * Outliers, ASQC; OECD/JRC (2008), Handbook, step 5, https://doi.org/10.1787/9789264043466-en.
 * @param cities city codes, parallel to the rows of `columns`
 * @param columns on their natural scale
 */
export function findOutliers(
  cities: readonly string[],
  columns: readonly NamedColumn[],
  limits: OutlierReportLimits = DEFAULT_OUTLIER_REPORT_LIMITS,
): OutlierReport {
  const outliers: Outlier[] = [];
  const notUsed: RuleNotUsed[] = [];
  for (const { code, values } of columns) {
    const reason = whyNot(values);
    // Distances have no unit, so they are taken on values scaled to where no difference overflows.
    const scale = scaleOf(values);
    const scaled = values.map((value) => value * scale);
    for (const rule of OUTLIER_RULES) {
      const found = reason ?? DETECTORS[rule](scaled, limits);
      if (typeof found === 'string') notUsed.push({ rule, indicator: code, reason: found });
      else {
        cities.forEach((city, row) => {
          const distance = at(found.distances, row);
          if (Number.isNaN(distance)) return;
          const side = at(scaled, row) > found.centre ? 'HIGH' : 'LOW';
          outliers.push({ rule, indicator: code, city, value: at(values, row), side, distance: heldFinite(distance) });
        });
      }
    }
  }
  return { outliers, notUsed };
}

interface Found {
  /** By row; `NaN` where the value is no outlier. */
  readonly distances: Float64Array;
  /** Outliers above it are high. */
  readonly centre: number;
}

type Detector = (values: Float64Array, limits: OutlierReportLimits) => Found | AbsenceReason;

/** The distance where it is above the limit. */
function beyond(distance: number, limit: number): number {
  return distance > limit ? distance : NaN;
}

const DETECTORS: Readonly<Record<OutlierRuleName, Detector>> = {
  IQR_FENCES(values, { fence }) {
    const sorted = sortedPresent(values);
    const lower = quantileSorted(sorted, 0.25);
    const upper = quantileSorted(sorted, 0.75);
    const range = upper - lower;
    if (range === 0) return 'NO_SPREAD';
    const distances = values.map((value) => beyond(Math.max(value - upper, lower - value) / range, fence));
    return { distances, centre: (lower + upper) / 2 };
  },
  ROBUST_Z(values, { robustZ }) {
    const median = medianOf(values);
    const deviation = medianAbsoluteDeviationOf(values, median);
    if (deviation === 0) return 'NO_SPREAD';
    const distances = values.map((value) => beyond((NORMAL_MAD * Math.abs(value - median)) / deviation, robustZ));
    return { distances, centre: median };
  },
  SKEWNESS_KURTOSIS(values, limits) {
    const actions = new Uint8Array(values.length);
    winsoriseColumn(values.slice(), actions, limits, limits.maximumPoints, false);
    const mean = meanOf(values);
    const deviation = standardDeviationOf(values, 'SAMPLE');
    const distances = values.map((value, row) =>
      atByte(actions, row) === 0 ? NaN : Math.abs(value - mean) / deviation,
    );
    return { distances, centre: mean };
  },
};

function whyNot(values: Float64Array): AbsenceReason | null {
  const count = countOf(values);
  if (count === 0) return 'NO_VALUES';
  if (count < 4) return 'TOO_FEW_VALUES';
  return isConstant(values) ? 'CONSTANT' : null;
}
