import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';
import { ERROR_CATALOGUE } from '../errors';

/** Says where subscriptions go, to whoever sends one as a request of its own. */
export function refuseSubscriptions(): ApolloServerPlugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ operation }) {
          if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return Promise.resolve();
          const { meaning, remedy, status } = ERROR_CATALOGUE.WRONG_TRANSPORT;
          return Promise.reject(
            new GraphQLError(`${meaning} ${remedy}`, { extensions: { code: 'WRONG_TRANSPORT', http: { status } } }),
          );
        },
      }),
  };
}
