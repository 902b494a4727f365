import { RankingMemory } from '../../src/rankings/ranking-memory';
import type { Ranking } from '../../src/rankings/ranking.service';
import { openApp, type TestApp } from '../helpers/app';

let app: TestApp;
let ranking: Ranking;
beforeAll(async () => {
  app = await openApp();
  ranking = await app.services.rankings.rank({ cities: { tiers: ['first'] } });
});
afterAll(() => app.close());

it('remembers what a ranking was made from, by codes, without holding on to its release', () => {
  const memory = new RankingMemory();
  memory.remember(ranking);
  const remembered = memory.find(ranking.digest);
  expect(remembered).toMatchObject({
    release: ranking.data.release.version,
    framework: ranking.framework.code,
    methodology: ranking.methodology?.code,
    recipe: ranking.recipe,
    cityCodes: ranking.cities?.map(({ code }) => code),
  });
  expect(Object.keys(remembered ?? {})).not.toContain('data');
  expect(memory.find('0'.repeat(64))).toBeNull();
});

it('a flood of 100,000 rankings pushes the oldest out, and what is asked for again stays', () => {
  const memory = new RankingMemory();
  const digestOf = (i: number): string => i.toString(16).padStart(64, '0');
  memory.remember(ranking);
  for (let i = 0; i < 100_000; i++) {
    memory.remember({ ...ranking, digest: digestOf(i) });
    if (i % 1000 === 0) expect(memory.find(ranking.digest)).not.toBeNull();
  }
  expect(memory.find(digestOf(0))).toBeNull();
  expect(memory.find(digestOf(99_999))).not.toBeNull();
  const left = Array.from({ length: 100_000 }, (_, i) => memory.find(digestOf(i))).filter((found) => found !== null);
  // 16 MiB at 4 KiB each, cities aside.
  expect(left.length).toBeLessThanOrEqual(4096);
  expect(left.length).toBeGreaterThan(3000);
});
