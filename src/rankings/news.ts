import { Repeater, SlidingBuffer } from '@graphql-yoga/subscription';

/** Tells whoever listens that something has changed. */
export class News<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Number of listeners. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** Tells every listener. */
  tell(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  /** Calls a function with each value from now on. @returns ends that */
  listen(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** What {@link follow} needs to know. */
export interface Following<T> {
  /** What to give before any news; nothing where it is left out. */
  readonly first?: () => T;
  /** True for a value after which there is no other. */
  readonly isLast?: (value: T) => boolean;
}

/**
 * News as an iterable that a subscription can give out. Whoever reads slowly misses values and not the latest one: no
 * more than one waits, so that no reader can make the memory grow.
 */
export function follow<T>(news: News<T>, { first, isLast }: Following<T> = {}): Repeater<T, undefined> {
  return new Repeater<T, undefined>(async (push, stop) => {
    const give = (value: T): void => {
      // What became of a value does not matter: a reader that is gone has stopped the iterable.
      void Promise.resolve(push(value)).catch(() => undefined);
      if (isLast?.(value) === true) stop();
    };
    const end = news.listen(give);
    if (first) give(first());
    await stop;
    end();
    return undefined;
  }, new SlidingBuffer(1));
}
