import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { isCost, prepareColumns, scaleByRatio, traceCities } from '../numeric/criteria';

/** WASPAS: score above 0 up to 1 (a city that is best everywhere), more is better. A constant column is 1 throughout. */
export const waspas = defineAggregation({
  id: 'WASPAS',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  requires: 'POSITIVE',
  title: 'WASPAS',
  summary: 'Blend of the weighted sum and the weighted product of values taken relative to the best in each column.',
  formula:
    'Q_i = λ Σ_k w_k r_ik + (1 − λ) Π_k r_ik^w_k; r = x / max x for benefits, min x / x for costs; values above 0',
  parameters: {
    lambda: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.5,
      description: 'Share of the weighted sum: 1 is the sum alone, 0 the product alone.',
    },
  },
  references: [
    {
      citation:
        'Zavadskas, E. K., Turskis, Z., Antucheviciene, J., Zakarevicius, A. (2012), Optimization of weighted aggregated sum product assessment, Elektronika ir Elektrotechnika 122(6), 3–6',
      url: 'https://doi.org/10.5755/j01.eee.122.6.1810',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [9, 5],
          [9, 5],
        ],
        column: 1,
        amount: 1,
      },
    },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [1, 5, 4],
          [8, 6, 9],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [6, 5, 1],
          [8, 7, 1],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [1, 3, 4],
          [5, 2, 2],
        ],
        row: 2,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [2, 2, 5],
          [1, 3, 8],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => 12 * n * m,
  run(columns, weights, { lambda }, out, context) {
    const n = out.length;
    const sums = new Float64Array(n);
    const products = new Float64Array(n);
    const ratios = new Float64Array(n);
    prepareColumns(columns, context).forEach((column, k) => {
      scaleByRatio(column, isCost(context, k), ratios);
      const weight = at(weights, k);
      if (weight === 0) return;
      for (let i = 0; i < n; i++) {
        sums[i] = at(sums, i) + weight * at(ratios, i);
        products[i] = at(products, i) + weight * Math.log(at(ratios, i));
      }
    });
    for (let i = 0; i < n; i++) {
      products[i] = Math.exp(at(products, i));
      out[i] = lambda * at(sums, i) + (1 - lambda) * at(products, i);
    }
    traceCities(context, 'Weighted sum and weighted product', 'Q¹, Q²', ['weighted sum', 'weighted product'], () => [
      sums,
      products,
    ]);
  },
});
