import { defineTreatment } from '../descriptor';
import { at } from '../numeric/at';
import { actionCode } from '../numeric/outliers';
import { rangeOf } from '../numeric/statistics';
import { boxCoxOfLog, logOnePlus } from '../numeric/transforms';

/** Box–Cox power transform with a given exponent. */
export const boxCox = defineTreatment({
  id: 'BOX_COX',
  title: 'Box–Cox',
  summary:
    'Applies a power transform with exponent `lambda` to the whole column: 1 keeps its shape, 0.5 is like a square root, 0 a logarithm, below 0 pulls in still more.',
  formula:
    'y = (z^λ − 1) / λ, or ln z for λ = 0, with z = x − min + 1 (`shift`) or z = x; increasing for every λ; held at the largest double where it overflows',
  parameters: {
    lambda: { kind: 'number', min: -5, max: 5, default: 0, description: 'Exponent λ.' },
    shift: {
      kind: 'boolean',
      default: true,
      description: 'Shift the column so that its smallest value is 1; without it all values must be above 0.',
    },
  },
  references: [
    {
      citation: 'Box, Cox (1964), An analysis of transformations, Journal of the Royal Statistical Society B 26(2)',
      url: 'https://doi.org/10.1111/j.2517-6161.1964.tb00553.x',
    },
  ],
  properties: { ORDER_PRESERVING: { holds: true } },
  cost: (n, m) => 8 * n * m,
  run(values, { lambda, shift }, out, { indicator, actions, refuse }) {
    const { min } = rangeOf(values);
    if (!shift && min <= 0)
      refuse(
        'PRECONDITION_FAILED',
        `${indicator.code} has values of 0 or less, which have no Box–Cox transform.`,
        '`shift: true`, or values above 0',
        min,
      );
    const transformed = actionCode('TRANSFORMED');
    for (let i = 0; i < values.length; i++) {
      const value = at(values, i);
      if (Number.isNaN(value)) {
        out[i] = NaN;
        continue;
      }
      out[i] = boxCoxOfLog(shift ? logOnePlus(value, min) : Math.log(value), lambda);
      actions[i] = transformed;
    }
  },
});
