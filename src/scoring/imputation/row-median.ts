import { defineImputation } from '../descriptor';
import { fillByDimensionRow } from '../numeric/dimension-rows';
import { medianOf } from '../numeric/statistics';

/** Median of the city's other indicators of the same dimension, on a common scale. */
export const rowMedian = defineImputation({
  id: 'ROW_MEDIAN',
  title: 'Median of the city within the dimension',
  summary:
    'Fills a gap by where the city stands on its other indicators of the same dimension, scaled back to the unit of the missing one. A city without any of them keeps its gap.',
  formula:
    't_ik = (x_ik − worst_k) / (best_k − worst_k) over the cities that have indicator k (0.5 for a constant column); T = median of t_ik over the indicators k of the dimension of j that city i has; y_ij = worst_j + T (best_j − worst_j)',
  parameters: {},
  references: [
    {
      citation: 'Becker et al. (2022), COINr: An R package for developing composite indicators, JOSS 7(78), 4567',
      url: 'https://doi.org/10.21105/joss.04567',
    },
  ],
  properties: {},
  cost: (n, m) => n * m * (2 + m),
  run(values, _parameters, out, context) {
    fillByDimensionRow(values, medianOf, out, context);
  },
});
