import { setTimeout as sleep } from 'node:timers/promises';
import { createDataSource } from '../../ormconfig';
import { JobRepository, StoredJob } from '../../src/entities';
import { bytesOf } from '../../src/rankings/bytes-of';
import { JobService, type Job, type JobControl } from '../../src/rankings/job.service';
import { RequestError } from '../../src/rankings/request-error';
import { SharedJobs } from '../../src/rankings/shared-jobs';
import { DATABASES, openDatabase, type TestDatabase } from '../helpers/database';

type TestJobs = SharedJobs<string, unknown>;

const INTERVAL_MS = 40;

describe.each(DATABASES)('jobs of two processes on %s', (kind) => {
  let database: TestDatabase;
  let here: TestJobs;
  let elsewhere: TestJobs;
  let errors: unknown[];
  const closing: (() => Promise<void>)[] = [];

  async function processOn(keepSeconds = 60): Promise<TestJobs> {
    const dataSource = await createDataSource(database.settings).initialize();
    const local = new JobService<string, unknown>({
      concurrency: 2,
      queue: 4,
      keepSeconds,
      keepBytes: 1e8,
      sizeOf: bytesOf,
    });
    const jobs = new SharedJobs(local, new JobRepository(dataSource), {
      keepSeconds,
      intervalMs: INTERVAL_MS,
      onStoreError: (error) => errors.push(error),
    });
    closing.push(async () => {
      await jobs.close();
      await dataSource.destroy();
    });
    return jobs;
  }

  beforeEach(async () => {
    errors = [];
    database = await openDatabase(kind);
    here = await processOn();
    elsewhere = await processOn();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await database.close();
    expect(errors).toEqual([]);
  });

  async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
    for (let waited = 0; !(await holds()); waited += 10) {
      if (waited > 3000) throw new Error('It did not come to that.');
      await sleep(10);
    }
  }

  async function startWork() {
    let control: JobControl | undefined;
    let finish: (result: unknown) => void = () => undefined;
    let fail: (error: unknown) => void = () => undefined;
    const { id } = await here.start('SUM', (given) => {
      control = given;
      return new Promise((resolve, reject) => {
        [finish, fail] = [resolve, reject];
        given.signal.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
      });
    });
    await until(() => control !== undefined);
    return {
      id,
      progress: (done: number, total: number) => control?.onProgress(done, total),
      finish: (result: unknown) => {
        finish(result);
      },
      fail: (error: unknown) => {
        fail(error);
      },
    };
  }

  it('the other reads progress and result, arrays of numbers as they were', async () => {
    const work = await startWork();
    expect(await elsewhere.get(work.id)).toMatchObject({ kind: 'SUM', state: 'RUNNING', result: null });
    work.progress(3, 10);
    await until(async () => (await elsewhere.get(work.id)).progress?.done === 3);
    const result = { ranks: Int32Array.of(3, 1, 2), scores: new Float64Array([0.1, NaN]), by: new Map([['a', 1]]) };
    work.finish(result);
    await until(async () => (await elsewhere.get(work.id)).state === 'DONE');
    const seen = await elsewhere.get(work.id);
    expect(seen.result).toEqual(result);
    expect(seen).toMatchObject({ progress: { done: 10, total: 10 }, secondsLeft: 0, error: null });
  });

  it('the other cancels', async () => {
    const { id } = await startWork();
    await elsewhere.cancel(id);
    await until(async () => (await here.get(id)).state === 'CANCELLED');
    await until(async () => (await elsewhere.get(id)).state === 'CANCELLED');
    expect(await elsewhere.cancel(id)).toMatchObject({ state: 'CANCELLED' });
  });

  it('the other follows to the end', async () => {
    const work = await startWork();
    const seen: Job<string, unknown>[] = [];
    const all = (async () => {
      for await (const job of await elsewhere.follow(work.id)) seen.push(job);
    })();
    work.progress(1, 2);
    await until(() => seen.some(({ progress }) => progress?.done === 1));
    work.finish('a');
    await all;
    expect(seen.map(({ state }) => state)[0]).toBe('RUNNING');
    expect(seen.at(-1)).toMatchObject({ state: 'DONE', result: 'a' });
    const gone = await elsewhere.follow((await startWork()).id);
    await gone.next();
    expect(await gone.return()).toEqual({ done: true, value: undefined });
  });

  it('a refusal keeps its code and its problems; of other errors nothing is stored', async () => {
    const problems = [{ path: 'draws', value: 0, message: 'Too few.', allowed: 'at least 1' }];
    const [refused, broken] = [await startWork(), await startWork()];
    refused.fail(new RequestError('BAD_INPUT', 'draws: Too few.', problems));
    broken.fail(new TypeError('secret'));
    await until(async () => (await elsewhere.get(refused.id)).state === 'FAILED');
    await until(async () => (await elsewhere.get(broken.id)).state === 'FAILED');
    expect((await elsewhere.get(refused.id)).error).toEqual(new RequestError('BAD_INPUT', 'draws: Too few.', problems));
    expect((await elsewhere.get(broken.id)).error).toBeNull();
    expect(JSON.stringify(await database.dataSource.getRepository(StoredJob).find())).not.toContain('secret');
  });

  it('a job whose process has died has failed', async () => {
    const work = await startWork();
    const rows = database.dataSource.getRepository(StoredJob);
    const row = await rows.findOneByOrFail({ id: work.id });
    await rows.save({
      ...Object.fromEntries(Object.entries(row)),
      id: 'orphan',
      seenAt: new Date(Date.now() - 60_000).toISOString(),
    });
    expect(await elsewhere.get('orphan')).toMatchObject({
      state: 'FAILED',
      secondsLeft: 0,
      error: expect.any(Error) as Error,
    });
    expect(await elsewhere.get(work.id)).toMatchObject({ state: 'RUNNING' });
  });

  it('an unknown id is NOT_FOUND everywhere, and so is a job that ended too long ago', async () => {
    for (const jobs of [here, elsewhere])
      for (const ask of [jobs.get('x'), jobs.cancel('x'), jobs.follow('x')])
        await expect(ask).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const forgetful = await processOn(1);
    const { id } = await forgetful.start('SUM', () => Promise.resolve(1));
    await until(async () => (await forgetful.get(id)).state === 'DONE');
    await sleep(1100);
    await expect(forgetful.get(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('old rows are removed', async () => {
    const rows = database.dataSource.getRepository(StoredJob);
    const { id } = await here.start('SUM', () => Promise.resolve(1));
    await until(async () => (await elsewhere.get(id)).state === 'DONE');
    const row = await rows.findOneByOrFail({ id });
    await rows.save({
      ...Object.fromEntries(Object.entries(row)),
      id: 'old',
      seenAt: new Date(Date.now() - 61_000).toISOString(),
    });
    const second = await here.start('SUM', () => Promise.resolve(1));
    expect(await rows.findOneBy({ id: 'old' })).toBeNull();
    await until(async () => (await elsewhere.get(second.id)).state === 'DONE');
    const running = await startWork();
    await new JobRepository(database.dataSource).prune('', 1);
    expect((await rows.find()).map((left) => left.id).sort()).toEqual([second.id, running.id].sort());
  });

  it('closing reports the jobs as cancelled', async () => {
    const { id } = await startWork();
    await here.close();
    expect(await elsewhere.get(id)).toMatchObject({ state: 'CANCELLED' });
  });
});

it('a result that cannot be copied, and a store that is away, leave the job as it is in its own process', async () => {
  const failing = () => Promise.reject(new Error('away'));
  const told: unknown[] = [];
  const store = { find: failing, save: failing, requestCancel: failing, beat: failing, prune: failing };
  const local = new JobService<string, unknown>({
    concurrency: 1,
    queue: 1,
    keepSeconds: 9,
    keepBytes: 9,
    sizeOf: bytesOf,
  });
  const jobs = new SharedJobs(local, store, { keepSeconds: 9, onStoreError: (error) => told.push(error) });
  const { id } = await jobs.start('SUM', () => Promise.resolve(() => 1));
  await sleep(20);
  expect(await jobs.get(id)).toMatchObject({ state: 'DONE' });
  await jobs.close();
  expect(told.length).toBeGreaterThan(1);
});

it('bytes are those of arrays and texts, each once', () => {
  const shared = new Float64Array(1000);
  expect(bytesOf({ a: shared, b: shared.subarray(10), c: 'x'.repeat(500) })).toBeGreaterThan(9000);
  expect(bytesOf({ a: shared, b: shared.subarray(10), c: 'x'.repeat(500) })).toBeLessThan(9500);
  const outside = { big: new Uint8Array(1e6) };
  expect(bytesOf({ outside }, [outside])).toBeLessThan(1000);
});
