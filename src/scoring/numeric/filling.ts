import type { ImputationContext, KernelContext } from '../descriptor';
import type { CodeSpec } from '../parameters';
import { at, atInt } from './at';
import { groupCities } from './groups';

/** The grouping whose groups are averaged, as a parameter. */
export const GROUPING_PARAMETER = {
  kind: 'code',
  of: 'grouping',
  required: true,
  description: 'Grouping whose groups are averaged, such as the tier or the province of a city.',
} as const satisfies CodeSpec;

/** Number of cells that are `NaN`. */
export function missingOf(values: Float64Array): number {
  let missing = 0;
  for (let i = 0; i < values.length; i++) if (Number.isNaN(at(values, i))) missing++;
  return missing;
}

/** Warns of cells that an imputation could not fill, if there are any. */
export function warnStillMissing(out: Float64Array, why: string, { warn }: KernelContext): void {
  const missing = missingOf(out);
  if (missing > 0)
    warn('METHOD_NOTE', `${String(missing)} missing ${missing === 1 ? 'value stays' : 'values stay'} missing: ${why}.`);
}

/**
 * Fills each column by one figure of the column itself.
 * @param centreOf figure of a column with `NaN` for missing; `NaN` where it has none
 */
export function fillByColumn(
  values: Float64Array,
  centreOf: (column: Float64Array) => number,
  out: Float64Array,
  { cities, indicators }: ImputationContext,
): void {
  const n = cities.length;
  for (let j = 0; j < indicators.length; j++) {
    const column = values.subarray(j * n, (j + 1) * n);
    if (missingOf(column) === 0) continue;
    const centre = centreOf(column);
    for (let i = 0; i < n; i++) if (Number.isNaN(at(column, i))) out[j * n + i] = centre;
  }
}

/** As {@link fillByColumn}, with the figure taken over the cities of the same group of grouping `by`. */
export function fillByGroup(
  values: Float64Array,
  by: string,
  centreOf: (column: Float64Array) => number,
  out: Float64Array,
  context: ImputationContext,
): void {
  const { cities, indicators } = context;
  const n = cities.length;
  const { groupOf, labels } = groupCities(cities, by, context.refuse);
  const members = labels.map((_, group) => Int32Array.from(cities.keys()).filter((i) => groupOf[i] === group));
  for (let j = 0; j < indicators.length; j++) {
    const column = values.subarray(j * n, (j + 1) * n);
    if (missingOf(column) === 0) continue;
    for (const rows of members) {
      const inGroup = new Float64Array(rows.length);
      for (let k = 0; k < rows.length; k++) inGroup[k] = at(column, atInt(rows, k));
      if (missingOf(inGroup) === 0) continue;
      const centre = centreOf(inGroup);
      for (let k = 0; k < rows.length; k++) if (Number.isNaN(at(inGroup, k))) out[j * n + atInt(rows, k)] = centre;
    }
  }
  warnStillMissing(out, `the city is in no group of ${by}, or no city of its group has the indicator`, context);
}
