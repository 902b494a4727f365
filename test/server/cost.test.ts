import { buildSchema, getOperationAST, getVariableValues, parse, validate } from 'graphql';
import { createSchema } from '../../src/resolvers/schema';
import { readExamples } from '../../src/server/graphiql';
import { CostModel, listsLeftOut } from '../../src/server/limits/cost';
import { sizesOf } from '../../src/server/limits/cost-limit';
import type { Sizes } from '../../src/server/limits/field-costs';
import { openApp, type TestApp } from '../helpers/app';

const schema = createSchema();
const model = new CostModel(schema);
const SIZES: Sizes = { cities: 300, indicators: 21, nodes: 27, page: 50, mostOnPage: 200, listed: 10, years: 10 };

/** Nodes of the operation named, or of the only one. */
function nodesOf(query: string, variables: Record<string, unknown> = {}, sizes = SIZES, name?: string): number {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document, name);
  if (!operation) throw new Error('There is no such operation.');
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (!coerced) throw new Error('The variables are not valid.');
  return model.nodesOf(document, operation, coerced, sizes);
}

it('every list of the schema has a size, and every size is of a list', () => {
  expect(listsLeftOut(schema)).toEqual([]);
  const other = buildSchema('type Query { news: [Query!]! first: Query numbers: [[Int]] }');
  expect(listsLeftOut(other)).toEqual(expect.arrayContaining(['Query.news', 'Query.numbers', 'Query.nodes']));
});

describe('by hand: an object is a node, a scalar a tenth, an item of a list of scalars a hundredth', () => {
  it.each<[number, string]>([
    [1, '{ __typename }'],
    // The city and its code.
    [2, '{ city(code: "1") { code } }'],
    [1.3, '{ city(code: "1") { code a: name b: name } }'],
    // The connection, 10 cities of 1.2, the information on the page with 1 flag, the number of all.
    [1 + 10 * 1.2 + 1.1 + 0.1, '{ cities(first: 10) { nodes { code name } pageInfo { hasNextPage } totalCount } }'],
    [1 + 10 * (1.1 + 1.1), '{ cities(last: 10) { edges { cursor node { code } } } }'],
    // 50 where nothing is said.
    [1 + 50 * 1.1, '{ cities { nodes { code } } }'],
    [1 + 50 * 1.1, '{ cities(first: null) { nodes { code } } }'],
    // A page never has more than 200: who asks for more is told so by the field.
    [1 + 200 * 1.1, '{ cities(first: 2000000000) { nodes { code } } }'],
    [1, '{ cities(first: -1) { nodes { code } } }'],
    // Ranking, connection, rows, 27 node scores each.
    [1 + 1 + 20 * (1 + 27 * 1.2), '{ ranking { rows(first: 20) { nodes { nodeScores { node score } } } } }'],
    // Columns of 300 cities: codes, ranks, and two for each node.
    [1 + 1 + 3 + 3 + 27 * (1 + 3 + 3), '{ ranking { columns { cityCodes ranks nodes { ranks scores } } } }'],
    [
      1 + 2 * (1 + 3 * 1.1),
      '{ rankHistory(cities: ["1", "2"], years: [2017, 2018, 2019]) { cities { years { year } } } }',
    ],
    [3 * 1.1, '{ nodes(ids: ["a", "b", "c"]) { id } }'],
    [
      1 + 2 * 1.1 + 27 * (1 + 2 * 1.1),
      '{ compareCities(codes: ["1", "2"]) { cities { rank } nodes { cities { score } } } }',
    ],
    [5 * 1.1, '{ peers(city: "1") { rank } }'],
    // A matrix of 30 × 30.
    [
      1 + 1 + 1 + 1 + 9,
      '{ ranking { robustness { uncertainty(input: { seed: 1, draws: 10 }) { pairs(first: 30) { values } } } } }',
    ],
    [5000, '{ __schema { types { name fields { name } } } }'],
    [500, '{ __type(name: "City") { name } }'],
  ])('%d: %s', (nodes, query) => {
    expect(nodesOf(query)).toBe(Math.ceil(Math.round(nodes * 1000) / 1000));
  });

  it('sizes are those of the release', () => {
    const query = '{ ranking { unranked { reason } } }';
    expect(nodesOf(query, {}, { ...SIZES, cities: 5000 })).toBe(1 + 5000 * 1.1);
  });
});

describe('the same, however it is written', () => {
  const ROWS = 'rows(first: 40) { nodes { rank nodeScores { score } } }';
  const LITERAL = `{ ranking { ${ROWS} } cities(first: 7) { nodes { code } } }`;
  it.each<[string, string, Record<string, unknown>]>([
    [
      'variables',
      'query ($n: Int, $m: Int!) { ranking { rows(first: $n) { nodes { rank nodeScores { score } } } } cities(first: $m) { nodes { code } } }',
      { n: 40, m: 7 },
    ],
    [
      'defaults of variables',
      'query ($n: Int = 40, $m: Int = 7) { ranking { rows(first: $n) { nodes { rank nodeScores { score } } } } cities(first: $m) { nodes { code } } }',
      {},
    ],
    [
      'aliases',
      '{ r: ranking { x: rows(first: 40) { y: nodes { z: rank n: nodeScores { s: score } } } } c: cities(first: 7) { nodes { code } } }',
      {},
    ],
    [
      'fragments',
      `{ ranking { ...A } ...B } fragment A on Ranking { ${ROWS} } fragment B on Query { cities(first: 7) { ...C } } fragment C on CityConnection { nodes { ...D } } fragment D on City { code }`,
      {},
    ],
    [
      'inline fragments',
      `{ ... on Query { ranking { ... { ... on Ranking { ${ROWS} } } } } ... @include(if: true) { cities(first: 7) { nodes { ... on City { code } } } } }`,
      {},
    ],
    [
      'parts that are left out',
      `query ($no: Boolean = false) { ranking { ${ROWS} unranked @include(if: $no) { reason } } cities(first: 7) { nodes { code } } big: cities(first: 200) @skip(if: true) { nodes { code } } ...F @include(if: $no) } fragment F on Query { indicators(first: 200) { nodes { code } } }`,
      {},
    ],
    ['another operation beside it', `query Other { cities(first: 200) { nodes { code } } } query Mine ${LITERAL}`, {}],
  ])('%s', (_, query, variables) => {
    expect(nodesOf(query, variables, SIZES, query.includes('query Mine') ? 'Mine' : undefined)).toBe(nodesOf(LITERAL));
  });

  it('what a variable includes counts', () => {
    const query =
      'query ($yes: Boolean!) { city(code: "1") { code ...F @include(if: $yes) } } fragment F on City { initiatives { title } }';
    expect(nodesOf(query, { yes: false })).toBe(2);
    expect(nodesOf(query, { yes: true })).toBe(Math.ceil(1.1 + 10 * 1.1));
  });
});

/** Each fragment uses the next one twice; what the last one asks for is asked for 2^30 times. */
const doubling = (last: string): string =>
  [
    '{ city(code: "1") { ...f0 } }',
    ...Array.from(
      { length: 30 },
      (_, k) => `fragment f${String(k)} on City { ...f${String(k + 1)} ...f${String(k + 1)} }`,
    ),
    `fragment f30 on City { ${last} }`,
  ].join(' ');

it('2^30 spreads are weighed at once', () => {
  const document = parse(doubling('code'));
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  const started = performance.now();
  expect(model.nodesOf(document, operation, {}, SIZES)).toBe(Math.ceil(1 + 2 ** 30 / 10));
  expect(performance.now() - started).toBeLessThan(100);
});

describe('a server', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  /** Objects of an answer. */
  const objectsIn = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 0;
    // A recipe is a scalar that looks like an object.
    const members = Object.entries(value).filter(([name]) => name !== 'recipe');
    const inner = members.reduce<number>((sum, [, member]) => sum + objectsIn(member), 0);
    return Array.isArray(value) ? inner : 1 + inner;
  };

  it.each(readExamples().map(({ name, query }) => [name, query] as const))(
    '%s: the estimate is no less than what there is, and not thirty times as much',
    async (_, query) => {
      const { value } = await app.data(query);
      const estimate = nodesOf(query, {}, sizesOf(app.services.releases.loaded, 200));
      const there = objectsIn(value) - 1;
      expect(estimate).toBeGreaterThanOrEqual(there);
      expect(estimate).toBeLessThan(30 * there + 30);
      expect(estimate).toBeLessThan(50_000);
    },
  );

  const codes = async (query: string, variables?: Record<string, unknown>): Promise<unknown[]> => {
    const { status, body } = await app.query(query, variables);
    return [status, ...(body.errors ?? []).map(({ extensions }) => extensions['code'])];
  };

  it.each(['code', 'initiatives { title }'])('refuses 2^30 spreads of { %s }', async (last) => {
    const started = performance.now();
    expect(await codes(doubling(last))).toEqual([400, 'COST_EXCEEDED']);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('names what was found and what is allowed, before anything runs', async () => {
    const get = jest.spyOn(app.services.releases, 'get');
    const rows = 'rows(first: $n) { nodes { ...Row } edges { node { ...Row } } }';
    const roots = [1, 2, 3, 4].map((k) => `r${String(k)}: ranking { ${rows} }`).join(' ');
    const row = 'fragment Row on RankedCity { nodeScores { node score rank weight } }';
    const { status, body } = await app.query(`query ($n: Int!) { ${roots} } ${row}`, { n: 200 });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.message).toMatch(/would have about \d+ nodes; allowed: at most 50000\./);
    expect(body.data).toBeUndefined();
    expect(get).not.toHaveBeenCalled();
    get.mockRestore();
    expect(await codes(`query ($n: Int!) { ${roots} } ${row}`, { n: 10 })).toEqual([200]);
  });

  it('is held to its setting by the coerced variables, on the operation that is asked for only', async () => {
    const small = await openApp({ env: { LIMIT_NODES: '2000' }, bundle: null });
    const ask = async (payload: object): Promise<unknown> => {
      const response = await small.http.inject({ method: 'POST', url: '/graphql', payload });
      const { errors = [] } = response.json<{ errors?: { extensions: { code: string } }[] }>();
      return [response.statusCode, errors[0]?.extensions.code];
    };
    const query =
      'query ($n: Int = 200) { cities(first: $n) { nodes { code a: name b: name c: name d: name e: name f: name g: name h: name i: name } edges { node { code } } } }';
    const refused = [400, 'COST_EXCEEDED'];
    expect(await ask({ query: query.replace('f: name', 'f: initiatives { title }') })).toEqual(refused);
    expect(await ask({ query, variables: { n: 10 } })).toEqual([200, 'NOT_READY']);
    const two =
      'query Big { cities(first: 200) { nodes { initiatives { title } } } } query Small { cities(first: 1) { nodes { code } } }';
    expect(await ask({ query: two, operationName: 'Small' })).toEqual([200, 'NOT_READY']);
    expect(await ask({ query: two, operationName: 'Big' })).toEqual(refused);
    expect(await ask({ query: two })).toEqual([400, 'OPERATION_RESOLUTION_FAILURE']);
    await small.close();
  });

  describe('extensions.cost', () => {
    const ask = async (
      payload: object,
    ): Promise<{ data?: unknown; errors?: unknown; extensions?: { cost?: unknown } }> =>
      (await app.http.inject({ method: 'POST', url: '/graphql', payload })).json();
    const QUERY = 'query ($n: Int = 10) { cities(first: $n) { nodes { code name } } ranking { digest } }';

    it('is told where it is asked for, the same every time, and with the variables', async () => {
      const extensions = { cost: true };
      const first = await ask({ query: QUERY, extensions });
      expect(first.extensions?.cost).toEqual({
        nodes: Math.ceil(1 + 10 * 1.2 + 1.1),
        cellOperations: expect.any(Number) as number,
        limits: { nodes: 50_000, cellOperations: 200_000_000 },
      });
      // Kept, compiled or made anew.
      for (let time = 0; time < 7; time++)
        expect(
          (await ask({ query: QUERY, variables: { n: 10 }, extensions: { ...extensions, time } })).extensions,
        ).toEqual(first.extensions);
      expect((await ask({ query: QUERY })).extensions).toBeUndefined();
      expect((await ask({ query: QUERY, extensions: { cost: 'yes' } })).extensions).toBeUndefined();
    });

    it('is told of what is refused, too', async () => {
      const { errors, extensions } = await ask({ query: doubling('code'), extensions: { cost: true } });
      expect(errors).toHaveLength(1);
      expect(extensions?.cost).toMatchObject({ nodes: Math.ceil(1 + 2 ** 30 / 10), cellOperations: 0 });
    });

    it('is told over GET', async () => {
      const search = new URLSearchParams({ query: '{ city(code: "110000") { code } }', extensions: '{"cost":true}' });
      const response = await app.http.inject({
        url: `/graphql?${search.toString()}`,
        headers: { 'apollo-require-preflight': '1' },
      });
      expect(response.json()).toMatchObject({ extensions: { cost: { nodes: 2 } } });
    });
  });

  describe('what travels', () => {
    it.each([8192, 8193])('an address of %i bytes', async (length) => {
      const start = '/graphql?query={__typename}&x=';
      const url = start + 'x'.repeat(length - start.length);
      const response = await app.http.inject({ url, headers: { 'apollo-require-preflight': '1' } });
      if (length <= 8192) expect(response.json()).toEqual({ data: { __typename: 'Query' } });
      else
        expect([response.statusCode, response.json()]).toMatchObject([
          414,
          { errors: [{ extensions: { code: 'URL_TOO_LONG' } }] },
        ]);
    });

    it('an answer that is too large is refused, whether it could be kept or not', async () => {
      const small = await openApp({ env: { LIMIT_RESPONSE_BYTES: '2000' } });
      const of = (list: string, count: number): string =>
        `{ ${list}(first: ${String(count)}) { nodes { city { name(language: ZH) } } } }`;
      for (const list of ['observations', 'publishedRankings']) {
        expect((await small.query(of(list, 10))).status).toBe(200);
        const { status, body } = await small.query(of(list, 100));
        expect([status, body.errors?.[0]?.extensions['code'], body.data]).toEqual([
          400,
          'RESPONSE_TOO_LARGE',
          undefined,
        ]);
        expect(body.errors?.[0]?.message).toMatch(/larger than 2000 bytes\..*file/);
      }
      await small.close();
    });
  });
});
