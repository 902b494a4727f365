import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a cited ranking was made from, so that its digest can be looked up again. Its result is not stored. */
@Entity({ name: 'kept_ranking' })
export class KeptRanking {
  /** Digest of the ranking. */
  @PrimaryColumn({ type: 'varchar' })
  digest!: string;

  /** Global id of the ranking, which says everything that it was made from. */
  @Column({ type: 'varchar', name: 'ranking_id' })
  rankingId!: string;

  /** ISO 8601, UTC. */
  @Column({ type: 'varchar', name: 'kept_at' })
  keptAt!: string;
}
