import { defineAggregation } from '../descriptor';
import { at, columnAt } from '../numeric/at';
import { heldFinite } from '../numeric/scale';

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
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    out.fill(0);
    let k = 0;
    // Four columns in one pass: `out` is read and written a quarter as often.
    for (; k + 4 <= columns.length; k += 4) {
      const [a, b, c, d] = [
        columnAt(columns, k),
        columnAt(columns, k + 1),
        columnAt(columns, k + 2),
        columnAt(columns, k + 3),
      ];
      const [wa, wb, wc, wd] = [at(weights, k), at(weights, k + 1), at(weights, k + 2), at(weights, k + 3)];
      for (let i = 0; i < n; i++) out[i] = at(out, i) + wa * at(a, i) + wb * at(b, i) + wc * at(c, i) + wd * at(d, i);
    }
    for (; k < columns.length; k++) {
      const column = columnAt(columns, k);
      const weight = at(weights, k);
      for (let i = 0; i < n; i++) out[i] = at(out, i) + weight * at(column, i);
    }
    for (let i = 0; i < n; i++) {
      // A gap makes the sum NaN: few cities have one, so they are summed again over what they have.
      const mean = Number.isNaN(at(out, i)) ? meanOfPresent(columns, weights, i) : at(out, i) / total;
      // Values close to the largest double can round past it.
      out[i] = heldFinite(mean);
    }
  },
});

function meanOfPresent(columns: readonly Float64Array[], weights: Float64Array, i: number): number {
  let sum = 0;
  let total = 0;
  for (let k = 0; k < columns.length; k++) {
    const value = at(columnAt(columns, k), i);
    if (Number.isNaN(value)) continue;
    sum += at(weights, k) * value;
    total += at(weights, k);
  }
  return total > 0 ? sum / total : NaN;
}
