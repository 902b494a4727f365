import { ValidateNested } from 'class-validator';
import { ArgsType, Field, Float, InputType, Int } from 'type-graphql';
import {
  MAX_ALTERNATIVES,
  type ChoiceProbabilities,
  type LeaveOutRequest,
  type LeftOutRequest,
} from '../rankings/choices';
import {
  MAX_REQUEST_DRAWS,
  WEIGHT_DRAWS,
  type LevelWeightDrawRequest,
  type UncertaintyRequest,
  type WeightDrawParameters,
  type WeightDrawRequest,
} from '../rankings/uncertainty-analysis';
import type { CitiesRequest } from '../rankings/robustness-view';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../rankings/page';
import { monteCarlo } from '../scoring';
import { PageArgs } from './connection';
import { defineEnum } from './enums';
import { AboveZero, Code, Codes, EachCode, Items, PageSize, RealNumber, WholeNumber, WithoutRepeats } from './rules';
import { ChoicesInput } from './sensitivity.inputs';

/** Ways to draw weights. */
export const WeightDrawEnum = defineEnum<(typeof WEIGHT_DRAWS)[number]>(
  'WeightDraw',
  'How the weights of siblings are drawn.',
  {
    DIRICHLET: 'Dirichlet around the weights of the recipe, the closer the larger `concentration`.',
    SIMPLEX: 'Every division among siblings is equally likely, whatever the weights of the recipe.',
    SHARE: 'Each weight of the recipe up to `share` of it more or less, evenly, before siblings are made to add to 1.',
  },
);

/** Ways in which observed values vary. */
export const NoiseDistributionEnum = defineEnum<monteCarlo.DataNoise['distribution']>(
  'NoiseDistribution',
  'How observed values vary.',
  {
    NORMAL:
      'Normal: stored bounds are the ends of a 95 % interval, `share` is a standard deviation relative to the value.',
    UNIFORM: 'Even: between stored bounds, or up to `share` of the value either way.',
  },
);

const HIGHEST_LEVEL = 100;

/** What a distribution of weights reads besides its name. */
@InputType({ description: 'What a distribution of weights reads besides its name.' })
abstract class WeightDrawParametersInput implements WeightDrawParameters {
  @Field(() => Float, {
    nullable: true,
    description:
      'For DIRICHLET, which needs it: above 0; the larger, the closer to the recipe. Null or left out: none.',
  })
  @AboveZero(1e9, 'concentration')
  concentration?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'For SHARE, which needs it: above 0, at most 1. Null or left out: none.',
  })
  @AboveZero(1, 'share')
  share?: number | null;
}

/** How the weights under the nodes of one level are drawn. */
@InputType({ description: 'How the weights under the nodes of one level are drawn.' })
export class LevelWeightDrawInput extends WeightDrawParametersInput implements LevelWeightDrawRequest {
  @Field(() => Int, {
    description: "Level of the nodes whose children's weights are drawn; 1 is the nodes just above the indicators.",
  })
  @WholeNumber(1, HIGHEST_LEVEL, 'level')
  level!: number;

  @Field(() => WeightDrawEnum, { description: 'The distribution.' })
  method!: (typeof WEIGHT_DRAWS)[number];
}

/** How weights are drawn. */
@InputType({
  description:
    'How weights are drawn: by one `method`, or `byLevel`. Weights that are not drawn stay as in the recipe.',
})
export class WeightDrawInput extends WeightDrawParametersInput implements WeightDrawRequest {
  @Field(() => WeightDrawEnum, {
    nullable: true,
    description: 'The distribution. Null or left out: `byLevel` is given in its place.',
  })
  method?: (typeof WEIGHT_DRAWS)[number] | null;

  @Field(() => [Int], {
    nullable: true,
    description:
      "For `method`: levels of the nodes whose children's weights are drawn; 1 is the nodes just above the indicators. Null or left out: all.",
  })
  @Items('levels', HIGHEST_LEVEL, 1)
  levels?: number[] | null;

  @Field(() => [LevelWeightDrawInput], {
    nullable: true,
    description:
      'A rule of its own for each level whose weights are drawn, each level once; nothing else is given beside it. Null or left out: `method` holds.',
  })
  @Items('rules', HIGHEST_LEVEL, 1)
  @ValidateNested({ each: true })
  byLevel?: LevelWeightDrawInput[] | null;
}

/** How observed values vary. */
@InputType({ description: 'How observed values vary, each by itself and never across 0. Gaps stay gaps.' })
export class NoiseInput implements monteCarlo.DataNoise {
  @Field(() => NoiseDistributionEnum, { defaultValue: 'NORMAL', description: 'The distribution.' })
  distribution!: monteCarlo.DataNoise['distribution'];

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether the bounds stored with observations are used where there are any.',
  })
  useBounds!: boolean;

  @Field(() => Float, {
    defaultValue: 0,
    description:
      'For values without bounds: 0 to 1 of the value; 0 leaves them as they were observed, which is refused where nothing varies then.',
  })
  @RealNumber(0, 1, 'share')
  share!: number;
}

const PROBABILITIES = 'adding to 1, in the order of `choices`. Null or left out: all alternatives alike.';

/** Probabilities by stage. */
@InputType({ description: 'How likely the alternatives of each stage are.' })
export class ChoiceProbabilitiesInput implements ChoiceProbabilities {
  @Field(() => [Float], { nullable: true, description: `Of imputation, ${PROBABILITIES}` })
  @Items('probabilities', MAX_ALTERNATIVES, 1)
  impute?: number[] | null;

  @Field(() => [Float], { nullable: true, description: `Of treatment, ${PROBABILITIES}` })
  @Items('probabilities', MAX_ALTERNATIVES, 1)
  treat?: number[] | null;

  @Field(() => [Float], { nullable: true, description: `Of normalisation, ${PROBABILITIES}` })
  @Items('probabilities', MAX_ALTERNATIVES, 1)
  normalise?: number[] | null;

  @Field(() => [Float], { nullable: true, description: `Of weighting, ${PROBABILITIES}` })
  @Items('probabilities', MAX_ALTERNATIVES, 1)
  weight?: number[] | null;

  @Field(() => [Float], { nullable: true, description: `Of aggregation, ${PROBABILITIES}` })
  @Items('probabilities', MAX_ALTERNATIVES, 1)
  aggregate?: number[] | null;
}

const LEFT_OUT = 'a node that is left out has a weight of 0. Screening, treatment and normalisation stay as with it.';

/** What is left out, each by itself. */
@InputType({ description: `Nodes that are left out, each by itself; ${LEFT_OUT}` })
export class LeftOutInput implements LeftOutRequest {
  @Field(() => [String], { nullable: true, description: 'Codes of the nodes. Null or left out: every indicator.' })
  @Items('nodes', 'indicatorCodes', 1)
  @EachCode()
  @WithoutRepeats()
  nodes?: string[] | null;
}

/** What is left out at random. */
@InputType({ description: `Leaves out one node, each of them equally likely; ${LEFT_OUT}` })
export class LeaveOutInput extends LeftOutInput implements LeaveOutRequest {
  @Field(() => Float, { defaultValue: 0, description: 'Probability that nothing is left out, 0 to 1.' })
  @RealNumber(0, 1, 'probability')
  keepAll!: number;
}

/** What varies. */
@InputType({
  description:
    'What varies in an uncertainty analysis, and what it is to find. Something must vary: weights, values, or choices.',
})
export class UncertaintyInput implements UncertaintyRequest {
  @Field(() => Float, {
    defaultValue: 1,
    description: 'A whole number from 0 to 2^53 - 1. The same seed gives the same answer to the last bit.',
  })
  @WholeNumber(0, Number.MAX_SAFE_INTEGER, 'seed')
  seed!: number;

  // How many a request and a job may ask for are limits of their own.
  @Field(() => Int, {
    defaultValue: 1000,
    description: `Number of draws, 2 to ${String(MAX_REQUEST_DRAWS)}, and to ${String(monteCarlo.MAX_DRAWS)} in a job.`,
  })
  @WholeNumber(2, monteCarlo.MAX_DRAWS, 'number of draws')
  draws!: number;

  @Field(() => WeightDrawInput, {
    nullable: true,
    description: 'How weights are drawn. Null or left out: they stay as in the recipe.',
  })
  @ValidateNested()
  weights?: WeightDrawInput | null;

  @Field(() => NoiseInput, {
    nullable: true,
    description: 'How observed values vary. Null or left out: they stay as observed.',
  })
  @ValidateNested()
  noise?: NoiseInput | null;

  @Field(() => ChoicesInput, {
    nullable: true,
    description:
      'Alternatives of stages of the recipe; a draw takes one of each. Weights are drawn around those of the weighting that it takes. Null or left out: the recipe stays as it is.',
  })
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
    description: 'Which nodes are left out, one in each draw. Null or left out: none.',
  })
  @ValidateNested()
  leaveOut?: LeaveOutInput | null;

  @Field(() => [Float], {
    defaultValue: [0.05, 0.5, 0.95],
    description: `Percentiles of rank and score, as shares from 0 to 1; at most ${String(monteCarlo.MAX_PERCENTILES)}.`,
  })
  @Items('percentiles', monteCarlo.MAX_PERCENTILES)
  percentiles!: number[];

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Whether to count how often each city is above each other, which `tiers`, `pairs` and `probabilityAbove` need.',
  })
  pairs!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Whether to find the weights that speak for each city, which `acceptability` needs. Up to twice the cost.',
  })
  acceptability!: boolean;
}

/** The analysis. */
@ArgsType()
export class UncertaintyArgs {
  @Field(() => UncertaintyInput, { description: 'What varies.' })
  @ValidateNested()
  input!: UncertaintyInput;
}

/** Which cities of an analysis. */
@ArgsType()
export class UncertainCitiesArgs extends PageArgs implements CitiesRequest {
  @Field(() => [String], { nullable: true, description: 'Codes of cities. Null or left out: all of the analysis.' })
  @Codes('city codes', 'codes')
  codes?: string[] | null;
}

/** Which cities are compared. */
@ArgsType()
export class PairMatrixArgs {
  @Field(() => [String], {
    nullable: true,
    description: `Codes of the cities, at most ${String(MAX_PAGE_SIZE)}. Null or left out: the first by rank.`,
  })
  @Codes('city codes', 'pageSize')
  codes?: string[] | null;

  @Field(() => Int, {
    defaultValue: DEFAULT_PAGE_SIZE,
    description: `How many of the first cities where no codes are given, 1 to ${String(MAX_PAGE_SIZE)}.`,
  })
  @PageSize('number of cities')
  first!: number;
}

/** Two cities. */
@ArgsType()
export class PairArgs {
  @Field(() => String, { description: 'Code of a city.' })
  @Code()
  city!: string;

  @Field(() => String, { description: 'Code of the city that it is compared with.' })
  @Code()
  other!: string;
}

/** Which weights. */
@ArgsType()
export class CentralWeightsArgs {
  @Field(() => [String], {
    nullable: true,
    description: 'Codes of nodes. Null or left out: every node below the root.',
  })
  @Codes('nodes', 'indicatorCodes')
  nodes?: string[] | null;
}
