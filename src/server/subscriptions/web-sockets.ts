import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { GraphQLError, type ExecutionArgs } from 'graphql';
import { handleProtocols, makeServer, type Context as SocketContext, type Server } from 'graphql-ws';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { RequestError } from '../../rankings/request-error';
import { CREDENTIAL_HEADERS, refusalError, type Authenticator, type Principal } from '../access';
import type { ClientOf } from '../client-address';
import { ERROR_CATALOGUE, type ErrorCode } from '../errors';
import { errorBody, plainAnswer } from '../http-errors';
import { rateLimited, rateLimitedWords, type RateLimiter } from '../limits/rate-limit';
import type { Connections } from './connections';
import type { Subscriptions, Voice } from './operations';
import { mayConnect } from './origin';

/** How sockets are served. */
export interface WebSocketOptions {
  readonly path: string;
  readonly allowedOrigins: readonly string[];
  /** Largest message in bytes. */
  readonly messageBytes: number;
  /** Operations that may run on one socket at a time. */
  readonly operations: number;
  /** Milliseconds between pings; a socket that has not answered one by the next is ended. */
  readonly keepAliveMs: number;
  /** Milliseconds within which a client must say hello. */
  readonly helloMs: number;
  readonly authenticator: Pick<Authenticator, 'admit' | 'stillAdmits'>;
  readonly clientOf: ClientOf;
  /** Charged a point for each connection and each operation, as for requests. */
  readonly limiter: Pick<RateLimiter, 'take'>;
}

/** What the protocol's server knows of a socket besides its operations. */
interface Extra {
  /** Those of the request that opened it, and from the first message on what that says of authorisation. */
  headers: IncomingHttpHeaders;
  /** Names who is charged unless a key is shown: its address. */
  readonly client: string;
  /** Who said hello; null before that. */
  principal: Principal | null;
  close(code: number, reason: string): void;
}

/** The server is stopping (RFC 6455). */
const GOING_AWAY = 1001;
/** Ask again later (IANA). */
const TRY_AGAIN_LATER = 1013;
/** The client has not shown that it may connect (graphql-ws); clients do not try again by themselves. */
const UNAUTHORISED = 4401;
/** Something went wrong here (graphql-ws). */
const INTERNAL_SERVER_ERROR = 4500;
/** Milliseconds that subscriptions have to end by themselves when the server stops. */
const LAST_WORDS_MS = 50;
/** Milliseconds that clients have to say goodbye when the server stops. */
const GOODBYE_MS = 1000;

/** The headers, with those parts of a client's first message that stand for ones which browsers cannot set on a socket. */
function headersOf({ connectionParams, extra }: SocketContext<Record<string, unknown>, Extra>): IncomingHttpHeaders {
  const headers = { ...extra.headers };
  for (const [key, value] of Object.entries(connectionParams ?? {})) {
    const name = CREDENTIAL_HEADERS.find((known) => known === key.toLowerCase());
    if (name !== undefined && typeof value === 'string') headers[name] = value;
  }
  return headers;
}

/**
 * Subscriptions over WebSocket, by the protocol `graphql-transport-ws`.
 * @returns ends all of them
 */
export function serveWebSockets(
  http: FastifyInstance,
  subscriptions: Subscriptions,
  connections: Connections,
  options: WebSocketOptions,
): () => Promise<void> {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.messageBytes,
    // A few small messages: what compression would hold in memory for each socket is more than what it saves.
    perMessageDeflate: false,
    handleProtocols: (protocols) => handleProtocols(protocols),
  });
  const server = protocolServer(http, subscriptions, options);
  http.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const wait = options.limiter.take(options.clientOf(request), 1);
    if (wait > 0) {
      refuseUpgrade(socket, 'RATE_LIMITED', wait, rateLimitedWords(wait));
      return;
    }
    const code = whyNot(request, options);
    const leave = code === null ? connections.take() : null;
    if (leave === null) {
      refuseUpgrade(socket, code ?? 'TOO_MANY_SUBSCRIPTIONS', 30);
      return;
    }
    socket.once('close', leave);
    sockets.handleUpgrade(request, socket, head, (opened) => {
      serveSocket(http, server, opened, request, options);
    });
  });
  return async () => {
    // What subscriptions have said last is on its way still.
    if (sockets.clients.size > 0) await sleep(LAST_WORDS_MS);
    const open = [...sockets.clients];
    const closed = open.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of open) socket.close(GOING_AWAY, 'Going away');
    const impatience = setTimeout(() => {
      for (const socket of open) socket.terminate();
    }, GOODBYE_MS);
    await Promise.all(closed);
    clearTimeout(impatience);
    sockets.close();
  };
}

/** Why a request for a socket is refused; null where it is not. */
function whyNot({ url, headers }: IncomingMessage, { path, allowedOrigins }: WebSocketOptions): ErrorCode | null {
  if (url?.split('?')[0] !== path) return 'NOT_FOUND';
  return mayConnect(headers, allowedOrigins) ? null : 'ORIGIN_NOT_ALLOWED';
}

/**
 * Answers an upgrade that is not made, in GraphQL's form.
 * @param retrySeconds told where another try may do better
 */
function refuseUpgrade(socket: Duplex, code: ErrorCode, retrySeconds: number, words?: string): void {
  const status: number = code === 'NOT_FOUND' ? 404 : ERROR_CATALOGUE[code].status;
  const isTemporary = status === 503 || status === 429;
  const headers = isTemporary ? [`retry-after: ${String(retrySeconds)}`] : [];
  socket.end(plainAnswer(status, errorBody(code, '', words), headers));
}

function protocolServer(
  http: FastifyInstance,
  subscriptions: Subscriptions,
  { operations, helloMs, authenticator, limiter }: WebSocketOptions,
): Server<Extra> {
  /** Who asked for the operations under way. */
  const callers = new WeakMap<object, Voice>();
  /** Ends of the operations under way, by the socket's context and their ids. */
  const ends = new WeakMap<object, Map<string, AbortController>>();
  const endsOf = (context: object): Map<string, AbortController> => {
    const known = ends.get(context) ?? new Map<string, AbortController>();
    ends.set(context, known);
    return known;
  };
  const voice = (): Voice => {
    const id = randomUUID();
    return { id, log: http.log.child({ reqId: id }) };
  };
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: helloMs,
    async onConnect(context) {
      const { extra } = context;
      extra.headers = headersOf(context);
      try {
        const result = await authenticator.admit(extra.headers);
        if ('principal' in result) {
          extra.principal = result.principal;
          return true;
        }
        extra.close(UNAUTHORISED, result.refusal.message);
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        extra.close(TRY_AGAIN_LATER, 'Try again later');
      }
      return false;
    },
    async onSubscribe(context, id, payload) {
      // The one that is being asked for is counted already.
      if (Object.keys(context.subscriptions).length > operations)
        return [
          new GraphQLError(`The connection has ${String(operations)} subscriptions already, which is as many as may.`, {
            extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' },
          }),
        ];
      const wait = limiter.take(context.extra.client, 1);
      if (wait > 0) return [rateLimited(wait)];
      // A key may have been revoked, and a token have expired, since the connection was opened.
      const result = await authenticator.admit(context.extra.headers);
      if ('refusal' in result) return [refusalError(result.refusal)];
      const { id: key } = result.principal;
      const caller = {
        ...voice(),
        principal: result.principal,
        client: key === null ? context.extra.client : `key ${key}`,
      };
      const end = new AbortController();
      const args = subscriptions.prepare(payload, caller, end.signal);
      if ('schema' in args) endsOf(context).set(id, end);
      callers.set(args, caller);
      return args;
    },
    subscribe: (args: ExecutionArgs) => subscriptions.run(args),
    onComplete(context, id) {
      endsOf(context).get(id)?.abort();
      endsOf(context).delete(id);
    },
    onClose(context) {
      for (const end of endsOf(context).values()) end.abort();
      ends.delete(context);
    },
    onNext: (_context, _id, _payload, args, result) => subscriptions.format(result, callers.get(args) ?? voice()),
    onError: (_context, _id, _payload, errors) => subscriptions.formatErrors(errors, callers.get(errors) ?? voice()),
  });
}

function serveSocket(
  http: FastifyInstance,
  server: Server<Extra>,
  socket: WebSocket,
  request: IncomingMessage,
  { keepAliveMs, authenticator, clientOf }: WebSocketOptions,
): void {
  const close = (code: number, reason: string): void => {
    socket.close(code, reason);
  };
  const extra: Extra = { headers: request.headers, client: clientOf(request), principal: null, close };
  let answered = true;
  const pings = setInterval(() => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
    if (extra.principal)
      void authenticator.stillAdmits(extra.principal, extra.headers).then((admitted) => {
        if (!admitted) close(UNAUTHORISED, 'The key or token does not hold any more');
      });
  }, keepAliveMs);
  socket.on('pong', () => (answered = true));
  // A message that is too large, or no message at all: the socket closes itself and says why.
  socket.on('error', (error) => {
    http.log.debug({ err: error }, 'web socket');
  });
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (text) =>
        new Promise((resolve) => {
          // What becomes of it is told by the socket's own events.
          if (socket.readyState === socket.OPEN)
            socket.send(text, () => {
              resolve();
            });
          else resolve();
        }),
      close,
      onMessage: (listener) => {
        socket.on('message', (data: RawData) => {
          listener(textOf(data)).catch((error: unknown) => {
            http.log.error({ err: error }, 'unexpected error on a web socket');
            socket.close(INTERNAL_SERVER_ERROR, 'Unexpected error');
          });
        });
      },
    },
    extra,
  );
  socket.once('close', (code, reason) => {
    clearInterval(pings);
    closed(code, reason.toString()).catch((error: unknown) => {
      http.log.error({ err: error }, 'unexpected error on a web socket');
    });
  });
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : data.toString('utf8');
}
