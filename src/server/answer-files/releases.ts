import { Kind, visit, type DocumentNode, type OperationDefinitionNode, type ValueNode } from 'graphql';
import { isRecord } from '../operation-request';

/** Name of every argument, and field of an input, that names a release. */
const RELEASE = 'release';

/**
 * Versions of releases that an operation names in its arguments, each once, in order of the alphabet.
 * @param variables coerced
 */
export function releasesNamed(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): readonly string[] {
  const found = new Set<string>();
  const note = (value: unknown): void => {
    if (typeof value === 'string') found.add(value);
  };
  const look = ({ name, value }: { readonly name: { readonly value: string }; readonly value: ValueNode }): void => {
    if (name.value !== RELEASE) return;
    if (value.kind === Kind.STRING) note(value.value);
    if (value.kind === Kind.VARIABLE) note(variables[value.name.value]);
  };
  for (const definition of document.definitions) {
    if (definition !== operation && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    visit(definition, { Argument: look, ObjectField: look });
  }
  noteWithin(variables, note);
  return [...found].sort();
}

/** Those in inputs that are variables as a whole; a variable's own name says nothing. */
function noteWithin(value: unknown, note: (release: unknown) => void, isInput = false): void {
  if (Array.isArray(value)) for (const item of value) noteWithin(item, note, true);
  else if (isRecord(value))
    for (const [name, inside] of Object.entries(value)) {
      if (isInput && name === RELEASE) note(inside);
      noteWithin(inside, note, true);
    }
}
