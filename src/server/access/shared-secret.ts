import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether a request shows a secret as `Authorization: Bearer …`. How long that takes says nothing of the secret. */
export function showsSecret({ authorization = '' }: IncomingHttpHeaders, secret: string): boolean {
  const shown = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
  return timingSafeEqual(digestOf(shown), digestOf(secret));
}
