import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { weightedRowMeans } from '../numeric/mean-and-spread';
import { clamp, rowRange } from '../numeric/row-range';

/** Mean–min function. */
export const meanMinimum = defineAggregation({
  id: 'MEAN_MINIMUM',
  family: 'MEAN',
  missing: 'RESCALE',
  title: 'Mean–min function',
  summary:
    'Between the weighted mean and the minimum: the mean less a share of its distance to the city’s worst child. Weights enter the mean; a child of weight 0 is left out of the minimum too.',
  formula:
    'y_i = M_i − α (√((M_i − min_k x_ik)² + β²) − β) with M_i = Σ_k w_k x_ik / Σ_k w_k, over the children k that city i has and whose weight is above 0',
  parameters: {
    alpha: {
      kind: 'number',
      default: 0.5,
      min: 0,
      max: 1,
      description: 'Strength of the penalty: 0 gives the mean; 1 with β = 0 gives the minimum.',
    },
    beta: {
      kind: 'number',
      default: 1,
      min: 0,
      description:
        'How small imbalances count, in the unit of the values: 0 penalises every distance in proportion, a large value hardly penalises small ones.',
    },
  },
  references: [
    {
      citation:
        'Casadio Tarabusi, E. and Guarini, G. (2013), An unbalance adjustment method for development indicators, Social Indicators Research 112, 19–45',
      url: 'https://doi.org/10.1007/s11205-012-0070-4',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: { holds: true },
    BOUNDED: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
    HOMOGENEOUS: { holds: false, counterExample: { columns: [[1], [4]], weights: [0.5, 0.5], amount: 2 } },
    COMPENSATORY: {
      holds: false,
      counterExample: {
        columns: [[2], [4]],
        weights: [0.5, 0.5],
        parameters: { alpha: 1, beta: 0 },
        row: 0,
        column: 0,
        amount: 1,
      },
    },
    SCALE_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1], [4]], weights: [0.5, 0.5], column: 0, amount: 4 },
    },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1], [4]], weights: [0.5, 0.5], column: 0, amount: 3 },
    },
  },
  cost: (n, m) => 2 * n * m,
  run(columns, weights, { alpha, beta }, out) {
    const { low, high } = rowRange(columns, weights, out.length);
    const mean = weightedRowMeans(columns, weights, low, high);
    for (let i = 0; i < out.length; i++) {
      const distance = Math.min(at(mean, i) - at(low, i), Number.MAX_VALUE);
      // √(d² + β²) − β = d² / (√(d² + β²) + β), without the loss of digits where d is small.
      const root = Math.hypot(distance, beta) + beta;
      const penalty = root === 0 ? 0 : distance * (distance / root);
      out[i] = clamp(at(mean, i) - alpha * penalty, at(low, i), at(high, i));
    }
  },
});
