import { defineNormalisation, type NormalisationContext } from '../descriptor';
import { at } from '../numeric/at';
import { applyLinear, capAbove, capBelow } from '../numeric/linear';
import { OUTPUT_RANGE_PARAMETERS, checkOutputRange } from '../numeric/output-range';

/** Fixed goalposts: scores that do not depend on which cities are in the table. */
export const goalposts = defineNormalisation({
  id: 'GOALPOSTS',
  title: 'Goalposts',
  summary:
    'Stretches each indicator linearly between two fixed posts, such as those of the Human Development Index, so that scores can be compared over years and tables.',
  formula:
    'y = low + (g(x) − g(lower)) / (g(upper) − g(lower)) × (high − low), with g(x) = x, or ln x with `log`; for a cost (less is better) y = low + (g(upper) − g(x)) / (g(upper) − g(lower)) × (high − low); with `cap` y is held between low and high (with `log` a value of 0 or less counts as below the lower post; without `cap` it is refused); x and posts on the natural scale',
  parameters: {
    lower: {
      kind: 'number',
      optional: true,
      description:
        'Lower post on the natural scale of the indicator; when left out, the indicator’s own lower goalpost.',
    },
    upper: {
      kind: 'number',
      above: 'lower',
      optional: true,
      description:
        'Upper post on the natural scale of the indicator, above the lower one; when left out, the indicator’s own upper goalpost.',
    },
    log: {
      kind: 'boolean',
      default: false,
      description: 'Take the natural logarithm of values and posts first; the posts must then be above 0.',
    },
    cap: {
      kind: 'boolean',
      default: true,
      description: 'Hold scores of values beyond a post at `low` or `high`; without it they go on past it.',
    },
    ...OUTPUT_RANGE_PARAMETERS,
  },
  references: [
    {
      citation: 'UNDP (2022), Human Development Report 2021–22, Technical note 1',
      url: 'https://hdr.undp.org/data-center/documentation-and-downloads',
    },
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5 (min–max)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1, 2]], column: 0, amount: 2, parameters: { lower: 0, upper: 10 } },
    },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1, 2]], column: 0, amount: 1, parameters: { lower: 0, upper: 10 } },
    },
    BOUNDED: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n, m, { log }) => n * m * (log ? 4 : 1),
  fit(_values, { lower, upper, log, low, high }, context) {
    checkOutputRange(low, high, context);
    const { indicator, sign, refuse } = context;
    const bottom = lower ?? indicator.goalpostLow ?? NaN;
    const top = upper ?? indicator.goalpostHigh ?? NaN;
    if (Number.isNaN(bottom) || Number.isNaN(top)) {
      const name = Number.isNaN(bottom) ? 'lower' : 'upper';
      refuse(
        'PRECONDITION_FAILED',
        `Indicator ${indicator.code} has no ${name} goalpost.`,
        `\`${name}\` in the recipe, or an indicator with goalposts of its own`,
        null,
      );
    }
    if (log && !(bottom > 0))
      refuse('BAD_INPUT', 'A logarithm needs a lower post above 0.', 'a number above 0', bottom);
    if (!(top > bottom))
      refuse('BAD_INPUT', 'The upper post is not above the lower one.', `a number above ${String(bottom)}`, top);
    const first = log ? Math.log(bottom) : bottom;
    const last = log ? Math.log(top) : top;
    if (first === last)
      refuse('BAD_INPUT', 'The posts are too close for their logarithms to differ.', 'posts further apart', top);
    return sign === 1 ? Float64Array.of(first, last) : Float64Array.of(-last, -first);
  },
  apply(values, fitted, { log, cap, low, high }, out, context) {
    const source = log ? logOriented(values, cap, context) : values;
    applyLinear(source, at(fitted, 0), at(fitted, 1), low, high - low, out);
    if (!cap) return;
    const capped = capBelow(out, low) + capAbove(out, high);
    if (capped > 0)
      context.warn(
        'TRUNCATED',
        `${String(capped)} ${capped === 1 ? 'city lies' : 'cities lie'} beyond a goalpost; the score is held at it.`,
      );
  },
});

/** sign × ln(natural value) of an oriented column; a value of 0 or less lies below every post, which only a cap can score. */
function logOriented(values: Float64Array, cap: boolean, { sign, refuse }: NormalisationContext): Float64Array {
  const logs = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const natural = sign * at(values, i);
    if (natural <= 0 && !cap)
      refuse(
        'PRECONDITION_FAILED',
        'A value of 0 or less has no logarithm.',
        '`cap: true`, or values above 0',
        natural,
      );
    logs[i] = natural <= 0 ? -sign * Number.MAX_VALUE : sign * Math.log(natural);
  }
  return logs;
}
