import type { IncomingHttpHeaders } from 'node:http';
import { RequestError } from '../../rankings/request-error';
import { invalidCredentials, refusalOf, type Refusal } from './authorise';
import { looksLikeKey, type ApiKeys } from './api-keys';
import { anonymous, known, type Principal } from './principal';
import { bearerOf } from './shared-secret';
import type { Tokens } from './tokens';

/** Headers with which a caller may be somebody. */
export const CREDENTIAL_HEADERS = ['authorization', 'x-api-key'] as const;

/** What callers are told apart by. */
export interface AuthenticatorOptions {
  readonly keys: Pick<ApiKeys, 'check'>;
  /** Null where there is no identity provider. */
  readonly tokens: Pick<Tokens, 'check'> | null;
  /** Whether who brings no credentials may read. */
  readonly anonymousRead: boolean;
  /** Told what stops a check, such as a database that cannot be reached. */
  readonly onError: (error: unknown) => void;
}

/** A principal, or why there is none. */
export type Authentication = { readonly principal: Principal } | { readonly refusal: Refusal };

const INVALID = invalidCredentials('The key or token is not valid.');
const EXPIRED = invalidCredentials('The token has expired.');
const UNKNOWN_SCHEME = invalidCredentials(
  'Send a key or token as `Authorization: Bearer …`, or a key as `X-API-Key: …`.',
);
const BOTH = invalidCredentials('Send `Authorization` or `X-API-Key`, not both.');

/** Tells who asks, on every transport. */
export class Authenticator {
  readonly #nobody: Principal;

  constructor(private readonly options: AuthenticatorOptions) {
    this.#nobody = anonymous(options.anonymousRead);
  }

  /**
   * Who asks, by the headers of the request. Credentials that do not hold are refused, never passed over.
   * @throws RequestError `NOT_READY` where that cannot be told now
   */
  async authenticate(headers: IncomingHttpHeaders): Promise<Authentication> {
    const { authorization, 'x-api-key': apiKey } = headers;
    if (authorization === undefined && apiKey === undefined) return { principal: this.#nobody };
    if (authorization !== undefined && apiKey !== undefined) return { refusal: BOTH };
    if (typeof apiKey === 'string') return this.#byKey(apiKey);
    const credentials = bearerOf(headers);
    if (credentials === undefined) return { refusal: UNKNOWN_SCHEME };
    return looksLikeKey(credentials) ? this.#byKey(credentials) : this.#byToken(credentials);
  }

  /**
   * Who asks, if they may use the service at all.
   * @throws RequestError as {@link authenticate}
   */
  async admit(headers: IncomingHttpHeaders): Promise<Authentication> {
    const result = await this.authenticate(headers);
    const refusal = 'principal' in result ? refusalOf(result.principal) : null;
    return refusal ? { refusal } : result;
  }

  /**
   * Whether who was admitted would be still. Where that cannot be told, they stay.
   * @param principal who they were
   * @param headers those that they were admitted by
   */
  async stillAdmits({ kind }: Principal, headers: IncomingHttpHeaders): Promise<boolean> {
    if (kind === 'ANONYMOUS') return true;
    return this.admit(headers).then(
      (result) => 'principal' in result,
      () => true,
    );
  }

  async #byKey(key: string): Promise<Authentication> {
    const row = await this.#orNotReady(() => this.options.keys.check(key));
    return row ? { principal: known('API_KEY', row.publicId, row.scope) } : { refusal: INVALID };
  }

  async #byToken(token: string): Promise<Authentication> {
    const { tokens, anonymousRead } = this.options;
    const holder = tokens ? await this.#orNotReady(() => tokens.check(token)) : 'INVALID';
    if (typeof holder === 'string') return { refusal: holder === 'EXPIRED' ? EXPIRED : INVALID };
    // Where everybody may read, so may who has shown who they are.
    return { principal: known('TOKEN', holder.id, holder.scope ?? (anonymousRead ? 'read' : null)) };
  }

  async #orNotReady<T>(check: () => Promise<T>): Promise<T> {
    try {
      return await check();
    } catch (error) {
      this.options.onError(error);
      throw new RequestError('NOT_READY', 'Whether the key or token is valid cannot be told now. Try again shortly.');
    }
  }
}
