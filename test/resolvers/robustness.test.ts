import { MAX_WAITING } from '../../src/rankings/robustness.service';
import type { UncertaintyRequest } from '../../src/rankings/uncertainty-analysis';
import { openApp, type Json, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const CITY = `cityCode nominalRank rank { mean median deviation percentiles { share value } }
  rankDistribution { rank value error } best: probabilityOfRankAtMost(rank: 1) { value } any: probabilityOfRankAtMost(rank: 1000) { value }`;
const query = (fields: string): string =>
  `query ($input: UncertaintyInput!, $ranking: RankingInput) { ranking(input: $ranking) { robustness { uncertainty(input: $input) { ${fields} } } } }`;
const uncertainty = (answer: Json, ...path: (string | number)[]): unknown =>
  answer.at('ranking', 'robustness', 'uncertainty', ...path);

interface City {
  readonly cityCode: string;
  readonly nominalRank: number | null;
  readonly rank: { readonly mean: number; readonly median: number; readonly deviation: number };
  readonly rankDistribution: readonly { readonly rank: number; readonly value: number; readonly error: number }[];
  readonly best: { readonly value: number };
  readonly any: { readonly value: number };
}

async function citiesOf(input: object): Promise<City[]> {
  return uncertainty(await app.data(query(`cities { ${CITY} }`), { input }), 'cities') as City[];
}

const DIRICHLET = { method: 'DIRICHLET', concentration: 20 };

describe('uncertainty of a ranking', () => {
  it('gives each city a distribution of ranks that adds to 1, has the mean it says, and errors above 0', async () => {
    const cities = await citiesOf({ draws: 400, weights: DIRICHLET });
    const ranking = await app.data('{ ranking { columns { cityCodes ranks } } }');
    expect(cities.map(({ cityCode }) => cityCode)).toEqual(ranking.at('ranking', 'columns', 'cityCodes'));
    expect(cities.map(({ nominalRank }) => nominalRank)).toEqual(ranking.at('ranking', 'columns', 'ranks'));
    for (const { rank, rankDistribution, best, any } of cities) {
      const total = rankDistribution.reduce((sum, { value }) => sum + value, 0);
      expect(total).toBeCloseTo(1, 12);
      expect(rankDistribution.reduce((sum, { rank: at, value }) => sum + at * value, 0)).toBeCloseTo(rank.mean, 9);
      expect(rankDistribution.every(({ error }) => error > 0)).toBe(true);
      expect(best.value).toBe(rankDistribution.find(({ rank: at }) => at === 1)?.value ?? 0);
      expect(any.value).toBe(1);
    }
    // Each draw without ties has one city at each rank, so the mean ranks add up as the ranks do.
    const n = cities.length;
    expect(cities.reduce((sum, { rank }) => sum + rank.mean, 0)).toBeCloseTo((n * (n + 1)) / 2, 6);
  });

  it('where weights hardly vary every city keeps its rank', async () => {
    for (const { nominalRank, rank, rankDistribution } of await citiesOf({
      draws: 5,
      weights: { method: 'SHARE', share: 1e-9 },
    })) {
      expect(rank).toMatchObject({ mean: nominalRank, median: nominalRank, deviation: 0 });
      expect(rankDistribution).toEqual([expect.objectContaining({ rank: nominalRank, value: 1 })]);
    }
  });

  it('the same seed gives the same bytes, another seed others', async () => {
    const text = async (seed: number): Promise<string> =>
      (await app.query(query(`cities { ${CITY} }`), { input: { seed, draws: 100, weights: DIRICHLET } })).text;
    const first = await text(7);
    expect(await text(8)).not.toBe(first);
    expect(await text(7)).toBe(first);
  });

  it('probabilities of two cities add to 1, a city against itself stands at a half, tiers hold every city once', async () => {
    const fields =
      'there: probabilityAbove(city: "330100", other: "310000") { value } back: probabilityAbove(city: "310000", other: "330100") { value } self: probabilityAbove(city: "330100", other: "330100") { value } tiers cities { cityCode }';
    const input = { draws: 300, pairs: true, weights: { method: 'SHARE', share: 0.5 } };
    const answer = await app.data(query(fields), { input });
    const value = (name: string): number => Number(uncertainty(answer, name, 'value'));
    expect(value('there') + value('back')).toBeCloseTo(1, 12);
    expect(value('self')).toBe(0.5);
    const tiers = uncertainty(answer, 'tiers') as string[][];
    const codes = (uncertainty(answer, 'cities') as City[]).map(({ cityCode }) => cityCode);
    expect(tiers.flat().sort()).toEqual([...codes].sort());
  });

  it('is refused, with the reason, where it cannot be had; the rest of the answer stands', async () => {
    const cases: readonly (readonly [object, string, string?])[] = [
      [{ weights: null }, 'BAD_INPUT'],
      [{ draws: 10_001 }, 'BAD_INPUT'],
      [{ draws: 10_000, noise: { share: 0.1 } }, 'BUDGET_EXCEEDED'],
      [{ draws: 1 }, 'BAD_INPUT'],
      [{ seed: -1 }, 'BAD_INPUT'],
      [{ seed: 2 ** 53 }, 'BAD_INPUT'],
      [{ seed: 0.5 }, 'BAD_INPUT'],
      [{ percentiles: [1.5] }, 'BAD_INPUT'],
      [{ weights: { method: 'DIRICHLET' } }, 'BAD_INPUT'],
      [{ weights: { method: 'SHARE', share: 0.5, concentration: 2 } }, 'PARAMETER_NOT_USED'],
      [{ weights: { method: 'SIMPLEX', share: 0.5 } }, 'PARAMETER_NOT_USED'],
      [{ weights: { method: 'SIMPLEX', levels: [9] } }, 'BAD_INPUT'],
      [{}, 'BAD_INPUT', 'tiers'],
      [{}, 'BAD_INPUT', 'probabilityAbove(city: "330100", other: "310000") { value }'],
      [{ pairs: true }, 'NOT_FOUND', 'probabilityAbove(city: "330100", other: "999999") { value }'],
      [{ pairs: true }, 'BAD_INPUT', 'tiers(level: 0.4)'],
    ];
    for (const [input, code, fields = 'draws'] of cases) {
      const { body } = await app.query(query(fields), { input: { draws: 10, weights: DIRICHLET, ...input } });
      expect([input, fields, body.errors?.map(({ extensions }) => extensions['code'])]).toEqual([
        input,
        fields,
        [code],
      ]);
    }
    const level = await app.query(query('draws'), { input: { weights: { method: 'SIMPLEX', levels: [9] } } });
    expect(level.body.errors?.[0]?.extensions['field']).toBe('input.weights.levels[0]');
    const { body } = await app.query(
      '{ ranking { digest robustness { uncertainty(input: { draws: 20000 }) { draws } } } }',
    );
    expect(body.data?.['ranking']).toMatchObject({ robustness: { uncertainty: null } });
  });

  it('the same run is made once for all who wait for it; when too many runs wait a further one is refused', async () => {
    const { rankings, robustness } = app.services;
    const ranking = await rankings.rank({});
    const request = (seed: number): UncertaintyRequest => ({
      seed,
      draws: 2,
      weights: { method: 'SIMPLEX' },
      percentiles: [],
      pairs: false,
      acceptability: false,
    });
    const runs = Array.from({ length: MAX_WAITING }, (_, seed) =>
      robustness.run('UNCERTAINTY', ranking, request(1000 + seed)),
    );
    const again = robustness.run('UNCERTAINTY', ranking, request(1000));
    await expect(robustness.run('UNCERTAINTY', ranking, request(1))).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    const [first] = await Promise.all(runs);
    expect(await again).toBe(first);
    expect((await robustness.run('UNCERTAINTY', ranking, request(1))).result.seed).toBe(1);
  });
});
