import type { AggregationContext } from '../descriptor';
import { at } from './at';
import { bestAndWorst, dividedBy, isCost, lengthOf, magnitudeOf, safeDivisor } from './criteria';

/*
 * The three parts of MULTIMOORA, shared with the methods that publish each of them alone. Columns are complete but for
 * those of weight 0, which take no part; a column of length 0 (all zeros) has ratio 0 throughout.
 */

/** How weights enter the full multiplicative form. */
export const MULTIPLICATIVE_WEIGHTS = ['EXPONENTS', 'COEFFICIENTS'] as const;
/** One of {@link MULTIPLICATIVE_WEIGHTS}. */
export type MultiplicativeWeights = (typeof MULTIPLICATIVE_WEIGHTS)[number];

/** What makes the weighted ratio `w x / √Σ x²` from a value: `w / √Σ x²`, 0 for a column of zeros. */
export function ratioFactor(column: Float64Array, weight: number): number {
  const length = lengthOf(column);
  return length > 0 ? weight / length : 0;
}

/** Ratio system: benefits added, costs taken off, into `out`. */
export function ratioSystem(
  columns: readonly Float64Array[],
  weights: Float64Array,
  out: Float64Array,
  context: AggregationContext,
): void {
  out.fill(0);
  columns.forEach((column, k) => {
    if (at(weights, k) === 0) return;
    const factor = ratioFactor(column, at(weights, k)) * (isCost(context, k) ? -1 : 1);
    for (let i = 0; i < out.length; i++) out[i] = at(out, i) + factor * at(column, i);
  });
}

/** Reference point: the largest weighted distance to the best ratio of any column, into `out`. */
export function referencePoint(
  columns: readonly Float64Array[],
  weights: Float64Array,
  out: Float64Array,
  context: AggregationContext,
): void {
  out.fill(0);
  columns.forEach((column, k) => {
    if (at(weights, k) === 0) return;
    const factor = ratioFactor(column, at(weights, k));
    const { best } = bestAndWorst(column, isCost(context, k));
    for (let i = 0; i < out.length; i++) {
      const distance = factor * Math.abs(best - at(column, i));
      if (distance > at(out, i)) out[i] = distance;
    }
  });
}

/**
 * Natural logarithm of the full multiplicative form, into `out`. Values above 0.
 * With `COEFFICIENTS` values are taken as they are or, with `ratios`, as vector-normalised ratios.
 */
export function multiplicativeForm(
  columns: readonly Float64Array[],
  weights: Float64Array,
  weightsAs: MultiplicativeWeights,
  ratios: boolean,
  out: Float64Array,
  context: AggregationContext,
): void {
  out.fill(0);
  columns.forEach((column, k) => {
    const weight = at(weights, k);
    if (weight === 0) return;
    const sign = isCost(context, k) ? -1 : 1;
    const exponent = weightsAs === 'EXPONENTS' ? sign * weight : sign;
    const shift = (weightsAs === 'EXPONENTS' ? 0 : Math.log(weight)) - (ratios ? logLength(column) : 0);
    for (let i = 0; i < out.length; i++) out[i] = at(out, i) + exponent * (Math.log(at(column, i)) + shift);
  });
}

/** Natural logarithm of a column's Euclidean length, however large or small its values. */
function logLength(column: Float64Array): number {
  const divisor = safeDivisor(magnitudeOf(column));
  return Math.log(divisor) + Math.log(lengthOf(dividedBy(column, divisor)));
}
