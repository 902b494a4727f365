import { readExamples } from '../../src/server/graphiql';
import { openApp, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const examples = Object.fromEntries(readExamples().map(({ name, query }) => [name, query]));
const run = (name: string) => app.data(examples[name] ?? '');
const NAMES = ['Hangzhou', 'Shanghai', 'Wuhan'];

it('change 1: the three cities have a rank and a score in every year', async () => {
  const answer = await run('change-1-rank-history');
  expect(answer.at('rankHistory', 'normalisation', 'mode')).toBe('JOINT');
  const cities = answer.list('rankHistory', 'cities') as {
    city: { name: string };
    years: { rank: number | null; ranked: number; reason: string | null }[];
  }[];
  expect(cities.map(({ city }) => city.name)).toEqual(NAMES);
  for (const { years } of cities) {
    expect(years).toHaveLength(9);
    for (const { rank, ranked, reason } of years) {
      expect(rank).toBeLessThanOrEqual(ranked);
      expect(reason).toBeNull();
    }
  }
});

it('change 2: the parts of each change add to the places gained', async () => {
  const answer = await run('change-2-rank-change');
  for (const [k, alias] of ['hangzhou', 'shanghai', 'wuhan'].entries()) {
    expect(answer.at(alias, 'city', 'name')).toBe(NAMES[k]);
    const parts = answer.list(alias, 'parts') as { cause: string; applies: boolean; places: number }[];
    const gained = Number(answer.at(alias, 'fromRank')) - Number(answer.at(alias, 'toRank'));
    expect(answer.at(alias, 'placesGained')).toBe(gained);
    expect(parts.reduce((sum, { places }) => sum + places, 0)).toBeCloseTo(gained, 9);
    expect(parts.find(({ cause }) => cause === 'METHODOLOGY')?.applies).toBe(alias === 'wuhan');
  }
});

it('change 3: tiers of both nodes over eleven years, with the three cities beside them', async () => {
  const answer = await run('change-3-convergence');
  for (const alias of ['governance', 'publicServices']) {
    const groups = answer.list(alias, 'groups') as { group: string | null; years: unknown[] }[];
    expect(groups.map(({ group }) => group)).toEqual(['first', 'new_first', 'second', null]);
    for (const { years } of groups) expect(years).toHaveLength(11);
    expect(typeof answer.at(alias, 'beta', 'slope')).toBe('number');
  }
  const cities = answer.list('cities', 'cities') as { city: { name: string } }[];
  expect(cities.map(({ city }) => city.name)).toEqual(NAMES);
});

it('change 4: digital life rose in all three', async () => {
  const answer = await run('change-4-trends');
  const rows = answer.list('trends', 'rows') as { city: { name: string }; trend: { slope: number; s: number } }[];
  expect(rows.map(({ city }) => city.name)).toEqual(NAMES.flatMap((name) => [name, name]));
  for (const { trend } of rows) {
    expect(trend.slope).toBeGreaterThan(0);
    expect(trend.s).toBeGreaterThan(0);
  }
});
