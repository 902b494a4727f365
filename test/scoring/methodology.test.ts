import {
  buildTree,
  canonicalJson,
  canonicalRecipe,
  changeRecipe,
  digestOf,
  ENGINE_VERSION,
  mergeRecipes,
  parseRecipe,
  leavesKey,
  quote,
  rankingDigest,
  RECIPE_PARTS,
  rememberParts,
  ScoringError,
  sortedKeys,
  type IndicatorMeta,
  type NodeDefinition,
  type RecipeScope,
} from '../../src/scoring';

const indicator = (code: string, direction: 1 | -1 | 0 = 1, denominator: string | null = null): IndicatorMeta => ({
  code,
  direction,
  goalpostLow: null,
  goalpostHigh: null,
  target: null,
  denominator,
});
const node = (code: string, parent: string | null, leaf: string | null, weight = 1): NodeDefinition => ({
  code,
  parent,
  weight,
  indicator: leaf,
  position: 0,
});

const scope: RecipeScope = {
  tree: buildTree('f', [
    node('index', null, null),
    node('a', 'index', null),
    node('b', 'index', null, 2),
    node('x', 'a', 'x'),
    node('y', 'a', 'y'),
    node('z', 'b', 'z'),
  ]),
  panel: {
    indicators: [indicator('x'), indicator('y', -1), indicator('z', 1, 'population'), indicator('population', 0)],
    cities: [{ code: 'c1', groups: { TIER: 'first' } }],
    years: [2018, 2019],
  },
};

function failure(recipe: unknown): ScoringError {
  try {
    parseRecipe(recipe, scope);
  } catch (error) {
    if (error instanceof ScoringError) return error;
    throw error;
  }
  throw new Error('The recipe was accepted.');
}

describe('parseRecipe', () => {
  it('fills in every default', () => {
    expect(canonicalRecipe(parseRecipe({}, scope))).toEqual({
      period: { latestWithinYears: 0 },
      excludeStatuses: ['QUESTIONABLE'],
      screen: { minimumAvailability: 0 },
      denominate: [],
      impute: { method: 'NONE' },
      treat: { method: 'NONE' },
      normalise: { method: 'MIN_MAX', low: 0, high: 100 },
      weight: { method: 'GIVEN', weights: [] },
      aggregate: [{ level: 1, method: 'ARITHMETIC', minimumAvailability: 0, over: 'CHILDREN' }],
      rank: { ties: 'COMPETITION', tolerance: 0 },
    });
  });

  it('takes null for absent, as GraphQL clients send it', () => {
    const nulls = {
      period: { year: null, latestWithinYears: null },
      excludeStatuses: null,
      treat: null,
      normalise: { method: 'MIN_MAX', low: null, overrides: null, basis: null },
      weight: { method: 'GIVEN', weights: null },
      rank: { ties: null },
    };
    expect(canonicalRecipe(parseRecipe(nulls, scope))).toEqual(canonicalRecipe(parseRecipe({}, scope)));
  });

  it('denominates by the indicator’s own denominator when the rule names none', () => {
    expect(parseRecipe({ denominate: [{ indicator: 'z', scale: 10000 }] }, scope).denominate).toEqual([
      { indicator: 'z', by: 'population', scale: 10000 },
    ]);
  });

  it.each<[string, unknown, string, string]>([
    ['a recipe that is a list', [], 'BAD_INPUT', 'recipe'],
    ['an unknown part', { colour: 1 }, 'BAD_INPUT', 'recipe.colour'],
    ['a prototype name as a part', JSON.parse('{"__proto__": {"polluted": true}}'), 'BAD_INPUT', 'recipe.__proto__'],
    ['a year that is no whole number', { period: { year: 2019.5 } }, 'BAD_INPUT', 'recipe.period.year'],
    ['an unknown status', { excludeStatuses: ['SUSPECT'] }, 'BAD_INPUT', 'recipe.excludeStatuses[0]'],
    ['a share above 1', { screen: { minimumAvailability: 1.5 } }, 'BAD_INPUT', 'recipe.screen.minimumAvailability'],
    [
      'an infinite share',
      { screen: { minimumAvailability: Infinity } },
      'BAD_INPUT',
      'recipe.screen.minimumAvailability',
    ],
    [
      'an unknown indicator',
      { denominate: [{ indicator: 'nope', by: 'population' }] },
      'NOT_FOUND',
      'recipe.denominate[0].indicator',
    ],
    [
      'a denominator that is neither given nor known',
      { denominate: [{ indicator: 'x' }] },
      'BAD_INPUT',
      'recipe.denominate[0].by',
    ],
    [
      'a denominator that is no code',
      { denominate: [{ indicator: 'x', by: 7 }] },
      'BAD_INPUT',
      'recipe.denominate[0].by',
    ],
    [
      'an indicator denominated twice',
      {
        denominate: [
          { indicator: 'x', by: 'population' },
          { indicator: 'x', by: 'population' },
        ],
      },
      'BAD_INPUT',
      'recipe.denominate[1].indicator',
    ],
    [
      'a scale of 0',
      { denominate: [{ indicator: 'x', by: 'population', scale: 0 }] },
      'BAD_INPUT',
      'recipe.denominate[0].scale',
    ],
    ['an unknown method', { impute: { method: 'GUESS' } }, 'BAD_INPUT', 'recipe.impute.method'],
    ['a prototype name as a method', { impute: { method: 'constructor' } }, 'BAD_INPUT', 'recipe.impute.method'],
    [
      'a parameter that another method uses',
      { normalise: { method: 'MIN_MAX', cap: true } },
      'PARAMETER_NOT_USED',
      'recipe.normalise.cap',
    ],
    [
      'a parameter that the choice of another keeps from being read',
      { weight: { method: 'PCA', minimumShare: 0.2 } },
      'PARAMETER_NOT_USED',
      'recipe.weight.minimumShare',
    ],
    [
      'a parameter that another one takes the place of',
      { normalise: { method: 'CATEGORICAL', thresholds: [1], scores: [1, 2], high: 5 } },
      'PARAMETER_NOT_USED',
      'recipe.normalise.high',
    ],
    [
      'a parameter that belongs to one that is left out',
      { aggregate: [{ level: 1, method: 'OWA', orderWeights: [1, 2], end: 'LARGEST' }] },
      'PARAMETER_NOT_USED',
      'recipe.aggregate[0].end',
    ],
    [
      'a threshold that a criterion’s own function does not read',
      {
        aggregate: [{ level: 1, method: 'PROMETHEE_II', criteria: [{ node: 'a', preferenceFunction: 'USUAL', p: 1 }] }],
      },
      'PARAMETER_NOT_USED',
      'recipe.aggregate[0].criteria[0].p',
    ],
    [
      'a parameter that no method uses',
      { normalise: { method: 'MIN_MAX', colour: 1 } },
      'BAD_INPUT',
      'recipe.normalise.colour',
    ],
    ['a text for a number', { normalise: { method: 'MIN_MAX', low: '1' } }, 'BAD_INPUT', 'recipe.normalise.low'],
    [
      'an override without indicators',
      { normalise: { method: 'MIN_MAX', overrides: [{ indicators: [], method: 'MIN_MAX' }] } },
      'BAD_INPUT',
      'recipe.normalise.overrides[0].indicators',
    ],
    [
      'an override of an unknown indicator',
      { normalise: { method: 'MIN_MAX', overrides: [{ indicators: ['nope'], method: 'MIN_MAX' }] } },
      'NOT_FOUND',
      'recipe.normalise.overrides[0].indicators[0]',
    ],
    [
      'an override of an indicator outside the framework',
      { treat: { method: 'NONE', overrides: [{ indicators: ['population'], method: 'NONE' }] } },
      'BAD_INPUT',
      'recipe.treat.overrides[0].indicators[0]',
    ],
    [
      'an indicator in two overrides',
      {
        treat: {
          method: 'NONE',
          overrides: [
            { indicators: ['x'], method: 'NONE' },
            { indicators: ['x'], method: 'NONE' },
          ],
        },
      },
      'BAD_INPUT',
      'recipe.treat.overrides[1].indicators[0]',
    ],
    [
      'a basis without a year',
      { normalise: { method: 'MIN_MAX', basis: { years: [] } } },
      'BAD_INPUT',
      'recipe.normalise.basis.years',
    ],
    [
      'a basis whose release is no text',
      { normalise: { method: 'MIN_MAX', basis: { release: 7 } } },
      'BAD_INPUT',
      'recipe.normalise.basis.release',
    ],
    [
      'a negative weight',
      { weight: { method: 'GIVEN', weights: [{ node: 'a', weight: -1 }] } },
      'WEIGHTS_INVALID',
      'recipe.weight.weights[0].weight',
    ],
    [
      'an infinite weight',
      { weight: { method: 'GIVEN', weights: [{ node: 'a', weight: Infinity }] } },
      'WEIGHTS_INVALID',
      'recipe.weight.weights[0].weight',
    ],
    [
      'a weight of text',
      { weight: { method: 'GIVEN', weights: [{ node: 'a', weight: 'NaN' }] } },
      'WEIGHTS_INVALID',
      'recipe.weight.weights[0].weight',
    ],
    [
      'a weight for an unknown node',
      { weight: { method: 'GIVEN', weights: [{ node: '__proto__', weight: 1 }] } },
      'NOT_FOUND',
      'recipe.weight.weights[0].node',
    ],
    [
      'two weights for a node',
      {
        weight: {
          method: 'GIVEN',
          weights: [
            { node: 'a', weight: 1 },
            { node: 'a', weight: 2 },
          ],
        },
      },
      'WEIGHTS_INVALID',
      'recipe.weight.weights[1].node',
    ],
    [
      'a weight for the root',
      { weight: { method: 'GIVEN', weights: [{ node: 'index', weight: 2 }] } },
      'WEIGHTS_INVALID',
      'recipe.weight.weights[0].node',
    ],
    [
      'too many weights',
      { weight: { method: 'GIVEN', weights: Array.from({ length: 10000 }, () => ({ node: 'a', weight: 1 })) } },
      'BAD_INPUT',
      'recipe.weight.weights',
    ],
    [
      'a rule for neither level nor node',
      { aggregate: [{ method: 'ARITHMETIC' }] },
      'BAD_INPUT',
      'recipe.aggregate[0]',
    ],
    [
      'a rule for both level and node',
      { aggregate: [{ level: 1, node: 'a', method: 'ARITHMETIC' }] },
      'BAD_INPUT',
      'recipe.aggregate[0]',
    ],
    [
      'a level above the tree',
      { aggregate: [{ level: 3, method: 'ARITHMETIC' }] },
      'BAD_INPUT',
      'recipe.aggregate[0].level',
    ],
    [
      'a rule for a leaf',
      { aggregate: [{ node: 'x', method: 'ARITHMETIC' }] },
      'BAD_INPUT',
      'recipe.aggregate[0].node',
    ],
    [
      'two rules for a level',
      {
        aggregate: [
          { level: 1, method: 'ARITHMETIC' },
          { level: 1, method: 'GEOMETRIC' },
        ],
      },
      'BAD_INPUT',
      'recipe.aggregate[1]',
    ],
    [
      'a rule over something else',
      { aggregate: [{ level: 1, method: 'ARITHMETIC', over: 'ALL' }] },
      'BAD_INPUT',
      'recipe.aggregate[0].over',
    ],
    ['a rule that is no object', { aggregate: [7] }, 'BAD_INPUT', 'recipe.aggregate[0]'],
    ['an unknown tie rule', { rank: { ties: 'RANDOM' } }, 'BAD_INPUT', 'recipe.rank.ties'],
    [
      'a tie-breaker that is not in the tree',
      { rank: { ties: 'ORDINAL', tieBreaker: 'nowhere' } },
      'NOT_FOUND',
      'recipe.rank.tieBreaker',
    ],
    [
      'a tie-breaker that is no code',
      { rank: { ties: 'ORDINAL', tieBreaker: 7 } },
      'BAD_INPUT',
      'recipe.rank.tieBreaker',
    ],
    [
      'a tie-breaker where ranks are shared',
      { rank: { ties: 'DENSE', tieBreaker: 'a' } },
      'PARAMETER_NOT_USED',
      'recipe.rank.tieBreaker',
    ],
    [
      'a tie-breaker for the rule by default',
      { rank: { tieBreaker: 'a' } },
      'PARAMETER_NOT_USED',
      'recipe.rank.tieBreaker',
    ],
    ['an unknown part of the ranking', { rank: { breaker: 'a' } }, 'BAD_INPUT', 'recipe.rank.breaker'],
    ['a negative tolerance', { rank: { tolerance: -1 } }, 'BAD_INPUT', 'recipe.rank.tolerance'],
    ['statuses that are no list', { excludeStatuses: 'QUESTIONABLE' }, 'BAD_INPUT', 'recipe.excludeStatuses'],
    ['denominations that are no list', { denominate: 'z' }, 'BAD_INPUT', 'recipe.denominate'],
    ['weights that are no list', { weight: { weights: 'a' } }, 'BAD_INPUT', 'recipe.weight.weights'],
    ['rules that are no list', { aggregate: 'GEOMETRIC' }, 'BAD_INPUT', 'recipe.aggregate'],
    ['a stage that is no object', { impute: 'MEAN' }, 'BAD_INPUT', 'recipe.impute'],
    ['overrides that are no list', { treat: { overrides: 'x' } }, 'BAD_INPUT', 'recipe.treat.overrides'],
    [
      'an override that is no object',
      { treat: { overrides: [7] } },
      'BAD_INPUT',
      'recipe.treat.overrides[0].indicators',
    ],
    ['part of a year’s decimals', { rank: { decimals: 1.5 } }, 'BAD_INPUT', 'recipe.rank.decimals'],
  ])('refuses %s', (_, recipe, code, path) => {
    const error = failure(recipe);
    expect(error.code).toBe(code);
    expect(error.problems.map((problem) => problem.path)).toContain(path);
    for (const problem of error.problems) expect(problem.allowed).not.toBe('');
  });

  it.each<[string, unknown, string, string]>([
    [
      'one method',
      { impute: { method: 'NONE', value: 1 } },
      'NONE does not use this parameter (CONSTANT does).',
      'NONE has no parameters',
    ],
    [
      'several',
      { impute: { method: 'CONSTANT', value: 1, by: 'TIER' } },
      'CONSTANT does not use this parameter (GROUP_MEAN, GROUP_MEDIAN do).',
      'CONSTANT has value',
    ],
    [
      'a rule of ranking',
      { rank: { ties: 'FRACTIONAL', tieBreaker: 'a' } },
      'FRACTIONAL does not use this parameter (ORDINAL does).',
      'FRACTIONAL has no parameters',
    ],
  ])('says of a parameter that is not used which methods use it: %s', (_, recipe, message, allowed) => {
    expect(failure(recipe).problems).toEqual([expect.objectContaining({ message, allowed })]);
  });

  it('takes no recipe at all for the default one', () => {
    expect(parseRecipe(null, scope)).toEqual(parseRecipe({}, scope));
  });

  it('takes a basis that names nothing for no basis', () => {
    expect(parseRecipe({ normalise: { basis: {} } }, scope).normalise.basis).toBeNull();
  });

  it('computes an override by the stage’s method where it names none, and asks for one where the stage names none', () => {
    const overrides = [{ indicators: ['x'], high: 10 }];
    expect(parseRecipe({ normalise: { method: 'MIN_MAX', overrides } }, scope).normalise.overrides).toEqual([
      { indicators: ['x'], method: 'MIN_MAX', parameters: { low: 0, high: 10 } },
    ]);
    expect(failure({ normalise: { overrides } }).problems.map(({ path }) => path)).toEqual([
      'recipe.normalise.overrides[0].method',
    ]);
  });

  it('sorts overrides by their first indicator', () => {
    const overrides = ['z', 'x'].map((code) => ({ indicators: [code], method: 'NONE' }));
    expect(parseRecipe({ treat: { overrides } }, scope).treat.overrides.map(({ indicators }) => indicators)).toEqual([
      ['x'],
      ['z'],
    ]);
  });

  it('names every problem at once', () => {
    const { problems } = failure({
      period: { year: 0 },
      weight: {
        method: 'GIVEN',
        weights: [
          { node: 'a', weight: -1 },
          { node: 'q', weight: 1 },
        ],
      },
    });
    expect(problems.map(({ path, code }) => [path, code])).toEqual([
      ['recipe.period.year', 'BAD_INPUT'],
      ['recipe.weight.weights[0].weight', 'WEIGHTS_INVALID'],
      ['recipe.weight.weights[1].node', 'NOT_FOUND'],
    ]);
  });
});

describe('canonicalRecipe', () => {
  const rich = {
    period: { year: 2019, latestWithinYears: 2 },
    normalise: {
      method: 'MIN_MAX',
      low: 1,
      overrides: [{ indicators: ['y', 'x'], method: 'MIN_MAX', high: 10 }],
      basis: { years: [2019, 2018, 2019] },
    },
    weight: {
      method: 'GIVEN',
      weights: [
        { node: 'b', weight: 5 },
        { node: 'a', weight: 3 },
      ],
    },
    aggregate: [
      { node: 'index', method: 'GEOMETRIC' },
      { level: 1, method: 'ARITHMETIC', minimumAvailability: 0.5 },
    ],
    rank: { ties: 'ORDINAL', decimals: 3, tieBreaker: 'x' },
  };

  it('is a fixed point: parsing it gives the same methodology', () => {
    const canonical = canonicalRecipe(parseRecipe(rich, scope));
    expect(canonicalRecipe(parseRecipe(canonical, scope))).toEqual(canonical);
  });

  const digest = (recipe: unknown): string =>
    rankingDigest({
      releaseDigest: 'r',
      basisDigest: null,
      cities: null,
      framework: 'f',
      methodology: parseRecipe(recipe, scope),
    });

  it.each<[string, unknown, unknown]>([
    ['the order of keys', { rank: { ties: 'DENSE', tolerance: 0 } }, { rank: { tolerance: 0, ties: 'DENSE' } }],
    ['defaults written out', {}, { normalise: { method: 'MIN_MAX', low: 0, high: 100 } }],
    [
      'the order of weights',
      {
        weight: {
          weights: [
            { node: 'a', weight: 3 },
            { node: 'b', weight: 5 },
          ],
        },
      },
      {
        weight: {
          weights: [
            { node: 'b', weight: 5 },
            { node: 'a', weight: 3 },
          ],
        },
      },
    ],
    ['a weight that the tree has anyway', {}, { weight: { method: 'GIVEN', weights: [{ node: 'b', weight: 2 }] } }],
    ['the sign of zero', { normalise: { method: 'MIN_MAX', low: -0 } }, { normalise: { method: 'MIN_MAX', low: 0 } }],
    [
      '1 and 1e0',
      JSON.parse('{"normalise":{"method":"MIN_MAX","low":1}}'),
      JSON.parse('{"normalise":{"method":"MIN_MAX","low":1e0}}'),
    ],
    [
      'the order of rules',
      {
        aggregate: [
          { level: 1, method: 'ARITHMETIC' },
          { level: 2, method: 'GEOMETRIC' },
        ],
      },
      {
        aggregate: [
          { level: 2, method: 'GEOMETRIC' },
          { level: 1, method: 'ARITHMETIC' },
        ],
      },
    ],
  ])('gives one digest whatever %s', (_, a, b) => {
    expect(digest(a)).toBe(digest(b));
  });

  it.each<[string, unknown, unknown]>([
    ['another year', { period: { year: 2018 } }, { period: { year: 2019 } }],
    ['another weight', {}, { weight: { method: 'GIVEN', weights: [{ node: 'a', weight: 3 }] } }],
    ['a tie-breaker', { rank: { ties: 'ORDINAL' } }, { rank: { ties: 'ORDINAL', tieBreaker: 'a' } }],
    ['another method', {}, { aggregate: [{ level: 1, method: 'GEOMETRIC' }] }],
    [
      'nearly the same number',
      { normalise: { method: 'MIN_MAX', low: 0.1 + 0.2 } },
      { normalise: { method: 'MIN_MAX', low: 0.3 } },
    ],
  ])('gives another digest for %s', (_, a, b) => {
    expect(digest(a)).not.toBe(digest(b));
  });

  it('depends on the release, the cities and the framework, and not on how often or in which order cities are named', () => {
    const methodology = parseRecipe({}, scope);
    const of = (releaseDigest: string, cities: string[] | null, framework: string): string =>
      rankingDigest({ releaseDigest, basisDigest: null, cities, framework, methodology });
    expect(of('r', ['b', 'a', 'a'], 'f')).toBe(of('r', ['a', 'b'], 'f'));
    expect(new Set([of('r', null, 'f'), of('s', null, 'f'), of('r', ['a'], 'f'), of('r', null, 'g')]).size).toBe(4);
  });

  it('depends on the release that the statistics come from, and not on its version alone', () => {
    const methodology = parseRecipe({ normalise: { method: 'MIN_MAX', basis: { release: '1' } } }, scope);
    const of = (basisDigest: string | null): string =>
      rankingDigest({ releaseDigest: 'r', basisDigest, cities: null, framework: 'f', methodology });
    expect(new Set([of('a'), of('b'), of(null)]).size).toBe(3);
  });
});

describe('leavesKey', () => {
  const of = (recipe: object): string =>
    leavesKey({
      releaseDigest: 'r',
      basisDigest: null,
      cities: null,
      framework: 'f',
      methodology: parseRecipe(recipe, scope),
    });

  it('is the same for other weights, aggregation and ranks, and for nothing else that a recipe can say', () => {
    const changes: Readonly<Record<(typeof RECIPE_PARTS)[number], unknown>> = {
      period: { latestWithinYears: 3 },
      excludeStatuses: [],
      screen: { minimumAvailability: 0.5 },
      denominate: [{ indicator: 'x', by: 'population' }],
      impute: { method: 'MEDIAN' },
      treat: { method: 'WINSORISE' },
      normalise: { method: 'Z_SCORE' },
      weight: { method: 'EQUAL' },
      aggregate: [{ level: 1, method: 'GEOMETRIC' }],
      rank: { ties: 'DENSE' },
    };
    const without = RECIPE_PARTS.filter((part) => of({ [part]: changes[part] }) === of({}));
    expect(without).toEqual(['weight', 'aggregate', 'rank']);
  });

  it('is no digest of a ranking', () => {
    const methodology = parseRecipe({}, scope);
    const identity = { releaseDigest: 'r', basisDigest: null, cities: null, framework: 'f', methodology };
    expect(leavesKey(identity)).not.toBe(rankingDigest(identity));
    expect(leavesKey({ ...identity, basisDigest: 'b' })).not.toBe(leavesKey(identity));
  });
});

describe('mergeRecipes', () => {
  it('replaces named parts whole and keeps the base year', () => {
    const base = { period: { year: 2019, latestWithinYears: 2 }, normalise: { method: 'MIN_MAX', low: 1 } };
    expect(mergeRecipes(base, { normalise: { method: 'MIN_MAX' }, period: { latestWithinYears: 0 } })).toEqual({
      period: { year: 2019, latestWithinYears: 0 },
      normalise: { method: 'MIN_MAX' },
    });
    expect(mergeRecipes(base, null)).toEqual(base);
    expect(mergeRecipes(base, { period: null })).toEqual(base);
    // What is no recipe is left for parseRecipe to refuse.
    expect(mergeRecipes(base, 'changes')).toBe('changes');
  });
});

describe('changeRecipe', () => {
  const base = {
    period: { year: 2019, latestWithinYears: 2 },
    normalise: { method: 'MIN_MAX', low: 1, basis: { years: [2018, 2019] } },
    weight: { method: 'GIVEN', weights: [{ node: 'a', weight: 3 }] },
    rank: { ties: 'ORDINAL', tieBreaker: 'a' },
  };
  const outcome = (read: () => unknown): unknown => {
    try {
      return read();
    } catch (error) {
      return error instanceof ScoringError ? error.problems : error;
    }
  };

  it.each([
    [null],
    [{}],
    [{ period: null, weight: null }],
    [{ period: { latestWithinYears: 1 } }],
    [{ period: { year: 2018 } }],
    [{ period: { year: null, latestWithinYears: 3 } }],
    [{ excludeStatuses: [], screen: { minimumAvailability: 0.4 }, denominate: [{ indicator: 'z' }] }],
    [
      {
        impute: { method: 'MEDIAN' },
        treat: { method: 'WINSORISE', overrides: [{ indicators: ['y'], method: 'NONE' }] },
      },
    ],
    [{ normalise: { method: 'Z_SCORE' } }],
    [
      {
        weight: { method: 'GIVEN', weights: [{ node: 'b', weight: 0.5 }] },
        aggregate: [{ node: 'a', method: 'HARMONIC' }],
      },
    ],
    [{ rank: { ties: 'DENSE', decimals: 2 } }],
    [{ period: { year: 'now' }, weight: { method: 'NO_SUCH' }, of: 1 }],
    [{ rank: 1, period: 2 }],
    ['changes'],
  ])('gives what reading the merged recipe gives: %j', (changes) => {
    const methodology = parseRecipe(base, scope);
    expect(outcome(() => changeRecipe(methodology, changes, scope))).toEqual(
      outcome(() => parseRecipe(mergeRecipes(base, changes), scope)),
    );
  });

  it('gives the digest of its published form, also where parts were written before', () => {
    const of = (methodology: ReturnType<typeof parseRecipe>): string =>
      rankingDigest({ releaseDigest: 'r', basisDigest: 'b', cities: ['c1'], framework: 'f', methodology });
    const methodology = parseRecipe(base, scope);
    const changes = { weight: { method: 'EQUAL' }, period: { year: 2018 } };
    const before = of(changeRecipe(methodology, changes, scope));
    rememberParts(methodology);
    const changed = changeRecipe(methodology, changes, scope);
    expect(of(changed)).toBe(before);
    const recipe = canonicalRecipe(parseRecipe(mergeRecipes(base, changes), scope));
    expect(before).toBe(
      digestOf({ engine: ENGINE_VERSION, release: 'r', basis: 'b', cities: ['c1'], framework: 'f', recipe }),
    );
    expect(canonicalRecipe(changed)).toEqual(recipe);
  });
});

describe('canonicalJson', () => {
  it('sorts keys, drops undefined and writes −0 as 0', () => {
    expect(canonicalJson({ b: [1, { d: undefined, c: -0 }], a: 'ü' })).toBe('{"a":"ü","b":[1,{"c":0}]}');
  });

  it('writes null for what JSON cannot say, as JSON.stringify does', () => {
    const values = [NaN, Infinity, -Infinity, undefined, null];
    expect(canonicalJson(values)).toBe(JSON.stringify(values));
  });

  it.each([0, 1, 2, 12, 32, 33, 100])('sorts %i keys by their UTF-16 units', (count) => {
    const keys = Array.from({ length: count }, (_, k) => `${k % 3 === 0 ? 'é' : 'k'}${String((k * 7919) % 997)}`);
    const record = Object.fromEntries(keys.map((key) => [key, true]));
    expect(sortedKeys(record)).toEqual(Object.keys(record).sort());
    expect(Object.keys(JSON.parse(canonicalJson(record)) as object)).toEqual(Object.keys(record).sort());
  });

  it('quotes as JSON does, however many texts come', () => {
    const odd = ['', '"', '\\', '\n', '\u2028', '\ud800', '城市', 'x'.repeat(41)];
    for (let k = 0; k < 6000; k++) expect(quote(`text ${String(k)}`)).toBe(`"text ${String(k)}"`);
    for (const text of [...odd, ...odd]) expect(quote(text)).toBe(JSON.stringify(text));
  });
});
