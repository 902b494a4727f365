import type { FastifyBaseLogger } from 'fastify';
import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  subscribe,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values';
import type { Context } from '../../resolvers/context';
import { refusalError, type OperationGuard, type Principal } from '../access';
import { withCode, type Documents } from '../documents';
import { codedError, type ErrorCode } from '../errors';
import type { CostLimit } from '../limits/cost-limit';
import { codesOf } from '../observe/journal';
import { checkInputs, type InputLimits } from '../limits/input-limits';

/** Where what happens to an operation is told. */
export interface Voice {
  /** Names the operation in logs and in answers to unexpected errors. */
  readonly id: string;
  readonly log: Pick<FastifyBaseLogger, 'error' | 'info'>;
}

/** Who asks, whatever the transport: a `FastifyRequest` is one. */
export interface Caller extends Voice {
  readonly principal: Principal;
  /** Names who is charged. */
  readonly client: string;
}

/** What operations need, shared with the ones over HTTP. */
export interface OperationOptions {
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  readonly costLimit: CostLimit;
  readonly inputLimits: InputLimits;
  readonly guard: Pick<OperationGuard, 'refusalOf'>;
  /** What resolvers are given. */
  readonly contextOf: (caller: Caller, signal: AbortSignal) => Context;
  /** Told of each operation that is asked for, and of the codes with which it is refused. */
  readonly onOperation?: (caller: Caller, parameters: Parameters, codes: readonly ErrorCode[]) => void;
  /** Reports an unexpected error and gives each the form of the catalogue. */
  readonly formatErrors: (errors: readonly GraphQLError[], caller: Voice) => readonly GraphQLFormattedError[];
}

/** An operation as a client sends it. Nothing of it has been checked. */
export interface Parameters {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/** Stops an operation before it runs. */
class Refusal extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('refused');
  }
}

const refusal = (code: ErrorCode, message: string): Refusal => new Refusal([codedError(code, message)]);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Subscriptions by the same rules as queries: the same limits, the same checks, the same context. Over the transports of
 * this folder there are subscriptions only; queries and mutations have HTTP, with everything that guards it.
 */
export class Subscriptions {
  constructor(private readonly options: OperationOptions) {}

  /**
   * What is to be run.
   * @param signal aborted when the operation is over, for whatever reason
   * @returns the errors where it must not run
   */
  prepare(parameters: Parameters, caller: Caller, signal: AbortSignal): ExecutionArgs | readonly GraphQLError[] {
    const prepared = this.prepareOrRefuse(parameters, caller, signal);
    const codes = 'schema' in prepared ? [] : codesOf(prepared);
    this.options.onOperation?.(caller, parameters, codes);
    return prepared;
  }

  /** Runs what was prepared: results one after another, or one that says why there are none. */
  async run(args: ExecutionArgs): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
    return subscribe(args);
  }

  /** A result as it travels. */
  format(
    {
      errors,
      data,
    }: { readonly errors?: readonly GraphQLError[] | undefined; readonly data?: ExecutionResult['data'] },
    caller: Voice,
  ): FormattedExecutionResult {
    return {
      ...(errors && { errors: this.options.formatErrors(errors, caller) }),
      ...(data !== undefined && { data }),
    };
  }

  /** Errors as they travel. */
  formatErrors(errors: readonly GraphQLError[], caller: Voice): readonly GraphQLFormattedError[] {
    return this.options.formatErrors(errors, caller);
  }

  private prepareOrRefuse(
    parameters: Parameters,
    caller: Caller,
    signal: AbortSignal,
  ): ExecutionArgs | readonly GraphQLError[] {
    try {
      return this.prepareOrThrow(parameters, caller, signal);
    } catch (error) {
      if (error instanceof Refusal) return error.errors;
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }

  private prepareOrThrow(parameters: Parameters, caller: Caller, signal: AbortSignal): ExecutionArgs {
    const { schema, documents, costLimit } = this.options;
    const { query, operationName, variables } = parameters;
    if (typeof query !== 'string') throw refusal('BAD_REQUEST', 'There is no `query`.');
    if (operationName != null && typeof operationName !== 'string')
      throw refusal('BAD_REQUEST', '`operationName` is not a string.');
    if (variables != null && !isRecord(variables)) throw refusal('BAD_REQUEST', '`variables` is not an object.');
    const { document, errors } = documents.read(query);
    if (!document) throw new Refusal(errors);
    const operation = getOperationAST(document, operationName);
    if (!operation) throw refusal('OPERATION_RESOLUTION_FAILURE', 'The document has no such operation, or several.');
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION)
      throw refusal('WRONG_TRANSPORT', 'Only subscriptions are served here. Send this one to /graphql by POST.');
    const refused = this.options.guard.refusalOf(document, operation, caller.principal);
    if (refused) throw refusalError(refused);
    checkInputs(document, variables ?? {}, this.options.inputLimits);
    // Once more when it runs; here so that what is wrong with a variable is told from what goes wrong in a resolver.
    const { errors: wrong, coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}, {
      maxErrors: 50,
    });
    if (wrong) throw new Refusal(wrong.map((error) => withCode(error, 'BAD_INPUT')));
    const contextValue = this.options.contextOf(caller, signal);
    costLimit.check(document, operation, coerced, contextValue);
    return { schema, document, operationName: operationName ?? null, variableValues: variables ?? null, contextValue };
  }
}
