import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { IndexFramework, MethodologyPreset } from '../entities';
import type { Page } from '../rankings/page';
import { ReleaseArg } from './arguments';
import { ReleasePageArgs } from './connection';
import type { Context } from './context';
import { MethodologyConnection } from './methodologies.types';
import { JsonScalar } from './scalars/json';

/** Saved recipes. */
@Resolver(() => MethodologyPreset)
export class MethodologyResolver {
  @Query(() => MethodologyConnection, {
    nullable: true,
    description: 'Saved recipes of a release, by code. Null when it fails; `errors` says why.',
  })
  methodologies(
    @Args(() => ReleasePageArgs) args: ReleasePageArgs,
    @Ctx() { catalogue }: Context,
  ): Promise<Page<MethodologyPreset>> {
    return catalogue.methodologies(args);
  }

  @Query(() => MethodologyPreset, {
    nullable: true,
    description: 'One saved recipe. Null when the release has none with this code.',
  })
  methodology(
    @Arg('code', () => String, { description: 'Its code.' }) code: string,
    @ReleaseArg() release: string | undefined,
    @Ctx() { catalogue }: Context,
  ): Promise<MethodologyPreset | null> {
    return catalogue.methodology(code, release);
  }

  @FieldResolver(() => JsonScalar, {
    description: 'The recipe as its publisher wrote it; what it leaves out has its default.',
  })
  recipe(@Root() methodology: MethodologyPreset): unknown {
    return methodology.recipe;
  }

  @FieldResolver(() => IndexFramework, {
    nullable: true,
    description: 'The framework that it is written for. Null when the release does not have it.',
  })
  framework(@Root() methodology: MethodologyPreset, @Ctx() { catalogue }: Context): IndexFramework | null {
    return catalogue.frameworkOf(methodology);
  }
}
