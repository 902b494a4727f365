import { readExamples } from '../../src/server/graphiql';
import { json, openApp, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const examples = Object.fromEntries(readExamples().map(({ name, query }) => [name, query]));
const exampleOf = (name: string): string => examples[name] ?? '';

it('client-1: both mistakes are told, and there is a preview once they are put right', async () => {
  const example = exampleOf('client-1-check-ranking');
  const wrong = await app.data(example);
  expect(wrong.at('checkRanking')).toMatchObject({
    userErrors: [
      { path: 'cities.tiers[1]', code: 'NOT_FOUND', value: 'frist' },
      { path: 'recipe.screen.minimumAvailability', value: 7 },
    ],
    preview: null,
  });
  const right = await app.data(example.replace('"frist"', '"new_first"').replace(': 7', ': 0.7'));
  const cities = await app.data('{ cities(filter: { tiers: ["first", "new_first"] }) { totalCount } }');
  expect(right.at('checkRanking', 'userErrors')).toEqual([]);
  expect(right.at('checkRanking', 'preview', 'cityCount')).toBe(cities.at('cities', 'totalCount'));
});

it('client-2: the id is that of Hangzhou, and the ranking is found by its digest', async () => {
  const answer = await app.data(exampleOf('client-2-node'));
  const city = await app.data('{ city(code: "330100") { __typename id code name } }');
  expect(answer.at('node')).toEqual(city.at('city'));
  const found = await app.data('query ($digest: String!) { rankingByDigest(digest: $digest) { id } }', {
    digest: answer.at('ranking', 'digest'),
  });
  expect(found.at('rankingByDigest', 'id')).toBe(answer.at('ranking', 'id'));
});

it('client-3: every file is there, and the table has a row for each selected city', async () => {
  const answer = await app.data(exampleOf('client-3-files'));
  const files = answer.list('ranking', 'files').map((file) => json(file));
  const served = await Promise.all(files.map((file) => app.http.inject(String(file.at('url')))));
  expect(served.map(({ statusCode, headers }) => [statusCode, headers['content-type']])).toEqual(
    files.map((file) => [200, file.at('contentType')]),
  );
  const cities = await app.data('{ cities(filter: { tiers: ["first", "new_first"] }) { totalCount } }');
  expect(served[2]?.body.trimEnd().split('\n')).toHaveLength(Number(cities.at('cities', 'totalCount')));
});
