import { ValidateNested } from 'class-validator';
import { ArgsType, Field, InputType } from 'type-graphql';
import type { InitiativeFilter } from '../rankings/catalogue.service';
import { ReleasePageArgs } from './connection';
import { Codes } from './rules';

/** Filter of `initiatives`. */
@InputType('InitiativeFilterInput', {
  description: 'Initiatives that satisfy every condition given. A value that none has matches nothing.',
})
export class InitiativeFilterInput implements InitiativeFilter {
  @Field(() => [String], { nullable: true, description: 'City codes. Null or left out: any; an empty list: none.' })
  @Codes('city codes', 'codes')
  cities?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Text that the title, sector or district contains, without regard to case and accents; no character is a wildcard. Null or left out: any.',
  })
  text?: string | null;
}

/** Arguments of `initiatives`. */
@ArgsType()
export class InitiativesArgs extends ReleasePageArgs {
  @Field(() => InitiativeFilterInput, { nullable: true, description: 'Which initiatives. Null or left out: all.' })
  @ValidateNested()
  filter?: InitiativeFilterInput | null;
}
