import { defineTreatment } from '../descriptor';

/** No treatment: outliers stay as they are. */
export const none = defineTreatment({
  id: 'NONE',
  title: 'No treatment',
  summary: 'Leaves every value as it is.',
  formula: 'y = x',
  parameters: {},
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 3',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: { ORDER_PRESERVING: { holds: true } },
  cost: () => 0,
  run(values, _parameters, out) {
    out.set(values);
  },
});
