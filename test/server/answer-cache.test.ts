import { RankingService } from '../../src/rankings/ranking.service';
import { readExamples } from '../../src/server/graphiql';
import { acceptedEncodings, Answer, AnswerCache, canonicalJson, noneMatch } from '../../src/server/answer-cache';
import { openApp, type TestApp } from '../helpers/app';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request } from 'node:http';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Over a real socket, since kept answers are sent before Fastify; `fetch` would decompress and add headers. */
function send(address: string, { method = 'POST', path = '/graphql', headers = {}, body }: Sent): Promise<Reply> {
  return new Promise((resolve, reject) => {
    // A connection of its own: one that is kept may be closed by the server at the moment that it is used again.
    const sent = request(`${address}${path}`, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const PREFLIGHT = { 'apollo-require-preflight': '1' };
const RANKING = '{ ranking { digest rows(first: 20) { nodes { rank score city { code name } } } } }';

let app: TestApp;
let plain: TestApp;
let at: string;
let plainAt: string;
beforeAll(async () => {
  app = await openApp();
  plain = await openApp({ env: { ANSWER_CACHE_MIB: '0' } });
  at = await app.http.listen({ port: 0, host: '127.0.0.1' });
  plainAt = await plain.http.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await app.close();
  await plain.close();
});

const ask = (query: string, rest: object = {}, headers: Record<string, string> = {}): Promise<Reply> =>
  send(at, { headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify({ query, ...rest }) });

/** Everything but what differs from one answer to the next. */
const stable = ({ status, headers, body }: Reply): unknown => {
  const kept = Object.entries(headers).filter(([name]) => !['date', 'x-request-id'].includes(name));
  return { status, headers: Object.fromEntries(kept.sort()), body: body.toString() };
};

describe('with and without kept answers', () => {
  it.each(readExamples().map(({ name, query }) => [name, query]))('%s is the same, byte by byte', async (_, query) => {
    const body = JSON.stringify({ query });
    const first = await send(at, { headers: JSON_TYPE, body });
    const second = await send(at, { headers: JSON_TYPE, body });
    const without = await send(plainAt, { headers: JSON_TYPE, body });
    expect(second.status).toBe(200);
    expect(stable(second)).toEqual(stable(first));
    expect(stable(second)).toEqual(stable(without));
    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
  });

  it('the second answer does not reach the resolvers', async () => {
    const rank = jest.spyOn(RankingService.prototype, 'rank');
    const query = '{ ranking { digest warnings { code } } }';
    await ask(query);
    const calls = rank.mock.calls.length;
    await ask(query);
    expect([calls > 0, rank.mock.calls.length]).toEqual([true, calls]);
    rank.mockRestore();
  });

  it('errors and what changes without a release are made anew', async () => {
    const list = jest.spyOn(app.services.catalogue, 'observations');
    for (let time = 0; time < 2; time++) await ask('{ observations { totalCount } }');
    expect(list).toHaveBeenCalledTimes(2);
    list.mockRestore();
    const rank = jest.spyOn(RankingService.prototype, 'rank');
    for (let time = 0; time < 2; time++) {
      const { body } = await ask('{ ranking(input: { year: 1900 }) { digest } }');
      expect(body.toString()).toContain('"errors"');
    }
    expect(rank).toHaveBeenCalledTimes(2);
    rank.mockRestore();
  });

  it('a new release empties it', () => {
    let release = 'a';
    const cache = new AnswerCache(1_000_000, () => release);
    const input = { query: '{ a }', operationName: undefined, variables: {}, extensions: {}, accept: '', rights: 'x' };
    const key = cache.keyOf(input) ?? '';
    cache.keep(key, new Answer(Buffer.from('{}'), 'application/json', 'no-cache'));
    cache.learn('spelt', key);
    expect(cache.bySpelling('spelt')).toBeDefined();
    release = 'b';
    expect(cache.bySpelling('spelt')).toBeUndefined();
    expect([cache.size, cache.keyOf(input) === key]).toEqual([0, false]);
  });
});

describe('what a request means (attack 43)', () => {
  const base = { query: '{ a }', operationName: undefined, variables: {}, extensions: {}, accept: '', rights: 'r' };
  const cache = new AnswerCache(1000, () => 'release');
  const keyOf = (change: object): string | null => cache.keyOf({ ...base, ...change });
  const parsed = (text: string): string | null => keyOf({ variables: JSON.parse(text) as unknown });

  it.each([
    ['{"w":1}', '{"w":1.0}'],
    ['{"w":1}', '{ "w" : 1e0 }'],
    ['{"a":1,"b":[{"c":2,"d":3}]}', '{"b":[{"d":3,"c":2}],"a":1}'],
    ['{"a":"é"}', '{"a":"\\u00e9"}'],
  ])('%s and %s are one', (a, b) => {
    expect(parsed(a)).toBe(parsed(b));
  });

  it.each([
    ['{"w":1}', '{"w":"1"}'],
    ['{"w":0}', '{"w":-0}'],
    ['{"w":null}', '{}'],
    ['{"w":[1,2]}', '{"w":[2,1]}'],
    ['{"w":[1]}', '{"w":{"0":1}}'],
    ['{"w":[12]}', '{"w":[1,2]}'],
    ['{"a":"é"}', '{"a":"e\\u0301"}'],
    ['{"a":{"b":1}}', '{"a":1,"b":1}'],
  ])('%s and %s are two', (a, b) => {
    expect(parsed(a)).not.toBe(parsed(b));
  });

  it('document, operation, extensions, type and rights tell answers apart', () => {
    const changes = [
      {},
      { query: '{ b }' },
      { operationName: 'a' },
      { extensions: { a: 1 } },
      { accept: 'x' },
      { rights: 's' },
    ];
    expect(new Set(changes.map(keyOf)).size).toBe(changes.length);
  });

  it('nothing is kept for what is nested beyond sense', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 60_000; level++) deep = [deep];
    expect(canonicalJson(deep)).toBeNull();
  });

  it('over HTTP: the same numbers and keys in another order get the right answer', async () => {
    const query = 'query ($i: RankingInput) { ranking(input: $i) { year digest } }';
    const bodies = ['{"year":2020}', '{"year":2020.0}', '{"year":202e1}', '{"year":null}'].map(
      (input) => `{"query":${JSON.stringify(query)},"variables":{"i":${input}}}`,
    );
    const kept = await Promise.all(bodies.map((body) => send(at, { headers: JSON_TYPE, body })));
    const fresh = await Promise.all(bodies.map((body) => send(plainAt, { headers: JSON_TYPE, body })));
    expect(kept.map(({ body }) => body.toString())).toEqual(fresh.map(({ body }) => body.toString()));
  });
});

it('is bounded in bytes, and what is asked for again stays (attack 44)', () => {
  const cache = new AnswerCache(1024 * 1024, () => 'release');
  const base = { query: '{ a }', operationName: undefined, extensions: {}, accept: '', rights: 'r' };
  const hot = cache.keyOf({ ...base, variables: { hot: true } }) ?? '';
  const body = Buffer.alloc(18 * 1024);
  const answer = (): Answer => new Answer(body, 'application/json', 'no-cache');
  cache.keep(hot, answer());
  cache.learn('hot', hot);
  let hits = 0;
  for (let n = 0; n < 100_000; n++) {
    const key = cache.keyOf({ ...base, variables: { w: n } }) ?? '';
    cache.keep(key, answer());
    cache.learn(`w${String(n)}`, key);
    if (n % 10 === 0 && cache.bySpelling('hot')) hits++;
  }
  expect(hits).toBe(10_000);
  expect(cache.bytes).toBeLessThanOrEqual(1024 * 1024);
});

describe('what stands in front keeps the rules', () => {
  it('CSRF: a GET that a foreign page could make is refused though the answer is known', async () => {
    const path = `/graphql?query=${encodeURIComponent(RANKING)}`;
    for (let time = 0; time < 2; time++)
      expect((await send(at, { method: 'GET', path, headers: PREFLIGHT })).status).toBe(200);
    expect((await send(at, { method: 'GET', path })).status).toBe(400);
    const forged = await send(at, {
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ query: RANKING }),
    });
    expect(forged.status).toBe(415);
  });

  it('the body limit, broken JSON, and a body in pieces', async () => {
    const long = JSON.stringify({ query: `#${'x'.repeat(131_072)}\n{ __typename }` });
    expect((await send(at, { headers: JSON_TYPE, body: long })).status).toBe(413);
    expect((await send(at, { headers: JSON_TYPE, body: '{"query":' })).status).toBe(400);
    expect((await send(at, { headers: JSON_TYPE, body: '{"__proto__":{},"query":"{__typename}"}' })).status).toBe(400);
    const chunked = { ...JSON_TYPE, 'transfer-encoding': 'chunked' };
    expect((await send(at, { headers: chunked, body: JSON.stringify({ query: RANKING }) })).status).toBe(200);
  });

  it('the media type that is asked for', async () => {
    const accept = 'application/graphql-response+json';
    for (let time = 0; time < 2; time++) {
      expect((await ask(RANKING, {}, { accept })).headers['content-type']).toMatch(accept);
      expect((await ask(RANKING)).headers['content-type']).toMatch('application/json');
      expect((await ask(RANKING, {}, { accept: 'image/png' })).status).toBe(406);
    }
  });

  it('compresses what is asked for again, as the caller takes it', async () => {
    const plainBody = (await ask(RANKING)).body;
    await ask(RANKING);
    let brotli = await ask(RANKING, {}, { 'accept-encoding': 'gzip, br' });
    for (let time = 0; time < 50 && brotli.headers['content-encoding'] !== 'br'; time++) {
      await new Promise((done) => setTimeout(done, 20));
      brotli = await ask(RANKING, {}, { 'accept-encoding': 'gzip, br' });
    }
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(brotli.body)).toEqual(plainBody);
    const zipped = await ask(RANKING, {}, { 'accept-encoding': 'gzip, br;q=0' });
    expect(gunzipSync(zipped.body)).toEqual(plainBody);
    expect((await ask(RANKING, {}, { 'accept-encoding': 'identity' })).body).toEqual(plainBody);
    expect(zipped.headers['vary']).toMatch(/Accept-Encoding/);
  });
});

it.each([
  [undefined, ['identity']],
  ['', ['identity']],
  ['br', ['br', 'identity']],
  ['gzip, deflate, br', ['br', 'gzip', 'identity']],
  ['gzip;q=1, br;q=0.5', ['gzip', 'br', 'identity']],
  ['br;q=0, *', ['gzip', 'identity']],
  ['*;q=0', ['identity']],
  ['identity, br;q=0.5', ['identity']],
  ['br;q=nonsense', ['identity']],
  ['x'.repeat(5000), ['identity']],
])('Accept-Encoding %j', (header, expected) => {
  expect(acceptedEncodings(header)).toEqual(expected);
});

describe('conditional requests (attack 26)', () => {
  const path = `/graphql?query=${encodeURIComponent('{ ranking { digest year } }')}`;
  const get = (headers: Record<string, string>): Promise<Reply> =>
    send(at, { method: 'GET', path, headers: { ...PREFLIGHT, ...headers } });

  it('a known tag is 304, anything else 200; through Fastify and in front of it', async () => {
    const { headers, body } = await get({});
    const etag = String(headers['etag']);
    expect(headers['cache-control']).toBe('public, no-cache');
    for (const match of [etag, '*', `"a", ${etag}`, etag.slice(2)]) {
      for (const way of [{}, { origin: at }]) {
        const reply = await get({ 'if-none-match': match, ...way });
        expect([match, reply.status, reply.body.length, reply.headers['etag']]).toEqual([match, 304, 0, etag]);
      }
    }
    for (const other of ['"a"', 'garbage', '"', 'W/', '"a" "b"', '**', `"${'x'.repeat(8000)}"`])
      expect([other, (await get({ 'if-none-match': other })).body]).toEqual([other, body]);
  });

  it('ten thousand tags cost nothing', () => {
    const header = Array.from({ length: 10_000 }, (_, n) => `"${String(n)}"`).join(',');
    const started = performance.now();
    expect(noneMatch(header, '"9999"')).toBe(false);
    expect(performance.now() - started).toBeLessThan(50);
  });

  it('only what the digest names holds for ever', async () => {
    const digest = /"digest":"([0-9a-f]+)"/.exec((await ask('{ ranking { digest } }')).body.toString())?.[1] ?? '';
    const named = await send(at, {
      method: 'GET',
      path: `/graphql?query=${encodeURIComponent(`{ rankingByDigest(digest: "${digest}") { year } }`)}`,
      headers: PREFLIGHT,
    });
    expect(named.body.toString()).toMatch(/"year":\d{4}/);
    expect(named.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const missing = `/graphql?query=${encodeURIComponent(`{ rankingByDigest(digest: "${'0'.repeat(64)}") { year } }`)}`;
    expect((await send(at, { method: 'GET', path: missing, headers: PREFLIGHT })).headers['cache-control']).toBe(
      'no-store',
    );
    expect((await ask(RANKING)).headers['cache-control']).toBe('no-store');
  });
});
