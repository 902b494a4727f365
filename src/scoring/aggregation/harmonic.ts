import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { clamp, rowRange } from '../numeric/row-range';

/** Weighted harmonic mean. */
export const harmonic = defineAggregation({
  id: 'HARMONIC',
  family: 'MEAN',
  missing: 'RESCALE',
  requires: 'POSITIVE',
  title: 'Harmonic mean',
  summary:
    'Weighted harmonic mean: the least compensatory of the three classical means; a single very low value holds the score down whatever the others are.',
  formula: 'y_i = Σ_k w_k / Σ_k (w_k / x_ik) over the children k that city i has; every x above 0',
  parameters: {},
  references: [
    {
      citation: 'Becker, W. et al. (2022), COINr: An R package for developing composite indicators, JOSS 7(78), 4567',
      url: 'https://doi.org/10.21105/joss.04567',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: { holds: true },
    BOUNDED: { holds: true },
    COMPENSATORY: {
      holds: false,
      counterExample: { columns: [[1], [4]], weights: [0.5, 0.5], row: 0, column: 0, amount: 0.5 },
    },
    HOMOGENEOUS: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
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
  run(columns, weights, _parameters, out) {
    const n = out.length;
    const total = new Float64Array(n);
    const { low, high } = rowRange(columns, weights, n);
    out.fill(0);
    columns.forEach((column, k) => {
      const weight = at(weights, k);
      if (weight === 0) return;
      for (let i = 0; i < n; i++) {
        const value = at(column, i);
        if (!Number.isNaN(value)) {
          // Each term is divided by the largest of its row, 1 / low, so that none overflows.
          out[i] = at(out, i) + weight * (at(low, i) / value);
          total[i] = at(total, i) + weight;
        }
      }
    });
    for (let i = 0; i < n; i++) {
      out[i] = at(total, i) > 0 ? clamp(at(low, i) * (at(total, i) / at(out, i)), at(low, i), at(high, i)) : NaN;
    }
  },
});
