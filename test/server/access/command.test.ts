import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataSource } from '../../../ormconfig';
import { readCommand } from '../../../scripts/api-key-arguments';
import { ApiKeyRepository, AuditEvent } from '../../../src/entities';
import { ApiKeys } from '../../../src/server/access';

const ROOT = join(__dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'city-ranking-keys-'));
const sqlitePath = join(folder, 'keys.sqlite');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const script = ['-r', join(ROOT, 'test/helpers/ts-register.js'), join(ROOT, 'scripts', 'api-key.ts')];
  const child = spawn(process.execPath, [...script, ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], SQLITE_PATH: sqlitePath },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
}

const noteError = (error: unknown): void => {
  throw error;
};

it('keys are made, listed and revoked', async () => {
  const made = await run('create', '--name', 'Ada, newsroom', '--scope', 'steward', '--expires', '2999-01-01');
  expect([made.code, made.out]).toEqual([0, expect.stringMatching(/^crk_[0-9a-f]{16}_[\w-]{43}\n$/)]);
  const key = made.out.trim();
  const id = key.slice(4, 20);
  expect(made.err).toBe(`Key ${id}. It is shown this once: keep it where secrets are kept.\n`);

  const dataSource = await createDataSource({ sqlitePath }).initialize();
  const check = (): Promise<unknown> =>
    new ApiKeys({ repository: new ApiKeyRepository(dataSource), onTouchError: noteError }).check(key);
  expect(await check()).toMatchObject({ publicId: id, name: 'Ada, newsroom', scope: 'steward' });

  const listed = await run('list');
  expect(listed.out).toMatch(/^ID +SCOPE +STATE +CREATED +EXPIRES +LAST USED +NAME\n/);
  expect(listed.out).toMatch(
    new RegExp(`\\n${id} +steward +holds +\\S+ +2999-01-01T00:00:00.000Z +\\S+ +Ada, newsroom\\n$`),
  );

  expect(await run('revoke', id)).toEqual({ code: 0, out: `Revoked ${id}.\n`, err: '' });
  expect(await run('revoke', id)).toEqual({ code: 1, out: `There is no key "${id}" to revoke.\n`, err: '' });
  expect(await check()).toBeNull();
  const events = await dataSource.getRepository(AuditEvent).find();
  expect(events.map(({ actor, action, subject }) => [actor, action, subject])).toEqual([
    ['cli', 'CREATE_API_KEY', id],
    ['cli', 'REVOKE_API_KEY', id],
  ]);
  await dataSource.destroy();
  // Neither in the database nor in its log: only the hash of it.
  expect(readFileSync(sqlitePath).includes(key.slice(21))).toBe(false);
  expect(listed.out).not.toContain(key.slice(21));
}, 120_000);

const SCOPES = 'Allowed: read, steward, admin.';

it.each([
  [[], 'Command: missing. Allowed: create, list or revoke.'],
  [['make'], 'Command: "make". Allowed: create, list or revoke.'],
  [['create'], '--name: missing. Allowed: what the key is known by.'],
  [['create', '--name', 'x'], `--scope: missing. ${SCOPES}`],
  [['create', '--name', 'x', '--scope', 'root'], `--scope: "root". ${SCOPES}`],
  [
    ['create', '--name', 'x', '--scope', 'read', '--expires', 'tomorrow'],
    '--expires: "tomorrow". Allowed: YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ.',
  ],
  [['create', 'x'], 'Argument: "x". Allowed: options only.'],
  [['list', 'x'], 'Argument: "x". Allowed: options only.'],
  [['list', '--scope', 'read'], 'Command: "list". Allowed: create, for --scope.'],
  [['revoke'], 'ID: missing. Allowed: the one ID of a key.'],
  [['revoke', 'a', 'b'], 'ID: "b". Allowed: the one ID of a key.'],
  [['list', '--nope'], expect.stringContaining("'--nope'")],
])('%j is no command, and is told why', (args, why) => {
  expect(readCommand(args)).toEqual(why);
});

it('without a command it says what is wrong and what may be, and exits 2', async () => {
  const { code, out, err } = await run('create', '--name', 'x', '--scope', 'root');
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(
    /^--scope: "root"\. .*\nUsage: npm run api-key -- create --name NAME --scope read\|steward\|admin/,
  );
});
