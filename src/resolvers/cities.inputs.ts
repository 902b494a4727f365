import { ValidateNested } from 'class-validator';
import { ArgsType, Field, InputType } from 'type-graphql';
import type { CityFilter, CITY_ORDERS } from '../rankings/catalogue.service';
import type { CitySelection } from '../rankings/city-selection';
import { ReleasePageArgs } from './connection';
import { CityOrderEnum } from './enums';
import { Codes } from './rules';

/** Which cities are meant. */
@InputType('CitySelectionInput', {
  description: 'Which cities are meant: those that satisfy every condition given.',
})
export class CitySelectionInput implements CitySelection {
  @Field(() => [String], { nullable: true, description: 'City codes. Null or left out: any; an empty list: none.' })
  @Codes('city codes', 'codes')
  codes?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Tiers, such as `first`. Null or left out: any; an empty list: none.',
  })
  @Codes('tiers', 'codes')
  tiers?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Province codes. Null or left out: any; an empty list: none.' })
  @Codes('province codes', 'codes')
  provinces?: string[] | null;
}

/** Filter of `cities`. */
@InputType('CityFilterInput', {
  description: 'Cities that satisfy every condition given. A value that no city has matches nothing.',
})
export class CityFilterInput extends CitySelectionInput implements CityFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Text that the code or a name in any language contains, without regard to case and accents; no character is a wildcard. Null or left out: any.',
  })
  text?: string | null;
}

/** Arguments of `cities`. */
@ArgsType()
export class CitiesArgs extends ReleasePageArgs {
  @Field(() => CityFilterInput, { nullable: true, description: 'Which cities. Null or left out: all.' })
  @ValidateNested()
  filter?: CityFilterInput | null;

  @Field(() => CityOrderEnum, { nullable: true, description: 'What to order by. Null or left out: CODE.' })
  orderBy?: keyof typeof CITY_ORDERS | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to turn the order around; items without a value stay last. Null or left out: false.',
  })
  descending?: boolean | null;
}
