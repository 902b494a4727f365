import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A long run as its process last reported it, for the other processes on the database. */
@Entity({ name: 'job' })
export class StoredJob {
  /** Unguessable. */
  @PrimaryColumn({ type: 'varchar' })
  id!: string;

  @Column({ type: 'varchar' })
  kind!: string;

  @Column({ type: 'varchar' })
  state!: string;

  /** Units of work done; null until the work has said. */
  @Column({ type: 'double precision', nullable: true })
  done!: number | null;

  /** Units of work in all; null until the work has said. */
  @Column({ type: 'double precision', nullable: true })
  total!: number | null;

  /** ISO 8601, UTC; so are the other instants. */
  @Column({ type: 'varchar', name: 'created_at' })
  createdAt!: string;

  @Column({ type: 'varchar', name: 'started_at', nullable: true })
  startedAt!: string | null;

  @Column({ type: 'varchar', name: 'ended_at', nullable: true })
  endedAt!: string | null;

  @Column({ type: 'double precision', name: 'seconds_elapsed' })
  secondsElapsed!: number;

  @Column({ type: 'double precision', name: 'seconds_left', nullable: true })
  secondsLeft!: number | null;

  /** What it was refused for, as JSON; null unless it failed by a refusal. */
  @Column({ type: 'text', nullable: true })
  error!: string | null;

  /** Its result, packed; null where it has none or one that is too large. */
  @Column({ type: 'text', nullable: true })
  result!: string | null;

  /** Set by another process, for the one that runs it to see. */
  @Column({ type: 'boolean', name: 'cancel_requested', default: false })
  cancelRequested!: boolean;

  /** When its process last said that it is alive. */
  @Column({ type: 'varchar', name: 'seen_at' })
  seenAt!: string;
}
