import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import type { Context } from '../resolvers/context';
import { codeOf } from './errors';

/**
 * Logs unexpected errors under the id of their request, and remembers the id for the answer. The log line holds the
 * error; the answer only the id.
 */
export function reportErrors(): {
  readonly plugin: ApolloServerPlugin<Context>;
  readonly report: (errors: readonly GraphQLError[], requestId: string, log: Context['log']) => void;
  readonly requestIdOf: (error: unknown) => string | undefined;
} {
  const requestIds = new WeakMap<object, string>();
  const report = (errors: readonly GraphQLError[], requestId: string, log: Context['log']): void => {
    for (const error of errors) {
      if (codeOf(error) !== 'INTERNAL') continue;
      requestIds.set(error, requestId);
      log.error({ err: error.originalError ?? error, path: error.path }, 'unexpected error');
    }
  };
  return {
    report,
    requestIdOf: (error) => (typeof error === 'object' && error !== null ? requestIds.get(error) : undefined),
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          didEncounterErrors({ errors, contextValue }) {
            report(errors, contextValue.requestId, contextValue.log);
            return Promise.resolve();
          },
        }),
    },
  };
}
