import { defineTreatment } from '../descriptor';
import { WINSORISING_PARAMETERS, warnInsufficient, winsoriseColumn } from '../numeric/outliers';

/** Winsorising: extreme values are pulled in to the next value until the column passes the outlier test. */
export const winsorise = defineTreatment({
  id: 'WINSORISE',
  title: 'Winsorise',
  summary:
    'Where skewness and kurtosis show outliers, sets the most extreme value to the next one, again and again, until the column passes or the limit of points is reached. Keeps the unit of the indicator.',
  formula:
    'while |skew| ≥ skewness and kurt ≥ kurtosis and points < maximumPoints: if skew ≥ 0 every x = max becomes the next lower value, otherwise every x = min the next higher; skew and kurt are the bias-adjusted sample skewness and excess kurtosis (undefined, and so passed even with `force`, for under 4 values or a constant column); points counts the cities at the moved ends, ties included',
  parameters: {
    ...WINSORISING_PARAMETERS,
    force: {
      kind: 'boolean',
      default: false,
      description: 'Go on to `maximumPoints` even where the column passes the test.',
    },
  },
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 3',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
    {
      citation: 'Becker et al. (2022), COINr: An R package for developing composite indicators, JOSS 7(78), 4567',
      url: 'https://doi.org/10.21105/joss.04567',
    },
    {
      citation: 'Joanes, Gill (1998), Comparing measures of sample skewness and kurtosis, The Statistician 47(1)',
      url: 'https://doi.org/10.1111/1467-9884.00122',
    },
  ],
  properties: { ORDER_PRESERVING: { holds: true } },
  cost: (n, m, { maximumPoints }) => n * m * (3 + 4 * maximumPoints),
  run(values, { skewness, kurtosis, maximumPoints, force }, out, context) {
    const limits = { skewness, kurtosis };
    out.set(values);
    const test = winsoriseColumn(out, context.actions, limits, maximumPoints, force);
    if (!test.passes) warnInsufficient(test, limits, context);
  },
});
