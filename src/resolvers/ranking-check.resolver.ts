import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from './context';
import { checkRanking } from './ranking-check';
import { RankingCheckType, type RankingCheck } from './ranking-check.types';
import { RankingInput } from './ranking.inputs';
import { checkedInside } from './user-errors';

/** Checks of what is entered, before anything is run. */
@Resolver(() => RankingCheckType)
export class RankingCheckResolver {
  @Query(() => RankingCheckType, {
    nullable: true,
    description:
      'Checks what a ranking is to be made of, without running it: what is wrong comes as data, for a form. Null when it fails; `errors` says why.',
  })
  checkRanking(
    // Its rules are run inside, so that what breaks them comes as data too.
    @Arg('input', () => RankingInput, {
      nullable: true,
      validateFn: checkedInside,
      description: 'What it is to be made of. Null or left out: the default index.',
    })
    input: RankingInput | undefined,
    @Ctx() { rankings, argumentLimits }: Context,
  ): Promise<RankingCheck> {
    return checkRanking(rankings, input ?? {}, argumentLimits);
  }
}
