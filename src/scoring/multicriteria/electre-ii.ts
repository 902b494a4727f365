import { defineAggregation } from '../descriptor';
import { at, atByte, atInt } from '../numeric/at';
import { isCost, prepareColumns, prepareTogether, rowMajor, traceCities } from '../numeric/criteria';
import { rangeOf } from '../numeric/statistics';

/** Above this many cities the relation between all pairs would not fit in a sensible amount of memory. */
const MOST_CITIES = 10_000;
/** Sums of weights nearer than this count as equal, so that rounding and the order of criteria decide nothing. */
const TOLERANCE = 1e-12;
const WEAK = 1;
const STRONG = 2;

/**
 * ELECTRE II: mean of a city's class in the direct and in the inverse ranking, 1 the best; less is better.
 *
 * A city outranks another only if more weight speaks for it than against it. The direct ranking takes away, again and
 * again, the cities that no remaining one outranks; the inverse ranking does the same from the bottom. Cities that
 * outrank each other in a circle, and so are never free, share a class. A constant column speaks for everybody.
 * Sums of weights and objections within 1e-12 of a threshold reach it.
 */
export const electreIi = defineAggregation({
  id: 'ELECTRE_II',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  lowerIsBetter: true,
  title: 'ELECTRE II',
  summary:
    'Outranking: a city stands before another if enough weight agrees (concordance) and no criterion objects too strongly (discordance).',
  formula:
    'C(a, b) = Σ w_k over k where a is at least as good as b; D(a, b) = max_k (b_k − a_k)⁺ / range. With C(a, b) > C(b, a): a outranks b strongly if C ≥ c₁ and D ≤ d₁, or C ≥ c₂ and D ≤ d₂; weakly if C ≥ c₃ and D ≤ d₁ (c₁ ≥ c₂ ≥ c₃, d₁ ≥ d₂). A cost’s differences are turned round. Direct: class 1 is the free cities (see exploitation), class 2 those free once they are gone, and so on; where a cycle leaves nobody free, all that are left (or all that none outranks strongly) are one class. Inverse: the same from the other end, by whom a city outranks, and numbered from the best. Score: mean of the two classes',
  parameters: {
    concordanceHigh: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.65,
      description: 'c₁: weight that must agree for a strong relation despite a discordance of up to d₁.',
    },
    concordanceMedium: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.5,
      description: 'c₂: weight that must agree for a strong relation with a discordance of up to d₂.',
    },
    concordanceLow: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.35,
      description: 'c₃: weight that must agree for a weak relation.',
    },
    discordanceHigh: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.65,
      description: 'd₁: the largest objection that any relation bears, as a share of the range.',
    },
    discordanceLow: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.35,
      description: 'd₂: the largest objection that a strong relation with less agreement bears.',
    },
    discordanceRange: {
      kind: 'choice',
      enumName: 'ElectreDiscordanceRange',
      values: ['OWN', 'LARGEST'],
      default: 'OWN',
      description:
        'Whether an objection is relative to its own column’s range, or to the largest range of all, for columns already on one scale.',
    },
    exploitation: {
      kind: 'choice',
      enumName: 'ElectreExploitation',
      values: ['STRONG_THEN_WEAK', 'JOINT'],
      default: 'STRONG_THEN_WEAK',
      description:
        'Which cities are free: those that none outranks strongly, and among them those that none of them outranks weakly; or those that none outranks in either way.',
    },
  },
  references: [
    {
      citation:
        'Roy, B., Bertier, P. (1973), La méthode ELECTRE II: une application au média-planning, in: Ross, M. (ed.), OR ’72, North-Holland, 291–302',
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
          [4, 3, 8],
          [1, 9, 4],
        ],
        weights: [0.8, 0.2],
        row: 0,
        column: 1,
        amount: 3,
      },
    },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [4, 4],
          [7, 6],
        ],
        weights: [0.5, 0.5],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [6, 4, 9],
          [8, 2, 1],
        ],
      },
    },
    COMPENSATORY: {
      holds: false,
      counterExample: {
        columns: [
          [1, 7, 9],
          [5, 4, 4],
        ],
        weights: [0.75, 0.25],
        row: 2,
        column: 1,
        amount: 10,
      },
    },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [4, 8, 9],
          [8, 3, 6],
        ],
        row: 2,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [5, 8, 8],
          [2, 3, 2],
        ],
        amount: 2,
      },
    },
  },
  cost: (n, m) => n * n * (m + 4),
  run(columns, weights, parameters, out, context) {
    const n = out.length;
    const { concordanceHigh, concordanceMedium, concordanceLow, discordanceHigh, discordanceLow } = parameters;
    if (concordanceMedium > concordanceHigh || concordanceLow > concordanceMedium) {
      context.refuse('BAD_INPUT', 'The concordance thresholds are out of order.', 'high ≥ medium ≥ low', [
        concordanceHigh,
        concordanceMedium,
        concordanceLow,
      ]);
    }
    if (discordanceLow > discordanceHigh) {
      context.refuse('BAD_INPUT', 'The discordance thresholds are out of order.', 'high ≥ low', [
        discordanceHigh,
        discordanceLow,
      ]);
    }
    if (n > MOST_CITIES) {
      context.refuse(
        'PRECONDITION_FAILED',
        `ELECTRE II compares all pairs of cities.`,
        `at most ${MOST_CITIES} cities`,
        n,
      );
    }
    const shared = parameters.discordanceRange === 'LARGEST';
    const values = (shared ? prepareTogether(columns, context) : prepareColumns(columns, context)).map((column, k) =>
      isCost(context, k) ? column.map((value) => -value) : column,
    );
    const ranges = Float64Array.from(values, (column) => {
      const { min, max } = rangeOf(column);
      return max - min;
    });
    if (shared) ranges.fill(ranges.reduce((a, b) => Math.max(a, b), 0));
    const relation = relate(rowMajor(values, n), n, weights, ranges, parameters);
    const jointly = parameters.exploitation === 'JOINT';
    const direct = new Float64Array(n);
    const inverse = new Float64Array(n);
    rankByFreedom(relation, n, false, jointly, direct);
    const classes = rankByFreedom(relation, n, true, jointly, inverse);
    for (let i = 0; i < n; i++) inverse[i] = classes + 1 - at(inverse, i);
    for (let i = 0; i < n; i++) out[i] = (at(direct, i) + at(inverse, i)) / 2;
    traceCities(context, 'Direct and inverse ranking', 'V₁, V₂', ['direct', 'inverse'], () => [direct, inverse]);
  },
});

/** `relation[a n + b]`: how a outranks b. */
function relate(
  rows: Float64Array,
  n: number,
  weights: Float64Array,
  ranges: Float64Array,
  limits: {
    readonly concordanceHigh: number;
    readonly concordanceMedium: number;
    readonly concordanceLow: number;
    readonly discordanceHigh: number;
    readonly discordanceLow: number;
  },
): Uint8Array {
  const m = weights.length;
  const relation = new Uint8Array(n * n);
  const levelOf = (concordance: number, discordance: number): number => {
    const agreed = concordance + TOLERANCE;
    const objected = discordance - TOLERANCE;
    if (agreed >= limits.concordanceHigh && objected <= limits.discordanceHigh) return STRONG;
    if (agreed >= limits.concordanceMedium && objected <= limits.discordanceLow) return STRONG;
    return agreed >= limits.concordanceLow && objected <= limits.discordanceHigh ? WEAK : 0;
  };
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      let forA = 0;
      let forB = 0;
      let againstA = 0;
      let againstB = 0;
      for (let k = 0; k < m; k++) {
        const lead = at(rows, a * m + k) - at(rows, b * m + k);
        if (lead > 0) {
          forA += at(weights, k);
          const objection = lead / at(ranges, k);
          if (objection > againstB) againstB = objection;
        } else if (lead < 0) {
          forB += at(weights, k);
          const objection = -lead / at(ranges, k);
          if (objection > againstA) againstA = objection;
        } else {
          forA += at(weights, k);
          forB += at(weights, k);
        }
      }
      if (forA > forB + TOLERANCE) relation[a * n + b] = levelOf(forA, againstA);
      else if (forB > forA + TOLERANCE) relation[b * n + a] = levelOf(forB, againstB);
    }
  }
  return relation;
}

/**
 * Class by class, the cities that no remaining one outranks (or, `inverted`, that outrank none). Returns the number of
 * classes.
 */
function rankByFreedom(
  relation: Uint8Array,
  n: number,
  inverted: boolean,
  jointly: boolean,
  classes: Float64Array,
): number {
  const level = (a: number, b: number): number => atByte(relation, inverted ? b * n + a : a * n + b);
  const bar = jointly ? WEAK : STRONG;
  const held = new Int32Array(n);
  for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) if (level(a, b) >= bar) held[b] = atInt(held, b) + 1;
  let remaining = Array.from({ length: n }, (_, i) => i);
  let rank = 0;
  while (remaining.length > 0) {
    rank++;
    let free = remaining.filter((city) => atInt(held, city) === 0);
    if (free.length === 0) free = remaining;
    else if (!jointly) {
      const candidates = free;
      const first = candidates.filter((city) => !candidates.some((other) => level(other, city) === WEAK));
      if (first.length > 0) free = first;
    }
    const leaving = new Uint8Array(n);
    for (const city of free) {
      classes[city] = rank;
      leaving[city] = 1;
    }
    remaining = remaining.filter((city) => atByte(leaving, city) === 0);
    for (const gone of free) {
      for (const city of remaining) if (level(gone, city) >= bar) held[city] = atInt(held, city) - 1;
    }
  }
  return rank;
}
