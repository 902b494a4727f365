import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { Release } from '../entities';
import type { Page } from '../rankings/page';
import { ForwardPageArgs } from './connection';
import type { Context } from './context';
import { ReleaseConnection } from './releases.types';

/** Releases of the data. */
@Resolver(() => Release)
export class ReleaseResolver {
  @Query(() => ReleaseConnection, { description: 'Releases, the newest first.' })
  releases(@Args(() => ForwardPageArgs) args: ForwardPageArgs, @Ctx() { catalogue }: Context): Promise<Page<Release>> {
    return catalogue.listReleases(args);
  }

  @Query(() => Release, { description: 'One release.' })
  release(
    @Arg('version', () => String, {
      nullable: true,
      description: 'Its version. Null or left out: the current one.',
    })
    version: string | undefined,
    @Ctx() { catalogue }: Context,
  ): Promise<Release> {
    return catalogue.release(version);
  }
}
