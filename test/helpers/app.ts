import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../ormconfig';
import { publishBundle } from '../../src/datasets';
import { createApp, type App } from '../../src/server/app';
import { readConfig, type Config } from '../../src/server/config';
import { BUILT_IN_BUNDLE, openDatabase, type TestDatabase } from './database';

/** An answer as it travels, with its status. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: AnswerBody;
  /** The bytes of the body. */
  readonly text: string;
}

/** The parsed body of an answer. */
export interface AnswerBody {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

/** An application on a database of its own that holds the built-in bundle. */
export interface TestApp extends App {
  readonly database: TestDatabase;
  /** Sends a query through the whole HTTP stack, without a socket. */
  query(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** The data of a query that must not fail. */
  data(query: string, variables?: Record<string, unknown>): Promise<Json>;
}

/** JSON whose shape the test asserts as it reads it. */
export interface Json {
  readonly value: unknown;
  /** The value at a path of keys and indices; fails the test where there is none. */
  at(...path: (string | number)[]): unknown;
  /** The list at a path. */
  list(...path: (string | number)[]): unknown[];
}

/** Wraps a parsed value. */
export function json(value: unknown): Json {
  const read = (path: readonly (string | number)[]): unknown =>
    path.reduce<unknown>((parent, key) => {
      if (typeof parent !== 'object' || parent === null || !(key in parent))
        throw new Error(`Nothing at ${path.join('.')}: ${JSON.stringify(value).slice(0, 500)}`);
      return Object.entries(parent).find(([name]) => name === String(key))?.[1];
    }, value);
  return {
    value,
    at: (...path) => read(path),
    list: (...path) => {
      const found = read(path);
      if (!Array.isArray(found)) throw new Error(`No list at ${path.join('.')}.`);
      return found as unknown[];
    },
  };
}

/** Settings of a test: silent, nothing from the environment but what is given. */
export function testConfig(env: Record<string, string> = {}): Config {
  // A busy machine must not fail a test by its slowness.
  const patient = { DEADLINE_SCORING_SECONDS: '600', DEADLINE_LOOKUP_SECONDS: '600' };
  return readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    WORKERS: '0',
    RATE_LIMIT_POINTS: '0',
    ...patient,
    ...env,
  });
}

/** When the built-in bundle was published, in every test. */
const PUBLISHED_AT = new Date('2026-01-02T03:04:05.678Z');

/** An SQLite database in memory. */
async function memoryDatabase(): Promise<TestDatabase> {
  const settings = { sqlitePath: ':memory:' };
  const dataSource = await createDataSource(settings).initialize();
  await dataSource.runMigrations();
  return { dataSource, settings, close: () => dataSource.destroy() };
}

/** Path of an SQLite file with the built-in bundle: a copy of the one that the first call of all test files makes. */
export async function copyBuiltInDatabase(): Promise<string> {
  const folder = process.env['TEST_RUN_FOLDER'];
  if (folder === undefined) throw new Error('test/helpers/global-setup.ts has not run.');
  const template = join(folder, 'built-in.sqlite');
  if (!existsSync(template)) {
    // Two test files may both find none; each makes one under a name of its own, and either will do.
    const own = join(folder, `built-in-${randomUUID()}.sqlite`);
    const dataSource = await createDataSource({ sqlitePath: own }).initialize();
    await dataSource.runMigrations();
    await publish(dataSource, BUILT_IN_BUNDLE);
    // Leaves everything in the one file that is copied.
    await dataSource.query('PRAGMA journal_mode = DELETE');
    await dataSource.destroy();
    renameSync(own, template);
  }
  const sqlitePath = join(folder, `app-${randomUUID()}.sqlite`);
  copyFileSync(template, sqlitePath);
  return sqlitePath;
}

async function builtInDatabase(): Promise<TestDatabase> {
  const sqlitePath = await copyBuiltInDatabase();
  const settings = { sqlitePath };
  const dataSource = await createDataSource(settings).initialize();
  return {
    dataSource,
    settings,
    close: async () => {
      await dataSource.destroy();
      for (const suffix of ['', '-wal', '-shm']) rmSync(sqlitePath + suffix, { force: true });
    },
  };
}

async function publish(dataSource: DataSource, bundle: string): Promise<void> {
  const report = await publishBundle(dataSource, bundle, { now: () => PUBLISHED_AT });
  if (!report.published) throw new Error(`The bundle was refused: ${JSON.stringify(report.errors.slice(0, 3))}`);
}

/** Builds the application; the built-in bundle is published first unless `bundle` is null. */
export async function openApp(
  options: {
    readonly kind?: 'sqlite' | 'postgres';
    readonly env?: Record<string, string>;
    readonly bundle?: string | null;
    readonly logDestination?: { write(line: string): void };
    /** The entry of worker threads, where there are any. */
    readonly workerFile?: string;
  } = {},
): Promise<TestApp> {
  const { kind = 'sqlite', bundle = BUILT_IN_BUNDLE } = options;
  const isBuiltIn = kind === 'sqlite' && bundle === BUILT_IN_BUNDLE;
  const database = isBuiltIn
    ? await builtInDatabase()
    : await (kind === 'postgres' ? openDatabase(kind) : memoryDatabase());
  if (!isBuiltIn && bundle !== null) await publish(database.dataSource, bundle);
  const app = await createApp({
    config: testConfig(options.env),
    dataSource: database.dataSource,
    ...(options.logDestination && { logDestination: options.logDestination }),
    ...(options.workerFile !== undefined && { workerFile: options.workerFile }),
  });
  const query = async (text: string, variables?: Record<string, unknown>): Promise<Answer> => {
    const response = await app.http.inject({
      method: 'POST',
      url: '/graphql',
      payload: { query: text, ...(variables && { variables }) },
    });
    return { status: response.statusCode, headers: response.headers, body: response.json(), text: response.body };
  };
  return {
    ...app,
    database,
    query,
    async data(text, variables) {
      const { body } = await query(text, variables);
      if (body.errors) throw new Error(JSON.stringify(body.errors));
      return json(body.data);
    },
    async close() {
      await app.close();
      await database.close();
    },
  };
}
