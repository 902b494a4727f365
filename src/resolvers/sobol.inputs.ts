import { ValidateNested } from 'class-validator';
import { ArgsType, Field, Float, InputType, Int } from 'type-graphql';
import type { WeightRangeRequest } from '../rankings/choices';
import { MAX_RESAMPLES, MAX_SOBOL_ROWS, type OneAtATimeRequest, type SobolRequest } from '../rankings/sobol-analysis';
import { SOBOL_LEVEL, SOBOL_RESAMPLES } from '../scoring';
import { ChoiceProbabilitiesInput, LeaveOutInput, LeftOutInput, NoiseInput } from './robustness.inputs';
import { AboveZero, EachCode, Inside, Items, WholeNumber } from './rules';
import { ChoicesInput } from './sensitivity.inputs';

/** Most groups of weights of one analysis. */
const MAX_RANGES = 20;

/** Weights that vary by a share. */
@InputType({ description: 'Weights that vary, each by itself, before siblings are made to add to 1.' })
export class WeightRangeInput implements WeightRangeRequest {
  @Field(() => Float, { description: 'Up to this share of the weight more or less; above 0, at most 1.' })
  @AboveZero(1, 'share')
  share!: number;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of the nodes. Null or left out: every node that has siblings.',
  })
  @Items('nodes', 'indicatorCodes', 1)
  @EachCode()
  nodes?: string[] | null;
}

const WEIGHTS = 'Weights that vary; a node is named once. Null or left out: they stay as in the recipe.';
const CHOICES = 'Alternatives of stages of the recipe. Null or left out: the recipe stays as it is.';

/** What varies, and how finely variance is shared out. */
@InputType({
  description:
    'What variance is shared out among: stages, a node left out, weights, and noise on the data, all independent of each other.',
})
export class SobolInput implements SobolRequest {
  @Field(() => ChoicesInput, { nullable: true, description: CHOICES })
  @ValidateNested()
  choices?: ChoicesInput | null;

  @Field(() => ChoiceProbabilitiesInput, {
    nullable: true,
    description: 'How likely the alternatives are. Null or left out: all of a stage alike.',
  })
  @ValidateNested()
  probabilities?: ChoiceProbabilitiesInput | null;

  @Field(() => LeaveOutInput, {
    nullable: true,
    description: 'Which node is left out, as one choice more. Null or left out: none.',
  })
  @ValidateNested()
  leaveOut?: LeaveOutInput | null;

  @Field(() => [WeightRangeInput], { nullable: true, description: `${WEIGHTS} Evenly within their ranges.` })
  @Items('groups of weights', MAX_RANGES)
  @ValidateNested()
  weights?: WeightRangeInput[] | null;

  @Field(() => NoiseInput, {
    nullable: true,
    description:
      'How observed values vary, that of all values together one input more. Weights from the data stay those of the data as observed. Null or left out: values stay as observed.',
  })
  @ValidateNested()
  noise?: NoiseInput | null;

  @Field(() => Int, {
    defaultValue: 500,
    description: `Rows N of the design, 2 to ${String(MAX_SOBOL_ROWS)}; N (d + 2) rankings for d inputs.`,
  })
  @WholeNumber(2, MAX_SOBOL_ROWS, 'number of rows')
  rows!: number;

  @Field(() => Float, {
    defaultValue: 1,
    description:
      'Of the design and of the resamples: a whole number from 0 to 2^53 - 1. The same seed gives the same answer to the last bit.',
  })
  @WholeNumber(0, Number.MAX_SAFE_INTEGER, 'seed')
  seed!: number;

  @Field(() => Int, {
    defaultValue: SOBOL_RESAMPLES,
    description: `Bootstrap resamples of the rows, 1 to ${String(MAX_RESAMPLES)}.`,
  })
  @WholeNumber(1, MAX_RESAMPLES, 'number of resamples')
  resamples!: number;

  @Field(() => Float, { defaultValue: SOBOL_LEVEL, description: 'Level of the intervals, above 0 and below 1.' })
  @Inside(0, 1, 'level')
  level!: number;
}

/** The analysis. */
@ArgsType()
export class SobolArgs {
  @Field(() => SobolInput, { description: 'What varies.' })
  @ValidateNested()
  input!: SobolInput;
}

/** What is changed, each by itself. */
@InputType({ description: 'What is changed, each by itself: stages, nodes left out, and weights.' })
export class OneAtATimeInput implements OneAtATimeRequest {
  @Field(() => ChoicesInput, { nullable: true, description: CHOICES })
  @ValidateNested()
  choices?: ChoicesInput | null;

  @Field(() => LeftOutInput, { nullable: true, description: 'Which nodes are left out. Null or left out: none.' })
  @ValidateNested()
  leaveOut?: LeftOutInput | null;

  @Field(() => [WeightRangeInput], { nullable: true, description: `${WEIGHTS} Each is taken at both ends.` })
  @Items('groups of weights', MAX_RANGES)
  @ValidateNested()
  weights?: WeightRangeInput[] | null;
}

/** The screening. */
@ArgsType()
export class OneAtATimeArgs {
  @Field(() => OneAtATimeInput, { description: 'What is changed.' })
  @ValidateNested()
  input!: OneAtATimeInput;
}
