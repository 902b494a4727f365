import * as fc from 'fast-check';
import { isObjectType } from 'graphql';
import { publishBundle } from '../../src/datasets';
import { createSchema } from '../../src/resolvers/schema';
import { createApp } from '../../src/server/app';
import { removeFolders, SMALL_BUNDLE, writeFolder } from '../datasets/small-bundle';
import { openApp, testConfig, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(async () => {
  await app.close();
  removeFolders();
});

const write = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** A query for one or more objects of each type with an id, and the fields to compare. */
const TYPES: readonly (readonly [type: string, query: string, fields: string])[] = [
  ['City', '{ found: cities(first: 3) { nodes { % } } }', 'code name tier'],
  ['Indicator', '{ found: indicators(first: 3) { nodes { % } } }', 'code name unit'],
  ['Source', '{ found: sources(first: 3) { nodes { % } } }', 'code title'],
  ['Framework', '{ found: frameworks(first: 3) { nodes { % } } }', 'code rootCode'],
  ['FrameworkNode', '{ found: framework(code: "city-digital-governance") { nodes { % } } }', 'code weight depth'],
  ['Methodology', '{ found: methodologies(first: 3) { nodes { % } } }', 'code recipe framework { code }'],
  ['PublishedRanking', '{ found: publishedRankings(first: 3) { nodes { % } } }', 'report year dimension cityCode rank'],
  ['Initiative', '{ found: initiatives(first: 3) { nodes { % } } }', 'title cityCode signedOn'],
  [
    'Observation',
    '{ found: observations(first: 3) { nodes { % } } }',
    'year value city { code } indicator { code } source { code }',
  ],
  ['Release', '{ found: releases(first: 3) { nodes { % } } }', 'version digest'],
  ['Method', '{ found: methods { % } }', 'code stage title'],
  ['Ranking', '{ found: ranking { % } }', 'digest year methodology { code } columns { cityCodes scores }'],
];

interface Found {
  readonly id: string;
}

async function found(query: string, fields: string): Promise<Found[]> {
  const answer = await app.data(query.replace('%', `id ${fields}`));
  const value = answer.at('found');
  if (Array.isArray(value)) return value as Found[];
  return typeof value === 'object' && value !== null && 'nodes' in value ? (value.nodes as Found[]) : [value as Found];
}

describe('Node', () => {
  it('every type with an id is a Node, and every Node is tried below', () => {
    // The id of a job is its key, which only whoever started it knows; `job` asks for it, and `node` never does.
    const types = Object.values(createSchema().getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => name !== 'Job');
    const withId = types.filter((type) => 'id' in type.getFields()).map(({ name }) => name);
    const nodes = types.filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'));
    expect(withId.sort()).toEqual(nodes.map(({ name }) => name).sort());
    expect(TYPES.map(([type]) => type).sort()).toEqual(expect.arrayContaining(withId));
  });

  it.each(TYPES)('%s: what a query gave, `node` gives again', async (type, query, fields) => {
    const objects = await found(query, fields);
    expect(objects.length).toBeGreaterThan(0);
    expect(new Set(objects.map(({ id }) => id)).size).toBe(objects.length);
    const some = objects.slice(0, 5);
    for (const object of some) {
      const answer = await app.data(
        `query ($id: ID!) { node(id: $id) { __typename id ... on ${type} { ${fields} } } }`,
        { id: object.id },
      );
      expect(answer.at('node')).toEqual({ __typename: type, ...object });
    }
    if (type === 'Ranking') return;
    // `nodes` keeps the order and repeats, with null for what is no id.
    const ids = [...some.map(({ id }) => id).reverse(), 'nonsense', some[0]?.id ?? ''];
    const answer = await app.data(`query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on ${type} { ${fields} } } }`, {
      ids,
    });
    expect(answer.at('nodes')).toEqual([...some.toReversed(), null, some[0]]);
  });

  it('an id in a nested place is the same as in a list', async () => {
    const answer = await app.data(
      '{ city(code: "330100") { id } ranking { methodology { id } framework { id } release { id } rows(first: 200) { nodes { city { id code } } } } methodology(code: "default") { id framework { id } } release { id } }',
    );
    const rows = answer.list('ranking', 'rows', 'nodes') as { city: { id: string; code: string } }[];
    expect(rows.find(({ city }) => city.code === '330100')?.city.id).toBe(answer.at('city', 'id'));
    expect(answer.at('ranking', 'methodology', 'id')).toBe(answer.at('methodology', 'id'));
    expect(answer.at('ranking', 'framework', 'id')).toBe(answer.at('methodology', 'framework', 'id'));
    expect(answer.at('ranking', 'release', 'id')).toBe(answer.at('release', 'id'));
  });
});

describe('ids that are none', () => {
  const version = async (): Promise<string> =>
    String((await app.data('{ release { version } }')).at('release', 'version'));

  it('unknown, forged, foreign and malformed ids give null and nothing else', async () => {
    const release = await version();
    const ids = [
      '',
      ' ',
      '1',
      '330100',
      'x'.repeat(5000),
      '💥',
      Buffer.from('City:330100').toString('base64url'),
      write('City', release, 'nope'),
      write('City', 'nope', '330100'),
      write('City', release),
      write('City', release, '330100', 'more'),
      write('City', release, ['330100']),
      write('City', release, '__proto__'),
      write('Indicator', release, '330100'),
      write('__proto__', release, 'x'),
      write('ApiKey', release, 1),
      write('AuditEvent', 1),
      write('Release', "' OR 1=1 --"),
      write('Release', { not: 1 }),
      write('Method', 'NORMALISATION', 'NOPE'),
      write('FrameworkNode', release, 'nope', 'index'),
      write('Observation', release, '330100', 'nope', 2019),
      write('Observation', release, '330100', 'average_wage', "2019' OR 1=1 --"),
      write('Observation', release, '330100', 'average_wage', 1e300),
      write('Ranking', '1', release, 'default', 'city-digital-governance', null, { impute: { method: 'NOPE' } }),
      write('Ranking', '1', release, 'nope', 'city-digital-governance', null, {}),
      // The same ranking as an honest id, in another spelling: a default is written out.
      write('Ranking', '1', release, 'default', 'city-digital-governance', null, { impute: { method: 'NONE' } }),
      write('Ranking', '0', release, 'default', 'city-digital-governance', null, {}),
      `${write('City', release, '330100')}=`,
      Buffer.from(JSON.stringify(['City', release, '330100'], null, 1)).toString('base64url'),
    ];
    for (const id of ids) {
      const answer = await app.query('query ($id: ID!) { node(id: $id) { id } }', { id });
      expect({ id, status: answer.status, text: answer.text.trim() }).toEqual({
        id,
        status: 200,
        text: '{"data":{"node":null}}',
      });
    }
    const canary = await app.data('query ($id: ID!) { node(id: $id) { ... on City { code } } }', {
      id: write('City', release, '330100'),
    });
    expect(canary.at('node', 'code')).toBe('330100');
  });

  it('whatever is sent as an id, the answer is an object or null', async () => {
    const release = await version();
    const key = fc.oneof(fc.string(), fc.integer(), fc.constant(release), fc.constant(null), fc.jsonValue());
    const type = fc.oneof(fc.constantFrom(...TYPES.map(([name]) => name)), fc.string());
    const id = fc.tuple(type, fc.array(key, { maxLength: 7 })).map(([name, keys]) => write(name, ...keys));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(id, fc.string()), { maxLength: 4 }), async (ids) => {
        const { status, body } = await app.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
        const codes = (body.errors ?? []).map(({ extensions }) => extensions['code']);
        expect(status).toBe(200);
        expect(['', 'BUDGET_EXCEEDED']).toContain(codes.join());
      }),
      { numRuns: 100 },
    );
  });

  it('more than 100 ids, 2 rankings or 4 releases are refused before anything is looked up', async () => {
    const ask = async (ids: readonly string[]): Promise<unknown> =>
      (await app.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })).body.errors?.[0]?.extensions[
        'code'
      ];
    const release = await version();
    expect(await ask(Array.from({ length: 101 }, (_, i) => String(i)))).toBe('BAD_INPUT');
    expect(await ask(Array.from({ length: 100 }, (_, i) => String(i)))).toBeUndefined();
    expect(await ask([1, 2, 3].map((n) => write('Ranking', '1', release, n)))).toBe('BUDGET_EXCEEDED');
    expect(await ask([1, 2, 3, 4, 5].map((n) => write('City', String(n), 'a')))).toBe('BUDGET_EXCEEDED');
  });
});

describe('two releases', () => {
  it('give one city two ids, each of which stands for its own release for ever', async () => {
    const bundle = (version: string, name: string): string =>
      writeFolder({
        ...SMALL_BUNDLE,
        'bundle.json': JSON.stringify({ name: 'small', version, licence: 'CC0' }),
        'cities.csv': SMALL_BUNDLE['cities.csv'].replace('Alpha', name),
      });
    const small = await openApp({ bundle: bundle('1', 'Old name') });
    const read = '{ city(code: "a") { id name } observations(first: 1) { nodes { id } } ranking { id digest } }';
    const before = await small.data(read);
    await publishBundle(small.database.dataSource, bundle('2', 'New name'));
    await small.services.releases.refresh();
    const after = await small.data(read);
    expect(after.at('city', 'id')).not.toBe(before.at('city', 'id'));
    expect(after.at('observations', 'nodes', 0, 'id')).not.toBe(before.at('observations', 'nodes', 0, 'id'));
    const both = await small.data(
      'query ($ids: [ID!]!, $ranking: ID!) { nodes(ids: $ids) { ... on City { name } } node(id: $ranking) { ... on Ranking { digest release { version } } } }',
      { ids: [before.at('city', 'id'), after.at('city', 'id')], ranking: before.at('ranking', 'id') },
    );
    expect(both.at('nodes')).toEqual([{ name: before.at('city', 'name') }, { name: after.at('city', 'name') }]);
    expect(both.at('node')).toEqual({ digest: before.at('ranking', 'digest'), release: { version: '1' } });
    await small.close();
  });
});

describe('a ranking by its id and its digest', () => {
  const INPUTS: readonly (readonly [string, object])[] = [
    ['the default', {}],
    ['another year', { year: 2015 }],
    ['another methodology', { methodology: 'digital-life' }],
    ['a framework without a methodology named', { framework: 'city-digital-governance' }],
    ['own weights', { recipe: { weight: { method: 'GIVEN', weights: [{ node: 'governance', weight: 2 }] } } }],
    ['some cities', { cities: { tiers: ['first', 'new_first'] } }],
    [
      'another method',
      {
        recipe: {
          normalise: { method: 'RANK' },
          aggregate: [{ level: 1, method: 'MEDIAN' }],
          rank: { ties: 'DENSE', decimals: 2 },
        },
      },
    ],
    ['overrides', { recipe: { treat: { method: 'WINSORISE' }, screen: { minimumAvailability: 0.9 } } }],
    ['a basis', { recipe: { normalise: { method: 'MIN_MAX', basis: { years: [2017, 2018] } } } }],
  ];
  const FIELDS = 'id digest recipe methodology { code } columns { cityCodes scores ranks }';

  it.each(INPUTS)('%s', async (_, input) => {
    const made = await app.data(`query ($input: RankingInput) { ranking(input: $input) { ${FIELDS} } }`, { input });
    const again = await app.data(
      `query ($id: ID!, $digest: String!) { node(id: $id) { ... on Ranking { ${FIELDS} } } rankingByDigest(digest: $digest) { ${FIELDS} } }`,
      { id: made.at('ranking', 'id'), digest: made.at('ranking', 'digest') },
    );
    expect(again.at('node')).toEqual(made.at('ranking'));
    expect(again.at('rankingByDigest')).toEqual(made.at('ranking'));
  });

  it('a kept one is found by another process, one that nobody asked to keep is not, a saved methodology always', async () => {
    const ask = async (governance: number, field: string): Promise<string> => {
      const input = { recipe: { weight: { method: 'GIVEN', weights: [{ node: 'governance', weight: governance }] } } };
      const answer = await app.data(`query ($input: RankingInput) { ranking(input: $input) { digest ${field} } }`, {
        input,
      });
      return String(answer.at('ranking', 'digest'));
    };
    const kept = await ask(2.5, 'permalink');
    const passing = await ask(2.75, '');
    const standard = String((await app.data('{ ranking { digest } }')).at('ranking', 'digest'));
    const other = await createApp({ config: testConfig(), dataSource: app.database.dataSource });
    const find = async (digest: string): Promise<unknown> => {
      const response = await other.http.inject({
        method: 'POST',
        url: '/graphql',
        payload: { query: `{ rankingByDigest(digest: ${JSON.stringify(digest)}) { digest } }` },
      });
      return response.json<{ data: { rankingByDigest: unknown } }>().data.rankingByDigest;
    };
    expect(await find(kept)).toEqual({ digest: kept });
    expect(await find(passing)).toBeNull();
    expect(await find(standard)).toEqual({ digest: standard });
    for (const nonsense of ['', '../../etc/passwd', '%', `${kept} `, kept.toUpperCase(), "' OR 1=1 --"])
      expect(await find(nonsense)).toBeNull();
    await other.close();
  });

  it('no more rankings are kept than may be; then there is no permalink, and the ranking stands all the same', async () => {
    const small = await openApp({ env: { KEPT_RANKINGS: '1' } });
    const query = (year: number): string => `{ ranking(input: { year: ${String(year)} }) { digest permalink } }`;
    const first = await small.data(query(2018));
    expect(first.at('ranking', 'permalink')).toBe(`/rankings/${String(first.at('ranking', 'digest'))}`);
    expect((await small.data(query(2017))).at('ranking', 'permalink')).toBeNull();
    expect((await small.data(query(2018))).at('ranking', 'permalink')).toBe(first.at('ranking', 'permalink'));
    await small.close();
  });
});
