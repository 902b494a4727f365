import { defineWeighting } from '../descriptor';
import { at, atInt, columnAt, textAt } from '../numeric/at';
import { balancedWeights } from '../numeric/balance';
import { definedCorrelations, unitRange, varyingPlaces, weightsFrom } from '../numeric/data-weights';
import { rangeOf, standardDeviationOf } from '../numeric/statistics';

/** Weights that give each column the stated share in what the index is correlated with. */
export const balanced = defineWeighting({
  id: 'BALANCED',
  title: 'Balanced',
  summary:
    'Reads the given weights as importances and finds weights under which the children’s correlations with their weighted sum are in proportion to them, or as nearly as weights of at least 0 can make them. Correlations are taken pair by pair over the cities that have both; a constant column gets 0.',
  formula:
    'w minimises Σ_j (g_j / Σ g − ρ_j / Σ_k ρ_k)² over w ≥ 0, Σ w = 1, with ρ_j the correlation of child j with Σ_k w_k x_k and g the given weights. With v_k = w_k s_k, s the sample standard deviation, and R the correlation matrix, ρ ∝ R v, so the minimum is that of a least-squares problem with v ≥ 0 and is global. Constant children get 0 and take no part, in Σ g neither.',
  parameters: {},
  references: [
    {
      citation:
        'Becker, W., Saisana, M., Paruolo, P. and Vandecasteele, I. (2017), Weights and importance in composite indicators: Closing the gap, Ecological Indicators 80, 12–22',
      url: 'https://doi.org/10.1016/j.ecolind.2017.03.056',
    },
    {
      citation:
        'Lawson, C. L. and Hanson, R. J. (1974), Solving Least Squares Problems, chapter 23 (non-negative least squares)',
      url: 'https://doi.org/10.1137/1.9781611971217',
    },
  ],
  properties: {
    SUMS_TO_ONE: { holds: true },
    SYMMETRIC: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    SCALE_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [1, 2, 3],
          [1, 3, 2],
        ],
        column: 0,
        amount: 10,
      },
    },
  },
  cost: (n, m) => 4 * n * m * m + 20 * m ** 4,
  run(columns, _parameters, context) {
    const { given, warn, children } = context;
    const places = Int32Array.from(varyingPlaces(columns));
    const some = Array.from(places, (j) => columnAt(columns, j));
    const targets = Float64Array.from(places, (j) => at(given, j));
    const largest = targets.reduce((a, b) => Math.max(a, b), 0);
    const information = new Float64Array(columns.length);
    if (largest > 0) {
      const scaled = targets.map((target) => target / largest);
      const total = scaled.reduce((a, b) => a + b, 0);
      const { solution, worst } = balancedWeights(
        definedCorrelations(some),
        scaled.map((target) => target / total),
      );
      // Relative to the narrowest column: a weight over a deviation near the smallest double must not overflow.
      const narrowest = some.reduce((size, column) => Math.min(size, spanOf(column)), Infinity);
      some.forEach((column, k) => {
        const deviation = standardDeviationOf(unitRange(column), 'SAMPLE');
        information[atInt(places, k)] = (at(solution, k) / deviation) * (narrowest / spanOf(column));
      });
      if (worst.share > 1e-6) {
        warn(
          'METHOD_NOTE',
          `No weights of at least 0 reach the importances: the share of ${textAt(children, atInt(places, worst.place))} is off by ${worst.share.toFixed(4)}.`,
        );
      }
    }
    return weightsFrom(information, context);
  },
});

/** Half the range of a column that varies; above 0. */
function spanOf(column: Float64Array): number {
  const { min, max } = rangeOf(column);
  return Math.max(max / 2 - min / 2, Number.MIN_VALUE);
}
