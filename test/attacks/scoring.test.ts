import { createSchema } from '../../src/resolvers/schema';
import { json } from '../helpers/app';
import { underAttack } from './attack';
import { flood } from './flood';
import { Client, expectNoLeak, startHere, startProcess } from './target';

/** Little memory for what is kept, so that a flood shows whether it is bounded. */
const CACHE_MIB = 1;
const attack = underAttack(() =>
  startProcess({ ANSWER_CACHE_MIB: String(CACHE_MIB), RESULT_CACHE_MIB: String(CACHE_MIB) }),
);

const RANK =
  'query ($input: RankingInput) { ranking(input: $input) { digest rows(first: 200) { nodes { rank score city { code } } } warnings { code } } }';
const given = (...weights: readonly (readonly [string, unknown])[]): object => ({
  recipe: { weight: { method: 'GIVEN', weights: weights.map(([node, weight]) => ({ node, weight })) } },
});

/** Every number within a value. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

attack(
  38,
  'bad weights: refused, each of them named, and no number that is none comes out',
  async (client) => {
    const dimensions = ['governance', 'public_services', 'digital_life', 'digital_infrastructure', 'innovation'];
    const cases: readonly (readonly [string, object, number, string])[] = [
      ['below 0', given(['governance', -1]), 200, 'WEIGHTS_INVALID'],
      ['all 0', given(...dimensions.map((node) => [node, 0] as const)), 200, 'WEIGHTS_INVALID'],
      ['twice', given(['governance', 1], ['governance', 2]), 200, 'WEIGHTS_INVALID'],
      ['unknown', given(['nope', 1]), 200, 'NOT_FOUND'],
      ['NaN as a text', given(['governance', 'NaN']), 400, 'BAD_INPUT'],
      ['infinity as a text', given(['governance', 'Infinity']), 400, 'BAD_INPUT'],
      ['null', given(['governance', null]), 400, 'BAD_INPUT'],
      ['a list', given(['governance', [1]]), 400, 'BAD_INPUT'],
    ];
    for (const [what, input, status, code] of cases) {
      const reply = await client.query(RANK, { input });
      expect([what, reply.status, reply.codes]).toEqual([what, status, [code]]);
    }
    const both = await client.query(RANK, { input: given(['governance', -1], ['innovation', -2]) });
    const { problems } = both.body.errors?.[0]?.extensions ?? {};
    expect((problems as { field: string; value: number }[]).map(({ value }) => value)).toEqual([-1, -2]);
    const flood = given(...Array.from({ length: 2500 }, (_, index) => [`n${String(index)}`, 1] as const));
    expect(await client.codes(RANK, { input: flood })).toEqual([400, ['BAD_INPUT']]);
    // As large and as small as a number can be: a ranking of finite numbers, or refused.
    for (const weight of [1e308, 1.7976931348623157e308, 5e-324, 1e-300]) {
      for (const others of [weight, 1]) {
        const input = given(['governance', weight], ...dimensions.slice(1).map((node) => [node, others] as const));
        const { status, codes, body } = await client.query(RANK, { input });
        expect(status).toBe(200);
        if (codes.length > 0) {
          expect([weight, others, codes]).toEqual([weight, others, ['WEIGHTS_INVALID']]);
          continue;
        }
        const nodes = json(body.data).list('ranking', 'rows', 'nodes') as { rank: unknown; score: unknown }[];
        expect(nodes.length).toBeGreaterThan(30);
        for (const { rank, score } of nodes)
          expect([Number.isFinite(rank), Number.isFinite(score)]).toEqual([true, true]);
      }
    }
  },
  { cpuMs: 1000 },
);

attack(
  39,
  'degenerate selections: a defined result, and the order in which cities are named means nothing',
  async (client) => {
    const ranked = async (codes: readonly string[]): Promise<unknown> => {
      const { body } = await client.query(RANK, { input: { cities: { codes } } });
      expect(body.errors).toBeUndefined();
      return body.data;
    };
    // One city: every column is constant.
    const alone = json(await ranked(['330100']));
    expect(alone.list('ranking', 'rows', 'nodes')).toHaveLength(1);
    expect(alone.at('ranking', 'rows', 'nodes', 0, 'rank')).toBe(1);
    expect(alone.list('ranking', 'warnings').length).toBeGreaterThan(0);
    const codes = ['330100', '310000', '440300', '350100', '110000'];
    expect(await ranked(codes.toReversed())).toEqual(await ranked(codes));
    expect(await client.codes(RANK, { input: { year: 1900 } })).toEqual([200, ['NO_DATA']]);
    // One indicator of each kind of scale alone, all weight on it.
    for (const method of ['MIN_MAX', 'Z_SCORE', 'ROBUST_Z', 'RANK', 'SUM', 'VECTOR']) {
      const input = { cities: { codes: ['330100'] }, recipe: { normalise: { method } } };
      expect([method, (await client.query(RANK, { input })).status]).toEqual([method, 200]);
    }
  },
);

attack(
  40,
  'work amplification: refused with an estimate before anything is done',
  async (client) => {
    const robustness = (field: string): string => `{ ranking { robustness { ${field} { __typename } } } }`;
    const noisy = 'noise: { }';
    for (const field of [
      `uncertainty(input: { draws: 1000000000 })`,
      `uncertainty(input: { draws: 2147483647, ${noisy} })`,
      'sobol(input: { draws: 2147483647 })',
    ]) {
      const { status, codes } = await client.query(robustness(field));
      expect([field, status < 500, codes.length]).toEqual([field, true, 1]);
      expect(['BAD_INPUT', 'BUDGET_EXCEEDED', 'GRAPHQL_VALIDATION_FAILED']).toContain(codes[0]);
    }
    const many = (methods: readonly string[]): string => methods.map((method) => `{ method: ${method} }`).join(' ');
    const normalise = many([
      'MIN_MAX',
      'Z_SCORE',
      'RANK',
      'PERCENTILE_RANK',
      'BORDA',
      'MAX_ABS',
      'ROBUST_Z',
      'LOGISTIC',
    ]);
    const weight = many(['EQUAL', 'GIVEN', 'ENTROPY', 'CRITIC']);
    const aggregate = ['ARITHMETIC', 'MEDIAN', 'MINIMUM', 'OWA', 'BORDA_COUNT', 'COPELAND']
      .map((method) => `[{ method: ${method} }]`)
      .join(' ');
    const choices = `choices: { normalise: [${normalise.repeat(3)}], weight: [${weight.repeat(5)}], aggregate: [${aggregate}] }`;
    const { status, codes, body } = await client.query(robustness(`multiverse(${choices})`));
    expect([status, codes.length]).toEqual([200, 1]);
    expect(['BAD_INPUT', 'BUDGET_EXCEEDED']).toContain(codes[0]);
    expect(body.errors?.[0]?.message).toMatch(/\d/);
  },
  { cpuMs: 300 },
);

attack(41, 'costs by variables: the same as by literals, defaults, directives and fragments', async (client) => {
  const field = (draws: string): string =>
    `robustness { uncertainty(input: { draws: ${draws}, weights: { method: SIMPLEX }, acceptability: true }) { __typename } }`;
  const forms: readonly (readonly [string, string, object?])[] = [
    ['literal', `{ ranking { ${field('10000')} } }`],
    ['variable', `query ($n: Int!) { ranking { ${field('$n')} } }`, { n: 10_000 }],
    ['default', `query ($n: Int! = 10000) { ranking { ${field('$n')} } }`],
    ['alias', `{ a: ranking { b: ${field('10000')} } }`],
    ['fragment', `{ ranking { ...f } } fragment f on Ranking { ${field('10000')} }`],
    ['included', `query ($yes: Boolean!) { ranking { ... @include(if: $yes) { ${field('10000')} } } }`, { yes: true }],
  ];
  const messages = new Set<string>();
  for (const [form, query, variables] of forms) {
    const { body, codes } = await limited.query(query, variables);
    expect([form, codes]).toEqual([form, ['BUDGET_EXCEEDED']]);
    messages.add(body.errors?.[0]?.message ?? '');
  }
  expect(messages.size).toBe(1);
  // What is left out costs nothing.
  const query = `query ($yes: Boolean!) { ranking { year ... @include(if: $yes) { ${field('10000')} } } }`;
  expect(await limited.codes(query, { yes: false })).toEqual([200, []]);
  expect(client.target.alive()).toBe(true);
});

attack(43, 'cache keys: what means the same is one, what means something else is another', async (client) => {
  const digestOf = async (input: string): Promise<unknown> => {
    const query = JSON.stringify('query ($input: RankingInput) { ranking(input: $input) { digest } }');
    const { body } = await client.post(`{"query":${query},"variables":{"input":${input}}}`);
    return json(body.data).at('ranking', 'digest');
  };
  const weight = (text: string): string =>
    `{"recipe":{"weight":{"method":"GIVEN","weights":[{"node":"governance","weight":${text}}]}}}`;
  const same = ['2', '2.0', '2e0', '0.2e1', '20e-1'];
  expect(new Set(await Promise.all(same.map((text) => digestOf(weight(text))))).size).toBe(1);
  const turned = '{"recipe":{"weight":{"weights":[{"weight":2,"node":"governance"}],"method":"GIVEN"}}}';
  expect(await digestOf(turned)).toBe(await digestOf(weight('2')));
  expect(await digestOf('{}')).toBe(await digestOf('{"year":null,"recipe":{},"methodology":"default"}'));
  const different = [
    weight('2'),
    weight('2.0000001'),
    weight('3'),
    '{}',
    '{"year":2018}',
    '{"cities":{"tiers":["first"]}}',
  ];
  expect(new Set(await Promise.all(different.map(digestOf))).size).toBe(different.length);
  // A name in another normal form is another text: found by neither or by what it spells.
  for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'])
    expect(
      await client.codes('query ($t: String) { cities(filter: { text: $t }) { totalCount } }', {
        t: 'Ürümqi'.normalize(form),
      }),
    ).toEqual([200, []]);
});

attack(
  44,
  'cache flooding: rankings that nobody asks for again push each other out, and what is asked for stays',
  (client) => flood(client, { rankings: 200, cacheMiB: CACHE_MIB }),
  { cpuMs: 3000, clockMs: 28_000 },
);

attack(45, 'seeds: whole numbers from 0 to 2^53 - 1, and the same seed gives the same', async (client) => {
  const query =
    'query ($seed: Float!) { ranking(input: { cities: { tiers: ["first"] } }) { robustness { uncertainty(input: { draws: 100, weights: { method: SIMPLEX }, seed: $seed }) { cities { nodes { rank { mean } } } } } } }';
  for (const seed of ['"1"', '"NaN"', 'null', '[1]', '{}', '1e400'])
    expect([
      seed,
      (await client.post(`{"query":${JSON.stringify(query)},"variables":{"seed":${seed}}}`)).codes,
    ]).toEqual([seed, ['BAD_INPUT']]);
  for (const seed of [-1, 0.5, 2 ** 53, 1e300, -0.1]) {
    const { status, codes } = await client.query(query, { seed });
    expect([seed, status, codes]).toEqual([seed, 200, ['BAD_INPUT']]);
  }
  for (const seed of [0, 1, 2 ** 53 - 1]) {
    const { codes, text } = await client.query(query, { seed });
    expect([seed, codes, (await client.query(query, { seed })).text === text]).toEqual([seed, [], true]);
  }
});

attack(
  46,
  'non-finite numbers: every method on values that tempt it gives finite numbers, null or a typed error',
  async (client) => {
    const valuesOf = (name: string): string[] => {
      const type = createSchema().getType(name);
      return type && 'getValues' in type ? type.getValues().map((value) => value.name) : [];
    };
    const methods = valuesOf('NormalisationMethod');
    expect(methods.length).toBeGreaterThan(10);
    const inputs = [
      ...methods.map((method) => ({ normalise: { method }, aggregate: [{ level: 1, method: 'GEOMETRIC' }] })),
      ...valuesOf('AggregationMethod').map((method) => ({
        normalise: { method: 'MIN_MAX', low: 0, high: 1 },
        aggregate: [{ level: 1, method }],
      })),
      ...valuesOf('AggregationMethod').map((method) => ({
        normalise: { method: 'Z_SCORE' },
        aggregate: [{ level: 1, method }],
      })),
    ];
    for (const recipe of inputs) {
      const reply = await client.query(RANK, { input: { cities: { codes: ['330100', '310000'] }, recipe } });
      expect([recipe, reply.status, reply.codes.includes('INTERNAL')]).toEqual([recipe, 200, false]);
      const isFinite = numbersIn(reply.body.data).every(Number.isFinite) && !/NaN|Infinity/.test(reply.text);
      expect([recipe, isFinite]).toEqual([recipe, true]);
    }
  },
  { cpuMs: 3000, clockMs: 25_000 },
);

/** A server that allows little work, for what is said where it is refused. */
let limited: Client;
beforeAll(async () => {
  limited = new Client(await startHere({ env: { LIMIT_CELL_OPERATIONS: '5000000' } }));
}, 120_000);
afterAll(() => limited.target.stop());

describe('what breaks behind the server', () => {
  const attackHere = underAttack(() => startHere({ env: { LOG_LEVEL: 'error' } }));

  attackHere(
    48,
    'leaks: a database that fails in the middle is an unexpected error with an id, and nothing of it is told',
    async (client) => {
      const { dataSource } = client.target.app.database;
      const secret = 'connect ECONNREFUSED 10.1.2.3:5432 SELECT "password" FROM "api_key" /srv/secret/db.sqlite';
      const create = dataSource.createQueryRunner.bind(dataSource);
      dataSource.createQueryRunner = () => {
        throw new Error(secret);
      };
      try {
        for (const query of [
          '{ observations(first: 1) { totalCount } }',
          '{ releases { totalCount } }',
          '{ release(version: "nope") { version } }',
          '{ ranking(input: { release: "nope" }) { digest } }',
          '{ city(code: "330100", release: "nope") { name } }',
        ]) {
          const { codes, text, body } = await client.query(query);
          expect([query, codes.every((code) => code === 'INTERNAL' || code === 'NOT_READY'), codes.length]).toEqual([
            query,
            true,
            1,
          ]);
          expectNoLeak(text);
          expect(text).not.toMatch(/ECONNREFUSED|10\.1\.2\.3|password|secret/);
          if (codes[0] === 'INTERNAL') expect(body.errors?.[0]?.extensions['requestId']).toMatch(/^[0-9a-f-]{36}$/);
        }
        const ready = await client.send('/ready');
        expect(ready.text).not.toMatch(/ECONNREFUSED|10\.1\.2\.3|password|secret/);
      } finally {
        dataSource.createQueryRunner = create;
      }
      // The operator is told.
      expect(client.target.output()).toContain('ECONNREFUSED 10.1.2.3');
    },
  );
});
