import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isInterfaceType,
  Kind,
  TypeNameMetaFieldDef,
  typeFromAST,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** A field of an answer, as the operation selects it and the schema has it. */
export interface Selected {
  /** In the answer: the alias where there is one. */
  readonly name: string;
  /** In the schema. */
  readonly field: string;
  readonly description: string;
  /** Name of its type without lists. */
  readonly type: string;
  /** Levels of lists around that. */
  readonly lists: number;
  /** What is selected of its objects, in order and whichever type they have; null of a scalar. */
  readonly fields: readonly Selected[] | null;
}

/** A selection on a type. */
interface Part {
  readonly type: GraphQLCompositeType;
  readonly set: SelectionSetNode;
}

/** A field, and every selection that is made of it. */
interface Found {
  readonly definition: GraphQLField<unknown, unknown>;
  readonly parts: Part[];
}

/**
 * What an operation selects: fragments are expanded, aliases are names, and what is skipped is left out. Fields of all types
 * that an object may have stand side by side.
 * @param document valid
 * @param variables coerced
 */
export function selectionOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): readonly Selected[] {
  const root = schema.getRootType(operation.operation);
  return root ? new Selections(schema, document, variables).of([{ type: root, set: operation.selectionSet }]) : [];
}

class Selections {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
  }

  of(parts: readonly Part[]): readonly Selected[] {
    const found = new Map<string, Found>();
    const spread = new Set<string>();
    for (const part of parts) this.#collect(part, found, spread);
    return [...found].map(([name, { definition, parts: below }]) => ({
      name,
      field: definition.name,
      description: definition.description ?? '',
      type: getNamedType(definition.type).name,
      lists: listsOf(definition.type),
      fields: isCompositeType(getNamedType(definition.type)) ? this.of(below) : null,
    }));
  }

  #collect({ type, set }: Part, found: Map<string, Found>, spread: Set<string>): void {
    for (const node of set.selections) {
      if (this.#isLeftOut(node)) continue;
      if (node.kind === Kind.FIELD) {
        const definition = fieldOf(type, node.name.value);
        if (!definition) continue;
        const name = node.alias?.value ?? node.name.value;
        const known = found.get(name) ?? { definition, parts: [] };
        found.set(name, known);
        // Each with the type of its own definition, which may be another for another type of object.
        const below = getNamedType(definition.type);
        if (node.selectionSet && isCompositeType(below)) known.parts.push({ type: below, set: node.selectionSet });
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition && typeFromAST(this.schema, node.typeCondition);
        this.#collect({ type: isCompositeType(condition) ? condition : type, set: node.selectionSet }, found, spread);
      } else {
        const fragment = this.#fragments.get(node.name.value);
        if (!fragment || spread.has(node.name.value)) continue;
        spread.add(node.name.value);
        const condition = typeFromAST(this.schema, fragment.typeCondition);
        if (isCompositeType(condition)) this.#collect({ type: condition, set: fragment.selectionSet }, found, spread);
      }
    }
  }

  #isLeftOut(node: SelectionNode): boolean {
    return (
      getDirectiveValues(GraphQLSkipDirective, node, this.variables)?.['if'] === true ||
      getDirectiveValues(GraphQLIncludeDirective, node, this.variables)?.['if'] === false
    );
  }
}

function fieldOf(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  // Those of the whole schema are no fields of a type.
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

function listsOf(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return listsOf(type.ofType);
  return isListType(type) ? 1 + listsOf(type.ofType) : 0;
}
