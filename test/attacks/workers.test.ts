import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { json } from '../helpers/app';
import { underAttack } from './attack';
import { Client, startHere, type NearTarget } from './target';

/** A thread ends, fails or runs out of memory by the seed of the run; see there. */
const workerFile = join(__dirname, '..', 'helpers', 'failing-worker.js');

const attack = underAttack(async () => {
  const target = await startHere({ env: { LOG_LEVEL: 'error', WORKERS: '1', WORKER_MEMORY_MIB: '96' }, workerFile });
  const client = new Client(target);
  // What is loaded and compiled on either thread at first is not the attack's.
  await expectHealthy(client);
  await jobOf(client, nextSeed++);
  return target;
});
const input = (seed: number): string => `{ draws: 200, seed: ${String(seed)}, weights: { method: SIMPLEX } }`;
const run = (seed: number): string =>
  `{ ranking { year robustness { uncertainty(input: ${input(seed)}) { draws seed } } } }`;

let nextSeed = 1;
/** A run that nobody has made before comes to its end. */
async function expectHealthy(client: Client<NearTarget>): Promise<void> {
  const seed = nextSeed++;
  const { status, body } = await client.query(run(seed));
  expect([status, body.errors]).toEqual([200, undefined]);
  expect(json(body.data).at('ranking', 'robustness', 'uncertainty')).toEqual({ draws: 200, seed });
}

/** Starts a job and waits for its end. */
async function jobOf(client: Client<NearTarget>, seed: number): Promise<unknown> {
  const started = await client.query(
    `mutation { startRobustness(input: { uncertainty: ${input(seed)} }) { job { id } userErrors { code } } }`,
  );
  const id = json(started.body.data).at('startRobustness', 'job', 'id');
  for (;;) {
    const { body } = await client.query(
      'query ($id: ID!) { job(id: $id) { state errors { code message } result { uncertainty { draws } } } }',
      { id },
    );
    const job = json(body.data).at('job') as { readonly state: string };
    if (job.state !== 'QUEUED' && job.state !== 'RUNNING') return job;
    await sleep(50);
  }
}

attack(
  48,
  'leaks: a worker thread that ends, fails or runs out of memory costs its analysis and nothing else',
  async (client) => {
    for (const seed of [901, 902, 903]) {
      const { status, codes, body, text } = await client.query(run(seed));
      expect([seed, status, codes]).toEqual([seed, 200, ['INTERNAL']]);
      expect(body.errors?.[0]).toMatchObject({
        message: 'Unexpected error',
        path: ['ranking', 'robustness', 'uncertainty'],
        extensions: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
      });
      // The rest of the answer stands, and says nothing of the machine.
      expect(json(body.data).at('ranking', 'year')).toBe(2019);
      expect(text).not.toMatch(/worker|memory|exit|ECONNREFUSED|secret|heap/i);
      await expectHealthy(client);
    }
    // The operator is told of each.
    const told = client.target.output();
    expect(told).toMatch(/worker exited with code: 1/);
    expect(told).toMatch(/ERR_WORKER_OUT_OF_MEMORY/);
    expect(told).toContain('ECONNREFUSED 10.1.2.3');
  },
  // With the threads, and what they compile before they can run.
  { cpuMs: 20_000, clockMs: 60_000 },
);

attack(
  48,
  'leaks: a job whose worker thread dies has failed, and the next one runs',
  async (client) => {
    const failed = { state: 'FAILED', errors: [{ code: 'INTERNAL', message: 'Unexpected error' }], result: null };
    expect(await jobOf(client, 901)).toEqual(failed);
    expect(await jobOf(client, nextSeed++)).toEqual({
      state: 'DONE',
      errors: [],
      result: { uncertainty: { draws: 200 } },
    });
  },
  { cpuMs: 20_000, clockMs: 60_000 },
);
