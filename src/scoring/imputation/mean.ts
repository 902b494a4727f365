import { defineImputation } from '../descriptor';
import { fillByColumn } from '../numeric/filling';
import { meanOf } from '../numeric/statistics';

/** Mean of the indicator over the cities that have it. */
export const mean = defineImputation({
  id: 'MEAN',
  title: 'Mean of the indicator',
  summary:
    'Fills a missing value with the mean of the indicator over all cities of the table. Shrinks the variance; use it for few gaps.',
  formula: 'y_ij = x_ij where present, otherwise (1/n_j) Σ_k x_kj over the n_j cities that have indicator j',
  parameters: {},
  references: [
    {
      citation:
        'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 3 (unconditional mean imputation)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {},
  cost: (n, m) => n * m,
  run(values, _parameters, out, context) {
    fillByColumn(values, meanOf, out, context);
  },
});
