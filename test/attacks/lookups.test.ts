import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSchema } from '../../src/resolvers/schema';
import { isErrorCode } from '../../src/server/errors';
import { runNode } from '../clients/server';
import { removeFolders, SMALL_BUNDLE, writeFolder, writeZip } from '../datasets/small-bundle';
import { json } from '../helpers/app';
import { DATABASES, rowCounts } from '../helpers/database';
import { underAttack } from './attack';
import { leastArguments, operationFor, placesOfTexts, valueWith, waysToTypes, type JsonValue } from './schema-walk';
import { startHere, type Client } from './target';

/** A place of the schema where a caller can put a text, as an operation that needs its variables. */
interface TextPlace {
  readonly place: string;
  readonly query: string;
  readonly variables: (text: string) => Record<string, JsonValue>;
}

/** All of them; a place within an input type that several fields take is looked at through the first of them. */
function textPlaces(): TextPlace[] {
  const found = new Map<string, TextPlace>();
  for (const [on, way] of waysToTypes(createSchema())) {
    for (const field of Object.values(on.getFields())) {
      const least = leastArguments({ on, field });
      for (const arg of field.args) {
        for (const place of placesOfTexts(arg.type)) {
          const within = place.length === 0 || String(arg.type).includes('String') ? field.name + arg.name : arg.type;
          const key = [String(within), ...place].join('.');
          if (found.has(key)) continue;
          found.set(key, {
            place: [on.name, field.name, arg.name, ...place].join('.'),
            query: operationFor(way, { on, field }, [...Object.keys(least), arg.name]),
            variables: (text) => ({ ...least, [arg.name]: valueWith(arg.type, arg.name, place, text) }),
          });
        }
      }
    }
  }
  return [...found.values()];
}

const SQL = [
  "' OR 1=1 --",
  '"; DROP TABLE city; --',
  "x' UNION SELECT 1 --",
  '*/ OR 1=1 /*',
  "%' OR '%'='",
  '\\',
  '$1',
  "'||pg_sleep(5)||'",
];

const TEXT_PLACES = textPlaces();

it('27 every text of the schema is tried', () => {
  expect(TEXT_PLACES.length).toBeGreaterThan(150);
});

describe.each(DATABASES)('on %s', (kind) => {
  const attack = underAttack(() => startHere({ kind }));

  // On PostgreSQL those alone that can reach the database.
  const places = TEXT_PLACES.filter(
    ({ place }) =>
      kind === 'sqlite' || /^Query\.(observations|job|nodes?|releases?|rankingByDigest)\b|release$/.test(place),
  );
  const parts = kind === 'sqlite' ? 4 : 1;
  for (let part = 0; part < parts; part++)
    attack(
      27,
      `SQL in every text of the schema is data (${String(part + 1)} of ${String(parts)})`,
      async (client) => {
        const { app, statements } = client.target;
        const before = await rowCounts(app.database.dataSource);
        let reached = 0;
        const statementsOf = async ({ place, query, variables }: TextPlace, text: string): Promise<Set<string>> => {
          statements.length = 0;
          const { status, codes } = await client.query(query, variables(text));
          const isFine = status < 500 && codes.every((code) => isErrorCode(code) && code !== 'INTERNAL');
          expect({ place, text, status, codes, isFine }).toMatchObject({ isFine: true });
          // How often each is run depends on which of two arguments is looked at first.
          return new Set(statements);
        };
        for (const [index, place] of places.entries()) {
          if (index % parts !== part) continue;
          const found = await statementsOf(place, SQL[Math.floor(index / parts) % SQL.length] ?? '');
          if (found.size === 0) continue;
          reached += 1;
          expect([place.place, found]).toEqual([place.place, await statementsOf(place, 'benign')]);
        }
        expect(reached).toBeGreaterThan(0);
        expect(await rowCounts(app.database.dataSource)).toEqual(before);
      },
      { cpuMs: 2000, clockMs: 25_000 },
    );

  attack(27, 'SQL in texts that reach the database: nothing is found', async (client) => {
    const { statements } = client.target;
    const query = `query ($text: String!) {
      observations(filter: { cities: [$text], indicators: [$text], sources: [$text] }) { totalCount }
    }`;
    for (const text of ["1' OR '1'='1", '1;DROP', "330100'--"]) {
      const reply = await client.query(query, { text });
      // Either it can be no code, or there is none such.
      if (reply.codes.length > 0) expect(reply.codes).toEqual(['BAD_INPUT']);
      else expect(reply.body.data).toEqual({ observations: { totalCount: 0 } });
    }
    for (const version of SQL) {
      const reply = await client.query('query ($version: String) { release(version: $version) { version } }', {
        version,
      });
      expect([version, reply.codes, reply.body.data]).toEqual([version, ['NOT_FOUND'], { release: null }]);
    }
    expect(statements.length).toBeGreaterThan(0);
    for (const statement of statements) expect(statement).not.toMatch(/1=1|'1'='1|DROP|pg_sleep/);
  });
});

const attack = underAttack(() => startHere({ env: { LOG_LEVEL: 'debug' } }));
afterAll(removeFolders);

const totalOf = async (client: Client, query: string, variables?: unknown): Promise<unknown> => {
  const { body } = await client.query(query, variables);
  return (
    body.errors ?? Object.values(json(body.data).value as Record<string, unknown>).map((x) => json(x).at('totalCount'))
  );
};

attack(28, 'wildcards are letters like any other', async (client) => {
  const list = await client.query(
    '{ cities(first: 200) { nodes { code name nameZh: name(language: ZH) nameFr: name(language: FR) } } }',
  );
  const cities = json(list.body.data)
    .list('cities', 'nodes')
    .map((city) => Object.values(city as object).join('\n'));
  const query = 'query ($text: String) { cities(first: 1, filter: { text: $text }) { totalCount } }';
  expect(await totalOf(client, query, { text: '3301' })).not.toEqual([0]);
  for (const text of [
    '%',
    '_',
    '\\',
    '%%',
    '3301%',
    '3_0100',
    '.*',
    '[0-9]',
    '*',
    '?',
    '^3',
    '(',
    '\\d+',
    '%'.repeat(200),
  ]) {
    expect(cities.filter((names) => names.includes(text))).toEqual([]);
    expect([text, await totalOf(client, query, { text })]).toEqual([text, [0]]);
  }
});

attack(29, 'names of orders and fields are a closed list', async (client) => {
  const names = [
    'code; DROP TABLE city',
    'code',
    'CODE;',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '1',
    '',
  ];
  for (const name of names) {
    const asVariable = await client.query('query ($by: CityOrder) { cities(orderBy: $by) { totalCount } }', {
      by: name,
    });
    expect([name, asVariable.status, asVariable.codes]).toEqual([name, 400, ['BAD_INPUT']]);
    const asText = await client.query(`{ cities(orderBy: ${JSON.stringify(name)}) { totalCount } }`);
    expect([name, asText.status, asText.codes]).toEqual([name, 400, ['GRAPHQL_VALIDATION_FAILED']]);
  }
  for (const name of ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty']) {
    expect(await client.codes(`{ ${name} }`)).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
    expect(await client.codes(`{ cities(orderBy: ${name}) { totalCount } }`)).toEqual([
      400,
      ['GRAPHQL_VALIDATION_FAILED'],
    ]);
    expect(await client.codes(`{ city(code: "330100") { ${name} } }`)).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
    expect(await client.codes(`{ __type(name: "${name}") { name } }`)).toEqual([200, []]);
  }
});

attack(
  30,
  'null, absent and empty: null and absent are no condition, an empty list lets nothing through',
  async (client) => {
    const lists: readonly (readonly [field: string, filter: string, keys: readonly string[]])[] = [
      ['cities', 'CityFilterInput', ['codes', 'provinces', 'tiers']],
      ['indicators', 'IndicatorFilterInput', ['codes', 'directions', 'frameworks']],
      ['initiatives', 'InitiativeFilterInput', ['cities']],
      ['observations', 'ObservationFilterInput', ['cities', 'indicators', 'sources', 'statuses', 'years']],
      ['publishedRankings', 'PublishedRankingFilterInput', ['cities', 'dimensions', 'reports', 'years']],
      ['sources', 'SourceFilterInput', ['codes']],
    ];
    for (const [field, type, keys] of lists) {
      const query = `query ($filter: ${type}) { ${field}(first: 1, filter: $filter) { totalCount } }`;
      const all = await totalOf(client, query);
      expect(all).not.toEqual([0]);
      expect([field, await totalOf(client, query, { filter: null })]).toEqual([field, all]);
      expect([field, await totalOf(client, query, { filter: {} })]).toEqual([field, all]);
      for (const key of keys) {
        expect([field, key, await totalOf(client, query, { filter: { [key]: null } })]).toEqual([field, key, all]);
        expect([field, key, await totalOf(client, query, { filter: { [key]: [] } })]).toEqual([field, key, [0]]);
        expect([field, key, await client.codes(query, { filter: { [key]: [null] } })]).toEqual([
          field,
          key,
          [400, ['BAD_INPUT']],
        ]);
        // A variable that is not given, within the filter, is as if the key were absent.
        const inside = `query ($value: [${key === 'years' ? 'Int' : 'String'}!]) { ${field}(first: 1, filter: { ${key}: $value }) { totalCount } }`;
        if (!['directions', 'statuses'].includes(key))
          expect([field, key, await totalOf(client, inside)]).toEqual([field, key, all]);
      }
    }
    const city = 'query ($code: String!) { city(code: $code) { name } }';
    for (const variables of [undefined, {}, { code: null }])
      expect(await client.codes(city, variables)).toEqual([400, ['BAD_INPUT']]);
    expect(await client.codes('{ city(code: null) { name } }')).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
    expect((await client.query(city, { code: '' })).body.data).toEqual({ city: null });
    expect(await client.codes('{ ranking(input: { cities: { codes: [] } }) { digest } }')).toEqual([200, ['NO_DATA']]);
  },
  { cpuMs: 1500 },
);

for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'])
  attack(31, `prototype pollution: ${name}, a name of every object, is a name like any other`, async (client) => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const rank = 'query ($input: RankingInput) { ranking(input: $input) { digest } }';
    for (const input of [
      { recipe: { weight: { method: 'GIVEN', weights: [{ node: name, weight: 1 }] } } },
      { framework: name },
      { methodology: name },
      { release: name },
      { cities: { codes: [name] } },
      { recipe: { normalise: { method: 'MIN_MAX', overrides: [{ indicators: [name] }] } } },
    ])
      expect([input, (await client.codes(rank, { input }))[1]]).toEqual([input, ['NOT_FOUND']]);
    const found = await client.query(
      'query ($code: String!) { city(code: $code) { name } indicator(code: $code) { name } source(code: $code) { title } framework(code: $code) { name } methodology(code: $code) { name } rankingByDigest(digest: $code) { year } node(id: $code) { id } }',
      { code: name },
    );
    expect(Object.values(found.body.data ?? {}).every((value) => value === null)).toBe(true);
    const asKey = await client.post(
      `{"query":${JSON.stringify(rank)},"variables":{"input":{"${name}":{"polluted":true}}}}`,
    );
    expect(asKey.status).toBe(400);
    const asVariable = await client.post(
      `{"query":"{ __typename }","${name}":{"polluted":true},"variables":{"a":{"${name}":{"polluted":true}}}}`,
    );
    expect(asVariable.status).toBeLessThan(500);
    expect((await client.get(`/graphql?query=%7B__typename%7D&${name}=1&${name}[polluted]=1`)).status).toBeLessThan(
      500,
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

attack(
  32,
  'regular expressions: none is made from what a caller sends, and long texts take linear time',
  async (client) => {
    const sources = readdirSync(join(__dirname, '../../src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(sources.length).toBeGreaterThan(150);
    expect(sources.filter((source) => /RegExp\s*\(/.test(source))).toEqual([]);

    const hostile = [
      'a'.repeat(100_000) + '!',
      '"'.repeat(50_000),
      ' '.repeat(100_000),
      'A-'.repeat(50_000),
      '%0a'.repeat(33_000),
    ];
    for (const text of hostile) {
      expect((await client.query('query ($id: ID!) { node(id: $id) { id } }', { id: text })).body.data).toEqual({
        node: null,
      });
      expect(
        await client.codes('query ($after: String) { cities(after: $after) { totalCount } }', { after: text }),
      ).toEqual([200, ['CURSOR_INVALID']]);
      expect((await client.query('query x { __typename }', {}, text)).status).toBe(400);
      expect(await client.codes(`{ __typename } # ${text}`)).toEqual([200, []]);
    }
    // Headers that are taken apart: as long as a head may be.
    for (const value of [
      ';'.repeat(12_000),
      ','.repeat(12_000),
      'q='.repeat(6000),
      '"'.repeat(12_000),
      'W/"x",'.repeat(2000),
      'a/b;q=0.'.repeat(1500),
    ])
      for (const name of ['accept', 'accept-encoding', 'if-none-match', 'content-type', 'origin', 'accept-language'])
        expect(
          (
            await client.send('/graphql?query=%7B__typename%7D', {
              headers: { 'apollo-require-preflight': '1', [name]: value },
            })
          ).status,
        ).toBeLessThan(500);
  },
  { cpuMs: 2000 },
);

attack(
  33,
  'forged cursors are refused, and no SQL is run for them',
  async (client) => {
    const { statements } = client.target;
    const write = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const cursorOf = async (query: string, ...path: string[]): Promise<string> => {
      const { body } = await client.query(query);
      return String(json(body.data).at(...path, 'pageInfo', 'endCursor'));
    };
    const ofCities = await cursorOf('{ cities(first: 1) { pageInfo { endCursor } } }', 'cities');
    const ofNames = await cursorOf('{ cities(first: 1, orderBy: NAME) { pageInfo { endCursor } } }', 'cities');
    const ofRows = await cursorOf('{ ranking { rows(first: 1) { pageInfo { endCursor } } } }', 'ranking', 'rows');
    const ofOther = await cursorOf(
      '{ ranking(input: { year: 2016 }) { rows(first: 1) { pageInfo { endCursor } } } }',
      'ranking',
      'rows',
    );
    const ofObservations = await cursorOf('{ observations(first: 1) { pageInfo { endCursor } } }', 'observations');
    const decoded = JSON.parse(Buffer.from(ofObservations, 'base64url').toString()) as unknown[];
    const forged = [
      'AAAA',
      'x',
      '-1',
      '0',
      '9'.repeat(300),
      'x'.repeat(100_000),
      write(),
      write('cities', 0, 'zzz', 'zzz'),
      write('cities', 1, 0, '330100'),
      write('cities', -1, '330100', '330100'),
      write('cities', 0, { $gt: '' }, '330100'),
      write('cities', 0, '330100', ['330100']),
      write('__proto__', 0, 0, 0),
      write(...decoded.slice(0, 3), 'zzz', 'nope', 1e308),
      write(...decoded.slice(0, 3), "' OR 1=1 --", 'x', 1),
      `${ofCities}=`,
      `${ofCities} `,
      Buffer.from(JSON.stringify(JSON.parse(Buffer.from(ofCities, 'base64url').toString()), null, 1)).toString(
        'base64url',
      ),
    ];
    const refused = async (field: string, cursor: string): Promise<void> => {
      statements.length = 0;
      for (const side of field.startsWith('observations') || field.startsWith('releases')
        ? ['after']
        : ['after', 'before']) {
        const query = `query ($cursor: String) { ${field.replace('CURSOR', `${side}: $cursor`)} }`;
        const { codes } = await client.query(query, { cursor });
        expect([field, cursor.slice(0, 80), codes]).toEqual([field, cursor.slice(0, 80), ['CURSOR_INVALID']]);
      }
      expect([field, cursor.slice(0, 80), statements]).toEqual([field, cursor.slice(0, 80), []]);
    };
    const cities = 'cities(CURSOR) { totalCount }';
    const rows = 'ranking { rows(CURSOR) { totalCount } }';
    const observations = 'observations(CURSOR) { totalCount }';
    for (const cursor of forged) for (const field of [cities, rows, observations]) await refused(field, cursor);
    for (const cursor of [ofNames, ofRows, ofObservations]) await refused(cities, cursor);
    for (const cursor of [ofOther, ofCities]) await refused(rows, cursor);
    for (const cursor of [ofCities, ofRows]) await refused(observations, cursor);
  },
  { cpuMs: 1500 },
);

attack(
  34,
  'ids that are guessed: null, in one shape',
  async (client) => {
    const write = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const guesses = [
      ...Array.from({ length: 50 }, (_, index) => String(index)),
      ...['City', 'Release', 'ApiKey', 'AuditEvent', 'StoredJob', 'KeptRanking', 'Query', 'JSON', 'PageInfo'].flatMap(
        (type) => [write(type, 1), write(type, '2026.1', 1), write(type, '2026.1', 'x'), `${type}:1`],
      ),
      write('Methodology', '2026.1', 'private'),
      write('City', '2026.1', 'default'),
      write('Methodology', '2026.1', '330100'),
    ];
    const texts = new Set<string>();
    for (const id of guesses) texts.add((await client.query('query ($id: ID!) { node(id: $id) { id } }', { id })).text);
    expect([...texts]).toEqual(['{"data":{"node":null}}\n']);
    const job = await client.query('query ($id: ID!) { job(id: $id) { id } }', { id: '1' });
    expect(job.body.data).toEqual({ job: null });
  },
  { cpuMs: 1000 },
);

attack(35, 'log injection: every line of the log is one JSON object, whatever is asked for', async (client) => {
  const evil = '\n{"level":30,"msg":"forged"}\r\n\u001b[31mred\u001b[0m\u2028\u0085\u0000';
  await client.query('query q { __typename }', { text: evil }, evil);
  await client.query('query ($text: String) { cities(filter: { text: $text }) { totalCount } }', { text: evil });
  await client.post('{"query":"{ __typename }", broken', {});
  await client.get(`/${encodeURIComponent(evil)}`);
  await client.raw(`GET /\u001b[31m HTTP/1.1\r\nHost: a\u001b[31m\r\nUser-Agent: \u001b[31m\r\n\r\n`);
  await client.get('/graphql?query=%7B__typename%7D', { 'user-agent': '\u00a0x', referer: 'x"}{"msg":"forged"}' });
  const output = client.target.output();
  const lines = output.split('\n').slice(0, -1);
  expect(lines.length).toBeGreaterThan(10);
  // Without a matcher for each line, whose time would be the server's.
  const isPlain = (line: string): boolean => {
    const { level, time, msg } = JSON.parse(line) as Record<string, unknown>;
    return typeof level === 'number' && typeof time === 'number' && msg !== 'forged';
  };
  expect(lines.filter((line) => !isPlain(line))).toEqual([]);
  // Nothing that a terminal would obey.
  expect(output.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

attack(
  37,
  'hostile bundles: refused with addresses, nothing changed, and the server answers from what it has',
  async (client) => {
    const { dataSource, settings } = client.target.app.database;
    const before = await rowCounts(dataSource);
    const zip = writeZip([
      ...Object.entries(SMALL_BUNDLE).map(([name, content]) => ({ name, content })),
      { name: '../../evil.csv', content: 'x' },
    ]);
    const folder = writeFolder({ ...SMALL_BUNDLE, 'cities.csv': `${SMALL_BUNDLE['cities.csv']}a,Again,,,,,,,,\n` });
    // As an operator imports them, beside the server; other shapes are in test/datasets/publish.test.ts.
    const imports = [zip, folder].map((path) =>
      runNode(['-r', './test/helpers/ts-register.js', 'scripts/import.ts', path], {
        env: { SQLITE_PATH: settings.sqlitePath ?? '' },
      }).then(
        () => 'published',
        (error: unknown) => String(Reflect.get(Object(error) as object, 'stdout')),
      ),
    );
    const [zipSlip, duplicate] = await Promise.all(imports);
    expect(zipSlip).toMatch(/invalid relative path/);
    expect(duplicate).toMatch(/error: cities\.csv:5:code DUPLICATE_KEY /);
    for (const report of [zipSlip, duplicate]) expect(report).toContain('Nothing was published');
    expect(await rowCounts(dataSource)).toEqual(before);
    await client.target.app.services.releases.refresh();
    const { body } = await client.query('{ release { version } }');
    expect(body.data).toEqual({ release: { version: '2026.1' } });
  },
  { clockMs: 25_000 },
);
