import { reasonOf } from './shared-runs';
import { QueueFullError } from './request-error';

/** Work that waits for its turn: a few at a time, first come, first served. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  /**
   * @param atATime how much is under way at a time
   * @param most how much may wait or be under way
   */
  constructor(
    private readonly atATime: number,
    private readonly most: number,
  ) {}

  /**
   * Does the work when its turn comes.
   * @param signal aborted: it waits no longer. The work under way has to listen by itself.
   * @throws QueueFullError where too much waits already; the signal's reason once it is aborted
   */
  async take<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.#busy < this.atATime) this.#busy++;
    // Whoever is done hands its place over.
    else await this.#place(signal);
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy--;
    }
  }

  async #place(signal: AbortSignal): Promise<void> {
    if (this.#busy + this.#waiting.length >= this.most)
      throw new QueueFullError('Too many runs are waiting for the threads.', 5);
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(reasonOf(signal));
      };
      const enter = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      this.#waiting.push(enter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
