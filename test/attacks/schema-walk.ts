import {
  astFromValue,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  print,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** A field with the type that it is on. */
export interface Step {
  readonly on: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
}

/** A value that a JSON body can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Values that mean something in the built-in release, by the name of the argument or input field. */
export const MEANINGFUL: Readonly<Record<string, readonly JsonValue[]>> = {
  a: [{}],
  above: ['governance'],
  b: [{ ranking: { year: 2018 } }],
  city: ['330100', '310000', '440300'],
  cities: ['330100', '310000', '440300', '110000'],
  codes: ['330100', '310000', '440300', '110000'],
  code: ['330100'],
  dimension: ['overall'],
  dimensions: ['overall'],
  digest: ['e56384b849f5f33c05e08cdedc3a36f28e3b6a94fda0e9463841b2f891a1c94d'],
  framework: ['city-digital-governance', 'digital-life'],
  frameworks: ['city-digital-governance', 'digital-life'],
  id: ['WyJDaXR5IiwiMjAyNi4xIiwiMzMwMTAwIl0'],
  ids: ['WyJDaXR5IiwiMjAyNi4xIiwiMzMwMTAwIl0'],
  indicator: ['rd_share_gdp', 'egov_service_index', 'lawyers_per_10k'],
  indicators: ['rd_share_gdp', 'egov_service_index', 'lawyers_per_10k'],
  methodology: ['default', 'digital-life'],
  node: ['governance', 'index', 'innovation', 'rd_share_gdp'],
  nodes: ['governance', 'index', 'innovation', 'digital_life'],
  other: ['310000'],
  provinces: ['330000', '440000', '110000'],
  reference: ['first'],
  release: ['2026.1'],
  report: ['2019 Urban Digital Development Index report'],
  reports: ['2019 Urban Digital Development Index report'],
  sources: ['SRC-CAICT-2020'],
  targetRank: [1, 5],
  text: ['an', '杭'],
  tiers: ['first', 'new_first', 'second'],
  tieBreaker: ['governance'],
  version: ['2026.1'],
  year: [2016, 2018, 2019, 2023],
  years: [2016, 2018, 2019],
};

/** Codes of what a field looks up, by the field. */
const MEANINGFUL_CODES: Readonly<Record<string, JsonValue>> = {
  framework: 'city-digital-governance',
  indicator: 'rd_share_gdp',
  methodology: 'default',
  source: 'SRC-CAICT-2020',
};

/** For each type with fields, the shortest way to it from `Query`; that of `Query` is empty. */
export function waysToTypes(schema: GraphQLSchema): ReadonlyMap<GraphQLObjectType, readonly Step[]> {
  const query = schema.getQueryType();
  if (!query) throw new Error('The schema has no queries.');
  const ways = new Map<GraphQLObjectType, readonly Step[]>([[query, []]]);
  // Types that are found are looked at in their turn, as sets and maps give them.
  for (const [on, way] of ways) {
    for (const field of Object.values(on.getFields())) {
      const type = getNamedType(field.type);
      if (isObjectType(type) && !ways.has(type)) ways.set(type, [...way, { on, field }]);
    }
  }
  return ways;
}

/** Whether a value must be given. */
export const isRequired = ({ type, defaultValue }: GraphQLArgument | GraphQLInputField): boolean =>
  isNonNullType(type) && defaultValue === undefined;

/** The least value of a type that means something. @param name of the argument or input field, @param on name of the field it is for */
export function leastValue(type: GraphQLInputType, name: string, on = ''): JsonValue {
  const nullable = getNullableType(type);
  const known = (name === 'code' ? MEANINGFUL_CODES[on] : undefined) ?? MEANINGFUL[name]?.[0];
  if (isListType(nullable)) return [leastValue(nullable.ofType, name, on)];
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields()).filter(isRequired);
    const own = Object.fromEntries(fields.map((field) => [field.name, leastValue(field.type, field.name, on)]));
    return typeof known === 'object' && fields.length === 0 ? known : own;
  }
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name ?? null;
  if (known !== undefined) return known;
  return getNamedType(type).name === 'Boolean' ? true : getNamedType(type).name === 'String' ? 'index' : 1;
}

/** Arguments of a field that must be given, with values. */
export function leastArguments({ field }: Step): Record<string, JsonValue> {
  const required = field.args.filter(isRequired);
  return Object.fromEntries(required.map((arg) => [arg.name, leastValue(arg.type, arg.name, field.name)]));
}

/** `(name: value, …)` as literals, or nothing. */
export function writeArguments({ field }: Step, values: Readonly<Record<string, JsonValue>>): string {
  const written = field.args.flatMap((arg) => {
    const node = arg.name in values ? astFromValue(values[arg.name], arg.type) : null;
    return node ? [`${arg.name}: ${print(node)}`] : [];
  });
  return written.length === 0 ? '' : `(${written.join(', ')})`;
}

/** An operation that asks for one field, on the way given, with the arguments named as variables. */
export function operationFor(way: readonly Step[], { field }: Step, names: readonly string[]): string {
  const given = field.args.filter(({ name }) => names.includes(name));
  const variables = given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const args = given.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  const inner = `${field.name}${args && `(${args})`}${selection}`;
  const around = way.reduceRight((text, outer) => {
    const least = writeArguments(outer, leastArguments(outer));
    return `${outer.field.name}${least} { ${text} }`;
  }, inner);
  return `query${variables && `(${variables})`} { ${around} }`;
}

/** Where a text stands within a value: keys, and `0` for an item of a list. */
export type Place = readonly (string | 0)[];

/** Every place for a text within a type, input objects within themselves once. */
export function placesOfTexts(type: GraphQLInputType, within: ReadonlySet<string> = new Set()): Place[] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return placesOfTexts(nullable.ofType, within).map((place) => [0, ...place]);
  if (isInputObjectType(nullable)) {
    if (within.has(nullable.name)) return [];
    const inside = new Set([...within, nullable.name]);
    return Object.values(nullable.getFields()).flatMap((field) =>
      placesOfTexts(field.type, inside).map((place) => [field.name, ...place]),
    );
  }
  return ['String', 'ID'].includes(getNamedType(type).name) ? [[]] : [];
}

/** The least value of a type with a text in one place. */
export function valueWith(type: GraphQLInputType, name: string, place: Place, text: string): JsonValue {
  const nullable = getNullableType(type);
  const [first, ...rest] = place;
  if (first === undefined) return text;
  if (first === 0) return isListType(nullable) ? [valueWith(nullable.ofType, name, rest, text)] : null;
  if (!isInputObjectType(nullable)) return null;
  const field = nullable.getFields()[first];
  if (!field) return null;
  const required = Object.values(nullable.getFields()).filter(isRequired);
  const others = Object.fromEntries(required.map((other) => [other.name, leastValue(other.type, other.name)]));
  return { ...others, [first]: valueWith(field.type, first, rest, text) };
}
