import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import {
  ApiKey,
  AuditEvent,
  City,
  FrameworkNode,
  IndexFramework,
  Indicator,
  Initiative,
  KeptRanking,
  MethodologyPreset,
  Observation,
  PublishedRanking,
  Release,
  Source,
  StoredJob,
  takeLock,
} from './src/entities';
import { CreateTables1700000000001 } from './src/entities/migrations/1700000000001-create-tables';
import { KeepRankings1700000000010 } from './src/entities/migrations/1700000000010-keep-rankings';
import { StoreJobs1700000000020 } from './src/entities/migrations/1700000000020-store-jobs';
import { NameApiKeys1700000000030 } from './src/entities/migrations/1700000000030-name-api-keys';

/** Where the data are kept. */
export interface DatabaseSettings {
  /** `postgres://…`; empty or absent = SQLite. */
  readonly databaseUrl?: string | undefined;
  /** SQLite file, or `:memory:`; its folder is made when there is none. */
  readonly sqlitePath?: string | undefined;
  /** PostgreSQL only: longest a statement may run, in milliseconds; 0 = no limit. Default 3 000. */
  readonly statementTimeoutMs?: number | undefined;
}

/** Where SQLite keeps its file unless told otherwise. */
export const DEFAULT_SQLITE_PATH = './var/city-ranking.sqlite';

const shared = {
  entities: [
    ApiKey,
    AuditEvent,
    City,
    FrameworkNode,
    IndexFramework,
    Indicator,
    Initiative,
    KeptRanking,
    MethodologyPreset,
    Observation,
    PublishedRanking,
    Release,
    Source,
    StoredJob,
  ],
  migrations: [CreateTables1700000000001, KeepRankings1700000000010, StoreJobs1700000000020, NameApiKeys1700000000030],
  migrationsTableName: 'migration',
  synchronize: false,
  invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
} as const;

/**
 * The data source for these settings, not yet opened. The choice of driver is made here and nowhere else.
 */
export function createDataSource(settings: DatabaseSettings = {}): DataSource {
  if (settings.databaseUrl) {
    return new DataSource({
      ...shared,
      entities: [...shared.entities],
      migrations: [...shared.migrations],
      type: 'postgres',
      url: settings.databaseUrl,
      // No extension is needed, so none is installed.
      installExtensions: false,
      connectTimeoutMS: 5_000,
      extra: {
        statement_timeout: settings.statementTimeoutMs ?? 3_000,
        idle_in_transaction_session_timeout: 60_000,
        max: 10,
      },
    });
  }
  const database = settings.sqlitePath ?? DEFAULT_SQLITE_PATH;
  return new DataSource({
    ...shared,
    entities: [...shared.entities],
    migrations: [...shared.migrations],
    type: 'sqlite',
    database,
    // Readers go on while a writer writes, also in another process; foreign keys are switched on by TypeORM.
    enableWAL: database !== ':memory:',
    busyTimeout: 10_000,
  });
}

/** Longest that a process waits for another one to prepare the database, in milliseconds. */
const LOCK_WAIT_MS = 120_000;

/**
 * Does something to a database that no other process does at the same time: its migrations and its first release. The
 * lock is held by a connection of its own and ends with it, also where the process dies.
 * @throws Error with a message of one line where the SQLite file cannot be made, the database cannot be reached, or the
 * other process takes too long
 */
export async function exclusively<T>(settings: DatabaseSettings, work: () => Promise<T>): Promise<T> {
  const database = settings.sqlitePath ?? DEFAULT_SQLITE_PATH;
  const onPostgres = Boolean(settings.databaseUrl);
  // What is in memory is nobody else's.
  if (!onPostgres && database === ':memory:') return work();
  if (!onPostgres) makeFolderOf(database);
  const options: DataSourceOptions = settings.databaseUrl
    ? {
        type: 'postgres',
        url: settings.databaseUrl,
        installExtensions: false,
        connectTimeoutMS: 5_000,
        extra: { statement_timeout: LOCK_WAIT_MS, max: 1 },
      }
    : // A file beside the data: a lock on the data themselves would shut the work out, too.
      { type: 'sqlite', database: `${database}.lock`, busyTimeout: LOCK_WAIT_MS };
  const lock = await new DataSource(options).initialize().catch((error: unknown) => {
    throw onPostgres ? error : cannotOpen(database, error);
  });
  const runner = lock.createQueryRunner();
  try {
    await takeLock(runner);
    return await work();
  } finally {
    await runner.release();
    await lock.destroy();
  }
}

/** Opens a database and runs its migrations, one process at a time. The caller closes it. */
export async function openDatabase(settings: DatabaseSettings): Promise<DataSource> {
  return exclusively(settings, async () => {
    const dataSource = await createDataSource(settings).initialize();
    try {
      await dataSource.runMigrations();
      return dataSource;
    } catch (error) {
      await dataSource.destroy();
      throw error;
    }
  });
}

/**
 * Makes the folder of a file, and those above it. Not by `mkdir` with `recursive`, which never returns where a folder is
 * there and can hold none, as under `/proc`.
 */
function makeFolderOf(file: string): void {
  const missing: string[] = [];
  for (let folder = dirname(resolve(file)); !existsSync(folder); folder = dirname(folder)) missing.push(folder);
  try {
    for (const folder of missing.reverse()) if (!existsSync(folder)) mkdirSync(folder);
  } catch (error) {
    throw cannotOpen(file, error);
  }
}

function cannotOpen(file: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(`SQLITE_PATH: ${file} cannot be opened: ${reason}`);
}
