import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ANALYSES, type AnalysisKind, type AnalysisRequest, type AnalysisResult } from '../../src/rankings/analyses';
import type { Ranking } from '../../src/rankings/ranking.service';
import { SharedRuns } from '../../src/rankings/shared-runs';
import { Turns } from '../../src/rankings/turns';
import { WorkerPool, type RunControl } from '../../src/rankings/worker-pool';
import { openApp, type TestApp } from '../helpers/app';

const WORKER = join(__dirname, '..', 'helpers', 'robustness-worker.js');
const pools = [0, 1, 2].map((workers) => new WorkerPool({ workers, filename: WORKER }));
let app: TestApp;
let ranking: Ranking;
beforeAll(async () => {
  app = await openApp();
  ranking = await app.services.rankings.rank({});
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  await app.close();
});

const REQUESTS: { readonly [K in AnalysisKind]: AnalysisRequest<K> } = {
  UNCERTAINTY: {
    seed: 1,
    draws: 200,
    weights: { method: 'SIMPLEX' },
    percentiles: [0.5],
    pairs: true,
    acceptability: true,
  },
  MULTIVERSE: {
    choices: {
      normalise: [{ method: 'MIN_MAX' }, { method: 'Z_SCORE' }, { method: 'RANK' }],
      aggregate: [[{ level: 1, method: 'ARITHMETIC' }], [{ level: 1, method: 'MEDIAN' }]],
    },
  },
  RANK_BOUNDS: { otherLimits: 'OBSERVED', statistics: 'HELD' },
  RANK_REVERSALS: { listed: 2 },
  WEIGHT_STABILITY: { target: 'TOP', k: 3 },
  SOBOL: {
    choices: { normalise: [{ method: 'MIN_MAX' }, { method: 'RANK' }] },
    weights: [{ share: 0.5, nodes: ['governance'] }],
    noise: { distribution: 'NORMAL', useBounds: true, share: 0.05 },
    rows: 20,
    seed: 1,
    resamples: 10,
    level: 0.9,
  },
  ONE_AT_A_TIME: { choices: { normalise: [{ method: 'RANK' }] }, leaveOut: {}, weights: [{ share: 0.5 }] },
};
const KINDS = Object.keys(REQUESTS) as AnalysisKind[];

const bytes = (result: unknown): string =>
  JSON.stringify(result, (_, value: unknown) =>
    ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') : value,
  );
const run = <K extends AnalysisKind>(kind: K, workers: number, control?: RunControl): Promise<AnalysisResult<K>> => {
  const pool = pools[workers];
  if (!pool) throw new Error('No pool.');
  return ANALYSES[kind](ranking, REQUESTS[kind]).run(pool, control);
};

describe.each(KINDS)('%s', (kind) => {
  it('gives the same bytes with 0, 1 and 2 threads, and what it gives can be copied', async () => {
    const none = bytes(await run(kind, 0));
    expect(bytes(await run(kind, 1))).toBe(none);
    expect(bytes(structuredClone(await run(kind, 2)))).toBe(none);
  });

  it.each([0, 2])('with %i threads it tells how far it is, to the end', async (workers) => {
    const seen: [number, number][] = [];
    await run(kind, workers, { onProgress: (done, total) => seen.push([done, total]) });
    const [done, total] = seen.at(-1) ?? [];
    expect(done).toBe(total);
    expect(seen).toEqual([...seen].sort(([a], [b]) => a - b));
  });

  it.each([0, 2])('with %i threads it ends with the reason of its signal', async (workers) => {
    const reason = new Error('no longer wanted');
    const stop = new AbortController();
    const running = run(kind, workers, { signal: stop.signal });
    stop.abort(reason);
    await expect(running).rejects.toBe(reason);
    await expect(run(kind, workers, { signal: stop.signal })).rejects.toBe(reason);
  });
});

describe('a run that is stopped', () => {
  // Some seconds of work.
  const weight = Array.from({ length: 20 }, (_, k) => ({
    method: 'GIVEN',
    weights: [{ node: 'governance', weight: k + 1 }],
  }));
  const aggregate = Array.from({ length: 20 }, (_, k) => [
    { level: 1, method: 'ARITHMETIC', minimumAvailability: k / 40 },
  ]);
  const long = {
    choices: { ...REQUESTS.MULTIVERSE.choices, weight, aggregate },
  };

  it.each([0, 2])('ends within a step with %i threads, and the pool works on', async (workers) => {
    const pool = pools[workers];
    if (!pool) throw new Error('No pool.');
    const stop = new AbortController();
    let last = 0;
    const stopped = ANALYSES.MULTIVERSE(ranking, long).run(pool, {
      signal: stop.signal,
      onProgress(done) {
        last = done;
        stop.abort(new Error('enough'));
      },
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(last).toBeGreaterThan(0);
    expect(last).toBeLessThan(1200);
    await ANALYSES.RANK_BOUNDS(ranking, REQUESTS.RANK_BOUNDS).run(pool);
  });

  it('goes on while somebody else waits for the same', async () => {
    const { robustness: service } = app.services;
    const [first, second] = [new AbortController(), new AbortController()];
    const request = { ...REQUESTS.UNCERTAINTY, seed: 77 };
    const one = service.run('UNCERTAINTY', ranking, request, { signal: first.signal });
    const other = service.run('UNCERTAINTY', ranking, request, { signal: second.signal });
    first.abort(new Error('gone'));
    await expect(one).rejects.toThrow('gone');
    expect((await other).result.seed).toBe(77);
  });
});

describe('shared runs', () => {
  it('are started once, and told to stop when the last who waits has gone; the next starts anew', async () => {
    const runs = new SharedRuns();
    const signals: AbortSignal[] = [];
    const work = (signal: AbortSignal): Promise<string> => {
      signals.push(signal);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
      });
    };
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = [runs.get('a', work, first.signal), runs.get('a', work, second.signal)];
    first.abort(new Error('first'));
    await expect(waiting[0]).rejects.toThrow('first');
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    second.abort(new Error('second'));
    await expect(waiting[1]).rejects.toThrow('second');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(await runs.get('a', () => Promise.resolve('anew'))).toBe('anew');
  });
});

describe('turns', () => {
  it('are taken in order, so many at a time; whoever goes while it waits holds nobody up', async () => {
    const turns = new Turns(2, 5);
    const began: number[] = [];
    const ends: (() => void)[] = [];
    const never = new AbortController().signal;
    const gone = new AbortController();
    const take = (k: number, signal = never): Promise<void> =>
      turns.take(() => {
        began.push(k);
        return new Promise((resolve) => ends.push(resolve));
      }, signal);
    const taken = [take(0), take(1), take(2, gone.signal), take(3), take(4)];
    await expect(take(5)).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    gone.abort(new Error('gone'));
    await expect(taken[2]).rejects.toThrow('gone');
    expect(began).toEqual([0, 1]);
    ends[1]?.();
    await taken[1];
    await sleep(1);
    expect(began).toEqual([0, 1, 3]);
    for (const end of ends) end();
    await sleep(1);
    ends.at(-1)?.();
    await Promise.all([taken[0], taken[3], taken[4]]);
    expect(began).toEqual([0, 1, 3, 4]);
    const once = take(6);
    ends.at(-1)?.();
    await once;
  });
});

it('a pool whose worker file is missing is refused when it is made, by name; without threads it needs none', () => {
  const filename = join(__dirname, 'no-such-worker.js');
  expect(() => new WorkerPool({ workers: 1, filename })).toThrow(/no-such-worker\.js is missing.*WORKERS=0/);
  expect(() => new WorkerPool({ workers: 0, filename })).not.toThrow();
});

(process.platform === 'linux' ? it : it.skip)('threads are less urgent than the one that answers', async () => {
  const pool = new WorkerPool({ workers: 1, filename: WORKER, nice: 7 });
  await ANALYSES.RANK_BOUNDS(ranking, REQUESTS.RANK_BOUNDS).run(pool);
  // Field 19 of `stat` is the priority; what stands in brackets before may hold spaces.
  const nices = readdirSync('/proc/self/task').map((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  });
  const own = getPriority();
  expect(nices).toContain(own);
  expect(nices).toContain(Math.min(19, own + 7));
  await pool.close();
});

describe('threads', () => {
  it('that die while they start are tried again with the next task, and nobody waits for ever', async () => {
    const told: unknown[] = [];
    const filename = join(__dirname, '..', 'helpers', 'broken-worker.js');
    const pool = new WorkerPool({ workers: 1, filename, onError: (error) => told.push(error) });
    const planned = ANALYSES.RANK_BOUNDS(ranking, REQUESTS.RANK_BOUNDS);
    // Some fail with the thread, some wait for one and are refused.
    for (let time = 0; time < 3; time++) {
      const runs = await Promise.allSettled([planned.run(pool), planned.run(pool)]);
      expect(runs.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      await sleep(50);
    }
    expect(String(told[0])).toContain('This worker does not start.');
    await pool.close();
  });
});
