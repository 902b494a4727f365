import type { Release, Source } from '../../entities';
import { ENGINE_VERSION } from '../../scoring';
import type { Ranking } from '../ranking.service';
import { topDown, warningRows, type WarningRow } from '../ranking-view';
import { permalinkOf, rankingFiles, type RankingFile } from './formats';
import { rankingTable } from './ranking-table';
import type { Column } from './table';

/** A source, with the indicators of the ranking that it has observations of. */
export interface UsedSource {
  readonly source: Source;
  readonly indicators: readonly string[];
}

/** A node of the index with its weights. */
export interface NodeMetadata {
  readonly code: string;
  /** Null for the root. */
  readonly parent: string | null;
  readonly name: string | null;
  /** Among its siblings, adding to 1. */
  readonly weight: number | null;
  /** Product of the weights from the root down. */
  readonly effectiveWeight: number | null;
  /** Null for an inner node. */
  readonly indicator: string | null;
  readonly unit: string | null;
  readonly direction: string | null;
}

/** A source as it is listed. */
export interface SourceMetadata extends Pick<
  Source,
  'title' | 'publisher' | 'url' | 'licence' | 'citation' | 'year' | 'retrievedOn' | 'note'
> {
  readonly code: string;
  readonly indicators: readonly string[];
}

/** What a reader must know of a ranking to use it, to make it again and to cite it. */
export interface RankingMetadata {
  readonly digest: string;
  /** Address, where the service knows its own; else the path. */
  readonly permalink: string;
  readonly title: string;
  readonly year: number;
  readonly rankedCities: number;
  readonly unrankedCities: number;
  readonly engineVersion: string;
  readonly release: Pick<
    Release,
    'version' | 'digest' | 'name' | 'publishedAt' | 'publisher' | 'licence' | 'description' | 'notes'
  >;
  /** The release that the statistics of normalisation come from, where the recipe names one. */
  readonly basisRelease: Pick<Release, 'version' | 'digest'> | null;
  /** Code of the saved methodology that it is based on. */
  readonly methodology: string | null;
  /** The `input` of `ranking` that makes it again, the whole recipe in it. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly warnings: readonly WarningRow[];
  readonly files: readonly RankingFile[];
  readonly columns: readonly Column[];
  readonly nodes: readonly NodeMetadata[];
  readonly sources: readonly SourceMetadata[];
}

/**
 * Puts the metadata of a ranking together.
 * @param publicUrl address of the service without a slash at its end; empty where it is not known
 */
export function metadataOf(ranking: Ranking, used: readonly UsedSource[], publicUrl: string): RankingMetadata {
  const { digest, data, methodology, framework, recipe, cities, result, plan } = ranking;
  const { version, name, publishedAt, publisher, licence, description, notes } = data.release;
  const { columns, rowCount } = rankingTable(ranking);
  const rankedCities = result.order.length;
  return {
    digest,
    permalink: publicUrl + permalinkOf(digest),
    title: `${framework.nameEn ?? framework.code}, ${String(result.year)}`,
    year: result.year,
    rankedCities,
    unrankedCities: rowCount - rankedCities,
    engineVersion: ENGINE_VERSION,
    release: { version, digest: data.release.digest, name, publishedAt, publisher, licence, description, notes },
    basisRelease: plan.basis && { version: plan.basis.release.version, digest: plan.basis.release.digest },
    methodology: methodology?.code ?? null,
    input: {
      release: version,
      framework: framework.code,
      ...(cities && { cities: { codes: cities.map((city) => city.code) } }),
      recipe,
    },
    warnings: warningRows(ranking),
    files: rankingFiles(digest),
    columns: columns.map(({ name: column, kind, unit, description: meaning }) => ({
      name: column,
      kind,
      unit,
      description: meaning,
    })),
    nodes: nodesOf(ranking),
    sources: used.map(({ source, indicators }) => sourceMetadata(source, indicators)),
  };
}

function nodesOf({ data, framework, result }: Ranking): NodeMetadata[] {
  const rows = data.frameworkNodes.get(framework.code);
  return topDown(result.tree).map(({ node: { code }, index }) => {
    const row = rows?.get(code);
    const indicator = row?.indicatorCode == null ? undefined : data.indicators.get(row.indicatorCode);
    return {
      code,
      parent: row?.parentCode ?? null,
      name: row?.nameEn ?? indicator?.nameEn ?? null,
      weight: result.nodes.weights[index] ?? null,
      effectiveWeight: result.nodes.effectiveWeights[index] ?? null,
      indicator: indicator?.code ?? null,
      unit: indicator?.unit ?? null,
      direction: indicator?.direction ?? null,
    };
  });
}

function sourceMetadata(source: Source, indicators: readonly string[]): SourceMetadata {
  const { id, title, publisher, url, licence, citation, year, retrievedOn, note } = source;
  return { code: id, title, publisher, url, licence, citation, year, retrievedOn, note, indicators };
}
