import { at } from './at';
import { heldFinite, scaleFor } from './scale';

/**
 * Writes `base + (x − origin) / (end − origin) × factor` to `out`, which may be `values` itself. `NaN` stays `NaN`; what
 * would overflow is held at ± the largest double; differences beyond the largest double or below the smallest one are
 * taken on a scaled column. Increasing for `end > origin` and `factor > 0`.
 * @param origin finite, or `NaN` for an empty fit, which makes every cell `NaN`
 * @param end different from `origin`
 */
export function applyLinear(
  values: Float64Array,
  origin: number,
  end: number,
  base: number,
  factor: number,
  out: Float64Array,
): void {
  const scale = scaleFor(Math.max(Math.abs(origin), Math.abs(end)));
  const scaledOrigin = origin * scale;
  const unit = end * scale - scaledOrigin;
  if (scale === 1) {
    for (let i = 0; i < values.length; i++) out[i] = heldFinite(base + ((at(values, i) - origin) / unit) * factor);
    return;
  }
  for (let i = 0; i < values.length; i++) {
    out[i] = heldFinite(base + ((at(values, i) * scale - scaledOrigin) / unit) * factor);
  }
}

/** Writes `score` for every value and `NaN` for every missing one; `out` may be `values` itself. */
export function applyConstant(values: Float64Array, score: number, out: Float64Array): void {
  for (let i = 0; i < values.length; i++) out[i] = Number.isNaN(at(values, i)) ? NaN : score;
}

/** Sets what is above `highest` to `highest`, in place, and returns how many cells that were. */
export function capAbove(out: Float64Array, highest: number): number {
  let capped = 0;
  for (let i = 0; i < out.length; i++) {
    if (at(out, i) > highest) {
      out[i] = highest;
      capped++;
    }
  }
  return capped;
}

/** Sets what is below `lowest` to `lowest`, in place, and returns how many cells that were. */
export function capBelow(out: Float64Array, lowest: number): number {
  let capped = 0;
  for (let i = 0; i < out.length; i++) {
    if (at(out, i) < lowest) {
      out[i] = lowest;
      capped++;
    }
  }
  return capped;
}

/**
 * Writes `scale × x / whole` to `out`, which may be `values` itself; 0 for a `whole` of 0. `NaN` stays `NaN`; what would
 * overflow is held at the largest double.
 * @param whole of the scaled column, ≥ 0
 */
export function applyScaledShare(values: Float64Array, scale: number, whole: number, out: Float64Array): void {
  if (whole === 0) {
    applyConstant(values, 0, out);
    return;
  }
  for (let i = 0; i < values.length; i++) out[i] = heldFinite((at(values, i) * scale) / whole);
}
