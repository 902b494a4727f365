import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { clamp, rowRange } from '../numeric/row-range';

/** Weighted geometric mean. */
export const geometric = defineAggregation({
  id: 'GEOMETRIC',
  family: 'MEAN',
  missing: 'RESCALE',
  requires: 'POSITIVE',
  title: 'Geometric mean',
  summary:
    'Weighted geometric mean: a low value costs more than a high one of the same distance brings. A change of one child’s unit multiplies every complete city’s score by the same number, so it moves no rank among them.',
  formula: 'y_i = exp(Σ_k w_k ln x_ik / Σ_k w_k) over the children k that city i has; every x above 0',
  parameters: {},
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6 (geometric aggregation)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
    {
      citation: 'UNDP (2022), Human Development Report 2021/22, technical note 1',
      url: 'https://hdr.undp.org/sites/default/files/2021-22_HDR/hdr2021-22_technical_notes.pdf',
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
  cost: (n, m) => 8 * n * m,
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
          out[i] = at(out, i) + weight * Math.log(value);
          total[i] = at(total, i) + weight;
        }
      }
    });
    for (let i = 0; i < n; i++) {
      out[i] = at(total, i) > 0 ? clamp(Math.exp(at(out, i) / at(total, i)), at(low, i), at(high, i)) : NaN;
    }
  },
});
