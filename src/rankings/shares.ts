import type { RunControl, WorkerPool } from './worker-pool';
import type { SteppedInput, SteppedName, SteppedOutput } from './worker-tasks';

/**
 * Does work that is made of units which do not depend on each other, a share of them on each thread of a pool.
 * @param units how many there are
 * @param inputOf the task that does the units `from` to `to`, a step for each
 * @param control is told of units
 * @returns what the shares came to, in their order
 * @throws ScoringError what the first share that refuses something refuses: what the whole would, done in its order. The signal's
 * reason once it is aborted
 */
export async function inShares<N extends SteppedName>(
  pool: Pick<WorkerPool, 'workers' | 'doSteps'>,
  name: N,
  units: number,
  inputOf: (from: number, to: number) => SteppedInput<N>,
  { signal, onProgress }: RunControl = {},
): Promise<SteppedOutput<N>[]> {
  const count = Math.max(1, Math.min(pool.workers, units));
  const edge = (k: number): number => Math.round((k * units) / count);
  const done = Array.from({ length: count }, () => 0);
  const stops = done.map(() => new AbortController());
  const share = async (k: number): Promise<SteppedOutput<N>> => {
    const own = itsOwn(stops[k]?.signal, signal);
    try {
      return await pool.doSteps(name, inputOf(edge(k), edge(k + 1)), {
        ...(own && { signal: own }),
        ...(onProgress && {
          onProgress: (ofShare) => {
            done[k] = ofShare;
            onProgress(
              done.reduce((sum, some) => sum + some, 0),
              units,
            );
          },
        }),
      });
    } catch (error) {
      // The shares before may still refuse something that comes first; those after are of no use.
      for (const stop of stops.slice(k + 1)) stop.abort(error);
      throw error;
    }
  };
  // All are waited for: memory that is shared must not be written to once the run is over.
  const outcomes = await Promise.allSettled(done.map((_, k) => share(k)));
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

function itsOwn(own: AbortSignal | undefined, whole: AbortSignal | undefined): AbortSignal | undefined {
  return own && whole ? AbortSignal.any([own, whole]) : (own ?? whole);
}
