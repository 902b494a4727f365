import { createHash } from 'node:crypto';
import type { Release, ReleaseRows } from '../entities';
import { compareCodes } from '../scoring';
import { CSV_TABLES, META_MEMBERS, type Bundle, type BundleMeta, type RowOf } from './bundle';
import { writeCsv, type CsvTable } from './csv';
import { BUNDLE_FILES, REQUIRED_FILES, type BundleFile } from './limits';

/** Everything that a release holds but for when it was published, each list by key. */
export type ReleaseContent = { readonly meta: BundleMeta } & {
  readonly [Name in Exclude<keyof ReleaseRows, 'indexFrameworks'>]: ReadonlyMap<string, RowOf<Name>>;
};

/** The stored content of a release. */
export function contentOf(release: Release, rows: ReleaseRows): ReleaseContent {
  const { name, version, licence, publisher, description, notes } = release;
  const keyed = <Row>(table: CsvTable<Row>, list: readonly Row[]): Map<string, Row> =>
    new Map(list.map((row) => [table.keyOf(row), row]));
  return {
    meta: { name, version, licence, publisher, description, notes },
    cities: keyed(CSV_TABLES.cities, rows.cities),
    sources: keyed(CSV_TABLES.sources, rows.sources),
    indicators: keyed(CSV_TABLES.indicators, rows.indicators),
    frameworkNodes: keyed(CSV_TABLES.frameworkNodes, rows.frameworkNodes),
    observations: keyed(CSV_TABLES.observations, rows.observations),
    publishedRankings: keyed(CSV_TABLES.publishedRankings, rows.publishedRankings),
    initiatives: keyed(CSV_TABLES.initiatives, rows.initiatives),
    methodologies: new Map(rows.methodologies.map((row) => [row.code, row])),
  };
}

/** Lays a bundle over the release before: a row that the bundle names replaces the one with its key. */
export function mergeContent(previous: ReleaseContent | null, bundle: Bundle): ReleaseContent {
  const merged = <Row>(
    before: ReadonlyMap<string, Row> | undefined,
    changes: ReadonlyMap<string, { readonly row: Row }>,
  ): Map<string, Row> => {
    const rows = new Map(before);
    for (const [key, { row }] of changes) rows.set(key, row);
    return rows;
  };
  const blank = { name: '', version: '', licence: null, publisher: null, description: null, notes: null };
  return {
    meta: { ...blank, ...previous?.meta, ...bundle.meta },
    cities: merged(previous?.cities, bundle.cities.rows),
    sources: merged(previous?.sources, bundle.sources.rows),
    indicators: merged(previous?.indicators, bundle.indicators.rows),
    frameworkNodes: merged(previous?.frameworkNodes, bundle.frameworkNodes.rows),
    observations: merged(previous?.observations, bundle.observations.rows),
    publishedRankings: merged(previous?.publishedRankings, bundle.publishedRankings.rows),
    initiatives: merged(previous?.initiatives, bundle.initiatives.rows),
    methodologies: merged(previous?.methodologies, bundle.methodologies),
  };
}

/**
 * The files of a bundle that holds this content and nothing else. Equal content gives equal bytes: rows stand in key
 * order, JSON members in a fixed one, numbers in their shortest form, and an optional file is there only if it has rows.
 */
export function writeContent(content: ReleaseContent): ReadonlyMap<BundleFile, string> {
  const files = new Map<BundleFile, string>();
  const csv = <Row>(table: CsvTable<Row>, rows: ReadonlyMap<string, Row>): void => {
    if (rows.size > 0 || REQUIRED_FILES.includes(table.file)) files.set(table.file, writeCsv(table, rows.values()));
  };
  files.set('bundle.json', writeMeta(content.meta));
  csv(CSV_TABLES.cities, content.cities);
  csv(CSV_TABLES.sources, content.sources);
  csv(CSV_TABLES.indicators, content.indicators);
  csv(CSV_TABLES.frameworkNodes, content.frameworkNodes);
  csv(CSV_TABLES.observations, content.observations);
  csv(CSV_TABLES.publishedRankings, content.publishedRankings);
  csv(CSV_TABLES.initiatives, content.initiatives);
  if (content.methodologies.size > 0) files.set('methodologies.json', writeMethodologies(content));
  return files;
}

function writeMeta(meta: BundleMeta): string {
  const members = META_MEMBERS.filter((member) => meta[member] !== null).map((member) => [member, meta[member]]);
  return `${JSON.stringify(Object.fromEntries(members), null, 2)}\n`;
}

function writeMethodologies(content: ReleaseContent): string {
  const methodologies = [...content.methodologies.values()]
    .sort((a, b) => compareCodes(a.code, b.code))
    .map(({ code, name, frameworkCode, recipe }) => ({ code, name, framework: frameworkCode, recipe: sorted(recipe) }));
  return `${JSON.stringify(methodologies, null, 2)}\n`;
}

/** The same JSON value with the members of every object in order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => compareCodes(a, b));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

/** The digest that names content: SHA-256 over name, length and bytes of each file, hexadecimal. */
export function digestOfFiles(files: ReadonlyMap<BundleFile, string>): string {
  const hash = createHash('sha256');
  for (const name of BUNDLE_FILES) {
    const text = files.get(name);
    if (text === undefined) continue;
    hash.update(`${name}\n${String(Buffer.byteLength(text))}\n`).update(text);
  }
  return hash.digest('hex');
}
