import { defineImputation } from '../descriptor';
import { fillByColumn } from '../numeric/filling';
import { medianOf } from '../numeric/statistics';

/** Median of the indicator over the cities that have it. */
export const median = defineImputation({
  id: 'MEDIAN',
  title: 'Median of the indicator',
  summary:
    'Fills a missing value with the median of the indicator over all cities of the table. Less drawn by outliers than the mean.',
  formula:
    'y_ij = x_ij where present, otherwise the median of x_kj over the cities k that have indicator j (mean of the middle two for an even count)',
  parameters: {},
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 3 (single imputation)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {},
  cost: (n, m) => n * m * Math.log2(n + 1),
  run(values, _parameters, out, context) {
    fillByColumn(values, medianOf, out, context);
  },
});
