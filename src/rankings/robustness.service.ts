import { LRUCache } from 'lru-cache';
import { monteCarlo } from '../scoring';
import { bytesOf } from './bytes-of';
import { drawnChoices, type ChoiceProbabilities, type ChoicesRequest, type LeaveOutRequest } from './choices';
import { cityCount, panelRunOf, type Ranking, type RankingService } from './ranking.service';
import { atPath, QueueFullError, refuse } from './request-error';
import { runUncertaintyOn } from './uncertainty';
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
  readonly choices?: ChoicesRequest | null;
  readonly probabilities?: ChoiceProbabilities | null;
  readonly leaveOut?: LeaveOutRequest | null;
  readonly percentiles: readonly number[];
  readonly pairs: boolean;
  /** Whether central weights and confidence factors are found. */
  readonly acceptability: boolean;
}

/** What a run came to, with what of its plan the result does not say. */
export interface Uncertainty {
  readonly result: monteCarlo.UncertaintyResult;
  readonly percentiles: readonly number[];
  /** Codes of the tree's nodes, in the order of central weights. */
  readonly nodes: readonly string[];
  /** Null unless acceptability was asked for. */
  readonly confidence: readonly monteCarlo.Confidence[] | null;
}

/** Most draws of one request. */
export const MAX_REQUEST_DRAWS = 10_000;
/** Runs that may wait for the threads before more are refused. */
export const MAX_WAITING = 32;
/** Most memory for results that are kept. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** How sure ranks are: runs on the worker pool, one at a time, each on all threads. */
export class RobustnessService {
  readonly #kept = new LRUCache<string, Uncertainty>({
    maxSize: KEPT_BYTES,
    sizeCalculation: (found) => bytesOf(found),
  });
  /** Runs that are not over: whoever asks for the same waits for them. */
  readonly #underWay = new Map<string, Promise<Uncertainty>>();
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly rankings: RankingService,
    private readonly pool: WorkerPool,
  ) {}

  /**
   * Draws weights, data and choices of a ranking again and again, and counts the ranks that follow. The same request gives the same
   * result to the last bit, with any number of threads.
   * @throws ScoringError or RequestError for what is not allowed, `BUDGET_EXCEEDED` before anything is computed, `QUEUE_FULL`
   */
  async uncertainty({ digest, plan: planned }: Ranking, request: UncertaintyRequest): Promise<Uncertainty> {
    const { tree, recipe } = planned;
    const { seed, draws, noise = null, percentiles, pairs, acceptability: centralWeights } = request;
    const plan = await atPath('input', () => {
      const weights = weightsOf(request.weights ?? null);
      const choices = drawnChoices(planned, request);
      const drawn = { seed, draws, weights, noise, choices, percentiles, pairs, centralWeights };
      return monteCarlo.planUncertainty(tree, drawn);
    });
    const cost = monteCarlo.uncertaintyCost(tree, recipe, cityCount(planned), plan);
    this.rankings.checkBudget(cost, 'uncertainty run', 'input.draws');
    const key = JSON.stringify([digest, plan]);
    const known = this.#kept.get(key) ?? this.#underWay.get(key);
    if (known) return known;
    const made = this.#inTurn(async () => {
      // What a choice is refused for stands at the choices, which are the caller's `input`.
      const run = () => runUncertaintyOn(this.pool, panelRunOf(planned), plan);
      const { result, confidence } = await (plan.choices.length > 0 ? atPath('input', run) : run());
      const found: Uncertainty = {
        result,
        percentiles: plan.percentiles,
        nodes: tree.nodes.map(({ code }) => code),
        confidence: centralWeights ? confidence : null,
      };
      this.#kept.set(key, found);
      return found;
    }).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, made);
    return made;
  }

  /** Ends the threads. */
  close(): Promise<void> {
    return this.pool.close();
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MAX_WAITING) throw new QueueFullError('Too many runs are waiting for the threads.', 5);
    this.#waiting++;
    const own = this.#last.then(work);
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
    throw refuse('PARAMETER_NOT_USED', 'weights', unused, `${method} does not use it.`, 'its own parameter only');
  if (method === 'SIMPLEX') return { method, levels };
  const own = method === 'DIRICHLET' ? concentration : share;
  const name = method === 'DIRICHLET' ? 'concentration' : 'share';
  if (own === null) throw refuse('BAD_INPUT', `weights.${name}`, null, `${method} needs it.`, 'a number above 0');
  return method === 'DIRICHLET' ? { method, levels, concentration: own } : { method, levels, share: own };
}
