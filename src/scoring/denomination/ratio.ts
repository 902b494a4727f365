import { defineDenomination } from '../descriptor';
import { at } from '../numeric/at';

/** Ratio to another indicator: per capita, per area, per unit of GDP. */
export const ratio = defineDenomination({
  id: 'RATIO',
  title: 'Ratio to another indicator',
  summary:
    'Divides an indicator by another one (population, area, GDP) so that cities of different size can be compared.',
  formula:
    'y = x / d × scale, with x the indicator, d the denominator and scale a constant such as 10,000 for “per 10,000 residents”; missing where d is missing or 0',
  parameters: {},
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 2 (scaling by a measure of size)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {},
  cost: (n) => n,
  run(values, by, scale, out, context) {
    let zeros = 0;
    for (let i = 0; i < values.length; i++) {
      const denominator = at(by, i);
      if (denominator === 0) zeros++;
      const quotient = denominator === 0 ? NaN : (at(values, i) / denominator) * scale;
      out[i] = Number.isFinite(quotient) ? quotient : NaN;
    }
    if (zeros > 0)
      context.warn(
        'ZERO_DENOMINATOR',
        `${String(zeros)} ${zeros === 1 ? 'city has' : 'cities have'} a denominator of 0; the ratio is taken as missing.`,
      );
  },
});
