import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { gunzip, gzip } from 'node:zlib';
import { Repeater, SlidingBuffer } from '@graphql-yoga/subscription';
import type { StoredJob } from '../entities';
import { ScoringError, type Problem, type ScoringErrorCode } from '../scoring';
import { bytesOf } from './bytes-of';
import { hasEnded, MAX_KEPT_JOBS, type Job, type JobControl, type JobService, type JobState } from './job.service';
import { refuse, RequestError, type RequestErrorCode } from './request-error';

/** Where processes tell one another of their jobs. */
export interface JobStore {
  find(id: string): Promise<StoredJob | null>;
  save(row: Omit<StoredJob, 'cancelRequested'>): Promise<void>;
  requestCancel(id: string): Promise<void>;
  beat(ids: readonly string[], seenAt: string): Promise<string[]>;
  prune(seenBefore: string, most: number): Promise<void>;
}

/** How {@link SharedJobs} are made. */
export interface SharedJobsOptions {
  /** Seconds that a job can be read after it has ended. */
  readonly keepSeconds: number;
  /** Told where the store cannot be reached; jobs go on without it. */
  readonly onStoreError?: (error: unknown) => void;
  /** Milliseconds between looks at the store, and between reports to it. */
  readonly intervalMs?: number;
}

/** Largest result that is stored, in bytes of memory; a larger one is read at its own process only. */
const MAX_STORED_BYTES = 8 * 1024 * 1024;
/** Looks after which a process that has said nothing is taken for dead. */
const MISSED_BEATS = 15;

/**
 * Jobs of all processes on one database. Each runs in the process that took it on, which reports to the store; the others
 * read there, and leave there the wish that it be cancelled.
 */
export class SharedJobs<K extends string, R> {
  /** Reports of this process's jobs that are under way. */
  readonly #reports = new Map<string, Promise<void>>();
  readonly #intervalMs: number;
  readonly #closing = new AbortController();
  #beats: NodeJS.Timeout | null = null;
  /** The one that is under way. */
  #beating: Promise<void> | null = null;

  constructor(
    private readonly local: JobService<K, R>,
    private readonly store: JobStore,
    private readonly options: SharedJobsOptions,
  ) {
    this.#intervalMs = options.intervalMs ?? 1000;
  }

  /**
   * Takes on a job.
   * @param owner who asks for it; null: nobody in particular
   * @throws RequestError `JOBS_EXCEEDED` where the owner has as many in this process as one may, `QUEUE_FULL` where too many wait
   * there already
   */
  async start(kind: K, run: (control: JobControl) => Promise<R>, owner: string | null = null): Promise<Job<K, R>> {
    const job = this.local.start(kind, run, owner);
    // Stored before its id is given out, since the next request may come to another process.
    await this.#save(job);
    await this.#quietly(this.store.prune(new Date(Date.now() - this.#pruneMs()).toISOString(), MAX_KEPT_JOBS));
    const report = this.#report(job.id).finally(() => this.#reports.delete(job.id));
    this.#reports.set(job.id, report);
    this.#beats ??= setInterval(() => {
      // On a slow database one beat may outlast the pause.
      this.#beating ??= this.#beat().finally(() => (this.#beating = null));
    }, this.#intervalMs).unref();
    return job;
  }

  /** @throws RequestError `JOBS_EXCEEDED` or `QUEUE_FULL` where {@link start} would refuse a job of the owner now */
  checkRoom(owner: string | null = null): void {
    this.local.checkRoom(owner);
  }

  /**
   * A job as it is, or as its process last reported it.
   * @param path where the id stands in the arguments
   * @throws RequestError `NOT_FOUND` where there is no such job, or not any more
   */
  async get(id: string, path = 'id'): Promise<Job<K, R>> {
    return this.local.find(id) ?? (await this.#stored(id, path));
  }

  /**
   * Ends a job: at once where it runs here, else within about a second. One that has ended stays as it is.
   * @throws RequestError `NOT_FOUND`
   */
  async cancel(id: string, path = 'id'): Promise<Job<K, R>> {
    if (this.local.find(id)) return this.local.cancel(id, path);
    const job = await this.#stored(id, path);
    if (!hasEnded(job)) await this.store.requestCancel(id);
    return job;
  }

  /**
   * The job as it is, then its changes, to its end; one of another process is looked at about every second.
   * @throws RequestError `NOT_FOUND`
   */
  async follow(id: string, path = 'id'): Promise<Repeater<Job<K, R>, undefined>> {
    if (this.local.find(id)) return this.local.follow(id, path);
    const first = await this.#stored(id, path);
    return new Repeater<Job<K, R>, undefined>(async (push, stop) => {
      let last = first;
      const give = (job: Job<K, R>): void => {
        last = job;
        void Promise.resolve(push(job)).catch(() => undefined);
        if (hasEnded(job)) stop();
      };
      const look = async (): Promise<void> => {
        const job = await this.#stored(id, path);
        if (!hasEnded(last) && (job.state !== last.state || job.progress?.done !== last.progress?.done)) give(job);
      };
      const looks = setInterval(() => {
        look().catch((error: unknown) => {
          // Forgotten meanwhile, or the store is away: then there is nothing more to follow.
          stop(error);
        });
      }, this.#intervalMs);
      give(first);
      try {
        await stop;
      } finally {
        clearInterval(looks);
      }
      return undefined;
    }, new SlidingBuffer(1));
  }

  /** How many of this process's jobs are in which state. */
  get counts(): JobService<K, R>['counts'] {
    return this.local.counts;
  }

  /** Cancels this process's jobs and reports that. */
  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#beats) clearInterval(this.#beats);
    this.#beats = null;
    await this.local.close();
    await Promise.all([...this.#reports.values(), this.#beating]);
  }

  /** Reports a job's changes, the latest one after each pause. */
  async #report(id: string): Promise<void> {
    for await (const job of this.local.follow(id)) {
      await this.#save(job);
      if (!hasEnded(job)) await sleep(this.#intervalMs, null, { signal: this.#closing.signal }).catch(() => null);
    }
  }

  /** Long enough that no job is forgotten between two beats. */
  #pruneMs(): number {
    return Math.max(this.options.keepSeconds * 1000, 4 * MISSED_BEATS * this.#intervalMs);
  }

  async #beat(): Promise<void> {
    const ids = [...this.#reports.keys()];
    if (ids.length === 0) {
      if (this.#beats) clearInterval(this.#beats);
      this.#beats = null;
      return;
    }
    const wanted = await this.#quietly(this.store.beat(ids, new Date().toISOString()));
    for (const id of wanted ?? []) if (this.local.find(id)) this.local.cancel(id);
  }

  async #save(job: Job<K, R>): Promise<void> {
    await this.#quietly(rowOf(job).then((row) => this.store.save(row)));
  }

  async #quietly<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work;
    } catch (error) {
      this.options.onStoreError?.(error);
      return null;
    }
  }

  async #stored(id: string, path: string): Promise<Job<K, R>> {
    const row = await this.store.find(id);
    if (row && !(row.endedAt !== null && Date.parse(row.endedAt) + this.options.keepSeconds * 1000 < Date.now()))
      return this.#jobOf(row);
    throw refuse('NOT_FOUND', path, id, 'There is no such job, or not any more.', 'the id of a job that was started');
  }

  async #jobOf(row: StoredJob): Promise<Job<K, R>> {
    const { id, createdAt, startedAt, endedAt, secondsElapsed, secondsLeft, done, total } = row;
    const job: Job<K, R> = {
      id,
      // Both were written by a service of these kinds and results.
      kind: row.kind as K,
      state: row.state as JobState,
      progress: done === null || total === null ? null : { done, total },
      createdAt,
      startedAt,
      endedAt,
      secondsElapsed,
      secondsLeft,
      result: row.result === null ? null : ((await unpack(row.result)) as R),
      error: row.error === null ? null : errorOf(row.error),
    };
    const silent = Date.now() - Date.parse(row.seenAt);
    if (hasEnded(job) || silent < MISSED_BEATS * this.#intervalMs) return job;
    return { ...job, state: 'FAILED', secondsLeft: 0, endedAt: row.seenAt, error: new Error('Its process has ended.') };
  }
}

async function rowOf<K extends string, R>(job: Job<K, R>): Promise<Omit<StoredJob, 'cancelRequested'>> {
  const { id, kind, state, progress, createdAt, startedAt, endedAt, secondsElapsed, secondsLeft, result, error } = job;
  return {
    id,
    kind,
    state,
    done: progress?.done ?? null,
    total: progress?.total ?? null,
    createdAt,
    startedAt,
    endedAt,
    secondsElapsed,
    secondsLeft,
    error: error instanceof RequestError || error instanceof ScoringError ? packError(error) : null,
    result: result === null || bytesOf(result) > MAX_STORED_BYTES ? null : await pack(result),
    seenAt: new Date().toISOString(),
  };
}

const [zip, unzip] = [promisify(gzip), promisify(gunzip)];

/** Structured clone, so that arrays of numbers come back as what they were. */
async function pack(value: unknown): Promise<string | null> {
  let bytes: Buffer;
  try {
    bytes = serialize(value);
  } catch {
    // Functions and memory that threads share cannot be copied.
    return null;
  }
  return (await zip(bytes, { level: 1 })).toString('base64');
}

async function unpack(text: string): Promise<unknown> {
  return deserialize(await unzip(Buffer.from(text, 'base64')));
}

function packError({ code, message, problems }: RequestError | ScoringError): string {
  const values = problems.map((problem) => ({ ...problem, value: problem.value ?? null }));
  return JSON.stringify({ code, message, problems: values });
}

function errorOf(text: string): RequestError {
  const { code, message, problems } = JSON.parse(text) as {
    readonly code: RequestErrorCode | ScoringErrorCode;
    readonly message: string;
    readonly problems: readonly Problem[];
  };
  return new RequestError(code, message, problems);
}
