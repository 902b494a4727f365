import { setImmediate as turn } from 'node:timers/promises';
import type { Cell, Table } from './table';

/** Cells that are written at a time: a few milliseconds of work, a few hundred kilobytes of memory. */
const CELLS = 20_000;
/** UTF-16 units of a text that count as a cell more, so that parts stay small where texts are long. */
const LONG = 256;

/** The rows of a table, so many at a time that each part is short work. */
export function* blocksOf(table: Table): Iterable<readonly (readonly Cell[])[]> {
  const texts = table.columns.flatMap(({ kind }, j) => (kind === 'TEXT' ? [j] : []));
  let block: (readonly Cell[])[] = [];
  let cells = 0;
  for (const row of table.rows()) {
    block.push(row);
    cells += row.length;
    for (const j of texts) {
      const cell = row[j];
      if (typeof cell === 'string') cells += Math.floor(cell.length / LONG);
    }
    if (cells + row.length <= CELLS) continue;
    yield block;
    block = [];
    cells = 0;
  }
  if (block.length > 0) yield block;
}

/** Parts one by one, a turn of the event loop between them, so that other requests are answered meanwhile. */
export async function* inTurns<T>(parts: Iterable<T>): AsyncIterable<T> {
  for (const part of parts) {
    yield part;
    await turn();
  }
}
