import { createSchema } from '../../src/resolvers/schema';
import { readConfig } from '../../src/server/config';
import { Documents } from '../../src/server/documents';
import { SCORING_ROOTS } from '../../src/server/limits/document-limits';
import { openApp, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp({
    env: { LIMIT_DEPTH: '6', LIMIT_ALIASES: '5', LIMIT_TOKENS: '400', LIMIT_SCORING_ROOT_FIELDS: '2' },
  });
});
afterAll(() => app.close());

const codesOf = async (query: string, variables?: Record<string, unknown>): Promise<[number, unknown[]]> => {
  const { status, body } = await app.query(query, variables);
  return [status, (body.errors ?? []).map((error) => error.extensions['code'])];
};

/** `{ a { b { … } } }` with `depth` levels of initiatives and cities, which lead to one another. */
const nested = (depth: number): string => {
  const levels = Array.from({ length: depth - 2 }, (_, level) => (level % 2 === 0 ? 'initiatives' : 'city'));
  return `{ city(code: "310000") { ${levels.map((level) => `${level} { `).join('')} __typename ${'}'.repeat(levels.length)} } }`;
};

describe('depth', () => {
  it.each([
    [5, []],
    [6, []],
    [7, ['DEPTH_EXCEEDED']],
    [40, ['DEPTH_EXCEEDED']],
  ])('%i levels with a limit of 6', async (depth, codes) => {
    expect(await codesOf(nested(depth))).toEqual([codes.length === 0 ? 200 : 400, codes]);
  });

  it('counts what fragments hide', async () => {
    const query = `
      { city(code: "310000") { ...a } }
      fragment a on City { initiatives { ... on Initiative { ...b } } }
      fragment b on Initiative { city { initiatives { city { initiatives { title } } } } }`;
    expect(await codesOf(query)).toEqual([400, ['DEPTH_EXCEEDED']]);
  });

  it('leaves introspection to the rule of graphql-js', async () => {
    const chain = 'ofType { '.repeat(9) + 'name' + ' }'.repeat(9);
    expect(await codesOf(`{ __schema { types { fields { type { ${chain} } } } } }`)).toEqual([200, []]);
    const loop =
      '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }';
    expect(await codesOf(loop)).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
  });
});

describe('aliases', () => {
  const aliases = (count: number): string =>
    `{ ${Array.from({ length: count }, (_, index) => `a${String(index)}: __typename`).join(' ')} }`;

  it.each([
    [5, []],
    [6, ['ALIASES_EXCEEDED']],
  ])('%i with a limit of 5', async (count, codes) => {
    expect((await codesOf(aliases(count)))[1]).toEqual(codes);
  });

  it('counts fragments as often as they are used, and fast when they use one another twice', async () => {
    const fragments = Array.from(
      { length: 20 },
      (_, index) =>
        `fragment f${String(index)} on City { x: code ${index < 19 ? `...f${String(index + 1)} ... on City { ...f${String(index + 1)} }` : ''} }`,
    );
    const started = performance.now();
    expect((await codesOf(`{ city(code: "1") { ...f0 } } ${fragments.join(' ')}`))[1]).toEqual(['ALIASES_EXCEEDED']);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('directives', () => {
  const skips = (count: number): string => `{ __typename ${'@skip(if: false) '.repeat(count)} }`;

  it('at most 20, told by one error before validation, which would give one for each', async () => {
    expect(await codesOf(skips(21))).toEqual([400, ['DIRECTIVES_EXCEEDED']]);
    expect(await codesOf(`{ __typename ${'@aa '.repeat(150)} }`)).toEqual([400, ['DIRECTIVES_EXCEEDED']]);
    const fields = Array.from({ length: 20 }, (_, index) => `f${String(index)}: __typename @skip(if: false)`);
    const within = await openApp({ env: { LIMIT_ROOT_FIELDS: '20' }, bundle: null });
    expect((await within.query(`{ ${fields.join(' ')} }`)).status).toBe(200);
    await within.close();
  });

  it('counts those on operations, variables, spreads and fragments, as often as they are used', async () => {
    const spread = '...f @include(if: true) '.repeat(7);
    const query = (extra: string): string =>
      `query { city(code: "1") { ${spread} ${extra} } } fragment f on City { code @skip(if: false) name @skip(if: false) }`;
    expect((await codesOf(query('')))[1]).toEqual(['DIRECTIVES_EXCEEDED']);
  });
});

describe('root fields', () => {
  const roots = (count: number): string => `{ ${'__typename '.repeat(count)} }`;

  it.each([
    [10, 200, []],
    [11, 400, ['ROOT_FIELDS_EXCEEDED']],
  ])('%i with a limit of 10', async (count, status, codes) => {
    expect(await codesOf(roots(count))).toEqual([status, codes]);
  });

  it('at most two that run a ranking, also where fragments hide them', async () => {
    const ranking = (alias: string): string => `${alias}: ranking { digest }`;
    expect(await codesOf(`{ ${ranking('a')} ${ranking('b')} }`)).toEqual([200, []]);
    const three = `{ ...f ... on Query { ...f } ${ranking('b')} } fragment f on Query { ${ranking('a')} }`;
    expect(await codesOf(three)).toEqual([400, ['ROOT_FIELDS_EXCEEDED']]);
  });

  it('are not counted together over the operations of a document', async () => {
    const { status } = await app.query(`query a ${roots(8)} query b ${roots(8)}`);
    expect(status).toBe(400);
    const response = await app.http.inject({
      method: 'POST',
      url: '/graphql',
      payload: { query: `query a ${roots(8)} query b ${roots(8)}`, operationName: 'b' },
    });
    expect(response.json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('that run a ranking are all named', () => {
    // Whatever takes a recipe of a ranking, or gives a ranking, but for the check that runs none.
    const schema = createSchema();
    const fields = { ...schema.getQueryType()?.getFields(), ...schema.getMutationType()?.getFields() };
    const takesRecipe = Object.values(fields).filter(
      ({ name, type, args }) =>
        name !== 'checkRanking' &&
        (String(type) === 'Ranking' ||
          args.some((arg) => /^(RankingInput|RankingSideInput|WhatIfInput)/.test(String(arg.type)))),
    );
    for (const { name } of takesRecipe) expect([name, SCORING_ROOTS.has(name)]).toEqual([name, true]);
    for (const name of SCORING_ROOTS) expect(fields[name]?.name).toBe(name);
  });
});

it('a document nested more deeply than the call stack goes is refused, not failed on', () => {
  const limits = { ...readConfig({}).limits, tokens: 10_000_000 };
  const documents = new Documents({ schema: createSchema(), limits, rules: [], suggestions: true });
  const codeOf = (source: string): unknown => documents.read(source).errors?.[0]?.extensions['code'];
  const levels = 200_000;
  expect(codeOf(`${'{a'.repeat(levels)}${'}'.repeat(levels)}`)).toBe('DEPTH_EXCEEDED');
  const lists = `{ cities(filter: { codes: ${'['.repeat(levels)}${']'.repeat(levels)} }) { totalCount } }`;
  expect(codeOf(lists)).toBe('DEPTH_EXCEEDED');
});

describe('documents', () => {
  it('with too many tokens are not read on', async () => {
    expect(await codesOf(`{ ${'__typename '.repeat(401)} }`)).toEqual([400, ['TOKENS_EXCEEDED']]);
  });
});

describe('inputs', () => {
  const SEARCH = 'query ($text: String) { cities(filter: { text: $text }) { totalCount } }';

  it.each([
    [200, []],
    [201, ['BAD_INPUT']],
  ])('a string of %i characters', async (length, codes) => {
    for (const character of ['x', '市', '😀']) {
      const text = character.repeat(length);
      expect((await codesOf(SEARCH, { text }))[1]).toEqual(codes);
      expect((await codesOf(`{ cities(filter: { text: "${text}" }) { totalCount } }`))[1]).toEqual(codes);
    }
  });

  it.each([
    [500, []],
    [501, ['BAD_INPUT']],
  ])('a list of %i codes', async (length, codes) => {
    const query = 'query ($codes: [String!]) { cities(filter: { codes: $codes }) { totalCount } }';
    const items = Array.from({ length }, (_, index) => String(index));
    expect((await codesOf(query, { codes: items }))[1]).toEqual(codes);
  });

  it('a list of 501 codes written out', async () => {
    const wide = await openApp({ env: { LIMIT_TOKENS: '10000' }, bundle: null });
    const { body } = await wide.query(`{ cities(filter: { codes: [${'"x",'.repeat(501)}] }) { totalCount } }`);
    expect(body.errors?.[0]?.extensions['code']).toBe('BAD_INPUT');
    await wide.close();
  });

  it('a text or list that is too long is named with its place, written out, by default or in a variable', async () => {
    const text = 'x'.repeat(201);
    const tooLong = { code: 'BAD_INPUT', allowed: 'at most 200 characters' };
    const refusalOf = async (query: string, variables?: Record<string, unknown>): Promise<unknown> =>
      (await app.query(query, variables)).body.errors?.[0]?.extensions;
    expect(await refusalOf(`{ cities(filter: { codes: ["a", "${text}"] }) { totalCount } }`)).toEqual({
      ...tooLong,
      field: 'filter.codes[1]',
    });
    expect(await refusalOf(SEARCH.replace('String)', `String = "${text}")`))).toEqual({ ...tooLong, field: 'text' });
    expect(await refusalOf(SEARCH, { text })).toEqual({ ...tooLong, field: 'text' });
    expect(await refusalOf(`{ __typename @include(if: true) city(code: "${text}") { code } }`)).toEqual({
      ...tooLong,
      field: 'code',
    });
  });

  it('a cursor may be longer than a string, and is refused as a cursor', async () => {
    const after = 'x'.repeat(5000);
    const query = 'query ($after: String) { cities(after: $after) { totalCount } }';
    expect((await codesOf(query, { after }))[1]).toEqual(['CURSOR_INVALID']);
    expect((await codesOf(`{ cities(after: "${after}") { totalCount } }`))[1]).toEqual(['CURSOR_INVALID']);
  });

  it.each([
    ['a string for a number', { year: 'x' }],
    ['a fraction for a whole number', { year: 1.5 }],
    ['a number past 32 bits', { year: 2 ** 31 }],
    ['a list for a number', { year: [[1]] }],
    ['an unknown field', { nope: 1 }],
  ])('%s in a variable is BAD_INPUT with its path', async (_, input) => {
    const { status, body } = await app.query('query ($input: RankingInput) { ranking(input: $input) { digest } }', {
      input,
    });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions['code']).toBe('BAD_INPUT');
    expect(body.errors?.[0]?.extensions['field']).toMatch(/^input/);
  });
});

describe('limits on arguments are settings', () => {
  let narrow: TestApp;
  beforeAll(async () => {
    narrow = await openApp({
      env: {
        LIMIT_PAGE_SIZE: '60',
        LIMIT_CODES: '3',
        LIMIT_INDICATOR_CODES: '2',
        LIMIT_LIST_ITEMS: '5',
        LIMIT_STRING_CHARACTERS: '20',
        LIMIT_DRAWS: '30',
      },
    });
  });
  afterAll(() => narrow.close());

  const refusalOf = async (query: string): Promise<unknown> => {
    const { body } = await narrow.query(query);
    const { code, field, allowed } = body.errors?.[0]?.extensions ?? {};
    return body.errors && [code, field, allowed];
  };
  const cities = (args: string): string => `{ cities(${args}) { totalCount } }`;
  const run = (draws: number): string =>
    `{ ranking { robustness { uncertainty(input: { draws: ${String(draws)}, weights: { method: SIMPLEX } }) { draws } } } }`;

  it.each<[string, string, unknown[]]>([
    [cities('first: 60'), cities('first: 61'), ['BAD_INPUT', 'first', 'a whole number from 1 to 60']],
    [cities('last: 60'), cities('last: 61'), ['BAD_INPUT', 'last', 'a whole number from 1 to 60']],
    [
      cities('filter: { codes: ["a", "b", "c"] }'),
      cities('filter: { codes: ["a", "b", "c", "d"] }'),
      ['BAD_INPUT', 'filter.codes', 'at most 3 city codes'],
    ],
    [
      '{ sources(filter: { codes: ["a", "b"] }) { totalCount } }',
      '{ sources(filter: { codes: ["a", "b", "c"] }) { totalCount } }',
      ['BAD_INPUT', 'filter.codes', 'at most 2 codes'],
    ],
    [
      '{ nodes(ids: ["a", "b", "c", "d", "e"]) { id } }',
      cities('filter: { codes: ["a", "b", "c", "d", "e", "f"] }'),
      ['BAD_INPUT', 'filter.codes', 'at most 5 items'],
    ],
    [
      cities(`filter: { text: "${'x'.repeat(20)}" }`),
      cities(`filter: { text: "${'x'.repeat(21)}" }`),
      ['BAD_INPUT', 'filter.text', 'at most 20 characters'],
    ],
    [run(30), run(31), ['BUDGET_EXCEEDED', 'input.draws', 'at most 30']],
  ])('%s, and no more', async (within, beyond, refusal) => {
    expect(await refusalOf(within)).toBeUndefined();
    expect(await refusalOf(beyond)).toEqual(refusal);
  });

  it('also where what is wrong comes as data, and one server does not take over those of another', async () => {
    const check =
      '{ checkRanking(input: { cities: { codes: ["330100", "310000", "110000", "440300"] } }) { userErrors { path allowed } } }';
    const [here, there] = await Promise.all([narrow.data(check), app.data(check)]);
    expect(here.at('checkRanking', 'userErrors')).toEqual([{ path: 'cities.codes', allowed: 'at most 3 city codes' }]);
    expect(there.at('checkRanking', 'userErrors')).toEqual([]);
  });

  it('a page is not estimated at more than it may have', async () => {
    const response = await narrow.http.inject({
      method: 'POST',
      url: '/graphql',
      payload: { query: '{ cities(first: 200) { nodes { code } } }', extensions: { cost: true } },
    });
    expect(response.json()).toMatchObject({ extensions: { cost: { nodes: 1 + 60 * 1.1 } } });
  });
});

it('connections, sockets and the queue of analyses are held to their settings', async () => {
  const config = readConfig({
    KEEP_ALIVE_SECONDS: '7',
    FILE_IDLE_SECONDS: '3',
    LIMIT_FILE_CELLS: '100',
    WORKER_QUEUE: '4',
    SUBSCRIPTIONS_PER_SOCKET: '2',
  });
  expect(config).toMatchObject({
    keepAliveSeconds: 7,
    files: { idleSeconds: 3, openCells: 100 },
    workerQueue: 4,
    subscriptionsPerSocket: 2,
  });
  const within = await openApp({ env: { KEEP_ALIVE_SECONDS: '7', WORKER_QUEUE: '2' } });
  expect(within.http.server.keepAliveTimeout).toBe(7000);
  // More at once than may wait: the rest is told to come again.
  const runs = [1, 2, 3].map((seed) =>
    within.query(
      `{ ranking { robustness { uncertainty(input: { draws: 2000, seed: ${String(seed)}, weights: { method: SIMPLEX } }) { draws } } } }`,
    ),
  );
  const codes = (await Promise.all(runs)).map(({ body }) => body.errors?.[0]?.extensions['code']);
  expect(codes.filter((code) => code === 'QUEUE_FULL')).toHaveLength(1);
  expect(codes.filter((code) => code === undefined)).toHaveLength(2);
  await within.close();
});
