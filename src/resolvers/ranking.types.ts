import { Field, Float, Int, ObjectType } from 'type-graphql';
import { City, FrameworkNode, IndexFramework, Indicator, MethodologyPreset, NodeType } from '../entities';
import type { Agreement, RankPair } from '../rankings/agreement.service';
import type { RankingFile, RankingFileFormat } from '../rankings/files/formats';
import type {
  LeafFigures,
  NodeColumn,
  NodeScore,
  TreatedValue,
  UnrankedRow,
  WarningRow,
} from '../rankings/ranking-view';
import type { TreatmentAction, UnrankedReason, Warning } from '../scoring';
import { makeConnection } from './connection';
import { defineEnum, TreatmentActionEnum, UnrankedReasonEnum, WarningCodeEnum } from './enums';
import { JsonScalar } from './scalars/json';

/** A warning of a ranking. */
@ObjectType('RankingWarning', {
  description: 'A defined but noteworthy outcome, such as a constant column.',
  simpleResolvers: true,
})
export class RankingWarningType implements WarningRow {
  @Field(() => WarningCodeEnum, { description: 'The kind of warning.' })
  code!: Warning['code'];

  @Field(() => String, { description: 'One sentence.' })
  message!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Code of the indicator it is about. Null when it is not about one.',
  })
  indicator!: string | null;

  @Field(() => String, { nullable: true, description: 'Code of the node it is about. Null when it is not about one.' })
  node!: string | null;
}

/** The figures behind a leaf's score. */
@ObjectType('LeafFigures', { description: "The figures behind an indicator's score.", simpleResolvers: true })
export class LeafFiguresType implements LeafFigures {
  @Field(() => Indicator, { description: 'The indicator.' })
  indicator!: Indicator;

  @Field(() => Float, {
    nullable: true,
    description: "The value as observed, in the indicator's unit. Null when the city has none in the period.",
  })
  value!: number | null;

  @Field(() => Int, { nullable: true, description: 'Year of the observation. Null when there is none in the period.' })
  year!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The value after denomination, imputation and treatment, which normalisation then turned into the score. Null when it is still missing.',
  })
  prepared!: number | null;

  @Field(() => Boolean, { description: 'Whether the value was filled in.' })
  imputed!: boolean;

  @Field(() => TreatmentActionEnum, { description: 'What the treatment of outliers did to it.' })
  treatment!: TreatmentAction;
}

/** A city's score at a node. */
@ObjectType('NodeScore', { description: "A city's score at one node of the index.", simpleResolvers: true })
export class NodeScoreType implements NodeScore {
  @Field(() => String, { description: 'Code of the node.' })
  node!: string;

  @Field(() => FrameworkNode, { description: 'The node.' })
  frameworkNode!: FrameworkNode;

  @Field(() => Int, { description: 'How deep the node is; 0 for the root.' })
  depth!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'The score there; for a leaf, the normalised value. Null when the city has no value there.',
  })
  score!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The rank there among the ranked cities. Null when the score is null.',
  })
  rank!: number | null;

  @Field(() => Float, {
    description:
      'Weight of the node among its siblings; their sum is 1. Where a city lacks some of them, those of the others are rescaled for it.',
  })
  weight!: number;

  @Field(() => Float, {
    description: 'Product of the weights from the root down; the sum over the leaves is 1.',
  })
  effectiveWeight!: number;

  @Field(() => LeafFiguresType, {
    nullable: true,
    description: 'The figures behind the score. Null for a node that is not a leaf.',
  })
  figures!: LeafFigures | null;
}

/** A value that was treated. */
@ObjectType('TreatedValue', { description: 'A value that the treatment of outliers changed.', simpleResolvers: true })
export class TreatedValueType implements TreatedValue {
  @Field(() => String, { description: 'Code of the indicator.' })
  indicatorCode!: string;

  @Field(() => TreatmentActionEnum, { description: 'What was done.' })
  action!: TreatmentAction;
}

/** A ranked city. */
@ObjectType('RankedCity', {
  description: 'A city with its rank and the reasons for it.',
  simpleResolvers: true,
})
export class RankedCityType {
  @Field(() => Float, {
    nullable: true,
    description:
      'Its rank; 1 is the best. A half only under the FRACTIONAL tie rule. Null never occurs among the rows, since they hold ranked cities only.',
  })
  rank!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Its score, unrounded. Null never occurs among the rows, since they hold ranked cities only.',
  })
  score!: number | null;

  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => [NodeScoreType], {
    description: 'Its score at every node from the root down: parents before their children, siblings in order.',
  })
  nodeScores!: readonly NodeScore[];

  @Field(() => Float, { description: 'Share of the indicators that were observed, 0 to 1, before imputation.' })
  availability!: number;

  @Field(() => [String], { description: 'Codes of the indicators whose value was filled in.' })
  imputed!: readonly string[];

  @Field(() => [TreatedValueType], { description: 'Values that the treatment of outliers changed.' })
  treated!: readonly TreatedValue[];
}

/** A page of ranked cities. */
export const RankedCityConnection = makeConnection(RankedCityType, 'RankedCity', 'ranked cities');

/** A node's scores and ranks as lists. */
@ObjectType('NodeColumn', {
  description: 'Scores and ranks of one node, in the order of `cityCodes`.',
  simpleResolvers: true,
})
export class NodeColumnType implements NodeColumn {
  @Field(() => String, { description: 'Code of the node.' })
  node!: string;

  @Field(() => [Float], {
    nullable: 'items',
    description: 'Scores; an item is null when the city has no value there.',
  })
  scores!: readonly (number | null)[];

  @Field(() => [Float], { nullable: 'items', description: 'Ranks; an item is null when the score is.' })
  ranks!: readonly (number | null)[];
}

/** A ranking as parallel lists. */
@ObjectType('RankingColumns', {
  description: 'The ranked cities as parallel lists in rank order, for long rankings.',
  simpleResolvers: true,
})
export class RankingColumnsType {
  @Field(() => [String], { description: 'City codes, best first.' })
  cityCodes!: readonly string[];

  @Field(() => [Float], { nullable: 'items', description: 'Ranks; null never occurs, since all are ranked.' })
  ranks!: readonly (number | null)[];

  @Field(() => [Float], { nullable: 'items', description: 'Scores; null never occurs, since all are ranked.' })
  scores!: readonly (number | null)[];

  @Field(() => [NodeColumnType], { description: 'The same for every node of the index, the root first.' })
  nodes!: readonly NodeColumn[];
}

/** A selected city without a rank. */
@ObjectType('UnrankedCity', { description: 'A selected city that could not be ranked.', simpleResolvers: true })
export class UnrankedCityType implements UnrankedRow {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => UnrankedReasonEnum, { description: 'Why, as a code.' })
  code!: UnrankedReason;

  @Field(() => String, { description: 'Why, in one sentence.' })
  reason!: string;
}

/** A city's place in two rankings. */
@ObjectType('RankPair', { description: 'The place of a city in both rankings.', simpleResolvers: true })
export class RankPairType implements RankPair {
  @Field(() => City, { description: 'The city.' })
  city!: City;

  @Field(() => Float, { description: 'Its rank in this ranking, among all that are ranked.' })
  computedRank!: number;

  @Field(() => Float, { description: 'Its published rank.' })
  publishedRank!: number;
}

/** Agreement of a ranking with a published one. */
@ObjectType('Agreement', {
  description: 'How far a ranking agrees with a published one on the cities in both.',
  simpleResolvers: true,
})
export class AgreementType implements Agreement {
  @Field(() => String, { description: 'Title of the report.' })
  report!: string;

  @Field(() => Int, { description: 'Year that the report describes.' })
  year!: number;

  @Field(() => String, { description: 'Part of the report that is compared.' })
  dimension!: string;

  @Field(() => Float, {
    nullable: true,
    description:
      "Kendall's tau-b, -1 to 1; 1 is the same order. Null when fewer than two cities are in both, or one side ties them all.",
  })
  kendallTauB!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Spearman's rank correlation, -1 to 1. Null when fewer than two cities are in both, or one side ties them all.",
  })
  spearman!: number | null;

  @Field(() => Int, { description: 'Number of cities in both.' })
  n!: number;

  @Field(() => [RankPairType], { description: 'The cities in both, by published rank.' })
  pairs!: readonly RankPair[];
}

/** What a file of a ranking is. */
export const RankingFileFormatEnum = defineEnum<RankingFileFormat>(
  'RankingFileFormat',
  'What a file of a ranking is.',
  {
    CSV: 'The table as CSV (RFC 4180, UTF-8).',
    JSON: 'The table as one JSON object with its columns described.',
    JSONL: 'The table as JSON lines, one object for each city.',
    XLSX: 'The table as a workbook.',
    PARQUET: 'The table as Parquet.',
    METADATA: 'JSON: the whole recipe, the release, warnings, columns with units, sources with their terms.',
    CITATION: 'BibTeX: the ranking and its sources.',
    README: 'A page in Markdown: what the columns are, how the ranking is made again.',
  },
);

/** A file of a ranking. */
@ObjectType('RankingFile', {
  description: 'A file of a ranking. Files of figures are the same table: the figures of the API, to the last digit.',
  simpleResolvers: true,
})
export class RankingFileType implements RankingFile {
  @Field(() => RankingFileFormatEnum, { description: 'What it is.' })
  format!: RankingFileFormat;

  @Field(() => String, { description: 'Path on this server.' })
  url!: string;

  @Field(() => String, { description: 'Its media type.' })
  contentType!: string;
}

/** A ranking. */
@ObjectType('Ranking', {
  description: 'Ranked cities, with everything that the ranks were made from.',
  implements: NodeType,
})
export class RankingType {
  @Field(() => String, {
    simple: true,
    description:
      'SHA-256 over release, selection, framework, recipe and engine version, hexadecimal: the name of this result. Equal digests mean equal answers.',
  })
  digest!: string;

  @Field(() => MethodologyPreset, {
    simple: true,
    nullable: true,
    description: 'The saved methodology that it is based on. Null when the release has none for the framework.',
  })
  methodology!: MethodologyPreset | null;

  @Field(() => IndexFramework, { simple: true, description: 'The framework: the tree of the index.' })
  framework!: IndexFramework;

  @Field(() => JsonScalar, {
    simple: true,
    description: 'The whole recipe in its canonical form, every default written out.',
  })
  recipe!: unknown;
}
