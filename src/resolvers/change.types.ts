import { Field, Float, Int, ObjectType } from 'type-graphql';
import { City } from '../entities';
import type {
  BetaRow,
  CityHistoryRow,
  CityTrendRow,
  ConvergenceGroupRow,
  ConvergenceView,
  GapChangeRow,
  GroupYearRow,
  HistoryFacts,
  LeftOutRow,
  NormalisationRow,
  RankChangeView,
  RankHistoryView,
  SpreadYearRow,
  StandingRow,
  TrendRow,
  TrendsView,
} from '../rankings/change-view';
import type { CityGrouping } from '../rankings/diagnostics.service';
import type { Ranking } from '../rankings/ranking.service';
import type { WarningRow } from '../rankings/ranking-view';
import type { change } from '../scoring';
import { CityGroupingEnum } from './bands.types';
import { ChangeCauseEnum, GrowthFormEnum, NormalisationOverYearsEnum, PanelRuleEnum } from './change.enums';
import { RankingType, RankingWarningType } from './ranking.types';
import { JsonScalar } from './scalars/json';

/** How years were put on one scale. */
@ObjectType('HistoryNormalisation', { description: 'How the years were put on one scale.', simpleResolvers: true })
export class HistoryNormalisationType implements NormalisationRow {
  @Field(() => NormalisationOverYearsEnum, { description: 'The rule.' })
  mode!: change.NormalisationOverYears;

  @Field(() => [Int], {
    description: 'Years that the statistics come from; empty where each year is normalised by itself.',
  })
  basisYears!: readonly number[];

  @Field(() => String, { description: 'The rule in one sentence, and what it means for comparing scores.' })
  statement!: string;
}

/** An indicator that was left out. */
@ObjectType('DroppedIndicator', {
  description: 'An indicator that was left out of all years, since some of them have no value of it.',
  simpleResolvers: true,
})
export class DroppedIndicatorType implements change.DroppedIndicator {
  @Field(() => String, { name: 'indicatorCode', simple: false, description: 'Code of the indicator.' })
  indicator!: string;

  @Field(() => [Int], { description: 'The years without a value.' })
  missingYears!: readonly number[];
}

/** The fields that all answers about several years have; not a type of its own in the schema. */
@ObjectType({ simpleResolvers: true })
abstract class HistoryFactsType implements HistoryFacts {
  @Field(() => [Int], { description: 'The years, ascending.' })
  years!: readonly number[];

  @Field(() => String, { description: 'Code of the node that the scores are of.' })
  node!: string;

  @Field(() => HistoryNormalisationType, { description: 'How the years were put on one scale.' })
  normalisation!: NormalisationRow;

  @Field(() => [String], { description: 'Codes of the indicators that were scored.' })
  indicators!: readonly string[];

  @Field(() => [DroppedIndicatorType], { description: 'Indicators that were left out of all years.' })
  dropped!: readonly change.DroppedIndicator[];

  @Field(() => JsonScalar, {
    description: 'The whole recipe with every default filled in and the basis that was used; without a year.',
  })
  recipe!: Readonly<Record<string, unknown>>;

  @Field(() => [RankingWarningType], { description: 'What stands in the way of comparing the years.' })
  warnings!: readonly WarningRow[];
}

/** A city in one year. */
@ObjectType('YearStanding', { description: "A city's place in one year.", simpleResolvers: true })
export class YearStandingType implements StandingRow {
  @Field(() => Int, { description: 'The year.' })
  year!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Its rank at the node; 1 is the best. Null when it has none; `reason` says why.',
  })
  rank!: number | null;

  @Field(() => Float, { nullable: true, description: 'Its score at the node. Null when it has none.' })
  score!: number | null;

  @Field(() => Int, { description: 'Number of cities with a rank at the node in that year.' })
  ranked!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why there is no rank, in one sentence. Null when there is one.',
  })
  reason!: string | null;
}

/** A city over years. */
@ObjectType('CityHistory', { description: 'A city over the years.', simpleResolvers: true })
export class CityHistoryType implements CityHistoryRow {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => [YearStandingType], { description: 'Its place in each of the years.' })
  years!: readonly StandingRow[];
}

/** Cities over years. */
@ObjectType('RankHistory', { description: 'Ranks and scores of some cities over years.', simpleResolvers: true })
export class RankHistoryType extends HistoryFactsType implements RankHistoryView {
  @Field(() => [CityHistoryType], { description: 'The cities, in the order asked for.' })
  cities!: readonly CityHistoryRow[];
}

/** A trend. */
@ObjectType('Trend', {
  description: 'Where a value started and ended, and how steadily it moved: Theil–Sen slope and Mann–Kendall test.',
  simpleResolvers: true,
})
export class TrendType implements TrendRow {
  @Field(() => Int, { description: 'Number of years with a value.' })
  n!: number;

  @Field(() => Int, { description: 'First year with a value.' })
  firstYear!: number;

  @Field(() => Int, { description: 'Last year with a value.' })
  lastYear!: number;

  @Field(() => Float, { description: 'The value in the first year.' })
  first!: number;

  @Field(() => Float, { description: 'The value in the last year.' })
  last!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Theil–Sen slope, per year: the median of the slopes between all pairs of years. Null with fewer than two years.',
  })
  slope!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Median of the values less slope times median of the years. Null when the slope is.',
  })
  intercept!: number | null;

  @Field(() => Int, { description: 'Mann–Kendall S: pairs of years that rise less pairs that fall.' })
  s!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Kendall's tau-b of value and year, -1 to 1. Null with fewer than two years or equal values.",
  })
  tauB!: number | null;

  @Field(() => Float, {
    description: 'Standard score of S, its variance corrected for ties, with a continuity correction of 1.',
  })
  z!: number;

  @Field(() => Float, {
    description: 'Two-sided p-value by the normal approximation. It takes the years as independent.',
  })
  pValue!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Exact two-sided p-value of S. Null when values tie, or with fewer than 2 or more than 50 years.',
  })
  exactPValue!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Compound annual growth rate from first to last, as a share: 0.05 is 5 % a year. Null unless both are above 0.',
  })
  annualGrowth!: number | null;
}

/** A trend of a city at a node. */
@ObjectType('CityTrend', { description: "The trend of a city's score at a node.", simpleResolvers: true })
export class CityTrendType implements CityTrendRow {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => String, { description: 'Code of the node.' })
  node!: string;

  @Field(() => TrendType, { nullable: true, description: 'The trend. Null when no year has a score.' })
  trend!: TrendRow | null;
}

/** Trends of cities. */
@ObjectType('Trends', { description: "Trends of cities' scores.", simpleResolvers: true })
export class TrendsType extends HistoryFactsType implements TrendsView {
  @Field(() => [CityTrendType], { description: 'By city, then by node.' })
  rows!: readonly CityTrendRow[];
}

/** A part of a change of rank. */
@ObjectType('RankChangePart', { description: 'What one cause did to the rank and the score.', simpleResolvers: true })
export class RankChangePartType implements change.ChangePart {
  @Field(() => ChangeCauseEnum, { description: 'The cause.' })
  cause!: change.ChangeCause;

  @Field(() => Boolean, {
    description: 'Whether the two rankings differ in it at all. Where they do not, both figures are 0.',
  })
  applies!: boolean;

  @Field(() => Float, { description: 'Places gained by it; below 0, lost. May be a fraction, since it is a mean.' })
  places!: number;

  @Field(() => Float, { description: 'Score gained by it.' })
  score!: number;
}

/** A change of rank. */
@ObjectType('RankChange', {
  description: "A city's change of rank between two rankings, split by cause.",
  simpleResolvers: true,
})
export class RankChangeType implements RankChangeView {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => RankingType, { description: 'The first ranking.' })
  from!: Ranking;

  @Field(() => RankingType, { description: 'The second ranking.' })
  to!: Ranking;

  @Field(() => Float, { description: 'Rank in the first ranking.' })
  fromRank!: number;

  @Field(() => Float, { description: 'Rank in the second ranking.' })
  toRank!: number;

  @Field(() => Float, {
    description: 'First rank less second: above 0 the city climbed. The `places` of the parts add to it.',
  })
  placesGained!: number;

  @Field(() => Float, { description: 'Score in the first ranking.' })
  fromScore!: number;

  @Field(() => Float, { description: 'Score in the second ranking.' })
  toScore!: number;

  @Field(() => Float, {
    description:
      'Second score less first; the `score` of the parts adds to it. Of meaning only where both rankings are on one scale.',
  })
  scoreGained!: number;

  @Field(() => [RankChangePartType], { description: 'The parts, one for each cause.' })
  parts!: readonly change.ChangePart[];

  @Field(() => String, { description: 'How the change was split, in words.' })
  method!: string;

  @Field(() => Int, { description: 'Number of orders of the causes that the parts are averaged over.' })
  orders!: number;

  @Field(() => [String], { description: 'Codes of the cities that only the second ranking scores.' })
  entered!: readonly string[];

  @Field(() => [String], { description: 'Codes of the cities that only the first ranking scores.' })
  left!: readonly string[];
}

/** A group in one year. */
@ObjectType('GroupYear', { description: 'A group of cities in one year.', simpleResolvers: true })
export class GroupYearType implements GroupYearRow {
  @Field(() => Int, { description: 'The year.' })
  year!: number;

  @Field(() => Float, { description: "Mean of the cities' scores." })
  mean!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Sample standard deviation of the scores. Null for a group of one.',
  })
  standardDeviation!: number | null;

  @Field(() => Float, {
    description: 'Mean of the reference group less this mean: above 0 the group is behind. 0 for the reference itself.',
  })
  gap!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'This mean over that of the reference group: below 1 the group is behind. Null unless both are above 0.',
  })
  ratio!: number | null;
}

/** How a gap moved. */
@ObjectType('GapChange', {
  description: 'How the gap between the reference group and this one moved from the first year to the last.',
  simpleResolvers: true,
})
export class GapChangeType implements GapChangeRow {
  @Field(() => Float, { description: 'Gap in the first year.' })
  first!: number;

  @Field(() => Float, { description: 'Gap in the last year.' })
  last!: number;

  @Field(() => Float, { description: 'Last less first: below 0 the gap narrowed, where it was above 0.' })
  change!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Standard error of the change, from the spread of the cities' own changes in both groups. Null where one group is a single city.",
  })
  standardError!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Welch's t of the change. Null where the standard error is null or 0.",
  })
  t!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Degrees of freedom by Welch and Satterthwaite. Null where t is.',
  })
  degrees!: number | null;

  @Field(() => Float, { nullable: true, description: 'Two-sided p-value of t. Null where t is.' })
  pValue!: number | null;

  @Field(() => TrendType, { description: 'Trend of the gap over all the years.' })
  trend!: TrendRow;
}

/** A group over the years. */
@ObjectType('ConvergenceGroup', { description: 'A group of cities over the years.', simpleResolvers: true })
export class ConvergenceGroupType implements ConvergenceGroupRow {
  @Field(() => String, {
    nullable: true,
    description: 'Label of the group. Null for the cities that are in no group.',
  })
  group!: string | null;

  @Field(() => Int, { description: 'Number of its cities in the panel.' })
  size!: number;

  @Field(() => [String], { description: 'Codes of its cities in the panel.' })
  cityCodes!: readonly string[];

  @Field(() => [GroupYearType], { description: 'Mean and gap in each year.' })
  years!: readonly GroupYearRow[];

  @Field(() => GapChangeType, {
    nullable: true,
    description: 'How its gap to the reference group moved. Null for the reference group.',
  })
  gap!: GapChangeRow | null;

  @Field(() => GapChangeType, {
    nullable: true,
    description:
      'The same for the natural logarithms of the scores: a relative gap, on which equal growth in per cent leaves no mark. Null for the reference group, or unless every score is above 0.',
  })
  logGap!: GapChangeRow | null;
}

/** Theil's index by groups. */
@ObjectType('TheilSplit', {
  description:
    "Theil's T, split by groups: total = within + between. Each is null where a score is below 0 or none is above.",
  simpleResolvers: true,
})
export class TheilSplitType {
  @Field(() => Float, { nullable: true, description: 'Of all cities. Null as the type says.' })
  total!: number | null;

  @Field(() => Float, { nullable: true, description: 'Inside the groups. Null as the type says.' })
  within!: number | null;

  @Field(() => Float, { nullable: true, description: "Between the groups' means. Null as the type says." })
  between!: number | null;

  @Field(() => Float, { nullable: true, description: 'Between over total, 0 to 1. Null where the total is null or 0.' })
  betweenShare!: number | null;
}

/** Inequality in one year. */
@ObjectType('SpreadYear', {
  description: 'How unequal the cities of the panel are in one year.',
  simpleResolvers: true,
})
export class SpreadYearType implements SpreadYearRow {
  @Field(() => Int, { description: 'The year.' })
  year!: number;

  @Field(() => Float, { description: 'Mean of all scores.' })
  mean!: number;

  @Field(() => Float, { nullable: true, description: 'Sample standard deviation. Null for a single city.' })
  standardDeviation!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Coefficient of variation: standard deviation over mean. Null for a single city or a mean of 0 or below.',
  })
  coefficient!: number | null;

  @Field(() => Float, { nullable: true, description: 'Lower end of its interval. Null where it is null.' })
  low!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Upper end of its interval. Null where it is null, or so large that the method gives no bound.',
  })
  high!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Gini coefficient, 0 to 1. Null where a score is below 0 or none is above.',
  })
  gini!: number | null;

  @Field(() => TheilSplitType, { description: "Theil's T and its split by groups." })
  theil!: SpreadYearRow['theil'];
}

/** Beta convergence. */
@ObjectType('BetaConvergence', {
  description: 'Least-squares line of yearly growth on the first level: do those behind grow faster?',
  simpleResolvers: true,
})
export class BetaConvergenceType implements BetaRow {
  @Field(() => Int, { description: 'Number of cities.' })
  n!: number;

  @Field(() => GrowthFormEnum, { description: 'How growth and level are measured.' })
  form!: change.GrowthForm;

  @Field(() => Float, { description: 'Intercept.' })
  intercept!: number;

  @Field(() => Float, {
    description: 'Slope: below 0, those behind grew faster. Errors in the first level alone make it negative.',
  })
  slope!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Standard error of the slope. Null with fewer than three cities.',
  })
  standardError!: number | null;

  @Field(() => Float, { nullable: true, description: 'Slope over its error. Null where the error is null or 0.' })
  t!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Two-sided p-value of t, n − 2 degrees of freedom. Null where t is.',
  })
  pValue!: number | null;

  @Field(() => Float, { nullable: true, description: 'Share of the variance explained. Null where growth is equal.' })
  rSquared!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Speed of convergence per year, −ln(1 + slope × years) / years. Null where the order of the cities would reverse.',
  })
  speed!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Years in which half of a gap closes at that speed, ln 2 / speed. Null unless the speed is above 0.',
  })
  halfLife!: number | null;
}

/** A city outside the panel. */
@ObjectType('LeftOutCity', {
  description: 'A city that is scored in some of the years but not in the panel.',
  simpleResolvers: true,
})
export class LeftOutCityType implements LeftOutRow {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => String, { description: 'Why it takes no part, in one sentence.' })
  reason!: string;
}

/** Whether groups converge. */
@ObjectType('Convergence', {
  description: 'Whether groups of cities converge: group means and gaps, sigma and beta convergence, Theil and Gini.',
  simpleResolvers: true,
})
export class ConvergenceType extends HistoryFactsType implements ConvergenceView {
  @Field(() => CityGroupingEnum, { description: 'How the cities are grouped.' })
  groupBy!: CityGrouping;

  @Field(() => PanelRuleEnum, { description: 'The rule for the panel.' })
  panel!: change.PanelRule;

  @Field(() => [String], { description: 'Codes of the cities of the balanced panel: all figures are about these.' })
  cityCodes!: readonly string[];

  @Field(() => [LeftOutCityType], {
    description: 'Cities with a score at the node in some of the years that take no part.',
  })
  leftOut!: readonly LeftOutRow[];

  @Field(() => String, {
    nullable: true,
    description: 'Label of the reference group. Null when it is the cities that are in no group.',
  })
  reference!: string | null;

  @Field(() => [ConvergenceGroupType], { description: 'The groups, by label; cities in no group last.' })
  groups!: readonly ConvergenceGroupRow[];

  @Field(() => [SpreadYearType], { description: 'Inequality of all cities of the panel in each year.' })
  spread!: readonly SpreadYearRow[];

  @Field(() => TrendType, {
    nullable: true,
    description:
      'Sigma convergence: trend of the coefficient of variation; a fall is convergence. Null where it is not defined in any year.',
  })
  sigma!: TrendRow | null;

  @Field(() => String, { description: 'The method of the interval of the coefficient of variation.' })
  intervalMethod!: string;

  @Field(() => BetaConvergenceType, {
    nullable: true,
    description: 'Beta convergence from the first year to the last. Null for a single city, or where all start level.',
  })
  beta!: BetaRow | null;
}
