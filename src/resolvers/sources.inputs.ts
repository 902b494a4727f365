import { ValidateNested } from 'class-validator';
import { ArgsType, Field, InputType } from 'type-graphql';
import type { SourceFilter, SOURCE_ORDERS } from '../rankings/catalogue.service';
import { ReleasePageArgs } from './connection';
import { SourceOrderEnum } from './enums';
import { Codes } from './rules';

/** Filter of `sources`. */
@InputType('SourceFilterInput', {
  description: 'Sources that satisfy every condition given. A value that no source has matches nothing.',
})
export class SourceFilterInput implements SourceFilter {
  @Field(() => [String], { nullable: true, description: 'Codes. Null or left out: any; an empty list: none.' })
  @Codes('codes', 'indicatorCodes')
  codes?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Text that the code, title or publisher contains, without regard to case and accents; no character is a wildcard. Null or left out: any.',
  })
  text?: string | null;
}

/** Arguments of `sources`. */
@ArgsType()
export class SourcesArgs extends ReleasePageArgs {
  @Field(() => SourceFilterInput, { nullable: true, description: 'Which sources. Null or left out: all.' })
  @ValidateNested()
  filter?: SourceFilterInput | null;

  @Field(() => SourceOrderEnum, { nullable: true, description: 'What to order by. Null or left out: CODE.' })
  orderBy?: keyof typeof SOURCE_ORDERS | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to turn the order around; items without a value stay last. Null or left out: false.',
  })
  descending?: boolean | null;
}
