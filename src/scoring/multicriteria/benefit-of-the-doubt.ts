import { defineAggregation, type AggregationContext } from '../descriptor';
import { at } from '../numeric/at';
import { magnitudeOf, rowMajor, traceCities } from '../numeric/criteria';
import { heldFinite } from '../numeric/scale';
import { maximise } from '../numeric/linear-programme';
import { radialProgramme, type CityProgramme } from '../numeric/optimal-weights';

/** Scores this close to 1 are 1: what is on the frontier must not be ranked by the solver's rounding. */
const ON_FRONTIER = 1e-10;
/** Limits of exactly 1 / m must not fail on rounding. */
const SHARE_SLACK = 1e-12;

/** What a variant solves for each city, and the score from its optimum. */
interface Variant extends CityProgramme {
  score(value: number): number;
}

/**
 * The multiplier side of max β with y₀ + β d inside the frontier: max Σ w y₀ − μ with Σ w y_i ≤ μ for every city and
 * Σ w d ≥ 1; β is minus its optimum.
 */
function directionalProgramme(rows: Float64Array, n: number, m: number, direction: Float64Array): Variant {
  const width = m + 1;
  const matrix = new Float64Array((n + 1) * width);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < m; k++) matrix[i * width + k] = at(rows, i * m + k);
    matrix[i * width + m] = -1;
  }
  for (let k = 0; k < m; k++) matrix[n * width + k] = -at(direction, k);
  const limits = new Float64Array(n + 1);
  limits[n] = -1;
  const objective = new Float64Array(width);
  objective[m] = -1;
  return {
    programme: { objective, matrix, limits },
    prepare(own) {
      objective.set(own);
    },
    score: (value) => 1 / (1 - value),
  };
}

/** The direction, one number for each child; ones where it is left out. */
function directionOf(given: readonly number[] | null, m: number, context: AggregationContext): Float64Array {
  if (given !== null && given.length !== m)
    context.refuse(
      'BAD_INPUT',
      `\`direction\` has ${String(given.length)} numbers for ${String(m)} children.`,
      `one number for each of: ${context.children.join(', ')}`,
      given,
    );
  return given === null ? new Float64Array(m).fill(1) : Float64Array.from(given);
}

/**
 * Benefit of the doubt: every city is scored with the weights that suit it best, under the rule that no city may score
 * above 1 with them. 0 to 1, more is better; values ≥ 0.
 *
 * The given weights are not used, but for a child of weight 0, which is left out. Scores within 1e-10 of 1 are 1. A city
 * of zeros scores 0, and so does, under CONSTRAINED, one whose values cannot meet the share limits (a 0 where a share is
 * asked for), with a warning. DIRECTIONAL measures along `direction`, in the unit of the children, which should share one.
 */
export const benefitOfTheDoubt = defineAggregation({
  id: 'BENEFIT_OF_THE_DOUBT',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  requires: 'NON_NEGATIVE',
  title: 'Benefit of the doubt',
  summary:
    'Scores each city with its own most favourable weights by a linear programme (data envelopment analysis), so that no city can blame the weights.',
  formula:
    'PLAIN: max_w Σ_k w_k y_ik with Σ_k w_k y_jk ≤ 1 for every city j, w ≥ 0. CONSTRAINED: also low ≤ w_k y_ik / Σ w y_i ≤ high for every k. DIRECTIONAL: 1 / (1 + β), β the largest with y_i + β d ≤ Σ_j λ_j y_j, λ ≥ 0, Σ λ ≤ 1',
  parameters: {
    variant: {
      kind: 'choice',
      enumName: 'BenefitOfTheDoubtVariant',
      values: ['PLAIN', 'CONSTRAINED', 'DIRECTIONAL'],
      default: 'PLAIN',
      description:
        'PLAIN: any weights; CONSTRAINED: each child’s share of the score is limited; DIRECTIONAL: shortfall along a direction.',
    },
    minimumShare: {
      kind: 'number',
      min: 0,
      max: 1,
      optional: true,
      readWhen: [{ parameter: 'variant', is: ['CONSTRAINED'] }],
      description: 'Least share of a city’s score that each child makes up; 0 where left out.',
    },
    maximumShare: {
      kind: 'number',
      min: 0,
      max: 1,
      optional: true,
      readWhen: [{ parameter: 'variant', is: ['CONSTRAINED'] }],
      description: 'Largest share of a city’s score that each child may make up; 1 where left out.',
    },
    direction: {
      kind: 'numbers',
      min: 0,
      maxLength: 1000,
      readWhen: [{ parameter: 'variant', is: ['DIRECTIONAL'] }],
      description:
        'How much of each child, in order, makes up one step towards the frontier (rates of substitution); 1 each where left out.',
    },
  },
  references: [
    {
      citation:
        'Melyn, W., Moesen, W. (1991), Towards a synthetic indicator of macroeconomic performance: unequal weighting when limited information is available, Public Economics Research Paper 17, CES, KU Leuven',
    },
    {
      citation:
        'Cherchye, L., Moesen, W., Rogge, N., Van Puyenbroeck, T. (2007), An introduction to ‘benefit of the doubt’ composite indicators, Social Indicators Research 82(1), 111–145',
    },
    {
      citation:
        'Fusco, E. (2015), Enhancing non-compensatory composite indicators: A directional proposal, European Journal of Operational Research 242(2), 620–630',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SYMMETRIC: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [1, 2, 3],
          [1, 3, 2],
        ],
        column: 0,
        amount: 10,
      },
    },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [3, 1, 9],
          [1, 2.5, 1],
        ],
        row: 2,
      },
    },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [2, 4, 5],
          [6, 5, 7],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [8, 3, 6],
          [2, 6, 5],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [5, 9, 6],
          [6, 4, 3],
        ],
        amount: 2,
      },
    },
  },
  // As many pivots as there are variables, each over the whole tableau, for every city.
  cost: (n, m) => n * (n + 2 * m) * m * m,
  run(columns, weights, { variant, minimumShare, maximumShare, direction }, out, context) {
    const n = out.length;
    const constrained = variant === 'CONSTRAINED';
    const low = minimumShare ?? 0;
    const high = maximumShare ?? 1;
    const steps = directionOf(direction, columns.length, context);
    const used = columns
      .map((column, k) => ({
        column,
        step: at(steps, k),
        code: String(context.children[k]),
        weight: at(weights, k),
      }))
      .filter(({ weight }) => weight > 0)
      // In units of the largest value, so that the solver sees numbers of one size.
      .map(({ column, step, code }) => ({ column, step, code, unit: magnitudeOf(column) || 1 }));
    const m = used.length;
    if (used.every(({ step }) => step === 0))
      context.refuse(
        'BAD_INPUT',
        '`direction` is 0 for every child that has a weight.',
        'at least one number above 0',
        direction,
      );
    if (low * m > 1 + SHARE_SLACK || high * m < 1 - SHARE_SLACK)
      context.refuse(
        'PRECONDITION_FAILED',
        `Shares of ${String(m)} children between ${String(low)} and ${String(high)} cannot add to 1.`,
        `minimumShare of at most ${String(1 / m)} and maximumShare of at least ${String(1 / m)}`,
        [low, high],
      );
    const scaled = used.map(({ column, unit }) => column.map((value) => value / unit));
    const rows = rowMajor(scaled, n);
    const own = Float64Array.from({ length: m }, () => 0);
    const solver: Variant =
      variant === 'DIRECTIONAL'
        ? directionalProgramme(
            rows,
            n,
            m,
            Float64Array.from(used, ({ step, unit }) => heldFinite(step / unit)),
          )
        : { ...radialProgramme(rows, n, m, { low, high }), score: (value: number) => value };
    const units = Float64Array.from(used, ({ unit }) => unit);
    const chosen = context.trace ? used.map(() => new Float64Array(n)) : [];
    let unsolved = 0;
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < m; k++) own[k] = at(rows, i * m + k);
      solver.prepare(own);
      const { status, value, solution } = maximise(solver.programme);
      if (status !== 'OPTIMAL')
        context.refuse(
          'PRECONDITION_FAILED',
          `The programme of ${String(context.cities[i])} could not be solved (${status}).`,
          'values of less extreme proportions',
        );
      const score = solver.score(value);
      out[i] = Math.abs(score - 1) <= ON_FRONTIER ? 1 : Math.max(0, score);
      if (constrained && score <= ON_FRONTIER) unsolved++;
      chosen.forEach((column, k) => {
        column[i] = heldFinite(at(solution, k) / at(units, k));
      });
    }
    if (unsolved > 0)
      context.warn(
        'METHOD_NOTE',
        `${String(unsolved)} cities score 0, since zeros in their values keep them from the share limits.`,
      );
    traceCities(
      context,
      'Most favourable weights',
      'w',
      used.map(({ code }) => code),
      () => chosen,
    );
  },
});
