import { Arg, Args, Ctx, FieldResolver, Float, Int, Resolver, Root } from 'type-graphql';
import type { BandRow } from '../rankings/bands.service';
import type { CityGrouping } from '../rankings/diagnostics.service';
import type { RankedCity } from '../rankings/ranking-view';
import type { Ranking } from '../rankings/ranking.service';
import { BandArgs, BandType, CityGroupingEnum } from './bands.types';
import type { Context } from './context';
import { RankedCityType, RankingType } from './ranking.types';

/** Bands of a ranking. */
@Resolver(() => RankingType)
export class RankingBandsResolver {
  @FieldResolver(() => [BandType], {
    nullable: true,
    description: 'The ranked cities cut into bands by score, best first. Null when it fails; `errors` says why.',
  })
  bands(@Root() ranking: Ranking, @Args(() => BandArgs) args: BandArgs, @Ctx() { bands }: Context): BandRow[] {
    return bands.bands(ranking, args);
  }
}

/** Band and rank within its group of a ranked city. */
@Resolver(() => RankedCityType)
export class RankedCityBandsResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Number of the band that its score is in; 1 is the best. Null never occurs among the rows, since they hold ranked cities only.',
  })
  band(
    @Root() { ranking, row }: RankedCity,
    @Args(() => BandArgs) args: BandArgs,
    @Ctx() { bands }: Context,
  ): number | null {
    return bands.bandOfRow(ranking, row, args);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      "Its rank among the ranked cities of its own group, by the recipe's tie rule. Null when it is in no group.",
  })
  rankInGroup(
    @Root() { ranking, row }: RankedCity,
    @Arg('by', () => CityGroupingEnum, { description: 'The grouping.' }) by: CityGrouping,
    @Ctx() { bands }: Context,
  ): number | null {
    return bands.rankInGroup(ranking, row, by);
  }
}
