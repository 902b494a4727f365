import { defineTreatment } from '../descriptor';
import { at } from '../numeric/at';
import { actionCode } from '../numeric/outliers';
import { quantileSorted, sortedPresent } from '../numeric/statistics';

/** Values beyond two percentiles are set to them. */
export const percentileClip = defineTreatment({
  id: 'PERCENTILE_CLIP',
  title: 'Percentile clip',
  summary:
    'Sets values below the lower percentile to it and values above the upper percentile to it, whether or not the column has outliers. Keeps the unit of the indicator.',
  formula:
    'y = min(max(x, P_lower), P_upper), with percentiles by linear interpolation between the ordered values (type 7 of Hyndman and Fan)',
  parameters: {
    lowerPercentile: {
      kind: 'number',
      min: 0,
      max: 100,
      default: 2.5,
      description: 'Percentile (0 to 100) below which values are clipped; 0 clips none.',
    },
    upperPercentile: {
      kind: 'number',
      above: 'lowerPercentile',
      min: 0,
      max: 100,
      default: 97.5,
      description: 'Percentile (0 to 100) above which values are clipped, above the lower one; 100 clips none.',
    },
  },
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5 (extreme values)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
    {
      citation: 'Hyndman, Fan (1996), Sample quantiles in statistical packages, The American Statistician 50(4)',
      url: 'https://doi.org/10.1080/00031305.1996.10473566',
    },
  ],
  properties: { ORDER_PRESERVING: { holds: true } },
  cost: (n, m) => n * m * (2 + Math.log2(n + 1)),
  run(values, { lowerPercentile, upperPercentile }, out, { actions, refuse }) {
    if (!(upperPercentile > lowerPercentile))
      refuse(
        'BAD_INPUT',
        '`upperPercentile` is not above `lowerPercentile`.',
        `a number above ${String(lowerPercentile)}, up to 100`,
        upperPercentile,
      );
    const sorted = sortedPresent(values);
    const lowest = quantileSorted(sorted, lowerPercentile / 100);
    const highest = quantileSorted(sorted, upperPercentile / 100);
    const clippedLow = actionCode('CLIPPED_LOW');
    const clippedHigh = actionCode('CLIPPED_HIGH');
    for (let i = 0; i < values.length; i++) {
      const value = at(values, i);
      if (value < lowest) {
        out[i] = lowest;
        actions[i] = clippedLow;
      } else if (value > highest) {
        out[i] = highest;
        actions[i] = clippedHigh;
      } else out[i] = value;
    }
  },
});
