import { defineNormalisation } from '../descriptor';
import { at } from '../numeric/at';
import { applyLinear, capAbove } from '../numeric/linear';
import { rangeOf } from '../numeric/statistics';

/** Distance to a policy target, as a share of the worst city's distance. */
export const distanceToTarget = defineNormalisation({
  id: 'DISTANCE_TO_TARGET',
  title: 'Distance to a target',
  summary:
    'Scores each city by the share of the way from the worst city to a policy target that it has behind it: the target is 1, the worst city 0; beyond the target more than 1, or 1 with `cap`.',
  formula:
    'y = (x − min) / (target − min), x and target oriented so that more is better (a cost’s are multiplied by −1); with `cap` at most 1',
  parameters: {
    target: {
      kind: 'number',
      optional: true,
      description:
        'Target on the natural scale of the indicator, better than its worst value; when left out, the indicator’s own target.',
    },
    cap: { kind: 'boolean', default: true, description: 'Hold the score of cities beyond the target at 1.' },
  },
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5 (distance to a reference)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
    {
      citation: 'Becker et al. (2022), COINr: An R package for developing composite indicators, JOSS 7(78), 4567',
      url: 'https://doi.org/10.21105/joss.04567',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1, 2, 3]], column: 0, amount: 2, parameters: { target: 10 } },
    },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1, 2, 3]], column: 0, amount: 1, parameters: { target: 10 } },
    },
    BOUNDED: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n, m) => n * m,
  fit(values, { target }, { indicator, sign, refuse }) {
    const natural = target ?? indicator.target;
    if (natural === null) {
      return refuse(
        'PRECONDITION_FAILED',
        `Indicator ${indicator.code} has no target.`,
        '`target` in the recipe, or an indicator with a target of its own',
        null,
      );
    }
    const { min } = rangeOf(values);
    if (sign * natural <= min)
      refuse(
        'PRECONDITION_FAILED',
        `The target of ${indicator.code} is no better than its worst value, so distances to it have no unit.`,
        `a number ${sign === 1 ? 'above' : 'below'} ${String(sign * min)}`,
        natural,
      );
    return Float64Array.of(min, sign * natural);
  },
  apply(values, fitted, { cap }, out) {
    applyLinear(values, at(fitted, 0), at(fitted, 1), 0, 1, out);
    if (cap) capAbove(out, 1);
  },
});
