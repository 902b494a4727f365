import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** A reference table as it was read: text cells, with numeric views by column name. */
export interface GoldenTable {
  /** Column names, in file order. */
  readonly header: readonly string[];
  /** Cells as text by column name, in file order. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** A column as text. */
  text(column: string): string[];
  /** A column as numbers: an empty cell or `NA` is `NaN`; `Inf` and `-Inf` are kept. Throws on anything else. */
  numbers(column: string): Float64Array;
  /** The same table with its rows in the order of `keys`, matched on `column`; throws where a key is absent or repeated. */
  alignedTo(column: string, keys: readonly string[]): GoldenTable;
}

function toNumber(cell: string, column: string): number {
  if (cell === '' || cell === 'NA' || cell === 'NaN') return NaN;
  if (cell === 'Inf') return Infinity;
  if (cell === '-Inf') return -Infinity;
  const value = Number(cell);
  if (!Number.isFinite(value)) throw new Error(`${column}: ${cell} is not a number.`);
  return value;
}

function tableOf(header: readonly string[], rows: readonly Readonly<Record<string, string>>[], name: string) {
  const text = (column: string): string[] => {
    if (!header.includes(column)) throw new Error(`${name} has no column ${column}.`);
    return rows.map((row) => row[column] ?? '');
  };
  const table: GoldenTable = {
    header,
    rows,
    text,
    numbers: (column) => Float64Array.from(text(column), (cell) => toNumber(cell, column)),
    alignedTo(column, keys) {
      const byKey = new Map<string, Readonly<Record<string, string>>>();
      for (const row of rows) {
        const key = row[column] ?? '';
        if (byKey.has(key)) throw new Error(`${name}: ${key} appears twice in ${column}.`);
        byKey.set(key, row);
      }
      const aligned = keys.map((key) => {
        const row = byKey.get(key);
        if (!row) throw new Error(`${name} has no row ${key}.`);
        return row;
      });
      return tableOf(header, aligned, name);
    },
  };
  return table;
}

/** Reads `test/golden/<engine>/<file>`. */
export function readGolden(engine: string, file: string): GoldenTable {
  const text = readFileSync(join(__dirname, '..', 'golden', engine, file), 'utf8');
  const records: string[][] = parse(text, { bom: true });
  const [header = [], ...body] = records;
  const rows = body.map((cells) => Object.fromEntries(header.map((name, k) => [name, cells[k] ?? ''])));
  return tableOf(header, rows, file);
}

/**
 * Whether two figures agree: both missing, or equal, or within `relative` of the larger of the two
 * (and of `absolute`, for figures that are zero but for rounding).
 */
export function agrees(actual: number, expected: number, relative = 1e-9, absolute = 1e-12): boolean {
  if (Number.isNaN(actual) || Number.isNaN(expected)) return Number.isNaN(actual) && Number.isNaN(expected);
  if (actual === expected) return true;
  return Math.abs(actual - expected) <= Math.max(relative * Math.max(Math.abs(actual), Math.abs(expected)), absolute);
}

/** Fails with the first few cells that differ; `labels` name the rows. */
export function expectColumnsAgree(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  what: string,
  options: { readonly relative?: number; readonly absolute?: number; readonly labels?: readonly string[] } = {},
): void {
  const differences: string[] = [];
  if (actual.length !== expected.length) {
    differences.push(`${what}: ${String(actual.length)} cells, expected ${String(expected.length)}`);
  }
  for (let i = 0; i < expected.length; i++) {
    const a = actual[i] ?? NaN;
    const e = expected[i] ?? NaN;
    if (!agrees(a, e, options.relative, options.absolute)) {
      differences.push(`${what} ${options.labels?.[i] ?? String(i)}: ${String(a)}, expected ${String(e)}`);
    }
  }
  expect(differences.slice(0, 5)).toEqual([]);
}
