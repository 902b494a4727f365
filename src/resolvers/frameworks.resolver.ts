import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { FrameworkNode, IndexFramework, Indicator, localisedName, type Language } from '../entities';
import type { Page } from '../rankings/page';
import { LanguageArg, ReleaseArg } from './arguments';
import { ReleasePageArgs } from './connection';
import type { Context } from './context';
import { FrameworkConnection } from './frameworks.types';
import { NamesType, namesOf, type NameSet } from './names.types';

/** Frameworks: the trees of the indices. */
@Resolver(() => IndexFramework)
export class FrameworkResolver {
  @Query(() => FrameworkConnection, {
    nullable: true,
    description: 'Frameworks of a release, by code. Null when it fails; `errors` says why.',
  })
  frameworks(
    @Args(() => ReleasePageArgs) args: ReleasePageArgs,
    @Ctx() { catalogue }: Context,
  ): Promise<Page<IndexFramework>> {
    return catalogue.frameworks(args);
  }

  @Query(() => IndexFramework, {
    nullable: true,
    description: 'One framework. Null when the release has none with this code.',
  })
  framework(
    @Arg('code', () => String, { description: 'Its code.' }) code: string,
    @ReleaseArg() release: string | undefined,
    @Ctx() { catalogue }: Context,
  ): Promise<IndexFramework | null> {
    return catalogue.framework(code, release);
  }

  @FieldResolver(() => String, { description: 'Its name, which is that of its root.' })
  name(@Root() framework: IndexFramework, @LanguageArg() language: Language): string {
    return localisedName(framework, language);
  }

  @FieldResolver(() => NamesType, { description: 'Its names in every language.' })
  names(@Root() framework: IndexFramework): NameSet {
    return namesOf(framework);
  }

  @FieldResolver(() => [FrameworkNode], {
    description: 'Its nodes from the root down: parents before their children, siblings in order.',
  })
  nodes(@Root() framework: IndexFramework, @Ctx() { catalogue }: Context): FrameworkNode[] {
    return catalogue.nodesOf(framework);
  }
}

/** Nodes of a framework. */
@Resolver(() => FrameworkNode)
export class FrameworkNodeResolver {
  @FieldResolver(() => String, { description: 'Its name.' })
  name(@Root() node: FrameworkNode, @LanguageArg() language: Language): string {
    return localisedName(node, language);
  }

  @FieldResolver(() => NamesType, { description: 'Its names in every language.' })
  names(@Root() node: FrameworkNode): NameSet {
    return namesOf(node);
  }

  @FieldResolver(() => Int, { description: 'How deep it is; 0 for the root.' })
  depth(@Root() node: FrameworkNode, @Ctx() { catalogue }: Context): number {
    return catalogue.depthOf(node);
  }

  @FieldResolver(() => Indicator, {
    nullable: true,
    description: 'Its indicator. Null for a node that is not a leaf.',
  })
  indicator(@Root() node: FrameworkNode, @Ctx() { catalogue }: Context): Indicator | null {
    return catalogue.indicatorOf(node);
  }
}
