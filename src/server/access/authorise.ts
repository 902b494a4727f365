import type { ApolloServerPlugin } from '@apollo/server';
import {
  GraphQLError,
  isAbstractType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { covers, highestOf, isScope, type Scope } from '../../entities';
import type { Context } from '../../resolvers/context';
import { ERROR_CATALOGUE, type ErrorCode } from '../errors';
import type { Principal } from './principal';

/*
 * The one place that says who may do what. What an operation needs is the highest scope among the fields that it names,
 * by the types that they stand on: aliases, fragments, nesting and the name of the operation change nothing. An operation
 * is refused whole, before any of it runs.
 */

/** What it takes to use the service at all. */
const LEAST: Scope = 'read';

/** The scope that a field says it needs; a mutation that says nothing needs the highest, anything else the least. */
function scopeOf(schema: GraphQLSchema, type: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): Scope {
  const { scope } = field.extensions;
  if (isScope(scope)) return scope;
  return type === schema.getMutationType() ? 'admin' : LEAST;
}

/**
 * The scope that it takes to ask for a field of a type. Where the type is an interface or a union, it is the highest over
 * the types that may stand there, since only the data tell which does.
 */
export function scopeOfField(schema: GraphQLSchema, type: GraphQLCompositeType, name: string): Scope {
  const types: readonly GraphQLCompositeType[] = isAbstractType(type)
    ? [type, ...schema.getPossibleTypes(type)]
    : [type];
  const scopes = types.flatMap((possible) => {
    const field = 'getFields' in possible ? possible.getFields()[name] : undefined;
    return field ? [scopeOf(schema, possible, field)] : [];
  });
  return highestOf([LEAST, ...scopes]) ?? LEAST;
}

/** What an operation of a valid document needs. Skipped fields count as if they were asked for. */
export function scopeOfOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Scope {
  const scopes = new Set<Scope>([LEAST]);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const walk = (definition: OperationDefinitionNode | FragmentDefinitionNode): void => {
    const types = new TypeInfo(schema);
    const spread = new Set<FragmentDefinitionNode>();
    visit(
      definition,
      visitWithTypeInfo(types, {
        Field({ name }) {
          const parent = types.getParentType();
          if (parent) scopes.add(scopeOfField(schema, parent, name.value));
        },
        FragmentSpread({ name }) {
          const fragment = fragments.get(name.value);
          // Each once, wherever it is spread: it has a type of its own.
          if (fragment && fragments.delete(name.value)) spread.add(fragment);
        },
      }),
    );
    for (const fragment of spread) walk(fragment);
  };
  walk(operation);
  return highestOf(scopes) ?? LEAST;
}

/** How a refusal is sent, in the terms of RFC 6750. */
export interface Refusal {
  readonly code: Extract<ErrorCode, 'UNAUTHENTICATED' | 'FORBIDDEN'>;
  readonly message: string;
  /** Of the header `WWW-Authenticate`. */
  readonly challenge: string;
}

const REALM = 'Bearer realm="city-ranking"';

/** The refusal of credentials that were brought and do not hold. */
export function invalidCredentials(message: string): Refusal {
  return { code: 'UNAUTHENTICATED', message, challenge: `${REALM}, error="invalid_token"` };
}

/** Why somebody may not do what needs a scope; null where they may. */
export function refusalOf({ kind, scope }: Principal, needed: Scope = LEAST): Refusal | null {
  if (covers(scope, needed)) return null;
  if (kind === 'ANONYMOUS')
    return {
      code: 'UNAUTHENTICATED',
      message: `This needs a key or a token with the scope \`${needed}\`.`,
      challenge: REALM,
    };
  return {
    code: 'FORBIDDEN',
    message: `This needs the scope \`${needed}\`.`,
    challenge: `${REALM}, error="insufficient_scope", scope="${needed}"`,
  };
}

/** A refusal as GraphQL has it; over HTTP it has the status of its code. */
export function refusalError({ code, message }: Refusal): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: ERROR_CATALOGUE[code].status } } });
}

/** Authorises operations, wherever they come from. What an operation needs is worked out once. */
export class OperationGuard {
  readonly #needed = new WeakMap<OperationDefinitionNode, Scope>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Why the principal may not run an operation of a valid document; null where they may. */
  refusalOf(document: DocumentNode, operation: OperationDefinitionNode, principal: Principal): Refusal | null {
    let needed = this.#needed.get(operation);
    if (needed === undefined) {
      needed = scopeOfOperation(this.schema, document, operation);
      this.#needed.set(operation, needed);
    }
    return refusalOf(principal, needed);
  }

  /** Has Apollo ask before it runs an operation. */
  get plugin(): ApolloServerPlugin<Context> {
    return {
      requestDidStart: () =>
        Promise.resolve({
          didResolveOperation: ({ document, operation, contextValue, response }) => {
            const refusal = operation ? this.refusalOf(document, operation, contextValue.principal) : null;
            if (!refusal) return Promise.resolve();
            response.http.headers.set('www-authenticate', refusal.challenge);
            return Promise.reject(refusalError(refusal));
          },
        }),
    };
  }
}
