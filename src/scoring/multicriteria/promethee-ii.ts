import { defineAggregation, type AggregationContext } from '../descriptor';
import { at, atInt } from '../numeric/at';
import {
  childName,
  dividedBy,
  isConstant,
  isCost,
  magnitudeOf,
  safeDivisor,
  traceCities,
  warnOfConstants,
} from '../numeric/criteria';
import { THRESHOLD_UNIT_PARAMETER, thresholdUnitOf } from '../numeric/threshold-unit';
import { orderAscending } from '../numeric/order';
import type { ParameterSpecs, ParametersOf } from '../parameters';

/** Of the method or of a criterion; those of the method also serve criteria that leave theirs out. */
const readBy = <const F extends readonly string[]>(functions: F) =>
  [
    { parameter: 'preferenceFunction', is: functions },
    { parameter: 'criteria', is: 'GIVEN' },
  ] as const;

const THRESHOLDS = {
  p: {
    kind: 'number',
    min: 0,
    optional: true,
    readWhen: readBy(['V_SHAPE', 'LEVEL', 'V_SHAPE_INDIFFERENCE']),
    description: 'Preference threshold: a larger difference counts in full.',
  },
  q: {
    kind: 'number',
    min: 0,
    optional: true,
    readWhen: readBy(['U_SHAPE', 'LEVEL', 'V_SHAPE_INDIFFERENCE']),
    description: 'Indifference threshold: a difference up to it does not count.',
  },
  s: {
    kind: 'number',
    min: 0,
    exclusiveMin: true,
    optional: true,
    readWhen: readBy(['GAUSSIAN']),
    description: 'Difference at the inflection of the function.',
  },
} as const satisfies ParameterSpecs;

const FUNCTIONS = ['USUAL', 'U_SHAPE', 'V_SHAPE', 'LEVEL', 'V_SHAPE_INDIFFERENCE', 'GAUSSIAN'] as const;
type PreferenceFunction = (typeof FUNCTIONS)[number];

const PARAMETERS = {
  preferenceFunction: {
    kind: 'choice',
    enumName: 'PreferenceFunction',
    values: FUNCTIONS,
    default: 'USUAL',
    description: 'How a difference between two cities turns into a preference from 0 to 1.',
  },
  ...THRESHOLDS,
  thresholdUnit: {
    ...THRESHOLD_UNIT_PARAMETER,
    readWhen: readBy(['U_SHAPE', 'V_SHAPE', 'LEVEL', 'V_SHAPE_INDIFFERENCE', 'GAUSSIAN']),
  },
  criteria: {
    kind: 'records',
    inputName: 'PrometheeCriterion',
    maxLength: 1000,
    description:
      'Preference functions of single criteria; a threshold left out is taken from the method. Criteria that are not under the node are passed over.',
    fields: {
      node: { kind: 'code', of: 'node', required: true, description: 'The criterion: a child of the node.' },
      preferenceFunction: {
        kind: 'choice',
        enumName: 'PreferenceFunction',
        values: FUNCTIONS,
        required: true,
        description: 'The preference function of this criterion.',
      },
      ...THRESHOLDS,
    },
  },
} as const satisfies ParameterSpecs;

/** Two flows that differ by less than this share of their sum differ by rounding only. */
const CANCELLED = 1e-14;

/** A criterion's function in the form that the kernels take: differences up to `from` count 0, above `to` 1. */
interface Shape {
  readonly kind: 'STEP' | 'HALF' | 'LINE' | 'GAUSSIAN';
  readonly from: number;
  readonly to: number;
}

/**
 * PROMETHEE II: net outranking flows, −1 to 1, more is better; they add to 0 over the cities.
 *
 * A constant column gives no preference to anybody. A city on its own has a flow of 0. Where the two thresholds of a
 * function are equal it is a step there. A net flow that is rounding noise of its two parts is 0. Sorted columns with running sums make every function but the Gaussian cost
 * O(n log n); the Gaussian compares pairs.
 */
export const prometheeIi = defineAggregation({
  id: 'PROMETHEE_II',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  title: 'PROMETHEE II',
  summary:
    'Compares every pair of cities criterion by criterion through a preference function, and ranks by how much a city is preferred to the others minus how much they are preferred to it.',
  formula:
    'φ_i = φ⁺_i − φ⁻_i; φ⁺_i = Σ_j Σ_k w_k P_k(x_ik − x_jk) / (n − 1), φ⁻_i = Σ_j Σ_k w_k P_k(x_jk − x_ik) / (n − 1). P(d) = 0 for d ≤ 0, otherwise USUAL: 1; U_SHAPE: 1 if d > q; V_SHAPE: min(d / p, 1); LEVEL: 0 to q, ½ to p, 1 above; V_SHAPE_INDIFFERENCE: 0 to q, (d − q) / (p − q) to p, 1 above; GAUSSIAN: 1 − exp(−d² / 2s²). A cost’s differences are turned round; STANDARD_DEVIATION multiplies p, q and s by the population standard deviation of the column; a city alone has φ = 0',
  parameters: PARAMETERS,
  references: [
    {
      citation:
        'Brans, J.-P., Vincke, P. (1985), A preference ranking organisation method, Management Science 31(6), 647–656',
      url: 'https://doi.org/10.1287/mnsc.31.6.647',
    },
    {
      citation:
        'Brans, J.-P., Vincke, P., Mareschal, B. (1986), How to select and how to rank projects: The PROMETHEE method, European Journal of Operational Research 24(2), 228–238',
      url: 'https://doi.org/10.1016/0377-2217(86)90044-5',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SCALE_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [1, 2],
          [5, 5],
        ],
        parameters: { preferenceFunction: 'V_SHAPE', p: 2 },
        column: 0,
        amount: 10,
      },
    },
    SHIFT_INVARIANT: { holds: true },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [4, 9],
          [1, 5],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [6, 1, 6],
          [6, 5, 4],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [3, 9, 8],
          [9, 6, 2],
        ],
        row: 2,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [3, 2, 2],
          [4, 7, 9],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m, { preferenceFunction, criteria }) => {
    const pairwise =
      preferenceFunction === 'GAUSSIAN' || (criteria ?? []).some((item) => item.preferenceFunction === 'GAUSSIAN');
    return m * n * (pairwise ? n : 12);
  },
  run(columns, weights, parameters, out, context) {
    const n = out.length;
    warnOfConstants(columns, context);
    const positive = new Float64Array(n);
    const negative = new Float64Array(n);
    columns.forEach((column, k) => {
      const shape = shapeOf(column, k, parameters, context);
      if (n < 2 || isConstant(column)) return;
      const divisor = safeDivisor(magnitudeOf(column));
      const scaled = dividedBy(column, divisor);
      const flows = flowsOf(scaled, isCost(context, k), {
        kind: shape.kind,
        from: shape.from / divisor,
        to: shape.to / divisor,
      });
      const factor = at(weights, k) / (n - 1);
      for (let i = 0; i < n; i++) {
        positive[i] = at(positive, i) + factor * at(flows.positive, i);
        negative[i] = at(negative, i) + factor * at(flows.negative, i);
      }
    });
    for (let i = 0; i < n; i++) {
      const net = at(positive, i) - at(negative, i);
      out[i] = Math.abs(net) <= CANCELLED * (at(positive, i) + at(negative, i)) ? 0 : net;
    }
    traceCities(context, 'Positive and negative outranking flows', 'φ⁺, φ⁻', ['φ⁺', 'φ⁻'], () => [positive, negative]);
  },
});

/** Reads a criterion's function and thresholds, its own or the method's. */
function shapeOf(
  column: Float64Array,
  k: number,
  parameters: ParametersOf<typeof PARAMETERS>,
  context: AggregationContext,
): Shape {
  const own = parameters.criteria?.find(({ node }) => node === context.children[k]);
  const kind: PreferenceFunction = own?.preferenceFunction ?? parameters.preferenceFunction;
  const unit = thresholdUnitOf(parameters.thresholdUnit, column);
  const read = (name: 'p' | 'q' | 's'): number => {
    const value = own?.[name] ?? parameters[name];
    if (value === null) {
      return context.refuse(
        'BAD_INPUT',
        `The preference function ${kind} needs the threshold ${name} for ${childName(context, k)}.`,
        `${name} as a number of at least 0, for the method or for this criterion`,
      );
    }
    return value * unit;
  };
  switch (kind) {
    case 'USUAL':
      return { kind: 'STEP', from: 0, to: 0 };
    case 'U_SHAPE': {
      const q = read('q');
      return { kind: 'STEP', from: q, to: q };
    }
    case 'V_SHAPE':
      return { kind: 'LINE', from: 0, to: read('p') };
    case 'GAUSSIAN':
      return { kind: 'GAUSSIAN', from: 0, to: read('s') };
    default: {
      const from = read('q');
      const to = read('p');
      if (from > to) {
        context.refuse(
          'BAD_INPUT',
          `The indifference threshold of ${childName(context, k)} is above its preference threshold.`,
          'q of at most p',
          from,
        );
      }
      return { kind: kind === 'LEVEL' ? 'HALF' : 'LINE', from, to };
    }
  }
}

/** Σ_j P(x_i − x_j) and Σ_j P(x_j − x_i) for every city i, directions applied. */
function flowsOf(
  column: Float64Array,
  cost: boolean,
  shape: Shape,
): { readonly positive: Float64Array; readonly negative: Float64Array } {
  const n = column.length;
  const order = orderAscending(column);
  const sorted = new Float64Array(n);
  // Measured from the smallest value, so that running sums lose as little as they can.
  const least = at(column, atInt(order, 0));
  for (let r = 0; r < n; r++) sorted[r] = at(column, atInt(order, r)) - least;
  const above = new Float64Array(n);
  const below = new Float64Array(n);
  if (shape.kind !== 'GAUSSIAN') countSorted(sorted, shape, above, below);
  else if (shape.to < NEGLIGIBLE) countSorted(sorted, { kind: 'STEP', from: 0, to: 0 }, above, below);
  else comparePairs(sorted, shape.to, above, below);
  const positive = new Float64Array(n);
  const negative = new Float64Array(n);
  for (let r = 0; r < n; r++) {
    const i = atInt(order, r);
    positive[i] = cost ? at(below, r) : at(above, r);
    negative[i] = cost ? at(above, r) : at(below, r);
  }
  return { positive, negative };
}

/**
 * `above[r]` = Σ P(y_r − y_j) and `below[r]` = Σ P(y_j − y_r) over ascending `y`. The cities that a city beats in full
 * or in part are runs of the sorted list, and the ends of the runs only move forward.
 */
function countSorted(y: Float64Array, shape: Shape, above: Float64Array, below: Float64Array): void {
  const n = y.length;
  const { kind, from, to } = shape;
  const width = to - from;
  const sums = new Float64Array(n + 1);
  for (let r = 0; r < n; r++) sums[r + 1] = at(sums, r) + at(y, r);
  let full = 0;
  let some = 0;
  let firstSome = 0;
  let firstFull = 0;
  for (let r = 0; r < n; r++) {
    const value = at(y, r);
    while (full < n && value - at(y, full) > to) full++;
    while (some < n && value - at(y, some) > from) some++;
    while (firstSome < n && at(y, firstSome) - value <= from) firstSome++;
    while (firstFull < n && at(y, firstFull) - value <= to) firstFull++;
    const partBelow = some - full;
    const partAbove = firstFull - firstSome;
    let won = full;
    let lost = n - firstFull;
    if (kind === 'HALF') {
      won += partBelow / 2;
      lost += partAbove / 2;
    } else if (kind === 'LINE' && width > 0) {
      if (partBelow > 0) won += (partBelow * (value - from) - (at(sums, some) - at(sums, full))) / width;
      if (partAbove > 0) lost += (at(sums, firstFull) - at(sums, firstSome) - partAbove * (value + from)) / width;
    }
    above[r] = won;
    below[r] = lost;
  }
}

/** Beyond this many multiples of s, exp(−d² / 2s²) is below half a unit in the last place of 1. */
const CERTAIN = 8.7;
const STEPS = 128;
/** A scale so small, on columns of ordinary magnitude, that every difference is beyond it and its reciprocal overflows. */
const NEGLIGIBLE = 1e-300;

/**
 * exp(−x) and 1 − exp(−x) at multiples of 1/128. `Math.expm1` for each pair would take 5 s at 3,000 cities × 50; with
 * the step below 1/128 left to a short series it is about a fourth of that, as exact, and still relatively exact at 0.
 */
const POWERS = Float64Array.from({ length: Math.ceil((CERTAIN * CERTAIN * STEPS) / 2) + 1 }, (_, k) =>
  Math.exp(-k / STEPS),
);
const COMPLEMENTS = POWERS.map((_, k) => -Math.expm1(-k / STEPS));

function comparePairs(y: Float64Array, s: number, above: Float64Array, below: Float64Array): void {
  const n = y.length;
  const inverse = 1 / s;
  const certain = CERTAIN * s;
  let start = 0;
  for (let r = 0; r < n; r++) {
    const value = at(y, r);
    while (value - at(y, start) > certain) start++;
    let won = start;
    for (let j = start; j < r; j++) {
      const multiple = inverse * (value - at(y, j));
      const x = (multiple * multiple) / 2;
      const k = (x * STEPS) | 0;
      const rest = x - k / STEPS;
      const series = rest * (1 - (rest / 2) * (1 - (rest / 3) * (1 - (rest / 4) * (1 - (rest / 5) * (1 - rest / 6)))));
      const preference = at(COMPLEMENTS, k) + at(POWERS, k) * series;
      won += preference;
      below[j] = at(below, j) + preference;
    }
    above[r] = won;
  }
  // Cities so far above that the pair was not visited.
  let first = 0;
  for (let r = 0; r < n; r++) {
    while (first < n && at(y, first) - at(y, r) <= certain) first++;
    below[r] = at(below, r) + (n - first);
  }
}
