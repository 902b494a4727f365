import 'reflect-metadata';
import { getMetadataStorage as getRuleStorage } from 'class-validator';
import { openApp, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp({ env: { LIMIT_TOKENS: '20000', LIMIT_ALIASES: '100' } });
});
afterAll(() => app.close());

type Extensions = Readonly<Record<string, unknown>>;

const refusalsOf = async (query: string, variables?: Record<string, unknown>): Promise<readonly Extensions[]> => {
  const { body, status } = await app.query(query, variables);
  expect(status).toBe(200);
  return (body.errors ?? []).map(({ extensions }) => extensions);
};

const HISTORY = 'cities: ["330100"]';
const ranking = (fields: string): string => `{ ranking { ${fields} } }`;
const list = (count: number, item: (index: number) => string): string =>
  `[${Array.from({ length: count }, (_, index) => item(index)).join(' ')}]`;
const codes = (count: number): string => list(count, (index) => `"c${String(index)}"`);

const PAGE_SIZE = 'a whole number from 1 to 200';
const YEAR = 'a whole number from 1 to 9999';
const EACH_YEAR = 'from 1 to 9999';
const CODE = '1 to 64 of A–Z a–z 0–9 . _ -';
const SHARE = 'a number from 0 to 1';
const UP_TO_1000 = 'a number from 0 to 1000';

/** Queries that break one rule, with where, and what the rule allows. */
const BROKEN: readonly (readonly [query: string, field: string, value: unknown, allowed: string])[] = [
  ['{ cities(first: 0) { totalCount } }', 'first', 0, PAGE_SIZE],
  ['{ cities(first: 201) { totalCount } }', 'first', 201, PAGE_SIZE],
  ['{ indicators(last: 0) { totalCount } }', 'last', 0, PAGE_SIZE],
  ['{ sources(last: 201) { totalCount } }', 'last', 201, PAGE_SIZE],
  ['{ releases(first: -1) { totalCount } }', 'first', -1, PAGE_SIZE],
  ['{ observations(first: 2147483647) { totalCount } }', 'first', 2147483647, PAGE_SIZE],
  [ranking('rows(last: 0) { totalCount }'), 'last', 0, PAGE_SIZE],
  ['{ cities(filter: { codes: ["330100", "\' OR 1=1 --"] }) { totalCount } }', 'filter.codes[1]', "' OR 1=1 --", CODE],
  ['{ cities(filter: { codes: [""] }) { totalCount } }', 'filter.codes[0]', '', CODE],
  ['{ cities(filter: { tiers: ["the first"] }) { totalCount } }', 'filter.tiers[0]', 'the first', CODE],
  ['{ cities(filter: { provinces: ["%"] }) { totalCount } }', 'filter.provinces[0]', '%', CODE],
  ['{ indicators(filter: { codes: ["a b"] }) { totalCount } }', 'filter.codes[0]', 'a b', CODE],
  ['{ indicators(filter: { frameworks: ["a,b"] }) { totalCount } }', 'filter.frameworks[0]', 'a,b', CODE],
  ['{ initiatives(filter: { cities: ["é"] }) { totalCount } }', 'filter.cities[0]', 'é', CODE],
  ['{ sources(filter: { codes: ["a/b"] }) { totalCount } }', 'filter.codes[0]', 'a/b', CODE],
  ['{ observations(filter: { cities: ["\' OR 1=1 --"] }) { totalCount } }', 'filter.cities[0]', "' OR 1=1 --", CODE],
  ['{ observations(filter: { indicators: ["x", "y;"] }) { totalCount } }', 'filter.indicators[1]', 'y;', CODE],
  ['{ observations(filter: { sources: ["*"] }) { totalCount } }', 'filter.sources[0]', '*', CODE],
  ['{ observations(filter: { years: [2019, 0] }) { totalCount } }', 'filter.years[1]', 0, EACH_YEAR],
  ['{ observations(filter: { years: [10000] }) { totalCount } }', 'filter.years[0]', 10000, EACH_YEAR],
  ['{ publishedRankings(filter: { years: [-1] }) { totalCount } }', 'filter.years[0]', -1, EACH_YEAR],
  ['{ publishedRankings(filter: { cities: ["?"] }) { totalCount } }', 'filter.cities[0]', '?', CODE],
  ['{ ranking(input: { methodology: "a b" }) { digest } }', 'methodology', 'a b', CODE],
  ['{ ranking(input: { framework: "" }) { digest } }', 'framework', '', CODE],
  ['{ ranking(input: { cities: { codes: ["x", "y", "z!"] } }) { digest } }', 'cities.codes[2]', 'z!', CODE],
  [ranking('agreement(with: { year: 0 }) { n }'), 'with.year', 0, YEAR],
  [ranking('bands(method: QUANTILE, count: 0) { number }'), 'count', 0, 'a whole number from 1 to 100'],
  [ranking('bands(method: QUANTILE, count: 101) { number }'), 'count', 101, 'a whole number from 1 to 100'],
  [ranking('bands(method: SCORE_DISTANCE, distance: -0.1) { number }'), 'distance', -0.1, 'a number of at least 0'],
  [ranking('rows { nodes { band(method: QUANTILE, count: -1) } }'), 'count', -1, 'a whole number from 1 to 100'],
  [ranking('diagnostics { correlations(nodes: []) { node } }'), 'nodes', '[]', '1 to 200 nodes'],
  [ranking('diagnostics { dominance(nodes: ["a b"]) { nodes } }'), 'nodes[0]', 'a b', CODE],
  [ranking('diagnostics { consistency(nodes: ["index", "("]) { node } }'), 'nodes[1]', '(', CODE],
  ...['fence', 'robustZ', 'skewness', 'kurtosis'].map(
    (name) =>
      [
        ranking(`diagnostics { outliers(limits: { ${name}: 1000.5 }) { totalCount } }`),
        `limits.${name}`,
        1000.5,
        UP_TO_1000,
      ] as const,
  ),
  [
    ranking('diagnostics { outlierRulesNotUsed(limits: { maximumPoints: 101 }) { rule } }'),
    'limits.maximumPoints',
    101,
    'a whole number from 1 to 100',
  ],
  ...['availability', 'sameValueShare', 'copy', 'collinear', 'significance', 'silent', 'dominant'].map(
    (name) =>
      [ranking(`diagnostics { findings(limits: { ${name}: -0.1 }) { code } }`), `limits.${name}`, -0.1, SHARE] as const,
  ),
  [
    ranking('diagnostics { findings(limits: { negative: 0.1 }) { code } }'),
    'limits.negative',
    0.1,
    'a number from -1 to 0',
  ],
  [
    ranking('diagnostics { findings(limits: { alpha: 1.1 }) { code } }'),
    'limits.alpha',
    1.1,
    'a number from -1000 to 1',
  ],
  [`{ rankHistory(years: [0], ${HISTORY}) { recipe } }`, 'years[0]', 0, EACH_YEAR],
  [`{ rankHistory(years: [], ${HISTORY}) { recipe } }`, 'years', '[]', '1 to 50 years, repeats not counted'],
  ['{ rankHistory(years: [2019], cities: ["a b"]) { recipe } }', 'cities[0]', 'a b', CODE],
  ['{ trends(years: [2018, 2019], cities: []) { recipe } }', 'cities', '[]', '1 to 500 cities, repeats not counted'],
  [`{ trends(years: [2019], ${HISTORY}, input: { framework: "a b" }) { recipe } }`, 'input.framework', 'a b', CODE],
  ['{ compareCities(codes: ["330100"]) { cities { rank } } }', 'codes', '["330100"]', '2 to 10 different city codes'],
  ['{ compareCities(codes: ["a", "a"]) { cities { rank } } }', 'codes', '["a","a"]', 'each item once'],
  ['{ compareRankings(a: {}, b: { ranking: { methodology: "" } }) { n } }', 'b.ranking.methodology', '', CODE],
  ['{ compareRankings(a: { published: { year: 0 } }, b: {}) { n } }', 'a.published.year', 0, YEAR],
  ['{ compareRankings(a: {}, b: {}, persistence: 0) { n } }', 'persistence', 0, 'a number above 0 and below 1'],
  ['{ compareRankings(a: {}, b: {}, persistence: 1) { n } }', 'persistence', 1, 'a number above 0 and below 1'],
  ['{ peers(city: "330100", first: 51) { distance } }', 'first', 51, 'a whole number from 1 to 50'],
  [
    '{ peers(city: "330100", by: { distance: INDICATORS, indicators: ["x", "("] }) { distance } }',
    'by.indicators[1]',
    '(',
    CODE,
  ],
  ['{ favourableWeights(city: "330100", limits: { max: 1.5 }) { rank } }', 'limits.max', 1.5, SHARE],
  [
    '{ favourableWeights(city: "330100", limits: { nodes: [{ node: "a", min: 0, max: 1 }, { node: "b", min: -1, max: 1 }] }) { rank } }',
    'limits.nodes[1].min',
    -1,
    SHARE,
  ],
  ['{ closestWeights(published: { year: 10000 }) { tau } }', 'published.year', 10000, YEAR],
  [
    '{ counterfactual(city: "330100", targetRank: 1, limits: [{ indicator: "x", min: 1e400, max: 1 }]) { rank } }',
    'limits[0].min',
    'Infinity',
    'a finite number',
  ],
  [
    '{ whatIf(add: [{ code: "new", values: [{ indicator: "x", value: 1 }, { indicator: "y", value: -1e400 }] }]) { rows { code } } }',
    'add[0].values[1].value',
    '-Infinity',
    'a finite number',
  ],
  ['{ whatIf(changes: [{ city: "330100", indicator: "x", year: 0 }]) { rows { code } } }', 'changes[0].year', 0, YEAR],
  ['{ whatIf(remove: ["330100", "x y"]) { rows { code } } }', 'remove[1]', 'x y', CODE],
  ['{ rankChange(city: "", from: {}, to: {}) { city { code } } }', 'city', '', CODE],
  [
    '{ rankChange(city: "330100", from: {}, to: { cities: { codes: ["("] } }) { city { code } } }',
    'to.cities.codes[0]',
    '(',
    CODE,
  ],
];

describe('a value that breaks a rule', () => {
  it.each(BROKEN)('%s', async (query, field, value, allowed) => {
    const [refusal, ...others] = await refusalsOf(query);
    expect(refusal).toEqual({ code: 'BAD_INPUT', field, value, allowed });
    // A field of many rows is refused in each of them.
    for (const other of others) expect(other).toEqual(refusal);
  });

  it.each([
    ['{ cities(filter: { codes: $codes }) { totalCount } }', 'filter.codes', 500, 'city codes'],
    ['{ indicators(filter: { codes: $codes }) { totalCount } }', 'filter.codes', 200, 'indicator codes'],
    ['{ sources(filter: { codes: $codes }) { totalCount } }', 'filter.codes', 200, 'codes'],
    ['{ observations(filter: { indicators: $codes }) { totalCount } }', 'filter.indicators', 200, 'indicator codes'],
    ['{ publishedRankings(filter: { reports: $codes }) { totalCount } }', 'filter.reports', 500, 'titles'],
    ['{ publishedRankings(filter: { dimensions: $codes }) { totalCount } }', 'filter.dimensions', 500, 'dimensions'],
  ])('the length of a list: %s', async (body, field, most, what) => {
    const query = `query ($codes: [String!]) ${body}`;
    const items = Array.from({ length: most + 1 }, (_, index) => `c${String(index)}`);
    expect(await refusalsOf(query, { codes: items.slice(1) })).toEqual([]);
    const [refusal] = await refusalsOf(query, { codes: items });
    expect(refusal).toMatchObject({ code: 'BAD_INPUT', field, allowed: `at most ${String(most)} ${what}` });
    // The value is there, shortened.
    expect(String(refusal?.['value'])).toMatch(/^\["c0","c1",.*…$/);
    expect(String(refusal?.['value']).length).toBeLessThanOrEqual(101);
  });

  it('counts different items where repeats do not matter', async () => {
    const ask = (years: number[]): Promise<readonly Extensions[]> =>
      refusalsOf('query ($years: [Int!]!) { rankHistory(years: $years, cities: ["330100"]) { recipe } }', { years });
    expect(await ask(Array.from({ length: 60 }, () => 2019))).toEqual([]);
    const [refusal] = await ask(Array.from({ length: 51 }, (_, index) => 1970 + index));
    expect(refusal).toMatchObject({ code: 'BAD_INPUT', field: 'years' });
  });
});

describe('values at the edge of a rule are taken', () => {
  it.each([
    '{ cities(first: 1) { totalCount } sources(last: 200) { totalCount } }',
    '{ cities(first: null, filter: null) { totalCount } }',
    '{ cities(filter: { codes: null, tiers: [], provinces: null }) { totalCount } }',
    `{ cities(filter: { codes: ["${'x'.repeat(64)}", "__proto__", "a.b-c_D9"] }) { totalCount } }`,
    '{ observations(filter: { years: [1, 9999] }) { totalCount } }',
    ranking('bands(method: QUANTILE, count: 1) { number } more: bands(method: QUANTILE, count: 100) { number }'),
    ranking('bands(method: SCORE_DISTANCE, distance: 0) { number }'),
    ranking('diagnostics { findings(limits: { availability: 0, copy: 1, negative: -1, alpha: -1000 }) { code } }'),
    ranking('diagnostics { outliers(limits: { fence: 0, robustZ: 1000, maximumPoints: 100 }) { totalCount } }'),
    ranking('diagnostics { outliers(limits: null) { totalCount } }'),
  ])('%s', async (query) => {
    expect(await refusalsOf(query)).toEqual([]);
  });
});

describe('several broken rules', () => {
  const QUERY = `{ observations(first: 0, filter: {
    years: [0, 2019, 10000], sources: ["!"], indicators: ${codes(201)}, cities: ["ok", "no good", "x${'y'.repeat(150)}"]
  }) { totalCount } }`;

  it('are all listed, in the order of the schema class, whatever the order of the request', async () => {
    const [refusal] = await refusalsOf(QUERY);
    const problem = (field: string, value: unknown, message: string, allowed: string): object => ({
      code: 'BAD_INPUT',
      field,
      value,
      message,
      allowed,
    });
    const notACode = 'The text is not a code.';
    const noYear = 'The year is out of range.';
    expect(refusal?.['problems']).toEqual([
      problem('filter.cities[1]', 'no good', notACode, CODE),
      problem('filter.cities[2]', `x${'y'.repeat(99)}…`, notACode, CODE),
      problem(
        'filter.indicators',
        expect.stringMatching(/^\["c0"/),
        'The list is too long.',
        'at most 200 indicator codes',
      ),
      problem('filter.years[0]', 0, noYear, EACH_YEAR),
      problem('filter.years[2]', 10000, noYear, EACH_YEAR),
      problem('filter.sources[0]', '!', notACode, CODE),
      problem('first', 0, 'The page size is out of range.', PAGE_SIZE),
    ]);
    expect(refusal).toMatchObject({ code: 'BAD_INPUT', field: 'filter.cities[1]', value: 'no good', allowed: CODE });
  });

  it('give the same bytes every time', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => app.query(QUERY)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('fail their own field only', async () => {
    const { body } = await app.query('{ bad: cities(first: 0) { totalCount } good: cities { totalCount } }');
    expect(body.errors).toHaveLength(1);
    expect(body.errors?.[0]?.message).toBe(`first: The page size is out of range. Allowed: ${PAGE_SIZE}.`);
    expect(body.errors?.[0]?.path).toEqual(['bad']);
  });

  it('past twenty are counted', async () => {
    const bad = list(30, () => '"!"');
    const [refusal] = await refusalsOf(`{ cities(filter: { codes: ${bad} }) { totalCount } }`);
    expect(refusal?.['problems']).toHaveLength(20);
    expect(refusal?.['problemCount']).toBe(30);
  });
});

describe('every class of arguments', () => {
  // Where TypeGraphQL keeps what its decorators say.
  const storage = globalThis.TypeGraphQLMetadataStorage;
  const isNumber = (type: unknown): boolean => ['Int', 'Float'].includes(String(type));

  it('has a rule for each number, each list and each object that it holds, recipes apart', () => {
    const inputs = new Map<unknown, (typeof storage.inputTypes)[number]>(
      storage.inputTypes.map((input) => [input.target, input]),
    );
    // The engine checks the recipe and all below it.
    const ofEngine = new Set<unknown>();
    const enter = (type: unknown): void => {
      if (!inputs.has(type) || ofEngine.has(type)) return;
      ofEngine.add(type);
      for (const field of inputs.get(type)?.fields ?? []) enter(field.getType());
    };
    for (const input of storage.inputTypes) if (input.name === 'RecipeInput') enter(input.target);
    expect(ofEngine.size).toBeGreaterThan(10);
    const lacking = [...storage.argumentTypes, ...storage.inputTypes]
      .filter(({ target }) => !ofEngine.has(target))
      .flatMap(({ target, fields }) => {
        const ruled = new Set(
          getRuleStorage()
            .getTargetValidationMetadatas(target, '', true, false)
            .map(({ propertyName }) => propertyName),
        );
        return (fields ?? [])
          .filter(({ getType, typeOptions }) => {
            const type = getType();
            return !ofEngine.has(type) && (typeOptions.array === true || isNumber(type) || inputs.has(type));
          })
          .filter(({ name }) => !ruled.has(name))
          .map(({ name }) => `${target.name}.${name}`);
      });
    // How many ranks there are depends on the ranking.
    expect(lacking).toEqual(['CounterfactualArgs.targetRank']);
  });
});
