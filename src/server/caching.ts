import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ANONYMOUS } from './access';

/** Who may keep an answer on the way: everybody, or only the caller it was made for. */
export const audienceOf = ({ principal }: FastifyRequest): 'public' | 'private' =>
  principal.rightsKey === ANONYMOUS ? 'public' : 'private';

/** An `ETag` by what decides the content; weak, since it stands for every encoding. */
export const weakTag = (content: string | Buffer): string => `W/"${hash('sha256', content, 'base64url').slice(0, 27)}"`;

/** Says what an answer depends on besides its address, after what was said before. */
export function addVary(reply: FastifyReply, names: string): void {
  const before = reply.getHeader('vary');
  reply.header('vary', typeof before === 'string' ? `${before}, ${names}` : names);
}
