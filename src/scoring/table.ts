/** What the engine knows of an indicator besides its values. */
export interface IndicatorMeta {
  readonly code: string;
  /** `1` more is better, `-1` less is better, `0` context only (may denominate, may not be a leaf). */
  readonly direction: 1 | -1 | 0;
  /** Lower goalpost on the natural scale, or null. */
  readonly goalpostLow: number | null;
  /** Upper goalpost on the natural scale, or null. */
  readonly goalpostHigh: number | null;
  /** Policy target on the natural scale, or null. */
  readonly target: number | null;
  /** Code of the indicator that it is divided by when a recipe asks for its own denominator, or null. */
  readonly denominator: string | null;
}

/** What the engine knows of a city: its code and the groups that it belongs to (`tier`, `province`, …). */
export interface CityMeta {
  readonly code: string;
  /** Group label by grouping; null where the city is in no group of that grouping. */
  readonly groups: Readonly<Record<string, string | null>>;
}

/**
 * A table of `n` cities × `m` indicators. `values` is column-major (`values[j * n + i]` is city `i`, indicator `j`);
 * `NaN` is a missing value, and no other non-finite number may occur.
 */
export interface Table {
  readonly cities: readonly CityMeta[];
  readonly indicators: readonly IndicatorMeta[];
  readonly values: Float64Array;
}

/** The values of indicator `j` as a view on the table's memory, length `n`. */
export function columnOf(table: Table, j: number): Float64Array {
  const n = table.cities.length;
  return table.values.subarray(j * n, (j + 1) * n);
}

/**
 * Observations of all years: for year index `y`, indicator `j` and city `i` the cell is `(y * m + j) * n + i`.
 * `NaN` is a missing value. `status` holds an index into `statuses` (meaningless where the value is missing).
 */
export interface Panel {
  readonly cities: readonly CityMeta[];
  readonly indicators: readonly IndicatorMeta[];
  /** Ascending, without repeats. */
  readonly years: readonly number[];
  readonly values: Float64Array;
  readonly status: Uint8Array;
  readonly statuses: readonly string[];
  /** Lower bound of each observation, where any was stored; same layout, `NaN` = none. */
  readonly low?: Float64Array;
  /** Upper bound of each observation, where any was stored; same layout, `NaN` = none. */
  readonly high?: Float64Array;
}

/** Statuses that an observation may carry. `QUESTIONABLE` values are kept and shown but left out of a ranking by default. */
export const OBSERVATION_STATUSES = [
  'NORMAL',
  'ESTIMATED',
  'PROVISIONAL',
  'IMPUTED',
  'QUESTIONABLE',
  'MISSING',
] as const;
/** One of {@link OBSERVATION_STATUSES}. */
export type ObservationStatus = (typeof OBSERVATION_STATUSES)[number];
