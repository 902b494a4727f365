import { Field, Float, InputType } from 'type-graphql';
import type { PEER_DISTANCES, PeersRequest, RankingSide, WeightLimits } from '../rankings/comparison.service';
import type { WeightLimit } from '../scoring';
import { PeerDistanceEnum } from './comparison.enums';
import { PublishedRankingChoiceInput, RankingInput } from './ranking.inputs';

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
  ranking?: RankingInput | null;

  @Field(() => PublishedRankingChoiceInput, {
    nullable: true,
    description: 'A published ranking of the release. Null or left out: the computed one.',
  })
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
  node!: string;

  @Field(() => Float, { description: 'Smallest share of the whole weight, 0 to 1.' })
  min!: number;

  @Field(() => Float, { description: 'Largest share of the whole weight, 0 to 1.' })
  max!: number;
}

/** Limits on weights. */
@InputType('WeightLimitsInput', {
  description: 'Limits on the weights of the parts that the root weighs, as shares that add to 1.',
})
export class WeightLimitsInput implements WeightLimits {
  @Field(() => Float, { nullable: true, description: 'Smallest share of every part. Null or left out: 0.' })
  min?: number | null;

  @Field(() => Float, { nullable: true, description: 'Largest share of every part. Null or left out: 1.' })
  max?: number | null;

  @Field(() => [WeightLimitInput], {
    nullable: true,
    description: 'Ranges of single parts, in place of the two above. Null or left out: none.',
  })
  nodes?: WeightLimitInput[] | null;
}
