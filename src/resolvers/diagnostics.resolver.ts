import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import {
  availabilityRows,
  cityAvailabilityPage,
  consistencyRows,
  dominanceCityPage,
  hasseEdgePage,
  importanceRows,
  mainEffectRows,
  outlierPage,
  statisticsRows,
  type AvailabilityRow,
  type CityAvailability,
  type ConsistencyRow,
  type CorrelationRow,
  type DominanceCity,
  type GroupAvailabilityRow,
  type ImportanceRow,
  type MainEffectRow,
  type NodeAvailabilityRow,
  type OutlierRow,
  type RankingDominance,
  type StatisticsRow,
} from '../rankings/diagnostics-view';
import type { CityGrouping, DiagnosticStage, RankingDiagnostics } from '../rankings/diagnostics.service';
import type { Page } from '../rankings/page';
import type { Ranking } from '../rankings/ranking.service';
import type { diagnostics } from '../scoring';
import { CityGroupingEnum } from './bands.types';
import { PageArgs } from './connection';
import type { Context } from './context';
import {
  CorrelationArgs,
  CorrelationMatrixArgs,
  DiagnosticStageEnum,
  DominanceArgs,
  FindingArgs,
  NodeGroupArgs,
  OutlierArgs,
  OutlierRulesArgs,
} from './diagnostics.inputs';
import {
  CityAvailabilityConnection,
  ConsistencyType,
  CorrelationRowType,
  CorrelationType,
  DominanceCityConnection,
  DominanceType,
  EffectiveWeightType,
  FamilyCorrelationsType,
  FindingType,
  GroupAvailabilityType,
  HasseEdgeConnection,
  ImportanceType,
  IndicatorAvailabilityType,
  IndicatorStatisticsType,
  MainEffectType,
  NodeAvailabilityType,
  OutlierConnection,
  OutlierRuleNotUsedType,
  PrincipalComponentsType,
  RankingDiagnosticsType,
} from './diagnostics.types';
import { RankingType } from './ranking.types';

/** The diagnostics of a ranking. */
@Resolver(() => RankingType)
export class RankingDiagnosticsResolver {
  @FieldResolver(() => RankingDiagnosticsType, {
    nullable: true,
    description: 'What there is to know of the data and the index behind it. Null when it fails; `errors` says why.',
  })
  diagnostics(@Root() ranking: Ranking, @Ctx() { diagnostics }: Context): RankingDiagnostics {
    return diagnostics.of(ranking);
  }
}

/** Each diagnostic, computed when it is selected. */
@Resolver(() => RankingDiagnosticsType)
export class DiagnosticsResolver {
  @FieldResolver(() => [IndicatorStatisticsType], {
    nullable: true,
    description: 'Descriptive statistics of every indicator of the index. Null when it fails; `errors` says why.',
  })
  statistics(
    @Root() of: RankingDiagnostics,
    @Arg('stage', () => DiagnosticStageEnum, { defaultValue: 'DENOMINATED', description: 'Of which table.' })
    stage: DiagnosticStage,
  ): StatisticsRow[] {
    return statisticsRows(of.statistics(stage));
  }

  @FieldResolver(() => [IndicatorAvailabilityType], {
    nullable: true,
    description: 'What is there of every indicator, before imputation. Null when it fails; `errors` says why.',
  })
  availabilityByIndicator(@Root() of: RankingDiagnostics): AvailabilityRow[] {
    return availabilityRows(of.availabilityByIndicator());
  }

  @FieldResolver(() => CityAvailabilityConnection, {
    nullable: true,
    description:
      'What is there of every scored city, before imputation, by code. Null when it fails; `errors` says why.',
  })
  availabilityByCity(@Root() of: RankingDiagnostics, @Args(() => PageArgs) args: PageArgs): Page<CityAvailability> {
    return cityAvailabilityPage(of, args);
  }

  @FieldResolver(() => [GroupAvailabilityType], {
    nullable: true,
    description:
      'What is there of every group of scored cities, before imputation; cities in no group are left out. Null when it fails; `errors` says why.',
  })
  availabilityByGroup(
    @Root() of: RankingDiagnostics,
    @Arg('by', () => CityGroupingEnum, { description: 'The grouping.' }) by: CityGrouping,
  ): GroupAvailabilityRow[] {
    return availabilityRows(of.availabilityByGroup(by));
  }

  @FieldResolver(() => [NodeAvailabilityType], {
    nullable: true,
    description:
      'What is there under every node, before imputation, from the root down. Null when it fails; `errors` says why.',
  })
  availabilityByNode(@Root() of: RankingDiagnostics): NodeAvailabilityRow[] {
    return of.availabilityByNode();
  }

  @FieldResolver(() => [CorrelationRowType], {
    nullable: true,
    description:
      'Correlations of nodes with each other, as a square matrix. Columns are oriented: more is better. Null when it fails; `errors` says why.',
  })
  correlations(
    @Root() of: RankingDiagnostics,
    @Args(() => CorrelationMatrixArgs) { method, nodes }: CorrelationMatrixArgs,
  ): CorrelationRow[] {
    return of.correlations(method, nodes);
  }

  @FieldResolver(() => [FamilyCorrelationsType], {
    nullable: true,
    description: 'Correlations of the children of every node with each other. Null when it fails; `errors` says why.',
  })
  familyCorrelations(
    @Root() of: RankingDiagnostics,
    @Args(() => CorrelationArgs) { method }: CorrelationArgs,
  ): diagnostics.FamilyCorrelations[] {
    return of.familyCorrelations(method);
  }

  @FieldResolver(() => [CorrelationType], {
    nullable: true,
    description:
      'Correlation of every node with each of its ancestors, its parent first. Null when it fails; `errors` says why.',
  })
  ancestorCorrelations(
    @Root() of: RankingDiagnostics,
    @Args(() => CorrelationArgs) { method }: CorrelationArgs,
  ): diagnostics.Correlation[] {
    return of.ancestorCorrelations(method);
  }

  @FieldResolver(() => [ConsistencyType], {
    nullable: true,
    description: "Cronbach's alpha of what is under nodes. Null when it fails; `errors` says why.",
  })
  consistency(
    @Root() of: RankingDiagnostics,
    @Args(() => NodeGroupArgs) { nodes, over }: NodeGroupArgs,
  ): ConsistencyRow[] {
    return consistencyRows(of.consistency(nodes, over));
  }

  @FieldResolver(() => [PrincipalComponentsType], {
    nullable: true,
    description:
      'Principal components of the correlations of what is under nodes. Null when it fails; `errors` says why.',
  })
  principalComponents(
    @Root() of: RankingDiagnostics,
    @Args(() => NodeGroupArgs) { nodes, over }: NodeGroupArgs,
  ): diagnostics.PrincipalComponents[] {
    return of.principalComponents(nodes, over);
  }

  @FieldResolver(() => [EffectiveWeightType], {
    nullable: true,
    description:
      'Weights of all nodes by the tree, children before their parents. Null when it fails; `errors` says why.',
  })
  effectiveWeights(@Root() of: RankingDiagnostics): diagnostics.EffectiveWeight[] {
    return of.effectiveWeights();
  }

  @FieldResolver(() => [ImportanceType], {
    nullable: true,
    description:
      'How much of the variance of its parent goes with each node (correlation ratio), beside its weight. Null when it fails; `errors` says why.',
  })
  importances(@Root() of: RankingDiagnostics): ImportanceRow[] {
    return importanceRows(of.importances());
  }

  @FieldResolver(() => [MainEffectType], {
    nullable: true,
    description:
      'How much of the variance of the index goes with each node (correlation ratio). Null when it fails; `errors` says why.',
  })
  mainEffects(@Root() of: RankingDiagnostics): MainEffectRow[] {
    return mainEffectRows(of.mainEffects());
  }

  @FieldResolver(() => OutlierConnection, {
    nullable: true,
    description:
      'Values that stand apart, on the natural scale before imputation and treatment. Null when it fails; `errors` says why.',
  })
  outliers(@Root() of: RankingDiagnostics, @Args(() => OutlierArgs) args: OutlierArgs): Page<OutlierRow> {
    return outlierPage(of.ranking, of.outliers(args.limits), args.rules, args);
  }

  @FieldResolver(() => [OutlierRuleNotUsedType], {
    nullable: true,
    description: 'Rules for outliers that could not be used, by indicator. Null when it fails; `errors` says why.',
  })
  outlierRulesNotUsed(
    @Root() of: RankingDiagnostics,
    @Args(() => OutlierRulesArgs) { limits }: OutlierRulesArgs,
  ): readonly diagnostics.RuleNotUsed[] {
    return of.outliers(limits).notUsed;
  }

  @FieldResolver(() => DominanceType, {
    nullable: true,
    description:
      'Which cities are at least as good as which everywhere. Cities that lack a value take no part. Null when it fails; `errors` says why.',
  })
  dominance(@Root() of: RankingDiagnostics, @Args(() => DominanceArgs) { nodes }: DominanceArgs): RankingDominance {
    return { ...of.dominance(nodes), of };
  }

  @FieldResolver(() => [FindingType], {
    nullable: true,
    description:
      'What makes the index misleading: constant, collinear, silent, double-counting indicators and more. Null when it fails; `errors` says why.',
  })
  findings(@Root() of: RankingDiagnostics, @Args(() => FindingArgs) { limits }: FindingArgs): diagnostics.Finding[] {
    return of.findings(limits);
  }
}

/** The lists of a dominance. */
@Resolver(() => DominanceType)
export class DominanceResolver {
  @FieldResolver(() => DominanceCityConnection, {
    description: 'The compared cities by level, then by how many they dominate.',
  })
  cities(@Root() dominance: RankingDominance, @Args(() => PageArgs) args: PageArgs): Page<DominanceCity> {
    return dominanceCityPage(dominance, args);
  }

  @FieldResolver(() => HasseEdgeConnection, { description: 'The edges of the Hasse diagram.' })
  edges(@Root() dominance: RankingDominance, @Args(() => PageArgs) args: PageArgs): Page<diagnostics.HasseEdge> {
    return hasseEdgePage(dominance, args);
  }
}
