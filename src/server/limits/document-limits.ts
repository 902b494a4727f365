import {
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Limits } from '../config';
import { codedError, type ErrorCode } from '../errors';

/** The limits on the shape of a document. */
export type DocumentLimits = Pick<
  Limits,
  'tokens' | 'depth' | 'aliases' | 'directives' | 'rootFields' | 'scoringRootFields'
>;

/** Root fields of `Query` and `Mutation` that run the scoring pipeline. */
export const SCORING_ROOTS: ReadonlySet<string> = new Set([
  'closestWeights',
  'compareCities',
  'compareRankings',
  'convergence',
  'counterfactual',
  'explain',
  'favourableWeights',
  'peers',
  'rankChange',
  'rankHistory',
  'ranking',
  'rankingByDigest',
  'startRobustness',
  'trends',
  'whatIf',
]);

/** Most validation errors that are reported for one document, the one that says that there are more among them. */
export const MAX_VALIDATION_ERRORS = 10;

interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields of the selection itself, and how many of them score; they only mean something at the root. */
  readonly fields: number;
  readonly scoring: number;
}

const NOTHING: Size = { depth: 0, aliases: 0, directives: 0, fields: 0, scoring: 0 };

/** Measures selections with fragments expanded; each fragment is measured once. */
class Measure {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #measured = new Map<string, Size>();

  constructor(document: DocumentNode) {
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
  }

  of({ selections }: SelectionSetNode): Size {
    return selections.reduce<Size>((sum, selection) => {
      const size = this.#ofSelection(selection);
      return {
        depth: Math.max(sum.depth, size.depth),
        aliases: sum.aliases + size.aliases,
        directives: sum.directives + size.directives + (selection.directives?.length ?? 0),
        fields: sum.fields + size.fields,
        scoring: sum.scoring + size.scoring,
      };
    }, NOTHING);
  }

  #ofSelection(selection: SelectionNode): Size {
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.of(selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#ofFragment(selection.name.value);
    const name = selection.name.value;
    const inner = selection.selectionSet ? this.of(selection.selectionSet) : NOTHING;
    // The depth and the loops of introspection are bounded by a rule of graphql-js.
    const isIntrospection = name.startsWith('__');
    return {
      depth: 1 + (isIntrospection ? 0 : inner.depth),
      aliases: (selection.alias ? 1 : 0) + inner.aliases,
      directives: inner.directives,
      fields: 1,
      scoring: SCORING_ROOTS.has(name) ? 1 : 0,
    };
  }

  #ofFragment(name: string): Size {
    const known = this.#measured.get(name);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    if (!fragment) return NOTHING;
    // Stands for itself while it is being measured: validation refuses a fragment on a cycle.
    this.#measured.set(name, NOTHING);
    const inner = this.of(fragment.selectionSet);
    const size = { ...inner, directives: inner.directives + (fragment.directives?.length ?? 0) };
    this.#measured.set(name, size);
    return size;
  }
}

/**
 * The first limit on the shape of a document that one of its operations breaks, or null. It needs no schema and takes
 * time in proportion to the document, so that it can run before validation, whose rules may take the square of that.
 */
export function checkDocument(document: DocumentNode, limits: DocumentLimits): GraphQLError | null {
  const measure = new Measure(document);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = measure.of(definition.selectionSet);
    const onOperation = [definition, ...(definition.variableDefinitions ?? [])];
    const directives = onOperation.reduce((sum, node) => sum + (node.directives?.length ?? 0), size.directives);
    const scoring = definition.operation === OperationTypeNode.SUBSCRIPTION ? 0 : size.scoring;
    const checks: readonly (readonly [ErrorCode, string, number, number])[] = [
      ['DEPTH_EXCEEDED', 'levels of selections', size.depth, limits.depth],
      ['ALIASES_EXCEEDED', 'aliases', size.aliases, limits.aliases],
      ['DIRECTIVES_EXCEEDED', 'directives', directives, limits.directives],
      ['ROOT_FIELDS_EXCEEDED', 'root fields', size.fields, limits.rootFields],
      ['ROOT_FIELDS_EXCEEDED', 'root fields that run a ranking', scoring, limits.scoringRootFields],
    ];
    for (const [code, what, found, allowed] of checks) {
      if (found > allowed)
        return codedError(
          code,
          `The operation has ${String(found)} ${what}, fragments expanded; allowed: at most ${String(allowed)}.`,
        );
    }
  }
  return null;
}
