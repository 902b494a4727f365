import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDataSource } from '../../ormconfig';
import { publishBundle } from '../../src/datasets';
import { BundleError, prepareDatabase, startServer, type RunningServer } from '../../src/server/start-up';
import { testConfig } from '../helpers/app';
import { createPostgresDatabase } from '../helpers/postgres';

jest.setTimeout(60_000);

let folder: string;
let sqlitePath: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-ranking-start-'));
  sqlitePath = join(folder, 'nested', 'data.sqlite');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const HEADERS = {
  'cities.csv': 'code,name_en\n',
  'indicators.csv': 'code,name_en,direction\n',
  'observations.csv': 'city_code,indicator_code,year,value\n',
};

/** A bundle of the required files only. */
function writeBundle(version: string, rows: Partial<Record<keyof typeof HEADERS, string>> = {}): string {
  const path = mkdtempSync(join(folder, 'bundle-'));
  writeFileSync(join(path, 'bundle.json'), JSON.stringify({ name: 'test', version }));
  for (const [file, header] of Object.entries(HEADERS))
    writeFileSync(join(path, file), header + (rows[file as keyof typeof HEADERS] ?? ''));
  return path;
}

const post = async (server: RunningServer, query: string): Promise<unknown> => {
  const response = await fetch(`${server.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
};

describe('startServer', () => {
  it('makes the database, publishes the built-in data once, answers on a free port, and stops', async () => {
    const config = testConfig({ PORT: '0', SQLITE_PATH: sqlitePath });
    const server = await startServer(config);
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
    const ranked = await post(server, '{ ranking { rows { totalCount } } }');
    expect(ranked).toEqual({ data: { ranking: { rows: { totalCount: 39 } } } });
    await server.stop();
    await expect(fetch(`${server.address}/health`)).rejects.toThrow();

    const again = await startServer(config);
    expect(await post(again, '{ releases { totalCount } }')).toEqual({ data: { releases: { totalCount: 1 } } });
    await again.stop();
  });

  it('finds a release that another process has published', async () => {
    const server = await startServer(testConfig({ PORT: '0', SQLITE_PATH: sqlitePath, RELEASE_CHECK_SECONDS: '1' }));
    const other = await createDataSource({ sqlitePath }).initialize();
    const report = await publishBundle(
      other,
      writeBundle('2026.2', { 'cities.csv': 'new,New City\n', 'observations.csv': 'new,average_wage,2019,1\n' }),
    );
    expect(report.errors).toEqual([]);
    await other.destroy();
    const current = (): unknown => server.app.services.releases.loaded?.release.version;
    for (let waited = 0; current() !== '2026.2' && waited < 100; waited++) await sleep(100);
    expect(await post(server, '{ city(code: "new") { name } release { version } }')).toEqual({
      data: { city: { name: 'New City' }, release: { version: '2026.2' } },
    });
    // The release before it is still there by its version, without the new city.
    expect(
      await post(
        server,
        '{ city(code: "new", release: "2026.1") { name } ranking(input: { release: "2026.1" }) { release { version } rows { totalCount } } }',
      ),
    ).toEqual({
      data: { city: null, ranking: { release: { version: '2026.1' }, rows: { totalCount: 39 } } },
    });
    await server.stop();
  });

  it('waits for requests under way when it stops', async () => {
    const server = await startServer(testConfig({ PORT: '0', SQLITE_PATH: sqlitePath }));
    const { catalogue } = server.app.services;
    const find = catalogue.city.bind(catalogue);
    catalogue.city = async (code, release) => {
      await sleep(300);
      return find(code, release);
    };
    const answer = post(server, '{ city(code: "330100") { name } }');
    await sleep(100);
    await server.stop();
    expect(await answer).toEqual({ data: { city: { name: 'Hangzhou' } } });
  });

  it('says so when the port is taken, and leaves nothing open', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(startServer(testConfig({ PORT: String(port), SQLITE_PATH: sqlitePath }))).rejects.toThrow(
      'EADDRINUSE',
    );
    taken.close();
  });
});

describe('prepareDatabase', () => {
  it('publishes the bundle that the settings name', async () => {
    const dataBundle = writeBundle('1', { 'cities.csv': 'a,Aa\n', 'indicators.csv': 'x,Xx,higher_better\n' });
    const dataSource = await prepareDatabase(testConfig({ SQLITE_PATH: sqlitePath, DATA_BUNDLE: dataBundle }));
    expect(await dataSource.query('SELECT version, city_count FROM release')).toEqual([
      { version: '1', city_count: 1 },
    ]);
    await dataSource.destroy();
  });

  it('does the same on PostgreSQL, and serves with a limit on statements', async () => {
    const { url, drop } = await createPostgresDatabase();
    const dataBundle = writeBundle('1', { 'cities.csv': 'a,Aa\n', 'indicators.csv': 'x,Xx,higher_better\n' });
    const dataSource = await prepareDatabase(testConfig({ DATABASE_URL: url, DATA_BUNDLE: dataBundle }));
    expect(await dataSource.query('SELECT version FROM release')).toEqual([{ version: '1' }]);
    expect(await dataSource.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '3s' }]);
    await dataSource.destroy();
    await drop();
  });

  it('refuses a bundle that is not fit, with its report', async () => {
    const dataBundle = writeBundle('1', { 'observations.csv': 'nowhere,nothing,2019,1\n' });
    const prepare = prepareDatabase(testConfig({ SQLITE_PATH: sqlitePath, DATA_BUNDLE: dataBundle }));
    await expect(prepare).rejects.toThrow(BundleError);
    await expect(prepare).rejects.toThrow(/observations\.csv/);
  });

  it.each(['sqlite', 'postgres'] as const)(
    'on %s, several at once on an empty database: one publishes, none fails',
    async (kind) => {
      const postgres = kind === 'postgres' ? await createPostgresDatabase() : null;
      const config = testConfig({ SQLITE_PATH: sqlitePath, ...(postgres && { DATABASE_URL: postgres.url }) });
      const opened = await Promise.all([prepareDatabase(config), prepareDatabase(config), prepareDatabase(config)]);
      for (const dataSource of opened) {
        expect(await dataSource.query('SELECT sequence, version FROM release')).toEqual([
          { sequence: 1, version: '2026.1' },
        ]);
        expect(await dataSource.query('SELECT name FROM migration')).toHaveLength(dataSource.migrations.length);
        expect(await dataSource.query('SELECT action FROM audit_event')).toHaveLength(1);
      }
      await Promise.all(opened.map((dataSource) => dataSource.destroy()));
      await postgres?.drop();
    },
  );

  it('lets the next one in after one that failed', async () => {
    const dataBundle = writeBundle('1', { 'observations.csv': 'nowhere,nothing,2019,1\n' });
    const config = testConfig({ SQLITE_PATH: sqlitePath, DATA_BUNDLE: dataBundle });
    await expect(prepareDatabase(config)).rejects.toThrow(BundleError);
    const dataSource = await prepareDatabase({ ...config, dataBundle: '' });
    expect(await dataSource.query('SELECT version FROM release')).toHaveLength(1);
    await dataSource.destroy();
  });

  it.each(['/proc/nope/x.sqlite', '/proc/nope/deeper/x.sqlite', '/dev/null/x.sqlite'])(
    'says at once that %s cannot be made',
    async (path) => {
      const started = performance.now();
      const prepare = prepareDatabase(testConfig({ SQLITE_PATH: path }));
      await expect(prepare).rejects.toThrow(`SQLITE_PATH: ${path} cannot be opened: `);
      await expect(prepare).rejects.not.toThrow('\n');
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );

  it('fails in one piece when the file cannot be made', async () => {
    writeFileSync(join(folder, 'nested'), 'a file where a folder should be');
    await expect(prepareDatabase(testConfig({ SQLITE_PATH: sqlitePath }))).rejects.toThrow();
  });
});

describe('a release without frameworks and methodologies', () => {
  it('answers lists, and says that nothing can be ranked', async () => {
    const dataBundle = writeBundle('1', {
      'cities.csv': 'a,Aa\nb,Bb\n',
      'indicators.csv': 'x,Xx,higher_better\n',
      'observations.csv': 'a,x,2019,1\n',
    });
    const server = await startServer(testConfig({ PORT: '0', SQLITE_PATH: sqlitePath, DATA_BUNDLE: dataBundle }));
    expect(await post(server, '{ cities { nodes { name(language: ZH) } } frameworks { totalCount } }')).toEqual({
      data: { cities: { nodes: [{ name: 'Aa' }, { name: 'Bb' }] }, frameworks: { totalCount: 0 } },
    });
    expect(await post(server, '{ ranking { digest } }')).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND', field: 'framework' } }],
    });
    await server.stop();
  });
});
