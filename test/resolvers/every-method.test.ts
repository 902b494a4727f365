import { allMethods, registry, STAGES, type AnyMethod, type ParameterSpec, type Stage } from '../../src/scoring';
import { ERROR_CATALOGUE } from '../../src/server/errors';
import { openApp, type Answer, type TestApp } from '../helpers/app';

/*
 * Every method of every stage, and every parameter of each, is asked for through GraphQL with typed variables, on the
 * built-in data. The list of methods is the registry's own, so a new method is tested here by itself.
 */

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const RANK =
  'query ($input: RankingInput) { ranking(input: $input) { recipe columns { cityCodes ranks scores } unranked { city { code } } } }';

type Parameters = Readonly<Record<string, unknown>>;
type Recipe = Readonly<Record<string, unknown>>;

/** Complete data on a positive scale, so that every aggregation and weighting is defined. */
const BASE: Recipe = {
  impute: { method: 'MEDIAN' },
  normalise: { method: 'MIN_MAX', low: 1, high: 100 },
  aggregate: [{ level: 1, method: 'ARITHMETIC' }],
};
const DIMENSIONS = ['governance', 'public_services', 'digital_infrastructure', 'innovation', 'digital_life'];
const JUDGEMENTS = [
  { nodes: DIMENSIONS, matrix: DIMENSIONS.map((_, i) => DIMENSIONS.map((__, j) => (1 + j) / (1 + i))) },
];

/** What a method needs to be asked for at all. */
const REQUIRED: Readonly<Record<string, Parameters>> = {
  'IMPUTATION CONSTANT': { value: 1 },
  'IMPUTATION GROUP_MEAN': { by: 'TIER' },
  'IMPUTATION GROUP_MEDIAN': { by: 'PROVINCE' },
  'NORMALISATION CATEGORICAL': { thresholds: [25, 50, 75], thresholdsAre: 'PERCENTILES' },
  'NORMALISATION DISTANCE_TO_REFERENCE': { reference: '110000' },
  'NORMALISATION DISTANCE_TO_TARGET': { target: 50 },
  'NORMALISATION GOALPOSTS': { lower: 0.001, upper: 1000 },
  'WEIGHTING AHP': { judgements: JUDGEMENTS },
  'AGGREGATION OWA': { atLeast: 3 },
  'AGGREGATION POWER_MEAN': { exponent: 2 },
};

/** Where any other value than the default will do, none is listed: it is then made from the parameter's own limits. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  by: ['TIER', 'PROVINCE'],
  maximumYears: [3],
  thresholds: [[10, 20, 30]],
  scores: [[1, 2, 3, 4]],
  reference: ['310000'],
  tieBreaker: ['innovation', 'rd_share_gdp', 'index'],
  target: [10],
  lower: [-5, 0.001],
  upper: [5000],
  judgements: [JUDGEMENTS],
  order: [DIMENSIONS],
  orderWeights: [[5, 4, 3, 2, 1]],
  atLeast: [2],
  direction: [[1, 2, 3, 4, 5]],
  lowerBounds: [[0, 0, 0, 0, 0]],
  upperBounds: [[100, 100, 100, 100, 100]],
  expected: [[90, 90, 90, 90, 90]],
  veto: [90],
  p: [20],
  q: [5],
  s: [10],
  thresholds_records: [[{ node: 'governance', indifference: 1, preference: 5, veto: 60 }]],
  criteria: [[{ node: 'innovation', preferenceFunction: 'V_SHAPE', p: 10 }]],
  'TREATMENT PERCENTILE_CLIP lowerPercentile': [10],
  'TREATMENT PERCENTILE_CLIP upperPercentile': [90],
  'WEIGHTING BENEFIT_OF_THE_DOUBT minimumShare': [0.05],
  'WEIGHTING BENEFIT_OF_THE_DOUBT maximumShare': [0.6],
  'AGGREGATION BENEFIT_OF_THE_DOUBT minimumShare': [0.05],
  'AGGREGATION BENEFIT_OF_THE_DOUBT maximumShare': [0.6],
};

/** What a value of a parameter needs beside it. */
const COMPANIONS: Readonly<Record<string, Parameters>> = {
  'AGGREGATION BENEFIT_OF_THE_DOUBT minimumShare': { variant: 'CONSTRAINED' },
  'AGGREGATION BENEFIT_OF_THE_DOUBT maximumShare': { variant: 'CONSTRAINED' },
  'AGGREGATION BENEFIT_OF_THE_DOUBT direction': { variant: 'DIRECTIONAL' },
  'AGGREGATION OWA orderWeights': { atLeast: null },
  'AGGREGATION ELECTRE_III indifference': { preference: 10 },
  // Criteria that read them all, so that any function may have the others.
  'AGGREGATION PROMETHEE_II preferenceFunction': { p: 20, q: 5, s: 10, criteria: [] },
  'AGGREGATION PROMETHEE_II p': { preferenceFunction: 'V_SHAPE' },
  'AGGREGATION PROMETHEE_II q': { preferenceFunction: 'U_SHAPE' },
  'AGGREGATION PROMETHEE_II s': { preferenceFunction: 'GAUSSIAN' },
  'AGGREGATION PROMETHEE_II thresholdUnit': { preferenceFunction: 'GAUSSIAN', s: 10 },
  'WEIGHTING PCA minimumShare': { scheme: 'ROTATED_COMPONENTS' },
  'WEIGHTING PCA cumulativeShare': { scheme: 'ROTATED_COMPONENTS' },
  'AGGREGATION SPOTIS lowerBounds': { upperBounds: [100, 100, 100, 100, 100] },
  'AGGREGATION SPOTIS upperBounds': { lowerBounds: [0, 0, 0, 0, 0] },
  'AGGREGATION SPOTIS expected': { lowerBounds: [0, 0, 0, 0, 0], upperBounds: [100, 100, 100, 100, 100] },
};

const nameOf = ({ stage, id }: AnyMethod): string => `${stage} ${id}`;

/** Values of a parameter to ask for, another than the default where there is one. */
function valuesOf(method: AnyMethod, name: string, spec: ParameterSpec): readonly unknown[] {
  const listed =
    VALUES[`${nameOf(method)} ${name}`] ?? VALUES[spec.kind === 'records' ? `${name}_records` : name] ?? VALUES[name];
  if (listed) return listed;
  switch (spec.kind) {
    case 'choice':
      return spec.values;
    case 'boolean':
      return [true, false];
    case 'number':
    case 'integer': {
      const given = 'default' in spec ? (spec.default ?? 1) : 1;
      const fits = (value: number): boolean => value > (spec.min ?? -Infinity) && value < (spec.max ?? Infinity);
      const candidates = spec.kind === 'integer' ? [given + 1, given - 1] : [given * 1.25, given + 0.5, given - 0.25];
      return candidates.filter((value) => value !== given && fits(value)).slice(0, 1);
    }
    case 'code':
    case 'numbers':
    case 'codes':
    case 'matrix':
    case 'records':
      throw new Error(`${nameOf(method)} ${name}: say in VALUES what to ask for.`);
  }
}

/** Recipes that use a method with parameters, at every place where its stage allows. */
function recipesOf({ stage, id }: AnyMethod, parameters: Parameters): Recipe[] {
  const rule = { method: id, ...parameters };
  switch (stage) {
    case 'DENOMINATION':
      return [{ ...BASE, denominate: [{ indicator: 'rd_share_gdp', by: 'gdp_per_capita', scale: 1000 }] }];
    case 'IMPUTATION':
      return [{ ...BASE, impute: rule }];
    case 'TREATMENT':
      return [
        { ...BASE, treat: rule },
        { ...BASE, treat: { method: 'NONE', overrides: [{ indicators: ['rd_share_gdp'], ...rule }] } },
      ];
    case 'NORMALISATION':
      return [
        { ...BASE, normalise: rule },
        {
          ...BASE,
          normalise: {
            method: id === 'RANK' ? 'BORDA' : 'RANK',
            overrides: [{ indicators: ['rd_share_gdp'], ...rule }],
          },
        },
      ];
    case 'WEIGHTING':
      return [{ ...BASE, weight: rule }];
    case 'AGGREGATION':
      return [
        {
          ...BASE,
          aggregate: [
            { level: 1, method: 'ARITHMETIC' },
            { node: 'index', over: 'CHILDREN', ...rule },
          ],
        },
        {
          ...BASE,
          aggregate: [
            { level: 1, method: 'ARITHMETIC' },
            { node: 'index', over: 'LEAVES', ...rule },
          ],
        },
        { ...BASE, aggregate: [{ level: 1, ...rule }] },
      ];
    case 'RANKING':
      return [{ ...BASE, rank: { ties: id, decimals: 0, ...parameters } }];
  }
}

const inputOf = (method: AnyMethod, recipe: Recipe): Record<string, unknown> => ({
  recipe,
  // Few enough for every majority cycle to be solved.
  ...(method.id === 'KEMENY_YOUNG' && { cities: { tiers: ['first'] } }),
});

interface Shown {
  readonly cityCodes: readonly string[];
  readonly ranks: readonly (number | null)[];
  readonly scores: readonly (number | null)[];
}

const errorOf = ({ body }: Answer): Record<string, unknown> | null => {
  const error = body.errors?.[0];
  return error ? { ...error.extensions, message: error.message } : null;
};

const shownIn = ({ body }: Answer): { recipe: Recipe; columns: Shown } =>
  body.data?.['ranking'] as { recipe: Recipe; columns: Shown };

/** A ranking with ranks and finite scores, or a refusal that says what is wrong, where, and what would do. */
function expectSound(answer: Answer): boolean {
  const error = errorOf(answer);
  if (error) {
    expect(Object.keys(ERROR_CATALOGUE)).toContain(error['code']);
    expect(['INTERNAL', 'GRAPHQL_VALIDATION_FAILED']).not.toContain(error['code']);
    expect(error['field']).toEqual(expect.stringMatching(/^recipe\./));
    expect(error['message']).toMatch(/Allowed: .+[.…]$/);
    return false;
  }
  const { cityCodes, ranks, scores } = shownIn(answer).columns;
  expect(cityCodes.length).toBeGreaterThan(1);
  expect(ranks.every((rank) => rank !== null && rank >= 1)).toBe(true);
  expect(scores.every((score) => Number.isFinite(score))).toBe(true);
  return true;
}

const METHODS = allMethods().map((method) => [nameOf(method), method] as const);

it('the list is the registry', () => {
  expect(METHODS).toHaveLength(STAGES.reduce((sum, stage) => sum + registry[stage].size, 0));
  expect(METHODS.length).toBeGreaterThan(90);
});

describe.each(METHODS)('%s', (name, method) => {
  const required = REQUIRED[name] ?? {};

  it('is reachable: at least one recipe gives a ranking, and every other one a reason', async () => {
    let rankings = 0;
    for (const recipe of recipesOf(method, required)) {
      const answer = await app.query(RANK, { input: inputOf(method, recipe) });
      if (expectSound(answer)) {
        rankings++;
        expect(JSON.stringify(shownIn(answer).recipe)).toContain(
          method.stage === 'DENOMINATION' ? '"indicator":"rd_share_gdp","by":"gdp_per_capita"' : `"${method.id}"`,
        );
      }
    }
    expect(rankings).toBeGreaterThan(0);
  });

  const parameters = Object.entries<ParameterSpec>(method.parameters);
  if (parameters.length > 0)
    it.each(parameters)('takes its parameter %s', async (parameter, spec) => {
      const key = `${name} ${parameter}`;
      const values = valuesOf(method, parameter, spec);
      expect(values.length).toBeGreaterThan(0);
      for (const value of values) {
        let taken = false;
        for (const recipe of recipesOf(method, { ...required, ...COMPANIONS[key], [parameter]: value })) {
          const answer = await app.query(RANK, { input: inputOf(method, recipe) });
          if (!expectSound(answer)) continue;
          taken = true;
          // The recipe that was run holds the value that was asked for.
          expect(ruleIn(shownIn(answer).recipe, method)).toMatchObject({ method: method.id, [parameter]: value });
        }
        // Each of these values makes sense for the built-in data at one place at least.
        expect([value, taken]).toEqual([value, true]);
      }
    });
});

const PART: Readonly<Partial<Record<Stage, string>>> = {
  IMPUTATION: 'impute',
  TREATMENT: 'treat',
  NORMALISATION: 'normalise',
  WEIGHTING: 'weight',
  AGGREGATION: 'aggregate',
  RANKING: 'rank',
};

/** The rule of the recipe that uses the method. */
function ruleIn(recipe: Recipe, { stage, id }: AnyMethod): unknown {
  const part = recipe[PART[stage] ?? ''] as Rule | Rule[];
  const rules = Array.isArray(part) ? part : [part, ...(part.overrides ?? [])];
  return rules.map((rule) => ({ ...rule, method: rule.method ?? rule.ties })).find(({ method }) => method === id);
}

interface Rule {
  readonly method?: string;
  readonly ties?: string;
  readonly overrides?: readonly Rule[];
}

/** What keeps a method from reading a parameter, where its defaults do not. */
const HINDRANCES: Readonly<Record<string, Parameters>> = {
  'AGGREGATION OWA end': { atLeast: null, orderWeights: [5, 4, 3, 2, 1] },
  'NORMALISATION CATEGORICAL low': { scores: [1, 2, 3, 4] },
  'NORMALISATION CATEGORICAL high': { scores: [1, 2, 3, 4] },
};

describe('a parameter that the method’s other parameters keep it from reading', () => {
  it.each(
    allMethods().flatMap((method) =>
      Object.entries<ParameterSpec>(method.parameters).flatMap(([parameter, spec]) =>
        spec.readWhen ? [[`${nameOf(method)} ${parameter}`, method, parameter, spec] as const] : [],
      ),
    ),
  )('%s', async (name, method, parameter, spec) => {
    const value = valuesOf(method, parameter, spec).at(-1);
    const [recipe] = recipesOf(method, { ...REQUIRED[nameOf(method)], ...HINDRANCES[name], [parameter]: value });
    expect(errorOf(await app.query(RANK, { input: { recipe } }))).toMatchObject({
      code: 'PARAMETER_NOT_USED',
      field: expect.stringMatching(new RegExp(`^recipe\\..+\\.${parameter}$`)) as string,
      allowed: expect.stringContaining(`or no \`${parameter}\``) as string,
    });
  });
});

describe('a parameter that the method does not use', () => {
  const WITH_PARAMETERS = ['IMPUTATION', 'TREATMENT', 'NORMALISATION', 'WEIGHTING', 'AGGREGATION'] as const;

  it.each(
    WITH_PARAMETERS.flatMap((stage) => {
      const methods: readonly AnyMethod[] = [...registry[stage].values()];
      return methods.map((method) => [nameOf(method), method, methods] as const);
    }),
  )('%s refuses those of the others, and says where and what it has', async (name, method, others) => {
    const foreign = others
      .flatMap((other) => Object.entries<ParameterSpec>(other.parameters).map(([key, spec]) => ({ other, key, spec })))
      .find(({ key }) => !Object.hasOwn(method.parameters, key));
    if (!foreign) throw new Error(`${name} has every parameter of its stage.`);
    const [value] =
      REQUIRED[nameOf(foreign.other)]?.[foreign.key] === undefined
        ? valuesOf(foreign.other, foreign.key, foreign.spec)
        : [REQUIRED[nameOf(foreign.other)]?.[foreign.key]];
    const [recipe] = recipesOf(method, { ...REQUIRED[name], [foreign.key]: value });
    const error = errorOf(await app.query(RANK, { input: { recipe } }));
    const part = PART[method.stage] ?? '';
    expect(error).toMatchObject({
      code: 'PARAMETER_NOT_USED',
      field: part === 'aggregate' ? `recipe.aggregate[1].${foreign.key}` : `recipe.${part}.${foreign.key}`,
      allowed: expect.stringMatching(new RegExp(`^${method.id} has `)) as string,
    });
    expect(error?.['message']).toContain(foreign.other.id);
  });
});

describe('a precondition that fails', () => {
  const zeros = { ...BASE, normalise: { method: 'MIN_MAX', low: 0, high: 100 } };
  const inconsistent = [
    {
      nodes: DIMENSIONS.slice(0, 5),
      matrix: [
        [1, 9, 1 / 9, 1, 1],
        [1 / 9, 1, 9, 1, 1],
        [9, 1 / 9, 1, 1, 1],
        [1, 1, 1, 1, 1],
        [1, 1, 1, 1, 1],
      ],
    },
  ];

  it.each<[string, Recipe, string, RegExp, RegExp]>([
    [
      'a geometric mean over zeros',
      { ...zeros, aggregate: [{ level: 1, method: 'GEOMETRIC' }] },
      'recipe.aggregate',
      /GEOMETRIC/,
      /above 0|low/,
    ],
    [
      'a harmonic mean over zeros at one node',
      {
        ...zeros,
        aggregate: [
          { level: 1, method: 'ARITHMETIC' },
          { node: 'innovation', method: 'HARMONIC' },
        ],
      },
      'recipe.aggregate',
      /innovation.*HARMONIC/,
      /above 0|low/,
    ],
    [
      'MEREC over negatives',
      { ...BASE, normalise: { method: 'Z_SCORE' }, weight: { method: 'MEREC' } },
      'recipe.weight',
      /MEREC/,
      /above 0|low/,
    ],
    [
      'entropy over negatives',
      { ...BASE, normalise: { method: 'Z_SCORE' }, weight: { method: 'ENTROPY' } },
      'recipe.weight',
      /ENTROPY/i,
      /0/,
    ],
    [
      'judgements that contradict each other',
      { ...BASE, weight: { method: 'AHP', judgements: inconsistent } },
      'recipe.weight',
      /consistency ratio is \d/,
      /at most 0\.1/,
    ],
    [
      'Kemeny–Young past its size',
      {
        ...BASE,
        aggregate: [
          { level: 1, method: 'ARITHMETIC' },
          { node: 'index', over: 'LEAVES', method: 'KEMENY_YOUNG' },
        ],
      },
      'recipe.aggregate',
      /KEMENY|Kemeny/,
      /18/,
    ],
    [
      'a weighted product over negatives, from the leaves at once',
      {
        ...BASE,
        normalise: { method: 'Z_SCORE' },
        aggregate: [
          { level: 1, method: 'ARITHMETIC' },
          { node: 'index', over: 'LEAVES', method: 'WEIGHTED_PRODUCT' },
        ],
      },
      'recipe.aggregate',
      /WEIGHTED_PRODUCT/,
      /above 0|low/,
    ],
  ])('%s', async (_, recipe, field, reason, allowed) => {
    const answer = await app.query(RANK, { input: { recipe } });
    const error = errorOf(answer);
    expect(error).toMatchObject({
      code: 'PRECONDITION_FAILED',
      field,
      allowed: expect.stringMatching(allowed) as string,
      message: expect.stringMatching(reason) as string,
    });
    expect(answer.body.errors?.[0]?.path).toEqual(['ranking']);
    expect(answer.body.data).toEqual({ ranking: null });
  });

  it('AHP takes them when the limit is raised', async () => {
    const recipe = { ...BASE, weight: { method: 'AHP', judgements: inconsistent, maximumInconsistency: 5 } };
    expect(errorOf(await app.query(RANK, { input: { recipe } }))).toBeNull();
  });
});

describe('rules of ranking', () => {
  const shown = async (rank: Record<string, unknown>): Promise<Shown> =>
    shownIn(await app.query(RANK, { input: { recipe: { rank } } })).columns;

  /** Ranks of rounded scores by the words of each rule. */
  const RULES: Readonly<
    Record<string, (better: number, tied: number, distinctBetter: number, place: number) => number>
  > = {
    COMPETITION: (better) => better + 1,
    MODIFIED_COMPETITION: (better, tied) => better + tied,
    DENSE: (_, __, distinctBetter) => distinctBetter + 1,
    FRACTIONAL: (better, tied) => better + (tied + 1) / 2,
    ORDINAL: (_, __, ___, place) => place + 1,
  };

  it.each([...registry.RANKING.keys()])('%s, on scores rounded to whole numbers; ties in code order', async (ties) => {
    const { cityCodes, ranks, scores } = await shown({ ties, decimals: 0 });
    const rule = RULES[ties];
    if (!rule) throw new Error(`Say how ${ties} ranks.`);
    const rounded = scores.map((score) => Math.round(score ?? NaN));
    expect(new Set(rounded).size).toBeLessThan(rounded.length);
    // The scores shown are not rounded.
    expect(scores.some((score) => !Number.isInteger(score))).toBe(true);
    const order = cityCodes
      .map((code, i) => ({ code, score: rounded[i] ?? NaN }))
      .toSorted((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1));
    expect(order.map(({ code }) => code)).toEqual(cityCodes);
    order.forEach(({ score }, place) => {
      const better = rounded.filter((other) => other > score);
      const tied = rounded.filter((other) => other === score).length;
      expect(ranks[place]).toBe(rule(better.length, tied, new Set(better).size, place));
    });
  });

  it('ORDINAL by a tie-breaker: a node’s score decides between scores rounded to one number', async () => {
    const rank = { ties: 'ORDINAL', decimals: 0, tieBreaker: 'innovation' };
    const shownTies = await app.query(
      'query ($input: RankingInput) { ranking(input: $input) { columns { cityCodes ranks scores nodes { node scores } } } }',
      { input: { recipe: { rank } } },
    );
    const columns = shownIn(shownTies).columns as Shown & {
      nodes: readonly { node: string; scores: (number | null)[] }[];
    };
    const breaker = columns.nodes.find(({ node }) => node === rank.tieBreaker)?.scores ?? [];
    expect(breaker).toHaveLength(columns.cityCodes.length);
    const rows = columns.cityCodes.map((code, i) => ({
      code,
      score: Math.round(columns.scores[i] ?? NaN),
      second: breaker[i] ?? -Infinity,
    }));
    const expected = rows.toSorted((a, b) => b.score - a.score || b.second - a.second || (a.code < b.code ? -1 : 1));
    expect(rows).toEqual(expected);
    expect(columns.ranks).toEqual(rows.map((_, i) => i + 1));
    // By code alone the order would be another.
    const byCode = rows.toSorted((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1));
    expect(rows).not.toEqual(byCode);
  });

  it.each([
    [{ ties: 'ORDINAL', tieBreaker: 'nowhere' }, 'NOT_FOUND', /^one of .*governance/],
    [{ ties: 'COMPETITION', tieBreaker: 'innovation' }, 'PARAMETER_NOT_USED', /^COMPETITION has no parameters$/],
  ])('%j is refused as %s, saying what is allowed', async (rank, code, allowed) => {
    expect(errorOf(await app.query(RANK, { input: { recipe: { rank } } }))).toMatchObject({
      code,
      field: 'recipe.rank.tieBreaker',
      allowed: expect.stringMatching(allowed) as string,
    });
  });

  it('within a tolerance of the best of the group, scores are equal', async () => {
    const tolerance = 3;
    const { ranks, scores } = await shown({ ties: 'COMPETITION', tolerance });
    let best = Infinity;
    let start = 0;
    // In a group the order is by code, so groups are told by rank.
    const groups = new Map<number, number[]>();
    ranks.forEach((rank, i) => groups.set(rank ?? NaN, [...(groups.get(rank ?? NaN) ?? []), scores[i] ?? NaN]));
    expect([...groups.values()].some((group) => group.length > 1)).toBe(true);
    for (const [rank, group] of groups) {
      expect(rank).toBe(start + 1);
      expect(Math.max(...group)).toBeLessThan(best - tolerance);
      best = Math.max(...group);
      expect(best - Math.min(...group)).toBeLessThanOrEqual(tolerance);
      start += group.length;
    }
  });

  it.each([
    [{ decimals: 13 }, 'recipe.rank.decimals'],
    [{ decimals: -1 }, 'recipe.rank.decimals'],
    [{ tolerance: -1 }, 'recipe.rank.tolerance'],
  ])('%j is refused', async (rank, field) => {
    expect(errorOf(await app.query(RANK, { input: { recipe: { rank } } }))).toMatchObject({ code: 'BAD_INPUT', field });
  });
});
