import type { ImputationContext } from '../descriptor';
import { at, atInt } from './at';
import { warnStillMissing } from './filling';

/**
 * Chooses a value for a gap from the nearest earlier and the nearest later observation of the same city and indicator;
 * years and values are `NaN` where there is none. Returns `NaN` to leave the gap.
 */
export type PickFromHistory = (earlierYear: number, earlier: number, laterYear: number, later: number) => number;

/** Fills gaps of the table for `context.year` from the other years of the release, and warns of those that stay. */
export function fillFromHistory(
  values: Float64Array,
  pick: PickFromHistory,
  out: Float64Array,
  context: ImputationContext,
): void {
  const { cities, indicators, year } = context;
  const n = cities.length;
  for (let j = 0; j < indicators.length; j++) {
    const { years, columns } = context.history(j);
    const when = Int32Array.from(years);
    for (let i = 0; i < n; i++) {
      if (!Number.isNaN(at(values, j * n + i))) continue;
      let earlierYear = NaN;
      let earlier = NaN;
      let laterYear = NaN;
      let later = NaN;
      for (const [k, column] of columns.entries()) {
        const value = at(column, i);
        if (Number.isNaN(value)) continue;
        if (atInt(when, k) <= year) {
          earlierYear = atInt(when, k);
          earlier = value;
        } else {
          laterYear = atInt(when, k);
          later = value;
          break;
        }
      }
      out[j * n + i] = pick(earlierYear, earlier, laterYear, later);
    }
  }
  warnStillMissing(out, 'the other years have no value that the method may use', context);
}

/** The point at `year` of the straight line between two observations; `NaN` where either is missing. */
export function interpolate(
  year: number,
  earlierYear: number,
  earlier: number,
  laterYear: number,
  later: number,
): number {
  const share = (year - earlierYear) / (laterYear - earlierYear);
  // Two weighted terms rather than a difference, which could overflow; equal ends give themselves exactly.
  return earlier === later ? earlier : (1 - share) * earlier + share * later;
}
