import { ValidateNested } from 'class-validator';
import { ArgsType, Field, Int } from 'type-graphql';
import {
  MAX_CITIES_FOLLOWED,
  MAX_TRENDS,
  MAX_YEARS,
  type ConvergenceRequest,
  type HistoryRequest,
} from '../rankings/change.service';
import type { CityGrouping } from '../rankings/diagnostics.service';
import type { change } from '../scoring';
import { CityGroupingEnum } from './bands.types';
import { IndicatorsOverYearsEnum, NormalisationOverYearsEnum, PanelRuleEnum } from './change.enums';
import { RankingInput } from './ranking.inputs';
import { Code, Codes, DifferentItems, EachCode, EachYear } from './rules';

/** Which years, of what index, made comparable in which way. */
@ArgsType()
export class HistoryArgs implements HistoryRequest {
  @Field(() => [Int], {
    description: `The years to rank, 1 to ${String(MAX_YEARS)}; order and repeats do not matter.`,
  })
  @DifferentItems('years', MAX_YEARS, 1)
  @EachYear()
  years!: number[];

  @Field(() => RankingInput, {
    nullable: true,
    description: 'What is ranked, without a year. Null or left out: the default index.',
  })
  @ValidateNested()
  input?: RankingInput | null;

  @Field(() => NormalisationOverYearsEnum, {
    nullable: true,
    description:
      "Where the statistics of the normalisation come from. Null or left out: the recipe's own basis where it names one, else JOINT.",
  })
  normalisation?: change.NormalisationOverYears | null;

  @Field(() => IndicatorsOverYearsEnum, {
    nullable: true,
    description: 'Which indicators are scored. Null or left out: IN_EVERY_YEAR.',
  })
  indicators?: change.IndicatorsOverYears | null;
}

/** Which cities to follow over years, and at which node. */
@ArgsType()
export class RankHistoryArgs extends HistoryArgs {
  @Field(() => [String], {
    description: `Codes of the cities to follow, 1 to ${String(MAX_CITIES_FOLLOWED)}. They are ranked among all cities that \`input\` selects.`,
  })
  @DifferentItems('cities', MAX_CITIES_FOLLOWED, 1)
  @EachCode()
  cities!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'Code of the node whose scores and ranks are given. Null or left out: the root.',
  })
  @Code()
  node?: string | null;
}

/** Which cities' trends to give, and at which nodes. */
@ArgsType()
export class TrendsArgs extends HistoryArgs {
  @Field(() => [String], {
    description: `Codes of the cities, 1 to ${String(MAX_CITIES_FOLLOWED)}; cities times nodes at most ${String(MAX_TRENDS)}.`,
  })
  @DifferentItems('cities', MAX_CITIES_FOLLOWED, 1)
  @EachCode()
  cities!: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of the nodes. Null or left out: all that are scored, the root first.',
  })
  @Codes('nodes', 'indicatorCodes')
  nodes?: string[] | null;
}

/** Which city's change of rank, between which rankings. */
@ArgsType()
export class RankChangeArgs {
  @Field(() => String, { description: 'Code of the city.' })
  @Code()
  city!: string;

  @Field(() => RankingInput, { description: 'The first ranking.' })
  @ValidateNested()
  from!: RankingInput;

  @Field(() => RankingInput, { description: 'The second ranking.' })
  @ValidateNested()
  to!: RankingInput;
}

/** Which groups are compared, and over which cities. */
@ArgsType()
export class ConvergenceArgs extends HistoryArgs implements ConvergenceRequest {
  @Field(() => CityGroupingEnum, {
    description: 'How cities are grouped. Those in no group make up a group of their own here.',
  })
  groupBy!: CityGrouping;

  @Field(() => String, {
    nullable: true,
    description: 'Code of the node whose scores are compared. Null or left out: the root.',
  })
  @Code()
  node?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Label of the group that the others are held against, such as `first`. Null or left out: the one with the highest mean in the first year.',
  })
  reference?: string | null;

  @Field(() => PanelRuleEnum, {
    nullable: true,
    description: 'Which cities take part. Null or left out: SAME_INDICATORS.',
  })
  panel?: change.PanelRule | null;
}
