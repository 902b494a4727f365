import { defineTreatment } from '../descriptor';
import { LOG_FORMULA, LOG_TRANSFORM_PARAMETER, logTransform } from '../numeric/transforms';

/** A logarithm of every value. */
export const log = defineTreatment({
  id: 'LOG',
  title: 'Logarithm',
  summary:
    'Takes a logarithm of the whole column, so that ratios rather than differences count. For indicators that are skewed by nature, such as GDP; applied whether or not there are outliers.',
  formula: `${LOG_FORMULA}; a constant column is left as it is (SIGNED transforms it all the same); skew, the bias-adjusted sample skewness, is not above 0 for under 3 values`,
  parameters: { transform: LOG_TRANSFORM_PARAMETER },
  references: [
    {
      citation: 'Becker, Dominguez-Torreiro, Neves, Moura, Saisana (2019), COIN Tool user guide, JRC EUR 29899',
      url: 'https://doi.org/10.2760/523877',
    },
    {
      citation: 'Becker et al. (2022), COINr: An R package for developing composite indicators, JOSS 7(78), 4567',
      url: 'https://doi.org/10.21105/joss.04567',
    },
    {
      citation:
        'Cornell University, INSEAD, WIPO (2020), The Global Innovation Index 2020, appendix IV (GII logarithm)',
      url: 'https://www.wipo.int/publications/en/details.jsp?id=4514',
    },
  ],
  properties: { ORDER_PRESERVING: { holds: true } },
  cost: (n, m) => 6 * n * m,
  run(values, { transform }, out, context) {
    logTransform(values, transform, out, context.actions, context);
  },
});
