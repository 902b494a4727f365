import { LRUCache } from 'lru-cache';
import { monteCarlo } from '../scoring';
import { cityCount, panelRunOf, type Ranking, type RankingService } from './ranking.service';
import { QueueFullError, refuse } from './request-error';
import { runUncertaintyOn, type RunControl } from './uncertainty';
import type { WorkerPool } from './worker-pool';

/** Ways to draw weights. */
export const WEIGHT_DRAWS = ['DIRICHLET', 'SIMPLEX', 'SHARE'] as const;

/** How a caller wants weights drawn. Null and absent mean the same. */
export interface WeightDrawRequest {
  readonly method: (typeof WEIGHT_DRAWS)[number];
  /** For `DIRICHLET`, which needs it: above 0. */
  readonly concentration?: number | null;
  /** For `SHARE`, which needs it: above 0, at most 1. */
  readonly share?: number | null;
  readonly levels?: readonly number[] | null;
}

/** What an uncertainty run varies, and what it is to find. Null and absent mean the same. */
export interface UncertaintyRequest {
  readonly seed: number;
  readonly draws: number;
  readonly weights?: WeightDrawRequest | null;
  readonly noise?: monteCarlo.DataNoise | null;
  readonly percentiles: readonly number[];
  readonly pairs: boolean;
}

/** What a run came to, with the plan that it was made by. */
export interface Uncertainty {
  readonly result: monteCarlo.UncertaintyResult;
  readonly percentiles: readonly number[];
}

/** Most draws of one request. */
export const MAX_REQUEST_DRAWS = 10_000;
/** Runs that may wait for the threads before more are refused. */
export const MAX_WAITING = 32;
/** Results that are kept. */
const KEPT_RESULTS = 32;

/** How sure ranks are: runs on the worker pool, one at a time, each on all threads. */
export class RobustnessService {
  readonly #kept = new LRUCache<string, Uncertainty>({ max: KEPT_RESULTS });
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly rankings: RankingService,
    private readonly pool: WorkerPool,
  ) {}

  /**
   * Draws weights and data of a ranking again and again, and counts the ranks that follow. The same request gives the same
   * result to the last bit, with any number of threads.
   * @throws ScoringError or RequestError for what is not allowed, `BUDGET_EXCEEDED` before anything is computed, `QUEUE_FULL`
   */
  async uncertainty(ranking: Ranking, request: UncertaintyRequest, control: RunControl = {}): Promise<Uncertainty> {
    const { plan: planned, result } = ranking;
    const { seed, draws, noise = null, percentiles, pairs } = request;
    const weights = weightsOf(request.weights ?? null);
    const plan = monteCarlo.planUncertainty(planned.tree, { seed, draws, weights, noise, percentiles, pairs });
    const cost = monteCarlo.uncertaintyCost(planned.tree, planned.recipe, cityCount(planned), plan);
    this.rankings.checkBudget(cost, 'uncertainty run', 'input.draws');
    const key = JSON.stringify([ranking.digest, plan]);
    const known = this.#kept.get(key);
    if (known) return known;
    const run = { ...panelRunOf(planned), methodology: result.methodology };
    const outcome = await this.#inTurn(() => runUncertaintyOn(this.pool, run, plan, control));
    const found = { result: outcome.result, percentiles: plan.percentiles };
    this.#kept.set(key, found);
    return found;
  }

  /** Ends the threads. */
  close(): Promise<void> {
    return this.pool.close();
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING) throw new QueueFullError('Too many runs are waiting for the threads.', 5);
    this.#waiting++;
    const before = this.#last;
    const own = before.then(work);
    this.#last = own.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await own;
    } finally {
      this.#waiting--;
    }
  }
}

/** @throws RequestError where a method lacks its parameter or is given another's */
function weightsOf(request: WeightDrawRequest | null): monteCarlo.WeightUncertainty | null {
  if (request === null) return null;
  const { method, levels = null } = request;
  const [concentration, share] = [request.concentration ?? null, request.share ?? null];
  const unused = method === 'DIRICHLET' ? share : method === 'SHARE' ? concentration : (share ?? concentration);
  if (unused !== null)
    throw refuse('PARAMETER_NOT_USED', 'input.weights', unused, `${method} does not use it.`, 'its own parameter only');
  if (method === 'SIMPLEX') return { method, levels };
  const own = method === 'DIRICHLET' ? concentration : share;
  const name = method === 'DIRICHLET' ? 'concentration' : 'share';
  if (own === null) throw refuse('BAD_INPUT', `input.weights.${name}`, null, `${method} needs it.`, 'a number above 0');
  return method === 'DIRICHLET' ? { method, levels, concentration: own } : { method, levels, share: own };
}
