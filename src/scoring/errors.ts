/**
 * Codes of the errors that the engine raises. Each is in the service's error catalogue, and none is ever reused.
 * - `BAD_INPUT`: a value breaks a stated type or range.
 * - `NOT_FOUND`: a code that the release does not hold.
 * - `WEIGHTS_INVALID`: weights are negative, not finite, or add to nothing.
 * - `PARAMETER_NOT_USED`: a parameter that the chosen method does not read.
 * - `PRECONDITION_FAILED`: the method is not defined on these values (a geometric mean over zeros).
 * - `NO_DATA`: nothing is left to rank.
 * - `BUDGET_EXCEEDED`: the work asked for costs more than the stated budget.
 */
export type ScoringErrorCode =
  | 'BAD_INPUT'
  | 'NOT_FOUND'
  | 'WEIGHTS_INVALID'
  | 'PARAMETER_NOT_USED'
  | 'PRECONDITION_FAILED'
  | 'NO_DATA'
  | 'BUDGET_EXCEEDED';

/** One thing wrong with what the caller sent. */
export interface Problem {
  /** Where: a path from the recipe's or the input's root, such as `recipe.normalise.low`. */
  readonly path: string;
  /** The offending value, as given. */
  readonly value: unknown;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** What would be accepted, such as `a number above 0`. */
  readonly allowed: string;
  /** Set where it differs from the code of the error that carries the problem. */
  readonly code?: ScoringErrorCode;
}

/** The only error that `src/scoring` throws on purpose: a code, a sentence, and every problem found. */
export class ScoringError extends Error {
  override readonly name = 'ScoringError';
  constructor(
    readonly code: ScoringErrorCode,
    message: string,
    readonly problems: readonly Problem[] = [],
  ) {
    super(message);
  }
}

/**
 * Stops at one thing that is wrong.
 * @param path see {@link Problem}, as the other three
 */
export function refuseAt(
  code: ScoringErrorCode,
  path: string,
  value: unknown,
  message: string,
  allowed: string,
): never {
  throw new ScoringError(code, `${path}: ${message} Allowed: ${allowed}.`, [{ path, value, message, allowed }]);
}

/**
 * Stops where anything was found wrong: the error's code and sentence are the first problem's, and it holds all of them.
 * @throws ScoringError unless the list is empty
 */
export function refuseProblems(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first)
    throw new ScoringError(
      first.code ?? 'BAD_INPUT',
      `${first.path}: ${first.message} Allowed: ${first.allowed}.`,
      problems,
    );
}

/** A warning about a defined but noteworthy outcome, such as a constant column. */
export interface Warning {
  /** Upper-case code; `docs/methods.md` lists them. */
  readonly code: WarningCode;
  /** One sentence for a person. */
  readonly message: string;
  /** Code of the indicator it is about, if of one. */
  readonly indicator?: string;
  /** Code of the tree node it is about, if of one. */
  readonly node?: string;
}

/** Codes of the warnings, with what each means; `docs/methods.md` lists them. */
export const WARNING_MEANINGS = {
  CONSTANT_COLUMN: 'All values are equal, so the rule of the method for constants was used.',
  EMPTY_COLUMN: 'No city has a value; the indicator takes no part and the weights of its siblings are rescaled.',
  WEIGHTS_RESCALED: 'A node was computed from the children present, their weights rescaled.',
  ZERO_DENOMINATOR: 'A ratio over zero was taken as missing.',
  TREATMENT_INSUFFICIENT: 'A column still fails the outlier test after treatment.',
  EQUAL_DATA_WEIGHTS: 'A data-driven weighting found nothing to tell the columns apart, so weights are equal.',
  TRUNCATED: 'A value beyond a goalpost was capped.',
  METHOD_NOTE: 'Anything else that a method has to say about its result.',
} as const;
/** One of {@link WARNING_MEANINGS}. */
export type WarningCode = keyof typeof WARNING_MEANINGS;
