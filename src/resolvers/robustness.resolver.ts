import { Arg, Args, Ctx, FieldResolver, Float, Int, Resolver, Root } from 'type-graphql';
import { finiteOrNull } from '../rankings/city-rows';
import type { Page } from '../rankings/page';
import type { Ranking } from '../rankings/ranking.service';
import {
  pairMatrix,
  probabilityAbove,
  tiersOf,
  uncertainCities,
  UncertaintyColumns,
  type AcceptabilityRow,
  type CentralWeightRow,
  type CityUncertainty,
  type PairMatrix,
  type ShareColumns,
  type ShareRow,
} from '../rankings/robustness-view';
import type { Uncertainty } from '../rankings/uncertainty-analysis';
import type { Context } from './context';
import { RankingType } from './ranking.types';
import {
  CentralWeightsArgs,
  PairArgs,
  PairMatrixArgs,
  UncertainCitiesArgs,
  UncertaintyArgs,
} from './robustness.inputs';
import {
  CentralWeightType,
  CityAcceptabilityType,
  CityUncertaintyConnection,
  CityUncertaintyType,
  DrawShareColumnsType,
  DrawShareType,
  PairMatrixType,
  RobustnessType,
  UncertaintyColumnsType,
  UncertaintyType,
} from './robustness.types';

/** How robust a ranking is. */
@Resolver(() => RankingType)
export class RankingRobustnessResolver {
  @FieldResolver(() => RobustnessType, { description: 'How sure its ranks are.' })
  robustness(@Root() ranking: Ranking): { readonly ranking: Ranking } {
    return { ranking };
  }
}

/** The analyses. */
@Resolver(() => RobustnessType)
export class RobustnessResolver {
  @FieldResolver(() => UncertaintyType, {
    nullable: true,
    description:
      'Ranks and scores over draws of weights, data and choices. Null when it was refused or failed; `errors` says why.',
  })
  uncertainty(
    @Root() { ranking }: { readonly ranking: Ranking },
    @Args(() => UncertaintyArgs) { input }: UncertaintyArgs,
    @Ctx() { robustness, life }: Context,
  ): Promise<Uncertainty> {
    return robustness.run('UNCERTAINTY', ranking, input, { at: 'input', signal: life.signal });
  }
}

/** One analysis. */
@Resolver(() => UncertaintyType)
export class UncertaintyResolver {
  @FieldResolver(() => Int, { description: 'Number of draws.' })
  draws(@Root() { result }: Uncertainty): number {
    return result.draws;
  }

  @FieldResolver(() => Float, { description: 'The seed.' })
  seed(@Root() { result }: Uncertainty): number {
    return result.seed;
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      'Mean over draws and cities of the distance between a rank and the rank by the recipe as it stands (Saisana, Saltelli and Tarantola 2005). Null when that recipe ranks no city.',
  })
  meanShift(@Root() { result }: Uncertainty): number | null {
    return finiteOrNull(result.meanShift);
  }

  @FieldResolver(() => CityUncertaintyConnection, {
    nullable: true,
    description:
      'The cities past the screening, by their ranks as the recipe stands, unranked ones last. Null when it is refused; `errors` says why.',
  })
  cities(@Root() run: Uncertainty, @Args(() => UncertainCitiesArgs) args: UncertainCitiesArgs): Page<CityUncertainty> {
    return uncertainCities(run, args);
  }

  @FieldResolver(() => UncertaintyColumnsType, { description: 'All of these cities as parallel lists.' })
  columns(@Root() run: Uncertainty): UncertaintyColumns {
    return new UncertaintyColumns(run);
  }

  @FieldResolver(() => PairMatrixType, {
    nullable: true,
    description:
      'The probabilities between cities as a matrix. Null when it is refused, as where `pairs` was not asked for; `errors` says why.',
  })
  pairs(@Root() run: Uncertainty, @Args(() => PairMatrixArgs) { codes, first }: PairMatrixArgs): PairMatrix {
    return pairMatrix(run, codes ?? null, first);
  }

  @FieldResolver(() => DrawShareType, {
    nullable: true,
    description:
      'The probability that a city is above another, ties counted half. Null when it is refused, as where `pairs` was not asked for; `errors` says why.',
  })
  probabilityAbove(@Root() run: Uncertainty, @Args(() => PairArgs) { city, other }: PairArgs): ShareRow {
    return probabilityAbove(run, city, other);
  }

  @FieldResolver(() => [[String]], {
    nullable: true,
    description:
      'Tiers of cities that cannot be told apart, best first, each a list of codes: a city joins a tier while its first is above it with a probability below `level`. Null when it is refused, as where `pairs` was not asked for; `errors` says why.',
  })
  tiers(
    @Root() run: Uncertainty,
    @Arg('level', () => Float, { defaultValue: 0.95, description: 'The probability, 0.5 to 1.' }) level: number,
  ): string[][] {
    return tiersOf(run, level);
  }
}

/** What is asked of all cities. */
@Resolver(() => UncertaintyColumnsType)
export class UncertaintyColumnsResolver {
  @FieldResolver(() => DrawShareColumnsType, {
    nullable: true,
    description: 'The probabilities that ranks are at most `rank`. Null when that is refused; `errors` says why.',
  })
  probabilityOfRankAtMost(
    @Root() columns: UncertaintyColumns,
    @Arg('rank', () => Int, { description: 'A rank; 1 is the best.' }) rank: number,
  ): ShareColumns {
    return columns.probabilityOfRankAtMost(rank);
  }
}

/** What is asked of one city. */
@Resolver(() => CityUncertaintyType)
export class CityUncertaintyResolver {
  @FieldResolver(() => DrawShareType, {
    nullable: true,
    description: 'The probability that its rank is at most `rank`. Null when that is refused; `errors` says why.',
  })
  probabilityOfRankAtMost(
    @Root() city: CityUncertainty,
    @Arg('rank', () => Int, { description: 'A rank; 1 is the best.' }) rank: number,
  ): ShareRow {
    return city.probabilityOfRankAtMost(rank);
  }
}

/** The weights that make a city first. */
@Resolver(() => CityAcceptabilityType)
export class CityAcceptabilityResolver {
  @FieldResolver(() => [CentralWeightType], {
    nullable: true,
    description:
      'The weights by which it comes first, on average. Null when it came first in no draw, or a node is not there; `reason` or `errors` says why.',
  })
  centralWeights(
    @Root() city: AcceptabilityRow,
    @Args(() => CentralWeightsArgs) { nodes }: CentralWeightsArgs,
  ): readonly CentralWeightRow[] | null {
    return city.centralWeights(nodes ?? null);
  }
}
