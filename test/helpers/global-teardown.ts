import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Stops this run's PostgreSQL server, if one was started, and removes its folder. */
export default async function endTestRun(): Promise<void> {
  const folder = process.env['TEST_RUN_FOLDER'];
  if (folder === undefined) return;
  const pidFile = join(folder, 'pid');
  if (existsSync(pidFile)) {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    signal(pid, 'SIGTERM');
    for (let waited = 0; waited < 10_000 && signal(pid, 0); waited += 50) await sleep(50);
    signal(pid, 'SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true });
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
