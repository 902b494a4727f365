import { ValidateNested } from 'class-validator';
import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { ObservationStatusEnum } from '../entities';
import type { ObservationFilter } from '../rankings/catalogue.service';
import type { ObservationStatus } from '../scoring';
import { ForwardPageArgs } from './connection';
import { Codes, EachYear, Items } from './rules';

/** Filter of `observations`. */
@InputType('ObservationFilterInput', {
  description:
    'Observations that satisfy every condition given. Null or left out lets all through, an empty list none; a value that no observation has matches nothing.',
})
export class ObservationFilterInput implements ObservationFilter {
  @Field(() => [String], { nullable: true, description: 'City codes. Null or left out: any.' })
  @Codes('city codes', 'codes')
  cities?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Indicator codes. Null or left out: any.' })
  @Codes('indicator codes', 'indicatorCodes')
  indicators?: string[] | null;

  @Field(() => [Int], { nullable: true, description: 'Years, 1 to 9999. Null or left out: any.' })
  @Items('years', 'codes')
  @EachYear()
  years?: number[] | null;

  @Field(() => [ObservationStatusEnum], { nullable: true, description: 'Statuses. Null or left out: any.' })
  @Items('statuses', 'codes')
  statuses?: ObservationStatus[] | null;

  @Field(() => [String], { nullable: true, description: 'Identifiers of sources. Null or left out: any.' })
  @Codes('identifiers', 'indicatorCodes')
  sources?: string[] | null;
}

/** Arguments of `observations`. */
@ArgsType()
export class ObservationsArgs extends ForwardPageArgs {
  @Field(() => ObservationFilterInput, { nullable: true, description: 'Which observations. Null or left out: all.' })
  @ValidateNested()
  filter?: ObservationFilterInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Version of the release to read. Null or left out: the current one.',
  })
  release?: string | null;
}
