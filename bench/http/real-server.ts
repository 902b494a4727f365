import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Held } from './memory-probe';

/** The server as `npm start` runs it, in a process of its own. */
export interface RealServer {
  /** Such as `http://127.0.0.1:4000`. */
  readonly address: string;
  /** What its process holds; `collect`: after a collection of its main thread's garbage. */
  readonly held: (collect: boolean) => Promise<Held>;
}

/**
 * Starts the built server on an SQLite file of its own, uses it and stops it.
 * @param before what stands before the command, such as the core that it is bound to
 * @throws Error where it does not start, or does not stop by itself with exit code 0
 */
export async function withRealServer<T>(
  use: (server: RealServer) => Promise<T>,
  {
    before = [],
    env = {},
  }: { readonly before?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'city-ranking-bench-'));
  const main = join(__dirname, '..', '..', 'src', 'server', 'main.js');
  const flags = ['--expose-gc', '--require', join(__dirname, 'memory-probe.js')];
  const [program, ...rest] = [...before, process.execPath, ...flags, main];
  const server = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', PORT: '0', SQLITE_PATH: join(folder, 'bench.sqlite'), ...env },
  });
  const ended = once(server, 'exit') as Promise<[number | null]>;
  try {
    const address = await addressOf(server);
    const result = await use({ address, held: (collect) => heldBy(server, collect) });
    server.kill('SIGTERM');
    const [code] = await ended;
    if (code !== 0) throw new Error(`The server ended with ${String(code)}.`);
    return result;
  } finally {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    // Read to the end, so that the pipe never fills.
    server.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text = (text + part).slice(0, 10_000);
      const address = /(http:\S+)\/graphql/.exec(text)?.[1];
      if (address !== undefined) resolve(address);
    });
    server.once('exit', () => {
      reject(new Error(`The server did not start: ${text}`));
    });
  });
}

async function heldBy(server: ChildProcess, collect: boolean): Promise<Held> {
  const told = once(server, 'message') as Promise<[Held]>;
  server.send(collect);
  const [held] = await told;
  return held;
}
