/**
 * Cell operations a second that are taken as given until a run of the kind has ended: within a factor of four of what one
 * thread did of each kind on the built-in data (2e7 to 2e8).
 */
export const FIRST_RATE = 5e7;
/** How much the latest run counts beside all before it. */
const SHARE_OF_LATEST = 0.3;
/** Runs that cost less tell of messages between threads, not of the work. */
const LEAST_COST = 1e5;

/** How fast this process works through cell operations, by the kind of the work, from the runs that have ended. */
export class WorkRate {
  readonly #perSecond = new Map<string, number>();

  /** Takes a run into account that has ended. */
  note(kind: string, cost: number, seconds: number): void {
    if (cost < LEAST_COST || !(seconds > 0)) return;
    const rate = cost / seconds;
    const before = this.#perSecond.get(kind) ?? rate;
    this.#perSecond.set(kind, before + SHARE_OF_LATEST * (rate - before));
  }

  /** Seconds that work of a kind and cost is expected to take, once it has its turn. */
  secondsOf(kind: string, cost: number): number {
    return cost / (this.#perSecond.get(kind) ?? FIRST_RATE);
  }
}
