import { defineAggregation } from '../descriptor';
import { at, atInt } from '../numeric/at';
import { isCost, prepareColumns, requirePositiveCosts, scaleByRatio, traceCities } from '../numeric/criteria';
import { orderAscending } from '../numeric/order';
import { rangeOf } from '../numeric/statistics';

/**
 * CODAS: assessment scores that add to 0, more is better.
 *
 * A constant column adds no distance. The pairs whose Euclidean distances differ by at least τ are runs of the sorted
 * list, so the sum over pairs costs O(n log n).
 */
export const codas = defineAggregation({
  id: 'CODAS',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  requires: 'NON_NEGATIVE',
  title: 'CODAS',
  summary:
    'Ranks by Euclidean distance from the worst values, and lets the Manhattan distance speak as well where two cities’ Euclidean distances are clearly apart.',
  formula:
    'H_i = Σ_j [(E_i − E_j) + ψ(E_i − E_j) (T_i − T_j)], ψ(x) = 1 if |x| ≥ τ, else 0; E, T: Euclidean and Manhattan distances of w_k r_ik from its column minimum; r = x / max x for benefits (0 in a column of zeros), min x / x for costs (a cost of 0 is refused)',
  parameters: {
    tau: {
      kind: 'number',
      min: 0,
      default: 0.02,
      description:
        'Difference of Euclidean distances from which Manhattan distances count; 0.01 to 0.05 by the authors.',
    },
  },
  references: [
    {
      citation:
        'Keshavarz Ghorabaee, M., Zavadskas, E. K., Turskis, Z., Antucheviciene, J. (2016), A new combinative distance-based assessment (CODAS) method for multi-criteria decision-making, Economic Computation and Economic Cybernetics Studies and Research 50(3), 25–44',
      url: 'https://ideas.repec.org/a/cys/ecocyb/v50y2016i3p25-44.html',
    },
  ],
  properties: {
    MONOTONE: {
      holds: false,
      counterExample: {
        columns: [
          [10, 16, 14, 18],
          [23, 22, 12, 1],
          [13, 13, 13, 19],
          [18, 12, 8, 20],
        ],
        weights: [0.3, 0.2, 0.2, 0.3],
        row: 0,
        column: 1,
        amount: 1,
      },
    },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [2, 7],
          [3, 8],
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
          [9, 3],
          [2, 4],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [1, 1, 1],
          [7, 4, 2],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [2, 8, 7],
          [7, 5, 6],
        ],
        row: 0,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [8, 9],
          [7, 8],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => n * (4 * m + 20),
  run(columns, weights, { tau }, out, context) {
    const n = out.length;
    requirePositiveCosts(columns, context);
    const euclidean = new Float64Array(n);
    const manhattan = new Float64Array(n);
    const ratios = new Float64Array(n);
    prepareColumns(columns, context).forEach((column, k) => {
      scaleByRatio(column, isCost(context, k), ratios);
      const weight = at(weights, k);
      const { min } = rangeOf(ratios);
      for (let i = 0; i < n; i++) {
        const distance = weight * (at(ratios, i) - min);
        euclidean[i] = at(euclidean, i) + distance * distance;
        manhattan[i] = at(manhattan, i) + distance;
      }
    });
    for (let i = 0; i < n; i++) euclidean[i] = Math.sqrt(at(euclidean, i));
    assess(euclidean, manhattan, tau, out);
    traceCities(context, 'Euclidean and Manhattan distances from the negative-ideal point', 'E, T', ['E', 'T'], () => [
      euclidean,
      manhattan,
    ]);
  },
});

function assess(euclidean: Float64Array, manhattan: Float64Array, tau: number, out: Float64Array): void {
  const n = out.length;
  const order = orderAscending(euclidean);
  const sums = new Float64Array(n + 1);
  let total = 0;
  for (let r = 0; r < n; r++) {
    sums[r + 1] = at(sums, r) + at(manhattan, atInt(order, r));
    total += at(euclidean, atInt(order, r));
  }
  let below = 0;
  let above = 0;
  for (let r = 0; r < n; r++) {
    const i = atInt(order, r);
    const distance = at(euclidean, i);
    // [0, below) lie at least τ below the city, [above, n) at least τ above it. With τ = 0 the two may meet or overlap
    // at ties, which would count a tie twice: hence the bound.
    while (below < n && distance - at(euclidean, atInt(order, below)) >= tau) below++;
    while (above < n && at(euclidean, atInt(order, above)) - distance < tau) above++;
    const from = Math.max(above, below);
    const taxicab = at(manhattan, i);
    out[i] =
      n * distance -
      total +
      (below * taxicab - at(sums, below)) +
      ((n - from) * taxicab - (at(sums, n) - at(sums, from)));
  }
}
