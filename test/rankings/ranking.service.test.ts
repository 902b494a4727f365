import { Ledger } from '../../src/rankings/ledger';
import { RankingService, type RankingRequest } from '../../src/rankings/ranking.service';
import { ResultCache } from '../../src/rankings/result-cache';
import { openApp, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

describe('RankingService', () => {
  it('refuses work past the budget before it begins, and keeps nothing of it', async () => {
    const results = new ResultCache(10_000_000);
    const service = new RankingService(app.services.releases, results, new Ledger(10_000));
    await expect(service.rank({})).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
      message: expect.stringMatching(/would cost \d+ cell operations\. Allowed: at most 10000/) as unknown,
    });
    expect(results.size).toBe(0);
    // Few cities cost less: 3 cities × 21 indicators for each stage.
    const codes = ['330100', '310000', '420100'];
    expect((await service.rank({ cities: { codes } })).result.order).toHaveLength(3);
  });

  it('gives the same ranking with a cache and without, and computes it once with one', async () => {
    const cached = new ResultCache(50_000_000);
    const withCache = new RankingService(app.services.releases, cached);
    const without = new RankingService(app.services.releases, new ResultCache(1));
    const [first, second, fresh] = [await withCache.rank({}), await withCache.rank({}), await without.rank({})];
    expect(second.result).toBe(first.result);
    expect(fresh.result).not.toBe(first.result);
    expect(fresh.digest).toBe(first.digest);
    expect(fresh.result.ranks).toEqual(first.result.ranks);
    expect(fresh.result.nodes.columns).toEqual(first.result.nodes.columns);
  });

  it('begins another weighting at the leaves, and gives what is computed from the start', async () => {
    const cache = new ResultCache(50_000_000);
    const kept = new RankingService(app.services.releases, cache);
    const without = new RankingService(app.services.releases, new ResultCache(1));
    const weighted = (weight: number): RankingRequest => ({
      recipe: { weight: { method: 'GIVEN', weights: [{ node: 'governance', weight }] } },
    });
    const first = await kept.rank(weighted(1));
    for (const request of [
      weighted(2),
      weighted(0),
      { ...weighted(2), year: 2016 },
      { ...weighted(2), cities: null },
    ]) {
      const [again, fresh] = [await kept.rank(request), await without.rank(request)];
      expect(again.digest).toBe(fresh.digest);
      const [found, expected] = [again, fresh].map(({ result }) =>
        Object.entries(result).filter(([, value]) => typeof value !== 'function'),
      );
      expect(found).toEqual(expected);
    }
    const second = await kept.rank(weighted(2));
    expect(second.result.stages).toBe(first.result.stages);
    // Three rankings of one year and one of another, and the leaves of both years.
    expect(cache.size).toBe(6);
  });

  it('ranks the same whatever the order in which the cities are named', async () => {
    const codes = ['330100', '310000', '420100', '440300', '110000'];
    const one = await app.services.rankings.rank({ cities: { codes } });
    const other = await app.services.rankings.rank({ cities: { codes: [...codes, ...codes].reverse() } });
    expect(other.digest).toBe(one.digest);
  });

  it('scores a selection within itself: its best and worst values span the whole range', async () => {
    const { result } = await app.services.rankings.rank({
      cities: { tiers: ['first'] },
      recipe: { treat: { method: 'NONE' }, screen: { minimumAvailability: 0 } },
    });
    expect(result.cities).toHaveLength(4);
    const leaf = result.tree.nodes.findIndex((node) => node.indicator === 'budget_revenue_share_gdp');
    const scores = [...(result.nodes.columns[leaf] ?? [])].filter((score) => !Number.isNaN(score));
    expect([Math.min(...scores), Math.max(...scores)]).toEqual([1, 100]);
  });

  it('uses the saved recipe as it stands where nothing replaces it', async () => {
    const { methodology, recipe } = await app.services.rankings.rank({ methodology: 'digital-life' });
    expect(methodology?.recipe).toMatchObject({ normalise: { method: 'GOALPOSTS' } });
    expect(recipe).toMatchObject(methodology?.recipe ?? {});
  });
});
