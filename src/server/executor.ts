import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import {
  getOperationAST,
  Kind,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { compileVariableParsing, failToParseVariables } from 'graphql-jit/dist/variables';
import { LRUCache } from 'lru-cache';
import type { Context } from '../resolvers/context';
import { writerOf, type WriteAnswer } from './answer-writer';
import { rootFields, validityOf } from './cacheable';
import { withWholeLists } from './whole-lists';

/** An operation is compiled when it has come this often, so that unique documents cost no compiling. */
const COMPILED_AFTER = 4;
/** Most operations that are compiled. */
const MAX_COMPILED = 200;
/** Largest document that is compiled, in UTF-16 units; compiling takes milliseconds. */
const MAX_LENGTH = 20_000;

interface Seen {
  count: number;
  compiled: Compiled | null;
  /** Whether the compiled operation has ever given a result without errors. */
  proved: boolean;
  /** Null where its writer has not written as `JSON.stringify` does. */
  write: WriteAnswer | null;
}

/** What an operation is compiled to. */
interface Compiled {
  readonly run: CompiledQuery['query'];
  /** Coerces variables as `run` does. */
  readonly coerce: ReturnType<typeof compileVariableParsing>;
  /** Null where no writer can be made. */
  readonly write: WriteAnswer | null;
}

/** A result without errors, or null where graphql-js must say. */
export type CompiledResult = Readonly<Record<string, unknown>> | null;

/** What is sent: `{ data }`, in the order of its members. */
export type Sent = { readonly data?: unknown; readonly errors?: unknown; readonly extensions?: unknown };

/**
 * Runs operations that come again as compiled code. Only what has no side effects is run so, and only a result without
 * errors is used: for anything else graphql-js executes the operation as if nothing had been tried, so that errors,
 * their paths and what becomes null are always its own.
 */
export class CompiledOperations {
  readonly #seen = new LRUCache<OperationDefinitionNode, Seen>({ max: MAX_COMPILED });
  /**
   * How results are written that Apollo is to send. Whatever a weak map names outlives the collections of young objects, so
   * no other result is named here.
   */
  readonly #writers = new WeakMap<object, WriteAnswer>();
  /** Made for the first operation that is compiled. */
  #wholeLists: GraphQLSchema | null = null;

  /** @param after how often an operation must have come before it is compiled */
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly after: number = COMPILED_AFTER,
  ) {}

  /** Whether the operation is compiled, and has given a result before. */
  isProved(operation: OperationDefinitionNode): boolean {
    return this.#seen.get(operation)?.proved === true;
  }

  /** The variables as the compiled operation reads them; null where it is not compiled, or cannot read them. */
  coerce(
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> | null {
    const compiled = this.#seen.get(operation)?.compiled;
    if (!compiled || lacksValue(operation, variables)) return null;
    const read = compiled.coerce(variables);
    return failToParseVariables(read) ? null : read.coerced;
  }

  /** Runs the operation if it is compiled by now. */
  async run(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    context: unknown,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<CompiledResult> {
    if (validityOf(document, operation, {}) !== 'release' || lacksValue(operation, variables)) return null;
    const seen = this.#see(document, operation);
    if (seen.compiled === null) return null;
    const data = await resultOf(seen.compiled, context, { ...variables });
    if (data !== null) {
      // Its first result is written both ways, and only a writer that makes no difference is used.
      if (!seen.proved && writesAlike(seen.compiled, data)) seen.write = seen.compiled.write;
      seen.proved = true;
    }
    // What the compiler cannot do fails every time, and is not tried again.
    else if (!seen.proved) seen.compiled = null;
    return data;
  }

  /** Remembers which operation a result is of, for {@link writeSent}. */
  willSend(operation: OperationDefinitionNode, data: object): void {
    const write = this.#seen.get(operation)?.write;
    if (write) this.#writers.set(data, write);
  }

  /** The JSON of the result of a compiled operation, by code that is compiled too. */
  write(operation: OperationDefinitionNode, data: object): string {
    const write = this.#seen.get(operation)?.write ?? JSON.stringify;
    return write({ data });
  }

  /** The JSON of what is sent: as {@link write} does where it is the result of a compiled operation and nothing else. */
  writeSent(sent: Sent): string {
    const { data, errors, extensions } = sent;
    const isPlain = typeof data === 'object' && data !== null && errors === undefined && extensions === undefined;
    const write = isPlain ? this.#writers.get(data) : undefined;
    return write ? write({ data }) : JSON.stringify(sent);
  }

  #see(document: DocumentNode, operation: OperationDefinitionNode): Seen {
    const seen = this.#seen.get(operation) ?? { count: 0, compiled: null, proved: false, write: null };
    this.#seen.set(operation, seen);
    seen.count += 1;
    if (seen.count === this.after + 1 && isCompilable(document)) {
      seen.compiled = compile(this.#schemaFor(document, operation), document, operation);
    }
    return seen;
  }

  /** Whoever asks about the schema is told of the one that there is. */
  #schemaFor(document: DocumentNode, { selectionSet }: OperationDefinitionNode): GraphQLSchema {
    const roots = rootFields(document, selectionSet);
    if (roots.has('__schema') || roots.has('__type')) return this.schema;
    return (this.#wholeLists ??= withWholeLists(this.schema));
  }
}

/** Not what is long, nor what calls a field `__proto__`, which the compiler loses. */
function isCompilable({ loc }: DocumentNode): boolean {
  return loc !== undefined && loc.end <= MAX_LENGTH && !loc.source.body.includes('__proto__');
}

/** Null where the compiler cannot, or fails: graphql-js then does it. */
function compile(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Compiled | null {
  const seen = withDefaultsSeen(document, operation);
  const name = operation.name?.value;
  try {
    const made = compileQuery(schema, seen, name);
    if (!isCompiledQuery(made)) return null;
    const definitions = getOperationAST(seen, name)?.variableDefinitions ?? [];
    return {
      run: made.query,
      coerce: compileVariableParsing(schema, definitions),
      write: compileWriter(schema, seen, name),
    };
  } catch {
    return null;
  }
}

function compileWriter(schema: GraphQLSchema, document: DocumentNode, name: string | undefined): WriteAnswer | null {
  try {
    return writerOf(schema, document, name);
  } catch {
    // Of a scalar that is not the language's own.
    return null;
  }
}

function writesAlike({ write }: Compiled, data: object): boolean {
  try {
    return write?.({ data }) === JSON.stringify({ data });
  } catch {
    return false;
  }
}

/**
 * The compiler does not see the default of a variable whose type is not null; it does where null is allowed, so it is told
 * so. A null itself is left to graphql-js, see {@link lacksValue}.
 */
function withDefaultsSeen(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const nullable = (definition: VariableDefinitionNode): VariableDefinitionNode =>
    definition.defaultValue && definition.type.kind === Kind.NON_NULL_TYPE
      ? { ...definition, type: definition.type.type }
      : definition;
  const changed = { ...operation, variableDefinitions: (operation.variableDefinitions ?? []).map(nullable) };
  return { ...document, definitions: document.definitions.map((node) => (node === operation ? changed : node)) };
}

/** Whether a variable is null that must not be, or that may not be everywhere, having a default. */
function lacksValue(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  return variableDefinitions.some(
    ({ type, variable, defaultValue }) =>
      (defaultValue !== undefined || type.kind === Kind.NON_NULL_TYPE) && variables[variable.name.value] === null,
  );
}

/** Null where there is any error. */
async function resultOf(
  { run }: Compiled,
  context: unknown,
  variables: Record<string, unknown>,
): Promise<CompiledResult> {
  try {
    const { errors = [], data } = await run(undefined, context, variables);
    return errors.length === 0 ? (data ?? null) : null;
  } catch {
    return null;
  }
}

/**
 * Lets Apollo take the result of a compiled operation where there is one.
 * @param tried requests that have been run compiled in vain
 */
export function runCompiled(
  operations: CompiledOperations,
  tried: Pick<WeakSet<object>, 'has'> = new WeakSet(),
): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        async responseForOperation({ document, contextValue, request }) {
          if (request.http && tried.has(request.http)) return null;
          // Apollo comes here also where no operation is meant, to refuse the request afterwards.
          const operation = getOperationAST(document, request.operationName);
          if (!operation) return null;
          const data = await operations.run(document, operation, contextValue, request.variables ?? {});
          // graphql-js does the same work from the start, at the same cost.
          if (data === null) contextValue.ledger.reset();
          else operations.willSend(operation, data);
          const http = { headers: new HeaderMap() };
          return data && { body: { kind: 'single', singleResult: { data } }, http };
        },
      }),
  };
}
