import {
  commitLocalUpdate,
  ConnectionHandler,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getRequest,
  Network,
  RecordSource,
  Store,
  type GraphQLTaggedNode,
  type OperationType,
  type RecordProxy,
  type RecordSourceProxy,
} from 'relay-runtime';
import { countingFetch, counter, report, url } from '../src/facts';
import citiesPagination, {
  type queriesCitiesPaginationQuery,
} from './__generated__/queriesCitiesPaginationQuery.graphql';
import citiesQuery, { type queriesCitiesQuery } from './__generated__/queriesCitiesQuery.graphql';
import cityQuery, { type queriesCityQuery } from './__generated__/queriesCityQuery.graphql';
import formQuery, { type queriesFormQuery } from './__generated__/queriesFormQuery.graphql';
import nodeQuery, { type queriesNodeQuery } from './__generated__/queriesNodeQuery.graphql';
import rankingQuery, { type queriesRankingPageQuery } from './__generated__/queriesRankingPageQuery.graphql';
import rowsPagination, { type queriesRowsPaginationQuery } from './__generated__/queriesRowsPaginationQuery.graphql';

const environment = new Environment({
  store: new Store(new RecordSource()),
  network: Network.create(async ({ text }, variables) => {
    const response = await countingFetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text, variables }),
    });
    return response.json();
  }),
});

/** Fetches, and keeps what came. */
async function run<T extends OperationType>(
  query: GraphQLTaggedNode,
  variables: T['variables'],
): Promise<T['response'] | undefined> {
  environment.retain(createOperationDescriptor(getRequest(query), variables));
  return fetchQuery<T>(environment, query, variables, { fetchPolicy: 'store-or-network' }).toPromise();
}

/** What the store holds of a connection. */
function connection(
  holderOf: (store: RecordSourceProxy) => RecordProxy | null | undefined,
  key: string,
  filters: object,
): { readonly codes: string[]; readonly endCursor: string | null } {
  const codes: string[] = [];
  let endCursor: string | null = null;
  commitLocalUpdate(environment, (store) => {
    const holder = holderOf(store);
    const found = holder && ConnectionHandler.getConnection(holder, key, filters);
    for (const edge of found?.getLinkedRecords('edges') ?? []) {
      const node = edge.getLinkedRecord('node');
      codes.push(String((node?.getLinkedRecord('city') ?? node)?.getValue('code')));
    }
    const cursor = found?.getLinkedRecord('pageInfo')?.getValue('endCursor');
    endCursor = typeof cursor === 'string' ? cursor : null;
  });
  return { codes, endCursor };
}

async function main(): Promise<void> {
  const page = await run<queriesRankingPageQuery>(rankingQuery, { first: 3 });
  const id = page?.ranking?.id ?? '';
  const rows = (): ReturnType<typeof connection> => connection((store) => store.get(id), 'Ranking_rows', {});
  const firstPage = rows();
  await run<queriesRowsPaginationQuery>(rowsPagination, { id, first: 3, after: firstPage.endCursor });

  await run<queriesCitiesQuery>(citiesQuery, { first: 5 });
  const cities = (): ReturnType<typeof connection> =>
    connection((store) => store.getRoot(), 'Query_cities', { filter: { tiers: ['first', 'new_first'] } });
  await run<queriesCitiesPaginationQuery>(citiesPagination, { first: 5, after: cities().endCursor });

  for (const release of ['2026.1', null]) await run<queriesCityQuery>(cityQuery, { code: '330100', release });
  const again = async (release: string | null): Promise<queriesCityQuery['response']['city']> =>
    (await run<queriesCityQuery>(cityQuery, { code: '330100', release }))?.city;
  const requestsBefore = counter.requests;
  const [old, current] = [await again('2026.1'), await again(null)];
  const requestsAfterRepeat = counter.requests - requestsBefore;

  const node = await run<queriesNodeQuery>(nodeQuery, { id });
  const form = await run<queriesFormQuery>(formQuery, { input: { year: 2019, methodology: 'nope' } });
  const merged = rows();
  let same = false;
  commitLocalUpdate(environment, (store) => {
    const ranked = ConnectionHandler.getConnection(store.get(id) ?? store.getRoot(), 'Ranking_rows')?.getLinkedRecords(
      'edges',
    );
    same = (ranked ?? []).some(
      (edge) => edge.getLinkedRecord('node')?.getLinkedRecord('city')?.getDataID() === current?.id,
    );
  });
  report({
    firstPage: firstPage.codes,
    merged: merged.codes,
    mergedCities: cities().codes.length,
    names: [old?.name ?? null, current?.name ?? null],
    ids: [old?.id ?? null, current?.id ?? null],
    sameCityInRankingAndAlone: same,
    nodeType: node?.node?.__typename ?? null,
    userErrors: (form?.checkRanking?.userErrors ?? []).map(({ path, code }) => `${path} ${code}`),
    requests: counter.requests,
    requestsAfterRepeat,
  });
}

void main();
