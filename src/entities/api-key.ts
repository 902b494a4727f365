import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A key that lets its holder change data. Only its hash is stored; nothing of it is shown by the API. */
@Entity({ name: 'api_key' })
export class ApiKey {
  /** SHA-256 of the key, hexadecimal. */
  @PrimaryColumn({ type: 'varchar' })
  hash!: string;

  /** Who holds it, for people. */
  @Column({ type: 'varchar' })
  label!: string;

  /** What it allows, such as `publish`. */
  @Column({ type: 'simple-json' })
  scopes!: readonly string[];

  /** ISO 8601, UTC. */
  @Column({ type: 'varchar', name: 'created_at' })
  createdAt!: string;

  /** ISO 8601, UTC; null = does not expire. */
  @Column({ type: 'varchar', name: 'expires_at', nullable: true })
  expiresAt!: string | null;

  /** ISO 8601, UTC; null = not revoked. */
  @Column({ type: 'varchar', name: 'revoked_at', nullable: true })
  revokedAt!: string | null;
}
