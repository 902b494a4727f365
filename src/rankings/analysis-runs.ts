import { LRUCache } from 'lru-cache';
import type { AnalysisKind, AnalysisResult } from './analyses';
import type { PlannedAnalysis } from './analysis';
import { bytesOf } from './bytes-of';
import { SharedRuns } from './shared-runs';
import { Turns } from './turns';
import { WorkRate } from './work-rate';
import type { RunControl, WorkerLoad, WorkerPool } from './worker-pool';

/** Most memory for results that are kept. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** How busy the threads are, those for requests and those for jobs. */
export interface WorkersLoad {
  readonly requests: WorkerLoad;
  readonly jobs: WorkerLoad;
}

/** The runs of this process: each made once for all who ask for it at once, its result kept for a while. */
export class AnalysisRuns {
  /** How fast they are. */
  readonly rate = new WorkRate();
  readonly #kept = new LRUCache<string, object>({ maxSize: KEPT_BYTES, sizeCalculation: (found) => bytesOf(found) });
  readonly #underWay = new SharedRuns();
  readonly #turns: Readonly<Record<PlannedAnalysis<unknown>['threads'], Turns>>;

  /**
   * @param pool for requests
   * @param jobPool threads of their own for jobs: the two share the processor, and no request waits for a job
   * @param most runs of each sort (on all threads, on one) that may be under way or wait before more are refused
   */
  constructor(
    private readonly pool: WorkerPool,
    private readonly jobPool: WorkerPool,
    most: number,
  ) {
    this.#turns = { ALL: new Turns(1, most), ONE: new Turns(Math.max(1, pool.workers), most) };
  }

  /**
   * What an analysis comes to, for a request.
   * @param digest of the ranking
   * @param signal aborted: the caller waits no longer, and the run ends unless somebody else waits for it
   * @throws `QUEUE_FULL`, what the run throws, and the signal's reason once it is aborted
   */
  async get<K extends AnalysisKind>(
    kind: K,
    digest: string,
    planned: PlannedAnalysis<AnalysisResult<K>>,
    signal?: AbortSignal,
  ): Promise<AnalysisResult<K>> {
    const name = nameOf(kind, digest, planned);
    const known = this.#find<K>(name);
    if (known) return known;
    const make = (shared: AbortSignal): Promise<AnalysisResult<K>> =>
      this.#turns[planned.threads].take(() => this.#make(kind, name, planned, this.pool, { signal: shared }), shared);
    return this.#underWay.get(name, make, signal);
  }

  /** The same for a job, whose turn it is. */
  async getForJob<K extends AnalysisKind>(
    kind: K,
    digest: string,
    planned: PlannedAnalysis<AnalysisResult<K>>,
    control: RunControl,
  ): Promise<AnalysisResult<K>> {
    const name = nameOf(kind, digest, planned);
    const known = this.#find<K>(name);
    if (!known) return this.#make(kind, name, planned, this.jobPool, control);
    control.onProgress?.(1, 1);
    return known;
  }

  /** How busy the threads are. */
  get load(): WorkersLoad {
    return { requests: this.pool.load, jobs: this.jobPool.load };
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all([this.pool.close(), this.jobPool.close()]);
  }

  #find<K extends AnalysisKind>(name: string): AnalysisResult<K> | undefined {
    // A name begins with its kind, so that what is kept under it is of that kind.
    return this.#kept.get(name) as AnalysisResult<K> | undefined;
  }

  async #make<K extends AnalysisKind>(
    kind: K,
    name: string,
    planned: PlannedAnalysis<AnalysisResult<K>>,
    pool: WorkerPool,
    control: RunControl,
  ): Promise<AnalysisResult<K>> {
    const started = performance.now();
    const found = await planned.run(pool, control);
    this.rate.note(kind, planned.cost, (performance.now() - started) / 1000);
    this.#kept.set(name, found);
    return found;
  }
}

function nameOf(kind: AnalysisKind, digest: string, { key }: PlannedAnalysis<unknown>): string {
  return JSON.stringify([kind, digest, key]);
}
