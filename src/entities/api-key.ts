import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ScopeEnum } from './enums';
import type { Scope } from './scope';

/** A key that says who its holder is and what they may do. Of the key itself only its hash is stored. */
@Entity({ name: 'api_key' })
@ObjectType('ApiKey', {
  description: 'A key that lets its holder in. The key itself is kept nowhere.',
  simpleResolvers: true,
})
export class ApiKey {
  /** The public part of the key, by which it is found. */
  @Field(() => String, { description: 'The public part of the key: what stands between `crk_` and the next `_`.' })
  @PrimaryColumn({ type: 'varchar', name: 'id' })
  publicId!: string;

  /** SHA-256 of the whole key, hexadecimal. */
  @Column({ type: 'varchar' })
  hash!: string;

  /** Who holds it or what for, for people. */
  @Field(() => String, { description: 'Who holds it, or what for.' })
  @Column({ type: 'varchar' })
  name!: string;

  /** What it allows. */
  @Field(() => ScopeEnum, { description: 'What it allows.' })
  @Column({ type: 'varchar' })
  scope!: Scope;

  /** ISO 8601, UTC. */
  @Field(() => String, { description: 'When it was made: ISO 8601, UTC.' })
  @Column({ type: 'varchar', name: 'created_at' })
  createdAt!: string;

  /** ISO 8601, UTC; null = does not expire. */
  @Field(() => String, {
    nullable: true,
    description: 'When it stops to hold: ISO 8601, UTC. Null where it does not expire.',
  })
  @Column({ type: 'varchar', name: 'expires_at', nullable: true })
  expiresAt!: string | null;

  /** ISO 8601, UTC; null = not revoked. */
  @Field(() => String, { nullable: true, description: 'When it was revoked: ISO 8601, UTC. Null unless it was.' })
  @Column({ type: 'varchar', name: 'revoked_at', nullable: true })
  revokedAt!: string | null;

  /** ISO 8601, UTC, about an hour behind at most; null = never. */
  @Field(() => String, {
    nullable: true,
    description: 'When it was used last: ISO 8601, UTC, an hour behind at most. Null where it never was.',
  })
  @Column({ type: 'varchar', name: 'last_used_at', nullable: true })
  lastUsedAt!: string | null;
}
