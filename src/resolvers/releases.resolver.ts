import { Arg, Args, Ctx, Query, Resolver, Root, Subscription } from 'type-graphql';
import { Release } from '../entities';
import type { Page } from '../rankings/page';
import { ForwardPageArgs } from './connection';
import type { Context } from './context';
import { ReleaseConnection } from './releases.types';

/** Releases of the data. */
@Resolver(() => Release)
export class ReleaseResolver {
  @Query(() => ReleaseConnection, {
    nullable: true,
    description: 'Releases, the newest first. Null when it fails; `errors` says why.',
  })
  releases(@Args(() => ForwardPageArgs) args: ForwardPageArgs, @Ctx() { catalogue }: Context): Promise<Page<Release>> {
    return catalogue.listReleases(args);
  }

  @Query(() => Release, { nullable: true, description: 'One release. Null when it fails; `errors` says why.' })
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
  @Subscription(() => Release, {
    subscribe: ({ context }: { context: Context }) => context.releases.followReleases(),
    description: 'Each release that becomes the current one from now on. It does not end by itself.',
  })
  releasePublished(@Root() release: Release): Release {
    return release;
  }
}
