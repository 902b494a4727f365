import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { openApp, type TestApp } from '../helpers/app';
import { BUILT_IN_BUNDLE } from '../helpers/database';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

/** The rows of a file of the bundle, read apart from the program. */
function rows(file: string): Record<string, string>[] {
  return parse(readFileSync(join(BUILT_IN_BUNDLE, file)), { columns: true, bom: true });
}

const codes = async (field: string, key = 'code'): Promise<unknown[]> => {
  const answer = await app.data(`{ list: ${field} { nodes { ${key} } } }`);
  return answer.list('list', 'nodes').map((_, index) => answer.at('list', 'nodes', index, key));
};

describe('cities', () => {
  const cities = rows('cities.csv');
  const where = (fits: (row: Record<string, string>) => boolean): string[] =>
    cities
      .filter(fits)
      .map((row) => row['code'] ?? '')
      .sort();

  it.each<[string, (row: Record<string, string>) => boolean]>([
    ['tiers: ["first"]', (row) => row['tier'] === 'first'],
    ['tiers: ["first", "new_first"]', (row) => ['first', 'new_first'].includes(row['tier'] ?? '')],
    ['provinces: ["330000"]', (row) => row['province_code'] === '330000'],
    [
      'provinces: ["330000"], tiers: ["second"]',
      (row) => row['province_code'] === '330000' && row['tier'] === 'second',
    ],
    ['codes: ["330100", "nope"]', (row) => row['code'] === '330100'],
    ['codes: []', () => false],
    ['tiers: []', () => false],
    ['codes: null', () => true],
    ['text: "ZHOU"', (row) => /zhou/i.test(row['name_en'] ?? '')],
    ['text: "杭州"', (row) => row['name_zh'] === '杭州市'],
    ['text: "pekin"', (row) => row['name_fr'] === 'Pékin'],
    ['text: "PÉKIN"', (row) => row['name_fr'] === 'Pékin'],
    ['text: "%"', () => false],
    ['text: "_"', () => false],
    ['text: "\\\\"', () => false],
    ['text: ".*"', () => false],
    ['text: "\' OR 1=1 --"', () => false],
    ['text: ""', () => true],
  ])('{ %s }', async (filter, fits) => {
    const answer = await app.data(`{ cities(filter: { ${filter} }, first: 200) { totalCount nodes { code } } }`);
    const expected = where(fits);
    expect(answer.at('cities', 'totalCount')).toBe(expected.length);
    expect(answer.list('cities', 'nodes')).toEqual(expected.slice(0, 200).map((code) => ({ code })));
  });

  it('names come in three languages, with English where there is none', async () => {
    const answer = await app.data(
      '{ city(code: "110000") { en: name zh: name(language: ZH) fr: name(language: FR) names { en zh fr } provinceName(language: ZH) tier latitude longitude } }',
    );
    expect(answer.at('city')).toMatchObject({
      en: 'Beijing',
      zh: '北京市',
      fr: 'Pékin',
      names: { en: 'Beijing', zh: '北京市', fr: 'Pékin' },
      provinceName: '北京市',
      tier: 'first',
      latitude: 39.9075,
      longitude: 116.39723,
    });
    const without = cities.find((row) => row['name_fr'] === '');
    if (without) {
      const fallback = await app.data(`{ city(code: "${String(without['code'])}") { name(language: FR) } }`);
      expect(fallback.at('city', 'name')).toBe(without['name_en']);
    }
  });

  it.each(['nope', '', "' OR 1=1 --", '__proto__', 'constructor', '3301%', '1'])(
    'a city with the code %j is null',
    async (code) => {
      expect((await app.data('query ($code: String!) { city(code: $code) { name } }', { code })).value).toEqual({
        city: null,
      });
    },
  );

  it('orders by tier with the cities without one last, in either direction', async () => {
    for (const descending of [false, true]) {
      const tiers = await codes(
        `cities(orderBy: TIER, descending: ${String(descending)}, filter: { provinces: ["330000", "440000", "110000"] })`,
        'tier',
      );
      const known = tiers.filter((tier): tier is string => tier !== null);
      expect(tiers.slice(0, known.length)).toEqual(known);
      expect(known).toEqual([...known].sort((a, b) => (descending ? -1 : 1) * (a < b ? -1 : a > b ? 1 : 0)));
      expect(tiers.length).toBeGreaterThan(known.length);
    }
  });
});

describe('the other lists hold the rows of the bundle', () => {
  it.each([
    ['indicators', 'indicators.csv'],
    ['sources', 'sources.csv'],
    ['publishedRankings', 'published_rankings.csv'],
    ['initiatives', 'initiatives.csv'],
    ['observations', 'observations.csv'],
    ['cities', 'cities.csv'],
  ])('%s', async (field, file) => {
    expect((await app.data(`{ ${field} { totalCount } }`)).at(field, 'totalCount')).toBe(rows(file).length);
  });

  it('indicators by direction and framework', async () => {
    const expected = rows('indicators.csv')
      .filter((row) => row['direction'] === 'lower_better')
      .map((row) => row['code'] ?? '');
    expect(await codes('indicators(first: 200, filter: { directions: [LOWER_BETTER] })')).toEqual(expected.sort());
    const leaves = rows('frameworks.csv')
      .filter((row) => row['framework'] === 'digital-life' && row['indicator'] !== '')
      .map((row) => row['indicator'] ?? '');
    expect(await codes('indicators(first: 200, filter: { frameworks: ["digital-life"] })')).toEqual(leaves.sort());
    expect(await codes('indicators(filter: { frameworks: ["nope"] })')).toEqual([]);
  });

  it('an indicator with its source', async () => {
    const row = rows('indicators.csv').find((candidate) => candidate['code'] === 'average_wage');
    const answer = await app.data(
      '{ indicator(code: "average_wage") { code name names { zh } unit direction source { code title } } }',
    );
    expect(answer.at('indicator')).toMatchObject({
      code: 'average_wage',
      name: row?.['name_en'],
      names: { zh: row?.['name_zh'] },
      unit: row?.['unit'],
      source: { code: row?.['source_id'] },
    });
  });

  it('a source by its code, and null for an unknown one', async () => {
    const row = rows('sources.csv').find((candidate) => candidate['id'] === 'SRC-CENSUS-LEIII');
    const answer = await app.data(
      '{ source(code: "SRC-CENSUS-LEIII") { code title licence url year retrievedOn } none: source(code: "nope") { code } }',
    );
    expect(answer.at('source')).toEqual({
      code: row?.['id'],
      title: row?.['title'],
      licence: row?.['licence'],
      url: row?.['url'],
      year: row?.['year'],
      retrievedOn: row?.['retrieved_on'],
    });
    expect(answer.at('none')).toBeNull();
  });

  it('a framework with its nodes, parents first', async () => {
    const answer = await app.data(
      '{ framework(code: "city-digital-governance") { rootCode name(language: ZH) nodes { code parentCode depth weight name indicator { code } indicatorCode } } }',
    );
    const expected = rows('frameworks.csv').filter((row) => row['framework'] === 'city-digital-governance');
    const nodes = answer.list('framework', 'nodes') as {
      code: string;
      parentCode: string | null;
      depth: number;
      weight: number;
      indicatorCode: string | null;
      indicator: { code: string } | null;
    }[];
    expect(new Set(nodes.map((node) => node.code))).toEqual(new Set(expected.map((row) => row['node'])));
    expect(nodes[0]).toMatchObject({ code: 'index', parentCode: null, depth: 0 });
    nodes.forEach((node, index) => {
      const row = expected.find((candidate) => candidate['node'] === node.code);
      expect(node.weight).toBe(Number(row?.['weight']));
      expect(node.indicatorCode ?? '').toBe(row?.['indicator']);
      expect(node.indicator?.code ?? '').toBe(row?.['indicator']);
      if (node.parentCode === null) return;
      const parent = nodes.slice(0, index).find((other) => other.code === node.parentCode);
      expect(node.depth).toBe((parent?.depth ?? NaN) + 1);
    });
  });

  it('observations with city, indicator, source and the questionable ones among them', async () => {
    const all = rows('observations.csv');
    const questionable = all.filter((row) => row['status'] === 'QUESTIONABLE');
    expect(questionable.length).toBeGreaterThan(0);
    const answer = await app.data(
      '{ observations(first: 3, filter: { statuses: [QUESTIONABLE] }) { totalCount nodes { cityCode indicatorCode year value status note city { code } indicator { code } source { code } } } }',
    );
    expect(answer.at('observations', 'totalCount')).toBe(questionable.length);
    for (const node of answer.list('observations', 'nodes') as Record<string, unknown>[]) {
      const row = questionable.find(
        (candidate) =>
          candidate['city_code'] === node['cityCode'] &&
          candidate['indicator_code'] === node['indicatorCode'] &&
          candidate['year'] === String(node['year']),
      );
      expect(node).toMatchObject({
        value: Number(row?.['value']),
        status: 'QUESTIONABLE',
        note: row?.['note'],
        city: { code: row?.['city_code'] },
        indicator: { code: row?.['indicator_code'] },
        source: { code: row?.['source_id'] },
      });
    }
  });

  it.each([
    [
      'years: [2019], indicators: ["average_wage"]',
      (row: Record<string, string>) => row['year'] === '2019' && row['indicator_code'] === 'average_wage',
    ],
    [
      'sources: ["SRC-CENSUS-LEIII"], cities: ["330100"]',
      (row: Record<string, string>) => row['source_id'] === 'SRC-CENSUS-LEIII' && row['city_code'] === '330100',
    ],
    ['cities: []', () => false],
    ['years: [1]', () => false],
  ])('observations { %s }', async (filter, fits) => {
    const expected = rows('observations.csv').filter(fits).length;
    expect(
      (await app.data(`{ observations(filter: { ${filter} }) { totalCount } }`)).at('observations', 'totalCount'),
    ).toBe(expected);
  });

  it('a year that is none is refused', async () => {
    const { body } = await app.query('{ observations(filter: { years: [2019, 0] }) { totalCount } }');
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'filter.years[1]', value: 0 });
  });

  it('published rankings beside the city, and initiatives', async () => {
    const answer = await app.data(
      '{ publishedRankings(filter: { reports: ["2019 Urban Digital Development Index report"], dimensions: ["overall"] }, first: 3) { nodes { rank city { name } source { code } } } }',
    );
    expect(answer.list('publishedRankings', 'nodes')).toMatchObject([
      { rank: 1, city: { name: 'Hangzhou' } },
      { rank: 2, city: { name: 'Shanghai' } },
      { rank: 3, city: { name: 'Wuhan' } },
    ]);
    const city = await app.data(
      '{ city(code: "310000") { initiatives { title projectCount signedOn city { code } source { code } } publishedRankings { report } } }',
    );
    expect(city.list('city', 'initiatives')).toHaveLength(
      rows('initiatives.csv').filter((row) => row['city_code'] === '310000').length,
    );
    expect(city.list('city', 'publishedRankings')).toHaveLength(
      rows('published_rankings.csv').filter((row) => row['city_code'] === '310000').length,
    );
  });

  it('methodologies with their recipe as written and their framework', async () => {
    const answer = await app.data(
      '{ methodologies { nodes { code recipe framework { code } } } methodology(code: "default") { name } none: methodology(code: "nope") { name } }',
    );
    const written = JSON.parse(readFileSync(join(BUILT_IN_BUNDLE, 'methodologies.json'), 'utf8')) as {
      code: string;
      recipe: unknown;
      framework: string;
      name: string;
    }[];
    expect(answer.list('methodologies', 'nodes')).toEqual(
      written.map(({ code, recipe, framework }) => ({ code, recipe, framework: { code: framework } })),
    );
    expect(answer.at('methodology', 'name')).toBe(written.find(({ code }) => code === 'default')?.name);
    expect(answer.at('none')).toBeNull();
  });

  it('releases', async () => {
    const answer = await app.data(
      '{ releases { nodes { version digest publishedAt cityCount } } release { version } }',
    );
    expect(answer.list('releases', 'nodes')).toEqual([
      {
        version: '2026.1',
        digest: app.services.releases.loaded?.release.digest,
        publishedAt: '2026-01-02T03:04:05.678Z',
        cityCount: 297,
      },
    ]);
    expect(answer.at('release', 'version')).toBe('2026.1');
    const { body } = await app.query('{ release(version: "nope") { version } }');
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: 'release' });
  });

  it('methods with parameters, references and properties', async () => {
    const answer = await app.data(
      '{ methods(stage: NORMALISATION) { code stage title formula parameters { name type default required } references { citation url } properties { name holds } } all: methods { stage } }',
    );
    const methods = answer.list('methods') as {
      code: string;
      stage: string;
      parameters: unknown[];
      references: unknown[];
    }[];
    expect(methods.every((method) => method.stage === 'NORMALISATION' && method.references.length > 0)).toBe(true);
    expect(methods.find((method) => method.code === 'MIN_MAX')?.parameters).toEqual([
      { name: 'low', type: 'number', default: 0, required: false },
      { name: 'high', type: 'number', default: 100, required: false },
    ]);
    expect(new Set(answer.list('all').map((method) => (method as { stage: string }).stage)).size).toBe(7);
  });
});
