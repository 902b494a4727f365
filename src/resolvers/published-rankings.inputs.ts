import { ValidateNested } from 'class-validator';
import { ArgsType, Field, InputType, Int } from 'type-graphql';
import type { PublishedRankingFilter, PUBLISHED_RANKING_ORDERS } from '../rankings/catalogue.service';
import { ReleasePageArgs } from './connection';
import { PublishedRankingOrderEnum } from './enums';
import { Codes, EachYear, Items } from './rules';

/** Filter of `publishedRankings`. */
@InputType('PublishedRankingFilterInput', {
  description: 'Lines that satisfy every condition given. A value that no line has matches nothing.',
})
export class PublishedRankingFilterInput implements PublishedRankingFilter {
  @Field(() => [String], { nullable: true, description: 'Titles of reports. Null or left out: any.' })
  @Items('titles', 'codes')
  reports?: string[] | null;

  @Field(() => [Int], { nullable: true, description: 'Years that the rankings describe. Null or left out: any.' })
  @Items('years', 'codes')
  @EachYear()
  years?: number[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Parts of the reports, such as `overall`. Null or left out: any.',
  })
  @Items('dimensions', 'codes')
  dimensions?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'City codes. Null or left out: any.' })
  @Codes('city codes', 'codes')
  cities?: string[] | null;
}

/** Arguments of `publishedRankings`. */
@ArgsType()
export class PublishedRankingsArgs extends ReleasePageArgs {
  @Field(() => PublishedRankingFilterInput, { nullable: true, description: 'Which lines. Null or left out: all.' })
  @ValidateNested()
  filter?: PublishedRankingFilterInput | null;

  @Field(() => PublishedRankingOrderEnum, { nullable: true, description: 'What to order by. Null or left out: RANK.' })
  orderBy?: keyof typeof PUBLISHED_RANKING_ORDERS | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to turn the order around; items without a value stay last. Null or left out: false.',
  })
  descending?: boolean | null;
}
