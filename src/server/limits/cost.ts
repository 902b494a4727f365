import {
  getArgumentValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLDirective,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import {
  GIVEN,
  INTROSPECTION_NODES,
  itemsUnlessNamed,
  LISTS,
  pageOf,
  WEIGHT,
  type Arguments,
  type Given,
  type Lists,
  type Sizes,
} from './field-costs';

/** What is known of a field before any document is. */
interface FieldPlan {
  readonly field: GraphQLField<unknown, unknown>;
  /** What is below it; null for scalars and enums. */
  readonly type: GraphQLCompositeType | null;
  /** What one item counts by itself, in hundredths of a node. */
  readonly weight: number;
  /** Number of items; null where it is no list. */
  readonly items: Lists['items'] | null;
  readonly given: Given | null;
}

/** Coerced variables. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * Estimates what operations cost, in nodes: objects of the answer, and a tenth of one for each scalar. The estimate is made
 * of the operation, its coerced variables and the sizes of the release alone, so that it is the same however the operation
 * is written: with literals or variables, with fragments or without. A field that is asked for twice counts twice.
 */
export class CostModel {
  readonly #plans = new Map<GraphQLCompositeType, Map<string, FieldPlan>>();
  readonly #items = new Map<string, Lists['items']>();

  constructor(private readonly schema: GraphQLSchema) {
    for (const { items, fields } of LISTS) for (const field of fields) this.#items.set(field, items);
    for (const type of Object.values(schema.getTypeMap())) {
      if (!('getFields' in type) || !isCompositeType(type) || type.name.startsWith('__')) continue;
      const plans = Object.values(type.getFields()).map(
        (field) => [field.name, this.#planOf(type.name, field)] as const,
      );
      this.#plans.set(type, new Map(plans));
    }
  }

  /**
   * Nodes of the answer to an operation of a valid document, whole, at most 2^53.
   * @param variables coerced
   */
  nodesOf(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables, sizes: Sizes): number {
    const root = this.schema.getRootType(operation.operation);
    if (!root) return 0;
    const weight = new Walk(this, document, variables).of(operation.selectionSet, root, sizes);
    return Math.min(Math.ceil(weight / WEIGHT.object), Number.MAX_SAFE_INTEGER);
  }

  /** What is known of a field; undefined for those of introspection. */
  planOf(type: GraphQLCompositeType, name: string): FieldPlan | undefined {
    return this.#plans.get(type)?.get(name);
  }

  /** The type of a fragment's condition. */
  typeNamed(name: string): GraphQLCompositeType | undefined {
    const type = this.schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  #planOf(typeName: string, field: GraphQLField<unknown, unknown>): FieldPlan {
    const name = `${typeName}.${field.name}`;
    const named = getNamedType(field.type);
    const type = isCompositeType(named) ? named : null;
    const isList = holdsList(field.type);
    const isOfConnection = isConnection(typeName) && (field.name === 'nodes' || field.name === 'edges');
    return {
      field,
      type,
      weight: type ? WEIGHT.object : isList ? WEIGHT.item : WEIGHT.leaf,
      items: isOfConnection ? ({ page }) => page : isList ? (this.#items.get(name) ?? itemsUnlessNamed) : null,
      given: GIVEN[name] ?? (isConnection(named.name) ? pageOf : null),
    };
  }
}

/** Lists of a schema that {@link LISTS} does not name, as `Type.field`, and names there that are no lists of it. */
export function listsLeftOut(schema: GraphQLSchema): string[] {
  const named = new Set(LISTS.flatMap(({ fields }) => fields));
  const lists = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!('getFields' in type) || !isCompositeType(type) || type.name.startsWith('__') || isConnection(type.name))
      continue;
    for (const field of Object.values(type.getFields()))
      if (holdsList(field.type)) lists.add(`${type.name}.${field.name}`);
  }
  return [...[...lists].filter((name) => !named.has(name)), ...[...named].filter((name) => !lists.has(name))];
}

const isConnection = (typeName: string): boolean => typeName.endsWith('Connection');

function holdsList(type: GraphQLOutputType): boolean {
  return isListType(type) || (isNonNullType(type) && holdsList(type.ofType));
}

/** The weight of one operation. Each fragment is weighed once for each set of sizes that it is used under. */
class Walk {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  /** Fragments by sizes; sizes by what they are, since fields under different parents may come to the same. */
  readonly #weighed = new Map<Sizes, Map<string, number>>();
  readonly #sizes = new Map<string, Sizes>();

  constructor(
    private readonly model: CostModel,
    document: DocumentNode,
    private readonly variables: Variables,
  ) {
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
  }

  of({ selections }: SelectionSetNode, type: GraphQLCompositeType, sizes: Sizes): number {
    let sum = 0;
    for (const selection of selections)
      if (this.#isIncluded(selection)) sum += this.#ofSelection(selection, type, sizes);
    return sum;
  }

  #ofSelection(selection: SelectionNode, type: GraphQLCompositeType, sizes: Sizes): number {
    if (selection.kind === Kind.FIELD) return this.#ofField(selection, type, sizes);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#ofFragment(selection.name.value, sizes);
    const condition = selection.typeCondition && this.model.typeNamed(selection.typeCondition.name.value);
    return this.of(selection.selectionSet, condition ?? type, sizes);
  }

  #ofField(node: FieldNode, parent: GraphQLCompositeType, sizes: Sizes): number {
    const name = node.name.value;
    const plan = this.model.planOf(parent, name);
    // How deep introspection goes is bounded by a rule of graphql-js, and the schema is always the same.
    if (!plan) return isIntrospection(name) ? INTROSPECTION_NODES[name] * WEIGHT.object : WEIGHT.leaf;
    const { given, items, type, weight } = plan;
    const scope = given ? this.#sizesWith(sizes, given(this.#argumentsOf(plan, node), sizes)) : sizes;
    const inner = type && node.selectionSet ? this.of(node.selectionSet, type, scope) : 0;
    return items === null ? weight + inner : items(scope) * (weight + inner);
  }

  #ofFragment(name: string, sizes: Sizes): number {
    let weighed = this.#weighed.get(sizes);
    if (!weighed) {
      weighed = new Map<string, number>();
      this.#weighed.set(sizes, weighed);
    }
    const known = weighed.get(name);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    const type = fragment && this.model.typeNamed(fragment.typeCondition.name.value);
    const weight = type ? this.of(fragment.selectionSet, type, sizes) : 0;
    weighed.set(name, weight);
    return weight;
  }

  /** Arguments that cannot be coerced count as none: the field is refused when it runs. */
  #argumentsOf({ field }: FieldPlan, node: FieldNode): Arguments {
    try {
      return getArgumentValues(field, node, this.variables);
    } catch {
      return {};
    }
  }

  #sizesWith(sizes: Sizes, given: Partial<Sizes>): Sizes {
    const made = { ...sizes, ...given };
    const key = Object.values(made).join();
    const known = this.#sizes.get(key);
    if (known) return known;
    this.#sizes.set(key, made);
    return made;
  }

  #isIncluded(selection: SelectionNode): boolean {
    if (!selection.directives || selection.directives.length === 0) return true;
    return (
      this.#conditionOf(GraphQLSkipDirective, selection) !== true &&
      this.#conditionOf(GraphQLIncludeDirective, selection) !== false
    );
  }

  #conditionOf(directive: GraphQLDirective, { directives }: SelectionNode): unknown {
    const node = directives?.find(({ name }) => name.value === directive.name);
    if (!node) return undefined;
    try {
      return getArgumentValues(directive, node, this.variables)['if'];
    } catch {
      return undefined;
    }
  }
}

const isIntrospection = (name: string): name is keyof typeof INTROSPECTION_NODES =>
  Object.hasOwn(INTROSPECTION_NODES, name);
