import { defineAggregation } from '../descriptor';
import { traceCities } from '../numeric/criteria';
import { PairwiseMargins, blankWithoutValue } from '../numeric/pairwise-margins';

/** The explanation holds the n × n margins up to this many cities. */
const LARGEST_SHOWN = 200;

/**
 * Copeland: cities beaten minus cities lost to, each pair decided by the weight of the children in which one is above the
 * other. −(n − 1) … n − 1, more is better.
 *
 * Margins within 1e-12 of 0 are ties, so that equal coalitions tie however their weights are added up (COINr takes 11
 * such pairs of its ASEM example for wins or losses). A pair is compared on the children that both cities have; one that
 * shares none is a tie. COINr gives the weight of a missing child to whichever city stands later in the table, so its
 * scores of tables with gaps change when rows are reordered; these do not.
 */
export const copeland = defineAggregation({
  id: 'COPELAND',
  family: 'WHOLE_TABLE',
  missing: 'RESCALE',
  title: 'Copeland',
  summary:
    'Compares cities in pairs by weighted majority of the children: a win is 1, a tie 0, a loss −1. Only the order of values counts.',
  formula: 's_i = Σ_j sign(Σ_k w_k sign(x_ik − x_jk)), over the children k that both i and j have',
  parameters: {},
  references: [
    {
      citation:
        'Copeland, A. H. (1951), A reasonable social welfare function, mimeographed notes, Seminar on Applications of Mathematics to Social Sciences, University of Michigan',
    },
    {
      citation:
        'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6 (non-compensatory multi-criteria approach)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    SYMMETRIC: { holds: true },
    // Left out, the third city takes its loss to the first with it: first and second are then level.
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [2, 3, 1],
          [3, 1, 2],
        ],
        weights: [0.5, 0.5],
        row: 2,
      },
    },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [7, 2, 8],
          [8, 4, 6],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [8, 7, 2],
          [5, 7, 4],
        ],
      },
    },
    COMPENSATORY: {
      holds: false,
      counterExample: {
        columns: [
          [7, 6, 4],
          [5, 8, 6],
          [9, 4, 1],
        ],
        weights: [0.6, 0.2, 0.2],
        row: 0,
        column: 0,
        amount: 2,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [3, 1, 6],
          [2, 1, 8],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => (n * n * m) / 4,
  run(columns, weights, _parameters, out, context) {
    const n = out.length;
    const pairs = new PairwiseMargins(columns, weights, n);
    pairs.copelandScores(out);
    blankWithoutValue(columns, weights, out);
    if (n > LARGEST_SHOWN) return;
    traceCities(context, 'Margins of the row’s city over each city', 'm', context.cities, () => {
      const row = new Float64Array(n);
      return Array.from({ length: n }, (_, j) => {
        pairs.of(j, row);
        return row.map((margin) => (margin === 0 ? 0 : -margin));
      });
    });
  },
});
