import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { prepareTogether, sumOf, traceCities, traceRow } from '../numeric/criteria';
import { rangeOf } from '../numeric/statistics';

/**
 * Wroclaw taxonomic distance to the ideal city, in units of the mean distance plus two (sample) standard deviations.
 * 0 for a city that is best in everything; less is better; hardly ever above 1. Where all distances are 0 (one city
 * only, or all alike) every score is 0.
 */
export const wroclaw = defineAggregation({
  id: 'WROCLAW',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  lowerIsBetter: true,
  title: 'Wroclaw taxonomic distance',
  summary:
    'Euclidean distance to a city made of the best values found, relative to how large such distances are in the table. Needs children on one scale.',
  formula:
    'score_i = d_i / (d̄ + 2 s_d), d_i = √Σ_k w_k (max_k − x_ik)², d̄ the mean and s_d the sample standard deviation of d (for equal weights the same as the unweighted distance); 0 where all d are 0',
  parameters: {},
  references: [
    {
      citation:
        'Hellwig, Z. (1968), Zastosowanie metody taksonomicznej do typologicznego podziału krajów ze względu na poziom ich rozwoju oraz zasoby i strukturę wykwalifikowanych kadr, Przegląd Statystyczny 15(4), 307–327',
    },
    {
      citation:
        'Mazziotta, C., Mazziotta, M., Pareto, A., Vidoli, F. (2010), La sintesi di indicatori territoriali di dotazione infrastrutturale: metodi di costruzione e procedure di ponderazione a confronto, Rivista di Economia e Statistica del Territorio 1',
    },
  ],
  properties: {
    // The city gains on the ideal, but the mean and the spread of the distances shrink faster.
    MONOTONE: {
      holds: false,
      counterExample: {
        columns: [
          [8, 2, 0],
          [2, 9, 4],
        ],
        row: 2,
        column: 1,
        amount: 4,
      },
    },
    SHIFT_INVARIANT: { holds: true },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [1, 2, 4],
          [3, 1, 2],
        ],
        amount: 2,
      },
    },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [1, 2, 4],
          [3, 1, 2],
        ],
        column: 0,
        amount: 10,
      },
    },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [3, 8, 3],
          [2, 1, 6],
        ],
        weights: [0.2, 0.8],
        row: 2,
      },
    },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [7, 1, 2],
          [5, 2, 6],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [6, 2, 3],
          [8, 9, 3],
        ],
      },
    },
    COMPENSATORY: { holds: true },
  },
  cost: (n, m) => 2 * n * m,
  run(columns, weights, _parameters, out, context) {
    const n = out.length;
    out.fill(0);
    prepareTogether(columns, context).forEach((column, k) => {
      const weight = at(weights, k);
      if (weight === 0) return;
      const { max } = rangeOf(column);
      for (let i = 0; i < n; i++) out[i] = at(out, i) + weight * (max - at(column, i)) ** 2;
    });
    for (let i = 0; i < n; i++) out[i] = Math.sqrt(at(out, i));
    const mean = sumOf(out) / n;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (at(out, i) - mean) ** 2;
    const norm = mean + 2 * Math.sqrt(squares / Math.max(1, n - 1));
    traceRow(context, 'Ideal city', 'x*', context.children, () => columns.map((column) => rangeOf(column).max));
    traceCities(context, 'Distance to the ideal city', 'd', ['d'], () => [Float64Array.from(out)]);
    if (norm > 0) for (let i = 0; i < n; i++) out[i] = at(out, i) / norm;
  },
});
