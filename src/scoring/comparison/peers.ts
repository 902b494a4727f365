import { at, columnAt } from '../numeric/at';
import { standardDeviationOf } from '../numeric/statistics';
import { pearson } from './rank-correlation';

/** Mean radius of the Earth in kilometres (IUGG). */
const EARTH_RADIUS_KM = 6371.0088;

/**
 * Distance over ground in kilometres between two places in degrees, on a sphere of the Earth's mean radius (haversine
 * formula; within 0.6 % of the ellipsoid's).
 */
export function distanceKm(
  a: { readonly latitude: number; readonly longitude: number },
  b: { readonly latitude: number; readonly longitude: number },
): number {
  const radians = Math.PI / 180;
  const haversine = (angle: number): number => Math.sin(angle / 2) ** 2;
  const h =
    haversine((b.latitude - a.latitude) * radians) +
    Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * haversine((b.longitude - a.longitude) * radians);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * Root mean square difference between a city and every other over the columns that both have: 0 for the same values.
 * `NaN` for the city itself, and where the two have fewer than half of the columns in common.
 */
export function profileDistances(columns: readonly Float64Array[], city: number): Float64Array {
  const n = columnAt(columns, 0).length;
  return Float64Array.from({ length: n }, (_, i) => {
    if (i === city) return NaN;
    let squares = 0;
    let shared = 0;
    for (const column of columns) {
      const difference = at(column, i) - at(column, city);
      if (Number.isNaN(difference)) continue;
      squares += difference ** 2;
      shared++;
    }
    return 2 * shared < columns.length || shared === 0 ? NaN : Math.sqrt(squares / shared);
  });
}

/**
 * 1 − Pearson's correlation between a city's values and every other's, over the columns that both have: 0 for profiles of
 * the same shape, 2 for opposite ones. `NaN` for the city itself, for fewer than 3 common columns, and for flat profiles.
 */
export function shapeDistances(columns: readonly Float64Array[], city: number): Float64Array {
  const n = columnAt(columns, 0).length;
  const rowOf = (i: number): Float64Array => Float64Array.from(columns, (column) => at(column, i));
  const own = rowOf(city);
  return Float64Array.from({ length: n }, (_, i) => {
    if (i === city) return NaN;
    const other = rowOf(i);
    const shared = columns.filter((_column, j) => !Number.isNaN(at(own, j)) && !Number.isNaN(at(other, j))).length;
    return shared < 3 ? NaN : 1 - pearson(own, other);
  });
}

/** Columns divided by their sample standard deviation, so that none counts by its unit; a constant column becomes 0. */
export function standardised(columns: readonly Float64Array[]): Float64Array[] {
  return columns.map((column, j) => {
    const deviation = standardDeviationOf(column, 'SAMPLE');
    return columnAt(columns, j).map((value) => (deviation > 0 ? value / deviation : value * 0));
  });
}

/** Indices ordered by distance, nearest first; equal distances by index; `NaN` left out. */
export function nearest(distances: Float64Array, count: number): number[] {
  return Array.from(distances, (distance, i) => ({ distance, i }))
    .filter(({ distance }) => !Number.isNaN(distance))
    .sort((a, b) => a.distance - b.distance || a.i - b.i)
    .slice(0, count)
    .map(({ i }) => i);
}
