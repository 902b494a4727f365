import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Page } from '../rankings/page';
import type { Ranking } from '../rankings/ranking.service';
import { screeningView, SobolView, type CitySobolRow, type ScreeningView } from '../rankings/sobol-view';
import type { Context } from './context';
import { UncertainCitiesArgs } from './robustness.inputs';
import { RobustnessType } from './robustness.types';
import { OneAtATimeArgs, SobolArgs } from './sobol.inputs';
import { CitySobolConnection, ScreeningType, SobolType } from './sobol.types';

/** What is responsible for how ranks vary. */
@Resolver(() => RobustnessType)
export class VarianceResolver {
  @FieldResolver(() => SobolType, {
    nullable: true,
    description:
      'How much of the variance of ranks each choice and each weight is responsible for. Null when it was refused or failed; `errors` says why.',
  })
  sobol(
    @Root() { ranking }: { readonly ranking: Ranking },
    @Args(() => SobolArgs) { input }: SobolArgs,
    @Ctx() { robustness, life }: Context,
  ): Promise<SobolView> {
    return robustness
      .run('SOBOL', ranking, input, { at: 'input', signal: life.signal })
      .then((found) => new SobolView(found));
  }

  @FieldResolver(() => ScreeningType, {
    nullable: true,
    description:
      'What each change of the recipe does by itself. Null when it was refused or failed; `errors` says why.',
  })
  oneAtATime(
    @Root() { ranking }: { readonly ranking: Ranking },
    @Args(() => OneAtATimeArgs) { input }: OneAtATimeArgs,
    @Ctx() { robustness, life }: Context,
  ): Promise<ScreeningView> {
    return robustness.run('ONE_AT_A_TIME', ranking, input, { at: 'input', signal: life.signal }).then(screeningView);
  }
}

/** The indices of each city. */
@Resolver(() => SobolType)
export class SobolResolver {
  @FieldResolver(() => CitySobolConnection, {
    nullable: true,
    description:
      'Of the rank of each city that the recipe ranks, best first. Null when it is refused; `errors` says why.',
  })
  cities(
    @Root() sobol: SobolView,
    @Args(() => UncertainCitiesArgs) { codes, ...page }: UncertainCitiesArgs,
  ): Page<CitySobolRow> {
    return sobol.cities(codes ?? null, page);
  }
}
