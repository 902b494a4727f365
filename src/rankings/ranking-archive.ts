import type { KeptRanking } from '../entities';
import { decodeId, MAX_ID_LENGTH, type IdParts } from './global-id';
import { rankingId, releaseOfRankingId, requestOfRankingId } from './ranking-identity';
import type { RankingMemory } from './ranking-memory';
import type { Ranking, RankingRequest, RankingService } from './ranking.service';
import type { ReleaseCache } from './release-cache';
import { RequestError } from './request-error';
import { ScoringError } from '../scoring';

/** Where rankings are kept beyond the process. */
export interface KeptRankings {
  find(digest: string): Promise<KeptRanking | null>;
  count(): Promise<number>;
  add(row: Pick<KeptRanking, 'digest' | 'rankingId' | 'keptAt'>): Promise<void>;
}

/** Form of a digest. */
const DIGEST = /^[0-9a-f]{64}$/;

/** What is known of the rows without asking the database. One for the process. */
export class KnownRows {
  /** Digests that are kept. */
  readonly digests = new Set<string>();
  /** Number of rows; null while it has not been asked for. */
  count: number | null = null;
}

/**
 * Makes rankings again: by their id, which holds all that they are made from, or by their digest. A digest is found
 * while the process remembers it, for good once it was kept, and always where a saved methodology gives it as it stands.
 */
export class RankingArchive {
  /** @param maxKept most rankings that are kept, since whoever may ask may fill it */
  constructor(
    private readonly releases: ReleaseCache,
    private readonly rankings: RankingService,
    private readonly memory: RankingMemory,
    private readonly rows: KeptRankings,
    private readonly maxKept: number,
    private readonly known: KnownRows = new KnownRows(),
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** The global id of a ranking. */
  idOf(ranking: Ranking): string {
    return rankingId(ranking);
  }

  /** The ranking of an id; null where it is none of ours, or where another version of the engine made it. */
  async byId(id: string): Promise<Ranking | null> {
    const parts = decodeId(id);
    return parts === null || parts[0] !== 'Ranking' ? null : this.#replay(id, parts);
  }

  /**
   * The ranking of a digest; null where it is not known, or where another version of the engine made it.
   * @throws RequestError `BUDGET_EXCEEDED` as ranking anew does
   */
  async byDigest(digest: string): Promise<Ranking | null> {
    if (!DIGEST.test(digest)) return null;
    const ranking =
      (await this.#byMemory(digest)) ?? (await this.#byMethodology(digest)) ?? (await this.#byRow(digest));
    // What is found by its codes could be another ranking by now.
    return ranking?.digest === digest ? ranking : null;
  }

  /**
   * Sees to it that the ranking's digest is found after a restart and by other processes. Written once.
   * @returns false where no more rankings are kept; then only its id makes it again
   */
  async keep(ranking: Ranking): Promise<boolean> {
    const { digest } = ranking;
    const { known } = this;
    if (known.digests.has(digest)) return true;
    const id = this.idOf(ranking);
    if (id.length > MAX_ID_LENGTH) return false;
    if ((await this.rows.find(digest)) === null) {
      known.count ??= await this.rows.count();
      if (known.count >= this.maxKept) return false;
      await this.rows.add({ digest, rankingId: id, keptAt: this.now().toISOString() });
      known.count += 1;
    }
    if (known.digests.size >= MAX_KNOWN) known.digests.clear();
    known.digests.add(digest);
    return true;
  }

  async #byMemory(digest: string): Promise<Ranking | null> {
    const known = this.memory.find(digest);
    if (known === null) return null;
    const { cityCodes, ...request } = known;
    return this.#rank({ ...request, ...(cityCodes && { cities: { codes: cityCodes } }) });
  }

  /** A saved methodology of the current release, run as it stands; planning costs next to nothing. */
  async #byMethodology(digest: string): Promise<Ranking | null> {
    for (const methodology of this.releases.loaded?.methodologies.keys() ?? []) {
      const plan = await this.rankings.plan({ methodology });
      if (this.rankings.digestOf(plan) === digest) return this.rankings.run(plan);
    }
    return null;
  }

  async #byRow(digest: string): Promise<Ranking | null> {
    const row = await this.rows.find(digest);
    return row === null ? null : this.byId(row.rankingId);
  }

  async #replay(id: string, parts: IdParts): Promise<Ranking | null> {
    const version = releaseOfRankingId(parts);
    if (version === null || !(await this.releases.find(version))) return null;
    const request = requestOfRankingId(parts, await this.releases.get(version));
    const ranking = request && (await this.#rank(request));
    // An id is taken only as this service writes it, so that no object has two.
    return ranking && this.idOf(ranking) === id ? ranking : null;
  }

  /** Null where the request does not hold, which for an id means that it was made up. */
  async #rank(request: RankingRequest): Promise<Ranking | null> {
    try {
      return await this.rankings.rank(request);
    } catch (error) {
      const refused = error instanceof RequestError || error instanceof ScoringError;
      if (refused && error.code !== 'BUDGET_EXCEEDED' && error.code !== 'NOT_READY') return null;
      throw error;
    }
  }
}

/** Most digests that are known to be kept without asking the database. */
const MAX_KNOWN = 10_000;
