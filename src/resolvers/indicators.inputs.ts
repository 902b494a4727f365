import { ValidateNested } from 'class-validator';
import { ArgsType, Field, InputType } from 'type-graphql';
import { DirectionEnum, type Direction } from '../entities';
import type { IndicatorFilter, INDICATOR_ORDERS } from '../rankings/catalogue.service';
import { ReleasePageArgs } from './connection';
import { IndicatorOrderEnum } from './enums';
import { Codes, Items } from './rules';

/** Filter of `indicators`. */
@InputType('IndicatorFilterInput', {
  description: 'Indicators that satisfy every condition given. A value that no indicator has matches nothing.',
})
export class IndicatorFilterInput implements IndicatorFilter {
  @Field(() => [String], {
    nullable: true,
    description: 'Indicator codes. Null or left out: any; an empty list: none.',
  })
  @Codes('indicator codes', 'indicatorCodes')
  codes?: string[] | null;

  @Field(() => [DirectionEnum], {
    nullable: true,
    description: 'Which end is the good one; indicators of context have none. Null or left out: any.',
  })
  @Items('directions', 'codes')
  directions?: Direction[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of frameworks that it is a leaf of. Null or left out: any; an empty list: none.',
  })
  @Codes('framework codes', 'codes')
  frameworks?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Text that the code or a name in any language contains, without regard to case and accents; no character is a wildcard. Null or left out: any.',
  })
  text?: string | null;
}

/** Arguments of `indicators`. */
@ArgsType()
export class IndicatorsArgs extends ReleasePageArgs {
  @Field(() => IndicatorFilterInput, { nullable: true, description: 'Which indicators. Null or left out: all.' })
  @ValidateNested()
  filter?: IndicatorFilterInput | null;

  @Field(() => IndicatorOrderEnum, { nullable: true, description: 'What to order by. Null or left out: CODE.' })
  orderBy?: keyof typeof INDICATOR_ORDERS | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to turn the order around; items without a value stay last. Null or left out: false.',
  })
  descending?: boolean | null;
}
