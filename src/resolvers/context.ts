import type { Scope } from '../entities';
import type { Ledger } from '../rankings/ledger';
import type { Services } from '../rankings/services';
import type { ArgumentLimits } from './rules';

/** Who asks. */
export interface Principal {
  readonly kind: 'ANONYMOUS' | 'API_KEY' | 'TOKEN';
  /** The public id of the key, or issuer and subject of the token; null of who brings neither. */
  readonly id: string | null;
  /** What they may do; null: nothing. */
  readonly scope: Scope | null;
  /** Names what they may see. Answers are shared only between callers with the same. */
  readonly rightsKey: string;
}

/** How long anybody waits for an answer. */
export interface Life {
  /** Aborted when nobody waits any more, or the answer has taken too long: long runs end. */
  readonly signal: AbortSignal;
}

/** What every resolver is given besides its arguments. */
export interface Context extends Services {
  /** Names the request in the logs and in the answer's `x-request-id`. */
  readonly requestId: string;
  /** What the request has cost so far; the services are held against it. */
  readonly ledger: Ledger;
  /** What its arguments are held to. */
  readonly argumentLimits: ArgumentLimits;
  /** Its signal is made when it is asked for: most requests make no use of it. */
  readonly life: Life;
  /** Who asks. What they may do has been looked at when a resolver is called. */
  readonly principal: Principal;
  /** Names who is charged for it. */
  readonly client: string;
  /** Logs under that id. */
  readonly log: { error(details: object, message: string): void };
}

/** Whether resolvers are given ours: TypeGraphQL does not say what it hands on. */
export const isContext = (context: object): context is Context => 'argumentLimits' in context;
