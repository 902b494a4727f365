import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { clamp, rowRange } from '../numeric/row-range';

/** Weighted power mean of any finite exponent. */
export const powerMean = defineAggregation({
  id: 'POWER_MEAN',
  family: 'MEAN',
  missing: 'RESCALE',
  requires: 'NON_NEGATIVE',
  title: 'Power mean',
  summary:
    'Generalised mean with an exponent that sets how far a low value can be made up for: 1 is the arithmetic mean, 0 the geometric, −1 the harmonic, and lower ones near the minimum. A zero is refused where the exponent is 0 or less.',
  formula:
    'y_i = (Σ_k w_k x_ik^p / Σ_k w_k)^(1/p) over the children k that city i has; for p = 0 its limit, the geometric mean',
  parameters: {
    exponent: {
      kind: 'number',
      required: true,
      description:
        'The exponent p, any finite number. The limits at plus and minus infinity, maximum and minimum, are not taken: use MINIMUM.',
    },
  },
  references: [
    { citation: 'Hardy, G. H., Littlewood, J. E. and Pólya, G. (1934), Inequalities, chapter 2' },
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
    HOMOGENEOUS: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
    COMPENSATORY: {
      holds: false,
      counterExample: {
        columns: [[1], [4]],
        weights: [0.5, 0.5],
        parameters: { exponent: -1 },
        row: 0,
        column: 0,
        amount: 0.5,
      },
    },
    SCALE_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1], [4]], weights: [0.5, 0.5], parameters: { exponent: 2 }, column: 0, amount: 4 },
    },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1], [4]], weights: [0.5, 0.5], parameters: { exponent: 2 }, column: 0, amount: 3 },
    },
  },
  cost: (n, m) => 16 * n * m,
  run(columns, weights, { exponent }, out, { refuse }) {
    const n = out.length;
    const { low, high } = rowRange(columns, weights, n);
    if (exponent <= 0 && low.includes(0)) {
      refuse(
        'PRECONDITION_FAILED',
        'A value is 0, and a power mean of an exponent of 0 or less is not defined there.',
        'values above 0, or an exponent above 0',
        exponent,
      );
    }
    // Below this an exponent's powers differ from 1 by less than a double can tell: the geometric limit is exact.
    const limit = Math.abs(exponent) < 1e-100;
    const total = new Float64Array(n);
    out.fill(0);
    columns.forEach((column, k) => {
      const weight = at(weights, k);
      if (weight === 0) return;
      for (let i = 0; i < n; i++) {
        const value = at(column, i);
        if (Number.isNaN(value)) continue;
        // Relative to the value whose power is largest, so that no power overflows. expm1 and log1p keep the digits
        // of powers close to 1, which exponents near 0 have.
        const base = exponent > 0 ? at(high, i) : at(low, i);
        const distance = base === 0 ? 0 : Math.log(value) - Math.log(base);
        out[i] = at(out, i) + weight * (limit ? distance : Math.expm1(exponent * distance));
        total[i] = at(total, i) + weight;
      }
    });
    for (let i = 0; i < n; i++) {
      if (at(total, i) === 0) {
        out[i] = NaN;
        continue;
      }
      const mean = at(out, i) / at(total, i);
      const base = exponent > 0 ? at(high, i) : at(low, i);
      const distance = limit ? mean : Math.log1p(Math.max(mean, -1)) / exponent;
      out[i] = clamp(base * Math.exp(distance), at(low, i), at(high, i));
    }
  },
});
