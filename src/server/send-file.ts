import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What a file depends on besides its address: who asks. */
export const FILE_VARY = 'Authorization, X-API-Key';

/**
 * Sends a file as it is made.
 * @param idleSeconds how long its reader may take nothing before it is given up
 */
export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: Readable,
  idleSeconds: number,
): FastifyReply {
  reply.raw.setTimeout(idleSeconds * 1000, () => {
    request.log.warn('a reader of a file took nothing for too long');
    reply.raw.destroy();
  });
  return reply.send(file);
}
