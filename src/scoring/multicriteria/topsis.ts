import { defineAggregation, type AggregationContext } from '../descriptor';
import { at } from '../numeric/at';
import {
  bestAndWorst,
  isCost,
  lengthOf,
  prepareColumns,
  prepareTogether,
  traceCities,
  traceRow,
} from '../numeric/criteria';

/** How a column is made comparable: multiplied by 1 / length, 1 / range, or left alone. A constant column has no factor. */
function factorOf(column: Float64Array, scaling: 'VECTOR' | 'MIN_MAX' | 'NONE', range: number): number {
  if (range === 0) return 0;
  if (scaling === 'NONE') return 1;
  return scaling === 'MIN_MAX' ? 1 / range : 1 / lengthOf(column);
}

/**
 * TOPSIS: closeness to the best and distance from the worst values found. Scores 0 to 1, more is better.
 *
 * A constant column adds nothing to any distance. Where a city's two distances are both 0 (one city only, or all cities
 * alike) the closeness is set to 0.5.
 */
export const topsis = defineAggregation({
  id: 'TOPSIS',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  title: 'TOPSIS',
  summary:
    'Ranks cities by how near they are to an ideal city made of the best values found and how far from one made of the worst.',
  formula:
    'C_i = D⁻_i / (D⁺_i + D⁻_i), with D⁺, D⁻ the Euclidean (or Manhattan) distances of v_ik = w_k r_ik to the column-wise best and worst; r_ik = x_ik / √Σ_i x_ik² (VECTOR), (x_ik − worst) / (best − worst) (MIN_MAX) or x_ik (NONE); a column of zeros (constant, for MIN_MAX) adds no distance; C = 1/2 where D⁺ = D⁻ = 0',
  parameters: {
    metric: {
      kind: 'choice',
      enumName: 'TopsisMetric',
      values: ['EUCLIDEAN', 'MANHATTAN'],
      default: 'EUCLIDEAN',
      description: 'Distance to the ideal and the anti-ideal city.',
    },
    scaling: {
      kind: 'choice',
      enumName: 'TopsisScaling',
      values: ['VECTOR', 'MIN_MAX', 'NONE'],
      default: 'VECTOR',
      description: 'How columns are made comparable before they are weighted; VECTOR is the original.',
    },
  },
  references: [
    {
      citation: 'Hwang, C.-L., Yoon, K. (1981), Multiple Attribute Decision Making, Springer',
      url: 'https://doi.org/10.1007/978-3-642-48318-9',
    },
    {
      citation:
        'Opricovic, S., Tzeng, G.-H. (2004), Compromise solution by MCDM methods: A comparative analysis of VIKOR and TOPSIS, European Journal of Operational Research 156(2), 445–455',
      url: 'https://doi.org/10.1016/S0377-2217(03)00020-1',
    },
  ],
  properties: {
    MONOTONE: {
      holds: false,
      counterExample: {
        columns: [
          [3, -4, 1],
          [-1, -6, 7],
          [0, 6, -4],
          [5, 8, -5],
        ],
        row: 1,
        column: 2,
        amount: 10,
      },
    },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [3, 4, 7],
          [4, 1, 1],
        ],
        column: 0,
        amount: 3,
      },
    },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [4, 3],
          [7, 5],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [3, 3, 5],
          [5, 9, 6],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [6, 2, 9],
          [5, 5, 3],
        ],
        row: 1,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [5, 4],
          [8, 2],
        ],
        amount: 10,
      },
    },
  },
  cost: (n, m) => 4 * n * m,
  run(columns, weights, { metric, scaling }, out, context) {
    const n = out.length;
    const values = scaling === 'NONE' ? prepareTogether(columns, context) : prepareColumns(columns, context);
    const toBest = new Float64Array(n);
    const toWorst = new Float64Array(n);
    values.forEach((column, k) => {
      const { best, worst } = bestAndWorst(column, isCost(context, k));
      const factor = at(weights, k) * factorOf(column, scaling, Math.abs(best - worst));
      if (metric === 'EUCLIDEAN') addSquares(column, factor, best, worst, toBest, toWorst);
      else addAbsolutes(column, factor, best, worst, toBest, toWorst);
    });
    for (let i = 0; i < n; i++) {
      if (metric === 'EUCLIDEAN') {
        toBest[i] = Math.sqrt(at(toBest, i));
        toWorst[i] = Math.sqrt(at(toWorst, i));
      }
      const sum = at(toBest, i) + at(toWorst, i);
      out[i] = sum > 0 ? at(toWorst, i) / sum : 0.5;
    }
    if (context.trace) explain(values, weights, scaling, context, toBest, toWorst);
  },
});

function addSquares(
  column: Float64Array,
  factor: number,
  best: number,
  worst: number,
  toBest: Float64Array,
  toWorst: Float64Array,
): void {
  for (let i = 0; i < column.length; i++) {
    const near = factor * (at(column, i) - best);
    const far = factor * (at(column, i) - worst);
    toBest[i] = at(toBest, i) + near * near;
    toWorst[i] = at(toWorst, i) + far * far;
  }
}

function addAbsolutes(
  column: Float64Array,
  factor: number,
  best: number,
  worst: number,
  toBest: Float64Array,
  toWorst: Float64Array,
): void {
  for (let i = 0; i < column.length; i++) {
    toBest[i] = at(toBest, i) + factor * Math.abs(at(column, i) - best);
    toWorst[i] = at(toWorst, i) + factor * Math.abs(at(column, i) - worst);
  }
}

function explain(
  values: readonly Float64Array[],
  weights: Float64Array,
  scaling: 'VECTOR' | 'MIN_MAX' | 'NONE',
  context: AggregationContext,
  toBest: Float64Array,
  toWorst: Float64Array,
): void {
  const weighted = values.map((column, k) => {
    const { best, worst } = bestAndWorst(column, isCost(context, k));
    const factor = at(weights, k) * factorOf(column, scaling, Math.abs(best - worst));
    return scaling === 'MIN_MAX'
      ? column.map((value) => factor * Math.abs(value - worst))
      : column.map((value) => factor * value);
  });
  const ends = weighted.map((column, k) => bestAndWorst(column, scaling !== 'MIN_MAX' && isCost(context, k)));
  traceCities(context, 'Weighted normalised matrix', 'V', context.children, () => weighted);
  traceRow(context, 'Ideal solution', 'A⁺', context.children, () => ends.map(({ best }) => best));
  traceRow(context, 'Anti-ideal solution', 'A⁻', context.children, () => ends.map(({ worst }) => worst));
  traceCities(context, 'Distances to the ideal and the anti-ideal solution', 'D', ['D⁺', 'D⁻'], () => [
    toBest,
    toWorst,
  ]);
}
