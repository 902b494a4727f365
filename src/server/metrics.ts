import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CacheLoad } from '../rankings/services';
import type { WorkersLoad } from '../rankings/analysis-runs';
import { showsSecret } from './access';
import { refuseRequest } from './http-errors';
import type { RequestJournal, RequestNotes } from './observe/journal';

/** What `/metrics` looks at besides the process itself. */
export interface Measured {
  /** Instant (UTC ISO text) at which the loaded release was published, or null while none is loaded. */
  publishedAt(): string | null;
  /** This process's jobs that wait and that run. */
  jobs(): { readonly waiting: number; readonly running: number };
  /** WebSockets and streams of events that are open. */
  subscriptionConnections(): number;
  /** Kept answers; `unread` counts those that were sent before the request was read. */
  readonly answers: CacheLoad & { readonly unread: number };
  /** Kept results, and the threads. */
  readonly load: () => { readonly results: CacheLoad; readonly workers: WorkersLoad };
  /** What GraphQL requests turned out to be. */
  readonly journal: RequestJournal;
}

const CHALLENGE = 'Bearer realm="metrics"';
const NEEDS_TOKEN = 'This needs the token of the metrics, as `Authorization: Bearer …`.';

/** Upper ends of the classes of durations, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * `GET /metrics` in Prometheus's text format: the process (memory, CPU, event-loop lag, garbage collection), HTTP requests by
 * route and status, GraphQL operations by kind and outcome, caches, threads, the age of the loaded release, jobs and
 * subscriptions. Each application has a registry of its own.
 * @param token what whoever asks must show; empty: anybody may ask
 */
export function registerMetrics(app: FastifyInstance, measured: Measured, token: string): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests, by method, route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: BUCKETS,
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
  countOperations(registry, measured);
  measureCaches(registry, measured);
  measured.journal.onEnd(({ method, route, status, ms }) => {
    // The route's pattern, never the address that was asked for: a caller must not be able to add labels.
    durations.observe({ method, route: route ?? 'none', status: String(status) }, ms / 1000);
  });
  app.get('/metrics', { config: { open: true } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (token !== '' && !showsSecret(request.headers, token))
      return refuseRequest(request, reply.header('www-authenticate', CHALLENGE), 'UNAUTHENTICATED', NEEDS_TOKEN);
    return reply.header('content-type', registry.contentType).send(await registry.metrics());
  });
}

/** What came of an operation: `ok`, `partial` (errors beside data), `refused` (by a status below 500) or `failed`. */
function outcomeOf(status: number, { codes }: RequestNotes): string {
  if (status >= 500) return 'failed';
  if (status >= 400) return 'refused';
  return codes.length > 0 ? 'partial' : 'ok';
}

function countOperations(registry: Registry, { journal, answers }: Measured): void {
  const registers = [registry];
  const operations = new Counter({
    name: 'graphql_operations_total',
    help: 'GraphQL requests over HTTP, by kind of operation, outcome, and whether the answer was kept or made.',
    labelNames: ['kind', 'outcome', 'from'] as const,
    registers,
  });
  const durations = new Histogram({
    name: 'graphql_operation_duration_seconds',
    help: 'Duration of GraphQL requests whose answer was made, by kind of operation.',
    labelNames: ['kind'] as const,
    buckets: BUCKETS,
    registers,
  });
  const cost = new Counter({
    name: 'graphql_cell_operations_total',
    help: 'Cell operations that GraphQL requests were charged with.',
    registers,
  });
  new Counter({
    name: 'answers_unread_total',
    help: 'Requests answered from memory before they were read; no other metric of requests has them.',
    registers,
    collect() {
      follow(this, answers.unread);
    },
  });
  journal.onEnd(({ status, ms, notes }) => {
    if (!notes) return;
    const { kind, from } = notes;
    operations.inc({ kind: kind ?? 'unknown', outcome: outcomeOf(status, notes), from: from ?? 'none' });
    if (from === 'made') durations.observe({ kind: kind ?? 'unknown' }, ms / 1000);
    cost.inc(notes.cost ?? 0);
  });
}

function measureCaches(registry: Registry, { answers, load }: Measured): void {
  const registers = [registry];
  const labelNames = ['cache'] as const;
  const caches = (): (readonly [name: string, cache: CacheLoad])[] => [
    ['answers', answers],
    ['results', load().results],
  ];
  const lookups = { hits: 'was found', misses: 'was not found' } as const;
  for (const what of ['hits', 'misses'] as const)
    new Counter({
      name: `cache_${what}_total`,
      help: `How often something ${lookups[what]} in a cache.`,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const [cache, counts] of caches()) this.inc({ cache }, counts[what]);
      },
    });
  const sizes = {
    size: ['cache_entries', 'Number of things in a cache.'],
    bytes: ['cache_bytes', 'What they weigh.'],
  } as const;
  for (const what of ['size', 'bytes'] as const) {
    const [name, help] = sizes[what];
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        for (const [cache, counts] of caches()) this.set({ cache }, counts[what]);
      },
    });
  }
  new Gauge({
    name: 'worker_tasks',
    help: 'Tasks of the worker threads, by what they are for and by state.',
    labelNames: ['for', 'state'] as const,
    registers,
    collect() {
      const { requests, jobs } = load().workers;
      for (const [purpose, { waiting, running }] of Object.entries({ requests, jobs })) {
        this.set({ for: purpose, state: 'waiting' }, waiting);
        this.set({ for: purpose, state: 'running' }, running);
      }
    },
  });
}

/** Has a counter say a number that is counted elsewhere, where counting must cost next to nothing. */
function follow(counter: Counter, value: number): void {
  counter.reset();
  counter.inc(value);
}
