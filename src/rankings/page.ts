import { Once } from './once';
import { refuse, type RequestError } from './request-error';

/** Items on a page unless the caller says otherwise. */
export const DEFAULT_PAGE_SIZE = 50;
/** Most items on a page unless the settings say otherwise. */
export const MAX_PAGE_SIZE = 200;
/** Longest cursor that is looked at, in characters. */
const MAX_CURSOR_LENGTH = 1024;

/** Which part of a list is wanted, as the Relay specification has it. Null and absent mean the same. */
export interface PageRequest {
  /** Items from the front, 1 to the limit. */
  readonly first?: number | null;
  /** Cursor of the item that the page comes after. */
  readonly after?: string | null;
  /** Items from the back, 1 to the limit; not together with `first`. */
  readonly last?: number | null;
  /** Cursor of the item that the page comes before. */
  readonly before?: string | null;
}

/** Where a page stands in its list. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Null on an empty page. */
  readonly startCursor: string | null;
  /** Null on an empty page. */
  readonly endCursor: string | null;
}

/** An item with its cursor. */
export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

/** One page of a list. Edges and cursors are made when they are asked for. */
export class Page<T> {
  constructor(
    readonly nodes: readonly T[],
    /** Items on all pages. */
    readonly totalCount: number,
    private readonly neighbours: { readonly next: boolean; readonly previous: boolean },
    private readonly cursorOf: (item: T) => string,
  ) {}

  /** The items with their cursors. */
  @Once
  get edges(): readonly Edge<T>[] {
    return this.nodes.map((node) => ({ cursor: this.cursorOf(node), node }));
  }

  /** Where the page stands. */
  @Once
  get pageInfo(): PageInfo {
    const first = this.nodes[0];
    const last = this.nodes.at(-1);
    return {
      hasNextPage: this.neighbours.next,
      hasPreviousPage: this.neighbours.previous,
      startCursor: first === undefined ? null : this.cursorOf(first),
      endCursor: last === undefined ? null : this.cursorOf(last),
    };
  }
}

/** A value that a list is ordered by; null sorts last in either direction. */
export type SortValue = string | number | null;

/**
 * What a cursor holds: the list and order that it belongs to, the item's sort value (with its own flag for null) and its
 * key, so that ties and nulls cannot lose an item.
 */
export interface CursorParts {
  readonly scope: string;
  readonly value: SortValue;
  readonly key: readonly (string | number)[];
}

/** Writes an opaque cursor: base64url of JSON. */
export function encodeCursor({ scope, value, key }: CursorParts): string {
  return Buffer.from(JSON.stringify([scope, value === null ? 1 : 0, value ?? 0, ...key])).toString('base64url');
}

/** The error for a cursor that the list did not make. */
export function cursorInvalid(path: string, cursor: string): RequestError {
  return refuse(
    'CURSOR_INVALID',
    path,
    cursor,
    'The cursor does not belong to this list and order.',
    'a cursor from an answer to the same query',
  );
}

/**
 * Reads a cursor back.
 * @throws RequestError `CURSOR_INVALID` unless {@link encodeCursor} could have written it for this scope.
 */
export function decodeCursor(cursor: string, scope: string, path: string): CursorParts {
  const parts = cursor.length <= MAX_CURSOR_LENGTH && /^[A-Za-z0-9_-]+$/.test(cursor) ? parseJson(cursor) : null;
  if (!Array.isArray(parts)) throw cursorInvalid(path, cursor);
  const [writtenScope, isNull, value, ...key] = parts as readonly unknown[];
  const sortValue = isNull === 1 ? null : value;
  if (
    writtenScope !== scope ||
    !(sortValue === null || typeof sortValue === 'string' || typeof sortValue === 'number') ||
    !key.every((part): part is string | number => typeof part === 'string' || typeof part === 'number')
  )
    throw cursorInvalid(path, cursor);
  const decoded = { scope, value: sortValue, key };
  // Only one spelling of a cursor is accepted, so that nothing can hide in another.
  if (encodeCursor(decoded) !== cursor) throw cursorInvalid(path, cursor);
  return decoded;
}

function parseJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** How a list in memory is ordered and named. */
export interface ListOrder<T> {
  /** Names the list and its order; a cursor of another one is refused. */
  readonly scope: string;
  /** Unique key of an item. */
  keyOf(item: T): string;
  /** What it is ordered by, apart from the key. */
  valueOf(item: T): SortValue;
}

/**
 * The asked page of a list that is in memory and already in order.
 * @throws RequestError `BAD_INPUT` where both sizes are given, `CURSOR_INVALID` where a cursor is not of an item of this list.
 */
export function pageOf<T>(items: readonly T[], order: ListOrder<T>, request: PageRequest): Page<T> {
  const { size, backward } = readPageSize(request);
  const from = request.after == null ? 0 : positionOf(items, order, request.after, 'after') + 1;
  const to = request.before == null ? items.length : positionOf(items, order, request.before, 'before');
  const start = backward ? Math.max(from, to - size) : from;
  const end = backward ? Math.max(start, to) : Math.max(from, Math.min(to, from + size));
  return new Page(items.slice(start, end), items.length, { next: end < items.length, previous: start > 0 }, (item) =>
    encodeCursor({ scope: order.scope, value: order.valueOf(item), key: [order.keyOf(item)] }),
  );
}

/** Reads `first` or `last`; {@link DEFAULT_PAGE_SIZE} from the front where neither is given. */
export function readPageSize({ first, last }: PageRequest): { readonly size: number; readonly backward: boolean } {
  if (first != null && last != null)
    throw refuse('BAD_INPUT', 'last', last, 'Both `first` and `last` are given.', 'one of them');
  return { size: first ?? last ?? DEFAULT_PAGE_SIZE, backward: first == null && last != null };
}

function positionOf<T>(items: readonly T[], order: ListOrder<T>, cursor: string, path: string): number {
  const { value, key } = decodeCursor(cursor, order.scope, path);
  const position =
    key.length === 1
      ? items.findIndex((item) => order.keyOf(item) === key[0] && Object.is(order.valueOf(item), value))
      : -1;
  if (position < 0) throw cursorInvalid(path, cursor);
  return position;
}
