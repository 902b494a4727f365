import { hash } from 'node:crypto';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { quote, sortedKeys } from '../scoring';
import { weakTag } from './caching';
import { isRecord } from './operation-request';

/** Encodings that an answer is kept in, best first. */
const ENCODINGS = ['br', 'gzip'] as const;
/** How an answer travels. */
export type Encoding = (typeof ENCODINGS)[number] | 'identity';

/** Below this many bytes, compressing saves less than the header costs. */
const MIN_COMPRESSED_BYTES = 1024;
/** What an entry holds besides its bytes: objects, keys and the cache's own. */
const OVERHEAD_BYTES = 512;
/** Most answers that were not kept whose keys are remembered, about 150 bytes each. */
const MAX_SEEN = 20_000;
/** Most spellings of requests that are remembered, about 150 bytes each. */
const MAX_SPELLINGS = 20_000;
/** Most spellings of `Accept-Encoding` whose reading is remembered. */
const MAX_ACCEPTED = 200;

/** What an answer depends on besides the release. */
export interface AnswerInput {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: unknown;
  readonly extensions: unknown;
  /** The `Accept` header as it was sent: it decides the content type. */
  readonly accept: string;
  /** Names the caller's rights; answers are never shared across them. */
  readonly rights: string;
}

/** A complete answer as bytes. */
export class Answer {
  #etag: string | null = null;
  /** Null while it has not been made, or where it would not be smaller. */
  readonly compressed: Record<(typeof ENCODINGS)[number], Buffer | null> = { br: null, gzip: null };
  #underWay = false;

  constructor(
    readonly body: Buffer,
    readonly contentType: string,
    readonly cacheControl: string,
  ) {}

  /** Names the content, for GET alone. */
  get etag(): string {
    return (this.#etag ??= weakTag(this.body));
  }

  /** Bytes of memory that it holds on to. */
  get bytes(): number {
    return (
      OVERHEAD_BYTES + ENCODINGS.reduce((sum, name) => sum + (this.compressed[name]?.length ?? 0), this.body.length)
    );
  }

  /** The bytes in the best encoding of `wanted` that there is. */
  pick(wanted: readonly Encoding[]): { readonly encoding: Encoding; readonly bytes: Buffer } {
    for (const encoding of wanted) {
      const bytes = encoding === 'identity' ? this.body : this.compressed[encoding];
      if (bytes) return { encoding, bytes };
    }
    return { encoding: 'identity', bytes: this.body };
  }

  /** Compresses it, once, in the background; `done` is called when there is something new. */
  compress(done: () => void): void {
    if (this.#underWay || this.body.length < MIN_COMPRESSED_BYTES) return;
    this.#underWay = true;
    const keep =
      (encoding: (typeof ENCODINGS)[number]) =>
      (error: Error | null, bytes: Buffer): void => {
        if (error || bytes.length >= this.body.length) return;
        this.compressed[encoding] = bytes;
        done();
      };
    gzip(this.body, { level: 6 }, keep('gzip'));
    brotliCompress(this.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }, keep('br'));
  }
}

/**
 * Answers as bytes, in front of GraphQL. An answer is found by the spelling of its request (the raw bytes, so that
 * nothing is parsed) or else by what the request means. Bounded in bytes; emptied when the release changes.
 */
export class AnswerCache {
  readonly #answers: LRUCache<string, Answer> | null;
  readonly #spellings = new LRUCache<string, string>({ max: MAX_SPELLINGS });
  /** Keys of answers that a full cache did not take. */
  readonly #seen = new LRUCache<string, true>({ max: MAX_SEEN });
  #release: string | null = null;
  #hits = 0;
  #misses = 0;
  #unread = 0;

  /**
   * @param maxBytes largest sum of {@link Answer.bytes}; 0 keeps nothing
   * @param currentRelease digest of the release that answers are made from, or null while none is loaded
   */
  constructor(
    private readonly maxBytes: number,
    private readonly currentRelease: () => string | null,
  ) {
    this.#answers =
      maxBytes === 0 ? null : new LRUCache({ maxSize: maxBytes, sizeCalculation: (answer) => answer.bytes });
  }

  /** Whether anything is kept at all. */
  get enabled(): boolean {
    return this.#answers !== null;
  }

  /** How often an answer was found without reading the request. */
  get unread(): number {
    return this.#unread;
  }

  /** How often an answer was found at all. */
  get hits(): number {
    return this.#hits;
  }

  /** How often one was looked for that was not kept. */
  get misses(): number {
    return this.#misses;
  }

  /** Number of kept answers. */
  get size(): number {
    return this.#answers?.size ?? 0;
  }

  /** Sum of what they weigh, in bytes. */
  get bytes(): number {
    return this.#answers?.calculatedSize ?? 0;
  }

  /** Digest of the release that keys name now. */
  get release(): string | null {
    this.#followRelease();
    return this.#release;
  }

  /** Names what a request means, however it is written; null for one that nothing is kept for. */
  keyOf({ query, operationName, variables, extensions, accept, rights }: AnswerInput): string | null {
    const parts = [this.release, rights, accept, operationName ?? null, query, variables ?? {}, extensions ?? {}];
    const text = canonicalJson(parts);
    return text === null ? null : hash('sha256', text, 'base64');
  }

  /** The answer to a request with that spelling, if one was kept. */
  bySpelling(spelling: string): Answer | undefined {
    this.#followRelease();
    const key = this.#spellings.get(spelling);
    const answer = key === undefined ? undefined : this.#find(key);
    if (answer) {
      this.#hits += 1;
      this.#unread += 1;
    }
    return answer;
  }

  /** The answer to what the request means, if one was kept. */
  byKey(key: string): Answer | undefined {
    const answer = this.#find(key);
    if (answer) this.#hits += 1;
    else this.#misses += 1;
    return answer;
  }

  /** Whether an answer is kept. Counts for nothing. */
  has(key: string): boolean {
    return this.#answers?.has(key) ?? false;
  }

  #find(key: string): Answer | undefined {
    const answer = this.#answers?.get(key);
    // It was asked for again, so it is worth compressing.
    answer?.compress(() => {
      // Weighed anew, unless it has been dropped meanwhile.
      if (this.#answers?.peek(key) === answer) this.#answers.set(key, answer);
    });
    return answer;
  }

  /**
   * Keeps an answer unless it alone is too large. A full cache takes what is made for the second time, so that answers which
   * nobody asks for again, such as those with other weights in every request, neither push out the others nor cost memory.
   * @param key as {@link keyOf} gave it before the answer was made; {@link release} must be the same since
   */
  keep(key: string, answer: Answer): void {
    if (this.bytes + answer.bytes > this.maxBytes && !this.#seen.delete(key)) this.#seen.set(key, true);
    else this.#answers?.set(key, answer);
  }

  /** Remembers that a request spelt so means that. */
  learn(spelling: string, key: string): void {
    if (this.#answers?.has(key)) this.#spellings.set(spelling, key);
  }

  #followRelease(): void {
    const release = this.currentRelease();
    if (release === this.#release) return;
    this.#release = release;
    this.#answers?.clear();
    this.#spellings.clear();
    this.#seen.clear();
  }
}

/** What the answer to a request depends on besides its meaning. */
export interface AnswerRequest {
  readonly method?: string | undefined;
  readonly headers: { readonly 'if-none-match'?: string | undefined; readonly 'accept-encoding'?: unknown };
}

/** Status, headers and bytes with which an answer is sent. No bytes where the caller has them already. */
export interface SentAnswer {
  readonly status: 200 | 304;
  /** Each name before its value: an object of them takes longer to make. */
  readonly headers: readonly string[];
  readonly bytes: Buffer | null;
}

/**
 * How an answer is sent to a request.
 * @param audience who may keep it on the way: `public`, or `private` where it was made for somebody
 */
export function sentAs(answer: Answer, { method, headers }: AnswerRequest, audience: 'public' | 'private'): SentAnswer {
  const isGet = method === 'GET';
  const told = isGet
    ? ['cache-control', `${audience}, ${answer.cacheControl}`, 'etag', answer.etag]
    : ['cache-control', 'no-store'];
  if (isGet && noneMatch(headers['if-none-match'], answer.etag)) return { status: 304, headers: told, bytes: null };
  const { encoding, bytes } = answer.pick(acceptedEncodings(headers['accept-encoding']?.toString()));
  if (encoding !== 'identity') told.push('content-encoding', encoding);
  told.push('content-type', answer.contentType);
  return { status: 200, headers: told, bytes };
}

/** Names the raw bytes of a request. The parts must be told apart, so none may hold a NUL. */
export function spellingOf(method: string, accept: string, rights: string, raw: Buffer | string): string {
  return `${method}\0${accept}\0${rights}\0${hash('sha256', raw, 'base64')}`;
}

/** Deepest nesting that is looked at; no input of the schema comes near it. */
const MAX_NESTING = 64;

/**
 * JSON with the keys of objects in order. Numbers are those that the parser made of them, so that `1`, `1.0` and `1e0`
 * are one; -0 stays apart from 0. Null where the value is nested deeper than any input of the schema.
 */
export function canonicalJson(value: unknown, levels: number = MAX_NESTING): string | null {
  if (levels === 0) return null;
  if (value === undefined) return 'null';
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let parts = '';
  if (isRecord(value)) {
    for (const key of sortedKeys(value)) {
      const text = canonicalJson(value[key], levels - 1);
      if (text === null) return null;
      parts += `${parts === '' ? '' : ','}${quote(key)}:${text}`;
    }
    return `{${parts}}`;
  }
  for (const item of value as readonly unknown[]) {
    const text = canonicalJson(item, levels - 1);
    if (text === null) return null;
    parts += parts === '' ? text : `,${text}`;
  }
  return `[${parts}]`;
}

const accepted = new LRUCache<string, readonly Encoding[]>({ max: MAX_ACCEPTED });

/** The encodings that an `Accept-Encoding` header allows, the preferred first; `identity` always ends the list. */
export function acceptedEncodings(header: string | undefined): readonly Encoding[] {
  if (header === undefined || header.length > 1000) return ['identity'];
  const known = accepted.get(header);
  if (known) return known;
  const quality = new Map<string, number>();
  for (const part of header.split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const q = parameters.find((text) => text.startsWith('q='))?.slice(2);
    quality.set(name, q === undefined ? 1 : /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(q) ? Number(q) : 0);
  }
  const qualityOf = (encoding: string): number => quality.get(encoding) ?? quality.get('*') ?? 0;
  // Identity is acceptable unless said otherwise, but an equally welcome smaller one is better.
  const floor = quality.get('identity') ?? 0;
  const found: Encoding[] = ENCODINGS.filter(
    (encoding) => qualityOf(encoding) > 0 && qualityOf(encoding) >= floor,
  ).sort((a, b) => qualityOf(b) - qualityOf(a));
  found.push('identity');
  accepted.set(header, found);
  return found;
}

/** Most tags of `If-None-Match` that are looked at. */
const MAX_TAGS = 50;

/** Whether an `If-None-Match` header names the tag; compared weakly, as the header asks for. A malformed rest is ignored. */
export function noneMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const wanted = etag.replace(/^W\//, '');
  const tags = /\s*(?:W\/)?("[^"]*")\s*(?:,|$)/y;
  for (let count = 0; count < MAX_TAGS; count++) {
    const match = tags.exec(header);
    if (!match) return false;
    if (match[1] === wanted) return true;
  }
  return false;
}
