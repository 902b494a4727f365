import { graphql } from './gql';

export const RankedCityFields = graphql(`
  fragment RankedCityFields on RankedCity {
    rank
    score
    city {
      id
      code
      name
      tier
    }
    nodeScores {
      node
      score
      figures {
        indicator {
          id
          code
          unit
        }
        value
        treatment
      }
    }
  }
`);

export const RankingPage = graphql(`
  query RankingPage($input: RankingInput, $first: Int!, $after: String) {
    ranking(input: $input) {
      id
      digest
      release {
        id
        version
      }
      rows(first: $first, after: $after) {
        totalCount
        edges {
          cursor
          node {
            ...RankedCityFields
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  }
`);

export const CityPage = graphql(`
  query CityPage($first: Int!, $after: String, $release: String) {
    cities(first: $first, after: $after, release: $release, filter: { tiers: ["first", "new_first"] }) {
      totalCount
      edges {
        cursor
        node {
          id
          code
          name
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`);

export const OneCity = graphql(`
  query OneCity($code: String!, $release: String) {
    city(code: $code, release: $release) {
      id
      code
      name
      latitude
    }
  }
`);

export const AnyNode = graphql(`
  query AnyNode($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on City {
        name
        latitude
      }
      ... on Ranking {
        digest
        year
      }
    }
  }
`);

export const RecipeForm = graphql(`
  query RecipeForm($input: RankingInput) {
    checkRanking(input: $input) {
      userErrors {
        path
        code
        message
        allowed
      }
      preview {
        digest
      }
    }
  }
`);
