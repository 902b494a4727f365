import { defineAggregation, type AggregationContext } from '../descriptor';
import { at, atByte, atInt } from '../numeric/at';
import {
  childName,
  dividedBy,
  isCost,
  magnitudeOf,
  rowMajor,
  safeDivisor,
  traceCities,
  warnOfConstants,
} from '../numeric/criteria';
import { orderAscending } from '../numeric/order';
import { THRESHOLD_UNIT_PARAMETER, thresholdUnitOf } from '../numeric/threshold-unit';
import type { ParameterSpecs, ParametersOf } from '../parameters';

/** Above this many cities the credibility matrix would not fit in a sensible amount of memory. */
const MOST_CITIES = 3_000;

/** Credibilities nearer than this count as equal, so that rounding and the order of criteria decide nothing. */
const TOLERANCE = 1e-12;

const VETO = {
  kind: 'number',
  min: 0,
  optional: true,
  description: 'Veto threshold: a deficit from which a criterion alone forbids outranking; none if left out.',
} as const;

const PARAMETERS = {
  indifference: {
    kind: 'number',
    min: 0,
    default: 0,
    description: 'Indifference threshold: a deficit up to it does not count.',
  },
  preference: {
    kind: 'number',
    min: 0,
    default: 0,
    description: 'Preference threshold: from this deficit on a criterion no longer agrees at all.',
  },
  veto: VETO,
  thresholdUnit: THRESHOLD_UNIT_PARAMETER,
  thresholds: {
    kind: 'records',
    inputName: 'ElectreThresholds',
    maxLength: 1000,
    description:
      'Thresholds of single criteria; one left out is taken from the method. Criteria that are not under the node are passed over.',
    fields: {
      node: { kind: 'code', of: 'node', required: true, description: 'The criterion: a child of the node.' },
      indifference: {
        kind: 'number',
        min: 0,
        optional: true,
        description: 'Indifference threshold of this criterion.',
      },
      preference: { kind: 'number', min: 0, optional: true, description: 'Preference threshold of this criterion.' },
      veto: VETO,
    },
  },
  discriminationIntercept: {
    kind: 'number',
    min: 0,
    max: 1,
    exclusiveMin: true,
    default: 0.3,
    description: 'Constant of the discrimination threshold s(λ): how far apart two credibilities must be to differ.',
  },
  discriminationSlope: {
    kind: 'number',
    min: -1,
    max: 0,
    default: -0.15,
    description: 'Slope of the discrimination threshold s(λ); the intercept and the slope add to more than 0.',
  },
} as const satisfies ParameterSpecs;

interface Criteria {
  readonly indifference: Float64Array;
  readonly preference: Float64Array;
  /** Infinity where there is no veto. */
  readonly veto: Float64Array;
}

/**
 * ELECTRE III: mean of a city's class in the descending and in the ascending distillation, 1 the best; less is better.
 *
 * The method's own result is a partial order, the intersection of the two distillations, in which cities may be
 * incomparable. The mean of the two classes is a complete ranking that agrees with it wherever it speaks; the explanation
 * shows both distillations. A constant column agrees with everybody. Credibilities within 1e-12 of each other are equal.
 */
export const electreIii = defineAggregation({
  id: 'ELECTRE_III',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  lowerIsBetter: true,
  title: 'ELECTRE III',
  summary:
    'Outranking with degrees: indifference, preference and veto thresholds give a credibility for every pair, from which two distillations draw a ranking. Weights are votes, not rates of exchange.',
  formula:
    'With Δ_k = b_k − a_k: c_k = 1 to q_k, (p_k − Δ_k) / (p_k − q_k) to p_k, then 0; d_k = 0 to p_k, (Δ_k − p_k) / (v_k − p_k) to v_k, then 1; C(a, b) = Σ w_k c_k; σ(a, b) = C Π_{k: d_k > C} (1 − d_k) / (1 − C). Distillation at falling cut levels, λ′ = max{σ : σ < λ − s(λ)}, s(λ) = 0.30 − 0.15 λ: keep the cities with the largest (ascending: smallest) difference between the number they outrank and the number that outrank them, a outranking b if σ(a, b) > λ′ and σ(a, b) > σ(b, a) + s(σ(a, b)). λ starts at the largest σ among the cities left; λ′, 0 where there is no such σ, and the numbers are taken over the cities still kept; those kept when one is left or λ′ = 0 are a class. A cost’s differences are turned round; STANDARD_DEVIATION multiplies q, p and v by the population standard deviation of the column. Score: mean of the descending and the ascending class, both numbered from the best',
  parameters: PARAMETERS,
  references: [
    {
      citation:
        'Roy, B. (1978), ELECTRE III: un algorithme de classements fondé sur une représentation floue des préférences en présence de critères multiples, Cahiers du Centre d’Études de Recherche Opérationnelle 20(1), 3–24',
    },
    {
      citation:
        'Figueira, J., Mousseau, V., Roy, B. (2005), ELECTRE methods, in: Multiple Criteria Decision Analysis: State of the Art Surveys, Springer, 133–153',
      url: 'https://doi.org/10.1007/0-387-23081-5_4',
    },
  ],
  properties: {
    MONOTONE: {
      holds: false,
      counterExample: {
        columns: [
          [9, 5, 7, 2, 6],
          [6, 2, 2, 7, 7],
          [1, 5, 9, 3, 1],
        ],
        row: 4,
        column: 1,
        amount: 2,
      },
    },
    SCALE_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [2, 1],
          [4, 8],
        ],
        parameters: { indifference: 1, preference: 2 },
        column: 0,
        amount: 2,
      },
    },
    SHIFT_INVARIANT: { holds: true },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [7, 2, 1],
          [7, 3, 4],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [8, 6, 2],
          [9, 3, 9],
        ],
      },
    },
    COMPENSATORY: {
      holds: false,
      counterExample: {
        columns: [
          [2, 2],
          [4, 6],
        ],
        weights: [0.25, 0.75],
        row: 1,
        column: 1,
        amount: 10,
      },
    },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [9, 4, 7],
          [2, 5, 2],
        ],
        row: 0,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [2, 1, 2],
          [8, 3, 8],
        ],
        amount: 10,
      },
    },
  },
  cost: (n, m) => n * n * (4 * m + 60),
  run(columns, weights, parameters, out, context) {
    const n = out.length;
    if (n > MOST_CITIES) {
      context.refuse(
        'PRECONDITION_FAILED',
        'ELECTRE III keeps a credibility for every pair of cities.',
        `at most ${MOST_CITIES} cities`,
        n,
      );
    }
    const { discriminationIntercept: intercept, discriminationSlope: slope } = parameters;
    if (!(intercept + slope > 0)) {
      context.refuse(
        'BAD_INPUT',
        'The discrimination threshold is not above 0 for a credibility of 1.',
        'an intercept and a slope that add to more than 0',
        slope,
      );
    }
    warnOfConstants(columns, context);
    const criteria = readCriteria(columns, parameters, context);
    const oriented = columns.map((column, k) => {
      const divisor = safeDivisor(magnitudeOf(column));
      criteria.indifference[k] = at(criteria.indifference, k) / divisor;
      criteria.preference[k] = at(criteria.preference, k) / divisor;
      criteria.veto[k] = at(criteria.veto, k) / divisor;
      const scaled = dividedBy(column, divisor);
      return isCost(context, k) ? scaled.map((value) => -value) : scaled;
    });
    const credibility = credibilityOf(rowMajor(oriented, n), n, weights, criteria);
    const order = orderAscending(credibility);
    const descending = new Float64Array(n);
    const ascending = new Float64Array(n);
    distil(credibility, order, n, intercept, slope, 1, descending);
    const classes = distil(credibility, order, n, intercept, slope, -1, ascending);
    for (let i = 0; i < n; i++) ascending[i] = classes + 1 - at(ascending, i);
    for (let i = 0; i < n; i++) out[i] = (at(descending, i) + at(ascending, i)) / 2;
    traceCities(context, 'Descending and ascending distillation', 'Z₁, Z₂', ['descending', 'ascending'], () => [
      descending,
      ascending,
    ]);
    if (n <= MOST_TRACED) {
      traceCities(context, 'Credibility of outranking', 'σ', context.cities, () => [
        credibilityColumns(credibility, n),
      ]);
    }
  },
});

/** Above this many cities the credibility matrix is not part of the explanation. */
const MOST_TRACED = 100;

/** The matrix by columns, with 1 on the diagonal: a city outranks itself. */
function credibilityColumns(credibility: Float64Array, n: number): Float64Array {
  return credibility.map((_, cell) => {
    const b = Math.floor(cell / n);
    const a = cell % n;
    return a === b ? 1 : at(credibility, a * n + b);
  });
}

function readCriteria(
  columns: readonly Float64Array[],
  parameters: ParametersOf<typeof PARAMETERS>,
  context: AggregationContext,
): Criteria {
  const m = columns.length;
  const indifference = new Float64Array(m);
  const preference = new Float64Array(m);
  const veto = new Float64Array(m);
  columns.forEach((column, k) => {
    const child = childName(context, k);
    const own = parameters.thresholds?.find(({ node }) => node === child);
    const unit = thresholdUnitOf(parameters.thresholdUnit, column);
    const q = own?.indifference ?? parameters.indifference;
    const p = own?.preference ?? parameters.preference;
    const v = own?.veto ?? parameters.veto ?? Infinity;
    if (q > p || p > v) {
      context.refuse('BAD_INPUT', `The thresholds of ${child} are out of order.`, 'indifference ≤ preference ≤ veto', [
        q,
        p,
        v,
      ]);
    }
    indifference[k] = q * unit;
    preference[k] = p * unit;
    // 0 × Infinity is not a number: a constant column has no deviation, and needs no veto.
    veto[k] = v === Infinity ? v : v * unit;
  });
  return { indifference, preference, veto };
}

/** σ(a, b) at `a n + b`; `NaN` on the diagonal. */
function credibilityOf(rows: Float64Array, n: number, weights: Float64Array, criteria: Criteria): Float64Array {
  const m = weights.length;
  const { indifference, preference, veto } = criteria;
  const credibility = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    credibility[a * n + a] = NaN;
    for (let b = a + 1; b < n; b++) {
      let forA = 0;
      let forB = 0;
      let againstA = 0;
      let againstB = 0;
      for (let k = 0; k < m; k++) {
        const lead = at(rows, a * m + k) - at(rows, b * m + k);
        const weight = at(weights, k);
        const size = lead < 0 ? -lead : lead;
        const q = at(indifference, k);
        const p = at(preference, k);
        // The city that is ahead has the criterion's whole vote, the other what the thresholds leave.
        let agreement = 0;
        let objection = 0;
        if (size <= q) agreement = weight;
        else if (size < p) agreement = (weight * (p - size)) / (p - q);
        else objection = objectionOf(size, p, at(veto, k));
        if (lead >= 0) {
          forA += weight;
          forB += agreement;
          if (objection > againstB) againstB = objection;
        } else {
          forB += weight;
          forA += agreement;
          if (objection > againstA) againstA = objection;
        }
      }
      credibility[a * n + b] = againstA > forA + TOLERANCE ? discredited(rows, a, b, forA, criteria) : forA;
      credibility[b * n + a] = againstB > forB + TOLERANCE ? discredited(rows, b, a, forB, criteria) : forB;
    }
  }
  return credibility;
}

/** d_k for a deficit: 0 to p, 1 from v on, linear between. */
function objectionOf(deficit: number, p: number, v: number): number {
  if (deficit <= p) return 0;
  return deficit >= v ? 1 : (deficit - p) / (v - p);
}

/** σ(a, b) where some criterion objects more than the criteria agree. */
function discredited(rows: Float64Array, a: number, b: number, agreement: number, criteria: Criteria): number {
  const { preference, veto } = criteria;
  const m = preference.length;
  let degree = agreement;
  for (let k = 0; k < m; k++) {
    const deficit = at(rows, b * m + k) - at(rows, a * m + k);
    const objection = objectionOf(deficit, at(preference, k), at(veto, k));
    if (objection > agreement + TOLERANCE) degree *= (1 - objection) / (1 - agreement);
  }
  return degree;
}

/**
 * One distillation; `sign` 1 takes the best qualified first (descending), −1 the worst. Writes the class of every city
 * in the order of taking, and returns the number of classes.
 *
 * Cut levels only fall while cities leave, so one walk down the sorted credibilities serves all rounds: `top` at the
 * largest that is left, `cut` at the cut level, `entered` past the last one that counts at that level.
 */
function distil(
  credibility: Float64Array,
  order: Int32Array,
  n: number,
  intercept: number,
  slope: number,
  sign: 1 | -1,
  classes: Float64Array,
): number {
  const isThere = new Uint8Array(n).fill(1);
  const qualification = new Int32Array(n);
  const beats = (a: number, b: number): boolean => {
    const forward = at(credibility, a * n + b);
    return forward > at(credibility, b * n + a) + intercept + slope * forward + TOLERANCE;
  };
  const isLeft = (cell: number): boolean =>
    atByte(isThere, Math.floor(cell / n)) === 1 && atByte(isThere, cell % n) === 1;
  let top = order.length - 1;
  let cut = top;
  let entered = top;
  let left = n;
  let rank = 0;
  while (left > 0) {
    rank++;
    while (top >= 0 && !isLeft(atInt(order, top))) top--;
    const highest = top >= 0 ? at(credibility, atInt(order, top)) : 0;
    const bar = highest - intercept - slope * highest - TOLERANCE;
    while (cut >= 0 && (at(credibility, atInt(order, cut)) >= bar || !isLeft(atInt(order, cut)))) cut--;
    const level = cut >= 0 ? at(credibility, atInt(order, cut)) : 0;
    while (entered >= 0 && at(credibility, atInt(order, entered)) > level + TOLERANCE) {
      const cell = atInt(order, entered--);
      if (!isLeft(cell)) continue;
      const a = Math.floor(cell / n);
      const b = cell % n;
      if (beats(a, b)) {
        qualification[a] = atInt(qualification, a) + 1;
        qualification[b] = atInt(qualification, b) - 1;
      }
    }
    let best = -Infinity;
    for (let i = 0; i < n; i++) {
      if (atByte(isThere, i) === 1) best = Math.max(best, sign * atInt(qualification, i));
    }
    let taken: number[] = [];
    for (let i = 0; i < n; i++) {
      if (atByte(isThere, i) === 1 && sign * atInt(qualification, i) === best) taken.push(i);
    }
    taken = refine(credibility, taken, n, level, intercept, slope, sign, beats);
    for (const city of taken) {
      isThere[city] = 0;
      classes[city] = rank;
    }
    left -= taken.length;
    for (const gone of taken) {
      for (let i = 0; i < n; i++) {
        if (atByte(isThere, i) === 0) continue;
        if (at(credibility, gone * n + i) > level + TOLERANCE && beats(gone, i))
          qualification[i] = atInt(qualification, i) + 1;
        if (at(credibility, i * n + gone) > level + TOLERANCE && beats(i, gone))
          qualification[i] = atInt(qualification, i) - 1;
      }
    }
  }
  return rank;
}

/** Tells the tied cities of a round apart at lower cut levels, as far as that goes. */
function refine(
  credibility: Float64Array,
  tied: number[],
  n: number,
  start: number,
  intercept: number,
  slope: number,
  sign: 1 | -1,
  beats: (a: number, b: number) => boolean,
): number[] {
  let cities = tied;
  let level = start;
  while (cities.length > 1 && level > 0) {
    const bar = level - intercept - slope * level - TOLERANCE;
    let next = 0;
    for (const a of cities) {
      for (const b of cities) {
        const degree = at(credibility, a * n + b);
        if (degree < bar && degree > next) next = degree;
      }
    }
    const scores = cities.map((a) => {
      let score = 0;
      for (const b of cities) {
        if (a === b) continue;
        if (at(credibility, a * n + b) > next + TOLERANCE && beats(a, b)) score++;
        if (at(credibility, b * n + a) > next + TOLERANCE && beats(b, a)) score--;
      }
      return sign * score;
    });
    const best = scores.reduce((x, y) => Math.max(x, y), -Infinity);
    cities = cities.filter((_, index) => scores[index] === best);
    level = next;
  }
  return cities;
}
