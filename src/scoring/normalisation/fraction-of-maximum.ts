import { defineNormalisation, type NormalisationContext } from '../descriptor';
import { at } from '../numeric/at';
import { heldFinite } from '../numeric/scale';
import { rangeOf } from '../numeric/statistics';

/** Fraction of the best value: x / max for a benefit, min / x for a cost. */
export const fractionOfMaximum = defineNormalisation({
  id: 'FRACTION_OF_MAXIMUM',
  title: 'Fraction of the maximum',
  summary:
    'Divides each value by the best one (a cost: the best one by the value), so that ratios keep their meaning and the best city has 1. For ratio scales only: it needs a positive maximum, and costs above 0.',
  formula: 'y = x / max x for a benefit; y = min x / x for a cost (less is better); x on the natural scale',
  parameters: {},
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5 (distance to a reference)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
    {
      citation: 'Hwang, Yoon (1981), Multiple Attribute Decision Making, section 2.2.2 (linear normalisation)',
      url: 'https://doi.org/10.1007/978-3-642-48318-9',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: false, counterExample: { columns: [[1, 2]], column: 0, amount: 1 } },
    BOUNDED: { holds: false, counterExample: { columns: [[-3, 2]] } },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n, m) => 2 * n * m,
  fit(values, _parameters, context) {
    const { max } = rangeOf(values);
    if (context.sign === 1 && max <= 0)
      context.refuse(
        'PRECONDITION_FAILED',
        `The largest value of ${context.indicator.code} is not above 0.`,
        'an indicator with a positive maximum, or another normalisation',
        max,
      );
    // The highest value of an oriented cost is its smallest natural one.
    if (context.sign === -1 && max >= 0) refuseCost(-max, context);
    return Float64Array.of(max);
  },
  apply(values, fitted, _parameters, out, context) {
    const best = at(fitted, 0);
    for (let i = 0; i < values.length; i++) {
      const value = at(values, i);
      if (context.sign === 1) out[i] = heldFinite(value / best);
      else if (value >= 0) refuseCost(-value, context);
      else out[i] = heldFinite(best / value);
    }
  },
});

function refuseCost(value: number, { indicator, refuse }: NormalisationContext): never {
  return refuse(
    'PRECONDITION_FAILED',
    `${indicator.code} is a cost and has a value of 0 or less, of which no fraction can be taken.`,
    'costs above 0, or another normalisation',
    value,
  );
}
