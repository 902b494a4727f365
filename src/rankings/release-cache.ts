import type { Repeater } from '@graphql-yoga/subscription';
import { LRUCache } from 'lru-cache';
import type { Release, ReleaseData } from '../entities';
import { follow, News } from './news';
import { refuse, RequestError } from './request-error';

/** What the cache needs to find releases. */
export interface ReleaseFinder {
  current(): Promise<Release | null>;
  byVersion(version: string): Promise<Release | null>;
}

/** What the cache needs to load one. */
export interface ReleaseLoader {
  load(release: Release): Promise<ReleaseData>;
}

/** Releases kept in memory besides the current one. */
const OLD_RELEASES_KEPT = 2;

/**
 * Holds the current release in memory, and the last few older ones that were asked for. Loaded once and shared: a query
 * on a loaded release costs no SQL.
 */
export class ReleaseCache {
  #current: ReleaseData | null = null;
  readonly #older = new LRUCache<string, ReleaseData>({ max: OLD_RELEASES_KEPT });
  /** Loads under way by version, so that simultaneous callers share one. */
  readonly #loading = new Map<string, Promise<ReleaseData>>();
  readonly #news = new News<Release>();
  /** Which release an entity was read from; rows themselves do not know it. */
  readonly #owners = new WeakMap<object, ReleaseData>();

  constructor(
    private readonly finder: ReleaseFinder,
    private readonly loader: ReleaseLoader,
  ) {}

  /** The release that unqualified queries use, or null while none is loaded. */
  get loaded(): ReleaseData | null {
    return this.#current;
  }

  /** Loads the newest release if it is not the loaded one; true if it was not. The loaded one stays in use meanwhile. */
  async refresh(): Promise<boolean> {
    const newest = await this.finder.current();
    if (newest === null || newest.digest === this.#current?.release.digest) return false;
    const loaded = await this.#load(newest);
    const previous = this.#current;
    // Somebody else may have looked at the same time.
    if (previous?.release.digest === newest.digest) return false;
    this.#current = loaded;
    if (previous) this.#older.set(previous.release.version, previous);
    this.#news.tell(newest);
    return true;
  }

  /** The release of that version, without its data; null where there is none. */
  async find(version: string): Promise<Release | null> {
    if (version === this.#current?.release.version) return this.#current.release;
    return this.#older.get(version)?.release ?? this.finder.byVersion(version);
  }

  /** Each release that becomes the current one from now on, whoever published it. */
  followReleases(): Repeater<Release, undefined> {
    return follow(this.#news);
  }

  /**
   * The release of that version; the current one for null.
   * @param path where the version stands in the arguments
   * @throws RequestError `NOT_READY` while none is loaded, `NOT_FOUND` where no release has that version.
   */
  async get(version: string | null | undefined, path = 'release'): Promise<ReleaseData> {
    if (!this.#current) throw new RequestError('NOT_READY', 'No release is loaded yet.');
    if (version == null || version === this.#current.release.version) return this.#current;
    const older = this.#older.get(version);
    if (older) return older;
    const release = await this.finder.byVersion(version);
    if (!release)
      throw refuse(
        'NOT_FOUND',
        path,
        version,
        'No release has this version.',
        'a version that `releases` lists, or none for the current release',
      );
    const data = await this.#load(release);
    this.#older.set(version, data);
    return data;
  }

  /** Remembers which release a row that was read by itself belongs to. */
  own<T extends object>(data: ReleaseData, rows: readonly T[]): readonly T[] {
    for (const row of rows) this.#owners.set(row, data);
    return rows;
  }

  /**
   * The release that a row was read from.
   * @throws Error for a row that did not come through this cache, which is a programming error.
   */
  dataOf(row: object): ReleaseData {
    const data = this.#owners.get(row);
    if (!data) throw new Error('The row was not read through the release cache.');
    return data;
  }

  #load(release: Release): Promise<ReleaseData> {
    const underWay = this.#loading.get(release.version);
    if (underWay) return underWay;
    const load = this.loader
      .load(release)
      .then((data) => {
        this.#ownAll(data);
        return data;
      })
      .finally(() => this.#loading.delete(release.version));
    this.#loading.set(release.version, load);
    return load;
  }

  #ownAll(data: ReleaseData): void {
    const { cities, indicators, sources, indexFrameworks, methodologies, publishedRankings, initiatives } = data;
    for (const rows of [cities, indicators, sources, indexFrameworks, methodologies])
      this.own(data, [...rows.values()]);
    for (const nodes of data.frameworkNodes.values()) this.own(data, [...nodes.values()]);
    this.own(data, publishedRankings);
    this.own(data, initiatives);
  }
}
