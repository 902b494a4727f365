import { Readable } from 'node:stream';
import { QueueFullError, refuse } from '../request-error';
import { inTurns } from './blocks';
import { writeCsv } from './csv';
import type { RankingFileFormat } from './formats';
import { writeJson, writeJsonLines, writeJsonTables } from './json';
import { writeParquet } from './parquet';
import { cellsIn, type NamedTable, type Table } from './table';
import { fitsSheet, writeXlsx, writeXlsxTables } from './xlsx';

/** A format that holds a table. */
export type TableFormat = Exclude<RankingFileFormat, 'METADATA' | 'CITATION' | 'README'>;

/** A format that holds several. */
export type TablesFormat = keyof typeof TABLES_WRITERS;

/** What goes into a file besides its tables. */
export interface FileNotes {
  /** What names the figures inside the file, where the format has a place for it. */
  readonly head: Readonly<Record<string, string | number>>;
  /** What the parts of a file are dated. */
  readonly modified: Date;
}

/** Opens tables as files, within a bound on all that are being sent. */
export class TableFiles {
  #openCells = 0;

  /**
   * @param maxOpenCells most cells of all tables that are being sent, since each holds on to what it is made from; one file
   * alone may have more
   */
  constructor(private readonly maxOpenCells: number) {}

  /**
   * A table as a file, made while it is read. Whoever takes it must read or destroy it.
   * @throws RequestError `BUDGET_EXCEEDED` where the format has no room for the table, `QUEUE_FULL` where as much is being
   * sent as may
   */
  open(format: TableFormat, table: NamedTable, notes: FileNotes): Readable {
    return this.#open(format, [table], () => TABLE_WRITERS[format](table, notes));
  }

  /** {@link open} for all tables in one file. */
  openAll(format: TablesFormat, tables: readonly NamedTable[], notes: FileNotes): Readable {
    return this.#open(format, tables, () => TABLES_WRITERS[format](tables, notes));
  }

  #open(format: TableFormat, tables: readonly Table[], write: () => Readable): Readable {
    if (format === 'XLSX' && !tables.every(fitsSheet))
      throw refuse('BUDGET_EXCEEDED', 'format', format, 'A spreadsheet has no room for the table.', 'CSV or PARQUET');
    const cells = tables.reduce((sum, table) => sum + cellsIn(table), 0);
    if (this.#openCells > 0 && this.#openCells + cells > this.maxOpenCells)
      throw new QueueFullError('Too many files are being sent.', 5);
    const file = write();
    this.#openCells += cells;
    file.once('close', () => {
      this.#openCells -= cells;
    });
    return file;
  }
}

/** Whether files of a format hold a table. */
export const isTableFormat = (format: RankingFileFormat): format is TableFormat => Object.hasOwn(TABLE_WRITERS, format);

/** Whether files of a format can hold several. */
export const isTablesFormat = (format: RankingFileFormat): format is TablesFormat =>
  Object.hasOwn(TABLES_WRITERS, format);

/** A file of text. */
export const textOf = (parts: Iterable<string> | AsyncIterable<string>): Readable =>
  Readable.from(parts, { objectMode: false });

const TABLE_WRITERS: { readonly [F in TableFormat]: (table: NamedTable, notes: FileNotes) => Readable } = {
  CSV: (table) => textOf(inTurns(writeCsv(table))),
  JSON: (table, { head }) => textOf(inTurns(writeJson(table, head))),
  JSONL: (table) => textOf(inTurns(writeJsonLines(table))),
  XLSX: (table, { modified }) => writeXlsx(table, modified),
  PARQUET: (table, { head }) =>
    Readable.from(
      writeParquet(table, Object.fromEntries(Object.entries(head).map(([name, value]) => [name, String(value)]))),
      { objectMode: false },
    ),
};

const TABLES_WRITERS = {
  JSON: (tables: readonly NamedTable[], { head }: FileNotes) => textOf(inTurns(writeJsonTables(tables, head))),
  XLSX: (tables: readonly NamedTable[], { modified }: FileNotes) => writeXlsxTables(tables, modified),
} as const;
