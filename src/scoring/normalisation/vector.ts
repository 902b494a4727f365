import { defineNormalisation } from '../descriptor';
import { at } from '../numeric/at';
import { applyScaledShare } from '../numeric/linear';
import { warnConstant } from '../numeric/output-range';
import { normsOf } from '../numeric/statistics';

/** Vector normalisation: each column is divided by its Euclidean length. */
export const vector = defineNormalisation({
  id: 'VECTOR',
  title: 'Vector',
  summary: 'Divides each indicator by its Euclidean length, as TOPSIS does. Keeps ratios; a cost gets negative scores.',
  formula: 'y = x / √(Σ x²), x oriented so that more is better (a cost is multiplied by −1); a column of zeros gets 0',
  parameters: {},
  references: [
    {
      citation: 'Hwang, Yoon (1981), Multiple Attribute Decision Making, section 2.2.1 (vector normalisation)',
      url: 'https://doi.org/10.1007/978-3-642-48318-9',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: false, counterExample: { columns: [[1, 2]], column: 0, amount: 1 } },
    BOUNDED: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n, m) => 2 * n * m,
  fit(values, _parameters, context) {
    const { scale, euclidean } = normsOf(values);
    if (euclidean === 0) warnConstant(0, context);
    return Float64Array.of(scale, euclidean);
  },
  apply(values, fitted, _parameters, out) {
    applyScaledShare(values, at(fitted, 0), at(fitted, 1), out);
  },
});
