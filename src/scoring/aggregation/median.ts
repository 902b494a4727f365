import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { gatherSorted } from '../numeric/sort-pairs';

/** Relative slack within which half of the weight counts as reached exactly: sums of weights carry rounding. */
const SLACK = 1e-12;

/** Weighted median. */
export const median = defineAggregation({
  id: 'MEDIAN',
  family: 'MEAN',
  missing: 'RESCALE',
  title: 'Median',
  summary:
    'Weighted median: the value with half of the weight at or below it and half at or above it. Robust to one odd child, and blind to how far the others are.',
  formula:
    'x_(1) ≤ … ≤ x_(c) the children that city i has, W_j the sum of the first j of their weights, W the sum of all: y_i = x_(j) for the first j with W_j > W / 2, or (x_(j) + x_(j+1)) / 2 where W_j = W / 2',
  parameters: {},
  references: [
    {
      citation: 'Beliakov, G., Bustince, H. and Calvo, T. (2016), A Practical Guide to Averaging Functions, chapter 2',
      url: 'https://doi.org/10.1007/978-3-319-24753-3',
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
      counterExample: { columns: [[1], [2], [4]], weights: [0.2, 0.6, 0.2], row: 0, column: 1, amount: 0.5 },
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
  cost: (n, m) => n * m * (4 + m / 4),
  run(columns, weights, _parameters, out) {
    const values = new Float64Array(columns.length);
    const shares = new Float64Array(columns.length);
    for (let i = 0; i < out.length; i++) {
      const count = gatherSorted(columns, weights, i, values, shares);
      let total = 0;
      for (let j = 0; j < count; j++) total += at(shares, j);
      const half = total / 2;
      let below = 0;
      let result = NaN;
      for (let j = 0; j < count; j++) {
        below += at(shares, j);
        if (below < half * (1 - SLACK)) continue;
        result = at(values, j);
        // Each is halved before they are added, so that two huge values cannot overflow.
        if (below <= half * (1 + SLACK) && j + 1 < count) result = result / 2 + at(values, j + 1) / 2;
        break;
      }
      out[i] = result;
    }
  },
});
