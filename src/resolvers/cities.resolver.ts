import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { City, Initiative, localisedName, localisedProvinceName, PublishedRanking, type Language } from '../entities';
import type { Page } from '../rankings/page';
import { LanguageArg, ReleaseArg } from './arguments';
import { CitiesArgs } from './cities.inputs';
import { CityConnection } from './cities.types';
import type { Context } from './context';
import { NamesType, namesOf, type NameSet } from './names.types';

/** Cities: lists, look-ups and names. */
@Resolver(() => City)
export class CityResolver {
  @Query(() => CityConnection, {
    nullable: true,
    description: 'Cities of a release. Null when it fails; `errors` says why.',
  })
  cities(@Args(() => CitiesArgs) args: CitiesArgs, @Ctx() { catalogue }: Context): Promise<Page<City>> {
    return catalogue.cities(args);
  }

  @Query(() => City, { nullable: true, description: 'One city. Null when the release has none with this code.' })
  city(
    @Arg('code', () => String, { description: 'Its code.' }) code: string,
    @ReleaseArg() release: string | undefined,
    @Ctx() { catalogue }: Context,
  ): Promise<City | null> {
    return catalogue.city(code, release);
  }

  @FieldResolver(() => String, { description: 'Its name.' })
  name(@Root() city: City, @LanguageArg() language: Language): string {
    return localisedName(city, language);
  }

  @FieldResolver(() => NamesType, { description: 'Its names in every language.' })
  names(@Root() city: City): NameSet {
    return namesOf(city);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Name of its province. Null when the bundle gives none.',
  })
  provinceName(@Root() city: City, @LanguageArg() language: Language): string | null {
    return localisedProvinceName(city, language);
  }

  @FieldResolver(() => [Initiative], { description: 'What it announced or signed.' })
  initiatives(@Root() city: City, @Ctx() { catalogue }: Context): Initiative[] {
    return catalogue.initiativesOf(city);
  }

  @FieldResolver(() => [PublishedRanking], { description: 'Its places in rankings that others published.' })
  publishedRankings(@Root() city: City, @Ctx() { catalogue }: Context): PublishedRanking[] {
    return catalogue.publishedRankingsOf(city);
  }
}
