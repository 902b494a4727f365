import type { ApiKey, ApiKeyRepository, AuditEvent, AuditEventRepository } from '../entities';
import { cursorInvalid, decodeCursor, encodeCursor, Page, pageOf, readPageSize, type PageRequest } from './page';

const EVENTS = 'auditEvents';

/** Who may do what, and who changed what. */
export class AccessService {
  constructor(
    private readonly keyRows: Pick<ApiKeyRepository, 'list'>,
    private readonly eventRows: Pick<AuditEventRepository, 'list'>,
  ) {}

  /** API keys, the oldest first. All of them are read: they are made by hand, one by one. */
  async listKeys(request: PageRequest): Promise<Page<ApiKey>> {
    const order = {
      scope: 'apiKeys',
      keyOf: ({ publicId }: ApiKey) => publicId,
      valueOf: ({ createdAt }: ApiKey) => createdAt,
    };
    return pageOf(await this.keyRows.list(), order, request);
  }

  /** Changes, the newest first. */
  async listEvents(request: PageRequest): Promise<Page<AuditEvent>> {
    const { size } = readPageSize(request);
    const after = request.after == null ? null : readEventCursor(request.after);
    const page = await this.eventRows.list({ first: size, after });
    return new Page(page.events, page.totalCount, { next: page.hasNextPage, previous: after !== null }, ({ id }) =>
      encodeCursor({ scope: EVENTS, value: null, key: [id] }),
    );
  }
}

function readEventCursor(cursor: string): number {
  const [id, ...more] = decodeCursor(cursor, EVENTS, 'after').key;
  if (typeof id !== 'number' || !Number.isInteger(id) || more.length > 0) throw cursorInvalid('after', cursor);
  return id;
}
