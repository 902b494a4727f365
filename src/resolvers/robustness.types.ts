import { Field, Float, ObjectType } from 'type-graphql';
import type { PercentileRow, RankShareRow, ShareRow, SpreadRow } from '../rankings/robustness-view';

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

  @Field(() => DrawSpreadType, { description: 'Its score over the draws.' })
  score!: SpreadRow;

  @Field(() => [RankShareType], {
    description: 'The ranks that it had in any draw, best first: the rank acceptability indices of SMAA.',
  })
  rankDistribution!: RankShareRow[];
}

/** An analysis. */
@ObjectType('Uncertainty', {
  description: 'How ranks and scores move when weights and data are drawn again and again (Monte Carlo).',
})
export class UncertaintyType {}

/** Analyses of one ranking. */
@ObjectType('Robustness', { description: 'How much of a ranking is the data, and how much the choices made.' })
export class RobustnessType {}
