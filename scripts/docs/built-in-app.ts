import { join } from 'node:path';
import { createDataSource } from '../../ormconfig';
import { publishBundle } from '../../src/datasets';
import { createApp } from '../../src/server/app';
import { readConfig } from '../../src/server/config';
import { findProjectRoot } from '../../src/server/project-root';
import type { GraphQLRequest } from './answers';

/** The application on the built-in data, in memory, as a fresh start serves it. */
export interface BuiltInApp {
  /** Answers a request with the body of the HTTP response, parsed. */
  readonly execute: (request: GraphQLRequest) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** Publishes the built-in bundle into a database in memory and builds the application on it, without listening. */
export async function openBuiltInApp(): Promise<BuiltInApp> {
  const dataSource = await createDataSource({ sqlitePath: ':memory:' }).initialize();
  await dataSource.runMigrations();
  await publishBundle(dataSource, join(findProjectRoot(), 'data', 'city-digital-governance'));
  // Answers are the same with any number of threads; without, this runs from source too. A slow machine may take its time.
  const config = readConfig({ LOG_LEVEL: 'error', WORKERS: '0', DEADLINE_SCORING_SECONDS: '120' });
  const app = await createApp({ config, dataSource });
  return {
    execute: async (request) => {
      const response = await app.http.inject({ method: 'POST', url: '/graphql', payload: { ...request } });
      return response.json<unknown>();
    },
    close: async () => {
      await app.close();
      await dataSource.destroy();
    },
  };
}
