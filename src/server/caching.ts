import type { FastifyReply, FastifyRequest } from 'fastify';
import { ANONYMOUS } from './access';

/** Who may keep an answer on the way: everybody, or only the caller it was made for. */
export const audienceOf = ({ principal }: FastifyRequest): 'public' | 'private' =>
  principal.rightsKey === ANONYMOUS ? 'public' : 'private';

/** Says what an answer depends on besides its address, after what was said before. */
export function addVary(reply: FastifyReply, names: string): void {
  const before = reply.getHeader('vary');
  reply.header('vary', typeof before === 'string' ? `${before}, ${names}` : names);
}
