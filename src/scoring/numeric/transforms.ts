import type { KernelContext } from '../descriptor';
import type { ChoiceSpec } from '../parameters';
import { at } from './at';
import { SHAPE_TOLERANCE, actionCode } from './outliers';
import { heldFinite, scaleFor } from './scale';
import { rangeOf, skewnessOf } from './statistics';

/** Names of the logarithmic transforms. */
export const LOG_TRANSFORMS = ['CT', 'CT_PLUS', 'ORIGINAL', 'SIGNED', 'GII'] as const;
/** One of {@link LOG_TRANSFORMS}. */
export type LogTransform = (typeof LOG_TRANSFORMS)[number];

/** What the transforms do, for formulas in descriptors. */
export const LOG_FORMULA =
  'with min, max, skew of the column: CT ln(x − min + 0.01 (max − min)); CT_PLUS as CT if skew > 0, otherwise −ln(max + 0.01 (max − min) − x); ORIGINAL ln(x − min + 1); SIGNED sign(x) ln(1 + |x|); GII ln((max − 1)(x − min)/(max − min) + 1)';

/** The choice of a logarithmic transform as a parameter. */
export const LOG_TRANSFORM_PARAMETER = {
  kind: 'choice',
  enumName: 'LogTransform',
  values: LOG_TRANSFORMS,
  default: 'CT',
  description:
    'Which logarithm: CT shifts to a positive minimum (COIN Tool), CT_PLUS also mirrors a negatively skewed column, ORIGINAL adds 1 to the distance from the minimum, SIGNED is sign(x) ln(1 + |x|), GII that of the Global Innovation Index (the maximum must be above 1).',
} as const satisfies ChoiceSpec<LogTransform>;

/**
 * Writes the transformed column to `out` and records every present cell as `TRANSFORMED`. `NaN` stays `NaN`. All
 * transforms are increasing. A constant or empty column is left as it is and not recorded (except by `SIGNED`, which
 * does not depend on the other cities).
 * @param values not shared with `out`
 * @throws through `refuse` `PRECONDITION_FAILED` for `GII` where the maximum is not above 1: the formula would be undefined or turn the order round
 */
export function logTransform(
  values: Float64Array,
  transform: LogTransform,
  out: Float64Array,
  actions: Uint8Array,
  { refuse }: KernelContext,
): void {
  const { min, max } = rangeOf(values);
  if (transform !== 'SIGNED' && !(max > min)) {
    out.set(values);
    return;
  }
  const transformed = actionCode('TRANSFORMED');
  // Scaled by a power of two, so that neither the range nor the 1 % offset overflows or vanishes; ln(scale) is taken off again.
  const scale = scaleFor(Math.max(Math.abs(min), Math.abs(max)));
  const shift = Math.log(scale);
  const low = min * scale;
  const high = max * scale;
  const offset = 0.01 * (high - low);
  const mirrored = transform === 'CT_PLUS' && !(skewnessOf(values) > SHAPE_TOLERANCE);
  if (transform === 'GII' && !(max > 1))
    refuse(
      'PRECONDITION_FAILED',
      'The GII logarithm needs a column whose largest value is above 1.',
      'another logarithm, such as CT',
      max,
    );
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (Number.isNaN(value)) {
      out[i] = NaN;
      continue;
    }
    if (transform === 'SIGNED') out[i] = Math.sign(value) * Math.log1p(Math.abs(value));
    else if (transform === 'ORIGINAL') out[i] = logOnePlus(value, min);
    else if (transform === 'GII') out[i] = Math.log1p((max - 1) * ((value * scale - low) / (high - low)));
    else if (mirrored) out[i] = shift - Math.log(high + offset - value * scale);
    else out[i] = Math.log(value * scale - low + offset) - shift;
    actions[i] = transformed;
  }
}

/** ln(1 + value − min) of two finite numbers, for value ≥ min, also where the difference is beyond the largest double. */
export function logOnePlus(value: number, min: number): number {
  const difference = value - min;
  return difference <= Number.MAX_VALUE ? Math.log1p(difference) : Math.log(value / 2 - min / 2) + Math.LN2;
}

/**
 * Box–Cox transform (z^λ − 1) / λ of a positive number given by its logarithm; ln z for λ = 0. Held at ± the largest double.
 * @param logarithm ln z, finite
 */
export function boxCoxOfLog(logarithm: number, lambda: number): number {
  // expm1 keeps the digits that z^λ − 1 would lose near z = 1 or λ = 0.
  return lambda === 0 ? logarithm : heldFinite(Math.expm1(lambda * logarithm) / lambda);
}
