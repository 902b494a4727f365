import { readExamples } from '../../src/server/graphiql';
import { openApp, type TestApp } from '../helpers/app';

jest.setTimeout(120_000);

let sqlite: TestApp;
let postgres: TestApp;
beforeAll(async () => {
  sqlite = await openApp();
  postgres = await openApp({ kind: 'postgres' });
});
afterAll(async () => {
  await sqlite.close();
  await postgres.close();
});

const QUERIES: readonly (readonly [string, string])[] = [
  ...readExamples().map(({ name, query }) => [name, query] as const),
  [
    'columns',
    '{ ranking { digest recipe columns { cityCodes ranks scores nodes { node scores ranks } } unranked { city { code } reason } } }',
  ],
  [
    'digital life of 297 cities',
    '{ ranking(input: { methodology: "digital-life" }) { digest columns { cityCodes scores } warnings { message } } }',
  ],
  [
    'cities',
    '{ cities(first: 200, orderBy: LATITUDE) { totalCount edges { cursor node { code name(language: ZH) names { fr } provinceName tier latitude longitude } } } }',
  ],
  [
    'indicators',
    '{ indicators(first: 200) { nodes { code name description unit direction denominatorCode goalpostLow goalpostHigh target source { code title note } } } }',
  ],
  [
    'observations',
    '{ observations(first: 200, filter: { years: [2018, 2019], statuses: [QUESTIONABLE] }) { totalCount edges { cursor node { cityCode indicatorCode year value status low high note source { code } } } pageInfo { hasNextPage } } }',
  ],
  ['observations of all', '{ observations(first: 200) { totalCount nodes { cityCode indicatorCode year value } } }'],
  [
    'published rankings',
    '{ publishedRankings(first: 200, orderBy: SCORE) { edges { cursor node { report year dimension rank score city { code } } } } }',
  ],
  ['initiatives', '{ initiatives { nodes { title sector district signedOn projectCount note } } }'],
  [
    'frameworks',
    '{ frameworks { nodes { code rootCode nodes { code parentCode weight position depth indicatorCode } } } methodologies { nodes { code recipe } } }',
  ],
  [
    'releases',
    '{ releases { edges { cursor node { version digest publishedAt name licence notes cityCount indicatorCount observationCount } } } }',
  ],
  ['an error', '{ ranking(input: { year: 1900 }) { digest } }'],
];

it.each(QUERIES)('SQLite and PostgreSQL give the same bytes: %s', async (_, query) => {
  const [one, other] = [await sqlite.query(query), await postgres.query(query)];
  expect(other.text).toBe(one.text);
  expect(one.text.length).toBeGreaterThan(100);
});

it('pages of observations are the same on both, page by page', async () => {
  let after: unknown = null;
  for (let page = 0; page < 5; page++) {
    const query =
      'query ($after: String) { observations(first: 113, after: $after, filter: { years: [2019] }) { nodes { cityCode indicatorCode value } pageInfo { endCursor } } }';
    const [one, other] = [await sqlite.data(query, { after }), await postgres.data(query, { after })];
    expect(other.value).toEqual(one.value);
    after = one.at('observations', 'pageInfo', 'endCursor');
  }
});

it('observations by their ids, and a ranking by the digest that was kept, are the same on both', async () => {
  const list = await sqlite.data(
    '{ observations(first: 20) { nodes { id } } ranking(input: { year: 2016 }) { digest } }',
  );
  const ids = (list.list('observations', 'nodes') as { id: string }[]).map(({ id }) => id);
  const query = `query ($ids: [ID!]!, $digest: String!) {
    nodes(ids: $ids) { id ... on Observation { cityCode indicatorCode year value } }
    rankingByDigest(digest: $digest) { digest }
  }`;
  const variables = { ids, digest: list.at('ranking', 'digest') };
  for (const app of [sqlite, postgres]) await app.data('{ ranking(input: { year: 2016 }) { permalink } }');
  const [one, other] = [await sqlite.query(query, variables), await postgres.query(query, variables)];
  expect(other.text).toBe(one.text);
  expect(one.text).not.toContain('null');
  // The row is there already: kept once, and read without the process's own memory.
  const kept: unknown = await postgres.database.dataSource.query('SELECT digest FROM kept_ranking WHERE digest = $1', [
    variables.digest,
  ]);
  expect(kept).toEqual([{ digest: variables.digest }]);
});
