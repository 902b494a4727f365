import type { ScoringErrorCode, Warning } from './errors';
import type { ParameterRecord, ParameterSpecs, ParametersOf } from './parameters';
import type { CityMeta, IndicatorMeta } from './table';

/** Stages that have methods to choose from, in pipeline order. */
export const STAGES = [
  'DENOMINATION',
  'IMPUTATION',
  'TREATMENT',
  'NORMALISATION',
  'WEIGHTING',
  'AGGREGATION',
  'RANKING',
] as const;
/** One of {@link STAGES}. */
export type Stage = (typeof STAGES)[number];

/** A published source of a formula. */
export interface Reference {
  /** Authors (year), title, journal or handbook section. */
  readonly citation: string;
  /** `https://doi.org/…` or another stable address, where there is one. */
  readonly url?: string;
}

/** Properties that a method claims or denies; each claim is tested on generated tables, each denial by its counter-example. */
export const PROPERTY_NAMES = [
  'MONOTONE',
  'SCALE_INVARIANT',
  'SHIFT_INVARIANT',
  'SYMMETRIC',
  'IDEMPOTENT',
  'BOUNDED',
  'COMPENSATORY',
  'INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES',
  'HOMOGENEOUS',
  'ORDER_PRESERVING',
  'SUMS_TO_ONE',
] as const;
/** One of {@link PROPERTY_NAMES}. */
export type PropertyName = (typeof PROPERTY_NAMES)[number];

/** What each property means. */
export const PROPERTY_MEANINGS: Readonly<Record<PropertyName, string>> = {
  MONOTONE: 'Raising one value of a city (more is better) never lowers its score, nor lets more cities beat it.',
  SCALE_INVARIANT: 'Multiplying a column by a positive number leaves the result as it was.',
  SHIFT_INVARIANT: 'Adding a number to a column leaves the result as it was.',
  SYMMETRIC: 'With equal weights, swapping columns leaves the result as it was; permuting cities permutes it.',
  IDEMPOTENT: 'Equal values in all columns give that value.',
  BOUNDED:
    "An aggregate lies between the smallest and the largest of a city's values; a normalised value within the stated output range.",
  COMPENSATORY: 'A loss in one column can be made up by a gain in another.',
  INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: 'Leaving out one city never changes the order of the others.',
  HOMOGENEOUS: 'Multiplying all values by a positive number multiplies the result by it.',
  ORDER_PRESERVING: 'Equal or higher input never gets a lower output within a column.',
  SUMS_TO_ONE: 'Weights are non-negative and add to 1.',
};

/** A small stored case that shows that a property does not hold; the property test runs it and must see the violation. */
export interface CounterExample {
  /** `m` columns of `n` values, oriented so that more is better. */
  readonly columns: readonly (readonly number[])[];
  readonly weights?: readonly number[];
  readonly parameters?: ParameterRecord;
  /** The city that is raised or left out. */
  readonly row?: number;
  /** The column that is raised, scaled or shifted. */
  readonly column?: number;
  /** How much is added, or the factor. */
  readonly amount?: number;
}

/** Whether a property holds, with the proof that it does not where it is denied. */
export type PropertyClaim =
  { readonly holds: true } | { readonly holds: false; readonly counterExample: CounterExample };

/** What every method says of itself. `P` are its parameter specs. */
export interface MethodDescriptor<P extends ParameterSpecs = ParameterSpecs> {
  /** Published name in capitals; the GraphQL enum value; never reused. */
  readonly id: string;
  readonly stage: Stage;
  readonly title: string;
  /** One or two sentences: what it does and when to use it. */
  readonly summary: string;
  /** The formula in plain text with the symbols explained. */
  readonly formula: string;
  readonly parameters: P;
  readonly references: readonly Reference[];
  readonly properties: Readonly<Partial<Record<PropertyName, PropertyClaim>>>;
  /** Cell operations for `n` cities × `m` columns: what the budget counts. */
  cost(n: number, m: number, parameters: ParametersOf<P>): number;
}

/** Raises a typed error about the values or parameters that a kernel was given. Never returns. */
export type Refuse = (code: ScoringErrorCode, message: string, allowed: string, value?: unknown) => never;

/** What every kernel is handed besides its values. */
export interface KernelContext {
  /** Adds a warning to the result; the pipeline fills in the indicator or node. */
  readonly warn: (code: Warning['code'], message: string) => void;
  /** Stops with a typed error; the pipeline fills in the path. */
  readonly refuse: Refuse;
}

/** Context of an imputation. The table is on the natural scale, before orientation. */
export interface ImputationContext extends KernelContext {
  readonly cities: readonly CityMeta[];
  readonly indicators: readonly IndicatorMeta[];
  /** For each indicator, an index that is equal for indicators under the same parent node. */
  readonly dimensionOf: Int32Array;
  /** The year that the table is for. */
  readonly year: number;
  /**
   * The exact-year columns of indicator `j` for every year of the release, ascending, status-excluded and denominated as
   * the table itself. The views must not be written to.
   */
  history(j: number): { readonly years: readonly number[]; readonly columns: readonly Float64Array[] };
}

/** A method that fills missing values. */
export interface ImputationMethod<P extends ParameterSpecs = ParameterSpecs> extends MethodDescriptor<P> {
  readonly stage: 'IMPUTATION';
  /** Fills `NaN` cells of `out` (a copy of `values`, column-major n × m) where it can; leaves the others `NaN`. */
  run(values: Float64Array, parameters: ParametersOf<P>, out: Float64Array, context: ImputationContext): void;
}

/** What was done to a cell by a treatment; index into this list is what the record holds. `NONE` = untouched. */
export const TREATMENT_ACTIONS = [
  'NONE',
  'WINSORISED_HIGH',
  'WINSORISED_LOW',
  'TRANSFORMED',
  'CLIPPED_HIGH',
  'CLIPPED_LOW',
] as const;
/** One of {@link TREATMENT_ACTIONS}. */
export type TreatmentAction = (typeof TREATMENT_ACTIONS)[number];

/** Context of a treatment of one column on its natural scale. */
export interface TreatmentContext extends KernelContext {
  readonly indicator: IndicatorMeta;
  /** One cell per city, to be set to an index into {@link TREATMENT_ACTIONS} for every cell that the method changed. */
  readonly actions: Uint8Array;
}

/** A method that deals with outliers, one column at a time, before orientation. */
export interface TreatmentMethod<P extends ParameterSpecs = ParameterSpecs> extends MethodDescriptor<P> {
  readonly stage: 'TREATMENT';
  /** Writes the treated column to `out` (length n); `NaN` stays `NaN`. `values` and `out` never share memory. */
  run(values: Float64Array, parameters: ParametersOf<P>, out: Float64Array, context: TreatmentContext): void;
}

/** Context of a normalisation of one oriented column. */
export interface NormalisationContext extends KernelContext {
  readonly indicator: IndicatorMeta;
  /** What `orient` did: the column holds `sign × natural value`. Needed only to read parameters given on the natural scale. */
  readonly sign: 1 | -1;
  /** Cities of the column that is fitted, for methods that look up a reference city. */
  readonly cities: readonly CityMeta[];
}

/**
 * A method that puts one oriented column on a common scale, in two steps, so that the statistics can be taken from
 * another year, release or the pool of all years, and applied to this one.
 */
export interface NormalisationMethod<P extends ParameterSpecs = ParameterSpecs> extends MethodDescriptor<P> {
  readonly stage: 'NORMALISATION';
  /** The statistics that {@link apply} needs (for example minimum and maximum; for ranks the sorted values). `NaN` values are passed over. */
  fit(values: Float64Array, parameters: ParametersOf<P>, context: NormalisationContext): Float64Array;
  /** Writes the normalised column to `out`, which may be `values` itself; `NaN` stays `NaN`; anything else stays finite. */
  apply(
    values: Float64Array,
    fitted: Float64Array,
    parameters: ParametersOf<P>,
    out: Float64Array,
    context: NormalisationContext,
  ): void;
}

/** Context of a weighting of the columns under one node. */
export interface WeightingContext extends KernelContext {
  /** Codes of the columns (child nodes), in order. */
  readonly children: readonly string[];
  /** Weights given by the tree and the recipe, ≥ 0, not normalised. */
  readonly given: Float64Array;
  /** Number of indicators below each column's node, ≥ 1; 1 for an indicator. */
  readonly leaves: Int32Array;
}

/** A method that weighs the `k` normalised columns under a node. */
export interface WeightingMethod<P extends ParameterSpecs = ParameterSpecs> extends MethodDescriptor<P> {
  readonly stage: 'WEIGHTING';
  /** Returns `k` weights, each ≥ 0, adding to 1. `NaN` cells are passed over. */
  run(columns: readonly Float64Array[], parameters: ParametersOf<P>, context: WeightingContext): Float64Array;
}

/** A named table of intermediate figures that a method shows as part of its explanation. */
export interface IntermediateTable {
  /** Name as the method's paper has it, such as `Weighted normalised matrix`. */
  readonly caption: string;
  /** Symbol in the formula, such as `V`. */
  readonly symbol: string;
  /** `CITY`: one row for each city of the call; `NONE`: one row only. */
  readonly rows: 'CITY' | 'NONE';
  /** Column names: child codes, or names of the method's own. */
  readonly columns: readonly string[];
  /** Column-major values. */
  readonly values: Float64Array;
}

/** Context of an aggregation at one node. */
export interface AggregationContext extends KernelContext {
  /** Codes of the columns (child nodes), in order. */
  readonly children: readonly string[];
  /** City codes of the rows, for tie-breaking and messages. */
  readonly cities: readonly string[];
  /**
   * 1 for a column that is a cost (less is better), 0 otherwise. Set only for methods with `acceptsCosts`, and only on
   * leaves that the recipe does not normalise; all zero in every other case, since columns are oriented.
   */
  readonly costs: Uint8Array;
  /** Receives intermediate tables; absent unless an explanation was asked for. */
  readonly trace?: (table: IntermediateTable) => void;
}

/**
 * A method that turns the `k` columns under a node into the node's column: means of a city's own values, or whole-table
 * (multi-criteria) methods that compare the cities.
 */
export interface AggregationMethod<P extends ParameterSpecs = ParameterSpecs> extends MethodDescriptor<P> {
  readonly stage: 'AGGREGATION';
  /** `MEAN`: each city by itself. `WHOLE_TABLE`: depends on the other cities. */
  readonly family: 'MEAN' | 'WHOLE_TABLE';
  /** `RESCALE`: missing children are passed over, weights rescaled. `COMPLETE`: the kernel is given complete rows only, others stay missing. */
  readonly missing: 'RESCALE' | 'COMPLETE';
  /** True where the method has its own way with cost criteria and reads `context.costs`. */
  readonly acceptsCosts?: boolean;
  /** True where a low score is good (VIKOR's Q). The pipeline ranks accordingly, and negates the column before a parent reads it. */
  readonly lowerIsBetter?: boolean;
  /**
   * Values that every cell must satisfy, checked once by the pipeline before the kernel runs
   * (`POSITIVE`: > 0; `NON_NEGATIVE`: ≥ 0), refused as `PRECONDITION_FAILED`.
   */
  readonly requires?: 'POSITIVE' | 'NON_NEGATIVE';
  /** Writes the node's score to `out` (length n). Weights are ≥ 0 and add to 1. A city with no child present gets `NaN`. */
  run(
    columns: readonly Float64Array[],
    weights: Float64Array,
    parameters: ParametersOf<P>,
    out: Float64Array,
    context: AggregationContext,
  ): void;
}

/** A rule for ranks among ties. Works on scores already grouped into ties by the pipeline; without a tie a rank is the position. */
export interface RankingMethod<P extends ParameterSpecs = ParameterSpecs> extends MethodDescriptor<P> {
  readonly stage: 'RANKING';
  /**
   * `order` lists the ranked cities' indices from best to worst; `groupEnd[k]` is the index in `order` one past the tie
   * group of `order[k]`. Writes 1-based ranks to `out` (length of the table, `NaN` where unranked).
   */
  run(order: Int32Array, groupStart: Int32Array, groupEnd: Int32Array, out: Float64Array): void;
}

/** Any method of any stage, its parameters erased. */
export type AnyMethod =
  | ImputationMethod
  | TreatmentMethod
  | NormalisationMethod
  | WeightingMethod
  | AggregationMethod
  | RankingMethod
  | DenominationMethod;

/** Divides an indicator's column by another's. */
export interface DenominationMethod<P extends ParameterSpecs = ParameterSpecs> extends MethodDescriptor<P> {
  readonly stage: 'DENOMINATION';
  /** Writes `values / by × scale` to `out`; `NaN` where either is missing or the denominator is 0. */
  run(values: Float64Array, by: Float64Array, scale: number, out: Float64Array, context: KernelContext): void;
}

/** Declares an imputation method with its parameter types inferred from its specs. */
export const defineImputation = <const P extends ParameterSpecs>(
  method: Omit<ImputationMethod<P>, 'stage'>,
): ImputationMethod<P> => ({ ...method, stage: 'IMPUTATION' });
/** Declares a treatment method with its parameter types inferred from its specs. */
export const defineTreatment = <const P extends ParameterSpecs>(
  method: Omit<TreatmentMethod<P>, 'stage'>,
): TreatmentMethod<P> => ({ ...method, stage: 'TREATMENT' });
/** Declares a normalisation method with its parameter types inferred from its specs. */
export const defineNormalisation = <const P extends ParameterSpecs>(
  method: Omit<NormalisationMethod<P>, 'stage'>,
): NormalisationMethod<P> => ({ ...method, stage: 'NORMALISATION' });
/** Declares a weighting method with its parameter types inferred from its specs. */
export const defineWeighting = <const P extends ParameterSpecs>(
  method: Omit<WeightingMethod<P>, 'stage'>,
): WeightingMethod<P> => ({ ...method, stage: 'WEIGHTING' });
/** Declares an aggregation method with its parameter types inferred from its specs. */
export const defineAggregation = <const P extends ParameterSpecs>(
  method: Omit<AggregationMethod<P>, 'stage'>,
): AggregationMethod<P> => ({ ...method, stage: 'AGGREGATION' });
/** Declares a tie rule. */
export const defineRanking = <const P extends ParameterSpecs>(
  method: Omit<RankingMethod<P>, 'stage'>,
): RankingMethod<P> => ({ ...method, stage: 'RANKING' });
/** Declares the denomination. */
export const defineDenomination = <const P extends ParameterSpecs>(
  method: Omit<DenominationMethod<P>, 'stage'>,
): DenominationMethod<P> => ({ ...method, stage: 'DENOMINATION' });
