import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { blocksOf, inTurns } from './blocks';
import type { Cell, NamedTable, Table } from './table';

/** Most rows that a spreadsheet takes, the header among them. */
const MAX_ROWS = 1_048_576;
/** Most columns that a spreadsheet takes. */
const MAX_COLUMNS = 16_384;
/** Most UTF-16 units that a cell takes. */
const MAX_CELL_LENGTH = 32_767;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
/** The sheet that says what the columns of the others are. */
const ABOUT = 'columns';
/** Longest name of a sheet. */
const MAX_SHEET_NAME = 31;
/** Names that a spreadsheet keeps for itself, and ours. */
const TAKEN = ['history', ABOUT];

/** Whether a spreadsheet has room for a table and its header. */
export const fitsSheet = ({ rowCount, columns }: Pick<Table, 'rowCount' | 'columns'>): boolean =>
  rowCount < MAX_ROWS && columns.length <= MAX_COLUMNS;

/** Whether no text of a table is longer than a cell of a spreadsheet. */
export async function fitsCells(table: Table): Promise<boolean> {
  const isTooLong = (cell: Cell): boolean => typeof cell === 'string' && cell.length > MAX_CELL_LENGTH;
  for await (const block of inTurns(blocksOf(table))) if (block.some((row) => row.some(isTooLong))) return false;
  return true;
}

/**
 * A table as a workbook (Office Open XML, ECMA-376): a sheet of its name, and the sheet `columns` that says what its columns
 * are. Texts are written as texts, so that none is taken for a formula; numbers keep every digit.
 * @param modified what the entries of the archive are dated
 */
export const writeXlsx = (table: NamedTable, modified: Date): Readable =>
  writeWorkbook([table], aboutColumns(table), modified);

/** Tables as a workbook, as {@link writeXlsx}, a sheet for each; `columns` says which sheet is which table. */
export function writeXlsxTables(tables: readonly NamedTable[], modified: Date): Readable {
  const names = sheetNames(tables.map(({ name }) => name));
  const sheets = tables.map((table, i) => ({ ...table, name: names[i] ?? table.name }));
  return writeWorkbook(sheets, aboutTables(tables, names), modified);
}

/**
 * Names of sheets: those of the tables, without whole names at the beginning where they are too long, and numbered where two
 * would be the same to a spreadsheet, which minds no capitals.
 */
export function sheetNames(names: readonly string[]): string[] {
  const taken = new Set(TAKEN);
  return names.map((name) => {
    const parts = name.split('.');
    while (parts.length > 1 && parts.join('.').length > MAX_SHEET_NAME) parts.shift();
    const whole = parts.join('.');
    let found = whole.slice(0, MAX_SHEET_NAME);
    for (let number = 2; taken.has(found.toLowerCase()); number += 1) {
      const end = `~${String(number)}`;
      found = whole.slice(0, MAX_SHEET_NAME - end.length) + end;
    }
    taken.add(found.toLowerCase());
    return found;
  });
}

function writeWorkbook(tables: readonly NamedTable[], about: Table, modified: Date): Readable {
  const zip = new ZipFile();
  const options = { mtime: modified, compress: true };
  const add = (path: string, content: string): void => {
    zip.addBuffer(Buffer.from(content), path, options);
  };
  const names = [...tables.map(({ name }) => name), ABOUT];
  const pathOf = (i: number): string => `xl/${sheetFile(i)}`;
  add('[Content_Types].xml', XML + contentTypes(names));
  add('_rels/.rels', XML + relationships([['officeDocument', 'xl/workbook.xml']]));
  add('xl/workbook.xml', XML + workbook(names));
  add('xl/_rels/workbook.xml.rels', XML + relationships(names.map((_, i) => ['worksheet', sheetFile(i)])));
  add(pathOf(tables.length), [...sheet(about)].join(''));
  tables.forEach((table, i) => {
    zip.addReadStreamLazy(pathOf(i), options, (take) => {
      take(null, Readable.from(inTurns(sheet(table)), { objectMode: false }));
    });
  });
  zip.end();
  const file = Readable.from(zip.outputStream, { objectMode: false });
  zip.on('error', (error: Error) => file.destroy(error));
  return file;
}

const sheetFile = (i: number): string => `worksheets/sheet${String(i + 1)}.xml`;

const ABOUT_COLUMN = ['name', 'kind', 'unit', 'description'] as const;

/** A table of texts. */
const textTable = (names: readonly string[], rows: readonly (readonly Cell[])[]): Table => ({
  columns: names.map((name) => ({ name, kind: 'TEXT', unit: null, description: '' })),
  rowCount: rows.length,
  rows: () => rows,
});

/** What the columns are, as a table of its own. */
const aboutColumns = ({ columns }: Table): Table =>
  textTable(
    ABOUT_COLUMN,
    columns.map((column) => ABOUT_COLUMN.map((name) => column[name])),
  );

function aboutTables(tables: readonly NamedTable[], sheets: readonly string[]): Table {
  const rows = tables.flatMap((table, i) =>
    table.columns.map((column) => [table.name, sheets[i] ?? '', ...ABOUT_COLUMN.map((name) => column[name])]),
  );
  return textTable(['table', 'sheet', ...ABOUT_COLUMN], rows);
}

function* sheet(table: Table): Iterable<string> {
  const letters = table.columns.map((_, j) => lettersOf(j));
  let line = 1;
  const row = (cells: readonly Cell[]): string => {
    const number = String(line++);
    return `<row r="${number}">${cells.map((cell, j) => cellOf(cell, `${letters[j] ?? ''}${number}`)).join('')}</row>`;
  };
  // The header stays in sight.
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><sheetData>`;
  yield row(table.columns.map(({ name }) => name));
  for (const block of blocksOf(table)) yield block.map(row).join('');
  yield '</sheetData></worksheet>';
}

/** The letters of a column: A to Z, AA to ZZ and so on. */
function lettersOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : lettersOf(Math.floor(column / 26) - 1) + last;
}

function cellOf(cell: Cell, reference: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${reference}"><v>${String(cell)}</v></c>`;
  return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
}

/** Characters that XML has no place for or would change are written as `_xHHHH_`, and so is what looks like that already. */
function xmlText(text: string): string {
  return (
    text
      .slice(0, MAX_CELL_LENGTH)
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      // eslint-disable-next-line no-control-regex -- the control characters are what is looked for
      .replace(/[\0-\x08\x0B-\x1F\uFFFE\uFFFF]|\p{Surrogate}/gu, (found) => {
        const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
        return `_x${code}_`;
      })
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  );
}

function contentTypes(sheets: readonly string[]): string {
  const part = (path: string, kind: string): string =>
    `<Override PartName="/xl/${path}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${part('workbook.xml', 'sheet.main')}${sheets.map((_, i) => part(sheetFile(i), 'worksheet')).join('')}</Types>`;
}

function relationships(targets: readonly (readonly [kind: string, path: string])[]): string {
  const items = targets.map(
    ([kind, path], i) => `<Relationship Id="r${String(i + 1)}" Type="${OFFICE}/${kind}" Target="${path}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`;
}

function workbook(sheets: readonly string[]): string {
  const items = sheets.map((name, i) => `<sheet name="${name}" sheetId="${String(i + 1)}" r:id="r${String(i + 1)}"/>`);
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${items.join('')}</sheets></workbook>`;
}
