import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, print, separateOperations } from 'graphql';
import { readExamples } from '../../src/server/graphiql';
import { findProjectRoot } from '../../src/server/project-root';
import { get, hashOf, post, type Expected, type Reply, type Sent, type Variables, faultOf } from './requests';

/*
 * Twenty queries as front ends send them, cheap and dear: from `examples/` and from the operations of the TypeScript client
 * where those have one.
 */

/** One of the twenty. */
export interface Kind extends Expected {
  readonly name: string;
  /** Whether the server has to make nearly every answer, since each request is another. */
  readonly varies: boolean;
  /** @param turn counts the requests of a run, so that each can be another */
  request(turn: number): Sent;
}

type Post = readonly [document: string, variables?: Variables];

/**
 * The twenty kinds of request for a server.
 * @param send asks the server: for the codes, ids, cursors, digest and tag that the requests name
 * @throws Error where it answers otherwise than expected
 */
export async function workloadFor(send: (sent: Sent) => Promise<Reply>): Promise<readonly Kind[]> {
  const example = Object.fromEntries(readExamples().map(({ name, query }) => [name, query]));
  const operation = clientOperations();
  const checked = async (sent: Sent): Promise<Reply> => {
    const reply = await send(sent);
    const fault = faultOf({ status: 200, body: 'json' }, reply.status, reply.body);
    if (fault !== null) throw new Error(`${sent.method} ${sent.path}: ${fault}`);
    return reply;
  };
  const ask = async (document: string, variables: Variables = {}): Promise<unknown> =>
    JSON.parse((await checked(post(document, variables))).body);

  const first = (await ask(named(operation, 'Ranking'), { first: 50 })) as FirstPage;
  const { digest, rows } = first.data.ranking;
  const cities = rows.nodes.map(({ city }) => city);
  const kept = (await ask(named(operation, 'Permalink'))) as { data: { ranking: { files: { url: string }[] } } };
  const csv = { method: 'GET', path: pick(kept.data.ranking.files, 0).url, headers: {} } as const;
  const rankingPages = await cursors(
    async (after) =>
      ((await ask(named(operation, 'Ranking'), { first: 10, after })) as FirstPage).data.ranking.rows.pageInfo,
  );
  const cityPages = await cursors(
    async (after) => ((await ask(named(operation, 'Cities'), { first: 50, after })) as CityPage).data.cities.pageInfo,
  );
  const ownWeights = get({ query: named(example, '2-own-weights') });
  const { etag = '' } = await checked(ownWeights);
  const byDigest = named(operation, 'RankingByDigest');
  const hashed = hashOf(byDigest);
  await checked(post(byDigest, { digest }, hashed));

  const always = (name: string, sent: Sent, other: Partial<Kind> = {}): Kind => ({
    ...{ name, status: 200, body: 'json', varies: false, ...other },
    request: () => sent,
  });
  const varied = (name: string, variant: (turn: number) => Post, varies = true): Kind => ({
    ...{ name, status: 200, body: 'json', varies },
    request: (turn) => post(...variant(turn)),
  });
  return [
    always('default ranking', post(named(example, '1-default-ranking'))),
    varied("ranking, weights of one's own", (turn) => [named(operation, 'Ranking'), { input: weighted(turn) }]),
    varied(
      'ranking, page by page',
      (turn) => [named(operation, 'Ranking'), { first: 10, after: pick(rankingPages, turn) }],
      false,
    ),
    varied('ranking in columns, own weights', (turn) => [
      named(operation, 'RankingColumns'),
      { input: weighted(turn) },
    ]),
    always('ranking of a digest, GET by hash', get({ variables: { digest }, extensions: hashed })),
    always(
      'ranking, has it been changed?',
      { ...ownWeights, headers: { ...ownWeights.headers, 'if-none-match': etag } },
      { status: 304, body: 'none' },
    ),
    always('ranking as a file (CSV)', csv, { body: 'text' }),
    varied('cities by their ids', (turn) => [
      CITIES_BY_ID,
      { ids: [0, 1, 2, 3].map((k) => pick(cities, turn + k).id) },
    ]),
    varied(
      'cities, page by page',
      (turn) => [named(operation, 'Cities'), { first: 50, after: pick(cityPages, turn) }],
      false,
    ),
    varied('figures of a city (database)', (turn) => [FIGURES, { cities: [pick(cities, turn).code] }]),
    always('methods', post(named(operation, 'Methods'))),
    varied('form with a mistake or without', (turn) => [
      named(operation, 'CheckRanking'),
      { input: { ...weighted(turn), cities: { tiers: ['first', turn % 2 === 0 ? 'second' : 'secnod'] } } },
    ]),
    varied('explanation, own weights', (turn) => [
      named(operation, 'Explain'),
      { city: pick(cities, turn).code, input: weighted(turn) },
    ]),
    varied('comparison of cities, own weights', (turn) => [
      named(operation, 'CompareCities'),
      { codes: [0, 1, 2].map((k) => pick(cities, turn + k).code), input: weighted(turn) },
    ]),
    varied('history of ranks, own weights', (turn) => [
      named(operation, 'RankHistory'),
      { cities: [pick(cities, turn).code], years: [2015, 2016, 2017, 2018, 2019], input: weighted(turn) },
    ]),
    varied('what if, values in the document', (turn) => [
      named(example, 'explanation-3-what-if').replace('value: 35', `value: ${String(35 + fraction(turn))}`),
    ]),
    always('agreement with what is published', post(named(example, '3-agreement-with-published'))),
    always('convergence of groups', post(named(example, 'change-3-convergence'))),
    varied('diagnostics, own weights', (turn) => [DIAGNOSTICS, { input: weighted(turn) }]),
    varied('uncertainty, 200 draws', (turn) => [
      named(operation, 'Uncertainty'),
      { input: { draws: 200, seed: turn, weights: { method: 'DIRICHLET', concentration: 20 } } },
    ]),
  ];
}

const CITIES_BY_ID = `query CitiesById($ids: [ID!]!) {
  nodes(ids: $ids) { __typename id ... on City { code name tier provinceName } }
}`;
const FIGURES = `query Figures($cities: [String!]!) {
  observations(filter: { cities: $cities, years: [2018, 2019] }, first: 50) {
    totalCount
    nodes { id indicatorCode year value status source { title url } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const DIAGNOSTICS = `query Diagnostics($input: RankingInput) {
  ranking(input: $input) {
    digest
    diagnostics {
      correlations(method: SPEARMAN, nodes: ["governance", "digital_life", "index"]) { node coefficients }
      consistency(nodes: ["index"]) { alpha }
      principalComponents(nodes: ["index"]) { codes components { eigenvalue cumulative } }
      dominance(nodes: ["governance", "digital_life"]) { decidedShare }
      findings { code message }
    }
  }
}`;

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}
interface FirstPage {
  readonly data: {
    readonly ranking: {
      readonly digest: string;
      readonly rows: {
        readonly nodes: readonly { readonly city: { readonly id: string; readonly code: string } }[];
        readonly pageInfo: PageInfo;
      };
    };
  };
}
interface CityPage {
  readonly data: { readonly cities: { readonly pageInfo: PageInfo } };
}

/** Operations of the TypeScript client by name, each with the fragments that it uses. */
function clientOperations(): Readonly<Record<string, string>> {
  const folder = join(findProjectRoot(), 'clients', 'typescript', 'operations');
  const text = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const documents = Object.entries(separateOperations(parse(text.join('\n'))));
  return Object.fromEntries(documents.map(([name, document]) => [name, print(document)]));
}

function named(documents: Readonly<Record<string, string>>, name: string): string {
  const document = documents[name];
  if (document === undefined) throw new Error(`There is no document ${name}.`);
  return document;
}

function pick<T>(list: readonly T[], turn: number): T {
  const item = list[turn % list.length];
  if (item === undefined) throw new Error('An answer that requests are made from is empty.');
  return item;
}

/** Another number from 0 to 1 for each of a hundred million turns. */
const fraction = (turn: number): number => (turn % 1e8) / 1e8;

/** A ranking's input with weights that no other turn has. */
const weighted = (turn: number) => ({
  recipe: { weight: { method: 'GIVEN', weights: [{ node: 'governance', weight: 1 + fraction(turn) }] } },
});

/** Cursors that pages come after, null for the first page. */
async function cursors(pageAfter: (cursor: string | null) => Promise<PageInfo>): Promise<readonly (string | null)[]> {
  const found: (string | null)[] = [null];
  let page = await pageAfter(null);
  while (page.hasNextPage) {
    found.push(page.endCursor);
    page = await pageAfter(page.endCursor);
  }
  return found;
}
