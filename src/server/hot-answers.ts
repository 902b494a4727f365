import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { ANONYMOUS, CREDENTIAL_HEADERS } from './access';
import { sentAs, spellingOf, type Answer, type AnswerCache } from './answer-cache';
import type { AnswerMaker } from './made-answers';

/*
 * Answers that are kept are sent from here, before Fastify sees the request: its routing, hooks and reply cost several
 * times what sending the bytes does. Whatever is not plainly such a request goes on to Fastify as it came. Nobody is asked
 * who they are here, so this is for services that everybody may read. Some answers are made here, too: see
 * `made-answers.ts`.
 */

/** Requests with any of these always go through Fastify, which tells who asks. */
const CREDENTIALS = [...CREDENTIAL_HEADERS, 'cookie'] as const;
/** What an answer depends on besides the address. */
export const VARY = 'Accept, Accept-Encoding, Authorization, X-API-Key';

/** What the front needs. */
export interface HotAnswerOptions {
  readonly cache: AnswerCache;
  /** Largest body that is looked at. */
  readonly bodyBytes: number;
  /** Charges the client; whom it does not admit goes on, to be told so. */
  readonly admit: (request: IncomingMessage) => boolean;
  /** Headers that every answer carries, once they are known: each name before its value. */
  readonly commonHeaders: () => readonly string[] | null;
  /** Makes answers that are not kept; null where Fastify is to do so. */
  readonly maker: Pick<AnswerMaker, 'make'> | null;
  /** Told of what should not happen; the request goes on to Fastify. */
  readonly onError: (error: unknown) => void;
}

/** Bodies that were read here, for whoever handles the request next. */
export type ReadBodies = WeakMap<IncomingMessage, Buffer>;

/** Stands in front of the server's request listener; gives back the bodies that it has read. */
export function serveHotAnswers(
  server: Server,
  { cache, bodyBytes, admit, commonHeaders, maker, onError }: HotAnswerOptions,
): ReadBodies {
  const bodies: ReadBodies = new WeakMap();
  const listeners = server.listeners('request');
  const goOn = (request: IncomingMessage, response: ServerResponse): void => {
    for (const listener of listeners) Reflect.apply(listener, server, [request, response]);
  };
  const spell = (request: IncomingMessage, raw: Buffer | string): string =>
    spellingOf(request.method ?? '', request.headers.accept ?? '', ANONYMOUS, raw);
  const answered = (request: IncomingMessage, response: ServerResponse, spelling: string): boolean => {
    const headers = commonHeaders();
    // A server that is closing says so through Fastify.
    if (headers === null || !server.listening) return false;
    const answer = cache.bySpelling(spelling);
    if (!answer || !admit(request)) return false;
    send(request, response, answer, headers, randomUUID());
    return true;
  };
  /** Null where nothing was tried; else whether the request was answered. */
  const made = (
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    spelling: string,
  ): Promise<boolean> | null => {
    const headers = commonHeaders();
    if (maker === null || headers === null || !server.listening) return null;
    const id = randomUUID();
    try {
      const making = maker.make(request, response, body, spelling, id);
      const sent = making?.then((found) => {
        if (found === null) return false;
        send(request, response, found.answer, headers, id);
        found.tell();
        return true;
      });
      return sent?.catch(failed) ?? null;
    } catch (error) {
      return Promise.resolve(failed(error));
    }
    function failed(error: unknown): boolean {
      onError(error);
      return response.headersSent;
    }
  };
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isPlainGet(request)) {
      if (!answered(request, response, spell(request, request.url ?? ''))) goOn(request, response);
      return;
    }
    const length = plainPostLength(request, bodyBytes);
    if (length === null) {
      goOn(request, response);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      const [first] = chunks;
      const body = chunks.length === 1 && first ? first : Buffer.concat(chunks);
      const spelling = spell(request, body);
      if (answered(request, response, spelling)) return;
      const hand = (): void => {
        request.removeAllListeners('data');
        bodies.set(request, body);
        goOn(request, response);
      };
      const making = made(request, response, body, spelling);
      if (making === null) hand();
      else
        void making.then((isAnswered) => {
          if (!isAnswered) hand();
        });
    });
  });
  return bodies;
}

const hasCredentials = ({ headers }: IncomingMessage): boolean =>
  CREDENTIALS.some((name) => headers[name] !== undefined);

/** Whether a request could not have been made by a foreign page without the browser asking first; as Apollo tells it. */
export function isPreflighted(headers: IncomingMessage['headers']): boolean {
  const given = (value: string | string[] | undefined): boolean => value !== undefined && value.length > 0;
  return given(headers['apollo-require-preflight']) || given(headers['x-apollo-operation-name']);
}

function isPlainGet(request: IncomingMessage): boolean {
  return (
    request.method === 'GET' &&
    request.url?.startsWith('/graphql?') === true &&
    isPreflighted(request.headers) &&
    request.headers['content-type'] === undefined &&
    request.headers.origin === undefined &&
    !hasCredentials(request)
  );
}

const JSON_TYPE = /^application\/json(; ?charset=utf-8)?$/i;

/** The length of a body that is read here; null for a request that is left to Fastify. */
function plainPostLength(request: IncomingMessage, most: number): number | null {
  const { headers } = request;
  if (request.method !== 'POST' || request.url !== '/graphql' || !JSON_TYPE.test(headers['content-type'] ?? ''))
    return null;
  if (headers['content-encoding'] !== undefined || headers['transfer-encoding'] !== undefined) return null;
  if (headers.origin !== undefined || headers.upgrade !== undefined || hasCredentials(request)) return null;
  const length = Number(headers['content-length']);
  return length > 0 && length <= most ? length : null;
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  common: readonly string[],
  id: string,
): void {
  const { status, headers, bytes } = sentAs(answer, request, 'public');
  // A list, since an object of so many headers takes longer to make than all the rest.
  const head = [...common, 'x-request-id', id, 'vary', VARY, ...headers];
  if (bytes !== null) head.push('content-length', String(bytes.length));
  response.writeHead(status, head);
  response.end(bytes ?? undefined);
}
