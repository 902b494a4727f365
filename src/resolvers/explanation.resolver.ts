import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { CounterfactualView, Explanation, WhatIf } from '../rankings/explanation-view';
import { InputArg } from './comparison.resolver';
import type { Context } from './context';
import { AddedCityInput, ValueLimitInput, WhatIfChangeInput, WhatIfWeightInput } from './explanation.inputs';
import { CounterfactualType, ExplanationType, WhatIfType } from './explanation.types';
import { RankingInput } from './ranking.inputs';

/** Why a city stands where it does, and what would change it. */
@Resolver()
export class ExplanationResolver {
  @Query(() => ExplanationType, {
    description:
      "Why a city stands where it does: every stage's value and every indicator's contribution to every node.",
  })
  explain(
    @Arg('city', () => String, { description: 'Code of the city.' }) city: string,
    @InputArg() input: RankingInput | undefined,
    @Ctx() { explanation }: Context,
  ): Promise<Explanation> {
    return explanation.explain(city, input ?? {});
  }

  @Query(() => CounterfactualType, {
    description:
      "The smallest change of one of a city's own values, and of two, that gives it a rank, within the observed ranges or the limits given; or what shows that there is none.",
  })
  counterfactual(
    @Arg('city', () => String, { description: 'Code of the city.' }) city: string,
    @Arg('targetRank', () => Int, {
      description: 'The rank: reached or passed where better than the present one, fallen to where worse.',
    })
    targetRank: number,
    @Arg('limits', () => [ValueLimitInput], {
      nullable: true,
      description: 'Ranges of indicators. Null or left out: what is observed among the scored cities.',
    })
    limits: ValueLimitInput[] | undefined,
    @InputArg() input: RankingInput | undefined,
    @Ctx() { explanation }: Context,
  ): Promise<CounterfactualView> {
    return explanation.counterfactual(city, targetRank, limits ?? [], input ?? {});
  }

  @Query(() => WhatIfType, {
    description: 'The ranking after changes of data, cities or weights, beside the one before. Nothing is stored.',
  })
  whatIf(
    @Arg('changes', () => [WhatIfChangeInput], {
      nullable: true,
      description: 'Observations that are to be otherwise, at most 200. Null or left out: none.',
    })
    changes: WhatIfChangeInput[] | undefined,
    @Arg('add', () => [AddedCityInput], {
      nullable: true,
      description: 'Cities that are added, at most 200. Null or left out: none.',
    })
    add: AddedCityInput[] | undefined,
    @Arg('remove', () => [String], {
      nullable: true,
      description: 'Codes of cities that are left out, at most 200. Null or left out: none.',
    })
    remove: string[] | undefined,
    @Arg('weights', () => [WhatIfWeightInput], {
      nullable: true,
      description: 'Weights that are to be otherwise, at most 200. Null or left out: none.',
    })
    weights: WhatIfWeightInput[] | undefined,
    @InputArg() input: RankingInput | undefined,
    @Ctx() { explanation }: Context,
  ): Promise<WhatIf> {
    return explanation.whatIf({ changes, add, remove, weights }, input ?? {});
  }
}
