import { defineNormalisation } from '../descriptor';
import { DIVISOR_PARAMETER, STANDARDISED_PARAMETERS, applyStandardised, fitMoments } from '../numeric/standardising';

/** Z-scores: distance from the mean in standard deviations. */
export const zScore = defineNormalisation({
  id: 'Z_SCORE',
  title: 'Z-score',
  summary:
    'Shifts and stretches each indicator to a common mean and standard deviation. Extreme values keep their weight; scores have no fixed range.',
  formula:
    'y = mean + standardDeviation × (x − m) / s, with m the mean and s the standard deviation of the oriented column (divisor n − 1, or n for `divisor: POPULATION`); a constant column, or a single value, gets mean',
  parameters: { ...STANDARDISED_PARAMETERS, divisor: DIVISOR_PARAMETER },
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5 (standardisation)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    BOUNDED: { holds: false, counterExample: { columns: [[0, 0, 0, 0, 10]] } },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n, m) => 3 * n * m,
  fit: (values, { mean, divisor }, context) => fitMoments(values, divisor, mean, context),
  apply(values, fitted, parameters, out) {
    applyStandardised(values, fitted, parameters, out);
  },
});
