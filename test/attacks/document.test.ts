import { underAttack } from './attack';

const attack = underAttack();

/** `levels` selections in one another: a city's initiatives, their city and so on. */
const nested = (levels: number): string => {
  const names = Array.from({ length: levels }, (_, level) => (level % 2 === 0 ? 'initiatives' : 'city'));
  return `{ city(code: "330100") { ${names.join(' { ')} { __typename ${'} '.repeat(levels)}} }`;
};

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

attack(
  1,
  'token flood: 100,000 tokens are not read beyond the limit, and nothing else is said of them',
  async (client) => {
    // Two tokens in two bytes, so that the body stays within its own limit.
    const brackets = `{ city(code: [${'[]'.repeat(50_000)}]) { name } }`;
    expect(await client.codes(brackets)).toEqual([400, ['TOKENS_EXCEEDED']]);
    expect(await client.codes(`{ ${'__typename '.repeat(10_000)} }`)).toEqual([400, ['TOKENS_EXCEEDED']]);
    // Neither an unknown field nor an unused variable is complained of: no validation ran.
    expect(await client.codes(`query ($x: Int) { ${'nope '.repeat(20_000)} }`)).toEqual([400, ['TOKENS_EXCEEDED']]);
  },
  { cpuMs: 200 },
);

attack(2, 'deep selection: 200 levels', async (client) => {
  expect(await client.codes(nested(200))).toEqual([400, ['DEPTH_EXCEEDED']]);
  expect(await client.codes(nested(4))).toEqual([200, []]);
});

attack(3, 'deep selection behind fragments, named and inline', async (client) => {
  // Each level of fragments hides two levels of selections, in at most 17 tokens.
  const behind = (levels: number): string => {
    const fragments = times(levels, (index) => {
      const next = index + 1 < levels ? `...f${String(index + 1)}` : '__typename';
      return `fragment f${String(index)} on City { ... on City { initiatives { ... { city { ${next} } } } } }`;
    });
    return `{ city(code: "330100") { ...f0 } } ${fragments}`;
  };
  expect(await client.codes(behind(4))).toEqual([200, []]);
  expect(await client.codes(behind(6))).toEqual([400, ['DEPTH_EXCEEDED']]);
  expect(await client.codes(behind(90))).toEqual([400, ['DEPTH_EXCEEDED']]);
});

attack(
  4,
  'circular fragments',
  async (client) => {
    const refused = [400, new Set(['GRAPHQL_VALIDATION_FAILED'])];
    for (const fragments of [
      'fragment a on City { ...b } fragment b on City { ...a }',
      'fragment a on City { initiatives { city { ...a } } }',
    ]) {
      const { status, codes } = await client.query(`{ city(code: "330100") { ...a } } ${fragments}`);
      expect([status, new Set(codes)]).toEqual(refused);
    }
  },
  { cpuMs: 50 },
);

attack(
  5,
  'exponential fragments: each is measured once, and what they would come to is refused',
  async (client) => {
    // 2^30 spreads, in each of which the next fragment stands twice.
    const doubling = (inner: (next: string) => string): string => {
      const fragments = times(31, (index) => {
        const next = index < 30 ? `...f${String(index + 1)}` : '';
        return `fragment f${String(index)} on City { code ${next && inner(next)} }`;
      });
      return `{ city(code: "330100") { ...f0 } } ${fragments}`;
    };
    const plain = doubling((next) => `${next} ... on City { ${next} }`);
    expect(await client.codes(plain)).toEqual([400, ['COST_EXCEEDED']]);
    const aliased = doubling((next) => `a: initiatives { city { ${next} } } b: initiatives { city { ${next} } }`);
    expect(await client.codes(aliased)).toEqual([400, ['DEPTH_EXCEEDED']]);
    const wide = doubling((next) => `x: code ${next} ... on City { ${next} }`);
    expect(await client.codes(wide)).toEqual([400, ['ALIASES_EXCEEDED']]);
  },
  { cpuMs: 100 },
);

attack(6, 'alias flood: rankings under a thousand names', async (client) => {
  const aliases = (count: number): string =>
    `{ ${times(count, (index) => `a${String(index)}: ranking(input: { year: ${String(1000 + index)} }) { digest }`)} }`;
  expect(await client.codes(aliases(1000))).toEqual([400, ['TOKENS_EXCEEDED']]);
  expect(await client.codes(aliases(100))).toEqual([400, ['ALIASES_EXCEEDED']]);
  expect(await client.codes(aliases(20))).toEqual([400, ['ROOT_FIELDS_EXCEEDED']]);
});

attack(
  7,
  'field duplication: a field that is asked for 400 times is read once',
  async (client) => {
    const names = (count: number): string => `{ city(code: "330100") { ${'name '.repeat(count)} } }`;
    const { body } = await client.query(names(400));
    expect(body).toEqual({ data: { city: { name: 'Hangzhou' } } });
    // Beyond several hundred graphql-js has compared enough, before the limit on tokens.
    expect(await client.codes(names(1900))).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
    expect(await client.codes(names(5000))).toEqual([400, ['TOKENS_EXCEEDED']]);
    expect(await client.codes(`{ ${'ranking { digest } '.repeat(11)} }`)).toEqual([400, ['ROOT_FIELDS_EXCEEDED']]);
  },
  { cpuMs: 100 },
);

const fragmentsOnCity = times(150, (index) => `fragment f${String(index)} on City { initiatives { title } }`);
for (const [shape, fields, fragments, status] of [
  ['in one selection', 'initiatives { title } '.repeat(480), '', 400],
  ['in one another', 'initiatives { city { initiatives { city { code } } } } '.repeat(150), '', 200],
  ['in fragments', times(150, (index) => `...f${String(index)}`), fragmentsOnCity, 200],
  ['in conflict, all with all', 'name: code name '.repeat(15), '', 400],
] as const)
  attack(
    8,
    `overlapping fields: comparing all pairs is bounded, ${shape}`,
    async (client) => {
      const reply = await client.query(`{ city(code: "330100") { ${fields} } } ${fragments}`);
      expect(reply.status).toBe(status);
      expect(reply.codes.length).toBeLessThanOrEqual(10);
    },
    { cpuMs: 200 },
  );

attack(9, 'directive overload: thousands are told by one error', async (client) => {
  const many = (directive: string, count: number): string => `{ __typename ${`${directive} `.repeat(count)} }`;
  for (const directive of ['@aa', '@skip(if: true)']) {
    expect(await client.codes(many(directive, 2000))).toEqual([400, ['TOKENS_EXCEEDED']]);
    expect(await client.codes(many(directive, 270))).toEqual([400, ['DIRECTIVES_EXCEEDED']]);
  }
  const onVariable = `query ($x: Int ${'@aa '.repeat(900)}) { __typename }`;
  expect(await client.codes(onVariable)).toEqual([400, ['DIRECTIVES_EXCEEDED']]);
  const onOperation = `query ${'@aa '.repeat(900)} { __typename }`;
  expect(await client.codes(onOperation)).toEqual([400, ['DIRECTIVES_EXCEEDED']]);
});

attack(10, 'unknown-field flood: ten errors at most, and no name of the schema is suggested', async (client) => {
  // One letter off a real field, each time.
  const { status, codes, text } = await client.query(
    `{ city(code: "330100") { ${times(900, (index) => `nam${String(index)}`)} } citys { code } }`,
  );
  expect([status, codes]).toEqual([400, Array.from({ length: 10 }, () => 'GRAPHQL_VALIDATION_FAILED')]);
  expect(text).not.toMatch(/did you mean|"name"|"cities"/i);
  const one = await client.query('{ citi(cod: "330100") { nam } }');
  expect(one.text).not.toMatch(/did you mean/i);
});

attack(11, 'nested lists and objects: in literals and in variables', async (client) => {
  const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  const objects = (depth: number): string => `${'{ a: '.repeat(depth)}1${' }'.repeat(depth)}`;
  const asJson = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

  for (const literal of [lists(900), objects(450)]) {
    const { status, codes, text } = await client.query(`{ ranking(input: { cities: ${literal} }) { digest } }`);
    expect([status, new Set(codes)]).toEqual([400, new Set(['GRAPHQL_VALIDATION_FAILED'])]);
    expect(text.length).toBeLessThan(10_000);
  }
  expect(await client.codes(`{ ranking(input: { cities: ${lists(1000)} }) { digest } }`)).toEqual([
    400,
    ['TOKENS_EXCEEDED'],
  ]);
  const query = JSON.stringify('query ($input: RankingInput) { ranking(input: $input) { digest } }');
  for (const value of [
    lists(1000),
    lists(60_000),
    asJson(1000),
    asJson(20_000),
    `{"cities":{"codes":${lists(1000)}}}`,
  ]) {
    const { status, codes, text } = await client.post(`{"query":${query},"variables":{"input":${value}}}`);
    expect([status, codes]).toEqual([400, ['BAD_INPUT']]);
    expect(text.length).toBeLessThan(2000);
  }
  // In a variable that nothing reads, in one that is not declared, and where no variables are.
  for (const body of [
    `{"query":"{ __typename }","variables":{"unused":${asJson(20_000)}}}`,
    `{"query":"{ __typename }","extensions":{"unused":${asJson(20_000)}}}`,
    `{"query":"{ __typename }","unknown":${asJson(20_000)}}`,
  ])
    expect((await client.post(body)).status).toBeLessThan(500);
  expect((await client.post(lists(60_000))).codes).toEqual(['BATCHING_UNSUPPORTED']);
});

attack(12, 'huge numbers and strings: a typed error that repeats little of them', async (client) => {
  const refused = async (body: string, status: number, code: string): Promise<void> => {
    const reply = await client.post(body);
    expect([body.slice(0, 120), reply.status, reply.codes]).toEqual([body.slice(0, 120), status, [code]]);
    expect(reply.text.length).toBeLessThan(2000);
    // Whatever is repeated can be read by any JSON parser.
    expect(reply.text).not.toMatch(/\p{Surrogate}/u);
  };
  const literal = (query: string): string => JSON.stringify({ query });
  const digits = '9'.repeat(50_000);
  await refused(literal('{ cities(first: 1e400) { totalCount } }'), 400, 'GRAPHQL_VALIDATION_FAILED');
  await refused(literal(`{ cities(first: ${digits}) { totalCount } }`), 400, 'GRAPHQL_VALIDATION_FAILED');
  await refused(literal('{ compareRankings(a: {}, b: {}, persistence: 1e400) { n } }'), 200, 'BAD_INPUT');
  await refused(literal(`{ city(code: "${'x'.repeat(120_000)}") { name } }`), 400, 'BAD_INPUT');
  await refused(literal(`{ city(code: "${'x'.repeat(140_000)}") { name } }`), 413, 'BODY_TOO_LARGE');
  await refused(
    literal(String.raw`{ cities(filter: { text: "\uD800" }) { totalCount } }`),
    400,
    'GRAPHQL_PARSE_FAILED',
  );

  const variable = (type: string, field: string, value: string): string =>
    `{"query":"query ($x: ${type}) { ${field} }","variables":{"x":${value}}}`;
  const first = (value: string): string => variable('Int', 'cities(first: $x) { totalCount }', value);
  for (const value of ['1e400', '-1e400', digits, '2147483648', '1.5', '"1"', 'true', '{}', '[1,2]'])
    await refused(first(value), 400, 'BAD_INPUT');
  const code = (value: string): string => variable('String!', 'city(code: $x) { name }', value);
  await refused(code(`"${'x'.repeat(120_000)}"`), 400, 'BAD_INPUT');
  await refused(code(`"${'😀'.repeat(30_000)}"`), 400, 'BAD_INPUT');
  for (const value of [String.raw`"\ud800"`, String.raw`"\udc00x"`, String.raw`"\u0000"`, String.raw`"330100\u0000"`])
    await refused(code(value), 400, 'BAD_INPUT');
});

attack(
  12,
  'a string that is too long, in what is refused for another reason as well, does not end the server',
  async (client) => {
    const text = 'x'.repeat(300);
    for (const query of [
      'query ($text: String) { releases { totalCount } cities(filter: { text: $text }) { totalCount } }',
      'subscription ($text: ID!) { jobProgress(id: $text) { id } }',
      'subscription { releasePublished { sourceFile: version } }',
      'mutation ($text: ID!) { cancelJob(id: $text) { __typename } }',
      'query ($text: ID!) { job(id: $text) { id } cities(filter: { text: "' + text + '" }) { totalCount } }',
      'subscription ($unused: String) { releasePublished { version } }',
    ]) {
      const { status } = await client.query(query, { text, unused: text });
      expect([query, status < 500]).toEqual([query, true]);
    }
  },
);

attack(13, 'circular introspection', async (client) => {
  const loop = (levels: number): string =>
    `{ __schema { types { ${'fields { type { '.repeat(levels)}name${' } }'.repeat(levels)} } } }`;
  expect(await client.codes(loop(1))).toEqual([200, []]);
  for (const levels of [3, 4, 100])
    expect(await client.codes(loop(levels))).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
});

attack(14, 'many operations: one is run, and only where it is plain which', async (client) => {
  const operations = times(390, (index) => `query q${String(index)} { __typename }`);
  const run = (operationName?: string): Promise<unknown> =>
    client.query(operations, {}, operationName).then(({ status, codes, body }) => [status, codes, body.data]);
  expect(await run('q389')).toEqual([200, [], { __typename: 'Query' }]);
  expect(await run('q390')).toEqual([400, ['OPERATION_RESOLUTION_FAILURE'], undefined]);
  expect(await run()).toEqual([400, ['OPERATION_RESOLUTION_FAILURE'], undefined]);
  for (const query of ['{ __typename } { __typename }', 'query a { __typename } query a { __typename }']) {
    const { status, codes } = await client.query(query);
    expect([status, new Set(codes)]).toEqual([400, new Set(['GRAPHQL_VALIDATION_FAILED'])]);
  }
  const flood = times(500, (index) => `query q${String(index)} { __typename }`);
  expect(await client.codes(flood)).toEqual([400, ['TOKENS_EXCEEDED']]);
});

attack(15, 'comments, commas, marks and escapes get nothing past a limit', async (client) => {
  // What stands between tokens counts for nothing, so it neither hides tokens nor makes them more.
  const between = [' ', ',,,', '\r\n', '\t', '\uFEFF', ' # {{{{ "\n', '\r# @skip(if: true)\r'];
  for (const space of between) {
    const names = (count: number): string =>
      `{${space}city(code:${space}"330100"){ ${`name${space} `.repeat(count)} } }`;
    expect([space, ...(await client.codes(names(3)))]).toEqual([space, 200, []]);
    expect([space, ...(await client.codes(names(2000)))]).toEqual([space, 400, ['TOKENS_EXCEEDED']]);
  }
  expect(await client.codes(`\uFEFF${nested(20)}`)).toEqual([400, ['DEPTH_EXCEEDED']]);
  expect(await client.codes(`# ${'x'.repeat(100_000)}\n{ __typename }`)).toEqual([200, []]);
  // Names have no escapes, and letters that look alike are none.
  for (const name of [String.raw`\u006eame`, 'nаme', 'na\u200Bme', 'name\u0301', 'ｎame'])
    expect(await client.codes(`{ city(code: "330100") { ${name} } }`)).toEqual([400, ['GRAPHQL_PARSE_FAILED']]);
  // Within strings they mean what they say.
  const { body } = await client.query(String.raw`{ city(code: "\u0033\u{33}0100") { name } }`);
  expect(body).toEqual({ data: { city: { name: 'Hangzhou' } } });
});
