import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { ERROR_CATALOGUE } from './errors';
import { errorBody } from './http-errors';

/** Seconds after which somebody who was refused may find another process in this one's place. */
const RETRY_AFTER_SECONDS = 5;

/**
 * How a server ends: requests that have begun are answered, new ones are refused with 503, and whatever is not done by the
 * deadline is cut off. It listens until then, so that a load balancer is told instead of turned away.
 */
export class Drain {
  readonly #underWay = new Set<IncomingMessage>();
  #stopping = false;
  #idle: () => void = () => undefined;

  /** To be made after everything else that looks at requests before the routes do, and before the routes. */
  constructor(private readonly http: FastifyInstance) {
    http.addHook('onRequest', async (request, reply) => {
      // What had begun when the server was told to stop is no new request.
      if (!this.#stopping || this.#underWay.has(request.raw)) return undefined;
      if (request.routeOptions.config.open === true) return undefined;
      return reply
        .code(ERROR_CATALOGUE.NOT_READY.status)
        .headers({ 'retry-after': String(RETRY_AFTER_SECONDS), 'cache-control': 'no-store' })
        .send(errorBody('NOT_READY', request.id, 'The server is stopping. Try again shortly.'));
    });
    http.addHook('onSend', (_request, reply, _payload, done) => {
      if (this.#stopping) reply.header('connection', 'close');
      done();
    });
  }

  /** Whether it is ending. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** Watches requests from their heads on, so that one whose body is on its way still has begun. */
  watch(): void {
    this.http.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      if (this.#stopping) return;
      this.#underWay.add(request);
      response.once('close', () => {
        this.#underWay.delete(request);
        if (this.#underWay.size === 0) this.#idle();
      });
    });
  }

  /** Takes no new requests from now on. */
  begin(): void {
    this.#stopping = true;
  }

  /**
   * Waits for what is under way and stops listening.
   * @param milliseconds after which whatever is not done is cut off
   */
  async finish(milliseconds: number): Promise<void> {
    const cutOff = setTimeout(() => {
      this.http.log.warn({ underWay: this.#underWay.size }, 'what took too long to end was cut off');
      this.http.server.closeAllConnections();
    }, milliseconds);
    await new Promise<void>((resolve) => {
      this.#idle = resolve;
      if (this.#underWay.size === 0) resolve();
    });
    // Waits for connections, too, that have not sent a whole head yet.
    await this.http.close();
    clearTimeout(cutOff);
  }
}
