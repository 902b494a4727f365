import { defineImputation } from '../descriptor';
import { at } from '../numeric/at';

/** One stated value for every gap. */
export const constant = defineImputation({
  id: 'CONSTANT',
  title: 'Constant',
  summary:
    'Fills every missing value with one stated value on the natural scale, such as 0 where a gap means that there is none. It fills the gaps of every indicator.',
  formula: 'y_ij = x_ij where present, otherwise value',
  parameters: {
    value: { kind: 'number', required: true, description: 'Value to fill with, on the natural scale.' },
  },
  references: [
    {
      citation: 'Little, Rubin (2019), Statistical Analysis with Missing Data, 3rd edition, chapter 4',
      url: 'https://doi.org/10.1002/9781119482260',
    },
  ],
  properties: {},
  cost: (n, m) => n * m,
  run(values, { value }, out) {
    for (let i = 0; i < values.length; i++) if (Number.isNaN(at(values, i))) out[i] = value;
  },
});
