import type { Ledger } from '../rankings/ledger';
import type { Services } from '../rankings/services';

/** What every resolver is given besides its arguments. */
export interface Context extends Services {
  /** Names the request in the logs and in the answer's `x-request-id`. */
  readonly requestId: string;
  /** What the request has cost so far; the services are held against it. */
  readonly ledger: Ledger;
  /** Aborted when nobody waits for the answer any more, or it has taken too long: long runs end. */
  readonly signal: AbortSignal;
  /** Logs under that id. */
  readonly log: { error(details: object, message: string): void };
}
