import { openDatabase } from '../ormconfig';
import { ApiKeyRepository, SCOPES, type ApiKey } from '../src/entities';
import { makeKey } from '../src/server/access';
import { readConfig } from '../src/server/config';
import { readCommand, type Command } from './api-key-arguments';
import { runCommand } from './run-script';

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
