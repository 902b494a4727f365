import type { City, FrameworkNode, Indicator } from '../entities';
import {
  decomposeGap,
  rankOptionsOf,
  ranksWithinGroups,
  strengthsAndWeaknesses,
  type ClosestWeights,
  type FavourableWeights,
  type GapMethod,
  type RankingComparison,
  type WeightSpace,
} from '../scoring';
import { cityOf, finiteOrNull, frameworkNodeOf } from './city-rows';
import { Once } from './once';
import { topDown } from './ranking-view';
import type { Ranking } from './ranking.service';

/** An indicator's part in something that the indicators add up to. */
export interface IndicatorPart {
  readonly indicator: Indicator;
  readonly value: number;
}

/** The parts of the leaves below a node, largest in absolute value first. */
export function partRows({ data, result }: Ranking, node: number, parts: Float64Array): IndicatorPart[] {
  const { tree, indicators } = result;
  const within = new Set(leavesOf(tree, node));
  return tree.leaves
    .flatMap((leaf, slot): IndicatorPart[] => {
      const indicator = data.indicators.get(indicators[slot]?.code ?? '');
      return indicator && within.has(leaf) ? [{ indicator, value: parts[slot] ?? 0 }] : [];
    })
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

function leavesOf(tree: Ranking['result']['tree'], node: number): number[] {
  const children = tree.nodes[node]?.children ?? [];
  return children.length === 0 ? [node] : children.flatMap((child) => leavesOf(tree, child));
}

/** A city at one node, beside the others. */
export interface CityAtNode {
  readonly city: City;
  /** Null where it has no score there. */
  readonly score: number | null;
  readonly rank: number | null;
  /** Among the ranked cities of its tier; null where it has no tier or score. */
  readonly rankInTier: number | null;
  readonly rankInProvince: number | null;
  /** Score less the first compared city's; null where either has none. */
  readonly gap: number | null;
}

type Group = 'TIER' | 'PROVINCE';

/** Ranks among some of the cities are read when asked for. */
class PlaceAtNode implements CityAtNode {
  constructor(
    readonly city: City,
    readonly score: number | null,
    readonly rank: number | null,
    readonly gap: number | null,
    private readonly row: number,
    private readonly ranksWithin: (by: Group) => Float64Array,
  ) {}

  get rankInTier(): number | null {
    return finiteOrNull(this.ranksWithin('TIER')[this.row]);
  }

  get rankInProvince(): number | null {
    return finiteOrNull(this.ranksWithin('PROVINCE')[this.row]);
  }
}

/** One node, all compared cities. */
export interface NodeComparison {
  readonly node: string;
  readonly frameworkNode: FrameworkNode;
  readonly depth: number;
  readonly lowerIsBetter: boolean;
  readonly cities: readonly CityAtNode[];
}

/** A city's place in one indicator. */
export interface StandingRow {
  readonly indicator: Indicator;
  readonly rank: number;
  readonly of: number;
  readonly value: number;
  readonly deviations: number | null;
}

/** A gap between two cities, split into indicators. */
export interface GapRow {
  readonly city: City;
  readonly other: City;
  readonly frameworkNode: FrameworkNode;
  readonly gap: number;
  readonly method: GapMethod;
  readonly orders: number | null;
  readonly undefinedExchanges: number;
  readonly parts: readonly IndicatorPart[];
}

/** Cities that a city's strengths are told against. */
export const PEER_GROUPS = ['ALL', 'TIER', 'PROVINCE'] as const;
/** One of {@link PEER_GROUPS}. */
export type PeerGroup = (typeof PEER_GROUPS)[number];

/** One compared city. */
export class ComparedCity {
  constructor(
    private readonly ranking: Ranking,
    private readonly row: number,
    readonly city: City,
  ) {}

  get rank(): number | null {
    return finiteOrNull(this.ranking.result.ranks[this.row]);
  }

  get score(): number | null {
    const { nodes, tree } = this.ranking.result;
    return finiteOrNull(nodes.columns[tree.root]?.[this.row]);
  }

  /** The indicators with its best and worst ranks among its peers. */
  standings(peers: PeerGroup, count: number, kind: 'strengths' | 'weaknesses'): StandingRow[] {
    const { result, data } = this.ranking;
    const own = result.cities[this.row]?.groups[peers] ?? null;
    const members = result.cities.flatMap((city, i) =>
      peers === 'ALL' || (own !== null && city.groups[peers] === own) ? [i] : [],
    );
    return strengthsAndWeaknesses(result, this.row, members, count)[kind].flatMap(
      ({ leaf, rank, of, value, deviations }): StandingRow[] => {
        const indicator = data.indicators.get(result.indicators[leaf]?.code ?? '');
        return indicator ? [{ indicator, rank, of, value, deviations: finiteOrNull(deviations) }] : [];
      },
    );
  }
}

/** Cities side by side. */
export class CityComparison {
  readonly cities: readonly ComparedCity[];

  constructor(
    readonly ranking: Ranking,
    private readonly rows: readonly number[],
  ) {
    this.cities = rows.map((row) => new ComparedCity(ranking, row, this.#city(row)));
  }

  /** Every node from the root down. */
  @Once
  get nodes(): NodeComparison[] {
    const { result } = this.ranking;
    const codes = result.cities.map(({ code }) => code);
    return topDown(result.tree).map(({ node, index }) => {
      const column = result.nodes.columns[index] ?? new Float64Array(0);
      const lowerIsBetter = result.nodes.lowerIsBetter[index] === true;
      const known = new Map<Group, Float64Array>();
      // Made when somebody asks: they cost more than all else here.
      const ranksWithin = (by: Group): Float64Array => {
        const ranks =
          known.get(by) ??
          ranksWithinGroups(
            column,
            codes,
            result.cities.map(({ groups }) => groups[by] ?? null),
            rankOptionsOf(result.methodology.rank, result.tree, result.nodes, index),
          );
        known.set(by, ranks);
        return ranks;
      };
      const first = column[this.rows[0] ?? -1] ?? NaN;
      return {
        node: node.code,
        frameworkNode: frameworkNodeOf(this.ranking, node.code),
        depth: node.depth,
        lowerIsBetter,
        cities: this.rows.map((row) => {
          const score = column[row] ?? NaN;
          const rank = finiteOrNull(result.rankOfNode(index)[row]);
          const gap = finiteOrNull(score - first);
          return new PlaceAtNode(this.#city(row), finiteOrNull(score), rank, gap, row, ranksWithin);
        }),
      };
    });
  }

  /** The first city's gap to each of the others at a node, split into indicators. */
  gapsAt(node: number): GapRow[] {
    const [first, ...others] = this.rows;
    const { result } = this.ranking;
    if (first === undefined) return [];
    return others.flatMap((other): GapRow[] => {
      const split = decomposeGap(result, node, first, other);
      if (split === null) return [];
      const { gap, method, orders, undefinedExchanges, parts } = split;
      return [
        {
          city: this.#city(first),
          other: this.#city(other),
          frameworkNode: frameworkNodeOf(this.ranking, result.tree.nodes[node]?.code ?? ''),
          gap,
          method,
          orders: finiteOrNull(orders),
          undefinedExchanges,
          parts: partRows(this.ranking, node, parts),
        },
      ];
    });
  }

  #city(row: number): City {
    return cityOf(this.ranking, this.ranking.result.cities[row]?.code ?? '');
  }
}

/** A city that both rankings place. */
export interface MoverRow {
  readonly city: City;
  readonly rankA: number;
  readonly rankB: number;
  readonly shift: number;
  readonly shiftAmongCommon: number;
}

/** How far two rankings agree. */
export interface RankingComparisonView {
  readonly n: number;
  readonly kendallTauB: number | null;
  readonly spearman: number | null;
  readonly pearsonOfScores: number | null;
  readonly rankBiasedOverlap: number | null;
  readonly meanShift: number | null;
  readonly largestShift: number | null;
  readonly common: readonly MoverRow[];
  readonly onlyA: readonly City[];
  readonly onlyB: readonly City[];
}

/** A comparison with cities in place of codes; a published city that the release lacks is passed over. */
export function rankingComparisonView(
  comparison: RankingComparison,
  cityByCode: (code: string) => City | undefined,
): RankingComparisonView {
  const cities = (codes: readonly string[]): City[] => codes.flatMap((code) => cityByCode(code) ?? []);
  return {
    n: comparison.common.length,
    kendallTauB: finiteOrNull(comparison.kendallTauB),
    spearman: finiteOrNull(comparison.spearman),
    pearsonOfScores: finiteOrNull(comparison.pearsonOfScores),
    rankBiasedOverlap: finiteOrNull(comparison.rankBiasedOverlap),
    meanShift: finiteOrNull(comparison.meanShift),
    largestShift: finiteOrNull(comparison.largestShift),
    common: comparison.common.flatMap(({ code, ...shift }): MoverRow[] => {
      const city = cityByCode(code);
      return city ? [{ city, ...shift }] : [];
    }),
    onlyA: cities(comparison.onlyA),
    onlyB: cities(comparison.onlyB),
  };
}

/** A city near another one. */
export interface PeerRow {
  readonly city: City;
  readonly distance: number;
  readonly rank: number;
  readonly score: number;
}

/** One part's weight, beside the nominal one. */
export interface PartWeight {
  readonly node: FrameworkNode;
  readonly weight: number;
  readonly nominal: number;
}

/** The weights of the parts under the root. */
export function weightRows(ranking: Ranking, space: WeightSpace, weights: Float64Array): PartWeight[] {
  return space.parts.map((part, k) => ({
    node: frameworkNodeOf(ranking, part),
    weight: weights[k] ?? 0,
    nominal: space.nominal[k] ?? 0,
  }));
}

/** A pair of cities as a published ranking orders it. */
export interface PairRow {
  readonly above: City;
  readonly below: City;
  /** For an impossible pair the largest lead; for a proof the multiplier. */
  readonly figure: number;
}

/** Where a city can stand among the compared ones. */
export interface RangeRow {
  readonly city: City;
  readonly published: number;
  readonly best: number;
  readonly worst: number;
  readonly outOfReach: boolean;
}

/** The weights that agree best with a published ranking. */
export interface ClosestWeightsView {
  readonly report: string;
  readonly year: number;
  readonly dimension: string;
  readonly n: number;
  readonly weights: readonly PartWeight[];
  readonly moved: number;
  readonly nominalTau: number | null;
  readonly tau: number | null;
  readonly pairs: number;
  readonly reversed: number;
  readonly fewestReversed: number;
  readonly impossiblePairs: readonly PairRow[];
  readonly proof: readonly PairRow[] | null;
  readonly ranges: readonly RangeRow[];
  readonly leftOut: readonly City[];
}

/** {@link ClosestWeights} with cities and nodes in place of indices. */
export function closestWeightsView(
  ranking: Ranking,
  space: WeightSpace,
  found: ClosestWeights,
  name: { readonly report: string; readonly year: number; readonly dimension: string },
  reached: number,
  leftOut: readonly City[],
): ClosestWeightsView {
  const city = (row: number): City => cityOf(ranking, ranking.result.cities[row]?.code ?? '');
  return {
    ...name,
    n: found.ranges.length,
    weights: weightRows(ranking, space, found.weights),
    moved: found.moved,
    nominalTau: finiteOrNull(found.nominalTau),
    tau: finiteOrNull(reached),
    pairs: found.pairs,
    reversed: found.reversed,
    fewestReversed: found.fewestReversed,
    impossiblePairs: found.impossible.map(({ above, below, largestLead }) => ({
      above: city(above),
      below: city(below),
      figure: largestLead,
    })),
    proof:
      found.infeasibility?.pairs.map(({ above, below, multiplier }) => ({
        above: city(above),
        below: city(below),
        figure: multiplier,
      })) ?? null,
    ranges: found.ranges.map(({ city: row, published, best, worst }) => ({
      city: city(row),
      published,
      best,
      worst,
      outOfReach: published < best || published > worst,
    })),
    leftOut,
  };
}

/** The best place that weights can give a city. */
export interface FavourableWeightsView {
  readonly city: City;
  readonly rank: number;
  readonly nominalRank: number;
  readonly bound: number;
  readonly exact: boolean;
  readonly weights: readonly PartWeight[];
  readonly moved: number;
  readonly alwaysAbove: readonly City[];
}

/** {@link FavourableWeights} with cities and nodes in place of indices. */
export function favourableWeightsView(
  ranking: Ranking,
  space: WeightSpace,
  row: number,
  found: FavourableWeights,
  reached: number,
): FavourableWeightsView {
  const city = (index: number): City => cityOf(ranking, ranking.result.cities[index]?.code ?? '');
  return {
    city: city(row),
    rank: reached,
    nominalRank: ranking.result.ranks[row] ?? NaN,
    bound: Math.min(found.bound, reached),
    exact: found.exact && found.rank === reached,
    weights: weightRows(ranking, space, found.weights),
    moved: found.moved,
    alwaysAbove: found.alwaysAbove.map(city),
  };
}
