import { ArgsType, Field, ID } from 'type-graphql';
import { MAX_NODES } from '../rankings/node.service';
import { Items } from './rules';

/** Arguments of `nodes`. */
@ArgsType()
export class NodesArgs {
  @Field(() => [ID], {
    description: `Their ids, at most ${String(MAX_NODES)}; at most 2 of rankings, and of at most 4 releases.`,
  })
  @Items('ids', MAX_NODES)
  ids!: string[];
}
