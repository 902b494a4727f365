import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What `/metrics` looks at besides the process itself. */
export interface Measured {
  /** Instant (UTC ISO text) at which the loaded release was published, or null while none is loaded. */
  publishedAt(): string | null;
  /** This process's jobs that wait and that run. */
  jobs(): { readonly waiting: number; readonly running: number };
  /** WebSockets and streams of events that are open. */
  subscriptionConnections(): number;
}

/**
 * `GET /metrics` in Prometheus's text format: the process (memory, CPU, event-loop lag, garbage collection), the duration
 * of HTTP requests by route and status, the age of the loaded release, jobs and subscriptions. Each application has a registry of its own.
 */
export function registerMetrics(app: FastifyInstance, measured: Measured): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests, by method, route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  new Gauge({
    name: 'release_age_seconds',
    help: 'Seconds since the loaded release was published; absent while none is loaded.',
    registers: [registry],
    collect() {
      const instant = measured.publishedAt();
      if (instant === null) this.reset();
      else this.set((Date.now() - Date.parse(instant)) / 1000);
    },
  });
  new Gauge({
    name: 'jobs',
    help: 'Long runs of this process, by state.',
    labelNames: ['state'] as const,
    registers: [registry],
    collect() {
      const { waiting, running } = measured.jobs();
      this.set({ state: 'waiting' }, waiting);
      this.set({ state: 'running' }, running);
    },
  });
  new Gauge({
    name: 'subscription_connections',
    help: 'WebSockets and streams of events that are open.',
    registers: [registry],
    collect() {
      this.set(measured.subscriptionConnections());
    },
  });
  app.addHook('onResponse', (request, reply, done) => {
    // The route's pattern, never the address that was asked for: a caller must not be able to add labels.
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: String(reply.statusCode),
    };
    durations.observe(labels, reply.elapsedTime / 1000);
    done();
  });
  app.get('/metrics', { config: { open: true } }, async (_request, reply) =>
    reply
      .header('content-type', registry.contentType)
      .header('cache-control', 'no-store')
      .send(await registry.metrics()),
  );
}
