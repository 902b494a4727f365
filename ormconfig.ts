import { DataSource } from 'typeorm';
import {
  ApiKey,
  AuditEvent,
  City,
  FrameworkNode,
  IndexFramework,
  Indicator,
  Initiative,
  MethodologyPreset,
  Observation,
  PublishedRanking,
  Release,
  Source,
} from './src/entities';
import { CreateTables1700000000001 } from './src/entities/migrations/1700000000001-create-tables';

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
    MethodologyPreset,
    Observation,
    PublishedRanking,
    Release,
    Source,
  ],
  migrations: [CreateTables1700000000001],
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
