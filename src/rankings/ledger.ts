/*
 * How the budget of a request works.
 *
 * Each request has a ledger of its own. `Services.within(ledger)` gives the use cases that are held against it: they are
 * made anew for each request and hold nothing but the ledger; what they keep from one request to the next (results,
 * histories, runs under way) is shared and handed to them. Whatever costs more than reading calls
 * `RankingService.checkBudget` before it begins, which writes the cost down here or refuses it.
 *
 * The cost is written down before any cache is asked, so that a request costs the same whether its parts were kept or not.
 * What several fields of one request share by a cache is written down once, by a key (`checkBudgetOnce`): that, too, does
 * not depend on what the cache holds.
 *
 * A job is held against a limit of its own, and not against that of the request that starts it, whose ledger notes its
 * cost all the same: whoever asked for it is charged.
 */

/** Most cell operations of one request, unless the settings say otherwise. */
export const DEFAULT_CELL_OPERATIONS = 2e8;

/** What one request, or one job, has spent so far. */
export class Ledger {
  /** Nodes of the answer, as estimated before the operation runs; 0 for what has no answer of its own. */
  nodes = 0;
  #cellOperations = 0;
  #jobCellOperations = 0;
  readonly #counted = new Set<string>();

  /** @param limit most cell operations together */
  constructor(readonly limit: number = DEFAULT_CELL_OPERATIONS) {}

  /** Cell operations that were written down, whole. */
  get cellOperations(): number {
    return this.#cellOperations;
  }

  /** Cell operations of the jobs that the request has started, whole. */
  get jobCellOperations(): number {
    return this.#jobCellOperations;
  }

  /** Notes what a job costs that the request has started. */
  noteJob(cost: number): void {
    this.#jobCellOperations += Math.ceil(cost);
  }

  /**
   * Writes a cost down where the limit allows it.
   * @param cost in cell operations; rounded up
   * @param key what several fields share: it is written down the first time only
   * @returns false where it does not; nothing is written down then
   */
  spend(cost: number, key?: string): boolean {
    if (key !== undefined && this.#counted.has(key)) return true;
    // Written so that a cost that is no number is refused.
    const sum = this.#cellOperations + Math.ceil(cost);
    if (!(sum <= this.limit)) return false;
    this.#cellOperations = sum;
    if (key !== undefined) this.#counted.add(key);
    return true;
  }

  /** Forgets the cell operations, for work that begins again from the start; a job that was started goes on. */
  reset(): void {
    this.#cellOperations = 0;
    this.#counted.clear();
  }
}
