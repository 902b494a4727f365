import { defineWeighting } from '../descriptor';
import { at } from '../numeric/at';
import { conflicts, unitRange, weightsFrom } from '../numeric/data-weights';
import { standardDeviationOf } from '../numeric/statistics';

/** CRITIC: criteria importance through inter-criteria correlation. */
export const critic = defineWeighting({
  id: 'CRITIC',
  title: 'CRITIC',
  summary:
    'A column weighs more the more it varies and the less it goes along with the others. Missing values are passed over column by column for the deviations and pair by pair for the correlations; a constant column gets 0.',
  formula:
    'w_j ∝ σ_j Σ_k (1 − r_jk), σ the (population) standard deviation of the column on 0 … 1, r the correlation, over the children k ≠ j of a node; a pair whose correlation is not defined (a constant column, too few cities in common) adds nothing',
  parameters: {
    correlation: {
      kind: 'choice',
      enumName: 'CorrelationKind',
      values: ['PEARSON', 'SPEARMAN', 'KENDALL'],
      default: 'PEARSON',
      description: 'Coefficient: Pearson’s, Spearman’s or Kendall’s τ-b.',
    },
    rescale: {
      kind: 'boolean',
      default: true,
      description: 'Put each column on 0 … 1 by its own minimum and maximum first; false takes it as normalised.',
    },
  },
  references: [
    {
      citation:
        'Diakoulaki, D., Mavrotas, G. and Papayannakis, L. (1995), Determining objective weights in multiple criteria problems: The CRITIC method, Computers & Operations Research 22(7), 763–770',
      url: 'https://doi.org/10.1016/0305-0548(94)00059-H',
    },
  ],
  properties: {
    SUMS_TO_ONE: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
  },
  cost: (n, m, { correlation }) => n * m * m * (correlation === 'PEARSON' ? 4 : 40),
  run(columns, { correlation, rescale }, context) {
    const scaled = rescale ? columns.map(unitRange) : columns;
    const conflict = conflicts(scaled, correlation);
    const deviations = Float64Array.from(scaled, (column) => standardDeviationOf(column, 'POPULATION'));
    // Relative to the largest, so that the product with the conflict cannot overflow.
    const largest = deviations.reduce((size, deviation) => (deviation > size ? deviation : size), 0);
    return weightsFrom(
      deviations.map((deviation, j) => (deviation / largest) * at(conflict, j)),
      context,
    );
  },
});
