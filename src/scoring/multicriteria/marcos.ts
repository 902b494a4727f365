import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { isCost, prepareColumns, requirePositiveCosts, scaleByRatio, traceCities, traceRow } from '../numeric/criteria';
import { rangeOf } from '../numeric/statistics';

/**
 * MARCOS: utility, more is better; a city that is best everywhere scores below 1 by the anti-ideal's share.
 *
 * The utility functions f(K⁻) and f(K⁺) come out the same for every city, so the result is S_i times a constant: MARCOS
 * ranks as the weighted sum of ratios does. The closed form used here also holds in the limit where the anti-ideal is
 * all zeros. A column of zeros adds nothing; where all columns are zeros every city gets 0.
 */
export const marcos = defineAggregation({
  id: 'MARCOS',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  requires: 'NON_NEGATIVE',
  title: 'MARCOS',
  summary: 'Compromise between a city’s utility relative to the ideal and relative to the anti-ideal city.',
  formula:
    'f(K_i) = (K⁺ + K⁻) / (1 + (1 − f⁺) / f⁺ + (1 − f⁻) / f⁻); K⁺ = S_i / S_ai⁺ (ideal), K⁻ = S_i / S_ai⁻ (anti-ideal); f⁺ = K⁻ / (K⁺ + K⁻), f⁻ = K⁺ / (K⁺ + K⁻); S: Σ_k w_k r_k; r = x / max x for benefits, min x / x for costs. Equals S_i (I + A) / (I² + I A + A²) with I, A the sums of the ideal and the anti-ideal, which is taken where A = 0, too; a column of zeros adds 0, and f = 0 where I = 0; a cost of 0 is refused',
  parameters: {},
  references: [
    {
      citation:
        'Stević, Ž., Pamučar, D., Puška, A., Chatterjee, P. (2020), Sustainable supplier selection in healthcare industries using a new MCDM method: Measurement of alternatives and ranking according to COmpromise solution (MARCOS), Computers & Industrial Engineering 140, 106231',
      url: 'https://doi.org/10.1016/j.cie.2019.106231',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [4, 3],
          [4, 5],
        ],
        column: 1,
        amount: 1,
      },
    },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [7, 2],
          [9, 8],
        ],
        weights: [0.4, 0.6],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [3, 4],
          [4, 3],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [7, 3, 6],
          [3, 9, 5],
        ],
        row: 0,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [2, 5],
          [8, 3],
        ],
        amount: 10,
      },
    },
  },
  cost: (n, m) => 3 * n * m,
  run(columns, weights, _parameters, out, context) {
    const n = out.length;
    requirePositiveCosts(columns, context);
    const ratios = new Float64Array(n);
    let ideal = 0;
    let antiIdeal = 0;
    out.fill(0);
    prepareColumns(columns, context).forEach((column, k) => {
      scaleByRatio(column, isCost(context, k), ratios);
      const weight = at(weights, k);
      const { min, max } = rangeOf(ratios);
      ideal += weight * max;
      antiIdeal += weight * min;
      for (let i = 0; i < n; i++) out[i] = at(out, i) + weight * at(ratios, i);
    });
    const sums = context.trace ? out.slice() : out;
    const factor = ideal > 0 ? (ideal + antiIdeal) / (ideal * ideal + ideal * antiIdeal + antiIdeal * antiIdeal) : 0;
    for (let i = 0; i < n; i++) out[i] = factor * at(out, i);
    traceCities(context, 'Weighted sums', 'S', ['S'], () => [sums]);
    traceRow(context, 'Weighted sums of the ideal and the anti-ideal city', 'S_ai', ['ideal', 'anti-ideal'], () => [
      ideal,
      antiIdeal,
    ]);
  },
});
