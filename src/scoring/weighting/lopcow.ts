import { defineWeighting } from '../descriptor';
import { unitRange, weightsFrom } from '../numeric/data-weights';
import { meanOf, standardDeviationOf } from '../numeric/statistics';

/** LOPCOW: logarithmic percentage change-driven weights. */
export const lopcow = defineWeighting({
  id: 'LOPCOW',
  title: 'LOPCOW (logarithmic percentage change)',
  summary:
    'A column weighs more the further its root mean square is from its standard deviation, which keeps the weights closer together than entropy does. A constant column gets 0.',
  formula:
    'w_j ∝ |ln(√(Σ_i r_ij² / n_j) / σ_j)| over the children of a node, r the column on 0 … 1 by its own minimum and maximum, n_j the cities that have it, σ_j its (sample) standard deviation',
  parameters: {},
  references: [
    {
      citation:
        'Ecer, F. and Pamucar, D. (2022), A novel LOPCOW-DOBI multi-criteria sustainability performance assessment methodology: An application in developing country banking sector, Omega 112, 102690',
      url: 'https://doi.org/10.1016/j.omega.2022.102690',
    },
  ],
  properties: {
    SUMS_TO_ONE: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
  },
  cost: (n, m) => 3 * n * m,
  run(columns, _parameters, context) {
    const information = columns.map((column) => {
      const scaled = unitRange(column);
      const deviation = standardDeviationOf(scaled, 'SAMPLE');
      if (!(deviation > 0)) return 0;
      return Math.abs(Math.log(Math.sqrt(meanOf(scaled.map((value) => value * value))) / deviation));
    });
    return weightsFrom(Float64Array.from(information), context);
  },
});
