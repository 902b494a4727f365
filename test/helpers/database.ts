import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { createDataSource, type DatabaseSettings } from '../../ormconfig';
import { createPostgresDatabase } from './postgres';

/** Both databases, for `describe.each`. */
export const DATABASES = ['sqlite', 'postgres'] as const;
/** One of {@link DATABASES}. */
export type DatabaseKind = (typeof DATABASES)[number];

/** Folder of the built-in bundle. */
export const BUILT_IN_BUNDLE = join(__dirname, '..', '..', 'data', 'city-digital-governance');

/** A database of a test's own. */
export interface TestDatabase {
  readonly dataSource: DataSource;
  /** Opens further connections to the same database. */
  readonly settings: DatabaseSettings;
  /** Closes the connection and removes the database. */
  readonly close: () => Promise<void>;
}

/** Makes an empty database and opens it, by default with all tables. */
export async function openDatabase(kind: DatabaseKind, options: { migrate?: boolean } = {}): Promise<TestDatabase> {
  const { settings, remove } = kind === 'sqlite' ? sqliteDatabase() : await postgresDatabase();
  const dataSource = await createDataSource(settings).initialize();
  if (options.migrate !== false) await dataSource.runMigrations();
  return {
    dataSource,
    settings,
    close: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
      await remove();
    },
  };
}

interface Disposable {
  readonly settings: DatabaseSettings;
  readonly remove: () => Promise<void> | void;
}

function sqliteDatabase(): Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'city-ranking-sqlite-'));
  return {
    settings: { sqlitePath: join(folder, 'test.sqlite') },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function postgresDatabase(): Promise<Disposable> {
  const { url, drop } = await createPostgresDatabase();
  return { settings: { databaseUrl: url }, remove: drop };
}

/** Rows in every table, by table: what must not change when nothing is published. */
export async function rowCounts(dataSource: DataSource): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, target } of dataSource.entityMetadatas)
    counts[name] = await dataSource.getRepository(target).count();
  return counts;
}
