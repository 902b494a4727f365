import {
  buildSchema,
  FieldsOnCorrectTypeRule,
  getNamedType,
  getOperationAST,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  parse,
  validate,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import { covers, highestOf, isScope, SCOPES, type Scope } from '../../../src/entities';
import { createSchema } from '../../../src/resolvers/schema';
import { OperationGuard } from '../../../src/server/access';
import { scopeOfOperation } from '../../../src/server/access/authorise';
import { anonymous, known, type Principal } from '../../../src/server/access/principal';

/*
 * What each field needs, said here once more: everything is for readers but this.
 */
const FOR_OTHERS: Readonly<Record<string, Scope>> = { 'Query.apiKeys': 'admin', 'Query.auditEvents': 'steward' };
const expectedOf = (field: string): Scope => FOR_OTHERS[field] ?? 'read';

const ROLES: Readonly<Record<string, Principal>> = {
  anonymous: anonymous(true),
  'anonymous where reading is closed': anonymous(false),
  'a token without a scope': known('TOKEN', 'https://idp.example|x', null),
  'a key to read': known('API_KEY', '1', 'read'),
  steward: known('API_KEY', '2', 'steward'),
  admin: known('TOKEN', 'https://idp.example|y', 'admin'),
};
/** What each role may do, from the least to the most; written out, so that the code's own order is not what is compared. */
const MAY: Readonly<Record<string, readonly Scope[]>> = {
  anonymous: ['read'],
  'anonymous where reading is closed': [],
  'a token without a scope': [],
  'a key to read': ['read'],
  steward: ['read', 'steward'],
  admin: ['read', 'steward', 'admin'],
};

const schema = createSchema();

/** A literal of a type, so that a required argument has one. */
function literalOf(type: GraphQLInputType): string {
  if (type instanceof GraphQLNonNull) return literalOf(type.ofType);
  if (type instanceof GraphQLList) return '[]';
  if (type instanceof GraphQLEnumType) return type.getValues()[0]?.name ?? 'null';
  if (type instanceof GraphQLInputObjectType) return `{ ${argumentsOf(Object.values(type.getFields()))} }`;
  if (isScalarType(type) && (type.name === 'Int' || type.name === 'Float')) return '1';
  if (isScalarType(type) && type.name === 'Boolean') return 'true';
  return '"x"';
}

function argumentsOf(args: readonly Pick<GraphQLArgument, 'name' | 'type' | 'defaultValue'>[]): string {
  return args
    .filter(({ type, defaultValue }) => type instanceof GraphQLNonNull && defaultValue === undefined)
    .map(({ name, type }) => `${name}: ${literalOf(type)}`)
    .join(', ');
}

function callOf({ name, args }: GraphQLField<unknown, unknown>): string {
  const given = argumentsOf(args);
  return given === '' ? name : `${name}(${given})`;
}

/** A way to each type: what stands before and after its selection, found breadth first from the roots. */
function waysIn(
  of: GraphQLSchema,
): ReadonlyMap<string, { readonly open: string; readonly close: string; readonly needs: Scope }> {
  const ways = new Map<string, { open: string; close: string; needs: Scope }>();
  const roots = { query: of.getQueryType(), mutation: of.getMutationType(), subscription: of.getSubscriptionType() };
  for (const [kind, root] of Object.entries(roots))
    if (root) ways.set(root.name, { open: kind, close: '', needs: 'read' });
  for (const [name, way] of ways) {
    const type = of.getType(name);
    if (isAbstractType(type))
      for (const possible of of.getPossibleTypes(type))
        if (!ways.has(possible.name))
          ways.set(possible.name, { ...way, open: `${way.open} { ... on ${possible.name}`, close: ` }${way.close}` });
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const target = getNamedType(field.type);
      if (!isCompositeType(target) || ways.has(target.name)) continue;
      const expected = expectedOf(`${name}.${field.name}`);
      const needs = SCOPES.indexOf(expected) > SCOPES.indexOf(way.needs) ? expected : way.needs;
      ways.set(target.name, { open: `${way.open} { ${callOf(field)}`, close: ` }${way.close}`, needs });
    }
  }
  return ways;
}

describe('every field of every type, for every role', () => {
  const guard = new OperationGuard(schema);
  const ways = waysIn(schema);
  const fields = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) =>
      Object.values<GraphQLField<unknown, unknown>>(type.getFields()).map((field) => ({ type, field })),
    );

  /** The operation that asks for one field, in several spellings. */
  const operations = fields.map(({ type, field }) => {
    const way = ways.get(type.name);
    if (!way) throw new Error(`No way leads to ${type.name}.`);
    const at = `${type.name}.${field.name}`;
    const inner = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
    const call = callOf(field) + inner;
    const own = expectedOf(at);
    const needs = SCOPES.indexOf(own) > SCOPES.indexOf(way.needs) ? own : way.needs;
    const spellings = [
      `${way.open} { ${call} }${way.close}`,
      `${way.open} { safe: ${call} }${way.close}`,
      `${way.open} { ... on ${type.name} { ... { x: ${call} } } }${way.close}`,
      `fragment B on ${type.name} { y: ${call} } ${way.open} { ...A }${way.close} fragment A on ${type.name} { ...B }`,
      `${way.open} { ${call.replace(/( \{ __typename \})?$/, ' @skip(if: true)$1')} }${way.close}`,
    ];
    const asked = spellings.map((text) => {
      const document = parse(text);
      const operation = getOperationAST(document);
      if (!operation) throw new Error(text);
      return { text, document, operation };
    });
    return { at, needs, asked };
  });

  it('there are many, each asked for by valid documents', () => {
    expect(operations.length).toBeGreaterThan(500);
    for (const { at, asked } of operations) {
      const errors = asked.flatMap(({ document }) => validate(schema, document, [FieldsOnCorrectTypeRule]));
      expect([at, errors]).toEqual([at, []]);
    }
    expect(operations.map(({ at }) => at)).toEqual(expect.arrayContaining(Object.keys(FOR_OTHERS)));
  });

  it.each(Object.keys(ROLES))('%s', (role) => {
    const principal = ROLES[role];
    const may = MAY[role];
    if (!principal || !may) throw new Error(role);
    const refused = principal.kind === 'ANONYMOUS' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    const wrong = operations.flatMap(({ at, needs, asked }) =>
      asked
        .filter(({ document, operation }) => {
          const decision = guard.refusalOf(document, operation, principal)?.code ?? 'ALLOWED';
          return decision !== (may.includes(needs) ? 'ALLOWED' : refused);
        })
        .map(({ text }) => `${at}: ${text}`),
    );
    expect(wrong).toEqual([]);
  });

  it('every mutation says what it needs', () => {
    const silent = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(
      ({ extensions }) => !isScope(extensions['scope']),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('what needs more than reading says so in its description', () => {
    for (const { type, field } of fields) {
      const needs = expectedOf(`${type.name}.${field.name}`);
      if (needs !== 'read') expect(field.description).toContain(`Needs the scope \`${needs}\`.`);
    }
  });
});

describe('what an operation needs', () => {
  /** A schema with more to hide than ours has: below a public field, on one of several types, in a mutation. */
  const small = buildSchema(`
    interface Thing { id: ID secret: String }
    type Open implements Thing { id: ID secret: String next: Hidden }
    type Hidden implements Thing { id: ID secret: String deep: Deep }
    type Deep { name: String more: Deep }
    union Any = Open | Deep
    type Query { open: Open thing: Thing any: Any }
    type Mutation { quiet: Open loud: Open }
  `);
  const mark = (type: string, name: string, scope: Scope): void => {
    const found = small.getType(type);
    const field = isObjectType(found) ? found.getFields()[name] : undefined;
    if (!field) throw new Error(`${type}.${name}`);
    field.extensions = { scope };
  };
  mark('Hidden', 'secret', 'steward');
  mark('Deep', 'name', 'admin');
  mark('Mutation', 'loud', 'read');

  it.each<[text: string, needs: Scope]>([
    ['{ open { id secret } }', 'read'],
    ['{ __typename }', 'read'],
    ['{ __schema { types { name } } }', 'read'],
    ['{ open { next { id } } }', 'read'],
    ['{ open { next { id: secret } } }', 'steward'],
    ['{ open { next { deep { more { more { name } } } } } }', 'admin'],
    ['{ thing { id } }', 'read'],
    // It may be a hidden one, and only the data tell.
    ['{ thing { secret } }', 'steward'],
    ['{ thing { ... on Open { secret } } }', 'read'],
    ['{ thing { ... on Hidden { secret } } }', 'steward'],
    ['{ thing { ...F } } fragment F on Thing { ...G } fragment G on Hidden { a: secret }', 'steward'],
    ['{ any { __typename ... on Open { secret } } }', 'read'],
    ['{ any { ... on Deep { name } } }', 'admin'],
    ['{ open { id } } fragment Unused on Deep { name }', 'read'],
    ['{ open { ...F @include(if: false) } } fragment F on Open { next { deep { name } } }', 'admin'],
    ['mutation { loud { id } }', 'read'],
    ['mutation { quiet { id } }', 'admin'],
    ['mutation { loud { id } quiet { id } }', 'admin'],
  ])('%s', (text, needs) => {
    const document = parse(text);
    const operation = getOperationAST(document);
    if (!operation) throw new Error(text);
    expect(scopeOfOperation(small, document, operation)).toBe(needs);
  });

  it('only the operation that is run counts, and its name does not', () => {
    const document = parse('query IntrospectionQuery { open { id } } query Open { open { next { secret } } }');
    const needs = ['IntrospectionQuery', 'Open'].map((name) => {
      const operation = getOperationAST(document, name);
      return operation && scopeOfOperation(small, document, operation);
    });
    expect(needs).toEqual(['read', 'steward']);
  });

  it('thirty fragments that each spread the next twice take no time', () => {
    const fragments = Array.from(
      { length: 30 },
      (_, i) => `fragment F${String(i)} on Deep { a: more { ...F${String(i + 1)} } b: more { ...F${String(i + 1)} } }`,
    );
    const document = parse(`{ any { ...F0 } } ${fragments.join('\n')} fragment F30 on Deep { name }`);
    const operation = getOperationAST(document);
    const started = performance.now();
    expect(operation && scopeOfOperation(small, document, operation)).toBe('admin');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('scopes', () => {
  it('each includes those before it', () => {
    const pairs = SCOPES.flatMap((held) =>
      SCOPES.filter((needed) => covers(held, needed)).map((needed) => `${held} ⊇ ${needed}`),
    );
    expect(pairs).toEqual([
      'read ⊇ read',
      'steward ⊇ read',
      'steward ⊇ steward',
      'admin ⊇ read',
      'admin ⊇ steward',
      'admin ⊇ admin',
    ]);
    expect(SCOPES.some((scope) => covers(null, scope))).toBe(false);
  });

  it('the highest of several counts', () => {
    expect(highestOf([])).toBeNull();
    expect(highestOf(['steward', 'read'])).toBe('steward');
    expect(highestOf(['read', 'admin', 'steward'])).toBe('admin');
  });
});
