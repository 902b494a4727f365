import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { rowRange } from '../numeric/row-range';

/** The worst child. */
export const minimum = defineAggregation({
  id: 'MINIMUM',
  family: 'MEAN',
  missing: 'RESCALE',
  title: 'Minimum',
  summary:
    'The score is the worst child’s: nothing makes up for it. Weights do not enter, but a child of weight 0 is left out.',
  formula: 'y_i = min_k x_ik over the children k that city i has and whose weight is above 0',
  parameters: {},
  references: [
    {
      citation:
        'Beliakov, G., Pradera, A. and Calvo, T. (2007), Aggregation Functions: A Guide for Practitioners, chapter 1',
      url: 'https://doi.org/10.1007/978-3-540-73721-6',
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
      counterExample: { columns: [[1], [4]], weights: [0.5, 0.5], row: 0, column: 0, amount: 0.5 },
    },
    SCALE_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1], [4]], weights: [0.5, 0.5], column: 0, amount: 4 },
    },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1], [4]], weights: [0.5, 0.5], column: 0, amount: 3 },
    },
  },
  cost: (n, m) => n * m,
  run(columns, weights, _parameters, out) {
    const { low } = rowRange(columns, weights, out.length);
    for (let i = 0; i < out.length; i++) out[i] = at(low, i) === Infinity ? NaN : at(low, i);
  },
});
