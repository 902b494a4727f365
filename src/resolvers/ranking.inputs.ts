import { ValidateNested } from 'class-validator';
import { ArgsType, Field, InputType, Int } from 'type-graphql';
import type { PublishedRankingChoice } from '../rankings/agreement.service';
import type { RankingRequest } from '../rankings/ranking.service';
import { CitySelectionInput } from './cities.inputs';
import { RecipeInput } from './recipe.inputs';
import { Code, Year } from './rules';

/** What a ranking is to be made of. */
@InputType('RankingInput', { description: 'What a ranking is to be made of; everything has a default.' })
export class RankingInput implements RankingRequest {
  @Field(() => String, {
    nullable: true,
    description:
      'Code of a saved methodology. Null or left out: `default`, or where a framework is named, the first that is written for it.',
  })
  @Code()
  methodology?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Code of a framework. Null or left out: that of the methodology.',
  })
  @Code()
  framework?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "The year to rank; short for `recipe.period.year`. Null or left out: the recipe's, else the latest.",
  })
  @Year()
  year?: number | null;

  @Field(() => String, { nullable: true, description: 'Version of a release. Null or left out: the current one.' })
  release?: string | null;

  @Field(() => CitySelectionInput, {
    nullable: true,
    description: 'Which cities are scored against one another. Null or left out: all of the release.',
  })
  @ValidateNested()
  cities?: CitySelectionInput | null;

  @Field(() => RecipeInput, {
    nullable: true,
    description: 'Parts of a recipe that replace those of the methodology. Null or left out: none.',
  })
  // Checked by the engine, with all that is wrong in it at once: a bundle's recipes go the same way.
  recipe?: Record<string, unknown> | null;
}

/** Which published ranking to compare with. */
@InputType('PublishedRankingChoiceInput', {
  description:
    'Which published ranking to compare with. What is left out must follow from the rest; where several dimensions fit, it is `overall`.',
})
export class PublishedRankingChoiceInput implements PublishedRankingChoice {
  @Field(() => String, { nullable: true, description: 'Title of the report. Null or left out: any.' })
  report?: string | null;

  @Field(() => Int, { nullable: true, description: 'Year that it describes. Null or left out: any.' })
  @Year()
  year?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Part of the report, such as `overall`. Null or left out: `overall` where there is one, else any.',
  })
  dimension?: string | null;
}

/** What a ranking is compared with. */
@ArgsType()
export class AgreementArgs {
  @Field(() => PublishedRankingChoiceInput, { description: 'The published ranking.' })
  @ValidateNested()
  with!: PublishedRankingChoiceInput;
}
