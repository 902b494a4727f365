import { defineAggregation } from '../descriptor';
import { warnOfConstants } from '../numeric/criteria';
import { MULTIPLICATIVE_WEIGHTS, multiplicativeForm } from '../numeric/moora';

/**
 * The full multiplicative form of MULTIMOORA, as its natural logarithm: the form itself overflows where indicators are
 * many and large, and the order is the same. Values above 0. More is better. A column of weight 0 takes no part.
 */
export const mooraMultiplicative = defineAggregation({
  id: 'MOORA_MULTIPLICATIVE',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  requires: 'POSITIVE',
  title: 'MOORA (full multiplicative form)',
  summary:
    'Product of the benefits over the product of the costs, as a logarithm; depends on each city’s own values only.',
  formula:
    'ln U_i = Σ_benefits w_k ln x_ik − Σ_costs w_k ln x_ik (EXPONENTS), or Σ_benefits ln(w_k x_ik) − Σ_costs ln(w_k x_ik) (COEFFICIENTS: weights shift all scores alike and cannot move a rank)',
  parameters: {
    weightsAs: {
      kind: 'choice',
      enumName: 'MultiplicativeWeights',
      values: MULTIPLICATIVE_WEIGHTS,
      default: 'EXPONENTS',
      description: 'Whether weights are exponents of the values, or factors before them (which moves no rank).',
    },
  },
  references: [
    {
      citation:
        'Brauers, W. K. M., Zavadskas, E. K. (2010), Project management by MULTIMOORA as an instrument for transition economies, Technological and Economic Development of Economy 16(1), 5–24',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SYMMETRIC: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [1, 2],
          [3, 1],
        ],
        column: 0,
        amount: 10,
      },
    },
    // Every score moves by the same amount, so no rank does.
    SCALE_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [7, 2, 8],
          [7, 1, 5],
        ],
        column: 0,
        amount: 2,
      },
    },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [2, 5, 4],
          [9, 7, 1],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [3, 8, 4],
          [2, 4, 5],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [2, 5, 1],
          [1, 6, 3],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => 10 * n * m,
  run(columns, weights, { weightsAs }, out, context) {
    warnOfConstants(columns, context);
    multiplicativeForm(columns, weights, weightsAs, false, out, context);
  },
});
