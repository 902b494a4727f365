import { ValidateNested } from 'class-validator';
import { ArgsType, Field, InputType } from 'type-graphql';
import type { RobustnessRequest } from '../rankings/analyses';
import { RankingInput } from './ranking.inputs';
import { UncertaintyInput } from './robustness.inputs';
import { MultiverseArgs, RankBoundsArgs, RankReversalArgs, WeightStabilityArgs } from './sensitivity.inputs';
import { OneAtATimeInput, SobolInput } from './sobol.inputs';

const ONE = 'Null or left out: another one is asked for.';

/** Name of {@link RobustnessInput} in the schema. */
export const ROBUSTNESS_INPUT = 'RobustnessInput';

/** One analysis. */
@InputType(ROBUSTNESS_INPUT, { description: 'One analysis of a ranking: exactly one of these is given.' })
export class RobustnessInput implements RobustnessRequest {
  @Field(() => UncertaintyInput, { nullable: true, description: `As the field \`uncertainty\`. ${ONE}` })
  @ValidateNested()
  uncertainty?: UncertaintyInput | null;

  @Field(() => MultiverseArgs, { nullable: true, description: `As the field \`multiverse\`. ${ONE}` })
  @ValidateNested()
  multiverse?: MultiverseArgs | null;

  @Field(() => RankBoundsArgs, { nullable: true, description: `As the field \`rankBounds\`. ${ONE}` })
  @ValidateNested()
  rankBounds?: RankBoundsArgs | null;

  @Field(() => RankReversalArgs, { nullable: true, description: `As the field \`rankReversals\`. ${ONE}` })
  @ValidateNested()
  rankReversals?: RankReversalArgs | null;

  @Field(() => WeightStabilityArgs, { nullable: true, description: `As the field \`weightStability\`. ${ONE}` })
  @ValidateNested()
  weightStability?: WeightStabilityArgs | null;

  @Field(() => SobolInput, { nullable: true, description: `As the field \`sobol\`. ${ONE}` })
  @ValidateNested()
  sobol?: SobolInput | null;

  @Field(() => OneAtATimeInput, { nullable: true, description: `As the field \`oneAtATime\`. ${ONE}` })
  @ValidateNested()
  oneAtATime?: OneAtATimeInput | null;
}

/** The analysis. */
@ArgsType()
export class EstimateArgs {
  @Field(() => RobustnessInput, { description: 'The analysis.' })
  @ValidateNested()
  input!: RobustnessInput;
}

/** What a job is to work out. */
@ArgsType()
export class StartRobustnessArgs {
  @Field(() => RankingInput, {
    nullable: true,
    description: 'What the ranking is made of. Null or left out: the default index.',
  })
  @ValidateNested()
  ranking?: RankingInput | null;

  @Field(() => RobustnessInput, { description: 'The analysis.' })
  @ValidateNested()
  input!: RobustnessInput;
}
