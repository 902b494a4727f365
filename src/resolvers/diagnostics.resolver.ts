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
    description: 'What there is to know of the data and the index behind it.',
  })
  diagnostics(@Root() ranking: Ranking, @Ctx() { diagnostics }: Context): RankingDiagnostics {
    return diagnostics.of(ranking);
  }
}

/** Each diagnostic, computed when it is selected. */
@Resolver(() => RankingDiagnosticsType)
export class DiagnosticsResolver {
  @FieldResolver(() => [IndicatorStatisticsType], {
    description: 'Descriptive statistics of every indicator of the index.',
  })
  statistics(
    @Root() of: RankingDiagnostics,
    @Arg('stage', () => DiagnosticStageEnum, { defaultValue: 'DENOMINATED', description: 'Of which table.' })
    stage: DiagnosticStage,
  ): StatisticsRow[] {
    return statisticsRows(of.statistics(stage));
  }

  @FieldResolver(() => [IndicatorAvailabilityType], {
    description: 'What is there of every indicator, before imputation.',
  })
  availabilityByIndicator(@Root() of: RankingDiagnostics): AvailabilityRow[] {
    return availabilityRows(of.availabilityByIndicator());
  }

  @FieldResolver(() => CityAvailabilityConnection, {
    description: 'What is there of every scored city, before imputation, by code.',
  })
  availabilityByCity(@Root() of: RankingDiagnostics, @Args(() => PageArgs) args: PageArgs): Page<CityAvailability> {
    return cityAvailabilityPage(of, args);
  }

  @FieldResolver(() => [GroupAvailabilityType], {
    description: 'What is there of every group of scored cities, before imputation; cities in no group are left out.',
  })
  availabilityByGroup(
    @Root() of: RankingDiagnostics,
    @Arg('by', () => CityGroupingEnum, { description: 'The grouping.' }) by: CityGrouping,
  ): GroupAvailabilityRow[] {
    return availabilityRows(of.availabilityByGroup(by));
  }

  @FieldResolver(() => [NodeAvailabilityType], {
    description: 'What is there under every node, before imputation, from the root down.',
  })
  availabilityByNode(@Root() of: RankingDiagnostics): NodeAvailabilityRow[] {
    return of.availabilityByNode();
  }

  @FieldResolver(() => [CorrelationRowType], {
    description: 'Correlations of nodes with each other, as a square matrix. Columns are oriented: more is better.',
  })
  correlations(
    @Root() of: RankingDiagnostics,
    @Args(() => CorrelationMatrixArgs) { method, nodes }: CorrelationMatrixArgs,
  ): CorrelationRow[] {
    return of.correlations(method, nodes);
  }

  @FieldResolver(() => [FamilyCorrelationsType], {
    description: 'Correlations of the children of every node with each other.',
  })
  familyCorrelations(
    @Root() of: RankingDiagnostics,
    @Args(() => CorrelationArgs) { method }: CorrelationArgs,
  ): diagnostics.FamilyCorrelations[] {
    return of.familyCorrelations(method);
  }

  @FieldResolver(() => [CorrelationType], {
    description: 'Correlation of every node with each of its ancestors, its parent first.',
  })
  ancestorCorrelations(
    @Root() of: RankingDiagnostics,
    @Args(() => CorrelationArgs) { method }: CorrelationArgs,
  ): diagnostics.Correlation[] {
    return of.ancestorCorrelations(method);
  }

  @FieldResolver(() => [ConsistencyType], { description: "Cronbach's alpha of what is under nodes." })
  consistency(
    @Root() of: RankingDiagnostics,
    @Args(() => NodeGroupArgs) { nodes, over }: NodeGroupArgs,
  ): ConsistencyRow[] {
    return consistencyRows(of.consistency(nodes, over));
  }

  @FieldResolver(() => [PrincipalComponentsType], {
    description: 'Principal components of the correlations of what is under nodes.',
  })
  principalComponents(
    @Root() of: RankingDiagnostics,
    @Args(() => NodeGroupArgs) { nodes, over }: NodeGroupArgs,
  ): diagnostics.PrincipalComponents[] {
    return of.principalComponents(nodes, over);
  }

  @FieldResolver(() => [EffectiveWeightType], {
    description: 'Weights of all nodes by the tree, children before their parents.',
  })
  effectiveWeights(@Root() of: RankingDiagnostics): diagnostics.EffectiveWeight[] {
    return of.effectiveWeights();
  }

  @FieldResolver(() => [ImportanceType], {
    description: 'How much of the variance of its parent goes with each node (correlation ratio), beside its weight.',
  })
  importances(@Root() of: RankingDiagnostics): ImportanceRow[] {
    return importanceRows(of.importances());
  }

  @FieldResolver(() => [MainEffectType], {
    description: 'How much of the variance of the index goes with each node (correlation ratio).',
  })
  mainEffects(@Root() of: RankingDiagnostics): MainEffectRow[] {
    return mainEffectRows(of.mainEffects());
  }

  @FieldResolver(() => OutlierConnection, {
    description: 'Values that stand apart, on the natural scale before imputation and treatment.',
  })
  outliers(@Root() of: RankingDiagnostics, @Args(() => OutlierArgs) args: OutlierArgs): Page<OutlierRow> {
    return outlierPage(of.ranking, of.outliers(args.limits), args.rules, args);
  }

  @FieldResolver(() => [OutlierRuleNotUsedType], {
    description: 'Rules for outliers that could not be used, by indicator.',
  })
  outlierRulesNotUsed(
    @Root() of: RankingDiagnostics,
    @Args(() => OutlierRulesArgs) { limits }: OutlierRulesArgs,
  ): readonly diagnostics.RuleNotUsed[] {
    return of.outliers(limits).notUsed;
  }

  @FieldResolver(() => DominanceType, {
    description: 'Which cities are at least as good as which everywhere. Cities that lack a value take no part.',
  })
  dominance(@Root() of: RankingDiagnostics, @Args(() => DominanceArgs) { nodes }: DominanceArgs): RankingDominance {
    return { ...of.dominance(nodes), of };
  }

  @FieldResolver(() => [FindingType], {
    description: 'What makes the index misleading: constant, collinear, silent, double-counting indicators and more.',
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
