import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, openApp, type TestApp } from '../../helpers/app';

const loaded = jest.fn();
jest.mock('@opentelemetry/sdk-trace-base', () => {
  loaded();
  return jest.requireActual<object>('@opentelemetry/sdk-trace-base');
});

/** A span as the collector was sent it. */
interface Sent {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status?: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

const posts: { readonly path: string | undefined; readonly headers: IncomingHttpHeaders; readonly body: unknown }[] =
  [];
let collector: Server;
let endpoint: string;
beforeAll(async () => {
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posts.push({ path: request.url, headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => {
    collector.listen(0, '127.0.0.1', resolve);
  });
  endpoint = `http://127.0.0.1:${String((collector.address() as AddressInfo).port)}/`;
});
afterAll(() => {
  collector.close();
});

const ask = (app: TestApp, query: string, headers: Record<string, string> = {}) =>
  app.http.inject({ method: 'POST', url: '/graphql', payload: { query }, headers });
const attributesOf = ({ attributes }: Sent): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

it('without a collector nothing of it is loaded', async () => {
  const app = await openApp();
  expect((await ask(app, '{ ranking { digest } }')).statusCode).toBe(200);
  await app.close();
  expect(loaded).not.toHaveBeenCalled();
});

it('a request, its steps, and what is computed for it are spans below each other', async () => {
  const app = await openApp({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ANSWER_CACHE_MIB: '0' } });
  const [traceId, caller] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
  const query = 'query Traced { ranking(input: { year: 2016 }) { digest robustness { weightStability { node } } } }';
  const answer = await ask(app, query, { traceparent: `00-${traceId}-${caller}-01` });
  await ask(app, 'query Traced { ranking(input: { year: 2016 }) { digest } }');
  await ask(app, '{ broken');
  expect(json(answer.json()).at('data', 'ranking', 'digest')).toEqual(expect.any(String));
  // What is not sent yet is sent at the end.
  await app.close();

  expect(posts.map(({ path }) => path)).toEqual(posts.map(() => '/v1/traces'));
  const spans = posts.flatMap(({ body }) =>
    json(body)
      .list('resourceSpans')
      .flatMap((resource) => json(resource).list('scopeSpans'))
      .flatMap((scope) => json(scope).list('spans') as Sent[]),
  );
  const first = spans.filter((span) => span.traceId === traceId);
  const named = (name: string): Sent => {
    const found = first.find((span) => span.name === name);
    if (!found) throw new Error(`No span ${name}: ${first.map((span) => span.name).join(', ')}`);
    return found;
  };
  const root = named('POST /graphql');
  expect(root.parentSpanId).toBe(caller);
  expect(attributesOf(root)).toMatchObject({
    'http.request.method': 'POST',
    'http.response.status_code': 200,
    'graphql.operation.type': 'query',
    'graphql.operation.name': 'Traced',
    'city_ranking.answer': 'made',
    'city_ranking.request_id': answer.headers['x-request-id'],
  });
  for (const step of ['parse', 'validate', 'execute']) expect(named(step).parentSpanId).toBe(root.spanId);
  for (const part of ['ranking', 'analysis']) expect(named(part).parentSpanId).toBe(named('execute').spanId);
  expect(attributesOf(named('ranking'))).toMatchObject({ digest: json(answer.json()).at('data', 'ranking', 'digest') });
  const [start, end] = [BigInt(root.startTimeUnixNano), BigInt(root.endTimeUnixNano)];
  for (const span of first) {
    expect(BigInt(span.startTimeUnixNano)).toBeGreaterThanOrEqual(start);
    expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
    expect(BigInt(span.endTimeUnixNano)).toBeLessThanOrEqual(end);
  }
  // Nothing that a caller wrote but the name.
  expect(JSON.stringify(posts.map(({ body }) => body))).not.toContain('weightStability');

  const others = spans.filter((span) => span.traceId !== traceId);
  // The second ranking is kept, and computed no more; what cannot be parsed has no other step.
  expect(others.map(({ name }) => name).sort()).toEqual(
    ['POST /graphql', 'parse', 'validate', 'execute', 'POST /graphql', 'parse'].sort(),
  );
  const [resource] = json(posts[0]?.body).list('resourceSpans');
  expect(JSON.stringify(json(resource).at('resource', 'attributes'))).toContain('city-ranking');
});

it('a collector that is not there stops nothing', async () => {
  const app = await openApp({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' } });
  expect((await ask(app, '{ ranking { digest } }')).statusCode).toBe(200);
  await app.close();
});
