import { defineAggregation, type AggregationContext } from '../descriptor';
import { at, atByte } from '../numeric/at';
import { bestAndWorst, isCost, prepareColumns, traceCities, traceRow } from '../numeric/criteria';
import { rangeOf } from '../numeric/statistics';

/** Sums of weights, and so S and R, nearer than this are equal but for rounding. */
const TOLERANCE = 1e-12;

/** Value put between 0 (the smallest of its column) and 1 (the largest); 0 where all are equal. */
function share(value: number, min: number, max: number): number {
  return max - min > TOLERANCE ? (value - min) / (max - min) : 0;
}

/**
 * VIKOR's Q: 0 for a city that is best by group utility and by regret alike, 1 for one that is worst by both. Less is better.
 *
 * A constant column adds no regret to anybody; where all S (or all R) are equal to within 1e-12, that part of Q is 0. The
 * explanation names the compromise set: the best city alone if it has an acceptable advantage (C1) and stability (C2), the
 * first two where only C2 fails, and every city within DQ of the best where C1 fails. Cities whose Q are equal to within
 * 1e-12 count as one there.
 */
export const vikor = defineAggregation({
  id: 'VIKOR',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  lowerIsBetter: true,
  title: 'VIKOR',
  summary:
    'Compromise ranking: weighs the sum of a city’s shortfalls from the best values (group utility) against its largest single one (regret).',
  formula:
    'S_i = Σ_k w_k (f*_k − x_ik) / (f*_k − f⁻_k); R_i = max_k of the same terms; Q_i = v (S_i − S*) / (S⁻ − S*) + (1 − v) (R_i − R*) / (R⁻ − R*); f* and f⁻ are the best and worst values, S*, R* minima, S⁻, R⁻ maxima; a constant column adds 0, and 0 / 0 is 0. C1: Q of the second − Q of the first ≥ DQ = 1 / (n − 1). C2: the first is also best by S or by R',
  parameters: {
    v: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.5,
      description: 'Weight of group utility against individual regret: 1 is majority rule, 0 is least regret.',
    },
  },
  references: [
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
          [4, 2, 1],
          [3, -6, 5],
          [-3, 9, 7],
        ],
        weights: [0.4, 0.2, 0.4],
        row: 0,
        column: 2,
        amount: 2,
      },
    },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [4, 3],
          [8, 3],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [4, 8],
          [1, 3],
        ],
      },
    },
    COMPENSATORY: {
      holds: false,
      counterExample: {
        columns: [
          [3, 7, 5],
          [4, 4, 7],
        ],
        weights: [0.25, 0.75],
        parameters: { v: 0 },
        row: 1,
        column: 1,
        amount: 3,
      },
    },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [1, 1, 9],
          [2, 5, 3],
        ],
        row: 0,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [2, 2, 8],
          [2, 8, 4],
        ],
        weights: [0.5, 0.5],
        amount: 10,
      },
    },
  },
  cost: (n, m) => 3 * n * m,
  run(columns, weights, { v }, out, context) {
    const n = out.length;
    const utility = new Float64Array(n);
    const regret = new Float64Array(n);
    prepareColumns(columns, context).forEach((column, k) => {
      const { best, worst } = bestAndWorst(column, isCost(context, k));
      if (best === worst) return;
      const factor = at(weights, k) / (best - worst);
      for (let i = 0; i < n; i++) {
        const shortfall = factor * (best - at(column, i));
        utility[i] = at(utility, i) + shortfall;
        if (shortfall > at(regret, i)) regret[i] = shortfall;
      }
    });
    const s = rangeOf(utility);
    const r = rangeOf(regret);
    for (let i = 0; i < n; i++) {
      out[i] = v * share(at(utility, i), s.min, s.max) + (1 - v) * share(at(regret, i), r.min, r.max);
    }
    if (context.trace) explain(utility, regret, out, context);
  },
});

function explain(utility: Float64Array, regret: Float64Array, q: Float64Array, context: AggregationContext): void {
  const n = q.length;
  const best = rangeOf(q).min;
  const leastUtility = rangeOf(utility).min;
  const leastRegret = rangeOf(regret).min;
  const dq = n > 1 ? 1 / (n - 1) : 0;
  let second = Infinity;
  for (let i = 0; i < n; i++) if (at(q, i) > best + TOLERANCE && at(q, i) < second) second = at(q, i);
  const advantage = second - best >= dq - TOLERANCE;
  let stability = true;
  for (let i = 0; i < n; i++) {
    const isLeading = at(utility, i) <= leastUtility + TOLERANCE || at(regret, i) <= leastRegret + TOLERANCE;
    if (at(q, i) <= best + TOLERANCE && !isLeading) stability = false;
  }
  const inSet = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const isFirst = at(q, i) <= best + TOLERANCE;
    const joins = advantage ? !stability && at(q, i) <= second + TOLERANCE : at(q, i) - best < dq - TOLERANCE;
    inSet[i] = isFirst || joins ? 1 : 0;
  }
  traceCities(context, 'Group utility, regret and compromise index', 'S, R, Q', ['S', 'R', 'Q'], () => [
    utility,
    regret,
    q,
  ]);
  traceCities(context, 'Compromise set', 'A', ['in the set'], () => [
    Float64Array.from({ length: n }, (_, i) => atByte(inSet, i)),
  ]);
  traceRow(
    context,
    'Acceptable advantage (C1), acceptable stability (C2) and the advantage asked for (DQ)',
    'C1, C2, DQ',
    ['C1', 'C2', 'DQ'],
    () => [advantage ? 1 : 0, stability ? 1 : 0, dq],
  );
}
