import { ValidateNested } from 'class-validator';
import { ArgsType, Field, Float, InputType, Int } from 'type-graphql';
import { MAX_WHAT_IF, type AddedCity, type WhatIfChange } from '../rankings/explanation.service';
import type { ValueLimit } from '../scoring';
import { Code, EachCode, Finite, Items, Year } from './rules';

/** The range of an indicator. */
@InputType('ValueLimitInput', { description: 'The range within which an indicator may change.' })
export class ValueLimitInput implements ValueLimit {
  @Field(() => String, { description: 'Code of the indicator.' })
  @Code()
  indicator!: string;

  @Field(() => Float, { description: "Smallest value, in the indicator's unit." })
  @Finite('value')
  min!: number;

  @Field(() => Float, { description: "Largest value, in the indicator's unit." })
  @Finite('value')
  max!: number;
}

/** One observation that is to be otherwise. */
@InputType('WhatIfChangeInput', { description: 'One observation that is to be otherwise.' })
export class WhatIfChangeInput implements WhatIfChange {
  @Field(() => String, { description: 'Code of the city; an added one is allowed.' })
  @Code()
  city!: string;

  @Field(() => String, { description: 'Code of the indicator.' })
  @Code()
  indicator!: string;

  @Field(() => Float, {
    nullable: true,
    description: "The value, in the indicator's unit. Null or left out: the observation is taken away.",
  })
  @Finite('value')
  value?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Year of the observation. Null or left out: the ranked year; where an observation is taken away, all years that the recipe looks back to.',
  })
  @Year()
  year?: number | null;
}

/** A value of an added city. */
@InputType('AddedValueInput', { description: 'A value of an added city in the ranked year.' })
export class AddedValueInput {
  @Field(() => String, { description: 'Code of the indicator.' })
  @Code()
  indicator!: string;

  @Field(() => Float, { description: "The value, in the indicator's unit." })
  @Finite('value')
  value!: number;
}

/** A city that the release does not hold. */
@InputType('AddedCityInput', { description: 'A city that the release does not hold.' })
export class AddedCityInput implements AddedCity {
  @Field(() => String, { description: 'A code of your own.' })
  @Code()
  code!: string;

  @Field(() => String, { nullable: true, description: 'Its tier, for imputation by group. Null or left out: none.' })
  @Code()
  tier?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Code of its province, for imputation by group. Null or left out: none.',
  })
  @Code()
  province?: string | null;

  @Field(() => [AddedValueInput], { description: 'Its values.' })
  @Items('values', 'indicatorCodes')
  @ValidateNested()
  values!: AddedValueInput[];
}

/** The weight of a node after. */
@InputType('WhatIfWeightInput', { description: 'A weight that is to be otherwise.' })
export class WhatIfWeightInput {
  @Field(() => String, { description: 'Code of the node.' })
  @Code()
  node!: string;

  @Field(() => Float, { description: 'At least 0; only the ratio between siblings matters.' })
  @Finite('weight')
  weight!: number;
}

/** Which rank a city is to reach, and what may change. */
@ArgsType()
export class CounterfactualArgs {
  @Field(() => String, { description: 'Code of the city.' })
  @Code()
  city!: string;

  @Field(() => Int, {
    description: 'The rank: reached or passed where better than the present one, fallen to where worse.',
  })
  // How many ranks there are depends on the ranking.
  targetRank!: number;

  @Field(() => [ValueLimitInput], {
    nullable: true,
    description: 'Ranges of indicators. Null or left out: what is observed among the scored cities.',
  })
  @ValidateNested()
  @Items('ranges', 'indicatorCodes')
  limits?: ValueLimitInput[] | null;
}

const upTo = (what: string): string => `${what}, at most ${String(MAX_WHAT_IF)}. Null or left out: none.`;

/** What is to be otherwise. */
@ArgsType()
export class WhatIfArgs {
  @Field(() => [WhatIfChangeInput], { nullable: true, description: upTo('Observations that are to be otherwise') })
  @ValidateNested()
  @Items('items', MAX_WHAT_IF)
  changes?: WhatIfChangeInput[] | null;

  @Field(() => [AddedCityInput], { nullable: true, description: upTo('Cities that are added') })
  @ValidateNested()
  @Items('items', MAX_WHAT_IF)
  add?: AddedCityInput[] | null;

  @Field(() => [String], { nullable: true, description: upTo('Codes of cities that are left out') })
  @EachCode()
  @Items('items', MAX_WHAT_IF)
  remove?: string[] | null;

  @Field(() => [WhatIfWeightInput], { nullable: true, description: upTo('Weights that are to be otherwise') })
  @ValidateNested()
  @Items('items', MAX_WHAT_IF)
  weights?: WhatIfWeightInput[] | null;
}
