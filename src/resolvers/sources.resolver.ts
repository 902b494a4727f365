import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { Source } from '../entities';
import type { Page } from '../rankings/page';
import { ReleaseArg } from './arguments';
import type { Context } from './context';
import { SourcesArgs } from './sources.inputs';
import { SourceConnection } from './sources.types';

/** Sources of figures. */
@Resolver(() => Source)
export class SourceResolver {
  @Query(() => SourceConnection, { description: 'Where the figures of a release come from.' })
  sources(@Args(() => SourcesArgs) args: SourcesArgs, @Ctx() { catalogue }: Context): Promise<Page<Source>> {
    return catalogue.sources(args);
  }

  @Query(() => Source, { nullable: true, description: 'One source. Null when the release has none with this id.' })
  source(
    @Arg('id', () => String, { description: 'Its identifier.' }) id: string,
    @ReleaseArg() release: string | undefined,
    @Ctx() { catalogue }: Context,
  ): Promise<Source | null> {
    return catalogue.source(id, release);
  }
}
