import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { isCost, prepareColumns, scaleBySum, traceCities } from '../numeric/criteria';

/** RAM: root assessment scores between 2^(1/3) and √3, more is better. A column of zeros adds nothing. */
export const ram = defineAggregation({
  id: 'RAM',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  requires: 'NON_NEGATIVE',
  title: 'RAM',
  summary:
    'Root assessment: benefits are the base and costs the degree of a root, so that a surplus of one makes up for the other only in part.',
  formula:
    'RI_i = (2 + S⁺_i)^(1 / (2 + S⁻_i)); S⁺, S⁻: Σ_k w_k x_ik / Σ_i x_ik over benefits and over costs; a column of zeros adds 0',
  parameters: {},
  references: [
    {
      citation:
        'Sotoudeh-Anvari, A. (2023), Root Assessment Method (RAM): A novel multi-criteria decision making method and its applications in sustainability challenges, Journal of Cleaner Production 423, 138695',
      url: 'https://doi.org/10.1016/j.jclepro.2023.138695',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [4, 1],
          [4, 8],
        ],
        weights: [0.5, 0.5],
        column: 0,
        amount: 2,
      },
    },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [2, 2, 8],
          [5, 1, 6],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [8, 7, 8],
          [6, 4, 6],
        ],
        weights: [0.5, 0.5],
      },
    },
    COMPENSATORY: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [2, 7, 8],
          [9, 8, 4],
        ],
        weights: [0.8, 0.2],
        row: 0,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [6, 5, 4],
          [2, 6, 9],
        ],
        amount: 3,
      },
    },
  },
  cost: (n, m) => 2 * n * m,
  run(columns, weights, _parameters, out, context) {
    const n = out.length;
    const gains = new Float64Array(n);
    const losses = new Float64Array(n);
    const shares = new Float64Array(n);
    prepareColumns(columns, context).forEach((column, k) => {
      scaleBySum(column, shares);
      const weight = at(weights, k);
      const sums = isCost(context, k) ? losses : gains;
      for (let i = 0; i < n; i++) sums[i] = at(sums, i) + weight * at(shares, i);
    });
    for (let i = 0; i < n; i++) out[i] = (2 + at(gains, i)) ** (1 / (2 + at(losses, i)));
    traceCities(context, 'Sums of benefits and of costs', 'S⁺, S⁻', ['S⁺', 'S⁻'], () => [gains, losses]);
  },
});
