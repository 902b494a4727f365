import { LRUCache } from 'lru-cache';
import type { NormalisedLeaves, RankingResult } from '../scoring';

/** What a kept result weighs besides its arrays: objects, strings and the cache's own entry. */
const OVERHEAD_BYTES = 16 * 1024;

/** Bytes of memory that a result holds on to, from its arrays; those that several results share count for each. */
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

/** Bytes of memory that normalised leaves hold on to. */
export function leavesBytes({ tables, nodeBytes }: NormalisedLeaves): number {
  return tables.reduce((sum, { byteLength }) => sum + byteLength, OVERHEAD_BYTES + nodeBytes);
}

const isResult = (kept: RankingResult | NormalisedLeaves): kept is RankingResult => 'order' in kept;

/**
 * Results by digest, bounded in bytes: the digest names everything that a result depends on, so an entry never goes stale.
 * Normalised leaves are kept among them, so that another weighting of a ranking begins where the weights come in.
 */
export class ResultCache {
  readonly #kept: LRUCache<string, RankingResult | NormalisedLeaves>;
  #hits = 0;
  #misses = 0;

  /** @param maxBytes largest sum of {@link resultBytes} and {@link leavesBytes} that is kept */
  constructor(maxBytes: number) {
    this.#kept = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (kept) => (isResult(kept) ? resultBytes(kept) : leavesBytes(kept)),
    });
  }

  /** The kept result, or else a computed one, which is then kept unless it alone is too large. */
  getOrCompute(digest: string, compute: () => RankingResult): RankingResult {
    const known = this.#kept.get(digest);
    if (known && isResult(known)) {
      this.#hits += 1;
      return known;
    }
    this.#misses += 1;
    const result = compute();
    this.#kept.set(digest, result);
    return result;
  }

  /** The same for normalised leaves, which are not counted among hits and misses. */
  leavesOrCompute(key: string, compute: () => NormalisedLeaves): NormalisedLeaves {
    const known = this.#kept.get(key);
    if (known && !isResult(known)) return known;
    const leaves = compute();
    this.#kept.set(key, leaves);
    return leaves;
  }

  /** How often a result was asked for that was kept. */
  get hits(): number {
    return this.#hits;
  }

  /** How often one had to be computed. */
  get misses(): number {
    return this.#misses;
  }

  /** Number of kept results and leaves. */
  get size(): number {
    return this.#kept.size;
  }

  /** Sum of what they weigh, in bytes. */
  get bytes(): number {
    return this.#kept.calculatedSize;
  }
}
