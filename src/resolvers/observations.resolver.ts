import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { City, Indicator, Observation, Source } from '../entities';
import type { Page } from '../rankings/page';
import type { Context } from './context';
import { ObservationsArgs } from './observations.inputs';
import { ObservationConnection } from './observations.types';

/** Observations with their status and source. */
@Resolver(() => Observation)
export class ObservationResolver {
  @Query(() => ObservationConnection, {
    nullable: true,
    description:
      'Observations of a release by city, indicator and year, the questionable ones included. Rankings leave those out unless the recipe says otherwise. Null when it fails; `errors` says why.',
  })
  observations(
    @Args(() => ObservationsArgs) args: ObservationsArgs,
    @Ctx() { catalogue }: Context,
  ): Promise<Page<Observation>> {
    return catalogue.observations(args);
  }

  @FieldResolver(() => City, { nullable: true, description: 'The city. Null when the release does not have it.' })
  city(@Root() observation: Observation, @Ctx() { catalogue }: Context): City | null {
    return catalogue.cityOf(observation);
  }

  @FieldResolver(() => Indicator, {
    nullable: true,
    description: 'The indicator. Null when the release does not have it.',
  })
  indicator(@Root() observation: Observation, @Ctx() { catalogue }: Context): Indicator | null {
    return catalogue.indicatorOf(observation);
  }

  @FieldResolver(() => Source, { nullable: true, description: 'Where it comes from. Null when the bundle names none.' })
  source(@Root() observation: Observation, @Ctx() { catalogue }: Context): Source | null {
    return catalogue.sourceOf(observation);
  }
}
