import { defineNormalisation } from '../descriptor';

/** No normalisation: the oriented values as they are. */
export const none = defineNormalisation({
  id: 'NONE',
  title: 'No normalisation',
  summary:
    'Leaves every indicator on its own scale. For indicators that are comparable already, and for whole-table methods that scale the columns themselves.',
  formula: 'y = x, x oriented so that more is better (a cost indicator is multiplied by −1)',
  parameters: {},
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: false, counterExample: { columns: [[1, 2]], column: 0, amount: 2 } },
    SHIFT_INVARIANT: { holds: false, counterExample: { columns: [[1, 2]], column: 0, amount: 1 } },
    BOUNDED: { holds: false, counterExample: { columns: [[1, 2]] } },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: () => 0,
  fit: () => new Float64Array(0),
  apply(values, _fitted, _parameters, out) {
    if (out !== values) out.set(values);
  },
});
