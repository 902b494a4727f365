import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { removeFolders, SMALL_BUNDLE, writeFolder } from '../datasets/small-bundle';

/* A server in a process of its own, stopped by a signal while a request is on its way: its body comes in two pieces. */

const ROOT = join(__dirname, '..', '..');
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  removeFolders();
});

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  readonly output: () => string;
}

async function start(env: Record<string, string>): Promise<Running> {
  const child = spawn(
    process.execPath,
    ['-r', join(ROOT, 'test/helpers/ts-register.js'), join(ROOT, 'src/server/main.ts')],
    {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        SQLITE_PATH: ':memory:',
        WORKERS: '0',
        DATA_BUNDLE: writeFolder(SMALL_BUNDLE),
        LOG_LEVEL: 'warn',
        ...env,
      },
    },
  );
  children.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : null));
  for (let waited = 0; !output.includes('Ready in'); waited += 20) {
    if (child.exitCode !== null || waited > 60_000) throw new Error(`It did not start: ${output}`);
    await sleep(20);
  }
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(output)?.[1]);
  return { child, port, ended, output: () => output };
}

const BODY = JSON.stringify({ query: '{ ranking { rows { totalCount } } }' });

/** A request of which the head and half of the body have been sent. */
async function beginRequest(port: number): Promise<{ socket: Socket; finish(): void; answer: Promise<string> }> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  const answer = once(socket, 'close').then(() => text);
  await once(socket, 'connect');
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${String(BODY.length)}\r\n\r\n`,
  );
  socket.write(BODY.slice(0, 10));
  await sleep(200);
  return { socket, answer, finish: () => socket.write(BODY.slice(10)) };
}

const ask = async (
  port: number,
  path: string,
  query?: string,
): Promise<[status: number, body: string, headers: Headers]> => {
  const answer = await fetch(`http://127.0.0.1:${String(port)}${path}`, {
    ...(query !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    }),
  });
  return [answer.status, await answer.text(), answer.headers];
};

it('after SIGTERM what is under way is answered, everybody else is told, and the process ends well', async () => {
  const { child, port, ended, output } = await start({});
  const known = '{ cities { totalCount } }';
  // Answered from memory by the third time.
  for (let time = 0; time < 3; time++) expect((await ask(port, '/graphql', known))[0]).toBe(200);
  const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  const told = once(socket, 'close').then(([code]: unknown[]) => code);
  const slow = await beginRequest(port);

  child.kill('SIGTERM');
  expect(await told).toBe(1001);
  const [ready, state] = await ask(port, '/ready');
  expect([ready, state]).toEqual([503, expect.stringContaining('"status":"stopping"')]);
  expect((await ask(port, '/health'))[0]).toBe(200);
  for (const query of ['{ indicators { totalCount } }', known]) {
    const [status, body, headers] = await ask(port, '/graphql', query);
    expect([status, headers.get('retry-after'), headers.get('connection')]).toEqual([503, '5', 'close']);
    expect(body).toContain('"code":"NOT_READY"');
  }
  expect(child.exitCode).toBeNull();

  slow.finish();
  const answer = await slow.answer;
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).toContain('{"data":{"ranking":{"rows":{"totalCount":');
  expect(await ended).toBe(0);
  await expect(ask(port, '/health')).rejects.toThrow();
  expect(output()).not.toMatch(/"level":[4-6]0/);
}, 90_000);

it('what does not end is cut off after SHUTDOWN_SECONDS, and the process still ends well', async () => {
  const { child, port, ended, output } = await start({ SHUTDOWN_SECONDS: '1' });
  const slow = await beginRequest(port);
  // A connection that never says what it wants holds nothing up either.
  const silent = connect(port, '127.0.0.1');
  silent.on('error', () => undefined);
  silent.write('GET /he');
  const stopped = performance.now();
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(performance.now() - stopped).toBeGreaterThan(900);
  expect(performance.now() - stopped).toBeLessThan(5000);
  expect(await slow.answer).toBe('');
  expect(output()).toContain('"underWay":1');
}, 90_000);

it('a second signal ends it at once', async () => {
  const { child, port, ended } = await start({ SHUTDOWN_SECONDS: '60' });
  await beginRequest(port);
  child.kill('SIGINT');
  await sleep(300);
  expect(child.exitCode).toBeNull();
  child.kill('SIGTERM');
  expect(await ended).toBe(1);
}, 90_000);
