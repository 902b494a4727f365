import { rangeOf } from '../numeric/statistics';

/**
 * Why a figure is null.
 * - `NO_VALUES`: no value (or no row with a value in every column) is present.
 * - `TOO_FEW_VALUES`: fewer values, or complete rows, than the figure needs.
 * - `TOO_FEW_COLUMNS`: fewer columns than the figure needs.
 * - `CONSTANT`: all values are equal, so there is nothing to compare.
 * - `NO_SPREAD`: the rule's measure of spread (interquartile range, median deviation) is 0 though the values differ.
 * - `NOT_DEFINED`: the method that the figure comes from is not defined on what is left.
 * - `OVERFLOW`: the figure is beyond the range of a double.
 */
export type AbsenceReason =
  'NO_VALUES' | 'TOO_FEW_VALUES' | 'TOO_FEW_COLUMNS' | 'CONSTANT' | 'NO_SPREAD' | 'NOT_DEFINED' | 'OVERFLOW';

/** A figure, or null with the reason why there is none. */
export type Measure =
  { readonly value: number; readonly reason: null } | { readonly value: null; readonly reason: AbsenceReason };

/** A present figure; `OVERFLOW` where it is not finite. */
export function measured(value: number): Measure {
  return Number.isFinite(value) ? { value, reason: null } : { value: null, reason: 'OVERFLOW' };
}

/** A figure that does not exist. */
export function absent(reason: AbsenceReason): Measure {
  return { value: null, reason };
}

/** A column of values, one for each city (`NaN` = missing), with the code of the indicator or node that it belongs to. */
export interface NamedColumn {
  readonly code: string;
  readonly values: Float64Array;
}

/** Whether all values that are not `NaN` are equal; false where there is none. */
export function isConstant(values: Float64Array): boolean {
  const { min, max } = rangeOf(values);
  return min === max;
}
