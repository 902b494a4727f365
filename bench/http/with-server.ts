import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Starts one of the servers of `servers.ts`, uses it and ends it.
 * @param before what stands before the command, such as the core that it is bound to
 */
export async function withServer<T>(
  kind: string,
  request: string,
  use: (address: string) => Promise<T>,
  before: readonly string[] = [],
): Promise<T> {
  const [program, ...rest] = [...before, process.execPath, join(__dirname, 'servers.js'), kind, request];
  const server = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  try {
    const address = await new Promise<string>((resolve, reject) => {
      server.stdout.once('data', (text: Buffer) => {
        resolve(text.toString().trim());
      });
      server.once('exit', () => {
        reject(new Error(`${kind} did not start.`));
      });
    });
    return await use(address);
  } finally {
    server.kill('SIGKILL');
  }
}
