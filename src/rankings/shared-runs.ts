import { RequestError } from './request-error';

/** A run that is not over. */
interface Run {
  readonly result: Promise<unknown>;
  readonly abort: AbortController;
  waiting: number;
}

/** Runs that are made once for all who ask for the same at once, and end when nobody waits for them any more. */
export class SharedRuns {
  readonly #underWay = new Map<string, Run>();

  /**
   * The result of the run of that name, which is started unless it is under way.
   * @param name equal names mean equal results
   * @param signal aborted: the caller waits no longer
   * @throws what the run throws; the signal's reason once it is aborted
   */
  async get<R>(name: string, work: (signal: AbortSignal) => Promise<R>, signal?: AbortSignal): Promise<R> {
    signal?.throwIfAborted();
    const run = this.#underWay.get(name) ?? this.#start(name, work);
    run.waiting++;
    try {
      // Runs of one name are of one type.
      return (await unlessAborted(run.result, signal)) as R;
    } finally {
      run.waiting--;
      if (run.waiting === 0) this.#end(name, run);
    }
  }

  #start(name: string, work: (signal: AbortSignal) => Promise<unknown>): Run {
    const abort = new AbortController();
    const run: Run = { result: work(abort.signal), abort, waiting: 0 };
    this.#underWay.set(name, run);
    return run;
  }

  /** Whoever asks from now on starts anew. A run that is over does not hear the signal. */
  #end(name: string, run: Run): void {
    this.#underWay.delete(name);
    run.abort.abort(new RequestError('CANCELLED', 'Nobody waits for the run any more.'));
    run.result.catch(() => undefined);
  }
}

/** Waits for a promise, or until the signal is aborted. */
async function unlessAborted<R>(promise: Promise<R>, signal: AbortSignal | undefined): Promise<R> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(reasonOf(signal));
    };
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', leave);
    });
  });
}

/** What an aborted signal was aborted with, as an error. */
export function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new RequestError('CANCELLED', 'The run was cancelled.');
}
