import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'typeorm';
import { copyBuiltInDatabase, openApp, type AnswerBody, type TestApp } from '../helpers/app';

const ROOT = join(__dirname, '..', '..');

/** A server that is attacked: it listens, and can be stopped. */
export interface Target {
  /** Such as `http://127.0.0.1:43210`. */
  readonly origin: string;
  /** Whether its process is still the one that was started. */
  alive(): boolean;
  /** What it has written so far: log lines and all. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts the server as `npm start` does, in production mode, in a process of its own, on a free port. */
export async function startProcess(env: Readonly<Record<string, string>> = {}): Promise<Target> {
  const sqlitePath = await copyBuiltInDatabase();
  const child = spawn(
    process.execPath,
    ['-r', join(ROOT, 'test/helpers/ts-register.js'), join(ROOT, 'src/server/main.ts')],
    { cwd: ROOT, env: { PATH: process.env['PATH'], PORT: '0', SQLITE_PATH: sqlitePath, WORKERS: '0', ...env } },
  );
  const closed = once(child, 'close');
  let output = '';
  const origin = await new Promise<string>((resolve, reject) => {
    let isUp = false;
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      // Looked for in all that was written, so no longer than it must.
      if (isUp) return;
      const address = /City ranking at (http:\S+)\/graphql[^]*Ready in/.exec(output)?.[1];
      if (address === undefined) return;
      isUp = true;
      resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', () => {
      reject(new Error(`The server did not start: ${output}`));
    });
  });
  return {
    origin,
    alive: () => child.exitCode === null && child.signalCode === null,
    output: () => output,
    async stop() {
      child.kill('SIGTERM');
      await closed;
      for (const suffix of ['', '-wal', '-shm']) rmSync(sqlitePath + suffix, { force: true });
    },
  };
}

/** A server in the process of the test, which can look at what it does. */
export interface NearTarget extends Target {
  readonly app: TestApp;
  /** Texts of the SQL statements so far, without their parameters; may be emptied. */
  readonly statements: string[];
}

/** Starts a server in this process: what it costs is what the test costs with it. */
export async function startHere(options: Parameters<typeof openApp>[0] = {}): Promise<NearTarget> {
  const lines: string[] = [];
  const statements: string[] = [];
  const app = await openApp({ logDestination: { write: (line) => lines.push(line) }, ...options });
  const { dataSource } = app.database;
  dataSource.setOptions({ logger: loggerInto(statements), logging: ['query'] });
  // Options are read when a connection is made, so the open one is told by itself.
  dataSource.logger = loggerInto(statements);
  const origin = await app.http.listen({ port: 0, host: '127.0.0.1' });
  return { app, statements, origin, alive: () => true, output: () => lines.join(''), stop: () => app.close() };
}

function loggerInto(statements: string[]): Logger {
  const ignore = (): void => undefined;
  return {
    logQuery: (query) => statements.push(query),
    logQueryError: ignore,
    logQuerySlow: ignore,
    logSchemaBuild: ignore,
    logMigration: ignore,
    log: ignore,
  };
}

/** An answer as it came over the socket. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; empty where it is none. */
  readonly body: AnswerBody;
  /** `extensions.code` of its errors, in their order. */
  readonly codes: readonly unknown[];
}

/** What an answer must never show: frames of a stack, paths of files, names of drivers, statements as TypeORM writes them. */
const LEAKS = [
  /node_modules|\bat [\w.<>]+ \(|\.[jt]s:\d+|\/tmp\/|\/home\/|SQLITE_|sqlite3|typeorm/i,
  /\bSELECT\b.*\bFROM\b|\bINSERT INTO\b/,
] as const;

/** Fails where a text shows what an answer must not. */
export function expectNoLeak(text: string): void {
  for (const leak of LEAKS) {
    const found = leak.exec(text);
    if (found) throw new Error(`The answer shows ${found[0]}: …${text.slice(Math.max(0, found.index - 200), 400)}`);
  }
}

function parseBody(text: string): AnswerBody {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}

/** Sends requests; every answer is looked through for what it must not show. */
export class Client<T extends Target = Target> {
  constructor(readonly target: T) {}

  /** Port that the server listens on. */
  get port(): number {
    return Number(new URL(this.target.origin).port);
  }

  /** Sends a request. @param path begins with `/` */
  async send(path: string, init: RequestInit = {}): Promise<Reply> {
    const response = await fetch(this.target.origin + path, {
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
      ...init,
    });
    const text = await response.text();
    expectNoLeak(text);
    const body = parseBody(text);
    const codes = (body.errors ?? []).map((error) => error.extensions['code']);
    return { status: response.status, headers: response.headers, text, body, codes };
  }

  /** Posts a body to `/graphql`, as JSON unless the headers say otherwise. */
  post(body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.send('/graphql', { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  }

  /** Sends an operation. */
  query(query: string, variables?: unknown, operationName?: string): Promise<Reply> {
    return this.post(JSON.stringify({ query, variables, operationName }));
  }

  /** Status and codes of an operation, which is what most attacks are told from. */
  async codes(query: string, variables?: unknown): Promise<[number, readonly unknown[]]> {
    const { status, codes } = await this.query(query, variables);
    return [status, codes];
  }

  /** Gets a path with a header that no foreign page can set. */
  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.send(path, { headers: { 'apollo-require-preflight': '1', ...headers } });
  }

  /**
   * Writes bytes to a socket and reads whatever comes until the server closes it, or until nothing came for a while.
   * @param quietMs how long is a while
   */
  async raw(bytes: string | Buffer, quietMs = 300): Promise<{ readonly text: string; readonly closed: boolean }> {
    const socket = connect({ port: this.port, host: '127.0.0.1' });
    const chunks: Buffer[] = [];
    const closed = await new Promise<boolean>((resolve) => {
      socket.setTimeout(quietMs, () => {
        resolve(false);
      });
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      // The server may close while there is more to write, which the system reports as a reset.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        resolve(true);
      });
      socket.write(bytes);
    });
    socket.destroy();
    const text = Buffer.concat(chunks).toString('latin1');
    expectNoLeak(text);
    return { text, closed };
  }
}
