import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ValidationRule } from 'graphql';
import { LRUCache } from 'lru-cache';
import { ConfigError } from './config';
import { codedError, type ErrorCode } from './errors';

/** Most memory for documents that clients registered, in UTF-16 units. */
const MAX_REGISTERED = 4 * 1024 * 1024;

/** The parts of a request that may name a document. */
export interface DocumentRequest {
  readonly query?: unknown;
  readonly extensions?: unknown;
  /** As the draft on persisted documents has it; Relay's samples say `id` or `doc_id`. */
  readonly documentId?: unknown;
  readonly id?: unknown;
  readonly doc_id?: unknown;
}

/** What a request comes to: a document, an error, or neither where it names none and brings its own. */
export interface Resolved {
  readonly query?: string;
  readonly error?: ErrorCode;
  /** Hash under which the document may be kept once it has proved valid. */
  readonly register?: string;
}

const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

/** Documents by hash: those that the operator trusts, and those that clients registered (APQ), bounded in size. */
export class PersistedQueries {
  readonly #registered = new LRUCache<string, string>({
    maxSize: MAX_REGISTERED,
    sizeCalculation: (query, key) => query.length + key.length + 64,
  });
  readonly #trustedTexts: ReadonlySet<string>;

  /**
   * @param trusted documents by id
   * @param trustedOnly whether anything else is refused
   */
  constructor(
    private readonly trusted: ReadonlyMap<string, string>,
    private readonly trustedOnly: boolean,
  ) {
    this.#trustedTexts = new Set(trusted.values());
  }

  /** Number of documents that clients registered. */
  get size(): number {
    return this.#registered.size;
  }

  /** Finds the document that a request names. Nothing is kept yet: see {@link register}. */
  resolve(request: DocumentRequest): Resolved {
    const query = stringOf(request.query);
    const persisted = recordOf(request.extensions)['persistedQuery'];
    const id =
      persisted == null
        ? (stringOf(request.documentId) ?? stringOf(request.doc_id) ?? stringOf(request.id))
        : stringOf(recordOf(persisted)['sha256Hash']);
    if (persisted != null && (recordOf(persisted)['version'] !== 1 || id === undefined))
      return { error: 'PERSISTED_QUERY_INVALID' };
    if (id === undefined) return {};
    const trusted = this.trusted.get(id);
    if (trusted !== undefined && (query === undefined || query === trusted)) return { query: trusted };
    if (this.trustedOnly) return { error: 'DOCUMENT_NOT_TRUSTED' };
    // An id without a hash names a trusted document or nothing.
    if (persisted == null) return query === undefined ? { error: 'PERSISTED_QUERY_NOT_FOUND' } : {};
    if (query === undefined) {
      const known = this.#registered.get(id);
      return known === undefined ? { error: 'PERSISTED_QUERY_NOT_FOUND' } : { query: known };
    }
    const matches = createHash('sha256').update(query).digest('hex') === id;
    return matches ? { query, register: id } : { error: 'PERSISTED_QUERY_INVALID' };
  }

  /** Keeps a document that a client registered, once it has passed every check. */
  register(hash: string, query: string): void {
    if (!this.trustedOnly) this.#registered.set(hash, query);
  }

  /** A validation rule that refuses what is not trusted, on every transport; nothing is refused unless trusted only. */
  get rule(): ValidationRule {
    const isRefused = (text: string): boolean => this.trustedOnly && !this.#trustedTexts.has(text);
    return (context) => ({
      Document(node) {
        if (!isRefused(node.loc?.source.body ?? '')) return undefined;
        context.reportError(codedError('DOCUMENT_NOT_TRUSTED', 'Only documents that the operator trusts are run.'));
        return false;
      },
    });
  }
}

/**
 * Reads a manifest of trusted documents: `{ "id": "query …" }` as relay-compiler and graphql-codegen write it, or the
 * manifest of Apollo's generator.
 * @throws ConfigError where there is no such file or it is something else
 */
export function readTrustedDocuments(path: string): ReadonlyMap<string, string> {
  if (path === '') return new Map();
  const refuse = (why: string): never => {
    throw new ConfigError(`Bad setting: TRUSTED_DOCUMENTS ${why}; allowed: a JSON file of documents by id`);
  };
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    refuse('names a file that cannot be read as JSON');
  }
  const operations = recordOf(manifest)['operations'];
  const entries: [unknown, unknown][] = Array.isArray(operations)
    ? operations.map((operation: unknown) => [recordOf(operation)['id'], recordOf(operation)['body']])
    : Object.entries(recordOf(manifest));
  const documents = new Map<string, string>();
  for (const [id, text] of entries) {
    if (typeof id === 'string' && typeof text === 'string') documents.set(id, text);
    else refuse('holds an entry that is no document');
  }
  if (documents.size === 0) refuse('names a file without documents');
  return documents;
}
