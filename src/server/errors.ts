import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import { echo, wellFormed } from '../rankings/echo';
import { RequestError } from '../rankings/request-error';
import { problemsOf } from '../resolvers/rules';
import { ScoringError, type Problem } from '../scoring';
import { wrongVariable, type WrongValue } from './wrong-values';

export { echo };

/** What the catalogue says of one code. */
export interface CatalogueEntry {
  /** HTTP status where the whole request fails with it; an error inside a GraphQL answer travels with 200. */
  readonly status: number;
  /** What happened. */
  readonly meaning: string;
  /** What the caller can do. */
  readonly remedy: string;
}

/** Every code that `extensions.code` may hold. A code is never renamed and never reused. */
export const ERROR_CATALOGUE = {
  BAD_INPUT: {
    status: 200,
    meaning: 'A value breaks a stated type or range.',
    remedy: '`extensions.field` is where it stands, `extensions.allowed` says what is accepted.',
  },
  NOT_FOUND: {
    status: 200,
    meaning:
      'A code that the release does not hold, or an address that the server does not have (then with status 404).',
    remedy: 'Take codes from the list queries; `extensions.allowed` names some.',
  },
  WEIGHTS_INVALID: {
    status: 200,
    meaning: 'A weight is negative or not finite, a node is weighted twice, or all weights under a node are 0.',
    remedy: 'Give finite weights of at least 0, at least one of them above 0 under each node.',
  },
  PARAMETER_NOT_USED: {
    status: 200,
    meaning: 'A parameter that the chosen method does not read.',
    remedy: 'Leave it out, or choose a method that reads it; `methods` lists the parameters of each.',
  },
  PRECONDITION_FAILED: {
    status: 200,
    meaning: 'The method is not defined on these values, such as a geometric mean over zeros.',
    remedy: 'Choose another range in `normalise` or another method in `aggregate`.',
  },
  NO_DATA: {
    status: 200,
    meaning: 'Nothing is left to rank: no city was selected, or none has data for the year.',
    remedy: 'Widen the selection, choose a year with data, or lower `screen.minimumAvailability`.',
  },
  BUDGET_EXCEEDED: {
    status: 200,
    meaning: 'The work asked for costs more than one request may.',
    remedy:
      'Ask for less at a time, or start a job where that may cost more; `extensions.estimate` holds cost, limit, what the rest of the request has spent of it, and expected seconds.',
  },
  CANCELLED: {
    status: 200,
    meaning: 'The run was ended before it was done, since whoever asked for it had gone.',
    remedy: 'Ask again.',
  },
  DEADLINE_EXCEEDED: {
    status: 503,
    meaning:
      'The answer took longer than a request may. A run that is cut off is an error beside the rest of the data, with status 200.',
    remedy: 'Ask for less at a time, or start a job.',
  },
  CURSOR_INVALID: {
    status: 200,
    meaning: 'The cursor was not made by this list, its order or this result.',
    remedy: 'Start again without a cursor, and use the cursors of that answer.',
  },
  NOT_READY: {
    status: 503,
    meaning: 'No release is loaded yet, or the database or the identity provider cannot be reached.',
    remedy: 'Try again shortly; `/ready` says when.',
  },
  QUEUE_FULL: {
    status: 503,
    meaning: 'As much work is waiting as may.',
    remedy: 'Try again after the seconds that `Retry-After` says.',
  },
  JOBS_EXCEEDED: {
    status: 200,
    meaning: 'As many of your jobs wait or run as one caller may have.',
    remedy: 'Wait until one has ended, or cancel one; `extensions.allowed` says how many there may be.',
  },
  GRAPHQL_PARSE_FAILED: {
    status: 400,
    meaning: 'The document is not GraphQL.',
    remedy: 'See `locations`.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    meaning: 'The document does not fit the schema.',
    remedy: 'See `locations` and the schema.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    meaning:
      'The document holds several operations and `operationName` does not pick one, or picks one that is not there.',
    remedy: 'Send `operationName`, or one operation only.',
  },
  BAD_REQUEST: {
    status: 400,
    meaning:
      'The request is not GraphQL over HTTP: no query, a body that is not JSON in UTF-8 or has a key twice in one object, or a request that a foreign page could forge.',
    remedy: 'POST JSON with `content-type: application/json` and one `query`.',
  },
  BATCHING_UNSUPPORTED: {
    status: 400,
    meaning: 'The body is a list of operations.',
    remedy: 'Send one operation in each request; one operation may ask for several fields.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 200,
    meaning: 'No document is kept under this hash or id.',
    remedy: 'Send the document and the hash once; clients for persisted queries do so by themselves.',
  },
  PERSISTED_QUERY_INVALID: {
    status: 400,
    meaning: 'The persisted query is not of version 1, has no hash, or its hash is not the SHA-256 of the document.',
    remedy: 'Send the SHA-256 of the document in lower-case hexadecimal.',
  },
  DOCUMENT_NOT_TRUSTED: {
    status: 400,
    meaning: 'The server runs only documents that its operator trusts.',
    remedy: 'Name a document of the manifest by its id, or ask the operator to add it.',
  },
  UNAUTHENTICATED: {
    status: 401,
    meaning: 'The key or token does not hold, or there is none where one is needed.',
    remedy: 'Send a key or a token that holds, as `Authorization: Bearer …`; the API guide says how.',
  },
  FORBIDDEN: {
    status: 403,
    meaning: 'The key or token does not allow what was asked for; nothing of the operation was run.',
    remedy: 'Leave the field out, or ask the operator for a key with the scope that the message names.',
  },
  TOKENS_EXCEEDED: { status: 400, meaning: 'The document has too many tokens.', remedy: 'Ask for less at a time.' },
  DEPTH_EXCEEDED: {
    status: 400,
    meaning: 'The selection is nested too deeply.',
    remedy: 'Ask for less at a time; the message names the limit.',
  },
  ALIASES_EXCEEDED: {
    status: 400,
    meaning: 'The document has too many aliases.',
    remedy: 'Ask for less at a time; the message names the limit.',
  },
  DIRECTIVES_EXCEEDED: {
    status: 400,
    meaning: 'The operation has too many directives.',
    remedy: 'Ask for less at a time; the message names the limit.',
  },
  ROOT_FIELDS_EXCEEDED: {
    status: 400,
    meaning: 'The operation has too many root fields, or too many that run a ranking.',
    remedy: 'Send several requests; the message names the limit.',
  },
  RATE_LIMITED: {
    status: 429,
    meaning: 'The client has used as much as it may for now.',
    remedy: 'Try again after the seconds that `Retry-After` says, or ask for less at a time.',
  },
  COST_EXCEEDED: {
    status: 400,
    meaning: 'The answer would have too many nodes, estimated from the operation and its variables.',
    remedy: 'Ask for smaller pages, fewer nested lists or fewer fields; the message names the estimate and the limit.',
  },
  WRONG_TRANSPORT: {
    status: 400,
    meaning: 'Subscriptions go over WebSocket or server-sent events; queries and mutations over POST.',
    remedy: 'Send the operation the other way; the API guide says how.',
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    meaning: 'A page of another origin asked for a connection.',
    remedy: 'The operator can add the origin to `CORS_ORIGINS`.',
  },
  TOO_MANY_SUBSCRIPTIONS: {
    status: 503,
    meaning: 'The server, or this connection, has as many subscriptions as it may.',
    remedy: 'End some, or try again later.',
  },
  METHOD_NOT_ALLOWED: { status: 405, meaning: 'The address does not take this HTTP method.', remedy: 'See `Allow`.' },
  BODY_TOO_LARGE: { status: 413, meaning: 'The request body is too large.', remedy: 'Ask for less at a time.' },
  URL_TOO_LONG: {
    status: 414,
    meaning: 'The address is too long.',
    remedy: 'Send the operation by POST, or its hash as a persisted query.',
  },
  RESPONSE_TOO_LARGE: {
    status: 400,
    meaning: 'The answer is larger than one may be.',
    remedy: 'Ask for smaller pages, or take the whole ranking as a file; `ranking { files }` names them.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    meaning: 'The head of the request is too large.',
    remedy: 'Send the operation by POST, and fewer headers.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    meaning: 'The request did not come in whole in time.',
    remedy: 'Send it again.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    meaning: 'The body is of another type than JSON, or compressed.',
    remedy: 'Send `content-type: application/json`, uncompressed.',
  },
  INTERNAL: {
    status: 500,
    meaning:
      'An unexpected error; the server has logged it under `extensions.requestId`. Inside a GraphQL answer the status may be 200.',
    remedy: 'Report it with the request id.',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** A code of the {@link ERROR_CATALOGUE}. */
export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** True where `code` is in the catalogue. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CATALOGUE, code);
}

/** An error of GraphQL under a code of the catalogue. */
export const codedError = (code: ErrorCode, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });

/** Most problems that one error lists. */
const MAX_PROBLEMS = 20;

const describeProblem = (problem: Problem, code: string): Record<string, unknown> => ({
  code: problem.code ?? code,
  field: problem.path,
  value: echo(problem.value),
  message: problem.message,
  allowed: problem.allowed,
});

/** The `extensions` of a refused request: the first problem's field, value and what is allowed, then all problems. */
export function extensionsOf(error: RequestError | ScoringError): Record<string, unknown> {
  const [first] = error.problems;
  return {
    code: error.code,
    ...(first && { field: first.path, value: echo(first.value), allowed: first.allowed }),
    ...(error.problems.length > 1 && {
      problems: error.problems.slice(0, MAX_PROBLEMS).map((problem) => describeProblem(problem, error.code)),
    }),
    ...(error.problems.length > MAX_PROBLEMS && { problemCount: error.problems.length }),
    ...(error instanceof RequestError && error.estimate && { estimate: error.estimate }),
  };
}

/** The message of a refused request; it always says what is allowed where the problem does. */
function sentenceOf(error: RequestError | ScoringError): string {
  const [first] = error.problems;
  return !first || error.message.includes('Allowed:') ? error.message : `${error.message} Allowed: ${first.allowed}.`;
}

/** Codes of Apollo that the catalogue calls otherwise. */
const RENAMED: Readonly<Record<string, ErrorCode>> = {
  BAD_USER_INPUT: 'BAD_INPUT',
  INTERNAL_SERVER_ERROR: 'INTERNAL',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_REQUEST',
};

/** How graphql-js begins its message where a document has too many tokens; it has no code for it. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more tha[nt] \d+ tokens/;

/**
 * How graphql-js begins its message where an argument of a field or a directive turns out to be none as the operation runs, such
 * as a null for a variable with a default; it has no code for it.
 */
const UNUSABLE_ARGUMENT = /^Argument "[^"]*" (of (required|non-null) type|has invalid value)/;

/**
 * The code that an error from anywhere is answered with. Whatever is not raised on purpose is `INTERNAL`; so is every
 * GraphQL error that wraps a foreign one.
 */
export function codeOf(error: unknown): ErrorCode {
  const original = unwrapResolverError(error);
  if (original instanceof RequestError || original instanceof ScoringError) return original.code;
  if (!(error instanceof GraphQLError)) return 'INTERNAL';
  if (TOO_MANY_TOKENS.test(error.message)) return 'TOKENS_EXCEEDED';
  if (original instanceof GraphQLError && UNUSABLE_ARGUMENT.test(original.message)) return 'BAD_INPUT';
  // Apollo gives every validation error its own code and keeps the one of our rules in the error that it wraps.
  const inner = error.originalError instanceof GraphQLError ? error.originalError.extensions['code'] : undefined;
  const code = inner ?? error.extensions['code'];
  const known = typeof code === 'string' ? (RENAMED[code] ?? code) : code;
  return isErrorCode(known) ? known : 'INTERNAL';
}

/** What graphql-js adds to its messages of the schema's names; it has no switch for it. */
const SUGGESTION = / ?Did you mean .+\?$/;

/** A message without names of the schema that the caller did not give. */
export const withoutSuggestion = (message: string): string => message.replace(SUGGESTION, '');

/**
 * Formats errors for answers.
 * @param requestIdOf finds the request that an unexpected error was logged under
 * @param suggestions whether what is said of variables may name what the schema has instead
 */
export function makeErrorFormatter(
  requestIdOf: (error: unknown) => string | undefined,
  suggestions = false,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
    const unwrapped = unwrapResolverError(error);
    const original = unwrapped instanceof ArgumentValidationError ? argumentError(unwrapped) : unwrapped;
    if (original instanceof RequestError || original instanceof ScoringError) {
      return { message: shorten(sentenceOf(original)), ...place, extensions: extensionsOf(original) };
    }
    const code = codeOf(error);
    if (code === 'INTERNAL') {
      const requestId = requestIdOf(error);
      return { message: 'Unexpected error', ...place, extensions: { code, ...(requestId && { requestId }) } };
    }
    const { field, ...wrong } = told(formatted) ??
      (code === 'BAD_INPUT' ? ofVariable(formatted.message) : null) ?? { field: undefined };
    return {
      // Only what the caller made wrong is told in graphql-js's own words; documents are dealt with where they are read.
      message: shorten(code === 'BAD_INPUT' && !suggestions ? withoutSuggestion(formatted.message) : formatted.message),
      ...place,
      extensions: { code, ...(field && { field: shorten(field) }), ...wrong },
    };
  };
}

/** Where and what, of an error that was refused before anything ran. */
function told({ extensions = {} }: GraphQLFormattedError): Partial<WrongValue> | null {
  const { field, allowed, value } = extensions;
  if (typeof field !== 'string') return null;
  return { field, ...(value !== undefined && { value: echo(value) }), ...(typeof allowed === 'string' && { allowed }) };
}

/** What TypeGraphQL refused before the resolver was called, in the form of what the use cases refuse. */
function argumentError(error: ArgumentValidationError): RequestError {
  const problems = problemsOf(error);
  const [first] = problems;
  return new RequestError(
    'BAD_INPUT',
    first ? `${first.path}: ${first.message}` : 'The arguments are not valid.',
    problems,
  );
}

/** What is told of a variable or argument that graphql-js refused; only its name where the sentence is of an unknown form. */
function ofVariable(message: string): Partial<WrongValue> | null {
  const field =
    / at "([^"]{1,200})"/.exec(message.slice(0, 2000))?.[1] ?? /^Variable "\$([^"]{1,200})"/.exec(message)?.[1];
  return wrongVariable(message) ?? (field === undefined ? null : { field });
}

/** A message may hold a caller's value, which may be long. */
function shorten(message: string): string {
  const points = message.length <= 600 ? message : `${Array.from(message.slice(0, 1000)).slice(0, 500).join('')}…`;
  return wellFormed(points);
}

/** `docs/errors.md`, made from the catalogue. */
export function emitErrorDocs(): string {
  const rows = Object.entries<CatalogueEntry>(ERROR_CATALOGUE).map(
    ([code, { status, meaning, remedy }]) => `| \`${code}\` | ${String(status)} | ${meaning} | ${remedy} |`,
  );
  return [
    '# Errors',
    '',
    'Made from `src/server/errors.ts`; do not edit. Every error carries one of these in `extensions.code`. A refused value also has `extensions.field` (its path in the arguments), `extensions.value` (shortened) and `extensions.allowed`; where several are wrong, `extensions.problems` lists all of them.',
    '',
    'With status 200 the error stands beside the data of the other fields. A variable of the wrong type, a list or string that is too long, and everything about the document itself fail the whole request with 400. At other addresses than `/graphql` what is refused with 200 here has status 422, and `NOT_FOUND` has 404.',
    '',
    '| Code | HTTP status | Meaning | What to do |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
