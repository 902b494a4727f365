import { defineNormalisation } from '../descriptor';
import { at } from '../numeric/at';
import { rangeOf } from '../numeric/statistics';

/** Min–max: the worst city gets `low`, the best `high`. */
export const minMax = defineNormalisation({
  id: 'MIN_MAX',
  title: 'Min–max',
  summary: 'Stretches each indicator linearly so that its worst value becomes `low` and its best `high`.',
  formula:
    'y = low + (x − min) / (max − min) × (high − low), x oriented so that more is better; a constant column gets (low + high) / 2',
  parameters: {
    low: { kind: 'number', default: 0, description: 'Score of the worst value.' },
    high: { kind: 'number', default: 100, description: 'Score of the best value; above `low`.' },
  },
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 5.3',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {
    ORDER_PRESERVING: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
    BOUNDED: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
  },
  cost: (n, m) => n * m,
  fit(values, { low, high }, { warn, refuse }) {
    if (!(high > low)) refuse('BAD_INPUT', '`high` is not above `low`.', `a number above ${String(low)}`, high);
    const { min, max } = rangeOf(values);
    if (min === max) warn('CONSTANT_COLUMN', `All values are equal, so every city gets ${String((low + high) / 2)}.`);
    return Float64Array.of(min, max);
  },
  apply(values, fitted, { low, high }, out) {
    const min = at(fitted, 0);
    const max = at(fitted, 1);
    const constant = min === max;
    // Halved before subtracting, so that a range past the largest double cannot overflow.
    const span = max / 2 - min / 2;
    for (let i = 0; i < values.length; i++) {
      const value = at(values, i);
      if (Number.isNaN(value)) out[i] = NaN;
      else if (constant) out[i] = (low + high) / 2;
      else out[i] = low + ((value / 2 - min / 2) / span) * (high - low);
    }
  },
});
