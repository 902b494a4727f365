import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RANKING_FILES } from '../../rankings/files/formats';
import type { ProcessServices } from '../../rankings/services';
import { noneMatch } from '../answer-cache';
import type { Asked, Outcome } from '../answering';
import { addVary, audienceOf, weakTag } from '../caching';
import { isErrorCode, type ErrorCode } from '../errors';
import type { GraphQLRoutes } from '../graphql.routes';
import { isPreflighted } from '../hot-answers';
import { errorBody, refuseOtherMethods, refuseRequest, statusOutside } from '../http-errors';
import { nodesOfCells } from '../limits/field-costs';
import { pointsOf, rateLimitedWords, type RateLimiter } from '../limits/rate-limit';
import { codesOf, type RequestJournal, type RequestNotes } from '../observe/journal';
import type { Tracing } from '../observe/tracing';
import { isRecord, readOperation, searchOf, toApolloRequest } from '../operation-request';
import { FILE_VARY, sendFile } from '../send-file';
import { cellsOf, openAnswerFile } from './answer-files';
import { checkParameters, formatAsked, tablesAsked } from './asked';
import { metadataOf } from './metadata';
import { questionOf } from './question';
import { tablesOf } from './tables';

/** What the files come from. */
export interface AnswerFilesOptions {
  readonly operations: GraphQLRoutes['operations'];
  readonly services: Pick<ProcessServices, 'files' | 'releases'>;
  /** Charged with the cells of a file, as with those of an answer's columns; the operation is charged by itself. */
  readonly limiter: RateLimiter;
  readonly journal: RequestJournal;
  /** Null where requests are not traced. */
  readonly tracing: Tracing | null;
  /** Address of the service without a slash at its end; empty where it is not known. */
  readonly publicUrl: string;
  /** Seconds that a reader may take nothing before it is given up. */
  readonly idleSeconds: number;
}

type FileRequest = FastifyRequest<{ Params: { readonly extension: string } }>;

const [URL, METHODS] = ['/answers.:extension', ['GET', 'HEAD', 'POST']];
const JSON_TYPE = 'application/json; charset=utf-8';
/** Changes when the same answer gives other bytes, so that what is kept elsewhere is asked for again. */
const LAYOUT = '1';

/**
 * `/answers.{extension}`: the tables of a query's answer as files. The query is sent as to `/graphql`, by GET or POST, is
 * answered on the same way, and is held to the same limits.
 */
export function registerAnswerFiles(http: FastifyInstance, options: AnswerFilesOptions): void {
  const { journal, tracing } = options;
  refuseOtherMethods(http, URL, METHODS);
  http.route<{ Params: { readonly extension: string } }>({
    method: METHODS,
    url: URL,
    async handler(request, reply) {
      const notes = journal.open(request, tracing?.begin(`${request.method} /answers`, request.headers));
      try {
        return await sendAnswerFile(request, reply, notes, options);
      } catch (error) {
        notes.codes = codesOf([error]);
        throw error;
      }
    },
  });
}

async function sendAnswerFile(
  request: FileRequest,
  reply: FastifyReply,
  notes: RequestNotes,
  { operations, services, limiter, publicUrl, idleSeconds }: AnswerFilesOptions,
): Promise<FastifyReply> {
  const format = formatAsked(request.params.extension);
  if (Array.isArray(request.body)) return refuseRequest(request, reply, 'BATCHING_UNSUPPORTED');
  reply.header('cache-control', 'no-store');
  if (request.method !== 'POST') checkParameters(searchOf(request));
  const operation = readOperation(request);
  const { operationName, variables, table } = operation;
  const before = services.releases.loaded;
  const outcome = await operations.answering.answer(askedOf({ request, reply, operation, notes }));
  const answer = answerIn(outcome);
  if ('code' in answer) return sendError(request, reply, answer);
  const { loaded } = services.releases;
  const { selection, question } = questionOf(operations, {
    source: answer.source,
    operationName,
    variables,
    // Not where another one was published meanwhile.
    release: loaded !== null && loaded === before ? loaded.release : null,
  });
  const tables = tablesAsked(tablesOf(selection, answer.data), table, format);
  const file = { format, tables, isOne: table != null, metadata: metadataOf(question, tables) };
  const { digest } = file.metadata;
  const { extension, contentType } = RANKING_FILES[format];
  const isKept = answer.caching !== null && request.method !== 'POST';
  const named = typeof table === 'string' ? table : '';
  const etag = weakTag([digest, extension, named, LAYOUT, publicUrl, answer.text].join('\0'));
  const isKnown = isKept && noneMatch(request.headers['if-none-match'], etag);
  const isSent = !isKnown && request.method !== 'HEAD';
  const wait = isSent ? limiter.take(request.client, pointsOf({ nodes: nodesOfCells(cellsOf(file)) })) : 0;
  if (wait > 0)
    return refuseRequest(request, reply.header('retry-after', wait), 'RATE_LIMITED', rateLimitedWords(wait));
  const opened = isSent ? await openAnswerFile(services.files.tables, file, publicUrl) : null;
  if (isKept) reply.header('etag', etag).header('cache-control', `${audienceOf(request)}, ${answer.caching}`);
  addVary(reply, FILE_VARY);
  if (isKnown) return reply.code(304).send();
  reply
    .type(contentType)
    .header('content-disposition', `attachment; filename="answer-${digest.slice(0, 12)}.${extension}"`);
  return opened === null ? reply.send() : sendFile(request, reply, opened, idleSeconds);
}

/** The operation as `/graphql` would be asked for it. */
function askedOf(sent: Pick<Asked, 'request' | 'reply' | 'operation' | 'notes'>): Asked {
  const accept = 'application/json';
  return {
    ...sent,
    accept,
    // A link cannot set the header that `/graphql` asks of GET. It needs none for what writes nothing down: a foreign page
    // cannot read what comes, and gains no right by whose browser asks, since nobody is known by a cookie.
    isSafe: true,
    takes: sent.request.method === 'POST' || isPreflighted(sent.request.headers) ? 'queries' : 'reads',
    toApollo(query) {
      const http = toApolloRequest(sent.request, query);
      http.headers.set('accept', accept);
      if (sent.request.method === 'POST') return http;
      http.headers.set('apollo-require-preflight', 'true');
      return { ...http, method: 'GET' };
    },
  };
}

/** An answer without errors. */
interface GoodAnswer {
  readonly source: string;
  readonly text: string;
  readonly data: unknown;
  /** How long it holds, as `cache-control` has it; null for the moment only. */
  readonly caching: string | null;
}

/** Why there is no file. */
interface BadAnswer {
  readonly code: ErrorCode;
  readonly status: number;
  readonly headers: Iterable<readonly [name: string, value: string]>;
  /** Null: what the catalogue says. */
  readonly errors: unknown;
  readonly words?: string | undefined;
}

function answerIn(outcome: Outcome): GoodAnswer | BadAnswer {
  if (outcome.kind === 'refused') {
    const { code, words, retryAfter } = outcome;
    const headers = retryAfter === undefined ? [] : [['retry-after', String(retryAfter)] as const];
    return { code, status: statusOutside(code), headers, errors: null, words };
  }
  if (outcome.kind === 'lasting') {
    const text = outcome.answer.body.toString();
    return { source: outcome.source, text, data: partsOf(text).data, caching: outcome.answer.cacheControl };
  }
  const { source, status, headers, body } = outcome;
  // What comes in parts is asked for by an `Accept` that none is made with here.
  if (typeof body !== 'string') throw new Error('An answer came in parts.');
  const { data, errors } = partsOf(body);
  if (status === 200 && errors === undefined) return { source, text: body, data, caching: null };
  const code = codeIn(errors);
  return { code, status: status === 200 ? statusOutside(code) : status, headers, errors };
}

function partsOf(text: string): { readonly data?: unknown; readonly errors?: unknown } {
  const answer: unknown = JSON.parse(text);
  return isRecord(answer) ? answer : {};
}

/** The code of the first error. */
function codeIn(errors: unknown): ErrorCode {
  const list: readonly unknown[] = Array.isArray(errors) ? errors : [];
  const [first] = list;
  const extensions = isRecord(first) ? first['extensions'] : null;
  const code = isRecord(extensions) ? extensions['code'] : null;
  return isErrorCode(code) ? code : 'INTERNAL';
}

function sendError(request: FastifyRequest, reply: FastifyReply, { code, status, headers, errors, words }: BadAnswer) {
  for (const [name, value] of headers) if (name !== 'content-length') reply.header(name, value);
  return reply
    .code(status)
    .type(JSON_TYPE)
    .send(errors === null ? errorBody(code, request.id, words) : { errors });
}
