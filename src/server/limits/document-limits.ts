import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import type { Limits } from '../config';
import type { ErrorCode } from '../errors';

interface Size {
  readonly depth: number;
  readonly aliases: number;
}

const NOTHING: Size = { depth: 0, aliases: 0 };

/**
 * A validation rule that bounds the depth and the aliases of each operation with fragments expanded. Each fragment is
 * measured once, so that fragments that use one another twice cannot make the measuring itself expensive. Introspection
 * is not measured here: graphql-js bounds it with a rule of its own.
 */
export function limitDocuments(limits: Pick<Limits, 'depth' | 'aliases'>): ValidationRule {
  return (context: ValidationContext): ASTVisitor => {
    const measured = new Map<string, Size>();

    const measureFragment = (fragment: FragmentDefinitionNode | null | undefined): Size => {
      if (!fragment) return NOTHING;
      const name = fragment.name.value;
      const known = measured.get(name);
      if (known) return known;
      // Stands for itself while it is being measured: a fragment on a cycle is refused by another rule.
      measured.set(name, NOTHING);
      const size = measure(fragment.selectionSet);
      measured.set(name, size);
      return size;
    };

    const measure = (selectionSet: SelectionSetNode): Size => {
      let depth = 0;
      let aliases = 0;
      for (const selection of selectionSet.selections) {
        if (selection.kind === Kind.FIELD) {
          const introspection = selection.name.value.startsWith('__');
          const inner = selection.selectionSet && !introspection ? measure(selection.selectionSet) : NOTHING;
          depth = Math.max(depth, 1 + inner.depth);
          aliases += (selection.alias ? 1 : 0) + inner.aliases;
        } else {
          const inner =
            selection.kind === Kind.INLINE_FRAGMENT
              ? measure(selection.selectionSet)
              : measureFragment(context.getFragment(selection.name.value));
          depth = Math.max(depth, inner.depth);
          aliases += inner.aliases;
        }
      }
      return { depth, aliases };
    };

    const refuse = (code: ErrorCode, message: string): void => {
      context.reportError(new GraphQLError(message, { extensions: { code } }));
    };

    return {
      OperationDefinition(node) {
        const { depth, aliases } = measure(node.selectionSet);
        if (depth > limits.depth)
          refuse(
            'DEPTH_EXCEEDED',
            `The selection is ${String(depth)} levels deep; allowed: at most ${String(limits.depth)}.`,
          );
        if (aliases > limits.aliases)
          refuse(
            'ALIASES_EXCEEDED',
            `The operation has ${String(aliases)} aliases, fragments expanded; allowed: at most ${String(limits.aliases)}.`,
          );
        return false;
      },
    };
  };
}
