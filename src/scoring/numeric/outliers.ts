import type { KernelContext } from '../descriptor';
import { TREATMENT_ACTIONS, type TreatmentAction } from '../descriptor';
import type { ParameterSpecs } from '../parameters';
import { at } from './at';
import { kurtosisFrom, momentsOf, skewnessFrom } from './statistics';

/** Index of an action in {@link TREATMENT_ACTIONS}, as the record of changed cells holds it. */
export function actionCode(action: TreatmentAction): number {
  return TREATMENT_ACTIONS.indexOf(action);
}

/** Parameters of the outlier test and of winsorising, shared by the methods that use them. */
export const WINSORISING_PARAMETERS = {
  skewness: {
    kind: 'number',
    min: 0,
    default: 2,
    description: 'A column passes if the absolute value of its skewness is below this.',
  },
  kurtosis: {
    kind: 'number',
    default: 3.5,
    description: 'A column passes if its excess kurtosis is below this.',
  },
  maximumPoints: {
    kind: 'integer',
    min: 1,
    max: 1000,
    default: 5,
    description:
      'Winsorising stops when this many cities have been moved; tied cities move together, so the last step may go past it.',
  },
} as const satisfies ParameterSpecs;

/**
 * Skewness and kurtosis are compared as equal within this, so that the order in which a column is added up cannot decide
 * a case that stands exactly on a limit, such as one outlier among four cities (skewness 2, kurtosis 4).
 */
export const SHAPE_TOLERANCE = 1e-9;

/** Limits of the outlier test. */
export interface OutlierLimits {
  readonly skewness: number;
  readonly kurtosis: number;
}

/** Result of the outlier test on one column. */
export interface OutlierTest {
  /** |skewness| or excess kurtosis is below its limit; also where either is undefined (under 4 values, constant). */
  readonly passes: boolean;
  /** Sample skewness, `NaN` where undefined. */
  readonly skewness: number;
  /** Sample excess kurtosis, `NaN` where undefined. */
  readonly kurtosis: number;
}

/**
 * Tests a column for outliers: it fails if both |skewness| and excess kurtosis reach their limits.
 * `NaN` values are passed over.
 */
export function testOutliers(values: Float64Array, limits: OutlierLimits): OutlierTest {
  const moments = momentsOf(values);
  const skewness = skewnessFrom(moments);
  const kurtosis = kurtosisFrom(moments);
  const fails =
    Math.abs(skewness) >= limits.skewness - SHAPE_TOLERANCE && kurtosis >= limits.kurtosis - SHAPE_TOLERANCE;
  return { passes: !fails, skewness, kurtosis };
}

/**
 * Winsorises a column in place, step by step, as COINr does: where the skewness is ≥ 0 every value at the maximum is set
 * to the next lower value, otherwise every value at the minimum to the next higher one, until the column passes
 * {@link testOutliers} or at least `maximumPoints` cities have been moved. With `force` the test does not stop it.
 * Never goes on once all values are equal. Does nothing to fewer than 4 values.
 * @param values `NaN` is passed over
 * @param actions set to WINSORISED_HIGH or WINSORISED_LOW for the cells that were moved (the last move counts)
 * @returns the test of the column as it was left
 */
export function winsoriseColumn(
  values: Float64Array,
  actions: Uint8Array,
  limits: OutlierLimits,
  maximumPoints: number,
  force: boolean,
): OutlierTest {
  const high = actionCode('WINSORISED_HIGH');
  const low = actionCode('WINSORISED_LOW');
  let test = testOutliers(values, limits);
  let movedHigh = 0;
  let movedLow = 0;
  while ((force || !test.passes) && movedHigh + movedLow < maximumPoints && !Number.isNaN(test.kurtosis)) {
    if (test.skewness >= -SHAPE_TOLERANCE) movedHigh = lowerTheMaximum(values, actions, high);
    else movedLow = raiseTheMinimum(values, actions, low);
    test = testOutliers(values, limits);
  }
  return test;
}

/** Sets every value at the maximum to the next lower one and returns how many there were. The column is not constant. */
function lowerTheMaximum(values: Float64Array, actions: Uint8Array, action: number): number {
  let top = -Infinity;
  let next = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (value > top) {
      next = top;
      top = value;
    } else if (value > next && value < top) next = value;
  }
  return replace(values, actions, action, top, next);
}

/** Sets every value at the minimum to the next higher one and returns how many there were. The column is not constant. */
function raiseTheMinimum(values: Float64Array, actions: Uint8Array, action: number): number {
  let bottom = Infinity;
  let next = Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (value < bottom) {
      next = bottom;
      bottom = value;
    } else if (value < next && value > bottom) next = value;
  }
  return replace(values, actions, action, bottom, next);
}

function replace(values: Float64Array, actions: Uint8Array, action: number, from: number, to: number): number {
  let moved = 0;
  for (let i = 0; i < values.length; i++) {
    if (at(values, i) !== from) continue;
    values[i] = to;
    actions[i] = action;
    moved++;
  }
  return moved;
}

/** Warns that a column still fails the outlier test, with its figures. */
export function warnInsufficient(test: OutlierTest, limits: OutlierLimits, { warn }: KernelContext): void {
  warn(
    'TREATMENT_INSUFFICIENT',
    `After treatment the skewness is ${test.skewness.toFixed(2)} (limit ${String(limits.skewness)}) and the excess kurtosis ${test.kurtosis.toFixed(2)} (limit ${String(limits.kurtosis)}).`,
  );
}
