import { setImmediate as turn } from 'node:timers/promises';
import type { Cell, Table } from './table';

/** Cells that are written at a time: a few milliseconds of work, a few hundred kilobytes of memory. */
const CELLS = 20_000;

/** The rows of a table, so many at a time that each part is short work. */
export function* blocksOf(table: Table): Iterable<readonly (readonly Cell[])[]> {
  const size = Math.max(1, Math.floor(CELLS / table.columns.length));
  let block: (readonly Cell[])[] = [];
  for (const row of table.rows()) {
    block.push(row);
    if (block.length < size) continue;
    yield block;
    block = [];
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
