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
});
