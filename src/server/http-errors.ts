import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { QueueFullError, RequestError } from '../rankings/request-error';
import { ScoringError } from '../scoring';
import { codeOf, ERROR_CATALOGUE, extensionsOf, type ErrorCode } from './errors';

/** The answer to a request that never reached GraphQL, in GraphQL's own form. */
export function errorBody(code: ErrorCode, requestId: string, words?: string): object {
  const { meaning, remedy } = ERROR_CATALOGUE[code];
  const message = code === 'INTERNAL' ? 'Unexpected error' : (words ?? `${meaning} ${remedy}`);
  return { errors: [{ message, extensions: { code, ...(code === 'INTERNAL' && { requestId }) } }] };
}

/** Media types of answers in GraphQL's form; the first where the caller does not mind. */
const MEDIA_TYPES = ['application/json', 'application/graphql-response+json'];

/** The media type, with its charset, that a request for GraphQL takes. */
export function mediaTypeFor({ raw }: FastifyRequest): string {
  return `${new Negotiator(raw).mediaType(MEDIA_TYPES) ?? 'application/json'}; charset=utf-8`;
}

/** Answers a request for GraphQL that is refused before any operation runs. */
export function refuseRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ErrorCode,
  words?: string,
): FastifyReply {
  const { status } = ERROR_CATALOGUE[code];
  return reply
    .code(status)
    .type(mediaTypeFor(request))
    .send(errorBody(code, request.id, words));
}

function httpErrorCode(error: FastifyError): ErrorCode {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'BODY_TOO_LARGE';
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'UNSUPPORTED_MEDIA_TYPE';
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return 'BAD_REQUEST';
  return codeOf(error);
}

/** The status of an error where there is no GraphQL answer for it to stand in. */
export function statusOutside(code: ErrorCode): number {
  const { status } = ERROR_CATALOGUE[code];
  if (code === 'NOT_FOUND') return 404;
  return status === 200 ? 422 : status;
}

/** What a use case refused, where there is no GraphQL answer for the error to stand in. */
function sendRefusal(error: RequestError | ScoringError, reply: FastifyReply): FastifyReply {
  if (error instanceof QueueFullError) reply.headers(Object.fromEntries(error.extensions.http.headers));
  return reply
    .code(statusOutside(error.code))
    .header('cache-control', 'no-store')
    .send({ errors: [{ message: error.message, extensions: extensionsOf(error) }] });
}

/** Answers what failed outside GraphQL with a code of the catalogue, and logs it where it is unexpected. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof RequestError || error instanceof ScoringError) return sendRefusal(error, reply);
  const code = httpErrorCode(error);
  if (code === 'INTERNAL') request.log.error({ err: error }, 'unexpected error');
  return reply.code(ERROR_CATALOGUE[code].status).send(errorBody(code, request.id));
}

/** Whatever fails outside GraphQL is answered by {@link answerError}. */
export function answerErrors(http: FastifyInstance): void {
  http.setErrorHandler(answerError);
  http.setNotFoundHandler((request, reply) => reply.code(404).send(errorBody('NOT_FOUND', request.id)));
}

/**
 * Answers methods that an address does not take, before a body is read. Without it they are answered as if nothing were there.
 * @param allow what it takes, GET and with it HEAD among them
 */
export function refuseOtherMethods(http: FastifyInstance, url: string, allow: readonly string[]): void {
  http.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !allow.includes(method)),
    url,
    onRequest: (request, reply) =>
      Promise.resolve(
        reply
          .code(ERROR_CATALOGUE.METHOD_NOT_ALLOWED.status)
          .header('allow', allow.join(', '))
          .send(errorBody('METHOD_NOT_ALLOWED', request.id)),
      ),
    handler: () => undefined,
  });
}

/** Refuses addresses that are too long before anything else looks at a request. */
export function limitAddresses(http: FastifyInstance, most: number): void {
  http.addHook('onRequest', (request, reply, done) => {
    // Addresses are ASCII on the wire.
    if ((request.raw.url ?? '').length <= most) {
      done();
      return;
    }
    const words = `The address is longer than ${String(most)} bytes. ${ERROR_CATALOGUE.URL_TOO_LONG.remedy}`;
    reply.code(ERROR_CATALOGUE.URL_TOO_LONG.status).send(errorBody('URL_TOO_LONG', request.id, words));
  });
}

/** What Node's parser could not read as a request, by the code of its error. */
const BROKEN: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
};

/** Answers what is no HTTP request, or did not come in time, and closes the connection. */
export function answerBrokenRequest(error: ConnectionError, socket: Socket): void {
  // The other side has gone, or an answer is under way on the connection, which another one must not get into.
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const code = BROKEN[error.code] ?? 'BAD_REQUEST';
  const { status }: { status: number } = ERROR_CATALOGUE[code];
  socket.end(plainAnswer(status, errorBody(code, '')), () => socket.destroy());
}

/**
 * A whole answer as bytes, for a connection that is closed after it.
 * @param headers besides those of the body, such as `retry-after: 30`
 */
export function plainAnswer(status: number, answer: object, headers: readonly string[] = []): string {
  const body = JSON.stringify(answer);
  return [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${String(Buffer.byteLength(body))}`,
    ...headers,
    '',
    body,
  ].join('\r\n');
}
