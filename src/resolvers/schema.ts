import 'reflect-metadata';
import { createPubSub } from '@graphql-yoga/subscription';
import {
  assertValidSchema,
  isInputObjectType,
  lexicographicSortSchema,
  printSchema,
  type GraphQLSchema,
} from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AccessResolver } from './access.resolver';
import { RankedCityBandsResolver, RankingBandsResolver } from './bands.resolver';
import { ChangeResolver } from './change.resolver';
import { CityResolver } from './cities.resolver';
import { ComparedCityResolver, ComparisonResolver, RankingComparisonResolver } from './comparison.resolver';
import { isContext } from './context';
import { DiagnosticsResolver, DominanceResolver, RankingDiagnosticsResolver } from './diagnostics.resolver';
import { ExplanationResolver } from './explanation.resolver';
import { FrameworkNodeResolver, FrameworkResolver } from './frameworks.resolver';
import { IndicatorResolver } from './indicators.resolver';
import { InitiativeResolver } from './initiatives.resolver';
import { JobResolver } from './jobs.resolver';
import { MethodologyResolver } from './methodologies.resolver';
import { MethodResolver } from './methods.resolver';
import { NodeResolver } from './node.resolver';
import { ObservationResolver } from './observations.resolver';
import { PublishedRankingResolver } from './published-rankings.resolver';
import { RankingCheckResolver } from './ranking-check.resolver';
import { RankingResolver } from './ranking.resolver';
import { ReleaseResolver } from './releases.resolver';
import {
  CityAcceptabilityResolver,
  CityUncertaintyResolver,
  RankingRobustnessResolver,
  RobustnessResolver,
  UncertaintyColumnsResolver,
  UncertaintyResolver,
} from './robustness.resolver';
import { ROBUSTNESS_INPUT } from './robustness-jobs.inputs';
import { JobResultResolver, RobustnessJobsResolver } from './robustness-jobs.resolver';
import { ARGUMENT_LIMITS, checkArgument } from './rules';
import { MultiverseResolver, RankBoundsResolver, SensitivityResolver } from './sensitivity.resolver';
import { SobolResolver, VarianceResolver } from './sobol.resolver';
import { SourceResolver } from './sources.resolver';

/** Builds the schema from the resolvers, once for the process. */
export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      AccessResolver,
      ChangeResolver,
      CityResolver,
      ComparedCityResolver,
      ComparisonResolver,
      DiagnosticsResolver,
      DominanceResolver,
      ExplanationResolver,
      FrameworkNodeResolver,
      FrameworkResolver,
      IndicatorResolver,
      InitiativeResolver,
      JobResolver,
      JobResultResolver,
      MethodologyResolver,
      MethodResolver,
      NodeResolver,
      ObservationResolver,
      PublishedRankingResolver,
      RankedCityBandsResolver,
      RankingBandsResolver,
      RankingDiagnosticsResolver,
      RankingComparisonResolver,
      RankingCheckResolver,
      RankingResolver,
      ReleaseResolver,
      MultiverseResolver,
      RankBoundsResolver,
      SensitivityResolver,
      RankingRobustnessResolver,
      RobustnessResolver,
      CityAcceptabilityResolver,
      RobustnessJobsResolver,
      CityUncertaintyResolver,
      UncertaintyColumnsResolver,
      UncertaintyResolver,
      SobolResolver,
      VarianceResolver,
      SourceResolver,
    ],
    // The rules of `rules.ts`, in every class of arguments. What depends on the release is checked by the use cases.
    validateFn: (argument, _type, { context }) => {
      checkArgument(argument, isContext(context) ? context.argumentLimits : ARGUMENT_LIMITS);
    },
    // Asked for where there are subscriptions; ours follow the use cases and not topics, so that nothing goes through it.
    pubSub: createPubSub(),
    // It would answer the introspection query, to see whether the schema is valid; looking at that alone is faster.
    skipCheck: true,
  });
  // TypeGraphQL has no way to say so; clients and validation are told, and the use cases check it for themselves.
  const robustness = schema.getType(ROBUSTNESS_INPUT);
  if (isInputObjectType(robustness)) robustness.isOneOf = true;
  const query = schema.getQueryType();
  if (query) query.description = 'Everything that can be asked.';
  const mutation = schema.getMutationType();
  if (mutation) mutation.description = 'Everything that can be done.';
  const subscription = schema.getSubscriptionType();
  if (subscription) subscription.description = 'Everything that can be followed, over WebSocket or server-sent events.';
  assertValidSchema(schema);
  return schema;
}

/** The schema as text, in an order that does not depend on the code's. */
export function printSortedSchema(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
