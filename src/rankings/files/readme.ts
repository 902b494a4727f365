import { RANKING_FILES } from './formats';
import { code, escape, table } from './markdown';
import type { RankingMetadata, SourceMetadata } from './metadata';

/** A page about a ranking's files: what they hold, how the ranking is made again, whose figures it is made from. */
export function writeReadme(metadata: RankingMetadata): string {
  const { digest, title, release, engineVersion, permalink, files, columns, warnings, sources } = metadata;
  return [
    `# ${escape(title)}`,
    '',
    `A ranking of ${String(metadata.rankedCities)} cities; ${String(metadata.unrankedCities)} more were selected and could not be ranked.`,
    '',
    ...table(
      ['What', 'Value'],
      [
        ['Digest', code(digest)],
        ['Permalink', escape(permalink)],
        [
          'Release of the data',
          `${escape(release.version)}, ${code(release.digest)}, published ${release.publishedAt}`,
        ],
        ['Terms of the data', escape(release.licence ?? 'none stated')],
        ['Version of the engine', escape(engineVersion)],
      ],
    ),
    '',
    '## Files',
    '',
    'Every file of figures is the same table. The figures are those of the API, to the last digit.',
    '',
    ...table(
      ['File', 'Type'],
      files.map(({ url, contentType }) => [code(url), code(contentType)]),
    ),
    '',
    '## Rows',
    '',
    'First the ranked cities, best first; then, with `UNRANKED` in `status` and no figures, the selected cities that could not be ranked, by code. An empty cell (CSV, XLSX) or null (JSON, Parquet) says that there is nothing: never 0.',
    '',
    'In CSV a text that begins with `=`, `+`, `-`, `@`, a tab or a line break has an apostrophe before it, so that no spreadsheet takes it for a formula; the other formats have it as it is.',
    '',
    '## Columns',
    '',
    ...table(
      ['Column', 'Kind', 'Unit', 'Meaning'],
      columns.map(({ name, kind, unit, description }) => [code(name), kind, escape(unit ?? ''), escape(description)]),
    ),
    '',
    ...(warnings.length === 0
      ? []
      : ['## Warnings', '', ...warnings.map(({ code: kind, message }) => `- ${code(kind)}: ${escape(message)}`), '']),
    '## How to make it again',
    '',
    'On a server that knows the digest:',
    '',
    '```graphql',
    `{ rankingByDigest(digest: "${digest}") { digest columns { cityCodes ranks scores } } }`,
    '```',
    '',
    `On any server with release ${escape(release.version)} and version ${escape(engineVersion)} of the engine, give \`input\` of \`.${RANKING_FILES.METADATA.extension}\`, which holds the whole recipe, to`,
    '',
    '```graphql',
    'query ($input: RankingInput) { ranking(input: $input) { digest columns { cityCodes ranks scores } } }',
    '```',
    '',
    'The digest is the same again: it is taken over the content of the release, the selection of cities, the framework, the recipe and the version of the engine.',
    '',
    '## Sources',
    '',
    ...(sources.length === 0 ? ['The release names none.'] : sources.map(sourceLine)),
    '',
    `How to cite: \`.${RANKING_FILES.CITATION.extension}\`.`,
    '',
  ].join('\n');
}

function sourceLine({ code: id, title, publisher, url, licence, retrievedOn, indicators }: SourceMetadata): string {
  const facts = [
    publisher === null ? null : escape(publisher),
    url === null ? null : escape(url),
    `terms: ${escape(licence ?? 'none stated')}`,
    retrievedOn === null ? null : `retrieved ${escape(retrievedOn)}`,
  ].filter((fact) => fact !== null);
  return `- ${code(id)}: ${escape(title)}. ${facts.join('; ')}. For ${indicators.map(code).join(', ')}.`;
}
