import { entryOf, itemAt } from './lookup';
import { at, atByte, atInt } from './numeric/at';
import { registry } from './registry';
import type { KernelContext } from './descriptor';
import type { Methodology } from './methodology';
import type { CityMeta, IndicatorMeta, Panel } from './table';

/** One year's table of chosen indicators, with the year that each value is from. */
export interface Selection {
  readonly cities: readonly CityMeta[];
  readonly indicators: readonly IndicatorMeta[];
  /** Column-major n × m; `NaN` = missing, excluded by status, or too old. */
  readonly values: Float64Array;
  /** Year of each value, same layout; 0 where the value is missing. */
  readonly yearUsed: Int32Array;
}

/** The part of a methodology that says which observations count. */
export type SelectionRule = Pick<Methodology, 'excludeStatuses' | 'denominate'> & {
  readonly latestWithinYears: number;
};

/**
 * Takes each city's latest usable observation of each indicator, at most `latestWithinYears` before `year`. An
 * observation whose status is excluded is passed over as if it were missing, so an older usable one may stand in.
 * @param cityIndices Indices of the selected cities in the panel.
 * @param indicatorIndices Indices of the wanted indicators in the panel.
 */
export function selectTable(
  panel: Panel,
  cityIndices: Int32Array,
  indicatorIndices: readonly number[],
  year: number,
  rule: Pick<SelectionRule, 'excludeStatuses' | 'latestWithinYears'>,
): Selection {
  const n = cityIndices.length;
  const stride = panel.cities.length;
  const values = new Float64Array(n * indicatorIndices.length).fill(NaN);
  const yearUsed = new Int32Array(values.length);
  const excluded = Uint8Array.from(panel.statuses, (status) => (rule.excludeStatuses.includes(status) ? 1 : 0));
  for (let y = panel.years.length - 1; y >= 0; y--) {
    const observed = itemAt(panel.years, y);
    if (observed > year || observed < year - rule.latestWithinYears) continue;
    indicatorIndices.forEach((indicator, j) => {
      const base = (y * panel.indicators.length + indicator) * stride;
      for (let i = 0; i < n; i++) {
        const cell = j * n + i;
        if (yearUsed[cell] !== 0) continue;
        const source = base + atInt(cityIndices, i);
        const value = at(panel.values, source);
        if (Number.isNaN(value) || atByte(excluded, atByte(panel.status, source)) === 1) continue;
        values[cell] = value;
        yearUsed[cell] = observed;
      }
    });
  }
  return {
    cities: Array.from(cityIndices, (index) => itemAt(panel.cities, index)),
    indicators: indicatorIndices.map((index) => itemAt(panel.indicators, index)),
    values,
    yearUsed,
  };
}

/** Which indicators are divided by which: for each indicator of the table, the panel index of its denominator and the scale. */
export interface DenominationPlan {
  readonly denominator: number;
  readonly scale: number;
}

/**
 * Divides the columns that the recipe denominates, each by its denominator selected under the same rule.
 * @returns the new column-major values; the selection is not written to.
 */
export function denominate(
  panel: Panel,
  selection: Selection,
  cityIndices: Int32Array,
  plans: readonly (DenominationPlan | null)[],
  year: number,
  rule: SelectionRule,
  contextOf: (indicator: string) => KernelContext,
): Float64Array {
  const method = entryOf(registry.DENOMINATION, 'RATIO');
  if (plans.every((plan) => plan === null)) return selection.values;
  const n = cityIndices.length;
  const values = selection.values.slice();
  plans.forEach((plan, j) => {
    if (plan === null) return;
    const by = selectTable(panel, cityIndices, [plan.denominator], year, rule).values;
    const column = selection.values.subarray(j * n, (j + 1) * n);
    const code = itemAt(selection.indicators, j).code;
    method.run(column, by, plan.scale, values.subarray(j * n, (j + 1) * n), contextOf(code));
  });
  return values;
}
