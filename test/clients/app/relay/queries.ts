import { graphql } from 'relay-runtime';

/* What the compiler reads; the program takes what it makes of them. */

export const rankingPage = graphql`
  query queriesRankingPageQuery($input: RankingInput, $first: Int!) {
    ranking(input: $input) {
      id
      digest
      ...queriesRows @arguments(first: $first)
    }
  }
`;

export const rows = graphql`
  fragment queriesRows on Ranking
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" })
  @refetchable(queryName: "queriesRowsPaginationQuery") {
    rows(first: $first, after: $after) @connection(key: "Ranking_rows") {
      totalCount
      edges {
        node {
          rank
          score
          city {
            id
            code
            name
          }
        }
      }
    }
  }
`;

export const cities = graphql`
  query queriesCitiesQuery($first: Int!) {
    ...queriesCities @arguments(first: $first)
  }
`;

export const cityList = graphql`
  fragment queriesCities on Query
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" })
  @refetchable(queryName: "queriesCitiesPaginationQuery") {
    cities(first: $first, after: $after, filter: { tiers: ["first", "new_first"] }) @connection(key: "Query_cities") {
      edges {
        node {
          id
          code
        }
      }
    }
  }
`;

export const city = graphql`
  query queriesCityQuery($code: String!, $release: String) {
    city(code: $code, release: $release) {
      id
      name
      latitude
    }
  }
`;

export const node = graphql`
  query queriesNodeQuery($id: ID!) {
    node(id: $id) {
      __typename
      ... on Ranking {
        digest
        year
      }
    }
  }
`;

export const form = graphql`
  query queriesFormQuery($input: RankingInput) {
    checkRanking(input: $input) {
      userErrors {
        path
        code
      }
    }
  }
`;
