import { CsvError, parse } from 'csv-parse/sync';
import { BUNDLE_LIMITS, type BundleFile } from './limits';
import type { ProblemLog } from './report';
import { RowReader } from './row-reader';
import { decodeText } from './text';

/** How one CSV file of a bundle is read and written. */
export interface CsvTable<Row> {
  readonly file: BundleFile;
  /** Columns in the order in which they are written. */
  readonly columns: readonly string[];
  /** Columns without which the file cannot be read. */
  readonly requiredColumns: readonly string[];
  /** Reads the reader's current row. */
  read(reader: RowReader): Row;
  /** Cells in the order of `columns`; null is an empty cell. */
  write(row: Row): readonly (string | number | null)[];
  /** The row's key among the rows of the file; equal keys are duplicates. */
  keyOf(row: Row): string;
  /** Columns of the key, for messages. */
  readonly keyColumns: readonly string[];
}

/** A row with the line that it started on. */
export interface Located<Row> {
  readonly row: Row;
  readonly line: number;
}

/** What was read of a CSV file. */
export interface CsvContent<Row> {
  /** The sound rows by key, in file order. */
  readonly rows: ReadonlyMap<string, Located<Row>>;
  /** All rows, also bad and duplicate ones. */
  readonly rowCount: number;
  /** Keys of bad rows, so that one mistake is not reported again wherever the row is referred to. */
  readonly badKeys: ReadonlySet<string>;
  /** Whether all rows could be looked at; if not, what is not here may still be in the file. */
  readonly complete: boolean;
}

/** Reads a CSV file (RFC 4180, UTF-8, header row). Every bad row is logged and left out. */
export function readCsv<Row>(table: CsvTable<Row>, bytes: Buffer, log: ProblemLog): CsvContent<Row> {
  const collector = new RowCollector(table, log);
  const text = decodeText(table.file, bytes, log);
  if (text === null) return collector;
  const fail = (line: number | null, code: 'CSV_INVALID' | 'TOO_LARGE', message: string, allowed: string): void => {
    log.error({ file: table.file, line, column: null, value: null, code, message, allowed });
  };
  try {
    parse(text, {
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { lines }) => {
        collector.add(cells, lines);
        return null;
      },
    });
    if (!collector.hasHeader) {
      fail(null, 'CSV_INVALID', 'The file is empty.', `a header row: ${table.columns.join(',')}`);
    }
    collector.complete = collector.allRowsRead;
  } catch (error) {
    if (error instanceof TooManyRows) {
      fail(null, 'TOO_LARGE', 'The file has too many rows.', `at most ${String(BUNDLE_LIMITS.rows)} rows`);
    } else if (error instanceof CsvError) {
      const allowed = 'RFC 4180: cells separated by commas, quoted with " where they hold a comma, quote or line break';
      fail(collector.lastLine + 1, 'CSV_INVALID', 'From this row on the file is not valid CSV.', allowed);
    } else {
      throw error;
    }
  }
  return collector;
}

/** Takes the records of one file: the header first, then the rows. */
class RowCollector<Row> implements CsvContent<Row> {
  readonly rows = new Map<string, Located<Row>>();
  rowCount = 0;
  /** Line on which the last record ended. */
  lastLine = 0;
  readonly badKeys = new Set<string>();
  complete = false;
  private sawRaggedRow = false;
  private header: { readonly reader: RowReader | null; readonly columnCount: number } | null = null;

  constructor(
    private readonly table: CsvTable<Row>,
    private readonly log: ProblemLog,
  ) {}

  get hasHeader(): boolean {
    return this.header !== null;
  }

  get allRowsRead(): boolean {
    return this.header !== null && this.header.reader !== null && !this.sawRaggedRow;
  }

  add(cells: readonly string[], endLine: number): void {
    // A quoted cell may hold line feeds, so a row ends further down than it starts.
    const line = endLine - cells.reduce((feeds, cell) => feeds + lineFeedsIn(cell), 0);
    this.lastLine = endLine;
    if (this.header === null) {
      this.header = { reader: readHeader(this.table, cells, this.log), columnCount: cells.length };
      return;
    }
    this.rowCount += 1;
    if (this.rowCount > BUNDLE_LIMITS.rows) throw new TooManyRows();
    const { reader, columnCount } = this.header;
    if (reader === null) return;
    if (cells.length !== columnCount) {
      this.sawRaggedRow = true;
      const message = `The row has ${String(cells.length)} cells.`;
      const allowed = `${String(columnCount)} cells, as in the header`;
      this.log.error({ file: this.table.file, line, column: null, value: null, code: 'CSV_INVALID', message, allowed });
      return;
    }
    reader.startRow(cells, line);
    const row = this.table.read(reader);
    const key = this.table.keyOf(row);
    if (!reader.sound) {
      this.badKeys.add(key);
      return;
    }
    const first = this.rows.get(key);
    if (first) {
      const { keyColumns } = this.table;
      const keyCells = keyColumns.map((column) => reader.raw(column)).join(', ');
      const message = `The key ${keyColumns.join(' + ')} stands already on line ${String(first.line)}.`;
      reader.fail(keyColumns.join('+'), keyCells, 'DUPLICATE_KEY', message, 'each key once');
      return;
    }
    this.rows.set(key, { row, line });
  }
}

class TooManyRows extends Error {}

/** A reader of the rows below this header; null, with errors, when they cannot be read by it. */
function readHeader<Row>(table: CsvTable<Row>, header: readonly string[], log: ProblemLog): RowReader | null {
  const { file } = table;
  const columns = new Map<string, number>();
  const at = { file, line: 1, value: null } as const;
  let usable = true;
  header.forEach((column, index) => {
    if (columns.has(column)) {
      usable = false;
      const message = 'The column stands twice in the header.';
      log.error({ ...at, column, code: 'COLUMN_DUPLICATE', message, allowed: 'each column once' });
    } else if (!table.columns.includes(column)) {
      const message = 'The column is not known and was not read.';
      log.warn({ ...at, column, code: 'COLUMN_UNKNOWN', message, allowed: table.columns.join(', ') });
    }
    columns.set(column, index);
  });
  for (const column of table.requiredColumns) {
    if (columns.has(column)) continue;
    usable = false;
    const message = 'The column is missing.';
    log.error({
      ...at,
      column,
      code: 'COLUMN_MISSING',
      message,
      allowed: `all of ${table.requiredColumns.join(', ')}`,
    });
  }
  return usable ? new RowReader(file, columns, log) : null;
}

function lineFeedsIn(text: string): number {
  let count = 0;
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) count += 1;
  return count;
}

/**
 * The CSV text of rows, in key order of their cells, so that equal content gives equal bytes. Cells are quoted only
 * where RFC 4180 asks for it: a bundle keeps every text as it is, also one that a spreadsheet would take for a formula.
 */
export function writeCsv<Row>(table: CsvTable<Row>, rows: Iterable<Row>): string {
  const entries = Array.from(rows, (row) => ({ key: table.keyOf(row), row }));
  entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  const lines = entries.map(({ row }) => table.write(row).map(csvCell).join(','));
  return [table.columns.join(','), ...lines, ''].join('\n');
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
