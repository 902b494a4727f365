import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { countingFetch, counter, report, url } from './facts';
import { useFragment as readFragment } from './gql';
import { keyless, schema } from './introspection';
import { AnyNode, CityPage, OneCity, RankedCityFields, RankingPage, RecipeForm } from './queries';

async function main(): Promise<void> {
  const client = new Client({
    url,
    fetch: countingFetch,
    preferGetMethod: false,
    exchanges: [
      cacheExchange({
        schema,
        // Types without an id are kept within what holds them.
        keys: Object.fromEntries(keyless.map((type) => [type, () => null])),
        resolvers: { Query: { cities: relayPagination() }, Ranking: { rows: relayPagination() } },
      }),
      fetchExchange,
    ],
  });
  const cacheOnly = { requestPolicy: 'cache-only' } as const;

  const first = await client.query(RankingPage, { first: 3 }).toPromise();
  const codes = (data: typeof first.data): string[] =>
    (data?.ranking?.rows.edges ?? []).map(({ node }) => readFragment(RankedCityFields, node).city.code);
  const after = first.data?.ranking?.rows.pageInfo.endCursor ?? null;
  const second = await client.query(RankingPage, { first: 3, after }).toPromise();

  const page = await client.query(CityPage, { first: 5 }).toPromise();
  const more = await client
    .query(CityPage, { first: 5, after: page.data?.cities?.pageInfo.endCursor ?? null })
    .toPromise();

  for (const release of ['2026.1', null]) await client.query(OneCity, { code: '330100', release }).toPromise();
  const [old, current] = await Promise.all(
    ['2026.1', null].map(
      async (release) =>
        (await client.query(OneCity, { code: '330100', release }, cacheOnly).toPromise()).data?.city ?? null,
    ),
  );
  const ranked = first.data?.ranking?.rows.edges.map(({ node }) => readFragment(RankedCityFields, node).city) ?? [];
  const node = await client.query(AnyNode, { id: first.data?.ranking?.id ?? '' }).toPromise();
  const form = await client.query(RecipeForm, { input: { year: 2019, methodology: 'nope' } }).toPromise();

  const requests = counter.requests;
  await client.query(OneCity, { code: '330100', release: null }).toPromise();
  report({
    firstPage: codes(first.data),
    merged: codes(second.data),
    mergedCities: more.data?.cities?.edges.length ?? 0,
    names: [old?.name ?? null, current?.name ?? null],
    ids: [old?.id ?? null, current?.id ?? null],
    sameCityInRankingAndAlone: ranked.some(({ id }) => id === current?.id),
    nodeType: node.data?.node?.__typename ?? null,
    userErrors: (form.data?.checkRanking?.userErrors ?? []).map(({ path, code }) => `${path} ${code}`),
    requests,
    requestsAfterRepeat: counter.requests - requests,
  });
}

void main();
