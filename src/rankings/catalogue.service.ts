import type {
  City,
  Direction,
  FrameworkNode,
  IndexFramework,
  Indicator,
  Initiative,
  MethodologyPreset,
  Observation,
  ObservationRepository,
  PublishedRanking,
  Release,
  ReleaseData,
  ReleaseRepository,
  Source,
} from '../entities';
import { compareCodes, type ObservationStatus } from '../scoring';
import { selectCities, type CitySelection } from './city-selection';
import {
  cursorInvalid,
  decodeCursor,
  encodeCursor,
  Page,
  pageOf,
  readPageSize,
  type PageRequest,
  type SortValue,
} from './page';
import { topDown } from './ranking-view';
import type { ReleaseCache } from './release-cache';

/** A list of a release, in some order. Null and absent mean the same. */
export interface ListRequest<Filter, Order extends string> extends PageRequest {
  /** Version of the release; the current one by default. */
  readonly release?: string | null;
  readonly filter?: Filter | null;
  readonly orderBy?: Order | null;
  readonly descending?: boolean | null;
}

/** What a list may be ordered by: a closed map from published names to values. */
type Orders<T> = Readonly<Record<string, (item: T) => SortValue>>;

/** Orders of `cities`. */
export const CITY_ORDERS = {
  CODE: (city: City) => city.code,
  NAME: (city: City) => city.nameEn,
  TIER: (city: City) => city.tier,
  PROVINCE: (city: City) => city.provinceCode,
  LATITUDE: (city: City) => city.latitude,
} as const;
/** Orders of `indicators`. */
export const INDICATOR_ORDERS = {
  CODE: (indicator: Indicator) => indicator.code,
  NAME: (indicator: Indicator) => indicator.nameEn,
  UNIT: (indicator: Indicator) => indicator.unit,
} as const;
/** Orders of `sources`. */
export const SOURCE_ORDERS = {
  CODE: (source: Source) => source.id,
  TITLE: (source: Source) => source.title,
  YEAR: (source: Source) => source.year,
} as const;
/** Orders of `publishedRankings`; ties are in (report, year, dimension, city) order. */
export const PUBLISHED_RANKING_ORDERS = {
  RANK: (row: PublishedRanking) => row.rank,
  SCORE: (row: PublishedRanking) => row.score,
  CITY: (row: PublishedRanking) => row.cityCode,
} as const;

/** Filter of `cities`. */
export interface CityFilter extends CitySelection {
  readonly text?: string | null;
}
/** Filter of `indicators`. */
export interface IndicatorFilter {
  readonly codes?: readonly string[] | null;
  readonly directions?: readonly Direction[] | null;
  /** Codes of frameworks that the indicator is a leaf of. */
  readonly frameworks?: readonly string[] | null;
  readonly text?: string | null;
}
/** Filter of `sources`. */
export interface SourceFilter {
  readonly codes?: readonly string[] | null;
  readonly text?: string | null;
}
/** Filter of `observations`. */
export interface ObservationFilter {
  readonly cities?: readonly string[] | null;
  readonly indicators?: readonly string[] | null;
  readonly years?: readonly number[] | null;
  readonly statuses?: readonly ObservationStatus[] | null;
  readonly sources?: readonly string[] | null;
}
/** Filter of `publishedRankings`. */
export interface PublishedRankingFilter {
  readonly reports?: readonly string[] | null;
  readonly years?: readonly number[] | null;
  readonly dimensions?: readonly string[] | null;
  readonly cities?: readonly string[] | null;
}
/** Filter of `initiatives`. */
export interface InitiativeFilter {
  readonly cities?: readonly string[] | null;
  readonly text?: string | null;
}

/**
 * Lists and looks up what a release holds. A filter that is absent or null lets everything through, an empty list
 * nothing; a value that the release does not have matches nothing.
 */
export class CatalogueService {
  constructor(
    private readonly releases: ReleaseCache,
    private readonly releaseRows: Pick<ReleaseRepository, 'list'>,
    private readonly observationRows: Pick<ObservationRepository, 'page'>,
  ) {}

  async cities(request: ListRequest<CityFilter, keyof typeof CITY_ORDERS>): Promise<Page<City>> {
    const { cities } = await this.releases.get(request.release);
    const { text, ...selection } = request.filter ?? {};
    const found = selectCities(cities.values(), selection).filter((city) =>
      containsText([city.code, city.nameEn, city.nameZh, city.nameFr], text),
    );
    return list('cities', found, CITY_ORDERS, request.orderBy ?? 'CODE', (city) => city.code, request);
  }

  async city(code: string, release: string | null | undefined): Promise<City | null> {
    return (await this.releases.get(release)).cities.get(code) ?? null;
  }

  async indicators(request: ListRequest<IndicatorFilter, keyof typeof INDICATOR_ORDERS>): Promise<Page<Indicator>> {
    const data = await this.releases.get(request.release);
    const { codes, directions, frameworks, text } = request.filter ?? {};
    const leaves = frameworks == null ? null : leavesOf(data, frameworks);
    const found = [...data.indicators.values()].filter(
      (indicator) =>
        isIn(codes, indicator.code) &&
        isIn(directions, indicator.direction) &&
        (leaves?.has(indicator.code) ?? true) &&
        containsText([indicator.code, indicator.nameEn, indicator.nameZh, indicator.nameFr], text),
    );
    return list('indicators', found, INDICATOR_ORDERS, request.orderBy ?? 'CODE', (item) => item.code, request);
  }

  async indicator(code: string, release: string | null | undefined): Promise<Indicator | null> {
    return (await this.releases.get(release)).indicators.get(code) ?? null;
  }

  async frameworks(request: ListRequest<never, 'CODE'>): Promise<Page<IndexFramework>> {
    const { indexFrameworks } = await this.releases.get(request.release);
    const orders = { CODE: (framework: IndexFramework) => framework.code };
    return list('frameworks', [...indexFrameworks.values()], orders, 'CODE', (item) => item.code, request);
  }

  async framework(code: string, release: string | null | undefined): Promise<IndexFramework | null> {
    return (await this.releases.get(release)).indexFrameworks.get(code) ?? null;
  }

  async sources(request: ListRequest<SourceFilter, keyof typeof SOURCE_ORDERS>): Promise<Page<Source>> {
    const { sources } = await this.releases.get(request.release);
    const { codes, text } = request.filter ?? {};
    const found = [...sources.values()].filter(
      (source) => isIn(codes, source.id) && containsText([source.id, source.title, source.publisher], text),
    );
    return list('sources', found, SOURCE_ORDERS, request.orderBy ?? 'CODE', (source) => source.id, request);
  }

  async source(id: string, release: string | null | undefined): Promise<Source | null> {
    return (await this.releases.get(release)).sources.get(id) ?? null;
  }

  async publishedRankings(
    request: ListRequest<PublishedRankingFilter, keyof typeof PUBLISHED_RANKING_ORDERS>,
  ): Promise<Page<PublishedRanking>> {
    const { publishedRankings } = await this.releases.get(request.release);
    const { reports, years, dimensions, cities } = request.filter ?? {};
    const found = publishedRankings.filter(
      (row) =>
        isIn(reports, row.report) &&
        isIn(years, row.year) &&
        isIn(dimensions, row.dimension) &&
        isIn(cities, row.cityCode),
    );
    const keyOf = (row: PublishedRanking): string => [row.report, row.year, row.dimension, row.cityCode].join('\u0000');
    return list('publishedRankings', found, PUBLISHED_RANKING_ORDERS, request.orderBy ?? 'RANK', keyOf, request);
  }

  async initiatives(request: ListRequest<InitiativeFilter, 'CITY'>): Promise<Page<Initiative>> {
    const { initiatives } = await this.releases.get(request.release);
    const { cities, text } = request.filter ?? {};
    const found = initiatives.filter(
      (row) => isIn(cities, row.cityCode) && containsText([row.title, row.sector, row.district], text),
    );
    const keyOf = (row: Initiative): string => [row.cityCode, row.title, row.signedOn ?? ''].join('\u0000');
    const orders = { CITY: (row: Initiative) => row.cityCode };
    return list('initiatives', found, orders, 'CITY', keyOf, request);
  }

  async methodologies(request: ListRequest<never, 'CODE'>): Promise<Page<MethodologyPreset>> {
    const { methodologies } = await this.releases.get(request.release);
    const orders = { CODE: (methodology: MethodologyPreset) => methodology.code };
    return list('methodologies', [...methodologies.values()], orders, 'CODE', (item) => item.code, request);
  }

  async methodology(code: string, release: string | null | undefined): Promise<MethodologyPreset | null> {
    return (await this.releases.get(release)).methodologies.get(code) ?? null;
  }

  async release(version: string | null | undefined): Promise<Release> {
    return (await this.releases.get(version)).release;
  }

  /** Newest first. Two statements. */
  async listReleases(request: PageRequest): Promise<Page<Release>> {
    const { size } = readPageSize(request);
    const after = request.after == null ? null : readReleaseCursor(request.after);
    const page = await this.releaseRows.list({ first: size, after });
    return new Page(page.releases, page.totalCount, { next: page.hasNextPage, previous: after !== null }, (release) =>
      encodeCursor({ scope: 'releases', value: null, key: [release.sequence] }),
    );
  }

  /** In (city, indicator, year) order. Two statements, whatever the page. */
  async observations(request: ListRequest<ObservationFilter, never>): Promise<Page<Observation>> {
    const data = await this.releases.get(request.release);
    const { size } = readPageSize(request);
    const { cities, indicators, years, statuses, sources } = request.filter ?? {};
    const page = await this.observationRows.page({
      release: data.release,
      cityCodes: cities ?? undefined,
      indicatorCodes: indicators ?? undefined,
      years: years ?? undefined,
      statuses: statuses ?? undefined,
      sourceIds: sources ?? undefined,
      first: size,
      after: request.after == null ? null : readObservationCursor(data, request.after),
    });
    const rows = this.releases.own(data, page.observations);
    return new Page(rows, page.totalCount, { next: page.hasNextPage, previous: request.after != null }, (row) =>
      encodeCursor({ scope: 'observations', value: null, key: [row.cityCode, row.indicatorCode, row.year] }),
    );
  }

  /** The city that a row is about; null where the release does not have it. */
  cityOf(row: { readonly cityCode: string }): City | null {
    return this.releases.dataOf(row).cities.get(row.cityCode) ?? null;
  }

  /** The indicator that a row is about; null where it names none or the release does not have it. */
  indicatorOf(row: { readonly indicatorCode: string | null }): Indicator | null {
    return this.releases.dataOf(row).indicators.get(row.indicatorCode ?? '') ?? null;
  }

  /** The source of a row; null where it names none. */
  sourceOf(row: { readonly sourceId: string | null }): Source | null {
    return this.releases.dataOf(row).sources.get(row.sourceId ?? '') ?? null;
  }

  /** The framework that a methodology is written for. */
  frameworkOf(row: { readonly frameworkCode: string }): IndexFramework | null {
    return this.releases.dataOf(row).indexFrameworks.get(row.frameworkCode) ?? null;
  }

  /** The nodes of a framework from the root down: parents before their children, siblings in order. */
  nodesOf(framework: IndexFramework): FrameworkNode[] {
    const data = this.releases.dataOf(framework);
    const tree = data.frameworks.get(framework.code);
    const rows = data.frameworkNodes.get(framework.code);
    return (tree ? topDown(tree) : []).flatMap(({ node }) => rows?.get(node.code) ?? []);
  }

  /** How deep a node is; 0 for the root. */
  depthOf(node: FrameworkNode): number {
    const tree = this.releases.dataOf(node).frameworks.get(node.frameworkCode);
    return tree?.nodes[tree.indexOf.get(node.code) ?? -1]?.depth ?? 0;
  }

  /** Initiatives of a city. */
  initiativesOf(city: City): Initiative[] {
    return this.releases.dataOf(city).initiatives.filter((row) => row.cityCode === city.code);
  }

  /** Places of a city in published rankings. */
  publishedRankingsOf(city: City): PublishedRanking[] {
    return this.releases.dataOf(city).publishedRankings.filter((row) => row.cityCode === city.code);
  }
}

const isIn = <T>(wanted: readonly T[] | null | undefined, value: T | null): boolean =>
  wanted == null || (value !== null && wanted.includes(value));

/** Text for comparing: without case, accents or width. */
const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** True where any of the texts contains what is looked for, taken letter by letter: no character is a wildcard. */
function containsText(texts: readonly (string | null)[], wanted: string | null | undefined): boolean {
  if (wanted == null || wanted === '') return true;
  const needle = fold(wanted);
  return texts.some((text) => text !== null && fold(text).includes(needle));
}

function leavesOf(data: ReleaseData, frameworks: readonly string[]): ReadonlySet<string> {
  return new Set(
    frameworks.flatMap((code) => data.frameworks.get(code)?.nodes ?? []).flatMap((node) => node.indicator ?? []),
  );
}

/** Sorts by the named order, nulls last in either direction, ties by key, and takes the asked page. */
function list<T, O extends Orders<T>>(
  name: string,
  items: readonly T[],
  orders: O,
  orderBy: keyof O & string,
  keyOf: (item: T) => string,
  request: PageRequest & { readonly descending?: boolean | null },
): Page<T> {
  const descending = request.descending === true;
  const valueOf = (item: T): SortValue => orders[orderBy]?.(item) ?? null;
  const sorted = items.toSorted(
    (a, b) => compareValues(valueOf(a), valueOf(b), descending) || compareCodes(keyOf(a), keyOf(b)),
  );
  const scope = `${name}:${orderBy}:${descending ? 'desc' : 'asc'}`;
  return pageOf(sorted, { scope, keyOf, valueOf }, request);
}

function compareValues(a: SortValue, b: SortValue, descending: boolean): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  const order = a < b ? -1 : a > b ? 1 : 0;
  return descending ? -order : order;
}

function readReleaseCursor(cursor: string): number {
  const { value, key } = decodeCursor(cursor, 'releases', 'after');
  const [sequence] = key;
  if (value !== null || key.length !== 1 || !Number.isSafeInteger(sequence) || !(Number(sequence) >= 1))
    throw cursorInvalid('after', cursor);
  return Number(sequence);
}

/** Checked against the release in memory, so that a forged cursor never reaches the database. */
function readObservationCursor(
  data: ReleaseData,
  cursor: string,
): { readonly cityCode: string; readonly indicatorCode: string; readonly year: number } {
  const { value, key } = decodeCursor(cursor, 'observations', 'after');
  const [cityCode, indicatorCode, year] = key;
  if (
    value === null &&
    key.length === 3 &&
    typeof cityCode === 'string' &&
    typeof indicatorCode === 'string' &&
    typeof year === 'number' &&
    data.cities.has(cityCode) &&
    data.indicators.has(indicatorCode) &&
    data.panel.years.includes(year)
  )
    return { cityCode, indicatorCode, year };
  throw cursorInvalid('after', cursor);
}
