import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';

/**
 * Apollo Client for the service. Objects with an `id` are normalised by themselves: an id names one object of one
 * release. The pages of a ranking's rows are joined as they come.
 */
export function makeApolloClient(uri: string): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri }),
    cache: new InMemoryCache({
      // `npm run client` of the service writes these from the schema; the ones that the page asks for do.
      possibleTypes: { Node: ['City', 'Ranking', 'Release'] },
      typePolicies: {
        Ranking: {
          fields: {
            rows: {
              // One list for each ranking, whatever the page.
              keyArgs: false,
              merge(existing: Rows | undefined, incoming: Rows, { args }): Rows {
                const before = args?.['after'] == null ? [] : (existing?.nodes ?? []);
                return { ...incoming, nodes: [...before, ...incoming.nodes] };
              },
            },
          },
        },
      },
    }),
  });
}

interface Rows {
  readonly nodes: readonly unknown[];
}
