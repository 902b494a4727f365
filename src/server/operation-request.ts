import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
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

/** The parts of a request, unchecked; empty where they cannot be read, which Apollo then says. */
export function readOperation(request: FastifyRequest): Operation {
  if (request.method === 'POST') return isRecord(request.body) ? request.body : {};
  const parameters = new URLSearchParams(searchOf(request));
  const operation: Record<string, unknown> = {};
  for (const [name, text] of parameters) {
    if (Object.hasOwn(operation, name)) return {};
    const isJson = name === 'variables' || name === 'extensions';
    operation[name] = isJson ? parseOrNull(text) : text;
    if (isJson && !isRecord(operation[name])) return {};
  }
  return operation;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What stands after the path of an address, with its question mark. */
export function searchOf({ url }: FastifyRequest): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start);
}

/** The request as Apollo takes it, with the document in place of its hash. */
export function toApolloRequest(request: FastifyRequest, query: string | undefined): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  let { body } = request;
  let search = searchOf(request);
  if (query !== undefined && isRecord(body)) {
    body = { ...body, query, extensions: withoutHash(body['extensions']) };
  } else if (query !== undefined) {
    const parameters = new URLSearchParams(search);
    parameters.set('query', query);
    const extensions = withoutHash(parseOrNull(parameters.get('extensions') ?? 'null'));
    parameters.set('extensions', JSON.stringify(extensions));
    search = `?${parameters.toString()}`;
  }
  return { method: request.method, headers, search, body };
}
