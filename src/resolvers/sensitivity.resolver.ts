import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Ranking } from '../rankings/ranking.service';
import {
  MultiverseView,
  RankBoundsView,
  rankReversalRows,
  type MultiverseCity,
  type RankBoundsRow,
  type RankReversalRow,
  type Universe,
} from '../rankings/sensitivity-view';
import type { WeightStability } from '../scoring';
import type { Context } from './context';
import { RobustnessType } from './robustness.types';
import {
  CityCodesArgs,
  MultiverseArgs,
  RankBoundsArgs,
  RankReversalArgs,
  UniverseArgs,
  WeightStabilityArgs,
} from './sensitivity.inputs';
import {
  MultiverseCityType,
  MultiverseType,
  RankBoundsCityType,
  RankBoundsType,
  RankReversalType,
  UniverseType,
  WeightStabilityType,
} from './sensitivity.types';

/** A ranking and what it hangs on. */
interface OfRanking {
  readonly ranking: Ranking;
}

/** Each analysis, computed when it is selected. */
@Resolver(() => RobustnessType)
export class SensitivityResolver {
  @FieldResolver(() => [WeightStabilityType], {
    nullable: true,
    description:
      'For each weight, the range in which an order stays the same. Unrounded scores are compared. Null when it fails; `errors` says why.',
  })
  weightStability(
    @Root() { ranking }: OfRanking,
    @Args(() => WeightStabilityArgs) args: WeightStabilityArgs,
    @Ctx() { robustness, life }: Context,
  ): Promise<readonly WeightStability[]> {
    return robustness.run('WEIGHT_STABILITY', ranking, args, { signal: life.signal });
  }

  @FieldResolver(() => MultiverseType, {
    nullable: true,
    description: 'Ranks by every combination of alternatives. Null when it fails; `errors` says why.',
  })
  multiverse(
    @Root() { ranking }: OfRanking,
    @Args(() => MultiverseArgs) args: MultiverseArgs,
    @Ctx() { robustness, life }: Context,
  ): Promise<MultiverseView> {
    return robustness
      .run('MULTIVERSE', ranking, args, { signal: life.signal })
      .then((found) => new MultiverseView(found));
  }

  @FieldResolver(() => RankBoundsType, {
    nullable: true,
    description:
      'Best and worst rank of each city whatever the missing values are. Null when it fails; `errors` says why.',
  })
  rankBounds(
    @Root() { ranking }: OfRanking,
    @Args(() => RankBoundsArgs) args: RankBoundsArgs,
    @Ctx() { robustness, life }: Context,
  ): Promise<RankBoundsView> {
    return robustness
      .run('RANK_BOUNDS', ranking, args, { signal: life.signal })
      .then((found) => new RankBoundsView(found));
  }

  @FieldResolver(() => [RankReversalType], {
    nullable: true,
    description: 'Whose order turns round when a third city is left out. Null when it fails; `errors` says why.',
  })
  rankReversals(
    @Root() { ranking }: OfRanking,
    @Args(() => RankReversalArgs) args: RankReversalArgs,
    @Ctx() { robustness, life }: Context,
  ): Promise<RankReversalRow[]> {
    return robustness.run('RANK_REVERSALS', ranking, args, { signal: life.signal }).then(rankReversalRows);
  }
}

/** The cities of bounds. */
@Resolver(() => RankBoundsType)
export class RankBoundsResolver {
  @FieldResolver(() => [RankBoundsCityType], {
    nullable: true,
    description: 'The scored cities by code. Null when it is refused; `errors` says why.',
  })
  cities(@Root() bounds: RankBoundsView, @Args(() => CityCodesArgs) { codes }: CityCodesArgs): RankBoundsRow[] {
    return bounds.cities(codes ?? null);
  }
}

/** The cities and the combinations of a multiverse. */
@Resolver(() => MultiverseType)
export class MultiverseResolver {
  @FieldResolver(() => [MultiverseCityType], {
    nullable: true,
    description: 'The scored cities by code. Null when it is refused; `errors` says why.',
  })
  cities(@Root() multiverse: MultiverseView, @Args(() => CityCodesArgs) { codes }: CityCodesArgs): MultiverseCity[] {
    return multiverse.cities(codes ?? null);
  }

  @FieldResolver(() => [UniverseType], {
    nullable: true,
    description: 'Some combinations with their ranks. Null when they are refused; `errors` says why.',
  })
  universes(@Root() multiverse: MultiverseView, @Args(() => UniverseArgs) { from, count }: UniverseArgs): Universe[] {
    return multiverse.universes(from, count);
  }
}
