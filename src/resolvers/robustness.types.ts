import { Field, Float, Int, ObjectType } from 'type-graphql';
import type {
  AcceptabilityRow,
  CentralWeightRow,
  ConfidenceRow,
  PercentileRow,
  RankShareRow,
  ShareRow,
  SpreadRow,
} from '../rankings/robustness-view';

const NEVER_RANKED = 'Null when the city was ranked in no draw.';

/** A share of draws. */
@ObjectType('DrawShare', { description: 'A share of the draws.', simpleResolvers: true })
export class DrawShareType implements ShareRow {
  @Field(() => Float, { description: 'The share, 0 to 1.' })
  value!: number;

  @Field(() => Float, { description: 'Its Monte Carlo standard error, which is above 0 also where all draws agree.' })
  error!: number;
}

/** A rank and how often it occurred. */
@ObjectType('RankShare', {
  description: 'A rank, with the share of the draws in which a city had it.',
  simpleResolvers: true,
})
export class RankShareType extends DrawShareType implements RankShareRow {
  @Field(() => Float, { description: 'The rank. Ties may make it end in .5.' })
  rank!: number;
}

/** A percentile. */
@ObjectType('DrawPercentile', { description: 'A percentile over the draws.', simpleResolvers: true })
export class DrawPercentileType implements PercentileRow {
  @Field(() => Float, { description: 'Which percentile, as a share from 0 to 1.' })
  share!: number;

  @Field(() => Float, { nullable: true, description: `The type-7 quantile. ${NEVER_RANKED}` })
  value!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Its Monte Carlo standard error. Null when the share is 0 or 1, of which no number of draws tells it.',
  })
  error!: number | null;
}

/** A figure over the draws. */
@ObjectType('DrawSpread', { description: 'How a figure of a city spreads over the draws.', simpleResolvers: true })
export class DrawSpreadType implements SpreadRow {
  @Field(() => Float, { nullable: true, description: `The mean. ${NEVER_RANKED}` })
  mean!: number | null;

  @Field(() => Float, { nullable: true, description: `Monte Carlo standard error of the mean. ${NEVER_RANKED}` })
  meanError!: number | null;

  @Field(() => Float, { nullable: true, description: `Standard deviation over the draws. ${NEVER_RANKED}` })
  deviation!: number | null;

  @Field(() => Float, { nullable: true, description: `The median. ${NEVER_RANKED}` })
  median!: number | null;

  @Field(() => Float, { nullable: true, description: `Monte Carlo standard error of the median. ${NEVER_RANKED}` })
  medianError!: number | null;

  @Field(() => [DrawPercentileType], { description: 'The percentiles that were asked for, in that order.' })
  percentiles!: readonly PercentileRow[];
}

/** A weight that speaks for a city. */
@ObjectType('CentralWeight', {
  description: 'The mean weight of a node, as a share among its siblings, over the draws in which a city came first.',
  simpleResolvers: true,
})
export class CentralWeightType implements CentralWeightRow {
  @Field(() => String, { description: 'Code of the node.' })
  node!: string;

  @Field(() => Float, { description: 'The mean weight, 0 to 1.' })
  weight!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Its Monte Carlo standard error. Null when the city came first in one draw only, which does not tell it.',
  })
  error!: number | null;
}

/** A confidence factor. */
@ObjectType('ConfidenceFactor', {
  description: 'The probability that a city is first with its central weights, everything but weights drawn as asked.',
  simpleResolvers: true,
})
export class ConfidenceFactorType extends DrawShareType implements ConfidenceRow {
  @Field(() => Float, {
    description:
      'Its Monte Carlo standard error, the central weights taken as they were found; 0 where nothing but weights varies.',
  })
  declare error: number;

  @Field(() => Int, {
    description:
      'Draws that it was found from: those of the analysis shared out among the cities that came first; 1 where nothing but weights varies, since one ranking decides then.',
  })
  draws!: number;
}

/** Which weights speak for a city. */
@ObjectType('CityAcceptability', {
  description:
    'Which weights speak for a city (SMAA-2, Lahdelma and Salminen 2001). The rank acceptability indices are `rankDistribution`.',
  simpleResolvers: true,
})
export class CityAcceptabilityType implements AcceptabilityRow {
  @Field(() => Int, { description: 'Draws in which it came first, alone or in a tie.' })
  firstDraws!: number;

  @Field(() => [CentralWeightType], {
    nullable: true,
    description: 'The weights by which it comes first, on average. Null when it came first in no draw.',
  })
  centralWeights!: readonly CentralWeightRow[] | null;

  @Field(() => ConfidenceFactorType, {
    nullable: true,
    description: 'How surely it is first with those weights. Null when it came first in no draw.',
  })
  confidenceFactor!: ConfidenceRow | null;

  @Field(() => String, { nullable: true, description: 'Why there are no weights. Null when there are.' })
  reason!: string | null;
}

/** A city. */
@ObjectType('CityUncertainty', { description: 'What the draws say of one city.', simpleResolvers: true })
export class CityUncertaintyType {
  @Field(() => String, { description: 'Code of the city.' })
  cityCode!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'Its rank by the recipe as it stands. Null when it is unranked there.',
  })
  nominalRank!: number | null;

  @Field(() => DrawSpreadType, { description: 'Its rank over the draws.' })
  rank!: SpreadRow;

  @Field(() => DrawSpreadType, {
    description: 'Its score over the draws: of one scale only where every alternative of the choices has the same.',
  })
  score!: SpreadRow;

  @Field(() => [RankShareType], {
    description: 'The ranks that it had in any draw, best first: the rank acceptability indices of SMAA.',
  })
  rankDistribution!: RankShareRow[];

  @Field(() => CityAcceptabilityType, {
    nullable: true,
    description:
      'Which weights make it first. Null when it is refused, as where `acceptability` was not asked for; `errors` says why.',
  })
  acceptability!: AcceptabilityRow | null;
}

/** An analysis. */
@ObjectType('Uncertainty', {
  description: 'How ranks and scores move when weights, data and choices are drawn again and again (Monte Carlo).',
})
export class UncertaintyType {}

/** Analyses of one ranking. */
@ObjectType('Robustness', { description: 'How much of a ranking is the data, and how much the choices made.' })
export class RobustnessType {}
