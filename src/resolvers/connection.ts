import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, type Edge, type PageInfo } from '../rankings/page';
import { PageSize } from './rules';

const SIZE = `1 to ${String(MAX_PAGE_SIZE)}`;

/** Arguments of a list that is read from the front only. */
@ArgsType()
export class ForwardPageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `How many items, ${SIZE}. Null or left out: ${String(DEFAULT_PAGE_SIZE)}.`,
  })
  @PageSize()
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the item that the page comes after. Null or left out: from the start.',
  })
  after?: string | null;
}

/** Arguments of a list that is read from either end. */
@ArgsType()
export class PageArgs extends ForwardPageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `How many items from the end, ${SIZE}; not together with \`first\`. Null or left out: read from the start.`,
  })
  @PageSize()
  last?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the item that the page comes before. Null or left out: up to the end.',
  })
  before?: string | null;
}

/** Arguments of a list of a release. */
@ArgsType()
export class ReleasePageArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Version of the release to read. Null or left out: the current one.',
  })
  release?: string | null;
}

/** Where a page stands in its list. */
@ObjectType('PageInfo', { description: 'Where a page stands in its list.', simpleResolvers: true })
export class PageInfoType implements PageInfo {
  @Field(() => Boolean, { description: 'Whether items follow this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether items precede this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item. Null when the page is empty.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last item. Null when the page is empty.' })
  endCursor!: string | null;
}

/** What a connection's type reads; a `Page` has it. */
export interface Connection<T> {
  readonly nodes: readonly T[];
  readonly edges: readonly Edge<T>[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/**
 * Makes the connection type of a node type, as the Relay specification has it, with `nodes` as a short cut.
 * @param name name of the node type in the schema
 * @param items what the items are, in the plural, for descriptions
 */
export function makeConnection<T extends object>(
  nodeType: ClassType<T>,
  name: string,
  items: string,
): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`, { description: `One of the ${items}, with its cursor.`, simpleResolvers: true })
  class EdgeType implements Edge<T> {
    @Field(() => String, { description: 'Pass it as `after` or `before` to page from here.' })
    cursor!: string;

    @Field(() => nodeType, { description: 'The item.' })
    node!: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${items}.`, simpleResolvers: true })
  class ConnectionType implements Connection<T> {
    @Field(() => [nodeType], { description: 'The items of the page.' })
    nodes!: readonly T[];

    @Field(() => [EdgeType], { description: 'The items of the page with their cursors.' })
    edges!: readonly EdgeType[];

    @Field(() => PageInfoType, { description: 'Where the page stands.' })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: 'Number of items on all pages.' })
    totalCount!: number;
  }

  return ConnectionType;
}
