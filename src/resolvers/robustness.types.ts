import { Field, Float, Int, ObjectType } from 'type-graphql';
import type {
  AcceptabilityRow,
  CentralWeightRow,
  ConfidenceRow,
  PairMatrix,
  PercentileColumn,
  PercentileRow,
  RankShareRow,
  ShareColumns,
  ShareRow,
  SpreadColumns,
  SpreadRow,
} from '../rankings/robustness-view';
import { makeConnection } from './connection';

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
export class CityAcceptabilityType implements Omit<AcceptabilityRow, 'centralWeights'> {
  @Field(() => Int, { description: 'Draws in which it came first, alone or in a tie.' })
  firstDraws!: number;

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

/** A page of cities. */
export const CityUncertaintyConnection = makeConnection(
  CityUncertaintyType,
  'CityUncertainty',
  'cities of an analysis',
);

const PARALLEL = 'in the order of `cityCodes`';
const NULL_ITEM = 'An item is null when the city was ranked in no draw.';

/** A percentile of all cities. */
@ObjectType('DrawPercentileColumn', { description: 'A percentile of all cities.', simpleResolvers: true })
export class DrawPercentileColumnType implements PercentileColumn {
  @Field(() => Float, { description: 'Which percentile, as a share from 0 to 1.' })
  share!: number;

  @Field(() => [Float], { nullable: 'items', description: `Type-7 quantiles, ${PARALLEL}. ${NULL_ITEM}` })
  values!: readonly (number | null)[];

  @Field(() => [Float], {
    nullable: 'items',
    description: `Their Monte Carlo standard errors. An item is null also when the share is 0 or 1.`,
  })
  errors!: readonly (number | null)[];
}

/** A figure of all cities. */
@ObjectType('DrawSpreadColumns', { description: 'How a figure of all cities spreads.', simpleResolvers: true })
export class DrawSpreadColumnsType implements SpreadColumns {
  @Field(() => [Float], { nullable: 'items', description: `Means, ${PARALLEL}. ${NULL_ITEM}` })
  means!: readonly (number | null)[];

  @Field(() => [Float], { nullable: 'items', description: `Monte Carlo standard errors of the means. ${NULL_ITEM}` })
  meanErrors!: readonly (number | null)[];

  @Field(() => [Float], { nullable: 'items', description: `Standard deviations over the draws. ${NULL_ITEM}` })
  deviations!: readonly (number | null)[];

  @Field(() => [Float], { nullable: 'items', description: `Medians. ${NULL_ITEM}` })
  medians!: readonly (number | null)[];

  @Field(() => [Float], { nullable: 'items', description: `Monte Carlo standard errors of the medians. ${NULL_ITEM}` })
  medianErrors!: readonly (number | null)[];

  @Field(() => [DrawPercentileColumnType], { description: 'The percentiles that were asked for, in that order.' })
  percentiles!: readonly PercentileColumn[];
}

/** Shares of draws of all cities. */
@ObjectType('DrawShareColumns', { description: 'Shares of the draws of all cities.', simpleResolvers: true })
export class DrawShareColumnsType implements ShareColumns {
  @Field(() => [Float], { description: `The shares, ${PARALLEL}, 0 to 1.` })
  values!: readonly number[];

  @Field(() => [Float], { description: 'Their Monte Carlo standard errors, above 0 also where all draws agree.' })
  errors!: readonly number[];
}

/** All cities as parallel lists. */
@ObjectType('UncertaintyColumns', {
  description: 'What the draws say of all cities, as parallel lists.',
  simpleResolvers: true,
})
export class UncertaintyColumnsType {
  @Field(() => [String], {
    description: 'Codes of the cities by their ranks as the recipe stands, unranked ones last.',
  })
  cityCodes!: readonly string[];

  @Field(() => [Float], {
    nullable: 'items',
    description: `Ranks by the recipe as it stands, ${PARALLEL}. An item is null when the city is unranked there.`,
  })
  nominalRanks!: readonly (number | null)[];

  @Field(() => [Int], { description: 'Draws in which each was ranked.' })
  rankedDraws!: readonly number[];

  @Field(() => DrawSpreadColumnsType, { description: 'Ranks over the draws.' })
  rank!: SpreadColumns;

  @Field(() => DrawSpreadColumnsType, { description: 'Scores over the draws.' })
  score!: SpreadColumns;
}

/** Probabilities between cities. */
@ObjectType('PairMatrix', {
  description: 'For every two cities, the probability that the one of the row is above the one of the column.',
  simpleResolvers: true,
})
export class PairMatrixType implements PairMatrix {
  @Field(() => [String], { description: 'Codes of the cities, of the rows as of the columns, best first.' })
  cityCodes!: readonly string[];

  @Field(() => [[Float]], {
    description: 'The probabilities, row by row; ties count half, a city is at 0.5 with itself.',
  })
  values!: readonly (readonly number[])[];

  @Field(() => [[Float]], { description: 'Their Monte Carlo standard errors, as if there were no ties.' })
  errors!: readonly (readonly number[])[];
}

/** An analysis. */
@ObjectType('Uncertainty', {
  description: 'How ranks and scores move when weights, data and choices are drawn again and again (Monte Carlo).',
})
export class UncertaintyType {}

/** Analyses of one ranking. */
@ObjectType('Robustness', { description: 'How much of a ranking is the data, and how much the choices made.' })
export class RobustnessType {}
