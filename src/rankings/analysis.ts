import type { RunControl, WorkerPool } from './worker-pool';

/** An analysis of a ranking, checked and ready to run. */
export interface PlannedAnalysis<R> {
  /** Names the result beside the ranking's digest: equal texts, equal results. */
  readonly key: string;
  /** Cell operations: what the budget counts. */
  readonly cost: number;
  /** Draws that it makes, or rankings of a design; null where it makes none. */
  readonly draws: number | null;
  /** Bytes of memory that it takes on one thread, about; each further one takes more of it where there is room. */
  readonly memory: number;
  /** What takes less of it, in words. */
  readonly lessMemory: string;
  /** The work, as a noun. */
  readonly what: string;
  /** What to change in the request where the work is too much. */
  readonly path: string;
  /** Whether it is shared out among all threads of a pool or done on one. */
  readonly threads: 'ALL' | 'ONE';
  /**
   * Does it. What comes of it is plain data: it can be copied to another thread and stored.
   * @throws ScoringError what only the run can find; the signal's reason once it is aborted
   */
  readonly run: (pool: WorkerPool, control?: RunControl) => Promise<R>;
}
