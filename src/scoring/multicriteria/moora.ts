import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { prepareColumns, traceCities } from '../numeric/criteria';
import { ratioFactor, ratioSystem } from '../numeric/moora';

/**
 * MOORA's ratio system: weighted shares of the column's length, benefits added and costs taken off. More is better.
 * A column of zeros adds nothing; one city alone gets the sum of its weights, signed.
 */
export const moora = defineAggregation({
  id: 'MOORA',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  title: 'MOORA (ratio system)',
  summary:
    'Adds up each city’s weighted share of the column’s Euclidean length, benefits minus costs: compensatory, and blind to units.',
  formula: 'y_i = Σ_benefits w_k r_ik − Σ_costs w_k r_ik, r_ik = x_ik / √Σ_i x_ik²',
  parameters: {},
  references: [
    {
      citation:
        'Brauers, W. K. M., Zavadskas, E. K. (2006), The MOORA method and its application to privatization in a transition economy, Control and Cybernetics 35(2), 445–469',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SYMMETRIC: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [1, 2, 3],
          [3, 1, 2],
        ],
        column: 0,
        amount: 10,
      },
    },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [3, 1, 9],
          [1, 2.5, 0],
        ],
        row: 2,
      },
    },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [1, 8, 2],
          [3, 4, 8],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [5, 2, 1],
          [6, 2, 4],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [6, 4, 5],
          [2, 5, 7],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => 2 * n * m,
  run(columns, weights, _parameters, out, context) {
    const values = prepareColumns(columns, context);
    ratioSystem(values, weights, out, context);
    traceCities(context, 'Weighted ratios', 'w x*', context.children, () =>
      values.map((column, k) => {
        const factor = ratioFactor(column, at(weights, k));
        return column.map((value) => factor * value);
      }),
    );
  },
});
