import type { KernelContext } from '../descriptor';
import type { ChoiceSpec, ParameterSpecs, ParametersOf } from '../parameters';
import { at } from './at';
import { applyConstant } from './linear';
import { warnConstant } from './output-range';
import { heldFinite } from './scale';
import { momentsOf } from './statistics';

/** Mean and standard deviation that a standardised column is brought to, as parameters. */
export const STANDARDISED_PARAMETERS = {
  mean: { kind: 'number', min: -1e9, max: 1e9, default: 0, description: 'Score of a city at the centre.' },
  standardDeviation: {
    kind: 'number',
    min: 0,
    max: 1e9,
    exclusiveMin: true,
    default: 1,
    description: 'Score points for one standard deviation.',
  },
} as const satisfies ParameterSpecs;

/** What a sum of squares is divided by: n − 1 or n. */
export const DIVISORS = ['SAMPLE', 'POPULATION'] as const;
/** One of {@link DIVISORS}. */
export type Divisor = (typeof DIVISORS)[number];

/** The divisor of the variance, as a parameter. */
export const DIVISOR_PARAMETER = {
  kind: 'choice',
  enumName: 'VarianceDivisor',
  values: DIVISORS,
  default: 'SAMPLE',
  description: 'Divide the sum of squares by n − 1 (`SAMPLE`) or by n (`POPULATION`).',
} as const satisfies ChoiceSpec<Divisor>;

/**
 * Mean and standard deviation of a column, both multiplied by a power of two, as `[scale, mean, deviation]`. The
 * deviation is 0 for a constant column and for a single value (with a warning that every city gets `score`); mean and
 * deviation are `NaN` for an empty column.
 */
export function fitMoments(
  values: Float64Array,
  divisor: Divisor,
  score: number,
  context: KernelContext,
): Float64Array {
  const { count, scale, mean, sumOfSquares } = momentsOf(values);
  const freedom = divisor === 'SAMPLE' ? Math.max(1, count - 1) : count;
  const deviation = count === 0 ? NaN : Math.sqrt(sumOfSquares / freedom);
  if (deviation === 0) warnConstant(score, context);
  return Float64Array.of(scale, mean, deviation);
}

/**
 * Writes `mean + standardDeviation × (x − centre) / spread` to `out`, with `fitted` = `[scale, centre, spread]` as
 * {@link fitMoments} gives it; `mean` everywhere for a spread of 0. `NaN` stays `NaN`; what would overflow is held at the
 * largest double.
 */
export function applyStandardised(
  values: Float64Array,
  fitted: Float64Array,
  { mean, standardDeviation }: ParametersOf<typeof STANDARDISED_PARAMETERS>,
  out: Float64Array,
): void {
  const scale = at(fitted, 0);
  const centre = at(fitted, 1);
  const spread = at(fitted, 2);
  if (spread === 0) {
    applyConstant(values, mean, out);
    return;
  }
  for (let i = 0; i < values.length; i++) {
    out[i] = heldFinite(mean + standardDeviation * ((at(values, i) * scale - centre) / spread));
  }
}
