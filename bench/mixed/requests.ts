import { createHash } from 'node:crypto';

/** A request as it is sent. */
export interface Sent {
  readonly method: 'GET' | 'POST';
  /** With the query string. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly etag?: string | undefined;
  readonly body: string;
}

/** What an answer should be. */
export interface Expected {
  readonly status: 200 | 304;
  /** `json`: an answer of GraphQL; `text`: one that is not empty; `none`: an empty one. */
  readonly body: 'json' | 'text' | 'none';
}

/** Members of a JSON object, such as the variables of an operation. */
export type Variables = Readonly<Record<string, unknown>>;

/** An operation as it is usually sent. */
export const post = (query: string, variables?: Variables, extensions?: Variables): Sent => ({
  method: 'POST',
  path: '/graphql',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query, variables, extensions }),
});

/** An operation in an address, so that its answer can be kept on the way. */
export function get({ query, ...objects }: { query?: string; variables?: Variables; extensions?: Variables }): Sent {
  const search = new URLSearchParams(query === undefined ? {} : { query });
  for (const [name, value] of Object.entries(objects)) search.set(name, JSON.stringify(value));
  return { method: 'GET', path: `/graphql?${search.toString()}`, headers: { 'apollo-require-preflight': '1' } };
}

/** The extension that names a document by its hash: an automatically persisted query. */
export const hashOf = (document: string): Variables => ({
  persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(document).digest('hex') },
});

/** What is wrong with an answer, in a few words; null where nothing is. */
export function faultOf(expected: Expected, status: number, body: string): string | null {
  if (status !== expected.status) return `status ${String(status)}: ${body.slice(0, 500)}`;
  if (expected.body === 'none') return body === '' ? null : `a body: ${body.slice(0, 500)}`;
  if (body === '') return 'no body';
  if (expected.body === 'text') return null;
  const answer: unknown = JSON.parse(body);
  if (typeof answer !== 'object' || answer === null || 'errors' in answer) return body.slice(0, 500);
  const data: unknown = 'data' in answer ? answer.data : null;
  if (typeof data !== 'object' || data === null) return body.slice(0, 500);
  const empty = Object.entries<unknown>({ ...data }).find(([, value]) => value === null);
  return empty ? `${empty[0]} is null` : null;
}
