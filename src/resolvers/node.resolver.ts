import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { NodeType } from '../entities';
import type { Identified } from '../rankings/node.service';
import type { Context } from './context';
import { NodesArgs } from './node.inputs';

/** Objects by their global id. */
@Resolver(() => NodeType)
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description:
      'The object of an id, as when the id was given. Null for whatever is no id of this service, and for a ranking of another engine version.',
  })
  node(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { nodes }: Context,
  ): Promise<Identified | null> {
    return nodes.node(id);
  }

  @Query(() => [NodeType], {
    nullable: 'itemsAndList',
    description:
      'The objects of ids, in their order; each as `node` gives it. Null in place of each that `node` has not. Null when it fails; `errors` says why.',
  })
  nodes(@Args(() => NodesArgs) { ids }: NodesArgs, @Ctx() { nodes }: Context): Promise<(Identified | null)[]> {
    return nodes.nodes(ids);
  }

  @FieldResolver(() => ID)
  id(@Root() object: Identified, @Ctx() { nodes }: Context): string {
    return nodes.idOf(object);
  }
}
