import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { CounterfactualView, Explanation, WhatIf } from '../rankings/explanation-view';
import { InputArg } from './comparison.resolver';
import type { Context } from './context';
import { CounterfactualArgs, WhatIfArgs } from './explanation.inputs';
import { CounterfactualType, ExplanationType, WhatIfType } from './explanation.types';
import { RankingInput } from './ranking.inputs';

/** Why a city stands where it does, and what would change it. */
@Resolver()
export class ExplanationResolver {
  @Query(() => ExplanationType, {
    nullable: true,
    description:
      "Why a city stands where it does: every stage's value and every indicator's contribution to every node. Null when it fails; `errors` says why.",
  })
  explain(
    @Arg('city', () => String, { description: 'Code of the city.' }) city: string,
    @InputArg() input: RankingInput | undefined,
    @Ctx() { explanation }: Context,
  ): Promise<Explanation> {
    return explanation.explain(city, input ?? {});
  }

  @Query(() => CounterfactualType, {
    nullable: true,
    description:
      "The smallest change of one of a city's own values, and of two, that gives it a rank, within the observed ranges or the limits given; or what shows that there is none. Null when it fails; `errors` says why.",
  })
  counterfactual(
    @Args(() => CounterfactualArgs) { city, targetRank, limits }: CounterfactualArgs,
    @InputArg() input: RankingInput | undefined,
    @Ctx() { explanation }: Context,
  ): Promise<CounterfactualView> {
    return explanation.counterfactual(city, targetRank, limits ?? [], input ?? {});
  }

  @Query(() => WhatIfType, {
    nullable: true,
    description:
      'The ranking after changes of data, cities or weights, beside the one before. Nothing is stored. Null when it fails; `errors` says why.',
  })
  whatIf(
    @Args(() => WhatIfArgs) changes: WhatIfArgs,
    @InputArg() input: RankingInput | undefined,
    @Ctx() { explanation }: Context,
  ): Promise<WhatIf> {
    return explanation.whatIf(changes, input ?? {});
  }
}
