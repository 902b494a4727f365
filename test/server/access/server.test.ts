import { setTimeout as sleep } from 'node:timers/promises';
import fastify, { type InjectOptions } from 'fastify';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ApiKeyRepository, SCOPES, type Scope } from '../../../src/entities';
import { guardRoutes, makeKey } from '../../../src/server/access';
import { invalidCredentials } from '../../../src/server/access/authorise';
import { removeFolders, SMALL_BUNDLE, writeFolder } from '../../datasets/small-bundle';
import { json, openApp, type TestApp } from '../../helpers/app';
import { rowCounts } from '../../helpers/database';
import { AUDIENCE, openIdentityProvider, type IdentityProvider } from './identity-provider';

/** A server with a key of each scope. */
interface Guarded {
  readonly app: TestApp;
  readonly address: string;
  readonly keys: Readonly<Record<Scope, string>>;
  readonly lines: string[];
}

let provider: IdentityProvider;
let open: Guarded;
let closed: Guarded;

async function start(env: Record<string, string>): Promise<Guarded> {
  const lines: string[] = [];
  const app = await openApp({
    bundle: writeFolder(SMALL_BUNDLE),
    env: {
      JWT_JWKS_URL: provider.jwksUrl,
      JWT_ISSUER: provider.issuer,
      JWT_AUDIENCE: AUDIENCE,
      RELEASE_CHECK_SECONDS: '0',
      ...env,
    },
    logDestination: { write: (line) => lines.push(line) },
  });
  const address = await app.http.listen({ port: 0, host: '127.0.0.1' });
  const repository = new ApiKeyRepository(app.database.dataSource);
  const keys = { read: '', steward: '', admin: '' };
  for (const scope of SCOPES) {
    const { key, row } = makeKey({ name: `for ${scope}`, scope, expiresAt: null }, new Date());
    await repository.add(row, { actor: 'test', occurredAt: row.createdAt });
    keys[scope] = key;
  }
  return { app, address, keys, lines };
}

beforeAll(async () => {
  provider = await openIdentityProvider();
  open = await start({});
  // At `trace` every request is logged, and none is answered from memory.
  closed = await start({ ANONYMOUS_READ: 'false', INTROSPECTION: 'false', LOG_LEVEL: 'trace' });
});
afterAll(async () => {
  await open.app.close();
  await closed.app.close();
  provider.close();
  removeFolders();
});

const bearer = (credentials: string): Record<string, string> => ({ authorization: `Bearer ${credentials}` });
const post = ({ app }: Guarded, query: string, headers: Record<string, string> = {}) =>
  app.http.inject({ method: 'POST', url: '/graphql', headers, payload: { query } });
const codeOf = (body: string): unknown => json(JSON.parse(body)).at('errors', 0, 'extensions', 'code');

const CITIES = '{ cities { totalCount } }';
const KEYS = '{ apiKeys { nodes { publicId name scope } } }';
const EVENTS = '{ auditEvents(first: 3) { totalCount nodes { actor action subject details { name value } } } }';

describe('who asks', () => {
  it.each(['open', 'closed'] as const)(
    'credentials that do not hold are refused, never passed over: %s',
    async (which) => {
      const server = which === 'open' ? open : closed;
      const expired = makeKey({ name: 'old', scope: 'admin', expiresAt: null }, new Date());
      const repository = new ApiKeyRepository(server.app.database.dataSource);
      const at = new Date().toISOString();
      await repository.add(
        { ...expired.row, expiresAt: new Date(Date.now() - 1).toISOString() },
        { actor: 'test', occurredAt: at },
      );
      const revoked = makeKey({ name: 'gone', scope: 'admin', expiresAt: null }, new Date());
      await repository.add(revoked.row, { actor: 'test', occurredAt: at });
      await repository.revoke(revoked.row.publicId, { actor: 'test', occurredAt: at });
      const bad: Record<string, string>[] = [
        bearer(expired.key),
        bearer(revoked.key),
        { 'x-api-key': revoked.key },
        bearer(makeKey({ name: 'never stored', scope: 'admin', expiresAt: null }, new Date()).key),
        bearer(`${server.keys.admin}x`),
        bearer('crk_'),
        { authorization: 'Bearer' },
        { authorization: '' },
        { 'x-api-key': '' },
        { authorization: server.keys.admin },
        { authorization: `Basic ${Buffer.from(`a:${server.keys.admin}`).toString('base64')}` },
        { ...bearer(server.keys.admin), 'x-api-key': server.keys.admin },
        bearer(await provider.sign({ exp: 1 })),
        bearer(await provider.sign({ aud: 'other' })),
      ];
      for (const headers of bad) {
        const answer = await post(server, CITIES, headers);
        expect([headers, answer.statusCode, codeOf(answer.body)]).toEqual([headers, 401, 'UNAUTHENTICATED']);
        expect(answer.headers['www-authenticate']).toBe('Bearer realm="city-ranking", error="invalid_token"');
        expect(json(answer.json()).value).not.toHaveProperty('data');
      }
    },
  );

  it('keys go in either header, tokens in one', async () => {
    for (const headers of [
      bearer(closed.keys.read),
      { 'x-api-key': closed.keys.read },
      bearer(await provider.sign()),
    ]) {
      const answer = await post(closed, CITIES, headers);
      expect([answer.statusCode, answer.json()]).toEqual([200, { data: { cities: { totalCount: 3 } } }]);
    }
  });

  it('where that cannot be told, the answer says so, and nothing is given', async () => {
    const spy = jest.spyOn(closed.app.database.dataSource, 'getRepository').mockImplementation(() => {
      throw new Error('secret of the database');
    });
    const { key } = makeKey({ name: 'unknown yet', scope: 'read', expiresAt: null }, new Date());
    const answer = await post(closed, CITIES, bearer(key));
    spy.mockRestore();
    expect([answer.statusCode, codeOf(answer.body)]).toEqual([503, 'NOT_READY']);
    expect(answer.body).not.toContain('secret');
  });
});

describe('what they may', () => {
  const roles = async (server: Guarded): Promise<[Record<string, string>, Scope | null][]> => [
    [{}, server === open ? 'read' : null],
    [bearer(server.keys.read), 'read'],
    [bearer(server.keys.steward), 'steward'],
    [bearer(server.keys.admin), 'admin'],
    [bearer(await provider.sign({ scope: 'admin' })), 'admin'],
    [bearer(await provider.sign({ scope: 'profile' })), server === open ? 'read' : null],
  ];
  const LEVEL = { read: 1, steward: 2, admin: 3 } as const;
  /** The same field by every route to it. */
  const ROUTES: readonly (readonly [text: string, needs: Scope])[] = [
    [CITIES, 'read'],
    [EVENTS, 'steward'],
    [KEYS, 'admin'],
    ['query IntrospectionQuery { safe: apiKeys { totalCount } }', 'admin'],
    [
      '{ cities { totalCount } ...A } fragment A on Query { ...B } fragment B on Query { x: apiKeys { totalCount } }',
      'admin',
    ],
    ['{ ... on Query { ... { apiKeys { edges { node { publicId } } } } } }', 'admin'],
    ['{ cities { totalCount } apiKeys @skip(if: true) { totalCount } }', 'admin'],
  ];

  it.each(['open', 'closed'] as const)('over POST and GET, as an answer and as a file: %s', async (which) => {
    const server = which === 'open' ? open : closed;
    for (const [headers, scope] of await roles(server))
      for (const [text, needs] of ROUTES) {
        const may = scope !== null && LEVEL[scope] >= LEVEL[needs];
        const refused = headers['authorization'] === undefined ? 401 : 403;
        const asked: InjectOptions[] = [
          { method: 'POST', url: '/graphql', headers, payload: { query: text } },
          {
            method: 'GET',
            url: '/graphql',
            headers: { ...headers, 'apollo-require-preflight': '1' },
            query: { query: text },
          },
          { method: 'POST', url: '/answers.json', headers, payload: { query: text } },
          { method: 'GET', url: '/answers.json', headers, query: { query: text } },
        ];
        for (const options of asked) {
          const answer = await server.app.http.inject(options);
          expect([options.method, options.url, text, scope, answer.statusCode]).toEqual([
            options.method,
            options.url,
            text,
            scope,
            may ? 200 : refused,
          ]);
          if (may) continue;
          expect(codeOf(answer.body)).toBe(refused === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN');
          expect(answer.headers['www-authenticate']).toMatch(
            refused === 401
              ? /^Bearer realm="city-ranking"$/
              : /error="insufficient_scope", scope="(read|steward|admin)"$/,
          );
          expect(json(answer.json()).value).not.toHaveProperty('data.cities');
        }
      }
  });

  it('a mutation without a right changes nothing', async () => {
    const job = await closed.app.services.jobs.start('UNCERTAINTY', () => new Promise(() => undefined));
    const text = `mutation { cancelJob(id: "${job.id}") { job { state } } }`;
    const before = await rowCounts(closed.app.database.dataSource);
    for (const headers of [
      {},
      bearer('crk_nothing'),
      bearer(await provider.sign({ exp: 1 })),
      bearer(await provider.sign({ scope: '' })),
    ])
      expect([401, 403]).toContain((await post(closed, text, headers)).statusCode);
    expect(await closed.app.services.jobs.get(job.id)).not.toMatchObject({ state: 'CANCELLED' });
    expect(await rowCounts(closed.app.database.dataSource)).toEqual(before);
    const cancelled = await post(closed, text, bearer(closed.keys.read));
    expect(cancelled.json()).toEqual({ data: { cancelJob: { job: { state: 'CANCELLED' } } } });
  });

  it('what admins and stewards see', async () => {
    const keys = json((await post(open, KEYS, bearer(open.keys.admin))).json());
    expect(keys.list('data', 'apiKeys', 'nodes').slice(0, 3)).toEqual([
      { publicId: open.keys.read.slice(4, 20), name: 'for read', scope: 'READ' },
      { publicId: open.keys.steward.slice(4, 20), name: 'for steward', scope: 'STEWARD' },
      { publicId: open.keys.admin.slice(4, 20), name: 'for admin', scope: 'ADMIN' },
    ]);
    const events = json((await post(closed, EVENTS, bearer(closed.keys.steward))).json());
    expect(events.list('data', 'auditEvents', 'nodes')).toContainEqual({
      actor: 'test',
      action: 'REVOKE_API_KEY',
      subject: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      details: [],
    });
  });
});

describe('every route', () => {
  it('that gives data is closed where reading is, and the rest is open', async () => {
    const statuses = async (headers: Record<string, string>): Promise<Record<string, number>> => {
      const asked = { '/health': {}, '/ready': {}, '/metrics': {}, '/': {}, '/nowhere': {} };
      const found: Record<string, number> = {};
      for (const url of Object.keys(asked)) found[url] = (await closed.app.http.inject({ url, headers })).statusCode;
      return found;
    };
    const plain = { '/health': 200, '/ready': 200, '/metrics': 200, '/': 302, '/nowhere': 404 };
    expect(await statuses({})).toEqual(plain);
    // Nobody is asked who they are there, so that a probe with the credentials of something else is answered, too.
    expect(await statuses({ authorization: 'Basic eDp5' })).toEqual(plain);
    const page = await closed.app.http.inject({ url: '/graphql', headers: { accept: 'text/html' } });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('is closed unless it says that it is open, those not written yet included', async () => {
    const http = fastify();
    guardRoutes(http, { admit: () => Promise.resolve({ refusal: invalidCredentials('no') }) });
    http.get('/new', () => 'data');
    http.get('/open', { config: { open: true } }, () => 'none');
    http.get('/some', { config: { open: ({ headers }) => headers['x'] === '1' } }, ({ principal }) => principal);
    const status = async (url: string, headers = {}): Promise<number> =>
      (await http.inject({ url, headers })).statusCode;
    expect([await status('/new'), await status('/open'), await status('/some'), await status('/nowhere')]).toEqual([
      401, 200, 401, 404,
    ]);
    expect((await http.inject({ method: 'HEAD', url: '/new' })).statusCode).toBe(401);
    // Where nobody is asked who they are, they may do nothing that takes a scope.
    expect((await http.inject({ url: '/some', headers: { x: '1' } })).json()).toMatchObject({ scope: null });
    await http.close();
  });

  it('HTML is not a way around', async () => {
    for (const method of ['POST', 'PUT', 'DELETE'] as const) {
      const headers = { accept: 'text/html', 'content-type': 'application/json' };
      const answer = await closed.app.http.inject({ method, url: '/graphql', headers, payload: { query: CITIES } });
      expect(answer.statusCode).toBe(401);
    }
    const both = { accept: 'text/html, application/json', 'apollo-require-preflight': '1' };
    expect(
      (await closed.app.http.inject({ url: '/graphql', headers: both, query: { query: CITIES } })).statusCode,
    ).toBe(401);
  });
});

it('files of a ranking are data', async () => {
  const asked = '{ ranking { digest files { url } } }';
  const digest = async (server: Guarded, headers: Record<string, string>): Promise<string> =>
    String(json((await post(server, asked, headers)).json()).at('data', 'ranking', 'digest'));
  const ask = ({ app }: Guarded, of: string, headers: Record<string, string>) =>
    app.http.inject({ url: `/rankings/${of}.csv`, headers });
  const hidden = await digest(closed, bearer(closed.keys.read));
  expect((await ask(closed, hidden, {})).statusCode).toBe(401);
  expect((await ask(closed, hidden, bearer('crk_x'))).statusCode).toBe(401);
  // Whether there is such a ranking is not told either.
  expect((await ask(closed, '0'.repeat(64), {})).statusCode).toBe(401);
  const given = await ask(closed, hidden, bearer(closed.keys.read));
  expect([given.statusCode, given.headers['cache-control']]).toEqual([200, 'private, max-age=31536000, immutable']);
  const shared = await ask(open, await digest(open, {}), {});
  expect([shared.statusCode, shared.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
});

describe('answers from memory', () => {
  const RANKING = JSON.stringify({ query: '{ ranking { rows(first: 1) { nodes { rank } } } }' });
  const ask = async ({ address }: Guarded, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${address}/graphql`, {
      method: 'POST',
      body: RANKING,
      headers: { 'content-type': 'application/json', ...headers },
    });

  it('are not given to who may not read, however often others asked', async () => {
    for (let time = 0; time < 3; time++) expect((await ask(closed, bearer(closed.keys.read))).status).toBe(200);
    for (let time = 0; time < 3; time++) {
      expect((await ask(closed)).status).toBe(401);
      expect((await ask(closed, bearer('crk_x'))).status).toBe(401);
    }
  });

  it('of somebody are not shared by caches on the way, nor given to whoever has bad credentials', async () => {
    for (let time = 0; time < 3; time++) expect((await ask(open)).status).toBe(200);
    expect((await ask(open, bearer('crk_x'))).status).toBe(401);
    const url = `${open.address}/graphql?query=${encodeURIComponent(CITIES)}`;
    const headers = { 'apollo-require-preflight': '1' };
    const seen = [];
    for (const more of [{}, bearer(open.keys.admin), {}, bearer(open.keys.admin)]) {
      const answer = await fetch(url, { headers: { ...headers, ...more } });
      seen.push(answer.headers.get('cache-control'));
      expect(answer.headers.get('vary')).toMatch(/Authorization, X-API-Key/);
    }
    expect(seen).toEqual(['public, no-cache', 'private, no-cache', 'public, no-cache', 'private, no-cache']);
  });

  it('what changes without a release is made anew', async () => {
    const count = async (): Promise<unknown> =>
      json((await post(open, '{ apiKeys { totalCount } }', bearer(open.keys.admin))).json()).at(
        'data',
        'apiKeys',
        'totalCount',
      );
    const before = await count();
    const { row } = makeKey({ name: 'one more', scope: 'read', expiresAt: null }, new Date());
    await new ApiKeyRepository(open.app.database.dataSource).add(row, { actor: 'test', occurredAt: row.createdAt });
    expect(await count()).toBe(Number(before) + 1);
  });
});

describe('subscriptions', () => {
  const RELEASES = 'subscription { releasePublished { version } }';

  /** What either client has in common. */
  interface Client {
    subscribe(
      request: { readonly query: string },
      sink: { next(value: unknown): void; error(error: unknown): void; complete(): void },
    ): unknown;
    dispose(): void | Promise<void>;
  }

  /** How a subscription ends, or what comes first of it; `open` where nothing comes for a while. */
  async function endOf(client: Client, query: string): Promise<unknown> {
    const outcome = new Promise((resolve) => {
      client.subscribe(
        { query },
        {
          next: resolve,
          error: resolve,
          complete: () => {
            resolve('complete');
          },
        },
      );
    });
    const end = await Promise.race([outcome, sleep(250, 'open')]);
    await client.dispose();
    return end;
  }

  async function overSocket(
    server: Guarded,
    connectionParams: Record<string, unknown>,
    query: string,
  ): Promise<unknown> {
    const client = createWsClient({
      url: `${server.address.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams,
      retryAttempts: 0,
    });
    return endOf(client, query);
  }

  async function overStream(server: Guarded, headers: Record<string, string>, query: string): Promise<unknown> {
    const client = createSseClient({ url: `${server.address}/graphql/stream`, headers, retryAttempts: 0 });
    return endOf(client, query);
  }

  it('WebSocket: the first message says who it is', async () => {
    const unauthorised = expect.objectContaining({ code: 4401 }) as unknown;
    expect(await overSocket(closed, {}, RELEASES)).toEqual(unauthorised);
    expect(await overSocket(closed, bearer('crk_x'), RELEASES)).toEqual(unauthorised);
    expect(await overSocket(open, bearer('crk_x'), RELEASES)).toEqual(unauthorised);
    expect(await overSocket(closed, { authorization: 7 }, RELEASES)).toEqual(unauthorised);
    expect(await overSocket(closed, bearer(closed.keys.read), RELEASES)).toBe('open');
    expect(await overSocket(closed, { 'X-API-Key': closed.keys.read }, RELEASES)).toBe('open');
    expect(await overSocket(closed, bearer(await provider.sign()), RELEASES)).toBe('open');
    expect(await overSocket(open, {}, RELEASES)).toBe('open');
  });

  it('server-sent events: the headers do', async () => {
    const refused = { response: expect.objectContaining({ status: 401 }) as unknown };
    expect(await overStream(closed, {}, RELEASES)).toMatchObject(refused);
    expect(await overStream(open, bearer('crk_x'), RELEASES)).toMatchObject(refused);
    expect(await overStream(closed, bearer(closed.keys.read), RELEASES)).toBe('open');
    expect(await overStream(open, {}, RELEASES)).toBe('open');
  });
});

describe('introspection', () => {
  const SCHEMA = '{ __schema { queryType { name } } }';

  it('is on unless it is switched off, for all', async () => {
    expect((await post(open, SCHEMA)).json()).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
    for (const text of [
      SCHEMA,
      '{ __type(name: "City") { name } }',
      '{ ...F } fragment F on Query { x: __schema { types { name } } }',
    ]) {
      const answer = await post(closed, text, bearer(closed.keys.admin));
      expect([answer.statusCode, codeOf(answer.body)]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    }
    expect((await post(closed, '{ __typename }', bearer(closed.keys.read))).statusCode).toBe(200);
  });
});

it('no key and no token is ever logged, at any level', async () => {
  const token = await provider.sign();
  const secrets = [closed.keys.read, closed.keys.admin, token, 'crk_0000000000000000_wrong'];
  for (const secret of secrets) {
    await post(closed, CITIES, bearer(secret));
    await post(closed, CITIES, { 'x-api-key': secret });
    await post(closed, '{ nonsense', bearer(secret));
  }
  const written = closed.lines.join('');
  expect(written).toContain('"url":"/graphql"');
  for (const secret of secrets) expect(written).not.toContain(secret.slice(21));
});
