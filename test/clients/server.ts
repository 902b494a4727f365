import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openApp, type TestApp } from '../helpers/app';

/** Root of the project. */
export const ROOT = join(__dirname, '..', '..');

/** An application that listens on a port of its own. */
export interface Server extends TestApp {
  /** Address of its GraphQL endpoint. */
  readonly url: string;
}

/** Starts one. */
export async function listen(options?: Parameters<typeof openApp>[0]): Promise<Server> {
  const app = await openApp(options);
  const address = await app.http.listen({ port: 0, host: '127.0.0.1' });
  return { ...app, url: `${address}/graphql` };
}

const execFileAsync = promisify(execFile);

/** Runs a script of the project or of a package with Node; its output, or an error that holds what it wrote. */
export async function runNode(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const { stdout, stderr } = await execFileAsync(process.execPath, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    timeout: 60_000,
  });
  return stdout + stderr;
}

/** Path of a package's file under `node_modules`. */
export const inModules = (...path: readonly string[]): string => join(ROOT, 'node_modules', ...path);
