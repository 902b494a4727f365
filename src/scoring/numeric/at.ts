/*
 * Typed-array reads for kernels. The loops that call these stay within bounds, so the fallback is never taken; V8
 * inlines the call. One function for each array type keeps the call site monomorphic, which the speed depends on.
 */

/** `values[i]`; `NaN` past the end. */
export function at(values: Float64Array, i: number): number {
  return values[i] ?? NaN;
}

/** `values[i]`; `-1` past the end. */
export function atInt(values: Int32Array, i: number): number {
  return values[i] ?? -1;
}

/** `columns[j]`; an empty column past the end. */
export function columnAt(columns: readonly Float64Array[], j: number): Float64Array {
  return columns[j] ?? NO_COLUMN;
}
const NO_COLUMN = new Float64Array(0);

/** `texts[i]`; an empty text past the end. */
export function textAt(texts: readonly string[], i: number): string {
  return texts[i] ?? '';
}

/** `values[i]`; `0` past the end. */
export function atByte(values: Uint8Array, i: number): number {
  return values[i] ?? 0;
}
