import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Source } from '../entities';
import type { Page } from '../rankings/page';
import { ReleaseArg } from './arguments';
import type { Context } from './context';
import { SourcesArgs } from './sources.inputs';
import { SourceConnection } from './sources.types';

/** Sources of figures. */
@Resolver(() => Source)
export class SourceResolver {
  @Query(() => SourceConnection, {
    nullable: true,
    description: 'Where the figures of a release come from. Null when it fails; `errors` says why.',
  })
  sources(@Args(() => SourcesArgs) args: SourcesArgs, @Ctx() { catalogue }: Context): Promise<Page<Source>> {
    return catalogue.sources(args);
  }

  @Query(() => Source, { nullable: true, description: 'One source. Null when the release has none with this code.' })
  source(
    @Arg('code', () => String, { description: 'Its code.' }) code: string,
    @ReleaseArg() release: string | undefined,
    @Ctx() { catalogue }: Context,
  ): Promise<Source | null> {
    return catalogue.source(code, release);
  }

  @FieldResolver(() => String, { description: 'Public code, such as `SRC-CENSUS-LEIII`.' })
  code(@Root() source: Source): string {
    return source.id;
  }
}
