import { buildSchema, graphqlSync, GraphQLError, parse, validate } from 'graphql';
import { wrongLiteral, wrongVariable } from '../../src/server/wrong-values';
import { openApp, type TestApp } from '../helpers/app';

const schema = buildSchema(`
  enum Kind { GIVEN EQUAL }
  input I { year: Int, kind: Kind, kinds: [Kind!], text: String, need: Int!, one: One }
  input One @oneOf { a: Int b: Int }
  type Query { list(kind: Kind, i: I, n: Int! = 3, shares: [Float]): Int needs(n: Int!): Int }
`);

/** What is told where a value comes as a variable, by the argument that it stands for. */
function ofVariable(type: string, use: string, value: unknown): unknown {
  const source = `query ($v: ${type}) { ${use.replace('?', '$v')} }`;
  const { errors } = graphqlSync({ schema, source, variableValues: value === undefined ? {} : { v: value } });
  const [error] = errors ?? [];
  if (!error) throw new Error('The value was taken.');
  return wrongVariable(error.message);
}

function ofLiteral(source: string): unknown {
  const document = parse(source);
  const [error] = validate(schema, document);
  if (!error) throw new Error('The document is valid.');
  return wrongLiteral(error, document);
}

/** Told alike, but that a variable begins with its own name. */
it.each([
  ['Kind', 'list(kind: ?)', 'GIVEM', 'GIVEM', ['v', 'kind'], 'GIVEM', 'a value of Kind'],
  ['Kind', 'list(kind: ?)', 3, '3', ['v', 'kind'], 3, 'a value of Kind'],
  ['I', 'list(i: ?)', { year: 'x', need: 1 }, '{ year: "x", need: 1 }', ['v.year', 'i.year'], 'x', 'a value of Int'],
  ['I', 'list(i: ?)', { year: 1.5, need: 1 }, '{ year: 1.5, need: 1 }', ['v.year', 'i.year'], 1.5, 'a value of Int'],
  [
    'I',
    'list(i: ?)',
    { need: 1, kinds: ['GIVEN', 'Q'] },
    '{ need: 1, kinds: [GIVEN, Q] }',
    ['v.kinds[1]', 'i.kinds[1]'],
    'Q',
    'a value of Kind',
  ],
  ['I', 'list(i: ?)', { need: null }, '{ need: null }', ['v.need', 'i.need'], null, 'a value of Int!'],
  ['I', 'list(i: ?)', {}, '{}', ['v.need', 'i.need'], null, 'a value of Int!'],
  ['I', 'list(i: ?)', 3, '3', ['v', 'i'], 3, /^a value of I$/],
  [
    'I',
    'list(i: ?)',
    { need: 1, one: { a: 1, b: 2 } },
    '{ need: 1, one: { a: 1, b: 2 } }',
    ['v.one', 'i.one'],
    /a.*1.*b.*2/,
    'exactly one field of One',
  ],
  ['[Float]', 'list(shares: ?)', [1, 'a'], '[1, "a"]', ['v[1]', 'shares[1]'], 'a', 'a value of Float'],
  // What looks like the rest of the sentence.
  [
    'I',
    'list(i: ?)',
    { need: '"x" at "i.year"; Field' },
    String.raw`{ need: "\"x\" at \"i.year\"; Field" }`,
    ['v.need', 'i.need'],
    '"x" at "i.year"; Field',
    'a value of Int',
  ],
] as const)('%s of %s: %j', (type, use, variable, literal, [inVariable, inLiteral], value, allowed) => {
  const told = (field: string): unknown => ({
    field,
    value: value instanceof RegExp ? (expect.stringMatching(value) as unknown) : value,
    allowed: allowed instanceof RegExp ? (expect.stringMatching(allowed) as unknown) : allowed,
  });
  expect(ofVariable(type, use, variable)).toEqual(told(inVariable));
  expect(ofLiteral(`{ ${use.replace('?', literal)} }`)).toEqual(told(inLiteral));
});

it('a field that there is not', () => {
  expect(ofVariable('I', 'list(i: ?)', { need: 1, yaer: 3 })).toEqual({
    field: 'v.yaer',
    value: null,
    allowed: 'a field of I',
  });
  expect(ofLiteral('{ list(i: { need: 1, yaer: 3 }) }')).toEqual({
    field: 'i.yaer',
    value: 3,
    allowed: 'a field of I',
  });
});

it('what is left out', () => {
  const needed = { field: 'n', value: null, allowed: 'a value of Int!' };
  expect(ofLiteral('{ needs }')).toEqual(needed);
  expect(ofLiteral('{ needs(n: null) }')).toEqual(needed);
  expect(ofVariable('Int!', 'needs(n: ?)', null)).toEqual({ ...needed, field: 'v' });
  expect(ofVariable('Int!', 'needs(n: ?)', undefined)).toEqual({ ...needed, field: 'v' });
  expect(ofVariable('Int = 3', 'needs(n: ?)', null)).toEqual(needed);
});

it('the default of a variable', () => {
  expect(ofLiteral('query ($v: I = { need: "x" }) { list(i: $v) }')).toEqual({
    field: 'v.need',
    value: 'x',
    allowed: 'a value of Int',
  });
});

it('numbers that are none in a program, and long values, are told shortened as they were written', () => {
  expect(ofLiteral('{ list(n: 1e400) }')).toMatchObject({ value: '1e400' });
  expect(ofLiteral(`{ list(n: ${'9'.repeat(50_000)}) }`)).toMatchObject({ value: `${'9'.repeat(100)}…` });
  expect(ofVariable('I', 'list(i: ?)', { need: 'x'.repeat(1000) })).toMatchObject({ value: `${'x'.repeat(100)}…` });
});

it('of anything else nothing is told', () => {
  expect(ofLiteral('{ nope }')).toBeNull();
  expect(ofLiteral('query ($v: Float) { list(n: $v) }')).toBeNull();
  expect(wrongVariable('Expected something else.')).toBeNull();
  expect(wrongLiteral(new GraphQLError('Value "X" does not exist in "Kind" enum.'), parse('{ list }'))).toBeNull();
});

describe('over HTTP, in production', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp({ env: { NODE_ENV: 'production' }, bundle: null });
  });
  afterAll(() => app.close());

  const METHOD = { value: 'MINMAX', allowed: 'a value of NormalisationMethod' };
  it.each([
    [
      'query ($input: RankingInput) { ranking(input: $input) { digest } }',
      { input: { recipe: { normalise: { method: 'MINMAX' } } } },
      { code: 'BAD_INPUT', field: 'input.recipe.normalise.method', ...METHOD },
    ],
    [
      '{ ranking(input: { recipe: { normalise: { method: MINMAX } } }) { digest } }',
      {},
      { code: 'GRAPHQL_VALIDATION_FAILED', field: 'input.recipe.normalise.method', ...METHOD },
    ],
    [
      'query ($input: RankingInput) { ranking(input: $input) { digest } }',
      { input: { year: 'x' } },
      { code: 'BAD_INPUT', field: 'input.year', value: 'x', allowed: 'a value of Int' },
    ],
  ])('%s %j', async (query, variables, extensions) => {
    const { status, body } = await app.query(query, variables);
    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.objectContaining({ extensions })]);
    // Nothing of the schema but what the sentence says.
    expect(body.errors?.[0]?.message).toContain(/\w+$/.exec(extensions.allowed)?.[0]);
  });
});
