import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What a request shows as `Authorization: Bearer …`; undefined where it shows nothing so. */
export const bearerOf = ({ authorization = '' }: IncomingHttpHeaders): string | undefined =>
  /^Bearer +(\S+)$/i.exec(authorization)?.[1];

/** Whether a request shows a secret as `Authorization: Bearer …`. How long that takes says nothing of the secret. */
export function showsSecret(headers: IncomingHttpHeaders, secret: string): boolean {
  return timingSafeEqual(digestOf(bearerOf(headers) ?? ''), digestOf(secret));
}
