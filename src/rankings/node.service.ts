import {
  City,
  FrameworkNode,
  IndexFramework,
  Indicator,
  Initiative,
  MethodologyPreset,
  Observation,
  PublishedRanking,
  Release,
  Source,
  type ObservationKey,
  type ObservationRepository,
  type ReleaseData,
} from '../entities';
import { decodeId, encodeId, type IdParts } from './global-id';
import { describeMethods, type MethodDescription } from './method-catalogue';
import type { RankingArchive } from './ranking-archive';
import type { Ranking } from './ranking.service';
import type { ReleaseCache } from './release-cache';
import { refuse } from './request-error';

/** Rows that a release holds in memory. */
type Row =
  City | FrameworkNode | IndexFramework | Indicator | Initiative | MethodologyPreset | PublishedRanking | Source;

/** Whatever has a global id. */
export type Identified = Row | MethodDescription | Observation | Ranking | Release;

/** Most ids that `nodes` takes. */
export const MAX_NODES = 100;
/** Most releases that the ids of one list may be of, since each may have to be loaded. */
const MAX_RELEASES = 4;
/** Most rankings among the ids of one list, since each may have to be computed. */
const MAX_RANKINGS = 2;

/**
 * Gives objects ids and finds them again. An id names an object as one release holds it, so that it stands for the same
 * object for ever: what the next release says of a city has another id.
 */
export class NodeService {
  constructor(
    private readonly releases: ReleaseCache,
    private readonly observations: Pick<ObservationRepository, 'byKeys'>,
    private readonly archive: RankingArchive,
  ) {}

  /** The global id of an object. */
  idOf(object: Identified): string {
    if ('result' in object) return this.archive.idOf(object);
    if ('formula' in object) return encodeId(['Method', object.stage, object.id]);
    if (object instanceof Release) return encodeId(['Release', object.version]);
    const { version } = this.releases.dataOf(object).release;
    if (object instanceof Observation)
      return encodeId(['Observation', version, object.cityCode, object.indicatorCode, object.year]);
    const [type, ...key] = keyOf(object);
    return encodeId([type, version, ...key]);
  }

  /** The object of an id; null for whatever is no id of ours. */
  async node(id: string): Promise<Identified | null> {
    return (await this.nodes([id], 'id'))[0] ?? null;
  }

  /**
   * The objects of ids in their order, each null where the id is none of ours. At most one statement for each release's
   * observations, whatever the number of ids.
   * @param path where the ids stand in the arguments
   * @throws RequestError `BUDGET_EXCEEDED` where they are of too many releases or rankings
   */
  async nodes(ids: readonly string[], path = 'ids'): Promise<(Identified | null)[]> {
    const decoded = ids.map((id) => ({ id, parts: decodeId(id) }));
    checkBudget(decoded, path);
    const data = new Map<string, ReleaseData>();
    const observations = new Map<string, Observation>();
    for (const [version, keys] of releasesOf(decoded)) {
      // Asked for before it is loaded: a version that was made up loads nothing.
      if (!(await this.releases.find(version))) continue;
      const loaded = await this.releases.get(version);
      data.set(version, loaded);
      const known = keys.filter((key) => isKnown(loaded, key));
      for (const row of this.releases.own(loaded, await this.observations.byKeys(loaded.release, known)))
        observations.set(this.idOf(row), row);
    }
    const rankings = new Map<string, Ranking | null>();
    for (const { id, parts } of decoded)
      if (parts?.[0] === 'Ranking' && !rankings.has(id)) rankings.set(id, await this.archive.byId(id));
    const releases = new Map<string, Release | null>();
    for (const { parts } of decoded)
      if (parts?.[0] === 'Release' && typeof parts[1] === 'string' && !releases.has(parts[1]))
        releases.set(parts[1], await this.releases.find(parts[1]));

    return decoded.map(({ id, parts }) => {
      if (parts === null) return null;
      const [type, first] = parts;
      const found =
        type === 'Ranking'
          ? rankings.get(id)
          : type === 'Observation'
            ? observations.get(id)
            : type === 'Release'
              ? releases.get(String(first))
              : type === 'Method'
                ? findMethod(parts)
                : findRow(data.get(String(first)), parts);
      // Only the id that we give it names an object.
      return found != null && this.idOf(found) === id ? found : null;
    });
  }
}

/** Type and key of a row within its release. */
function keyOf(row: Row): readonly [string, ...unknown[]] {
  if (row instanceof City) return ['City', row.code];
  if (row instanceof Indicator) return ['Indicator', row.code];
  if (row instanceof Source) return ['Source', row.id];
  if (row instanceof IndexFramework) return ['Framework', row.code];
  if (row instanceof MethodologyPreset) return ['Methodology', row.code];
  if (row instanceof FrameworkNode) return ['FrameworkNode', row.frameworkCode, row.code];
  if (row instanceof PublishedRanking) return ['PublishedRanking', row.report, row.year, row.dimension, row.cityCode];
  return ['Initiative', row.cityCode, row.title, row.signedOn];
}

/** Types whose ids name a release that must be in memory; observations besides are read from the database. */
const RELEASED: ReadonlySet<string> = new Set([
  'City',
  'Indicator',
  'Source',
  'Framework',
  'Methodology',
  'FrameworkNode',
  'PublishedRanking',
  'Initiative',
  'Observation',
]);

function findRow(data: ReleaseData | undefined, [type, , ...key]: IdParts): Row | null {
  if (!data) return null;
  const [first, second, third, fourth] = key;
  const code = typeof first === 'string' ? first : '';
  switch (type) {
    case 'City':
      return data.cities.get(code) ?? null;
    case 'Indicator':
      return data.indicators.get(code) ?? null;
    case 'Source':
      return data.sources.get(code) ?? null;
    case 'Framework':
      return data.indexFrameworks.get(code) ?? null;
    case 'Methodology':
      return data.methodologies.get(code) ?? null;
    case 'FrameworkNode':
      return data.frameworkNodes.get(code)?.get(typeof second === 'string' ? second : '') ?? null;
    case 'PublishedRanking':
      return (
        data.publishedRankings.find(
          (row) => row.cityCode === fourth && row.year === second && row.dimension === third && row.report === first,
        ) ?? null
      );
    case 'Initiative':
      return (
        data.initiatives.find((row) => row.cityCode === first && row.title === second && row.signedOn === third) ?? null
      );
    default:
      return null;
  }
}

function findMethod([, stage, id]: IdParts): MethodDescription | null {
  return describeMethods(undefined).find((method) => method.stage === stage && method.id === id) ?? null;
}

type Decoded = readonly { readonly id: string; readonly parts: IdParts | null }[];

/** The releases that ids name, each with the keys of its observations. */
function releasesOf(decoded: Decoded): ReadonlyMap<string, ObservationKey[]> {
  const releases = new Map<string, ObservationKey[]>();
  for (const { parts } of decoded) {
    const [type, version, cityCode, indicatorCode, year] = parts ?? [];
    if (type === undefined || !RELEASED.has(type) || typeof version !== 'string') continue;
    const keys = releases.get(version) ?? [];
    releases.set(version, keys);
    if (
      type === 'Observation' &&
      typeof cityCode === 'string' &&
      typeof indicatorCode === 'string' &&
      typeof year === 'number'
    )
      keys.push({ cityCode, indicatorCode, year });
  }
  return releases;
}

/** Checked in memory, so that a forged key never reaches the database. */
function isKnown(data: ReleaseData, { cityCode, indicatorCode, year }: ObservationKey): boolean {
  return data.cities.has(cityCode) && data.indicators.has(indicatorCode) && data.panel.years.includes(year);
}

function checkBudget(decoded: Decoded, path: string): void {
  const releases = releasesOf(decoded).size;
  if (releases > MAX_RELEASES)
    throw refuse(
      'BUDGET_EXCEEDED',
      path,
      releases,
      'The ids are of too many releases.',
      `ids of at most ${String(MAX_RELEASES)} releases`,
    );
  const rankings = new Set(decoded.filter(({ parts }) => parts?.[0] === 'Ranking').map(({ id }) => id)).size;
  if (rankings > MAX_RANKINGS)
    throw refuse(
      'BUDGET_EXCEEDED',
      path,
      rankings,
      'The ids are of too many rankings.',
      `ids of at most ${String(MAX_RANKINGS)} rankings`,
    );
}
