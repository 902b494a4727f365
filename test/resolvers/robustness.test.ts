import type { UncertaintyRequest } from '../../src/rankings/uncertainty-analysis';
import { openApp, testConfig, type Json, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const CITY = `cityCode nominalRank rank { mean median deviation percentiles { share value } }
  rankDistribution { rank value error } best: probabilityOfRankAtMost(rank: 1) { value } any: probabilityOfRankAtMost(rank: 1000) { value error }`;
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
  readonly any: { readonly value: number; readonly error: number };
}

async function citiesOf(input: object): Promise<City[]> {
  return uncertainty(await app.data(query(`cities { nodes { ${CITY} } }`), { input }), 'cities', 'nodes') as City[];
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
      expect(any).toEqual({ value: 1, error: 0 });
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
      (await app.query(query(`cities { nodes { ${CITY} } }`), { input: { seed, draws: 100, weights: DIRICHLET } }))
        .text;
    const first = await text(7);
    expect(await text(8)).not.toBe(first);
    expect(await text(7)).toBe(first);
  });

  it('probabilities of two cities add to 1, a city against itself stands at a half, tiers hold every city once', async () => {
    const fields =
      'there: probabilityAbove(city: "330100", other: "310000") { value } back: probabilityAbove(city: "310000", other: "330100") { value } self: probabilityAbove(city: "330100", other: "330100") { value } tiers columns { cityCodes }';
    const input = { draws: 300, pairs: true, weights: { method: 'SHARE', share: 0.5 } };
    const answer = await app.data(query(fields), { input });
    const value = (name: string): number => Number(uncertainty(answer, name, 'value'));
    expect(value('there') + value('back')).toBeCloseTo(1, 12);
    expect(value('self')).toBe(0.5);
    const tiers = uncertainty(answer, 'tiers') as string[][];
    const codes = uncertainty(answer, 'columns', 'cityCodes') as string[];
    expect(tiers.flat().sort()).toEqual([...codes].sort());
  });

  it('columns say what the rows say, and the matrix what the single pairs say', async () => {
    const spread = (s: string): string =>
      `mean${s} meanError${s} deviation${s} median${s} medianError${s} percentiles { share value${s} error${s} }`;
    const fields = `
      cities(first: 200) { totalCount nodes { cityCode nominalRank rank { ${spread('')} } score { ${spread('')} }
        probabilityOfRankAtMost(rank: 5) { value error } } }
      columns { cityCodes nominalRanks rankedDraws rank { ${spread('s')} } score { ${spread('s')} }
        probabilityOfRankAtMost(rank: 5) { values errors } }
      pairs(first: 3) { cityCodes values errors } named: pairs(codes: ["310000", "330100"]) { cityCodes values }
      one: probabilityAbove(city: "330100", other: "440300") { value error }
      two: probabilityAbove(city: "310000", other: "330100") { value error }`;
    const answer = await app.data(query(fields), { input: { draws: 200, pairs: true, weights: DIRICHLET } });
    type Spread = Record<'mean' | 'meanError' | 'deviation' | 'median' | 'medianError', number> & {
      percentiles: { share: number; value: number; error: number }[];
    };
    interface Row {
      readonly cityCode: string;
      readonly nominalRank: number;
      readonly rank: Spread;
      readonly score: Spread;
      readonly probabilityOfRankAtMost: { readonly value: number; readonly error: number };
    }
    const rows = uncertainty(answer, 'cities', 'nodes') as Row[];
    expect(rows).toHaveLength(39);
    const spreadOf = (of: (row: Row) => Spread): object => ({
      ...Object.fromEntries(
        (['mean', 'meanError', 'deviation', 'median', 'medianError'] as const).map((name) => [
          `${name}s`,
          rows.map((row) => of(row)[name]),
        ]),
      ),
      percentiles: [0.05, 0.5, 0.95].map((share, p) => ({
        share,
        values: rows.map((row) => of(row).percentiles[p]?.value),
        errors: rows.map((row) => of(row).percentiles[p]?.error),
      })),
    });
    expect(uncertainty(answer, 'columns')).toEqual({
      cityCodes: rows.map(({ cityCode }) => cityCode),
      nominalRanks: rows.map(({ nominalRank }) => nominalRank),
      rankedDraws: rows.map(() => 200),
      rank: spreadOf(({ rank }) => rank),
      score: spreadOf(({ score }) => score),
      probabilityOfRankAtMost: {
        values: rows.map(({ probabilityOfRankAtMost: { value } }) => value),
        errors: rows.map(({ probabilityOfRankAtMost: { error } }) => error),
      },
    });
    expect(uncertainty(answer, 'pairs', 'cityCodes')).toEqual(rows.slice(0, 3).map(({ cityCode }) => cityCode));
    expect(rows[1]?.cityCode).toBe('440300');
    const cell = (name: string, ...path: (string | number)[]): number => Number(uncertainty(answer, name, ...path));
    expect(cell('pairs', 'values', 0, 1)).toBe(cell('one', 'value'));
    expect(cell('pairs', 'errors', 0, 1)).toBe(cell('one', 'error'));
    for (const a of [0, 1, 2])
      for (const b of [0, 1, 2]) {
        expect(cell('pairs', 'values', a, b) + cell('pairs', 'values', b, a)).toBeCloseTo(1, 12);
        expect(cell('pairs', 'errors', a, b) > 0).toBe(a !== b);
      }
    // Named cities stand in the order of their ranks: Hangzhou is first.
    expect(uncertainty(answer, 'named', 'cityCodes')).toEqual(['330100', '310000']);
    expect(cell('named', 'values', 1, 0)).toBe(cell('two', 'value'));
  });

  it('pages of cities join up, by the named codes also, and a cursor goes on in another run of the ranking', async () => {
    const page = async (args: string, draws: number): Promise<Json> =>
      app.data(query(`cities(${args}) { totalCount nodes { cityCode } pageInfo { endCursor hasNextPage } }`), {
        input: { draws, weights: DIRICHLET },
      });
    const codesOf = (answer: Json): string[] =>
      (uncertainty(answer, 'cities', 'nodes') as { cityCode: string }[]).map(({ cityCode }) => cityCode);
    const first = await page('first: 2', 5);
    const next = await page(`first: 2, after: "${String(uncertainty(first, 'cities', 'pageInfo', 'endCursor'))}"`, 6);
    const both = await page('first: 4', 5);
    expect([...codesOf(first), ...codesOf(next)]).toEqual(codesOf(both));
    expect(uncertainty(both, 'cities', 'totalCount')).toBe(39);
    const [, second = '', , fourth = ''] = codesOf(both);
    const named = await page(`codes: ["${fourth}", "${second}", "${fourth}"]`, 5);
    expect(codesOf(named)).toEqual([second, fourth]);
    expect(uncertainty(named, 'cities', 'totalCount')).toBe(2);
  });

  it('noise that moves no value is no analysis: every rank would look sure. Beside weights it may be asked for', async () => {
    // The built-in data have no bounds.
    for (const noise of [{}, { useBounds: false }]) {
      const { body } = await app.query(query('draws'), { input: { draws: 10, noise } });
      expect(body.errors?.map(({ extensions }) => extensions)).toEqual([
        expect.objectContaining({ code: 'BAD_INPUT', field: 'input.noise.share', value: 0 }),
      ]);
    }
    const beside = await app.data(query('draws'), { input: { draws: 10, noise: {}, weights: DIRICHLET } });
    expect(uncertainty(beside, 'draws')).toBe(10);
  });

  it('is refused, with the reason, where it cannot be had; the rest of the answer stands', async () => {
    const cases: readonly (readonly [object, string, string?])[] = [
      [{ weights: null }, 'BAD_INPUT'],
      [{ draws: 10_001 }, 'BUDGET_EXCEEDED'],
      [{ draws: 1_000_001 }, 'BAD_INPUT'],
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
      [{}, 'BAD_INPUT', 'pairs { cityCodes }'],
      [{ pairs: true }, 'BAD_INPUT', 'pairs(first: 201) { cityCodes }'],
      [{ pairs: true }, 'NOT_FOUND', 'pairs(codes: ["330100", "999999"]) { cityCodes }'],
      [{}, 'NOT_FOUND', 'cities(codes: ["999999"]) { totalCount }'],
      [{}, 'BAD_INPUT', 'cities(first: 201) { totalCount }'],
      [{}, 'CURSOR_INVALID', 'cities(after: "x") { totalCount }'],
    ];
    for (const [input, code, fields = 'draws'] of cases) {
      const { body } = await app.query(query(fields), { input: { draws: 10, weights: DIRICHLET, ...input } });
      expect([input, fields, body.errors?.map(({ extensions }) => extensions['code'])]).toEqual([
        input,
        fields,
        [code],
      ]);
    }
    const unused: readonly (readonly [object, string, unknown, string])[] = [
      [{ method: 'SHARE', share: 0.5, concentration: 2 }, 'concentration', 2, 'concentration with DIRICHLET only'],
      [{ ...DIRICHLET, share: 0.5 }, 'share', 0.5, 'share with SHARE only'],
    ];
    for (const [weights, name, value, allowed] of unused) {
      const { body } = await app.query(query('draws'), { input: { draws: 10, weights } });
      expect(body.errors?.[0]?.extensions).toMatchObject({ field: `input.weights.${name}`, value, allowed });
    }
    const ends: readonly (readonly [object, string, number, number])[] = [
      [{ method: 'DIRICHLET', concentration: 0 }, 'concentration', 0, 1e9],
      [{ method: 'DIRICHLET', concentration: 2e9 }, 'concentration', 2e9, 1e9],
      [{ method: 'SHARE', share: 0 }, 'share', 0, 1],
      [{ method: 'SHARE', share: -0.5 }, 'share', -0.5, 1],
    ];
    for (const [weights, name, value, most] of ends) {
      const { body } = await app.query(query('draws'), { input: { draws: 10, weights } });
      const allowed = `a number above 0, at most ${String(most)}`;
      expect(body.errors?.[0]?.extensions).toMatchObject({ field: `input.weights.${name}`, value, allowed });
    }
    const level = await app.query(query('draws'), { input: { weights: { method: 'SIMPLEX', levels: [9] } } });
    expect(level.body.errors?.[0]?.extensions['field']).toBe('input.weights.levels[0]');
    const { body } = await app.query(
      '{ ranking { digest robustness { uncertainty(input: { draws: 20000 }) { draws } } } }',
    );
    expect(body.data?.['ranking']).toMatchObject({ robustness: { uncertainty: null } });
  });

  describe('a distribution of weights for each level', () => {
    const CITIES =
      'meanShift cities { nodes { cityCode rank { mean percentiles { value } } rankDistribution { rank value } } }';
    const answerTo = async (weights: object): Promise<unknown> =>
      uncertainty(await app.data(query(CITIES), { input: { draws: 300, weights } }));

    it('the same rule at every level is the plain form; rules at two levels are neither of them', async () => {
      const rule = { method: 'SHARE', share: 0.25 };
      const both = await answerTo({
        byLevel: [
          { level: 2, ...rule },
          { level: 1, ...rule },
        ],
      });
      expect(both).toEqual(await answerTo(rule));
      expect(await answerTo({ byLevel: [{ level: 2, ...DIRICHLET }] })).toEqual(
        await answerTo({ ...DIRICHLET, levels: [2] }),
      );
      const mixed = await answerTo({
        byLevel: [
          { level: 1, method: 'DIRICHLET', concentration: 50 },
          { level: 2, ...rule },
        ],
      });
      for (const plain of [rule, { ...rule, levels: [2] }, { method: 'DIRICHLET', concentration: 50 }])
        expect(mixed).not.toEqual(await answerTo(plain));
    });

    it('null beside byLevel is nothing', async () => {
      const byLevel = [{ level: 1, method: 'SIMPLEX', share: null, concentration: null }];
      const empty = { method: null, levels: null, share: null, concentration: null };
      expect(await answerTo({ ...empty, byLevel })).toEqual(await answerTo({ method: 'SIMPLEX', levels: [1] }));
    });

    it('is refused where it stands, with the value and what would be accepted', async () => {
      const SIMPLEX = { level: 1, method: 'SIMPLEX' };
      const LEVEL = 'an integer from 1 to 2, each in one rule only';
      const cases: readonly (readonly [
        weights: object,
        code: string,
        field: string,
        value: unknown,
        allowed: string,
      ])[] = [
        [{}, 'BAD_INPUT', 'method', null, 'DIRICHLET, SIMPLEX, SHARE, or byLevel in its place'],
        [{ share: 0.5 }, 'BAD_INPUT', 'method', null, 'DIRICHLET, SIMPLEX, SHARE, or byLevel in its place'],
        [{ byLevel: [] }, 'BAD_INPUT', 'byLevel', '[]', '1 to 100 rules'],
        [{ byLevel: [SIMPLEX], method: 'SHARE' }, 'BAD_INPUT', 'method', 'SHARE', 'either method or byLevel'],
        [{ byLevel: [SIMPLEX], levels: [2] }, 'BAD_INPUT', 'levels', '[2]', 'either levels or byLevel'],
        [{ byLevel: [SIMPLEX], share: 0.5 }, 'BAD_INPUT', 'share', 0.5, 'either share or byLevel'],
        [{ byLevel: [SIMPLEX], concentration: 5 }, 'BAD_INPUT', 'concentration', 5, 'either concentration or byLevel'],
        [{ byLevel: [{ ...SIMPLEX, level: 0 }] }, 'BAD_INPUT', 'byLevel[0].level', 0, 'a whole number from 1 to 100'],
        [{ byLevel: [SIMPLEX, { ...SIMPLEX, level: 3 }] }, 'BAD_INPUT', 'byLevel[1].level', 3, LEVEL],
        [{ byLevel: [SIMPLEX, SIMPLEX] }, 'BAD_INPUT', 'byLevel[1].level', 1, LEVEL],
        [
          { byLevel: [SIMPLEX, { level: 2, method: 'SHARE', share: 1.5 }] },
          'BAD_INPUT',
          'byLevel[1].share',
          1.5,
          'a number above 0, at most 1',
        ],
        [
          { byLevel: [{ level: 2, method: 'DIRICHLET', concentration: 0 }] },
          'BAD_INPUT',
          'byLevel[0].concentration',
          0,
          'a number above 0, at most 1000000000',
        ],
        [
          { byLevel: [SIMPLEX, { level: 2, method: 'DIRICHLET' }] },
          'BAD_INPUT',
          'byLevel[1].concentration',
          null,
          'a number above 0',
        ],
        [
          { byLevel: [{ ...SIMPLEX, share: 0.5 }] },
          'PARAMETER_NOT_USED',
          'byLevel[0].share',
          0.5,
          'share with SHARE only',
        ],
      ];
      for (const [weights, code, field, value, allowed] of cases) {
        const { body } = await app.query(query('draws'), { input: { draws: 10, weights } });
        expect([weights, body.errors?.map(({ extensions }) => extensions)]).toEqual([
          weights,
          [expect.objectContaining({ code, field: `input.weights.${field}`, value, allowed })],
        ]);
      }
    });
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
    const runs = Array.from({ length: testConfig().workerQueue }, (_, seed) =>
      robustness.run('UNCERTAINTY', ranking, request(1000 + seed)),
    );
    const again = robustness.run('UNCERTAINTY', ranking, request(1000));
    await expect(robustness.run('UNCERTAINTY', ranking, request(1))).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    const [first] = await Promise.all(runs);
    expect(await again).toBe(first);
    expect((await robustness.run('UNCERTAINTY', ranking, request(1))).result.seed).toBe(1);
  });
});
