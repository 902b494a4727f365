import { LRUCache } from 'lru-cache';
import { bandsOf, rankOptionsOf, ranksWithinGroups, type Band, type BandRule, type Bands } from '../scoring';
import type { CityGrouping } from './diagnostics.service';
import type { Budget, Ranking } from './ranking.service';
import { refuse, RequestError } from './request-error';

/** Ways to cut scores into bands. */
export const BAND_METHODS = ['QUANTILE', 'EQUAL_INTERVAL', 'NATURAL_BREAKS', 'SCORE_DISTANCE'] as const;

/** How a caller wants scores cut into bands. Null and absent mean the same. */
export interface BandRequest {
  readonly method: (typeof BAND_METHODS)[number];
  /** Number of bands; {@link DEFAULT_BANDS} when left out. Not for `SCORE_DISTANCE`. */
  readonly count?: number | null;
  /** Largest distance to the best of the band, in score units. For `SCORE_DISTANCE` only. */
  readonly distance?: number | null;
}

/** Bands where no number is given. */
export const DEFAULT_BANDS = 5;
/** Most bands. */
export const MAX_BANDS = 100;

/** A band and its cities. */
export interface BandRow extends Band {
  /** Best first. */
  readonly cityCodes: readonly string[];
}

/** Results that are kept, so that the rows of a page share one. */
const KEPT_RESULTS = 64;

/** What is kept from one request to the next. */
export class KeptBands {
  readonly bands = new LRUCache<string, Bands>({ max: KEPT_RESULTS });
  readonly ranks = new LRUCache<string, Float64Array>({ max: KEPT_RESULTS });
}

/** Bands of scores, and ranks within groups of cities. */
export class BandsService {
  constructor(
    private readonly budget: Budget,
    private readonly kept: KeptBands = new KeptBands(),
  ) {}

  /**
   * The bands that hold cities, best first.
   * @throws RequestError `BAD_INPUT` or `PARAMETER_NOT_USED` where the rule is not sound
   */
  bands(ranking: Ranking, request: BandRequest): BandRow[] {
    const { numbers, bands } = this.#bandsOf(ranking, request);
    const { order, cities } = ranking.result;
    const members = new Map(bands.map(({ number }) => [number, new Array<string>()]));
    for (const row of order) members.get(numbers[row] ?? 0)?.push(cities[row]?.code ?? '');
    return bands.map((band) => ({ ...band, cityCodes: members.get(band.number) ?? [] }));
  }

  /** Number of the band of the city at `row` of the ranking's cities; null where it has no score. */
  bandOfRow(ranking: Ranking, row: number, request: BandRequest): number | null {
    const number = this.#bandsOf(ranking, request).numbers[row] ?? 0;
    return number === 0 ? null : number;
  }

  /** Rank of the city at `row` among the ranked cities of its own group; null where it is in none. */
  rankInGroup(ranking: Ranking, row: number, by: CityGrouping): number | null {
    const { result, digest } = ranking;
    const key = `${digest} ${by}`;
    let ranks = this.kept.ranks.get(key);
    if (!ranks) {
      const { tree, nodes, cities, methodology } = result;
      ranks = ranksWithinGroups(
        scoresOf(ranking),
        cities.map(({ code }) => code),
        cities.map(({ groups }) => groups[by] ?? null),
        rankOptionsOf(methodology.rank, tree, nodes, tree.root),
      );
      this.kept.ranks.set(key, ranks);
    }
    const rank = ranks[row] ?? NaN;
    return Number.isNaN(rank) ? null : rank;
  }

  #bandsOf(ranking: Ranking, request: BandRequest): Bands {
    const rule = readRule(request);
    const key = `${ranking.digest} ${JSON.stringify(rule)}`;
    const { tree, nodes, order } = ranking.result;
    this.budget.checkBudgetOnce(`bands ${key}`, costOf(rule, order.length), 'cut into bands', 'count');
    const known = this.kept.bands.get(key);
    if (known) return known;
    const bands = bandsOf(scoresOf(ranking), rule, nodes.lowerIsBetter[tree.root] === true);
    this.kept.bands.set(key, bands);
    return bands;
  }
}

function scoresOf({ result: { nodes, tree } }: Ranking): Float64Array {
  return nodes.columns[tree.root] ?? new Float64Array(0);
}

/** Cell operations: natural breaks try every cut, the other rules are one pass. */
function costOf(rule: BandRule, n: number): number {
  return rule.method === 'NATURAL_BREAKS' ? rule.count * n * Math.log2(n + 2) : n;
}

function readRule({ method, count, distance }: BandRequest): BandRule {
  if (method === 'SCORE_DISTANCE') {
    if (count != null) throw notUsed('count', count, 'SCORE_DISTANCE has `distance`');
    if (distance == null)
      throw refuse('BAD_INPUT', 'distance', distance, 'The distance is missing.', 'a number of at least 0');
    return { method, distance };
  }
  if (distance != null) throw notUsed('distance', distance, `${method} has \`count\``);
  return { method, count: count ?? DEFAULT_BANDS };
}

function notUsed(path: string, value: number, allowed: string): RequestError {
  return refuse('PARAMETER_NOT_USED', path, value, 'The method does not use this parameter.', allowed);
}
