import { defineWeighting } from '../descriptor';
import { at, atInt, columnAt, textAt } from '../numeric/at';
import { requireAtLeast, weightsFrom } from '../numeric/data-weights';
import { maximise } from '../numeric/linear-programme';
import { radialProgramme } from '../numeric/optimal-weights';
import { compareCodes } from '../tree';

/** The mean of the weights that each city would choose for itself. */
export const benefitOfTheDoubt = defineWeighting({
  id: 'BENEFIT_OF_THE_DOUBT',
  title: 'Benefit of the doubt (mean of optimal weights)',
  summary:
    'Finds for each city the weights most favourable to it, and gives every city the mean of them. Without limits many cities choose a single column; share limits keep the choice reasonable. Values must not be negative (above 0 with a smallest share); cities with a missing value choose no weights and set no limit. Optimal weights need not be unique: those that the simplex method reaches from the columns in code order and the cities in order of their values are taken.',
  formula:
    'w = mean_i v_i / Σ v_i, v_i maximising Σ_j v_j x_ij over v ≥ 0 with Σ_j v_j x_kj ≤ 1 for every city k and minimumShare ≤ v_j x_ij / Σ_l v_l x_il ≤ maximumShare',
  parameters: {
    minimumShare: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0,
      description: 'Smallest share of a column in a city’s own score; at most 1 over the number of columns.',
    },
    maximumShare: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 1,
      description: 'Largest share of a column in a city’s own score; at least 1 over the number of columns.',
    },
  },
  references: [
    {
      citation:
        'Cherchye, L., Moesen, W., Rogge, N. and Van Puyenbroeck, T. (2007), An introduction to ‘benefit of the doubt’ composite indicators, Social Indicators Research 82, 111–145',
      url: 'https://doi.org/10.1007/s11205-006-9029-7',
    },
  ],
  properties: {
    SUMS_TO_ONE: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [1, 3, 2],
          [3, 1, 2.5],
        ],
        column: 0,
        amount: 10,
      },
    },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [1, 3, 2],
          [3, 1, 2.5],
        ],
        column: 0,
        amount: 10,
      },
    },
  },
  cost: (n, m) => n * n * m * m,
  run(columns, { minimumShare, maximumShare }, context) {
    const { children, refuse, warn } = context;
    const m = columns.length;
    if (minimumShare * m > 1 + 1e-12 || maximumShare * m < 1 - 1e-12) {
      refuse(
        'BAD_INPUT',
        `No shares of ${m} columns meet the limits.`,
        `a smallest share of at most ${1 / m} and a largest of at least ${1 / m}`,
        minimumShare * m > 1 ? minimumShare : maximumShare,
      );
    }
    requireAtLeast(columns, minimumShare > 0 ? Number.MIN_VALUE : 0, 'BENEFIT_OF_THE_DOUBT', context);
    const order = Int32Array.from(columns, (_, j) => j).sort((a, b) =>
      compareCodes(textAt(children, a), textAt(children, b)),
    );
    const rows = completeRows(columns, order);
    const n = columnAt(columns, 0).length;
    if (rows.length < n) {
      warn('METHOD_NOTE', `${n - rows.length} of ${n} cities lack a column and have no part in the choice of weights.`);
    }
    const information = new Float64Array(m);
    const solver = radialProgramme(Float64Array.from(rows.flatMap((row) => [...row])), rows.length, m, {
      low: minimumShare,
      high: maximumShare,
    });
    rows.forEach((row) => {
      solver.prepare(row);
      const { status, value, solution: weights } = maximise(solver.programme);
      if (status !== 'OPTIMAL' || !(value > 0)) return;
      const sum = weights.reduce((a, b) => a + b, 0);
      weights.forEach((weight, k) => {
        const j = atInt(order, k);
        information[j] = at(information, j) + weight / sum;
      });
    });
    return weightsFrom(information, context);
  },
});

/** Complete cities as rows, columns in the given order, in units of the largest value, sorted by value. */
function completeRows(columns: readonly Float64Array[], order: Int32Array): Float64Array[] {
  const n = columnAt(columns, 0).length;
  const rows: Float64Array[] = [];
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const row = Float64Array.from(order, (j) => at(columnAt(columns, j), i));
    if (row.some(Number.isNaN)) continue;
    rows.push(row);
    largest = row.reduce((a, b) => Math.max(a, b), largest);
  }
  return rows
    .map((row) => (largest > 0 ? row.map((value) => value / largest) : row))
    .sort((a, b) => {
      const k = a.findIndex((value, j) => value !== at(b, j));
      return k < 0 ? 0 : at(a, k) - at(b, k);
    });
}
