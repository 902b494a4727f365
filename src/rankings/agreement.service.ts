import type { City, PublishedRanking, ReleaseData } from '../entities';
import { kendallTauB, spearman } from '../scoring';
import { finiteOrNull } from './city-rows';
import type { Ranking } from './ranking.service';
import { refuse } from './request-error';

/**
 * Which published ranking is meant; what is left out must follow from the rest, where several dimensions fit it is `overall`.
 * Null and absent mean the same.
 */
export interface PublishedRankingChoice {
  readonly report?: string | null;
  readonly year?: number | null;
  readonly dimension?: string | null;
}

/** A city's place in both rankings. */
export interface RankPair {
  readonly city: City;
  readonly computedRank: number;
  readonly publishedRank: number;
}

/** How far a computed ranking agrees with a published one on the cities in both. */
export interface Agreement {
  readonly report: string;
  readonly year: number;
  readonly dimension: string;
  /** Kendall's τ-b in [−1, 1]; null with fewer than two common cities or where either side ties them all. */
  readonly kendallTauB: number | null;
  /** Spearman's ρ in [−1, 1]; null as above. */
  readonly spearman: number | null;
  /** Cities in both. */
  readonly n: number;
  /** In order of the published rank, then of the computed rank. */
  readonly pairs: readonly RankPair[];
}

/** Compares a ranking with a published one of the same release. */
export class AgreementService {
  /**
   * The agreement on the cities that both rank.
   * @throws RequestError `NOT_FOUND` where no published ranking fits the choice, `BAD_INPUT` where several do.
   */
  compare(ranking: Ranking, choice: PublishedRankingChoice): Agreement {
    const published = findPublished(ranking.data, choice);
    const pairs = pairRanks(ranking, published.rows);
    const computedRanks = Float64Array.from(pairs, (pair) => pair.computedRank);
    const publishedRanks = Float64Array.from(pairs, (pair) => pair.publishedRank);
    return {
      ...published.name,
      kendallTauB: finiteOrNull(kendallTauB(computedRanks, publishedRanks)),
      spearman: finiteOrNull(spearman(computedRanks, publishedRanks)),
      n: pairs.length,
      pairs,
    };
  }
}

/** Dimension of a report's whole ranking. */
const OVERALL = 'overall';

/** What a published ranking is named by. */
export interface PublishedName {
  readonly report: string;
  readonly year: number;
  readonly dimension: string;
}

/**
 * The one published ranking of a release that fits a choice.
 * @param path where the choice stands in the arguments
 * @throws RequestError `NOT_FOUND` where none fits, `BAD_INPUT` where several do.
 */
export function findPublished(
  data: ReleaseData,
  choice: PublishedRankingChoice,
  path = 'with',
): { readonly name: PublishedName; readonly rows: readonly PublishedRanking[] } {
  const byName = new Map<string, { name: PublishedName; rows: PublishedRanking[] }>();
  for (const row of data.publishedRankings) {
    const name = { report: row.report, year: row.year, dimension: row.dimension };
    const key = JSON.stringify([row.report, row.year, row.dimension]);
    const group = byName.get(key);
    if (group) group.rows.push(row);
    else byName.set(key, { name, rows: [row] });
  }
  const groups = [...byName.values()];
  const named = groups.filter(
    ({ name }) =>
      (choice.report == null || choice.report === name.report) &&
      (choice.year == null || choice.year === name.year) &&
      (choice.dimension == null || choice.dimension === name.dimension),
  );
  const overall = named.filter(({ name }) => name.dimension === OVERALL);
  const fitting = overall.length > 0 && choice.dimension == null ? overall : named;
  const [only] = fitting;
  if (only && fitting.length === 1) return only;
  const listed = (only ? fitting : groups)
    .slice(0, 10)
    .map(
      ({ name }) =>
        `{ report: ${JSON.stringify(name.report)}, year: ${String(name.year)}, dimension: ${JSON.stringify(name.dimension)} }`,
    )
    .join('; ');
  throw only
    ? refuse('BAD_INPUT', path, choice, 'Several published rankings fit.', `one of them alone: ${listed}`)
    : refuse(
        'NOT_FOUND',
        path,
        choice,
        'No published ranking fits.',
        listed === '' ? 'none, since the release has none' : `such as ${listed}`,
      );
}

function pairRanks({ data, result }: Ranking, rows: readonly PublishedRanking[]): RankPair[] {
  const rankOf = new Map(result.cities.map((city, index) => [city.code, result.ranks[index] ?? NaN]));
  return rows
    .flatMap((row) => {
      const city = data.cities.get(row.cityCode);
      const computedRank = rankOf.get(row.cityCode) ?? NaN;
      return city && !Number.isNaN(computedRank) ? [{ city, computedRank, publishedRank: row.rank }] : [];
    })
    .sort((a, b) => a.publishedRank - b.publishedRank || a.computedRank - b.computedRank);
}
