import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { bestAndWorst, isCost, prepareColumns, traceCities } from '../numeric/criteria';

/**
 * Grey relational grade of each city with an ideal city made of the best values found. Above 0, at most 1; more is better.
 * A constant column is at the ideal everywhere; where all columns are, every grade is 1. Columns of weight 0 take no part.
 */
export const greyRelational = defineAggregation({
  id: 'GREY_RELATIONAL',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  title: 'Grey relational analysis',
  summary: 'Grades cities by how closely their min–max profile follows that of an ideal city; near misses count most.',
  formula:
    'Γ_i = Σ_k w_k γ_ik, γ_ik = (Δmin + ζ Δmax) / (Δ_ik + ζ Δmax), Δ_ik = |1 − r_ik|, r min–max with the best at 1, a constant column at 1 throughout; Δmin, Δmax over all cells; Γ = 1 where Δmax = 0',
  parameters: {
    distinguishing: {
      kind: 'number',
      min: 0,
      exclusiveMin: true,
      max: 1,
      default: 0.5,
      description: 'Distinguishing coefficient ζ: the smaller, the more a distance from the ideal costs.',
    },
  },
  references: [
    {
      citation: 'Deng, J.-L. (1989), Introduction to grey system theory, The Journal of Grey System 1(1), 1–24',
    },
    {
      citation:
        'Kuo, Y., Yang, T., Huang, G.-W. (2008), The use of grey relational analysis in solving multiple attribute decision-making problems, Computers & Industrial Engineering 55(1), 80–93',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
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
          [8, 9, 1],
          [3, 5, 9],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [5, 1, 6],
          [6, 2, 9],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [2, 7, 8],
          [1, 7, 3],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => 4 * n * m,
  run(columns, weights, { distinguishing }, out, context) {
    const n = out.length;
    // A column that is not constant holds its best and its worst, so Δ runs from 0 to 1 as soon as there is one.
    const values = prepareColumns(columns, context);
    const coefficient = (value: number, best: number, worst: number): number =>
      best === worst ? 1 : distinguishing / ((best - value) / (best - worst) + distinguishing);
    out.fill(0);
    values.forEach((column, k) => {
      const weight = at(weights, k);
      if (weight === 0) return;
      const { best, worst } = bestAndWorst(column, isCost(context, k));
      for (let i = 0; i < n; i++) out[i] = at(out, i) + weight * coefficient(at(column, i), best, worst);
    });
    traceCities(context, 'Grey relational coefficients', 'γ', context.children, () =>
      values.map((column, k) => {
        const { best, worst } = bestAndWorst(column, isCost(context, k));
        return column.map((value) => coefficient(value, best, worst));
      }),
    );
  },
});
