import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { RANKING_FILES } from '../../../src/rankings/files/formats';
import { ENGINE_VERSION } from '../../../src/scoring';
import { openAnswerFile } from '../../../src/server/answer-files/answer-files';
import { metadataOf as questionMetadata } from '../../../src/server/answer-files/metadata';
import { tablesOf } from '../../../src/server/answer-files/tables';
import { isErrorCode } from '../../../src/server/errors';
import { removeFolders, SMALL_BUNDLE, newPath, writeFolder } from '../../datasets/small-bundle';
import { json, openApp, type Json, type TestApp } from '../../helpers/app';
import { readRows, zipEntry, type FileRow } from '../../helpers/files';

const EXAMPLES = join(__dirname, '../../../examples');
const TABLES = ['csv', 'json', 'jsonl', 'xlsx', 'parquet'] as const;
const EXTENSIONS = Object.values(RANKING_FILES).map(({ extension }) => extension);

let app: TestApp;
beforeAll(async () => {
  app = await openApp({ env: { PUBLIC_URL: 'https://ranking.example/cities/' } });
});
afterAll(async () => {
  await app.close();
  removeFolders();
});

const CANARY = '{ city(code: "330100") { name } }';
afterEach(async () => {
  expect((await app.query(CANARY)).body).toEqual({ data: { city: { name: 'Hangzhou' } } });
});

interface Parameters {
  readonly query?: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly extensions?: Record<string, unknown>;
  readonly table?: string;
}

/** The address of a file. */
function addressOf(extension: string, { variables, extensions, ...rest }: Parameters): string {
  const parameters = new URLSearchParams(rest);
  if (variables) parameters.set('variables', JSON.stringify(variables));
  if (extensions) parameters.set('extensions', JSON.stringify(extensions));
  return `/answers.${extension}?${parameters.toString()}`;
}

interface Sending {
  readonly headers?: Record<string, string>;
  readonly of?: TestApp;
  readonly method?: 'GET' | 'HEAD';
}

const get = (extension: string, parameters: Parameters, { headers = {}, of = app, method = 'GET' }: Sending = {}) =>
  of.http.inject({ method, url: addressOf(extension, parameters), headers });

const post = (extension: string, payload: object, of: TestApp = app, headers: Record<string, string> = {}) =>
  of.http.inject({ method: 'POST', url: `/answers.${extension}`, payload, headers });

async function download(extension: string, payload: Parameters, of: TestApp = app): Promise<Buffer> {
  const response = await post(extension, payload, of);
  expect([extension, response.statusCode, response.statusCode === 200 ? '' : response.body]).toEqual([
    extension,
    200,
    '',
  ]);
  return response.rawPayload;
}

const metadataOf = async (payload: Parameters, of: TestApp = app): Promise<Json> =>
  json(JSON.parse((await download('metadata.json', payload, of)).toString()));

/** The first error of a refused request, which must be one of the catalogue and show nothing of the server. */
function errorOf(response: { readonly body: string; readonly headers: Readonly<Record<string, unknown>> }): Json {
  expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(response.headers['content-disposition']).toBeUndefined();
  expect(response.headers['etag']).toBeUndefined();
  const body = json(JSON.parse(response.body));
  expect(body.value).toEqual({ errors: body.list('errors') });
  expect(isErrorCode(body.at('errors', 0, 'extensions', 'code'))).toBe(true);
  expect(response.body).not.toMatch(/node_modules|\.ts:|NaN|stack/);
  return json(body.at('errors', 0, 'extensions'));
}

/*
 * The tables of an answer, by its paths alone and one cell after another: nothing is known of the schema, and nothing is
 * shared with what is tested.
 */

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The places in lists that each row of a table is at, by the path of the list. */
function placesOf(
  value: unknown,
  names: readonly string[],
  done: string,
  at: Readonly<Record<string, number>>,
): Readonly<Record<string, number>>[] {
  const [name, ...rest] = names;
  if (Array.isArray(value)) {
    const found: Readonly<Record<string, number>>[] = [];
    value.forEach((item: unknown, i) => {
      found.push(...placesOf(item, names, done, { ...at, [done]: i }));
    });
    return found;
  }
  if (name === undefined) return value === null && !Object.hasOwn(at, done) ? [] : [at];
  return isObject(value) ? placesOf(value[name], rest, `${done}.${name}`, at) : [];
}

/** What stands at a path, in the row at these places. */
function valueAt(data: unknown, names: readonly string[], at: Readonly<Record<string, number>>): unknown {
  let [value, done] = [data, ''];
  for (const name of names) {
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : null;
    done = `${done}.${name}`;
    const place = at[done];
    if (place !== undefined && Array.isArray(value)) value = value[place] as unknown;
  }
  return value;
}

/** Whether a table's objects are of parallel lists: told by where the examples and queries here have such. */
const isParallel = (table: string): boolean => /\.columns\b|uncertainty\.pairs$/.test(table);

/** @param kinds of the columns by name */
function slowRows(data: unknown, table: string, kinds: ReadonlyMap<string, string>): FileRow[] {
  const names = table.split('.');
  return placesOf(data, names, '', {}).flatMap((at): FileRow[] => {
    const found = [...kinds.keys()].map((column): [string, unknown] => {
      const path = column.startsWith('/')
        ? [...names.slice(0, 1), ...column.slice(1).split('/')]
        : [...names, ...column.split('.')];
      return [column, valueAt(data, path, at)];
    });
    const own = found.filter(([column, value]) => !column.startsWith('/') && Array.isArray(value));
    const [[, first] = ['', null]] = own;
    const length = isParallel(table) && Array.isArray(first) ? first.length : null;
    return Array.from({ length: length ?? 1 }, (_, i) =>
      Object.fromEntries(
        found.map(([column, value]) => {
          const isList = Array.isArray(value) && length === value.length;
          return [column, slowCell(isList ? (value[i] as unknown) : value, kinds.get(column) === 'TEXT')];
        }),
      ),
    );
  });
}

function slowCell(value: unknown, isText: boolean): string | number | null {
  if (value === null || value === undefined || typeof value === 'string') return value ?? null;
  if (typeof value === 'number' && !isText) return value;
  if (!Array.isArray(value) || value.some(Array.isArray)) return JSON.stringify(value);
  return value.length === 0 ? null : value.map((item) => (item === null ? '' : String(item))).join(';');
}

const kindsOf = (table: unknown): ReadonlyMap<string, string> =>
  new Map(
    json(table)
      .list('columns')
      .map((column) => [String(json(column).at('name')), String(json(column).at('kind'))]),
  );

const QUERIES: readonly (readonly [table: string, query: string])[] = [
  [
    'ranking.robustness.uncertainty.cities.nodes',
    `{ ranking { digest robustness { uncertainty(input: { seed: 1, draws: 100, pairs: true, weights: { method: DIRICHLET, concentration: 20 } }) {
      meanShift tiers(level: 0.95) cities(first: 20) { totalCount nodes { cityCode nominalRank rank { mean deviation } } } } } } }`,
  ],
  [
    'ranking.robustness.uncertainty.columns.rank.percentiles',
    `{ ranking { robustness { uncertainty(input: { seed: 1, draws: 100, weights: { method: DIRICHLET, concentration: 20 } }) {
      columns { cityCodes nominalRanks rankedDraws rank { means percentiles { share values errors } } } } } } }`,
  ],
  ['ranking.columns', '{ ranking { digest columns { cityCodes scores ranks } } }'],
  ['ranking.columns.nodes', '{ ranking { columns { cityCodes nodes { node scores ranks } } } }'],
  [
    'compareCities.nodes.cities',
    '{ compareCities(codes: ["330100", "310000"]) { nodes { node cities { score rank rankInTier gap city { names { zh } } } } } }',
  ],
  [
    'rankHistory.cities.years',
    `{ rankHistory(cities: ["330100", "310000"], years: [2015, 2016, 2017], input: { recipe: { treat: { method: NONE } } }) {
      years cities { city { name } years { year rank score ranked reason } } } }`,
  ],
  [
    'ranking.diagnostics.statistics',
    '{ ranking { diagnostics { statistics { code count mean standardDeviation skewness } } } }',
  ],
  ['cities.nodes', '{ cities(first: 50) { totalCount nodes { code name names { zh fr } tier latitude longitude } } }'],
];

describe('figures of the files', () => {
  describe.each(QUERIES)('%s', (table, query) => {
    let expected: FileRow[];
    let kinds: ReadonlyMap<string, string>;
    beforeAll(async () => {
      const { body } = await app.query(query);
      expect(body.errors).toBeUndefined();
      const found = (await metadataOf({ query })).list('tables').find((one) => json(one).at('name') === table);
      expect(found).toBeDefined();
      kinds = kindsOf(found);
      expected = slowRows(body.data, table, kinds);
      expect(expected.length).toBeGreaterThan(1);
      expect(json(found).at('rowCount')).toBe(expected.length);
    });

    it.each(TABLES)('%s has those of the answer bit for bit', async (extension) => {
      const texts = new Set([...kinds].flatMap(([name, kind]) => (kind === 'TEXT' ? [name] : [])));
      const bytes = await download(extension, { query, table });
      const [sheet = ''] = extension === 'xlsx' ? await sheetNamesOf(bytes) : [];
      expect(await readRows(extension, bytes, texts, sheet)).toEqual(expected);
    });
  });

  const sheetNamesOf = async (bytes: Buffer): Promise<string[]> =>
    [...(await zipEntry(bytes, 'xl/workbook.xml')).matchAll(/<sheet name="([^"]+)"/g)].map(([, name = '']) => name);

  it('of all tables are in one workbook and in one JSON', async () => {
    const query = readFileSync(join(EXAMPLES, 'robustness-1-uncertainty.graphql'), 'utf8');
    const names = (await metadataOf({ query })).list('tables').map((table) => String(json(table).at('name')));
    expect(names).toHaveLength(3);
    const bytes = await download('xlsx', { query });
    const sheets = await sheetNamesOf(bytes);
    expect(sheets).toHaveLength(names.length + 1);
    const all = json(JSON.parse((await download('json', { query })).toString())).list('tables');
    for (const [i, name] of names.entries()) {
      const rows = json(all[i]).list('rows');
      expect(json(all[i]).at('name')).toBe(name);
      expect(await readRows('xlsx', bytes, new Set(), sheets[i])).toEqual(rows);
      const one = json(JSON.parse((await download('json', { query, table: name })).toString()));
      expect(one.list('rows')).toEqual(rows);
    }
    const about = await readRows('xlsx', bytes, new Set(), 'columns');
    expect(new Map(about.map(({ table, sheet }) => [table, sheet]))).toEqual(
      new Map(names.map((name, i) => [name, sheets[i]])),
    );
  });

  it.each(readdirSync(EXAMPLES).filter((name) => name.endsWith('.graphql')))(
    '%s: every cell of every table stands in the answer, and every scalar of the answer in a table',
    async (name) => {
      const query = readFileSync(join(EXAMPLES, name), 'utf8');
      const { body } = await app.query(query);
      const response = await post('json', { query });
      expect([response.statusCode, body.errors]).toEqual([200, undefined]);
      const tables = json(response.json()).list('tables');
      const cells = new Set<string>();
      for (const table of tables) {
        const found = String(json(table).at('name'));
        const expected = slowRows(body.data, found, kindsOf(table));
        expect({ found, rows: json(table).list('rows') }).toEqual({ found, rows: expected });
        for (const row of expected) for (const cell of Object.values(row)) cells.add(String(cell));
      }
      for (const scalar of scalarsIn(body.data)) expect([scalar, cells.has(scalar)]).toEqual([scalar, true]);
    },
  );

  /** Every scalar outside lists of scalars. */
  const scalarsIn = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.filter((item) => isObject(item)).flatMap(scalarsIn);
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([name, member]) =>
      name === 'recipe'
        ? []
        : isObject(member) || Array.isArray(member)
          ? scalarsIn(member)
          : member === null
            ? []
            : [String(member as string | number | boolean)],
    );
  };
});

describe('which table', () => {
  const several = '{ ranking { digest rows(first: 2) { nodes { rank nodeScores { node } } } warnings { code } } }';

  it('is the only list there is, or the only object', async () => {
    const rows = await readRows(
      'jsonl',
      await download('jsonl', { query: '{ ranking { digest rows(first: 2) { nodes { rank } } } }' }),
    );
    expect(rows.map(({ rank }) => rank)).toEqual([1, 2]);
    expect((await download('csv', { query: CANARY })).toString()).toBe('name\r\nHangzhou\r\n');
    expect((await download('csv', { query: '{ peers(city: "330100", first: 2) { distance } }' })).toString()).toMatch(
      /^distance\r\n[\d.]+\r\n[\d.]+\r\n$/,
    );
  });

  it.each(['csv', 'jsonl', 'parquet'])('must be said of several: %s', async (extension) => {
    const response = await post(extension, { query: several });
    expect([response.statusCode, errorOf(response).value]).toEqual([
      422,
      {
        code: 'BAD_INPUT',
        field: 'table',
        value: null,
        allowed: 'ranking, ranking.rows.nodes, ranking.rows.nodes.nodeScores, ranking.warnings',
      },
    ]);
  });

  it.each(EXTENSIONS)('must be one that there is: %s', async (extension) => {
    for (const table of ['nope', '', '__proto__', 'ranking.rows', 'RANKING', 5, [], {}]) {
      const response = await post(extension, { query: several, table });
      const error = errorOf(response);
      expect([table, response.statusCode, error.at('code'), error.at('field')]).toEqual([
        table,
        422,
        'BAD_INPUT',
        'table',
      ]);
      expect(error.at('allowed')).toContain('ranking.rows.nodes.nodeScores');
    }
  });

  it.each([
    '{ __typename }',
    '{ __schema { types { name } } }',
    '{ ranking { __typename } }',
    '{ ranking { rows { __typename } } }',
  ])('none: %s', async (query) => {
    for (const extension of ['csv', 'xlsx', 'metadata.json']) {
      const response = await post(extension, { query });
      expect([response.statusCode, errorOf(response).at('code'), errorOf(response).at('field')]).toEqual([
        422,
        'BAD_INPUT',
        'query',
      ]);
    }
  });

  it.each(['csv', 'json', 'xlsx', 'parquet'])('without rows it is a file all the same: %s', async (extension) => {
    const query = '{ cities(filter: { codes: [] }) { nodes { code latitude } } }';
    const bytes = await download(extension, { query, table: 'cities.nodes' });
    expect(await readRows(extension, bytes, new Set(), 'cities.nodes')).toEqual([]);
    if (extension === 'csv') expect(bytes.toString()).toBe('code,latitude\r\n');
  });
});

describe('what goes with an answer', () => {
  const query =
    'query Top($first: Int!, $unused: Int) { ranking { digest rows(first: $first) { nodes { rank city { name } } } } ranking2: ranking { year @skip(if: false) rows(first: $unused) { totalCount } } }';
  const variables = { first: 2, more: { ignored: true } };

  it('the metadata name question, release, engine and tables', async () => {
    const metadata = await metadataOf({ query, variables });
    const release = json(
      (await app.data('{ ranking { release { version digest publishedAt } } }')).at('ranking', 'release'),
    );
    expect(metadata.at('document')).toBe(query);
    expect(metadata.at('documentHash')).toBe(createHash('sha256').update(query).digest('hex'));
    expect([metadata.at('operationName'), metadata.at('variables')]).toEqual(['Top', { first: 2 }]);
    expect(metadata.at('release')).toMatchObject(Object(release.value) as object);
    expect([metadata.at('engineVersion'), metadata.at('namedReleases')]).toEqual([ENGINE_VERSION, []]);
    expect(metadata.at('digest')).toMatch(/^[0-9a-f]{64}$/);
    expect(metadata.at('tables', 1)).toMatchObject({
      name: 'ranking.rows.nodes',
      rowCount: 2,
      columns: [
        { name: '/digest', kind: 'TEXT' },
        { name: 'rank', kind: 'NUMBER' },
        { name: 'city.name', kind: 'TEXT', unit: null },
      ],
    });
    for (const table of metadata.list('tables'))
      for (const column of json(table).list('columns')) expect(json(column).at('description')).toMatch(/\.$/);
    const narrowed = await metadataOf({ query, variables, table: 'ranking2' });
    expect(narrowed.list('tables')).toHaveLength(1);
  });

  it('the digest is that of the question', async () => {
    const digestOf = async (parameters: Parameters) => (await metadataOf(parameters)).at('digest');
    const digest = await digestOf({ query, variables });
    expect(await digestOf({ query, variables: { more: 1, first: 2 } })).toBe(digest);
    expect(await digestOf({ query, variables: { first: 3 } })).not.toBe(digest);
    expect(await digestOf({ query: `${query} `, variables })).not.toBe(digest);
  });

  it('no release is claimed that the answer is not from', async () => {
    const releaseOf = async (text: string, given: Record<string, unknown> = {}) => {
      const metadata = await metadataOf({ query: text, variables: given });
      return [metadata.at('release') === null, metadata.at('namedReleases')];
    };
    expect(await releaseOf('{ city(code: "330100", release: "2026.1") { name } }')).toEqual([true, ['2026.1']]);
    expect(
      await releaseOf('query ($r: String) { city(code: "330100", release: $r) { name } }', { r: '2026.1' }),
    ).toEqual([true, ['2026.1']]);
    expect(
      await releaseOf('query ($i: RankingInput) { ranking(input: $i) { digest } }', { i: { release: '2026.1' } }),
    ).toEqual([true, ['2026.1']]);
    expect(await releaseOf('{ releases { nodes { version } } }')).toEqual([true, []]);
    const digest = String((await app.data('{ ranking { digest } }')).at('ranking', 'digest'));
    expect(await releaseOf(`{ rankingByDigest(digest: "${digest}") { year } }`)).toEqual([true, []]);
    expect(await releaseOf('{ ranking { permalink } }')).toEqual([false, []]);
    for (const extension of ['citation.bib', 'readme.md', 'xlsx', 'parquet'])
      expect((await download(extension, { query: '{ releases { nodes { version } } }' })).length).toBeGreaterThan(50);
  });

  it('the citation is BibTeX, and names the question', async () => {
    const metadata = await metadataOf({ query, variables });
    const bib = (await download('citation.bib', { query, variables })).toString();
    expect(bib).toMatch(/^@misc\{city-ranking-answer-[0-9a-f]{12},\n {2}title = \{\{Top: /);
    for (const text of [
      String(metadata.at('digest')),
      String(metadata.at('documentHash')),
      'url = {https://ranking.example/cities}',
    ])
      expect(bib).toContain(text);
    expect(bib.match(/[{]/g)?.length).toBe(bib.match(/[}]/g)?.length);
  });

  it('the page names columns and the query, whatever is in it', async () => {
    const hostile = '# ```\n# <script>\n{ ranking { rows(first: 1) { nodes { rank } } } }';
    const page = (await download('readme.md', { query: hostile })).toString();
    expect(page).toContain('| `rank` | NUMBER |');
    expect(page).toContain(`\`\`\`\`graphql\n${hostile}\n\`\`\`\``);
  });

  it('the page says how to ask again: the operation of several, its variables, releases that it names', async () => {
    const several = `query Other { cities { totalCount } }
      query Named($release: String) { ranking(input: { release: $release }) { rows(first: 1) { nodes { rank } } } }`;
    const asked = { query: several, operationName: 'Named', variables: { release: '2026.1' } };
    const page = (await download('readme.md', asked)).toString();
    expect(page).toContain('with the operation name `Named`');
    expect(page).toContain('Variables:\n\n```json\n{\n  "release": "2026.1"\n}\n```');
    expect(page).toContain('Releases named');
    expect((await download('citation.bib', asked)).toString()).toContain('releases named: 2026.1');
  });

  it('JSON and Parquet name the answer', async () => {
    const all = json(JSON.parse((await download('json', { query, variables })).toString()));
    const metadata = await metadataOf({ query, variables });
    expect([all.at('digest'), all.at('documentHash'), all.at('release'), all.at('releaseDigest')]).toEqual([
      metadata.at('digest'),
      metadata.at('documentHash'),
      metadata.at('release', 'version'),
      metadata.at('release', 'digest'),
    ]);
  });
});

describe('over HTTP', () => {
  const parameters: Parameters = { query: '{ ranking { rows(first: 3) { nodes { rank city { name } } } } }' };

  it.each(EXTENSIONS)('%s is named, and not sent again to whoever has it', async (extension) => {
    const first = await get(extension, parameters);
    const digest = String((await metadataOf(parameters)).at('digest'));
    const { contentType } = Object.values(RANKING_FILES).find((file) => file.extension === extension) ?? {};
    expect(first.headers).toMatchObject({
      'content-type': contentType,
      'content-disposition': `attachment; filename="answer-${digest.slice(0, 12)}.${extension}"`,
      'cache-control': 'public, no-cache',
      'x-content-type-options': 'nosniff',
      vary: 'Authorization, X-API-Key',
    });
    const etag = String(first.headers.etag);
    expect(etag).toMatch(/^W\/"[\w-]+"$/);
    for (const tags of [etag, `"other", ${etag}`, '*']) {
      const again = await get(extension, parameters, { headers: { 'if-none-match': tags } });
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
    }
    const head = await get(extension, parameters, { method: 'HEAD' });
    expect([head.statusCode, head.body, head.headers.etag, head.headers['content-type']]).toEqual([
      200,
      '',
      etag,
      contentType,
    ]);
    const posted = await post(extension, parameters, app, { 'if-none-match': etag });
    expect([posted.statusCode, posted.headers['cache-control'], posted.headers.etag]).toEqual([
      200,
      'no-store',
      undefined,
    ]);
    expect(posted.rawPayload).toEqual(first.rawPayload);
  });

  it('no two files share an ETag', async () => {
    const tables = [{}, { table: 'ranking' }, { table: 'ranking.rows.nodes' }];
    const query = '{ ranking { digest rows(first: 3) { nodes { rank } } } }';
    const responses = await Promise.all(
      tables.flatMap((table) => EXTENSIONS.map((extension) => get(extension, { query, ...table }))),
    );
    const tags = responses.map((response) => response.headers.etag);
    expect(new Set(tags).size).toBe(3 * EXTENSIONS.length);
  });

  it('is kept as long as the answer of /graphql', async () => {
    const digest = String((await app.data('{ ranking { digest } }')).at('ranking', 'digest'));
    for (const query of [`{ rankingByDigest(digest: "${digest}") { year } }`, '{ ranking { permalink } }', CANARY]) {
      const [file, answer] = await Promise.all([
        get('csv', { query }, { headers: { 'apollo-require-preflight': 'true' } }),
        app.http.inject({
          url: `/graphql?query=${encodeURIComponent(query)}`,
          headers: { 'apollo-require-preflight': 'true' },
        }),
      ]);
      expect([query, file.headers['cache-control']]).toEqual([query, answer.headers['cache-control']]);
      expect(file.headers.etag === undefined).toBe(answer.headers.etag === undefined);
    }
  });

  it('the Accept header of a browser, and no header of its own, are no obstacle', async () => {
    const response = await get('csv', parameters, {
      headers: { accept: 'text/html,*/*;q=0.8', origin: 'https://foreign.example' },
    });
    expect(response.statusCode).toBe(200);
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each(['PUT', 'PATCH', 'DELETE'] as const)('%s is answered with what an address takes', async (method) => {
    for (const extension of ['csv', 'nothing']) {
      const response = await app.http.inject({ method, url: `/answers.${extension}`, payload: 'x' });
      expect([response.statusCode, response.headers['allow']]).toEqual([405, 'GET, HEAD, POST']);
      expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'METHOD_NOT_ALLOWED' } }] });
    }
  });

  it('an unknown format is refused with the names of those that there are', async () => {
    for (const extension of ['exe', '', 'CSV', 'csv.gz', 'metadata', '__proto__']) {
      const response = await get(extension, parameters);
      expect([extension, response.statusCode, errorOf(response).at('code')]).toEqual([extension, 404, 'NOT_FOUND']);
      expect(errorOf(response).at('allowed')).toBe(EXTENSIONS.join(', '));
    }
  });

  it('is noted as an operation in the log', async () => {
    const lines: string[] = [];
    const logged = await openApp({
      env: { LOG_LEVEL: 'info' },
      bundle: writeFolder(SMALL_BUNDLE),
      logDestination: { write: (line) => lines.push(line) },
    });
    await get('csv', { query: 'query Names { cities { nodes { name } } }', operationName: 'Names' }, { of: logged });
    await get(
      'csv',
      { query: 'query Names { cities { nodes { name } } }', operationName: 'Names', table: 'x' },
      { of: logged },
    );
    const requests = lines.map((line) => json(JSON.parse(line))).filter((line) => line.at('msg') === 'request');
    expect(
      requests.map((line) => [line.at('route'), line.at('operation'), line.at('status'), line.at('from')]),
    ).toEqual([
      ['/answers.:extension', 'Names', 200, 'made'],
      ['/answers.:extension', 'Names', 422, 'memory'],
    ]);
    expect(requests[1]?.at('codes')).toEqual(['BAD_INPUT']);
    await logged.close();
  });
});

const TEXT_FIELD = { name: 'text', field: 'text', description: '', type: 'String', lists: 0, fields: null };

describe('what is refused', () => {
  const bad: readonly (readonly [string, object, number, string])[] = [
    ['a mutation', { query: 'mutation { cancelJob(id: "x") { userErrors { code } } }' }, 422, 'BAD_INPUT'],
    ['a subscription', { query: 'subscription { releasePublished { version } }' }, 422, 'BAD_INPUT'],
    [
      'a mutation beside a query',
      {
        query: 'query A { ranking { digest } } mutation B { cancelJob(id: "x") { userErrors { code } } }',
        operationName: 'B',
      },
      422,
      'BAD_INPUT',
    ],
    [
      'several operations',
      { query: 'query A { ranking { digest } } query B { ranking { digest } }' },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'no such operation',
      { query: 'query A { ranking { digest } }', operationName: 'C' },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['no query', {}, 400, 'BAD_REQUEST'],
    ['an empty query', { query: '' }, 400, 'BAD_REQUEST'],
    ['what is no GraphQL', { query: '{ ranking {' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ nope }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a wrong variable',
      { query: 'query ($n: Int!) { cities(first: $n) { totalCount } }', variables: { n: 'x' } },
      400,
      'BAD_INPUT',
    ],
    ['a wrong argument', { query: '{ cities(first: 0) { nodes { name } } }' }, 422, 'BAD_INPUT'],
    ['an unknown code', { query: '{ ranking(input: { methodology: "nope" }) { digest } }' }, 404, 'NOT_FOUND'],
    [
      'partial data',
      { query: '{ city(code: "330100") { name } ranking(input: { year: 1800 }) { digest } }' },
      422,
      'NO_DATA',
    ],
    [
      'over the cost',
      {
        query: `{ cities(first: 200) { nodes { ${Array.from({ length: 15 }, (_, i) => `a${String(i)}: publishedRankings { rank city { publishedRankings { rank } } }`).join(' ')} } } }`,
      },
      400,
      'COST_EXCEEDED',
    ],
    [
      'over the budget',
      {
        query:
          '{ ranking { robustness { uncertainty(input: { draws: 20000, weights: { method: SIMPLEX } }) { meanShift } } } }',
      },
      422,
      'BUDGET_EXCEEDED',
    ],
    [
      'an unknown hash',
      { extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } },
      422,
      'PERSISTED_QUERY_NOT_FOUND',
    ],
    [
      'a wrong hash',
      { query: CANARY, extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } },
      400,
      'PERSISTED_QUERY_INVALID',
    ],
  ];

  it.each(bad)('%s', async (_, parameters, status, code) => {
    for (const response of [await post('csv', parameters), await get('parquet', parameters)]) {
      expect([response.statusCode, errorOf(response).at('code')]).toEqual([status, code]);
      expect(response.headers['cache-control']).toBe('no-store');
    }
  });

  it('the errors are those of /graphql, with field, value and what is allowed', async () => {
    for (const [, parameters, , code] of bad.slice(10, 13)) {
      const { query } = { query: '', ...parameters };
      const { body } = await app.query(query);
      expect(body.errors?.[0]?.extensions['code']).toBe(code);
      expect((await post('csv', parameters)).json()).toEqual({ errors: body.errors });
    }
    const error = errorOf(await post('csv', { query: '{ cities(first: 0) { nodes { name } } }' }));
    expect([error.at('field'), error.at('value')]).toEqual(['first', 0]);
    expect(errorOf(await post('csv', { query: 'mutation { cancelJob(id: "x") { job { id } } }' })).value).toEqual({
      code: 'BAD_INPUT',
      field: 'query',
      value: 'mutation',
      allowed: 'an operation of the kind query',
    });
  });

  it.each([
    ['query=a&query=b', 'query'],
    [`query=${encodeURIComponent(CANARY)}&table=a&table=a`, 'table'],
    [`query=${encodeURIComponent(CANARY)}&variables=x`, 'variables'],
    [`query=${encodeURIComponent(CANARY)}&variables=[]`, 'variables'],
    [`query=${encodeURIComponent(CANARY)}&variables=`, 'variables'],
    [`query=${encodeURIComponent(CANARY)}&extensions=null`, 'extensions'],
  ])('parameters that cannot be read: %s', async (search, field) => {
    const response = await app.http.inject(`/answers.csv?${search}`);
    const error = errorOf(response);
    expect([response.statusCode, error.at('code'), error.at('field')]).toEqual([422, 'BAD_INPUT', field]);
  });

  it('parameters that are called as what every object has are none', async () => {
    const query = encodeURIComponent(CANARY);
    const response = await app.http.inject(`/answers.csv?toString=1&__proto__=2&constructor=3&query=${query}`);
    expect([response.statusCode, response.body]).toEqual([200, 'name\r\nHangzhou\r\n']);
  });

  it('bodies that are no JSON object, and addresses that are too long', async () => {
    const send = (payload: string, type?: string) =>
      app.http.inject({
        method: 'POST',
        url: '/answers.csv',
        payload,
        ...(type && { headers: { 'content-type': type } }),
      });
    const text = JSON.stringify({ query: CANARY });
    const cases: readonly (readonly [Promise<{ statusCode: number; body: string }>, number, string])[] = [
      [send(text, 'text/plain'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
      [send(`query=${encodeURIComponent(CANARY)}`, 'application/x-www-form-urlencoded'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
      [send(text, 'application/json; charset=latin1'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
      [send('{', 'application/json'), 400, 'BAD_REQUEST'],
      [send('[]', 'application/json'), 400, 'BATCHING_UNSUPPORTED'],
      [send('"x"', 'application/json'), 400, 'BAD_REQUEST'],
      [send(JSON.stringify({ query: CANARY, variables: 5 }), 'application/json'), 400, 'BAD_REQUEST'],
      [send(JSON.stringify({ query: { a: 1 } }), 'application/json'), 400, 'BAD_REQUEST'],
      [get('csv', { query: `#${'x'.repeat(20_000)}\n${CANARY}` }), 414, 'URL_TOO_LONG'],
    ];
    for (const [sent, status, code] of cases) {
      const response = await sent;
      expect([code, response.statusCode]).toEqual([code, status]);
      expect(json(JSON.parse(response.body)).at('errors', 0, 'extensions', 'code')).toBe(code);
    }
  });

  it('a link that anybody may set keeps no ranking', async () => {
    for (const field of ['permalink', 'files { url }']) {
      const query = `{ ranking(input: { year: 2017 }) { digest ...F } } fragment F on Ranking { ${field} }`;
      for (const method of ['GET', 'HEAD'] as const)
        expect((await get('csv', { query, table: 'ranking' }, { method })).statusCode).toBe(422);
      const error = errorOf(await get('csv', { query }));
      expect([error.at('code'), error.at('field'), error.at('value')]).toEqual([
        'BAD_INPUT',
        'query',
        field.split(' ')[0],
      ]);
      const headers = { 'apollo-require-preflight': 'true' };
      expect((await get('json', { query }, { headers })).statusCode).toBe(200);
      expect((await post('json', { query })).statusCode).toBe(200);
    }
  });

  it('a mutation that is refused is not run, whatever right there is', async () => {
    const open = await openApp({ bundle: writeFolder(SMALL_BUNDLE) });
    const before = open.services.jobs.counts;
    const query = 'mutation { startRobustness(input: {}) { job { id } } }';
    for (const response of [await post('csv', { query }, open), await get('csv', { query }, { of: open })])
      expect([400, 422]).toContain(response.statusCode);
    expect(open.services.jobs.counts).toEqual(before);
    await open.close();
  });

  it('a text that no cell of a spreadsheet holds, rather than a part of it', async () => {
    const { services } = app;
    const release = services.releases.loaded?.release ?? null;
    const question = { document: '', documentHash: '', operationName: null, variables: {}, release, namedReleases: [] };
    const tableOf = (text: string) =>
      tablesOf([{ name: 'a', field: 'a', description: '', type: 'A', lists: 1, fields: [TEXT_FIELD] }], {
        a: [{ text }],
      });
    const open = (format: 'CSV' | 'XLSX', length: number) => {
      const tables = tableOf('x'.repeat(length));
      const file = { format, tables, isOne: true, metadata: questionMetadata(question, tables) };
      return openAnswerFile(services.files.tables, file, '');
    };
    for (const file of [await open('XLSX', 32_767), await open('CSV', 32_768)])
      expect((await buffer(file)).length).toBeGreaterThan(1000);
    await expect(open('XLSX', 32_768)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
  });
});

describe('limits', () => {
  it('a file is charged with the operation and its cells, and whoever has nothing left is told when', async () => {
    const poor = await openApp({ env: { RATE_LIMIT_POINTS: '60' }, bundle: writeFolder(SMALL_BUNDLE) });
    const query = '{ cities(first: 50) { nodes { code name } } }';
    const used = async (call: () => Promise<{ statusCode: number }>): Promise<number> => {
      let count = 0;
      while ((await call()).statusCode === 200) count += 1;
      return count;
    };
    const times = await used(() => post('csv', { query }, poor));
    expect(times).toBeGreaterThan(3);
    expect(times).toBeLessThan(60);
    const response = await post('csv', { query }, poor);
    expect([response.statusCode, errorOf(response).at('code')]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    await poor.close();
  });

  it('reading that is closed is closed here, and a scope that is missing is', async () => {
    const closed = await openApp({ env: { ANONYMOUS_READ: 'false' }, bundle: writeFolder(SMALL_BUNDLE) });
    const query = '{ cities { nodes { code } } }';
    for (const response of [await get('csv', { query }, { of: closed }), await post('csv', { query }, closed)]) {
      expect([response.statusCode, errorOf(response).at('code')]).toEqual([401, 'UNAUTHENTICATED']);
      expect(response.headers['www-authenticate']).toBeDefined();
    }
    await closed.close();
    const keys = await post('csv', { query: '{ apiKeys { nodes { name } } }' });
    expect([keys.statusCode, errorOf(keys).at('code')]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('a server of trusted documents makes files of those alone', async () => {
    const path = newPath('trusted.json');
    writeFileSync(path, JSON.stringify({ names: '{ cities { nodes { code } } }' }));
    const strict = await openApp({
      env: { TRUSTED_DOCUMENTS: path, TRUSTED_DOCUMENTS_ONLY: 'true' },
      bundle: writeFolder(SMALL_BUNDLE),
    });
    const refused = await get('csv', { query: '{ cities { totalCount } }' }, { of: strict });
    expect([refused.statusCode, errorOf(refused).at('code')]).toEqual([400, 'DOCUMENT_NOT_TRUSTED']);
    for (const response of [
      await strict.http.inject('/answers.csv?documentId=names'),
      await post('csv', { documentId: 'names' }, strict),
    ])
      expect([response.statusCode, response.body.slice(0, 6)]).toEqual([200, 'code\r\n']);
    await strict.close();
  });

  it('a document that was registered is known by its hash', async () => {
    const query = '{ city(code: "310000") { name } }';
    const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') } };
    expect((await get('csv', { query, extensions })).statusCode).toBe(200);
    const [byGet, byPost] = [await get('csv', { extensions }), await post('csv', { extensions })];
    expect([byGet.body, byPost.body]).toEqual(['name\r\nShanghai\r\n', 'name\r\nShanghai\r\n']);
    expect((await metadataOf({ extensions })).at('document')).toBe(query);
  });
});

describe('texts that a spreadsheet would take for a formula', () => {
  const NAMES = [
    '=HYPERLINK("http://evil.example","here")',
    '+1+1',
    '-2',
    '@SUM(1)',
    '\tTab',
    'A, "quoted" <b> _x0041_',
  ];
  let small: TestApp;
  beforeAll(async () => {
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const cities = NAMES.map((name, i) => `c${String(i)},${quoted(name)}`);
    small = await openApp({
      bundle: writeFolder({
        ...SMALL_BUNDLE,
        'cities.csv': ['code,name_en', ...cities, ''].join('\n'),
        'observations.csv': 'city_code,indicator_code,year,value\nc0,income,2020,1\nc0,crime,2020,1\n',
        'published_rankings.csv': 'report,year,dimension,rank,city_code,score,source_id\n',
        'initiatives.csv': 'city_code,title,signed_on,project_count\n',
      }),
    });
  });
  afterAll(() => small.close());

  it.each(TABLES)('are texts in %s', async (extension) => {
    const bytes = await download(extension, { query: '{ cities { nodes { name } } }', table: 'cities.nodes' }, small);
    const rows = await readRows(extension, bytes, new Set(['name']), 'cities.nodes');
    const expected = NAMES.map((name) => (extension === 'csv' && /^[=+\-@\t]/.test(name) ? `'${name}` : name));
    expect(rows.map(({ name }) => name)).toEqual(expected);
    if (extension === 'xlsx') expect(await zipEntry(bytes, 'xl/worksheets/sheet1.xml')).not.toMatch(/<f[ >]/);
  });
});
