import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { cityName, isCost, lengthOf, prepareColumns, traceCities } from '../numeric/criteria';
import { meanOf } from '../numeric/statistics';

/**
 * PROBID and its simple form: more is better. The ideal solutions are the best value of every column, the second best of
 * every column and so on down to the worst.
 *
 * A constant column adds no distance. ALL: where both sums of distances are 0 (one city, or all alike) their ratio is
 * taken as 1. QUARTERS: a city that equals every ideal of the top quarter has no finite score, and is refused.
 */
export const probid = defineAggregation({
  id: 'PROBID',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  title: 'PROBID',
  summary:
    'Measures each city’s distance to a whole range of ideal solutions, from the best values down to the worst, and to the average.',
  formula:
    'ALL: P_i = 1 / (1 + (D⁺_i / D⁻_i)²) + d(i, mean); D⁺_i = Σ_{k=1..h} d(i, k) / k, D⁻_i = Σ_{k=h..n} d(i, k) / (n − k + 1), h = ⌈n/2⌉. QUARTERS: P_i = D⁻_i / D⁺_i over the first and the last ⌊n/4⌋ (at least 1) ideals. d is the Euclidean distance of w_k x_ik / √Σ_i x_ik² to the k-th best values of the columns, column by column; D⁺ / D⁻ = 1 where both are 0; QUARTERS is refused where D⁺ = 0',
  parameters: {
    idealRange: {
      kind: 'choice',
      enumName: 'ProbidIdealRange',
      values: ['ALL', 'QUARTERS'],
      default: 'ALL',
      description: 'PROBID, or sPROBID with the top and bottom quarters of the ideals only.',
    },
  },
  references: [
    {
      citation:
        'Wang, Z., Rangaiah, G. P., Wang, X. (2021), Preference ranking on the basis of ideal-average distance method for multi-criteria decision-making, Industrial & Engineering Chemistry Research 60(30), 11216–11230',
      url: 'https://doi.org/10.1021/acs.iecr.1c01413',
    },
  ],
  properties: {
    MONOTONE: {
      holds: false,
      counterExample: {
        columns: [
          [1, 5, 1],
          [8, 8, 8],
        ],
        row: 0,
        column: 0,
        amount: 1,
      },
    },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [7, 7, 2],
          [4, 3, 6],
        ],
        weights: [0.5, 0.5],
        column: 0,
        amount: 1,
      },
    },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [4, 1, 3],
          [8, 4, 6],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [2, 2, 2],
          [6, 1, 2],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [1, 8, 8],
          [7, 2, 3],
        ],
        row: 1,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [3, 1, 6],
          [6, 3, 3],
        ],
        amount: 3,
      },
    },
  },
  cost: (n, m, { idealRange }) => (idealRange === 'ALL' ? 1 : 0.5) * n * n * m,
  run(columns, weights, { idealRange }, out, context) {
    const n = out.length;
    const weighted = prepareColumns(columns, context).map((column, k) => {
      const length = lengthOf(column);
      const factor = length > 0 ? at(weights, k) / length : 0;
      return column.map((value) => factor * value);
    });
    const ideals = weighted.map((column, k) => {
      const sorted = column.slice().sort();
      return isCost(context, k) ? sorted : sorted.reverse();
    });
    const toBest = new Float64Array(n);
    const toWorst = new Float64Array(n);
    const distances = new Float64Array(n);
    const point = new Float64Array(columns.length);
    const half = Math.ceil(n / 2);
    const quarter = Math.max(1, Math.floor(n / 4));
    const lastBest = idealRange === 'ALL' ? half : quarter;
    const firstWorst = idealRange === 'ALL' ? half : n - quarter + 1;
    for (let k = 1; k <= n; k++) {
      if (k > lastBest && k < firstWorst) continue;
      ideals.forEach((column, c) => (point[c] = at(column, k - 1)));
      distancesTo(weighted, point, distances);
      if (k <= lastBest) for (let i = 0; i < n; i++) toBest[i] = at(toBest, i) + at(distances, i) / k;
      if (k >= firstWorst) for (let i = 0; i < n; i++) toWorst[i] = at(toWorst, i) + at(distances, i) / (n - k + 1);
    }
    if (idealRange === 'ALL') {
      distancesTo(weighted, Float64Array.from(weighted, meanOf), distances);
      for (let i = 0; i < n; i++) {
        const best = at(toBest, i) ** 2;
        const worst = at(toWorst, i) ** 2;
        out[i] = (best + worst > 0 ? worst / (best + worst) : 0.5) + at(distances, i);
      }
    } else {
      for (let i = 0; i < n; i++) {
        if (!(at(toBest, i) > 0)) {
          context.refuse(
            'PRECONDITION_FAILED',
            `${cityName(context, i)} is as good as every ideal of the top quarter, and sPROBID divides by its distance to them.`,
            'idealRange ALL',
            0,
          );
        }
        out[i] = at(toWorst, i) / at(toBest, i);
      }
    }
    traceCities(
      context,
      'Weighted sums of distances to the better and the worse ideals',
      'D⁺, D⁻',
      ['D⁺', 'D⁻'],
      () => [toBest, toWorst],
    );
  },
});

/** Euclidean distance of every city to one point, given by its value in column `c`. */
function distancesTo(columns: readonly Float64Array[], point: Float64Array, out: Float64Array): void {
  out.fill(0);
  columns.forEach((column, c) => {
    const value = at(point, c);
    for (let i = 0; i < column.length; i++) {
      const difference = at(column, i) - value;
      out[i] = at(out, i) + difference * difference;
    }
  });
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(at(out, i));
}
