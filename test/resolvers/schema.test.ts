import { readFileSync } from 'node:fs';
import {
  getNamedType,
  type GraphQLObjectType,
  GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { emitSchema, schemaPath } from '../../scripts/emit-schema';
import { createSchema } from '../../src/resolvers/schema';
import { registry, type MethodDescriptor } from '../../src/scoring';

let schema: GraphQLSchema;
beforeAll(() => {
  schema = createSchema();
});

it('schema.graphql is what the resolvers make', () => {
  expect(readFileSync(schemaPath(), 'utf8')).toBe(emitSchema());
});

interface Described {
  readonly at: string;
  readonly description: string | null | undefined;
  /** What the text must also say: when an output is null, or what leaving an input out does. */
  readonly mustSay: RegExp | null;
}

function everything(): Described[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap((type): Described[] => {
      const found: Described[] = [{ at: type.name, description: type.description, mustSay: null }];
      if (isEnumType(type)) {
        for (const value of type.getValues())
          found.push({ at: `${type.name}.${value.name}`, description: value.description, mustSay: null });
      } else if (isInputObjectType(type)) {
        for (const field of Object.values(type.getFields()))
          found.push({
            at: `${type.name}.${field.name}`,
            description: field.description,
            mustSay:
              isNonNullType(field.type) || field.defaultValue !== undefined
                ? null
                : /Null or left out|Required\.|lets all through/,
          });
      } else if (isObjectType(type) || isInterfaceType(type)) {
        for (const field of Object.values(type.getFields())) {
          const at = `${type.name}.${field.name}`;
          found.push({ at, description: field.description, mustSay: isNonNullType(field.type) ? null : /\bNull\b/ });
          for (const arg of field.args)
            found.push({
              at: `${at}(${arg.name})`,
              description: arg.description,
              mustSay: isNonNullType(arg.type) || arg.defaultValue !== undefined ? null : /Null or left out/,
            });
        }
      }
      return found;
    });
}

it('every type, field, argument, enum value and input field has a description, and what may be null says when', () => {
  const all = everything();
  expect(all.length).toBeGreaterThan(300);
  const lacking = all.filter(
    ({ description, mustSay }) => !description?.trim() || (mustSay !== null && !mustSay.test(description)),
  );
  expect(lacking.map(({ at, description }) => `${at}: ${description ?? ''}`)).toEqual([]);
});

/** Longest description; a method's summary in an enum value is the longest kind. */
const LONGEST_DESCRIPTION = 900;

it('descriptions are sentences: a capital first, a full stop last, plain punctuation, of bearable length', () => {
  const faults = (text: string): string[] => [
    ...(/^[\p{Lu}\p{N}`]/u.test(text) ? [] : ['no capital']),
    ...(/[.?!][)`"]?$/.test(text) ? [] : ['no full stop']),
    ...(text.length > LONGEST_DESCRIPTION ? ['too long'] : []),
    ...(/ {2}|\s$|^\s|\.\.|;\s*$/.test(text) ? ['stray white space or punctuation'] : []),
    ...((text.match(/`/g) ?? []).length % 2 === 0 ? [] : ['an open backtick']),
    ...(/\b(TODO|FIXME|TBD)\b/.test(text) ? ['unfinished'] : []),
  ];
  const found = everything().flatMap(({ at, description }) =>
    faults(description ?? '').map((fault) => `${at}: ${fault}: ${description ?? ''}`),
  );
  expect(found).toEqual([]);
});

it('a deprecated field, argument or value says what to use instead', () => {
  const reasons = Object.values(schema.getTypeMap()).flatMap((type): (string | null | undefined)[] => {
    if (isEnumType(type)) return type.getValues().map(({ deprecationReason }) => deprecationReason);
    if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => field.deprecationReason);
    if (!isObjectType(type) || isIntrospectionType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => [
      field.deprecationReason,
      ...field.args.map(({ deprecationReason }) => deprecationReason),
    ]);
  });
  const given = reasons.filter((reason) => reason != null);
  expect(given.filter((reason) => !/`\w/.test(reason))).toEqual([]);
});

it('every field of Query but those that cannot fail is nullable, so that one that fails leaves the rest standing', () => {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual(['methods']);
});

describe('the inputs of a recipe follow the registry', () => {
  const INPUTS = {
    IMPUTATION: ['ImputationInput', 'ImputationMethod'],
    TREATMENT: ['TreatmentInput', 'TreatmentMethod'],
    NORMALISATION: ['NormalisationInput', 'NormalisationMethod'],
    WEIGHTING: ['WeightingInput', 'WeightingMethod'],
    AGGREGATION: ['AggregationRuleInput', 'AggregationMethod'],
  } as const;

  it.each(Object.entries(INPUTS))('%s', (stage, [inputName, enumName]) => {
    const methods: ReadonlyMap<string, MethodDescriptor> = registry[stage as keyof typeof INPUTS];
    const input = schema.getType(inputName);
    const values = schema.getType(enumName);
    if (!isInputObjectType(input) || !isEnumType(values)) throw new Error(`${inputName} or ${enumName} is not there.`);
    expect(new Set(values.getValues().map((value) => value.name))).toEqual(new Set(methods.keys()));
    const fields = input.getFields();
    for (const method of methods.values())
      for (const [name, spec] of Object.entries(method.parameters)) {
        expect(Object.keys(fields)).toContain(name);
        expect(fields[name]?.description).toContain(spec.description);
      }
  });

  it('TieRule holds the rules of the RANKING stage', () => {
    const ties = schema.getType('TieRule');
    expect(isEnumType(ties) && ties.getValues().map((value) => value.name)).toEqual([...registry.RANKING.keys()]);
  });
});

it('no row id and no join column is shown', () => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    expect(Object.keys(type.getFields())).not.toContain('releaseSequence');
    expect(Object.keys(type.getFields())).not.toContain('sequence');
  }
});

describe('connections as the Relay specification has them', () => {
  const connections = (): GraphQLObjectType[] =>
    Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => name.endsWith('Connection'));

  it('each has edges with node and cursor, and a PageInfo', () => {
    expect(connections().length).toBeGreaterThan(10);
    for (const connection of connections()) {
      const name = connection.name.replace(/Connection$/, '');
      const { edges, pageInfo, nodes, totalCount } = connection.getFields();
      expect([edges, pageInfo, totalCount].map((field) => String(field?.type))).toEqual([
        `[${name}Edge!]!`,
        'PageInfo!',
        'Int!',
      ]);
      const edge = schema.getType(`${name}Edge`);
      if (!isObjectType(edge)) throw new Error(`${name}Edge is not there.`);
      expect(String(edge.getFields()['cursor']?.type)).toBe('String!');
      expect(`[${String(edge.getFields()['node']?.type)}]!`).toBe(String(nodes?.type));
    }
    const page = schema.getType('PageInfo');
    expect(
      isObjectType(page) && Object.values(page.getFields()).map(({ name, type }) => `${name}: ${String(type)}`),
    ).toEqual(
      expect.arrayContaining([
        'hasNextPage: Boolean!',
        'hasPreviousPage: Boolean!',
        'startCursor: String',
        'endCursor: String',
      ]),
    );
  });

  it('each field that gives one takes first and after, and both of last and before or neither', () => {
    const names = new Set(connections().map(({ name }) => name));
    const fields = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .flatMap((type) => Object.values(type.getFields()))
      .filter(({ type }) => names.has(getNamedType(type).name));
    expect(fields.length).toBeGreaterThan(10);
    for (const { name, args } of fields) {
      const types = new Map(args.map((arg) => [arg.name, String(arg.type)]));
      expect([name, types.get('first'), types.get('after')]).toEqual([name, 'Int', 'String']);
      expect([undefined, 'Int']).toContain(types.get('last'));
      expect(types.has('before')).toBe(types.has('last'));
    }
  });
});
