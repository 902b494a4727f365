import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { bestAndWorst, isCost, prepareColumns, sumOf, traceCities } from '../numeric/criteria';
import { heldFinite } from '../numeric/scale';
import { rangeOf } from '../numeric/statistics';

/** The smallest value above 0. */
function smallestPositive(values: Float64Array): number {
  let smallest = Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (value > 0 && value < smallest) smallest = value;
  }
  return smallest;
}

/**
 * CoCoSo: a compromise of a sum and a product of min–max values, judged in three ways. More is better.
 *
 * A constant column sets every city at the ideal (r = 1). A column of weight 0 takes no part. A city that is worst in
 * everything has S = P = 0, and the paper's ratio to the smallest S and P is not defined: the smallest above 0 are taken
 * instead, with a warning (some city is best in something, so there are such).
 */
export const cocoso = defineAggregation({
  id: 'COCOSO',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  title: 'CoCoSo (combined compromise solution)',
  summary: 'Combines a weighted sum and a weighted product of min–max values by three appraisals and their mean.',
  formula:
    'S_i = Σ_k w_k r_ik, P_i = Σ_k r_ik^w_k, r min–max with the best at 1, a constant column at 1 throughout; a_i = (S_i + P_i) / Σ(S + P), b_i = S_i / min S + P_i / min P, min S and min P the smallest above 0; c_i = (λ S_i + (1 − λ) P_i) / (λ max S + (1 − λ) max P); k_i = (a_i b_i c_i)^(1/3) + (a_i + b_i + c_i) / 3',
  parameters: {
    lambda: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.5,
      description: 'Weight of the sum against the product in the third appraisal.',
    },
  },
  references: [
    {
      citation:
        'Yazdani, M., Zaraté, P., Zavadskas, E. K., Turskis, Z. (2019), A combined compromise solution (CoCoSo) method for multi-criteria decision-making problems, Management Decision 57(9), 2501–2519',
      url: 'https://doi.org/10.1108/MD-05-2017-0458',
    },
  ],
  properties: {
    // The second city falls to S = 0, the smallest S above 0 jumps, and the multiples of it drop.
    MONOTONE: {
      holds: false,
      counterExample: {
        columns: [
          [9, 4, 3],
          [2, 0, 3],
        ],
        row: 2,
        column: 0,
        amount: 1,
      },
    },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    SYMMETRIC: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [3, 1, 9],
          [1, 2.5, 0],
        ],
        row: 2,
      },
    },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [8, 4, 5],
          [2, 6, 5],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [8, 9, 2],
          [3, 9, 5],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [6, 1, 7],
          [3, 6, 9],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => 30 * n * m,
  run(columns, weights, { lambda }, out, context) {
    const n = out.length;
    const sum = new Float64Array(n);
    const product = new Float64Array(n);
    prepareColumns(columns, context).forEach((column, k) => {
      const weight = at(weights, k);
      if (weight === 0) return;
      const { best, worst } = bestAndWorst(column, isCost(context, k));
      const range = best - worst;
      for (let i = 0; i < n; i++) {
        const r = range === 0 ? 1 : (at(column, i) - worst) / range;
        sum[i] = at(sum, i) + weight * r;
        product[i] = at(product, i) + r ** weight;
      }
    });
    const smallestSum = smallestPositive(sum);
    const smallestProduct = smallestPositive(product);
    if (rangeOf(sum).min < smallestSum)
      context.warn(
        'ZERO_DENOMINATOR',
        'A city is worst in everything, so the others are compared with the next lowest sum and product.',
      );
    const total = sumOf(sum) + sumOf(product);
    const top = lambda * rangeOf(sum).max + (1 - lambda) * rangeOf(product).max;
    const a = new Float64Array(n);
    const b = new Float64Array(n);
    const c = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const s = at(sum, i);
      const p = at(product, i);
      a[i] = (s + p) / total;
      b[i] = heldFinite(s / smallestSum + p / smallestProduct);
      c[i] = (lambda * s + (1 - lambda) * p) / top;
      out[i] = Math.cbrt(at(a, i) * at(b, i) * at(c, i)) + (at(a, i) + at(b, i) + at(c, i)) / 3;
    }
    traceCities(context, 'Weighted sum and product', 'S, P', ['S', 'P'], () => [sum, product]);
    traceCities(context, 'Appraisal scores', 'k_a, k_b, k_c', ['k_a', 'k_b', 'k_c'], () => [a, b, c]);
  },
});
