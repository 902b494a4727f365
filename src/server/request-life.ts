import type { ServerResponse } from 'node:http';
import type { ApolloServerPlugin, HTTPGraphQLRequest } from '@apollo/server';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { RequestError } from '../rankings/request-error';
import type { Context } from '../resolvers/context';
import { rootFields } from './cacheable';
import type { Deadlines } from './config';
import { SCORING_ROOTS } from './limits/document-limits';

/** Milliseconds that runs which are cut off have to say so in the answer. */
const LAST_WORDS_MS = 500;
/** Root fields that may run a ranking besides those that are counted as such. */
const MAY_SCORE: ReadonlySet<string> = new Set(['node', 'nodes']);

/**
 * How long anybody waits for the answer to a request: until its caller has gone, or it has taken too long. Work on the
 * thread that answers cannot be interrupted, and is noticed to be late only when it is done.
 */
export class RequestLife {
  readonly #end = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #giveUp: () => void = () => undefined;
  #isOverdue = false;
  /** Resolves when a request that has taken too long has not even said so. */
  readonly overdue = new Promise<'overdue'>((resolve) => {
    this.#giveUp = () => {
      this.#isOverdue = true;
      resolve('overdue');
    };
  });

  constructor(response: ServerResponse) {
    response.once('close', () => {
      clearTimeout(this.#timer);
      if (!response.writableFinished) this.#end.abort(new RequestError('CANCELLED', 'The caller has gone.'));
    });
  }

  /** Aborted when nobody waits any more; the reason is an error to answer with. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Whether {@link overdue} has resolved. */
  get isOverdue(): boolean {
    return this.#isOverdue;
  }

  /** Gives it so many seconds from now. */
  limit(seconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const message = `The answer has taken longer than ${String(seconds)} s.`;
      this.#end.abort(new RequestError('DEADLINE_EXCEEDED', message));
      this.#timer = setTimeout(this.#giveUp, LAST_WORDS_MS);
    }, seconds * 1000);
  }

  /** The answer is there. */
  settle(): void {
    clearTimeout(this.#timer);
  }
}

/** Limits the life of each request once it is known what it asks for. */
export function limitLives(
  lives: WeakMap<HTTPGraphQLRequest, RequestLife>,
  deadlines: Deadlines,
): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ request, document, operation }) {
          if (request.http && operation) lives.get(request.http)?.limit(secondsFor(document, operation, deadlines));
          return Promise.resolve();
        },
      }),
  };
}

const known = new WeakMap<OperationDefinitionNode, boolean>();

/** How long an operation may take, in seconds. */
export function secondsFor(document: DocumentNode, operation: OperationDefinitionNode, deadlines: Deadlines): number {
  let scores = known.get(operation);
  if (scores === undefined) {
    const names = [...rootFields(document, operation.selectionSet)];
    scores = names.some((name) => SCORING_ROOTS.has(name) || MAY_SCORE.has(name));
    known.set(operation, scores);
  }
  return scores ? deadlines.scoringSeconds : deadlines.lookupSeconds;
}
