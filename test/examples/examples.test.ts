import { readExamples } from '../../src/server/graphiql';
import { openApp, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const examples = Object.fromEntries(readExamples().map(({ name, query }) => [name, query]));
const run = (name: string) => app.data(examples[name] ?? '');

it('the explorer shows these three first', () => {
  expect(Object.keys(examples).slice(0, 3)).toEqual([
    '1-default-ranking',
    '2-own-weights',
    '3-agreement-with-published',
  ]);
});

it('1: the default ranking shows the reasons down to the figures', async () => {
  const answer = await run('1-default-ranking');
  expect(answer.at('ranking', 'rows', 'totalCount')).toBe(39);
  expect(answer.list('ranking', 'rows', 'nodes')).toHaveLength(5);
  const scores = answer.list('ranking', 'rows', 'nodes', 0, 'nodeScores') as {
    figures: { value: number | null } | null;
  }[];
  expect(scores.some((score) => typeof score.figures?.value === 'number')).toBe(true);
});

it('2: other weights rank first-tier and new first-tier cities only, and governance weighs three times', async () => {
  const answer = await run('2-own-weights');
  const nodes = answer.list('ranking', 'rows', 'nodes') as { rank: number; city: { name: string; tier: string } }[];
  expect(new Set(nodes.map((node) => node.city.tier))).toEqual(new Set(['first', 'new_first']));
  expect(nodes.map((node) => node.rank)).toEqual([...nodes.map((node) => node.rank)].sort((a, b) => a - b));
  expect(answer.at('ranking', 'recipe', 'weight')).toEqual({
    method: 'GIVEN',
    weights: [{ node: 'governance', weight: 3 }],
  });
});

it('3: the default index beside the order published for 2019', async () => {
  const answer = await run('3-agreement-with-published');
  expect(answer.list('publishedRankings', 'nodes').slice(0, 3)).toMatchObject([
    { rank: 1, city: { name: 'Hangzhou' } },
    { rank: 2, city: { name: 'Shanghai' } },
    { rank: 3, city: { name: 'Wuhan' } },
  ]);
  const pairs = answer.list('ranking', 'agreement', 'pairs');
  expect(answer.at('ranking', 'agreement', 'n')).toBe(pairs.length);
  expect(pairs.length).toBeGreaterThanOrEqual(2);
});
