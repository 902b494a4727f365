import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, Kind, visit, type DocumentNode, type ValueNode } from 'graphql';
import type { Limits } from '../config';

/*
 * The outer bound on what a request may bring, looked at before anything is coerced: it also holds for single strings,
 * lists within recipes and variables that no field reads, which the rules of the argument classes
 * (`src/resolvers/rules.ts`) do not see. Each list of codes has a shorter limit of its own there.
 */

/** How long lists and strings may be. Cursors and ids are exempt and checked by themselves. */
export type InputLimits = Pick<Limits, 'listItems' | 'stringCharacters'>;

/** Arguments that stand for cursors and ids. */
const CURSOR_ARGUMENTS: ReadonlySet<string> = new Set(['after', 'before', 'id', 'ids']);

const refuse = (field: string, message: string, allowed: string): GraphQLError =>
  new GraphQLError(`${field}: ${message} Allowed: ${allowed}.`, {
    extensions: { code: 'BAD_INPUT', field, allowed, http: { status: 400 } },
  });

/** What no text of a release holds and some databases refuse: NUL and half a surrogate pair. */
const NO_TEXT = /[\0\p{Surrogate}]/u;

function checkString(text: string, path: string, { stringCharacters: most }: InputLimits): void {
  // A code point takes at most two units, so the start of the string is enough to tell.
  if (text.length > most && Array.from(text.slice(0, 2 * most + 2)).length > most)
    throw refuse(path, 'The string is too long.', `at most ${String(most)} characters`);
  if (NO_TEXT.test(text))
    throw refuse(path, 'The string holds NUL or half a surrogate pair.', 'characters that Unicode text can hold');
}

function checkLength(length: number, path: string, { listItems: most }: InputLimits): void {
  if (length > most)
    throw refuse(path, `The list has ${String(length)} items, which is too many.`, `at most ${String(most)} items`);
}

/** Walks a variable's value with a stack of its own, so that no nesting can exhaust the call stack. */
function checkValue(value: unknown, path: string, limits: InputLimits): void {
  const stack: { value: unknown; path: string }[] = [{ value, path }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { value: item, path: place } = top;
    if (typeof item === 'string') {
      checkString(item, place, limits);
    } else if (Array.isArray(item)) {
      checkLength(item.length, place, limits);
      item.forEach((member: unknown, index) => stack.push({ value: member, path: `${place}[${String(index)}]` }));
    } else if (typeof item === 'object' && item !== null) {
      for (const [key, member] of Object.entries(item)) stack.push({ value: member, path: `${place}.${key}` });
    }
  }
}

/** The same for a value that is written out in the document. */
function checkLiteral(value: ValueNode, path: string, limits: InputLimits): void {
  const stack: { readonly value: ValueNode; readonly path: string }[] = [{ value, path }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { value: item, path: place } = top;
    if (item.kind === Kind.STRING) {
      checkString(item.value, place, limits);
    } else if (item.kind === Kind.LIST) {
      checkLength(item.values.length, place, limits);
      item.values.forEach((member, index) => stack.push({ value: member, path: `${place}[${String(index)}]` }));
    } else if (item.kind === Kind.OBJECT) {
      for (const field of item.fields) stack.push({ value: field.value, path: `${place}.${field.name.value}` });
    }
  }
}

/** Checks the literals of a document; returns the names of the variables that stand for cursors. */
function checkLiterals(document: DocumentNode, limits: InputLimits): ReadonlySet<string> {
  const cursors = new Set<string>();
  visit(document, {
    Argument(node) {
      const name = node.name.value;
      if (!CURSOR_ARGUMENTS.has(name)) checkLiteral(node.value, name, limits);
      else if (node.value.kind === Kind.VARIABLE) cursors.add(node.value.name.value);
      return false;
    },
    VariableDefinition({ variable, defaultValue }) {
      if (defaultValue) checkLiteral(defaultValue, variable.name.value, limits);
      return false;
    },
  });
  return cursors;
}

/**
 * Checks the literals of a document and the values of its variables.
 * @param cursors names of the variables that stand for cursors, where the literals have been checked
 * @throws GraphQLError `BAD_INPUT` for a list or string that is too long, and for a string that is no text
 */
export function checkInputs(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  limits: InputLimits,
  cursors = checkLiterals(document, limits),
): void {
  for (const [name, value] of Object.entries(variables)) {
    if (!cursors.has(name)) checkValue(value, name, limits);
  }
}

/** Refuses over-long lists and strings, and strings that are no text, in literals and in variables, before anything runs. */
export class InputCheck {
  /** Names of variables that stand for cursors. A document that comes again is the same object. */
  readonly #cursors = new WeakMap<DocumentNode, ReadonlySet<string>>();

  constructor(private readonly limits: InputLimits) {}

  /** {@link checkInputs}, with the literals of each document checked once. */
  check(document: DocumentNode, variables: Readonly<Record<string, unknown>>): void {
    const cursors = this.#cursors.get(document) ?? checkLiterals(document, this.limits);
    this.#cursors.set(document, cursors);
    checkInputs(document, variables, this.limits, cursors);
  }

  /** Has Apollo check what it runs. */
  get plugin(): ApolloServerPlugin {
    return {
      requestDidStart: () =>
        Promise.resolve({
          didResolveOperation: ({ document, request }) => {
            this.check(document, request.variables ?? {});
            return Promise.resolve();
          },
        }),
    };
  }
}
