import type { ApolloServer, HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { getOperationAST, OperationTypeNode, type DocumentNode } from 'graphql';
import { refuse } from '../rankings/request-error';
import type { Context, Life } from '../resolvers/context';
import type { Answer, AnswerCache } from './answer-cache';
import { keepingFields, type Validity } from './cacheable';
import type { Documents } from './documents';
import { ERROR_CATALOGUE, type ErrorCode, type makeErrorFormatter } from './errors';
import { mediaTypeFor, refuseRequest } from './http-errors';
import { answerOf, isLongerThan, type AnswerMaker, type Asker } from './made-answers';
import { codesOf, hashOf, nameOf, type RequestJournal, type RequestNotes } from './observe/journal';
import { keyOf, wellFormed, type Operation } from './operation-request';
import type { PersistedQueries } from './persisted-queries';
import { RequestLife } from './request-life';

/** What answering takes. */
export interface AnsweringOptions {
  readonly apollo: Pick<ApolloServer<Context>, 'executeHTTPGraphQLRequest'>;
  readonly cache: AnswerCache;
  readonly documents: Documents;
  readonly persisted: PersistedQueries;
  /** Null where no answers are made in front. */
  readonly maker: Pick<AnswerMaker, 'lifeOf' | 'learnType'> | null;
  readonly journal: RequestJournal;
  readonly formatError: ReturnType<typeof makeErrorFormatter>;
  readonly contextOf: (asker: Asker, life: Life, span?: NonNullable<RequestNotes['trace']>['span']) => Context;
  /** What Apollo's plugins say of a request, and are told. */
  readonly validities: WeakMap<object, Validity>;
  readonly lives: WeakMap<HTTPGraphQLRequest, RequestLife>;
  readonly tried: WeakSet<object>;
  /** Largest answer. */
  readonly responseBytes: number;
}

/** An operation as it was sent, and how it is to be answered. */
export interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Its parts, unchecked. */
  readonly operation: Operation;
  readonly notes: RequestNotes;
  /** The `Accept` header that the answer is for. */
  readonly accept: string;
  /** Whether no foreign page can have sent it; Apollo refuses it otherwise, and answers from memory must not come before. */
  readonly isSafe: boolean;
  /** What may be run: anything, queries, or those that write nothing down. */
  readonly takes: 'all' | 'queries' | 'reads';
  /** The request as Apollo takes it, with the document in place of its hash where it is given. */
  readonly toApollo: (query: string | undefined) => HTTPGraphQLRequest;
  /** Told how an answer is found again that is kept. */
  readonly learn?: (key: string) => void;
}

/** An operation that was refused before anything ran, or whose answer cannot be sent. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: ErrorCode;
  /** Instead of those of the catalogue. */
  readonly words?: string;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** An answer without errors that holds for longer than a moment. */
export interface Lasting {
  readonly kind: 'lasting';
  readonly answer: Answer;
  readonly source: string;
}

/** An answer as Apollo gives it. */
export interface Passing {
  readonly kind: 'passing';
  readonly status: number;
  readonly headers: Iterable<readonly [name: string, value: string]>;
  readonly body: string | AsyncIterable<string>;
  /** Empty where there is none. */
  readonly source: string;
}

/** What came of an operation. */
export type Outcome = Refused | Lasting | Passing;

/** Runs operations that came by HTTP, or finds what they were answered with: one way for all addresses. */
export class Answering {
  constructor(private readonly options: AnsweringOptions) {}

  /**
   * Answers an operation.
   * @throws RequestError where it is not of what may be run
   */
  async answer(asked: Asked): Promise<Outcome> {
    const { cache, persisted } = this.options;
    const { request, operation, notes, accept } = asked;
    const { error, query, register } = persisted.resolve(operation);
    if (error !== undefined) return refused(error, PERSISTED_MESSAGES[error]);
    notes.hash = hashOf(query ?? operation['query']);
    notes.operation = nameOf(operation['operationName']);
    const { release } = cache;
    const meant = cache.enabled ? wellFormed({ ...operation, ...(query !== undefined && { query }) }) : null;
    const key = meant && keyOf(cache, meant, accept, request.principal.rightsKey);
    const known = key !== null && asked.isSafe ? cache.byKey(key) : undefined;
    if (known && key !== null && meant) {
      asked.learn?.(key);
      // What has an answer has proved valid, in whatever form it came before.
      if (register !== undefined && query !== undefined) persisted.register(register, query);
      notes.from = 'memory';
      return { kind: 'lasting', answer: known, source: meant.query };
    }
    const source = query ?? operation['query'];
    const text = typeof source === 'string' ? source : '';
    const refusal = text === '' ? null : this.#refusalOf(text, asked);
    if (refusal) return refusal;
    const http = asked.toApollo(query);
    const run = await this.#run(http, asked);
    if (run === null) return OVERDUE;
    if (register !== undefined && query !== undefined && this.options.validities.has(http))
      persisted.register(register, query);
    const { headers, body, status = 200 } = run;
    if (body.kind !== 'complete') return { kind: 'passing', status, headers, body: body.asyncIterator, source: text };
    const most = this.options.responseBytes;
    if (isLongerThan(body.string, most)) return refused('RESPONSE_TOO_LARGE', tooLarge(most));
    const validity = this.options.validities.get(http) ?? 'once';
    if (validity === 'once' || status !== 200)
      return { kind: 'passing', status, headers, body: body.string, source: text };
    const contentType = headers.get('content-type') ?? 'application/json; charset=utf-8';
    const answer = answerOf(body.string, contentType, validity);
    this.options.maker?.learnType(accept, contentType);
    // The release must not have changed while the answer was made.
    if (key !== null && cache.release === release) {
      cache.keep(key, answer);
      asked.learn?.(key);
    }
    return { kind: 'lasting', answer, source: text };
  }

  /** The answer to a document that is not run: it is not valid, or nothing that may be run. */
  #refusalOf(source: string, { request, operation, notes, takes }: Asked): Passing | null {
    const { documents, formatError } = this.options;
    const { errors, document } = documents.read(source, notes.trace?.step);
    if (document) {
      if (takes !== 'all') mustBeQuery(document, operation['operationName']);
      if (takes === 'reads') mustKeepNothing(document);
      return null;
    }
    notes.codes = codesOf(errors);
    const formatted = errors.map((error) => formatError(error.toJSON(), error));
    const headers = [['content-type', mediaTypeFor(request)] as const];
    return { kind: 'passing', status: 400, headers, body: JSON.stringify({ errors: formatted }), source };
  }

  /** Has Apollo run it; null where that takes too long. */
  async #run(http: HTTPGraphQLRequest, { request, reply, notes }: Asked) {
    const { apollo, maker, journal, contextOf, lives, tried } = this.options;
    journal.share(notes, http);
    const begunLife = maker?.lifeOf(request.raw);
    const life = begunLife ?? new RequestLife(reply.raw);
    if (begunLife) tried.add(http);
    lives.set(http, life);
    if (life.isOverdue) return null;
    const answered = apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: http,
      context: () => Promise.resolve(contextOf(request, life, notes.trace?.span)),
    });
    const result = await Promise.race([answered, life.overdue]);
    life.settle();
    if (result !== 'overdue') return result;
    answered.catch((error: unknown) => {
      request.log.error({ err: error }, 'unexpected error after the deadline');
    });
    return null;
  }
}

/** Tells whoever asked that it was refused. */
export function sendRefused(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, words, retryAfter }: Refused,
): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  return refuseRequest(request, reply, code, words);
}

const refused = (code: ErrorCode, words?: string): Refused => ({
  kind: 'refused',
  code,
  ...(words !== undefined && { words }),
});

const OVERDUE: Refused = { ...refused('DEADLINE_EXCEEDED'), retryAfter: 5 };

/** The words that clients for automatic persisted queries look for. */
const PERSISTED_MESSAGES: Readonly<Partial<Record<ErrorCode, string>>> = {
  PERSISTED_QUERY_NOT_FOUND: 'PersistedQueryNotFound',
};

const tooLarge = (most: number): string =>
  `The answer would be larger than ${String(most)} bytes. ${ERROR_CATALOGUE.RESPONSE_TOO_LARGE.remedy}`;

/** Which of several operations is meant, Apollo says. */
function mustBeQuery(document: DocumentNode, name: unknown): void {
  const kind = getOperationAST(document, typeof name === 'string' ? name : null)?.operation;
  if (kind === undefined || kind === OperationTypeNode.QUERY) return;
  throw refuse('BAD_INPUT', 'query', kind, 'Only what is read has files.', 'an operation of the kind query');
}

function mustKeepNothing(document: DocumentNode): void {
  const [field] = keepingFields(document);
  if (field === undefined) return;
  const why = 'What it gives is written down, which a link that anybody may set must not do.';
  throw refuse('BAD_INPUT', 'query', field, why, 'POST, or the header apollo-require-preflight');
}
