import { Field, Float, Int, ObjectType } from 'type-graphql';
import { City, FrameworkNode, Indicator } from '../entities';
import type {
  CityAtNode,
  ClosestWeightsView,
  ComparedCity,
  FavourableWeightsView,
  GapRow,
  IndicatorPart,
  MoverRow,
  NodeComparison,
  PairRow,
  PartWeight,
  PeerRow,
  RangeRow,
  StandingRow,
} from '../rankings/comparison-view';
import type { Ranking } from '../rankings/ranking.service';
import type { GapMethod } from '../scoring';
import { GapMethodEnum } from './comparison.enums';
import { RankingType } from './ranking.types';

/** What one indicator adds to or takes from a figure that the indicators add up to. */
@ObjectType('IndicatorPart', {
  description: 'What one indicator adds to or takes from a figure that the indicators add up to.',
  simpleResolvers: true,
})
export class IndicatorPartType implements IndicatorPart {
  @Field(() => Indicator, { description: 'The indicator.' })
  indicator!: Indicator;

  @Field(() => Float, { description: 'Its part, in the unit of the figure.' })
  value!: number;
}

/** A compared city at one node. */
@ObjectType('CityAtNode', { description: 'A compared city at one node.', simpleResolvers: true })
export class CityAtNodeType implements CityAtNode {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => Float, {
    nullable: true,
    description: 'Its score there; for a leaf, the normalised value. Null when it has none.',
  })
  score!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Its rank there among all scored cities. Null when it has no score there.',
  })
  rank!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Its rank there among the scored cities of its tier. Null when it has no tier or no score there.',
  })
  rankInTier!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Its rank there among the scored cities of its province. Null when it has no province or no score there.',
  })
  rankInProvince!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Its score less that of the first compared city. Null when either has none.',
  })
  gap!: number | null;
}

/** One node of the index, with every compared city. */
@ObjectType('NodeComparison', {
  description: 'One node of the index, with every compared city.',
  simpleResolvers: true,
})
export class NodeComparisonType implements NodeComparison {
  @Field(() => String, { description: 'Code of the node.' })
  node!: string;

  @Field(() => FrameworkNode, { description: 'The node.' })
  frameworkNode!: FrameworkNode;

  @Field(() => Int, { description: 'How deep the node is; 0 for the root.' })
  depth!: number;

  @Field(() => Boolean, { description: 'Whether a low score is good there, as under VIKOR.' })
  lowerIsBetter!: boolean;

  @Field(() => [CityAtNodeType], { description: 'The compared cities, in the order asked for.' })
  cities!: readonly CityAtNode[];
}

/** A city's place in one indicator among its peers. */
@ObjectType('Standing', { description: "A city's place in one indicator among its peers.", simpleResolvers: true })
export class StandingType implements StandingRow {
  @Field(() => Indicator, { description: 'The indicator.' })
  indicator!: Indicator;

  @Field(() => Int, {
    description:
      'Rank of the normalised value among the peers that have one; 1 is the best, ties share the better rank.',
  })
  rank!: number;

  @Field(() => Int, { description: 'Number of peers with a value, the city included.' })
  of!: number;

  @Field(() => Float, { description: 'The normalised value.' })
  value!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Distance from the peers' mean in their standard deviations. Null when the peers do not differ.",
  })
  deviations!: number | null;
}

/** The gap between the scores of two cities at a node, split into indicators. */
@ObjectType('GapDecomposition', {
  description: 'The gap between the scores of two cities at a node, split into indicators.',
  simpleResolvers: true,
})
export class GapDecompositionType implements GapRow {
  @Field(() => City, { description: 'The first city.' })
  city!: City;

  @Field(() => City, { description: 'The second city.' })
  other!: City;

  @Field(() => FrameworkNode, { description: 'The node.' })
  frameworkNode!: FrameworkNode;

  @Field(() => Float, { description: 'Score of the first city less that of the second.' })
  gap!: number;

  @Field(() => GapMethodEnum, { description: 'How it was split.' })
  method!: GapMethod;

  @Field(() => Int, {
    nullable: true,
    description: 'Orders of exchange that were sampled; 0 for a closed form. Null when all orders count.',
  })
  orders!: number | null;

  @Field(() => Int, {
    description:
      'Exchanges after which one of the cities had no sound score; each was taken to lie as far along as its share of the indicators.',
  })
  undefinedExchanges!: number;

  @Field(() => [IndicatorPartType], { description: "The indicators' parts, largest first; they add to the gap." })
  parts!: readonly IndicatorPart[];
}

/** One of the compared cities. */
@ObjectType('ComparedCity', { description: 'One of the compared cities.' })
export class ComparedCityType {
  @Field(() => City, { simple: true, description: 'The city.' })
  city!: City;

  @Field(() => Float, {
    simple: true,
    nullable: true,
    description: 'Its rank. Null never occurs, since only ranked cities are compared.',
  })
  rank!: number | null;

  @Field(() => Float, {
    simple: true,
    nullable: true,
    description: 'Its score. Null never occurs, since only ranked cities are compared.',
  })
  score!: number | null;
}

/** Cities side by side. */
@ObjectType('CityComparison', { description: 'Cities side by side.' })
export class CityComparisonType {
  @Field(() => RankingType, { simple: true, description: 'The ranking that they are compared in.' })
  ranking!: Ranking;

  @Field(() => [ComparedCityType], { simple: true, description: 'The cities, in the order asked for.' })
  cities!: readonly ComparedCity[];

  @Field(() => [NodeComparisonType], {
    simple: true,
    description: 'Every node of the index from the root down, parents before their children.',
  })
  nodes!: readonly NodeComparison[];
}

/** A city in both rankings. */
@ObjectType('Mover', { description: 'A city in both rankings.', simpleResolvers: true })
export class MoverType implements MoverRow {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => Float, { description: 'Its rank in the first ranking.' })
  rankA!: number;

  @Field(() => Float, { description: 'Its rank in the second ranking.' })
  rankB!: number;

  @Field(() => Float, { description: 'First rank less second: above 0 where the second ranking places it better.' })
  shift!: number;

  @Field(() => Float, { description: 'The same after both rankings are renumbered among the cities in both.' })
  shiftAmongCommon!: number;
}

/** How far two rankings agree. */
@ObjectType('RankingComparison', { description: 'How far two rankings agree.' })
export class RankingComparisonType {
  @Field(() => Int, { simple: true, description: 'Number of cities in both.' })
  n!: number;

  @Field(() => Float, {
    simple: true,
    nullable: true,
    description:
      "Kendall's tau-b of the ranks of the cities in both, -1 to 1. Null with fewer than two, or when one side ties them all.",
  })
  kendallTauB!: number | null;

  @Field(() => Float, {
    simple: true,
    nullable: true,
    description: "Spearman's rank correlation of the same. Null as for `kendallTauB`.",
  })
  spearman!: number | null;

  @Field(() => Float, {
    simple: true,
    nullable: true,
    description:
      "Pearson's correlation of the scores of the cities that have one in both, turned so that more is better. Null as for `kendallTauB`, and when either has no scores.",
  })
  pearsonOfScores!: number | null;

  @Field(() => Float, {
    simple: true,
    nullable: true,
    description:
      'Extrapolated rank-biased overlap of the whole lists (Webber, Moffat and Zobel 2010), 0 to 1: how far the tops agree. Null when either is empty.',
  })
  rankBiasedOverlap!: number | null;

  @Field(() => Float, {
    simple: true,
    nullable: true,
    description: 'Mean of the absolute shifts among the cities in both. Null without such cities.',
  })
  meanShift!: number | null;

  @Field(() => Float, {
    simple: true,
    nullable: true,
    description: 'Largest absolute shift among the cities in both. Null without such cities.',
  })
  largestShift!: number | null;

  @Field(() => [City], { simple: true, description: 'Cities in the first ranking only.' })
  onlyA!: readonly City[];

  @Field(() => [City], { simple: true, description: 'Cities in the second ranking only.' })
  onlyB!: readonly City[];
}

/** A city near another one. */
@ObjectType('Peer', { description: 'A city near another one.', simpleResolvers: true })
export class PeerType implements PeerRow {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => Float, { description: 'How far it is, in the measure asked for.' })
  distance!: number;

  @Field(() => Float, { description: 'Its rank; only ranked cities are peers.' })
  rank!: number;

  @Field(() => Float, { description: 'Its score.' })
  score!: number;
}

/** The weight of one part under the root, as a share. */
@ObjectType('PartWeight', { description: 'The weight of one part under the root, as a share.', simpleResolvers: true })
export class PartWeightType implements PartWeight {
  @Field(() => FrameworkNode, { name: 'frameworkNode', simple: false, description: 'The part.' })
  node!: FrameworkNode;

  @Field(() => Float, { description: 'The weight found; all add to 1.' })
  weight!: number;

  @Field(() => Float, { description: 'Its weight in the ranking.' })
  nominal!: number;
}

/** Two cities of which a published ranking places the first above the second. */
@ObjectType('PublishedPair', {
  description: 'Two cities of which a published ranking places the first above the second.',
  simpleResolvers: true,
})
export class PublishedPairType implements PairRow {
  @Field(() => City, { description: 'The city that is published above.' })
  above!: City;

  @Field(() => City, { description: 'The city that is published below.' })
  below!: City;

  @Field(() => Float, {
    description:
      'In `impossiblePairs`: the largest lead of the first city that any weights give, at most 0, in the scale on which the root adds up. In `proof`: the multiplier of the pair.',
  })
  figure!: number;
}

/** Where a city can stand among the compared cities. */
@ObjectType('AttainableRange', {
  description: 'Where a city can stand among the compared cities.',
  simpleResolvers: true,
})
export class AttainableRangeType implements RangeRow {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => Int, { description: 'Its published place among the compared cities.' })
  published!: number;

  @Field(() => Int, { description: 'No weights within the limits place it better than this.' })
  best!: number;

  @Field(() => Int, { description: 'No weights within the limits place it worse than this.' })
  worst!: number;

  @Field(() => Boolean, {
    description: 'Whether the published place is outside of that range, so that no weights give it.',
  })
  outOfReach!: boolean;
}

/** The weights under which the index agrees best with a published ranking. */
@ObjectType('ClosestWeights', {
  description: 'The weights under which the index agrees best with a published ranking.',
  simpleResolvers: true,
})
export class ClosestWeightsType implements ClosestWeightsView {
  @Field(() => String, { description: 'Title of the report.' })
  report!: string;

  @Field(() => Int, { description: 'Year that the report describes.' })
  year!: number;

  @Field(() => String, { description: 'Part of the report that is compared.' })
  dimension!: string;

  @Field(() => Int, { description: 'Cities that are compared.' })
  n!: number;

  @Field(() => [PartWeightType], {
    description: 'The weights, of those that order as many pairs right the nearest to the nominal ones.',
  })
  weights!: readonly PartWeight[];

  @Field(() => Float, { description: 'Share of the weight that was moved from the nominal weights, 0 to 1.' })
  moved!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Kendall's tau-b with the published ranking at the nominal weights. Null when the published ranking ties all.",
  })
  nominalTau!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The same of the ranking that was run with the weights found. Null when the published ranking ties all.',
  })
  tau!: number | null;

  @Field(() => Int, { description: 'Pairs of cities that the published ranking orders.' })
  pairs!: number;

  @Field(() => Int, { description: 'Of these, pairs that the weights found order otherwise.' })
  reversed!: number;

  @Field(() => Int, {
    description:
      'No weights within the limits order fewer pairs otherwise; equal to `reversed` where that is proven the best.',
  })
  fewestReversed!: number;

  @Field(() => [PublishedPairType], { description: 'Pairs that no weights within the limits order as published.' })
  impossiblePairs!: readonly PairRow[];

  @Field(() => [PublishedPairType], {
    nullable: true,
    description:
      'Proof that no weights give the published order as a whole: multipliers of pairs, adding to 1, under which the sum of the leads is at most 0 for all weights (Farkas). Null when some weights do give it.',
  })
  proof!: readonly PairRow[] | null;

  @Field(() => [AttainableRangeType], { description: 'Where each compared city can stand.' })
  ranges!: readonly RangeRow[];

  @Field(() => [City], {
    description: 'Published cities that are not compared, since they are not ranked or lack a part.',
  })
  leftOut!: readonly City[];
}

/** The best rank that weights can give a city. */
@ObjectType('FavourableWeights', { description: 'The best rank that weights can give a city.', simpleResolvers: true })
export class FavourableWeightsType implements FavourableWeightsView {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => Float, { description: 'Its rank at the nominal weights.' })
  nominalRank!: number;

  @Field(() => Float, { description: 'The best rank found, from a ranking that was run with `weights`.' })
  rank!: number;

  @Field(() => Float, { description: 'No weights within the limits give a better rank.' })
  bound!: number;

  @Field(() => Boolean, {
    description:
      'Whether `rank` is proven the best, not counting leads of less than 1e-8 of the largest distance between cities.',
  })
  exact!: boolean;

  @Field(() => [PartWeightType], { description: 'Weights that give it, as near to the nominal ones as may be.' })
  weights!: readonly PartWeight[];

  @Field(() => Float, { description: 'Share of the weight that was moved from the nominal weights, 0 to 1.' })
  moved!: number;

  @Field(() => [City], { description: 'Cities that stand above it under all weights within the limits.' })
  alwaysAbove!: readonly City[];
}
