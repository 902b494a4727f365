import type { DataSource } from 'typeorm';
import { KeptRanking } from '../kept-ranking';

/** Keeps and finds what cited rankings were made from. */
export class KeptRankingRepository {
  constructor(private readonly dataSource: Pick<DataSource, 'getRepository'>) {}

  /** The row of a digest, or null. */
  find(digest: string): Promise<KeptRanking | null> {
    return this.rows.findOneBy({ digest });
  }

  /** Number of rows. */
  count(): Promise<number> {
    return this.rows.count();
  }

  /** Adds a row; one that is there already stays as it is. */
  async add(row: Pick<KeptRanking, 'digest' | 'rankingId' | 'keptAt'>): Promise<void> {
    await this.rows.createQueryBuilder().insert().values(row).orIgnore().execute();
  }

  private get rows() {
    return this.dataSource.getRepository(KeptRanking);
  }
}
