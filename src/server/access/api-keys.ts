import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ApiKey, ApiKeyRepository, Scope } from '../../entities';

/*
 * A key is `crk_<id>_<secret>`: a prefix that scanners for leaked secrets can look for, a public id that it is found by, and
 * 256 random bits. Only a hash of it is stored, a plain SHA-256: a slow one (bcrypt, scrypt) makes guessing dear where people
 * choose the secret, and nobody guesses 256 random bits. It would only slow every request down.
 */

const KEY = /^crk_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;
/** Milliseconds that what was read of a key is believed, so that a key that is revoked is refused after that long at most. */
export const KEY_BELIEVED_MS = 10_000;
/** Keys that are remembered for so long. */
const MAX_REMEMBERED = 10_000;
/** A use is noted when the last note is this old, so that using keys writes next to nothing. */
const USE_NOTED_MS = 3_600_000;
/** Names are printed on terminals, so they hold no control characters. */
const NAME = /^[^\p{C}]{1,100}$/u;

/** True for a text that starts as keys do: it is no token then, whatever follows. */
export function looksLikeKey(text: string): boolean {
  return text.startsWith('crk_');
}

/** SHA-256 of a key, hexadecimal. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** What a new key is made of. */
export interface NewKey {
  /** 1 to 100 characters, none of them a control character. */
  readonly name: string;
  readonly scope: Scope;
  /** When it stops to hold; null: never. */
  readonly expiresAt: Date | null;
}

/**
 * Makes a key.
 * @returns the key itself, which is told once and kept nowhere, and the row to store
 * @throws Error with a message of one line where the name or the expiry cannot be used
 */
export function makeKey(
  { name, scope, expiresAt }: NewKey,
  now: Date,
): { readonly key: string; readonly row: Readonly<ApiKey> } {
  if (!NAME.test(name))
    throw new Error(`The name is ${JSON.stringify(name)}; allowed: 1 to 100 characters, no control characters.`);
  if (expiresAt && expiresAt <= now)
    throw new Error(`The expiry ${expiresAt.toISOString()} has passed; allowed: a time to come.`);
  const publicId = randomBytes(8).toString('hex');
  const key = `crk_${publicId}_${randomBytes(32).toString('base64url')}`;
  return {
    key,
    row: {
      publicId,
      hash: hashOfKey(key),
      name,
      scope,
      createdAt: now.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
      revokedAt: null,
      lastUsedAt: null,
    },
  };
}

/** What keys are checked against. */
export interface ApiKeysOptions {
  readonly repository: Pick<ApiKeyRepository, 'find' | 'touch'>;
  /** Told where a use could not be noted, which stops nothing. */
  readonly onTouchError: (error: unknown) => void;
  /** Milliseconds since 1970; the clock unless given. */
  readonly now?: () => number;
}

/** Hash that no key has, compared with where there is no such key, so that both take as long. */
const NO_HASH = '0'.repeat(64);

/** Checks keys against the database, with a short memory. */
export class ApiKeys {
  readonly #rows: LRUCache<string, { readonly row: ApiKey | null }>;
  readonly #now: () => number;

  constructor(private readonly options: ApiKeysOptions) {
    this.#now = options.now ?? Date.now;
    this.#rows = new LRUCache({
      max: MAX_REMEMBERED,
      ttl: KEY_BELIEVED_MS,
      perf: { now: this.#now },
      // Also what is not there is remembered. Those who ask for the same key at once share the look.
      fetchMethod: async (id) => ({ row: await options.repository.find(id) }),
    });
  }

  /**
   * The row of a key that holds now; null of any other, and why it does not is not told.
   * @throws whatever the database does where it cannot be reached
   */
  async check(key: string): Promise<ApiKey | null> {
    const id = KEY.exec(key)?.[1];
    if (id === undefined) return null;
    const row = (await this.#rows.fetch(id))?.row ?? null;
    const isSame = timingSafeEqual(Buffer.from(hashOfKey(key), 'hex'), Buffer.from(row?.hash ?? NO_HASH, 'hex'));
    if (!row || !isSame || row.revokedAt !== null) return null;
    if (row.expiresAt !== null && Date.parse(row.expiresAt) <= this.#now()) return null;
    this.#noteUse(row);
    return row;
  }

  #noteUse(row: ApiKey): void {
    const now = this.#now();
    if (row.lastUsedAt !== null && now - Date.parse(row.lastUsedAt) < USE_NOTED_MS) return;
    // In the remembered row too, so that it is not noted again at once.
    row.lastUsedAt = new Date(now).toISOString();
    this.options.repository.touch(row.publicId, row.lastUsedAt).catch(this.options.onTouchError);
  }
}
