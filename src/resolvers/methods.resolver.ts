import { Arg, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { describeMethods, type MethodDescription } from '../rankings/method-catalogue';
import type { Stage } from '../scoring';
import { StageEnum } from './enums';
import { MethodType } from './methods.types';

/** The methods that a recipe can name. */
@Resolver(() => MethodType)
export class MethodResolver {
  @Query(() => [MethodType], { description: 'The methods that a recipe can name, in the order of the pipeline.' })
  methods(
    @Arg('stage', () => StageEnum, { nullable: true, description: 'One stage only. Null or left out: all.' })
    stage: Stage | undefined,
  ): MethodDescription[] {
    return describeMethods(stage);
  }

  @FieldResolver(() => String, { description: 'Its name in a recipe, such as `MIN_MAX`; unique within its stage.' })
  code(@Root() method: MethodDescription): string {
    return method.id;
  }
}
