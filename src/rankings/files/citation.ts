import { address, entry, escape } from './bibtex';
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
