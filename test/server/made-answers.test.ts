import { createHash } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { CompiledOperations } from '../../src/server/executor';
import { RateLimiter } from '../../src/server/limits/rate-limit';
import { answerOf } from '../../src/server/made-answers';
import { RequestLife } from '../../src/server/request-life';
import { openApp, type TestApp } from '../helpers/app';

/*
 * Answers of compiled operations are made in front of Fastify and Apollo. Whatever is asked must be answered as by a server
 * that never does so.
 */

const QUERY = `query Ask($input: RankingInput, $first: Int, $with: Boolean = true) {
  ranking(input: $input) { digest rows(first: $first) { totalCount nodes { rank score city { code name } } }
    warnings @include(if: $with) { code message } } }`;

let front: TestApp;
let plain: TestApp;
let [frontAt, plainAt] = ['', ''];
const lines: Record<string, unknown>[] = [];
const logDestination = { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) };

beforeAll(async () => {
  front = await openApp({ env: { LOG_LEVEL: 'info' }, logDestination });
  plain = await openApp({ env: { ANSWER_CACHE_MIB: '0' } });
  frontAt = await front.http.listen({ port: 0, host: '127.0.0.1' });
  plainAt = await plain.http.listen({ port: 0, host: '127.0.0.1' });
  // Until it is compiled, and has given a result.
  for (let time = 0; time < 8; time++) await send(frontAt, JSON.stringify(asked(time)));
});
afterAll(async () => {
  await front.close();
  await plain.close();
});
afterEach(() => {
  jest.restoreAllMocks();
});

let count = 0;
const weighed = (weight: unknown): object => ({
  recipe: { weight: { method: 'GIVEN', weights: [{ node: 'governance', weight }] } },
});
const asked = (weight: unknown = 2 + ++count / 100, rest: object = {}): object => ({
  query: QUERY,
  variables: { input: weighed(weight), first: 3, ...rest },
});

interface Reply {
  readonly status: number;
  readonly headers: object;
  readonly text: string;
}

async function send(address: string, body: string, headers: Record<string, string> = {}): Promise<Reply> {
  const type = { 'content-type': 'application/json', 'accept-encoding': 'identity' };
  const response = await fetch(`${address}/graphql`, { method: 'POST', headers: { ...type, ...headers }, body });
  const kept = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  return {
    status: response.status,
    headers: Object.fromEntries(kept),
    text: (await response.text()).replace(/"requestId":"[^"]+"/, ''),
  };
}

/** Sends to the server in question, and says whether the request came as far as Apollo. */
async function sendInFront(body: string, headers?: Record<string, string>): Promise<Reply & { long: boolean }> {
  const execute = jest.spyOn(ApolloServer.prototype, 'executeHTTPGraphQLRequest');
  const reply = await send(frontAt, body, headers);
  const long = execute.mock.calls.length > 0;
  execute.mockRestore();
  return { ...reply, long };
}

it('an answer is the same, byte by byte, and does not come as far as Apollo; asked again it is kept', async () => {
  const body = JSON.stringify(asked());
  const { long, ...made } = await sendInFront(body);
  expect([long, made.status]).toEqual([false, 200]);
  expect(JSON.parse(made.text)).toHaveProperty('data.ranking.rows.nodes.length', 3);
  expect(made).toEqual(await send(plainAt, body));
  const run = jest.spyOn(CompiledOperations.prototype, 'run');
  expect(await send(frontAt, body)).toEqual(made);
  expect(await send(frontAt, ` ${body}`)).toEqual(made);
  expect(run).not.toHaveBeenCalled();
});

it('a document that is named by its hash is made, too', async () => {
  const { query, ...rest } = { ...asked(), query: QUERY };
  const hash = createHash('sha256').update(query).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
  await send(frontAt, JSON.stringify({ query, extensions, ...asked() }));
  const { long, text } = await sendInFront(JSON.stringify({ ...rest, extensions }));
  expect(long).toBe(false);
  expect(text).toBe((await send(plainAt, JSON.stringify({ query, ...rest }))).text);
});

const big = JSON.stringify(asked());
const CASES: readonly [name: string, write: () => string, headers?: Record<string, string>][] = [
  ['a weight that is refused', () => JSON.stringify(asked(-1))],
  ['a weight that is no number', () => JSON.stringify(asked('2'))],
  ['a page that is too large', () => JSON.stringify(asked(3, { first: 100_000 }))],
  ['a page of no size', () => JSON.stringify(asked(3, { first: 0 }))],
  ['a string that is too long', () => JSON.stringify(asked(3, { input: { release: 'x'.repeat(100_000) } }))],
  ['no release of that version', () => JSON.stringify(asked(3, { input: { release: 'none' } }))],
  ['a variable that there is none of, null', () => JSON.stringify(asked(3, { with: null }))],
  ['an unknown key in the recipe', () => JSON.stringify(asked(3, { input: { recipe: { nothing: 1 } } }))],
  ['an operation of no such name', () => JSON.stringify({ ...asked(), operationName: 'Other' })],
  ['an operation without a name', () => JSON.stringify({ ...asked(), operationName: '' })],
  ['variables that are a list', () => JSON.stringify({ query: QUERY, variables: [] })],
  ['variables that are a text', () => JSON.stringify({ query: QUERY, variables: '{}' })],
  ['the cost asked for', () => JSON.stringify({ ...asked(), extensions: { cost: true } })],
  ['extensions that are a text', () => JSON.stringify({ ...asked(), extensions: 'cost' })],
  [
    'a hash that is another',
    () => JSON.stringify({ ...asked(), extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } } }),
  ],
  ['a batch', () => `[${JSON.stringify(asked())}]`],
  ['a key twice', () => `{"query":${JSON.stringify(QUERY)},"variables":{},"variables":{"first":2}}`],
  ['a key twice, spelt otherwise', () => `{"query":${JSON.stringify(QUERY)},"variables":{"first":1,"\\u0066irst":2}}`],
  ['__proto__', () => `{"query":${JSON.stringify(QUERY)},"variables":{"__proto__":{"first":2}}}`],
  ['no JSON', () => big.slice(0, -1)],
  ['another media type', () => JSON.stringify(asked(4)), { accept: 'application/graphql-response+json' }],
  ['no media type that there is', () => JSON.stringify(asked(4)), { accept: 'image/png' }],
];
it.each(CASES.map(([name, write, headers = {}]) => ({ name, write, headers })))(
  '$name is answered the same',
  async ({ write, headers }) => {
    const body = write();
    const { long, ...reply } = await sendInFront(body, headers);
    expect(reply).toEqual(await send(plainAt, body, headers));
    if (!reply.text.includes('"errors"')) expect(long).toBe(true);
  },
);

it('costs the client the same, whether it succeeds or not', async () => {
  /** Points that are taken in the end. */
  const spent = async (work: () => Promise<unknown>): Promise<number> => {
    let points = 0;
    const note = (_client: string, more: number): void => {
      points += more;
    };
    const take = jest.spyOn(RateLimiter.prototype, 'take').mockImplementation((client, more) => {
      note(client, more);
      return 0;
    });
    const charge = jest.spyOn(RateLimiter.prototype, 'charge').mockImplementation(note);
    await work();
    take.mockRestore();
    charge.mockRestore();
    return points;
  };
  const bodies = [asked(), asked(-1), asked(5, { first: 100_000 }), asked('2')].map((body) => JSON.stringify(body));
  for (const body of bodies) {
    const expected = await spent(() => send(plainAt, body));
    expect(expected).toBeGreaterThan(0);
    expect(await spent(() => send(frontAt, body))).toBe(expected);
  }
});

it('a client that has no points left is told so', async () => {
  const take = jest.spyOn(RateLimiter.prototype, 'take').mockReturnValue(7);
  const { status, text } = await send(frontAt, JSON.stringify(asked()));
  take.mockRestore();
  expect([status, text]).toEqual([429, expect.stringContaining('RATE_LIMITED')]);
});

it('is logged and counted as any other request', async () => {
  const metric = async (): Promise<number> => {
    const text = await (await fetch(`${frontAt}/metrics`)).text();
    return Number(/^graphql_operations_total\{kind="query",outcome="ok",from="made"\} (\d+)$/m.exec(text)?.[1]);
  };
  const before = await metric();
  lines.length = 0;
  const body = asked();
  await send(frontAt, JSON.stringify(body));
  await front.query(QUERY, { input: weighed(1.5), first: 3 });
  const [inFront, long] = lines;
  const stable = (line: Record<string, unknown> | undefined): object => ({ ...line, time: 0, ms: 0, reqId: '' });
  expect(inFront).toMatchObject({ operation: 'Ask', from: 'made', status: 200 });
  expect(String(inFront?.['reqId'])).toMatch(/^[\da-f-]{36}$/);
  expect(stable(inFront)).toEqual(stable(long));
  expect(await metric()).toBe(before + 2);
});

it('one that has run out of time is refused, and nothing of it is run again', async () => {
  jest.spyOn(RequestLife.prototype, 'limit').mockImplementation(function (this: RequestLife) {
    jest.spyOn(this, 'isOverdue', 'get').mockReturnValue(true);
  });
  jest.spyOn(CompiledOperations.prototype, 'run').mockResolvedValue(null);
  const { long, status, text } = await sendInFront(JSON.stringify(asked()));
  expect([long, status, text]).toEqual([false, 503, expect.stringContaining('DEADLINE_EXCEEDED')]);
});

it('what fails unexpectedly in front is answered on the long way', async () => {
  const body = JSON.stringify(asked());
  jest.spyOn(front.services, 'within').mockImplementationOnce(() => {
    throw new Error('broken');
  });
  const { long, ...reply } = await sendInFront(body);
  expect(long).toBe(true);
  expect(reply).toEqual(await send(plainAt, body));
});

it.each([
  ['short', '{"data":{"name":"杭州, Nîmes, 🏙"}}'],
  ['as long as bytes are staged', 'é'.repeat(80_000)],
  ['longer', '杭'.repeat(100_000)],
  ['with half a character', `a${String.fromCharCode(0xd83c)}b`],
])('the bytes of a text that is %s are its UTF-8', (_name, text) => {
  expect(answerOf(text, 'application/json', 'release').body.equals(Buffer.from(text))).toBe(true);
});
