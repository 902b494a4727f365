import { Field, Float, Int, ObjectType } from 'type-graphql';
import { City } from '../entities';
import type {
  AvailabilityRow,
  CityAvailability,
  ConsistencyRow,
  CorrelationRow,
  DominanceCity,
  GroupAvailabilityRow,
  ImportanceRow,
  MainEffectRow,
  NodeAvailabilityRow,
  NodeShare,
  OutlierRow,
  RankingDominance,
  StatisticsRow,
} from '../rankings/diagnostics-view';
import type { diagnostics } from '../scoring';
import { makeConnection } from './connection';
import { OutlierRuleEnum } from './diagnostics.inputs';
import { defineEnum } from './enums';

/** Why a figure does not exist. */
export const AbsenceReasonEnum = defineEnum<diagnostics.AbsenceReason>(
  'AbsenceReason',
  'Why a diagnostic figure does not exist.',
  {
    NO_VALUES: 'No value, or no city with every value that is needed.',
    TOO_FEW_VALUES: 'Fewer values, or cities with all of them, than the figure needs.',
    TOO_FEW_COLUMNS: 'Fewer indicators or nodes than the figure needs.',
    CONSTANT: 'All values are equal.',
    NO_SPREAD: "The rule's measure of spread is 0, though the values differ.",
    NOT_DEFINED: 'The method that the figure comes from is not defined on what is left.',
    OVERFLOW: 'The figure is too large for a number.',
  },
);

/** What the linter finds. */
export const FindingCodeEnum = defineEnum<diagnostics.FindingCode>('FindingCode', 'What the linter finds.', {
  EMPTY_INDICATOR: 'No city has a value.',
  REPEATED_INDICATOR: 'One indicator is at several places of the tree, so it counts several times.',
  CONSTANT_INDICATOR: 'All values are equal, so it cannot tell cities apart.',
  CONSTANT_NODE: 'All cities get the same score at a node above the indicators.',
  NEARLY_CONSTANT: 'One value is shared by most of the cities.',
  LOW_AVAILABILITY: 'Few of the cities have a value.',
  NEAR_COPY: 'Two indicators are nearly the same, so one thing counts twice.',
  COLLINEAR_SIBLINGS: 'Two children of one node are collinear.',
  NEGATIVE_SIBLINGS: 'Two children of one node run against each other, so each cancels the other.',
  AGAINST_PARENT: 'A node runs against its parent.',
  SILENT: 'A node has far less effect on its parent than its weight says.',
  DOMINANT: 'One of several children goes with nearly all of the variance of its parent.',
  OUTLIERS: 'The indicator fails the skewness and kurtosis test.',
  INCONSISTENT_FAMILY: 'The children of a node hang together poorly.',
  ZERO_WEIGHT: 'The node has a weight of 0, so it does not count.',
  ONLY_CHILD: 'The node is its parent under another name.',
});

/** How grave a finding is. */
export const SeverityEnum = defineEnum<diagnostics.Severity>('Severity', 'How grave a finding is.', {
  ERROR: 'The index does not say what it seems to.',
  WARNING: 'To be looked at before publishing.',
  NOTE: 'Worth knowing.',
});

/** Side of an outlier. */
export const OutlierSideEnum = defineEnum<'HIGH' | 'LOW'>('OutlierSide', 'On which side a value stands apart.', {
  HIGH: 'Above the others, on the natural scale.',
  LOW: 'Below the others, on the natural scale.',
});

const OVER_VALUES = 'Over the scored cities that have a value.';
const NO_VALUE = 'Null when no city has a value.';

/** Descriptive statistics. */
@ObjectType('IndicatorStatistics', {
  description: `Descriptive statistics of one indicator. ${OVER_VALUES}`,
  simpleResolvers: true,
})
export class IndicatorStatisticsType implements StatisticsRow {
  @Field(() => String, { description: 'Code of the indicator.' })
  code!: string;

  @Field(() => Int, { description: 'Cities with a value.' })
  count!: number;

  @Field(() => Int, { description: 'Cities without one.' })
  missing!: number;

  @Field(() => Int, { description: 'Values that are 0.' })
  zeros!: number;

  @Field(() => Int, { description: 'Number of different values.' })
  distinct!: number;

  @Field(() => Int, { description: 'How often the most frequent value occurs.' })
  mostFrequentCount!: number;

  @Field(() => Float, { nullable: true, description: `The same as a share of \`count\`, 0 to 1. ${NO_VALUE}` })
  mostFrequentShare!: number | null;

  @Field(() => Float, { nullable: true, description: `Smallest value. ${NO_VALUE}` })
  minimum!: number | null;

  @Field(() => Float, { nullable: true, description: `Largest value. ${NO_VALUE}` })
  maximum!: number | null;

  @Field(() => Float, { nullable: true, description: `Arithmetic mean. ${NO_VALUE}` })
  mean!: number | null;

  @Field(() => Float, { nullable: true, description: `Median. ${NO_VALUE}` })
  median!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `25th percentile, by linear interpolation (type 7). ${NO_VALUE}`,
  })
  lowerQuartile!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `75th percentile, by linear interpolation (type 7). ${NO_VALUE}`,
  })
  upperQuartile!: number | null;

  @Field(() => Float, { nullable: true, description: 'With n - 1 below. Null when there are fewer than 2 values.' })
  standardDeviation!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Adjusted for bias. Null when there are fewer than 3 values or all are equal.',
  })
  skewness!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Adjusted excess kurtosis. Null when there are fewer than 4 values or all are equal.',
  })
  kurtosis!: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether skewness reaches 2 in size and kurtosis 3.5. Null when kurtosis is.',
  })
  outlying!: boolean | null;
}

/** Availability of an indicator. */
@ObjectType('IndicatorAvailability', {
  description: 'What is there of one indicator, over the scored cities.',
  simpleResolvers: true,
})
export class IndicatorAvailabilityType implements AvailabilityRow {
  @Field(() => String, { description: 'Code of the indicator.' })
  code!: string;

  @Field(() => Int, { description: 'Number of cities.' })
  cells!: number;

  @Field(() => Int, { description: 'Cities with a value.' })
  present!: number;

  @Field(() => Int, { description: 'Cities without one.' })
  missing!: number;

  @Field(() => Int, { description: 'Values that are 0.' })
  zeros!: number;

  @Field(() => Float, { nullable: true, description: 'Share of the cities with a value. Null when there is no city.' })
  share!: number | null;

  @Field(() => Float, { nullable: true, description: `Share of the values that are not 0. ${NO_VALUE}` })
  nonZeroShare!: number | null;
}

/** Availability of a group of cities. */
@ObjectType('GroupAvailability', {
  description: 'What is there of one group of cities, over all indicators of the index.',
  simpleResolvers: true,
})
export class GroupAvailabilityType implements GroupAvailabilityRow {
  @Field(() => String, { description: 'The tier, or the code of the province.' })
  code!: string;

  @Field(() => Int, { description: 'Scored cities in it.' })
  cities!: number;

  @Field(() => Int, { description: 'Cities times indicators.' })
  cells!: number;

  @Field(() => Int, { description: 'Values that are there.' })
  present!: number;

  @Field(() => Int, { description: 'Values that are not.' })
  missing!: number;

  @Field(() => Int, { description: 'Values that are 0.' })
  zeros!: number;

  @Field(() => Float, { nullable: true, description: 'Share of the values that are there. Null when it has no cell.' })
  share!: number | null;

  @Field(() => Float, { nullable: true, description: `Share of the values that are not 0. ${NO_VALUE}` })
  nonZeroShare!: number | null;
}

/** Availability under a node. */
@ObjectType('NodeAvailability', {
  description: 'What is there of the indicators under one node, over the scored cities.',
  simpleResolvers: true,
})
export class NodeAvailabilityType implements NodeAvailabilityRow {
  @Field(() => String, { description: 'Code of the node.' })
  node!: string;

  @Field(() => Float, { description: 'Mean over the cities of the share of its indicators that a city has, 0 to 1.' })
  meanShare!: number;

  @Field(() => Int, { description: 'Cities that have all of them.' })
  complete!: number;

  @Field(() => Int, { description: 'Cities that have none of them.' })
  empty!: number;
}

/** Share of a city at a node. */
@ObjectType('NodeShare', {
  description: 'Share of the indicators under a node that a city has.',
  simpleResolvers: true,
})
export class NodeShareType implements NodeShare {
  @Field(() => String, { description: 'Code of the node.' })
  node!: string;

  @Field(() => Float, { description: '0 to 1, each indicator counting once whatever its weight.' })
  share!: number;
}

/** Availability of a city. */
@ObjectType('CityAvailability', {
  description: 'What is there of one city, over all indicators of the index.',
  simpleResolvers: true,
})
export class CityAvailabilityType implements Pick<
  CityAvailability,
  'city' | 'cells' | 'present' | 'missing' | 'zeros' | 'share' | 'nodes'
> {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => Int, { description: 'Number of indicators.' })
  cells!: number;

  @Field(() => Int, { description: 'Indicators with a value.' })
  present!: number;

  @Field(() => Int, { description: 'Indicators without one.' })
  missing!: number;

  @Field(() => Int, { description: 'Values that are 0.' })
  zeros!: number;

  @Field(() => Float, { nullable: true, description: 'Share of the values that are there. Null when it has no cell.' })
  share!: number | null;

  @Field(() => [NodeShareType], { description: 'The same at every node, from the root down.' })
  nodes!: NodeShare[];
}

/** A page of the availability of cities. */
export const CityAvailabilityConnection = makeConnection(
  CityAvailabilityType,
  'CityAvailability',
  'scored cities with what is there of them',
);

/** A row of a matrix of correlations. */
@ObjectType('CorrelationRow', {
  description: 'One row of a square matrix of correlations. Lists are in the order of the rows.',
  simpleResolvers: true,
})
export class CorrelationRowType implements CorrelationRow {
  @Field(() => String, { description: 'Code of the node.' })
  node!: string;

  @Field(() => [Float], {
    nullable: 'items',
    description:
      'Correlation with each node, -1 to 1; 1 with itself. An item is null for fewer than 3 cities with both values, or where one side is constant over them.',
  })
  coefficients!: readonly (number | null)[];

  @Field(() => [Float], {
    nullable: 'items',
    description:
      'Two-sided p-value of no association. An item is null together with the coefficient, and with the node itself.',
  })
  pValues!: readonly (number | null)[];

  @Field(() => [Int], { description: 'Cities that have both values.' })
  counts!: readonly number[];
}

/** A correlation. */
@ObjectType('Correlation', {
  description: 'The correlation of two nodes over the cities that have both.',
  simpleResolvers: true,
})
export class CorrelationType implements diagnostics.Correlation {
  @Field(() => String, { description: 'Code of the one node.' })
  first!: string;

  @Field(() => String, { description: 'Code of the other; of the ancestor, where one is above the other.' })
  second!: string;

  @Field(() => Int, { description: 'Cities that have both values.' })
  count!: number;

  @Field(() => Float, { nullable: true, description: 'From -1 to 1. Null when `reason` says why.' })
  coefficient!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Two-sided p-value of no association. Null when the coefficient is.',
  })
  pValue!: number | null;

  @Field(() => AbsenceReasonEnum, {
    nullable: true,
    description: 'Why there is no coefficient. Null when there is one.',
  })
  reason!: diagnostics.AbsenceReason | null;
}

/** Correlations of siblings. */
@ObjectType('FamilyCorrelations', {
  description: 'Correlations of the children of one node with each other.',
  simpleResolvers: true,
})
export class FamilyCorrelationsType implements diagnostics.FamilyCorrelations {
  @Field(() => String, { description: 'Code of the node above them.' })
  parent!: string;

  @Field(() => [CorrelationType], { description: 'Every pair of its children once.' })
  pairs!: readonly diagnostics.Correlation[];
}

/** Alpha without a column. */
@ObjectType('ConsistencyWithout', {
  description: "Cronbach's alpha of the others when one is left out.",
  simpleResolvers: true,
})
export class ConsistencyWithoutType {
  @Field(() => String, { description: 'Code of the one left out.' })
  code!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'Above the alpha of all, it does not belong with them. Null when fewer than 2 others are left.',
  })
  alpha!: number | null;
}

/** Internal consistency. */
@ObjectType('Consistency', {
  description: 'How well what is under a node hangs together. Covariances are over the cities that have both values.',
  simpleResolvers: true,
})
export class ConsistencyType implements ConsistencyRow {
  @Field(() => String, { nullable: true, description: 'Code of the node. Null never occurs here.' })
  node!: string | null;

  @Field(() => Int, { description: 'How many are taken together.' })
  columns!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Cronbach's alpha: at most 1, negative where they run against each other. Null when `reason` says why.",
  })
  alpha!: number | null;

  @Field(() => AbsenceReasonEnum, { nullable: true, description: 'Why there is no alpha. Null when there is one.' })
  reason!: diagnostics.AbsenceReason | null;

  @Field(() => [ConsistencyWithoutType], { description: 'The same with each of them left out in turn.' })
  withoutEach!: ConsistencyRow['withoutEach'];
}

/** A principal component. */
@ObjectType('PrincipalComponent', { description: 'One principal component.', simpleResolvers: true })
export class PrincipalComponentType implements diagnostics.PrincipalComponent {
  @Field(() => Float, {
    description: 'Variance along it, in units of one standardised column; above 1 it holds more than a column.',
  })
  eigenvalue!: number;

  @Field(() => Float, { description: 'Explained share of the variance, 0 to 1.' })
  share!: number;

  @Field(() => Float, { description: 'Share explained by this and the larger components.' })
  cumulative!: number;

  @Field(() => [Float], {
    description: 'Its unit vector, in the order of `codes`; the entries add to a positive number.',
  })
  vector!: readonly number[];

  @Field(() => [Float], { description: 'Correlation of each of `codes` with it.' })
  loadings!: readonly number[];
}

/** A column that took no part. */
@ObjectType('LeftOutColumn', { description: 'An indicator or node that took no part.', simpleResolvers: true })
export class LeftOutColumnType {
  @Field(() => String, { description: 'Its code.' })
  code!: string;

  @Field(() => AbsenceReasonEnum, { description: 'Why.' })
  reason!: diagnostics.AbsenceReason;
}

/** Principal components. */
@ObjectType('PrincipalComponents', {
  description: 'Principal components of the correlations of what is under a node.',
  simpleResolvers: true,
})
export class PrincipalComponentsType implements diagnostics.PrincipalComponents {
  @Field(() => String, { nullable: true, description: 'Code of the node. Null never occurs here.' })
  node!: string | null;

  @Field(() => [String], { description: 'Codes of what took part.' })
  codes!: readonly string[];

  @Field(() => [LeftOutColumnType], { description: 'What did not.' })
  leftOut!: diagnostics.PrincipalComponents['leftOut'];

  @Field(() => Int, { description: 'Cities that have all of them: only those are used.' })
  count!: number;

  @Field(() => [PrincipalComponentType], { description: 'Largest first; empty where `reason` says why.' })
  components!: readonly diagnostics.PrincipalComponent[];

  @Field(() => AbsenceReasonEnum, {
    nullable: true,
    description: 'Why there are none. Null when there are components.',
  })
  reason!: diagnostics.AbsenceReason | null;
}

/** Weight of a node. */
@ObjectType('EffectiveWeight', { description: 'Weight of a node by the tree.', simpleResolvers: true })
export class EffectiveWeightType implements diagnostics.EffectiveWeight {
  @Field(() => String, { description: 'Code of the node.' })
  node!: string;

  @Field(() => Float, { description: "Its share of its siblings' weights, 0 to 1; 1 for the root." })
  share!: number;

  @Field(() => Float, {
    description: 'Product of the shares from the node up to the root; those of the indicators add to 1.',
  })
  effective!: number;
}

const LINEAR = 'Share of the variance that goes with it along a straight line: the squared correlation, 0 to 1.';
const NONLINEAR = 'Share of the variance that goes with it along a smooth curve, 0 to 1; at least `linear`.';

/** Main effect on the index. */
@ObjectType('MainEffect', {
  description: 'How much of the variance of the index goes with one node (correlation ratio).',
  simpleResolvers: true,
})
export class MainEffectType implements MainEffectRow {
  @Field(() => String, { description: 'Code of the node.' })
  code!: string;

  @Field(() => Int, { description: 'Cities that have both values.' })
  count!: number;

  @Field(() => Float, { nullable: true, description: `${LINEAR} Null when \`reason\` says why.` })
  linear!: number | null;

  @Field(() => Float, { nullable: true, description: `${NONLINEAR} Null when \`reason\` says why.` })
  nonlinear!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Degrees of freedom of the curve; 2 is a straight line. Null when `reason` says why.',
  })
  degreesOfFreedom!: number | null;

  @Field(() => AbsenceReasonEnum, { nullable: true, description: 'Why there is none. Null when there is one.' })
  reason!: diagnostics.AbsenceReason | null;
}

/** Importance of a node in its parent. */
@ObjectType('Importance', {
  description: 'How much of the variance of its parent goes with a node, to be held against its weight there.',
  simpleResolvers: true,
})
export class ImportanceType extends MainEffectType implements ImportanceRow {
  @Field(() => String, { description: 'Code of the parent.' })
  parent!: string;

  @Field(() => Float, { description: "Stated importance: its share of its siblings' weights, 0 to 1." })
  weightShare!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Its `linear` as a share of that of all siblings. Null when it has none, or all are 0.',
  })
  linearShare!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Its `nonlinear` as a share of that of all siblings. Null when it has none, or all are 0.',
  })
  nonlinearShare!: number | null;
}

/** An outlier. */
@ObjectType('Outlier', { description: 'A value that stands apart.', simpleResolvers: true })
export class OutlierType implements Omit<OutlierRow, 'position'> {
  @Field(() => OutlierRuleEnum, { description: 'The rule that names it.' })
  rule!: diagnostics.OutlierRuleName;

  @Field(() => String, { name: 'indicatorCode', simple: false, description: 'Code of the indicator.' })
  indicator!: string;

  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => Float, { description: 'The value, on the natural scale.' })
  value!: number;

  @Field(() => OutlierSideEnum, { description: 'On which side.' })
  side!: 'HIGH' | 'LOW';

  @Field(() => Float, { description: 'How far out, at least 0, in the unit of the rule.' })
  distance!: number;
}

/** A page of outliers. */
export const OutlierConnection = makeConnection(OutlierType, 'Outlier', 'outliers');

/** A rule that could not be used. */
@ObjectType('OutlierRuleNotUsed', {
  description: 'A rule for outliers that an indicator does not allow.',
  simpleResolvers: true,
})
export class OutlierRuleNotUsedType implements diagnostics.RuleNotUsed {
  @Field(() => OutlierRuleEnum, { description: 'The rule.' })
  rule!: diagnostics.OutlierRuleName;

  @Field(() => String, { name: 'indicatorCode', simple: false, description: 'Code of the indicator.' })
  indicator!: string;

  @Field(() => AbsenceReasonEnum, { description: 'Why.' })
  reason!: diagnostics.AbsenceReason;
}

/** A city in a dominance. */
@ObjectType('DominanceCity', { description: 'A city among those that it is compared with.', simpleResolvers: true })
export class DominanceCityType implements DominanceCity {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => Int, {
    description:
      'Level in the Hasse diagram: 1 for cities that none dominates, otherwise 1 more than the highest that dominates it.',
  })
  level!: number;

  @Field(() => Int, { description: 'Cities that it dominates.' })
  dominates!: number;

  @Field(() => Int, { description: 'Cities that dominate it.' })
  dominatedBy!: number;
}

/** A page of a dominance's cities. */
export const DominanceCityConnection = makeConnection(DominanceCityType, 'DominanceCity', 'compared cities');

/** An edge of a Hasse diagram. */
@ObjectType('HasseEdge', {
  description: 'An edge of the Hasse diagram: one city dominates another, and none stands between them.',
  simpleResolvers: true,
})
export class HasseEdgeType implements diagnostics.HasseEdge {
  @Field(() => String, { description: 'Code of the city that dominates.' })
  above!: string;

  @Field(() => String, { description: 'Code of the city that is dominated.' })
  below!: string;
}

/** A page of edges. */
export const HasseEdgeConnection = makeConnection(HasseEdgeType, 'HasseEdge', 'edges of the Hasse diagram');

/** Dominance. */
@ObjectType('Dominance', {
  description:
    'Which city is at least as good as which at every compared node and better at one. It holds under any weights.',
})
export class DominanceType implements Pick<
  RankingDominance,
  'nodes' | 'comparedCount' | 'decidedShare' | 'incomparable'
> {
  @Field(() => [String], { simple: true, description: 'Codes of the nodes that are compared.' })
  nodes!: readonly string[];

  @Field(() => Int, { simple: true, description: 'Cities that have a value at all of them.' })
  comparedCount!: number;

  @Field(() => Float, {
    simple: true,
    description: 'Share of the pairs of compared cities in which one dominates the other, 0 to 1; 0 without a pair.',
  })
  decidedShare!: number;

  @Field(() => [String], {
    simple: true,
    description: 'Codes of the scored cities that lack a value and are left out.',
  })
  incomparable!: readonly string[];
}

/** A finding. */
@ObjectType('Finding', {
  description: 'Something about the index that its makers should know.',
  simpleResolvers: true,
})
export class FindingType implements diagnostics.Finding {
  @Field(() => FindingCodeEnum, { description: 'What it is.' })
  code!: diagnostics.FindingCode;

  @Field(() => SeverityEnum, { description: 'How grave it is.' })
  severity!: diagnostics.Severity;

  @Field(() => [String], { description: 'Codes of the nodes that it is about.' })
  nodes!: readonly string[];

  @Field(() => Float, { nullable: true, description: 'The figure that broke the limit. Null when there is none.' })
  value!: number | null;

  @Field(() => String, { description: 'One sentence.' })
  message!: string;
}

/** The diagnostics of a ranking. */
@ObjectType('RankingDiagnostics', {
  description:
    'What there is to know of the data and the index behind a ranking, over its scored cities: those past the screening. Each field is computed when it is asked for; what costs too much is refused as BUDGET_EXCEEDED.',
})
export class RankingDiagnosticsType {}
