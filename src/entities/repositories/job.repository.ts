import { In, IsNull, LessThan, Not, type DataSource } from 'typeorm';
import { StoredJob } from '../stored-job';

/** Keeps long runs where every process on the database finds them. */
export class JobRepository {
  constructor(private readonly dataSource: Pick<DataSource, 'getRepository'>) {}

  /** The row of a job, or null. */
  find(id: string): Promise<StoredJob | null> {
    return this.rows.findOneBy({ id });
  }

  /** Adds or replaces a row, but for a wish to cancel that somebody has left there. */
  async save(row: Omit<StoredJob, 'cancelRequested'>): Promise<void> {
    await this.rows.upsert(row, ['id']);
  }

  /** Leaves the wish that a job be cancelled. */
  async requestCancel(id: string): Promise<void> {
    await this.rows.update({ id }, { cancelRequested: true });
  }

  /** Says that the process of some jobs is alive. @returns those of them that somebody wants cancelled */
  async beat(ids: readonly string[], seenAt: string): Promise<string[]> {
    await this.rows.update({ id: In([...ids]) }, { seenAt });
    const wanted = await this.rows.find({ where: { id: In([...ids]), cancelRequested: true }, select: { id: true } });
    return wanted.map(({ id }) => id);
  }

  /** Removes jobs that were last heard of before an instant, and of those that have ended all but the newest `most`. */
  async prune(seenBefore: string, most: number): Promise<void> {
    await this.rows.delete({ seenAt: LessThan(seenBefore) });
    const surplus = await this.rows.find({
      select: { id: true },
      where: { endedAt: Not(IsNull()) },
      order: { createdAt: 'DESC' },
      skip: most,
      take: 1000,
    });
    if (surplus.length > 0) await this.rows.delete({ id: In(surplus.map(({ id }) => id)) });
  }

  private get rows() {
    return this.dataSource.getRepository(StoredJob);
  }
}
