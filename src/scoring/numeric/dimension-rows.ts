import type { ImputationContext } from '../descriptor';
import { at, atInt } from './at';
import { warnStillMissing } from './filling';
import { scaleFor } from './scale';
import { rangeOf } from './statistics';

/**
 * Fills a city's gaps from its other indicators of the same dimension: each indicator is oriented and min–max scaled to
 * 0–1 over the cities that have it, the city's figure of the dimension is taken with `centreOf`, and scaled back to the
 * unit of the missing indicator. On a constant column every city stands at 0.5, and a gap gets the constant. An indicator
 * without direction is read as more is better. A gap stays where the city has no other value in the dimension or no city
 * has the indicator.
 * @param centreOf figure of the scaled values of one city, none of them `NaN`, at least one
 */
export function fillByDimensionRow(
  values: Float64Array,
  centreOf: (scaled: Float64Array) => number,
  out: Float64Array,
  context: ImputationContext,
): void {
  const { cities, indicators, dimensionOf } = context;
  const n = cities.length;
  const m = indicators.length;
  const low = new Float64Array(m);
  const high = new Float64Array(m);
  for (let j = 0; j < m; j++) {
    const { min, max } = rangeOf(values.subarray(j * n, (j + 1) * n));
    // Worst first: a cost's worst value is its largest.
    const cost = indicators[j]?.direction === -1;
    low[j] = cost ? max : min;
    high[j] = cost ? min : max;
  }
  const scaled = new Float64Array(m);
  for (let j = 0; j < m; j++) {
    const worst = at(low, j);
    const best = at(high, j);
    if (Number.isNaN(worst)) continue;
    for (let i = 0; i < n; i++) {
      if (!Number.isNaN(at(values, j * n + i))) continue;
      let count = 0;
      for (let k = 0; k < m; k++) {
        const value = at(values, k * n + i);
        if (atInt(dimensionOf, k) !== atInt(dimensionOf, j) || Number.isNaN(value)) continue;
        scaled[count++] = shareOfRange(value, at(low, k), at(high, k));
      }
      if (count === 0) continue;
      const centre = centreOf(scaled.subarray(0, count));
      // Two weighted terms rather than a difference, which could overflow.
      out[j * n + i] = worst === best ? worst : (1 - centre) * worst + centre * best;
    }
  }
  warnStillMissing(out, 'the city has no other indicator of the dimension, or no city has the indicator', context);
}

function shareOfRange(value: number, worst: number, best: number): number {
  if (worst === best) return 0.5;
  const scale = scaleFor(Math.max(Math.abs(worst), Math.abs(best)));
  return (value * scale - worst * scale) / (best * scale - worst * scale);
}
