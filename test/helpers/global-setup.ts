import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Prepares the folder of this run: its PostgreSQL server, which the first test that asks for it starts (`postgres.ts`), and
 * its copies of the built-in database (`app.ts`).
 */
export default function prepareTestRun(): void {
  const folder = mkdtempSync(join(tmpdir(), 'city-ranking-test-'));
  // The server runs as another user when the tests run as root.
  chmodSync(folder, 0o755);
  process.env['TEST_RUN_FOLDER'] = folder;
  process.env['TEST_RUN_PID'] = String(process.pid);
}
