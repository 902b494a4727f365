import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';
import {
  ApiKeyRepository,
  AuditEventRepository,
  JobRepository,
  KeptRankingRepository,
  ObservationRepository,
  ReleaseDataRepository,
  ReleaseRepository,
} from '../entities';
import { createServices, type ProcessServices } from '../rankings/services';
import { ApiKeys, Authenticator, guardRoutes, Tokens } from './access';
import { registerAnswerFiles } from './answer-files/answer-files.routes';
import { clientByAddress } from './client-address';
import type { Config } from './config';
import { registerRankingFiles } from './export.routes';
import { Drain } from './drain';
import { registerGraphQL } from './graphql.routes';
import { registerHealthRoutes } from './health';
import { answerBrokenRequest, answerError, answerErrors, limitAddresses } from './http-errors';
import { limitRates, RateLimiter } from './limits/rate-limit';
import { registerMetrics } from './metrics';
import { RequestJournal } from './observe/journal';
import { logRequests } from './observe/request-log';
import { endTraces, startTracing } from './observe/tracing';
import { findProjectRoot } from './project-root';
import { takeOnlyPlainJson } from './request-bodies';

/** Headers that a page of an origin in `CORS_ORIGINS` may read, besides those that every page may. */
const EXPOSED_HEADERS = ['Content-Disposition', 'ETag', 'Retry-After', 'WWW-Authenticate', 'X-Request-Id'];

/** What {@link createApp} is made of. */
export interface AppOptions {
  readonly config: Config;
  /** Open, with its migrations run. */
  readonly dataSource: DataSource;
  /** Where log lines go; standard output by default. */
  readonly logDestination?: { write(line: string): void };
  /** The entry of worker threads; the compiled one by default. */
  readonly workerFile?: string;
}

/** The application, ready to listen or to be injected with requests. */
export interface App {
  readonly http: FastifyInstance;
  readonly services: ProcessServices;
  /** Stops taking requests, waits for those under way. The data source is left open. */
  close(): Promise<void>;
}

/** Version of this service, from `package.json`. */
export function serviceVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(join(findProjectRoot(), 'package.json'), 'utf8'));
  const isVersioned = typeof parsed === 'object' && parsed !== null && 'version' in parsed;
  return isVersioned && typeof parsed.version === 'string' ? parsed.version : 'unknown';
}

/**
 * Builds the whole application without listening, and loads the current release if there is one.
 * The caller closes the data source after the application.
 */
export async function createApp({ config, dataSource, logDestination, workerFile }: AppOptions): Promise<App> {
  const apiKeyRepository = new ApiKeyRepository(dataSource);
  const services = createServices({
    apiKeyRepository,
    auditEventRepository: new AuditEventRepository(dataSource),
    releaseRepository: new ReleaseRepository(dataSource),
    releaseDataRepository: new ReleaseDataRepository(dataSource),
    observationRepository: new ObservationRepository(dataSource),
    keptRankingRepository: new KeptRankingRepository(dataSource),
    maxKeptRankings: config.keptRankings,
    publicUrl: config.publicUrl,
    resultCacheBytes: config.resultCacheMiB * 1024 * 1024,
    workers: config.workers,
    workerQueue: config.workerQueue,
    threads: {
      ...(workerFile !== undefined && { filename: workerFile }),
      ...(config.workerMemoryMiB > 0 && { memoryMiB: config.workerMemoryMiB }),
      onError: (error) => {
        http.log.error({ err: error }, 'a worker thread failed');
      },
    },
    openFileCells: config.files.openCells,
    analysisLimits: config.analyses,
    jobRepository: new JobRepository(dataSource),
    jobs: {
      ...config.jobs,
      keepBytes: config.jobs.keepMiB * 1024 * 1024,
      onStoreError: (error) => {
        http.log.error({ err: error }, 'a job could not be stored');
      },
      onUnexpectedError: (error, jobId) => {
        http.log.error({ err: error, jobId }, 'unexpected error in a job');
      },
    },
  });
  const http = fastify({
    logger: { level: config.logLevel, ...(logDestination && { stream: logDestination }) },
    // One line for each request only where somebody is looking for something.
    logController: new LogController({
      disableRequestLogging: config.logLevel !== 'debug' && config.logLevel !== 'trace',
    }),
    bodyLimit: config.limits.bodyBytes,
    // A caller's own id is never taken over: it could forge log lines.
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    requestTimeout: config.requestTimeoutSeconds * 1000,
    http: {
      // Node takes no longer one than that of the whole request.
      headersTimeout: Math.min(config.headersTimeoutSeconds, config.requestTimeoutSeconds) * 1000,
      // How often connections are looked at; Node's own half minute would make every timeout as much longer.
      connectionsCheckingInterval: 1000,
      maxHeaderSize: config.limits.headerBytes,
    },
    keepAliveTimeout: config.keepAliveSeconds * 1000,
    return503OnClosing: true,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => {
      answerError(error, request, reply);
    },
  });
  takeOnlyPlainJson(http);
  await http.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    crossOriginResourcePolicy: { policy: config.corsOrigins.length > 0 ? 'cross-origin' : 'same-origin' },
    // Plain HTTP on one's own machine is the normal case; whoever terminates TLS sets this.
    strictTransportSecurity: false,
  });
  if (config.corsOrigins.length > 0)
    await http.register(cors, {
      origin: [...config.corsOrigins],
      methods: ['GET', 'POST'],
      exposedHeaders: EXPOSED_HEADERS,
      maxAge: 600,
    });
  http.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  answerErrors(http);
  const authenticator = new Authenticator({
    keys: new ApiKeys({
      repository: apiKeyRepository,
      onTouchError: (error) => {
        http.log.error({ err: error }, 'the use of an API key could not be noted');
      },
    }),
    tokens: config.jwt && new Tokens(config.jwt),
    anonymousRead: config.anonymousRead,
    onError: (error) => {
      http.log.error({ err: error }, 'who asks cannot be told');
    },
  });
  limitAddresses(http, config.limits.urlBytes);
  const drain = new Drain(http);
  const clientOf = clientByAddress(config.trustProxy);
  const limiter = new RateLimiter(config.rateLimitPoints);
  limitRates(http, limiter, clientOf);
  guardRoutes(http, authenticator);
  const journal = new RequestJournal();
  const tracing = config.otlpEndpoint
    ? await startTracing({
        endpoint: config.otlpEndpoint,
        version: serviceVersion(),
        onError: (error) => {
          http.log.warn({ err: error }, 'traces could not be sent');
        },
      })
    : null;
  const stopping = (): boolean => drain.stopping;
  const graphql = await registerGraphQL(http, {
    config,
    services,
    authenticator,
    limiter,
    clientOf,
    journal,
    tracing,
    stopping,
  });
  drain.watch();
  registerRankingFiles(http, {
    services,
    limiter,
    cellOperations: config.limits.cellOperations,
    idleSeconds: config.files.idleSeconds,
  });
  registerAnswerFiles(http, {
    operations: graphql.operations,
    services,
    limiter,
    journal,
    tracing,
    publicUrl: config.publicUrl,
    idleSeconds: config.files.idleSeconds,
  });
  registerHealthRoutes(http, {
    version: serviceVersion(),
    pingDatabase: () => dataSource.query('SELECT 1'),
    loadedRelease: () => {
      const release = services.releases.loaded?.release;
      return release ? { version: release.version, digest: release.digest } : null;
    },
    stopping,
    limits: config.environment === 'production' ? null : { ...config.limits },
  });

  journal.watch(http);
  logRequests(http.log, journal);
  if (tracing) endTraces(http, journal);
  const measured = {
    journal,
    answers: graphql.answers,
    load: services.load,
    publishedAt: () => services.releases.loaded?.release.publishedAt ?? null,
    jobs: () => services.jobs.counts,
    subscriptionConnections: () => graphql.subscriptions.connections(),
  };
  registerMetrics(http, measured, config.metricsToken);

  await services.releases.refresh();
  await http.ready();
  await graphql.learnHeaders();
  return {
    http,
    services,
    async close() {
      const ends = performance.now() + config.shutdownSeconds * 1000;
      drain.begin();
      // First, so that whoever follows a job is told.
      await services.jobs.close();
      await graphql.endSubscriptions();
      await drain.finish(Math.max(0, ends - performance.now()));
      await graphql.stop();
      await services.close();
      await tracing?.close();
    },
  };
}
