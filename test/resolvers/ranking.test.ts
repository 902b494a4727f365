import { openApp, type Answer, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const RANK =
  'query ($input: RankingInput) { ranking(input: $input) { digest year recipe columns { cityCodes scores ranks } } }';

const first = (answer: Answer): Record<string, unknown> => {
  const error = answer.body.errors?.[0];
  return { ...error?.extensions, message: error?.message };
};

describe('the default ranking', () => {
  it('ranks the 39 cities with enough data, Hangzhou, Shanghai and Wuhan among them (issue 3)', async () => {
    const answer = await app.data(
      '{ ranking { rows(first: 200) { totalCount nodes { rank score city { code } } } unranked { city { code } code reason } } }',
    );
    expect(answer.at('ranking', 'rows', 'totalCount')).toBe(39);
    const codes = answer
      .list('ranking', 'rows', 'nodes')
      .map((_, index) => answer.at('ranking', 'rows', 'nodes', index, 'city', 'code'));
    expect(codes).toEqual(expect.arrayContaining(['330100', '310000', '420100']));
    // Every city of the release is either ranked or listed with the reason why not.
    const unranked = answer
      .list('ranking', 'unranked')
      .map((_, index) => answer.at('ranking', 'unranked', index, 'city', 'code'));
    expect(new Set([...codes, ...unranked]).size).toBe(297);
    expect(codes.length + unranked.length).toBe(297);
  });

  it('answers the query of the contract', async () => {
    const answer = await app.data(`query {
      ranking {
        digest
        release { version digest publishedAt }
        warnings { code message }
        rows(first: 10) {
          totalCount
          nodes { rank score city { code name(language: EN) tier } nodeScores { node score rank } }
        }
      }
    }`);
    expect(answer.at('ranking', 'digest')).toMatch(/^[0-9a-f]{64}$/);
    expect(answer.at('ranking', 'release', 'version')).toBe('2026.1');
    expect(answer.at('ranking', 'release', 'publishedAt')).toBe('2026-01-02T03:04:05.678Z');
    expect(answer.list('ranking', 'rows', 'nodes')).toHaveLength(10);
  });

  it('gives the same in rows and in columns', async () => {
    const answer = await app.data(`{ ranking {
      rows(first: 200) { nodes { rank score city { code } nodeScores { node score rank } } }
      columns { cityCodes ranks scores nodes { node scores ranks } }
    } }`);
    const rows = answer.list('ranking', 'rows', 'nodes');
    expect(rows).toHaveLength(39);
    rows.forEach((_, i) => {
      const row = (...path: (string | number)[]): unknown => answer.at('ranking', 'rows', 'nodes', i, ...path);
      const column = (...path: (string | number)[]): unknown => answer.at('ranking', 'columns', ...path, i);
      expect([row('city', 'code'), row('rank'), row('score')]).toEqual([
        column('cityCodes'),
        column('ranks'),
        column('scores'),
      ]);
      answer.list('ranking', 'columns', 'nodes').forEach((__, node) => {
        expect(row('nodeScores', node)).toEqual({
          node: answer.at('ranking', 'columns', 'nodes', node, 'node'),
          score: column('nodes', node, 'scores'),
          rank: column('nodes', node, 'ranks'),
        });
      });
    });
  });

  it('shows the reason for a rank: the figures as observed, their year, and weights that add up', async () => {
    const answer = await app.data(`{
      ranking { rows(first: 3) { nodes { city { code } availability imputed treated { indicatorCode action } nodeScores {
        node depth weight effectiveWeight score frameworkNode { parentCode indicatorCode }
        figures { value year prepared imputed treatment indicator { code } }
      } } } }
    }`);
    for (const row of [0, 1, 2]) {
      const at = (...path: (string | number)[]): unknown => answer.at('ranking', 'rows', 'nodes', row, ...path);
      const nodes = answer.list('ranking', 'rows', 'nodes', row, 'nodeScores').map((_, index) => ({
        node: at('nodeScores', index, 'node'),
        parent: at('nodeScores', index, 'frameworkNode', 'parentCode'),
        weight: Number(at('nodeScores', index, 'weight')),
        effectiveWeight: Number(at('nodeScores', index, 'effectiveWeight')),
        figures: at('nodeScores', index, 'figures') as {
          value: number | null;
          year: number | null;
          indicator: { code: string };
        } | null,
      }));
      // Parents come before their children.
      nodes.forEach((node, index) => {
        if (node.parent !== null) expect(nodes.slice(0, index).map((other) => other.node)).toContain(node.parent);
      });
      // Weights of siblings add to 1, and so do the effective weights of the leaves.
      for (const parent of new Set(nodes.map((node) => node.parent))) {
        const siblings = nodes.filter((node) => node.parent === parent);
        expect(siblings.reduce((sum, node) => sum + node.weight, 0)).toBeCloseTo(1, 12);
      }
      const leaves = nodes.filter((node) => node.figures !== null);
      expect(leaves.reduce((sum, node) => sum + node.effectiveWeight, 0)).toBeCloseTo(1, 12);
      const observed = leaves.filter((leaf) => leaf.figures?.value != null);
      expect(at('availability')).toBeCloseTo(observed.length / leaves.length, 12);
      // Each figure is the observation that `observations` shows for that city, indicator and year.
      for (const { figures } of observed) {
        const shown = await app.data(
          'query ($filter: ObservationFilterInput) { observations(filter: $filter) { nodes { value status } } }',
          { filter: { cities: [at('city', 'code')], indicators: [figures?.indicator.code], years: [figures?.year] } },
        );
        expect(shown.at('observations', 'nodes', 0, 'value')).toBe(figures?.value);
        expect(shown.at('observations', 'nodes', 0, 'status')).not.toBe('QUESTIONABLE');
      }
    }
  });

  it('compares itself with the ranking published for 2019', async () => {
    const answer = await app.data(`{
      ranking {
        columns { cityCodes ranks }
        agreement(with: { report: "2019 Urban Digital Development Index report", dimension: "overall" }) {
          year n kendallTauB spearman pairs { computedRank publishedRank city { code } }
        }
      }
    }`);
    const pairs = answer.list('ranking', 'agreement', 'pairs').map((_, index) => ({
      code: String(answer.at('ranking', 'agreement', 'pairs', index, 'city', 'code')),
      computed: Number(answer.at('ranking', 'agreement', 'pairs', index, 'computedRank')),
      published: Number(answer.at('ranking', 'agreement', 'pairs', index, 'publishedRank')),
    }));
    // The report's own order.
    expect(pairs.map((pair) => pair.code)).toEqual(
      ['330100', '310000', '420100', '440300', '110000', '410100', '440100', '320100', '330200', '370200'].filter(
        (code) => answer.list('ranking', 'columns', 'cityCodes').includes(code),
      ),
    );
    expect(answer.at('ranking', 'agreement', 'n')).toBe(pairs.length);
    // Kendall's tau without ties, counted pair by pair; Spearman by its formula for ranks without ties.
    let score = 0;
    for (const a of pairs)
      for (const b of pairs) if (a.published < b.published) score += Math.sign(b.computed - a.computed);
    const n = pairs.length;
    expect(answer.at('ranking', 'agreement', 'kendallTauB')).toBeCloseTo(score / ((n * (n - 1)) / 2), 12);
    const rankAmong = (value: number, values: number[]): number => values.filter((other) => other <= value).length;
    const squared = pairs.reduce(
      (sum, pair) =>
        sum +
        (rankAmong(
          pair.computed,
          pairs.map((p) => p.computed),
        ) -
          rankAmong(
            pair.published,
            pairs.map((p) => p.published),
          )) **
          2,
      0,
    );
    expect(answer.at('ranking', 'agreement', 'spearman')).toBeCloseTo(1 - (6 * squared) / (n * (n * n - 1)), 12);
  });
});

describe('the digest names the ranking', () => {
  const digestOf = async (input: Record<string, unknown> | null): Promise<unknown> =>
    (await app.data(RANK, { input })).at('ranking', 'digest');

  it('is the same for everything that means the same', async () => {
    const base = await digestOf(null);
    const recipe = (await app.data(RANK)).at('ranking', 'recipe');
    const every = await app.data('{ cities(first: 200) { nodes { code } pageInfo { endCursor } } }');
    const rest = await app.data('query ($after: String) { cities(first: 200, after: $after) { nodes { code } } }', {
      after: every.at('cities', 'pageInfo', 'endCursor'),
    });
    const codes = [...every.list('cities', 'nodes'), ...rest.list('cities', 'nodes')].map(
      (node) => (node as { code: string }).code,
    );
    for (const input of [
      {},
      { methodology: 'default' },
      { methodology: 'default', framework: 'city-digital-governance', year: 2019, release: '2026.1' },
      { recipe: {} },
      { recipe: { impute: null } },
      { recipe: { normalise: { method: 'MIN_MAX', low: 1.0, high: 1e2 } } },
      { recipe: { weight: { method: 'GIVEN', weights: [{ node: 'governance', weight: 1 }] } } },
      { recipe },
      { cities: {} },
      { cities: { codes: codes.reverse() } },
    ])
      expect([input, await digestOf(input)]).toEqual([input, base]);
  });

  it('differs for everything that means something else', async () => {
    const digests = await Promise.all(
      [
        null,
        { year: 2018 },
        { methodology: 'digital-life' },
        { cities: { tiers: ['first'] } },
        { recipe: { rank: { ties: 'DENSE' } } },
        { recipe: { excludeStatuses: [] } },
        { recipe: { weight: { method: 'GIVEN', weights: [{ node: 'governance', weight: 2 }] } } },
      ].map(digestOf),
    );
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('gives the same bytes when asked again', async () => {
    const query =
      '{ ranking { digest rows { edges { cursor node { rank nodeScores { score rank } } } } columns { scores } warnings { message } } }';
    expect((await app.query(query)).text).toBe((await app.query(query)).text);
  });
});

describe('a recipe inline', () => {
  it('takes everything that the contract shows, and its canonical form again', async () => {
    const recipe = {
      period: { year: 2019, latestWithinYears: 2 },
      excludeStatuses: ['QUESTIONABLE'],
      screen: { minimumAvailability: 0.6 },
      denominate: [{ indicator: 'invention_patents_per_10k', by: 'average_wage', scale: 10_000 }],
      impute: { method: 'NONE' },
      treat: { method: 'WINSORISE_THEN_LOG', skewness: 2, kurtosis: 3.5, maximumPoints: 5 },
      normalise: {
        method: 'MIN_MAX',
        low: 1,
        high: 100,
        overrides: [
          {
            indicators: ['egov_service_index'],
            method: 'GOALPOSTS',
            lower: 50,
            upper: 100,
            log: true,
            cap: true,
            low: 1,
            high: 100,
          },
        ],
      },
      weight: { method: 'GIVEN', weights: [{ node: 'governance', weight: 2 }] },
      aggregate: [
        { level: 1, method: 'ARITHMETIC', minimumAvailability: 0.5 },
        { node: 'index', method: 'GEOMETRIC' },
      ],
      rank: { ties: 'COMPETITION' },
    };
    const once = await app.data(RANK, { input: { recipe } });
    const canonical = once.at('ranking', 'recipe');
    expect(canonical).toMatchObject(recipe);
    const again = await app.data(RANK, { input: { recipe: canonical } });
    expect(again.value).toEqual(once.value);
  });

  it('replaces the parts that it names and keeps the others', async () => {
    const own = (
      await app.data(RANK, {
        input: { recipe: { normalise: { method: 'Z_SCORE' }, aggregate: [{ level: 1, method: 'ARITHMETIC' }] } },
      })
    ).at('ranking', 'recipe');
    const base = (await app.data(RANK)).at('ranking', 'recipe');
    const { normalise, aggregate, ...rest } = own as Record<string, unknown>;
    const baseRest = { ...(base as Record<string, unknown>) };
    delete baseRest['normalise'];
    delete baseRest['aggregate'];
    expect(rest).toEqual(baseRest);
    expect(normalise).toMatchObject({ method: 'Z_SCORE' });
    expect(aggregate).toMatchObject([{ level: 1, method: 'ARITHMETIC' }]);
  });

  it('weights move the ranks: with all weight on governance, the order is that of governance', async () => {
    const dimensions = ['governance', 'public_services', 'digital_life', 'digital_infrastructure', 'innovation'];
    const answer = await app.data(
      'query ($input: RankingInput) { ranking(input: $input) { columns { scores nodes { node scores } } } }',
      {
        input: {
          recipe: {
            aggregate: [{ level: 1, method: 'ARITHMETIC' }],
            weight: {
              method: 'GIVEN',
              weights: dimensions.map((node) => ({ node, weight: node === 'governance' ? 5 : 0 })),
            },
          },
        },
      },
    );
    const governance = answer
      .list('ranking', 'columns', 'nodes')
      .findIndex((_, index) => answer.at('ranking', 'columns', 'nodes', index, 'node') === 'governance');
    expect(answer.list('ranking', 'columns', 'scores')).toEqual(
      answer.list('ranking', 'columns', 'nodes', governance, 'scores'),
    );
  });

  it('takes in questionable values when it does not exclude them', async () => {
    const availability = async (recipe: Record<string, unknown>): Promise<number> => {
      const answer = await app.data(
        'query ($input: RankingInput) { ranking(input: $input) { rows(first: 200) { nodes { availability } } unranked { code } } }',
        {
          input: {
            year: 2019,
            recipe: {
              ...recipe,
              screen: { minimumAvailability: 0 },
              period: { latestWithinYears: 0 },
              aggregate: [{ level: 1, method: 'ARITHMETIC' }],
            },
          },
        },
      );
      return answer
        .list('ranking', 'rows', 'nodes')
        .reduce<number>((sum, node) => sum + (node as { availability: number }).availability, 0);
    };
    // Bundle: 2019 holds questionable values of indicators of the framework.
    expect(await availability({ excludeStatuses: [] })).toBeGreaterThan(await availability({}));
  });

  it('a framework alone finds the methodology that is written for it', async () => {
    const answer = await app.data(
      '{ ranking(input: { framework: "digital-life" }) { methodology { code } framework { code name(language: FR) } rows { totalCount } } }',
    );
    expect(answer.at('ranking', 'methodology', 'code')).toBe('digital-life');
    expect(answer.at('ranking', 'framework', 'code')).toBe('digital-life');
  });
});

describe('errors', () => {
  const weights = (...list: [string, number][]) => ({
    recipe: { weight: { method: 'GIVEN', weights: list.map(([node, weight]) => ({ node, weight })) } },
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'a negative weight',
      weights(['governance', -1]),
      { code: 'WEIGHTS_INVALID', field: 'recipe.weight.weights[0].weight', value: -1 },
    ],
    ['a node weighted twice', weights(['governance', 1], ['governance', 2]), { code: 'WEIGHTS_INVALID' }],
    [
      'all weights 0',
      weights(
        ['governance', 0],
        ['public_services', 0],
        ['digital_life', 0],
        ['digital_infrastructure', 0],
        ['innovation', 0],
      ),
      { code: 'WEIGHTS_INVALID' },
    ],
    [
      'an unknown node',
      weights(['nope', 1]),
      { code: 'NOT_FOUND', field: 'recipe.weight.weights[0].node', value: 'nope' },
    ],
    [
      'a node named like a property of every object',
      weights(['__proto__', 1], ['constructor', 1]),
      { code: 'NOT_FOUND' },
    ],
    [
      'an unknown city',
      { cities: { codes: ['330100', 'nope'] } },
      { code: 'NOT_FOUND', field: 'cities.codes[1]', value: 'nope' },
    ],
    ['an unknown tier', { cities: { tiers: ['nope'] } }, { code: 'NOT_FOUND', field: 'cities.tiers[0]' }],
    ['an unknown province', { cities: { provinces: ['nope'] } }, { code: 'NOT_FOUND', field: 'cities.provinces[0]' }],
    ['an unknown framework', { framework: 'nope' }, { code: 'NOT_FOUND', field: 'framework' }],
    ['an unknown methodology', { methodology: 'nope' }, { code: 'NOT_FOUND', field: 'methodology' }],
    ['an unknown release', { release: 'nope' }, { code: 'NOT_FOUND', field: 'release' }],
    ['SQL for a release', { release: "' OR 1=1 --" }, { code: 'NOT_FOUND', field: 'release' }],
    [
      'an unknown indicator in overrides',
      { recipe: { normalise: { method: 'MIN_MAX', overrides: [{ indicators: ['nope'], method: 'RANK' }] } } },
      { code: 'NOT_FOUND', field: 'recipe.normalise.overrides[0].indicators[0]' },
    ],
    ['a year without data', { year: 1900 }, { code: 'NO_DATA', field: 'year', value: 1900 }],
    ['a year that is none', { year: -5 }, { code: 'BAD_INPUT', field: 'year', value: -5 }],
    [
      'two years',
      { year: 2018, recipe: { period: { year: 2019 } } },
      { code: 'BAD_INPUT', field: 'year', value: 2018 },
    ],
    ['an empty selection', { cities: { codes: [] } }, { code: 'NO_DATA', field: 'cities' }],
    [
      'conditions that no city satisfies',
      { cities: { codes: ['330100'], tiers: ['first'] } },
      { code: 'NO_DATA', field: 'cities' },
    ],
    [
      'a parameter of another method',
      { recipe: { normalise: { method: 'MIN_MAX', lower: 1 } } },
      { code: 'PARAMETER_NOT_USED', field: 'recipe.normalise.lower' },
    ],
    [
      'a geometric mean over zeros',
      {
        recipe: { normalise: { method: 'MIN_MAX', low: 0, high: 100 }, aggregate: [{ level: 1, method: 'GEOMETRIC' }] },
      },
      { code: 'PRECONDITION_FAILED' },
    ],
    ['a range that is none', { recipe: { normalise: { method: 'MIN_MAX', low: 5, high: 5 } } }, { code: 'BAD_INPUT' }],
    [
      'a share above 1',
      { recipe: { screen: { minimumAvailability: 1.5 } } },
      { code: 'BAD_INPUT', field: 'recipe.screen.minimumAvailability' },
    ],
    [
      'an unknown basis release',
      { recipe: { normalise: { method: 'MIN_MAX', basis: { release: 'nope' } } } },
      { code: 'NOT_FOUND' },
    ],
  ])('%s', async (_, input, expected) => {
    const answer = await app.query(RANK, { input });
    const error = first(answer);
    expect(error).toMatchObject(expected);
    // A sentence, and what is allowed.
    expect(error['message']).toMatch(/\. Allowed: .+\.$/);
    expect(error['allowed']).toEqual(expect.stringMatching(/\S/));
    expect(answer.body.data).toEqual({ ranking: null });
  });

  it.each([0, -1, 201, 2 ** 31 - 1])('first: %i', async (size) => {
    const answer = await app.query('query ($first: Int) { ranking { rows(first: $first) { totalCount } } }', {
      first: size,
    });
    expect(first(answer)).toMatchObject({
      code: 'BAD_INPUT',
      field: 'first',
      value: size,
      allowed: 'a whole number from 1 to 200',
    });
  });

  it('lists all that is wrong, not only the first', async () => {
    const answer = await app.query(RANK, {
      input: { recipe: { ...weights(['nope', 1], ['governance', -1]).recipe, screen: { minimumAvailability: 2 } } },
    });
    const problems = first(answer)['problems'] as { field: string; code: string }[];
    expect(problems.map(({ code }) => code).sort()).toEqual(['BAD_INPUT', 'NOT_FOUND', 'WEIGHTS_INVALID']);
  });

  it('a number past the largest double is refused', async () => {
    const answer = await app.query(
      '{ ranking(input: { recipe: { weight: { method: GIVEN, weights: [{ node: "governance", weight: 1e400 }] } } }) { digest } }',
    );
    expect(first(answer)['code']).toBe('WEIGHTS_INVALID');
  });

  it('leaves Object.prototype alone', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['weight']).toBeUndefined();
  });
});

describe('agreement', () => {
  const ask = async (choice: Record<string, unknown>): Promise<Answer> =>
    app.query(
      'query ($with: PublishedRankingChoiceInput!) { ranking { agreement(with: $with) { n kendallTauB spearman } } }',
      { with: choice },
    );

  it('asks for more when several published rankings fit', async () => {
    expect(first(await ask({ year: 2019 }))).toMatchObject({ code: 'BAD_INPUT', field: 'with' });
    expect(first(await ask({}))).toMatchObject({ code: 'BAD_INPUT', field: 'with' });
  });

  it('takes the overall ranking of a report that has several dimensions, unless another is named', async () => {
    const named = await ask({ report: '2019 Urban Digital Development Index report', dimension: 'overall' });
    expect(named.body.data).toMatchObject({ ranking: { agreement: { n: 10 } } });
    expect((await ask({ report: '2019 Urban Digital Development Index report' })).body.data).toEqual(named.body.data);
  });

  it('says which there are when none fits', async () => {
    expect(first(await ask({ report: 'nope' }))).toMatchObject({
      code: 'NOT_FOUND',
      allowed: expect.stringContaining('report:') as unknown,
    });
  });

  it('is null where one city alone is in both', async () => {
    const answer = await ask({ report: '2019 Urban Digital Development Index report', dimension: 'digital life' });
    expect(answer.body.data).toEqual({ ranking: { agreement: { n: 1, kendallTauB: null, spearman: null } } });
  });
});
