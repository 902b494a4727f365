import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkerPool } from '../../src/rankings/worker-pool';
import { openApp, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp({ env: { DEADLINE_SCORING_SECONDS: '1', DEADLINE_LOOKUP_SECONDS: '1' } });
  await app.http.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.close());
afterEach(() => jest.restoreAllMocks());

/** Runs that never end by themselves. */
function runsThatHang(): AbortSignal[] {
  const signals: AbortSignal[] = [];
  jest.spyOn(WorkerPool.prototype, 'doSteps').mockImplementation(async (_name, _input, { signal } = {}) => {
    if (!signal) throw new Error('A run without a signal cannot be ended.');
    signals.push(signal);
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('stopped'));
      });
    });
  });
  return signals;
}

const BOUNDS = '{ ranking { digest robustness { rankBounds(otherLimits: OBSERVED) { exact } } } }';

/** Sends a query and gives back what hangs up. */
function send(query: string): () => void {
  const { port } = app.http.server.address() as AddressInfo;
  const sent = request({ port, path: '/graphql', method: 'POST', headers: { 'content-type': 'application/json' } });
  sent.on('error', () => undefined);
  sent.end(JSON.stringify({ query }));
  return () => sent.destroy();
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    if (waited > 10_000) throw new Error('It did not come to that.');
    await sleep(5);
  }
}

it('a caller that hangs up ends its run', async () => {
  const signals = runsThatHang();
  const hangUp = send(BOUNDS);
  await until(() => signals.length === 1);
  expect(signals[0]?.aborted).toBe(false);
  hangUp();
  await until(() => signals[0]?.aborted === true);
  expect(signals[0]?.reason).toMatchObject({ code: 'CANCELLED' });
});

it('but not while another waits for the same', async () => {
  const signals = runsThatHang();
  const hangUps = [send(BOUNDS), send(BOUNDS)];
  await until(() => signals.length === 1);
  await sleep(50);
  hangUps[0]?.();
  await sleep(50);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  hangUps[1]?.();
  await until(() => signals[0]?.aborted === true);
});

it('a run that takes too long is an error beside the rest of the data, and ends', async () => {
  const signals = runsThatHang();
  const { status, body } = await app.query(BOUNDS);
  expect(status).toBe(200);
  expect(JSON.stringify(body.data)).toMatch(/^{"ranking":{"digest":"\w+","robustness":{"rankBounds":null}}}$/);
  expect(body.errors?.map(({ message, extensions }) => [extensions['code'], message])).toEqual([
    ['DEADLINE_EXCEEDED', 'The answer has taken longer than 1 s.'],
  ]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

it('a request that cannot even say so is answered with 503', async () => {
  jest.spyOn(app.services.jobs, 'get').mockReturnValue(new Promise(() => undefined));
  const started = performance.now();
  const { status, headers, body } = await app.query('{ job(id: "x") { state } }');
  expect([status, body.errors?.[0]?.extensions['code'], body.data]).toEqual([503, 'DEADLINE_EXCEEDED', undefined]);
  expect(headers['retry-after']).toBe('5');
  expect(performance.now() - started).toBeGreaterThan(1400);
});
