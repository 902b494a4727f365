import { defineAggregation, type Refuse } from '../descriptor';
import { at } from '../numeric/at';
import { clamp } from '../numeric/row-range';
import { gatherSorted } from '../numeric/sort-pairs';

/** Ordered weighted average, with importances after Torra. */
export const owa = defineAggregation({
  id: 'OWA',
  family: 'MEAN',
  missing: 'RESCALE',
  title: 'Ordered weighted average',
  summary:
    'Weighs a city’s values by their order, not by which child they belong to: from the mean of its best to the mean of its worst. Unequal node weights enter as importances (Torra’s WOWA); with equal ones this is Yager’s OWA. Missing children: the order weights are read as a function of the share of weight passed, so a city with some children missing is weighed by the same function over those it has.',
  formula:
    'x_(1) ≥ … ≥ x_(c) the children that city i has, c_j the sum of the first j of their weights over the sum of all; y_i = Σ_j (Q(c_j) − Q(c_(j−1))) x_(j), where Q is the piecewise linear function through (0, 0) and (j/m, v_1 + … + v_j) for the order weights v (scaled to add to 1) of the m children of the node. With atLeast = a, v is 1/a for the a smallest (or largest) positions and 0 elsewhere.',
  parameters: {
    orderWeights: {
      kind: 'numbers',
      min: 0,
      maxLength: 1000,
      description:
        'Weights by position, that of the largest value first, one for each child of the node; only their ratios matter. Not together with `atLeast`.',
    },
    atLeast: {
      kind: 'integer',
      min: 1,
      optional: true,
      description:
        'Average only this many of the values at one end; at most the number of children. Not together with `orderWeights`.',
    },
    end: {
      kind: 'choice',
      enumName: 'OrderedEnd',
      values: ['SMALLEST', 'LARGEST'],
      default: 'SMALLEST',
      readWhen: [{ parameter: 'atLeast', is: 'GIVEN' }],
      description: 'Which end `atLeast` counts from: a city’s worst values or its best.',
    },
  },
  references: [
    {
      citation:
        'Yager, R. R. (1988), On ordered weighted averaging aggregation operators in multicriteria decisionmaking, IEEE Trans. Systems, Man and Cybernetics 18(1), 183–190',
      url: 'https://doi.org/10.1109/21.87068',
    },
    {
      citation: 'Torra, V. (1997), The weighted OWA operator, Int. J. Intelligent Systems 12(2), 153–166',
      url: 'https://doi.org/10.1002/(SICI)1098-111X(199702)12:2<153::AID-INT3>3.0.CO;2-P',
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
      counterExample: {
        columns: [[1], [4]],
        weights: [0.5, 0.5],
        parameters: { orderWeights: null, atLeast: 1, end: 'SMALLEST' },
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
        parameters: { orderWeights: null, atLeast: 1, end: 'SMALLEST' },
        column: 0,
        amount: 4,
      },
    },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [[1], [4]],
        weights: [0.5, 0.5],
        parameters: { orderWeights: null, atLeast: 1, end: 'SMALLEST' },
        column: 0,
        amount: 3,
      },
    },
  },
  cost: (n, m) => n * m * (6 + m / 4),
  run(columns, weights, { orderWeights, atLeast, end }, out, { refuse }) {
    const m = columns.length;
    const cumulated = cumulatedOrderWeights(m, orderWeights, atLeast, end, refuse);
    const values = new Float64Array(m);
    const shares = new Float64Array(m);
    for (let i = 0; i < out.length; i++) {
      const count = gatherSorted(columns, weights, i, values, shares);
      let total = 0;
      for (let j = 0; j < count; j++) total += at(shares, j);
      let passed = 0;
      let before = 0;
      let sum = 0;
      for (let j = count - 1; j >= 0; j--) {
        passed += at(shares, j);
        // The last share is 1 by definition; its sum may round to a little less or more.
        const after = j === 0 ? 1 : interpolate(cumulated, passed / total);
        sum += (after - before) * at(values, j);
        before = after;
      }
      out[i] = count === 0 ? NaN : clamp(sum, at(values, 0), at(values, count - 1));
    }
  },
});

/** `v_1 + … + v_j` for j = 0 … m, scaled so that the last is 1. */
function cumulatedOrderWeights(
  m: number,
  orderWeights: readonly number[] | null,
  atLeast: number | null,
  end: 'SMALLEST' | 'LARGEST',
  refuse: Refuse,
): Float64Array {
  if ((orderWeights === null) === (atLeast === null)) {
    refuse(
      'BAD_INPUT',
      orderWeights === null
        ? 'Neither `orderWeights` nor `atLeast` is given.'
        : 'Both `orderWeights` and `atLeast` are given.',
      'one of the two',
    );
  }
  if (orderWeights !== null && orderWeights.length !== m) {
    refuse(
      'BAD_INPUT',
      `${orderWeights.length} order weights for ${m} children.`,
      `a list of ${m} numbers of at least 0`,
      orderWeights,
    );
  }
  if (atLeast !== null && atLeast > m) {
    refuse('BAD_INPUT', `The node has only ${m} children.`, `an integer from 1 to ${m}`, atLeast);
  }
  const counted = atLeast ?? 0;
  const ordered =
    orderWeights ?? Array.from({ length: m }, (_, j) => ((end === 'LARGEST' ? j < counted : j >= m - counted) ? 1 : 0));
  const largest = ordered.reduce((a, b) => Math.max(a, b), 0);
  if (largest === 0) refuse('WEIGHTS_INVALID', 'All order weights are 0.', 'at least one above 0', orderWeights);
  const cumulated = new Float64Array(m + 1);
  ordered.forEach((weight, j) => (cumulated[j + 1] = at(cumulated, j) + weight / largest));
  const total = at(cumulated, m);
  return cumulated.map((value) => value / total);
}

/** The piecewise linear function through `(j / m, cumulated[j])` at `share` in 0 … 1. */
function interpolate(cumulated: Float64Array, share: number): number {
  const m = cumulated.length - 1;
  const position = Math.min(share * m, m);
  const left = Math.min(Math.floor(position), m - 1);
  return at(cumulated, left) + (position - left) * (at(cumulated, left + 1) - at(cumulated, left));
}
