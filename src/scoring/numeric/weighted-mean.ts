import { at, columnAt } from './at';
import { heldFinite } from './scale';

/** The weighted arithmetic mean of columns, to `out`: the bits of `ColumnKernel.meanOfColumns`. A gap in any of them gives `NaN`. */
export function weightedMean(columns: readonly Float64Array[], weights: Float64Array, out: Float64Array): void {
  const n = out.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  out.fill(0);
  let k = 0;
  // Four columns in one pass: `out` is read and written a quarter as often.
  for (; k + 4 <= columns.length; k += 4) {
    const [a, b, c, d] = [
      columnAt(columns, k),
      columnAt(columns, k + 1),
      columnAt(columns, k + 2),
      columnAt(columns, k + 3),
    ];
    const [wa, wb, wc, wd] = [at(weights, k), at(weights, k + 1), at(weights, k + 2), at(weights, k + 3)];
    for (let i = 0; i < n; i++) out[i] = at(out, i) + wa * at(a, i) + wb * at(b, i) + wc * at(c, i) + wd * at(d, i);
  }
  for (; k < columns.length; k++) {
    const column = columnAt(columns, k);
    const weight = at(weights, k);
    for (let i = 0; i < n; i++) out[i] = at(out, i) + weight * at(column, i);
  }
  // Values close to the largest double can round past it.
  for (let i = 0; i < n; i++) out[i] = heldFinite(at(out, i) / total);
}
