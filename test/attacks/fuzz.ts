import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { isErrorCode } from '../../src/server/errors';
import { isRequired, leastValue, MEANINGFUL, type JsonValue } from './schema-walk';
import type { Client } from './target';

/** An operation with its variables. */
export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, JsonValue>>;
}

/** Values that code is likely to stumble over. */
const HOSTILE: readonly JsonValue[] = [
  null,
  -1,
  0,
  0.5,
  1e308,
  -1e308,
  5e-324,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  '',
  ' ',
  'NaN',
  'Infinity',
  "' OR 1=1 --",
  '__proto__',
  'constructor',
  '%',
  '\u0000',
  '\u{1f4a5}',
  'e\u0301',
  '=1+1',
  '../../etc/passwd',
  'x'.repeat(201),
  true,
  [],
  {},
  [null],
  [[[]]],
  { a: { b: 1 } },
];

/** Numbers from 0 to 1, the same for a seed (mulberry32, by Tommy Ettinger, public domain). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Makes operations from a schema; the same seed makes the same ones. */
export class OperationMaker {
  readonly #next: () => number;
  #variables: { readonly name: string; readonly type: string; readonly value: JsonValue }[] = [];
  /** Probability that a value is hostile; drawn anew for each operation, often 0. */
  #hostility = 0;
  #fields = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    seed: number,
  ) {
    this.#next = randomNumbers(seed);
  }

  /** The next operation: valid by the schema but for hostile values of its variables. */
  make(): Operation {
    this.#variables = [];
    this.#fields = 0;
    this.#hostility = this.#pick([0, 0, 0.02, 0.1, 0.5]);
    const query = this.schema.getQueryType();
    if (!query) throw new Error('The schema has no queries.');
    const depth = 2 + Math.floor(this.#next() * 7);
    const roots = this.#next() < 0.8 ? 1 : 2;
    const fields = Object.values(query.getFields());
    const selection = Array.from({ length: roots }, (_, index) =>
      this.#field(`r${String(index)}: `, this.#pick(fields), depth),
    ).join(' ');
    const declared = this.#variables.map(({ name, type }) => `$${name}: ${type}`).join(', ');
    return {
      query: `query fuzz${declared && `(${declared})`} { ${selection} }`,
      variables: Object.fromEntries(this.#variables.map(({ name, value }) => [name, value])),
    };
  }

  #pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.#next() * items.length)];
    if (item === undefined) throw new Error('There is nothing to choose from.');
    return item;
  }

  #field(
    alias: string,
    field: { readonly name: string; readonly args: readonly GraphQLArgument[]; readonly type: unknown },
    depth: number,
  ): string {
    this.#fields += 1;
    const args = field.args
      .filter((arg) => isRequired(arg) || this.#next() < 0.3)
      .map((arg) => {
        const name = `v${String(this.#variables.length)}`;
        this.#variables.push({ name, type: String(arg.type), value: this.#value(arg.type, arg.name, field.name, 5) });
        return `${arg.name}: $${name}`;
      });
    const type = getNamedType(field.type as Parameters<typeof getNamedType>[0]);
    const inner = type ? this.#selection(type, depth - 1) : '';
    return `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${inner}`;
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    if (isAbstractType(type)) {
      const some = this.#pick(this.schema.getPossibleTypes(type));
      return ` { __typename ... on ${some.name}${this.#selection(some, depth)} }`;
    }
    if (!isObjectType(type)) return '';
    if (depth <= 0 || this.#fields > 40) return ' { __typename }';
    const all = Object.values(type.getFields());
    const count = 1 + Math.floor(this.#next() * 4);
    const chosen = new Set(Array.from({ length: count }, () => this.#pick(all)));
    return ` { ${[...chosen].map((field) => this.#field('', field, depth)).join(' ')} }`;
  }

  #value(type: GraphQLInputType, name: string, on: string, levels: number): JsonValue {
    if (this.#next() < this.#hostility) return this.#pick(HOSTILE);
    const nullable = getNullableType(type);
    if (!isNonNullType(type) && this.#next() < 0.1) return null;
    if (isListType(nullable)) {
      const length = this.#pick([0, 1, 1, 2, 3]);
      return Array.from({ length }, () => this.#value(nullable.ofType, name, on, levels));
    }
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter(
        (field) => isRequired(field) || (levels > 0 && this.#next() < 0.25),
      );
      return Object.fromEntries(
        fields.map((field) => [field.name, this.#value(field.type, field.name, on, levels - 1)]),
      );
    }
    if (isEnumType(nullable)) return this.#pick(nullable.getValues()).name;
    const known = MEANINGFUL[name];
    if (name === 'code') return leastValue(type, name, on);
    if (known) return this.#pick(known);
    switch (getNamedType(type).name) {
      case 'Boolean':
        return this.#next() < 0.5;
      case 'Int':
        return this.#pick([1, 2, 3, 5, 10, 50]);
      case 'Float':
        return this.#pick([0, 0.05, 0.5, 0.9, 1, 2, 100, -1]);
      default:
        return this.#pick(['index', 'governance', '330100', 'x']);
    }
  }
}

/** What came of many operations. */
export interface FuzzReport {
  readonly count: number;
  /** How often each code came; `OK` where there was no error. */
  readonly codes: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  /** Operations that took too long, ten at most. */
  readonly slow: readonly string[];
  /** What else must not be, with the operation, ten at most; the first ends the run where the server has ended. */
  readonly faults: readonly string[];
}

/** Sends operations one after another and notes what must not be. @param slowMs longest that one may take */
export async function fuzz(client: Client, maker: OperationMaker, count: number, slowMs: number): Promise<FuzzReport> {
  const codes: Record<string, number> = {};
  const faults: string[] = [];
  const slow: string[] = [];
  let slowestMs = 0;
  let done = 0;
  for (let i = 0; i < count && faults.length < 10; i++) {
    const operation = maker.make();
    done += 1;
    const fault = (what: string): void => {
      faults.push(`${String(i)} ${what}: ${JSON.stringify(operation)}`);
    };
    const started = performance.now();
    try {
      const reply = await client.query(operation.query, operation.variables);
      const ms = performance.now() - started;
      slowestMs = Math.max(slowestMs, ms);
      if (ms > slowMs && slow.length < 10) slow.push(`${ms.toFixed(0)} ms: ${JSON.stringify(operation)}`);
      if (reply.status >= 500) fault(`status ${String(reply.status)}`);
      if (reply.body.data === undefined && reply.codes.length === 0) fault('neither data nor errors');
      for (const code of reply.codes.length === 0 ? ['OK'] : reply.codes) {
        const name = String(code);
        codes[name] = (codes[name] ?? 0) + 1;
        if (name !== 'OK' && !isErrorCode(code)) fault(`code ${name}`);
        if (name === 'INTERNAL') fault(`INTERNAL ${reply.text.slice(0, 300)}`);
      }
      if (/\b(NaN|-?Infinity)\b(?!["\\])/.test(reply.text.replace(/"(?:[^"\\]|\\.)*"/g, '""')))
        fault('no finite number');
    } catch (error) {
      fault(`failed: ${String(error)}`);
      if (!client.target.alive()) {
        faults.push(`the server has ended: ${client.target.output().slice(-4000)}`);
        break;
      }
    }
  }
  return { count: done, codes, slowestMs, slow, faults };
}
