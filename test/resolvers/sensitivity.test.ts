import { json, openApp, type Json, type TestApp } from '../helpers/app';

/* Each analysis against `ranking` itself, asked again with the change that the analysis speaks of. */

let app: TestApp;
let leaf: unknown;
const ask = (field: string, input = ''): Promise<Json> => app.data(`{ ranking${input} { robustness { ${field} } } }`);
const orderOf = async (input: string): Promise<unknown[]> =>
  (await app.data(`{ ranking(input: { ${input} }) { columns { cityCodes } } }`)).list(
    'ranking',
    'columns',
    'cityCodes',
  );
const ranksOf = async (input: string): Promise<Map<unknown, unknown>> => {
  const answer = await app.data(`{ ranking(input: { ${input} }) { columns { cityCodes ranks } } }`);
  const ranks = answer.list('ranking', 'columns', 'ranks');
  return new Map(answer.list('ranking', 'columns', 'cityCodes').map((city, i) => [city, ranks[i]]));
};

beforeAll(async () => {
  app = await openApp();
  const answer = await app.data('{ ranking { robustness { weightStability { node } } } }');
  leaf = answer.at('ranking', 'robustness', 'weightStability', 0, 'node');
});
afterAll(() => app.close());

test('a combination of a multiverse ranks as `ranking` with that recipe', async () => {
  const answer = await ask(`multiverse(choices: { normalise: [{ method: MIN_MAX }, { method: Z_SCORE }],
    aggregate: [[{ level: 1, method: ARITHMETIC }], [{ level: 1, method: MEDIAN }]] }) {
    combinations cityCodes cities { city best worst } two: cities(codes: ["330100", "110000", "330100"]) { city best worst } universes { alternatives ranks } }`);
  const path = ['ranking', 'robustness', 'multiverse'];
  expect(answer.at(...path, 'combinations')).toBe(4);
  expect(answer.at(...path, 'universes', 3, 'alternatives')).toEqual(['Z_SCORE', 'MEDIAN']);
  const expected = await ranksOf(
    'recipe: { normalise: { method: Z_SCORE }, aggregate: [{ level: 1, method: MEDIAN }] }',
  );
  const codes = answer.list(...path, 'cityCodes');
  expect(answer.at(...path, 'universes', 3, 'ranks')).toEqual(codes.map((city) => expected.get(city) ?? null));
  const cities = answer.list(...path, 'cities') as { city: string }[];
  expect(cities.map(({ city }) => city)).toEqual(codes);
  // Some cities, each once, by code.
  const two = ['110000', '330100'].map((code) => cities.find(({ city }) => city === code));
  expect(answer.at(...path, 'two')).toEqual(two);
});

test('the winner stays just inside the interval of a weight and changes just outside', async () => {
  const answer = await ask(
    'weightStability { node weight method interval { low { weight cities } high { weight cities } } }',
  );
  const framework = await app.data('{ ranking { framework { nodes { code parentCode } } } }');
  const nodes = framework.list('ranking', 'framework', 'nodes') as { code: string; parentCode: string | null }[];
  type Row = { node: string; weight: number; interval: { high: { weight: number; cities: string[] | null } } | null };
  const rows = answer.list('ranking', 'robustness', 'weightStability') as Row[];
  const weightOf = new Map(rows.map(({ node, weight }) => [node, weight]));
  const parentOf = new Map(nodes.map(({ code, parentCode }) => [code, parentCode]));
  const found = rows.find(({ interval }) => interval?.high.cities != null && interval.high.weight < 0.99);
  if (!found?.interval?.high.cities) throw new Error('No weight that changes the winner.');
  const { node, interval } = found;
  const winner = async (share: number): Promise<unknown> => {
    const own = weightOf.get(node) ?? 0;
    const weights = [...weightOf].map(([code, weight]) => {
      const moved =
        code === node ? share : parentOf.get(code) === parentOf.get(node) ? (weight / (1 - own)) * (1 - share) : weight;
      return `{ node: "${code}", weight: ${String(moved)} }`;
    });
    return (await orderOf(`recipe: { weight: { method: GIVEN, weights: [${weights.join(' ')}] } }`))[0];
  };
  expect(await winner(interval.high.weight - 1e-6)).toBe(found.interval.high.cities[0]);
  expect(await winner(interval.high.weight + 1e-6)).toBe(found.interval.high.cities[1]);
});

test('a reversal is there when the others are ranked without the city', async () => {
  const answer = await ask('rankReversals(listed: 1) { city reversals pairs { above below } }');
  type Row = { city: string; reversals: number; pairs: { above: string; below: string }[] };
  const rows = answer.list('ranking', 'robustness', 'rankReversals') as Row[];
  expect(rows).toHaveLength(39);
  const all = await orderOf('');
  const reversed = rows.find(({ reversals }) => reversals > 0);
  if (!reversed) throw new Error('No city whose leaving reverses two others.');
  const { city, pairs } = reversed;
  const [pair] = pairs;
  const scored = all.filter((code) => code !== city);
  const without = await orderOf(`cities: { codes: ${JSON.stringify(scored)} }`);
  expect(all.indexOf(pair?.above)).toBeLessThan(all.indexOf(pair?.below));
  expect(without.indexOf(pair?.above)).toBeGreaterThan(without.indexOf(pair?.below));
});

test('a node or a city that is named twice is worked out once, for the cost of one', async () => {
  const named = (nodes: string, cities: string): string => `
    weightStability(nodes: ${nodes}) { node }
    rankReversals(cities: ${cities}) { city }
    stability: estimate(input: { weightStability: { nodes: ${nodes} } }) { cellOperations }
    reversals: estimate(input: { rankReversals: { cities: ${cities} } }) { cellOperations }`;
  const twice = await ask(named('["governance", "governance"]', '["330100", "540100", "330100"]'));
  const once = await ask(named('["governance"]', '["330100", "540100"]'));
  expect(twice.value).toEqual(once.value);
  expect(twice.list('ranking', 'robustness', 'rankReversals')).toEqual([{ city: '330100' }, { city: '540100' }]);
});

test('bounds of ranks are those that the bounds of scores leave, and gaps are what widens them', async () => {
  const answer = await ask('rankBounds { exact cities { city best worst low high gaps } }');
  type Row = { best: number; worst: number; low: number; high: number; gaps: number };
  const rows = answer.list('ranking', 'robustness', 'rankBounds', 'cities') as Row[];
  expect(rows).toHaveLength(39);
  for (const { best, worst, low, high, gaps } of rows) {
    // At its best a city has its highest score and all others their lowest, and at its worst the other way round.
    expect(best).toBe(1 + rows.filter((other) => other.low > high).length);
    expect(worst).toBe(1 + rows.filter((other) => other.high > low).length - (high > low ? 1 : 0));
    expect(high).toBeGreaterThanOrEqual(low);
    if (gaps === 0) expect(high).toBe(low);
  }
  expect(rows.some(({ gaps }) => gaps > 0)).toBe(true);
});

test('bounds as columns are those of the rows', async () => {
  const COLUMNS = 'columns { cityCodes ranks best worst low high gaps }';
  // By limits so wide that some city may be anywhere, and a recipe that leaves some unranked.
  for (const input of ['', '(input: { recipe: { screen: { minimumAvailability: 0 } } })']) {
    const answer = await ask(`rankBounds { cities { city rank best worst low high gaps } ${COLUMNS} }`, input);
    const path = ['ranking', 'robustness', 'rankBounds'];
    const rows = answer.list(...path, 'cities').map((row) => json(row));
    expect(rows.length).toBeGreaterThanOrEqual(39);
    const names = {
      cityCodes: 'city',
      ranks: 'rank',
      best: 'best',
      worst: 'worst',
      low: 'low',
      high: 'high',
      gaps: 'gaps',
    };
    for (const [column, field] of Object.entries(names))
      expect([column, answer.at(...path, 'columns', column)]).toEqual([column, rows.map((row) => row.at(field))]);
  }
});

test.each([
  ['weightStability(target: TOP, k: 39) { node }', 'BAD_INPUT'],
  ['weightStability(nodes: ["nowhere"]) { node }', 'NOT_FOUND'],
  ['weightStability(target: PAIR) { node }', 'BAD_INPUT'],
  ['weightStability(target: ORDER, k: 2) { node }', 'PARAMETER_NOT_USED'],
  ['rankReversals(cities: ["nowhere"]) { city }', 'NOT_FOUND'],
  ['rankBounds { cities(codes: ["nowhere"]) { city } }', 'NOT_FOUND'],
  ['multiverse(choices: { treat: [{ method: NONE }] }) { cities(codes: ["nowhere"]) { city } }', 'NOT_FOUND'],
  ['multiverse(choices: {}) { combinations }', 'BAD_INPUT'],
  ['multiverse(choices: { normalise: [{ method: MIN_MAX }, { method: MIN_MAX }] }) { combinations }', 'BAD_INPUT'],
])('%s is refused: %s', async (field, code) => {
  const { body } = await app.query(`{ ranking { robustness { ${field} } } }`);
  expect(body.errors?.[0]?.extensions['code']).toBe(code);
});

// The first of them, and how many more there are.
const RANKED = /^one of (\d{6}, ){11}\d{6} and 27 more$/;
const PAIR = (cities: string): string => `weightStability: { target: PAIR, cities: ${cities} }`;
test.each<[string, string, string, unknown, string | RegExp]>([
  [PAIR('["330100", "460400"]'), 'NOT_FOUND', 'cities[1]', '460400', RANKED],
  [PAIR('["nowhere", "330100"]'), 'NOT_FOUND', 'cities[0]', 'nowhere', RANKED],
  [PAIR('["330100", "330100"]'), 'BAD_INPUT', 'cities[1]', '330100', 'another city'],
  ['weightStability: { k: 39 }', 'BAD_INPUT', 'k', 39, 'an integer from 1 to 38'],
  ['weightStability: { nodes: ["index"] }', 'BAD_INPUT', 'nodes[0]', 'index', 'a node below the root'],
  [
    'rankBounds: { limits: { indicator: "nope", low: 0, high: 1 } }',
    'NOT_FOUND',
    'limits[0].indicator',
    'nope',
    /leaf/,
  ],
  // Of an indicator without gaps, too.
  [
    'rankBounds: { limits: { indicator: "metro_km_per_10k", low: 2, high: 1 } }',
    'BAD_INPUT',
    'limits[0]',
    expect.anything(),
    /the lower first/,
  ],
  ['rankBounds: { otherLimits: GOALPOSTS }', 'BAD_INPUT', 'otherLimits', 'GOALPOSTS', /^limits for .*, or OBSERVED$/],
])(
  '%s is refused by the field, by its estimate, and before a job is made of it',
  async (input, code, at, value, allowed) => {
    const [, field = '', args = ''] = /^(\w+): \{ (.*) \}$/.exec(input) ?? [];
    const told = {
      value,
      allowed: typeof allowed === 'string' ? allowed : (expect.stringMatching(allowed) as unknown),
    };
    const read = field === 'rankBounds' ? '{ exact }' : '{ node }';
    const run = await app.query(`{ ranking { robustness { ${field}(${args}) ${read} } } }`);
    expect(run.body.errors?.map(({ extensions }) => extensions)).toEqual([
      expect.objectContaining({ code, field: at, ...told }),
    ]);
    const estimate = await app.query(`{ ranking { robustness { estimate(input: { ${input} }) { cellOperations } } } }`);
    expect(estimate.body.errors?.[0]?.extensions).toMatchObject({ code, field: `input.${field}.${at}` });
    const job = await app.data(
      `mutation { startRobustness(input: { ${input} }) { job { id } userErrors { path code value allowed } } }`,
    );
    expect(job.at('startRobustness')).toEqual({
      job: null,
      userErrors: [{ path: `input.${field}.${at}`, code, ...told }],
    });
  },
);

test('combinations that are asked for wrongly leave the rest of the multiverse standing', async () => {
  const { body } = await app.query(
    '{ ranking { robustness { multiverse(choices: { treat: [{ method: NONE }] }) { combinations universes(count: 0) { number } } } } }',
  );
  expect(body.data).toEqual({ ranking: { robustness: { multiverse: { combinations: 1, universes: null } } } });
  expect(body.errors?.map(({ extensions }) => extensions)).toEqual([
    expect.objectContaining({ field: 'count', value: 0, allowed: 'a whole number from 1 to 100' }),
  ]);
});

test('an alternative whose numbers contradict each other is refused by its place, not taken for one that cannot be run', async () => {
  const { body } = await app.query(
    '{ ranking { robustness { multiverse(choices: { normalise: [{ method: RANK }, { method: MIN_MAX, low: 5, high: 1 }] }) { combinations } } } }',
  );
  expect(body.errors?.map(({ extensions }) => extensions)).toEqual([
    expect.objectContaining({ field: 'choices.normalise[1].high', value: 1, allowed: 'a number above 5' }),
  ]);
});

test('too many combinations are refused before any is ranked', async () => {
  const list = ['MIN_MAX', 'Z_SCORE', 'RANK', 'PERCENTILE_RANK', 'BORDA']
    .map((method) => `{ method: ${method} }`)
    .join(' ');
  const rules = Array.from(
    { length: 20 },
    (_, k) => `[{ level: 1, method: ARITHMETIC, minimumAvailability: ${String(k / 40)} }]`,
  ).join(' ');
  const weights = Array.from(
    { length: 20 },
    (_, k) => `{ method: GIVEN, weights: [{ node: "${String(leaf)}", weight: ${String(k + 1)} }] }`,
  ).join(' ');
  const { body } = await app.query(
    `{ ranking { robustness { multiverse(choices: { aggregate: [${rules}], impute: [{ method: NONE } { method: MEAN } { method: MEDIAN }], treat: [{ method: NONE } { method: WINSORISE }], normalise: [${list}], weight: [${weights}] }) { combinations } } } }`,
  );
  expect(body.errors?.[0]?.extensions['code']).toBe('BUDGET_EXCEEDED');
});
