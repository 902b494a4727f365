import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { RankBoundsColumns } from '../rankings/sensitivity-view';
import { defineEnum } from './enums';

/** How an interval was found. */
export const StabilityMethodEnum = defineEnum<'CLOSED_FORM' | 'BISECTION' | 'NONE'>(
  'StabilityMethod',
  'How an interval of a weight was found.',
  {
    CLOSED_FORM: 'Roots of linear or quadratic equations, exact but for rounding.',
    BISECTION: 'Bisection: within 1e-9 of the change, or short of it where `note` says so.',
    NONE: 'The question is not answered; `note` says why.',
  },
);

/** Where an interval of a weight ends. */
@ObjectType('StabilityEnd', { description: 'Where an interval of a weight ends.' })
export class StabilityEndType {
  @Field(() => Float, { description: 'Share of the weight among the siblings, 0 to 1.' })
  weight!: number;

  @Field(() => [String], {
    nullable: true,
    description:
      'Codes of the two cities that tie there, the one above now first. Null where nothing changes up to the end.',
  })
  cities!: readonly string[] | null;
}

/** An interval of a weight. */
@ObjectType('StabilityInterval', { description: 'An interval of a weight.' })
export class StabilityIntervalType {
  @Field(() => StabilityEndType, { description: 'Its lower end.' })
  low!: StabilityEndType;

  @Field(() => StabilityEndType, { description: 'Its upper end.' })
  high!: StabilityEndType;
}

/** In which range a weight may move, its siblings sharing the rest as they do now. */
@ObjectType('WeightStability', {
  description: 'In which range a weight may move, its siblings sharing the rest as they do now.',
})
export class WeightStabilityType {
  @Field(() => String, { description: 'Code of the node.' })
  node!: string;

  @Field(() => Float, { description: 'Its weight now, as a share among the siblings.' })
  weight!: number;

  @Field(() => StabilityIntervalType, {
    nullable: true,
    description: 'The range. Null where the question is not answered; `note` says why.',
  })
  interval!: StabilityIntervalType | null;

  @Field(() => StabilityMethodEnum, { description: 'How it was found.' })
  method!: 'CLOSED_FORM' | 'BISECTION' | 'NONE';

  @Field(() => String, {
    nullable: true,
    description: 'Why not answered, or what limits the answer. Null where there is nothing to say.',
  })
  note!: string | null;
}

/** Bounds of the rank of one city. */
@ObjectType('RankBoundsCity', { description: 'Bounds of the rank of one city.' })
export class RankBoundsCityType {
  @Field(() => String, { description: 'Code of the city.' })
  city!: string;

  @Field(() => Float, { nullable: true, description: 'Its rank by the recipe. Null where it is not ranked.' })
  rank!: number | null;

  @Field(() => Float, { nullable: true, description: 'No fill gives a better rank. Null where no fill gives a score.' })
  best!: number | null;

  @Field(() => Float, { nullable: true, description: 'No fill gives a worse rank. Null where no fill gives a score.' })
  worst!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Score with its own gaps filled at their worst. Null where there is none.',
  })
  low!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Score with its own gaps filled at their best. Null where there is none.',
  })
  high!: number | null;

  @Field(() => Int, { description: 'Number of values that it lacks.' })
  gaps!: number;
}

/** An indicator with gaps. */
@ObjectType('FilledIndicator', { description: 'An indicator with gaps.' })
export class FilledIndicatorType {
  @Field(() => String, { description: 'Code of the indicator.' })
  indicator!: string;

  @Field(() => Int, { description: 'Scored cities without a value.' })
  gaps!: number;

  @Field(() => Float, { description: 'Smallest fill.' })
  low!: number;

  @Field(() => Float, { description: 'Largest fill.' })
  high!: number;

  @Field(() => Boolean, { description: 'Whether the bounds of its scores are exact.' })
  exact!: boolean;

  @Field(() => String, { description: 'Why, or why not.' })
  reason!: string;
}

const PARALLEL = 'parallel to `cityCodes`';

/** Bounds of all cities. */
@ObjectType('RankBoundsColumns', { description: 'Bounds of all cities, as parallel lists.', simpleResolvers: true })
export class RankBoundsColumnsType implements RankBoundsColumns {
  @Field(() => [String], { description: 'Codes of the scored cities, in the order of the codes.' })
  cityCodes!: readonly string[];

  @Field(() => [Float], {
    nullable: 'items',
    description: `Ranks by the recipe, ${PARALLEL}. An item is null where the city is not ranked.`,
  })
  ranks!: readonly (number | null)[];

  @Field(() => [Float], {
    nullable: 'items',
    description: `No fill gives a better rank, ${PARALLEL}. An item is null where no fill gives a score.`,
  })
  best!: readonly (number | null)[];

  @Field(() => [Float], {
    nullable: 'items',
    description: `No fill gives a worse rank, ${PARALLEL}. An item is null where no fill gives a score.`,
  })
  worst!: readonly (number | null)[];

  @Field(() => [Float], {
    nullable: 'items',
    description: `Scores with a city’s own gaps filled at their worst, ${PARALLEL}. An item is null where there is none.`,
  })
  low!: readonly (number | null)[];

  @Field(() => [Float], {
    nullable: 'items',
    description: `Scores with a city’s own gaps filled at their best, ${PARALLEL}. An item is null where there is none.`,
  })
  high!: readonly (number | null)[];

  @Field(() => [Int], { description: `Numbers of values that each lacks, ${PARALLEL}.` })
  gaps!: readonly number[];
}

/** Best and worst ranks over all fills of the missing values. */
@ObjectType('RankBounds', { description: 'Best and worst ranks over all fills of the missing values.' })
export class RankBoundsType {
  @Field(() => Boolean, {
    description: 'Whether each bound is attained by some fill; otherwise bounds may be wider than what fills give.',
  })
  exact!: boolean;

  @Field(() => [FilledIndicatorType], { description: 'The indicators with gaps.' })
  indicators!: readonly FilledIndicatorType[];

  @Field(() => RankBoundsColumnsType, { description: 'All of these cities as parallel lists.' })
  columns!: RankBoundsColumns;
}

/** Two cities that change places. */
@ObjectType('ReversedPair', { description: 'Two cities that change places.' })
export class ReversedPairType {
  @Field(() => String, { description: 'Code of the one above with all cities in the table.' })
  above!: string;

  @Field(() => String, { description: 'Code of the one above once the third is left out.' })
  below!: string;

  @Field(() => [Float], { description: 'Ranks of the two with all cities in the table.' })
  ranks!: readonly number[];
}

/** What becomes of the others’ order when one city is left out. */
@ObjectType('RankReversal', { description: 'What becomes of the others’ order when one city is left out.' })
export class RankReversalType {
  @Field(() => String, { description: 'Code of the city that is left out.' })
  city!: string;

  @Field(() => Float, { nullable: true, description: 'Its rank. Null where it is not ranked.' })
  rank!: number | null;

  @Field(() => Int, { description: 'Pairs of other cities that change places.' })
  reversals!: number;

  @Field(() => [ReversedPairType], { description: 'The first of them by rank.' })
  pairs!: readonly ReversedPairType[];

  @Field(() => Boolean, { description: 'Whether another of the others is first.' })
  winnerChanges!: boolean;

  @Field(() => Int, { description: 'Cities ranked with it and not without, or the other way round.' })
  lostOrGained!: number;
}

/** A stage with its alternatives. */
@ObjectType('MultiverseChoice', { description: 'A stage with its alternatives.' })
export class MultiverseChoiceType {
  @Field(() => String, { description: 'The part of the recipe.' })
  code!: string;

  @Field(() => [String], { description: 'Labels of the alternatives.' })
  alternatives!: readonly string[];
}

/** A combination that the methods refuse. */
@ObjectType('MultiverseRefusal', { description: 'A combination that the methods refuse.' })
export class MultiverseRefusalType {
  @Field(() => [String], { description: 'Its alternatives, one of each choice.' })
  alternatives!: readonly string[];

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

/** What a choice is responsible for. */
@ObjectType('ChoiceInfluence', { description: 'What a choice is responsible for.' })
export class ChoiceInfluenceType {
  @Field(() => String, { description: 'The part of the recipe.' })
  choice!: string;

  @Field(() => Float, { description: 'Share of the variance of ranks that it explains by itself.' })
  first!: number;

  @Field(() => Float, { description: 'Share that is left when all others are fixed: its own and its interactions.' })
  total!: number;
}

/** A city over all combinations. */
@ObjectType('MultiverseCity', { description: 'A city over all combinations.' })
export class MultiverseCityType {
  @Field(() => String, { description: 'Code of the city.' })
  city!: string;

  @Field(() => Float, { nullable: true, description: 'Best rank. Null where no combination ranks it.' })
  best!: number | null;

  @Field(() => Float, { nullable: true, description: 'Worst rank. Null where no combination ranks it.' })
  worst!: number | null;

  @Field(() => Float, { nullable: true, description: 'Median rank. Null where no combination ranks it.' })
  median!: number | null;

  @Field(() => Float, { description: 'Share of the combinations in which it is first; ties divide it.' })
  firstPlaces!: number;
}

/** One combination. */
@ObjectType('Universe', { description: 'One combination.' })
export class UniverseType {
  @Field(() => Int, { description: 'Its number, from 0; the last choice runs fastest.' })
  number!: number;

  @Field(() => [String], { description: 'Its alternatives, one of each choice.' })
  alternatives!: readonly string[];

  @Field(() => [Float], {
    nullable: 'items',
    description:
      'Ranks in the order of `cityCodes` of the multiverse. An entry is null where the city is unranked or the combination refused.',
  })
  ranks!: readonly (number | null)[];
}

/** Ranks by every combination of the alternatives. */
@ObjectType('Multiverse', { description: 'Ranks by every combination of the alternatives.' })
export class MultiverseType {
  @Field(() => Int, { description: 'Number of combinations.' })
  combinations!: number;

  @Field(() => [MultiverseChoiceType], { description: 'What is varied.' })
  choices!: readonly MultiverseChoiceType[];

  @Field(() => [MultiverseRefusalType], {
    description: 'Combinations that the methods refuse; they take no part in the rest.',
  })
  refused!: readonly MultiverseRefusalType[];

  @Field(() => [ChoiceInfluenceType], { description: 'Most influential choice first, by `total`.' })
  influence!: readonly ChoiceInfluenceType[];

  @Field(() => [String], {
    description: 'Codes of the scored cities, which the ranks of a combination are parallel to.',
  })
  cityCodes!: readonly string[];
}
