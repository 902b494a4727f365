import { OperationGuard } from '../../src/server/access';
import { CompiledOperations } from '../../src/server/executor';
import { CostLimit } from '../../src/server/limits/cost-limit';
import { RateLimiter } from '../../src/server/limits/rate-limit';
import { RequestLife } from '../../src/server/request-life';
import { openApp, type TestApp } from '../helpers/app';

const SECRET = 'connect ECONNREFUSED 10.1.2.3:5432 /srv/secret/plugin.js';

const lines: string[] = [];
let app: TestApp;
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeAll(async () => {
  process.on('unhandledRejection', note);
  app = await openApp({ env: { LOG_LEVEL: 'error' }, logDestination: { write: (line) => lines.push(line) } });
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  await app.close();
});
afterEach(async () => {
  jest.restoreAllMocks();
  // Node tells of rejections that nobody catches after the turn that they are made in.
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(unhandled.splice(0)).toEqual([]);
  expect((await app.query('{ city(code: "330100") { name } }')).body).toEqual({ data: { city: { name: 'Hangzhou' } } });
});

const broken = (): never => {
  throw new TypeError(SECRET);
};

/** What hooks of ours call, by the plugin and the hook. */
const HOOKS: Readonly<Record<string, () => unknown>> = {
  'OperationGuard, didResolveOperation': () =>
    jest.spyOn(OperationGuard.prototype, 'refusalOf').mockImplementation(broken),
  'CostLimit, didResolveOperation': () => jest.spyOn(CostLimit.prototype, 'check').mockImplementation(broken),
  'limitLives, didResolveOperation': () => jest.spyOn(RequestLife.prototype, 'limit').mockImplementation(broken),
  'CostLimit, willSendResponse': () => jest.spyOn(RateLimiter.prototype, 'charge').mockImplementation(broken),
  'runCompiled, responseForOperation': () => jest.spyOn(CompiledOperations.prototype, 'run').mockImplementation(broken),
};

let count = 0;
const QUERIES: Readonly<Record<string, string>> = {
  'a query': '{ cities(first: 1) { totalCount } }',
  // Refused by the guard as well.
  'a query that another plugin refuses': '{ apiKeys { totalCount } }',
  'one with an error of its own': '{ ranking(input: { year: 1 }) { digest } }',
};

describe.each(Object.entries(HOOKS))('a hook that throws: %s', (_, breakIt) => {
  it.each(Object.entries(QUERIES))('%s has an answer with a code, and the process lives', async (_what, query) => {
    breakIt();
    const text = `query Q${String(count++)} ${query}`;
    for (const send of [
      () => app.query(text),
      async () => {
        const url = `/graphql?${new URLSearchParams({ query: text }).toString()}`;
        const response = await app.http.inject({ url, headers: { 'apollo-require-preflight': '1' } });
        return { status: response.statusCode, text: response.body, body: response.json<{ errors?: unknown[] }>() };
      },
    ]) {
      const { status, text: shown, body } = await send();
      expect(shown).not.toMatch(/ECONNREFUSED|secret|TypeError|\bat |node_modules|stack/);
      const codes = (body.errors ?? []).map((error) => (error as { extensions: { code: unknown } }).extensions.code);
      const [code] = codes;
      expect(codes).toHaveLength(1);
      // Where several plugins say no, the first one is heard.
      if (status === 500) expect(code).toBe('INTERNAL');
      else expect([status, code]).toEqual([401, 'UNAUTHENTICATED']);
    }
    expect(lines.join('')).toContain('ECONNREFUSED');
  });
});
