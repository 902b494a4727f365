import { GraphQLError, GraphQLScalarType } from 'graphql';

/** Any JSON value, for output only: inputs are always typed. */
export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON value. Used for output only; inputs are typed.',
  serialize: (value) => value,
  parseValue: () => {
    throw new GraphQLError('JSON is for output only.');
  },
  parseLiteral: () => {
    throw new GraphQLError('JSON is for output only.');
  },
});
