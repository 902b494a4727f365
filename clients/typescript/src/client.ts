import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

/** How the service is reached. */
export interface ClientOptions {
  /** Address of the GraphQL endpoint, such as `http://localhost:4000/graphql`. */
  readonly url: string;
  /** In place of the built-in `fetch`. */
  readonly fetch?: typeof fetch;
  /** Headers of every request, such as an API key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Longest wait for an answer, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number;
}

/** An error of an answer. `code` is one of the service's catalogue, `docs/errors.md`. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly field?: string;
    readonly value?: unknown;
    readonly allowed?: string;
    readonly [key: string]: unknown;
  };
}

/** An answer as it came: parts that failed are null in `data` and told in `errors`. */
export interface Answer<Data> {
  readonly data: Data | null;
  readonly errors: readonly AnswerError[];
}

/** The service could not be reached, or its answer holds errors. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  constructor(
    message: string,
    /** HTTP status; null where there was no answer. */
    readonly status: number | null,
    readonly errors: readonly AnswerError[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Code of the first error; null where there is none. */
  get code(): string | null {
    return this.errors[0]?.extensions?.code ?? null;
  }
}

/** Variables may be left out where none is required. */
type Variables<V> = Record<string, never> extends V ? [variables?: V] : [variables: V];

/** A connection as far as paging needs it. */
interface PageOf<Item> {
  readonly nodes: readonly Item[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** What {@link createClient} makes. */
export interface Client {
  /**
   * Runs a document and gives its data.
   * @throws ClientError where the answer holds any error
   */
  request<Data, V>(document: TypedDocumentNode<Data, V>, ...variables: Variables<V>): Promise<Data>;
  /**
   * Runs a document and gives data and errors side by side, for answers of which a part may fail.
   * @throws ClientError where there is no GraphQL answer
   */
  answer<Data, V>(document: TypedDocumentNode<Data, V>, ...variables: Variables<V>): Promise<Answer<Data>>;
  /**
   * Every item of a list, page after page.
   * @param connectionOf finds the list in the data
   * @throws ClientError where the answer holds any error
   */
  items<Data, V extends { after?: string | null | undefined }, Item>(
    document: TypedDocumentNode<Data, V>,
    variables: V,
    connectionOf: (data: Data) => PageOf<Item> | null | undefined,
  ): AsyncGenerator<Item, void, undefined>;
}

/** A client of the service at an address. It keeps nothing: for a normalised cache take Apollo Client, urql or Relay. */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? fetch;

  async function answerTo<Data>(document: TypedDocumentNode<Data, never>, variables: unknown): Promise<Answer<Data>> {
    const response = await reach(send, options, { query: print(document), variables });
    const body = await readJson(response);
    if (isAnswerTo(document, body)) return { data: body.data ?? null, errors: body.errors ?? [] };
    throw new ClientError(`The answer of ${options.url} is not GraphQL.`, response.status);
  }

  async function dataOf<Data>(document: TypedDocumentNode<Data, never>, variables: unknown): Promise<Data> {
    const { data, errors } = await answerTo(document, variables);
    const [first] = errors;
    if (first || data === null) throw new ClientError(first?.message ?? 'The answer holds no data.', 200, errors);
    return data;
  }

  return {
    request: (document, ...[variables]) => dataOf(document, variables),
    answer: (document, ...[variables]) => answerTo(document, variables),
    async *items(document, variables, connectionOf) {
      let after = variables.after;
      for (;;) {
        const page = connectionOf(await dataOf(document, { ...variables, after }));
        if (!page) return;
        yield* page.nodes;
        if (!page.pageInfo.hasNextPage) return;
        after = page.pageInfo.endCursor;
      }
    },
  };
}

async function reach(send: typeof fetch, options: ClientOptions, body: object): Promise<Response> {
  try {
    return await send(options.url, {
      method: 'POST',
      headers: {
        ...options.headers,
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(options.timeoutMs ?? 30_000),
    });
  } catch (cause) {
    throw new ClientError(`${options.url} cannot be reached.`, null, [], { cause });
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/** What the schema promises is believed here, and nowhere else: only the outer form of an answer is looked at. */
function isAnswerTo<Data>(
  _document: TypedDocumentNode<Data, never>,
  body: unknown,
): body is { data?: Data | null; errors?: readonly AnswerError[] } {
  if (typeof body !== 'object' || body === null) return false;
  const errors: unknown = 'errors' in body ? body.errors : undefined;
  return ('data' in body || Array.isArray(errors)) && (errors === undefined || Array.isArray(errors));
}
