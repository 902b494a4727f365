import type { FastifyBaseLogger } from 'fastify';
import type { RequestJournal } from './journal';

/**
 * Writes one line at `info` for each request that is over: what it was, what came of it, how long it took. Answers that
 * are sent from memory before Fastify sees the request are counted in the metrics only: a line costs as much as they do.
 */
export function logRequests(log: FastifyBaseLogger, journal: RequestJournal): void {
  journal.onEnd(({ id, method, route, status, ms, by, open, notes }) => {
    if (open) return;
    const { kind, operation, hash, nodes, cost, from, codes } = notes ?? {};
    log.info(
      {
        reqId: id,
        method,
        route,
        status,
        ms: Math.round(ms * 10) / 10,
        ...(kind != null && { kind }),
        ...(operation != null && { operation }),
        ...(hash != null && { hash }),
        ...(nodes != null && { nodes }),
        ...(cost != null && { cost }),
        ...(from != null && { from }),
        ...(codes !== undefined && codes.length > 0 && { codes }),
        ...(by !== null && { by }),
      },
      'request',
    );
  });
}
