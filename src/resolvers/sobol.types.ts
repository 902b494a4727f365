import { Field, Float, Int, ObjectType } from 'type-graphql';
import type {
  CitySobolRow,
  InputRow,
  ScreeningView,
  SingleChangeRow,
  SobolIndexRow,
  SobolOutputRow,
} from '../rankings/sobol-view';
import { makeConnection } from './connection';
import { defineEnum } from './enums';

/** What varies. */
export const SensitivityInputKindEnum = defineEnum<InputRow['kind']>('SensitivityInputKind', 'What varies.', {
  CHOICE: 'A stage of the recipe, or which node is left out.',
  WEIGHT: 'The weight of a node.',
  NOISE: 'The noise on the data, that of all values together.',
});

const INPUT = 'The stage, `leaveOut`, the code of the node, or `noise`.';

/** Indices of an input. */
@ObjectType('SobolIndex', {
  description: 'How much of the variance of an output one input is responsible for.',
  simpleResolvers: true,
})
export class SobolIndexType implements SobolIndexRow {
  @Field(() => SensitivityInputKindEnum, { description: 'What it is.' })
  kind!: InputRow['kind'];

  @Field(() => String, { description: INPUT })
  input!: string;

  @Field(() => Float, {
    description:
      'First-order index: the share of the variance that it explains by itself (Saltelli et al. 2010). An estimate, which may fall a little below 0; exactly 0 where it never moves the output.',
  })
  first!: number;

  @Field(() => Float, { description: 'Lower end of the bootstrap interval of `first`.' })
  firstLow!: number;

  @Field(() => Float, { description: 'Upper end of the bootstrap interval of `first`.' })
  firstHigh!: number;

  @Field(() => Float, {
    description:
      'Total index: the share of the variance that is left while all others are fixed, its interactions included (Jansen 1999).',
  })
  total!: number;

  @Field(() => Float, { description: 'Lower end of the bootstrap interval of `total`.' })
  totalLow!: number;

  @Field(() => Float, { description: 'Upper end of the bootstrap interval of `total`.' })
  totalHigh!: number;
}

/** Indices of an output. */
@ObjectType('SobolOutput', { description: 'What the variance of an output is made of.', simpleResolvers: true })
export class SobolOutputType implements SobolOutputRow {
  @Field(() => Float, {
    description: 'Variance of the output over the design, in squared ranks; all indices are 0 where it is.',
  })
  variance!: number;

  @Field(() => [SobolIndexType], {
    description: 'Stages first, then `leaveOut`, then weights, as they were asked for, then noise.',
  })
  indices!: readonly SobolIndexRow[];
}

/** Indices of a city's rank. */
@ObjectType('CitySobol', { description: 'What the variance of the rank of a city is made of.', simpleResolvers: true })
export class CitySobolType extends SobolOutputType implements CitySobolRow {
  @Field(() => String, { description: 'Code of the city.' })
  cityCode!: string;

  @Field(() => Float, { description: 'Its rank by the recipe as it stands.' })
  nominalRank!: number;
}

/** A page of cities. */
export const CitySobolConnection = makeConnection(CitySobolType, 'CitySobol', 'cities of an analysis');

/** An analysis. */
@ObjectType('Sobol', {
  description:
    'How much of the variance of ranks each choice and each weight is responsible for (Sobol’ indices; Saisana, Saltelli and Tarantola 2005). A city that a draw does not rank counts one place below the last that it does.',
  simpleResolvers: true,
})
export class SobolType {
  @Field(() => Int, { description: 'Rows of the design.' })
  rows!: number;

  @Field(() => Int, { description: 'Rankings that were made.' })
  runs!: number;

  @Field(() => Float, { description: 'The seed.' })
  seed!: number;

  @Field(() => Int, {
    description: 'Bootstrap resamples of the rows, drawn from the same seed, that the intervals come from.',
  })
  resamples!: number;

  @Field(() => Float, { description: 'Level of the intervals.' })
  level!: number;

  @Field(() => SobolOutputType, {
    description:
      'Of the mean over the cities of the distance between the rank and the rank by the recipe as it stands.',
  })
  meanShift!: SobolOutputRow;
}

/** One change. */
@ObjectType('SingleChange', { description: 'What one change by itself does.', simpleResolvers: true })
export class SingleChangeType implements SingleChangeRow {
  @Field(() => SensitivityInputKindEnum, { description: 'What is changed.' })
  kind!: InputRow['kind'];

  @Field(() => String, { description: INPUT })
  input!: string;

  @Field(() => String, {
    description: 'The alternative: a method, the node left out, or what the weight is multiplied by, such as `×0.75`.',
  })
  change!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean over the cities of the distance to the rank by the recipe. Null when the methods refuse it.',
  })
  meanShift!: number | null;

  @Field(() => Float, { nullable: true, description: 'The largest distance. Null when the methods refuse it.' })
  largestShift!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Code of the city that moves farthest. Null when none moves, or the methods refuse it.',
  })
  mostShifted!: string | null;

  @Field(() => [String], { description: 'Codes of the cities that are first.' })
  winners!: readonly string[];

  @Field(() => [Float], {
    nullable: 'itemsAndList',
    description:
      'Ranks, in the order of `cityCodes`; an item is null when the city is unranked. Null when the methods refuse it.',
  })
  ranks!: readonly (number | null)[] | null;

  @Field(() => String, { nullable: true, description: 'Why the methods refuse it. Null when they do not.' })
  refused!: string | null;
}

/** How far an input moves ranks. */
@ObjectType('InputInfluence', { description: 'How far an input moves ranks.', simpleResolvers: true })
export class InputInfluenceType {
  @Field(() => String, { description: INPUT })
  input!: string;

  @Field(() => Float, { description: 'The largest mean shift of any of its changes.' })
  meanShift!: number;
}

/** A screening. */
@ObjectType('Screening', {
  description:
    'What each change does by itself, all else as in the recipe: the cheapest way to see what does not matter. It misses interactions, which `sobol` measures.',
  simpleResolvers: true,
})
export class ScreeningType implements ScreeningView {
  @Field(() => [String], { description: 'Codes of the scored cities.' })
  cityCodes!: readonly string[];

  @Field(() => [Float], {
    nullable: 'items',
    description: 'Their ranks by the recipe as it stands. An item is null when the city is unranked.',
  })
  nominalRanks!: readonly (number | null)[];

  @Field(() => [SingleChangeType], {
    description: 'Every change: the alternatives of each stage, then nodes, then weights.',
  })
  changes!: readonly SingleChangeRow[];

  @Field(() => [InputInfluenceType], { description: 'Most influential input first.' })
  influence!: readonly InputInfluenceType[];
}
