import { PublishedRanking, type ReleaseData } from '../../src/entities';
import { AgreementService } from '../../src/rankings/agreement.service';
import type { Ranking } from '../../src/rankings/ranking.service';

/** A ranking of cities a, b, c … with these ranks, beside published lines; only what the service reads. */
function ranking(computed: Record<string, number>, published: [report: string, city: string, rank: number][]): Ranking {
  const codes = [...new Set([...Object.keys(computed), ...published.map(([, city]) => city)])];
  const data = {
    cities: new Map(codes.map((code) => [code, { code }])),
    publishedRankings: published.map(([report, cityCode, rank]) =>
      Object.assign(new PublishedRanking(), { report, year: 2019, dimension: 'overall', cityCode, rank }),
    ),
  } as unknown as ReleaseData;
  const result = {
    cities: Object.keys(computed).map((code) => ({ code, groups: {} })),
    ranks: Float64Array.from(Object.values(computed)),
  };
  return { data, result } as unknown as Ranking;
}

const service = new AgreementService();

describe('AgreementService', () => {
  it('ten pupils ranked twice: τ is S over the number of pairs, counted pair by pair', () => {
    const mathematics = [7, 4, 3, 10, 6, 2, 9, 8, 1, 5];
    const music = [5, 7, 3, 10, 1, 9, 6, 2, 8, 4];
    const computed = Object.fromEntries(mathematics.map((rank, index) => [`pupil${String(index)}`, rank]));
    const agreement = service.compare(
      ranking(
        computed,
        music.map((rank, index) => ['music', `pupil${String(index)}`, rank]),
      ),
      {},
    );
    // Counted pair by pair, apart from the engine.
    let score = 0;
    for (let i = 0; i < 10; i++)
      for (let j = 0; j < i; j++)
        score += Math.sign(((mathematics[i] ?? 0) - (mathematics[j] ?? 0)) * ((music[i] ?? 0) - (music[j] ?? 0)));
    expect(agreement.kendallTauB).toBeCloseTo(score / 45, 12);
    expect(agreement.n).toBe(10);
  });

  it('by hand: one swap of neighbours among four gives τ = 4/6 and ρ = 0.8', () => {
    const agreement = service.compare(
      ranking({ a: 1, b: 2, c: 3, d: 4 }, [
        ['r', 'a', 1],
        ['r', 'c', 2],
        ['r', 'b', 3],
        ['r', 'd', 4],
      ]),
      { report: 'r' },
    );
    expect(agreement.kendallTauB).toBeCloseTo(4 / 6, 12);
    expect(agreement.spearman).toBeCloseTo(0.8, 12);
    expect(
      agreement.pairs.map(({ city, computedRank, publishedRank }) => [city.code, computedRank, publishedRank]),
    ).toEqual([
      ['a', 1, 1],
      ['c', 3, 2],
      ['b', 2, 3],
      ['d', 4, 4],
    ]);
  });

  it('leaves out cities that only one side ranks', () => {
    const agreement = service.compare(
      ranking({ a: 1, b: 2, x: 3, y: NaN }, [
        ['r', 'b', 1],
        ['r', 'a', 2],
        ['r', 'y', 3],
        ['r', 'z', 4],
      ]),
      {},
    );
    expect(agreement.n).toBe(2);
    expect(agreement.kendallTauB).toBe(-1);
    expect(agreement.spearman).toBe(-1);
  });

  it.each<[string, Record<string, number>, [string, string, number][]]>([
    ['no city is in both', { a: 1 }, [['r', 'b', 1]]],
    ['one city is', { a: 1 }, [['r', 'a', 1]]],
    [
      'one side ties them all',
      { a: 1, b: 1 },
      [
        ['r', 'a', 1],
        ['r', 'b', 2],
      ],
    ],
  ])('is null where %s', (_, computed, published) => {
    const agreement = service.compare(ranking(computed, published), {});
    expect([agreement.kendallTauB, agreement.spearman]).toEqual([null, null]);
  });

  it.each<[string, [string, string, number][], string]>([
    ['none', [], 'NOT_FOUND'],
    [
      'two',
      [
        ['r', 'a', 1],
        ['q', 'a', 1],
      ],
      'BAD_INPUT',
    ],
  ])('refuses a choice that fits %s', (_, published, code) => {
    expect(() => service.compare(ranking({ a: 1 }, published), {})).toThrow(expect.objectContaining({ code }) as Error);
  });
});
