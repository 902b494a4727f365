import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { GraphQLError, type ExecutionArgs } from 'graphql';
import { handleProtocols, makeServer, type Context as SocketContext, type Server } from 'graphql-ws';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { ERROR_CATALOGUE, type ErrorCode } from '../errors';
import { errorBody, plainAnswer } from '../http-errors';
import type { Connections } from './connections';
import type { Caller, Subscriptions } from './operations';
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
}

/** What the protocol's server knows of a socket besides its operations. */
interface Extra {
  readonly headers: IncomingHttpHeaders;
}

/** The server is stopping (RFC 6455). */
const GOING_AWAY = 1001;
/** Something went wrong here (graphql-ws). */
const INTERNAL_SERVER_ERROR = 4500;
/** Milliseconds that subscriptions have to end by themselves when the server stops. */
const LAST_WORDS_MS = 50;
/** Milliseconds that clients have to say goodbye when the server stops. */
const GOODBYE_MS = 1000;

/** Parts of a client's first message that stand for headers, which browsers cannot set on a socket. */
const AUTHORISING_HEADERS = ['authorization', 'x-api-key'] as const;

function headersOf({ connectionParams, extra }: SocketContext<Record<string, unknown>, Extra>): IncomingHttpHeaders {
  const headers = { ...extra.headers };
  for (const [key, value] of Object.entries(connectionParams ?? {})) {
    const name = AUTHORISING_HEADERS.find((known) => known === key.toLowerCase());
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
    const code = whyNot(request, options);
    const leave = code === null ? connections.take() : null;
    if (leave === null) {
      refuseUpgrade(socket, code ?? 'TOO_MANY_SUBSCRIPTIONS');
      return;
    }
    socket.once('close', leave);
    sockets.handleUpgrade(request, socket, head, (opened) => {
      serveSocket(http, server, opened, request, options.keepAliveMs);
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

/** Answers an upgrade that is not made, in GraphQL's form. */
function refuseUpgrade(socket: Duplex, code: ErrorCode): void {
  const status: number = code === 'NOT_FOUND' ? 404 : ERROR_CATALOGUE[code].status;
  socket.end(plainAnswer(status, errorBody(code, ''), status === 503 ? ['retry-after: 30'] : []));
}

function protocolServer(
  http: FastifyInstance,
  subscriptions: Subscriptions,
  { operations, helloMs }: WebSocketOptions,
): Server<Extra> {
  /** Who asked for the operations under way. */
  const callers = new WeakMap<object, Caller>();
  /** Ends of the operations under way, by the socket's context and their ids. */
  const ends = new WeakMap<object, Map<string, AbortController>>();
  const endsOf = (context: object): Map<string, AbortController> => {
    const known = ends.get(context) ?? new Map<string, AbortController>();
    ends.set(context, known);
    return known;
  };
  const callerOf = (context: SocketContext<Record<string, unknown>, Extra>): Caller => {
    const id = randomUUID();
    return { id, log: http.log.child({ reqId: id }), headers: headersOf(context) };
  };
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: helloMs,
    async onSubscribe(context, id, payload) {
      // The one that is being asked for is counted already.
      if (Object.keys(context.subscriptions).length > operations)
        return [
          new GraphQLError(`The connection has ${String(operations)} subscriptions already, which is as many as may.`, {
            extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' },
          }),
        ];
      const caller = callerOf(context);
      const end = new AbortController();
      endsOf(context).set(id, end);
      const args = await subscriptions.prepare(payload, caller, end.signal);
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
    onNext: (context, _id, _payload, args, result) =>
      subscriptions.format(result, callers.get(args) ?? callerOf(context)),
    onError: (context, _id, _payload, errors) =>
      subscriptions.formatErrors(errors, callers.get(errors) ?? callerOf(context)),
  });
}

function serveSocket(
  http: FastifyInstance,
  server: Server<Extra>,
  socket: WebSocket,
  { headers }: IncomingMessage,
  keepAliveMs: number,
): void {
  let answered = true;
  const pings = setInterval(() => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
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
      close: (code, reason) => {
        socket.close(code, reason);
      },
      onMessage: (listener) => {
        socket.on('message', (data: RawData) => {
          listener(textOf(data)).catch((error: unknown) => {
            http.log.error({ err: error }, 'unexpected error on a web socket');
            socket.close(INTERNAL_SERVER_ERROR, 'Unexpected error');
          });
        });
      },
    },
    { headers },
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
