import { getOperationAST, getVariableValues, type GraphQLSchema } from 'graphql';
import type { Release } from '../../entities';
import { readsRelease } from '../cacheable';
import type { Documents } from '../documents';
import { hashOf } from '../observe/journal';
import { isRecord } from '../operation-request';
import type { Question } from './metadata';
import { releasesNamed } from './releases';
import { selectionOf, type Selected } from './selection';

/** An operation that was answered without errors. */
export interface AnsweredOperation {
  readonly source: string;
  readonly operationName: unknown;
  readonly variables: unknown;
  /** The release that was the current one from before it was run until after; null where it changed meanwhile. */
  readonly release: Release | null;
}

/**
 * What an answer is to, and what it may hold.
 * @throws Error where the operation cannot have been answered
 */
export function questionOf(
  { schema, documents }: { readonly schema: GraphQLSchema; readonly documents: Pick<Documents, 'read'> },
  { source, operationName, variables, release }: AnsweredOperation,
): { readonly question: Question; readonly selection: readonly Selected[] } {
  const { document } = documents.read(source);
  const operation = document && getOperationAST(document, typeof operationName === 'string' ? operationName : null);
  const definitions = operation?.variableDefinitions ?? [];
  const given = isRecord(variables) ? variables : {};
  const { coerced } = getVariableValues(schema, definitions, given);
  if (!operation || !coerced) throw new Error('An operation was answered that cannot be run.');
  const declared = new Set(definitions.map(({ variable }) => variable.name.value));
  const namedReleases = releasesNamed(document, operation, coerced);
  return {
    selection: selectionOf(schema, document, operation, coerced),
    question: {
      document: source,
      documentHash: hashOf(source) ?? '',
      operationName: operation.name?.value ?? null,
      variables: Object.fromEntries(Object.entries(given).filter(([name]) => declared.has(name))),
      release: namedReleases.length === 0 && readsRelease(document, operation) ? release : null,
      namedReleases,
    },
  };
}
