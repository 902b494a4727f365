import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestJournal } from './journal';

/** Where nobody is told who asks, there is nothing worth a line: probes, the explorer's page, addresses that are none. */
function isWorthALine({ routeOptions, is404 }: FastifyRequest): boolean {
  return routeOptions.config.open !== true && !is404;
}

/**
 * Writes one line at `info` for each request that is over: what it was, what came of it, how long it took. Answers that
 * are sent from memory before Fastify sees the request are counted in the metrics only: a line costs as much as they do.
 */
export function logRequests(http: FastifyInstance, journal: RequestJournal): void {
  http.addHook('onResponse', (request, reply, done) => {
    if (isWorthALine(request)) {
      const { kind, operation, hash, nodes, cost, from, codes } = journal.of(request) ?? {};
      request.log.info(
        {
          method: request.method,
          route: request.routeOptions.url,
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
          ...(kind != null && { kind }),
          ...(operation != null && { operation }),
          ...(hash != null && { hash }),
          ...(nodes != null && { nodes }),
          ...(cost != null && { cost }),
          ...(from != null && { from }),
          ...(codes !== undefined && codes.length > 0 && { codes }),
          ...(request.principal.id !== null && { by: request.principal.id }),
        },
        'request',
      );
    }
    done();
  });
}
