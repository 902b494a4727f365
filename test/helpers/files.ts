import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import readXlsxFile from 'read-excel-file/node';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

/** A row of a file by column; null where there is nothing. */
export type FileRow = Readonly<Record<string, string | number | null>>;

/** Columns whose cells are text though they may look like numbers. */
const TEXTS: ReadonlySet<string> = new Set([
  'status',
  'unranked_code',
  'unranked_reason',
  'city_code',
  'name_en',
  'name_zh',
  'name_fr',
  'tier',
  'province_code',
  'province_en',
  'province_zh',
  'imputed',
  'treated',
]);

/**
 * The rows of a file, read by a library that has no part in writing it.
 * @param texts columns whose cells are text though they may look like numbers; those of a ranking by default
 * @param name the sheet of a workbook
 */
export async function readRows(
  format: string,
  bytes: Buffer,
  texts: ReadonlySet<string> = TEXTS,
  name = 'ranking',
): Promise<FileRow[]> {
  switch (format) {
    case 'csv':
      return parse(bytes, {
        columns: true,
        cast: (cell, { column, header }) =>
          header ? cell : cell === '' ? null : texts.has(String(column)) ? cell : Number(cell),
      });
    case 'json':
      return (JSON.parse(bytes.toString()) as { rows: FileRow[] }).rows;
    case 'jsonl':
      return bytes
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as FileRow);
    case 'xlsx': {
      const sheets = await readXlsxFile(bytes, { trim: false });
      const { data } = sheets.find(({ sheet }) => sheet === name) ?? { data: [] };
      const [header = [], ...rows] = data as (string | number | null)[][];
      return rows.map((row) => Object.fromEntries(header.map((name, j) => [String(name), row[j] ?? null])));
    }
    case 'parquet': {
      const { buffer: memory, byteOffset, byteLength } = Uint8Array.from(bytes);
      return (await parquetReadObjects({ file: memory.slice(byteOffset, byteOffset + byteLength) })) as FileRow[];
    }
    default:
      throw new Error(`No reader for ${format}.`);
  }
}

/** The text of an entry of a .zip. */
export function zipEntry(bytes: Buffer, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error: Error | null, zip: ZipFile) => {
      if (error) {
        reject(error);
        return;
      }
      zip.on('entry', (entry: Entry) => {
        if (entry.fileName !== name) {
          zip.readEntry();
          return;
        }
        zip.openReadStream(entry, (problem: Error | null, stream: Readable) => {
          if (problem) reject(problem);
          else
            void buffer(stream).then((content) => {
              resolve(content.toString());
            }, reject);
        });
      });
      zip.on('end', () => {
        reject(new Error(`No entry ${name}.`));
      });
      zip.readEntry();
    });
  });
}
