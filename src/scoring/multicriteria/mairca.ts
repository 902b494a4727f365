import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { isCost, prepareColumns, scaleByRange, traceCities } from '../numeric/criteria';

/**
 * MAIRCA: total gap between what the weights promise and what a city delivers, 0 to 1 / n; less is better. A constant
 * column is at the ideal everywhere, so no gap for any city.
 */
export const mairca = defineAggregation({
  id: 'MAIRCA',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  lowerIsBetter: true,
  title: 'MAIRCA',
  summary:
    'Sums the gaps between theoretical ratings (the weights, shared equally by the cities) and real ones (min–max).',
  formula: 'Q_i = Σ_k (t_k − t_k r_ik); t_k = w_k / n; r min–max with 1 for the best, and for a constant column',
  parameters: {},
  references: [
    {
      citation:
        'Gigović, L., Pamučar, D., Bajić, Z., Milićević, M. (2016), The combination of expert judgment and GIS-MAIRCA analysis for the selection of sites for ammunition depots, Sustainability 8(4), 372',
      url: 'https://doi.org/10.3390/su8040372',
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
          [8, 9, 1],
          [6, 9, 2],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [7, 1, 1],
          [5, 1, 3],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [3, 4, 5],
          [8, 2, 9],
        ],
        row: 2,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [2, 6, 6],
          [3, 4, 8],
        ],
        weights: [0.8, 0.2],
        amount: 10,
      },
    },
  },
  cost: (n, m) => 3 * n * m,
  run(columns, weights, _parameters, out, context) {
    const n = out.length;
    const scaled = new Float64Array(n);
    const gaps: Float64Array[] = [];
    out.fill(0);
    prepareColumns(columns, context).forEach((column, k) => {
      scaleByRange(column, isCost(context, k), scaled, 1);
      const theoretical = at(weights, k) / n;
      for (let i = 0; i < n; i++) out[i] = at(out, i) + theoretical * (1 - at(scaled, i));
      if (context.trace) gaps.push(scaled.map((value) => theoretical * (1 - value)));
    });
    traceCities(context, 'Total gap matrix', 'G', context.children, () => gaps);
  },
});
