import { hash } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../resolvers/context';
import { codeOf, type ErrorCode } from '../errors';
import type { RequestTrace } from './tracing';

/** What a request turned out to be, for its log line and for what is counted. Holds nothing that a caller made up. */
export interface RequestNotes {
  kind: 'query' | 'mutation' | 'subscription' | null;
  /** Name of the operation; null where it has none. */
  operation: string | null;
  /** SHA-256 of the document, hexadecimal: the same as in a persisted query. */
  hash: string | null;
  /** Nodes that the answer was estimated at; null where that was not worked out. */
  nodes: number | null;
  /** What it spent, in cell operations; null where it spent nothing, since it was not run. */
  cost: number | null;
  /** Whether the answer was kept, or made. Null where there is none. */
  from: 'memory' | 'made' | null;
  /** Codes of the errors in the answer, each once. */
  codes: readonly ErrorCode[];
  /** Null where requests are not traced. */
  trace: RequestTrace | null;
}

/** Names of the language; anything else cannot be the name of an operation that is run. */
const NAME = /^[_A-Za-z]\w*$/;
/** Longest name that is told whole. */
const MAX_NAME = 100;

/** A name as it is told: null unless it is one, so that nothing else gets into logs. */
export function nameOf(name: unknown): string | null {
  return typeof name === 'string' && NAME.test(name) ? name.slice(0, MAX_NAME) : null;
}

/** SHA-256 of a document, hexadecimal; null of anything but a text. */
export function hashOf(document: unknown): string | null {
  return typeof document === 'string' ? hash('sha256', document) : null;
}

/** Codes of errors, each once. */
export function codesOf(errors: readonly unknown[]): ErrorCode[] {
  return [...new Set(errors.map(codeOf))];
}

/** A request that is over. */
export interface EndedRequest {
  readonly id: string;
  readonly method: string;
  /** The route's pattern, never the address that was asked for; undefined where there is none. */
  readonly route: string | undefined;
  readonly status: number;
  /** How long it took. */
  readonly ms: number;
  /** The public id of who asked; null of who brought no credentials. */
  readonly by: string | null;
  /** Whether nobody is told who asks: probes, the explorer's page, addresses that are none. */
  readonly open: boolean;
  /** Undefined where it was none for GraphQL. */
  readonly notes: RequestNotes | undefined;
}

/** Notes that say nothing yet. */
export const emptyNotes = (): RequestNotes => ({
  kind: null,
  operation: null,
  hash: null,
  nodes: null,
  cost: null,
  from: null,
  codes: [],
  trace: null,
});

/** Finds the notes on a request, by whatever stands for it, and says when it is over. */
export class RequestJournal {
  readonly #notes = new WeakMap<object, RequestNotes>();
  readonly #listeners: ((ended: EndedRequest) => void)[] = [];

  /** Has somebody told of every request that is over. */
  onEnd(listener: (ended: EndedRequest) => void): void {
    this.#listeners.push(listener);
  }

  /** Tells that a request is over. */
  end(ended: EndedRequest): void {
    for (const listener of this.#listeners) listener(ended);
  }

  /** Tells of every request of Fastify's that is over. */
  watch(http: FastifyInstance): void {
    http.addHook('onResponse', (request, reply, done) => {
      this.end({
        id: request.id,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: reply.elapsedTime,
        by: request.principal.id,
        open: request.routeOptions.config.open === true || request.is404,
        notes: this.of(request),
      });
      done();
    });
  }

  /** Begins notes on a request. */
  open(request: object, trace: RequestTrace | null = null): RequestNotes {
    const notes = { ...emptyNotes(), trace };
    this.#notes.set(request, notes);
    return notes;
  }

  /** Has something else stand for the request, too. */
  share(notes: RequestNotes, other: object): void {
    this.#notes.set(other, notes);
  }

  /** The notes on a request; undefined where none were begun. */
  of(request: object): RequestNotes | undefined {
    return this.#notes.get(request);
  }

  /** Has Apollo note what it runs. */
  get plugin(): ApolloServerPlugin<Context> {
    return {
      requestDidStart: ({ request: { http } }) => {
        const notes = http && this.of(http);
        if (!notes) return Promise.resolve();
        return Promise.resolve({
          didResolveOperation({ operation }) {
            notes.kind = operation?.operation ?? null;
            notes.operation = nameOf(operation?.name?.value);
            return Promise.resolve();
          },
          willSendResponse({ errors = [], contextValue, operation }) {
            notes.nodes = contextValue.ledger.nodes;
            notes.cost = contextValue.ledger.cellOperations;
            notes.from = operation ? 'made' : null;
            notes.codes = codesOf(errors);
            return Promise.resolve();
          },
        });
      },
    };
  }
}
