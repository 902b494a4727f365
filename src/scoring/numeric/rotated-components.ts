import { at, columnAt } from './at';
import type { EigenPair } from './symmetric-eigen';

/** An eigenvalue below this (in columns' worth of variance) is rounding: its component explains nothing. */
const NEGLIGIBLE = 1e-9;
/** Below this angle, in radians, no pair of components is worth rotating further. */
const SMALLEST_ANGLE = 1e-12;
/** Varimax converges in a handful of sweeps; this only guards against rounding. */
const MOST_SWEEPS = 500;

/**
 * Weights from several rotated components as in the OECD/JRC Handbook, section 6.1 (after Nicoletti et al. 2000): retained
 * are the components that explain at least `minimumShare` of the variance, and more until they explain `cumulativeShare`
 * together, one at least; loadings are rotated by varimax with Kaiser's normalisation; a column goes to the component on
 * which its squared loading is the largest share of the component's variance, and weighs that share times the component's
 * share of what is explained. Not scaled to add to 1.
 * @param pairs eigenpairs of a correlation matrix, largest first
 */
export function rotatedComponentWeights(
  pairs: readonly EigenPair[],
  minimumShare: number,
  cumulativeShare: number,
): Float64Array {
  const m = pairs.length;
  const retained: EigenPair[] = [];
  let explained = 0;
  for (const pair of pairs) {
    const share = pair.value / m;
    const wanted = retained.length === 0 || share >= minimumShare || explained < cumulativeShare;
    if (!wanted || pair.value < NEGLIGIBLE) break;
    retained.push(pair);
    explained += share;
  }
  const loadings = retained.map(({ value, vector }) => Float64Array.from(vector, (entry) => entry * Math.sqrt(value)));
  varimax(loadings);
  const variances = Float64Array.from(loadings, (column) =>
    column.reduce((sum, loading) => sum + loading * loading, 0),
  );
  const total = variances.reduce((a, b) => a + b, 0);
  return Float64Array.from({ length: m }, (_, j) => {
    let share = 0;
    let weight = 0;
    loadings.forEach((column, f) => {
      const variance = at(variances, f);
      const own = at(column, j) ** 2 / variance;
      if (own > share) {
        share = own;
        weight = own * (variance / total);
      }
    });
    return weight;
  });
}

/**
 * Rotates loadings in place so that the variance of each component's squared loadings is largest (Kaiser 1958,
 * https://doi.org/10.1007/BF02289233), by plane rotations of each two components, rows scaled to length 1 meanwhile.
 * @param loadings one array for each component, each with an entry for each column
 */
export function varimax(loadings: readonly Float64Array[]): void {
  const m = columnAt(loadings, 0).length;
  const lengths = Float64Array.from({ length: m }, (_, j) => Math.hypot(...loadings.map((column) => at(column, j))));
  for (const column of loadings) {
    for (let j = 0; j < m; j++) column[j] = at(lengths, j) > 0 ? at(column, j) / at(lengths, j) : 0;
  }
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let largest = 0;
    loadings.forEach((first, f) => {
      for (const second of loadings.slice(f + 1)) largest = Math.max(largest, Math.abs(rotatePair(first, second)));
    });
    if (largest < SMALLEST_ANGLE) break;
  }
  for (const column of loadings) {
    for (let j = 0; j < m; j++) column[j] = at(column, j) * at(lengths, j);
  }
}

/** Rotates two components in their plane to the largest varimax criterion; returns the angle. */
function rotatePair(first: Float64Array, second: Float64Array): number {
  const m = first.length;
  let sumU = 0;
  let sumV = 0;
  let sumSquares = 0;
  let sumProducts = 0;
  for (let j = 0; j < m; j++) {
    const x = at(first, j);
    const y = at(second, j);
    const u = x * x - y * y;
    const v = 2 * x * y;
    sumU += u;
    sumV += v;
    sumSquares += u * u - v * v;
    sumProducts += 2 * u * v;
  }
  const angle = Math.atan2(sumProducts - (2 * sumU * sumV) / m, sumSquares - (sumU * sumU - sumV * sumV) / m) / 4;
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  for (let j = 0; j < m; j++) {
    const x = at(first, j);
    const y = at(second, j);
    first[j] = x * cosine + y * sine;
    second[j] = y * cosine - x * sine;
  }
  return angle;
}
