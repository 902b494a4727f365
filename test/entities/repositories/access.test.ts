import { ApiKeyRepository, AuditEvent, AuditEventRepository, type ApiKey } from '../../../src/entities';
import { AccessService } from '../../../src/rankings/access.service';
import { DATABASES, openDatabase, rowCounts, type TestDatabase } from '../../helpers/database';

const keyOf = (publicId: string, createdAt: string): Pick<ApiKey, keyof ApiKey> => ({
  publicId,
  hash: `hash of ${publicId}`,
  name: `name of ${publicId}`,
  scope: 'steward',
  createdAt,
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
});

describe.each(DATABASES)('keys and what was changed, on %s', (kind) => {
  let database: TestDatabase;
  let keys: ApiKeyRepository;
  let service: AccessService;
  beforeAll(async () => {
    database = await openDatabase(kind);
    keys = new ApiKeyRepository(database.dataSource);
    service = new AccessService(keys, new AuditEventRepository(database.dataSource));
  });
  afterAll(() => database.close());
  const at = (second: number): string => `2026-01-01T00:00:0${String(second)}.000Z`;

  it('each change comes with its event', async () => {
    await keys.add({ ...keyOf('b', at(1)), expiresAt: at(9) }, { actor: 'cli', occurredAt: at(1) });
    await keys.add(keyOf('a', at(2)), { actor: 'cli', occurredAt: at(2) });
    await keys.touch('a', at(3));
    expect(await keys.revoke('b', { actor: 'somebody', occurredAt: at(4) })).toBe(true);
    expect(await keys.list()).toMatchObject([
      { publicId: 'b', hash: 'hash of b', scope: 'steward', expiresAt: at(9), revokedAt: at(4), lastUsedAt: null },
      { publicId: 'a', name: 'name of a', expiresAt: null, revokedAt: null, lastUsedAt: at(3) },
    ]);
    const events = await database.dataSource.getRepository(AuditEvent).find({ order: { id: 'ASC' } });
    const changes = events.map(({ occurredAt, actor, action, subject, detail }) => ({
      occurredAt,
      actor,
      action,
      subject,
      detail,
    }));
    expect(changes).toEqual([
      {
        occurredAt: at(1),
        actor: 'cli',
        action: 'CREATE_API_KEY',
        subject: 'b',
        detail: { name: 'name of b', scope: 'steward', expiresAt: at(9) },
      },
      {
        occurredAt: at(2),
        actor: 'cli',
        action: 'CREATE_API_KEY',
        subject: 'a',
        detail: { name: 'name of a', scope: 'steward' },
      },
      { occurredAt: at(4), actor: 'somebody', action: 'REVOKE_API_KEY', subject: 'b', detail: null },
    ]);
    expect(JSON.stringify(events)).not.toContain('hash');
  });

  it('what cannot be done leaves nothing behind, no event either', async () => {
    const before = await rowCounts(database.dataSource);
    const event = { actor: 'cli', occurredAt: at(5) };
    expect(await keys.revoke('b', event)).toBe(false);
    for (const id of ['nobody', '', "' OR 1=1 --", '%']) expect(await keys.revoke(id, event)).toBe(false);
    await expect(keys.add(keyOf('a', at(5)), event)).rejects.toThrow();
    expect(await rowCounts(database.dataSource)).toEqual(before);
    expect(await keys.find("' OR 1=1 --")).toBeNull();
    expect(await keys.find('b')).toMatchObject({ revokedAt: at(4) });
  });

  it('pages of both leave nothing out and give nothing twice', async () => {
    const read = async <T>(
      list: (request: { first: number; after: string | null }) => Promise<{
        nodes: readonly T[];
        totalCount: number;
        pageInfo: { endCursor: string | null; hasNextPage: boolean; hasPreviousPage: boolean };
      }>,
    ): Promise<T[]> => {
      const found: T[] = [];
      let after: string | null = null;
      for (;;) {
        const page = await list({ first: 1, after });
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        found.push(...page.nodes);
        if (!page.pageInfo.hasNextPage) {
          expect(page.totalCount).toBe(found.length);
          return found;
        }
        after = page.pageInfo.endCursor;
      }
    };
    expect((await read((request) => service.listKeys(request))).map(({ publicId }) => publicId)).toEqual(['b', 'a']);
    expect((await read((request) => service.listEvents(request))).map(({ occurredAt }) => occurredAt)).toEqual([
      at(4),
      at(2),
      at(1),
    ]);
    const cursor = (await service.listKeys({ first: 1 })).pageInfo.endCursor;
    for (const after of [cursor, 'x', Buffer.from('["auditEvents",1,0,"1"]').toString('base64url')])
      await expect(service.listEvents({ after })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });
});
