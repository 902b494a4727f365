import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { bestAndWorst, isCost, prepareColumns, traceRow } from '../numeric/criteria';
import { ratioFactor, referencePoint } from '../numeric/moora';

/**
 * MOORA's reference point: the largest weighted shortfall of a city from the best ratio of any column. Less is better;
 * 0 for a city that is best in everything, and for all where all are alike.
 */
export const mooraReferencePoint = defineAggregation({
  id: 'MOORA_REFERENCE_POINT',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  lowerIsBetter: true,
  title: 'MOORA (reference point)',
  summary:
    'Judges each city by its largest weighted shortfall from the best value found: no strength makes up for the worst weakness.',
  formula: 'd_i = max_k w_k |r_k − r_ik|, r_ik = x_ik / √Σ_i x_ik², r_k the best ratio of column k',
  parameters: {},
  references: [
    {
      citation:
        'Brauers, W. K. M., Zavadskas, E. K. (2006), The MOORA method and its application to privatization in a transition economy, Control and Cybernetics 35(2), 445–469',
    },
  ],
  properties: {
    // With values of both signs, raising the worst one shortens the column, and the shortfall grows in units of its length.
    MONOTONE: {
      holds: false,
      counterExample: { columns: [[1, -2]], row: 1, column: 0, amount: 0.5 },
    },
    SCALE_INVARIANT: { holds: true },
    SYMMETRIC: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [1, 2, 3],
          [3, 1, 2],
        ],
        column: 0,
        amount: 10,
      },
    },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [4, 7, 8],
          [9, 5, 8],
        ],
        row: 2,
      },
    },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [7, 5, 1],
          [5, 7, 6],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [7, 8, 6],
          [4, 1, 7],
        ],
      },
    },
    COMPENSATORY: {
      holds: false,
      counterExample: {
        columns: [
          [9, 7, 4],
          [7, 6, 5],
        ],
        weights: [0.75, 0.25],
        row: 1,
        column: 0,
        amount: 7,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [8, 3, 5],
          [4, 8, 3],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => 3 * n * m,
  run(columns, weights, _parameters, out, context) {
    const values = prepareColumns(columns, context);
    referencePoint(values, weights, out, context);
    traceRow(context, 'Reference point', 'r', context.children, () =>
      values.map((column, k) => ratioFactor(column, 1) * bestAndWorst(column, isCost(context, k)).best),
    );
    traceRow(context, 'Weighted reference point', 'w r', context.children, () =>
      values.map((column, k) => ratioFactor(column, at(weights, k)) * bestAndWorst(column, isCost(context, k)).best),
    );
  },
});
