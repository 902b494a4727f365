import { removeFolders } from '../datasets/small-bundle';
import { openApp, type Json, type TestApp } from '../helpers/app';
import { designedBundle } from '../helpers/designed-bundle';

/* Answers that can be worked out by hand, through the API; the table is in designed-bundle.ts. */

let app: TestApp;
beforeAll(async () => {
  app = await openApp({ bundle: designedBundle() });
});
afterAll(async () => {
  await app.close();
  removeFolders();
});

const uncertainty = async (input: object, fields: string): Promise<Json> =>
  app.data(
    `query ($input: UncertaintyInput!) { ranking { robustness { uncertainty(input: $input) { ${fields} } } } }`,
    {
      input,
    },
  );
const at = (answer: Json, ...path: (string | number)[]): unknown =>
  answer.at('ranking', 'robustness', 'uncertainty', ...path);

interface Estimate {
  readonly value: number;
  readonly error: number;
}
interface City {
  readonly cityCode: string;
  readonly nominalRank: number | null;
  readonly rankDistribution: readonly (Estimate & { readonly rank: number })[];
  readonly acceptability: {
    readonly firstDraws: number;
    readonly centralWeights:
      readonly { readonly node: string; readonly weight: number; readonly error: number }[] | null;
    readonly confidenceFactor: (Estimate & { readonly draws: number }) | null;
    readonly reason: string | null;
  };
}
const citiesOf = (answer: Json): Map<string, City> =>
  new Map((at(answer, 'cities', 'nodes') as City[]).map((city) => [city.cityCode, city]));
const shareOf = (city: City | undefined, rank: number): number =>
  city?.rankDistribution.find((share) => share.rank === rank)?.value ?? 0;

const CITIES = `cities { nodes { cityCode nominalRank rankDistribution { rank value error }
  acceptability { firstDraws reason centralWeights { node weight error } confidenceFactor { value error draws } } } }`;
const SIMPLEX = { method: 'SIMPLEX' };
const DRAWS = 4_000;
/** Five standard deviations of a share, whose variance is at most a quarter. */
const SLACK = 5 * Math.sqrt(0.25 / DRAWS);

describe('weights drawn evenly: SMAA against the closed form', () => {
  let answer: Json;
  let cities: Map<string, City>;
  beforeAll(async () => {
    const above = (name: string, city: string, other: string): string =>
      `${name}: probabilityAbove(city: "${city}", other: "${other}") { value error }`;
    answer = await uncertainty(
      { draws: DRAWS, weights: SIMPLEX, pairs: true, acceptability: true },
      `${CITIES} y: cities(codes: ["a"]) { nodes { acceptability { centralWeights(nodes: ["y"]) { node weight error } } } } ${above('ec', 'e', 'c')} ${above('ce', 'c', 'e')} ${above('cd', 'c', 'd')} ${above('ab', 'a', 'b')} ${above('ae', 'a', 'e')}`,
    );
    cities = citiesOf(answer);
  });

  it('rank acceptability: A and B are first for 2/5 of the weights each, C and D for 1/5', () => {
    for (const [city, share] of [
      ['a', 0.4],
      ['b', 0.4],
      ['c', 0.2],
      ['d', 0.2],
      ['e', 0],
    ] as const)
      expect(Math.abs(shareOf(cities.get(city), 1) - share)).toBeLessThan(SLACK);
  });

  it('a dominated city is never above, with an error above 0; two alike stand at 1/2; the rest as worked out', () => {
    expect(at(answer, 'ec')).toEqual({ value: 0, error: expect.any(Number) as number });
    expect((at(answer, 'ec') as Estimate).error).toBeGreaterThan(0);
    expect((at(answer, 'ce') as Estimate).value).toBe(1);
    expect((at(answer, 'cd') as Estimate).value).toBe(0.5);
    expect(Math.abs((at(answer, 'ab') as Estimate).value - 0.5)).toBeLessThan(SLACK);
    // w > 0.4 + 0.1 w from w = 4/9 on.
    expect(Math.abs((at(answer, 'ae') as Estimate).value - 5 / 9)).toBeLessThan(SLACK);
  });

  it('central weights are the middles of the intervals, within five of their errors; the nominal ranks are at 1/2', () => {
    for (const [city, middle, length] of [
      ['a', 0.8, 0.4],
      ['b', 0.2, 0.4],
      ['c', 0.5, 0.2],
      ['d', 0.5, 0.2],
    ] as const) {
      const { centralWeights, firstDraws } = cities.get(city)?.acceptability ?? {};
      const [x, y] = centralWeights ?? [];
      expect([x?.node, y?.node]).toEqual(['x', 'y']);
      expect(Math.abs((x?.weight ?? NaN) - middle)).toBeLessThan(5 * (x?.error ?? NaN));
      expect((x?.weight ?? NaN) + (y?.weight ?? NaN)).toBeCloseTo(1, 12);
      if (city === 'a') expect(at(answer, 'y', 'nodes', 0, 'acceptability', 'centralWeights')).toEqual([y]);
      // Even over an interval: its length over √12, over √draws.
      const error = length / Math.sqrt(12 * (firstDraws ?? NaN));
      expect((x?.error ?? NaN) / error).toBeGreaterThan(0.9);
      expect((x?.error ?? NaN) / error).toBeLessThan(1.1);
    }
    expect(['a', 'b', 'c', 'd', 'e'].map((city) => cities.get(city)?.nominalRank)).toEqual([3, 3, 1, 1, 5]);
  });

  it('nothing but weights varies: each is surely first by its central weights; one that never is says why it has none', () => {
    for (const city of ['a', 'b', 'c', 'd'])
      expect(cities.get(city)?.acceptability.confidenceFactor).toEqual({ value: 1, error: 0, draws: 1 });
    expect(cities.get('e')?.acceptability).toEqual({
      firstDraws: 0,
      centralWeights: null,
      confidenceFactor: null,
      reason: 'It came first in none of the 4000 draws.',
    });
  });
});

describe('choices', () => {
  it('leaving out an indicator: A is first without y, B without x, C and D with both', async () => {
    const answer = await uncertainty(
      { draws: DRAWS, leaveOut: { keepAll: 0.5 } },
      CITIES.replace(/acceptability.*/, '} }'),
    );
    const cities = citiesOf(answer);
    expect(Math.abs(shareOf(cities.get('a'), 1) - 0.25)).toBeLessThan(SLACK);
    expect(Math.abs(shareOf(cities.get('b'), 1) - 0.25)).toBeLessThan(SLACK);
    expect(Math.abs(shareOf(cities.get('c'), 1) - 0.5)).toBeLessThan(SLACK);
    // Without x, A is last; E is last with both and fourth without y, when B is last.
    expect(Math.abs(shareOf(cities.get('a'), 5) - 0.25)).toBeLessThan(SLACK);
    expect(Math.abs(shareOf(cities.get('e'), 5) - 0.5)).toBeLessThan(SLACK);
  });

  it('one node only, by its code, all but surely: every draw is the ranking without it; surely is refused', async () => {
    const answer = await uncertainty(
      { draws: 50, leaveOut: { nodes: ['x'], keepAll: 1e-9 } },
      'cities { nodes { cityCode rank { mean deviation } } }',
    );
    const means = new Map(
      (at(answer, 'cities', 'nodes') as { cityCode: string; rank: { mean: number; deviation: number } }[]).map(
        (city) => [city.cityCode, city.rank.mean],
      ),
    );
    expect(['a', 'b', 'c', 'd', 'e'].map((city) => means.get(city))).toEqual([5, 1, 2, 2, 4]);
    await expect(uncertainty({ draws: 50, leaveOut: { nodes: ['x'], keepAll: 0 } }, 'draws')).rejects.toThrow(
      'something that varies',
    );
  });

  it('stated probabilities: the arithmetic mean in a fifth of the draws, the worst column in the rest', async () => {
    const rule = (method: string): object[] => [{ level: 1, method }];
    const answer = await uncertainty(
      {
        draws: DRAWS,
        choices: { aggregate: [rule('ARITHMETIC'), rule('MINIMUM')] },
        probabilities: { aggregate: [0.2, 0.8] },
        acceptability: true,
      },
      CITIES,
    );
    const cities = citiesOf(answer);
    // By the worst column E (0.4) is third behind C and D; by the mean (0.45) it is last, A and B (0.5) third.
    expect(Math.abs(shareOf(cities.get('e'), 3) - 0.8)).toBeLessThan(SLACK);
    expect(Math.abs(shareOf(cities.get('a'), 3) - 0.2)).toBeLessThan(SLACK);
    // C is first either way: the confidence factor is found from the draws, shared by two cities.
    expect(cities.get('c')?.acceptability).toMatchObject({
      firstDraws: DRAWS,
      confidenceFactor: { value: 1, draws: DRAWS / 2 },
    });
  });

  it('weights that are not drawn stay as they are, without error; a node that is not there is refused', async () => {
    const answer = await uncertainty(
      { draws: 300, noise: { share: 0.3 }, acceptability: true },
      'cities(codes: ["c"]) { nodes { acceptability { firstDraws centralWeights { node weight error } } } }',
    );
    const half = { weight: 0.5, error: 0 };
    expect(at(answer, 'cities', 'nodes', 0, 'acceptability', 'centralWeights')).toEqual([
      { node: 'x', ...half },
      { node: 'y', ...half },
    ]);
    const { body } = await app.query(
      '{ ranking { robustness { uncertainty(input: { draws: 9, weights: { method: SIMPLEX }, acceptability: true }) { cities(first: 1) { nodes { acceptability { centralWeights(nodes: ["index"]) { node } } } } } } } }',
    );
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: 'nodes[0]' });
  });

  it('confidence: with its central weights A is first unless y or nothing is left out', async () => {
    // Weights vary and one indicator may go: A is first without y whatever the weights, and with both for w > 0.6.
    const answer = await uncertainty(
      { draws: DRAWS, weights: SIMPLEX, leaveOut: { nodes: ['y'], keepAll: 0.5 }, acceptability: true },
      CITIES,
    );
    const { acceptability, ...a } = citiesOf(answer).get('a') ?? {};
    expect(Math.abs(shareOf(a as City, 1) - 0.7)).toBeLessThan(SLACK);
    // Without y its weight is 1: of the draws with A first 5 in 7 have w = 1, 2 in 7 a mean of 0.8.
    const [x] = acceptability?.centralWeights ?? [];
    expect(Math.abs((x?.weight ?? NaN) - (5 + 2 * 0.8) / 7)).toBeLessThan(5 * (x?.error ?? NaN));
    // With w = 0.943 A is first whether y is left out or not.
    expect(acceptability?.confidenceFactor?.value).toBe(1);
    // B can be first only where nothing is left out.
    const b = citiesOf(answer).get('b')?.acceptability.confidenceFactor;
    expect(Math.abs((b?.value ?? NaN) - 0.5)).toBeLessThan(5 * (b?.error ?? NaN));
  });

  it('each stage is ranked as `ranking` with that recipe; weights are drawn around those of the recipe that is taken', async () => {
    const ranksOf = async (recipe: string): Promise<unknown> =>
      (await app.data(`{ ranking(input: { recipe: { ${recipe} } }) { columns { cityCodes ranks } } }`)).at('ranking');
    const given = 'weight: { method: GIVEN, weights: [{ node: "x", weight: 3 }, { node: "y", weight: 1 }] }';
    const expected = await ranksOf(given);
    const answer = await app.data(
      `{ ranking { robustness { uncertainty(input: { draws: 20, weights: { method: SHARE, share: 1e-9 },
        choices: { ${given.replace('weight: {', 'weight: [{').replace(/\}$/, '}]')} } }) {
        cities { nodes { cityCode rank { mean deviation } } } } } } }`,
    );
    const { columns } = expected as { columns: { cityCodes: string[]; ranks: number[] } };
    const found = at(answer, 'cities', 'nodes') as { cityCode: string; rank: { mean: number; deviation: number } }[];
    expect(new Map(found.map(({ cityCode, rank }) => [cityCode, rank]))).toEqual(
      new Map(columns.cityCodes.map((code, k) => [code, { mean: columns.ranks[k], deviation: 0 }])),
    );
  });

  it.each<[object, string, string, string?]>([
    [{ probabilities: { normalise: [0.5, 0.5] } }, 'BAD_INPUT', 'input.probabilities.normalise'],
    [
      { choices: { aggregate: [[{ level: 1, method: 'MINIMUM' }]] }, probabilities: { aggregate: [0.5] } },
      'BAD_INPUT',
      'input.probabilities.aggregate',
    ],
    [{ leaveOut: { nodes: ['index'] } }, 'NOT_FOUND', 'input.leaveOut.nodes[0]'],
    [{ leaveOut: { nodes: ['x', 'z'] } }, 'NOT_FOUND', 'input.leaveOut.nodes[1]'],
    [{ leaveOut: { keepAll: 1.5 } }, 'BAD_INPUT', 'input.leaveOut.keepAll'],
    [
      { choices: { normalise: [{ method: 'MIN_MAX', target: 3 }] } },
      'PARAMETER_NOT_USED',
      'input.choices.normalise[0].target',
    ],
    [
      {
        choices: {
          normalise: [{ method: 'Z_SCORE' }, { method: 'NONE' }],
          aggregate: [[{ level: 1, method: 'ARITHMETIC' }], [{ level: 1, method: 'GEOMETRIC' }]],
        },
      },
      'PRECONDITION_FAILED',
      'input.choices',
      'With normalise Z_SCORE, aggregate GEOMETRIC',
    ],
    [{ choices: {} }, 'BAD_INPUT', 'input.weights'],
    [{ weights: SIMPLEX }, 'BAD_INPUT', 'acceptability'],
  ])('%j is refused: %s at %s', async (input, code, field, text = '') => {
    const { body } = await app.query(
      'query ($input: UncertaintyInput!) { ranking { robustness { uncertainty(input: $input) { cities { nodes { acceptability { firstDraws } } } } } } }',
      { input },
    );
    expect(body.errors?.[0]?.extensions).toMatchObject({ code, field });
    expect(body.errors?.[0]?.message).toContain(text);
  });
});
