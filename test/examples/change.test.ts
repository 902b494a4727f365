import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

it('change 3: tiers at three nodes, with the three cities beside them', async () => {
  const answer = await run('change-3-convergence');
  for (const [alias, years] of [
    ['governance', 11],
    ['publicServices', 11],
    ['digitalLife', 13],
  ] as const) {
    const groups = answer.list(alias, 'groups') as { group: string | null; gap: object | null }[];
    expect(groups.map(({ group, gap }) => [group, gap === null])).toEqual([
      ['first', true],
      ['new_first', false],
      ['second', false],
      [null, false],
    ]);
    expect(answer.list(alias, 'spread')).toHaveLength(years);
    expect(typeof answer.at(alias, 'beta', 'slope')).toBe('number');
  }
  const rows = answer.list('cities', 'rows') as { city: { name: string }; node: string }[];
  expect(rows.map(({ city, node }) => `${city.name} ${node}`)).toEqual(
    NAMES.flatMap((name) => [`${name} governance`, `${name} public_services`]),
  );
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

it('the analyst guide shows each of them', () => {
  const guide = readFileSync(join(__dirname, '..', '..', 'docs', 'analyst-guide.md'), 'utf8');
  const own = Object.entries(examples).filter(([name]) => name.startsWith('change-'));
  expect(own).toHaveLength(4);
  for (const [name, query] of own) {
    const withoutTitle = query.trim().replace(/^(#.*\n)+/, '');
    expect({ name, shown: guide.includes(withoutTitle) }).toEqual({ name, shown: true });
  }
});

it('the text of the guide quotes the answer of change 3', async () => {
  const guide = readFileSync(join(__dirname, '..', '..', 'docs', 'analyst-guide.md'), 'utf8');
  const answer = await run('change-3-convergence');
  const percent = (logGap: number): string => `${(100 * Math.exp(-logGap)).toFixed(0)} %`;
  for (const [alias, heading] of [
    ['governance', '**Governance'],
    ['publicServices', '**Public services'],
    ['digitalLife', '**Digital life'],
  ] as const) {
    const start = guide.indexOf(`- ${heading}`);
    const paragraph = guide.slice(start, guide.indexOf('\n', start));
    const groups = answer.list(alias, 'groups') as { group: string; gap: Gap; logGap: Gap }[];
    const second = groups.find(({ group }) => group === 'second');
    if (!second) throw new Error('No second tier.');
    expect(paragraph).toContain(`from ${second.gap.first.toFixed(1)} to ${second.gap.last.toFixed(1)}`);
    expect(paragraph).toContain(`from ${percent(second.logGap.first)} to ${percent(second.logGap.last)}`);
  }
  const variation = (alias: string): string =>
    ['first', 'last'].map((end) => Number(answer.at(alias, 'sigma', end)).toFixed(2)).join(' to ');
  for (const alias of ['governance', 'publicServices', 'digitalLife']) expect(guide).toContain(`(${variation(alias)})`);
  const halfLives = ['governance', 'publicServices', 'digitalLife'].map((alias) =>
    Number(answer.at(alias, 'beta', 'halfLife')).toFixed(0),
  );
  expect(guide).toContain(
    `half-lives of ${halfLives[0] ?? ''} years in governance, ${halfLives[1] ?? ''} in public services and ${halfLives[2] ?? ''} in digital life`,
  );
});

interface Gap {
  readonly first: number;
  readonly last: number;
}
