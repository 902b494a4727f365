import { defineImputation } from '../descriptor';
import { GROUPING_PARAMETER, fillByGroup } from '../numeric/filling';
import { medianOf } from '../numeric/statistics';

/** Median of the indicator over the cities of the same group. */
export const groupMedian = defineImputation({
  id: 'GROUP_MEDIAN',
  title: 'Median of the group',
  summary:
    'Fills a missing value with the median of the indicator over the cities of the same group, such as the same tier. A city in no group, or whose group has no value, keeps its gap.',
  formula:
    'y_ij = x_ij where present, otherwise the median of x_kj over the cities k in the group of city i that have indicator j',
  parameters: { by: GROUPING_PARAMETER },
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 3 (single imputation)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {},
  cost: (n, m) => n * m * Math.log2(n + 1),
  run(values, { by }, out, context) {
    fillByGroup(values, by, medianOf, out, context);
  },
});
