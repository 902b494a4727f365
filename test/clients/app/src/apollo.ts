import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { countingFetch, counter, report, url } from './facts';
import { useFragment as readFragment } from './gql';
import possible from './possible-types';
import { AnyNode, CityPage, OneCity, RankedCityFields, RankingPage, RecipeForm } from './queries';

async function main(): Promise<void> {
  const cache = new InMemoryCache({
    possibleTypes: possible.possibleTypes,
    typePolicies: {
      Query: { fields: { cities: relayStylePagination(['filter', 'release']) } },
      Ranking: { fields: { rows: relayStylePagination() } },
    },
  });
  const client = new ApolloClient({ cache, link: new HttpLink({ uri: url, fetch: countingFetch }) });

  const ranking = client.watchQuery({ query: RankingPage, variables: { first: 3 } });
  const first = await client.query({ query: RankingPage, variables: { first: 3 } });
  const rowsOf = (): readonly string[] => {
    const data = client.readQuery({ query: RankingPage, variables: { first: 3 } });
    return (data?.ranking?.rows.edges ?? []).map(({ node }) => readFragment(RankedCityFields, node).city.code);
  };
  const firstPage = rowsOf();
  const after = first.data?.ranking?.rows.pageInfo.endCursor ?? null;
  await ranking.fetchMore({ variables: { first: 3, after } });

  const cities = client.watchQuery({ query: CityPage, variables: { first: 5 } });
  const page = await client.query({ query: CityPage, variables: { first: 5 } });
  await cities.fetchMore({ variables: { after: page.data?.cities?.pageInfo.endCursor ?? null } });
  const all = client.readQuery({ query: CityPage, variables: { first: 5 } });

  for (const release of ['2026.1', null])
    await client.query({ query: OneCity, variables: { code: '330100', release } });
  const [old, current] = ['2026.1', null].map(
    (release) => client.readQuery({ query: OneCity, variables: { code: '330100', release } })?.city ?? null,
  );
  const ranked = first.data?.ranking?.rows.edges.map(({ node }) => readFragment(RankedCityFields, node).city) ?? [];
  const node = await client.query({ query: AnyNode, variables: { id: first.data?.ranking?.id ?? '' } });
  const form = await client.query({ query: RecipeForm, variables: { input: { year: 2019, methodology: 'nope' } } });

  const requests = counter.requests;
  await client.query({ query: OneCity, variables: { code: '330100', release: null } });
  report({
    firstPage,
    merged: rowsOf(),
    mergedCities: all?.cities?.edges.length ?? 0,
    names: [old?.name ?? null, current?.name ?? null],
    ids: [old?.id ?? null, current?.id ?? null],
    sameCityInRankingAndAlone: ranked.some(({ id }) => id === current?.id),
    nodeType: node.data?.node?.__typename ?? null,
    userErrors: (form.data?.checkRanking?.userErrors ?? []).map(({ path, code }) => `${path} ${code}`),
    requests,
    requestsAfterRepeat: counter.requests - requests,
  });
  client.stop();
}

void main();
