import { defineImputation, type ImputationContext } from '../descriptor';
import { at, atInt } from '../numeric/at';
import { heldFinite, scaleOf } from '../numeric/scale';
import { meanOf, momentsOf } from '../numeric/statistics';
import { compareCodes } from '../tree';

/** Mean of the indicator over the cities that are most alike on the other indicators. */
export const kNearestNeighbours = defineImputation({
  id: 'K_NEAREST_NEIGHBOURS',
  title: 'K nearest neighbours',
  summary:
    'Fills a gap with the mean of the indicator over the `neighbours` cities that have it and are nearest on the indicators that both have.',
  formula:
    'd(a, b)² = m / |J| Σ_{j ∈ J} (x_aj − x_bj)², J the indicators that both cities have out of m; y_ij = Σ w_k x_kj / Σ w_k over the nearest cities k that have j (all, if there are fewer), with w = 1 or 1 / d (at d = 0 only the cities at that distance count); equal distances in order of city code; the z-scores of a constant indicator are 0; the mean of the indicator where no city shares an indicator',
  parameters: {
    neighbours: {
      kind: 'integer',
      min: 1,
      max: 10_000,
      default: 5,
      description: 'How many cities to average.',
    },
    distanceWeights: {
      kind: 'choice',
      enumName: 'NeighbourWeights',
      values: ['UNIFORM', 'DISTANCE'],
      default: 'UNIFORM',
      description: 'Whether the neighbours count equally or by 1 / distance.',
    },
    standardise: {
      kind: 'boolean',
      default: true,
      description:
        'Measure distances on z-scores (sample standard deviation), so that units do not matter; without it on natural values, where the indicator with the largest numbers decides.',
    },
  },
  references: [
    {
      citation: 'Troyanskaya et al. (2001), Missing value estimation methods for DNA microarrays, Bioinformatics 17(6)',
      url: 'https://doi.org/10.1093/bioinformatics/17.6.520',
    },
    {
      citation: 'scikit-learn, sklearn.impute.KNNImputer and sklearn.metrics.pairwise.nan_euclidean_distances',
      url: 'https://scikit-learn.org/stable/modules/generated/sklearn.impute.KNNImputer.html',
    },
  ],
  properties: {},
  cost: (n, m) => n * n * (m + Math.log2(n + 1)),
  run(values, { neighbours, distanceWeights, standardise }, out, context) {
    const n = context.cities.length;
    const m = context.indicators.length;
    const points = standardise ? standardisedRows(values, n, m) : scaledRows(values, n, m);
    const byCode = Int32Array.from(
      [...context.cities.entries()].sort(([, a], [, b]) => compareCodes(a.code, b.code)),
      ([row]) => row,
    );
    const place = new Int32Array(n);
    for (let k = 0; k < n; k++) place[atInt(byCode, k)] = k;
    const distances = new Float64Array(n);
    let byMean = 0;
    for (let i = 0; i < n; i++) {
      if (!hasGap(values, i, n, m)) continue;
      distancesFrom(points, i, n, m, distances);
      // A city that shares no indicator has no distance and is no neighbour.
      const order = byCode
        .filter((k) => k !== i && !Number.isNaN(at(distances, k)))
        .sort((a, b) => at(distances, a) - at(distances, b) || atInt(place, a) - atInt(place, b));
      for (let j = 0; j < m; j++) {
        if (!Number.isNaN(at(values, j * n + i))) continue;
        const column = values.subarray(j * n, (j + 1) * n);
        const donors = order.filter((k) => !Number.isNaN(at(column, k))).subarray(0, neighbours);
        if (donors.length > 0) out[j * n + i] = weightedMean(column, donors, distances, distanceWeights === 'DISTANCE');
        else {
          out[j * n + i] = meanOf(column);
          byMean++;
        }
      }
    }
    warnFallback(byMean, context);
  },
});

/** Row-major z-scores; 0 in a constant column, `NaN` where missing. */
function standardisedRows(values: Float64Array, n: number, m: number): Float64Array {
  const points = new Float64Array(n * m);
  for (let j = 0; j < m; j++) {
    const { count, scale, mean, sumOfSquares } = momentsOf(values.subarray(j * n, (j + 1) * n));
    const deviation = sumOfSquares === 0 ? 1 : Math.sqrt(sumOfSquares / (count - 1));
    for (let i = 0; i < n; i++) points[i * m + j] = (at(values, j * n + i) * scale - mean) / deviation;
  }
  return points;
}

/** Row-major values times one power of two that keeps squares in range; distances only matter relative to each other. */
function scaledRows(values: Float64Array, n: number, m: number): Float64Array {
  const scale = scaleOf(values);
  const points = new Float64Array(n * m);
  for (let j = 0; j < m; j++) for (let i = 0; i < n; i++) points[i * m + j] = at(values, j * n + i) * scale;
  return points;
}

function hasGap(values: Float64Array, i: number, n: number, m: number): boolean {
  for (let j = 0; j < m; j++) if (Number.isNaN(at(values, j * n + i))) return true;
  return false;
}

function distancesFrom(points: Float64Array, i: number, n: number, m: number, distances: Float64Array): void {
  for (let k = 0; k < n; k++) {
    let squares = 0;
    let shared = 0;
    for (let j = 0; j < m; j++) {
      const difference = at(points, i * m + j) - at(points, k * m + j);
      if (Number.isNaN(difference)) continue;
      squares += difference * difference;
      shared++;
    }
    distances[k] = shared === 0 ? NaN : Math.sqrt((squares * m) / shared);
  }
}

/** Mean of the donors' values, which are in order of distance; weights are taken relative to the nearest so that 1 / d cannot overflow. */
function weightedMean(column: Float64Array, donors: Int32Array, distances: Float64Array, byDistance: boolean): number {
  const nearest = at(distances, atInt(donors, 0));
  const weights = new Float64Array(donors.length).fill(1);
  let total = 0;
  for (let k = 0; k < donors.length; k++) {
    const distance = at(distances, atInt(donors, k));
    if (byDistance) weights[k] = distance === nearest ? 1 : nearest / distance;
    total += at(weights, k);
  }
  let mean = 0;
  for (let k = 0; k < donors.length; k++) mean += (at(weights, k) / total) * at(column, atInt(donors, k));
  return heldFinite(mean);
}

function warnFallback(byMean: number, { warn }: ImputationContext): void {
  if (byMean > 0)
    warn(
      'METHOD_NOTE',
      `${String(byMean)} missing ${byMean === 1 ? 'value has' : 'values have'} no neighbour and got the mean of the indicator, where it has one.`,
    );
}
