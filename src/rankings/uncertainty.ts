import { monteCarlo, type PanelRun } from '../scoring';
import type { RunControl, WorkerPool } from './worker-pool';

/** A run's result. */
export interface UncertaintyOutcome {
  readonly result: monteCarlo.UncertaintyResult;
  /** Of the cities that were ever first, in the order of the result's central weights; empty unless those were asked for. */
  readonly confidence: readonly monteCarlo.Confidence[];
}

/**
 * Milliseconds that a thread makes draws before it looks for other work. A turn begins with memory for the ranks of `n` cities
 * and ends with handing them over, n² counts each time, so that it is longer where there are more.
 */
const turnMs = (n: number): number => Math.min(1_000, 100 + n * n * 1e-4);
/** The same where there are no threads and all else waits; what a turn needs is kept from one to the next. */
const TURN_HERE_MS = 5;
/** Pieces that each worker's share of the confidence factors is cut in, to even them out. */
const PIECES = 4;

/** The scores' memory of the last run that is over: a run's scores are not part of its result, and fresh memory is slow to touch. */
const spareScores = new WeakMap<WorkerPool, SharedArrayBuffer>();

/**
 * Makes the draws of a plan on the pool's threads. The result is the same to the last bit for any number of them.
 * @throws ScoringError what the pipeline refuses for any recipe of the plan
 */
export async function runUncertaintyOn(
  pool: WorkerPool,
  run: PanelRun,
  plan: monteCarlo.UncertaintyPlan,
  { signal, onProgress }: RunControl = {},
): Promise<UncertaintyOutcome> {
  const slots = slotsOf(pool, run, plan);
  const spare = spareScores.get(pool) ?? null;
  spareScores.delete(pool);
  const { model, memory } = await pool.do('prepareUncertainty', { run, plan, slots, spare }, signal);
  const common = { model, plan, memory };
  const stop = (): void => {
    Atomics.store(memory.stop, 0, 1);
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const firsts: monteCarlo.BlockFirsts[] = [];
    const milliseconds = pool.workers === 0 ? TURN_HERE_MS : turnMs(model.codes.length);
    const total = plan.draws * (plan.centralWeights ? 2 : 1);
    let done = 0;
    const work = async (slot: number): Promise<void> => {
      while (monteCarlo.blocksAreLeft(memory)) {
        // Not given the signal, which would end the thread: the flag stops it between two blocks.
        const turn = await pool.do('runBlocks', { ...common, slot, milliseconds });
        signal?.throwIfAborted();
        if (turn.draws === 0) return;
        firsts.push(...turn.firsts);
        done += turn.draws;
        onProgress?.(done, total);
      }
    };
    await allOrNone(
      Array.from({ length: slots }, (_, slot) => work(slot)),
      stop,
    );
    const n = model.codes.length;
    const edges = Array.from({ length: slots + 1 }, (_, k) => Math.round((k * n) / slots));
    const { nominal } = model;
    const [parts, centralWeights] = await Promise.all([
      Promise.all(
        edges
          .slice(1)
          .map((to, k) => pool.do('summaryOfCities', { nominal, plan, memory, from: edges[k] ?? 0, to }, signal)),
      ),
      plan.centralWeights ? pool.do('centralWeights', { firsts }, signal) : [],
    ]);
    const result = monteCarlo.summarise(model, plan, memory, parts, centralWeights);
    if (!plan.centralWeights) return { result, confidence: [] };
    const confidence = await confidenceOn(pool, model, plan, result.centralWeights, {
      ...(signal && { signal }),
      ...(onProgress && {
        onProgress: (share) => {
          onProgress(plan.draws * (1 + share), total);
        },
      }),
    });
    return { result, confidence };
  } finally {
    signal?.removeEventListener('abort', stop);
    if (memory.scores.buffer instanceof SharedArrayBuffer) spareScores.set(pool, memory.scores.buffer);
  }
}

/** Threads that share in a run: as many as there is memory for, each with counts of its own; one at least. */
function slotsOf(
  { workers, runBytes }: WorkerPool,
  { tree, methodology, panel, cities }: PanelRun,
  plan: monteCarlo.UncertaintyPlan,
): number {
  // Before the screening: at least as many as are scored.
  const n = cities?.length ?? panel.cities.length;
  let slots = Math.max(1, workers);
  while (slots > 1 && monteCarlo.runBytes(tree, methodology, n, plan, slots) > runBytes) slots--;
  return slots;
}

/** Cities are shared out to the threads in turn; each city's factor depends on no other's. */
async function confidenceOn(
  pool: WorkerPool,
  model: monteCarlo.DrawModel,
  plan: monteCarlo.UncertaintyPlan,
  centralWeights: readonly monteCarlo.CentralWeights[],
  { signal, onProgress }: Pick<RunControl, 'signal'> & { readonly onProgress?: (share: number) => void },
): Promise<readonly monteCarlo.Confidence[]> {
  const draws = monteCarlo.confidenceDraws(plan, centralWeights.length);
  const size = Math.max(1, Math.ceil(centralWeights.length / (PIECES * Math.max(1, pool.workers))));
  const pieces = Array.from({ length: Math.ceil(centralWeights.length / size) }, (_, k) =>
    centralWeights.slice(k * size, (k + 1) * size),
  );
  const found: (readonly monteCarlo.Confidence[])[] = [];
  let done = 0;
  if (pieces.length === 0) onProgress?.(1);
  await Promise.all(
    pieces.map(async (piece, k) => {
      found[k] = await pool.do('confidenceFactors', { model, plan, centralWeights: piece, draws }, signal);
      done += piece.length;
      onProgress?.(done / centralWeights.length);
    }),
  );
  return found.flat();
}

/** Waits for all even where one fails: memory that is shared must not be written to once the run is over. */
async function allOrNone(work: readonly Promise<void>[], onFailure: () => void): Promise<void> {
  const results = await Promise.allSettled(
    work.map(async (part) => {
      try {
        await part;
      } catch (error) {
        onFailure();
        throw error;
      }
    }),
  );
  const failed = results.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}
