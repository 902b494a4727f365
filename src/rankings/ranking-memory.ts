import { LRUCache } from 'lru-cache';
import type { Ranking } from './ranking.service';

/** What a remembered source weighs besides its cities: recipe and entry. */
const OVERHEAD_BYTES = 4096;
const BYTES_PER_CITY = 8;
/** Largest sum of what is remembered. */
const MAX_BYTES = 16 * 1024 * 1024;

/** What the latest rankings of this process were made from, by digest, bounded in bytes. Their results are elsewhere. */
export class RankingMemory {
  readonly #sources = new LRUCache<string, Remembered>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ cityCodes }) => OVERHEAD_BYTES + BYTES_PER_CITY * (cityCodes?.length ?? 0),
  });

  /** Remembers what a ranking was made from. The release itself is not held on to. */
  remember(ranking: Ranking): void {
    const { digest } = ranking;
    if (this.#sources.has(digest)) return;
    const { data, methodology, framework, recipe, cities } = ranking;
    this.#sources.set(digest, {
      release: data.release.version,
      methodology: methodology?.code ?? null,
      framework: framework.code,
      recipe,
      cityCodes: cities?.map((city) => city.code) ?? null,
    });
  }

  /** What the ranking of a digest was made from; null where it is not remembered. */
  find(digest: string): Remembered | null {
    return this.#sources.get(digest) ?? null;
  }
}

/** What a ranking was made from, by codes. */
export interface Remembered {
  readonly release: string;
  readonly methodology: string | null;
  readonly framework: string;
  readonly recipe: Ranking['recipe'];
  readonly cityCodes: readonly string[] | null;
}
