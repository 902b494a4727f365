import { defineNormalisation } from '../descriptor';
import { warnConstant } from '../numeric/output-range';
import { scaleOf } from '../numeric/scale';
import { STANDARDISED_PARAMETERS, applyStandardised } from '../numeric/standardising';
import { meanOf, medianAbsoluteDeviationOf, medianOf } from '../numeric/statistics';

/** The median absolute deviation of a normal distribution is its standard deviation divided by this. */
const NORMAL_MEDIAN_DEVIATION = 1.482602218505602;
/** The mean absolute deviation of a normal distribution is its standard deviation divided by this: √(π/2). */
const NORMAL_MEAN_DEVIATION = Math.sqrt(Math.PI / 2);

/** Robust z-scores: distance from the median in (scaled) median absolute deviations. */
export const robustZ = defineNormalisation({
  id: 'ROBUST_Z',
  title: 'Robust z-score',
  summary:
    'As the z-score, with the median for the mean and the median absolute deviation for the standard deviation, so that outliers do not set the scale.',
  formula:
    'y = mean + standardDeviation × (x − med) / (MAD / Φ⁻¹(¾)), with med the median of the oriented column and MAD the median of |x − med|; where MAD = 0 (at least half of the values equal) the mean of |x − med| × √(π/2) takes the place of MAD / Φ⁻¹(¾). Φ⁻¹(¾) = 0.674490, so that the factors are 1.482602 and 1.253314; a constant column gets mean',
  parameters: STANDARDISED_PARAMETERS,
  references: [
    {
      citation:
        'Iglewicz, Hoaglin (1993), How to Detect and Handle Outliers, ASQC Basic References in Quality Control 16',
    },
    {
      citation: 'Rousseeuw, Croux (1993), Alternatives to the median absolute deviation, JASA 88(424)',
      url: 'https://doi.org/10.1080/01621459.1993.10476408',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    BOUNDED: { holds: false, counterExample: { columns: [[0, 1, 2, 3, 100]] } },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n, m) => 2 * n * m * Math.log2(n + 1),
  fit(values, { mean }, context) {
    const scale = scaleOf(values);
    const scaled = values.map((value) => value * scale);
    const centre = medianOf(scaled);
    let spread = NORMAL_MEDIAN_DEVIATION * medianAbsoluteDeviationOf(scaled, centre);
    if (spread === 0) {
      spread = NORMAL_MEAN_DEVIATION * meanOf(scaled.map((value) => Math.abs(value - centre)));
      if (spread === 0) warnConstant(mean, context);
      else
        context.warn(
          'METHOD_NOTE',
          'At least half of the values are equal, so the mean absolute deviation from the median sets the scale.',
        );
    }
    return Float64Array.of(scale, centre, spread);
  },
  apply: applyStandardised,
});
