import { EXTENSIONS, formatOf, type RankingFileFormat } from '../../rankings/files/formats';
import { isTableFormat, isTablesFormat } from '../../rankings/files/table-files';
import { refuse } from '../../rankings/request-error';
import { isRecord } from '../operation-request';
import type { AnswerTable } from './tables';

/**
 * The format of an extension.
 * @throws RequestError `NOT_FOUND` where there is none
 */
export function formatAsked(extension: string): RankingFileFormat {
  const format = formatOf(extension);
  if (format === null)
    throw refuse('NOT_FOUND', 'format', extension, 'There is no such file of an answer.', EXTENSIONS);
  return format;
}

/**
 * Refuses an address whose parameters cannot be read in one way.
 * @throws RequestError `BAD_INPUT`
 */
export function checkParameters(search: string): void {
  const parameters = new URLSearchParams(search);
  for (const name of new Set(parameters.keys()))
    if (parameters.getAll(name).length > 1)
      throw refuse('BAD_INPUT', name, parameters.get(name), 'It is given more than once.', 'one value');
  for (const name of ['variables', 'extensions']) {
    const text = parameters.get(name);
    if (text !== null && !isJsonObject(text))
      throw refuse('BAD_INPUT', name, text, 'This is no object.', 'an object as JSON');
  }
}

function isJsonObject(text: string): boolean {
  try {
    return isRecord(JSON.parse(text));
  } catch {
    return false;
  }
}

/**
 * The tables that go into a file: the one of a name, else all where the format holds several or none, else the only one that
 * there is. The rows of root fields' objects count where there is nothing else.
 * @param name as it was sent
 * @throws RequestError `BAD_INPUT` where there is no such table, none at all, or no saying which
 */
export function tablesAsked(
  tables: readonly AnswerTable[],
  name: unknown,
  format: RankingFileFormat,
): readonly AnswerTable[] {
  if (tables.length === 0)
    throw refuse(
      'BAD_INPUT',
      'query',
      null,
      'The answer holds no table.',
      'a query that selects scalars of an object or of a list of objects, other than those of the schema',
    );
  const allowed = tables.map((table) => table.name).join(', ');
  if (name != null) {
    const found = tables.filter((table) => table.name === name);
    if (found.length === 0) throw refuse('BAD_INPUT', 'table', name, 'The answer has no such table.', allowed);
    return found;
  }
  if (!isTableFormat(format) || isTablesFormat(format)) return tables;
  const rows = tables.filter((table) => !table.isObject);
  const meant = rows.length === 0 ? tables : rows;
  if (meant.length > 1)
    throw refuse('BAD_INPUT', 'table', null, 'The answer has several tables, and the format holds one.', allowed);
  return meant;
}
