import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { Authenticator } from '../access';
import { ERROR_CATALOGUE, type ErrorCode } from '../errors';
import type { Connections } from './connections';
import type { Parameters, Subscriptions } from './operations';
import { mayConnect } from './origin';

/** How streams are served. */
export interface EventStreamOptions {
  readonly path: string;
  readonly allowedOrigins: readonly string[];
  /** Milliseconds between comments that keep the connection open. */
  readonly keepAliveMs: number;
  readonly authenticator: Pick<Authenticator, 'stillAdmits'>;
}

/**
 * Subscriptions over server-sent events, by the protocol of graphql-sse in its mode of one connection for each operation.
 * Its other mode keeps state between requests that nobody may come back for.
 * @returns ends all of them
 */
export function serveEventStreams(
  http: FastifyInstance,
  subscriptions: Subscriptions,
  connections: Connections,
  options: EventStreamOptions,
): () => void {
  const open = new Set<() => void>();
  http.route({
    method: ['GET', 'POST'],
    url: options.path,
    async handler(request, reply) {
      reply.header('cache-control', 'no-store');
      if (!mayConnect(request.headers, options.allowedOrigins)) return refuse(reply, 'ORIGIN_NOT_ALLOWED');
      if (!acceptsStreams(request.headers.accept))
        return refuse(reply, 'BAD_REQUEST', 406, 'Events are sent as `text/event-stream` only; accept that.');
      const parameters = parametersOf(request);
      if (parameters === null)
        return refuse(reply, 'BAD_REQUEST', 400, 'The operation is not an object of `query`, `variables` and so on.');
      const leave = connections.take();
      if (!leave) return refuse(reply.header('retry-after', '30'), 'TOO_MANY_SUBSCRIPTIONS');
      const gone = new AbortController();
      const end = (): void => {
        gone.abort();
      };
      open.add(end);
      // A key may be revoked and a token expire while the stream is open.
      const checks = setInterval(() => {
        void options.authenticator.stillAdmits(request.principal, request.headers).then((admitted) => {
          if (!admitted) end();
        });
      }, options.keepAliveMs);
      reply.raw.once('close', () => {
        clearInterval(checks);
        leave();
        end();
        open.delete(end);
      });
      const results = await resultsOf(subscriptions, parameters, request, gone.signal);
      const stream = streamOf(results, request, gone.signal, options.keepAliveMs);
      // Proxies that gather answers before they send them on would gather these for ever.
      reply.header('x-accel-buffering', 'no');
      // Nothing else comes over it, and an idle connection would hold up the end of the server.
      reply.header('connection', 'close');
      return reply.type('text/event-stream; charset=utf-8').send(stream);
    },
  });
  return () => {
    for (const end of [...open]) end();
  };
}

function refuse(
  reply: FastifyReply,
  code: ErrorCode,
  status: number = ERROR_CATALOGUE[code].status,
  message = `${ERROR_CATALOGUE[code].meaning} ${ERROR_CATALOGUE[code].remedy}`,
): FastifyReply {
  return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
}

function acceptsStreams(accept: string | undefined): boolean {
  return accept !== undefined && accept.includes('text/event-stream');
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The operation in a request's body, or in the address, as `EventSource` sends it; null where there is none. */
function parametersOf({ method, query, body }: FastifyRequest): Parameters | null {
  if (method === 'POST') return isObject(body) ? body : null;
  const given: Parameters = isObject(query) ? query : {};
  if (given.variables === undefined) return given;
  if (typeof given.variables !== 'string') return null;
  try {
    return { ...given, variables: JSON.parse(given.variables) as unknown };
  } catch {
    return null;
  }
}

/** Formatted results; what is refused before it runs is one result with errors, which is where clients look for them. */
async function resultsOf(
  subscriptions: Subscriptions,
  parameters: Parameters,
  request: FastifyRequest,
  gone: AbortSignal,
): Promise<AsyncIterator<FormattedExecutionResult, undefined>> {
  const args = subscriptions.prepare(parameters, request, gone);
  const results = 'schema' in args ? await subscriptions.run(args) : { errors: args };
  const iterable = Symbol.asyncIterator in results ? results : only(results);
  const iterator = iterable[Symbol.asyncIterator]();
  return {
    async next() {
      const step: IteratorResult<ExecutionResult, undefined> = await iterator.next();
      return step.done === true ? step : { done: false, value: subscriptions.format(step.value, request) };
    },
    async return() {
      await iterator.return?.();
      return { done: true, value: undefined };
    },
  };
}

async function* only(result: ExecutionResult): AsyncGenerator<ExecutionResult> {
  yield await Promise.resolve(result);
}

/**
 * Results as the text of events. Nothing is asked for while the client has not taken what there is.
 * @param gone aborted when the client has gone or the server stops: then the stream ends without saying that the
 * operation is complete, so that clients that still want it ask again
 */
function streamOf(
  results: AsyncIterator<FormattedExecutionResult, undefined>,
  request: FastifyRequest,
  gone: AbortSignal,
  keepAliveMs: number,
): PassThrough {
  const stream = new PassThrough();
  // Some browsers take a stream for open only when its first byte is there.
  stream.write(':\n\n');
  const comments = setInterval(() => {
    if (!stream.writableNeedDrain && !stream.destroyed) stream.write(':\n\n');
  }, keepAliveMs);
  const end = (): void => {
    void results.return?.().catch(() => undefined);
  };
  const write = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await results.next();
      if (gone.aborted || done === true) break;
      if (!stream.write(`event: next\ndata: ${JSON.stringify(value)}\n\n`))
        await once(stream, 'drain', { signal: gone });
    }
    stream.end(gone.aborted ? '' : 'event: complete\ndata:\n\n');
  };
  if (gone.aborted) end();
  else gone.addEventListener('abort', end, { once: true });
  write()
    .catch((error: unknown) => {
      if (!gone.aborted) request.log.error({ err: error }, 'unexpected error in a stream of events');
      stream.end();
    })
    .finally(() => {
      clearInterval(comments);
      gone.removeEventListener('abort', end);
    });
  return stream;
}
