import type { FastifyInstance } from 'fastify';
import type { ClientOf } from '../client-address';
import type { Config } from '../config';
import type { Authenticator } from '../access';
import type { RateLimiter } from '../limits/rate-limit';
import { Connections } from './connections';
import { serveEventStreams } from './event-streams';
import { Subscriptions, type OperationOptions } from './operations';
import { serveWebSockets } from './web-sockets';

export type { Caller, Voice } from './operations';
export { refuseSubscriptions } from './refuse-over-http';

/** Well below the minute after which many proxies end what is silent. */
const KEEP_ALIVE_MS = 12_000;
const HELLO_MS = 5_000;

/** What subscriptions need of the application. */
export interface SubscriptionOptions extends OperationOptions {
  readonly config: Pick<Config, 'limits' | 'corsOrigins' | 'subscriptionConnections' | 'subscriptionsPerSocket'>;
  readonly authenticator: Pick<Authenticator, 'admit' | 'stillAdmits'>;
  readonly clientOf: ClientOf;
  readonly limiter: Pick<RateLimiter, 'take'>;
  /** Milliseconds between signs of life; 12 seconds unless given. */
  readonly keepAliveMs?: number;
  /** Milliseconds within which a client must send its first message; 5 seconds unless given. */
  readonly helloMs?: number;
}

/** What can be told of the subscriptions. */
export interface OpenSubscriptions {
  /** WebSockets and streams of events that are open now. */
  readonly connections: () => number;
  /** Ends them all and takes no more. */
  end(): Promise<void>;
}

/**
 * Serves subscriptions over WebSocket at `/graphql` and over server-sent events at `/graphql/stream`. When the application
 * closes, they are ended first.
 */
export function registerSubscriptions(
  http: FastifyInstance,
  {
    config,
    authenticator,
    clientOf,
    limiter,
    keepAliveMs = KEEP_ALIVE_MS,
    helloMs = HELLO_MS,
    ...shared
  }: SubscriptionOptions,
): OpenSubscriptions {
  const subscriptions = new Subscriptions(shared);
  const connections = new Connections(config.subscriptionConnections);
  const allowedOrigins = config.corsOrigins;
  const endSockets = serveWebSockets(http, subscriptions, connections, {
    path: '/graphql',
    allowedOrigins,
    messageBytes: config.limits.bodyBytes,
    operations: config.subscriptionsPerSocket,
    keepAliveMs,
    helloMs,
    authenticator,
    clientOf,
    limiter,
  });
  const endStreams = serveEventStreams(http, subscriptions, connections, {
    path: '/graphql/stream',
    allowedOrigins,
    keepAliveMs,
    authenticator,
  });
  const end = async (): Promise<void> => {
    connections.close();
    endStreams();
    await endSockets();
  };
  http.addHook('preClose', end);
  return { end, connections: () => connections.open };
}
