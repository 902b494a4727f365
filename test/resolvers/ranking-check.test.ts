import { openApp, type Json, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const check = (input: object): Promise<Json> =>
  app.data(
    'query ($input: RankingInput) { checkRanking(input: $input) { userErrors { path code message value allowed } preview { digest year cityCount cost recipe } } }',
    { input },
  );

const rank = (input: object): Promise<Json> =>
  app.data('query ($input: RankingInput) { ranking(input: $input) { digest year recipe } }', { input });

describe('checkRanking', () => {
  it.each([
    ['nothing', {}],
    ['weights and cities', { cities: { tiers: ['first'] }, recipe: { weight: { method: 'EQUAL' } } }],
    ['a year', { year: 2016 }],
  ])('tells what the ranking will be: %s', async (_, input) => {
    const [checked, made] = [await check(input), await rank(input)];
    expect(checked.at('checkRanking', 'userErrors')).toEqual([]);
    expect(checked.at('checkRanking', 'preview')).toMatchObject({
      digest: made.at('ranking', 'digest'),
      year: made.at('ranking', 'year'),
      recipe: made.at('ranking', 'recipe'),
    });
    expect(checked.at('checkRanking', 'preview', 'cost')).toBeGreaterThan(0);
  });

  it('tells everything that is wrong at once, each with its place, code and what is allowed', async () => {
    const answer = await check({
      cities: { codes: ['330100', 'nope', 'bad code'], tiers: ['nope'] },
      recipe: {
        screen: { minimumAvailability: 7 },
        treat: { method: 'WINSORISE', maximumPoints: -3 },
        weight: { method: 'GIVEN', weights: [{ node: 'governance', weight: -1 }] },
      },
    });
    expect(answer.at('checkRanking', 'preview')).toBeNull();
    const errors = answer.list('checkRanking', 'userErrors') as {
      path: string;
      code: string;
      value: unknown;
      allowed: string;
    }[];
    expect(errors.map(({ path, code, value }) => [path, code, value])).toEqual([
      ['cities.codes[2]', 'BAD_INPUT', 'bad code'],
      ['cities.codes[1]', 'NOT_FOUND', 'nope'],
      ['cities.tiers[0]', 'NOT_FOUND', 'nope'],
      ['recipe.screen.minimumAvailability', expect.any(String), 7],
      ['recipe.treat.maximumPoints', expect.any(String), -3],
      ['recipe.weight.weights[0].weight', 'WEIGHTS_INVALID', -1],
    ]);
    expect(errors.every(({ allowed }) => allowed.length > 0)).toBe(true);
  });

  it.each([
    [{ methodology: 'nope' }, 'methodology', 'NOT_FOUND'],
    [{ framework: 'nope' }, 'framework', 'NOT_FOUND'],
    [{ release: 'nope' }, 'release', 'NOT_FOUND'],
    [{ year: 0 }, 'year', 'BAD_INPUT'],
    [{ year: 2016, recipe: { period: { year: 2017 } } }, 'year', 'BAD_INPUT'],
  ])('what the ranking refuses, the check tells as data: %j', async (input, path, code) => {
    const answer = await check(input);
    expect(answer.at('checkRanking')).toMatchObject({ userErrors: [{ path, code }], preview: null });
    const { body } = await app.query('query ($input: RankingInput) { ranking(input: $input) { digest } }', { input });
    expect(body.errors?.[0]?.extensions).toMatchObject({ code, field: path });
  });
});

describe('partial results', () => {
  it('a part of a ranking that fails is null with an error, and the rest stands', async () => {
    const { body, status } = await app.query(`{
      ranking {
        digest
        agreement(with: { report: "nope" }) { n }
        bands(method: EQUAL_INTERVAL, count: 3) { count }
        none: bands(method: SCORE_DISTANCE) { count }
        diagnostics { findings { code } correlations(nodes: ["nope"]) { node } }
        rows(first: 1) { nodes { rank band(method: SCORE_DISTANCE) } }
      }
      explain(city: "nope") { rank }
      city(code: "330100") { name }
    }`);
    expect(status).toBe(200);
    const findings: unknown = expect.any(Array);
    const digest: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);
    const count: unknown = expect.any(Number);
    expect(body.data).toEqual({
      ranking: {
        digest,
        agreement: null,
        bands: [{ count }, { count }, { count }],
        none: null,
        diagnostics: { findings, correlations: null },
        rows: { nodes: [{ rank: 1, band: null }] },
      },
      explain: null,
      city: { name: 'Hangzhou' },
    });
    expect((body.errors ?? []).map(({ path }) => (path ?? []).join('.')).sort()).toEqual([
      'explain',
      'ranking.agreement',
      'ranking.diagnostics.correlations',
      'ranking.none',
      'ranking.rows.nodes.0.band',
    ]);
  });
});
