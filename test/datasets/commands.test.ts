import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDataSource } from '../../ormconfig';
import { Release, ReleaseDataRepository, ReleaseRepository } from '../../src/entities';
import { BUILT_IN_BUNDLE, DATABASES, openDatabase, rowCounts, type TestDatabase } from '../helpers/database';
import { newPath, removeFolders, SMALL_BUNDLE, writeFolder } from './small-bundle';

const ROOT = join(__dirname, '..', '..');

function start(script: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(
    process.execPath,
    ['-r', join(ROOT, 'test/helpers/ts-register.js'), join(ROOT, 'scripts', script), ...args],
    { cwd: ROOT, env: { PATH: process.env['PATH'], ...env } },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const done = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, output });
    });
  });
  return { child, done };
}

const run = (script: string, args: readonly string[], env: Readonly<Record<string, string>>) =>
  start(script, args, env).done;

afterAll(removeFolders);

/** What a run of all migrations prints: their classes are named after their files. */
function everyMigration(): string {
  const files = readdirSync(join(__dirname, '..', '..', 'src', 'entities', 'migrations')).filter((file) =>
    /^\d/.test(file),
  );
  const names = files.sort().map((file) => {
    const [time = '', ...words] = file.replace('.ts', '').split('-');
    return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') + time;
  });
  return names.map((name) => `Ran ${name}\n`).join('');
}

describe.each(DATABASES)('commands on %s', (kind) => {
  let database: TestDatabase;
  let env: Record<string, string>;
  beforeEach(async () => {
    database = await openDatabase(kind, { migrate: false });
    const { databaseUrl, sqlitePath } = database.settings;
    env = { ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}), ...(sqlitePath ? { SQLITE_PATH: sqlitePath } : {}) };
  });
  afterEach(() => database.close());

  test('migrate, import and export', async () => {
    expect(await run('migrate.ts', [], env)).toEqual({ code: 0, output: everyMigration() });
    expect(await run('migrate.ts', [], env)).toEqual({ code: 0, output: 'Nothing to migrate.\n' });

    const imported = await run('import.ts', [writeFolder(SMALL_BUNDLE)], env);
    expect(imported.code).toBe(0);
    expect(imported.output).toMatch(/^observations\.csv: 7 rows$/m);
    expect(imported.output).toMatch(/^Published release 1, digest [0-9a-f]{64}, in [\d.]+ s\.$/m);

    const path = newPath('export');
    const exported = await run('export.ts', ['1', path], env);
    expect(exported.code).toBe(0);
    expect(readFileSync(join(path, 'bundle.json'), 'utf8')).toContain('"version": "1"');

    expect(await run('export.ts', ['2', newPath('x')], env)).toEqual({ code: 1, output: 'There is no release "2".\n' });
  });

  test('a bad bundle changes nothing, says where, and exits 1', async () => {
    await database.dataSource.runMigrations();
    const before = await rowCounts(database.dataSource);
    const cities = SMALL_BUNDLE['cities.csv'].replace('-90,180', '-91,180');
    const { code, output } = await run('import.ts', [writeFolder({ ...SMALL_BUNDLE, 'cities.csv': cities })], env);
    expect(code).toBe(1);
    expect(output).toContain(
      'error: cities.csv:4:lat VALUE_RANGE The number is out of range. Found "-91". ' +
        'Allowed: a finite number from -90 to 90, with . as the decimal point.\n',
    );
    expect(output).toContain('Nothing was published and nothing was changed.');
    expect(await rowCounts(database.dataSource)).toEqual(before);
  });
});

test.each([
  ['import.ts', [], 'Arguments: 0 given. Allowed: PATH.', 'npm run import -- PATH'],
  ['export.ts', ['a'], 'Arguments: 1 given. Allowed: RELEASE and PATH.', 'npm run export -- RELEASE PATH'],
])('%s called with %j says what is wrong, shows its usage and exits 2', async (script, args, wrong, usage) => {
  const output = `${wrong}\nUsage: ${usage}\n`;
  expect(await run(script, args, { SQLITE_PATH: ':memory:' })).toEqual({ code: 2, output });
});

// The log of an import grows to about 8 MB before it is committed.
test.each([100_000, 2_000_000, 4_000_000, 7_000_000])(
  'an import that is killed when its log has %i bytes leaves no release or a whole one',
  async (bytes) => {
    const sqlitePath = newPath('killed.sqlite');
    const { child, done } = start('import.ts', [BUILT_IN_BUNDLE], { SQLITE_PATH: sqlitePath });
    const log = `${sqlitePath}-wal`;
    while (child.exitCode === null && !(existsSync(log) && statSync(log).size >= bytes)) await sleep(1);
    child.kill('SIGKILL');
    await done;

    const dataSource = await createDataSource({ sqlitePath }).initialize();
    await dataSource.runMigrations();
    const release = await new ReleaseRepository(dataSource).current();
    if (release === null) {
      expect(Object.values(await rowCounts(dataSource)).every((count) => count === 0)).toBe(true);
    } else {
      const { panel } = await new ReleaseDataRepository(dataSource).load(release);
      expect(panel.values.filter((value) => !Number.isNaN(value))).toHaveLength(52_934);
    }
    expect(await dataSource.getRepository(Release).count()).toBe(release === null ? 0 : 1);
    await dataSource.destroy();
  },
);
