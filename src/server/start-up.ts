import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { createDataSource, exclusively } from '../../ormconfig';
import { formatReport, publishIfEmpty } from '../datasets';
import { createApp, type App } from './app';
import type { Config } from './config';
import { findProjectRoot } from './project-root';

/** Folder of the bundle that is published into an empty database unless told otherwise. */
export function builtInBundle(): string {
  return join(findProjectRoot(), 'data', 'city-digital-governance');
}

/** The bundle for an empty database could not be published; the message is its report. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

type DatabaseConfig = Pick<Config, 'databaseUrl' | 'sqlitePath' | 'dataBundle'> & {
  readonly limits?: Pick<Config['limits'], 'statementMs'>;
};

/**
 * Opens the database (making the SQLite file if there is none), runs its migrations, and publishes the bundle if nothing
 * has been published yet. Of several processes that start at once, one does this and the others wait for it.
 * @throws BundleError where the bundle is not fit to be published; the database is closed again.
 */
export async function prepareDatabase(config: DatabaseConfig): Promise<DataSource> {
  const { databaseUrl, sqlitePath } = config;
  const dataSource = createDataSource({ databaseUrl, sqlitePath, statementTimeoutMs: config.limits?.statementMs });
  // Publishing may take longer than PostgreSQL gives to a query, so it has a connection without that limit.
  const filled = databaseUrl === '' ? dataSource : createDataSource({ databaseUrl, statementTimeoutMs: 0 });
  await exclusively(config, () => openThen(filled, () => fillDatabase(filled, config)));
  if (filled === dataSource) return dataSource;
  await filled.destroy();
  return dataSource.initialize();
}

/** Opens a data source and does something with it; closes it again if that fails. */
async function openThen(dataSource: DataSource, work: () => Promise<void>): Promise<DataSource> {
  try {
    await dataSource.initialize();
    await work();
    return dataSource;
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw error;
  }
}

async function fillDatabase(dataSource: DataSource, { dataBundle }: DatabaseConfig): Promise<void> {
  await dataSource.runMigrations();
  const report = await publishIfEmpty(dataSource, dataBundle || builtInBundle(), { actor: 'start-up' });
  if (report && !report.published) throw new BundleError(formatReport(report));
}

/** A server that listens. */
export interface RunningServer {
  readonly app: App;
  /** Where it listens, such as `http://127.0.0.1:4000`. */
  readonly address: string;
  /** Stops taking requests, waits for those under way, and closes the database. */
  stop(): Promise<void>;
}

/** Prepares the database, builds the application, listens, and looks for new releases from time to time. */
export async function startServer(config: Config): Promise<RunningServer> {
  const dataSource = await prepareDatabase(config);
  try {
    const app = await createApp({ config, dataSource });
    const address = await app.http.listen({ port: config.port, host: config.host });
    const timer = watchReleases(app, config.releaseCheckSeconds);
    return {
      app,
      address,
      async stop() {
        clearInterval(timer);
        await app.close();
        await dataSource.destroy();
      },
    };
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

/** Another process may publish (`npm run import`), so the newest release is looked up now and then. */
function watchReleases(app: App, seconds: number): NodeJS.Timeout | undefined {
  if (seconds === 0) return undefined;
  const look = (): void => {
    app.services.releases.refresh().then(
      (changed) => {
        if (changed) app.http.log.info({ release: app.services.releases.loaded?.release.version }, 'new release');
      },
      (error: unknown) => {
        app.http.log.error({ err: error }, 'could not look for a new release');
      },
    );
  };
  return setInterval(look, seconds * 1000).unref();
}
