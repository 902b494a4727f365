import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { highestOf, isScope, type Scope } from '../../entities';
import type { JwtSettings } from '../config';

/** Signatures by a key pair. A shared secret would let whoever checks tokens make them, and `none` is no signature. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** How far clocks may be apart. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** Longest that the identity provider may take to give its keys, in milliseconds. */
const PROVIDER_TIMEOUT_MS = 5_000;
/** Milliseconds between looks for a key that was not there, so that made-up key ids cost the provider nothing. */
const PROVIDER_COOLDOWN_MS = 30_000;

/** Who a token is about. */
export interface TokenHolder {
  /** Issuer and subject, which together are unique. */
  readonly id: string;
  /** The highest that it names; null where it names none of ours. */
  readonly scope: Scope | null;
}

/** What became of a token. */
export type TokenCheck = TokenHolder | 'INVALID' | 'EXPIRED';

/** The provider's keys cannot be had, which is not the caller's fault. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
}

/** Checks tokens (JWT) of an identity provider by the keys that it publishes (JWKS). */
export class Tokens {
  #keys: JWTVerifyGetKey | null = null;

  constructor(private readonly settings: JwtSettings) {}

  /**
   * Who a token is about, if it holds now.
   * @throws ProviderError
   */
  async check(token: string): Promise<TokenCheck> {
    // Loaded when there is something to check: it is of no use without an identity provider.
    const jose = await import('jose');
    const { issuer, audience, scopeClaim } = this.settings;
    this.#keys ??= providersKeys(jose, this.settings.jwksUrl);
    try {
      const { payload } = await jose.jwtVerify(token, this.#keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp'],
      });
      const { sub } = payload;
      if (typeof sub !== 'string' || sub === '') return 'INVALID';
      return { id: `${issuer}|${sub}`, scope: highestOf(scopesIn(payload, scopeClaim)) };
    } catch (error) {
      if (error instanceof ProviderError) throw error;
      return error instanceof jose.errors.JWTExpired ? 'EXPIRED' : 'INVALID';
    }
  }
}

/** The keys of the provider, fetched when they are needed and kept for some minutes. */
function providersKeys({ createRemoteJWKSet, errors }: typeof import('jose'), url: string): JWTVerifyGetKey {
  const keyFor = createRemoteJWKSet(new URL(url), {
    timeoutDuration: PROVIDER_TIMEOUT_MS,
    cooldownDuration: PROVIDER_COOLDOWN_MS,
  });
  return async (header, token) => {
    try {
      return await keyFor(header, token);
    } catch (error) {
      const isTokens =
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof errors.JWKSMultipleMatchingKeys ||
        error instanceof errors.JOSENotSupported;
      throw isTokens ? error : new ProviderError('The keys of the identity provider cannot be had.', { cause: error });
    }
  };
}

/** Our scopes among those of a token: a text of words, as in RFC 8693, or a list. */
function scopesIn(payload: JWTPayload, claim: string): Scope[] {
  const value = payload[claim];
  const words: readonly unknown[] = typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [];
  return words.filter(isScope);
}
