import {
  buildSchema,
  execute,
  getOperationAST,
  isObjectType,
  parse,
  validateSchema,
  type GraphQLSchema,
} from 'graphql';
import { createSchema } from '../../src/resolvers/schema';
import { CompiledOperations } from '../../src/server/executor';
import { withWholeLists } from '../../src/server/whole-lists';

const FIELDS = {
  floats: '[Float!]',
  gappy: '[Float]!',
  ints: '[Int!]!',
  texts: '[String]',
  ids: '[ID!]',
  flags: '[Boolean]',
  matrix: '[[Float!]!]!',
  kinds: '[Kind!]',
} as const;
type Field = keyof typeof FIELDS;

const SDL = `enum Kind { A B } type Query { ${Object.entries(FIELDS)
  .map(([name, type]) => `${name}: ${type}`)
  .join(' ')} }`;

function schemaOf(values: Partial<Record<Field, unknown>>): GraphQLSchema {
  const schema = buildSchema(SDL);
  const fields = schema.getQueryType()?.getFields() ?? {};
  for (const [name, value] of Object.entries(values)) {
    const field = fields[name];
    if (field) field.resolve = () => value;
  }
  return schema;
}

/** What graphql-js says, and what the compiled operation does; null where it is left to graphql-js. */
async function both(field: Field, value: unknown): Promise<{ readonly plain: unknown; readonly compiled: unknown }> {
  const schema = schemaOf({ [field]: value });
  const document = parse(`{ ${field} }`);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('No operation.');
  const { data, errors } = await execute({ schema, document });
  const compiled = await new CompiledOperations(schema, 0).run(document, operation, {}, {});
  return { plain: errors ? 'errors' : JSON.stringify(data), compiled: compiled && JSON.stringify(compiled) };
}

it.each<[Field, unknown]>([
  ['floats', [1, 2.5, -0, 1e-7, Number.MAX_VALUE]],
  ['floats', []],
  ['floats', null],
  ['gappy', [null, 1, null]],
  ['ints', [0, 2 ** 31 - 1, -(2 ** 31)]],
  ['texts', ['a', null, '']],
  ['ids', ['a']],
  ['flags', [true, null, false]],
  ['matrix', [[1, 2], [], [3]]],
  ['kinds', ['A', 'B']],
])('%s: %j is the same compiled', async (field, value) => {
  const { plain, compiled } = await both(field, value);
  expect(plain).not.toBe('errors');
  expect(compiled).toBe(plain);
});

it.each<[Field, unknown, 'errors' | 'answer']>([
  ['floats', [1, null], 'errors'],
  ['floats', [NaN], 'errors'],
  ['gappy', [Infinity], 'errors'],
  ['gappy', ['1'], 'answer'],
  ['gappy', [1, undefined], 'answer'],
  ['ints', [1.5], 'errors'],
  ['ints', [2 ** 31], 'errors'],
  ['texts', [1], 'answer'],
  ['texts', 'abc', 'errors'],
  ['texts', new Set(['a']), 'answer'],
  ['ids', [1], 'answer'],
  ['flags', [1], 'answer'],
  ['matrix', [[1], [null]], 'errors'],
  ['matrix', [[1], null], 'errors'],
])('%s: %p is left to graphql-js', async (field, value, expected) => {
  const { plain, compiled } = await both(field, value);
  expect(compiled).toBeNull();
  expect(plain === 'errors' ? 'errors' : 'answer').toBe(expected);
});

it('of our schema only lists of built-in scalars change, and the schema itself is left as it is', () => {
  const schema = createSchema();
  const types = (of: GraphQLSchema): Map<string, string> =>
    new Map(
      Object.values(of.getTypeMap())
        .filter(isObjectType)
        .flatMap((type) =>
          Object.values(type.getFields()).map(({ name, type: is }) => [`${type.name}.${name}`, String(is)] as const),
        ),
    );
  const before = types(schema);
  const whole = withWholeLists(schema);
  expect(types(schema)).toEqual(before);
  expect(validateSchema(whole)).toEqual([]);
  const after = types(whole);
  const changed = [...before].filter(([field, type]) => after.get(field) !== type && !field.startsWith('__'));
  expect(changed.length).toBeGreaterThan(20);
  expect(changed.filter(([, type]) => !/^\[+(Float|Int|String|ID|Boolean)[!\]]+$/.test(type))).toEqual([]);
  expect([...before].filter(([, type]) => /^\[+(Float|Int|String|ID|Boolean)[!\]]+$/.test(type))).toEqual(
    expect.arrayContaining(changed),
  );
});
