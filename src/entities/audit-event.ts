import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Who changed what and when. Written in the transaction of the change itself; shown to stewards only. */
@Entity({ name: 'audit_event' })
@ObjectType('AuditEvent', { description: 'Who changed what, and when.', simpleResolvers: true })
export class AuditEvent {
  @PrimaryGeneratedColumn({ type: 'integer' })
  id!: number;

  /** ISO 8601, UTC. */
  @Field(() => String, { description: 'When: ISO 8601, UTC.' })
  @Column({ type: 'varchar', name: 'occurred_at' })
  occurredAt!: string;

  /** Who did it, such as `cli`. */
  @Field(() => String, { description: 'Who, such as `cli`.' })
  @Column({ type: 'varchar' })
  actor!: string;

  /** What was done, such as `PUBLISH_RELEASE`. */
  @Field(() => String, { description: 'What was done, such as `PUBLISH_RELEASE`.' })
  @Column({ type: 'varchar' })
  action!: string;

  /** What it was done to, such as the version of the release. */
  @Field(() => String, { description: 'What it was done to, such as the version of a release or the id of a key.' })
  @Column({ type: 'varchar' })
  subject!: string;

  /** Anything else worth keeping. */
  @Column({ type: 'simple-json', nullable: true })
  detail!: Readonly<Record<string, string | number>> | null;
}
