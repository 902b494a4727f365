import { openApp, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp({ env: { CORS_ORIGINS: 'https://friend.example' } });
});
afterAll(() => app.close());

const CANARY = '{ city(code: "330100") { name } }';
const canary = async (): Promise<void> => {
  expect((await app.query(CANARY)).body).toEqual({ data: { city: { name: 'Hangzhou' } } });
};
afterEach(canary);

const post = (payload: string, headers: Record<string, string> = {}) =>
  app.http.inject({
    method: 'POST',
    url: '/graphql',
    payload,
    headers: { 'content-type': 'application/json', ...headers },
  });

describe('health', () => {
  it('/health answers while the process is up', async () => {
    const response = await app.http.inject('/health');
    expect([response.statusCode, response.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('/ready names version, release and digest', async () => {
    const response = await app.http.inject('/ready');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({
      status: 'ready',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown,
      database: 'reachable',
      release: { version: '2026.1', digest: app.services.releases.loaded?.release.digest },
    });
  });

  it('/ready is 503 without a release, and queries say so', async () => {
    const empty = await openApp({ bundle: null });
    try {
      const response = await empty.http.inject('/ready');
      expect([response.statusCode, response.json()]).toEqual([
        503,
        expect.objectContaining({ status: 'not ready', database: 'reachable', release: null }),
      ]);
      const answer = await empty.query(CANARY);
      expect(answer.body.errors?.[0]?.extensions['code']).toBe('NOT_READY');
    } finally {
      await empty.close();
    }
  });

  it('/ready is 503 when the database is gone; a loaded release still answers', async () => {
    const cut = await openApp();
    await cut.database.close();
    const response = await cut.http.inject('/ready');
    expect([response.statusCode, response.json()]).toEqual([
      503,
      expect.objectContaining({ status: 'not ready', database: 'unreachable' }),
    ]);
    expect(response.body).not.toMatch(/sqlite|\//i);
    expect((await cut.query(CANARY)).body.data).toEqual({ city: { name: 'Hangzhou' } });
    await cut.http.close();
  });
});

describe('the explorer', () => {
  it('is served to browsers, with the examples, and loads nothing from elsewhere', async () => {
    const response = await app.http.inject({ url: '/graphql', headers: { accept: 'text/html,application/xhtml+xml' } });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.body).toContain('query DefaultRanking');
    expect(response.body).toContain('query OwnWeights');
    expect(response.body).toContain('query AgreementWithPublished');
    // Markup that would make the browser fetch something: only inline code and data: addresses may be there.
    const shell = response.body.replace(/<script>[\s\S]*<\/script>/, '').replace(/<style>[\s\S]*<\/style>/, '');
    expect(shell).not.toMatch(/(src|href)="(?!data:)/);
    expect(response.body).not.toMatch(/@import\s+(url\()?["']?https?:|url\(["']?https?:/);
    const policy = String(response.headers['content-security-policy']);
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).not.toMatch(/https?:|\*/);
  });

  it('is compressed where the browser takes it', async () => {
    const response = await app.http.inject({
      url: '/graphql',
      headers: { accept: 'text/html', 'accept-encoding': 'gzip, br' },
    });
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(response.rawPayload.length).toBeLessThan(4_000_000);
  });

  it('can be switched off', async () => {
    const plain = await openApp({ env: { EXPLORER: 'false' }, bundle: null });
    const response = await plain.http.inject({ url: '/graphql', headers: { accept: 'text/html' } });
    expect(response.statusCode).toBe(400);
    await plain.close();
  });
});

it('answers are not kept by caches, and carry the security headers', async () => {
  const { headers } = await post(JSON.stringify({ query: CANARY }));
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
  });
  const forged = await post(JSON.stringify({ query: CANARY }), { 'request-id': 'mine', 'x-request-id': 'mine' });
  expect(forged.headers['x-request-id']).not.toBe('mine');
});

it.each([
  ['development', /Did you mean "ranking"/],
  ['production', /^Cannot query field "rankin" on type "Query"\.\s*$/],
])('in %s a misspelt field is answered so', async (environment, message) => {
  const other = await openApp({ env: { NODE_ENV: environment }, bundle: null });
  const { body } = await other.query('{ rankin { digest } }');
  expect(body.errors?.[0]?.message).toMatch(message);
  const ready: unknown = (await other.http.inject('/ready')).json();
  expect(ready).toEqual(
    environment === 'production'
      ? expect.not.objectContaining({ limits: expect.anything() as unknown })
      : expect.objectContaining({ limits: expect.objectContaining({ depth: 12 }) as unknown }),
  );
  await other.close();
});

it('in production what is wrong with a variable does not tell names of the schema either', async () => {
  const other = await openApp({ env: { NODE_ENV: 'production' }, bundle: null });
  const QUERY = 'query ($input: RankingInput) { ranking(input: $input) { digest } }';
  const messageOf = async (input: object): Promise<string> =>
    (await other.query(QUERY, { input })).body.errors?.[0]?.message ?? '';
  // Told so that the test sees where the name would stand.
  const enumeration = await messageOf({ recipe: { normalise: { method: 'MINMAX' } } });
  expect(enumeration).toMatch(
    /^Variable "\$input" got invalid value "MINMAX" at "input\.recipe\.normalise\.method"; .* enum\.$/,
  );
  const name = await messageOf({ yaer: 2019 });
  expect(name).toMatch(/^Variable "\$input" .* Field "yaer" is not defined by type "RankingInput"\.$/);
  await other.close();
});

it('in development what is wrong with a variable tells what was meant, as with a document', async () => {
  const other = await openApp({ env: { NODE_ENV: 'development' }, bundle: null });
  const QUERY = 'query ($input: RankingInput) { ranking(input: $input) { digest } }';
  const { body } = await other.query(QUERY, { input: { yaer: 2019 } });
  expect(body.errors?.[0]?.message).toMatch(/ Did you mean "year"\?$/);
  await other.close();
});

describe('cross-origin requests', () => {
  const origins = async (origin: string): Promise<unknown> => {
    const response = await post(JSON.stringify({ query: CANARY }), { origin });
    expect(response.headers['access-control-allow-credentials']).toBeUndefined();
    return response.headers['access-control-allow-origin'];
  };

  it('are let in from the origins named, and from no other', async () => {
    expect(await origins('https://friend.example')).toBe('https://friend.example');
    expect(await origins('https://foe.example')).toBeUndefined();
  });

  it('may read what tells when to try again, of which state an answer is, and which request it was', async () => {
    const origin = 'https://friend.example';
    const limited = await openApp({ env: { CORS_ORIGINS: origin, RATE_LIMIT_POINTS: '2' }, bundle: null });
    const ask = () =>
      limited.http.inject({ url: '/graphql?query={__typename}', headers: { origin, 'apollo-require-preflight': '1' } });
    const [answer, refused] = [await ask(), await ask()];
    await limited.close();
    expect([answer.statusCode, refused.statusCode]).toEqual([200, 429]);
    for (const [{ headers }, needed] of [
      [answer, ['etag', 'x-request-id']],
      [refused, ['retry-after', 'x-request-id']],
    ] as const) {
      expect(headers['access-control-allow-origin']).toBe(origin);
      const exposed = String(headers['access-control-expose-headers']).toLowerCase().split(', ');
      for (const name of needed) {
        expect(headers).toHaveProperty(name);
        expect(exposed).toContain(name);
      }
    }
  });
});

describe('unexpected errors', () => {
  it('are masked, named by the request id, and logged under it', async () => {
    const lines: string[] = [];
    const logDestination = { write: (line: string) => lines.push(line) };
    const broken = await openApp({ env: { LOG_LEVEL: 'error' }, logDestination });
    const secret = 'SELECT * FROM city -- /srv/secret.sqlite\nforged line';
    broken.services.catalogue.city = () => Promise.reject(new Error(secret));
    const answer = await broken.query('{ city(code: "330100") { name } releases { totalCount } }');
    await broken.close();
    expect(answer.text).not.toContain('SELECT');
    expect(answer.text).not.toContain('secret');
    expect(answer.body).toMatchObject({
      data: { city: null, releases: { totalCount: 1 } },
      errors: [
        {
          message: 'Unexpected error',
          path: ['city'],
          extensions: { code: 'INTERNAL', requestId: answer.headers['x-request-id'] },
        },
      ],
    });
    // One line, JSON, with the error that the caller was not shown.
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]*\n$/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      reqId: answer.headers['x-request-id'],
      err: { message: secret },
      path: ['city'],
    });
  });

  it('that the caller is told about are not logged', async () => {
    const lines: string[] = [];
    const quiet = await openApp({ env: { LOG_LEVEL: 'error' }, logDestination: { write: (line) => lines.push(line) } });
    await quiet.query('{ ranking(input: { year: 1900 }) { digest } nope }');
    await quiet.query('{ ranking(input: { year: 1900 }) { digest } }');
    await quiet.close();
    expect(lines).toEqual([]);
  });
});
