import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a connection may be opened by whoever asks for it. Browsers name the origin of the page, and the rules by which
 * they keep answers from foreign pages do not cover WebSockets, so that the server must look itself.
 * @param allowed the origins of `CORS_ORIGINS`
 */
export function mayConnect({ origin, host }: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  // Only browsers send it, and they always do: who does not could also make one up.
  if (origin === undefined) return true;
  return allowed.includes(origin) || (host !== undefined && hostOf(origin) === host.toLowerCase());
}

/** Host and port of an origin; the scheme is left out, since a proxy may have taken TLS off. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
