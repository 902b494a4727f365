import { defineTreatment } from '../descriptor';
import { atByte } from '../numeric/at';
import { WINSORISING_PARAMETERS, testOutliers, warnInsufficient, winsoriseColumn } from '../numeric/outliers';
import { LOG_FORMULA, LOG_TRANSFORM_PARAMETER, logTransform } from '../numeric/transforms';

/** Winsorising where it is enough, otherwise a logarithm: COINr's and the COIN Tool's default. */
export const winsoriseThenLog = defineTreatment({
  id: 'WINSORISE_THEN_LOG',
  title: 'Winsorise, then logarithm',
  summary:
    'Winsorises a column that fails the outlier test; if it still fails, takes a logarithm of the original column instead (or of the winsorised one). Columns that pass are left as they are.',
  formula: `y = x if |skew| < skewness or kurt < kurtosis; otherwise the winsorised x (see WINSORISE) if that passes; otherwise the logarithm of x, or of the winsorised x with \`combine\`; ${LOG_FORMULA}`,
  parameters: {
    ...WINSORISING_PARAMETERS,
    transform: LOG_TRANSFORM_PARAMETER,
    combine: {
      kind: 'boolean',
      default: false,
      description:
        'Take the logarithm of the winsorised column rather than of the original one. Cells that were both moved and transformed are recorded as winsorised.',
    },
  },
  references: [
    {
      citation: 'Becker et al. (2022), COINr: An R package for developing composite indicators, JOSS 7(78), 4567',
      url: 'https://doi.org/10.21105/joss.04567',
    },
    {
      citation: 'Becker, Dominguez-Torreiro, Neves, Moura, Saisana (2019), COIN Tool user guide, JRC EUR 29899',
      url: 'https://doi.org/10.2760/523877',
    },
  ],
  properties: { ORDER_PRESERVING: { holds: true } },
  cost: (n, m, { maximumPoints }) => n * m * (8 + 4 * maximumPoints),
  run(values, { skewness, kurtosis, maximumPoints, transform, combine }, out, context) {
    const limits = { skewness, kurtosis };
    const { actions } = context;
    out.set(values);
    if (winsoriseColumn(out, actions, limits, maximumPoints, false).passes) return;
    if (combine) {
      const moved = actions.slice();
      logTransform(out.slice(), transform, out, actions, context);
      for (let i = 0; i < actions.length; i++) if (atByte(moved, i) !== 0) actions[i] = atByte(moved, i);
    } else {
      actions.fill(0);
      logTransform(values, transform, out, actions, context);
    }
    const test = testOutliers(out, limits);
    if (!test.passes) warnInsufficient(test, limits, context);
  },
});
