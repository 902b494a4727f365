import { defineAggregation } from '../descriptor';
import { PENALTY_PARAMETER, meanAndSpread, penaliseMeans } from '../numeric/mean-and-spread';

/** The ends of the scale, with room for the rounding of a normalisation. */
const LOW = 70 - 1e-9;
const HIGH = 130 + 1e-9;

/** Adjusted Mazziotta–Pareto index. */
export const adjustedMazziottaPareto = defineAggregation({
  id: 'ADJUSTED_MAZZIOTTA_PARETO',
  family: 'MEAN',
  missing: 'RESCALE',
  requires: 'POSITIVE',
  title: 'Adjusted Mazziotta–Pareto index',
  summary:
    'The Mazziotta–Pareto penalty on values of a fixed scale, so that scores of several years can be compared. Get the scale from the normalisation: GOALPOSTS with low 70, high 130 and the posts reference − Δ and reference + Δ, where reference is the value that shall be 100 and Δ half the range of the indicator over all cities and years. Values off that scale are scored all the same, with a warning.',
  formula:
    'y_i = M_i ∓ S_i cv_i with cv_i = S_i / M_i, M_i = Σ_k w_k r_ik / Σ_k w_k, S_i² = Σ_k w_k (r_ik − M_i)² / Σ_k w_k over the children that city i has; r = (x − (ref − Δ)) / 2Δ × 60 + 70, every r above 0',
  parameters: {
    penalty: PENALTY_PARAMETER,
  },
  references: [
    {
      citation:
        'Mazziotta, M. and Pareto, A. (2016), On a generalized non-compensatory composite index for measuring socio-economic phenomena, Social Indicators Research 127, 983–1003',
      url: 'https://doi.org/10.1007/s11205-015-0998-2',
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
        parameters: { penalty: 'POSITIVE' },
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
        parameters: { penalty: 'POSITIVE' },
        row: 0,
      },
    },
    COMPENSATORY: {
      holds: false,
      counterExample: {
        columns: [[1], [4]],
        weights: [0.5, 0.5],
        parameters: { penalty: 'POSITIVE' },
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
        parameters: { penalty: 'POSITIVE' },
        column: 0,
        amount: 4,
      },
    },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [[1], [4]],
        weights: [0.5, 0.5],
        parameters: { penalty: 'POSITIVE' },
        column: 0,
        amount: 3,
      },
    },
  },
  cost: (n, m) => 4 * n * m,
  run(columns, weights, { penalty }, out, { warn }) {
    penaliseMeans(meanAndSpread(columns, weights, out.length, false), penalty, out);
    if (columns.some((column) => !column.every((value) => !(value < LOW || value > HIGH)))) {
      warn('METHOD_NOTE', `Some values are outside 70–130, the scale that the index is defined on.`);
    }
  },
});
