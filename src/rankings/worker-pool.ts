import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Piscina } from 'piscina';
import { ScoringError } from '../scoring';
import { doTask, type TaskInput, type TaskName, type TaskOutput, type TaskReply } from './worker-tasks';

/** How a {@link WorkerPool} is made. */
export interface WorkerPoolOptions {
  /** Number of threads; 0: tasks are done on the calling thread, a turn of the event loop between them. */
  readonly workers: number;
  /** The worker's entry; the compiled one beside this file when left out. */
  readonly filename?: string;
  /** Tasks that may wait for a thread before more are refused; no limit when left out. */
  readonly maxQueue?: number;
}

/** Threads that do long work, so that the one that answers requests stays free. They are started with the first task. */
export class WorkerPool {
  readonly workers: number;
  #pool: Piscina | null = null;

  constructor(private readonly options: WorkerPoolOptions) {
    this.workers = options.workers;
  }

  /**
   * Does a task.
   * @param signal stops waiting for it; a task that a thread is at already is ended with its thread
   * @throws ScoringError what the task refuses; the signal's reason once it is aborted
   */
  async do<N extends TaskName>(name: N, input: TaskInput<N>, signal?: AbortSignal): Promise<TaskOutput<N>> {
    signal?.throwIfAborted();
    if (this.workers === 0) {
      await turn();
      signal?.throwIfAborted();
      return doTask(name, input);
    }
    let reply: TaskReply<N>;
    try {
      // What comes from another thread has no type of its own; the entry gives what this task's type says.
      reply = (await this.pool().run({ name, input }, signal === undefined ? {} : { signal })) as TaskReply<N>;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
    if ('refusal' in reply) throw new ScoringError(reply.refusal.code, reply.refusal.message, reply.refusal.problems);
    return reply.output;
  }

  /** Ends the threads. Tasks that are waiting are refused. */
  async close(): Promise<void> {
    await this.#pool?.destroy();
    this.#pool = null;
  }

  private pool(): Piscina {
    this.#pool ??= new Piscina({
      filename: this.options.filename ?? join(__dirname, 'robustness.worker.js'),
      minThreads: this.workers,
      maxThreads: this.workers,
      // A thread that is warm answers in a fraction of the time of a new one.
      idleTimeout: Infinity,
      recordTiming: false,
      ...(this.options.maxQueue !== undefined && { maxQueue: this.options.maxQueue }),
    });
    return this.#pool;
  }
}
