import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { City, PublishedRanking, Source } from '../entities';
import type { Page } from '../rankings/page';
import type { Context } from './context';
import { PublishedRankingsArgs } from './published-rankings.inputs';
import { PublishedRankingConnection } from './published-rankings.types';

/** Rankings that others published, as data. */
@Resolver(() => PublishedRanking)
export class PublishedRankingResolver {
  @Query(() => PublishedRankingConnection, {
    nullable: true,
    description:
      'Rankings that others published, line by line. They are shown beside the computed ones, never used in them. Null when it fails; `errors` says why.',
  })
  publishedRankings(
    @Args(() => PublishedRankingsArgs) args: PublishedRankingsArgs,
    @Ctx() { catalogue }: Context,
  ): Promise<Page<PublishedRanking>> {
    return catalogue.publishedRankings(args);
  }

  @FieldResolver(() => City, { nullable: true, description: 'The city. Null when the release does not have it.' })
  city(@Root() line: PublishedRanking, @Ctx() { catalogue }: Context): City | null {
    return catalogue.cityOf(line);
  }

  @FieldResolver(() => Source, { nullable: true, description: 'Where it comes from. Null when the bundle names none.' })
  source(@Root() line: PublishedRanking, @Ctx() { catalogue }: Context): Source | null {
    return catalogue.sourceOf(line);
  }
}
