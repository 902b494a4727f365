import { Field, Float, InputType, Int } from 'type-graphql';
import type { AddedCity, WhatIfChange } from '../rankings/explanation.service';
import type { ValueLimit } from '../scoring';

/** The range of an indicator. */
@InputType('ValueLimitInput', { description: 'The range within which an indicator may change.' })
export class ValueLimitInput implements ValueLimit {
  @Field(() => String, { description: 'Code of the indicator.' })
  indicator!: string;

  @Field(() => Float, { description: "Smallest value, in the indicator's unit." })
  min!: number;

  @Field(() => Float, { description: "Largest value, in the indicator's unit." })
  max!: number;
}

/** One observation that is to be otherwise. */
@InputType('WhatIfChangeInput', { description: 'One observation that is to be otherwise.' })
export class WhatIfChangeInput implements WhatIfChange {
  @Field(() => String, { description: 'Code of the city; an added one is allowed.' })
  city!: string;

  @Field(() => String, { description: 'Code of the indicator.' })
  indicator!: string;

  @Field(() => Float, {
    nullable: true,
    description: "The value, in the indicator's unit. Null or left out: the observation is taken away.",
  })
  value?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Year of the observation. Null or left out: the ranked year; where an observation is taken away, all years that the recipe looks back to.',
  })
  year?: number | null;
}

/** A value of an added city. */
@InputType('AddedValueInput', { description: 'A value of an added city in the ranked year.' })
export class AddedValueInput {
  @Field(() => String, { description: 'Code of the indicator.' })
  indicator!: string;

  @Field(() => Float, { description: "The value, in the indicator's unit." })
  value!: number;
}

/** A city that the release does not hold. */
@InputType('AddedCityInput', { description: 'A city that the release does not hold.' })
export class AddedCityInput implements AddedCity {
  @Field(() => String, { description: 'A code of your own.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'Its tier, for imputation by group. Null or left out: none.' })
  tier?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Code of its province, for imputation by group. Null or left out: none.',
  })
  province?: string | null;

  @Field(() => [AddedValueInput], { description: 'Its values.' })
  values!: AddedValueInput[];
}

/** The weight of a node after. */
@InputType('WhatIfWeightInput', { description: 'A weight that is to be otherwise.' })
export class WhatIfWeightInput {
  @Field(() => String, { description: 'Code of the node.' })
  node!: string;

  @Field(() => Float, { description: 'At least 0; only the ratio between siblings matters.' })
  weight!: number;
}
