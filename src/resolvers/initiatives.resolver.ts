import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { City, Initiative, Source } from '../entities';
import type { Page } from '../rankings/page';
import type { Context } from './context';
import { InitiativesArgs } from './initiatives.inputs';
import { InitiativeConnection } from './initiatives.types';

/** What cities announced or signed. */
@Resolver(() => Initiative)
export class InitiativeResolver {
  @Query(() => InitiativeConnection, {
    nullable: true,
    description: 'What cities announced or signed, by city, title and day. Null when it fails; `errors` says why.',
  })
  initiatives(
    @Args(() => InitiativesArgs) args: InitiativesArgs,
    @Ctx() { catalogue }: Context,
  ): Promise<Page<Initiative>> {
    return catalogue.initiatives(args);
  }

  @FieldResolver(() => City, { nullable: true, description: 'The city. Null when the release does not have it.' })
  city(@Root() initiative: Initiative, @Ctx() { catalogue }: Context): City | null {
    return catalogue.cityOf(initiative);
  }

  @FieldResolver(() => Source, { nullable: true, description: 'Where it comes from. Null when the bundle names none.' })
  source(@Root() initiative: Initiative, @Ctx() { catalogue }: Context): Source | null {
    return catalogue.sourceOf(initiative);
  }
}
