import { IncomingMessage, request as httpRequest } from 'node:http';
import { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { clientByAddress, networkOf } from '../../src/server/client-address';
import { RateLimiter } from '../../src/server/limits/rate-limit';
import { json, openApp, type TestApp } from '../helpers/app';

describe('RateLimiter', () => {
  it('gives points back evenly, never more than there are', () => {
    let now = 0;
    const limiter = new RateLimiter(60, () => now);
    expect([limiter.take('a', 60), limiter.take('a', 1), limiter.take('b', 1)]).toEqual([0, 1, 0]);
    now += 10_000;
    expect([limiter.take('a', 11), limiter.take('a', 10), limiter.take('a', 5)]).toEqual([1, 0, 5]);
    now += 3_600_000;
    expect([limiter.take('a', 60), limiter.take('a', 1)]).toEqual([0, 1]);
  });

  it('lets a client owe what was known only afterwards, and what is more than it can have', () => {
    let now = 0;
    const limiter = new RateLimiter(60, () => now);
    limiter.charge('a', 90);
    expect(limiter.take('a', 1)).toBe(31);
    now += 31_000;
    expect(limiter.take('a', 1)).toBe(0);
    expect(limiter.take('b', 100)).toBe(0);
    expect(limiter.take('b', 1)).toBe(41);
  });

  it('charges a job with no more than a client can have', () => {
    const limiter = new RateLimiter(60, () => 0);
    limiter.chargeAtMostAll('a', 20);
    expect([limiter.take('a', 41), limiter.take('a', 40)]).toEqual([1, 0]);
    limiter.chargeAtMostAll('b', 1e9);
    expect(limiter.take('b', 1)).toBe(1);
  });

  it('0 is no limit', () => {
    const limiter = new RateLimiter(0);
    limiter.chargeAtMostAll('a', 1e9);
    expect(limiter.take('a', 1e9)).toBe(0);
  });
});

describe('clients', () => {
  /** A request as Node gives it, from an address that no socket of a test has. */
  function request(remoteAddress: string, forwarded?: string): IncomingMessage {
    const made = new IncomingMessage(new Socket());
    Object.defineProperty(made.socket, 'remoteAddress', { value: remoteAddress });
    if (forwarded !== undefined) made.headers['x-forwarded-for'] = forwarded;
    return made;
  }

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['2001::3:4:5:6', '2001:0:0:0'],
    ['1::3:4:5:6:7:8', '1:0:3:4'],
    ['::1', '0:0:0:0'],
  ])('%s is of %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('X-Forwarded-For is believed from the proxies named only', () => {
    const plain = clientByAddress([]);
    expect(plain(request('192.0.2.1', '198.51.100.7'))).toBe('192.0.2.1');
    const behind = clientByAddress(['loopback', '10.0.0.0/8']);
    expect(behind(request('127.0.0.1', '198.51.100.7'))).toBe('198.51.100.7');
    // What the client wrote itself stands before what the proxy saw.
    expect(behind(request('127.0.0.1', '203.0.113.9, 198.51.100.7, 10.1.2.3'))).toBe('198.51.100.7');
    expect(behind(request('192.0.2.1', '198.51.100.7'))).toBe('192.0.2.1');
  });
});

describe('a server with 40 points a minute', () => {
  let app: TestApp;
  let port: number;
  beforeEach(async () => {
    app = await openApp({ env: { RATE_LIMIT_POINTS: '40', TRUST_PROXY: 'loopback' } });
    port = Number(new URL(await app.http.listen({ port: 0, host: '127.0.0.1' })).port);
  });
  afterEach(() => app.close());

  interface Got {
    readonly status: number;
    readonly retryAfter: string | undefined;
    readonly codes: unknown[];
  }
  const ask = (query: string, from: string): Promise<Got> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': from };
      const sent = httpRequest({ port, method: 'POST', path: '/graphql', headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { errors = [] } = JSON.parse(Buffer.concat(chunks).toString()) as {
            errors?: { extensions: { code: string } }[];
          };
          resolve({
            status: response.statusCode ?? 0,
            retryAfter: response.headers['retry-after'],
            codes: errors.map(({ extensions }) => extensions.code),
          });
        });
      });
      sent.on('error', reject);
      sent.end(JSON.stringify({ query }));
    });

  it('answers from memory cost a point, and each client has its own', async () => {
    const statuses: number[] = [];
    for (let time = 0; time < 45; time++)
      statuses.push((await ask('{ city(code: "110000") { code } }', '198.51.100.1')).status);
    const allowed = statuses.filter((status) => status === 200).length;
    // The first one costs a point more; a few come back while they are sent.
    expect(allowed).toBeGreaterThanOrEqual(38);
    expect(allowed).toBeLessThan(45);
    const refused = await ask('{ city(code: "110000") { code } }', '198.51.100.1');
    expect([refused.status, refused.codes]).toEqual([429, ['RATE_LIMITED']]);
    expect(Number(refused.retryAfter)).toBeGreaterThanOrEqual(1);
    expect((await ask('{ city(code: "110000") { code } }', '198.51.100.2')).status).toBe(200);
  });

  it('an operation is charged by what it costs, before it runs', async () => {
    // 50 nodes a point: 200 cities of 1.1 are 5 points, and the request itself one.
    const query = (first: number): string => `{ cities(first: ${String(first)}) { nodes { code } } }`;
    const statuses: number[] = [];
    for (let first = 200; first > 192; first--) statuses.push((await ask(query(first), '198.51.100.3')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
  });

  it('a job that was started costs what it would in a request, but no more than all; one that was refused costs nothing', async () => {
    const input = '{ uncertainty: { seed: 1, draws: 1000, weights: { method: SIMPLEX } } }';
    const start = (asked: string): string =>
      `mutation { startRobustness(input: ${asked}) { job { id } userErrors { code } } }`;
    expect((await ask(start('{ rankReversals: { cities: ["nowhere"] } }'), '198.51.100.10')).status).toBe(200);
    expect((await ask('{ __typename }', '198.51.100.10')).status).toBe(200);
    const { body } = await app.query(`{ ranking { robustness { estimate(input: ${input}) { cellOperations } } } }`);
    const cost = Number(json(body.data).at('ranking', 'robustness', 'estimate', 'cellOperations'));
    expect(cost / 20_000).toBeGreaterThan(60);
    expect((await ask(start(input), '198.51.100.11')).status).toBe(200);
    const refused = await ask('{ __typename }', '198.51.100.11');
    expect([refused.status, refused.codes]).toEqual([429, ['RATE_LIMITED']]);
    // Whoever has started it can ask after it soon.
    expect(Number(refused.retryAfter)).toBeLessThanOrEqual(30);
    const told = await app.http.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'x-forwarded-for': '198.51.100.12' },
      payload: { query: start(input), extensions: { cost: true } },
    });
    expect(told.json()).toMatchObject({ extensions: { cost: { jobCellOperations: cost } } });
  });

  it('what an analysis has cost is owed', async () => {
    const run =
      '{ ranking { robustness { uncertainty(input: { seed: 1, draws: 1000, weights: { method: SIMPLEX } }) { draws } } } }';
    expect((await ask(run, '198.51.100.4')).status).toBe(200);
    const refused = await ask('{ __typename }', '198.51.100.4');
    expect([refused.status, refused.codes]).toEqual([429, ['RATE_LIMITED']]);
  });

  /** A request to any address; the header names who asks. */
  const send = (path: string, from: string, accept = '*/*') =>
    fetch(`http://127.0.0.1:${String(port)}${path}`, { headers: { accept, 'x-forwarded-for': from } });

  /** Codes that so many subscriptions are answered with, none where it runs; each is ended before the next. */
  const overSocket = (query: string, count: number, from: string): Promise<string[]> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/graphql`, 'graphql-transport-ws', {
        headers: { 'x-forwarded-for': from },
      });
      const codes: string[] = [];
      const next = (): void => {
        socket.send(JSON.stringify({ id: String(codes.length), type: 'subscribe', payload: { query } }));
      };
      socket.on('error', reject);
      socket.on('open', () => {
        socket.send('{"type":"connection_init"}');
      });
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as {
          type: string;
          payload?: { extensions: { code: string } }[] | { errors?: { extensions: { code: string } }[] };
        };
        const errors = Array.isArray(message.payload) ? message.payload : message.payload?.errors;
        if (errors) codes.push(errors[0]?.extensions.code ?? '');
        else if (message.type !== 'connection_ack') return;
        if (codes.length < count) next();
        else {
          socket.close();
          resolve(codes);
        }
      });
    });
  const overEvents = async (query: string, count: number, from: string): Promise<string[]> => {
    const codes: string[] = [];
    for (let time = 0; time < count; time++) {
      const path = `/graphql/stream?${new URLSearchParams({ query }).toString()}`;
      const text = await (await send(path, from, 'text/event-stream')).text();
      codes.push(/"code":"(\w+)"/.exec(text)?.[1] ?? '');
    }
    return codes;
  };

  it.each([
    ['graphql-ws', overSocket],
    ['graphql-sse', overEvents],
  ])('subscriptions over %s are charged like requests, also those that are refused', async (_, over) => {
    // A point for the message or request, another for the job and its id; a socket is one point more.
    const runs = await over('subscription { jobProgress(id: "none") { id } }', 25, '198.51.100.5');
    const admitted = runs.filter((code) => code === 'NOT_FOUND').length;
    expect([19, 20, 21]).toContain(admitted);
    expect(runs.slice(admitted + 1).every((code) => code === 'RATE_LIMITED')).toBe(true);
    const broken = await over('subscription {', 45, '198.51.100.6');
    const read = broken.filter((code) => code === 'GRAPHQL_PARSE_FAILED').length;
    expect(read).toBeGreaterThanOrEqual(39);
    expect(read).toBeLessThan(45);
    expect(broken.at(-1)).toBe('RATE_LIMITED');
  });

  it('a WebSocket is refused to who has no point left', async () => {
    await overEvents('subscription {', 45, '198.51.100.7');
    const refused = new Promise<unknown>((resolve) => {
      const options = { headers: { 'x-forwarded-for': '198.51.100.7' } };
      new WebSocket(`ws://127.0.0.1:${String(port)}/graphql`, 'graphql-transport-ws', options)
        .on('unexpected-response', (_request, { statusCode, headers }) => {
          resolve([statusCode, Number(headers['retry-after']) >= 1]);
        })
        .on('error', () => undefined);
    });
    expect(await refused).toEqual([429, true]);
  });

  it('a file is charged by its cells and by its ranking, as a query for the same would be', async () => {
    const answer = await app.http.inject({
      method: 'POST',
      url: '/graphql',
      payload: { query: '{ ranking { digest } }', extensions: { cost: true } },
    });
    const { data, extensions } = answer.json<{
      data: { ranking: { digest: string } };
      extensions: { cost: { cellOperations: number } };
    }>();
    const path = `/rankings/${data.ranking.digest}`;
    const first = await send(`${path}.csv`, '198.51.100.8');
    const lines = (await first.text()).split('\r\n').filter((line) => line !== '');
    const columns = lines[0]?.split(',').length ?? 0;
    // The request, its ranking, and a point for 50 nodes of 100 cells.
    const own = 1 + Math.ceil(extensions.cost.cellOperations / 20_000);
    const points = own + Math.ceil(((lines.length - 1) * columns) / 100 / 50);
    expect(points).toBeGreaterThan(own);
    const statuses = [first.status];
    while (statuses.at(-1) === 200 && statuses.length < 40) {
      const next = await send(`${path}.csv`, '198.51.100.8');
      statuses.push(next.status);
      await next.arrayBuffer();
      if (next.status === 429) expect(Number(next.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    // A point or two come back meanwhile.
    const files = statuses.length - 1;
    expect(statuses.at(-1)).toBe(429);
    expect(files).toBeGreaterThanOrEqual(Math.floor(40 / points));
    expect(files).toBeLessThanOrEqual(Math.ceil(42 / points));
    // What is no table has its ranking to pay only.
    let answered = 0;
    while (answered < 45 && (await send(`${path}.citation.bib`, '198.51.100.9')).status === 200) answered++;
    expect(answered).toBeGreaterThanOrEqual(Math.floor(40 / own));
    expect(answered).toBeLessThanOrEqual(Math.ceil(43 / own));
  });

  it('health is not limited', async () => {
    for (let time = 0; time < 60; time++) expect((await app.http.inject('/health')).statusCode).toBe(200);
  });
});
