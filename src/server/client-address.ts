import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';

/** Names the client that a request comes from, by its address. */
export type ClientOf = (request: IncomingMessage) => string;

/**
 * @param proxies addresses, networks or `loopback`, `linklocal`, `uniquelocal` whose `X-Forwarded-For` is believed; none
 * where it is empty, since any client can send that header
 */
export function clientByAddress(proxies: readonly string[]): ClientOf {
  if (proxies.length === 0) return ({ socket }) => networkOf(socket.remoteAddress ?? '');
  const isProxy = proxyAddr.compile([...proxies]);
  return (request) => networkOf(proxyAddr(request, isProxy));
}

/** An IPv4 address as it is; of IPv6 the first 64 bits, since one client has as many as it likes of the rest. */
export function networkOf(address: string): string {
  // ::ffff:192.0.2.1 is an IPv4 address.
  if (!address.includes(':') || address.includes('.')) return address.slice(address.lastIndexOf(':') + 1);
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = new Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...(tail === undefined ? [] : zeros), ...after].slice(0, 4).join(':');
}
