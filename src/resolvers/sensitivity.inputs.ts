import { ArgsType, Field, Float, InputType, Int } from 'type-graphql';
import { ValidateNested } from 'class-validator';
import { MAX_ALTERNATIVES, type ChoicesRequest } from '../rankings/choices';
import {
  MAX_LISTED_REVERSALS,
  type BoundsRequest,
  type MultiverseRequest,
  type ReversalRequest,
  type StabilityRequest,
} from '../rankings/sensitivity-analyses';
import type { FillLimit, StabilityTarget } from '../scoring';
import { defineEnum } from './enums';
import {
  AggregationRuleInput,
  ImputationInput,
  NormalisationInput,
  TreatmentInput,
  WeightingInput,
} from './recipe.inputs';
import { ARGUMENT_LIMITS, Code, Codes, EachCode, Finite, Items, WholeNumber } from './rules';

/** What is to stay the same. */
export const StabilityTargetEnum = defineEnum<StabilityTarget['kind']>(
  'StabilityTarget',
  'What is to stay the same while a weight moves.',
  {
    PAIR: 'Which of two cities is above the other.',
    TOP: 'The set of the first `k` cities.',
    ORDER: 'The order of all cities.',
  },
);

/** Limits of fills without limits of their own. */
export const OtherLimitsEnum = defineEnum<NonNullable<BoundsRequest['otherLimits']>>(
  'FillLimits',
  'Limits of missing values whose indicator has none named.',
  {
    OBSERVED: "The range of the scored cities' values.",
    GOALPOSTS: "The indicator's own goalposts.",
  },
);

/** What a fill does to the statistics. */
export const FillStatisticsEnum = defineEnum<NonNullable<BoundsRequest['statistics']>>(
  'FillStatistics',
  'What filling a gap does to treatment and normalisation.',
  {
    HELD: 'Nothing: they stay as fitted on the observed values.',
    REFITTED: 'They are fitted anew, so that a fill may move the scores of other cities.',
  },
);

const LIST = `1 to ${String(MAX_ALTERNATIVES)} alternatives; the recipe's own takes part only when listed. Null or left out: as in the recipe.`;

/** Alternatives by stage. */
@InputType('ChoicesInput', { description: 'Ways in which the stages of a recipe could have been taken.' })
export class ChoicesInput implements ChoicesRequest {
  @Field(() => [ImputationInput], { nullable: true, description: `Imputation: ${LIST}` })
  @Items('alternatives', MAX_ALTERNATIVES, 1)
  impute?: Record<string, unknown>[] | null;

  @Field(() => [TreatmentInput], { nullable: true, description: `Treatment: ${LIST}` })
  @Items('alternatives', MAX_ALTERNATIVES, 1)
  treat?: Record<string, unknown>[] | null;

  @Field(() => [NormalisationInput], { nullable: true, description: `Normalisation: ${LIST}` })
  @Items('alternatives', MAX_ALTERNATIVES, 1)
  normalise?: Record<string, unknown>[] | null;

  @Field(() => [WeightingInput], { nullable: true, description: `Weighting: ${LIST}` })
  @Items('alternatives', MAX_ALTERNATIVES, 1)
  weight?: Record<string, unknown>[] | null;

  @Field(() => [[AggregationRuleInput]], {
    nullable: true,
    description: `Aggregation, each alternative a list of rules: ${LIST}`,
  })
  @Items('alternatives', MAX_ALTERNATIVES, 1)
  aggregate?: Record<string, unknown>[][] | null;
}

/** What is varied. */
@ArgsType()
@InputType('MultiverseInput', { description: 'What a multiverse varies.' })
export class MultiverseArgs implements MultiverseRequest {
  @Field(() => ChoicesInput, { description: 'The alternatives; every combination is ranked.' })
  @ValidateNested()
  choices!: ChoicesInput;
}

/** Which combinations. */
@ArgsType()
export class UniverseArgs {
  @Field(() => Int, { defaultValue: 0, description: 'Number of the first, from 0.' })
  @WholeNumber(0, 1_000_000, 'number')
  from!: number;

  @Field(() => Int, { defaultValue: 10, description: 'How many, 1 to 100.' })
  @WholeNumber(1, 100, 'number')
  count!: number;
}

/** What is to stay the same. */
@ArgsType()
@InputType('WeightStabilityInput', { description: 'What is to stay the same while a weight moves.' })
export class WeightStabilityArgs implements StabilityRequest {
  @Field(() => StabilityTargetEnum, { defaultValue: 'TOP', description: 'What is to stay the same.' })
  target!: StabilityTarget['kind'];

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of the two cities of a PAIR. Null or left out: none, as for the other targets.',
  })
  @Items('cities', 2, 2)
  @EachCode()
  cities?: string[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Number of first cities of a TOP. Null or left out: 1, the winner.',
  })
  // How many cities are ranked depends on the ranking, and is checked there.
  @WholeNumber(1, 1_000_000, 'number of first cities')
  k?: number | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of the nodes whose weight moves. Null or left out: all but the root.',
  })
  @Items('nodes', 'indicatorCodes', 1)
  @EachCode()
  nodes?: string[] | null;
}

/** Limits of one indicator. */
@InputType('FillLimitInput', { description: 'Limits within which missing values of an indicator may lie.' })
export class FillLimitInput implements FillLimit {
  @Field(() => String, { description: 'Code of the indicator.' })
  @Code()
  indicator!: string;

  @Field(() => Float, { description: "Smallest value, in the indicator's unit." })
  @Finite('value')
  low!: number;

  @Field(() => Float, { description: "Largest value, in the indicator's unit." })
  @Finite('value')
  high!: number;
}

/** How gaps may be filled. */
@ArgsType()
@InputType('RankBoundsInput', { description: 'How gaps may be filled.' })
export class RankBoundsArgs implements BoundsRequest {
  @Field(() => [FillLimitInput], { nullable: true, description: 'Limits by indicator. Null or left out: none.' })
  @ValidateNested()
  @Items('limits', 'indicatorCodes')
  limits?: FillLimitInput[] | null;

  @Field(() => OtherLimitsEnum, { defaultValue: 'OBSERVED', description: 'Limits of the other indicators.' })
  otherLimits!: NonNullable<BoundsRequest['otherLimits']>;

  @Field(() => FillStatisticsEnum, {
    defaultValue: 'HELD',
    description: 'What a fill does to treatment and normalisation. HELD when left out: tighter bounds, mostly exact.',
  })
  statistics!: NonNullable<BoundsRequest['statistics']>;
}

/** Which cities are left out. */
@ArgsType()
@InputType('RankReversalsInput', { description: 'Which cities are left out, each by itself.' })
export class RankReversalArgs implements ReversalRequest {
  @Field(() => [String], {
    nullable: true,
    description: 'Codes of the cities to leave out, each by itself. Null or left out: every scored city.',
  })
  @Items('cities', 'codes', 1)
  @EachCode()
  cities?: string[] | null;

  @Field(() => Int, {
    defaultValue: 10,
    description: `Most pairs listed for each, 0 to ${String(MAX_LISTED_REVERSALS)}.`,
  })
  @WholeNumber(0, MAX_LISTED_REVERSALS, 'number')
  listed!: number;
}

/** Which cities of an analysis. */
@ArgsType()
export class CityCodesArgs {
  @Field(() => [String], {
    nullable: true,
    description: `Codes of cities, at most ${String(ARGUMENT_LIMITS.codes)}. Null or left out: every scored city.`,
  })
  @Codes('city codes', 'codes')
  codes?: string[] | null;
}
