import { ValidateNested } from 'class-validator';
import { ArgsType, Field, Float, InputType, Int } from 'type-graphql';
import type { PeerGroup } from '../rankings/comparison-view';
import {
  DEFAULT_PERSISTENCE,
  MAX_COMPARED_CITIES,
  MAX_LISTED_STANDINGS,
  type PEER_DISTANCES,
  type PeersRequest,
  type RankingSide,
  type WeightLimits,
} from '../rankings/comparison.service';
import type { WeightLimit } from '../scoring';
import { PeerDistanceEnum, PeerGroupEnum } from './comparison.enums';
import { PublishedRankingChoiceInput, RankingInput } from './ranking.inputs';
import { Code, Codes, EachCode, Inside, Items, RealNumber, WholeNumber, WithoutRepeats } from './rules';

/** One side of a comparison of rankings. */
@InputType('RankingSideInput', {
  description: 'One side of a comparison: a ranking to compute, or a published one. Neither: the default ranking.',
})
export class RankingSideInput implements RankingSide {
  @Field(() => RankingInput, {
    nullable: true,
    description:
      'What the ranking is to be made of; beside `published`, only its `release` is read. Null or left out: the default.',
  })
  @ValidateNested()
  ranking?: RankingInput | null;

  @Field(() => PublishedRankingChoiceInput, {
    nullable: true,
    description: 'A published ranking of the release. Null or left out: the computed one.',
  })
  @ValidateNested()
  published?: PublishedRankingChoiceInput | null;
}

/** Who counts as a peer. */
@InputType('PeersInput', { description: 'Who counts as a peer, and how near is measured.' })
export class PeersInput implements PeersRequest {
  @Field(() => PeerDistanceEnum, { nullable: true, description: 'The measure. Null or left out: PROFILE.' })
  distance?: (typeof PEER_DISTANCES)[number] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of the indicators, for the measure INDICATORS alone. Null or left out: none.',
  })
  @Codes('indicator codes', 'indicatorCodes')
  indicators?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Only cities of the same tier. Null or left out: false.' })
  sameTier?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Only cities of the same province. Null or left out: false.' })
  sameProvince?: boolean | null;
}

/** Limits on one part's weight. */
@InputType('WeightLimitInput', { description: "The range of one part's weight." })
export class WeightLimitInput implements WeightLimit {
  @Field(() => String, { description: 'Code of the part: a node that the root weighs.' })
  @Code()
  node!: string;

  @Field(() => Float, { description: 'Smallest share of the whole weight, 0 to 1.' })
  @RealNumber(0, 1, 'share')
  min!: number;

  @Field(() => Float, { description: 'Largest share of the whole weight, 0 to 1.' })
  @RealNumber(0, 1, 'share')
  max!: number;
}

/** Limits on weights. */
@InputType('WeightLimitsInput', {
  description: 'Limits on the weights of the parts that the root weighs, as shares that add to 1.',
})
export class WeightLimitsInput implements WeightLimits {
  @Field(() => Float, { nullable: true, description: 'Smallest share of every part. Null or left out: 0.' })
  @RealNumber(0, 1, 'share')
  min?: number | null;

  @Field(() => Float, { nullable: true, description: 'Largest share of every part. Null or left out: 1.' })
  @RealNumber(0, 1, 'share')
  max?: number | null;

  @Field(() => [WeightLimitInput], {
    nullable: true,
    description: 'Ranges of single parts, in place of the two above. Null or left out: none.',
  })
  @Items('nodes', 'indicatorCodes')
  @ValidateNested()
  nodes?: WeightLimitInput[] | null;
}

/** Which cities are compared. */
@ArgsType()
export class CompareCitiesArgs {
  @Field(() => [String], { description: 'Codes of the cities; gaps are told from the first.' })
  @EachCode()
  @WithoutRepeats()
  @Items('different city codes', MAX_COMPARED_CITIES, 2)
  codes!: string[];
}

/** Which rankings are compared. */
@ArgsType()
export class CompareRankingsArgs {
  @Field(() => RankingSideInput, { description: 'The first ranking.' })
  @ValidateNested()
  a!: RankingSideInput;

  @Field(() => RankingSideInput, { description: 'The second ranking.' })
  @ValidateNested()
  b!: RankingSideInput;

  @Field(() => Float, {
    defaultValue: DEFAULT_PERSISTENCE,
    description:
      'The p of the rank-biased overlap, above 0 and below 1: the first 1 / (1 - p) ranks carry most of the weight.',
  })
  @Inside(0, 1, 'persistence')
  persistence!: number;
}

/** How many of a list. */
@ArgsType()
export class CountArgs {
  @Field(() => Int, { defaultValue: 5, description: `How many, 1 to ${String(MAX_LISTED_STANDINGS)}.` })
  @WholeNumber(1, MAX_LISTED_STANDINGS, 'number')
  first!: number;
}

/** How many indicators, and against whom. */
@ArgsType()
export class StandingArgs extends CountArgs {
  @Field(() => PeerGroupEnum, { defaultValue: 'ALL', description: 'Whom it is compared with.' })
  peers!: PeerGroup;
}

/** Whose peers, and how many. */
@ArgsType()
export class PeersArgs extends CountArgs {
  @Field(() => String, { description: 'Code of the city.' })
  @Code()
  city!: string;

  @Field(() => PeersInput, {
    nullable: true,
    description: 'Who counts, and how near is measured. Null or left out: all cities, by profile.',
  })
  @ValidateNested()
  by?: PeersInput | null;
}

/** Limits on weights. */
@ArgsType()
export class WeightLimitsArgs {
  @Field(() => WeightLimitsInput, {
    nullable: true,
    description: 'Limits on the weights. Null or left out: any weights.',
  })
  @ValidateNested()
  limits?: WeightLimitsInput | null;
}

/** Which published ranking is to be met, within which limits. */
@ArgsType()
export class ClosestWeightsArgs extends WeightLimitsArgs {
  @Field(() => PublishedRankingChoiceInput, { description: 'The published ranking.' })
  @ValidateNested()
  published!: PublishedRankingChoiceInput;
}

/** Which city is to be favoured, within which limits. */
@ArgsType()
export class FavourableWeightsArgs extends WeightLimitsArgs {
  @Field(() => String, { description: 'Code of the city.' })
  @Code()
  city!: string;
}
