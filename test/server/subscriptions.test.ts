import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient, type Client as WsClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { publishBundle } from '../../src/datasets';
import { removeFolders, SMALL_BUNDLE, writeFolder } from '../datasets/small-bundle';
import { Documents } from '../../src/server/documents';
import { RateLimiter } from '../../src/server/limits/rate-limit';
import { CostLimit } from '../../src/server/limits/cost-limit';
import { Ledger } from '../../src/rankings/ledger';
import { createSchema } from '../../src/resolvers/schema';
import { anonymous } from '../../src/server/access';
import { registerSubscriptions } from '../../src/server/subscriptions';
import { json, openApp, testConfig, type TestApp } from '../helpers/app';
import type { JobControl } from '../../src/rankings/job.service';
import type { JobFound } from '../../src/rankings/jobs';

/** What a client was given, in order: payloads, then how it ended. */
interface Received {
  readonly payloads: unknown[];
  /** `complete`, or what the client reports as the error. */
  end: unknown;
}

/** A client of either protocol. */
interface Subscriber {
  subscribe(query: string, variables?: Record<string, unknown>): { readonly received: Received; stop(): void };
  close(): void;
}

let app: TestApp;
let port: number;
const cleanUp: (() => unknown)[] = [];

async function listen(env: Record<string, string> = {}, logDestination?: { write(line: string): void }): Promise<void> {
  app = await openApp({ env, bundle: writeFolder(SMALL_BUNDLE), ...(logDestination && { logDestination }) });
  await app.http.listen({ port: 0, host: '127.0.0.1' });
  port = (app.http.server.address() as AddressInfo).port;
}

/** An application for the tests that leave it as it was. */
let shared: { readonly app: TestApp; readonly port: number } | null = null;

async function listenShared(): Promise<void> {
  if (!shared) {
    await listen();
    shared = { app, port };
  }
  ({ app, port } = shared);
}

afterEach(async () => {
  for (const action of cleanUp.splice(0)) await action();
  if (app !== shared?.app) await app.close();
});
afterAll(async () => {
  await shared?.app.close();
  removeFolders();
});

function sinkInto(received: Received) {
  return {
    next: (payload: unknown) => received.payloads.push(payload),
    error: (error: unknown) => (received.end = error),
    complete: () => (received.end ??= 'complete'),
  };
}

const wsClient = (origin?: string): WsClient =>
  createWsClient({
    url: `ws://127.0.0.1:${String(port)}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, origin === undefined ? {} : { headers: { origin } });
      }
    },
    retryAttempts: 0,
  });

const TRANSPORTS: Readonly<Record<string, (origin?: string) => Subscriber>> = {
  'graphql-ws': (origin) => {
    const client = wsClient(origin);
    return {
      subscribe(query, variables = {}) {
        const received: Received = { payloads: [], end: null };
        return { received, stop: client.subscribe({ query, variables }, sinkInto(received)) };
      },
      close: () => void client.dispose(),
    };
  },
  'graphql-sse': (origin) => {
    const client = createSseClient({
      url: `http://127.0.0.1:${String(port)}/graphql/stream`,
      ...(origin !== undefined && { headers: { origin } }),
      retryAttempts: 0,
    });
    return {
      subscribe(query, variables = {}) {
        const received: Received = { payloads: [], end: null };
        return { received, stop: client.subscribe({ query, variables }, sinkInto(received)) };
      },
      close: () => {
        client.dispose();
      },
    };
  },
};

function open(transport: string, origin?: string): Subscriber {
  const make = TRANSPORTS[transport];
  if (!make) throw new Error(transport);
  const client = make(origin);
  cleanUp.push(() => {
    client.close();
  });
  return client;
}

/** Waits until something holds, two seconds at most. */
async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 5) {
    if (waited > 2000) throw new Error('It did not come to that.');
    await sleep(5);
  }
}

/** Starts work that the test steers. */
async function startJob() {
  let control: JobControl | undefined;
  let finish: (result: JobFound) => void = () => undefined;
  const job = await app.services.jobs.start(
    'UNCERTAINTY',
    (given) =>
      new Promise((resolve, reject) => {
        control = given;
        finish = resolve;
        given.signal.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
      }),
  );
  return {
    id: job.id,
    progress: (done: number, total: number) => control?.onProgress(done, total),
    finish: () => {
      finish({ kind: 'RANK_REVERSALS', digest: '', found: [] });
    },
    isRunning: () => control !== undefined,
  };
}

const PROGRESS = 'subscription ($id: ID!) { jobProgress(id: $id) { kind state progress { done total } secondsLeft } }';
const states = ({ payloads }: Received): unknown[] =>
  payloads.map((payload) => json(payload).at('data', 'jobProgress', 'state'));
const codesOf = (errors: unknown): unknown[] =>
  json({ errors })
    .list('errors')
    .map((error) => json(error).at('extensions', 'code'));
/** The codes that a client was told, wherever its protocol puts them. */
const codes = ({ payloads, end }: Received): unknown[] =>
  Array.isArray(end) ? codesOf(end) : payloads.flatMap((payload) => codesOf(json(payload).at('errors')));

describe.each(Object.keys(TRANSPORTS))('over %s', (transport) => {
  it('a job is followed from its state now to its end', async () => {
    await listen();
    const job = await startJob();
    await until(job.isRunning);
    const { received } = open(transport).subscribe(PROGRESS, { id: job.id });
    await until(() => received.payloads.length === 1);
    await sleep(210);
    job.progress(3, 12);
    await until(() => received.payloads.length === 2);
    job.finish();
    await until(() => received.end !== null);
    expect(received.end).toBe('complete');
    expect(states(received)).toEqual(['RUNNING', 'RUNNING', 'DONE']);
    expect(json(received.payloads[1]).at('data', 'jobProgress', 'progress')).toEqual({ done: 3, total: 12 });
    expect(received.payloads[2]).toEqual({
      data: { jobProgress: { kind: 'UNCERTAINTY', state: 'DONE', progress: { done: 12, total: 12 }, secondsLeft: 0 } },
    });
  });

  it('cancelling by the mutation ends it', async () => {
    await listen();
    const job = await startJob();
    const { received } = open(transport).subscribe(PROGRESS, { id: job.id });
    await until(() => received.payloads.length === 1);
    const cancelled = await app.data(
      'mutation ($id: ID!) { cancelJob(id: $id) { job { state } userErrors { code } } }',
      {
        id: job.id,
      },
    );
    expect(cancelled.at('cancelJob')).toEqual({ job: { state: 'CANCELLED' }, userErrors: [] });
    await until(() => received.end !== null);
    expect(states(received)).toEqual(['RUNNING', 'CANCELLED']);
  });

  it('a new release is told to everybody who follows', async () => {
    await listen();
    const one = open(transport).subscribe('subscription { releasePublished { version cityCount } }');
    const two = open(transport).subscribe('subscription { releasePublished { version } }');
    const gone = open(transport).subscribe('subscription { releasePublished { version } }');
    await sleep(150);
    gone.stop();
    await sleep(50);
    const folder = writeFolder({
      ...SMALL_BUNDLE,
      'bundle.json': JSON.stringify({ name: 'small', version: '2', licence: 'CC0' }),
      'cities.csv': `${SMALL_BUNDLE['cities.csv']}d,Delta,,,,,,,,\n`,
    });
    const report = await publishBundle(app.database.dataSource, folder, {});
    expect(report.errors).toEqual([]);
    expect(await app.services.releases.refresh()).toBe(true);
    await until(() => one.received.payloads.length === 1 && two.received.payloads.length === 1);
    expect(one.received.payloads).toEqual([{ data: { releasePublished: { version: '2', cityCount: 4 } } }]);
    expect(one.received.end).toBeNull();
    expect(gone.received.payloads).toEqual([]);
  });

  it.each([
    ['an unknown job', PROGRESS, { id: 'nothing' }, 'NOT_FOUND'],
    ['what is not GraphQL', 'subscription {', {}, 'GRAPHQL_PARSE_FAILED'],
    ['what is not in the schema', 'subscription { weather }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a missing variable', PROGRESS, {}, 'BAD_INPUT'],
    ['a list that is too long', PROGRESS, { id: 'x', more: Array(1001).fill(1) }, 'BAD_INPUT'],
    [
      'too many aliases',
      `subscription { releasePublished { ${Array.from({ length: 40 }, (_, i) => `v${String(i)}: version`).join(' ')} } }`,
      {},
      'ALIASES_EXCEEDED',
    ],
    ['too many tokens', `subscription { releasePublished { ${'version '.repeat(2100)} } }`, {}, 'TOKENS_EXCEEDED'],
    ['a query', '{ releases { totalCount } }', {}, 'WRONG_TRANSPORT'],
    ['a mutation', 'mutation { cancelJob(id: "x") { job { id } } }', {}, 'WRONG_TRANSPORT'],
  ])('%s is refused', async (_name, query, variables, code) => {
    await listenShared();
    const { received } = open(transport).subscribe(query, variables);
    await until(() => received.end !== null);
    expect(codes(received)).toEqual([code]);
    expect(JSON.stringify(received)).not.toMatch(/stack|node_modules|\.ts:/);
  });

  it('what is too deep is refused', async () => {
    await listen({ LIMIT_DEPTH: '3' });
    const deep = open(transport).subscribe(
      'subscription { jobProgress(id: "x") { result { ranking { rows { nodes { rank } } } } } }',
    );
    await until(() => deep.received.end !== null);
    expect(codes(deep.received)).toContain('DEPTH_EXCEEDED');
  });

  it('an unexpected error is logged under an id, and nothing of it is told', async () => {
    const lines: string[] = [];
    await listen({ LOG_LEVEL: 'error' }, { write: (line) => lines.push(line) });
    jest.spyOn(app.services.releases, 'followReleases').mockImplementation(() => {
      throw new Error('secret');
    });
    const { received } = open(transport).subscribe('subscription { releasePublished { version } }');
    await until(() => received.end !== null);
    const [error] = json(received.payloads[0]).list('errors');
    const requestId = json(error).at('extensions', 'requestId');
    expect(error).toMatchObject({ message: 'Unexpected error', extensions: { code: 'INTERNAL' } });
    expect(JSON.stringify(received)).not.toContain('secret');
    expect(lines.filter((line) => line.includes('secret') && line.includes(String(requestId)))).toHaveLength(1);
  });

  it('pages of foreign origins are refused; its own, listed ones and programs are not', async () => {
    await listen({ CORS_ORIGINS: 'https://friend.example' });
    const { id, finish } = await startJob();
    await sleep(10);
    finish();
    await sleep(10);
    const follow = async (origin?: string): Promise<Received> => {
      const { received } = open(transport, origin).subscribe(PROGRESS, { id });
      await until(() => received.end !== null);
      return received;
    };
    for (const origin of ['https://friend.example', `http://127.0.0.1:${String(port)}`, undefined])
      expect(states(await follow(origin))).toEqual(['DONE']);
    for (const origin of ['https://foe.example', 'null', `http://127.0.0.1:${String(port + 1)}`, 'http://127.0.0.1']) {
      const received = await follow(origin);
      expect([received.payloads, received.end === 'complete']).toEqual([[], false]);
    }
  });

  it('connections are limited, and a place is free again when one has ended', async () => {
    await listen({ SUBSCRIPTION_CONNECTIONS: '2' });
    const { id } = await startJob();
    const clients = [open(transport), open(transport)];
    const followed = clients.map((client) => client.subscribe(PROGRESS, { id }));
    await until(() => followed.every(({ received }) => received.payloads.length === 1));
    const refused = open(transport).subscribe(PROGRESS, { id });
    await until(() => refused.received.end !== null);
    expect([refused.received.payloads, refused.received.end === 'complete']).toEqual([[], false]);
    followed[0]?.stop();
    clients[0]?.close();
    await sleep(100);
    const next = open(transport).subscribe(PROGRESS, { id });
    await until(() => next.received.payloads.length === 1);
  });

  it('when the server stops, jobs are cancelled, followers told, and connections closed at once', async () => {
    await listen();
    const job = await startJob();
    const followed = open(transport).subscribe(PROGRESS, { id: job.id });
    const endless = open(transport).subscribe('subscription { releasePublished { version } }');
    await until(() => followed.received.payloads.length === 1);
    await sleep(50);
    const began = performance.now();
    await app.close();
    expect(performance.now() - began).toBeLessThan(1500);
    await until(() => endless.received.end !== null);
    expect(states(followed.received)).toEqual(['RUNNING', 'CANCELLED']);
    expect(followed.received.end).toBe('complete');
    // It is not complete: whoever still wants it may connect again.
    expect(endless.received.end).not.toBe('complete');
    await listen();
  });
});

describe('WebSocket', () => {
  it('a socket has ten subscriptions at most; an eleventh does not hurt the others', async () => {
    await listen();
    const client = open('graphql-ws');
    const job = await startJob();
    const many = Array.from({ length: 10 }, () => client.subscribe(PROGRESS, { id: job.id }));
    await until(() => many.every(({ received }) => received.payloads.length === 1));
    const eleventh = client.subscribe(PROGRESS, { id: job.id });
    await until(() => eleventh.received.end !== null);
    expect(codes(eleventh.received)).toEqual(['TOO_MANY_SUBSCRIPTIONS']);
    many[0]?.stop();
    await sleep(30);
    const next = client.subscribe(PROGRESS, { id: job.id });
    await until(() => next.received.payloads.length === 1);
    job.finish();
    await until(() => many.slice(1).every(({ received }) => received.end === 'complete'));
  });

  /** A socket without a client, and how it ends. */
  function rawSocket(
    path = '/graphql',
    protocol = 'graphql-transport-ws',
  ): { socket: WebSocket; closed: Promise<number> } {
    const socket = new WebSocket(`ws://127.0.0.1:${String(port)}${path}`, protocol);
    cleanUp.push(() => {
      socket.terminate();
    });
    socket.on('error', () => undefined);
    return { socket, closed: new Promise((resolve) => socket.once('close', resolve)) };
  }

  it.each([
    ['what is no message', 'hello', 4400],
    ['a subscription before the first message', '{"id":"1","type":"subscribe","payload":{"query":"{ a }"}}', 4401],
    ['a message that is too large', JSON.stringify({ type: 'ping', payload: { x: 'x'.repeat(200_000) } }), 1009],
    ['a second first message', '{"type":"connection_init"}', 4429],
  ])('%s closes the socket', async (_name, message, code) => {
    await listenShared();
    const { socket, closed } = rawSocket();
    await new Promise((resolve) => socket.once('open', resolve));
    if (code === 4429) socket.send(message);
    socket.send(message);
    expect(await closed).toBe(code);
  });

  it('is at /graphql alone and speaks one protocol', async () => {
    await listenShared();
    const elsewhere = rawSocket('/elsewhere');
    const status = await new Promise((resolve) =>
      elsewhere.socket.once('unexpected-response', (_request, response) => {
        resolve(response.statusCode);
        response.resume();
      }),
    );
    expect(status).toBe(404);
    expect(await rawSocket('/graphql', 'graphql-ws').closed).toBeGreaterThan(1000);
  });

  it.each([
    ['https://foe.example', 403, 'ORIGIN_NOT_ALLOWED'],
    [undefined, 503, 'TOO_MANY_SUBSCRIPTIONS'],
  ])('a refusal says why (origin %s)', async (origin, status, code) => {
    await listen({ SUBSCRIPTION_CONNECTIONS: '0' });
    const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const request = httpRequest({
        port,
        host: '127.0.0.1',
        path: '/graphql',
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': Buffer.alloc(16).toString('base64'),
          ...(origin !== undefined && { origin }),
        },
      });
      request.once('response', (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.once('end', () => {
          resolve({ status: response.statusCode, text });
        });
      });
      request.once('error', reject);
      request.end();
    });
    expect(answer.status).toBe(status);
    expect(codesOf(json(JSON.parse(answer.text)).at('errors'))).toEqual([code]);
  });
});

describe('server-sent events', () => {
  const inject = (options: Record<string, unknown>, headers: Record<string, string> = {}) =>
    app.http.inject({ url: '/graphql/stream', headers: { accept: 'text/event-stream', ...headers }, ...options });

  it('an EventSource asks by GET', async () => {
    await listenShared();
    const job = await startJob();
    await app.services.jobs.cancel(job.id);
    const answer = await inject({
      method: 'GET',
      query: { query: PROGRESS, variables: JSON.stringify({ id: job.id }) },
    });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-request-id': expect.any(String) as string,
    });
    expect(answer.body).toBe(
      ':\n\nevent: next\ndata: {"data":{"jobProgress":{"kind":"UNCERTAINTY","state":"CANCELLED","progress":null,"secondsLeft":0}}}\n\nevent: complete\ndata:\n\n',
    );
  });

  it.each([
    ['no accepted stream', { method: 'POST', payload: { query: '{ a }' } }, { accept: 'application/json' }, 406],
    ['a list', { method: 'POST', payload: [] }, {}, 400],
    ['variables that are not JSON', { method: 'GET', query: { query: '{ a }', variables: '{' } }, {}, 400],
    [
      'a form, which a foreign page could send',
      { method: 'POST', payload: 'query=x' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
    ],
    [
      'plain text, which a foreign page could send',
      { method: 'POST', payload: '{}' },
      { 'content-type': 'text/plain' },
      415,
    ],
    ['the other mode of the protocol', { method: 'PUT' }, {}, 404],
  ])('%s is refused', async (_name, options, headers, status) => {
    await listenShared();
    const answer = await inject(options, headers);
    expect(answer.statusCode).toBe(status);
    expect(codesOf(json(answer.json()).at('errors'))).toHaveLength(1);
  });

  it('variables that the address gives twice are refused', async () => {
    await listenShared();
    const query = new URLSearchParams([
      ['query', PROGRESS],
      ['variables', '{}'],
      ['variables', '{}'],
    ]);
    const answer = await inject({ method: 'GET', query: query.toString() });
    expect([answer.statusCode, codesOf(json(answer.json()).at('errors'))]).toEqual([400, ['BAD_REQUEST']]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['without a query', {}, 'BAD_REQUEST'],
    ['a query that is no text', { query: 1 }, 'BAD_REQUEST'],
    ['a name that is no text', { query: PROGRESS, operationName: 1 }, 'BAD_REQUEST'],
    ['variables that are no object', { query: PROGRESS, variables: [] }, 'BAD_REQUEST'],
    ['no operation of that name', { query: PROGRESS, operationName: 'Other' }, 'OPERATION_RESOLUTION_FAILURE'],
    [
      'two operations and no name',
      { query: 'subscription A { releasePublished { digest } } subscription B { releasePublished { version } }' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('%s: one answer with the error, and the end', async (_name, payload, code) => {
    await listenShared();
    const { statusCode, body } = await inject({ method: 'POST', payload });
    expect(statusCode).toBe(200);
    const [, first = 'null'] = /\nevent: next\ndata: (.*)\n/.exec(body) ?? [];
    expect(codesOf(json(JSON.parse(first)).at('errors'))).toEqual([code]);
    expect(body.endsWith('\nevent: complete\ndata:\n\n')).toBe(true);
  });
});

describe('signs of life', () => {
  const WAIT_MS = 40;
  let http: FastifyInstance;
  let admitted: IncomingHttpHeaders[];
  let holds: boolean;

  /** The transports alone, with a subscription that says nothing. */
  async function listenAlone(): Promise<void> {
    await listen();
    admitted = [];
    holds = true;
    http = fastify();
    const schema = createSchema();
    const { limits } = testConfig();
    registerSubscriptions(http, {
      config: { ...testConfig(), subscriptionConnections: 5 },
      schema,
      documents: new Documents({ schema, limits, rules: [], suggestions: false }),
      costLimit: new CostLimit(schema, limits, new RateLimiter(0), () => null),
      inputLimits: limits,
      clientOf: () => 'x',
      limiter: new RateLimiter(0),
      guard: { refusalOf: () => null },
      authenticator: {
        admit: (headers) => {
          admitted.push(headers);
          return Promise.resolve({ principal: anonymous(true) });
        },
        stillAdmits: () => Promise.resolve(holds),
      },
      contextOf: (caller) => {
        const { id: requestId, principal, client, log } = caller;
        const life = new AbortController();
        const ledger = new Ledger(Infinity);
        return { ...app.services, ledger, requestId, principal, client, log, life, argumentLimits: limits };
      },
      formatErrors: (errors) => errors.map((error) => error.toJSON()),
      keepAliveMs: WAIT_MS,
      helloMs: 3 * WAIT_MS,
    });
    await http.listen({ port: 0, host: '127.0.0.1' });
    port = (http.server.address() as AddressInfo).port;
    cleanUp.push(() => http.close());
  }

  it('a socket that answers no ping is ended, one that does is not', async () => {
    await listenAlone();
    const end = async (autoPong: boolean): Promise<string> => {
      const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/graphql`, 'graphql-transport-ws', { autoPong });
      cleanUp.push(() => {
        socket.terminate();
      });
      await new Promise((resolve) => socket.once('open', resolve));
      socket.send('{"type":"connection_init"}');
      const closed = new Promise<string>((resolve) =>
        socket.once('close', (code) => {
          resolve(`closed ${String(code)}`);
        }),
      );
      return Promise.race([closed, sleep(6 * WAIT_MS, 'open')]);
    };
    expect(await end(true)).toBe('open');
    expect(await end(false)).toBe('closed 1006');
  });

  it('a socket that says nothing at first is closed', async () => {
    await listenAlone();
    const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/graphql`, 'graphql-transport-ws');
    expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(4408);
  });

  it('a stream of events is given comments', async () => {
    await listenAlone();
    const gone = new AbortController();
    const answer = await fetch(
      `http://127.0.0.1:${String(port)}/graphql/stream?query=${encodeURIComponent('subscription { releasePublished { version } }')}`,
      { headers: { accept: 'text/event-stream' }, signal: gone.signal },
    );
    let text = '';
    const decoder = new TextDecoder();
    const reader = answer.body?.getReader();
    while (reader && text.length < 9) text += decoder.decode((await reader.read()).value);
    expect(text).toBe(':\n\n:\n\n:\n\n');
    gone.abort();
  });

  it('a key that is revoked, or a token that expires, ends what is open', async () => {
    await listenAlone();
    const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/graphql`, 'graphql-transport-ws');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('{"type":"connection_init"}');
    const stream = await fetch(
      `http://127.0.0.1:${String(port)}/graphql/stream?query=${encodeURIComponent('subscription { releasePublished { version } }')}`,
      { headers: { accept: 'text/event-stream' } },
    );
    await sleep(3 * WAIT_MS);
    expect([socket.readyState, stream.status]).toEqual([WebSocket.OPEN, 200]);
    holds = false;
    expect(await closed).toBe(4401);
    // It ends, and does not say that the operation is complete, so that the client asks again and is told.
    expect(await stream.text()).toMatch(/^(:\n\n)+$/);
  });

  it('what the first message says of authorisation stands for headers', async () => {
    await listenAlone();
    const client = createWsClient({
      url: `ws://127.0.0.1:${String(port)}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { Authorization: 'Bearer abc', cookie: 'no', 'X-Api-Key': 7 },
    });
    const received: Received = { payloads: [], end: null };
    client.subscribe({ query: PROGRESS, variables: { id: 'x' } }, sinkInto(received));
    await until(() => received.end !== null);
    await client.dispose();
    // For the connection, and again for the operation.
    expect(admitted).toHaveLength(2);
    for (const headers of admitted) {
      expect(headers).toMatchObject({ authorization: 'Bearer abc', host: `127.0.0.1:${String(port)}` });
      expect(headers).not.toHaveProperty('cookie');
      expect(headers).not.toHaveProperty('x-api-key');
    }
  });
});

it('open connections and jobs are measured', async () => {
  await listen();
  const { id } = await startJob();
  const { received } = open('graphql-ws').subscribe(PROGRESS, { id });
  await until(() => received.payloads.length === 1);
  const { body } = await app.http.inject('/metrics');
  expect(body).toContain('jobs{state="running"} 1');
  expect(body).toContain('jobs{state="waiting"} 0');
  expect(body).toContain('subscription_connections 1');
});

it('a subscription is not answered over POST', async () => {
  await listenShared();
  const { status, body } = await app.query('subscription { releasePublished { version } }');
  expect([status, body.data]).not.toEqual([200, expect.anything()]);
  expect(codesOf(body.errors)).toEqual(['WRONG_TRANSPORT']);
});
