import { request } from 'node:http';
import { json as readJson } from 'node:stream/consumers';
import { RANKING_FILES } from '../../src/rankings/files/formats';
import { RankingFilesService } from '../../src/rankings/files/ranking-files.service';
import { fitsSheet } from '../../src/rankings/files/xlsx';
import { createApp } from '../../src/server/app';
import { removeFolders, SMALL_BUNDLE, writeFolder } from '../datasets/small-bundle';
import { json, openApp, testConfig, type Json, type TestApp } from '../helpers/app';
import { bundleRows } from '../helpers/bundle';
import { readRows, zipEntry, type FileRow } from '../helpers/files';

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

const get = (url: string, headers: Record<string, string> = {}, of: TestApp = app) => of.http.inject({ url, headers });

async function download(of: TestApp, digest: string, extension: string): Promise<Buffer> {
  const response = await get(`/rankings/${digest}.${extension}`, {}, of);
  expect([extension, response.statusCode]).toEqual([extension, 200]);
  return response.rawPayload;
}

const digestOf = async (input: object, of: TestApp = app): Promise<string> =>
  String(
    (await of.data('query ($input: RankingInput) { ranking(input: $input) { digest } }', { input })).at(
      'ranking',
      'digest',
    ),
  );

const EVERYTHING = `query ($input: RankingInput) { ranking(input: $input) { digest
  rows(first: 200) { totalCount nodes { rank score availability imputed treated { indicatorCode action }
    city { code names { en zh fr } tier provinceCode }
    nodeScores { node depth score rank figures { value year prepared } } } }
  unranked { code reason city { code names { en zh fr } tier provinceCode } } } }`;

/** The rows that a file must have, from an answer of the API. */
function rowsOf(answer: Json): FileRow[] {
  const cityOf = (of: Json): FileRow => ({
    city_code: cell(of.at('city', 'code')),
    name_en: cell(of.at('city', 'names', 'en')),
    name_zh: cell(of.at('city', 'names', 'zh')),
    name_fr: cell(of.at('city', 'names', 'fr')),
    tier: cell(of.at('city', 'tier')),
    province_code: cell(of.at('city', 'provinceCode')),
  });
  const listed = (items: unknown[]): string | null => (items.length === 0 ? null : items.join(';'));
  const ranked = answer.list('ranking', 'rows', 'nodes').map((node): FileRow => {
    const of = json(node);
    const nodes = of.list('nodeScores').flatMap((score): [string, string | number | null][] => {
      const found = json(score);
      const code = String(found.at('node'));
      if (found.at('depth') === 0) return [];
      const figures = found.at('figures') === null ? [] : ['value', 'year', 'prepared'];
      return [
        [`${code}_score`, cell(found.at('score'))],
        [`${code}_rank`, cell(found.at('rank'))],
        ...figures.map((name): [string, string | number | null] => [
          `${code}_${name}`,
          cell(found.at('figures', name)),
        ]),
      ];
    });
    return {
      status: 'RANKED',
      rank: cell(of.at('rank')),
      score: cell(of.at('score')),
      unranked_code: null,
      unranked_reason: null,
      ...cityOf(of),
      availability: cell(of.at('availability')),
      imputed: listed(of.list('imputed')),
      treated: listed(
        of
          .list('treated')
          .map((item) => `${String(json(item).at('indicatorCode'))}:${String(json(item).at('action'))}`),
      ),
      ...Object.fromEntries(nodes),
    };
  });
  const none = Object.fromEntries(Object.keys(ranked[0] ?? {}).map((column) => [column, null]));
  const unranked = answer.list('ranking', 'unranked').map((row): FileRow => {
    const of = json(row);
    return {
      ...none,
      status: 'UNRANKED',
      unranked_code: cell(of.at('code')),
      unranked_reason: cell(of.at('reason')),
      ...cityOf(of),
    };
  });
  return [...ranked, ...unranked];
}

function cell(value: unknown): string | number | null {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  throw new Error(`No cell: ${JSON.stringify(value)}`);
}

/** Without what the API gives in one language at a time. */
const withoutProvinceNames = (rows: FileRow[]): FileRow[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !/^province_(en|zh)$/.test(column))));

describe('figures of the files', () => {
  const INPUTS: readonly (readonly [string, object])[] = [
    ['the default ranking', {}],
    [
      'ties, filled values, negative scores, some cities',
      {
        cities: { tiers: ['first', 'new_first', 'second'] },
        recipe: {
          impute: { method: 'MEDIAN' },
          normalise: { method: 'Z_SCORE' },
          aggregate: [{ level: 1, method: 'ARITHMETIC' }],
          rank: { ties: 'FRACTIONAL', decimals: 0 },
        },
      },
    ],
  ];

  describe.each(INPUTS)('%s', (_, input) => {
    let expected: FileRow[];
    let digest: string;
    beforeAll(async () => {
      const answer = await app.data(EVERYTHING, { input });
      expected = rowsOf(answer);
      digest = String(answer.at('ranking', 'digest'));
      expect(answer.at('ranking', 'rows', 'totalCount')).toBe(answer.list('ranking', 'rows', 'nodes').length);
    });

    it.each(TABLES)('%s has the figures of the API bit for bit, and every selected city', async (extension) => {
      const rows = await readRows(extension, await download(app, digest, extension));
      expect(withoutProvinceNames(rows)).toEqual(expected);
      expect(rows.map(({ province_en: province }) => province)).not.toContain(undefined);
    });
  });

  it('the second of them shows what it is meant to: halves, negative scores, filled values', async () => {
    const rows = await readRows('csv', await download(app, await digestOf(INPUTS[1]?.[1] ?? {}), 'csv'));
    expect(rows.some(({ rank }) => Number(rank) % 1 === 0.5)).toBe(true);
    expect(rows.some(({ score }) => Number(score) < 0)).toBe(true);
    expect(rows.some(({ imputed }) => imputed !== null)).toBe(true);
  });

  it('a city without a rank has a reason and no figure in any column', async () => {
    const rows = await readRows('parquet', await download(app, await digestOf({}), 'parquet'));
    const unranked = rows.filter(({ status }) => status === 'UNRANKED');
    expect(unranked.length).toBeGreaterThan(200);
    for (const row of unranked) {
      expect(row['unranked_reason']).toMatch(/\.$/);
      expect(Object.values(row).filter((value) => typeof value === 'number')).toEqual([]);
    }
  });

  it('xlsx says what its columns are, and JSON does', async () => {
    const digest = await digestOf({});
    const { columns } = JSON.parse((await download(app, digest, 'json')).toString()) as {
      columns: { name: string; unit: string | null; description: string }[];
    };
    const sheet = await zipEntry(await download(app, digest, 'xlsx'), 'xl/worksheets/sheet2.xml');
    const [header = ''] = (await download(app, digest, 'csv')).toString().split('\r\n');
    expect(columns.map(({ name }) => name)).toEqual(header.split(','));
    for (const { name, description } of columns) {
      expect(sheet).toContain(`>${name}</t>`);
      expect(description).toMatch(/\.$/);
    }
    const units = new Map(bundleRows('indicators.csv').map(({ code, unit }) => [`${code ?? ''}_value`, unit]));
    const valued = columns.filter(({ name }) => units.has(name));
    expect(valued).toHaveLength(21);
    for (const { name, unit } of valued) expect([name, unit ?? '']).toEqual([name, units.get(name)]);
  });

  it('a spreadsheet has room for so much and no more', () => {
    const columns = Array.from({ length: 16_384 }, () => ({
      name: '',
      kind: 'TEXT' as const,
      unit: null,
      description: '',
    }));
    expect(fitsSheet({ rowCount: 1_048_575, columns })).toBe(true);
    expect(fitsSheet({ rowCount: 1_048_576, columns })).toBe(false);
    expect(fitsSheet({ rowCount: 1, columns: [...columns, ...columns] })).toBe(false);
  });
});

/** A folder with a bundle of cities of these names, ranked in this order. */
function bundleOf(names: readonly string[]): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const cities = names.map((name, i) => `c${String(i)},${quoted(name)}`);
  const values = names.flatMap((_, i) => [
    `c${String(i)},income,2020,${String(1000 - i)}`,
    `c${String(i)},crime,2020,1`,
  ]);
  return writeFolder({
    ...SMALL_BUNDLE,
    'cities.csv': ['code,name_en', ...cities, ''].join('\n'),
    'observations.csv': ['city_code,indicator_code,year,value', ...values, ''].join('\n'),
    'published_rankings.csv': 'report,year,dimension,rank,city_code,score,source_id\n',
    'initiatives.csv': 'city_code,title,signed_on,project_count\n',
  });
}

describe('names that a spreadsheet would take for a formula', () => {
  const NAMES = [
    '=HYPERLINK("http://evil.example","here")',
    '+1+1',
    '-2',
    '@SUM(1)',
    '\tTab',
    'A, "quoted" <b>&amp;</b> _x0041_ \u0007 name',
  ];
  let small: TestApp;
  let digest: string;
  beforeAll(async () => {
    small = await openApp({ bundle: bundleOf(NAMES) });
    digest = await digestOf({}, small);
  });
  afterAll(() => small.close());

  it('are in the release as they are', async () => {
    const answer = await small.data('{ ranking { rows { nodes { city { name } } } } }');
    expect(answer.list('ranking', 'rows', 'nodes').map((node) => json(node).at('city', 'name'))).toEqual(NAMES);
  });

  it('have an apostrophe before them in CSV', async () => {
    const rows = await readRows('csv', await download(small, digest, 'csv'));
    expect(rows.map((row) => row['name_en'])).toEqual(
      NAMES.map((name) => (/^[=+\-@\t]/.test(name) ? `'${name}` : name)),
    );
  });

  it.each(['json', 'jsonl', 'parquet'])('are as they are in %s', async (extension) => {
    const rows = await readRows(extension, await download(small, digest, extension));
    expect(rows.map((row) => row['name_en'])).toEqual(NAMES);
  });

  it('are texts in XLSX, and nothing there is a formula', async () => {
    const bytes = await download(small, digest, 'xlsx');
    const sheet = await zipEntry(bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet).not.toMatch(/<f[ >]/);
    // XML has no place for a control character.
    expect(sheet).toContain('_x0007_');
    expect(sheet).toContain('t="inlineStr"><is><t xml:space="preserve">=HYPERLINK(');
    expect((await readRows('xlsx', bytes)).map((row) => row['name_en'])).toEqual(NAMES);
  });
});

describe('what goes with a ranking', () => {
  it('the metadata make the ranking again, and name release, engine, columns and warnings', async () => {
    const made = await app.data(
      `{ ranking(input: { year: 2016, cities: { tiers: ["first"] } }) { digest recipe engineVersion warnings { code message indicator node }
          release { version digest publishedAt } } }`,
    );
    const digest = String(made.at('ranking', 'digest'));
    const metadata = json(JSON.parse((await download(app, digest, 'metadata.json')).toString()));
    expect(metadata.at('digest')).toBe(digest);
    expect(metadata.at('permalink')).toBe(`https://ranking.example/cities/rankings/${digest}`);
    expect(metadata.at('engineVersion')).toBe(made.at('ranking', 'engineVersion'));
    expect(metadata.at('release')).toMatchObject(Object(made.at('ranking', 'release')) as object);
    expect(metadata.at('warnings')).toEqual(made.at('ranking', 'warnings'));
    expect(metadata.at('input', 'recipe')).toEqual(made.at('ranking', 'recipe'));
    expect(await digestOf(Object(metadata.at('input')) as object)).toBe(digest);
    const rows = await readRows('csv', await download(app, digest, 'csv'));
    expect(metadata.list('columns').map((column) => json(column).at('name'))).toEqual(Object.keys(rows[0] ?? {}));
    expect(metadata.at('rankedCities')).toBe(rows.filter(({ status }) => status === 'RANKED').length);
    expect(metadata.at('unrankedCities')).toBe(rows.filter(({ status }) => status === 'UNRANKED').length);
  });

  it('the sources are those of the observations of its indicators, with their terms', async () => {
    const metadata = json(JSON.parse((await download(app, await digestOf({}), 'metadata.json')).toString()));
    const leaves = new Set(metadata.list('nodes').map((node) => json(node).at('indicator')));
    const used = bundleRows('observations.csv').filter((row) => leaves.has(row['indicator_code']) && row['source_id']);
    const pairs = new Set(used.map((row) => `${row['source_id'] ?? ''} ${row['indicator_code'] ?? ''}`));
    const found = metadata.list('sources').flatMap((source) =>
      json(source)
        .list('indicators')
        .map((indicator) => `${String(json(source).at('code'))} ${String(indicator)}`),
    );
    expect(found).toEqual([...pairs].sort());
    const licences = new Map(bundleRows('sources.csv').map((row) => [row['id'], row['licence']]));
    for (const source of metadata.list('sources'))
      expect(json(source).at('licence')).toBe(licences.get(String(json(source).at('code'))));
  });

  it('the citation is BibTeX: balanced, with the address of the ranking and an entry for every source', async () => {
    const digest = await digestOf({});
    const bib = (await download(app, digest, 'citation.bib')).toString();
    const metadata = json(JSON.parse((await download(app, digest, 'metadata.json')).toString()));
    expect(bib).toContain(`url = {https://ranking.example/cities/rankings/${digest}}`);
    expect([...bib.matchAll(/^@misc\{([^,\s]+),$/gm)].map(([, key]) => key)).toEqual([
      `city-ranking-${digest.slice(0, 12)}`,
      ...metadata.list('sources').map((source) => json(source).at('code')),
    ]);
    expect(bib).toContain('PKU\\_DFIIC\\_city.dta');
  });

  it('the page names columns, digest and sources', async () => {
    const digest = await digestOf({});
    const page = (await download(app, digest, 'readme.md')).toString();
    for (const text of [digest, '| `rd_share_gdp_value` |', 'rankingByDigest', '`SRC-PKU-DFIIC-CITY`'])
      expect(page).toContain(text);
  });
});

describe('over HTTP', () => {
  it.each(EXTENSIONS)('%s is immutable, named, and not sent again to whoever has it', async (extension) => {
    const digest = await digestOf({});
    const url = `/rankings/${digest}.${extension}`;
    const first = await get(url);
    const { contentType } = Object.values(RANKING_FILES).find((file) => file.extension === extension) ?? {};
    expect(first.headers).toMatchObject({
      'content-type': contentType,
      'content-disposition': `attachment; filename="ranking-${digest.slice(0, 12)}.${extension}"`,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: 'Authorization, X-API-Key',
    });
    const etag = String(first.headers.etag);
    expect(etag).toMatch(/^W\/"[\w-]+"$/);
    for (const tags of [etag, `"other", ${etag}`, '*']) {
      const again = await get(url, { 'if-none-match': tags });
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
    }
    expect((await get(url, { 'if-none-match': '"other"' })).statusCode).toBe(200);
    const head = await app.http.inject({ method: 'HEAD', url });
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', etag]);
    expect(head.headers['content-type']).toBe(contentType);
  });

  it('no two files share an ETag', async () => {
    const urls = await Promise.all([{}, { year: 2016 }].map((input) => digestOf(input)));
    const tags = await Promise.all(
      urls.flatMap((digest) =>
        EXTENSIONS.map(async (extension) => (await get(`/rankings/${digest}.${extension}`)).headers.etag),
      ),
    );
    expect(new Set(tags).size).toBe(2 * EXTENSIONS.length);
  });

  it('the permalink lists the files, as the API does', async () => {
    const answer = await app.data('{ ranking { digest permalink files { format url contentType } } }');
    const response = await get(String(answer.at('ranking', 'permalink')));
    expect(response.headers['cache-control']).toBe('public, no-cache');
    expect(response.json()).toMatchObject({
      digest: answer.at('ranking', 'digest'),
      files: answer.at('ranking', 'files'),
    });
    for (const file of answer.list('ranking', 'files')) {
      const found = await get(String(json(file).at('url')));
      expect([found.statusCode, found.headers['content-type']]).toEqual([200, json(file).at('contentType')]);
    }
  });

  it('an unknown format is refused with the names of those that there are', async () => {
    const digest = await digestOf({});
    for (const extension of ['exe', '', 'CSV', 'csv.gz', 'metadata', 'csv/', '__proto__']) {
      const response = await get(`/rankings/${digest}.${extension}`);
      expect([extension, response.statusCode]).toEqual([extension, 404]);
      const error = response.json<{ errors: { message: string; extensions: { code: string } }[] }>().errors[0];
      expect(error?.extensions.code).toBe('NOT_FOUND');
      if (extension !== 'csv/') expect(error?.message).toContain(EXTENSIONS.join(', '));
    }
  });

  it('an unknown digest is not found, which nobody may keep', async () => {
    const response = await get(`/rankings/${'0'.repeat(64)}.csv`);
    expect([response.statusCode, response.headers['cache-control'], response.headers.etag]).toEqual([
      404,
      'no-store',
      undefined,
    ]);
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND', field: 'digest' } }] });
  });

  it('a ranking that costs more than a request may is refused with a status of its own', async () => {
    const poor = await openApp({
      env: { LIMIT_CELL_OPERATIONS: '1000' },
      bundle: bundleOf(Array.from({ length: 300 }, (_, i) => `City ${String(i)}`)),
    });
    const { digest } = await poor.services.rankings.rank({});
    const response = await get(`/rankings/${digest}.csv`, {}, poor);
    expect([response.statusCode, response.headers['cache-control']]).toEqual([422, 'no-store']);
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'BUDGET_EXCEEDED' } }] });
    await poor.close();
  });

  it('ways out of the folder lead nowhere', async () => {
    const http = new URL(await app.http.listen({ port: 0, host: '127.0.0.1' }));
    const digest = await digestOf({});
    const paths = [
      '/rankings/../../../../etc/passwd',
      '/rankings/..%2f..%2fetc%2fpasswd.csv',
      '/rankings/%2e%2e/%2e%2e/package.json',
      '/rankings/%252e%252e%252fpackage.json',
      '/rankings/..\\..\\package.json',
      `/rankings/${digest}.csv/../../package.json`,
      `/rankings/${digest}%00.csv`,
      `/rankings/${digest.toUpperCase()}.csv`,
      `/rankings/${digest}${'.csv'.repeat(1000)}`,
      `/rankings/${'a'.repeat(7000)}`,
      '/rankings/%E0%A4%A.csv',
      '/rankings/',
      '//rankings//x',
    ];
    for (const path of paths) {
      // A raw socket, since `inject` and `fetch` would resolve the dots.
      const { status, body } = await new Promise<{ status: number; body: unknown }>((resolve, reject) => {
        request({ host: http.hostname, port: http.port, path, method: 'GET' }, (response) => {
          readJson(response).then((parsed) => {
            resolve({ status: response.statusCode ?? 0, body: parsed });
          }, reject);
        })
          .on('error', reject)
          .end();
      });
      // What cannot be decoded, or is longer than any of ours, is no good request.
      const code = /%E0|\.csv\.csv|aaaa/.test(path) ? 'BAD_REQUEST' : 'NOT_FOUND';
      expect([path, status]).toEqual([path, code === 'BAD_REQUEST' ? 400 : 404]);
      expect(json(body).at('errors', 0, 'extensions', 'code')).toBe(code);
      expect(JSON.stringify(body)).not.toMatch(/root:|"name":"city-ranking"/);
    }
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('%s is answered with what an address takes', async (method) => {
    const digest = await digestOf({});
    for (const name of [digest, `${digest}.csv`, 'nothing.csv'])
      for (const body of [{}, { headers: { 'content-type': 'text/csv' }, payload: 'code,rank' }]) {
        const response = await app.http.inject({ method, url: `/rankings/${name}`, ...body });
        expect([response.statusCode, response.headers['allow']]).toEqual([405, 'GET, HEAD']);
        expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'METHOD_NOT_ALLOWED' } }] });
      }
  });
});

describe('rankings that are kept', () => {
  it('asking for the files keeps the ranking: another process serves them', async () => {
    const input = '{ recipe: { weight: { method: GIVEN, weights: [{ node: "governance", weight: 3.25 }] } } }';
    const answer = await app.data(`{ ranking(input: ${input}) { digest files { url } } }`);
    const other = await createApp({ config: testConfig(), dataSource: app.database.dataSource });
    const url = String(answer.at('ranking', 'files', 0, 'url'));
    const [here, there] = [await get(url), await other.http.inject(url)];
    expect(there.statusCode).toBe(200);
    expect(there.body).toBe(here.body);
    await other.close();
  });

  it('where no more are kept there are no files to name, and the question is asked anew each time', async () => {
    const full = await openApp({ env: { KEPT_RANKINGS: '0' }, bundle: writeFolder(SMALL_BUNDLE) });
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await full.query('{ ranking { files { url } } }');
      expect(answer.body.data).toEqual({ ranking: { files: null } });
      expect(answer.headers['cache-control']).toBe('no-store');
    }
    await full.close();
  });
});

describe('files that are being sent', () => {
  it('are bounded: one more is refused until one ends', async () => {
    const ranking = await app.services.rankings.rank({});
    const files = new RankingFilesService({ sourcesOf: () => Promise.resolve([]) }, '', 1);
    const first = await files.open(ranking, 'CSV');
    await expect(files.open(ranking, 'JSON')).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    expect((await files.open(ranking, 'README')).readable).toBe(true);
    first.destroy();
    await new Promise((resolve) => first.once('close', resolve));
    const second = await files.open(ranking, 'XLSX');
    second.resume();
    await new Promise((resolve) => second.once('close', resolve));
    (await files.open(ranking, 'PARQUET')).destroy();
  });
});
