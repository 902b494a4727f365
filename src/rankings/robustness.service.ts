import { LRUCache } from 'lru-cache';
import { ANALYSES, type AnalysisKind, type AnalysisRequest, type AnalysisResult } from './analyses';
import type { PlannedAnalysis } from './analysis';
import { bytesOf } from './bytes-of';
import type { Budget, Ranking } from './ranking.service';
import { atPath } from './request-error';
import { SharedRuns } from './shared-runs';
import { Turns } from './turns';
import type { WorkerPool } from './worker-pool';

/** Runs of each sort (on all threads, on one) that may be under way or wait before more are refused. */
export const MAX_WAITING = 32;
/** Most memory for results that are kept. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** What is wrong with the recipe is told by its place there, wherever the analysis is asked for. */
const isInRecipe = (path: string): boolean => /^recipe\b/.test(path);

/** How an analysis is run. */
export interface RunOptions {
  /** Where its request stands in the arguments; empty: it is the arguments. */
  readonly at?: string;
  /** Aborted: the caller waits no longer, and the run ends unless somebody else waits for it. */
  readonly signal?: AbortSignal;
}

/**
 * Analyses on the worker pool, each made once for all who ask for it, their results kept for a while. One for the process.
 */
export class AnalysisRuns {
  readonly #kept = new LRUCache<string, object>({ maxSize: KEPT_BYTES, sizeCalculation: (found) => bytesOf(found) });
  readonly #underWay = new SharedRuns();
  readonly #turns: Readonly<Record<PlannedAnalysis<unknown>['threads'], Turns>>;

  constructor(private readonly pool: WorkerPool) {
    this.#turns = { ALL: new Turns(1, MAX_WAITING), ONE: new Turns(Math.max(1, pool.workers), MAX_WAITING) };
  }

  /**
   * The kept result, that of the run under way, or that of a new run.
   * @param name names everything that the result depends on; begins with the kind of the analysis
   * @throws as the analysis does, `QUEUE_FULL`, the signal's reason once it is aborted
   */
  async get<R extends object>(name: string, planned: PlannedAnalysis<R>, signal?: AbortSignal): Promise<R> {
    const known = this.#kept.get(name);
    // A name begins with its kind, so that what is kept under it is of that kind.
    if (known) return known as R;
    return this.#underWay.get(name, (shared) => this.#make(name, planned, shared), signal);
  }

  /** Ends the threads. */
  close(): Promise<void> {
    return this.pool.close();
  }

  async #make<R extends object>(name: string, planned: PlannedAnalysis<R>, signal: AbortSignal): Promise<R> {
    const found = await this.#turns[planned.threads].take(() => planned.run(this.pool, { signal }), signal);
    this.#kept.set(name, found);
    return found;
  }
}

/** How robust a ranking is. */
export class RobustnessService {
  constructor(
    private readonly budget: Budget,
    private readonly runs: AnalysisRuns,
  ) {}

  /**
   * Makes an analysis. The same request gives the same result to the last bit, with any number of threads.
   * @throws ScoringError or RequestError for what is not allowed, `BUDGET_EXCEEDED` before anything is computed,
   * `QUEUE_FULL`; the signal's reason once it is aborted
   */
  async run<K extends AnalysisKind>(
    kind: K,
    ranking: Ranking,
    request: AnalysisRequest<K>,
    { at = '', signal }: RunOptions = {},
  ): Promise<AnalysisResult<K>> {
    const work = async (): Promise<AnalysisResult<K>> => {
      const planned = ANALYSES[kind](ranking, request);
      this.budget.checkBudget(planned.cost, planned.what, planned.path);
      return this.runs.get(JSON.stringify([kind, ranking.digest, planned.key]), planned, signal);
    };
    return atPath(at, work, isInRecipe);
  }
}
