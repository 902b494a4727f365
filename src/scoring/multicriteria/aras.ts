import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import {
  isCost,
  prepareColumns,
  requirePositiveCosts,
  scaleByInvertedSum,
  traceCities,
  traceRow,
} from '../numeric/criteria';

/**
 * ARAS: degree of utility, 0 to 1 (a city that is best everywhere), more is better. A column of zeros adds nothing;
 * where all columns are zeros every city gets 1.
 */
export const aras = defineAggregation({
  id: 'ARAS',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  requires: 'NON_NEGATIVE',
  title: 'ARAS',
  summary:
    'Additive ratio assessment: the weighted sum of each city’s shares, relative to that of an optimal city made of the best values.',
  formula:
    'K_i = S_i / S_0; S_i = Σ_k w_k r_ik; r = x / Σ x for benefits, (1/x) / Σ (1/x) for costs; row 0 holds the best values, and is counted in the sums (INCLUDED) or not (EXCLUDED); a column of zeros adds 0, and K_i = 1 where S_0 = 0; a cost of 0 is refused',
  parameters: {
    optimalRow: {
      kind: 'choice',
      enumName: 'ArasOptimalRow',
      values: ['INCLUDED', 'EXCLUDED'],
      default: 'INCLUDED',
      description: 'Whether the optimal city counts in the column sums, as in the paper.',
    },
  },
  references: [
    {
      citation:
        'Zavadskas, E. K., Turskis, Z. (2010), A new additive ratio assessment (ARAS) method in multicriteria decision-making, Technological and Economic Development of Economy 16(2), 159–172',
      url: 'https://doi.org/10.3846/tede.2010.10',
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
          [6, 8],
        ],
        column: 0,
        amount: 3,
      },
    },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [3, 2, 9],
          [3, 8, 3],
        ],
        weights: [0.6, 0.4],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [5, 9, 8],
          [4, 9, 7],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [4, 8, 5],
          [4, 1, 2],
        ],
        row: 0,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [8, 2],
          [6, 2],
        ],
        amount: 3,
      },
    },
  },
  cost: (n, m) => 3 * n * m,
  run(columns, weights, { optimalRow }, out, context) {
    const n = out.length;
    requirePositiveCosts(columns, context);
    const shares = new Float64Array(n);
    let optimum = 0;
    out.fill(0);
    prepareColumns(columns, context).forEach((column, k) => {
      const weight = at(weights, k);
      optimum += weight * scaleByInvertedSum(column, isCost(context, k), optimalRow === 'INCLUDED', shares);
      for (let i = 0; i < n; i++) out[i] = at(out, i) + weight * at(shares, i);
    });
    const optimality = context.trace ? out.slice() : out;
    for (let i = 0; i < n; i++) out[i] = optimum > 0 ? at(out, i) / optimum : 1;
    traceCities(context, 'Optimality function', 'S', ['S'], () => [optimality]);
    traceRow(context, 'Optimality function of the optimal city', 'S_0', ['S_0'], () => [optimum]);
  },
});
