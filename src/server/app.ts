import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastify, { LogController, type FastifyError, type FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';
import {
  JobRepository,
  KeptRankingRepository,
  ObservationRepository,
  ReleaseDataRepository,
  ReleaseRepository,
} from '../entities';
import { createServices, type Services } from '../rankings/services';
import type { Context } from '../resolvers/context';
import { createSchema } from '../resolvers/schema';
import type { Config } from './config';
import { codeOf, ERROR_CATALOGUE, makeErrorFormatter, type ErrorCode } from './errors';
import { makeExplorer, readExamples, wantsHtml } from './graphiql';
import { registerHealthRoutes } from './health';
import { limitDocuments } from './limits/document-limits';
import { limitInputs } from './limits/input-limits';
import { registerMetrics } from './metrics';
import { reportErrors } from './report-errors';
import { findProjectRoot } from './project-root';
import { refuseSubscriptions, registerSubscriptions, type Caller } from './subscriptions';

/** What {@link createApp} is made of. */
export interface AppOptions {
  readonly config: Config;
  /** Open, with its migrations run. */
  readonly dataSource: DataSource;
  /** Where log lines go; standard output by default. */
  readonly logDestination?: { write(line: string): void };
}

/** The application, ready to listen or to be injected with requests. */
export interface App {
  readonly http: FastifyInstance;
  readonly services: Services;
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
export async function createApp({ config, dataSource, logDestination }: AppOptions): Promise<App> {
  const services = createServices({
    releaseRepository: new ReleaseRepository(dataSource),
    releaseDataRepository: new ReleaseDataRepository(dataSource),
    observationRepository: new ObservationRepository(dataSource),
    keptRankingRepository: new KeptRankingRepository(dataSource),
    maxKeptRankings: config.keptRankings,
    resultCacheBytes: config.resultCacheMiB * 1024 * 1024,
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
    requestTimeout: 15_000,
    http: { headersTimeout: 10_000 },
    keepAliveTimeout: 5_000,
    return503OnClosing: true,
  });
  // Text is no GraphQL request; without its parser it is refused as an unsupported media type.
  http.removeContentTypeParser('text/plain');
  await http.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    crossOriginResourcePolicy: { policy: config.corsOrigins.length > 0 ? 'cross-origin' : 'same-origin' },
    // Plain HTTP on one's own machine is the normal case; whoever terminates TLS sets this.
    strictTransportSecurity: false,
  });
  if (config.corsOrigins.length > 0)
    await http.register(cors, { origin: [...config.corsOrigins], methods: ['GET', 'POST'], maxAge: 600 });
  http.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const code = httpErrorCode(error);
    if (code === 'INTERNAL') request.log.error({ err: error }, 'unexpected error');
    return reply.code(ERROR_CATALOGUE[code].status).send(errorBody(code, request.id));
  });
  http.setNotFoundHandler((request, reply) => reply.code(404).send(errorBody('NOT_FOUND', request.id)));

  const { plugin: reporter, requestIdOf, report } = reportErrors();
  const formatError = makeErrorFormatter(requestIdOf);
  const schema = createSchema();
  const validationRules = [limitDocuments(config.limits)];
  /** What resolvers are given, whatever the transport. */
  const contextOf = ({ id, log }: Caller): Context => ({ ...services, requestId: id, log });
  const apollo = new ApolloServer<Context>({
    schema,
    // An open service hides nothing of its schema, also in production.
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    hideSchemaDetailsFromClientErrors: config.environment === 'production',
    includeStacktraceInErrorResponses: false,
    nodeEnv: config.environment,
    logger: http.log,
    parseOptions: { maxLexicalTokens: config.limits.tokens },
    validationRules,
    formatError,
    plugins: [
      fastifyApolloDrainPlugin(http),
      // Apollo's own page would load its assets from elsewhere, and its reports would be sent elsewhere.
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      // It would wrap every resolver to work out a header that we set nothing for.
      ApolloServerPluginCacheControlDisabled(),
      refuseSubscriptions(),
      limitInputs(),
      reporter,
    ],
  });
  await apollo.start();

  const answer = fastifyApolloHandler(apollo, {
    context: (request) => Promise.resolve(contextOf(request)),
  });
  const explore = config.explorer ? makeExplorer(readExamples()) : null;
  http.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    async handler(request, reply) {
      if (request.method === 'GET' && explore && wantsHtml(request.headers.accept)) return explore(request, reply);
      if (Array.isArray(request.body)) return reply.code(400).send(errorBody('BATCHING_UNSUPPORTED', request.id));
      reply.header('cache-control', 'no-store');
      return answer.call(http, request, reply);
    },
  });
  http.route({
    method: ['PUT', 'DELETE', 'PATCH'],
    url: '/graphql',
    handler: (request, reply) =>
      reply.code(405).header('allow', 'GET, POST').send(errorBody('METHOD_NOT_ALLOWED', request.id)),
  });
  registerSubscriptions(http, {
    config,
    schema,
    validationRules,
    contextOf,
    formatErrors(errors, { id, log }) {
      report(errors, id, log);
      return errors.map((error) => formatError(error.toJSON(), error));
    },
  });
  http.get('/', (_request, reply) => reply.redirect('/graphql'));
  registerHealthRoutes(http, {
    version: serviceVersion(),
    pingDatabase: () => dataSource.query('SELECT 1'),
    loadedRelease: () => {
      const release = services.releases.loaded?.release;
      return release ? { version: release.version, digest: release.digest } : null;
    },
    limits: config.environment === 'production' ? null : { ...config.limits },
  });

  registerMetrics(http, { publishedAt: () => services.releases.loaded?.release.publishedAt ?? null });

  await services.releases.refresh();
  await http.ready();
  return {
    http,
    services,
    async close() {
      // First, so that whoever follows a job is told.
      await services.jobs.close();
      // Closing the HTTP server drains Apollo through its plugin; Apollo itself is stopped by it too.
      await apollo.stop();
      await http.close();
    },
  };
}

/** The answer to a request that never reached GraphQL, in GraphQL's own form. */
function errorBody(code: ErrorCode, requestId: string): object {
  const { meaning, remedy } = ERROR_CATALOGUE[code];
  const message = code === 'INTERNAL' ? 'Unexpected error' : `${meaning} ${remedy}`;
  return { errors: [{ message, extensions: { code, ...(code === 'INTERNAL' && { requestId }) } }] };
}

function httpErrorCode(error: FastifyError): ErrorCode {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'BODY_TOO_LARGE';
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'UNSUPPORTED_MEDIA_TYPE';
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return 'BAD_REQUEST';
  return codeOf(error);
}
