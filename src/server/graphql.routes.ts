import { Readable } from 'node:stream';
import { ApolloServer, HeaderMap, type ApolloServerPlugin, type HTTPGraphQLRequest } from '@apollo/server';
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
import { validityOf, type Validity } from './cacheable';
import { addVary, audienceOf } from './caching';
import type { ClientOf } from './client-address';
import type { Config } from './config';
import { Documents, readOnce } from './documents';
import { ERROR_CATALOGUE, makeErrorFormatter, type ErrorCode } from './errors';
import { CompiledOperations, runCompiled } from './executor';
import { makeExplorer, readExamples, wantsHtml } from './graphiql';
import { isPreflighted, serveHotAnswers, VARY } from './hot-answers';
import { mediaTypeFor, refuseOtherMethods, refuseRequest } from './http-errors';
import { CostLimit } from './limits/cost-limit';
import { InputCheck } from './limits/input-limits';
import type { RateLimiter } from './limits/rate-limit';
import { AnswerMaker, answerOf, isLongerThan, type Asker } from './made-answers';
import { codesOf, hashOf, nameOf, type RequestJournal } from './observe/journal';
import { traceExecution, type Tracing } from './observe/tracing';
import { isRecord, keyOf, wellFormed, withoutHash, type Operation } from './operation-request';
import { PersistedQueries, readTrustedDocuments } from './persisted-queries';
import { rejecting } from './plugins';
import { reportErrors } from './report-errors';
import { limitLives, RequestLife } from './request-life';
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
      const operation = readOperation(request);
      const { error, query, register } = persisted.resolve(operation);
      if (error !== undefined) return refuseRequest(request, reply, error, PERSISTED_MESSAGES[error]);
      notes.hash = hashOf(query ?? operation['query']);
      notes.operation = nameOf(operation['operationName']);
      const rights = request.principal.rightsKey;
      const accept = request.headers.accept ?? '';
      const isGet = request.method === 'GET';
      const { release } = cache;
      const meant = cache.enabled ? wellFormed({ ...operation, ...(query !== undefined && { query }) }) : null;
      const key = meant && keyOf(cache, meant, accept, rights);
      const raw = isGet ? request.url : bodies?.get(request.raw);
      const learn = (found: string): void => {
        if (raw !== undefined && rights === ANONYMOUS)
          cache.learn(spellingOf(request.method, accept, rights, raw), found);
      };
      // A request that a foreign page could forge is refused by Apollo, whether the answer is known or not.
      const known = key !== null && isSafe(request) ? cache.byKey(key) : undefined;
      if (known && key !== null) {
        learn(key);
        // What has an answer has proved valid, in whatever form it came before.
        if (register !== undefined && query !== undefined) persisted.register(register, query);
        notes.from = 'memory';
        return sendAnswer(request, reply, known);
      }
      const source = query ?? operation['query'];
      const { errors } =
        typeof source === 'string' && source !== '' ? documents.read(source, notes.trace?.step) : NOT_READ;
      if (errors) {
        notes.codes = codesOf(errors);
        const formatted = errors.map((refused) => formatError(refused.toJSON(), refused));
        return reply.code(400).type(mediaTypeFor(request)).send({ errors: formatted });
      }
      const http = toApolloRequest(request, query);
      journal.share(notes, http);
      const begunLife = maker?.lifeOf(request.raw);
      const life = begunLife ?? new RequestLife(reply.raw);
      if (begunLife) tried.add(http);
      lives.set(http, life);
      if (life.isOverdue) return refuseOverdue(request, reply);
      const answered = apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: http,
        context: () => Promise.resolve(contextOf(request, life, notes.trace?.span)),
      });
      const result = await Promise.race([answered, life.overdue]);
      life.settle();
      if (result === 'overdue') {
        answered.catch((error: unknown) => {
          request.log.error({ err: error }, 'unexpected error after the deadline');
        });
        return refuseOverdue(request, reply);
      }
      if (register !== undefined && query !== undefined && validities.has(http)) persisted.register(register, query);
      for (const [name, value] of result.headers) reply.header(name, value);
      reply.code(result.status ?? 200);
      if (result.body.kind !== 'complete') return reply.send(Readable.from(result.body.asyncIterator));
      if (isLongerThan(result.body.string, config.limits.responseBytes))
        return refuseRequest(request, reply, 'RESPONSE_TOO_LARGE', tooLarge(config.limits.responseBytes));
      const validity = validities.get(http) ?? 'once';
      if (validity === 'once' || reply.statusCode !== 200) return result.body.string;
      const contentType = result.headers.get('content-type') ?? 'application/json; charset=utf-8';
      const answer = answerOf(result.body.string, contentType, validity);
      maker?.learnType(accept, contentType);
      // The release must not have changed while the answer was made.
      if (key !== null && cache.release === release) {
        cache.keep(key, answer);
        learn(key);
      }
      return sendAnswer(request, reply, answer);
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

const refuseOverdue = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  refuseRequest(request, reply.header('retry-after', '5'), 'DEADLINE_EXCEEDED');

const tooLarge = (most: number): string =>
  `The answer would be larger than ${String(most)} bytes. ${ERROR_CATALOGUE.RESPONSE_TOO_LARGE.remedy}`;

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

/** The words that clients for automatic persisted queries look for. */
const PERSISTED_MESSAGES: Readonly<Partial<Record<ErrorCode, string>>> = {
  PERSISTED_QUERY_NOT_FOUND: 'PersistedQueryNotFound',
};

/** No document: Apollo says what is wrong with the request. */
const NOT_READ: { readonly errors?: undefined } = {};

/** The parts of a request, unchecked; empty where they cannot be read, which Apollo then says. */
function readOperation(request: FastifyRequest): Operation {
  if (request.method === 'POST') return isRecord(request.body) ? request.body : {};
  const parameters = new URLSearchParams(searchOf(request));
  const operation: Record<string, unknown> = {};
  for (const [name, text] of parameters) {
    if (name in operation) return {};
    const isJson = name === 'variables' || name === 'extensions';
    operation[name] = isJson ? parseOrNull(text) : text;
    if (isJson && !isRecord(operation[name])) return {};
  }
  return operation;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function searchOf({ url }: FastifyRequest): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start);
}

const isSafe = ({ method, headers }: FastifyRequest): boolean =>
  method === 'POST' || (isPreflighted(headers) && headers['content-type'] === undefined);

/** The request as Apollo takes it, with the document in place of its hash. */
function toApolloRequest(request: FastifyRequest, query: string | undefined): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  let { body } = request;
  let search = searchOf(request);
  if (query !== undefined && isRecord(body)) {
    body = { ...body, query, extensions: withoutHash(body['extensions']) };
  } else if (query !== undefined) {
    const parameters = new URLSearchParams(search);
    parameters.set('query', query);
    const extensions = withoutHash(parseOrNull(parameters.get('extensions') ?? 'null'));
    parameters.set('extensions', JSON.stringify(extensions));
    search = `?${parameters.toString()}`;
  }
  return { method: request.method, headers, search, body };
}

function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  const { status, headers, bytes } = sentAs(answer, request, audienceOf(request));
  reply.code(status).headers(headers);
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
