import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';

/** Weighted arithmetic mean. */
export const arithmetic = defineAggregation({
  id: 'ARITHMETIC',
  family: 'MEAN',
  missing: 'RESCALE',
  title: 'Arithmetic mean',
  summary: 'Weighted arithmetic mean: a deficit in one child is made up in full by a surplus in another.',
  formula: 'y_i = Σ_k w_k x_ik / Σ_k w_k over the children k that city i has',
  parameters: {},
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 6.6',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: { holds: true },
    BOUNDED: { holds: true },
    COMPENSATORY: { holds: true },
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
  cost: (n, m) => n * m,
  run(columns, weights, _parameters, out) {
    const n = out.length;
    const total = new Float64Array(n);
    out.fill(0);
    columns.forEach((column, k) => {
      const weight = at(weights, k);
      for (let i = 0; i < n; i++) {
        const value = at(column, i);
        if (!Number.isNaN(value)) {
          out[i] = at(out, i) + weight * value;
          total[i] = at(total, i) + weight;
        }
      }
    });
    for (let i = 0; i < n; i++) {
      const mean = at(total, i) > 0 ? at(out, i) / at(total, i) : NaN;
      // Values close to the largest double can round past it; `NaN` passes through.
      out[i] = Math.max(-Number.MAX_VALUE, Math.min(mean, Number.MAX_VALUE));
    }
  },
});
