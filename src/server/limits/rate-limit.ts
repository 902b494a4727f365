import type { FastifyInstance } from 'fastify';
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { ClientOf } from '../client-address';
import { ERROR_CATALOGUE } from '../errors';
import { refuseRequest } from '../http-errors';

/*
 * A token bucket for each client. Of our own, since an answer from memory takes about 30 µs and is sent without waiting for
 * anything: rate-limiter-flexible counts in fixed windows, gives a promise for each request and sets a timer for each
 * client, and does not let a client owe what is known only when its request is done.
 */

declare module 'fastify' {
  interface FastifyRequest {
    /** Names who is charged for the request: an API key or token where one was shown, else an address. */
    readonly client: string;
  }
}

/** Clients that are remembered; whoever has not come for longest is forgotten first. */
const MAX_CLIENTS = 100_000;
/** Nodes and cell operations that weigh about as much as an answer from memory, which is a point. */
const NODES_PER_POINT = 50;
const CELL_OPERATIONS_PER_POINT = 20_000;

/** What answering costs besides the point of the request itself, in points; a file the same as an answer. */
export function pointsOf({ nodes = 0, cellOperations = 0 }: { nodes?: number; cellOperations?: number }): number {
  return Math.ceil(nodes / NODES_PER_POINT) + Math.ceil(cellOperations / CELL_OPERATIONS_PER_POINT);
}

interface Bucket {
  /** Points left at that time; below 0 where more was used than there was. */
  level: number;
  /** Milliseconds. */
  at: number;
}

/** Points of clients: each has so many, and gets them back evenly over a minute. Of this process alone. */
export class RateLimiter {
  readonly #buckets = new LRUCache<string, Bucket>({ max: MAX_CLIENTS });

  /**
   * @param perMinute points of a client; 0: no limit
   * @param now milliseconds from any fixed moment on
   */
  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Takes points where the client has them. What is more than all that a client can have needs a full bucket.
   * @returns 0, or the whole seconds after which the client has them; then nothing is taken
   */
  take(client: string, points: number): number {
    if (this.perMinute === 0) return 0;
    const bucket = this.#bucketOf(client);
    const missing = Math.min(points, this.perMinute) - bucket.level;
    if (missing > 0) return Math.ceil((missing * 60) / this.perMinute);
    bucket.level -= points;
    return 0;
  }

  /** Takes points whether the client has them or not: for what is known only when it is done. */
  charge(client: string, points: number): void {
    if (this.perMinute > 0) this.#bucketOf(client).level -= points;
  }

  /** {@link charge}, but no more than a client can have: for what would keep it away much longer than a minute. */
  chargeAtMostAll(client: string, points: number): void {
    this.charge(client, Math.min(points, this.perMinute));
  }

  #bucketOf(client: string): Bucket {
    const at = this.now();
    const known = this.#buckets.get(client);
    if (!known) {
      const made = { level: this.perMinute, at };
      this.#buckets.set(client, made);
      return made;
    }
    known.level = Math.min(this.perMinute, known.level + ((at - known.at) / 60_000) * this.perMinute);
    known.at = at;
    return known;
  }
}

/** What a client that has to wait is told. */
export const rateLimitedWords = (seconds: number): string =>
  `${ERROR_CATALOGUE.RATE_LIMITED.meaning} Try again in ${String(seconds)} s.`;

/** The error of an operation whose client has to wait. */
export function rateLimited(seconds: number): GraphQLError {
  const { status } = ERROR_CATALOGUE.RATE_LIMITED;
  const headers = new HeaderMap([['retry-after', String(seconds)]]);
  const error = new GraphQLError(rateLimitedWords(seconds), { extensions: { code: 'RATE_LIMITED' } });
  // For the head of the answer, which Apollo writes.
  Object.assign(error.extensions, { http: { status, headers } });
  return error;
}

/** A point for each request, by its address, before anybody looks who asks; what it costs besides is charged when it is known. */
export function limitRates(http: FastifyInstance, limiter: RateLimiter, clientOf: ClientOf): void {
  http.decorateRequest('client', {
    getter() {
      const { id } = this.principal;
      return id === null ? clientOf(this.raw) : `key ${id}`;
    },
  });
  http.addHook('onRequest', (request, reply, done) => {
    const wait = request.routeOptions.config.open === true ? 0 : limiter.take(clientOf(request.raw), 1);
    if (wait === 0) done();
    else refuseRequest(request, reply.header('retry-after', wait), 'RATE_LIMITED', rateLimitedWords(wait));
  });
}
