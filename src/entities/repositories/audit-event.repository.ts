import { LessThan, type DataSource } from 'typeorm';
import { AuditEvent } from '../audit-event';

/** A page of events, newest first. */
export interface AuditEventPage {
  readonly events: readonly AuditEvent[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
}

/** Finds what was changed. */
export class AuditEventRepository {
  constructor(private readonly dataSource: Pick<DataSource, 'getRepository'>) {}

  /**
   * Events from the newest to the oldest.
   * @param page `first` is how many at most (≥ 1); `after` is the id of the last one already seen, or null
   */
  async list(page: { readonly first: number; readonly after: number | null }): Promise<AuditEventPage> {
    const rows = this.dataSource.getRepository(AuditEvent);
    const where = page.after === null ? {} : { id: LessThan(page.after) };
    const [found, totalCount] = await Promise.all([
      rows.find({ where, order: { id: 'DESC' }, take: page.first + 1 }),
      rows.count(),
    ]);
    return { events: found.slice(0, page.first), totalCount, hasNextPage: found.length > page.first };
  }
}
