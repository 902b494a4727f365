import 'reflect-metadata';
import { keepObjectsYoung } from './collector';
import { ConfigError, readConfig } from './config';
import type { RunningServer } from './start-up';

/* The only file that does something when it is loaded: it starts the server. */

/** Seconds beyond `SHUTDOWN_SECONDS` that closing what is left may take. */
const LAST_RESORT_SECONDS = 5;

async function main(): Promise<void> {
  const started = performance.now();
  keepObjectsYoung();
  const config = readConfig(process.env);
  // graphql-js reads it when it is loaded, so that comes after: outside production its checks cost a sixth of an answer.
  process.env['NODE_ENV'] = config.environment;
  const { startServer } = await import('./start-up');
  const server = await startServer(config);
  const release = server.app.services.releases.loaded?.release;
  console.log(`City ranking at ${server.address}/graphql`);
  console.log(release ? `Release ${release.version} (${release.digest.slice(0, 12)})` : 'No release is published yet.');
  console.log(`Ready in ${String(Math.round(performance.now() - started))} ms`);
  stopOnSignals(server, config.shutdownSeconds);
}

function stopOnSignals(server: RunningServer, shutdownSeconds: number): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // A second signal means that somebody will not wait.
      if (stopping) process.exit(1);
      stopping = true;
      // Whatever hangs, a supervisor need not kill the process.
      setTimeout(() => process.exit(1), (shutdownSeconds + LAST_RESORT_SECONDS) * 1000).unref();
      server.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || (error instanceof Error && error.name === 'BundleError');
  if (expected) console.error(error.message);
  else console.error('Could not start:', error instanceof Error ? error.message : error);
  process.exit(1);
});
