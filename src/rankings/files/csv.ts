import { blocksOf } from './blocks';
import type { Cell, Table } from './table';

/** Beginnings of a text that a spreadsheet takes for a formula. */
const FORMULA = /^[=+\-@\t\r\n]/;

/**
 * A table as CSV (RFC 4180): UTF-8 without a byte order mark, a header row, lines ended by CR LF, an empty cell for null.
 * A text that a spreadsheet would take for a formula has an apostrophe before it; numbers are as JSON writes them.
 */
export function* writeCsv(table: Table): Iterable<string> {
  yield lineOf(table.columns.map(({ name }) => name));
  for (const block of blocksOf(table)) yield block.map(lineOf).join('');
}

const lineOf = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(',')}\r\n`;

function cellOf(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
