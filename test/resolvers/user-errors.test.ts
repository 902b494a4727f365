import { ArgumentValidationError } from 'type-graphql';
import { validateSync } from 'class-validator';
import { refuse, RequestError } from '../../src/rankings/request-error';
import { WholeNumber } from '../../src/resolvers/rules';
import { userErrorsOf, withUserErrors } from '../../src/resolvers/user-errors';
import { ScoringError } from '../../src/scoring';

class Form {
  @WholeNumber(1, 5, 'size')
  size = 9;
}

it('a refusal becomes one entry with its place, value and what is allowed', async () => {
  const outcome = await withUserErrors(() => {
    throw refuse('NOT_FOUND', 'city', 'x'.repeat(500), 'There is no such city.', 'one of a, b');
  });
  expect(outcome).toEqual({
    value: null,
    userErrors: [
      {
        path: 'city',
        code: 'NOT_FOUND',
        message: 'There is no such city.',
        value: `${'x'.repeat(100)}…`,
        allowed: 'one of a, b',
      },
    ],
  });
});

it('every problem of the engine is told, each under its own code', () => {
  const problem = { path: 'a', value: -1, message: 'Negative.', allowed: 'at least 0' };
  const error = new ScoringError('BAD_INPUT', 'Two.', [problem, { ...problem, path: 'b', code: 'WEIGHTS_INVALID' }]);
  expect(userErrorsOf(error).map(({ path, code }) => [path, code])).toEqual([
    ['a', 'BAD_INPUT'],
    ['b', 'WEIGHTS_INVALID'],
  ]);
});

it('broken rules of an input class are told in the same form', () => {
  expect(userErrorsOf(new ArgumentValidationError(validateSync(new Form())))).toEqual([
    {
      path: 'size',
      code: 'BAD_INPUT',
      message: 'The size is out of range.',
      value: 9,
      allowed: 'a whole number from 1 to 5',
    },
  ]);
});

it('a refusal without problems keeps its code; what is nobody’s input is thrown on', async () => {
  expect(userErrorsOf(new RequestError('NO_DATA', 'Nothing.'))).toMatchObject([{ code: 'NO_DATA', path: '' }]);
  await expect(withUserErrors(() => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
  expect(() => userErrorsOf(new RequestError('NOT_READY', 'Later.'))).toThrow('Later.');
});

it('work that succeeds gives its value', async () => {
  await expect(withUserErrors(() => 3)).resolves.toEqual({ value: 3, userErrors: [] });
});
