import { defineImputation } from '../descriptor';

/** No imputation: a missing value stays missing. */
export const none = defineImputation({
  id: 'NONE',
  title: 'No imputation',
  summary:
    'Leaves missing values missing; nodes are then computed from the children that are there, within the stated availability.',
  formula: 'y = x',
  parameters: {},
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 3',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {},
  cost: () => 0,
  run() {
    // `out` is a copy of the values already.
  },
});
