import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { Release } from '../entities';
import type { Agreement } from '../rankings/agreement.service';
import { permalinkOf, rankingFiles, type RankingFile } from '../rankings/files/formats';
import type { Page } from '../rankings/page';
import type { Ranking } from '../rankings/ranking.service';
import {
  rankedRows,
  RankingColumns,
  unrankedRows,
  warningRows,
  type RankedCity,
  type UnrankedRow,
  type WarningRow,
} from '../rankings/ranking-view';
import { ENGINE_VERSION } from '../scoring';
import { PageArgs } from './connection';
import type { Context } from './context';
import { AgreementArgs, RankingInput } from './ranking.inputs';
import {
  AgreementType,
  RankedCityConnection,
  RankingColumnsType,
  RankingFileType,
  RankingType,
  RankingWarningType,
  UnrankedCityType,
} from './ranking.types';

/** Rankings. */
@Resolver(() => RankingType)
export class RankingResolver {
  @Query(() => RankingType, {
    nullable: true,
    description:
      'A ranking of cities. Without arguments: the default methodology on the current release. Null when it fails; `errors` says why.',
  })
  ranking(
    @Arg('input', () => RankingInput, {
      nullable: true,
      description: 'What it is to be made of. Null or left out: the default index.',
    })
    input: RankingInput | undefined,
    @Ctx() { rankings }: Context,
  ): Promise<Ranking> {
    return rankings.rank(input ?? {});
  }

  @Query(() => RankingType, {
    nullable: true,
    description:
      'The ranking of a digest. Null where the server does not know it: `permalink` says which it does, and another version of the engine gives other digests.',
  })
  rankingByDigest(
    @Arg('digest', () => String, { description: 'Its digest.' }) digest: string,
    @Ctx() { archive }: Context,
  ): Promise<Ranking | null> {
    return archive.byDigest(digest);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Path of this ranking on this server, to cite it by; its files are listed there. Asking for it keeps what the ranking was made from, so that its digest is found for good; else it is found while the server remembers it. Null when the server keeps no more; `id` needs no keeping.',
  })
  async permalink(@Root() ranking: Ranking, @Ctx() { archive }: Context): Promise<string | null> {
    return (await archive.keep(ranking)) ? permalinkOf(ranking.digest) : null;
  }

  @FieldResolver(() => [RankingFileType], {
    nullable: true,
    description:
      'Its files: tables for other programs, and what is needed to cite it. Asking for them keeps the ranking, as `permalink` does. Null when the server keeps no more.',
  })
  async files(@Root() ranking: Ranking, @Ctx() { archive }: Context): Promise<RankingFile[] | null> {
    return (await archive.keep(ranking)) ? rankingFiles(ranking.digest) : null;
  }

  @FieldResolver(() => Release, { description: 'The release that it was made from.' })
  release(@Root() ranking: Ranking): Release {
    return ranking.data.release;
  }

  @FieldResolver(() => String, { description: 'Version of the engine that made it.' })
  engineVersion(): string {
    return ENGINE_VERSION;
  }

  @FieldResolver(() => Int, { description: 'The year that it is for.' })
  year(@Root() ranking: Ranking): number {
    return ranking.result.year;
  }

  @FieldResolver(() => [RankingWarningType], { description: 'What is noteworthy about it.' })
  warnings(@Root() ranking: Ranking): WarningRow[] {
    return warningRows(ranking);
  }

  @FieldResolver(() => RankedCityConnection, { description: 'The ranked cities, best first.' })
  rows(@Root() ranking: Ranking, @Args(() => PageArgs) args: PageArgs): Page<RankedCity> {
    return rankedRows(ranking, args);
  }

  @FieldResolver(() => RankingColumnsType, { description: 'The ranked cities as parallel lists, all at once.' })
  columns(@Root() ranking: Ranking): RankingColumns {
    return new RankingColumns(ranking);
  }

  @FieldResolver(() => [UnrankedCityType], { description: 'Selected cities that could not be ranked, by code.' })
  unranked(@Root() ranking: Ranking): UnrankedRow[] {
    return unrankedRows(ranking);
  }

  @FieldResolver(() => AgreementType, {
    nullable: true,
    description:
      'How far it agrees with a ranking that somebody else published, on the cities in both. Null when it fails; `errors` says why.',
  })
  agreement(
    @Root() ranking: Ranking,
    @Args(() => AgreementArgs) { with: choice }: AgreementArgs,
    @Ctx() { agreement }: Context,
  ): Agreement {
    return agreement.compare(ranking, choice);
  }
}
