import { buildSchema, getOperationAST, isObjectType, parse, validate } from 'graphql';
import { createSchema } from '../../../src/resolvers/schema';
import { releasesNamed } from '../../../src/server/answer-files/releases';
import { selectionOf } from '../../../src/server/answer-files/selection';
import { tablesOf } from '../../../src/server/answer-files/tables';
import { writeCsv } from '../../../src/rankings/files/csv';
import { sheetNames } from '../../../src/rankings/files/xlsx';

const SCHEMA = buildSchema(`
  scalar JSON
  type Query { shop: Shop shops: [Shop] things: [Thing!]! named(release: String, of: Of): [Named!] figures: Figures grid: [[Cell!]!]! }
  input Of { release: String inside: [Of!] }
  union Thing = Shop | Person
  interface Named { name: String }
  type Shop implements Named { "Its name." name: String open: Boolean! size: Int rating: Float tags: [String] matrix: [[Float]] more: JSON
    owner: Person people(first: Int): [Person!] figures: Figures columns: ShopColumns! }
  type Person implements Named { name: String age: Int nicknames: [String!]! shops: [Shop] }
  type Figures { label: String values: [Float] }
  type ShopColumns { codes: [String!]! note: String ranks: [Float]! spread: SpreadColumns nodes: [NodeColumn] }
  type SpreadColumns { means: [Float] rows: [[Float!]!] shares: [ShareColumn!] }
  type ShareColumn { share: Float! values: [Float!]! }
  type NodeColumn { node: String! scores: [Float] }
  type Cell { x: Int }
`);

/** The tables of an answer by name: the names of the columns, then the rows. */
function rowsOf(source: string, data: unknown, variables: Record<string, unknown> = {}) {
  const document = parse(source);
  expect(validate(SCHEMA, document)).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('No operation.');
  const found = tablesOf(selectionOf(SCHEMA, document, operation, variables), data);
  return Object.fromEntries(
    found.map((table) => {
      const rows = [...table.rows()];
      expect(rows).toHaveLength(table.rowCount);
      return [table.name, [table.columns.map(({ name }) => name), ...rows]];
    }),
  );
}

describe('tables of an answer', () => {
  it('a list is one, after the scalars of what it is within, and an object is one of a single row', () => {
    const source = '{ shop { name owner { name age } people { age name friends: shops { size owner { age } } } } }';
    const data = {
      shop: {
        name: 'A',
        owner: { name: 'B', age: 1 },
        people: [
          { age: 2, name: 'C', friends: [{ size: 3, owner: null }, null, { size: 4, owner: { age: 5 } }] },
          { age: 6, name: 'D', friends: null },
        ],
      },
    };
    expect(rowsOf(source, data)).toEqual({
      shop: [
        ['name', 'owner.name', 'owner.age'],
        ['A', 'B', 1],
      ],
      'shop.people': [
        ['/name', '/owner/name', '/owner/age', 'age', 'name'],
        ['A', 'B', 1, 2, 'C'],
        ['A', 'B', 1, 6, 'D'],
      ],
      'shop.people.friends': [
        ['/name', '/owner/name', '/owner/age', '/people/age', '/people/name', 'size', 'owner.age'],
        ['A', 'B', 1, 2, 'C', 3, null],
        ['A', 'B', 1, 2, 'C', null, null],
        ['A', 'B', 1, 2, 'C', 4, 5],
      ],
    });
  });

  it('an object that holds a table gives its scalars to that one, not to those beside it', () => {
    const source = '{ shop { size owner { name shops { size } } people { age } } }';
    const data = { shop: { size: 1, owner: { name: 'A', shops: [{ size: 2 }] }, people: [{ age: 3 }] } };
    expect(rowsOf(source, data)).toEqual({
      shop: [
        ['size', 'owner.name'],
        [1, 'A'],
      ],
      'shop.owner.shops': [
        ['/size', '/owner/name', 'size'],
        [1, 'A', 2],
      ],
      'shop.people': [
        ['/size', 'age'],
        [1, 3],
      ],
    });
  });

  it('cells are scalars as they are; other values are text, lists joined, and lists of lists JSON', () => {
    const source = '{ shops { open size rating tags matrix more } }';
    const more = { a: [1] };
    const data = {
      shops: [
        { open: true, size: -3, rating: 0.1 + 0.2, tags: ['a', null, 'b;c'], matrix: [[1.5, null], []], more },
        { open: false, size: null, rating: null, tags: [], matrix: null, more: [1, '2'] },
        { open: false, size: null, rating: 1e-300, tags: null, matrix: [], more: 'text' },
      ],
    };
    expect(rowsOf(source, data)['shops']?.slice(1)).toEqual([
      ['true', -3, 0.30000000000000004, 'a;;b;c', '[[1.5,null],[]]', '{"a":[1]}'],
      ['false', null, null, null, null, '[1,"2"]'],
      ['false', null, 1e-300, null, '[]', 'text'],
    ]);
  });

  it('kinds and descriptions are those of the schema', () => {
    const document = parse('{ shops { name open size rating tags } }');
    const operation = getOperationAST(document);
    const [table] = operation ? tablesOf(selectionOf(SCHEMA, document, operation, {}), { shops: [] }) : [];
    expect(table?.columns.map(({ kind }) => kind)).toEqual(['TEXT', 'TEXT', 'INTEGER', 'NUMBER', 'TEXT']);
    expect(table?.columns[0]?.description).toBe('Its name.');
    expect(table?.rowCount).toBe(0);
  });

  it('parallel lists are rows, with those of the objects around that are as long', () => {
    const source = `{ shop { size columns { codes note ranks spread { means rows shares { share values } }
      nodes { node scores } } } }`;
    const columns = {
      codes: ['a', 'b'],
      note: 'n',
      ranks: [1, null],
      spread: { means: [0.5, 0.25], rows: [[1, 2], [3]], shares: [{ share: 0.1, values: [7, 8] }] },
      nodes: [{ node: 'x', scores: [5, 6] }, { node: 'y', scores: null }, null],
    };
    const found = rowsOf(source, { shop: { size: 9, columns } });
    expect(found['shop']).toEqual([
      ['size', 'columns.note'],
      [9, 'n'],
    ]);
    expect(found['shop.columns']).toEqual([
      ['/size', 'codes', 'note', 'ranks', 'spread.means', 'spread.rows'],
      [9, 'a', 'n', 1, 0.5, '1;2'],
      [9, 'b', 'n', null, 0.25, '3'],
    ]);
    expect(found['shop.columns.spread.shares']).toEqual([
      [
        ...['/size', '/columns/codes', '/columns/note', '/columns/ranks', '/columns/spread/means'],
        ...['/columns/spread/rows', 'share', 'values'],
      ],
      [9, 'a', 'n', 1, 0.5, '1;2', 0.1, 7],
      [9, 'b', 'n', null, 0.25, '3', 0.1, 8],
    ]);
    expect(found['shop.columns.nodes']).toEqual([
      ['/size', '/columns/codes', '/columns/note', '/columns/ranks', 'node', 'scores'],
      [9, 'a', 'n', 1, 'x', 5],
      [9, 'b', 'n', null, 'x', 6],
    ]);
  });

  it('lists that are not of one length are no table, but cells', () => {
    const source = '{ shop { columns { codes ranks nodes { node scores } } figures { label values } } }';
    const columns = { codes: ['a', 'b'], ranks: [1], nodes: [{ node: 'x', scores: [5, 6] }] };
    const found = rowsOf(source, { shop: { columns, figures: { label: 'f', values: [1, 2] } } });
    expect(found['shop']).toEqual([
      ['columns.codes', 'columns.ranks', 'figures.label', 'figures.values'],
      ['a;b', '1', 'f', '1;2'],
    ]);
    expect(found['shop.columns']).toBeUndefined();
    // Parallel by themselves; nothing of the others stands beside them.
    expect(found['shop.columns.nodes']?.slice(1)).toEqual([
      ['f', '1;2', 'a;b', '1', 'x', 5],
      ['f', '1;2', 'a;b', '1', 'x', 6],
    ]);
  });

  it('objects of parallel lists of which none is selected are objects', () => {
    const data = { shop: { columns: { note: 'n', nodes: [{ node: 'x' }, { node: 'y' }] } } };
    expect(rowsOf('{ shop { columns { note nodes { node } } } }', data)).toEqual({
      shop: [['columns.note'], ['n']],
      'shop.columns.nodes': [
        ['/columns/note', 'node'],
        ['n', 'x'],
        ['n', 'y'],
      ],
    });
  });

  it('fields of every type that an item may have are columns, null where it has another', () => {
    const source = `{ things { __typename ...on Shop { size tags } ...P ...on Named { name } } }
      fragment P on Person { age shops { size } ...on Person { years: age } }`;
    const data = {
      things: [
        { __typename: 'Shop', size: 1, tags: ['t'], name: 'A' },
        { __typename: 'Person', age: 2, shops: [{ size: 3 }], years: 2, name: 'B' },
      ],
    };
    const found = rowsOf(source, data);
    expect(found['things']).toEqual([
      ['__typename', 'size', 'tags', 'age', 'years', 'name'],
      ['Shop', 1, 't', null, null, 'A'],
      ['Person', null, null, 2, 2, 'B'],
    ]);
    expect(found['things.shops']?.[1]?.at(-1)).toBe(3);
  });

  it('what is selected twice is one column, what is skipped none', () => {
    const source = `query ($yes: Boolean = true, $no: Boolean!) { shops { name ...F name owner { age } size @skip(if: $yes)
      rating @include(if: $no) ... @include(if: $yes) { open } ...F @skip(if: $no) } }
      fragment F on Shop { owner { name } }`;
    const data = { shops: [{ name: 'A', owner: { name: 'B', age: 1 }, open: true }] };
    expect(rowsOf(source, data, { yes: true, no: false })).toEqual({
      shops: [
        ['name', 'owner.name', 'owner.age', 'open'],
        ['A', 'B', 1, 'true'],
      ],
    });
  });

  it('nothing that every object has is taken for a field', () => {
    const source = '{ things { ...on Shop { constructor: size __proto__: owner { age } } } }';
    const data: unknown = JSON.parse('{"things":[{},{"constructor":1,"__proto__":{"age":2}}]}');
    expect(rowsOf(source, data)).toEqual({
      things: [
        ['constructor', '__proto__.age'],
        [null, null],
        [1, 2],
      ],
    });
  });

  it('an object that is null has no row, and what is no figure no table', () => {
    expect(rowsOf('{ shop { size } }', { shop: null })).toEqual({ shop: [['size']] });
    expect(rowsOf('{ __typename shop { __typename people { __typename } } }', { shop: { people: [{}] } })).toEqual({});
    expect(rowsOf('{ __schema { description types { name } } __type(name: "A") { name } }', { __schema: {} })).toEqual(
      {},
    );
  });

  it('lists of lists of objects are one list', () => {
    expect(rowsOf('{ grid { x } }', { grid: [[{ x: 1 }, { x: 2 }], [], [{ x: 3 }]] })).toEqual({
      grid: [['x'], [1], [2], [3]],
    });
  });

  it('names are those of the answer and no two are the same', () => {
    const source = `{ a: shop { size people { size: age shop: shops { size } } } b: shop { size } }`;
    const person = { size: 2, shop: [{ size: 3 }] };
    const found = rowsOf(source, { a: { size: 1, people: [person] }, b: { size: 1 } });
    expect(found['a.people.shop']).toEqual([
      ['/size', '/people/size', 'size'],
      [1, 2, 3],
    ]);
    expect(Object.keys(found)).toEqual(['a', 'a.people', 'a.people.shop', 'b']);
  });
});

it('types of parallel lists are those that the schema names so', () => {
  const types = Object.values(createSchema().getTypeMap()).filter(isObjectType);
  const found = types
    .filter((type) => /(Column|Columns|Matrix)$/.test(type.name))
    .filter((type) =>
      Object.values(type.getFields()).some(({ type: given }) => /^\[+(Float|Int|String)/.test(String(given))),
    )
    .map(({ name }) => name);
  expect(found.sort()).toEqual([
    'DrawPercentileColumn',
    'DrawShareColumns',
    'DrawSpreadColumns',
    'NodeColumn',
    'PairMatrix',
    'RankBoundsColumns',
    'RankingColumns',
    'UncertaintyColumns',
  ]);
});

describe('releases that an operation names', () => {
  const named = (source: string, variables: Record<string, unknown> = {}): readonly string[] => {
    const document = parse(source);
    const operation = getOperationAST(document, 'Q');
    if (!operation) throw new Error('No operation.');
    return releasesNamed(document, operation, variables);
  };

  it('are found in arguments, in inputs, in variables and in fragments', () => {
    expect(named('query Q { named(release: "b") { name } }')).toEqual(['b']);
    expect(named('query Q { named(of: { inside: [{ release: "a" }] }) { name } }')).toEqual(['a']);
    expect(named('query Q($r: String) { named(release: $r) { name } }', { r: 'c' })).toEqual(['c']);
    expect(named('query Q($o: Of) { named(of: $o) { name } }', { o: { inside: [{ release: 'd' }] } })).toEqual(['d']);
    expect(named('query Q { ...F } fragment F on Query { named(release: "e") { name } }')).toEqual(['e']);
  });

  it('are none where nothing names one', () => {
    expect(named('query Q($release: Int) { a: named(release: null) { name } }', { release: 'x' })).toEqual([]);
    expect(named('query Q { named { name } } query R { named(release: "z") { name } }')).toEqual([]);
  });
});

it('names of sheets are short, and none is that of another or kept by a spreadsheet', () => {
  const long = 'ranking.robustness.uncertainty.cities.nodes';
  expect(sheetNames(['a.b', 'A.b', 'columns', 'History', long, `x.${long}`, 'y'.repeat(40)])).toEqual([
    'a.b',
    'A.b~2',
    'columns~2',
    'History~2',
    'uncertainty.cities.nodes',
    'uncertainty.cities.nodes~2',
    'y'.repeat(31),
  ]);
});

it('long texts that are repeated are written in small parts', () => {
  const selection = { description: '', type: 'String', lists: 0, fields: null };
  const people = [{ ...selection, name: 'n', field: 'n' }];
  const root = [
    { ...selection, name: 'text', field: 'text' },
    { ...selection, name: 'people', field: 'people', type: 'Person', lists: 1, fields: people },
  ];
  const data = { a: { text: 'x'.repeat(100_000), people: Array.from({ length: 1000 }, () => ({ n: 'y' })) } };
  const table = tablesOf([{ ...selection, name: 'a', field: 'a', type: 'A', fields: root }], data)[1];
  if (!table) throw new Error('No table.');
  const parts = [...writeCsv(table)];
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(2 * 20_000 * 256);
  expect(parts.join('').length).toBeGreaterThan(1e8);
});
