import type { AnswerCache } from './answer-cache';

/** The parts of a request for GraphQL, unchecked. */
export type Operation = Readonly<Record<string, unknown>>;

/** Whether a value is an object of JSON. */
export const isRecord = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An operation whose parts have the types that they must have. Null and absent mean the same. */
export interface WellFormed {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Operation | undefined;
  readonly extensions: Operation | undefined;
}

/** Null for what is not surely a well-formed operation. */
export function wellFormed({ query, operationName, variables, extensions }: Operation): WellFormed | null {
  if (typeof query !== 'string' || (operationName != null && typeof operationName !== 'string')) return null;
  if ((variables != null && !isRecord(variables)) || (extensions != null && !isRecord(extensions))) return null;
  return {
    query,
    operationName: operationName ?? undefined,
    variables: variables ?? undefined,
    extensions: extensions ?? undefined,
  };
}

/** The extensions of a request but for the one that names its document, which has been read by then. */
export const withoutHash = (extensions: unknown): Operation =>
  isRecord(extensions)
    ? Object.fromEntries(Object.entries(extensions).filter(([name]) => name !== 'persistedQuery'))
    : {};

/** Names what an operation means to somebody; null where nothing is kept for it. */
export function keyOf(
  cache: AnswerCache,
  { query, operationName, variables, extensions }: WellFormed,
  accept: string,
  rights: string,
): string | null {
  const others = withoutHash(extensions);
  return cache.keyOf({ query, operationName, variables, extensions: others, accept, rights });
}
