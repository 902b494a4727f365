import { ArgumentValidationError, Field, ObjectType } from 'type-graphql';
import { echo } from '../rankings/echo';
import { RequestError } from '../rankings/request-error';
import { ScoringError, type Problem } from '../scoring';
import { problemsOf } from './rules';
import { JsonScalar } from './scalars/json';

/** One thing that is wrong with what somebody entered. */
export interface UserError {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly value: string | number | boolean | null;
  readonly allowed: string | null;
}

/** See {@link UserError}. */
@ObjectType('UserError', {
  description: 'Something that is wrong with what was entered, as data, for a form to show beside the field.',
  simpleResolvers: true,
})
export class UserErrorType implements UserError {
  @Field(() => String, {
    description:
      'Where the value stands in the arguments, such as `recipe.weight.weights[0].weight`; empty where it is about all of them.',
  })
  path!: string;

  @Field(() => String, { description: 'One of the codes in `docs/errors.md`, such as `WEIGHTS_INVALID`.' })
  code!: string;

  @Field(() => String, { description: 'One sentence.' })
  message!: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The value that was refused, shortened. Null where it is null or is missing.',
  })
  value!: UserError['value'];

  @Field(() => String, {
    nullable: true,
    description: 'What would be accepted, in words. Null where no single value is wrong.',
  })
  allowed!: string | null;
}

/** Most user errors that one payload lists. */
const MAX_USER_ERRORS = 100;

/**
 * What a refusal says of the input, one entry for each problem.
 * @throws the error itself where it is no refusal: what is not the caller's fault is no user error.
 */
export function userErrorsOf(error: unknown): UserError[] {
  if (error instanceof ArgumentValidationError) return describe('BAD_INPUT', problemsOf(error));
  if (!(error instanceof RequestError || error instanceof ScoringError)) throw error;
  if (error.code === 'NOT_READY' || error.code === 'QUEUE_FULL') throw error;
  if (error.problems.length > 0) return describe(error.code, error.problems);
  return [{ path: '', code: error.code, message: error.message, value: null, allowed: null }];
}

function describe(code: string, problems: readonly Problem[]): UserError[] {
  return problems.slice(0, MAX_USER_ERRORS).map((problem) => ({
    path: problem.path,
    code: problem.code ?? code,
    message: problem.message,
    value: echo(problem.value),
    allowed: problem.allowed,
  }));
}

/** What came of a piece of work: its value, or why the input does not allow it. */
export interface Outcome<T> {
  /** Null where there are user errors. */
  readonly value: T | null;
  readonly userErrors: readonly UserError[];
}

/** In place of the rules of an argument that the resolver's work checks by itself. */
export function checkedInside(): void {
  // On purpose: nothing.
}

/**
 * Does the work of a mutation; a refusal of its input becomes data. Declare the argument with `validateFn: checkedInside`
 * and call `checkArgument` inside the work, so that broken rules of the input class are told in the same way.
 * @throws whatever is no refusal
 */
export async function withUserErrors<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await work(), userErrors: [] };
  } catch (error) {
    return { value: null, userErrors: userErrorsOf(error) };
  }
}

/** What all of several pieces of work say of the input; of entries on one place, the first. */
export async function userErrorsOfAll(works: readonly (() => unknown)[]): Promise<UserError[]> {
  const byPath = new Map<string, UserError>();
  for (const work of works) {
    const { userErrors } = await withUserErrors(work);
    for (const error of userErrors) if (!byPath.has(error.path)) byPath.set(error.path, error);
  }
  return [...byPath.values()];
}
