import { JobService, MAX_KEPT_JOBS, type Job, type JobControl } from '../../src/rankings/job.service';
import { RequestError } from '../../src/rankings/request-error';

/** Work that the test steers. */
class Work {
  control: JobControl | null = null;
  finish!: (result: string) => void;
  fail!: (error: unknown) => void;
  readonly run = (control: JobControl): Promise<string> =>
    new Promise((resolve, reject) => {
      this.control = control;
      this.finish = resolve;
      this.fail = reject;
      control.signal.addEventListener('abort', () => {
        reject(new Error('told to stop'));
      });
    });
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** What a function throws. */
function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('It did not throw.');
}

let clock: number;
let unexpected: unknown[];
beforeEach(() => {
  clock = 1000;
  unexpected = [];
});

function service(options: Partial<ConstructorParameters<typeof JobService<string, string>>[0]> = {}) {
  return new JobService<string, string>({
    concurrency: 1,
    queue: 2,
    keepSeconds: 60,
    keepBytes: 1024 * 1024,
    sizeOf: (result) => result.length,
    now: () => clock,
    onUnexpectedError: (error) => unexpected.push(error),
    ...options,
  });
}

const collect = async (jobs: AsyncIterable<Job<string, string>>): Promise<Job<string, string>[]> => {
  const seen: Job<string, string>[] = [];
  for await (const job of jobs) seen.push(job);
  return seen;
};

describe('the life of a job', () => {
  it('runs, reports progress with the time that is left at the rate so far, and ends with a result', async () => {
    const jobs = service();
    const work = new Work();
    const { id, state } = jobs.start('SUM', work.run);
    expect(state).toBe('RUNNING');
    expect(jobs.get(id)).toMatchObject({ kind: 'SUM', progress: null, secondsLeft: null, endedAt: null });
    await turns();
    clock += 3000;
    work.control?.onProgress(30, 100);
    expect(jobs.get(id)).toMatchObject({
      state: 'RUNNING',
      progress: { done: 30, total: 100 },
      secondsElapsed: 3,
      secondsLeft: 7,
      result: null,
    });
    clock += 4000;
    work.finish('42');
    await turns();
    clock += 9000;
    expect(jobs.get(id)).toMatchObject({
      state: 'DONE',
      progress: { done: 100, total: 100 },
      secondsElapsed: 7,
      secondsLeft: 0,
      result: '42',
      error: null,
    });
    expect(jobs.counts).toEqual({ waiting: 0, running: 0, kept: 1 });
  });

  it('fails with what the work refused; what it did not refuse on purpose is reported', async () => {
    const jobs = service();
    const refused = new RequestError('NO_DATA', 'Nothing is left.');
    const broken = new TypeError('x is undefined');
    const first = jobs.start('SUM', () => Promise.reject(refused));
    const second = jobs.start('SUM', () => Promise.reject(broken));
    await turns();
    expect(jobs.get(first.id)).toMatchObject({ state: 'FAILED', error: refused, result: null });
    expect(jobs.get(second.id)).toMatchObject({ state: 'FAILED', error: broken });
    expect(unexpected).toEqual([broken]);
  });

  it('has an id that tells nothing of another', () => {
    const jobs = service({ queue: 100 });
    const ids = Array.from({ length: 50 }, () => jobs.start('SUM', new Work().run).id);
    expect(new Set(ids).size).toBe(50);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(thrownBy(() => jobs.get('nothing'))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the queue', () => {
  it('runs one at a time, the first come first, and refuses what does not fit', async () => {
    const jobs = service();
    const works = [new Work(), new Work(), new Work()];
    const started = works.map((work) => jobs.start('SUM', work.run));
    expect(started.map(({ state }) => state)).toEqual(['RUNNING', 'QUEUED', 'QUEUED']);
    await turns();
    expect(works.map(({ control }) => control !== null)).toEqual([true, false, false]);
    expect(thrownBy(() => jobs.start('SUM', new Work().run))).toMatchObject({ code: 'QUEUE_FULL' });
    works[0]?.finish('a');
    await turns();
    expect(works.map(({ control }) => control !== null)).toEqual([true, true, false]);
    expect(jobs.start('SUM', new Work().run).state).toBe('QUEUED');
  });

  it('says when to come back: when the running job ends, as far as is known', async () => {
    const jobs = service({ queue: 0 });
    const work = new Work();
    jobs.start('SUM', work.run);
    await turns();
    clock += 2000;
    work.control?.onProgress(1, 10);
    expect(thrownBy(() => jobs.start('SUM', new Work().run))).toMatchObject({
      code: 'QUEUE_FULL',
      extensions: { http: { status: 503, headers: new Map([['retry-after', '18']]) } },
    });
  });

  it('one owner has a share of it: one more is refused by number and limit until one ends; others go on', async () => {
    const jobs = service({ queue: 10, perOwner: 2 });
    const [first, second] = [new Work(), new Work()];
    jobs.start('SUM', first.run, 'a');
    const { id } = jobs.start('SUM', second.run, 'a');
    const refusal = {
      code: 'JOBS_EXCEEDED',
      message: '2 of your jobs wait or run. Allowed: at most 2 at a time.',
      problems: [{ value: 2, allowed: 'at most 2 at a time' }],
    };
    expect(thrownBy(() => jobs.start('SUM', new Work().run, 'a'))).toMatchObject(refusal);
    expect(
      thrownBy(() => {
        jobs.checkRoom('a');
      }),
    ).toMatchObject(refusal);
    expect(jobs.start('SUM', new Work().run, 'b').state).toBe('QUEUED');
    expect(jobs.start('SUM', new Work().run).state).toBe('QUEUED');
    // What has ended does not count: one that was cancelled while it waited, one that is done.
    jobs.cancel(id);
    jobs.start('SUM', new Work().run, 'a');
    expect(thrownBy(() => jobs.start('SUM', new Work().run, 'a'))).toMatchObject(refusal);
    await turns();
    first.finish('done');
    await turns();
    expect(jobs.start('SUM', new Work().run, 'a').state).toBe('QUEUED');
    await jobs.close();
  });

  it('runs as many side by side as it may', async () => {
    const jobs = service({ concurrency: 2 });
    const states = Array.from({ length: 4 }, () => jobs.start('SUM', new Work().run).state);
    expect(states).toEqual(['RUNNING', 'RUNNING', 'QUEUED', 'QUEUED']);
    await jobs.close();
  });
});

describe('cancelling', () => {
  it('a waiting job frees its place and never starts', async () => {
    const jobs = service({ queue: 1 });
    const [running, waiting] = [new Work(), new Work()];
    jobs.start('SUM', running.run);
    const { id } = jobs.start('SUM', waiting.run);
    expect(jobs.cancel(id)).toMatchObject({ state: 'CANCELLED', startedAt: null, secondsElapsed: 0 });
    expect(jobs.start('SUM', new Work().run).state).toBe('QUEUED');
    await turns();
    running.finish('a');
    await turns();
    expect(waiting.control).toBeNull();
  });

  it('a running job is told, and the next starts when it has stopped', async () => {
    const jobs = service();
    const next = new Work();
    let stop: (result: string) => void = () => undefined;
    let signal: AbortSignal | null = null;
    const slow = jobs.start('SUM', (control) => {
      signal = control.signal;
      return new Promise<string>((resolve) => (stop = resolve));
    });
    jobs.start('SUM', next.run);
    await turns();
    expect(jobs.cancel(slow.id).state).toBe('CANCELLED');
    expect(signal).toMatchObject({ aborted: true });
    await turns();
    expect(next.control).toBeNull();
    stop('too late');
    await turns();
    expect(next.control).not.toBeNull();
    expect(jobs.get(slow.id)).toMatchObject({ state: 'CANCELLED', result: null });
    expect(unexpected).toEqual([]);
  });

  it('a job that has ended stays as it is', async () => {
    const jobs = service();
    const { id } = jobs.start('SUM', () => Promise.resolve('a'));
    await turns();
    expect(jobs.cancel(id)).toMatchObject({ state: 'DONE', result: 'a' });
  });

  it('closing cancels everything, waits for it and takes no more', async () => {
    const jobs = service();
    const ids = [new Work(), new Work()].map((work) => jobs.start('SUM', work.run).id);
    await turns();
    await jobs.close();
    expect(ids.map((id) => jobs.get(id).state)).toEqual(['CANCELLED', 'CANCELLED']);
    expect(thrownBy(() => jobs.start('SUM', new Work().run))).toMatchObject({ code: 'QUEUE_FULL' });
  });
});

describe('following', () => {
  it('gives the state at once, then the changes, and ends with the job', async () => {
    const jobs = service();
    const work = new Work();
    const { id } = jobs.start('SUM', work.run);
    await turns();
    const seen = collect(jobs.follow(id));
    await turns();
    clock += 1000;
    work.control?.onProgress(1, 4);
    await turns();
    clock += 1000;
    work.control?.onProgress(2, 4);
    await turns();
    work.finish('a');
    expect((await seen).map(({ state, progress }) => [state, progress?.done])).toEqual([
      ['RUNNING', undefined],
      ['RUNNING', 1],
      ['RUNNING', 2],
      ['DONE', 4],
    ]);
    expect((await collect(jobs.follow(id))).map(({ state }) => state)).toEqual(['DONE']);
  });

  it('tells progress a few times a second at most, and the latest one in the end', async () => {
    const jobs = service();
    const work = new Work();
    const { id } = jobs.start('SUM', work.run);
    await turns();
    const seen = collect(jobs.follow(id));
    await turns();
    for (let done = 1; done <= 1000; done++) {
      clock += 1;
      work.control?.onProgress(done, 2000);
      if (done % 50 === 0) await turns();
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
    work.finish('a');
    const done = (await seen).map(({ progress }) => progress?.done ?? 0);
    expect(done.length).toBeLessThan(10);
    expect(done).toContain(1000);
  });

  it('a reader that stops, stops listening; one that does not read holds up nothing', async () => {
    const jobs = service();
    const work = new Work();
    const { id } = jobs.start('SUM', work.run);
    await turns();
    const idle = jobs.follow(id);
    await idle.next();
    const gone = jobs.follow(id);
    await gone.next();
    await gone.return();
    expect(await gone.next()).toEqual({ done: true, value: undefined });
    for (let done = 1; done <= 5000; done++) {
      clock += 1000;
      work.control?.onProgress(done, 5000);
    }
    work.finish('a');
    await turns();
    expect(await idle.next()).toMatchObject({ value: { state: 'DONE' } });
    expect(await idle.next()).toMatchObject({ done: true });
  });
});

describe('what is kept', () => {
  const end = async (jobs: JobService<string, string>, results: readonly string[]): Promise<string[]> => {
    const ids: string[] = [];
    for (const result of results) {
      ids.push(jobs.start('SUM', () => Promise.resolve(result)).id);
      await turns();
    }
    return ids;
  };
  const isThere = (jobs: JobService<string, string>, id: string): boolean => {
    try {
      return jobs.get(id).id === id;
    } catch {
      return false;
    }
  };

  it('is bounded in number', async () => {
    const jobs = service();
    const ids = await end(jobs, Array<string>(MAX_KEPT_JOBS + 3).fill('a'));
    expect(ids.map((id) => isThere(jobs, id)).indexOf(true)).toBe(3);
  });

  it('is bounded in bytes; the latest is kept whatever its size', async () => {
    const jobs = service({ keepBytes: 10_000 });
    const ids = await end(jobs, ['a', 'b', 'c'.repeat(50_000)]);
    expect(ids.map((id) => isThere(jobs, id))).toEqual([false, false, true]);
  });

  it('is bounded in time', async () => {
    const jobs = service({ keepSeconds: 0.05 });
    const [id = ''] = await end(jobs, ['a']);
    expect(isThere(jobs, id)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(isThere(jobs, id)).toBe(false);
  });
});
