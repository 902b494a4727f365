import { createHash } from 'node:crypto';
import { ApiKeyRepository } from '../../../src/entities';
import { makeKey } from '../../../src/server/access';
import { removeFolders, SMALL_BUNDLE, writeFolder } from '../../datasets/small-bundle';
import { openApp, type TestApp } from '../../helpers/app';

let app: TestApp;
let address: string;
const written: string[] = [];
beforeAll(async () => {
  app = await openApp({
    bundle: writeFolder(SMALL_BUNDLE),
    env: { LOG_LEVEL: 'info' },
    logDestination: { write: (line) => written.push(line) },
  });
  address = await app.http.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await app.close();
  removeFolders();
});

/** The lines of one request, parsed; each must be one line of JSON. */
async function linesOf(work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  written.length = 0;
  await work();
  for (const line of written) expect(line).toMatch(/^[\x20-\x7e\u00a0-\uffff]*\n$/);
  return written.map((line) => JSON.parse(line) as Record<string, unknown>);
}
const post = (payload: unknown, headers: Record<string, string> = {}) =>
  app.http.inject({ method: 'POST', url: '/graphql', headers, payload: payload as object });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

it('a request is one line: who, what, how it ended', async () => {
  const query = 'query Top($n: Int) { ranking { digest rows(first: $n) { nodes { rank } } } }';
  let id: unknown;
  const [line, ...more] = await linesOf(async () => {
    id = (await post({ query, variables: { n: 2 }, operationName: 'Top' })).headers['x-request-id'];
  });
  expect(more).toEqual([]);
  expect(line).toEqual({
    level: 30,
    time: expect.any(Number) as number,
    pid: expect.any(Number) as number,
    hostname: expect.any(String) as string,
    reqId: id,
    method: 'POST',
    route: '/graphql',
    status: 200,
    ms: expect.any(Number) as number,
    kind: 'query',
    operation: 'Top',
    hash: sha256(query),
    nodes: expect.any(Number) as number,
    cost: expect.any(Number) as number,
    from: 'made',
    msg: 'request',
  });
  expect(line?.['cost']).toBeGreaterThan(0);
});

it('an answer from memory says so, and has spent nothing', async () => {
  const query = 'query Memory { cities { totalCount } }';
  await post({ query });
  const [line] = await linesOf(() => post({ query, operationName: 'Memory' }));
  // Asked for under another spelling, it is another request; under the same it is found.
  const [again] = await linesOf(() => post({ query }));
  expect(line).toMatchObject({ from: 'made', operation: 'Memory', hash: sha256(query) });
  expect(again).toMatchObject({ from: 'memory', hash: sha256(query), status: 200 });
  expect(again).not.toHaveProperty('cost');
});

it('errors are told by their codes, and whatever did not run has no kind', async () => {
  const [partial] = await linesOf(() =>
    post({ query: '{ city(code: "zz") { name } ranking(input: { year: 1 }) { digest } }' }),
  );
  expect(partial).toMatchObject({ status: 200, kind: 'query', codes: [expect.any(String)] });
  const [invalid] = await linesOf(() => post({ query: '{ nothing }' }));
  expect(invalid).toMatchObject({ status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'], hash: sha256('{ nothing }') });
  for (const field of ['kind', 'operation', 'from']) expect(invalid).not.toHaveProperty(field);
  const [broken] = await linesOf(() => post({ query: '{' }));
  expect(broken).toMatchObject({ status: 400, codes: ['GRAPHQL_PARSE_FAILED'] });
  const [refused] = await linesOf(() => post({ query: '{ apiKeys { totalCount } }' }));
  expect(refused).toMatchObject({ status: 401, kind: 'query', codes: ['UNAUTHENTICATED'] });
});

it('whoever has a key is named by its public id', async () => {
  const { key, row } = makeKey({ name: 'x', scope: 'admin', expiresAt: null }, new Date());
  await new ApiKeyRepository(app.database.dataSource).add(row, { actor: 'test', occurredAt: row.createdAt });
  const [line] = await linesOf(() => post({ query: '{ apiKeys { totalCount } }' }, { authorization: `Bearer ${key}` }));
  expect(line).toMatchObject({ status: 200, by: row.publicId });
  const [wrong] = await linesOf(() => post({ query: '{ apiKeys { totalCount } }' }, { 'x-api-key': `${key}x` }));
  expect(wrong).toMatchObject({ status: 401, route: '/graphql' });
  expect(written.join('')).not.toContain(key.slice(21));
});

it.each([
  ['a line break', 'a\n{"level":60,"msg":"forged"}'],
  ['a carriage return', 'a\rb'],
  ['colours of a terminal', '\u001b[2J\u001b[31mred'],
  ['colours in one character', '\u009b31m'],
  ['a separator of lines', 'a\u2028b'],
  ['quotes', '","forged":"yes'],
  ['a lone surrogate', '\ud800'],
  ['an object', { toString: 1 }],
  ['great length', 'x'.repeat(50_000)],
])('nobody writes into the log by an operation name with %s', async (_name, operationName) => {
  const lines = await linesOf(() => post({ query: 'query A { __typename }', operationName }));
  expect(lines).toHaveLength(1);
  const text = written.join('');
  expect(text.length).toBeLessThan(700);
  expect(text).not.toMatch(/forged|red|31m/);
});

it('neither documents nor variables are told', async () => {
  await linesOf(() =>
    post({ query: 'query ($secret: String!) { city(code: $secret) { name } }', variables: { secret: 'hush-hush' } }),
  );
  await linesOf(() => post({ query: '{ city(code: "whisper") { name } }' }));
  expect(written.join('')).not.toMatch(/hush|whisper|\{ name \}/);
});

it('probes and addresses that are none leave no line; files and subscriptions do', async () => {
  for (const url of ['/health', '/ready', '/metrics', '/', '/nowhere\u0000%0a'])
    expect(await linesOf(() => app.http.inject({ url }))).toEqual([]);
  const digest = String((await app.data('{ ranking { digest files { url } } }')).at('ranking', 'digest'));
  expect(await linesOf(() => app.http.inject({ url: `/rankings/${digest}.csv` }))).toMatchObject([
    { msg: 'request', method: 'GET', route: '/rankings/:name', status: 200 },
  ]);
  const query = 'subscription Follow { jobProgress(id: "none") { state } }';
  const lines = await linesOf(() =>
    app.http.inject({
      method: 'POST',
      url: '/graphql/stream',
      headers: { accept: 'text/event-stream' },
      payload: { query, operationName: 'Follow' },
    }),
  );
  expect(lines).toMatchObject([
    { msg: 'subscription', kind: 'subscription', operation: 'Follow', hash: sha256(query) },
    { msg: 'request', route: '/graphql/stream', status: 200 },
  ]);
  const refused = await linesOf(() =>
    app.http.inject({
      method: 'POST',
      url: '/graphql/stream',
      headers: { accept: 'text/event-stream' },
      payload: { query: '{' },
    }),
  );
  expect(refused[0]).toMatchObject({ msg: 'subscription', codes: ['GRAPHQL_PARSE_FAILED'] });
});

it('what is answered before it is read has no line', async () => {
  const body = JSON.stringify({ query: '{ frameworks { totalCount } }' });
  const ask = (): Promise<Response> =>
    fetch(`${address}/graphql`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  const counts: number[] = [];
  for (let time = 0; time < 4; time++) counts.push((await linesOf(async () => (await ask()).text())).length);
  expect(counts.slice(2)).toEqual([0, 0]);
  expect(counts[0]).toBe(1);
});
