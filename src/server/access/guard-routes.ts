import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ERROR_CATALOGUE } from '../errors';
import { errorBody } from '../http-errors';
import type { Authenticator } from './authenticate';
import { anonymous, type Principal } from './principal';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True where the route gives no data, so that anybody may ask; or which requests are such. */
    readonly open?: boolean | ((request: FastifyRequest) => boolean);
  }
  interface FastifyRequest {
    /** Who asks; somebody who may do nothing until that is known, and on open routes. */
    readonly principal: Principal;
  }
}

const UNKNOWN = anonymous(false);

/**
 * Finds out who asks before anything else looks at a request, and refuses who may not use the service. Every route is
 * closed unless its `config.open` says otherwise, so that none can be forgotten.
 */
export function guardRoutes(http: FastifyInstance, authenticator: Pick<Authenticator, 'admit'>): void {
  const principals = new WeakMap<FastifyRequest, Principal>();
  http.decorateRequest('principal', {
    getter(this: FastifyRequest) {
      return principals.get(this) ?? UNKNOWN;
    },
  });
  http.addHook('onRequest', async (request, reply) => {
    const { open } = request.routeOptions.config;
    if (request.is404 || open === true || (typeof open === 'function' && open(request))) return undefined;
    const result = await authenticator.admit(request.headers);
    if ('principal' in result) {
      principals.set(request, result.principal);
      return undefined;
    }
    const { code, message, challenge } = result.refusal;
    return reply
      .code(ERROR_CATALOGUE[code].status)
      .header('www-authenticate', challenge)
      .header('cache-control', 'no-store')
      .send(errorBody(code, request.id, message));
  });
}
