import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema, ValidationRule } from 'graphql';
import type { Services } from '../rankings/services';
import type { Context } from '../resolvers/context';
import { createSchema } from '../resolvers/schema';
import type { Config } from './config';
import { makeErrorFormatter } from './errors';
import { makeExplorer, readExamples, wantsHtml } from './graphiql';
import { errorBody } from './http-errors';
import { limitDocuments } from './limits/document-limits';
import { limitInputs } from './limits/input-limits';
import { reportErrors } from './report-errors';
import { refuseSubscriptions, registerSubscriptions, type Caller, type OpenSubscriptions } from './subscriptions';

/** What `/graphql` answers from. */
export interface GraphQLOptions {
  readonly config: Config;
  readonly services: Services;
}

/** The running GraphQL layer. */
export interface GraphQLRoutes {
  readonly subscriptions: OpenSubscriptions;
  /** Stops taking operations and waits for those under way; the HTTP server is closed with it. */
  stop(): Promise<void>;
}

/** `/graphql`: the endpoint itself, and the explorer for browsers that navigate to it. */
export async function registerGraphQL(
  http: FastifyInstance,
  { config, services }: GraphQLOptions,
): Promise<GraphQLRoutes> {
  const { plugin: reporter, requestIdOf, report } = reportErrors();
  const formatError = makeErrorFormatter(requestIdOf);
  const schema = createSchema();
  const validationRules = [limitDocuments(config.limits)];
  /** What resolvers are given, whatever the transport. */
  const contextOf = ({ id, log }: Caller): Context => ({ ...services, requestId: id, log });
  const apollo = await startApollo(http, { config, schema, validationRules, formatError, reporter });
  const answer = fastifyApolloHandler(apollo, { context: (request) => Promise.resolve(contextOf(request)) });
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
  const subscriptions = registerSubscriptions(http, {
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
  return { subscriptions, stop: () => apollo.stop() };
}

interface ApolloParts {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly validationRules: readonly ValidationRule[];
  readonly formatError: ReturnType<typeof makeErrorFormatter>;
  readonly reporter: ApolloServerPlugin<Context>;
}

async function startApollo(
  http: FastifyInstance,
  { config, schema, validationRules, formatError, reporter }: ApolloParts,
): Promise<ApolloServer<Context>> {
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
    validationRules: [...validationRules],
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
  return apollo;
}
