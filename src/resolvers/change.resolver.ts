import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { ConvergenceView, RankChangeView, RankHistoryView, TrendsView } from '../rankings/change-view';
import { ConvergenceArgs, RankChangeArgs, RankHistoryArgs, TrendsArgs } from './change.inputs';
import { ConvergenceType, RankChangeType, RankHistoryType, TrendsType } from './change.types';
import type { Context } from './context';

/** Change over years and between rankings. */
@Resolver()
export class ChangeResolver {
  @Query(() => RankHistoryType, {
    nullable: true,
    description:
      'Ranks and scores of some cities over years, on one scale unless asked otherwise. Null when it fails; `errors` says why.',
  })
  rankHistory(
    @Args(() => RankHistoryArgs) { cities, node, ...request }: RankHistoryArgs,
    @Ctx() { change }: Context,
  ): Promise<RankHistoryView> {
    return change.rankHistory(cities, node, request);
  }

  @Query(() => TrendsType, {
    nullable: true,
    description:
      "Trends of cities' scores over years: Theil–Sen slope, Mann–Kendall test, compound annual growth. Null when it fails; `errors` says why.",
  })
  trends(
    @Args(() => TrendsArgs) { cities, nodes, ...request }: TrendsArgs,
    @Ctx() { change }: Context,
  ): Promise<TrendsView> {
    return change.trends(cities, nodes, request);
  }

  @Query(() => RankChangeType, {
    nullable: true,
    description:
      "Why a city's rank differs between two rankings, which may differ in year, release, selection and methodology. Null when it fails; `errors` says why.",
  })
  rankChange(
    @Args(() => RankChangeArgs) { city, from, to }: RankChangeArgs,
    @Ctx() { change }: Context,
  ): Promise<RankChangeView> {
    return change.rankChange(city, from, to);
  }

  @Query(() => ConvergenceType, {
    nullable: true,
    description:
      'Whether groups of cities converge at a node: is the second tier closing the gap to the first? Null when it fails; `errors` says why.',
  })
  convergence(
    @Args(() => ConvergenceArgs) args: ConvergenceArgs,
    @Ctx() { change }: Context,
  ): Promise<ConvergenceView> {
    return change.convergence(args);
  }
}
