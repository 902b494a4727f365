import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { cityName, isCost, prepareColumns, scaleBySum, traceCities } from '../numeric/criteria';

/**
 * COPRAS: degree of utility in percent of the best city, more is better.
 *
 * A column of zeros adds nothing. Without cost criteria the significance is S⁺ alone. Where every significance is 0 all
 * cities get 100.
 */
export const copras = defineAggregation({
  id: 'COPRAS',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  requires: 'NON_NEGATIVE',
  title: 'COPRAS',
  summary:
    'Complex proportional assessment: shares of each column’s total are summed for benefits and for costs apart, and a small sum of costs is rewarded in proportion.',
  formula:
    'd_ik = w_k x_ik / Σ_i x_ik; S⁺_i, S⁻_i sums of d over benefits and costs; Q_i = S⁺_i + Σ_j S⁻_j / (S⁻_i Σ_j 1 / S⁻_j); N_i = 100 Q_i / max Q. Without costs Q_i = S⁺_i; with costs an S⁻ of 0 is refused; a column of zeros adds 0, and N = 100 where max Q = 0',
  parameters: {},
  references: [
    {
      citation:
        'Zavadskas, E. K., Kaklauskas, A., Sarka, V. (1994), The new method of multicriteria complex proportional assessment of projects, Technological and Economic Development of Economy 1(3), 131–139',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [5, 1],
          [8, 9],
        ],
        column: 0,
        amount: 10,
      },
    },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [4, 6],
          [3, 2],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [2, 2, 7],
          [7, 4, 4],
        ],
        weights: [0.8, 0.2],
      },
    },
    COMPENSATORY: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [1, 4, 2],
          [4, 1, 2],
        ],
        row: 1,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [5, 3],
          [4, 5],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => 2 * n * m,
  run(columns, weights, _parameters, out, context) {
    const n = out.length;
    const gains = new Float64Array(n);
    const losses = new Float64Array(n);
    const shares = new Float64Array(n);
    let weighsCosts = false;
    for (const [k, column] of prepareColumns(columns, context).entries()) {
      scaleBySum(column, shares);
      const weight = at(weights, k);
      const sums = isCost(context, k) ? losses : gains;
      if (sums === losses && weight > 0) weighsCosts = true;
      for (let i = 0; i < n; i++) sums[i] = at(sums, i) + weight * at(shares, i);
    }
    out.set(gains);
    if (weighsCosts)
      addReward(losses, out, (i) =>
        context.refuse(
          'PRECONDITION_FAILED',
          `All cost criteria are 0 in ${cityName(context, i)}; COPRAS divides by their sum.`,
          'a cost criterion above 0 in every city',
          0,
        ),
      );
    const significance = context.trace ? out.slice() : out;
    let best = 0;
    for (let i = 0; i < n; i++) if (at(out, i) > best) best = at(out, i);
    for (let i = 0; i < n; i++) out[i] = best > 0 ? (100 * at(out, i)) / best : 100;
    traceCities(context, 'Sums of benefits and of costs, relative significance', 'S⁺, S⁻, Q', ['S⁺', 'S⁻', 'Q'], () => [
      gains,
      losses,
      significance,
    ]);
  },
});

/** Adds Σ S⁻ / (S⁻_i Σ 1/S⁻) to `out`; written with min S⁻ / S⁻_i, which cannot overflow. */
function addReward(losses: Float64Array, out: Float64Array, refuse: (i: number) => never): void {
  let total = 0;
  let least = Infinity;
  for (let i = 0; i < losses.length; i++) {
    const loss = at(losses, i);
    if (!(loss > 0)) refuse(i);
    total += loss;
    if (loss < least) least = loss;
  }
  let ratios = 0;
  for (let i = 0; i < losses.length; i++) ratios += least / at(losses, i);
  for (let i = 0; i < losses.length; i++) out[i] = at(out, i) + (total * (least / at(losses, i))) / ratios;
}
