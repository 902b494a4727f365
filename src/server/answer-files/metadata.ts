import type { Release } from '../../entities';
import { address, entry, escape as inBibtex } from '../../rankings/files/bibtex';
import { RANKING_FILES } from '../../rankings/files/formats';
import { code, escape, table } from '../../rankings/files/markdown';
import type { Column } from '../../rankings/files/table';
import { digestOf, ENGINE_VERSION } from '../../scoring';
import type { AnswerTable } from './tables';

/** What an answer is to. */
export interface Question {
  readonly document: string;
  /** SHA-256 of the document, hexadecimal: the one by which a persisted query is known. */
  readonly documentHash: string;
  readonly operationName: string | null;
  /** Those that the operation declares, as they were given. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The release that all of it was answered from; null where that is not known. */
  readonly release: Release | null;
  /** Versions of releases that arguments name. */
  readonly namedReleases: readonly string[];
}

/** A table as it is listed. */
export interface TableMetadata {
  readonly name: string;
  readonly description: string;
  readonly rowCount: number;
  readonly columns: readonly Column[];
}

/** What a reader must know of an answer to use it, to make it again and to cite it. */
export interface AnswerMetadata extends Omit<Question, 'release'> {
  /** Names the question: release, document, operation, variables and version of the engine. */
  readonly digest: string;
  readonly engineVersion: string;
  readonly release: Pick<
    Release,
    'version' | 'digest' | 'name' | 'publishedAt' | 'publisher' | 'licence' | 'description' | 'notes'
  > | null;
  readonly tables: readonly TableMetadata[];
}

/** Names a question. */
export function digestOfQuestion({ document, operationName, variables, release, namedReleases }: Question): string {
  return digestOf({
    document,
    operationName,
    variables,
    release: release?.digest ?? null,
    namedReleases,
    engineVersion: ENGINE_VERSION,
  });
}

/** Puts the metadata of an answer together. */
export function metadataOf(question: Question, tables: readonly AnswerTable[]): AnswerMetadata {
  const { document, documentHash, operationName, variables, release, namedReleases } = question;
  return {
    digest: digestOfQuestion(question),
    engineVersion: ENGINE_VERSION,
    release: release && {
      version: release.version,
      digest: release.digest,
      name: release.name,
      publishedAt: release.publishedAt,
      publisher: release.publisher,
      licence: release.licence,
      description: release.description,
      notes: release.notes,
    },
    namedReleases,
    document,
    documentHash,
    operationName,
    variables,
    tables: tables.map(({ name, description, rowCount, columns }) => ({
      name,
      description,
      rowCount,
      columns: columns.map(({ name: column, kind, unit, description: meaning }) => ({
        name: column,
        kind,
        unit,
        description: meaning,
      })),
    })),
  };
}

const titleOf = ({ operationName, tables }: AnswerMetadata): string =>
  operationName ?? tables.map(({ name }) => name)[0] ?? '';

/** BibTeX for an answer. */
export function writeCitation(metadata: AnswerMetadata, publicUrl: string): string {
  const { digest, documentHash, engineVersion, release, namedReleases } = metadata;
  const facts = [
    ...(release === null ? [] : [`Release ${release.version} (${release.digest})`]),
    ...(namedReleases.length === 0 ? [] : [`releases named: ${namedReleases.join(', ')}`]),
    `engine ${engineVersion}`,
    `digest ${digest}`,
    `SHA-256 of the query ${documentHash}`,
    ...(release?.licence == null ? [] : [`terms: ${release.licence}`]),
  ];
  return entry(`city-ranking-answer-${digest.slice(0, 12)}`, [
    ['title', `{${inBibtex(`${titleOf(metadata)}: an answer of the city ranking`)}}`],
    ['author', release?.publisher == null ? null : `{${inBibtex(release.publisher)}}`],
    ['year', release?.publishedAt.slice(0, 4) ?? null],
    ['version', release && inBibtex(release.version)],
    ['url', publicUrl === '' ? null : address(publicUrl)],
    ['note', inBibtex(facts.join('; '))],
  ]);
}

/** A page about an answer's tables: what their columns are, and how the answer is made again. */
export function writeReadme(metadata: AnswerMetadata): string {
  const { digest, documentHash, document, engineVersion, release, namedReleases, operationName, variables, tables } =
    metadata;
  return [
    `# ${escape(titleOf(metadata))}`,
    '',
    'The tables of an answer. The figures are those of the API, to the last digit.',
    '',
    ...table(
      ['What', 'Value'],
      [
        ['Digest', code(digest)],
        ['SHA-256 of the query', code(documentHash)],
        [
          'Release of the data',
          release
            ? `${escape(release.version)}, ${code(release.digest)}, published ${release.publishedAt}`
            : 'not one for all of it',
        ],
        ...(namedReleases.length === 0 ? [] : [['Releases named', escape(namedReleases.join(', '))]]),
        ...(release ? [['Terms of the data', escape(release.licence ?? 'none stated')]] : []),
        ['Version of the engine', escape(engineVersion)],
      ],
    ),
    '',
    ...tables.flatMap(({ name, description, rowCount, columns }) => [
      `## ${escape(name)}`,
      '',
      `${String(rowCount)} ${rowCount === 1 ? 'row' : 'rows'}. ${escape(description)}`,
      '',
      ...table(
        ['Column', 'Kind', 'Meaning'],
        columns.map((column) => [code(column.name), column.kind, escape(column.description)]),
      ),
      '',
    ]),
    '## Cells',
    '',
    'An empty cell (CSV, XLSX) or null (JSON, Parquet) says that there is nothing: never 0. The items of a list in a cell are separated by semicolons; lists of lists and objects are JSON. In CSV a text that begins with `=`, `+`, `-`, `@`, a tab or a line break has an apostrophe before it, so that no spreadsheet takes it for a formula; the other formats have it as it is.',
    '',
    '## How to make it again',
    '',
    `Send this to \`/graphql\`${operationName === null ? '' : `, with the operation name ${code(operationName)}`}:`,
    '',
    ...fenced('graphql', document.trim()),
    '',
    ...(Object.keys(variables).length === 0
      ? []
      : ['Variables:', '', ...fenced('json', JSON.stringify(variables, null, 2)), '']),
    `How to cite: \`.${RANKING_FILES.CITATION.extension}\`.`,
    '',
  ].join('\n');
}

/** A block of code, whatever is in it. */
function fenced(language: string, text: string): string[] {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [fence + language, text, fence];
}
