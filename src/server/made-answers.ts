import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import { getOperationAST, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Context, Life } from '../resolvers/context';
import { ANONYMOUS, anonymous, type OperationGuard } from './access';
import { Answer, type AnswerCache } from './answer-cache';
import { validityOf, type Validity } from './cacheable';
import type { ClientOf } from './client-address';
import type { Deadlines } from './config';
import type { Documents } from './documents';
import type { CompiledOperations } from './executor';
import type { CostLimit } from './limits/cost-limit';
import type { InputCheck } from './limits/input-limits';
import type { RateLimiter } from './limits/rate-limit';
import { emptyNotes, hashOf, nameOf, type RequestJournal } from './observe/journal';
import { isRecord, keyOf, wellFormed, type WellFormed } from './operation-request';
import type { PersistedQueries } from './persisted-queries';
import { hasRepeatedKey } from './request-bodies';
import { RequestLife, secondsFor } from './request-life';
import type { Caller } from './subscriptions';

/*
 * Answers that are made in front of Fastify and Apollo, which together take as long as making them does. Only what is sure
 * to come out the same is tried: an operation that is compiled and has given a result before, sent by POST as plain JSON by
 * somebody without credentials. What is refused on the way, and what has an error, goes on as it came, is charged with
 * nothing, and is answered as if it had not been tried.
 */

/** What making answers takes, all of it shared with the long way. */
export interface MakerOptions {
  readonly cache: AnswerCache;
  readonly documents: Pick<Documents, 'known'>;
  readonly persisted: Pick<PersistedQueries, 'resolve'>;
  readonly operations: CompiledOperations;
  readonly guard: Pick<OperationGuard, 'refusalOf'>;
  readonly inputs: Pick<InputCheck, 'check'>;
  readonly costLimit: CostLimit;
  readonly limiter: RateLimiter;
  readonly clientOf: ClientOf;
  /** Largest answer. */
  readonly responseBytes: number;
  readonly deadlines: Deadlines;
  readonly contextOf: (caller: Asker, life: Life) => Context;
  readonly journal: Pick<RequestJournal, 'end'>;
  readonly log: FastifyBaseLogger;
}

/** Who asks, as {@link Caller}. */
export type Asker = Omit<Caller, 'log'> & Pick<Context, 'log'>;

/** An answer, and what is to be called when it has been sent. */
export interface MadeAnswer {
  readonly answer: Answer;
  readonly tell: () => void;
}

/** An operation that is ready to run. */
interface Ready {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly request: WellFormed;
  readonly contentType: string;
  /** Names what it means. */
  readonly key: string;
}

/** Most spellings of `Accept` whose media type is remembered. */
const MAX_TYPES = 200;
/** What is read otherwise by some programs, or not at all: names with a meaning of their own, and other ways to spell them. */
const SUSPECT = /__proto__|constructor|\\u/;
const PRINCIPAL = anonymous(true);

/** Makes answers of compiled operations. */
export class AnswerMaker {
  /** The media type that Apollo answered with, by `Accept`. */
  readonly #types = new LRUCache<string, string>({ max: MAX_TYPES });
  readonly #tried = new WeakMap<IncomingMessage, RequestLife>();
  readonly #hashes = new WeakMap<DocumentNode, string | null>();

  constructor(private readonly options: MakerOptions) {}

  /** Remembers the media type of an answer. */
  learnType(accept: string, contentType: string): void {
    this.#types.set(accept, contentType);
  }

  /** The life of a request that was tried here in vain: it goes on where it is. */
  lifeOf(request: IncomingMessage): RequestLife | undefined {
    return this.#tried.get(request);
  }

  /**
   * Makes the answer to a request and keeps it.
   * @param spelling names the bytes of the request, see {@link spellingOf}
   * @param id names the request
   * @returns null, or a promise of null, where the request has to go the long way
   */
  make(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    spelling: string,
    id: string,
  ): Promise<MadeAnswer | null> | null {
    const begun = performance.now();
    const ready = this.#read(body, request.headers.accept ?? '');
    if (ready === null) return null;
    const client = this.options.clientOf(request);
    const life = new RequestLife(response);
    const context = this.options.contextOf({ id, log: this.#logOf(id), principal: PRINCIPAL, client }, life);
    if (!this.#admit(ready, context)) return null;
    return this.#answer(ready, context, life, spelling).then((answer) => {
      if (answer === null) {
        // Not before it is needed: what a weak map holds lives until a whole collection, however short its key lives.
        this.#tried.set(request, life);
        this.#giveBack(context);
        return null;
      }
      const tell = (): void => {
        this.#tell(ready, context, performance.now() - begun);
      };
      return { answer, tell };
    });
  }

  /** Null for anything but an operation that can be run at once, and whose answer is not kept. */
  #read(body: Buffer, accept: string): Ready | null {
    const { cache, documents, persisted, operations, guard } = this.options;
    const contentType = this.#types.get(accept);
    const sent = contentType === undefined ? null : parsePlain(body);
    if (contentType === undefined || !isRecord(sent)) return null;
    const { error, query, register } = persisted.resolve(sent);
    if (error !== undefined || register !== undefined) return null;
    const request = wellFormed(query === undefined ? sent : { ...sent, query });
    const document = request ? documents.known(request.query) : undefined;
    if (!request || !document || request.operationName === '' || request.extensions?.['cost'] !== undefined)
      return null;
    const operation = getOperationAST(document, request.operationName);
    if (!operation || !operations.isProved(operation)) return null;
    if (guard.refusalOf(document, operation, PRINCIPAL)) return null;
    const key = keyOf(cache, request, accept, ANONYMOUS);
    if (key === null || cache.has(key)) return null;
    return { document, operation, request, contentType, key };
  }

  /** Holds an operation against the limits, and charges the client. */
  #admit({ document, operation, request: { variables = {} } }: Ready, context: Context): boolean {
    const { limiter, inputs, operations, costLimit } = this.options;
    const coerced = operations.coerce(operation, variables);
    if (coerced === null || limiter.take(context.client, 1) > 0) return false;
    try {
      inputs.check(document, variables);
      costLimit.check(document, operation, coerced, context);
      return true;
    } catch {
      // Refused, and told so on the long way.
      limiter.charge(context.client, -1);
      return false;
    }
  }

  #giveBack(context: Context): void {
    this.options.limiter.charge(context.client, -1);
    this.options.costLimit.giveBack(context);
  }

  async #answer(ready: Ready, context: Context, life: RequestLife, spelling: string): Promise<Answer | null> {
    const { cache, operations, costLimit, deadlines, responseBytes } = this.options;
    const { document, operation, request, contentType, key } = ready;
    // Counted as looked for.
    cache.byKey(key);
    const { release } = cache;
    life.limit(secondsFor(document, operation, deadlines));
    const running = operations.run(document, operation, context, request.variables ?? {});
    const data = await Promise.race([running, life.overdue]);
    if (data === null || data === 'overdue') return null;
    life.settle();
    const text = `${operations.write(operation, data)}\n`;
    if (isLongerThan(text, responseBytes)) return null;
    const validity = validityOf(document, operation, data);
    if (validity === 'once') return null;
    costLimit.chargeSpent(context);
    const answer = answerOf(text, contentType, validity);
    // The release must not have changed while the answer was made.
    if (cache.release === release) {
      cache.keep(key, answer);
      cache.learn(spelling, key);
    }
    return answer;
  }

  #tell({ document, operation, request }: Ready, { requestId, ledger }: Context, ms: number): void {
    const notes = emptyNotes();
    notes.kind = operation.operation;
    notes.operation = nameOf(operation.name?.value);
    notes.hash = this.#hashOf(document, request.query);
    notes.nodes = ledger.nodes;
    notes.cost = ledger.cellOperations;
    notes.from = 'made';
    const route = { method: 'POST', route: '/graphql', status: 200, by: null, open: false };
    this.options.journal.end({ id: requestId, ...route, ms, notes });
  }

  /** The hash of a document, made once. */
  #hashOf(document: DocumentNode, source: string): string | null {
    const hash = this.#hashes.get(document) ?? hashOf(source);
    this.#hashes.set(document, hash);
    return hash;
  }

  #logOf(reqId: string): Context['log'] {
    const { log } = this.options;
    return {
      error: (details, message) => {
        log.error({ reqId, ...details }, message);
      },
    };
  }
}

/** Texts that may take more bytes than this are left to `Buffer.from`. */
const STAGE_BYTES = 256 * 1024;
const stage = Buffer.alloc(STAGE_BYTES);
const encoder = new TextEncoder();

/** The UTF-8 bytes of a text, in half the time that `Buffer.from` takes for one that has just been put together. */
function bytesOf(text: string): Buffer {
  if (text.length * 3 > STAGE_BYTES) return Buffer.from(text);
  const { written } = encoder.encodeInto(text, stage);
  return Buffer.from(stage.subarray(0, written));
}

/** An answer, to be kept for as long as it holds. */
export const answerOf = (text: string, contentType: string, validity: Exclude<Validity, 'once'>): Answer =>
  new Answer(bytesOf(text), contentType, validity === 'always' ? 'max-age=31536000, immutable' : 'no-cache');

/** Whether a text takes more bytes; most texts are so short that they need not be measured. */
export const isLongerThan = (text: string, bytes: number): boolean =>
  text.length > bytes || (text.length * 3 > bytes && Buffer.byteLength(text) > bytes);

/** What a body says; null where that has to be looked at more closely. */
function parsePlain(body: Buffer): unknown {
  const text = isUtf8(body) ? body.toString() : '\\u';
  if (SUSPECT.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return hasRepeatedKey(text) ? null : value;
  } catch {
    return null;
  }
}
