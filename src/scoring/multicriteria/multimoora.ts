import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { prepareColumns, traceCities } from '../numeric/criteria';
import { MULTIPLICATIVE_WEIGHTS, multiplicativeForm, ratioSystem, referencePoint } from '../numeric/moora';

/** Scores closer than this (relative to the larger, or to 1) are level: they are sums, right to about 1e-16 a term. */
const LEVEL = 1e-12;

/** 1 if `a` is above `b`, −1 if below, 0 if level. */
function compare(a: number, b: number): number {
  const difference = a - b;
  return Math.abs(difference) <= LEVEL * Math.max(1, Math.abs(a), Math.abs(b)) ? 0 : Math.sign(difference);
}

/**
 * MULTIMOORA: for each city, how many others it dominates, that is, is ahead of in more of the three MOORA rankings than
 * it is behind. More is better; 0 … n − 1. Values above 0.
 *
 * Scores within 1e-12 are level, so that rounding decides no pair. A pair that is level in one ranking is decided by the
 * other two. scikit-criteria gives such a pair to nobody, even where one city is ahead in both others, which is neither
 * dominance in the sense of the paper nor what its own comment says.
 */
export const multimoora = defineAggregation({
  id: 'MULTIMOORA',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  requires: 'POSITIVE',
  title: 'MULTIMOORA',
  summary:
    'Sets MOORA’s ratio system, reference point and full multiplicative form against each other; the score counts the cities dominated in most of the three.',
  formula:
    's_i = number of cities j with Σ_t sign(rank of j in t − rank of i in t) > 0 over t = ratio system, reference point, full multiplicative form',
  parameters: {
    weightsAs: {
      kind: 'choice',
      enumName: 'MultiplicativeWeights',
      values: MULTIPLICATIVE_WEIGHTS,
      default: 'EXPONENTS',
      description:
        'How weights enter the full multiplicative form: exponents of the values, or factors before them (which moves no rank).',
    },
  },
  references: [
    {
      citation:
        'Brauers, W. K. M., Zavadskas, E. K. (2010), Project management by MULTIMOORA as an instrument for transition economies, Technological and Economic Development of Economy 16(1), 5–24',
    },
  ],
  properties: {
    // Raising one value lengthens its column and so moves the other cities’ ratios and shortfalls.
    MONOTONE: {
      holds: false,
      counterExample: {
        columns: [
          [5, 1, 7],
          [4, 9, 4],
        ],
        weights: [0.43, 0.57],
        row: 0,
        column: 0,
        amount: 2,
      },
    },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [6, 9, 7],
          [9, 2, 3],
        ],
        weights: [0.75, 0.25],
        row: 2,
      },
    },
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
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [7, 6, 9],
          [9, 4, 5],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [3, 8, 9],
          [7, 3, 1],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [9, 8, 3],
          [1, 9, 3],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => 16 * n * m + 3 * n * n,
  run(columns, weights, { weightsAs }, out, context) {
    const n = out.length;
    const values = prepareColumns(columns, context);
    const ratio = new Float64Array(n);
    const regret = new Float64Array(n);
    const product = new Float64Array(n);
    ratioSystem(values, weights, ratio, context);
    referencePoint(values, weights, regret, context);
    // From the values as given: one brought down with a huge neighbour could become 0.
    multiplicativeForm(columns, weights, weightsAs, true, product, context);
    out.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        const lead =
          compare(at(ratio, i), at(ratio, j)) +
          compare(at(regret, j), at(regret, i)) +
          compare(at(product, i), at(product, j));
        if (lead > 0) out[i] = at(out, i) + 1;
        else if (lead < 0) out[j] = at(out, j) + 1;
      }
    }
    traceCities(
      context,
      'Ratio system, reference point and full multiplicative form (logarithm)',
      'y, d, ln U',
      ['y', 'd', 'ln U'],
      () => [ratio, regret, product],
    );
  },
});
