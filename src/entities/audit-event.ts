import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Who changed what and when. Written in the transaction of the change itself; never shown by the public API. */
@Entity({ name: 'audit_event' })
export class AuditEvent {
  @PrimaryGeneratedColumn({ type: 'integer' })
  id!: number;

  /** ISO 8601, UTC. */
  @Column({ type: 'varchar', name: 'occurred_at' })
  occurredAt!: string;

  /** Who did it, such as `cli` or the label of an API key. */
  @Column({ type: 'varchar' })
  actor!: string;

  /** What was done, such as `PUBLISH_RELEASE`. */
  @Column({ type: 'varchar' })
  action!: string;

  /** What it was done to, such as the version of the release. */
  @Column({ type: 'varchar' })
  subject!: string;

  /** Anything else worth keeping. */
  @Column({ type: 'simple-json', nullable: true })
  detail!: Readonly<Record<string, string | number>> | null;
}
