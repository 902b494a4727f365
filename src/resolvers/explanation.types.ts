import { Field, Float, Int, ObjectType } from 'type-graphql';
import { City, FrameworkNode, Indicator } from '../entities';
import type { IndicatorPart } from '../rankings/comparison-view';
import type {
  ChangeRow,
  CounterfactualView,
  IndicatorStages,
  IntermediateRow,
  NodeExplanation,
  ReachingChangeView,
  ReachRow,
  WhatIfRow,
} from '../rankings/explanation-view';
import type { Ranking } from '../rankings/ranking.service';
import type { GapMethod, TreatmentAction } from '../scoring';
import { GapMethodEnum } from './comparison.enums';
import { IndicatorPartType } from './comparison.types';
import { TreatmentActionEnum } from './enums';
import { RankingType } from './ranking.types';

/** Every stage's value of one indicator for one city. */
@ObjectType('IndicatorStages', {
  description: "Every stage's value of one indicator for one city.",
  simpleResolvers: true,
})
export class IndicatorStagesType implements IndicatorStages {
  @Field(() => Indicator, { description: 'The indicator.' })
  indicator!: Indicator;

  @Field(() => FrameworkNode, { name: 'frameworkNode', simple: false, description: 'The leaf of the index.' })
  node!: FrameworkNode;

  @Field(() => Float, {
    nullable: true,
    description: "As observed, in the indicator's unit. Null when the city has none in the period.",
  })
  raw!: number | null;

  @Field(() => Int, { nullable: true, description: 'Year of the observation. Null when there is none.' })
  year!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'After division by another indicator, where the recipe asks for it. Null when missing.',
  })
  denominated!: number | null;

  @Field(() => Float, { nullable: true, description: 'After gaps were filled. Null when still missing.' })
  imputed!: number | null;

  @Field(() => Boolean, { description: 'Whether the value was filled in.' })
  wasImputed!: boolean;

  @Field(() => Float, { nullable: true, description: 'After the treatment of outliers. Null when missing.' })
  treated!: number | null;

  @Field(() => TreatmentActionEnum, { description: 'What the treatment did to it.' })
  treatment!: TreatmentAction;

  @Field(() => Float, { nullable: true, description: 'Oriented and normalised: more is better. Null when missing.' })
  normalised!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Rank of the normalised value among the scored cities. Null when missing.',
  })
  rank!: number | null;

  @Field(() => Float, { description: 'Product of the weights from the root down.' })
  effectiveWeight!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Normalised value times effective weight; under arithmetic means without gaps these add to the score. Null when missing.',
  })
  weighted!: number | null;
}

/** Figures that a method works with on the way, as its paper names them. */
@ObjectType('IntermediateTable', {
  description: 'Figures that a method works with on the way, as its paper names them.',
  simpleResolvers: true,
})
export class IntermediateTableType implements IntermediateRow {
  @Field(() => String, { description: 'Name of the table.' })
  caption!: string;

  @Field(() => String, { description: 'Symbol in the formula.' })
  symbol!: string;

  @Field(() => Boolean, {
    description: "Whether the values are the city's own row; otherwise they are the same for all cities.",
  })
  ofCity!: boolean;

  @Field(() => [String], { description: 'Names of the columns.' })
  columns!: readonly string[];

  @Field(() => [Float], { nullable: 'items', description: 'One value for each column; null where there is none.' })
  values!: readonly (number | null)[];
}

/** A node of the index as it came about for one city. */
@ObjectType('NodeExplanation', {
  description: 'A node of the index as it came about for one city.',
  simpleResolvers: true,
})
export class NodeExplanationType {
  @Field(() => String, { description: 'Code of the node.' })
  node!: string;

  @Field(() => FrameworkNode, { description: 'The node.' })
  frameworkNode!: FrameworkNode;

  @Field(() => Int, { description: 'How deep the node is; 0 for the root.' })
  depth!: number;

  @Field(() => String, { description: 'Method that the node is computed by.' })
  aggregation!: string;

  @Field(() => Float, { nullable: true, description: "The city's score there. Null when it has none." })
  score!: number | null;

  @Field(() => Float, { nullable: true, description: 'Its rank there. Null when it has no score there.' })
  rank!: number | null;

  @Field(() => Float, { description: 'Weight of the node among its siblings.' })
  weight!: number;

  @Field(() => Float, { description: 'Product of the weights from the root down.' })
  effectiveWeight!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean score there of all cities that have one. Null when the city has none.',
  })
  mean!: number | null;

  @Field(() => GapMethodEnum, {
    nullable: true,
    description: 'How the contributions were worked out. Null when the city has no score there.',
  })
  method!: GapMethod | null;

  @Field(() => [IndicatorPartType], {
    description:
      'What each indicator adds to or takes from the mean score, largest first; they add to `score - mean` under every aggregation.',
  })
  contributions!: readonly IndicatorPart[];

  @Field(() => [IntermediateTableType], {
    description: 'Intermediate figures of the method; empty for the plain means.',
  })
  intermediates!: readonly IntermediateRow[];
}

/** Why a city stands where it does. */
@ObjectType('Explanation', { description: 'Why a city stands where it does.', simpleResolvers: true })
export class ExplanationType {
  @Field(() => RankingType, { description: 'The ranking.' })
  ranking!: Ranking;

  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => Float, {
    nullable: true,
    description: 'Its rank. Null never occurs, since only ranked cities are explained.',
  })
  rank!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Its score. Null never occurs, since only ranked cities are explained.',
  })
  score!: number | null;

  @Field(() => [IndicatorStagesType], { description: 'Every indicator, stage by stage, in the order of the index.' })
  indicators!: readonly IndicatorStages[];

  @Field(() => [NodeExplanationType], { description: 'Every node above the indicators, from the root down.' })
  nodes!: readonly NodeExplanation[];
}

/** A change of one indicator. */
@ObjectType('IndicatorChange', { description: 'A change of one indicator.', simpleResolvers: true })
export class IndicatorChangeType implements ChangeRow {
  @Field(() => Indicator, { description: 'The indicator.' })
  indicator!: Indicator;

  @Field(() => Float, { description: "The city's value, in the indicator's unit." })
  from!: number;

  @Field(() => Float, { description: "What it would have to be, in the indicator's unit." })
  to!: number;

  @Field(() => Float, { description: 'The change in standard deviations of the indicator among the scored cities.' })
  deviations!: number;
}

/** A change that gives the city the rank asked for. */
@ObjectType('ReachingChange', {
  description: 'A change that gives the city the rank asked for.',
  simpleResolvers: true,
})
export class ReachingChangeType implements ReachingChangeView {
  @Field(() => [IndicatorChangeType], { description: 'The indicators that change, one or two.' })
  changes!: readonly ChangeRow[];

  @Field(() => Float, { description: 'Length of the change in standard deviations (Euclidean); what was made small.' })
  size!: number;

  @Field(() => Float, { description: 'Rank in a whole new ranking with the change.' })
  rank!: number;

  @Field(() => Float, { description: 'Rank in a whole new ranking with all of the change but its last millionth.' })
  rankShortOf!: number;
}

/** What one indicator can do alone. */
@ObjectType('IndicatorReach', { description: 'What one indicator can do alone.', simpleResolvers: true })
export class IndicatorReachType implements ReachRow {
  @Field(() => Indicator, { description: 'The indicator.' })
  indicator!: Indicator;

  @Field(() => Float, { description: "The city's value, in the indicator's unit." })
  from!: number;

  @Field(() => Float, { description: "The end of the range, in the indicator's unit." })
  limit!: number;

  @Field(() => Float, { description: 'The best rank on the way to the limit; the worst where the city is to fall.' })
  rank!: number;

  @Field(() => Boolean, { description: 'Whether the rank asked for is reached on the way.' })
  reaches!: boolean;

  @Field(() => Boolean, {
    description: 'Whether the rank moved in one direction only on the way, so that the limit decides.',
  })
  monotone!: boolean;
}

/** The smallest changes of a city's own values that give it a rank, each found and checked by ranking anew. */
@ObjectType('Counterfactual', {
  description:
    "The smallest changes of a city's own values that give it a rank, each found and checked by ranking anew.",
  simpleResolvers: true,
})
export class CounterfactualType implements CounterfactualView {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => Float, { description: 'Its rank.' })
  rank!: number;

  @Field(() => Float, { description: 'The rank asked for.' })
  targetRank!: number;

  @Field(() => ReachingChangeType, {
    nullable: true,
    description:
      'The smallest change of one indicator. Null when no indicator alone gets there within its range, as `reach` shows, or when the city has the rank.',
  })
  single!: ReachingChangeView | null;

  @Field(() => ReachingChangeType, {
    nullable: true,
    description:
      'The smallest change of two indicators found among those that do most alone. Null when none gets there with less than `single`, or at all.',
  })
  pair!: ReachingChangeView | null;

  @Field(() => [IndicatorReachType], { description: 'Every indicator that can move in the direction wanted.' })
  reach!: readonly ReachRow[];

  @Field(() => [Indicator], { description: 'Indicators that the city has no value of, which were not changed.' })
  withoutValue!: readonly Indicator[];

  @Field(() => Int, { description: 'Rankings that were made.' })
  runs!: number;
}

/** A city before and after. */
@ObjectType('WhatIfRow', { description: 'A city before and after.', simpleResolvers: true })
export class WhatIfRowType implements WhatIfRow {
  @Field(() => String, { description: 'Its code.' })
  code!: string;

  @Field(() => City, { nullable: true, description: 'The city. Null when it was added.' })
  city!: City | null;

  @Field(() => Float, { nullable: true, description: 'Its rank before. Null when it had none.' })
  rankBefore!: number | null;

  @Field(() => Float, { nullable: true, description: 'Its rank after. Null when it has none.' })
  rankAfter!: number | null;

  @Field(() => Float, { nullable: true, description: 'Its score before. Null when it had none.' })
  scoreBefore!: number | null;

  @Field(() => Float, { nullable: true, description: 'Its score after. Null when it has none.' })
  scoreAfter!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Rank before less rank after: above 0 where it rose. Null when either is missing.',
  })
  shift!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The same after both rankings are renumbered among the cities ranked before and after. Null when either rank is missing.',
  })
  shiftAmongCommon!: number | null;
}

/** A ranking after changes, beside the one before. */
@ObjectType('WhatIf', { description: 'A ranking after changes, beside the one before.', simpleResolvers: true })
export class WhatIfType {
  @Field(() => RankingType, { description: 'The ranking before.' })
  before!: Ranking;

  @Field(() => [WhatIfRowType], { description: 'All cities ranked before or after, by the rank after.' })
  rows!: readonly WhatIfRow[];

  @Field(() => [WhatIfRowType], {
    description:
      'Those that moved among the cities ranked before and after, and those that appeared or went; the largest move first.',
  })
  moved!: readonly WhatIfRow[];
}
