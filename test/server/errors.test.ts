import { buildSchema, GraphQLError, graphqlSync } from 'graphql';
import { RequestError, refuse } from '../../src/rankings/request-error';
import { ScoringError } from '../../src/scoring';
import {
  codeOf,
  echo,
  emitErrorDocs,
  ERROR_CATALOGUE,
  extensionsOf,
  makeErrorFormatter,
} from '../../src/server/errors';

const wrap = (original: Error): GraphQLError =>
  new GraphQLError(original.message, { originalError: original, path: ['ranking'] });

describe('the error catalogue', () => {
  it.each(Object.entries(ERROR_CATALOGUE))('%s says what happened and what to do', (code, entry) => {
    expect(code).toMatch(/^[A-Z][A-Z_]*$/);
    expect(entry.meaning).toMatch(/\.$/);
    expect(entry.remedy).toMatch(/\.$/);
    expect([200, 400, 401, 403, 404, 405, 408, 413, 414, 415, 429, 431, 500, 503]).toContain(entry.status);
  });

  it('is printed whole in the docs', () => {
    const docs = emitErrorDocs();
    for (const code of Object.keys(ERROR_CATALOGUE)) expect(docs).toContain(`| \`${code}\` |`);
    expect(docs).not.toContain('undefined');
  });
});

describe('codeOf', () => {
  it.each([
    [new RequestError('CURSOR_INVALID', 'x'), 'CURSOR_INVALID'],
    [wrap(new RequestError('NOT_FOUND', 'x')), 'NOT_FOUND'],
    [wrap(new ScoringError('NO_DATA', 'x')), 'NO_DATA'],
    [new GraphQLError('x', { extensions: { code: 'BAD_USER_INPUT' } }), 'BAD_INPUT'],
    [new GraphQLError('x', { extensions: { code: 'GRAPHQL_PARSE_FAILED' } }), 'GRAPHQL_PARSE_FAILED'],
    [new GraphQLError('x', { extensions: { code: 'INTERNAL_SERVER_ERROR' } }), 'INTERNAL'],
    [new GraphQLError('x', { extensions: { code: 'toString' } }), 'INTERNAL'],
    [wrap(new TypeError('x')), 'INTERNAL'],
    [new Error('x'), 'INTERNAL'],
    ['x', 'INTERNAL'],
    [undefined, 'INTERNAL'],
  ])('%s → %s', (error, code) => {
    expect(codeOf(error)).toBe(code);
  });
});

it.each([
  ['a field', 'query ($n: Int = 1) { list(first: $n) }', { n: null }],
  ['a field, in a list', 'query ($n: Int = 1) { list(tags: [$n]) }', { n: null }],
  ['a directive', 'query ($on: Boolean = true) { list @include(if: $on) }', { on: null }],
])('a null for a variable with a default, where %s can take none, is bad input', (_, source, variableValues) => {
  const schema = buildSchema('type Query { list(first: Int! = 3, tags: [Int!]): Int }');
  const { errors } = graphqlSync({ schema, source, variableValues });
  expect(errors?.map(codeOf)).toEqual(['BAD_INPUT']);
});

it('names what the schema has instead where it may only', () => {
  const schema = buildSchema('enum Kind { GIVEN EQUAL } type Query { list(kind: Kind): Int }');
  const source = 'query ($kind: Kind) { list(kind: $kind) }';
  const { errors = [] } = graphqlSync({ schema, source, variableValues: { kind: 'GIVEM' } });
  const [error] = errors.map((wrong) => new GraphQLError(wrong.message, { extensions: { code: 'BAD_USER_INPUT' } }));
  if (!error) throw new Error('The variable was taken.');
  const messageBy = (suggestions?: boolean): string =>
    makeErrorFormatter(() => undefined, suggestions)(error.toJSON(), error).message;
  expect(messageBy(true)).toMatch(/"GIVEM" does not exist in "Kind" enum\. Did you mean the enum value "GIVEN"\?$/);
  expect([messageBy(false), messageBy()]).toEqual(
    Array(2).fill(expect.stringMatching(/"GIVEM" does not exist in "Kind" enum\.$/)),
  );
});

describe('the formatter', () => {
  const format = makeErrorFormatter(() => 'request-1');

  it('masks what nobody raised on purpose and gives the request id', () => {
    const error = wrap(new Error('SQLITE_ERROR: no such table city at /srv/app/secret.sqlite'));
    const formatted = format(error.toJSON(), error);
    expect(formatted).toEqual({
      message: 'Unexpected error',
      path: ['ranking'],
      extensions: { code: 'INTERNAL', requestId: 'request-1' },
    });
  });

  it('gives field, value and what is allowed', () => {
    const error = wrap(refuse('BAD_INPUT', 'first', 0, 'Too small.', 'at least 1'));
    expect(format(error.toJSON(), error)).toMatchObject({
      message: 'first: Too small. Allowed: at least 1.',
      extensions: { code: 'BAD_INPUT', field: 'first', value: 0, allowed: 'at least 1' },
    });
  });

  it('adds what is allowed to a sentence that does not say it', () => {
    const problem = { path: 'year', value: 1900, message: 'No data.', allowed: 'a year with data: 2019' };
    const error = wrap(new ScoringError('NO_DATA', 'No city has data.', [problem]));
    expect(format(error.toJSON(), error).message).toBe('No city has data. Allowed: a year with data: 2019.');
  });

  it('shortens a message that repeats a long input', () => {
    const error = wrap(new RequestError('BAD_INPUT', 'x'.repeat(100_000)));
    expect(format(error.toJSON(), error).message.length).toBeLessThan(600);
  });
});

describe('extensionsOf', () => {
  const problem = (index: number) => ({
    path: `p${String(index)}`,
    value: index,
    message: 'Wrong.',
    allowed: 'right',
    ...(index === 1 && { code: 'NOT_FOUND' as const }),
  });

  it('lists every problem with its own code, and counts those past the limit', () => {
    const many = new ScoringError(
      'BAD_INPUT',
      'x',
      Array.from({ length: 30 }, (_, index) => problem(index)),
    );
    const extensions = extensionsOf(many);
    expect(extensions).toMatchObject({ code: 'BAD_INPUT', field: 'p0', problemCount: 30 });
    expect(extensions['problems']).toHaveLength(20);
    expect(extensions['problems']).toEqual(
      expect.arrayContaining([{ code: 'NOT_FOUND', field: 'p1', value: 1, message: 'Wrong.', allowed: 'right' }]),
    );
  });
});

describe('echo', () => {
  it.each([
    [null, null],
    [undefined, null],
    [true, true],
    [1.5, 1.5],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    ['short', 'short'],
    [['a', 1], '["a",1]'],
    [{ a: 1 }, '{"a":1}'],
    ['x'.repeat(100), 'x'.repeat(100)],
    ['x'.repeat(101), `${'x'.repeat(100)}…`],
    ['😀'.repeat(101), `${'😀'.repeat(100)}…`],
    ['a\ud800b', 'a\ufffdb'],
  ])('%j → %j', (value, expected) => {
    expect(echo(value)).toBe(expected);
  });
});
