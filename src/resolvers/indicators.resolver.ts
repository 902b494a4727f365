import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Indicator, localisedName, Source, type Language } from '../entities';
import type { Page } from '../rankings/page';
import { LanguageArg, ReleaseArg } from './arguments';
import type { Context } from './context';
import { IndicatorsArgs } from './indicators.inputs';
import { IndicatorConnection } from './indicators.types';
import { NamesType, namesOf, type NameSet } from './names.types';

/** Indicators: lists, look-ups and names. */
@Resolver(() => Indicator)
export class IndicatorResolver {
  @Query(() => IndicatorConnection, {
    nullable: true,
    description: 'Indicators of a release. Null when it fails; `errors` says why.',
  })
  indicators(
    @Args(() => IndicatorsArgs) args: IndicatorsArgs,
    @Ctx() { catalogue }: Context,
  ): Promise<Page<Indicator>> {
    return catalogue.indicators(args);
  }

  @Query(() => Indicator, {
    nullable: true,
    description: 'One indicator. Null when the release has none with this code.',
  })
  indicator(
    @Arg('code', () => String, { description: 'Its code.' }) code: string,
    @ReleaseArg() release: string | undefined,
    @Ctx() { catalogue }: Context,
  ): Promise<Indicator | null> {
    return catalogue.indicator(code, release);
  }

  @FieldResolver(() => String, { description: 'Its name.' })
  name(@Root() indicator: Indicator, @LanguageArg() language: Language): string {
    return localisedName(indicator, language);
  }

  @FieldResolver(() => NamesType, { description: 'Its names in every language.' })
  names(@Root() indicator: Indicator): NameSet {
    return namesOf(indicator);
  }

  @FieldResolver(() => Source, { nullable: true, description: 'Its main source. Null when the bundle names none.' })
  source(@Root() indicator: Indicator, @Ctx() { catalogue }: Context): Source | null {
    return catalogue.sourceOf(indicator);
  }
}
