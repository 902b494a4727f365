import fastJson from 'fast-json-stringify';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { buildCompilationContext } from 'graphql-jit/dist/execution';
import { queryToJSONSchema } from 'graphql-jit/dist/json';
import { quote } from '../scoring';

/** Writes what is sent of a result without errors, as `JSON.stringify` does. */
export type WriteAnswer = (sent: { readonly data: unknown }) => string;

/**
 * Makes code that writes the results of an operation, by what its fields are.
 * @param operationName undefined where the document has one operation
 * @throws Error where a field is of a scalar that is not the language's own
 */
export function writerOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): WriteAnswer {
  const shape = queryToJSONSchema(buildCompilationContext(schema, document, OPTIONS, operationName));
  const made: object = fastJson(shape, { mode: 'debug' });
  // The types leave out that the code comes apart from what it calls.
  if (!('serializer' in made) || typeof made.serializer !== 'object' || made.serializer === null)
    throw new Error('The writer does not tell what it calls.');
  const write: unknown = Reflect.apply(fastJson.restore, fastJson, [
    { ...made, serializer: Object.assign(made.serializer, { asString: quote }) },
  ]);
  if (!isWriter(write)) throw new Error('No writer was made.');
  return write;
}

const isWriter = (value: unknown): value is WriteAnswer => typeof value === 'function';

/** As graphql-jit has them itself. */
const OPTIONS = {
  customJSONSerializer: true,
  disableLeafSerialization: false,
  disablingCapturingStackErrors: false,
  customSerializers: {},
  useExperimentalPathBasedSkipInclude: false,
};
