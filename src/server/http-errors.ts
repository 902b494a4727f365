import type { FastifyError, FastifyInstance } from 'fastify';
import { codeOf, ERROR_CATALOGUE, type ErrorCode } from './errors';

/** The answer to a request that never reached GraphQL, in GraphQL's own form. */
export function errorBody(code: ErrorCode, requestId: string, words?: string): object {
  const { meaning, remedy } = ERROR_CATALOGUE[code];
  const message = code === 'INTERNAL' ? 'Unexpected error' : (words ?? `${meaning} ${remedy}`);
  return { errors: [{ message, extensions: { code, ...(code === 'INTERNAL' && { requestId }) } }] };
}

function httpErrorCode(error: FastifyError): ErrorCode {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'BODY_TOO_LARGE';
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'UNSUPPORTED_MEDIA_TYPE';
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return 'BAD_REQUEST';
  return codeOf(error);
}

/** Whatever fails outside GraphQL is answered with a code of the catalogue, and logged where it is unexpected. */
export function answerErrors(http: FastifyInstance): void {
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const code = httpErrorCode(error);
    if (code === 'INTERNAL') request.log.error({ err: error }, 'unexpected error');
    return reply.code(ERROR_CATALOGUE[code].status).send(errorBody(code, request.id));
  });
  http.setNotFoundHandler((request, reply) => reply.code(404).send(errorBody('NOT_FOUND', request.id)));
}
