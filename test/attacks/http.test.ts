import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { underAttack } from './attack';
import { startProcess, type Client, type Reply } from './target';

/** Short enough that a slow client can be waited for. */
const attack = underAttack(() => startProcess({ HEADERS_TIMEOUT_SECONDS: '1', REQUEST_TIMEOUT_SECONDS: '2' }));

const OPERATION = '{ city(code: "330100") { name } }';
const BODY = JSON.stringify({ query: OPERATION });
const HANGZHOU = { data: { city: { name: 'Hangzhou' } } };
const MUTATION = 'mutation { cancelJob(id: "nothing") { __typename } }';
const JSON_HEAD = 'Host: localhost\r\nContent-Type: application/json\r\n';

const told = ({ status, codes }: Reply): [number, readonly unknown[]] => [status, codes];
const asQuery = (query: string): string => `/graphql?query=${encodeURIComponent(query)}`;
const statusIn = (text: string): string | undefined => /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];

attack(16, 'array batching: no operation of a batch is run', async (client) => {
  for (const count of [0, 1, 10]) {
    const batch = JSON.stringify(Array.from({ length: count }, () => ({ query: OPERATION })));
    expect(told(await client.post(batch))).toEqual([400, ['BATCHING_UNSUPPORTED']]);
  }
});

attack(17, 'GET mutation: refused, with what is allowed', async (client) => {
  const plain = await client.get(asQuery(MUTATION));
  expect([plain.status, plain.headers.get('allow')]).toEqual([405, 'POST']);
  expect(plain.body.data).toBeUndefined();
  const sha256Hash = createHash('sha256').update(MUTATION).digest('hex');
  const extensions = encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash } }));
  expect((await client.get(`${asQuery(MUTATION)}&extensions=${extensions}`)).status).toBe(405);
  // Whether or not it has been registered by that, it is not run by its hash either.
  const byHash = await client.get(`/graphql?extensions=${extensions}`);
  expect(byHash.body.data).toBeUndefined();
  const several = asQuery(`query q { __typename } ${MUTATION.replace('mutation', 'mutation m')}`);
  expect((await client.get(`${several}&operationName=m`)).status).toBe(405);
});

attack(18, 'requests that a foreign page can send without being asked are not run', async (client) => {
  const form = new FormData();
  form.set('operations', BODY);
  const bodies: [string, BodyInit][] = [
    ['text/plain', BODY],
    ['text/plain;application/json', BODY],
    ['application/x-www-form-urlencoded', new URLSearchParams({ query: OPERATION })],
    ['', form],
    ['', new Blob([BODY])],
  ];
  for (const [contentType, body] of bodies) {
    const headers = contentType === '' ? {} : { 'content-type': contentType };
    const reply = await client.send('/graphql', { method: 'POST', body, headers });
    expect([contentType, ...told(reply)]).toEqual([contentType, 415, ['UNSUPPORTED_MEDIA_TYPE']]);
    expect(reply.body.data).toBeUndefined();
  }
  // Also where the answer is known already.
  expect((await client.get(asQuery(OPERATION))).body).toEqual(HANGZHOU);
  for (const headers of [{}, { 'content-type': 'text/plain' }, { 'apollo-require-preflight': '' }])
    expect(told(await client.send(asQuery(OPERATION), { headers }))).toEqual([400, ['BAD_REQUEST']]);
});

attack(19, 'wrong types: refused with a code, and nothing can be read in two ways', async (client) => {
  const badRequests = [
    'null',
    '"x"',
    '1',
    '{}',
    '',
    '{"query":1}',
    '{"query":null}',
    '{"query":["{ __typename }"]}',
    '{"query":"{ __typename }","variables":"{}"}',
    '{"query":"{ __typename }","variables":[]}',
    '{"query":"{ __typename }","variables":1}',
    '{"query":"{ __typename }","extensions":"x"}',
    '{"query":"{ __typename }","operationName":{}}',
    '{"query":"{ __typename }"',
    '{"query":"{ __typename }"}}',
    "{'query':'{ __typename }'}",
    // Keys given twice, in any spelling and at any depth.
    '{"query":"{ __typename }","query":"{ releases { totalCount } }"}',
    String.raw`{"query":"{ __typename }","\u0071uery":"{ __typename }"}`,
    '{"query":"query ($x: RankingInput) { ranking(input: $x) { year } }","variables":{"x":{"year":2016,"year":2019}}}',
    '{"__proto__":{"x":1},"query":"{ __typename }"}',
    '{"constructor":{"prototype":{"x":1}},"query":"{ __typename }"}',
  ];
  for (const body of badRequests)
    expect([body, ...told(await client.post(body))]).toEqual([body, 400, ['BAD_REQUEST']]);
  expect(told(await client.post('[]'))).toEqual([400, ['BATCHING_UNSUPPORTED']]);
  for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80]]) {
    const broken = Buffer.concat([Buffer.from('{"query":"{ __typename } #'), Buffer.from(bytes), Buffer.from('"}')]);
    expect(told(await client.post(new Uint8Array(broken)))).toEqual([400, ['BAD_REQUEST']]);
  }
  // The same keys in different objects are no repeats, nor is a key's text as a value.
  const fine =
    '{"query":"{ __typename }","variables":{"query":{"a":"query","b":["query","query",{"query":"\\"query"}]}}}';
  expect(told(await client.post(fine))).toEqual([200, []]);

  const badGets = [
    '/graphql',
    '/graphql?query=',
    '/graphql?query=%7B__typename%7D&query=%7B__typename%7D',
    '/graphql?query=%7B__typename%7D&variables=%5B%5D',
    '/graphql?query=%7B__typename%7D&variables=x',
    '/graphql?query=%7B__typename%7D&extensions=1',
  ];
  for (const path of badGets) expect([path, ...told(await client.get(path))]).toEqual([path, 400, ['BAD_REQUEST']]);
  for (const type of ['application/xml', 'application/json-patch', 'x', 'application/graphql']) {
    const reply = await client.post(BODY, { 'content-type': type });
    expect([type, ...told(reply)]).toEqual([type, 415, ['UNSUPPORTED_MEDIA_TYPE']]);
  }
});

/** Sends a little at a time until the server ends it; how long that took, in milliseconds, and what it said. */
function drip(client: Client, head: string, drop: string): Promise<{ readonly ms: number; readonly text: string }> {
  const started = performance.now();
  return new Promise((resolve) => {
    const socket = connect(client.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('error', () => undefined);
    socket.write(head);
    const timer = setInterval(() => socket.write(drop), 200);
    socket.on('close', () => {
      clearInterval(timer);
      resolve({ ms: performance.now() - started, text });
    });
  });
}

attack(
  20,
  'slow head and slow body: cut off in time, and nobody else waits',
  async (client) => {
    const post = `POST /graphql HTTP/1.1\r\n${JSON_HEAD}`;
    const slow = Promise.all([
      ...Array.from({ length: 20 }, () => drip(client, 'GET /graphql HTTP/1.1\r\nHost: a\r\nX-Slow: ', 'x')),
      ...Array.from({ length: 20 }, () => drip(client, `${post}Content-Length: 500\r\n\r\n`, ' ')),
      drip(client, `${post}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'),
      drip(client, 'P', 'G'),
    ]);
    const started = performance.now();
    expect((await client.query(OPERATION)).body).toEqual(HANGZHOU);
    expect(performance.now() - started).toBeLessThan(1000);
    for (const { ms, text } of await slow) {
      // A second or two, plus the second between two looks, and what a busy machine takes.
      expect(ms).toBeLessThan(6000);
      expect(text).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    }
  },
  { clockMs: 15_000 },
);

/** Sends chunks until the server takes no more; how many bytes went out, and what it answered. */
function flood(
  client: Client,
  head: string,
  chunk: Buffer,
  most: number,
): Promise<{ readonly sent: number; readonly text: string }> {
  return new Promise((resolve) => {
    const socket = connect(client.port, '127.0.0.1');
    let sent = 0;
    let text = '';
    const write = (): void => {
      while (sent < most && !socket.destroyed) {
        sent += chunk.length;
        if (!socket.write(chunk)) return;
      }
    };
    socket.on('drain', write);
    socket.on('data', (data: Buffer) => (text += data.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve({ sent, text });
    });
    socket.write(head);
    write();
  });
}

attack(21, 'oversized bodies, lengths that lie, compressed bodies', async (client) => {
  const gibibyte = 1024 ** 3;
  const data = Buffer.alloc(16_384, ' ');
  const chunk = Buffer.concat([Buffer.from('4000\r\n'), data, Buffer.from('\r\n')]);
  for (const [length, piece] of [
    ['Transfer-Encoding: chunked', chunk],
    [`Content-Length: ${String(gibibyte)}`, data],
  ] as const) {
    const { sent, text } = await flood(
      client,
      `POST /graphql HTTP/1.1\r\n${JSON_HEAD}${length}\r\n\r\n`,
      piece,
      gibibyte,
    );
    // What the system's own buffers take besides is a few megabytes at most.
    expect(sent).toBeLessThan(32 * 1024 * 1024);
    if (text !== '') expect(statusIn(text)).toBe('413');
  }

  const claimed = (length: number): Promise<{ text: string; closed: boolean }> =>
    client.raw(`POST /graphql HTTP/1.1\r\n${JSON_HEAD}Content-Length: ${String(length)}\r\n\r\n${BODY}`, 5000);
  // Shorter than it is: the rest is no request.
  const shorter = await claimed(BODY.length - 5);
  expect([statusIn(shorter.text), shorter.closed]).toEqual(['400', true]);
  expect(shorter.text).not.toContain('Hangzhou');
  // Longer than it is: it never comes in whole.
  const longer = await claimed(BODY.length + 5);
  expect([statusIn(longer.text), longer.closed]).toEqual(['408', true]);
  expect(longer.text).toContain('"REQUEST_TIMEOUT"');

  const bomb = gzipSync(JSON.stringify({ query: `{ __typename } #${' '.repeat(20_000_000)}` }));
  expect(bomb.length).toBeLessThan(100_000);
  for (const encoding of ['gzip', 'br', 'deflate', 'zstd', 'identity, gzip', 'x']) {
    const reply = await client.post(new Uint8Array(bomb), { 'content-encoding': encoding });
    expect([encoding, ...told(reply)]).toEqual([encoding, 415, ['UNSUPPORTED_MEDIA_TYPE']]);
  }
  expect((await client.post(BODY, { 'content-encoding': 'identity' })).body).toEqual(HANGZHOU);
  // Said to be in another encoding than it is read in.
  for (const charset of ['utf-16', 'UTF-16LE', '"iso-8859-1"', 'utf-7', ''])
    expect([
      charset,
      ...told(await client.post(BODY, { 'content-type': `application/json; charset=${charset}` })),
    ]).toEqual([charset, 415, ['UNSUPPORTED_MEDIA_TYPE']]);
  for (const charset of ['utf-8', 'UTF-8', '"utf-8"'])
    expect((await client.post(BODY, { 'content-type': `application/json;charset=${charset}` })).body).toEqual(HANGZHOU);
});

attack(22, 'shapes that two parsers read differently: refused, and the connection closed', async (client) => {
  const smuggled = 'GET /health HTTP/1.1\r\nHost: a\r\n\r\n';
  const post = `POST /graphql HTTP/1.1\r\n${JSON_HEAD}`;
  const length = String(BODY.length);
  const shapes: Record<string, string> = {
    'both lengths': `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    'two lengths': `${post}Content-Length: ${length}\r\nContent-Length: 5\r\n\r\n${BODY}`,
    'two encodings': `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${smuggled}`,
    'unknown encoding': `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`,
    'length with a sign': `${post}Content-Length: +${length}\r\n\r\n${BODY}`,
    'length below 0': `${post}Content-Length: -1\r\n\r\n${smuggled}`,
    'chunk size with a sign': `${post}Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n${smuggled}`,
    'bare LF': 'GET /health HTTP/1.1\nHost: a\n\n',
    'bare LF in the head': 'GET /health HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n',
    'folded header': 'GET /health HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n',
    'space before the colon': 'GET /health HTTP/1.1\r\nHost: a\r\nX-A : b\r\n\r\n',
    'no host': 'GET /health HTTP/1.1\r\n\r\n',
    NUL: 'GET /\0health HTTP/1.1\r\nHost: a\r\n\r\n',
    'another protocol': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'unknown method': 'SMUGGLE /health HTTP/1.1\r\nHost: a\r\n\r\n',
  };
  for (const [shape, bytes] of Object.entries(shapes)) {
    const { text, closed } = await client.raw(Buffer.from(bytes, 'latin1'), 2000);
    expect([shape, statusIn(text), closed]).toEqual([shape, '400', true]);
    expect([shape, text.match(/HTTP\/1\.1 /g)?.length]).toEqual([shape, 1]);
    expect([shape, text.includes('"status":"ok"')]).toEqual([shape, false]);
  }
  const large = await client.raw(`GET /health HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(20_000)}\r\n\r\n`, 2000);
  expect([statusIn(large.text), large.closed]).toEqual(['431', true]);
  expect(large.text).toContain('"HEADERS_TOO_LARGE"');
});

attack(23, 'header injection: what a caller sends is never a line of a head', async (client) => {
  const evil = '%0d%0aX-Injected:%20yes%0d%0a%0d%0a';
  const get = async (path: string, headers = ''): Promise<string> => {
    const head = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nApollo-Require-Preflight: 1\r\n`;
    return (await client.raw(`${head}${headers}Connection: close\r\n\r\n`, 5000)).text;
  };
  for (const path of [
    `/${evil}`,
    `/rankings/${evil}`,
    `/graphql/${evil}`,
    `/graphql?query=${evil}`,
    `/graphql?query=%7B__typename%7D&operationName=${evil}`,
    asQuery(String.raw`{ release(version: "\r\nX-Injected: yes") { version } }`),
  ]) {
    const text = await get(path);
    expect([path, /^x-injected/im.test(text)]).toEqual([path, false]);
    expect(Number(statusIn(text))).toBeLessThan(500);
  }
  const own = ['X-Request-Id', 'Request-Id', 'X-Correlation-Id', 'Traceparent', 'Accept-Language'];
  const health = await get('/health', own.map((name) => `${name}: mine\r\n`).join(''));
  expect(statusIn(health)).toBe('200');
  expect(health).not.toContain('mine');
  // A bare CR within a value is refused by the parser.
  const bare = await client.raw('GET /health HTTP/1.1\r\nHost: a\r\nX-Request-Id: a\rX-Injected: yes\r\n\r\n', 2000);
  expect(statusIn(bare.text)).toBe('400');
});

attack(24, 'methods and paths: nothing but the routes there are, and no file', async (client) => {
  const ask = async (method: string, path: string): Promise<string | undefined> => {
    const { text } = await client.raw(
      `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      5000,
    );
    expect(text).not.toMatch(/root:|city-ranking"|"dependencies"/);
    return statusIn(text);
  };
  for (const method of ['TRACE', 'PROPFIND', 'SEARCH', 'LOCK', 'OPTIONS'])
    expect([method, await ask(method, '/graphql')]).toEqual([method, '404']);
  for (const method of ['PUT', 'DELETE', 'PATCH']) {
    const { status, headers } = await client.send('/graphql', { method });
    expect([method, status, headers.get('allow')]).toEqual([method, 405, 'GET, POST']);
  }
  expect(await ask('HEAD', '/graphql')).toBe('400');
  expect(await ask('CONNECT', 'example.org:443')).toBeUndefined();
  for (const path of [
    '/graphql/../package.json',
    '/graphql/../export',
    '/../../etc/passwd',
    '/..%2f..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/%252e%252e/%252e%252e/etc/passwd',
    '/..%5c..%5cpackage.json',
    '/graphql%00.json',
    '/graphql/',
    '//graphql',
    '/GRAPHQL',
    '/graphql;x=y',
    '//evil.example/graphql',
    '/package.json',
    '/.env',
    '/src/server/main.ts',
    '/var/city-ranking.sqlite',
    `/${'a/'.repeat(3000)}`,
  ])
    expect([path, await ask('GET', path)]).toEqual([path, '404']);
  for (const path of ['/%zz', '/%', '/%c0%ae%c0%ae/'])
    expect([path, ...told(await client.get(path))]).toEqual([path, 400, ['BAD_REQUEST']]);
  // Where to go is not told from what the caller says of the host.
  const { text } = await client.raw('GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', 2000);
  expect(text).not.toContain('evil');
});

attack(25, 'foreign origins are told nothing that lets a browser hand the answer over', async (client) => {
  for (const origin of ['https://evil.example', 'null', `http://localhost:${String(client.port)}`, '*', 'file://']) {
    const post = await client.post(BODY, { origin, cookie: 'session=1' });
    const preflight = await client.send('/graphql', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    expect(preflight.status).toBe(404);
    for (const { headers } of [post, preflight, await client.get(asQuery(OPERATION), { origin })])
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});

attack(26, 'conditional requests: right, and read with bounds', async (client) => {
  const path = asQuery('{ cities(first: 200) { nodes { code name } } }');
  const first = await client.get(path);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^W\/"[\w-]+"$/);
  const ask = async (condition: string): Promise<[number, boolean]> => {
    const { status, text } = await client.get(path, { 'if-none-match': condition });
    return [status, text === first.text];
  };
  const others = Array.from({ length: 300 }, (_, index) => `"${String(index)}"`).join(', ');
  for (const known of ['*', etag, etag.slice(2), `"x", ${etag}`, `${etag}, garbage"`])
    expect([known, await ask(known)]).toEqual([known, [304, false]]);
  for (const unknown of ['""', '"x"', 'W/', ',,,', etag.slice(0, -1), '"'.repeat(9000), others])
    expect([unknown.slice(0, 40), await ask(unknown)]).toEqual([unknown.slice(0, 40), [200, true]]);
  // Ten thousand tags do not fit into a head.
  const tags = Array.from({ length: 10_000 }, (_, index) => `"${String(index)}"`).join(',');
  const flooded = await client.raw(`GET ${path} HTTP/1.1\r\nHost: a\r\nIf-None-Match: ${tags}\r\n\r\n`, 2000);
  expect(statusIn(flooded.text)).toBe('431');
  const dated = await client.get(path, { 'if-modified-since': 'Thu, 01 Jan 2099 00:00:00 GMT', range: 'bytes=0-1' });
  expect([dated.status, dated.text === first.text]).toEqual([200, true]);
});
