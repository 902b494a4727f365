import * as fc from 'fast-check';
import { openApp, type Json, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

interface List {
  /** Query field with `%` where the paging arguments go. */
  readonly field: string;
  readonly path: readonly string[];
  /** What tells the nodes apart. */
  readonly node: string;
  readonly backward: boolean;
}

const LISTS: readonly List[] = [
  ...['CODE', 'NAME', 'TIER', 'PROVINCE', 'LATITUDE'].flatMap((order) =>
    [false, true].map((descending) => ({
      field: `cities(filter: { provinces: ["330000", "440000", "540000"] } orderBy: ${order} descending: ${String(descending)} %)`,
      path: ['cities'],
      node: 'code tier latitude provinceCode',
      backward: true,
    })),
  ),
  { field: 'indicators(orderBy: UNIT %)', path: ['indicators'], node: 'code unit', backward: true },
  { field: 'frameworks(%)', path: ['frameworks'], node: 'code', backward: true },
  { field: 'methodologies(%)', path: ['methodologies'], node: 'code', backward: true },
  { field: 'sources(orderBy: YEAR descending: true %)', path: ['sources'], node: 'code year', backward: true },
  {
    field: 'publishedRankings(orderBy: SCORE %)',
    path: ['publishedRankings'],
    node: 'report year dimension cityCode score',
    backward: true,
  },
  { field: 'initiatives(%)', path: ['initiatives'], node: 'title cityCode', backward: true },
  {
    field: 'observations(filter: { cities: ["330100", "310000"], years: [2018, 2019] } %)',
    path: ['observations'],
    node: 'cityCode indicatorCode year',
    backward: false,
  },
  { field: 'releases(%)', path: ['releases'], node: 'version', backward: false },
  { field: 'ranking { rows(%) @@ }', path: ['ranking', 'rows'], node: 'rank city { code }', backward: true },
];

async function page(list: List, args: string): Promise<Json> {
  const selection = `{ totalCount nodes { ${list.node} } edges { cursor node { ${list.node} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`;
  const field = list.field.replace('%', args).replace('()', '');
  return app.data(`{ ${field.includes('@@') ? field.replace('@@', selection) : `${field} ${selection}`} }`);
}

/** All nodes of a list, walking in steps of `size` from the front or from the back. */
async function walk(list: List, size: number, backward: boolean): Promise<{ nodes: string[]; total: unknown }> {
  const pages: string[][] = [];
  let cursor: string | null = null;
  for (;;) {
    const position = cursor === null ? '' : ` ${backward ? 'before' : 'after'}: "${cursor}"`;
    const answer = await page(list, `${backward ? 'last' : 'first'}: ${String(size)}${position}`);
    const nodes = answer.list(...list.path, 'nodes').map((node) => JSON.stringify(node));
    const info = (name: string): unknown => answer.at(...list.path, 'pageInfo', name);
    // The short cut and the edges agree, and the page's ends are its cursors.
    expect(
      answer.list(...list.path, 'edges').map((_, i) => JSON.stringify(answer.at(...list.path, 'edges', i, 'node'))),
    ).toEqual(nodes);
    expect(info('startCursor')).toBe(nodes.length === 0 ? null : answer.at(...list.path, 'edges', 0, 'cursor'));
    expect(info('endCursor')).toBe(
      nodes.length === 0 ? null : answer.at(...list.path, 'edges', nodes.length - 1, 'cursor'),
    );
    expect(info(backward ? 'hasNextPage' : 'hasPreviousPage')).toBe(cursor !== null);
    if (backward) pages.unshift(nodes);
    else pages.push(nodes);
    const end = info(backward ? 'startCursor' : 'endCursor');
    cursor = typeof end === 'string' ? end : null;
    if (info(backward ? 'hasPreviousPage' : 'hasNextPage') !== true)
      return { nodes: pages.flat(), total: answer.at(...list.path, 'totalCount') };
    expect(nodes).toHaveLength(size);
  }
}

describe.each(LISTS)('$field', (list) => {
  it('gives each item once, in one order, whatever the page size', async () => {
    const whole = await walk(list, 200, false);
    expect(whole.nodes.length).toBeGreaterThan(0);
    expect(new Set(whole.nodes).size).toBe(whole.nodes.length);
    expect(whole.total).toBe(whole.nodes.length);
    for (const size of [1, 7, whole.nodes.length]) {
      if (size > 200 || whole.nodes.length / size > 60) continue;
      expect((await walk(list, size, false)).nodes).toEqual(whole.nodes);
      if (list.backward) expect((await walk(list, size, true)).nodes).toEqual(whole.nodes);
    }
  });

  it.each([
    ['random letters', 'Zm9v'],
    ['no base64', '%%%'],
    ['nothing', ''],
    ['JSON that is no list', Buffer.from('{"a":1}').toString('base64url')],
    ['an empty list', Buffer.from('[]').toString('base64url')],
    ['another scope', Buffer.from('["nope",1,0,"x"]').toString('base64url')],
    ['SQL', Buffer.from('["observations",1,0,"\' OR 1=1 --","x",2019]').toString('base64url')],
    ['a place past the end', Buffer.from('["observations",1,0,"zzz","zzz",9999]').toString('base64url')],
    ['a negative place', Buffer.from('["releases",1,0,-1]').toString('base64url')],
    ['a huge place', Buffer.from('["releases",1,0,1e300]').toString('base64url')],
    ['padding', 'W10='],
    ['invalid UTF-8', Buffer.from([0xff, 0xfe, 0xfd]).toString('base64url')],
  ])('refuses a cursor of %s', async (_, cursor) => {
    const field = list.field.replace('%', `after: "${cursor}"`).replace('@@', '{ totalCount }');
    const { body } = await app.query(`{ ${field} ${list.field.includes('@@') ? '' : '{ totalCount }'} }`);
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'CURSOR_INVALID', field: 'after' });
  });
});

describe('a cursor of another list', () => {
  it('is refused by another order, another list and another ranking', async () => {
    const ask = async (query: string): Promise<unknown> =>
      (await app.query(query)).body.errors?.[0]?.extensions['code'];
    const byCode = (await app.data('{ cities(first: 1) { pageInfo { endCursor } } }')).at(
      'cities',
      'pageInfo',
      'endCursor',
    );
    expect(await ask(`{ cities(orderBy: NAME after: "${String(byCode)}") { totalCount } }`)).toBe('CURSOR_INVALID');
    expect(await ask(`{ cities(descending: true after: "${String(byCode)}") { totalCount } }`)).toBe('CURSOR_INVALID');
    expect(await ask(`{ indicators(after: "${String(byCode)}") { totalCount } }`)).toBe('CURSOR_INVALID');
    expect(await ask(`{ cities(after: "${String(byCode)}") { totalCount } }`)).toBeUndefined();
    const ranked = (await app.data('{ ranking { rows(first: 1) { pageInfo { endCursor } } } }')).at(
      'ranking',
      'rows',
      'pageInfo',
      'endCursor',
    );
    expect(await ask(`{ ranking(input: { year: 2018 }) { rows(after: "${String(ranked)}") { totalCount } } }`)).toBe(
      'CURSOR_INVALID',
    );
    expect(await ask(`{ ranking { rows(after: "${String(ranked)}") { totalCount } } }`)).toBeUndefined();
  });

  it('any text at all is refused or understood, and never an unexpected error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ maxLength: 60 }), fc.base64String({ maxLength: 60 })), async (after) => {
        const { body } = await app.query(
          'query ($after: String) { cities(after: $after) { totalCount } observations(after: $after) { totalCount } releases(after: $after) { totalCount } }',
          { after },
        );
        for (const error of body.errors ?? []) expect(error.extensions['code']).toBe('CURSOR_INVALID');
        expect(body.errors?.length).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('page arguments', () => {
  const codeOf = async (args: string): Promise<unknown> =>
    (await app.query(`{ cities(${args}) { totalCount } }`)).body.errors?.[0]?.extensions['code'];

  it.each(['first: 0', 'first: -1', 'first: 201', 'last: 0', 'last: 201', 'first: 1 last: 1'])(
    '%s is refused',
    async (args) => {
      expect(await codeOf(args)).toBe('BAD_INPUT');
    },
  );

  it.each([
    'first: 1',
    'first: 200',
    'last: 1',
    'last: 200',
    'first: null',
    'first: null after: null last: null before: null',
  ])('%s is taken', async (args) => {
    expect(await codeOf(args)).toBeUndefined();
  });

  it('50 items unless asked otherwise', async () => {
    expect((await app.data('{ cities { nodes { code } } }')).list('cities', 'nodes')).toHaveLength(50);
    expect((await app.data('{ observations { nodes { year } } }')).list('observations', 'nodes')).toHaveLength(50);
  });

  it('after and before together give what lies between', async () => {
    const edges = (await app.data('{ cities(first: 10) { edges { cursor node { code } } } }')).list(
      'cities',
      'edges',
    ) as { cursor: string; node: { code: string } }[];
    const between = await app.data(
      'query ($after: String, $before: String) { cities(after: $after, before: $before) { nodes { code } pageInfo { hasNextPage hasPreviousPage } } }',
      {
        after: edges[2]?.cursor,
        before: edges[6]?.cursor,
      },
    );
    expect(between.list('cities', 'nodes')).toEqual(edges.slice(3, 6).map((edge) => edge.node));
    expect(between.at('cities', 'pageInfo')).toEqual({ hasNextPage: true, hasPreviousPage: true });
    const crossed = await app.data(
      'query ($after: String, $before: String) { cities(after: $after, before: $before) { nodes { code } } }',
      {
        after: edges[6]?.cursor,
        before: edges[2]?.cursor,
      },
    );
    expect(crossed.list('cities', 'nodes')).toEqual([]);
  });
});
