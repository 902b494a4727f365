import type { ChoiceSpec } from '../parameters';
import { at } from './at';
import { clamp, rowRange } from './row-range';
import { heldFinite } from './scale';

/** Which way the penalty of Mazziotta and Pareto goes. */
const PENALTIES = ['POSITIVE', 'NEGATIVE'] as const;
type Penalty = (typeof PENALTIES)[number];

/** The sign of the penalty, as a parameter. */
export const PENALTY_PARAMETER = {
  kind: 'choice',
  enumName: 'MazziottaParetoPenalty',
  values: PENALTIES,
  default: 'POSITIVE',
  description:
    'POSITIVE subtracts the penalty, for an index where more is better; NEGATIVE adds it, for an index where more is worse.',
} as const satisfies ChoiceSpec<Penalty>;

/** Weighted mean of each row over its present children, and the spread around it. Rows without a child hold `NaN`. */
export interface MeanAndSpread {
  readonly mean: Float64Array;
  /** `S² / M`, in the unit of the values: the penalty of Mazziotta and Pareto. */
  readonly penalty: Float64Array;
}

/** Weighted mean of each row over its present children, weights rescaled, held inside the row's range; `NaN` without a child. */
export function weightedRowMeans(
  columns: readonly Float64Array[],
  weights: Float64Array,
  low: Float64Array,
  high: Float64Array,
): Float64Array {
  const n = low.length;
  const mean = new Float64Array(n);
  const total = new Float64Array(n);
  columns.forEach((column, k) => {
    const weight = at(weights, k);
    for (let i = 0; i < n; i++) {
      const value = at(column, i);
      if (!Number.isNaN(value)) {
        mean[i] = at(mean, i) + weight * value;
        total[i] = at(total, i) + weight;
      }
    }
  });
  for (let i = 0; i < n; i++) {
    mean[i] = at(total, i) > 0 ? clamp(at(mean, i) / at(total, i), at(low, i), at(high, i)) : NaN;
  }
  return mean;
}

/**
 * Means and Mazziotta–Pareto penalties `S × cv = S² / M` of rows of positive values, where
 * `S² = Σ w (x − M)² / Σ w`, times `c / (c − 1)` for the sample deviation of `c` present children (0 for one child).
 */
export function meanAndSpread(
  columns: readonly Float64Array[],
  weights: Float64Array,
  n: number,
  sample: boolean,
): MeanAndSpread {
  const { low, high } = rowRange(columns, weights, n);
  const mean = weightedRowMeans(columns, weights, low, high);
  const penalty = new Float64Array(n);
  const total = new Float64Array(n);
  const count = new Float64Array(n);
  columns.forEach((column, k) => {
    const weight = at(weights, k);
    if (weight === 0) return;
    for (let i = 0; i < n; i++) {
      const value = at(column, i);
      if (!Number.isNaN(value)) {
        // In units of the row's largest value, so that no square overflows.
        const distance = (value - at(mean, i)) / at(high, i);
        penalty[i] = at(penalty, i) + weight * distance * distance;
        total[i] = at(total, i) + weight;
        count[i] = at(count, i) + 1;
      }
    }
  });
  for (let i = 0; i < n; i++) {
    const children = at(count, i);
    if (children === 0) penalty[i] = NaN;
    else {
      const correction = !sample || children === 1 ? 1 : children / (children - 1);
      penalty[i] = at(high, i) * ((at(penalty, i) / at(total, i)) * correction * (at(high, i) / at(mean, i)));
    }
  }
  return { mean, penalty };
}

/** Writes the means less their penalties (plus them for `NEGATIVE`) to `out`, held at the largest double. */
export function penaliseMeans({ mean, penalty }: MeanAndSpread, sign: Penalty, out: Float64Array): void {
  const factor = sign === 'POSITIVE' ? -1 : 1;
  for (let i = 0; i < out.length; i++) out[i] = heldFinite(at(mean, i) + factor * at(penalty, i));
}
