import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type {
  CityComparison,
  ClosestWeightsView,
  ComparedCity,
  FavourableWeightsView,
  GapRow,
  MoverRow,
  PeerRow,
  RankingComparisonView,
  StandingRow,
} from '../rankings/comparison-view';
import {
  ClosestWeightsArgs,
  CompareCitiesArgs,
  CompareRankingsArgs,
  CountArgs,
  FavourableWeightsArgs,
  PeersArgs,
  StandingArgs,
} from './comparison.inputs';
import {
  CityComparisonType,
  ClosestWeightsType,
  ComparedCityType,
  FavourableWeightsType,
  GapDecompositionType,
  MoverType,
  PeerType,
  RankingComparisonType,
  StandingType,
} from './comparison.types';
import type { Context } from './context';
import { RankingInput } from './ranking.inputs';

/** The `input` argument: what the ranking is made of. */
export const InputArg = (): ParameterDecorator =>
  Arg('input', () => RankingInput, {
    nullable: true,
    description: 'What the ranking is to be made of. Null or left out: the default index.',
  }) as ParameterDecorator;

/** Comparison of cities and of rankings. */
@Resolver(() => CityComparisonType)
export class ComparisonResolver {
  @Query(() => CityComparisonType, {
    nullable: true,
    description:
      'Two to ten cities side by side, at every node of the index, with their gaps split into indicators. Null when it fails; `errors` says why.',
  })
  compareCities(
    @Args(() => CompareCitiesArgs) { codes }: CompareCitiesArgs,
    @InputArg() input: RankingInput | undefined,
    @Ctx() { comparison }: Context,
  ): Promise<CityComparison> {
    return comparison.compareCities(codes, input ?? {});
  }

  @FieldResolver(() => [GapDecompositionType], {
    nullable: true,
    description:
      "The first city's gap to each of the others at a node, split into indicators; cities without a score there are left out. Null when it fails; `errors` says why.",
  })
  gaps(
    @Root() cities: CityComparison,
    @Arg('node', () => String, { nullable: true, description: 'Code of the node. Null or left out: the root.' })
    node: string | undefined,
    @Ctx() { comparison }: Context,
  ): GapRow[] {
    return comparison.gaps(cities, node);
  }

  @Query(() => RankingComparisonType, {
    nullable: true,
    description:
      'How far two rankings agree: of other methods, weights, years or releases, or one that was published. Null when it fails; `errors` says why.',
  })
  compareRankings(
    @Args(() => CompareRankingsArgs) { a, b, persistence }: CompareRankingsArgs,
    @Ctx() { comparison }: Context,
  ): Promise<RankingComparisonView> {
    return comparison.compareRankings(a, b, persistence);
  }

  @Query(() => [PeerType], {
    nullable: true,
    description: 'The ranked cities that are nearest to a city, nearest first. Null when it fails; `errors` says why.',
  })
  peers(
    @Args(() => PeersArgs) { city, by, first }: PeersArgs,
    @InputArg() input: RankingInput | undefined,
    @Ctx() { comparison }: Context,
  ): Promise<PeerRow[]> {
    return comparison.peers(city, by ?? {}, input ?? {}, first);
  }

  @Query(() => ClosestWeightsType, {
    nullable: true,
    description:
      'The weights of the parts under the root with which the index agrees best with a published ranking, and what no weights can do. The root must be an arithmetic, geometric, harmonic or power mean. Null when it fails; `errors` says why.',
  })
  closestWeights(
    @Args(() => ClosestWeightsArgs) { published, limits }: ClosestWeightsArgs,
    @InputArg() input: RankingInput | undefined,
    @Ctx() { comparison }: Context,
  ): Promise<ClosestWeightsView> {
    return comparison.closestWeights(published, limits ?? {}, input ?? {});
  }

  @Query(() => FavourableWeightsType, {
    nullable: true,
    description:
      'The best rank that any weights of the parts under the root can give a city. The root must be an arithmetic, geometric, harmonic or power mean. Null when it fails; `errors` says why.',
  })
  favourableWeights(
    @Args(() => FavourableWeightsArgs) { city, limits }: FavourableWeightsArgs,
    @InputArg() input: RankingInput | undefined,
    @Ctx() { comparison }: Context,
  ): Promise<FavourableWeightsView> {
    return comparison.favourableWeights(city, limits ?? {}, input ?? {});
  }
}

/** What is computed for a compared city when asked for. */
@Resolver(() => ComparedCityType)
export class ComparedCityResolver {
  @FieldResolver(() => [StandingType], {
    nullable: true,
    description:
      'The indicators in which it has its best ranks among its peers, best first. Null when it fails; `errors` says why.',
  })
  strengths(
    @Root() city: ComparedCity,
    @Args(() => StandingArgs) { peers, first }: StandingArgs,
    @Ctx() { comparison }: Context,
  ): StandingRow[] {
    return comparison.standings(city, peers, first, 'strengths');
  }

  @FieldResolver(() => [StandingType], {
    nullable: true,
    description:
      'The indicators in which it has its worst ranks among its peers, worst last. Where it shares the lowest value with others, that is left out. Null when it fails; `errors` says why.',
  })
  weaknesses(
    @Root() city: ComparedCity,
    @Args(() => StandingArgs) { peers, first }: StandingArgs,
    @Ctx() { comparison }: Context,
  ): StandingRow[] {
    return comparison.standings(city, peers, first, 'weaknesses');
  }
}

/** What is listed of two compared rankings. */
@Resolver(() => RankingComparisonType)
export class RankingComparisonResolver {
  @FieldResolver(() => [MoverType], { description: 'The cities in both, by the rank in the first.' })
  common(@Root() view: RankingComparisonView): readonly MoverRow[] {
    return view.common;
  }

  @FieldResolver(() => [MoverType], {
    nullable: true,
    description: 'The cities in both that move most, the largest move first. Null when it fails; `errors` says why.',
  })
  movers(
    @Root() view: RankingComparisonView,
    @Args(() => CountArgs) { first }: CountArgs,
    @Ctx() { comparison }: Context,
  ): MoverRow[] {
    return comparison.movers(view, first);
  }
}
