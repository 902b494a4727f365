import { ValidateNested } from 'class-validator';
import { ArgsType, Field, Float, InputType, Int } from 'type-graphql';
import type { DIAGNOSTIC_STAGES, DiagnosticScope, LimitChanges } from '../rankings/diagnostics.service';
import { MAX_DIAGNOSTIC_NODES } from '../rankings/diagnostics.service';
import { diagnostics } from '../scoring';
import { PageArgs } from './connection';
import { AggregationScopeEnum, defineEnum } from './enums';
import { EachCode, Items, RealNumber, WholeNumber } from './rules';

/** Tables that statistics can be taken of. */
export const DiagnosticStageEnum = defineEnum<(typeof DIAGNOSTIC_STAGES)[number]>(
  'DiagnosticStage',
  'A table between two stages of the pipeline.',
  {
    DENOMINATED: 'Observations as selected, on their natural scale, divided where the recipe says so.',
    IMPUTED: 'After gaps were filled.',
    TREATED: 'After outliers were treated.',
    NORMALISED: 'On the common scale; more is better.',
  },
);

/** Coefficients of correlation. */
export const CorrelationMethodEnum = defineEnum<diagnostics.CorrelationMethod>(
  'CorrelationMethod',
  'A coefficient of correlation. Each pair is taken over the cities that have both values.',
  {
    PEARSON: "Of the values; p-value by Student's t with n - 2 degrees of freedom.",
    SPEARMAN: "Of the ranks, ties shared; p-value by Student's t with n - 2 degrees of freedom.",
    KENDALL: 'Tau-b; p-value exact below 50 cities without ties, otherwise by the normal distribution.',
  },
);

/** Rules for outliers. */
export const OutlierRuleEnum = defineEnum<diagnostics.OutlierRuleName>(
  'OutlierRule',
  'A rule by which a value is an outlier, and what `distance` counts under it.',
  {
    IQR_FENCES: 'Beyond a quartile by more than `fence` interquartile ranges; interquartile ranges past the quartile.',
    ROBUST_Z: '0.6745 times the distance to the median, over the median deviation, above `robustZ`; that number.',
    SKEWNESS_KURTOSIS:
      'The indicator fails the skewness and kurtosis test, and winsorising would move the value to make it pass; standard deviations from the mean.',
  },
);

const METHOD = 'The coefficient.';
const NODES = `Codes of the nodes, at most ${String(MAX_DIAGNOSTIC_NODES)}. Null or left out: all indicators of the index.`;
const GROUPS = 'Codes of the nodes, each with children. Null or left out: all that have children.';

/** Which correlations. */
@ArgsType()
export class CorrelationArgs {
  @Field(() => CorrelationMethodEnum, { defaultValue: 'PEARSON', description: METHOD })
  method!: diagnostics.CorrelationMethod;
}

/** Which matrix of correlations. */
@ArgsType()
export class CorrelationMatrixArgs extends CorrelationArgs {
  @Field(() => [String], { nullable: true, description: NODES })
  @Items('nodes', 'indicatorCodes', 1)
  @EachCode()
  nodes?: string[] | null;
}

/** Which nodes are compared. */
@ArgsType()
export class DominanceArgs {
  @Field(() => [String], { nullable: true, description: NODES })
  @Items('nodes', 'indicatorCodes', 1)
  @EachCode()
  nodes?: string[] | null;
}

/** Which groups of columns. */
@ArgsType()
export class NodeGroupArgs {
  @Field(() => [String], { nullable: true, description: GROUPS })
  @Items('nodes', 'indicatorCodes', 1)
  @EachCode()
  nodes?: string[] | null;

  @Field(() => AggregationScopeEnum, {
    defaultValue: 'CHILDREN',
    description: 'What is taken together under each of them.',
  })
  over!: DiagnosticScope;
}

const limit = (what: string, range: string, fallback: number): string =>
  `${what}, ${range}. Null or left out: ${String(fallback)}.`;

const OUTLIERS = diagnostics.DEFAULT_OUTLIER_REPORT_LIMITS;

/** Limits of the rules for outliers. */
@InputType('OutlierLimitsInput', { description: 'Where the rules for outliers draw their lines.' })
export class OutlierLimitsInput implements LimitChanges<diagnostics.OutlierReportLimits> {
  @Field(() => Float, {
    nullable: true,
    description: limit('Interquartile ranges beyond a quartile', '0 to 1000', OUTLIERS.fence),
  })
  @RealNumber(0, 1000, 'limit')
  fence?: number | null;

  @Field(() => Float, { nullable: true, description: limit('Robust z', '0 to 1000', OUTLIERS.robustZ) })
  @RealNumber(0, 1000, 'limit')
  robustZ?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: limit('Absolute skewness of the test', '0 to 1000', OUTLIERS.skewness),
  })
  @RealNumber(0, 1000, 'limit')
  skewness?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: limit('Excess kurtosis of the test', '0 to 1000', OUTLIERS.kurtosis),
  })
  @RealNumber(0, 1000, 'limit')
  kurtosis?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: limit('Most values that the skewness and kurtosis rule names', '1 to 100', OUTLIERS.maximumPoints),
  })
  @WholeNumber(1, 100, 'limit')
  maximumPoints?: number | null;
}

const LIMITS = 'Limits. Null or left out: the usual ones.';

/** Which rules for outliers. */
@ArgsType()
export class OutlierRulesArgs {
  @Field(() => OutlierLimitsInput, { nullable: true, description: LIMITS })
  @ValidateNested()
  limits?: OutlierLimitsInput | null;
}

/** Which outliers. */
@ArgsType()
export class OutlierArgs extends PageArgs {
  @Field(() => OutlierLimitsInput, { nullable: true, description: LIMITS })
  @ValidateNested()
  limits?: OutlierLimitsInput | null;

  @Field(() => [OutlierRuleEnum], { nullable: true, description: 'Rules to list. Null or left out: all.' })
  @Items('rules', 'codes')
  rules?: diagnostics.OutlierRuleName[] | null;
}

const LINT = diagnostics.DEFAULT_LINT_LIMITS;

/** Limits of the linter. */
@InputType('LintLimitsInput', { description: 'Where the linter draws its lines; correlations are of Pearson.' })
export class LintLimitsInput implements LimitChanges<diagnostics.LintLimits> {
  @Field(() => Float, {
    nullable: true,
    description: limit('LOW_AVAILABILITY below this share of the cities', '0 to 1', LINT.availability),
  })
  @RealNumber(0, 1, 'limit')
  availability?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: limit('NEARLY_CONSTANT from this share of equal values', '0 to 1', LINT.sameValueShare),
  })
  @RealNumber(0, 1, 'limit')
  sameValueShare?: number | null;

  @Field(() => Float, { nullable: true, description: limit('NEAR_COPY from this size', '0 to 1', LINT.copy) })
  @RealNumber(0, 1, 'limit')
  copy?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: limit('COLLINEAR_SIBLINGS from this size', '0 to 1', LINT.collinear),
  })
  @RealNumber(0, 1, 'limit')
  collinear?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: limit('NEGATIVE_SIBLINGS at or below this correlation', '-1 to 0', LINT.negative),
  })
  @RealNumber(-1, 0, 'limit')
  negative?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: limit('AGAINST_PARENT up to this p-value', '0 to 1', LINT.significance),
  })
  @RealNumber(0, 1, 'limit')
  significance?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: limit(
      "SILENT below this multiple of the node's share of the weights, in its share of the effects",
      '0 to 1',
      LINT.silent,
    ),
  })
  @RealNumber(0, 1, 'limit')
  silent?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: limit("DOMINANT from this share of the parent's variance", '0 to 1', LINT.dominant),
  })
  @RealNumber(0, 1, 'limit')
  dominant?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: limit("INCONSISTENT_FAMILY below this Cronbach's alpha", '-1000 to 1', LINT.alpha),
  })
  @RealNumber(-1000, 1, 'limit')
  alpha?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: limit('OUTLIERS from this absolute skewness, with kurtosis', '0 to 1000', LINT.skewness),
  })
  @RealNumber(0, 1000, 'limit')
  skewness?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: limit('OUTLIERS from this excess kurtosis, with skewness', '0 to 1000', LINT.kurtosis),
  })
  @RealNumber(0, 1000, 'limit')
  kurtosis?: number | null;
}

/** Which findings. */
@ArgsType()
export class FindingArgs {
  @Field(() => LintLimitsInput, { nullable: true, description: LIMITS })
  @ValidateNested()
  limits?: LintLimitsInput | null;
}
