import type { Readable } from 'node:stream';
import type { RankingFileFormat } from '../../rankings/files/formats';
import { cellsIn } from '../../rankings/files/table';
import {
  isTableFormat,
  isTablesFormat,
  textOf,
  type FileNotes,
  type TableFiles,
} from '../../rankings/files/table-files';
import { fitsCells } from '../../rankings/files/xlsx';
import { refuse } from '../../rankings/request-error';
import { writeCitation, writeReadme, type AnswerMetadata } from './metadata';
import type { AnswerTable } from './tables';

/** What a file of an answer is made from. */
export interface AnswerFile {
  readonly format: RankingFileFormat;
  readonly tables: readonly AnswerTable[];
  /** Whether one table was asked for by its name. */
  readonly isOne: boolean;
  readonly metadata: AnswerMetadata;
}

/** What the parts of a file are dated where no release is known: archives have no earlier year. */
const UNDATED = '1980-01-01T12:00:00Z';

/** Cells of a file; 0 of those that are no table. */
export const cellsOf = ({ format, tables }: AnswerFile): number =>
  isTableFormat(format) ? tables.reduce((sum, table) => sum + cellsIn(table), 0) : 0;

/**
 * Opens a file, which is made while it is read. Whoever takes it must read or destroy it.
 * @param publicUrl address of the service without a slash at its end; empty where it is not known
 * @throws RequestError `BUDGET_EXCEEDED` where the format has no room for a table, `QUEUE_FULL` where as much is being sent
 * as may
 */
export async function openAnswerFile(
  files: Pick<TableFiles, 'open' | 'openAll'>,
  { format, tables, isOne, metadata }: AnswerFile,
  publicUrl: string,
): Promise<Readable> {
  switch (format) {
    case 'METADATA':
      return textOf([`${JSON.stringify(metadata, null, 2)}\n`]);
    case 'CITATION':
      return textOf([writeCitation(metadata, publicUrl)]);
    case 'README':
      return textOf([writeReadme(metadata)]);
    default: {
      if (format === 'XLSX') await checkCells(tables);
      const [table] = tables;
      const notes = notesOf(metadata);
      const isSingle = table !== undefined && (isOne || !isTablesFormat(format));
      if (isSingle) return files.open(format, table, notes);
      return files.openAll(format === 'XLSX' ? 'XLSX' : 'JSON', tables, notes);
    }
  }
}

async function checkCells(tables: readonly AnswerTable[]): Promise<void> {
  for (const table of tables)
    if (!(await fitsCells(table)))
      throw refuse(
        'BUDGET_EXCEEDED',
        'format',
        'XLSX',
        'A text is longer than a cell of a spreadsheet.',
        'CSV or PARQUET',
      );
}

function notesOf({ digest, release, documentHash }: AnswerMetadata): FileNotes {
  return {
    head: { digest, documentHash, ...(release && { release: release.version, releaseDigest: release.digest }) },
    modified: new Date(release?.publishedAt ?? UNDATED),
  };
}
