/** Counts what is open, up to a limit. */
export class Connections {
  #open = 0;
  #closed = false;

  constructor(readonly limit: number) {}

  /** Number of open ones. */
  get open(): number {
    return this.#open;
  }

  /** Gives no places from now on. */
  close(): void {
    this.#closed = true;
  }

  /** Takes a place. @returns gives it back, the first time that it is called; null where there is none */
  take(): (() => void) | null {
    if (this.#closed || this.#open >= this.limit) return null;
    this.#open += 1;
    let taken = true;
    return () => {
      if (taken) this.#open -= 1;
      taken = false;
    };
  }
}
