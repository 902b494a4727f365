import { registerEnumType } from 'type-graphql';
import { CITY_ORDERS, INDICATOR_ORDERS, PUBLISHED_RANKING_ORDERS, SOURCE_ORDERS } from '../rankings/catalogue.service';
import {
  PROPERTY_MEANINGS,
  registry,
  STAGES,
  TREATMENT_ACTIONS,
  WARNING_MEANINGS,
  type PropertyName,
  type Stage,
  type WarningCode,
} from '../scoring';

/** An enum as TypeGraphQL registers it: each name stands for itself. */
export type EnumObject<V extends string = string> = Readonly<Record<V, V>>;

function enumOf<V extends string>(values: readonly V[]): EnumObject<V> {
  return Object.fromEntries(values.map((value) => [value, value])) as EnumObject<V>;
}

/**
 * Registers an enum.
 * @param values each value's description by its published name
 */
export function defineEnum<V extends string>(
  name: string,
  description: string,
  values: Readonly<Record<V, string>>,
): EnumObject<V> {
  const names = Object.keys(values) as V[];
  const object = enumOf(names);
  const valuesConfig = Object.fromEntries(names.map((value) => [value, { description: values[value] }]));
  registerEnumType(object, { name, description, valuesConfig: valuesConfig as Record<V, { description: string }> });
  return object;
}

/** Name and description of the enum of each stage's methods. */
const METHOD_ENUMS: Readonly<Record<Stage, readonly [name: string, description: string]>> = {
  DENOMINATION: ['DenominationMethod', 'How an indicator is divided by another one.'],
  IMPUTATION: ['ImputationMethod', 'How missing values are filled in.'],
  TREATMENT: ['TreatmentMethod', 'How outliers are dealt with.'],
  NORMALISATION: ['NormalisationMethod', 'How indicators are put on a common scale.'],
  WEIGHTING: ['WeightingMethod', 'How the parts under a node are weighed.'],
  AGGREGATION: ['AggregationMethod', 'How the parts under a node become its score.'],
  RANKING: ['TieRule', 'Which ranks cities with equal scores get.'],
};

function defineMethodEnum(stage: Stage): EnumObject {
  const [name, description] = METHOD_ENUMS[stage];
  const methods = [...registry[stage].values()];
  return defineEnum(
    name,
    description,
    Object.fromEntries(methods.map((method) => [method.id, `${method.title}. ${method.summary}`])),
  );
}

/** The methods of each stage that a recipe names, made from the registry. */
export const MethodEnums = {
  IMPUTATION: defineMethodEnum('IMPUTATION'),
  TREATMENT: defineMethodEnum('TREATMENT'),
  NORMALISATION: defineMethodEnum('NORMALISATION'),
  WEIGHTING: defineMethodEnum('WEIGHTING'),
  AGGREGATION: defineMethodEnum('AGGREGATION'),
  RANKING: defineMethodEnum('RANKING'),
} as const;

/** Stages of the pipeline. */
export const StageEnum = defineEnum<(typeof STAGES)[number]>('Stage', 'A stage of the pipeline, in order.', {
  DENOMINATION: 'Divides indicators by others, such as population.',
  IMPUTATION: 'Fills in missing values.',
  TREATMENT: 'Deals with outliers.',
  NORMALISATION: 'Puts indicators on a common scale.',
  WEIGHTING: 'Weighs the parts under each node.',
  AGGREGATION: 'Turns the parts under each node into its score.',
  RANKING: 'Ranks the scores.',
});

/** Properties of methods. */
export const PropertyEnum = defineEnum<PropertyName>(
  'MethodPropertyName',
  'Something that a method may or may not do, proved by a test either way.',
  PROPERTY_MEANINGS,
);

/** What a treatment did to a value. */
export const TreatmentActionEnum = defineEnum<(typeof TREATMENT_ACTIONS)[number]>(
  'TreatmentAction',
  'What the treatment of outliers did to a value.',
  {
    NONE: 'Nothing.',
    WINSORISED_HIGH: 'Lowered to the highest value that counts.',
    WINSORISED_LOW: 'Raised to the lowest value that counts.',
    TRANSFORMED: 'Transformed with its whole indicator, such as by a logarithm.',
    CLIPPED_HIGH: 'Lowered to an upper limit.',
    CLIPPED_LOW: 'Raised to a lower limit.',
  },
);

/** Why a city has no rank. */
export const UnrankedReasonEnum = defineEnum('UnrankedReason', 'Why a selected city has no rank.', {
  NO_DATA: 'No indicator of the framework has a usable observation for it.',
  BELOW_AVAILABILITY: 'Fewer indicators are available than the recipe asks for.',
  INCOMPLETE: 'A part of the index that the recipe requires is missing.',
});

/** What a node is computed from. */
export const AggregationScopeEnum = defineEnum('AggregationScope', 'What a node is computed from.', {
  CHILDREN: 'The nodes just below it.',
  LEAVES: 'All indicators below it at once, with their effective weights.',
});

/** Orders of `cities`. */
export const CityOrderEnum = defineEnum<keyof typeof CITY_ORDERS>('CityOrder', 'What cities are ordered by.', {
  CODE: 'Code.',
  NAME: 'English name.',
  TIER: 'Tier, as text; cities without one last.',
  PROVINCE: 'Code of the province; cities without one last.',
  LATITUDE: 'Degrees north; cities without a place last.',
});

/** Orders of `indicators`. */
export const IndicatorOrderEnum = defineEnum<keyof typeof INDICATOR_ORDERS>(
  'IndicatorOrder',
  'What indicators are ordered by.',
  { CODE: 'Code.', NAME: 'English name.', UNIT: 'Unit; indicators without one last.' },
);

/** Orders of `sources`. */
export const SourceOrderEnum = defineEnum<keyof typeof SOURCE_ORDERS>('SourceOrder', 'What sources are ordered by.', {
  CODE: 'Code.',
  TITLE: 'Title.',
  YEAR: 'Years covered, as text; sources without any last.',
});

/** Orders of `publishedRankings`. */
export const PublishedRankingOrderEnum = defineEnum<keyof typeof PUBLISHED_RANKING_ORDERS>(
  'PublishedRankingOrder',
  'What published rankings are ordered by; ties by report, year, dimension and city.',
  { RANK: 'Published rank.', SCORE: 'Published score; lines without one last.', CITY: 'Code of the city.' },
);

/** Codes of warnings. */
export const WarningCodeEnum = defineEnum<WarningCode>('WarningCode', 'Kinds of warnings.', WARNING_MEANINGS);
