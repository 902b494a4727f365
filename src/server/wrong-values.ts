import { Kind, valueFromASTUntyped, visit, BREAK, type ASTNode, type DocumentNode, type GraphQLError } from 'graphql';
import { echo } from '../rankings/echo';

/*
 * graphql-js tells what is wrong with a value in a sentence only. Here it is told as data: where the value stands, the value,
 * and what would be accepted, by the type that the sentence names and nothing else of the schema.
 */

/** A value that does not fit its type. */
export interface WrongValue {
  /** Path in the arguments, or from the name of a variable on. */
  readonly field: string;
  /** Shortened; null where there is none. */
  readonly value: ReturnType<typeof echo>;
  readonly allowed: string;
}

/** Sentences about a value, and what they say would be accepted; the first group is the type. */
const ALLOWED: readonly (readonly [sentence: RegExp, allowed: (type: string) => string])[] = [
  [/^Value .* does not exist in "(\w+)" enum\./s, (type) => `a value of ${type}`],
  [/^Enum "(\w+)" cannot represent /, (type) => `a value of ${type}`],
  [/^(\w+) cannot represent /, (type) => `a value of ${type}`],
  [/^Expected (?:value of |non-nullable )?type "([\w![\]]+)"/, (type) => `a value of ${type}`],
  [
    / of (?:required |non-null )?type "([\w![\]]+)" (?:was not provided|must not be null|is required)/,
    (type) => `a value of ${type}`,
  ],
  [/^Field "\w+" is not defined by type "(\w+)"/, (type) => `a field of ${type}`],
  [/\bOneOf (?:type|Input Object) "(\w+)"/, (type) => `exactly one field of ${type}`],
];

function allowedBy(sentence: string): string | null {
  for (const [pattern, allowed] of ALLOWED) {
    const [, type] = pattern.exec(sentence) ?? [];
    if (type !== undefined) return allowed(type);
  }
  return null;
}

/** A field that a sentence names which does not stand at the place itself. */
const missingIn = (sentence: string): string | null =>
  /^Field "(?:\w+\.)?(\w+)" (?:of required type|is not defined)/.exec(sentence)?.[1] ?? null;

/** What of a message is looked at: values may be long, and stand before the sentence. */
const READ_UNITS = 4000;

/** `Variable "$input" got invalid value -1 at "input.year"; …`; strings in the value are as in JSON. */
const OF_VARIABLE = /^Variable "\$(\w+)" got invalid value ((?:"(?:[^"\\]|\\.)*"|[^"])*?)(?: at "([^"]+)")?; (.*)$/s;
/** What a variable or an argument lacks. */
const LACKING = /^(?:Variable "\$|Argument ")(\w+)" of (?:required|non-null) type /;

/** What is wrong with a variable, by the message of graphql-js; null where the message is of another form. */
export function wrongVariable(message: string): WrongValue | null {
  const read = message.slice(0, READ_UNITS);
  const [, lacking] = LACKING.exec(read) ?? [];
  if (lacking !== undefined) {
    const allowed = allowedBy(read);
    return allowed === null ? null : { field: lacking, value: null, allowed };
  }
  const [, variable, value = '', place = variable, sentence = ''] = OF_VARIABLE.exec(read) ?? [];
  const allowed = allowedBy(sentence);
  if (place === undefined || allowed === null) return null;
  const missing = missingIn(sentence);
  if (missing === null) return { field: place, value: echo(primitiveOf(value)), allowed };
  return { field: `${place}.${missing}`, value: null, allowed };
}

/** A value as graphql-js prints it: strings, numbers, booleans and null as in JSON, else the text. */
function primitiveOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? text : value;
  } catch {
    return text;
  }
}

/** What is wrong with a value that is written out in a document; null for errors about anything else. */
export function wrongLiteral({ message, nodes }: GraphQLError, document: DocumentNode): WrongValue | null {
  const allowed = allowedBy(message);
  const [node] = nodes ?? [];
  if (!node || allowed === null) return null;
  if (node.kind === Kind.FIELD || node.kind === Kind.DIRECTIVE) {
    const [, argument] = / argument "(\w+)" of type /.exec(message) ?? [];
    return argument === undefined ? null : { field: argument, value: null, allowed };
  }
  const place = placeOf(node, document);
  if (place === '') return null;
  if (node.kind === Kind.OBJECT_FIELD) return { field: place, value: literalValue(node.value), allowed };
  const missing = node.kind === Kind.OBJECT ? missingIn(message) : null;
  return missing === null
    ? { field: place, value: literalValue(node), allowed }
    : { field: `${place}.${missing}`, value: null, allowed };
}

/** Where a node stands in its argument or in the default of its variable; empty where in neither. */
function placeOf(wanted: ASTNode, document: DocumentNode): string {
  let place = '';
  visit(document, {
    enter(node, _key, parent, _path, ancestors) {
      if (node !== wanted) return undefined;
      const steps = [...ancestors, ...(parent ? [parent] : [])].flatMap((step) => ('kind' in step ? [step] : []));
      for (const [index, step] of [...steps, node].entries()) {
        if (step.kind === Kind.ARGUMENT) place = step.name.value;
        else if (step.kind === Kind.VARIABLE_DEFINITION) place = step.variable.name.value;
        else if (step.kind === Kind.OBJECT_FIELD) place += `.${step.name.value}`;
        else if (step.kind === Kind.LIST) {
          const next = steps[index + 1] ?? node;
          const item = step.values.findIndex((value) => value === next);
          if (item >= 0) place += `[${String(item)}]`;
        }
      }
      return BREAK;
    },
  });
  return place;
}

function literalValue(node: ASTNode): ReturnType<typeof echo> {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return Number.isFinite(Number(node.value)) ? Number(node.value) : echo(node.value);
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return echo(node.value);
    case Kind.LIST:
    case Kind.OBJECT:
      return echo(valueFromASTUntyped(node));
    default:
      return null;
  }
}
