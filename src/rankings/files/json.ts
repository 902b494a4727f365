import { blocksOf } from './blocks';
import type { Cell, Column, NamedTable, Table } from './table';

/** A table as JSON lines: one object for each row, with null where there is nothing. */
export function* writeJsonLines(table: Table): Iterable<string> {
  for (const block of blocksOf(table)) yield block.map((row) => `${objectOf(table.columns, row)}\n`).join('');
}

/**
 * A table as one JSON object.
 * @param head what stands before `columns` and `rows`
 */
export function* writeJson(table: Table, head: Readonly<Record<string, unknown>>): Iterable<string> {
  const columns = table.columns.map(({ name, kind, unit, description }) => ({ name, kind, unit, description }));
  yield `${JSON.stringify({ ...head, columns }).slice(0, -1)},"rows":[`;
  let separator = '\n';
  for (const block of blocksOf(table)) {
    yield separator + block.map((row) => objectOf(table.columns, row)).join(',\n');
    separator = ',\n';
  }
  yield '\n]}\n';
}

/**
 * Tables as one JSON object, each in `tables` as {@link writeJson} has it.
 * @param head what stands before `tables`
 */
export function* writeJsonTables(
  tables: readonly NamedTable[],
  head: Readonly<Record<string, unknown>>,
): Iterable<string> {
  yield JSON.stringify({ ...head, tables: [] }).slice(0, -2);
  let separator = '\n';
  for (const table of tables) {
    yield separator;
    yield* writeJson(table, { name: table.name });
    separator = ',';
  }
  yield ']}\n';
}

const objectOf = (columns: readonly Column[], row: readonly Cell[]): string =>
  JSON.stringify(Object.fromEntries(columns.map(({ name }, j) => [name, row[j] ?? null])));
