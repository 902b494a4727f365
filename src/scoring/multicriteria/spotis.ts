import { defineAggregation, type AggregationContext } from '../descriptor';
import { at } from '../numeric/at';
import {
  bestAndWorst,
  isCost,
  magnitudeOf,
  safeDivisor,
  traceCities,
  traceRow,
  warnOfConstants,
} from '../numeric/criteria';
import { rangeOf } from '../numeric/statistics';

/** A given list, checked to have one number for each child. */
function listed(
  name: string,
  list: readonly number[] | null,
  columns: readonly Float64Array[],
  context: AggregationContext,
): Float64Array | null {
  if (!list) return null;
  if (list.length !== columns.length)
    context.refuse(
      'BAD_INPUT',
      `\`${name}\` has ${String(list.length)} numbers for ${String(columns.length)} children.`,
      `one number for each of: ${context.children.join(', ')}`,
      list,
    );
  return Float64Array.from(list);
}

/**
 * SPOTIS: weighted mean distance to the ideal solution, in units of the criterion's bounds. 0 to 1 (for an ideal inside
 * the bounds), less is better.
 *
 * With bounds given, no city's score depends on another's, so there is no rank reversal; without, the bounds are the
 * smallest and largest values found. A value outside given bounds is refused. A constant column without given bounds
 * adds no distance; one without weight takes no part, whatever its bounds.
 */
export const spotis = defineAggregation({
  id: 'SPOTIS',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  lowerIsBetter: true,
  title: 'SPOTIS',
  summary:
    'Weighted distance to an ideal solution on the bounds of each criterion; free of rank reversal where the bounds are given.',
  formula:
    'P_i = Σ_k w_k |x_ik − s_k| / |S_k^max − S_k^min|, s_k the better bound or the expected value; a constant column without given bounds adds 0',
  parameters: {
    lowerBounds: {
      kind: 'numbers',
      maxLength: 1000,
      description:
        'Lower bound of each child, in order, on the scale of the values that are aggregated; with `upperBounds`. Left out: the smallest values found.',
    },
    upperBounds: {
      kind: 'numbers',
      maxLength: 1000,
      description: 'Upper bound of each child, in order; with `lowerBounds`. Left out: the largest values found.',
    },
    expected: {
      kind: 'numbers',
      maxLength: 1000,
      description: 'The ideal value of each child, in order, inside its bounds. Left out: the better bound.',
    },
  },
  references: [
    {
      citation:
        'Dezert, J., Tchamova, A., Han, D., Tacnet, J.-M. (2020), The SPOTIS rank reversal free method for multi-criteria decision-making support, 23rd International Conference on Information Fusion (FUSION)',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    SYMMETRIC: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [3, 1, 9],
          [1, 2.5, 0],
        ],
        row: 2,
      },
    },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [1, 3, 8],
          [7, 1, 5],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [5, 4, 8],
          [1, 8, 3],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [9, 5, 4],
          [4, 8, 5],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => 2 * n * m,
  run(columns, weights, { lowerBounds, upperBounds, expected }, out, context) {
    const n = out.length;
    const lows = listed('lowerBounds', lowerBounds, columns, context);
    const highs = listed('upperBounds', upperBounds, columns, context);
    const ideals = listed('expected', expected, columns, context);
    if ((lows === null) !== (highs === null))
      context.refuse('BAD_INPUT', 'Only one of `lowerBounds` and `upperBounds` is given.', 'both, or neither');
    if (!lows) warnOfConstants(columns, context);
    const idealOf = (k: number, column: Float64Array): number => {
      if (ideals) return at(ideals, k);
      const bounds = lows && highs ? Float64Array.of(at(lows, k), at(highs, k)) : column;
      return bestAndWorst(bounds, isCost(context, k)).best;
    };
    out.fill(0);
    columns.forEach((column, k) => {
      if (at(weights, k) === 0) return;
      const { min, max } = rangeOf(column);
      const low = lows ? at(lows, k) : min;
      const high = highs ? at(highs, k) : max;
      const name = String(context.children[k]);
      if (lows && !(low < high))
        context.refuse('BAD_INPUT', `The bounds of ${name} are not in order.`, 'a lower bound below the upper bound', [
          low,
          high,
        ]);
      if (min < low || max > high)
        context.refuse(
          'PRECONDITION_FAILED',
          `${name} has values from ${String(min)} to ${String(max)}, outside its bounds.`,
          `bounds that hold ${String(min)} to ${String(max)}`,
          [low, high],
        );
      const ideal = idealOf(k, column);
      if (ideal < low || ideal > high)
        context.refuse(
          'BAD_INPUT',
          `The expected value of ${name} is outside its bounds.`,
          `a number from ${String(low)} to ${String(high)}`,
          ideal,
        );
      if (low === high) return;
      const divisor = safeDivisor(magnitudeOf(Float64Array.of(low, high)));
      const factor = at(weights, k) / (high / divisor - low / divisor);
      for (let i = 0; i < n; i++) out[i] = at(out, i) + factor * Math.abs(at(column, i) / divisor - ideal / divisor);
    });
    traceRow(context, 'Ideal solution point', 's', context.children, () =>
      columns.map((column, k) => idealOf(k, column)),
    );
    traceCities(context, 'Average distance to the ideal solution', 'P', ['P'], () => [out]);
  },
});
