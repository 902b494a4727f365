import type { City, ReleaseData } from '../entities';
import {
  closestWeights,
  compareRankings,
  completeCities,
  distanceKm,
  favourableWeights,
  kendallTauB,
  leastGapCost,
  nearest,
  pipelineCost,
  profileDistances,
  runPipeline,
  shapeDistances,
  standardised,
  weightSpaceOf,
  withWeights,
  type RankedList,
  type RankingResult,
  type WeightLimit,
  type WeightSpace,
} from '../scoring';
import { findPublished, type PublishedRankingChoice } from './agreement.service';
import { cityOf, nodeOfCode, rowOfCity } from './city-rows';
import {
  CityComparison,
  closestWeightsView,
  favourableWeightsView,
  rankingComparisonView,
  type ClosestWeightsView,
  type ComparedCity,
  type FavourableWeightsView,
  type GapRow,
  type MoverRow,
  type PeerGroup,
  type PeerRow,
  type RankingComparisonView,
  type StandingRow,
} from './comparison-view';
import { cityCount, panelRunOf, type Ranking, type RankingRequest, type RankingService } from './ranking.service';
import { refuse } from './request-error';

/** Most cities that are compared side by side. */
export const MAX_COMPARED_CITIES = 10;
/** Most strengths, weaknesses or peers that are listed. */
export const MAX_LISTED_STANDINGS = 50;
/** Persistence of the rank-biased overlap where none is given: the first ten ranks carry most of the weight. */
export const DEFAULT_PERSISTENCE = 0.9;

/** One side of a comparison of rankings. Null and absent mean the same. */
export interface RankingSide {
  readonly ranking?: RankingRequest | null;
  readonly published?: PublishedRankingChoice | null;
}

/** Ways to measure how near a city is. */
export const PEER_DISTANCES = ['PROFILE', 'SHAPE', 'INDICATORS', 'GROUND'] as const;

/** Who counts as a peer. Null and absent mean the same. */
export interface PeersRequest {
  readonly distance?: (typeof PEER_DISTANCES)[number] | null;
  readonly indicators?: readonly string[] | null;
  readonly sameTier?: boolean | null;
  readonly sameProvince?: boolean | null;
}

/** Limits on the weights of the parts under the root. Null and absent mean the same. */
export interface WeightLimits {
  readonly min?: number | null;
  readonly max?: number | null;
  readonly nodes?: readonly WeightLimit[] | null;
}

/** Compares cities with one another, and rankings with one another. */
export class ComparisonService {
  constructor(private readonly rankings: RankingService) {}

  /**
   * Cities side by side.
   * @param codes different ones
   * @throws RequestError where a code is not of a ranked city
   */
  async compareCities(codes: readonly string[], request: RankingRequest): Promise<CityComparison> {
    const ranking = await this.rankings.rank(request);
    return new CityComparison(
      ranking,
      codes.map((code, i) => rowOfCity(ranking, code, `codes[${String(i)}]`)),
    );
  }

  /** The first city's gaps to the others at a node, the root for null. */
  gaps(comparison: CityComparison, node: string | null | undefined): GapRow[] {
    const { ranking, cities } = comparison;
    const index = nodeOfCode(ranking, node, 'node');
    this.rankings.checkBudget((cities.length - 1) * leastGapCost(ranking.result, index), 'splitting of gaps');
    return comparison.gapsAt(index);
  }

  /** The indicators in which a compared city stands best or worst. */
  standings(city: ComparedCity, peers: PeerGroup, count: number, kind: 'strengths' | 'weaknesses'): StandingRow[] {
    return city.standings(peers, count, kind);
  }

  /** Two rankings, computed or published. */
  async compareRankings(a: RankingSide, b: RankingSide, persistence: number): Promise<RankingComparisonView> {
    const [left, right] = [await this.#side(a, 'a'), await this.#side(b, 'b')];
    return rankingComparisonView(
      compareRankings(left.list, right.list, persistence),
      (code) => left.data.cities.get(code) ?? right.data.cities.get(code),
    );
  }

  /** The cities in both that move most. */
  movers({ common }: RankingComparisonView, count: number): MoverRow[] {
    return [...common].sort((x, y) => Math.abs(y.shiftAmongCommon) - Math.abs(x.shiftAmongCommon)).slice(0, count);
  }

  /** The nearest cities. */
  async peers(code: string, by: PeersRequest, request: RankingRequest, count: number): Promise<PeerRow[]> {
    const ranking = await this.rankings.rank(request);
    const row = rowOfCity(ranking, code, 'city');
    const { cities, nodes, tree, ranks } = ranking.result;
    const distances = distancesFrom(ranking, row, by);
    const own = cities[row]?.groups;
    const alike = (grouping: string, i: number): boolean =>
      own?.[grouping] != null && cities[i]?.groups[grouping] === own[grouping];
    const eligible = distances.map((distance, i) =>
      Number.isNaN(ranks[i] ?? NaN) ||
      (by.sameTier === true && !alike('TIER', i)) ||
      (by.sameProvince === true && !alike('PROVINCE', i))
        ? NaN
        : distance,
    );
    return nearest(eligible, count).map((i) => ({
      city: cityOf(ranking, cities[i]?.code ?? ''),
      distance: eligible[i] ?? NaN,
      rank: ranks[i] ?? NaN,
      score: nodes.columns[tree.root]?.[i] ?? NaN,
    }));
  }

  /** The weights under which the index agrees best with a published ranking. */
  async closestWeights(
    choice: PublishedRankingChoice,
    limits: WeightLimits,
    request: RankingRequest,
  ): Promise<ClosestWeightsView> {
    const { ranking, space, rerank } = await this.#weights(limits, request);
    const published = findPublished(ranking.data, choice, 'published');
    const rankOf = new Map(published.rows.map((line) => [line.cityCode, line.rank]));
    const rows = completeCities(space).filter((row) => rankOf.has(ranking.result.cities[row]?.code ?? ''));
    if (rows.length < 2)
      throw refuse(
        'NO_DATA',
        'published',
        choice,
        'Fewer than two of its cities are ranked.',
        'a ranking of more cities',
      );
    const ranks = Float64Array.from(rows, (row) => rankOf.get(ranking.result.cities[row]?.code ?? '') ?? NaN);
    const found = closestWeights(space, rows, ranks);
    const again = rerank(found.weights);
    const compared = new Set(rows.map((row) => ranking.result.cities[row]?.code));
    return closestWeightsView(
      ranking,
      space,
      found,
      published.name,
      kendallTauB(
        Float64Array.from(rows, (row) => again.ranks[row] ?? NaN),
        ranks,
      ),
      published.rows.flatMap((line): City[] => {
        const city = compared.has(line.cityCode) ? undefined : ranking.data.cities.get(line.cityCode);
        return city ? [city] : [];
      }),
    );
  }

  /** The best rank that weights within limits can give a city. */
  async favourableWeights(code: string, limits: WeightLimits, request: RankingRequest): Promise<FavourableWeightsView> {
    const { ranking, space, rerank } = await this.#weights(limits, request);
    const row = rowOfCity(ranking, code, 'city');
    if (!completeCities(space).includes(row))
      throw refuse('NO_DATA', 'city', code, 'The city lacks a part that the root weighs.', 'a city with every part');
    const found = favourableWeights(space, row);
    return favourableWeightsView(ranking, space, row, found, rerank(found.weights).ranks[row] ?? NaN);
  }

  async #weights(
    { min, max, nodes }: WeightLimits,
    request: RankingRequest,
  ): Promise<{
    readonly ranking: Ranking;
    readonly space: WeightSpace;
    readonly rerank: (weights: Float64Array) => RankingResult;
  }> {
    const plan = await this.rankings.plan(request);
    const ranking = this.rankings.run(plan);
    // The ranking by the weights that are found.
    this.rankings.checkBudget(pipelineCost(plan.recipe, plan.tree, cityCount(plan)), 'search for weights');
    const space = weightSpaceOf(ranking.result, {
      ...(min != null && { min }),
      ...(max != null && { max }),
      ...(nodes != null && { limits: nodes }),
    });
    return {
      ranking,
      space,
      rerank: (weights) =>
        runPipeline({
          ...panelRunOf(plan),
          methodology: { ...plan.recipe, weight: withWeights(ranking.result, space, weights) },
        }),
    };
  }

  async #side(side: RankingSide, path: string): Promise<{ readonly list: RankedList; readonly data: ReleaseData }> {
    const { published } = side;
    if (published == null) {
      const ranking = await this.rankings.rank(side.ranking ?? {});
      return { list: listOf(ranking), data: ranking.data };
    }
    if (side.ranking?.recipe != null || side.ranking?.methodology != null)
      throw refuse(
        'BAD_INPUT',
        path,
        side,
        'The side names both a ranking to compute and a published one.',
        'one of `ranking` and `published`; with `published`, `ranking` may name the release only',
      );
    const { data } = await this.rankings.plan({ release: side.ranking?.release ?? null });
    const { rows } = findPublished(data, published, `${path}.published`);
    return {
      data,
      list: {
        codes: rows.map((line) => line.cityCode),
        ranks: Float64Array.from(rows, (line) => line.rank),
        scores: Float64Array.from(rows, (line) => line.score ?? NaN),
      },
    };
  }
}

function listOf({ result }: Ranking): RankedList {
  const { order, cities, ranks, nodes, tree } = result;
  return {
    codes: Array.from(order, (row) => cities[row]?.code ?? ''),
    ranks: Float64Array.from(order, (row) => ranks[row] ?? NaN),
    scores: Float64Array.from(order, (row) => nodes.columns[tree.root]?.[row] ?? NaN),
    lowerIsBetter: nodes.lowerIsBetter[tree.root] === true,
  };
}

function distancesFrom(ranking: Ranking, row: number, by: PeersRequest): Float64Array {
  const { tree, nodes, cities } = ranking.result;
  const normalised = tree.leaves.map((leaf) => nodes.columns[leaf] ?? new Float64Array(0));
  const distance = by.distance ?? 'PROFILE';
  if (by.indicators != null && distance !== 'INDICATORS')
    throw refuse(
      'PARAMETER_NOT_USED',
      'by.indicators',
      by.indicators,
      `${distance} reads no list of indicators.`,
      'distance INDICATORS',
    );
  switch (distance) {
    case 'PROFILE':
      return profileDistances(normalised, row);
    case 'SHAPE':
      return shapeDistances(normalised, row);
    case 'INDICATORS':
      return profileDistances(standardised(namedColumns(ranking, by.indicators)), row);
    case 'GROUND': {
      const places = cities.map(({ code }) => cityOf(ranking, code));
      const own = places[row];
      return Float64Array.from(places, (place, i) =>
        i === row || own?.latitude == null || own.longitude == null || place.latitude == null || place.longitude == null
          ? NaN
          : distanceKm(
              { latitude: own.latitude, longitude: own.longitude },
              { latitude: place.latitude, longitude: place.longitude },
            ),
      );
    }
  }
}

function namedColumns({ result }: Ranking, named: readonly string[] | null | undefined): Float64Array[] {
  const { indicators, stages, cities } = result;
  const n = cities.length;
  if (named == null || named.length === 0)
    throw refuse('BAD_INPUT', 'by.indicators', named, 'No indicator is named.', 'at least one indicator of the index');
  return named.map((code, i) => {
    const j = indicators.findIndex((indicator) => indicator.code === code);
    if (j < 0 || !stages)
      throw refuse(
        'NOT_FOUND',
        `by.indicators[${String(i)}]`,
        code,
        'The index has no such indicator.',
        `one of ${indicators.map((indicator) => indicator.code).join(', ')}`,
      );
    return stages.treated.slice(j * n, (j + 1) * n);
  });
}
