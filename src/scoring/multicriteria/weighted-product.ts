import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { isCost, prepareColumns, scaleByInvertedSum, traceCities } from '../numeric/criteria';

/**
 * Weighted product of shares; scores above 0, more is better. It ranks as the geometric mean does where all columns are
 * benefits, and has its own way with costs. A constant column is the same factor for every city.
 */
export const weightedProduct = defineAggregation({
  id: 'WEIGHTED_PRODUCT',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  requires: 'POSITIVE',
  title: 'Weighted product',
  summary: 'Product of each column’s shares of its total, raised to the weights; costs enter by their reciprocals.',
  formula: 'P_i = Π_k r_ik^w_k; r = x / Σ x for benefits, (1/x) / Σ (1/x) for costs; values above 0',
  parameters: {},
  references: [
    { citation: 'Bridgman, P. W. (1922), Dimensional Analysis, Yale University Press' },
    {
      citation:
        'Triantaphyllou, E. (2000), Multi-criteria Decision Making Methods: A Comparative Study, Kluwer, section 2.2.2',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [2, 4],
          [5, 9],
        ],
        column: 0,
        amount: 10,
      },
    },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [9, 7, 4],
          [1, 6, 2],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [7, 6],
          [9, 5],
        ],
        weights: [0.25, 0.75],
      },
    },
    COMPENSATORY: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [1, 4],
          [1, 3],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => 12 * n * m,
  run(columns, weights, _parameters, out, context) {
    const n = out.length;
    const logs = new Float64Array(n);
    const shares = new Float64Array(n);
    prepareColumns(columns, context).forEach((column, k) => {
      const weight = at(weights, k);
      if (weight === 0) return;
      scaleByInvertedSum(column, isCost(context, k), false, shares);
      for (let i = 0; i < n; i++) logs[i] = at(logs, i) + weight * Math.log(at(shares, i));
    });
    for (let i = 0; i < n; i++) out[i] = Math.exp(at(logs, i));
    traceCities(context, 'Logarithm of the score', 'ln P', ['ln P'], () => [logs]);
  },
});
