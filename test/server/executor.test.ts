import {
  execute,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isObjectType,
  parse,
  validate,
  type ExecutionResult,
} from 'graphql';
import type { Context } from '../../src/resolvers/context';
import { Ledger } from '../../src/rankings/ledger';
import { ARGUMENT_LIMITS } from '../../src/resolvers/rules';
import { createSchema } from '../../src/resolvers/schema';
import { anonymous } from '../../src/server/access';
import { CompiledOperations } from '../../src/server/executor';
import { readExamples } from '../../src/server/graphiql';
import { openApp, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const schema = createSchema();
const context = (): Context => ({
  ...app.services,
  ledger: new Ledger(Infinity),
  client: '',
  requestId: 'x',
  principal: anonymous(true),
  argumentLimits: ARGUMENT_LIMITS,
  log: { error: () => undefined },
  life: new AbortController(),
});

const both = async (
  query: string,
  variables: Record<string, unknown> = {},
): Promise<{ readonly compiled: string | null; readonly plain: ExecutionResult }> => {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('No operation.');
  const plain = await execute({ schema, document, contextValue: context(), variableValues: variables });
  const operations = new CompiledOperations(schema, 0);
  const result = await operations.run(document, operation, context(), variables);
  if (result) expect(operations.write(operation, result)).toBe(JSON.stringify({ data: result }));
  return { compiled: result && JSON.stringify(result), plain };
};

/** Compiled and interpreted give the same bytes. */
const same = async (query: string, variables?: Record<string, unknown>): Promise<void> => {
  const { compiled, plain } = await both(query, variables);
  expect(plain.errors).toBeUndefined();
  expect(compiled).toBe(JSON.stringify(plain.data));
};

/** `node` may change without a release, `permalink` and `files` keep the ranking. */
const LEFT_TO_GRAPHQL_JS = ['client-2-node', 'client-3-files'];

it.each(readExamples().map(({ name, query }) => [name, query]))('%s is the same compiled', async (name, query) => {
  if (LEFT_TO_GRAPHQL_JS.includes(name)) expect((await both(query)).compiled).toBeNull();
  else await same(query);
});

const SWITCHED = `query ($on: Boolean!, $off: Boolean = false, $input: RankingInput) {
  ranking(input: $input) { digest year @include(if: $on) recipe @skip(if: $on) ... @include(if: $off) { engineVersion }
    rows(first: 3) { ...part @include(if: $on) totalCount pageInfo { hasNextPage endCursor } edges { cursor node { rank __typename } } } } }
  fragment part on RankedCityConnection { nodes { score city { name(language: ZH) code } nodeScores { node score figures { value year treatment } } } }`;

it.each([
  { on: true },
  { on: false },
  { on: true, off: true },
  { on: true, input: null },
  { on: true, input: { year: 2019, recipe: { aggregate: [{ level: 1, method: 'ARITHMETIC' }] } } },
  { on: false, input: { recipe: { weight: { method: 'GIVEN', weights: [{ node: 'governance', weight: 3 }] } } } },
])('directives, fragments, defaults, enums and scalars: %j', async (variables) => {
  await same(SWITCHED, variables);
});

const DEFAULTS = `query ($language: Language! = ZH, $with: Boolean! = true, $first: Int! = 2, $codes: [String!]! = "330100",
  $years: [Int!]! = [2018, 2019], $input: RankingInput! = { year: 2018, recipe: { aggregate: [{ level: 1, method: ARITHMETIC }],
    weight: { method: GIVEN, weights: [{ node: "governance", weight: 3 }] } } }) {
  ranking(input: $input) { digest year @include(if: $with) rows(first: $first) { nodes { score city { name(language: $language) } } } }
  rankHistory(cities: $codes, years: $years) { cities { city { code } years { year rank } } } }`;

it.each([
  {},
  { language: 'FR', with: false, first: 1, codes: ['310000', '420100'], years: [2017], input: {} },
  { input: { year: 2016 }, codes: '310000' },
])('defaults of variables that must not be null: %j', async (variables) => {
  await same(DEFAULTS, variables);
});

it('lists of numbers and texts, with nulls among them, and lists of lists', async () => {
  await same(
    `{ ranking { columns { cityCodes ranks scores nodes { node scores ranks } } rows(first: 5) { nodes { imputed } }
      diagnostics { correlations { coefficients pValues } } } methods { references { url } } }`,
  );
});

it('what is written is what JSON.stringify writes, from the first result on', async () => {
  const document = parse(
    'query ($year: Int) { ranking(input: { year: $year }) { year rows(first: 9) { nodes { rank score } } } }',
  );
  const operation = getOperationAST(document);
  if (!operation) throw new Error('No operation.');
  const operations = new CompiledOperations(schema, 0);
  for (const year of [2019, 2016, 2019]) {
    const data = await operations.run(document, operation, context(), { year });
    if (!data) throw new Error('Not compiled.');
    expect(operations.write(operation, data)).toBe(JSON.stringify({ data }));
    expect(operations.writeSent({ data })).toBe(JSON.stringify({ data }));
    operations.willSend(operation, data);
    expect(operations.writeSent({ data })).toBe(JSON.stringify({ data }));
  }
  // With anything beside the data, and data of somebody else.
  const data = await operations.run(document, operation, context(), {});
  if (data) operations.willSend(operation, data);
  for (const sent of [{ data, extensions: { cost: 1 } }, { errors: [{ message: 'x' }], data }, { data: { a: 1 } }, {}])
    expect(operations.writeSent(sent)).toBe(JSON.stringify(sent));
});

it('a name that objects have already, and texts that JSON escapes', async () => {
  await same('{ ranking { constructor: year toString: engineVersion } }');
  // The compiler would lose it.
  expect((await both('{ ranking { __proto__: digest year } }')).compiled).toBeNull();
  await same('{ methods { id formula summary parameters { name description } references { citation } } }');
});

it('no field that is compiled may hold one of several types, whose members have orders of their own', () => {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.values(type.getFields())
          .filter((field) => isAbstractType(getNamedType(field.type)))
          .map((field) => `${type.name}.${field.name}`)
      : [],
  );
  // Asked for by ids, whose answers may change without a release.
  expect(fields.sort()).toEqual(['Query.node', 'Query.nodes']);
});

it('introspection', async () => {
  await same(
    '{ __schema { types { name kind fields(includeDeprecated: true) { name type { kind name ofType { kind name } } args { name defaultValue } } } } }',
  );
});

it.each([
  ['a resolver that refuses', '{ ranking(input: { year: 1900 }) { digest } methods { id } }', {}],
  ['a variable of the wrong type', SWITCHED, { on: true, input: { year: 'x' } }],
  ['a variable that is missing', SWITCHED, {}],
  ['null for a variable that must not be null', SWITCHED, { on: null }],
  ['null for one with a default', DEFAULTS, { language: null }],
  ['a null in a list with a default', DEFAULTS, { codes: ['310000', null] }],
])('%s is left to graphql-js', async (_, query, variables) => {
  const { compiled, plain } = await both(query, variables);
  expect(plain.errors).toBeDefined();
  expect(compiled).toBeNull();
});

it('what is not constant is not run, and nothing is compiled before it has come again', async () => {
  const changing = parse('{ releases { totalCount } }');
  const constant = parse('{ ranking { digest } }');
  const [a, b] = [getOperationAST(changing), getOperationAST(constant)];
  if (!a || !b) throw new Error('No operation.');
  const operations = new CompiledOperations(schema, 2);
  const results: boolean[] = [];
  for (let time = 0; time < 4; time++) {
    expect(await operations.run(changing, a, context(), {})).toBeNull();
    results.push((await operations.run(constant, b, context(), {})) !== null);
  }
  expect(results).toEqual([false, false, true, true]);
});
