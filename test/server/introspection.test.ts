import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { openApp, type TestApp } from '../helpers/app';

/** Ways to ask for the schema; each names a field of introspection that is to be refused. */
const WAYS: readonly (readonly [string, string])[] = [
  ['__schema', '{ __schema { queryType { name } } }'],
  ['__type', '{ __type(name: "City") { fields { name } } }'],
  ['an alias', '{ city: __schema { types { name } } }'],
  ['a variable', 'query ($name: String = "City") { __type(name: $name) { name } }'],
  ['a directive', '{ __schema @include(if: true) { types { name } } }'],
  ['a fragment', '{ ...A } fragment A on Query { __schema { types { name } } }'],
  [
    'fragments in fragments',
    '{ ... on Query { ... { ...A } } } fragment A on Query { ...B } fragment B on Query { __type(name: "City") { name } }',
  ],
  ['a field beside it', '{ __typename city(code: "1") { code } __schema { types { name } } }'],
  ['a field inside of the types', '{ __schema { __typename } }'],
];

interface Seen {
  readonly data?: unknown;
  readonly codes: readonly unknown[];
}
interface Result {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> | undefined }[] | undefined;
}
const seen = ({ data, errors = [] }: Result): Seen => ({
  ...(data != null && { data }),
  codes: errors.map(({ extensions }) => extensions?.['code']),
});

let app: TestApp;
let port: number;
beforeAll(async () => {
  app = await openApp({ env: { INTROSPECTION: 'false' }, bundle: null });
  await app.http.listen({ port: 0, host: '127.0.0.1' });
  port = (app.http.server.address() as AddressInfo).port;
});
afterAll(() => app.close());

const get = async (parameters: Record<string, string>): Promise<Seen> => {
  const url = `/graphql?${new URLSearchParams(parameters).toString()}`;
  return seen((await app.http.inject({ url, headers: { 'apollo-require-preflight': '1' } })).json<Result>());
};
const post = async (payload: object): Promise<Seen> =>
  seen((await app.http.inject({ method: 'POST', url: '/graphql', payload })).json<Result>());

/** What a subscription client is told first. */
const first = (subscribe: (sink: { next(r: Result): void; error(e: unknown): void; complete(): void }) => unknown) =>
  new Promise<Seen>((resolve) => {
    subscribe({
      next: (result) => {
        resolve(seen(result));
      },
      error: (errors) => {
        resolve(seen({ errors: errors as Result['errors'] }));
      },
      complete: () => {
        resolve({ codes: [] });
      },
    });
  });

const TRANSPORTS: Readonly<Record<string, (query: string) => Promise<Seen>>> = {
  POST: (query) => post({ query }),
  GET: (query) => get({ query }),
  'POST by hash': (query) => {
    const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') };
    return post({ query, extensions: { persistedQuery } });
  },
  async 'graphql-ws'(query) {
    const client = createWsClient({
      url: `ws://127.0.0.1:${String(port)}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    const told = await first((sink) => client.subscribe({ query }, sink));
    await client.dispose();
    return told;
  },
  async 'graphql-sse'(query) {
    const client = createSseClient({ url: `http://127.0.0.1:${String(port)}/graphql/stream`, retryAttempts: 0 });
    const told = await first((sink) => client.subscribe({ query }, sink));
    client.dispose();
    return told;
  },
};

describe.each(Object.entries(TRANSPORTS))('introspection that is switched off, over %s', (_, ask) => {
  it.each(WAYS)('by %s is refused', async (_way, query) => {
    expect(await ask(query)).toEqual({ codes: expect.arrayContaining(['GRAPHQL_VALIDATION_FAILED']) as unknown });
  });
});

it('names of types are told all the same, which clients need', async () => {
  for (const ask of [TRANSPORTS['POST'], TRANSPORTS['GET']])
    expect(await ask?.('{ __typename }')).toEqual({ data: { __typename: 'Query' }, codes: [] });
});

it('a refused document is not kept under its hash', async () => {
  const query = '{ __schema { queryType { name } } }';
  const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') };
  expect(await post({ extensions: { persistedQuery } })).toEqual({ codes: ['PERSISTED_QUERY_NOT_FOUND'] });
});
