import type { Problem, ScoringErrorCode } from '../scoring';

/** Codes that the use cases raise besides those of the engine. */
export type RequestErrorCode = ScoringErrorCode | 'CURSOR_INVALID' | 'NOT_READY';

/** A request that cannot be answered, and every reason found. The server turns it into a GraphQL error with its code. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  constructor(
    readonly code: RequestErrorCode,
    message: string,
    readonly problems: readonly Problem[] = [],
  ) {
    super(message);
  }
}

/** Refuses one value: `path` is where it stands in the arguments, `allowed` what would be accepted. */
export function refuse(
  code: RequestErrorCode,
  path: string,
  value: unknown,
  message: string,
  allowed: string,
): RequestError {
  return new RequestError(code, `${path}: ${message} Allowed: ${allowed}.`, [{ path, value, message, allowed }]);
}
