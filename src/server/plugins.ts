import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from '../resolvers/context';

/** Has every function of an object reject where it throws. */
const REJECTING: ProxyHandler<object> = {
  get(hooks, name) {
    const hook: unknown = Reflect.get(hooks, name);
    if (typeof hook !== 'function') return hook;
    return (...given: readonly unknown[]): unknown => {
      try {
        return Reflect.apply(hook, hooks, given);
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
  },
};

/**
 * The same plugin, none of whose hooks throws before it gives its promise. Apollo calls the hooks of all plugins one after
 * another before it waits for any: what one throws would leave what another has rejected without anybody to catch it,
 * which ends the process.
 */
export function rejecting(plugin: ApolloServerPlugin<Context>): ApolloServerPlugin<Context> {
  return {
    ...plugin,
    async requestDidStart(request) {
      const hooks = await plugin.requestDidStart?.(request);
      return hooks && new Proxy(hooks, REJECTING);
    },
  };
}
