import { openApp, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

describe('GET /metrics', () => {
  const scrape = async (): Promise<string> => {
    const response = await app.http.inject({ method: 'GET', url: '/metrics' });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toContain('text/plain');
    return response.body;
  };
  const countOf = (text: string, labels: string): number =>
    Number(new RegExp(`^http_request_duration_seconds_count\\{${labels}\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);

  it('counts requests by route and status, whatever address was asked for', async () => {
    const before = await scrape();
    await app.http.inject({ method: 'GET', url: '/health' });
    await app.http.inject({ method: 'GET', url: '/nowhere/"},evil="1' });
    const after = await scrape();
    const health = 'method="GET",route="/health",status="200"';
    expect(countOf(after, health)).toBe(countOf(before, health) + 1);
    expect(after).toContain('route="none",status="404"');
    expect(after).not.toContain('evil');
  });

  it('tells the age of the release and the lag of the event loop', async () => {
    const text = await scrape();
    const age = Number(/^release_age_seconds (\S+)$/m.exec(text)?.[1]);
    const answer = await app.data('{ ranking { release { publishedAt } } }');
    const published = Date.parse(String(answer.at('ranking', 'release', 'publishedAt')));
    expect(Math.abs(age - (Date.now() - published) / 1000)).toBeLessThan(60);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  /** The value of a sample by its whole name, labels and all; 0 where there is none. */
  const valueOf = (text: string, sample: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${sample} `))
        ?.slice(sample.length + 1) ?? 0,
    );
  /** By how much samples grow while something is done. */
  const growth = async (samples: readonly string[], work: () => Promise<unknown>): Promise<number[]> => {
    const before = await scrape();
    await work();
    const after = await scrape();
    return samples.map((sample) => valueOf(after, sample) - valueOf(before, sample));
  };
  const operations = (kind: string, outcome: string, from: string): string =>
    `graphql_operations_total{kind="${kind}",outcome="${outcome}",from="${from}"}`;

  it('counts operations by kind, outcome and origin', async () => {
    const samples = [
      operations('query', 'ok', 'made'),
      operations('unknown', 'ok', 'memory'),
      operations('query', 'partial', 'made'),
      operations('query', 'refused', 'made'),
      operations('unknown', 'refused', 'none'),
      operations('mutation', 'ok', 'made'),
      'graphql_operation_duration_seconds_count{kind="query"}',
    ];
    const grown = await growth(samples, async () => {
      await app.query('query Counted { cities { totalCount } }');
      await app.query('query Counted { cities { totalCount } }');
      await app.query('{ ranking(input: { year: 1 }) { digest } }');
      await app.query('{ apiKeys { totalCount } }');
      await app.query('{ nothing }');
      await app.query('{');
      await app.query('mutation { cancelJob(id: "none") { userErrors { code } } }');
    });
    expect(grown).toEqual([1, 1, 1, 1, 2, 1, 3]);
  });

  it('counts what was kept, and what had to be computed', async () => {
    const caches = ['hits', 'misses'].flatMap((what) =>
      ['answers', 'results'].map((cache) => `cache_${what}_total{cache="${cache}"}`),
    );
    const ask = (query: string) => app.query(query);
    const grown = await growth(caches, async () => {
      await ask('query A { ranking(input: { year: 2018 }) { digest } }');
      await ask('query A { ranking(input: { year: 2018 }) { digest } }');
      await ask('query B { ranking(input: { year: 2018 }) { digest } }');
    });
    // The second is an answer as bytes; the third has its result from the first.
    expect(grown).toEqual([1, 1, 2, 1]);
    const text = await scrape();
    for (const cache of ['answers', 'results']) {
      expect(valueOf(text, `cache_entries{cache="${cache}"}`)).toBeGreaterThan(0);
      expect(valueOf(text, `cache_bytes{cache="${cache}"}`)).toBeGreaterThan(1000);
    }
  });

  it('adds up what requests are charged with, the same as the answer says', async () => {
    const query = '{ checkRanking(input: { year: 2017 }) { preview { cost } } }';
    const cost = Number((await app.data(query)).at('checkRanking', 'preview', 'cost'));
    expect(cost).toBeGreaterThan(0);
    const asked = '{ ranking(input: { year: 2017 }) { digest } }';
    expect(await growth(['graphql_cell_operations_total'], () => app.query(asked))).toEqual([cost]);
  });

  it('counts answers that are sent unread, and nothing else has them', async () => {
    const address = await app.http.listen({ port: 0, host: '127.0.0.1' });
    const body = JSON.stringify({ query: '{ frameworks { totalCount } }' });
    const headers = { 'content-type': 'application/json' };
    const ask = async (): Promise<unknown> =>
      (await fetch(`${address}/graphql`, { method: 'POST', body, headers })).text();
    for (let time = 0; time < 2; time++) await ask();
    const samples = [
      'answers_unread_total',
      'cache_hits_total{cache="answers"}',
      operations('unknown', 'ok', 'memory'),
    ];
    const grown = await growth(samples, async () => {
      for (let time = 0; time < 5; time++) await ask();
    });
    expect(grown).toEqual([5, 5, 0]);
  });

  it('tells how busy the threads are', async () => {
    const text = await scrape();
    for (const purpose of ['requests', 'jobs'])
      for (const state of ['waiting', 'running'])
        expect(text).toContain(`\nworker_tasks{for="${purpose}",state="${state}"} 0\n`);
  });

  it('is text that Prometheus reads: help and type before samples, no name twice', async () => {
    const text = await scrape();
    const names = [...text.matchAll(/^# TYPE (\S+) (counter|gauge|histogram|summary)$/gm)].map((match) => match[1]);
    expect(new Set(names).size).toBe(names.length);
    for (const line of text.split('\n').filter((each) => each !== ''))
      expect(line).toMatch(
        /^(# (HELP|TYPE) |[a-zA-Z_:][\w:]*(\{([a-zA-Z_]\w*="[^"\\\n]*",?)+\})? (Nan|[+-]?(\d[\d.e+-]*|Inf)))/,
      );
  });
});

describe('GET /metrics with a token', () => {
  const TOKEN = 'the-token-of-the-metrics';
  let guarded: TestApp;
  const lines: string[] = [];
  beforeAll(async () => {
    const env = { METRICS_TOKEN: TOKEN, ANONYMOUS_READ: 'false', LOG_LEVEL: 'trace' };
    guarded = await openApp({ env, bundle: null, logDestination: { write: (line) => lines.push(line) } });
  });
  afterAll(() => guarded.close());
  const ask = (headers: Record<string, string>, url = '/metrics') => guarded.http.inject({ url, headers });

  it.each([
    ['nothing', {}],
    ['another', { authorization: 'Bearer the-token-of-the-metricS' }],
    ['a part of it', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ['more than it', { authorization: `Bearer ${TOKEN}x` }],
    ['an empty one', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
    ['another header', { 'x-api-key': TOKEN }],
  ])('is refused to who shows %s', async (_, headers) => {
    const response = await ask(headers);
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Bearer realm="metrics"');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(response.body).not.toContain('process_');
  });

  it('is answered to who shows it, which is good for nothing else and not logged', async () => {
    for (const scheme of ['Bearer', 'bearer']) {
      const response = await ask({ authorization: `${scheme} ${TOKEN}` });
      expect([response.statusCode, response.body.includes('process_cpu_seconds_total')]).toEqual([200, true]);
    }
    const query = '/graphql?query=%7B__typename%7D';
    expect((await ask({ authorization: `Bearer ${TOKEN}`, 'apollo-require-preflight': '1' }, query)).statusCode).toBe(
      401,
    );
    expect((await ask({}, '/health')).statusCode).toBe(200);
    expect(lines.join('')).not.toContain(TOKEN);
  });
});
