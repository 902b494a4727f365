import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Piscina } from 'piscina';
import { ScoringError } from '../scoring';
import {
  doTask,
  stepsOf,
  StepFlags,
  type SteppedInput,
  type SteppedName,
  type SteppedOutput,
  type TaskInput,
  type TaskName,
  type TaskOutput,
  type TaskReply,
} from './worker-tasks';

/** How a {@link WorkerPool} is made. */
export interface WorkerPoolOptions {
  /** Number of threads; 0: tasks are done on the calling thread, a turn of the event loop between them. */
  readonly workers: number;
  /** The worker's entry; the compiled one beside this file when left out. */
  readonly filename?: string;
  /**
   * How much less urgent the threads are than the one that answers, 0 to 19, where the system knows that (`nice`); 0 when left
   * out.
   */
  readonly nice?: number;
  /** Bytes that one run may take: fewer threads share in one that takes much; no limit when left out. */
  readonly runBytes?: number;
  /** Tasks that may wait for a thread before more are refused; no limit when left out. */
  readonly maxQueue?: number;
  /** Most memory of a thread for objects, in mebibytes: one that needs more ends, and its task with it; Node's own limit when left out. */
  readonly memoryMiB?: number;
  /** Told of a thread that failed while it was at no task. What fails in a task is thrown where that is waited for. */
  readonly onError?: (error: unknown) => void;
}

/** What a long run reports to and listens to. */
export interface RunControl {
  /** Aborted: the run ends after the unit of work that it is at, and throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called now and then with the units of work done and to be done; the last time with both equal. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** How busy the threads are. */
export interface WorkerLoad {
  readonly waiting: number;
  readonly running: number;
}

/** Milliseconds between looks at how far a thread is. */
const LOOK_MS = 100;
/** Where there are no threads, milliseconds that steps may take before other work has its turn. */
const SLICE_MS = 5;

/** Turns of the event loop that other work gets between two pieces: an answer takes several. */
const TURNS = 8;

async function giveWay(): Promise<void> {
  for (let k = 0; k < TURNS; k++) await turn();
}

/**
 * Threads that do long work, so that the one that answers requests stays free. They are started with the first task; one
 * that dies is replaced.
 */
export class WorkerPool {
  readonly workers: number;
  /** Bytes that one run may take. */
  readonly runBytes: number;
  readonly #filename: string;
  #pool: Piscina | null = null;
  #tasks = 0;

  /** @throws Error where there are to be threads and what they run is not there */
  constructor(private readonly options: WorkerPoolOptions) {
    this.workers = options.workers;
    this.runBytes = options.runBytes ?? Infinity;
    this.#filename = options.filename ?? join(__dirname, 'robustness.worker.js');
    // Said at the start: else the first analysis would find out.
    if (this.workers > 0 && !existsSync(this.#filename))
      throw new Error(
        `The worker threads' file ${this.#filename} is missing. Build it (npm run build), or set WORKERS=0 to do without threads.`,
      );
  }

  /**
   * Does a task.
   * @param signal stops waiting for it; a task that a thread is at already is ended with its thread
   * @throws ScoringError what the task refuses; the signal's reason once it is aborted
   */
  async do<N extends TaskName>(name: N, input: TaskInput<N>, signal?: AbortSignal): Promise<TaskOutput<N>> {
    signal?.throwIfAborted();
    if (this.workers === 0) {
      await giveWay();
      signal?.throwIfAborted();
      return doTask(name, input);
    }
    try {
      return outputOf(await this.#run<TaskOutput<N>>({ name, input }, signal === undefined ? {} : { signal }));
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  }

  /**
   * Does a task that is made of steps, on one thread. An abort lets the thread end the step that it is at, and live.
   * @throws ScoringError what the task refuses; the signal's reason once it is aborted
   */
  async doSteps<N extends SteppedName>(
    name: N,
    input: SteppedInput<N>,
    control: RunControl = {},
  ): Promise<SteppedOutput<N>> {
    const { signal, onProgress } = control;
    signal?.throwIfAborted();
    if (this.workers === 0) return stepsHere(name, input, control);
    const flags = new StepFlags();
    const stop = (): void => {
      flags.stop();
    };
    const look = (): void => {
      const { done, total } = flags;
      if (total > 0) onProgress?.(done, total);
    };
    const looks = onProgress && setInterval(look, LOOK_MS);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const output = outputOf(await this.#run<SteppedOutput<N>>({ name, input, flags: flags.cells }));
      // The thread may have been done before it could see the flag; whoever aborted is told the same either way.
      signal?.throwIfAborted();
      look();
      return output;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      clearInterval(looks);
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Tasks that wait for a thread, and that one is at. */
  get load(): WorkerLoad {
    const waiting = this.#pool?.queueSize ?? 0;
    return { waiting, running: this.#tasks - waiting };
  }

  /** Ends the threads. Tasks that are waiting are refused. */
  async close(): Promise<void> {
    await this.#pool?.destroy();
    this.#pool = null;
  }

  async #run<O>(task: object, options: { readonly signal?: AbortSignal } = {}): Promise<TaskReply<O>> {
    // What comes from another thread has no type of its own; the entry gives what this task's type says.
    this.#tasks += 1;
    try {
      return (await this.#threads().run(task, options)) as TaskReply<O>;
    } finally {
      this.#tasks -= 1;
    }
  }

  #threads(): Piscina {
    this.#endIfSpent();
    this.#pool ??= this.#start();
    return this.#pool;
  }

  /**
   * Piscina replaces a thread that dies, but none any more once one has died while it started: what waits would wait for
   * ever. It is refused, and the next task starts threads anew.
   */
  #endIfSpent(): void {
    const pool = this.#pool;
    if (!pool || pool.threads.length > 0) return;
    this.#pool = null;
    pool.destroy().catch((error: unknown) => this.options.onError?.(error));
  }

  #start(): Piscina {
    const { maxQueue, memoryMiB } = this.options;
    const pool = new Piscina({
      filename: this.#filename,
      minThreads: this.workers,
      maxThreads: this.workers,
      // A thread that is warm answers in a fraction of the time of a new one.
      idleTimeout: Infinity,
      recordTiming: false,
      niceIncrement: this.options.nice ?? 0,
      ...(maxQueue !== undefined && { maxQueue }),
      ...(memoryMiB !== undefined && { resourceLimits: { maxOldGenerationSizeMb: memoryMiB } }),
    });
    // Without anybody who listens it would end the process.
    pool.on('error', (error) => {
      this.options.onError?.(error);
      if (pool === this.#pool) this.#endIfSpent();
    });
    return pool;
  }
}

function outputOf<O>(reply: TaskReply<O>): O {
  if ('refusal' in reply) throw new ScoringError(reply.refusal.code, reply.refusal.message, reply.refusal.problems);
  if ('stopped' in reply) throw new Error('The task was stopped.');
  return reply.output;
}

async function stepsHere<N extends SteppedName>(
  name: N,
  input: SteppedInput<N>,
  { signal, onProgress }: RunControl,
): Promise<SteppedOutput<N>> {
  const steps = stepsOf(name, input);
  let since = -Infinity;
  for (;;) {
    if (performance.now() - since > SLICE_MS) {
      await giveWay();
      signal?.throwIfAborted();
      since = performance.now();
    }
    const step = steps.next();
    if (step.done === true) return step.value;
    onProgress?.(step.value.done, step.value.total);
  }
}
