import * as fc from 'fast-check';
import { asem } from '../../helpers/asem';
import { readGolden, type GoldenTable } from '../../helpers/golden';
import { ScoringError } from '../../../src/scoring';
import type { NamedColumn } from '../../../src/scoring/diagnostics';

/** A named column from plain numbers; `null` is a gap. */
export function column(code: string, values: readonly (number | null)[]): NamedColumn {
  return { code, values: Float64Array.from(values, (value) => value ?? NaN) };
}

/** Columns of a golden table by name. */
export function columnsFrom(table: GoldenTable, codes: readonly string[]): NamedColumn[] {
  return codes.map((code) => ({ code, values: table.numbers(code) }));
}

/** COINr's ASEM tree with the columns of `16_pipeline_aggregated.csv`, parallel to its nodes. */
export function asemScores(): { tree: ReturnType<typeof asem>['tree']; columns: Float64Array[] } {
  const { tree } = asem();
  const scores = readGolden('coinr', '16_pipeline_aggregated.csv');
  return { tree, columns: tree.nodes.map(({ code }) => scores.numbers(code)) };
}

/** Columns of equal length, 0 to 12 rows, with gaps, ties, constants and extremes. */
export const anyColumns: fc.Arbitrary<NamedColumn[]> = fc
  .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 5 }))
  .chain(([n, m]) =>
    fc.array(
      fc.oneof(
        fc.array(fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constant(NaN)), { minLength: n, maxLength: n }),
        fc.array(fc.double({ noDefaultInfinity: true }), { minLength: n, maxLength: n }),
        fc.constant(Array.from({ length: n }, () => 0.1)),
      ),
      { minLength: m, maxLength: m },
    ),
  )
  .map((columns) => columns.map((values, j) => ({ code: `c${String(j)}`, values: Float64Array.from(values) })));

/** Every number inside a result is finite, at any depth (typed arrays of ranks may hold `NaN`, so they are not walked). */
export function holdsOnlyFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(holdsOnlyFinite);
  if (value instanceof Float64Array) return true;
  if (typeof value === 'object' && value !== null) return Object.values(value).every(holdsOnlyFinite);
  return true;
}

/** Code of the ScoringError that `run` throws; fails where it throws none. */
export function errorCodeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ScoringError) return error.code;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

/** Matches a number that agrees to `digits` decimals. */
export function near(value: number, digits = 9): unknown {
  return expect.closeTo(value, digits);
}
