import { parseArgs } from 'node:util';
import { isScope, SCOPES } from '../src/entities';
import type { NewKey } from '../src/server/access';

/** What `npm run api-key` is to do. */
export type Command =
  | { readonly kind: 'create'; readonly key: NewKey }
  | { readonly kind: 'list' }
  | { readonly kind: 'revoke'; readonly id: string };

/** What is wrong with an argument: its name, its value, and what may stand there. */
const refused = (name: string, value: string | undefined, allowed: string): string =>
  `${name}: ${value === undefined ? 'missing' : JSON.stringify(value)}. Allowed: ${allowed}.`;

/**
 * Reads the arguments of `npm run api-key`.
 * @returns what to do, or a text that says what is wrong
 */
export function readCommand(given: readonly string[]): Command | string {
  const parsed = parse(given);
  if (typeof parsed === 'string') return parsed;
  const { values, positionals } = parsed;
  const [kind, id, ...more] = positionals;
  const options = Object.keys(values);
  if (kind === 'create' && id === undefined) return readKey(values);
  if (kind !== 'create' && kind !== 'list' && kind !== 'revoke')
    return refused('Command', kind, 'create, list or revoke');
  if (options.length > 0 && kind !== 'create') return refused('Command', kind, `create, for --${String(options[0])}`);
  if (kind === 'revoke' && id !== undefined && more.length === 0) return { kind, id };
  if (kind === 'list' && id === undefined) return { kind };
  return kind === 'revoke' ? refused('ID', more[0], 'the one ID of a key') : refused('Argument', id, 'options only');
}

function readKey({ name, scope, expires }: Options): Command | string {
  if (name === undefined) return refused('--name', name, 'what the key is known by');
  if (!isScope(scope)) return refused('--scope', scope, SCOPES.join(', '));
  const expiresAt = expires === undefined ? null : new Date(expires);
  const isTime = expires === undefined || /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(expires);
  if (!isTime || Number.isNaN(expiresAt?.getTime()))
    return refused('--expires', expires, 'YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ');
  return { kind: 'create', key: { name, scope, expiresAt } };
}

interface Options {
  readonly name?: string | undefined;
  readonly scope?: string | undefined;
  readonly expires?: string | undefined;
}

function parse(given: readonly string[]): { readonly values: Options; readonly positionals: string[] } | string {
  try {
    const options = { name: { type: 'string' }, scope: { type: 'string' }, expires: { type: 'string' } } as const;
    return parseArgs({ args: [...given], options, allowPositionals: true });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
