import { mapSchema, MapperKind } from '@graphql-tools/utils';
import {
  getNullableType,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLScalarType,
  GraphQLString,
  isListType,
  isNonNullType,
  isScalarType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

/*
 * A list of numbers or texts is completed item by item, by graphql-js as by graphql-jit, which takes many times what making
 * the list does. For the compiler alone, such a list is one scalar, which looks at all of its items in one loop.
 */

const MAX_INT = 2 ** 31;

/** Whether a value stands in an answer as it is, by the name of its scalar. */
const PLAIN: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  [GraphQLFloat.name, (value) => typeof value === 'number' && Number.isFinite(value)],
  [
    GraphQLInt.name,
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= -MAX_INT && value < MAX_INT,
  ],
  [GraphQLString.name, (value) => typeof value === 'string'],
  [GraphQLID.name, (value) => typeof value === 'string'],
  [GraphQLBoolean.name, (value) => typeof value === 'boolean'],
]);

/**
 * The schema with every list of built-in scalars made one scalar, for executing what was validated against the schema itself.
 * A list with anything but plain values in it is an error, where the schema itself may turn a value into another: whoever
 * executes must then do so again with the schema itself.
 */
export function withWholeLists(schema: GraphQLSchema): GraphQLSchema {
  const scalars = new Map<string, GraphQLScalarType>();
  const wholeOf = (type: GraphQLOutputType): GraphQLScalarType | null => {
    const isPlain = plainList(type);
    if (isPlain === null) return null;
    const name = nameOf(type);
    const scalar =
      scalars.get(name) ??
      new GraphQLScalarType({
        name,
        serialize(list) {
          if (isPlain(list)) return list;
          throw new Error('The list is to be completed item by item.');
        },
      });
    scalars.set(name, scalar);
    return scalar;
  };
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD](field) {
      const whole = wholeOf(getNullableType(field.type));
      if (whole === null) return field;
      return { ...field, type: isNonNullType(field.type) ? new GraphQLNonNull(whole) : whole };
    },
  });
}

/** Tells lists of plain values; null for the type of anything but a list of built-in scalars, of any depth. */
function plainList(type: GraphQLOutputType): ((value: unknown) => boolean) | null {
  if (!isListType(type)) return null;
  const item = getNullableType(type.ofType);
  const isPlain = isScalarType(item) ? (PLAIN.get(item.name) ?? null) : plainList(item);
  if (isPlain === null) return null;
  const orNull = !isNonNullType(type.ofType);
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const element of value as readonly unknown[])
      if (!(isPlain(element) || (orNull && element === null))) return false;
    return true;
  };
}

/** A name that no type of the schema has. */
function nameOf(type: GraphQLOutputType): string {
  if (isListType(type)) return `${nameOf(type.ofType)}_list`;
  return isNonNullType(type) ? `${nameOf(type.ofType)}_nonNull` : String(type);
}
