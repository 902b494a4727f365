import { defineNormalisation, type NormalisationContext } from '../descriptor';
import { at } from '../numeric/at';
import { OUTPUT_RANGE_PARAMETERS, checkOutputRange } from '../numeric/output-range';
import { countUpTo } from '../numeric/positions';
import { heldFinite } from '../numeric/scale';
import { quantileSorted, sortedPresent } from '../numeric/statistics';

const NO_SCORES = [{ parameter: 'scores', is: 'LEFT_OUT' }] as const;

/** Categories: each value gets the score of the class that it falls in. */
export const categorical = defineNormalisation({
  id: 'CATEGORICAL',
  title: 'Categorical scale',
  summary:
    'Sorts values into classes by thresholds, on the natural scale or as percentiles of the column, and gives each class a score. Small differences within a class vanish.',
  formula:
    'y = score of class k, k the number of thresholds that are at or below x (x on the natural scale); without `scores` the K + 1 classes get low + k / K × (high − low), a cost’s in reverse; percentiles are interpolated linearly (type 7)',
  parameters: {
    thresholds: {
      kind: 'numbers',
      maxLength: 100,
      required: true,
      description: 'Ascending thresholds between the classes; a value at a threshold belongs to the class above it.',
    },
    thresholdsAre: {
      kind: 'choice',
      enumName: 'CategoricalThresholds',
      values: ['VALUES', 'PERCENTILES'],
      default: 'VALUES',
      description:
        'Whether thresholds are values on the natural scale of the indicator or percentiles (0 to 100) of the fitted column.',
    },
    scores: {
      kind: 'numbers',
      min: -1e9,
      max: 1e9,
      maxLength: 101,
      description:
        'Score of each class, lowest values first, one more than thresholds; never falling for a benefit, never rising for a cost.',
    },
    low: { ...OUTPUT_RANGE_PARAMETERS.low, readWhen: NO_SCORES },
    high: { ...OUTPUT_RANGE_PARAMETERS.high, readWhen: NO_SCORES },
  },
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5 (categorical scales)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1, 2]], column: 0, amount: 3, parameters: { thresholds: [5] } },
    },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1, 2]], column: 0, amount: 3, parameters: { thresholds: [5] } },
    },
    BOUNDED: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n, m) => 8 * n * m,
  fit(values, { thresholds, thresholdsAre, scores, low, high }, context) {
    checkOutputRange(low, high, context);
    checkThresholds(thresholds, thresholdsAre === 'PERCENTILES', context);
    if (scores !== null) checkScores(scores, thresholds.length, context);
    if (thresholdsAre === 'VALUES') return Float64Array.from(thresholds);
    const natural = sortedPresent(values.map((value) => context.sign * value));
    return Float64Array.from(thresholds, (percentile) => quantileSorted(natural, percentile / 100));
  },
  apply(values, fitted, { scores, low, high }, out, { sign }) {
    const last = fitted.length;
    const ofClass = Float64Array.from(
      scores ?? Array.from({ length: last + 1 }, (_, k) => low + ((sign === 1 ? k : last - k) / last) * (high - low)),
    );
    for (let i = 0; i < values.length; i++) {
      const value = at(values, i);
      // An empty fit has no percentiles to compare with.
      out[i] =
        Number.isNaN(value) || Number.isNaN(at(fitted, 0))
          ? NaN
          : heldFinite(at(ofClass, countUpTo(fitted, sign * value)));
    }
  },
});

function checkThresholds(thresholds: readonly number[], percentiles: boolean, { refuse }: NormalisationContext): void {
  if (thresholds.length === 0) refuse('BAD_INPUT', 'There are no thresholds.', 'at least one number', thresholds);
  let previous = -Infinity;
  for (const threshold of thresholds) {
    if (!(threshold > previous))
      refuse('BAD_INPUT', 'The thresholds are not ascending.', 'ascending numbers', thresholds);
    if (percentiles && !(threshold >= 0 && threshold <= 100))
      refuse('BAD_INPUT', 'A percentile is out of range.', 'numbers from 0 to 100', threshold);
    previous = threshold;
  }
}

function checkScores(scores: readonly number[], thresholds: number, { sign, refuse }: NormalisationContext): void {
  if (scores.length !== thresholds + 1)
    refuse(
      'BAD_INPUT',
      `There are ${String(scores.length)} scores for ${String(thresholds + 1)} classes.`,
      'one score more than thresholds',
      scores,
    );
  let previous = -sign * Infinity;
  for (const score of scores) {
    if (sign * (score - previous) < 0)
      refuse(
        'BAD_INPUT',
        'The scores turn the order of the indicator round.',
        sign === 1 ? 'scores that never fall' : 'scores that never rise',
        scores,
      );
    previous = score;
  }
}
