import { CODE_ALLOWED, type MethodologyPreset, type ReleaseRows, type Unversioned } from '../entities';
import type { BundleBytes } from './bundle-files';
import { readCsv, type CsvContent, type CsvTable } from './csv';
import { isJsonObject, readJson } from './json';
import { REQUIRED_FILES } from './limits';
import type { DataProblemCode, ProblemLog } from './report';
import { isCode } from './row-reader';
import {
  citiesTable,
  frameworksTable,
  indicatorsTable,
  initiativesTable,
  observationsTable,
  publishedRankingsTable,
  sourcesTable,
} from './tables';

/** What `bundle.json` says of the whole; null = it says nothing. */
export interface BundleMeta {
  readonly name: string;
  readonly version: string;
  readonly licence: string | null;
  readonly publisher: string | null;
  readonly description: string | null;
  readonly notes: string | null;
}

/** The members of `bundle.json` in the order in which they are written. */
export const META_MEMBERS = ['name', 'version', 'licence', 'publisher', 'description', 'notes'] as const;

/** The CSV tables of a bundle by the name of their rows. */
export const CSV_TABLES = {
  cities: citiesTable,
  sources: sourcesTable,
  indicators: indicatorsTable,
  frameworkNodes: frameworksTable,
  observations: observationsTable,
  publishedRankings: publishedRankingsTable,
  initiatives: initiativesTable,
} as const;

/** Name of a list of rows that comes from a CSV file. */
export type CsvRowsName = keyof typeof CSV_TABLES;
/** One row of a list of {@link ReleaseRows}. */
export type RowOf<Name extends keyof ReleaseRows> = ReleaseRows[Name][number];

/** A bundle as it was read: only sound rows, each with its line. */
export type Bundle = {
  /** Members that `bundle.json` names. An absent one stays as it was in the release before. */
  readonly meta: Partial<BundleMeta>;
  /** By code, in file order; the position in the file's list is the address of a problem. */
  readonly methodologies: ReadonlyMap<string, { readonly row: Unversioned<MethodologyPreset>; readonly index: number }>;
} & { readonly [Name in CsvRowsName]: CsvContent<RowOf<Name>> };

/** Reads every file of a bundle and checks each on its own; what joins them is checked against the merged content. */
export function readBundle(bytes: BundleBytes, log: ProblemLog): Bundle {
  for (const file of REQUIRED_FILES) {
    if (bytes.has(file)) continue;
    const allowed = `all of ${REQUIRED_FILES.join(', ')}`;
    log.error({
      file,
      line: null,
      column: null,
      value: null,
      code: 'FILE_MISSING',
      message: 'The file is missing.',
      allowed,
    });
  }
  const csv = <Row>(table: CsvTable<Row>): CsvContent<Row> => {
    const content = bytes.get(table.file);
    if (content) return readCsv(table, content, log);
    return { rows: new Map(), rowCount: 0, badKeys: new Set(), complete: !REQUIRED_FILES.includes(table.file) };
  };
  return {
    meta: readMeta(bytes.get('bundle.json'), log),
    cities: csv(citiesTable),
    sources: csv(sourcesTable),
    indicators: csv(indicatorsTable),
    frameworkNodes: csv(frameworksTable),
    observations: csv(observationsTable),
    publishedRankings: csv(publishedRankingsTable),
    initiatives: csv(initiativesTable),
    methodologies: readMethodologies(bytes.get('methodologies.json'), log),
  };
}

type Fail = (column: string | null, value: unknown, code: DataProblemCode, message: string, allowed: string) => void;

/** Notes what is wrong with a file that has no lines. */
function failuresOf(file: string, log: ProblemLog): Fail {
  return (column, value, code, message, allowed) => {
    log.error({ file, line: null, column, value: textOf(value), code, message, allowed });
  };
}

function readMeta(bytes: Buffer | undefined, log: ProblemLog): Partial<BundleMeta> {
  const file = 'bundle.json';
  if (!bytes) return {};
  const raw = readJson(file, bytes, log);
  if (raw === undefined) return {};
  const fail = failuresOf(file, log);
  if (!isJsonObject(raw)) {
    fail(null, raw, 'VALUE_TYPE', 'It is not a JSON object.', `an object with ${META_MEMBERS.join(', ')}`);
    return {};
  }
  for (const member of Object.keys(raw)) {
    if (META_MEMBERS.some((known) => known === member)) continue;
    const message = 'The member is not known and was not read.';
    log.warn({
      file,
      line: null,
      column: member,
      value: null,
      code: 'COLUMN_UNKNOWN',
      message,
      allowed: META_MEMBERS.join(', '),
    });
  }
  const meta: { -readonly [Member in keyof BundleMeta]?: BundleMeta[Member] } = {};
  for (const member of META_MEMBERS) {
    const value = raw[member];
    if (value === undefined) continue;
    if (value !== null && typeof value !== 'string') {
      fail(member, value, 'VALUE_TYPE', 'It is not a text.', 'a text');
    } else if (value !== null && value.length > 10_000) {
      fail(member, value, 'TEXT_INVALID', 'The text is too long.', 'at most 10000 characters');
    } else if (member === 'name' || member === 'version') {
      if (value !== null && value !== '') meta[member] = value;
    } else {
      meta[member] = value === '' ? null : value;
    }
  }
  if (meta.version !== undefined && !isCode(meta.version)) {
    fail('version', meta.version, 'VALUE_TYPE', 'It is not a version.', CODE_ALLOWED);
  }
  for (const member of ['name', 'version'] as const) {
    if (meta[member] === undefined && (raw[member] === undefined || raw[member] === null || raw[member] === '')) {
      fail(member, null, 'VALUE_REQUIRED', 'The member is missing or empty.', 'a text');
    }
  }
  return meta;
}

const METHODOLOGY_MEMBERS = ['code', 'name', 'framework', 'recipe'] as const;

function readMethodologies(bytes: Buffer | undefined, log: ProblemLog): Bundle['methodologies'] {
  const file = 'methodologies.json';
  const methodologies = new Map<string, { readonly row: Unversioned<MethodologyPreset>; readonly index: number }>();
  if (!bytes) return methodologies;
  const raw = readJson(file, bytes, log);
  if (raw === undefined) return methodologies;
  const fail = failuresOf(file, log);
  if (!Array.isArray(raw)) {
    fail(null, raw, 'VALUE_TYPE', 'It is not a list.', 'a list of { code, name, framework, recipe }');
    return methodologies;
  }
  raw.forEach((item: unknown, index) => {
    const path = `[${String(index)}]`;
    if (!isJsonObject(item)) {
      fail(path, item, 'VALUE_TYPE', 'It is not a methodology.', '{ code, name, framework, recipe }');
      return;
    }
    for (const member of Object.keys(item)) {
      if (METHODOLOGY_MEMBERS.some((known) => known === member)) continue;
      const message = 'The member is not known and was not read.';
      const allowed = METHODOLOGY_MEMBERS.join(', ');
      log.warn({
        file,
        line: null,
        column: `${path}.${member}`,
        value: null,
        code: 'COLUMN_UNKNOWN',
        message,
        allowed,
      });
    }
    const { code, name, framework, recipe } = item;
    const sound =
      check(typeof code === 'string' && isCode(code), 'code', code, CODE_ALLOWED) &&
      check(typeof name === 'string' && name !== '' && name.length <= 10_000, 'name', name, 'a text') &&
      check(typeof framework === 'string' && isCode(framework), 'framework', framework, 'the code of a framework') &&
      check(isJsonObject(recipe), 'recipe', recipe, 'a recipe: a JSON object');
    if (!sound || typeof code !== 'string' || typeof name !== 'string') return;
    if (typeof framework !== 'string' || !isJsonObject(recipe)) return;
    if (methodologies.has(code)) {
      fail(`${path}.code`, code, 'DUPLICATE_KEY', 'An earlier methodology has the same code.', 'each code once');
      return;
    }
    methodologies.set(code, { row: { code, name, frameworkCode: framework, recipe }, index });

    function check(condition: boolean, member: string, value: unknown, allowed: string): boolean {
      if (!condition) fail(`${path}.${member}`, value, 'VALUE_TYPE', `The member cannot be used.`, allowed);
      return condition;
    }
  });
  return methodologies;
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
