import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { isCost, prepareColumns, traceCities } from '../numeric/criteria';
import { rangeOf } from '../numeric/statistics';

/** Takes the smallest value off all, so that the worst city gets 0. */
function fromZero(values: Float64Array): void {
  const { min } = rangeOf(values);
  for (let i = 0; i < values.length; i++) values[i] = at(values, i) - min;
}

/**
 * OCRA: relative performance on costs and on benefits, each counted from the worst city. 0 for the worst, more is better.
 * Values above 0. A constant column adds nothing; without costs the input side is 0 for all.
 * In a column of extreme magnitudes a value below 1e-200 of the largest counts as that much, so that its multiples stay finite.
 */
export const ocra = defineAggregation({
  id: 'OCRA',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  requires: 'POSITIVE',
  title: 'OCRA (operational competitiveness rating)',
  summary:
    'Rates cities on costs and on benefits apart, by distance from the worst value in units of the smallest, then adds the two.',
  formula:
    'I_i = Σ_costs w_k (max_k − x_ik) / min_k, O_i = Σ_benefits w_k (x_ik − min_k) / min_k; Ī = I − min I, Ō = O − min O; P_i = Ī_i + Ō_i − min(Ī + Ō)',
  parameters: {},
  references: [
    {
      citation:
        'Parkan, C., Wu, M.-L. (1997), On the equivalence of operational performance measurement and multiple attribute decision making, International Journal of Production Research 35(11), 2963–2988',
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
          [2, 5, 0.1],
        ],
        row: 2,
      },
    },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [9, 5, 7],
          [6, 4, 1],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [2, 3, 9],
          [7, 1, 9],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [2, 7, 9],
          [6, 4, 3],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => 2 * n * m,
  run(columns, weights, _parameters, out, context) {
    const n = out.length;
    const input = new Float64Array(n);
    const output = new Float64Array(n);
    const values = prepareColumns(columns, context);
    values.forEach((column, k) => {
      if (at(weights, k) === 0) return;
      const { min, max } = rangeOf(column);
      const cost = isCost(context, k);
      const side = cost ? input : output;
      const factor = at(weights, k) / min;
      for (let i = 0; i < n; i++) {
        side[i] = at(side, i) + factor * (cost ? max - at(column, i) : at(column, i) - min);
      }
    });
    fromZero(input);
    fromZero(output);
    for (let i = 0; i < n; i++) out[i] = at(input, i) + at(output, i);
    fromZero(out);
    traceCities(context, 'Input and output performance', 'Ī, Ō', ['Ī', 'Ō'], () => [input, output]);
  },
});
