import { Readable } from 'node:stream';
import { ApolloServer, type ApolloServerPlugin, type HTTPGraphQLRequest } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NoSchemaIntrospectionCustomRule, type GraphQLSchema } from 'graphql';
import { Ledger } from '../rankings/ledger';
import type { CacheLoad, ProcessServices } from '../rankings/services';
import type { Span } from '../rankings/spans';
import type { Context, Life } from '../resolvers/context';
import { createSchema } from '../resolvers/schema';
import { ANONYMOUS, OperationGuard, type Authenticator } from './access';
import { AnswerCache, sentAs, spellingOf, type Answer } from './answer-cache';
import { Answering, sendRefused } from './answering';
import { validityOf, type Validity } from './cacheable';
import { addVary, audienceOf } from './caching';
import type { ClientOf } from './client-address';
import type { Config } from './config';
import { Documents, readOnce } from './documents';
import { makeErrorFormatter } from './errors';
import { CompiledOperations, runCompiled } from './executor';
import { makeExplorer, readExamples, wantsHtml } from './graphiql';
import { isPreflighted, serveHotAnswers, VARY } from './hot-answers';
import { refuseOtherMethods, refuseRequest } from './http-errors';
import { CostLimit } from './limits/cost-limit';
import { InputCheck } from './limits/input-limits';
import type { RateLimiter } from './limits/rate-limit';
import { AnswerMaker, type Asker } from './made-answers';
import { hashOf, nameOf, type RequestJournal } from './observe/journal';
import { traceExecution, type Tracing } from './observe/tracing';
import { readOperation, toApolloRequest } from './operation-request';
import { PersistedQueries, readTrustedDocuments } from './persisted-queries';
import { rejecting } from './plugins';
import { reportErrors } from './report-errors';
import { limitLives, type RequestLife } from './request-life';
import { refuseSubscriptions, registerSubscriptions, type OpenSubscriptions } from './subscriptions';

/** What `/graphql` answers from. */
export interface GraphQLOptions {
  readonly config: Config;
  readonly services: ProcessServices;
  readonly authenticator: Authenticator;
  readonly limiter: RateLimiter;
  readonly clientOf: ClientOf;
  readonly journal: RequestJournal;
  /** Null where requests are not traced. */
  readonly tracing: Tracing | null;
  /** Whether the server is ending. */
  readonly stopping: () => boolean;
}

/** The running GraphQL layer. */
export interface GraphQLRoutes {
  readonly subscriptions: OpenSubscriptions;
  readonly answers: CacheLoad & Pick<AnswerCache, 'unread'>;
  /** What other addresses answer operations with. */
  readonly operations: { readonly schema: GraphQLSchema; readonly documents: Documents; readonly answering: Answering };
  /** Looks up what every answer carries; answers are sent from memory from then on. To be called when the server is ready. */
  learnHeaders(): Promise<void>;
  /** Ends subscriptions: whoever follows is told. */
  endSubscriptions(): Promise<void>;
  /** Stops taking operations. */
  stop(): Promise<void>;
}

/** `/graphql`: the endpoint itself, and the explorer for browsers that navigate to it. */
export async function registerGraphQL(
  http: FastifyInstance,
  { config, services, authenticator, limiter, clientOf, journal, tracing, stopping }: GraphQLOptions,
): Promise<GraphQLRoutes> {
  const { plugin: reporter, requestIdOf, report } = reportErrors();
  const formatError = makeErrorFormatter(requestIdOf, config.environment !== 'production');
  const schema = createSchema();
  const persisted = new PersistedQueries(readTrustedDocuments(config.trustedDocuments), config.trustedDocumentsOnly);
  const documents = new Documents({
    schema,
    limits: config.limits,
    rules: [persisted.rule, ...(config.introspection ? [] : [NoSchemaIntrospectionCustomRule])],
    suggestions: config.environment !== 'production',
  });
  const costLimit = new CostLimit(schema, config.limits, limiter, () => services.releases.loaded);
  const guard = new OperationGuard(schema);
  /** What resolvers are given, whatever the transport. */
  const contextOf = ({ id, log, principal, client }: Asker, life: Life, span?: Span): Context => {
    const ledger = new Ledger(config.limits.cellOperations);
    const argumentLimits = config.limits;
    // Not by spreading, which takes 15 times as long for so many.
    return Object.assign(services.within(ledger, span), {
      ledger,
      requestId: id,
      principal,
      client,
      log,
      life,
      argumentLimits,
    });
  };
  const validities = new WeakMap<object, Validity>();
  const lives = new WeakMap<HTTPGraphQLRequest, RequestLife>();
  const observers = [journal.plugin, ...(tracing ? [traceExecution(journal)] : [])];
  const operations = new CompiledOperations(schema);
  const inputs = new InputCheck(config.limits);
  const tried = new WeakSet();
  const parts = {
    config,
    schema,
    documents,
    operations,
    tried,
    inputs,
    costLimit,
    guard,
    formatError,
    reporter,
    validities,
    lives,
    observers,
  };
  const apollo = await startApollo(http, parts);
  const cache = new AnswerCache(
    config.answerCacheMiB * 1024 * 1024,
    () => services.releases.loaded?.release.digest ?? null,
  );
  let commonHeaders: readonly string[] | null = null;
  // Where requests are logged one by one, or callers must say who they are, they all go the long way.
  const isHot = cache.enabled && config.anonymousRead && config.logLevel !== 'debug' && config.logLevel !== 'trace';
  // What is traced goes the long way, too.
  const maker =
    isHot && tracing === null
      ? new AnswerMaker({
          cache,
          documents,
          persisted,
          operations,
          guard,
          inputs,
          costLimit,
          limiter,
          clientOf,
          responseBytes: config.limits.responseBytes,
          deadlines: config.deadlines,
          contextOf,
          journal,
          log: http.log,
        })
      : null;
  const bodies = isHot
    ? serveHotAnswers(http.server, {
        cache,
        bodyBytes: config.limits.bodyBytes,
        admit: (request) => limiter.take(clientOf(request), 1) === 0,
        commonHeaders: () => (stopping() ? null : commonHeaders),
        maker,
        onError: (error) => {
          http.log.error({ err: error }, 'unexpected error in front');
        },
      })
    : null;
  const answering = new Answering({
    apollo,
    cache,
    documents,
    persisted,
    maker,
    journal,
    formatError,
    contextOf,
    validities,
    lives,
    tried,
    responseBytes: config.limits.responseBytes,
  });
  const explore = config.explorer ? makeExplorer(readExamples()) : null;
  const isForExplorer = ({ method, headers }: FastifyRequest): boolean =>
    explore !== null && method === 'GET' && wantsHtml(headers.accept);
  http.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    // The page holds no data; what it asks for is asked for like anything else.
    config: { open: isForExplorer },
    preParsing(request, _reply, payload, done) {
      const body = bodies?.get(request.raw);
      done(null, body === undefined ? payload : Readable.from(body, { objectMode: false }));
    },
    async handler(request, reply) {
      if (explore && isForExplorer(request)) return explore(request, reply);
      const notes = journal.open(request, tracing?.begin(`${request.method} /graphql`, request.headers));
      if (Array.isArray(request.body)) return refuseRequest(request, reply, 'BATCHING_UNSUPPORTED');
      reply.header('cache-control', 'no-store');
      const rights = request.principal.rightsKey;
      const accept = request.headers.accept ?? '';
      const raw = request.method === 'GET' ? request.url : bodies?.get(request.raw);
      const outcome = await answering.answer({
        request,
        reply,
        operation: readOperation(request),
        notes,
        accept,
        isSafe: isSafe(request),
        takes: 'all',
        toApollo: (query) => toApolloRequest(request, query),
        learn: (key) => {
          if (raw !== undefined && rights === ANONYMOUS)
            cache.learn(spellingOf(request.method, accept, rights, raw), key);
        },
      });
      if (outcome.kind === 'refused') return sendRefused(request, reply, outcome);
      if (outcome.kind === 'lasting') return sendAnswer(request, reply, outcome.answer);
      for (const [name, value] of outcome.headers) reply.header(name, value);
      const { status, body } = outcome;
      return reply.code(status).send(typeof body === 'string' ? body : Readable.from(body));
    },
  });
  refuseOtherMethods(http, '/graphql', ['GET', 'POST']);
  const subscriptions = registerSubscriptions(http, {
    config,
    schema,
    documents,
    costLimit,
    inputLimits: config.limits,
    guard,
    authenticator,
    clientOf,
    limiter,
    contextOf: (caller, signal) => contextOf(caller, { signal }),
    onOperation({ log, principal }, { query, operationName }, codes) {
      const [operation, hash] = [nameOf(operationName), hashOf(query)];
      const named = { ...(operation !== null && { operation }), ...(hash !== null && { hash }) };
      const by = principal.id === null ? {} : { by: principal.id };
      log.info({ kind: 'subscription', ...named, ...(codes.length > 0 && { codes }), ...by }, 'subscription');
    },
    formatErrors(errors, { id, log }) {
      report(errors, id, log);
      return errors.map((error) => formatError(error.toJSON(), error));
    },
  });
  http.get('/', { config: { open: true } }, (_request, reply) => reply.redirect('/graphql'));
  return {
    subscriptions,
    answers: cache,
    operations: { schema, documents, answering },
    async learnHeaders() {
      const { headers } = await http.inject('/health');
      commonHeaders = Object.entries(headers)
        .filter(([name]) => !OF_ONE_ANSWER.has(name) && !name.startsWith('access-control-'))
        .flatMap(([name, value]) => [name, String(value)]);
    },
    endSubscriptions: () => subscriptions.end(),
    stop: () => apollo.stop(),
  };
}

/** Headers that belong to one answer and not to all. */
const OF_ONE_ANSWER: ReadonlySet<string> = new Set([
  'cache-control',
  'connection',
  'content-length',
  'content-type',
  'date',
  'etag',
  'keep-alive',
  'transfer-encoding',
  'vary',
  'x-request-id',
]);

const isSafe = ({ method, headers }: FastifyRequest): boolean =>
  method === 'POST' || (isPreflighted(headers) && headers['content-type'] === undefined);

function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  const { status, headers, bytes } = sentAs(answer, request, audienceOf(request));
  reply.code(status);
  for (let k = 0; k < headers.length; k += 2) reply.header(headers[k] ?? '', headers[k + 1]);
  addVary(reply, VARY);
  return bytes === null ? reply.removeHeader('content-type').send() : reply.send(bytes);
}

/** Says of each operation that proved valid how long its answer holds, by the request that it came in. */
function noteValidity(validities: WeakMap<object, Validity>): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ request }) {
          if (request.http) validities.set(request.http, 'once');
          return Promise.resolve();
        },
        willSendResponse({ request, document, operation, errors, response: { body } }) {
          if (request.http && document && operation && !errors && body.kind === 'single' && !body.singleResult.errors)
            validities.set(request.http, validityOf(document, operation, body.singleResult.data));
          return Promise.resolve();
        },
      }),
  };
}

interface ApolloParts {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  readonly operations: CompiledOperations;
  /** Requests that have been run compiled in vain. */
  readonly tried: WeakSet<object>;
  readonly inputs: InputCheck;
  readonly costLimit: CostLimit;
  readonly guard: OperationGuard;
  readonly observers: readonly ApolloServerPlugin<Context>[];
  readonly formatError: ReturnType<typeof makeErrorFormatter>;
  readonly reporter: ApolloServerPlugin<Context>;
  readonly validities: WeakMap<object, Validity>;
  readonly lives: WeakMap<HTTPGraphQLRequest, RequestLife>;
}

async function startApollo(http: FastifyInstance, parts: ApolloParts): Promise<ApolloServer<Context>> {
  const { config, schema, documents, operations, formatError, validities, lives } = parts;
  const apollo = new ApolloServer<Context>({
    schema,
    // Switched off by a rule of ours, for all transports alike.
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    nodeEnv: config.environment,
    logger: http.log,
    // Documents are read, and kept, before Apollo is asked.
    documentStore: null,
    stringifyResult: (result) => `${operations.writeSent(result)}\n`,
    formatError,
    plugins: [
      // Apollo's own page would load its assets from elsewhere, and its reports would be sent elsewhere.
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      // It would wrap every resolver to work out a header that we set nothing for.
      ApolloServerPluginCacheControlDisabled(),
      ...[
        ...parts.observers,
        readOnce(documents),
        refuseSubscriptions(),
        parts.guard.plugin,
        parts.inputs.plugin,
        parts.costLimit.plugin,
        noteValidity(validities),
        limitLives(lives, config.deadlines),
        runCompiled(operations, parts.tried),
        parts.reporter,
      ].map(rejecting),
    ],
  });
  await apollo.start();
  return apollo;
}
