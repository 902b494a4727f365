import { atPath, refuse, RequestError } from '../../src/rankings/request-error';
import { ScoringError } from '../../src/scoring';

/** What is refused of a part of the arguments at `input`, as sentence and places. */
async function refusal(error: Error): Promise<unknown> {
  const isElsewhere = (path: string): boolean => path.startsWith('recipe');
  const refused: unknown = await atPath(
    'input',
    () => {
      throw error;
    },
    isElsewhere,
  ).catch((thrown: unknown) => thrown);
  return refused instanceof RequestError || refused instanceof ScoringError
    ? [refused.message, refused.problems.map(({ path }) => path)]
    : refused;
}

const problem = (path: string) => ({ path, value: 1, message: 'Too small.', allowed: '2' });

it('a refusal of a part names the whole place once, in its sentence as among its problems', async () => {
  expect(await refusal(refuse('BAD_INPUT', 'draws', 1, 'Too few.', '2'))).toEqual([
    'input.draws: Too few. Allowed: 2.',
    ['input.draws'],
  ]);
  expect(await refusal(new ScoringError('BAD_INPUT', 'It is too small.', [problem('low')]))).toEqual([
    'input: It is too small.',
    ['input.low'],
  ]);
});

it('what is wrong elsewhere keeps its place', async () => {
  const first = new ScoringError('BAD_INPUT', 'recipe.screen: Too small.', [problem('recipe.screen'), problem('low')]);
  expect(await refusal(first)).toEqual(['recipe.screen: Too small.', ['recipe.screen', 'input.low']]);
  const alone = new ScoringError('BAD_INPUT', 'recipe.screen: Too small.', [problem('recipe.screen')]);
  expect(await refusal(alone)).toEqual(['recipe.screen: Too small.', ['recipe.screen']]);
});

it('an error that is nobody’s input goes on as it is', async () => {
  const error = new Error('out of memory');
  expect(await refusal(error)).toBe(error);
});
