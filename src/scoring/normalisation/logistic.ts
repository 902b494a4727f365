import { defineNormalisation } from '../descriptor';
import { at } from '../numeric/at';
import { OUTPUT_RANGE_PARAMETERS, checkOutputRange, middleOf } from '../numeric/output-range';
import { applyStandardised, fitMoments } from '../numeric/standardising';

/** Logistic curve over the z-score: linear near the mean, flattening towards both ends. */
export const logistic = defineNormalisation({
  id: 'LOGISTIC',
  title: 'Logistic',
  summary:
    'Passes the z-score through a logistic curve, so that scores stay between `low` and `high` and differences near the mean count most.',
  formula:
    'y = low + (high − low) / (1 + exp(−steepness × (x − m) / s)), with m the mean and s the sample standard deviation (divisor n − 1) of the oriented column; a constant column, or a single value, gets (low + high) / 2',
  parameters: {
    steepness: {
      kind: 'number',
      min: 0,
      max: 100,
      exclusiveMin: true,
      default: 1,
      description: 'Slope of the curve at the mean; the higher, the sooner it flattens.',
    },
    ...OUTPUT_RANGE_PARAMETERS,
  },
  references: [
    {
      citation: 'Han, Kamber, Pei (2012), Data Mining: Concepts and Techniques, 3rd edition, section 3.5',
      url: 'https://doi.org/10.1016/C2009-0-61819-5',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    BOUNDED: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n, m) => 8 * n * m,
  fit(values, { low, high }, context) {
    checkOutputRange(low, high, context);
    return fitMoments(values, 'SAMPLE', middleOf(low, high), context);
  },
  apply(values, fitted, { steepness, low, high }, out) {
    applyStandardised(values, fitted, { mean: 0, standardDeviation: steepness }, out);
    for (let i = 0; i < out.length; i++) out[i] = low + (high - low) / (1 + Math.exp(-at(out, i)));
  },
});
