import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { isCost, prepareColumns, scaleByRange, traceCities, traceRow } from '../numeric/criteria';

/**
 * MABAC: sum of the distances from the border approximation area; above 0 is better than the border, more is better.
 * A constant column lies on its own border and adds 0.
 */
export const mabac = defineAggregation({
  id: 'MABAC',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  title: 'MABAC',
  summary:
    'Sums how far a city lies above or below a border in each column, the geometric mean of the weighted min–max values.',
  formula:
    'S_i = Σ_k (v_ik − g_k); v_ik = w_k (r_ik + 1), r min–max with 1 for the best; g_k = (Π_i v_ik)^(1/n); a constant column adds 0',
  parameters: {},
  references: [
    {
      citation:
        'Pamučar, D., Ćirović, G. (2015), The selection of transport and handling resources in logistics centers using Multi-Attributive Border Approximation area Comparison (MABAC), Expert Systems with Applications 42(6), 3016–3028',
      url: 'https://doi.org/10.1016/j.eswa.2014.11.057',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [6, 9, 1],
          [1, 6, 7],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [8, 7, 4],
          [2, 9, 7],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [9, 7, 5],
          [1, 1, 3],
        ],
        row: 0,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [5, 8, 8],
          [8, 3, 4],
        ],
        weights: [0.6, 0.4],
        amount: 3,
      },
    },
  },
  cost: (n, m) => 8 * n * m,
  run(columns, weights, _parameters, out, context) {
    const n = out.length;
    const scaled = new Float64Array(n);
    const borders = new Float64Array(columns.length);
    const distances: Float64Array[] = [];
    out.fill(0);
    prepareColumns(columns, context).forEach((column, k) => {
      // Any value would do for a constant column; log1p(0) is exactly 0, so it adds exactly 0.
      scaleByRange(column, isCost(context, k), scaled);
      const weight = at(weights, k);
      let logs = 0;
      for (let i = 0; i < n; i++) logs += Math.log1p(at(scaled, i));
      // exp(mean log) − 1, so that the border and the values below are both measured from 1.
      const border = Math.expm1(logs / n);
      borders[k] = weight * (1 + border);
      for (let i = 0; i < n; i++) out[i] = at(out, i) + weight * (at(scaled, i) - border);
      if (context.trace) distances.push(scaled.map((value) => weight * (value - border)));
    });
    traceRow(context, 'Border approximation area', 'G', context.children, () => [...borders]);
    traceCities(context, 'Distances from the border approximation area', 'Q', context.children, () => distances);
  },
});
