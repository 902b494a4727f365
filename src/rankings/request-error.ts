import { ScoringError, type Problem, type ScoringErrorCode } from '../scoring';

/** Codes that the use cases raise besides those of the engine. */
export type RequestErrorCode =
  | ScoringErrorCode
  | 'CANCELLED'
  | 'CURSOR_INVALID'
  | 'DEADLINE_EXCEEDED'
  | 'JOBS_EXCEEDED'
  | 'NOT_READY'
  | 'QUEUE_FULL';

/** What work that is over its budget would cost. */
export interface BudgetEstimate {
  readonly cellOperations: number;
  /** Cell operations that it may cost. */
  readonly limit: number;
  /** Cell operations of the limit that other parts of the request had spent by then; 0 for a job. */
  readonly spent: number;
  /** Null where it is not known. */
  readonly expectedSeconds: number | null;
}

/** A request that cannot be answered, and every reason found. The server turns it into a GraphQL error with its code. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  constructor(
    readonly code: RequestErrorCode,
    message: string,
    readonly problems: readonly Problem[] = [],
    /** Of work that is over its budget. */
    readonly estimate: BudgetEstimate | null = null,
  ) {
    super(message);
  }
}

/** There is no room for more work now. The answer has status 503 and says when to try again. */
export class QueueFullError extends RequestError {
  /** Read by Apollo Server for the answer's head. */
  readonly extensions: { readonly http: { readonly status: number; readonly headers: ReadonlyMap<string, string> } };

  /** @param retryAfterSeconds whole seconds */
  constructor(message: string, retryAfterSeconds: number) {
    super('QUEUE_FULL', message);
    this.extensions = { http: { status: 503, headers: new Map([['retry-after', String(retryAfterSeconds)]]) } };
  }
}

/** Refuses one value: `path` is where it stands in the arguments, empty where in none, `allowed` what would be accepted. */
export function refuse(
  code: RequestErrorCode,
  path: string,
  value: unknown,
  message: string,
  allowed: string,
  estimate: BudgetEstimate | null = null,
): RequestError {
  const sentence = `${path === '' ? '' : `${path}: `}${message} Allowed: ${allowed}.`;
  return new RequestError(code, sentence, [{ path, value, message, allowed }], estimate);
}

/**
 * Does work on a part of the arguments: the paths of what it refuses begin where the part stands.
 * @param path empty: the part is the arguments
 * @param isElsewhere true for paths that do not begin in that part
 */
export async function atPath<T>(
  path: string,
  work: () => T | Promise<T>,
  isElsewhere: (path: string) => boolean = () => false,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (path === '' || !(error instanceof RequestError || error instanceof ScoringError)) throw error;
    if (error.problems.every((problem) => isElsewhere(problem.path))) throw error;
    const problems = error.problems.map((problem) =>
      isElsewhere(problem.path) ? problem : { ...problem, path: `${path}.${problem.path}` },
    );
    const estimate = error instanceof RequestError ? error.estimate : null;
    // A sentence that begins with the place of the first problem begins with its whole place then: `input.draws: …`.
    const [before = '', after = ''] = [error.problems[0]?.path, problems[0]?.path];
    const placed = before !== '' && error.message.startsWith(`${before}: `);
    const message = placed ? `${after}${error.message.slice(before.length)}` : `${path}: ${error.message}`;
    throw new RequestError(error.code, message, problems, estimate);
  }
}
