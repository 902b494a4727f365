import fc from 'fast-check';
import { ScoringError } from '../../../src/scoring/errors';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { registry } from '../../../src/scoring/registry';
import { weigh } from '../../helpers/nodes';

const ALL: readonly (readonly [id: string, parameters: ParameterRecord])[] = [
  ...[...registry.WEIGHTING.keys()].filter((id) => id !== 'AHP').map((id) => [id, {}] as const),
  ['CRITIC', { correlation: 'SPEARMAN', rescale: false }],
  ['CRITIC', { correlation: 'KENDALL' }],
  ['STANDARD_DEVIATION', { rescale: false }],
  ['PCA', { scheme: 'ROTATED_COMPONENTS' }],
  ['BENEFIT_OF_THE_DOUBT', { minimumShare: 0.05, maximumShare: 1 }],
];

const cell = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 2, arbitrary: fc.double({ min: 0, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.MIN_VALUE, 1e-300, 1e308, Number.MAX_VALUE, -1, -1e308) },
  { weight: 2, arbitrary: fc.constant(NaN) },
);

const table = fc
  .record({ n: fc.integer({ min: 0, max: 7 }), m: fc.integer({ min: 1, max: 5 }), constant: fc.boolean() })
  .chain(({ n, m, constant }) =>
    fc
      .array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: m, maxLength: m })
      .map((columns) =>
        columns.map((column, k) => Float64Array.from(column, (value) => (constant && k === 0 ? 3 : value))),
      ),
  );

describe.each(ALL)('%s %j', (id, parameters) => {
  it('weights are finite, at least 0 and add to 1 on tables with gaps, ties, constants and extremes', () => {
    fc.assert(
      fc.property(table, (columns) => {
        let weights: Float64Array;
        try {
          weights = weigh(id, columns, parameters);
        } catch (error) {
          // Values that the method is not defined on; anything else is a fault.
          if (error instanceof ScoringError && error.code === 'PRECONDITION_FAILED') return;
          throw error;
        }
        expect(weights).toHaveLength(columns.length);
        expect(weights.every((weight) => weight >= 0 && weight <= 1)).toBe(true);
        expect(Math.abs(weights.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 400, seed: 3 },
    );
  });
});
