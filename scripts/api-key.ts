import { parseArgs } from 'node:util';
import { openDatabase } from '../ormconfig';
import { ApiKeyRepository, isScope, SCOPES, type ApiKey } from '../src/entities';
import { makeKey, type NewKey } from '../src/server/access';
import { readConfig } from '../src/server/config';
import { runCommand } from './run-script';

type Command =
  | { readonly kind: 'create'; readonly key: NewKey }
  | { readonly kind: 'list' }
  | { readonly kind: 'revoke'; readonly id: string };

const USAGE = [
  `npm run api-key -- create --name NAME --scope ${SCOPES.join('|')} [--expires YYYY-MM-DD or ISO time]`,
  'npm run api-key -- list',
  'npm run api-key -- revoke ID',
].join('\n       ');

runCommand(USAGE, readCommand, async (command) => {
  const { databaseUrl, sqlitePath } = readConfig(process.env);
  const dataSource = await openDatabase({ databaseUrl, sqlitePath });
  try {
    return await run(command, new ApiKeyRepository(dataSource));
  } finally {
    await dataSource.destroy();
  }
});

/** Null for what is no command. */
function readCommand(given: readonly string[]): Command | null {
  const parsed = parse(given);
  if (!parsed) return null;
  const { values, positionals } = parsed;
  const [kind, id, ...more] = positionals;
  const { name, scope, expires } = values;
  const plain = name === undefined && scope === undefined && expires === undefined && more.length === 0;
  if (kind === 'list' && id === undefined && plain) return { kind };
  if (kind === 'revoke' && id !== undefined && plain) return { kind, id };
  if (kind !== 'create' || id !== undefined || name === undefined || !isScope(scope)) return null;
  const expiresAt = expires === undefined ? null : new Date(expires);
  const isTime = expires === undefined || /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(expires);
  if (!isTime || Number.isNaN(expiresAt?.getTime())) return null;
  return { kind, key: { name, scope, expiresAt } };
}

function parse(given: readonly string[]) {
  try {
    const options = { name: { type: 'string' }, scope: { type: 'string' }, expires: { type: 'string' } } as const;
    return parseArgs({ args: [...given], options, allowPositionals: true });
  } catch {
    return null;
  }
}

async function run(command: Command, keys: ApiKeyRepository): Promise<boolean> {
  const now = new Date();
  const event = { actor: 'cli', occurredAt: now.toISOString() };
  switch (command.kind) {
    case 'create': {
      const { key, row } = makeKey(command.key, now);
      await keys.add(row, event);
      console.log(key);
      console.error(`Key ${row.publicId}. It is shown this once: keep it where secrets are kept.`);
      return true;
    }
    case 'list':
      console.log(tableOf(await keys.list(), now));
      return true;
    case 'revoke': {
      const revoked = await keys.revoke(command.id, event);
      console.log(revoked ? `Revoked ${command.id}.` : `There is no key ${JSON.stringify(command.id)} to revoke.`);
      return revoked;
    }
  }
}

/** One line for each key, in columns. */
function tableOf(keys: readonly ApiKey[], now: Date): string {
  if (keys.length === 0) return 'There are no keys.';
  const stateOf = ({ revokedAt, expiresAt }: ApiKey): string => {
    if (revokedAt !== null) return 'revoked';
    return expiresAt !== null && Date.parse(expiresAt) <= now.getTime() ? 'expired' : 'holds';
  };
  const lines = keys.map((key) => [
    key.publicId,
    key.scope,
    stateOf(key),
    key.createdAt,
    key.expiresAt ?? 'never',
    key.lastUsedAt ?? 'never',
    key.name,
  ]);
  const rows = [['ID', 'SCOPE', 'STATE', 'CREATED', 'EXPIRES', 'LAST USED', 'NAME'], ...lines];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
