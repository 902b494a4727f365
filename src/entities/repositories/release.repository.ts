import type { DataSource, EntityManager } from 'typeorm';
import { LessThan, LessThanOrEqual } from 'typeorm';
import { Release } from '../release';

/** A page of releases, newest first. */
export interface ReleasePage {
  readonly releases: readonly Release[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
}

/** Finds releases. */
export class ReleaseRepository {
  constructor(private readonly dataSource: Pick<DataSource | EntityManager, 'getRepository'>) {}

  /** The newest release, or null while the database is empty. */
  async current(): Promise<Release | null> {
    const [release] = await this.releases.find({ order: { sequence: 'DESC' }, take: 1 });
    return release ?? null;
  }

  /** The release of that version, or null. */
  byVersion(version: string): Promise<Release | null> {
    return this.releases.findOneBy({ version });
  }

  /** The release that was current at an instant (ISO 8601, UTC), or null when there was none yet. */
  async asOf(instant: string): Promise<Release | null> {
    // Stored instants all have the one form of Date.toISOString, so that text order is time order.
    const publishedAt = LessThanOrEqual(new Date(instant).toISOString());
    const [release] = await this.releases.find({ where: { publishedAt }, order: { sequence: 'DESC' }, take: 1 });
    return release ?? null;
  }

  /**
   * Releases from the newest to the oldest.
   * @param page `first` is how many at most (≥ 1); `after` is the sequence of the last one already seen, or null.
   */
  async list(page: { readonly first: number; readonly after: number | null }): Promise<ReleasePage> {
    const [found, totalCount] = await Promise.all([
      this.releases.find({
        where: page.after === null ? {} : { sequence: LessThan(page.after) },
        order: { sequence: 'DESC' },
        take: page.first + 1,
      }),
      this.releases.count(),
    ]);
    return { releases: found.slice(0, page.first), totalCount, hasNextPage: found.length > page.first };
  }

  /** Whether nothing has been published yet. */
  async isEmpty(): Promise<boolean> {
    return (await this.current()) === null;
  }

  private get releases() {
    return this.dataSource.getRepository(Release);
  }
}
