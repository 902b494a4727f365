import { at } from './at';

const ORDINARY_HIGH = 2 ** 200;
const ORDINARY_LOW = 2 ** -200;

/**
 * A power of two by which a column is multiplied before differences, squares and fourth powers are taken, so that none of
 * them overflows or vanishes: 1 for columns of ordinary size (largest magnitude between 2^-200 and 2^200, or 0),
 * otherwise the power that brings the largest magnitude near 1 (or as near as a double allows). Multiplying by it is exact but for
 * digits that are negligible beside the column's largest value.
 * @param magnitude largest |x| of the column, finite, ≥ 0
 */
export function scaleFor(magnitude: number): number {
  if (magnitude === 0 || (magnitude <= ORDINARY_HIGH && magnitude >= ORDINARY_LOW)) return 1;
  const exponent = Math.floor(Math.log2(magnitude)) + 2;
  return 2 ** -Math.max(-1023, Math.min(1023, exponent));
}

/** {@link scaleFor} of a column; `NaN` values are passed over. */
export function scaleOf(values: Float64Array): number {
  let magnitude = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(at(values, i));
    if (size > magnitude) magnitude = size;
  }
  return scaleFor(magnitude);
}

/** The number itself, held at ± the largest double where it overflowed; `NaN` stays `NaN`. */
export function heldFinite(value: number): number {
  // Literals: through Number.MAX_VALUE or a module constant V8 boxes the result, which makes a kernel three times slower.
  if (value > 1.7976931348623157e308) return 1.7976931348623157e308;
  if (value < -1.7976931348623157e308) return -1.7976931348623157e308;
  return value;
}
