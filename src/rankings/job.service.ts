import { randomUUID } from 'node:crypto';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { Repeater } from '@graphql-yoga/subscription';
import { LRUCache } from 'lru-cache';
import { ScoringError } from '../scoring';
import { follow, News } from './news';
import { QueueFullError, refuse, RequestError } from './request-error';

/** Where a job is in its life. The last three are final. */
export type JobState = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

/** What a job's work is given. */
export interface JobControl {
  /** Aborted when the job is cancelled or the service ends. */
  readonly signal: AbortSignal;
  /** Says how far the work is; both in one unit, such as draws. */
  onProgress(done: number, total: number): void;
}

/** A job as it was at one moment. */
export interface Job<K, R> {
  /** Cannot be guessed: who knows it may read the job and cancel it. */
  readonly id: string;
  readonly kind: K;
  readonly state: JobState;
  /** Units of work done, and of all; null while the work has not said. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** Instants, ISO 8601 UTC; null while it has not come to that. */
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Seconds that it has run, up to this moment or to its end; 0 while it waits. */
  readonly secondsElapsed: number;
  /** Seconds that the rest takes at the rate so far; null where there is no rate, 0 once it has ended. */
  readonly secondsLeft: number | null;
  /** What came out; null unless it is `DONE`. */
  readonly result: R | null;
  /** What it failed with; null unless it is `FAILED`. */
  readonly error: unknown;
}

/** How a {@link JobService} is made. */
export interface JobServiceOptions<R> {
  /** Jobs that run at a time. */
  readonly concurrency: number;
  /** Jobs that may wait. */
  readonly queue: number;
  /** Jobs of one owner that may wait or run at a time; no limit when left out. */
  readonly perOwner?: number;
  /** Seconds that a job can be read after it has ended. */
  readonly keepSeconds: number;
  /** Largest sum of kept results, in bytes. The latest one is kept whatever its size. */
  readonly keepBytes: number;
  /** Bytes of memory that a result holds on to. */
  readonly sizeOf: (result: R) => number;
  /** Told of errors that the work did not raise on purpose. */
  readonly onUnexpectedError?: (error: unknown, jobId: string) => void;
  /** Milliseconds from any fixed moment on; the clock of the process unless given. */
  readonly now?: () => number;
}

/** Ended jobs that are kept at most, however small. */
export const MAX_KEPT_JOBS = 200;
/** Progress is told this often at most, in milliseconds. */
export const PROGRESS_INTERVAL_MS = 200;
/** What a caller that finds the queue full is told to wait, in seconds, where nothing better is known. */
const DEFAULT_RETRY_SECONDS = 30;
/** How long work may take to stop when the service ends, in milliseconds. */
const STOP_MS = 5000;
/** What an ended job weighs besides its result. */
const JOB_BYTES = 2048;

/** A job as it changes. */
interface Entry<K, R> {
  readonly id: string;
  readonly kind: K;
  /** Who has asked for it; null: nobody in particular. */
  readonly owner: string | null;
  readonly createdAt: string;
  readonly run: (control: JobControl) => Promise<R>;
  readonly abort: AbortController;
  readonly news: News<Job<K, R>>;
  state: JobState;
  progress: { readonly done: number; readonly total: number } | null;
  startedAt: string | null;
  endedAt: string | null;
  /** By the service's clock. */
  startedMs: number | null;
  endedMs: number | null;
  toldMs: number;
  /** Tells the latest progress when it may be told. */
  timer: NodeJS.Timeout | null;
  result: R | null;
  error: unknown;
}

const FINAL: ReadonlySet<JobState> = new Set(['DONE', 'FAILED', 'CANCELLED']);

/** True for a job that does not change any more. */
export function hasEnded({ state }: { readonly state: JobState }): boolean {
  return FINAL.has(state);
}

/**
 * Long runs: a few at a time, a bounded number waiting, each with progress, and kept for a while after its end. They live
 * in this process and end with it.
 */
export class JobService<K = string, R = unknown> {
  /** Waiting and running jobs, the first to start first. */
  readonly #active = new Map<string, Entry<K, R>>();
  /** Work under way: that of running jobs, and of cancelled ones until it has stopped. */
  readonly #work = new Set<Promise<void>>();
  readonly #ended: LRUCache<string, Entry<K, R>>;
  readonly #now: () => number;
  #closed = false;

  constructor(private readonly options: JobServiceOptions<R>) {
    this.#now = options.now ?? (() => performance.now());
    this.#ended = new LRUCache({
      max: MAX_KEPT_JOBS,
      ttl: options.keepSeconds * 1000,
      ttlAutopurge: false,
      maxSize: options.keepBytes,
      sizeCalculation: ({ result }) =>
        Math.min(options.keepBytes, JOB_BYTES + (result === null ? 0 : options.sizeOf(result))),
    });
  }

  /**
   * Takes on a job; it starts as soon as there is room.
   * @param run the work; it ends early when the signal is aborted
   * @param owner who asks for it; null: nobody in particular, who may have as many as there is room for
   * @throws RequestError `JOBS_EXCEEDED` where the owner has as many as one may, `QUEUE_FULL` where too many wait already
   */
  start(kind: K, run: (control: JobControl) => Promise<R>, owner: string | null = null): Job<K, R> {
    if (this.#closed) throw new QueueFullError('The server is stopping.', DEFAULT_RETRY_SECONDS);
    this.checkRoom(owner);
    const entry: Entry<K, R> = {
      id: randomUUID(),
      kind,
      owner,
      createdAt: new Date().toISOString(),
      run,
      abort: new AbortController(),
      news: new News(),
      state: 'QUEUED',
      progress: null,
      startedAt: null,
      endedAt: null,
      startedMs: null,
      endedMs: null,
      toldMs: -Infinity,
      timer: null,
      result: null,
      error: null,
    };
    this.#active.set(entry.id, entry);
    this.#startNext();
    return this.#view(entry);
  }

  /** @throws RequestError `JOBS_EXCEEDED` or `QUEUE_FULL` where {@link start} would refuse a job of the owner now */
  checkRoom(owner: string | null = null): void {
    this.#checkShare(owner);
    const { waiting } = this.counts;
    if (this.#work.size < this.options.concurrency || waiting < this.options.queue) return;
    const soonest = Math.min(...[...this.#active.values()].map((entry) => this.#secondsLeft(entry) ?? Infinity));
    const wait = Number.isFinite(soonest) ? Math.min(600, Math.max(1, Math.ceil(soonest))) : DEFAULT_RETRY_SECONDS;
    throw new QueueFullError(`${String(waiting)} jobs are waiting, which is as many as may.`, wait);
  }

  /**
   * @param path where the id stands in the arguments
   * @throws RequestError `NOT_FOUND` where there is no such job, or not any more
   */
  get(id: string, path = 'id'): Job<K, R> {
    return this.#view(this.#find(id, path));
  }

  /** A job, or null where there is none here. */
  find(id: string): Job<K, R> | null {
    const entry = this.#active.get(id) ?? this.#ended.get(id);
    return entry ? this.#view(entry) : null;
  }

  /**
   * Ends a job. One that has ended already stays as it is.
   * @throws RequestError `NOT_FOUND`
   */
  cancel(id: string, path = 'id'): Job<K, R> {
    const entry = this.#find(id, path);
    if (!hasEnded(entry)) this.#end(entry, 'CANCELLED');
    entry.abort.abort();
    return this.#view(entry);
  }

  /**
   * The job as it is, then each change of it (progress a few times a second at most), to its end.
   * @throws RequestError `NOT_FOUND`
   */
  follow(id: string, path = 'id'): Repeater<Job<K, R>, undefined> {
    const entry = this.#find(id, path);
    return follow<Job<K, R>>(entry.news, { first: () => this.#view(entry), isLast: hasEnded });
  }

  /** How many jobs are in which state. */
  get counts(): { readonly waiting: number; readonly running: number; readonly kept: number } {
    const waiting = [...this.#active.values()].filter(({ state }) => state === 'QUEUED').length;
    return { waiting, running: this.#active.size - waiting, kept: this.#ended.size };
  }

  /** Cancels everything and takes no more. Resolves when all work has stopped, or after a few seconds if some does not. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { id } of [...this.#active.values()]) this.cancel(id);
    const patience = new AbortController();
    await Promise.race([Promise.all(this.#work), sleep(STOP_MS, null, { signal: patience.signal }).catch(() => null)]);
    patience.abort();
  }

  #checkShare(owner: string | null): void {
    const { perOwner = Infinity } = this.options;
    if (owner === null) return;
    const own = [...this.#active.values()].filter((entry) => entry.owner === owner).length;
    if (own < perOwner) return;
    throw refuse(
      'JOBS_EXCEEDED',
      '',
      own,
      `${String(own)} of your jobs wait or run.`,
      `at most ${String(perOwner)} at a time`,
    );
  }

  #startNext(): void {
    if (this.#work.size >= this.options.concurrency) return;
    const entry = [...this.#active.values()].find(({ state }) => state === 'QUEUED');
    if (!entry) return;
    const work = this.#do(entry).finally(() => {
      this.#work.delete(work);
      this.#startNext();
    });
    this.#work.add(work);
  }

  async #do(entry: Entry<K, R>): Promise<void> {
    entry.state = 'RUNNING';
    entry.startedAt = new Date().toISOString();
    entry.startedMs = this.#now();
    this.#tell(entry);
    const onProgress = (done: number, total: number): void => {
      if (hasEnded(entry)) return;
      entry.progress = { done, total };
      this.#tellSoon(entry);
    };
    try {
      // Whoever started it is answered first.
      await turn();
      entry.abort.signal.throwIfAborted();
      const result = await entry.run({ signal: entry.abort.signal, onProgress });
      if (!hasEnded(entry)) this.#end(entry, 'DONE', { result });
    } catch (error) {
      // What the work says once it was told to stop is of no interest.
      if (!hasEnded(entry)) this.#end(entry, 'FAILED', { error });
    }
  }

  #end(
    entry: Entry<K, R>,
    state: JobState,
    { result = null, error = null }: { readonly result?: R | null; readonly error?: unknown } = {},
  ): void {
    if (entry.timer) clearTimeout(entry.timer);
    entry.timer = null;
    Object.assign(entry, { state, result, error, endedAt: new Date().toISOString(), endedMs: this.#now() });
    if (state === 'DONE' && entry.progress)
      entry.progress = { done: entry.progress.total, total: entry.progress.total };
    this.#active.delete(entry.id);
    this.#ended.set(entry.id, entry);
    this.#tell(entry);
    if (state === 'FAILED' && !(error instanceof RequestError || error instanceof ScoringError))
      this.options.onUnexpectedError?.(error, entry.id);
  }

  #find(id: string, path: string): Entry<K, R> {
    const entry = this.#active.get(id) ?? this.#ended.get(id);
    if (entry) return entry;
    throw refuse(
      'NOT_FOUND',
      path,
      id,
      'There is no such job here, or not any more.',
      `the id of a job that was started at this server and ended at most ${String(this.options.keepSeconds)} s ago`,
    );
  }

  #tell(entry: Entry<K, R>): void {
    entry.toldMs = this.#now();
    entry.news.tell(this.#view(entry));
  }

  #tellSoon(entry: Entry<K, R>): void {
    if (entry.timer) return;
    const wait = entry.toldMs + PROGRESS_INTERVAL_MS - this.#now();
    if (wait <= 0) {
      this.#tell(entry);
      return;
    }
    entry.timer = setTimeout(() => {
      entry.timer = null;
      this.#tell(entry);
    }, wait).unref();
  }

  #secondsElapsed({ startedMs, endedMs }: Entry<K, R>): number {
    return startedMs === null ? 0 : Math.max(0, ((endedMs ?? this.#now()) - startedMs) / 1000);
  }

  #secondsLeft(entry: Entry<K, R>): number | null {
    if (hasEnded(entry)) return 0;
    if (entry.progress === null || entry.progress.done <= 0) return null;
    const { done, total } = entry.progress;
    return (this.#secondsElapsed(entry) * Math.max(0, total - done)) / done;
  }

  #view(entry: Entry<K, R>): Job<K, R> {
    const { id, kind, state, progress, createdAt, startedAt, endedAt, result, error } = entry;
    const secondsElapsed = this.#secondsElapsed(entry);
    const secondsLeft = this.#secondsLeft(entry);
    return { id, kind, state, progress, createdAt, startedAt, endedAt, secondsElapsed, secondsLeft, result, error };
  }
}
