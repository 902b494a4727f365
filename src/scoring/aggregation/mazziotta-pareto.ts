import { defineAggregation } from '../descriptor';
import { PENALTY_PARAMETER, meanAndSpread, penaliseMeans } from '../numeric/mean-and-spread';
import { DIVISOR_PARAMETER } from '../numeric/standardising';

/** Mazziotta–Pareto index. */
export const mazziottaPareto = defineAggregation({
  id: 'MAZZIOTTA_PARETO',
  family: 'MEAN',
  missing: 'RESCALE',
  requires: 'POSITIVE',
  title: 'Mazziotta–Pareto index',
  summary:
    'Weighted mean less a penalty for unbalanced children. Meant for values standardised to mean 100 and standard deviation 10 (Z_SCORE). Node weights enter the mean and the standard deviation alike; the authors weigh equally.',
  formula:
    'y_i = M_i ∓ S_i cv_i with cv_i = S_i / M_i, M_i = Σ_k w_k x_ik / Σ_k w_k, S_i² = Σ_k w_k (x_ik − M_i)² / Σ_k w_k over the c children that city i has; SAMPLE multiplies S_i² by c / (c − 1) (0 for c = 1); every x above 0',
  parameters: {
    penalty: PENALTY_PARAMETER,
    deviation: {
      ...DIVISOR_PARAMETER,
      default: 'POPULATION',
      description:
        'POPULATION divides by the number of children, as the authors do; SAMPLE by one less, as Compind ships it.',
    },
  },
  references: [
    {
      citation:
        'De Muro, P., Mazziotta, M. and Pareto, A. (2011), Composite indices of development and poverty: An application to MDGs, Social Indicators Research 104, 1–18',
      url: 'https://doi.org/10.1007/s11205-010-9727-z',
    },
  ],
  properties: {
    SYMMETRIC: { holds: true },
    IDEMPOTENT: { holds: true },
    HOMOGENEOUS: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
    MONOTONE: {
      holds: false,
      counterExample: {
        columns: [[1], [1], [10]],
        weights: [1 / 3, 1 / 3, 1 / 3],
        parameters: { penalty: 'POSITIVE', deviation: 'POPULATION' },
        row: 0,
        column: 2,
        amount: 1,
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [[1], [1], [10]],
        weights: [1 / 3, 1 / 3, 1 / 3],
        parameters: { penalty: 'POSITIVE', deviation: 'POPULATION' },
        row: 0,
      },
    },
    COMPENSATORY: {
      holds: false,
      counterExample: {
        columns: [[1], [4]],
        weights: [0.5, 0.5],
        parameters: { penalty: 'POSITIVE', deviation: 'POPULATION' },
        row: 0,
        column: 0,
        amount: 0.5,
      },
    },
    SCALE_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [[1], [4]],
        weights: [0.5, 0.5],
        parameters: { penalty: 'POSITIVE', deviation: 'POPULATION' },
        column: 0,
        amount: 4,
      },
    },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [[1], [4]],
        weights: [0.5, 0.5],
        parameters: { penalty: 'POSITIVE', deviation: 'POPULATION' },
        column: 0,
        amount: 3,
      },
    },
  },
  cost: (n, m) => 4 * n * m,
  run(columns, weights, { penalty, deviation }, out) {
    penaliseMeans(meanAndSpread(columns, weights, out.length, deviation === 'SAMPLE'), penalty, out);
  },
});
