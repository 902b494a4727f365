import type { RankingMetadata, SourceMetadata } from './metadata';

/** BibTeX for a ranking, followed by the sources of its figures. */
export function writeCitation(metadata: RankingMetadata): string {
  const { digest, title, release, engineVersion, permalink, sources } = metadata;
  const facts = [
    `Release ${release.version} (${release.digest})`,
    `engine ${engineVersion}`,
    `digest ${digest}`,
    ...(release.licence === null ? [] : [`terms: ${release.licence}`]),
  ];
  const isAddress = /^https?:/.test(permalink);
  const own = entry(`city-ranking-${digest.slice(0, 12)}`, [
    ['title', `{${escape(`${title}: a ranking of cities`)}}`],
    ['author', release.publisher === null ? null : `{${escape(release.publisher)}}`],
    ['year', release.publishedAt.slice(0, 4)],
    ['version', escape(release.version)],
    ['url', isAddress ? address(permalink) : null],
    ['note', escape(`${isAddress ? '' : `${permalink}; `}${facts.join('; ')}`)],
  ]);
  return [own, ...sources.map(sourceEntry)].join('\n');
}

function sourceEntry({ code, title, publisher, url, licence, citation, year, retrievedOn }: SourceMetadata): string {
  const facts = [
    citation,
    year === null ? null : `years ${year}`,
    licence === null ? null : `terms: ${licence}`,
  ].filter((fact) => fact !== null);
  return entry(code, [
    ['title', `{${escape(title)}}`],
    ['author', publisher === null ? null : `{${escape(publisher)}}`],
    ['url', url === null ? null : address(url)],
    ['urldate', retrievedOn],
    ['note', facts.length === 0 ? null : escape(facts.join('; '))],
  ]);
}

type Field = readonly [name: string, value: string | null];

function entry(key: string, fields: readonly Field[]): string {
  const lines = fields.flatMap(([name, value]) => (value === null || value === '' ? [] : [`  ${name} = {${value}},`]));
  return [`@misc{${key.replace(/[^A-Za-z0-9._-]/g, '-')},`, ...lines, '}', ''].join('\n');
}

/** What TeX takes for a command; braces as commands too, since BibTeX counts even those with a backslash before them. */
const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
};

function escape(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\{}~^$&#_%]/g, (character) => SPECIAL[character] ?? '');
}

/** An address is set as it stands, so that what would end the field is percent-encoded. */
const address = (url: string): string => url.replace(/[\s{}\\"<>^`|]/g, (character) => encodeURIComponent(character));
