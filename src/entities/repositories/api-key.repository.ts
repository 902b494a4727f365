import { IsNull, type DataSource } from 'typeorm';
import { ApiKey } from '../api-key';
import { AuditEvent } from '../audit-event';

/** What the log of changes says of a change to a key. */
type Event = Pick<AuditEvent, 'actor' | 'occurredAt'>;

/** Keeps and finds API keys. Each change is written together with its audit event. */
export class ApiKeyRepository {
  constructor(private readonly dataSource: Pick<DataSource, 'getRepository' | 'transaction'>) {}

  /** The row of a public id, or null. */
  find(publicId: string): Promise<ApiKey | null> {
    return this.rows.findOneBy({ publicId });
  }

  /** All rows, the oldest first. */
  list(): Promise<ApiKey[]> {
    return this.rows.find({ order: { createdAt: 'ASC', publicId: 'ASC' } });
  }

  /** Adds a key. */
  async add(key: Readonly<ApiKey>, { actor, occurredAt }: Event): Promise<void> {
    const { publicId, name, scope, expiresAt } = key;
    const detail = { name, scope, ...(expiresAt !== null && { expiresAt }) };
    await this.dataSource.transaction(async (manager) => {
      await manager.insert(ApiKey, key);
      await manager.insert(AuditEvent, { occurredAt, actor, action: 'CREATE_API_KEY', subject: publicId, detail });
    });
  }

  /** Revokes a key, from `event.occurredAt` on. @returns false where there is none that is not revoked already */
  async revoke(publicId: string, { actor, occurredAt }: Event): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.update(ApiKey, { publicId, revokedAt: IsNull() }, { revokedAt: occurredAt });
      if (affected !== 1) return false;
      await manager.insert(AuditEvent, {
        occurredAt,
        actor,
        action: 'REVOKE_API_KEY',
        subject: publicId,
        detail: null,
      });
      return true;
    });
  }

  /** Notes that a key has been used. */
  async touch(publicId: string, lastUsedAt: string): Promise<void> {
    await this.rows.update({ publicId }, { lastUsedAt });
  }

  private get rows() {
    return this.dataSource.getRepository(ApiKey);
  }
}
