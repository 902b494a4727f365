import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { averageRanks } from '../numeric/average-ranks';
import { traceCities } from '../numeric/criteria';
import { countOf } from '../numeric/statistics';

/** Points of one column: cities below, plus half of those level, stretched to `most` where some cities have no value. */
function pointsOf(column: Float64Array, most: number): Float64Array {
  const present = countOf(column);
  const points = averageRanks(column);
  // A lone value beats nobody and loses to nobody: half of the points, as in a column where all are level.
  for (let i = 0; i < points.length; i++) {
    points[i] = present === 1 ? at(points, i) * (most / 2) : ((at(points, i) - 1) / (present - 1)) * most;
  }
  return points;
}

/**
 * Borda count: weighted mean over the children of the number of cities below, plus half of those level. 0 … n − 1 (n
 * cities with any value), more is better.
 *
 * Missing children are passed over and weights rescaled; a child that only some cities have gives points stretched to
 * 0 … n − 1, so that its scarcity does not count against those that have it.
 */
export const bordaCount = defineAggregation({
  id: 'BORDA_COUNT',
  family: 'WHOLE_TABLE',
  missing: 'RESCALE',
  title: 'Borda count',
  summary:
    'Each child gives a city a point for every city below it and half a point for every one level; the weighted mean of points counts.',
  formula:
    's_i = Σ_k w_k b_ik / Σ_k w_k over the children that i has, b_ik = (#{j: x_jk < x_ik} + ½ #{j ≠ i: x_jk = x_ik}) (n − 1) / (n_k − 1), n the cities with any value and n_k those with a value in k; (n − 1) / 2 where n_k = 1',
  parameters: {},
  references: [
    {
      citation:
        'Borda, J.-C. de (1781), Mémoire sur les élections au scrutin, Histoire de l’Académie royale des sciences',
    },
    {
      citation:
        'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6 (non-compensatory multi-criteria approach)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    SYMMETRIC: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [3, 1, 2],
          [2, 3, 1],
        ],
        weights: [0.5, 0.5],
        row: 2,
      },
    },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [6, 7, 3],
          [7, 2, 8],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [2, 9, 4],
          [4, 7, 5],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [8, 9, 4],
          [7, 1, 2],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => 20 * n * m,
  run(columns, weights, _parameters, out, context) {
    const n = out.length;
    const total = new Float64Array(n);
    const used = columns.map((column, k) => ({ column, weight: at(weights, k) })).filter(({ weight }) => weight > 0);
    for (const { column, weight } of used) {
      for (let i = 0; i < n; i++) if (!Number.isNaN(at(column, i))) total[i] = at(total, i) + weight;
    }
    let cities = 0;
    for (let i = 0; i < n; i++) if (at(total, i) > 0) cities++;
    out.fill(0);
    for (const { column, weight } of used) {
      const points = pointsOf(column, cities - 1);
      for (let i = 0; i < n; i++) if (!Number.isNaN(at(points, i))) out[i] = at(out, i) + weight * at(points, i);
    }
    for (let i = 0; i < n; i++) out[i] = at(total, i) > 0 ? at(out, i) / at(total, i) : NaN;
    traceCities(context, 'Borda points', 'b', context.children, () =>
      columns.map((column) => pointsOf(column, cities - 1)),
    );
  },
});
