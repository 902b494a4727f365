import {
  Kind,
  OperationTypeNode,
  visit,
  type DocumentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/*
 * Which answers depend on nothing but the release and the input. Everything does but what is named here.
 */

/** How long an answer without errors holds. */
export type Validity = 'once' | 'release' | 'always';

/** Fields of `Query` that read what changes without a new release: keys, changes, jobs, all releases, observations, ids. */
const CHANGING_ROOTS: ReadonlySet<string> = new Set([
  'apiKeys',
  'auditEvents',
  'job',
  'node',
  'nodes',
  'observations',
  'release',
  'releases',
]);
/** Fields of `Query` whose arguments hold the digest of what they give. */
const NAMED_BY_DIGEST: ReadonlySet<string> = new Set(['rankingByDigest']);
/** Fields of any type that write something down when they are asked for. */
const KEEPING_FIELDS: readonly string[] = ['files', 'permalink'];
/** Fields of any type that do something when they are asked for, or tell of the process. */
const FIELDS_OF_THE_MOMENT: readonly string[] = ['estimate', ...KEEPING_FIELDS];

const known = new WeakMap<OperationDefinitionNode, Validity>();

/**
 * How long an operation's answer holds. Skipped fields count as if they were asked for.
 * @param data the answer: what a digest did not find may be found later
 */
export function validityOf(document: DocumentNode, operation: OperationDefinitionNode, data: unknown): Validity {
  let validity = known.get(operation);
  if (validity === undefined) {
    validity = operation.operation === OperationTypeNode.QUERY ? validityOfFields(document, operation) : 'once';
    known.set(operation, validity);
  }
  return validity === 'always' && hasNull(data) ? 'once' : validity;
}

const hasNull = (data: unknown): boolean =>
  typeof data !== 'object' || data === null || Object.values<unknown>({ ...data }).includes(null);

function validityOfFields(document: DocumentNode, operation: OperationDefinitionNode): Validity {
  const roots = [...rootFields(document, operation.selectionSet)].filter((name) => name !== '__typename');
  if (roots.some((name) => CHANGING_ROOTS.has(name))) return 'once';
  const names = fieldNames(document);
  if (FIELDS_OF_THE_MOMENT.some((name) => names.has(name))) return 'once';
  if (roots.length > 0 && roots.every((name) => NAMED_BY_DIGEST.has(name))) return 'always';
  return roots.some((name) => NAMED_BY_DIGEST.has(name)) ? 'once' : 'release';
}

/** The fields of a document, skipped ones among them, that write something down. */
export function keepingFields(document: DocumentNode): readonly string[] {
  const names = fieldNames(document);
  return KEEPING_FIELDS.filter((name) => names.has(name));
}

function fieldNames(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    Field(node) {
      names.add(node.name.value);
    },
  });
  return names;
}

/** Whether every root field of an operation reads the current release, unless an argument says otherwise. */
export function readsRelease(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  return [...rootFields(document, operation.selectionSet)].every(
    (name) => !CHANGING_ROOTS.has(name) && !NAMED_BY_DIGEST.has(name),
  );
}

/** Names of the root fields of a selection, fragments expanded, each fragment once. */
export function rootFields(document: DocumentNode, selection: SelectionSetNode): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) names.add(node.name.value);
      else if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet);
      else if (!seen.has(node.name.value)) {
        seen.add(node.name.value);
        for (const definition of document.definitions) {
          if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === node.name.value)
            collect(definition.selectionSet);
        }
      }
    }
  };
  collect(selection);
  return names;
}
