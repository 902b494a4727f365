import type { FastifyInstance } from 'fastify';

/** What `/ready` looks at. */
export interface Readiness {
  /** Version of this service. */
  readonly version: string;
  /** Rejects when the database cannot be reached. */
  pingDatabase(): Promise<unknown>;
  /** The release that unqualified queries use, or null while none is loaded. */
  loadedRelease(): { readonly version: string; readonly digest: string } | null;
  /** Whether the server is ending. */
  stopping(): boolean;
  /** Shown in development, so that a caller can look the limits up. */
  readonly limits: Readonly<Record<string, number>> | null;
}

/**
 * `GET /health`: the process is up. `GET /ready`: it can answer queries: the database is reachable and a release is
 * loaded, and the server is not ending; 503 otherwise.
 */
export function registerHealthRoutes(app: FastifyInstance, readiness: Readiness): void {
  app.get('/health', { config: { open: true } }, () => ({ status: 'ok' }));

  app.get('/ready', { config: { open: true } }, async (request, reply) => {
    const database = await readiness.pingDatabase().then(
      () => true,
      (error: unknown) => {
        request.log.error({ err: error }, 'the database cannot be reached');
        return false;
      },
    );
    const release = readiness.loadedRelease();
    const stopping = readiness.stopping();
    const ready = database && release !== null && !stopping;
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        status: ready ? 'ready' : stopping ? 'stopping' : 'not ready',
        version: readiness.version,
        database: database ? 'reachable' : 'unreachable',
        release,
        ...(readiness.limits && { limits: readiness.limits }),
      });
  });
}
