import { Ledger } from '../src/rankings/ledger';
import type { Context } from '../src/resolvers/context';
import { ARGUMENT_LIMITS } from '../src/resolvers/rules';
import { anonymous } from '../src/server/access';
import type { App } from '../src/server/app';

/**
 * What resolvers are given where an operation is run without our server around it: an anonymous caller.
 * @param ledger what the request is held against; without one there is no limit
 */
export function contextOf({ services, http }: Pick<App, 'services' | 'http'>, ledger = new Ledger(Infinity)): Context {
  return Object.assign(services.within(ledger), {
    ledger,
    client: '',
    requestId: '',
    principal: anonymous(true),
    argumentLimits: ARGUMENT_LIMITS,
    log: http.log,
    life: new AbortController(),
  });
}
