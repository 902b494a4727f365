import { defineAggregation } from '../descriptor';
import { at, atInt } from '../numeric/at';
import { traceCities, traceRow } from '../numeric/criteria';
import { kemenyMeanPlaces, majorityGroupEnds } from '../numeric/kemeny';
import { orderDescending } from '../numeric/order';
import { PairwiseMargins } from '../numeric/pairwise-margins';

/** The largest group of cities, entangled by cyclic or tied majorities, that is solved: 2^18 subsets. */
const LARGEST_GROUP = 18;

/**
 * Kemeny–Young: the order of the cities that contradicts the least weight of pairwise preferences, found exactly. The
 * score is n minus the city's place: n for the first, 1 for the last, more is better. Where several orders are equally
 * good, the mean place over all of them counts, so that no accident of sorting decides.
 *
 * The cities are first split where everyone in one group beats everyone in the next (extended Condorcet criterion); a
 * group is then solved by itself. Refused where a group has more than 18 cities, unless all its pairs are ties. Margins
 * within 1e-12 of 0 are ties.
 */
export const kemenyYoung = defineAggregation({
  id: 'KEMENY_YOUNG',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  title: 'Kemeny–Young',
  summary:
    'The ranking that agrees best with the weighted majorities of all pairs, exact; refused where more than 18 cities are entangled in cycles or ties.',
  formula:
    'the order minimising Σ over pairs (i before j) of max(0, m_ji), m_ij = Σ_k w_k sign(x_ik − x_jk); s_i = n − mean place of i (0 = first) over all such orders (to 9 decimals where there are more than 2^53 / n of them)',
  parameters: {},
  references: [
    { citation: 'Kemeny, J. G. (1959), Mathematics without numbers, Daedalus 88(4), 577–591' },
    {
      citation:
        'Young, H. P., Levenglick, A. (1978), A consistent extension of Condorcet’s election principle, SIAM Journal on Applied Mathematics 35(2), 285–300',
    },
    {
      citation:
        'Truchon, M. (1998), An extension of the Condorcet criterion and Kemeny orders, Cahier 98-15, Centre de Recherche en Économie et Finance Appliquées, Université Laval',
    },
  ],
  properties: {
    // Two cities are level over the best orders; raising one of them leaves other best orders, over which the other is ahead.
    MONOTONE: {
      holds: false,
      counterExample: {
        columns: [
          [3, 1, 1, 1, 2],
          [2, 1, 3, 2, 4],
          [4, 2, 1, 4, 2],
          [3, 2, 4, 1, 4],
          [1, 3, 2, 4, 3],
          [4, 3, 2, 2, 1],
          [1, 2, 1, 2, 3],
          [2, 4, 4, 3, 1],
          [1, 1, 1, 1, 1],
        ],
        weights: [0.1, 0.05, 0.1, 0.1, 0.15, 0.15, 0.15, 0.15, 0.05],
        row: 4,
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
          [3, 2, 1],
          [1, 3, 2],
          [2, 1, 3],
        ],
        weights: [0.4, 0.35, 0.25],
        row: 1,
      },
    },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [2, 3, 9],
          [2, 4, 6],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [3, 8, 4],
          [3, 1, 9],
        ],
      },
    },
    COMPENSATORY: {
      holds: false,
      counterExample: {
        columns: [
          [6, 7, 8],
          [9, 2, 5],
          [7, 5, 4],
        ],
        weights: [0.6, 0.2, 0.2],
        row: 1,
        column: 0,
        amount: 3,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [5, 6, 8],
          [7, 3, 1],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => (n * n * m) / 2 + 40 * 2 ** Math.min(n, LARGEST_GROUP),
  run(columns, weights, _parameters, out, context) {
    const n = out.length;
    const pairs = new PairwiseMargins(columns, weights, n);
    const copeland = new Float64Array(n);
    pairs.copelandScores(copeland);
    const order = orderDescending(copeland);
    const row = new Float64Array(n);
    const sizes: number[] = [];
    let orders = 1;
    let start = 0;
    for (const end of majorityGroupEnds(copeland, order)) {
      const group = order.subarray(start, end);
      const s = group.length;
      sizes.push(s);
      if (s === 1) out[atInt(group, 0)] = n - start;
      else {
        const margins = s <= LARGEST_GROUP ? new Float64Array(s * s) : null;
        let tied = true;
        for (let a = 0; a < s && (margins !== null || tied); a++) {
          pairs.of(atInt(group, a), row);
          for (let b = 0; b < s; b++) {
            const margin = at(row, atInt(group, b));
            if (margin !== 0) tied = false;
            if (margins) margins[a * s + b] = margin;
          }
        }
        if (tied) {
          for (let a = 0; a < s; a++) out[atInt(group, a)] = n - start - (s - 1) / 2;
          orders = Infinity;
        } else if (margins) {
          const solved = kemenyMeanPlaces(margins, s);
          orders *= solved.orders;
          for (let a = 0; a < s; a++) out[atInt(group, a)] = n - start - at(solved.places, a);
        } else {
          context.refuse(
            'PRECONDITION_FAILED',
            `${String(s)} cities are entangled in cyclic or tied majorities; an exact Kemeny–Young ranking is computed for groups of up to ${String(LARGEST_GROUP)}.`,
            `at most ${String(LARGEST_GROUP)} cities in such a group: fewer cities, or COPELAND or BORDA_COUNT, which take any number`,
            s,
          );
        }
      }
      start = end;
    }
    if (orders > 1)
      context.warn(
        'METHOD_NOTE',
        'Several rankings agree equally well with the majorities; scores are from the mean place over all.',
      );
    traceRow(
      context,
      'Sizes of the groups that majority splits the cities into, from the best',
      's',
      sizes.map((_, g) => `group ${String(g + 1)}`),
      () => sizes,
    );
    traceCities(context, 'Pairs won minus pairs lost', 'c', ['c'], () => [copeland]);
  },
});
