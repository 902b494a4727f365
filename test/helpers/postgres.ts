import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

const START_TIMEOUT_MS = 60_000;

/** Makes an empty database on this run's PostgreSQL server, which the first call of all test files starts. */
export async function createPostgresDatabase(): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const server = await postgresServer();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await run(`${server}/postgres`, `CREATE DATABASE ${name}`);
  return { url: `${server}/${name}`, drop: () => run(`${server}/postgres`, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** Address of the server, without a database. */
async function postgresServer(): Promise<string> {
  const folder = process.env['TEST_RUN_FOLDER'];
  const runPid = process.env['TEST_RUN_PID'];
  if (folder === undefined || runPid === undefined) throw new Error('test/helpers/global-setup.ts has not run.');
  if (claim(join(folder, 'claimed'))) {
    const server = spawn(process.execPath, [join(__dirname, 'postgres-server.mjs'), folder, runPid], {
      detached: true,
      stdio: 'ignore',
    });
    writeFileSync(join(folder, 'pid'), String(server.pid));
    server.unref();
  }
  const end = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < end) {
    if (existsSync(join(folder, 'url'))) return readFileSync(join(folder, 'url'), 'utf8');
    if (existsSync(join(folder, 'failed'))) throw new Error(readFileSync(join(folder, 'failed'), 'utf8'));
    await sleep(50);
  }
  throw new Error('PostgreSQL did not start in time.');
}

/** Whether this caller is the first; making a folder succeeds once, whichever process tries. */
function claim(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch {
    return false;
  }
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
