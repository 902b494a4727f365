import { defineImputation } from '../descriptor';
import { GROUPING_PARAMETER, fillByGroup } from '../numeric/filling';
import { meanOf } from '../numeric/statistics';

/** Mean of the indicator over the cities of the same group. */
export const groupMean = defineImputation({
  id: 'GROUP_MEAN',
  title: 'Mean of the group',
  summary:
    'Fills a missing value with the mean of the indicator over the cities of the same group, such as the same tier. A city in no group, or whose group has no value, keeps its gap.',
  formula:
    'y_ij = x_ij where present, otherwise the mean of x_kj over the cities k in the group of city i that have indicator j',
  parameters: { by: GROUPING_PARAMETER },
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 3 (single imputation)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {},
  cost: (n, m) => 2 * n * m,
  run(values, { by }, out, context) {
    fillByGroup(values, by, meanOf, out, context);
  },
});
