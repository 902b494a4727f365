import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersistedQueries, readTrustedDocuments } from '../../src/server/persisted-queries';
import { openApp, type TestApp } from '../helpers/app';

const CANARY = '{ city(code: "330100") { name } }';
const ANSWER = { data: { city: { name: 'Hangzhou' } } };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const persisted = (hash: string, version: unknown = 1): object => ({
  extensions: { persistedQuery: { version, sha256Hash: hash } },
});

const post = async (app: TestApp, payload: object): Promise<[number, unknown]> => {
  const response = await app.http.inject({ method: 'POST', url: '/graphql', payload });
  return [response.statusCode, response.json()];
};
const get = async (app: TestApp, parameters: Record<string, string>): Promise<[number, unknown]> => {
  const url = `/graphql?${new URLSearchParams(parameters).toString()}`;
  const response = await app.http.inject({ url, headers: { 'apollo-require-preflight': '1' } });
  return [response.statusCode, response.json()];
};
const refused = (status: number, code: string): unknown => [
  status,
  { errors: [expect.objectContaining({ extensions: { code } })] },
];

describe('automatic persisted queries', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp({ env: { LIMIT_DEPTH: '4' } });
  });
  afterAll(() => app.close());

  it('are not found, then registered, then found over POST and GET', async () => {
    const hash = sha256(CANARY);
    const miss = await post(app, persisted(hash));
    expect(miss).toEqual(refused(200, 'PERSISTED_QUERY_NOT_FOUND'));
    expect(miss[1]).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
    expect(await post(app, { query: CANARY, ...persisted(hash) })).toEqual([200, ANSWER]);
    expect(await post(app, persisted(hash))).toEqual([200, ANSWER]);
    const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } });
    expect(await get(app, { extensions })).toEqual([200, ANSWER]);
    const forged = await app.http.inject({ url: `/graphql?${new URLSearchParams({ extensions }).toString()}` });
    expect(forged.statusCode).toBe(400);
  });

  it('are registered also where the answer is kept already', async () => {
    const query = '{ city(code: "330100") { code } }';
    const answer = [200, { data: { city: { code: '330100' } } }];
    expect(await post(app, { query })).toEqual(answer);
    expect(await post(app, { query, ...persisted(sha256(query)) })).toEqual(answer);
    expect(await post(app, persisted(sha256(query)))).toEqual(answer);
  });

  it.each([
    ['a wrong hash', { query: CANARY, ...persisted('0'.repeat(64)) }],
    ['another version', persisted(sha256(CANARY), 2)],
    ['no hash', { extensions: { persistedQuery: { version: 1 } } }],
    ['no object', { extensions: { persistedQuery: 'x' } }],
  ])('%s is refused', async (_, payload) => {
    expect(await post(app, payload)).toEqual(refused(400, 'PERSISTED_QUERY_INVALID'));
  });

  it('pass the same limits, and are not kept when they fail', async () => {
    const deep = '{ city(code: "310000") { initiatives { city { initiatives { city { code } } } } } }';
    expect((await post(app, { query: deep, ...persisted(sha256(deep)) }))[0]).toBe(400);
    expect(await post(app, persisted(sha256(deep)))).toEqual(refused(200, 'PERSISTED_QUERY_NOT_FOUND'));
  });

  it('are bounded', () => {
    const queries = new PersistedQueries(new Map(), false);
    for (let n = 0; n < 200; n++) queries.register(String(n), 'x'.repeat(100_000));
    expect(queries.size).toBeLessThan(50);
    expect(queries.size).toBeGreaterThan(30);
  });
});

describe('trusted documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trusted-'));
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const relay = file('relay.json', JSON.stringify({ abc: CANARY }));

  it('are run by id, whichever way it is sent; nothing else is', async () => {
    const app = await openApp({ env: { TRUSTED_DOCUMENTS: relay, TRUSTED_DOCUMENTS_ONLY: 'true' } });
    for (const named of [{ documentId: 'abc' }, { id: 'abc' }, { doc_id: 'abc' }, persisted('abc'), { query: CANARY }])
      expect(await post(app, named)).toEqual([200, ANSWER]);
    expect(await get(app, { documentId: 'abc' })).toEqual([200, ANSWER]);
    const other = '{ __typename }';
    for (const foreign of [
      { query: other },
      { query: other, id: 'abc' },
      { id: 'x' },
      persisted(sha256(other)),
      { query: other, ...persisted(sha256(other)) },
    ])
      expect(await post(app, foreign)).toEqual(refused(400, 'DOCUMENT_NOT_TRUSTED'));
    await app.close();
  });

  it('stand beside others unless only they are trusted', async () => {
    const app = await openApp({ env: { TRUSTED_DOCUMENTS: relay } });
    expect(await post(app, { id: 'abc' })).toEqual([200, ANSWER]);
    expect(await post(app, { query: '{ __typename }' })).toEqual([200, { data: { __typename: 'Query' } }]);
    expect(await post(app, { id: 'x' })).toEqual(refused(200, 'PERSISTED_QUERY_NOT_FOUND'));
    await app.close();
  });

  it("reads Apollo's manifest too, and refuses what is none", () => {
    const apollo = {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: 'abc', name: 'A', type: 'query', body: CANARY }],
    };
    expect(readTrustedDocuments(file('apollo.json', JSON.stringify(apollo)))).toEqual(new Map([['abc', CANARY]]));
    expect(readTrustedDocuments('')).toEqual(new Map());
    for (const bad of ['{', '[]', '{}', '{"a":1}'])
      expect(() => readTrustedDocuments(file('bad.json', bad))).toThrow(/TRUSTED_DOCUMENTS/);
    expect(() => readTrustedDocuments(join(folder, 'none.json'))).toThrow(/TRUSTED_DOCUMENTS/);
  });
});

describe('what an operation costs is the same in every form that it comes in', () => {
  const BODY = 'rows(first: 40) { nodes { rank nodeScores { score } } }';
  const LITERAL = `{ ranking(input: { year: 2018 }) { ${BODY} } }`;
  const VARIABLES = `query ($year: Int!, $n: Int!) { ranking(input: { year: $year }) { ${BODY.replace('40', '$n')} } }`;
  const variables = { year: 2018, n: 40 };
  const folder = mkdtempSync(join(tmpdir(), 'trusted-'));
  const manifest = join(folder, 'documents.json');
  writeFileSync(manifest, JSON.stringify({ literal: LITERAL, variables: VARIABLES }));

  /** Payloads, and whether they are sent by GET. */
  const FORMS: readonly (readonly [form: string, method: 'GET' | 'POST', payload: Record<string, unknown>])[] = [
    ['literals', 'POST', { query: LITERAL }],
    ['variables', 'POST', { query: VARIABLES, variables }],
    ['variables, by GET', 'GET', { query: VARIABLES, variables }],
    ['aliases', 'POST', { query: LITERAL.replace('ranking(', 'a: ranking(').replace('rows(', 'b: rows(') }],
    ['fragments', 'POST', { query: `{ ranking(input: { year: 2018 }) { ...F } } fragment F on Ranking { ${BODY} }` }],
    ['a new hash', 'POST', { query: VARIABLES, variables, ...persisted(sha256(VARIABLES)) }],
    ['a known hash', 'POST', { variables, ...persisted(sha256(VARIABLES)) }],
    ['a known hash, by GET', 'GET', { variables, ...persisted(sha256(VARIABLES)) }],
    ['a hash of literals', 'POST', { query: LITERAL, ...persisted(sha256(LITERAL)) }],
    ['a trusted document', 'POST', { documentId: 'literal' }],
    ['a trusted document with variables', 'POST', { documentId: 'variables', variables }],
    ['a trusted document, by GET', 'GET', { documentId: 'variables', variables }],
  ];

  interface Priced {
    readonly data?: unknown;
    readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
    readonly extensions?: { readonly cost: { readonly nodes: number; readonly cellOperations: number } };
  }
  const send = async (app: TestApp, method: 'GET' | 'POST', payload: Record<string, unknown>): Promise<Priced> => {
    const full = { ...payload, extensions: { ...Object(payload['extensions']), cost: true } as unknown };
    const texts = Object.entries(full).map(([name, part]) => [
      name,
      typeof part === 'string' ? part : JSON.stringify(part),
    ]);
    const response = await (method === 'POST'
      ? app.http.inject({ method, url: '/graphql', payload: full })
      : app.http.inject({
          url: `/graphql?${new URLSearchParams(texts).toString()}`,
          headers: { 'apollo-require-preflight': '1' },
        }));
    return response.json<Priced>();
  };

  it.each([
    ['allowed', {}, undefined],
    ['too many nodes', { LIMIT_NODES: '500' }, 'COST_EXCEEDED'],
    ['too much work', { LIMIT_CELL_OPERATIONS: '1000' }, 'BUDGET_EXCEEDED'],
  ])('%s', async (_, env, code) => {
    const app = await openApp({ env: { ...env, TRUSTED_DOCUMENTS: manifest } });
    const costs = new Set<string>();
    for (const [form, method, payload] of FORMS) {
      const { errors, extensions } = await send(app, method, payload);
      const [error] = errors ?? [];
      // What a refused request would have registered is not known afterwards.
      if (error?.extensions['code'] === 'PERSISTED_QUERY_NOT_FOUND' && code === 'COST_EXCEEDED') continue;
      expect([form, error?.extensions['code']]).toEqual([form, code]);
      costs.add(JSON.stringify([extensions?.cost, error?.message]));
    }
    expect([...costs]).toHaveLength(1);
    // The ranking, its page, 40 rows with their rank, and the scores of all nodes of the index.
    const nodes = Math.ceil((10 + 10 + 40 * (11 + 27 * 11)) / 10);
    expect([...costs][0]).toContain(`"nodes":${String(nodes)}`);
    await app.close();
  });
});
