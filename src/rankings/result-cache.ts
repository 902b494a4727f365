import { LRUCache } from 'lru-cache';
import type { RankingResult } from '../scoring';

/** What a kept result weighs besides its arrays: objects, strings and the cache's own entry. */
const OVERHEAD_BYTES = 16 * 1024;

/** Bytes of memory that a result holds on to, from its arrays. */
export function resultBytes(result: RankingResult): number {
  const arrays: readonly (ArrayBufferView | null | undefined)[] = [
    result.order,
    result.ranks,
    result.availability,
    result.imputed,
    result.treatment,
    result.nodes.weights,
    result.nodes.effectiveWeights,
    ...result.nodes.columns,
    ...(result.stages === null ? [] : Object.values<ArrayBufferView>({ ...result.stages })),
    ...[...result.intermediates.values()].flat().map((table) => table.values),
    // Ranks of every node may be computed later and are kept with the result.
    ...result.nodes.columns,
  ];
  return arrays.reduce((sum, array) => sum + (array?.byteLength ?? 0), OVERHEAD_BYTES);
}

/** Results by digest, bounded in bytes: the digest names everything that a result depends on, so an entry never goes stale. */
export class ResultCache {
  readonly #results: LRUCache<string, RankingResult>;
  #hits = 0;
  #misses = 0;

  /** @param maxBytes largest sum of {@link resultBytes} that is kept */
  constructor(maxBytes: number) {
    this.#results = new LRUCache({ maxSize: maxBytes, sizeCalculation: resultBytes });
  }

  /** The kept result, or else a computed one, which is then kept unless it alone is too large. */
  getOrCompute(digest: string, compute: () => RankingResult): RankingResult {
    const known = this.#results.get(digest);
    if (known) {
      this.#hits += 1;
      return known;
    }
    this.#misses += 1;
    const result = compute();
    this.#results.set(digest, result);
    return result;
  }

  /** How often a result was asked for that was kept. */
  get hits(): number {
    return this.#hits;
  }

  /** How often one had to be computed. */
  get misses(): number {
    return this.#misses;
  }

  /** Number of kept results. */
  get size(): number {
    return this.#results.size;
  }

  /** Sum of what the kept results weigh, in bytes. */
  get bytes(): number {
    return this.#results.calculatedSize;
  }
}
