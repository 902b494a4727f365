import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { faultOf, type Reply, type Sent } from '../bench/mixed/requests';
import { workloadFor, type Kind } from '../bench/mixed/workload';
import { openApp, type TestApp } from './helpers/app';

let app: TestApp;
let kinds: readonly Kind[];
beforeAll(async () => {
  app = await openApp();
  kinds = await workloadFor(send);
});
afterAll(() => app.close());

async function send({ method, path, headers, body }: Sent): Promise<Reply> {
  const response = await app.http.inject({ method, url: path, headers, ...(body !== undefined && { payload: body }) });
  return { status: response.statusCode, etag: response.headers.etag, body: response.body };
}

/** The document of a request; null where it names one by its hash, or asks for a file. */
function documentOf({ path, body }: Sent): string | null {
  if (body === undefined) return new URL(path, 'http://server').searchParams.get('query');
  const { query } = JSON.parse(body) as { query: string };
  return query;
}

const TURNS = [0, 1, 2_345_678];

it('there are twenty, and none comes twice', () => {
  expect(new Set(kinds.map(({ name }) => name)).size).toBe(20);
  const requests = kinds.map((kind) => JSON.stringify(kind.request(0)));
  expect(new Set(requests).size).toBe(20);
});

it('each document is valid against schema.graphql', () => {
  const schema = buildSchema(readFileSync(join(__dirname, '..', 'schema.graphql'), 'utf8'));
  const documents = kinds.flatMap((kind) => documentOf(kind.request(1)) ?? []);
  // One names its document by the hash, and one asks for a file.
  expect(documents).toHaveLength(18);
  for (const document of documents) expect(validate(schema, parse(document))).toEqual([]);
});

it('each is answered as it should be, turn by turn', async () => {
  for (const kind of kinds) {
    for (const turn of TURNS) {
      const { status, body } = await send(kind.request(turn));
      expect({ name: kind.name, turn, fault: faultOf(kind, status, body) }).toEqual({
        name: kind.name,
        turn,
        fault: null,
      });
    }
  }
});

it('those that vary are other requests in every turn, with other answers', async () => {
  const varying = kinds.filter(({ varies }) => varies);
  expect(varying.length).toBeGreaterThan(8);
  for (const kind of varying) {
    const bodies = [];
    for (const turn of TURNS) bodies.push((await send(kind.request(turn))).body);
    expect({ name: kind.name, different: new Set(bodies).size }).toEqual({ name: kind.name, different: TURNS.length });
  }
});

const JSON_ANSWER = { status: 200, body: 'json' } as const;

it.each([
  ['another status', JSON_ANSWER, 429, '{"data":{"a":1}}', /429/],
  ['errors beside data', JSON_ANSWER, 200, '{"data":{"a":1},"errors":[{"message":"No."}]}', /No\./],
  ['a root field without an answer', JSON_ANSWER, 200, '{"data":{"a":null}}', /a is null/],
  ['no data', JSON_ANSWER, 200, '{"data":null}', /null/],
  ['an empty file', { status: 200, body: 'text' } as const, 200, '', /no body/],
  ['a body where there should be none', { status: 304, body: 'none' } as const, 304, 'x', /a body/],
])('%s is a fault', (_name, expected, status, body, words) => {
  expect(faultOf(expected, status, body)).toMatch(words);
});

it('an answer with a field called errors is none', () => {
  expect(faultOf(JSON_ANSWER, 200, '{"data":{"a":{"errors":[1]}}}')).toBeNull();
});
