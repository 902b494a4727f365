import { defineWeighting } from '../descriptor';
import { unitRange, weightsFrom } from '../numeric/data-weights';
import { standardDeviationOf } from '../numeric/statistics';

/** Weights in proportion to the standard deviation. */
export const standardDeviation = defineWeighting({
  id: 'STANDARD_DEVIATION',
  title: 'Standard deviation',
  summary:
    'A column weighs more the more it varies between cities. Missing values are passed over; a constant column gets 0.',
  formula: 'w_j = s_j / Σ_k s_k, s the sample standard deviation of the column on 0 … 1, over the children of a node',
  parameters: {
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
  cost: (n, m) => 4 * n * m,
  run: (columns, { rescale }, context) =>
    weightsFrom(
      Float64Array.from(columns, (column) => standardDeviationOf(rescale ? unitRange(column) : column, 'SAMPLE')),
      context,
    ),
});
