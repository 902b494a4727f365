import { correlationMatrix, CORRELATION_METHODS } from '../../../src/scoring/diagnostics';
import { column } from './columns';

it.each(CORRELATION_METHODS)(
  '%s: without p-values the coefficients are the same, and null stands for each p-value',
  (method) => {
    const columns = [column('a', [1, 2, 3, 4, 7]), column('b', [2, 1, 4, 3, 3]), column('c', [9, 2, 5, 1, 4])];
    const whole = correlationMatrix(columns, method);
    expect(whole).toHaveLength(3);
    for (const { pValue } of whole) expect(pValue).toBeGreaterThan(0);
    expect(correlationMatrix(columns, method, false)).toEqual(whole.map((pair) => ({ ...pair, pValue: null })));
  },
);
