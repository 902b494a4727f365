// Made by `npm run client` from schema.graphql and operations/; do not edit.
/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How the parts under a node become its score. */
export type AggregationMethod =
  /** Adjusted Mazziotta–Pareto index. The Mazziotta–Pareto penalty on values of a fixed scale, so that scores of several years can be compared. Get the scale from the normalisation: GOALPOSTS with low 70, high 130 and the posts reference − Δ and reference + Δ, where reference is the value that shall be 100 and Δ half the range of the indicator over all cities and years. Values off that scale are scored all the same, with a warning. */
  | 'ADJUSTED_MAZZIOTTA_PARETO'
  /** ARAS. Additive ratio assessment: the weighted sum of each city’s shares, relative to that of an optimal city made of the best values. */
  | 'ARAS'
  /** Arithmetic mean. Weighted arithmetic mean: a deficit in one child is made up in full by a surplus in another. */
  | 'ARITHMETIC'
  /** Benefit of the doubt. Scores each city with its own most favourable weights by a linear programme (data envelopment analysis), so that no city can blame the weights. */
  | 'BENEFIT_OF_THE_DOUBT'
  /** Borda count. Each child gives a city a point for every city below it and half a point for every one level; the weighted mean of points counts. */
  | 'BORDA_COUNT'
  /** CoCoSo (combined compromise solution). Combines a weighted sum and a weighted product of min–max values by three appraisals and their mean. */
  | 'COCOSO'
  /** CODAS. Ranks by Euclidean distance from the worst values, and lets the Manhattan distance speak as well where two cities’ Euclidean distances are clearly apart. */
  | 'CODAS'
  /** Copeland. Compares cities in pairs by weighted majority of the children: a win is 1, a tie 0, a loss −1. Only the order of values counts. */
  | 'COPELAND'
  /** COPRAS. Complex proportional assessment: shares of each column’s total are summed for benefits and for costs apart, and a small sum of costs is rewarded in proportion. */
  | 'COPRAS'
  /** EDAS. Weighs how far a city lies on the good and on the bad side of each column’s average, relative to the average. */
  | 'EDAS'
  /** ELECTRE II. Outranking: a city stands before another if enough weight agrees (concordance) and no criterion objects too strongly (discordance). */
  | 'ELECTRE_II'
  /** ELECTRE III. Outranking with degrees: indifference, preference and veto thresholds give a credibility for every pair, from which two distillations draw a ranking. Weights are votes, not rates of exchange. */
  | 'ELECTRE_III'
  /** Geometric mean. Weighted geometric mean: a low value costs more than a high one of the same distance brings. A change of one child’s unit multiplies every complete city’s score by the same number, so it moves no rank among them. */
  | 'GEOMETRIC'
  /** Grey relational analysis. Grades cities by how closely their min–max profile follows that of an ideal city; near misses count most. */
  | 'GREY_RELATIONAL'
  /** Harmonic mean. Weighted harmonic mean: the least compensatory of the three classical means; a single very low value holds the score down whatever the others are. */
  | 'HARMONIC'
  /** Kemeny–Young. The ranking that agrees best with the weighted majorities of all pairs, exact; refused where more than 18 cities are entangled in cycles or ties. */
  | 'KEMENY_YOUNG'
  /** MABAC. Sums how far a city lies above or below a border in each column, the geometric mean of the weighted min–max values. */
  | 'MABAC'
  /** MAIRCA. Sums the gaps between theoretical ratings (the weights, shared equally by the cities) and real ones (min–max). */
  | 'MAIRCA'
  /** MARCOS. Compromise between a city’s utility relative to the ideal and relative to the anti-ideal city. */
  | 'MARCOS'
  /** Mazziotta–Pareto index. Weighted mean less a penalty for unbalanced children. Meant for values standardised to mean 100 and standard deviation 10 (Z_SCORE). Node weights enter the mean and the standard deviation alike; the authors weigh equally. */
  | 'MAZZIOTTA_PARETO'
  /** Mean–min function. Between the weighted mean and the minimum: the mean less a share of its distance to the city’s worst child. Weights enter the mean; a child of weight 0 is left out of the minimum too. */
  | 'MEAN_MINIMUM'
  /** Median. Weighted median: the value with half of the weight at or below it and half at or above it. Robust to one odd child, and blind to how far the others are. */
  | 'MEDIAN'
  /** Minimum. The score is the worst child’s: nothing makes up for it. Weights do not enter, but a child of weight 0 is left out. */
  | 'MINIMUM'
  /** MOORA (ratio system). Adds up each city’s weighted share of the column’s Euclidean length, benefits minus costs: compensatory, and blind to units. */
  | 'MOORA'
  /** MOORA (full multiplicative form). Product of the benefits over the product of the costs, as a logarithm; depends on each city’s own values only. */
  | 'MOORA_MULTIPLICATIVE'
  /** MOORA (reference point). Judges each city by its largest weighted shortfall from the best value found: no strength makes up for the worst weakness. */
  | 'MOORA_REFERENCE_POINT'
  /** MULTIMOORA. Sets MOORA’s ratio system, reference point and full multiplicative form against each other; the score counts the cities dominated in most of the three. */
  | 'MULTIMOORA'
  /** OCRA (operational competitiveness rating). Rates cities on costs and on benefits apart, by distance from the worst value in units of the smallest, then adds the two. */
  | 'OCRA'
  /** Ordered weighted average. Weighs a city’s values by their order, not by which child they belong to: from the mean of its best to the mean of its worst. Unequal node weights enter as importances (Torra’s WOWA); with equal ones this is Yager’s OWA. Missing children: the order weights are read as a function of the share of weight passed, so a city with some children missing is weighed by the same function over those it has. */
  | 'OWA'
  /** Power mean. Generalised mean with an exponent that sets how far a low value can be made up for: 1 is the arithmetic mean, 0 the geometric, −1 the harmonic, and lower ones near the minimum. A zero is refused where the exponent is 0 or less. */
  | 'POWER_MEAN'
  /** PROBID. Measures each city’s distance to a whole range of ideal solutions, from the best values down to the worst, and to the average. */
  | 'PROBID'
  /** PROMETHEE II. Compares every pair of cities criterion by criterion through a preference function, and ranks by how much a city is preferred to the others minus how much they are preferred to it. */
  | 'PROMETHEE_II'
  /** RAM. Root assessment: benefits are the base and costs the degree of a root, so that a surplus of one makes up for the other only in part. */
  | 'RAM'
  /** SPOTIS. Weighted distance to an ideal solution on the bounds of each criterion; free of rank reversal where the bounds are given. */
  | 'SPOTIS'
  /** TOPSIS. Ranks cities by how near they are to an ideal city made of the best values found and how far from one made of the worst. */
  | 'TOPSIS'
  /** VIKOR. Compromise ranking: weighs the sum of a city’s shortfalls from the best values (group utility) against its largest single one (regret). */
  | 'VIKOR'
  /** WASPAS. Blend of the weighted sum and the weighted product of values taken relative to the best in each column. */
  | 'WASPAS'
  /** Weighted product. Product of each column’s shares of its total, raised to the weights; costs enter by their reciprocals. */
  | 'WEIGHTED_PRODUCT'
  /** Wroclaw taxonomic distance. Euclidean distance to a city made of the best values found, relative to how large such distances are in the table. Needs children on one scale. */
  | 'WROCLAW';

/** How the nodes of a level and above, or one node, are computed. A rule for a node beats the one for its level. */
export type AggregationRuleInput = {
  /** MEAN_MINIMUM: Strength of the penalty: 0 gives the mean; 1 with β = 0 gives the minimum. Allowed: ≥ 0, ≤ 1. Null or left out: 0.5. */
  readonly alpha?: number | null | undefined;
  /** OWA: Average only this many of the values at one end; at most the number of children. Not together with `orderWeights`. Allowed: ≥ 1. Null or left out: not used. */
  readonly atLeast?: number | null | undefined;
  /** MEAN_MINIMUM: How small imbalances count, in the unit of the values: 0 penalises every distance in proportion, a large value hardly penalises small ones. Allowed: ≥ 0. Null or left out: 1. */
  readonly beta?: number | null | undefined;
  /** ELECTRE_II: c₁: weight that must agree for a strong relation despite a discordance of up to d₁. Allowed: ≥ 0, ≤ 1. Null or left out: 0.65. */
  readonly concordanceHigh?: number | null | undefined;
  /** ELECTRE_II: c₃: weight that must agree for a weak relation. Allowed: ≥ 0, ≤ 1. Null or left out: 0.35. */
  readonly concordanceLow?: number | null | undefined;
  /** ELECTRE_II: c₂: weight that must agree for a strong relation with a discordance of up to d₂. Allowed: ≥ 0, ≤ 1. Null or left out: 0.5. */
  readonly concordanceMedium?: number | null | undefined;
  /** PROMETHEE_II: Preference functions of single criteria; a threshold left out is taken from the method. Criteria that are not under the node are passed over. Null or left out: not used. */
  readonly criteria?: ReadonlyArray<PrometheeCriterion> | null | undefined;
  /** MAZZIOTTA_PARETO: POPULATION divides by the number of children, as the authors do; SAMPLE by one less, as Compind ships it. Null or left out: "POPULATION". */
  readonly deviation?: VarianceDivisor | null | undefined;
  /** BENEFIT_OF_THE_DOUBT: How much of each child, in order, makes up one step towards the frontier (rates of substitution); 1 each where left out. Read with `variant` DIRECTIONAL only. Allowed: ≥ 0. Null or left out: not used. */
  readonly direction?: ReadonlyArray<number> | null | undefined;
  /** ELECTRE_II: d₁: the largest objection that any relation bears, as a share of the range. Allowed: ≥ 0, ≤ 1. Null or left out: 0.65. */
  readonly discordanceHigh?: number | null | undefined;
  /** ELECTRE_II: d₂: the largest objection that a strong relation with less agreement bears. Allowed: ≥ 0, ≤ 1. Null or left out: 0.35. */
  readonly discordanceLow?: number | null | undefined;
  /** ELECTRE_II: Whether an objection is relative to its own column’s range, or to the largest range of all, for columns already on one scale. Null or left out: "OWN". */
  readonly discordanceRange?: ElectreDiscordanceRange | null | undefined;
  /** ELECTRE_III: Constant of the discrimination threshold s(λ): how far apart two credibilities must be to differ. Allowed: > 0, ≤ 1. Null or left out: 0.3. */
  readonly discriminationIntercept?: number | null | undefined;
  /** ELECTRE_III: Slope of the discrimination threshold s(λ); the intercept and the slope add to more than 0. Allowed: ≥ -1, ≤ 0. Null or left out: -0.15. */
  readonly discriminationSlope?: number | null | undefined;
  /** GREY_RELATIONAL: Distinguishing coefficient ζ: the smaller, the more a distance from the ideal costs. Allowed: > 0, ≤ 1. Null or left out: 0.5. */
  readonly distinguishing?: number | null | undefined;
  /** OWA: Which end `atLeast` counts from: a city’s worst values or its best. Read with `atLeast` only. Null or left out: "SMALLEST". */
  readonly end?: OrderedEnd | null | undefined;
  /** SPOTIS: The ideal value of each child, in order, inside its bounds. Left out: the better bound. Null or left out: not used. */
  readonly expected?: ReadonlyArray<number> | null | undefined;
  /** ELECTRE_II: Which cities are free: those that none outranks strongly, and among them those that none of them outranks weakly; or those that none outranks in either way. Null or left out: "STRONG_THEN_WEAK". */
  readonly exploitation?: ElectreExploitation | null | undefined;
  /** POWER_MEAN: The exponent p, any finite number. The limits at plus and minus infinity, maximum and minimum, are not taken: use MINIMUM. Required. */
  readonly exponent?: number | null | undefined;
  /** PROBID: PROBID, or sPROBID with the top and bottom quarters of the ideals only. Null or left out: "ALL". */
  readonly idealRange?: ProbidIdealRange | null | undefined;
  /** ELECTRE_III: Indifference threshold: a deficit up to it does not count. Allowed: ≥ 0. Null or left out: 0. */
  readonly indifference?: number | null | undefined;
  /** COCOSO: Weight of the sum against the product in the third appraisal. Allowed: ≥ 0, ≤ 1. Null or left out: 0.5. WASPAS: Share of the weighted sum: 1 is the sum alone, 0 the product alone. Allowed: ≥ 0, ≤ 1. Null or left out: 0.5. */
  readonly lambda?: number | null | undefined;
  /** 1 is the nodes just above the indicators. Null or left out: the rule is for a node. */
  readonly level?: number | null | undefined;
  /** SPOTIS: Lower bound of each child, in order, on the scale of the values that are aggregated; with `upperBounds`. Left out: the smallest values found. Null or left out: not used. */
  readonly lowerBounds?: ReadonlyArray<number> | null | undefined;
  /** BENEFIT_OF_THE_DOUBT: Largest share of a city’s score that each child may make up; 1 where left out. Read with `variant` CONSTRAINED only. Allowed: ≥ 0, ≤ 1. Null or left out: not used. */
  readonly maximumShare?: number | null | undefined;
  /** The method; `methods` says what each does and which of the parameters it reads. */
  readonly method: AggregationMethod;
  /** TOPSIS: Distance to the ideal and the anti-ideal city. Null or left out: "EUCLIDEAN". */
  readonly metric?: TopsisMetric | null | undefined;
  /** Smallest share of the parts that a city must have there, 0 to 1. Null or left out: 0. */
  readonly minimumAvailability?: number | null | undefined;
  /** BENEFIT_OF_THE_DOUBT: Least share of a city’s score that each child makes up; 0 where left out. Read with `variant` CONSTRAINED only. Allowed: ≥ 0, ≤ 1. Null or left out: not used. */
  readonly minimumShare?: number | null | undefined;
  /** Code of a node. Null or left out: the rule is for a level. */
  readonly node?: string | null | undefined;
  /** ARAS: Whether the optimal city counts in the column sums, as in the paper. Null or left out: "INCLUDED". */
  readonly optimalRow?: ArasOptimalRow | null | undefined;
  /** OWA: Weights by position, that of the largest value first, one for each child of the node; only their ratios matter. Not together with `atLeast`. Allowed: ≥ 0. Null or left out: not used. */
  readonly orderWeights?: ReadonlyArray<number> | null | undefined;
  /** What is aggregated. Null or left out: CHILDREN. */
  readonly over?: AggregationScope | null | undefined;
  /** PROMETHEE_II: Preference threshold: a larger difference counts in full. Read with `preferenceFunction` V_SHAPE or LEVEL or V_SHAPE_INDIFFERENCE, or `criteria` only. Allowed: ≥ 0. Null or left out: not used. */
  readonly p?: number | null | undefined;
  /** ADJUSTED_MAZZIOTTA_PARETO, MAZZIOTTA_PARETO: POSITIVE subtracts the penalty, for an index where more is better; NEGATIVE adds it, for an index where more is worse. Null or left out: "POSITIVE". */
  readonly penalty?: MazziottaParetoPenalty | null | undefined;
  /** ELECTRE_III: Preference threshold: from this deficit on a criterion no longer agrees at all. Allowed: ≥ 0. Null or left out: 0. */
  readonly preference?: number | null | undefined;
  /** PROMETHEE_II: How a difference between two cities turns into a preference from 0 to 1. Null or left out: "USUAL". */
  readonly preferenceFunction?: PreferenceFunction | null | undefined;
  /** PROMETHEE_II: Indifference threshold: a difference up to it does not count. Read with `preferenceFunction` U_SHAPE or LEVEL or V_SHAPE_INDIFFERENCE, or `criteria` only. Allowed: ≥ 0. Null or left out: not used. */
  readonly q?: number | null | undefined;
  /** PROMETHEE_II: Difference at the inflection of the function. Read with `preferenceFunction` GAUSSIAN, or `criteria` only. Allowed: > 0. Null or left out: not used. */
  readonly s?: number | null | undefined;
  /** TOPSIS: How columns are made comparable before they are weighted; VECTOR is the original. Null or left out: "VECTOR". */
  readonly scaling?: TopsisScaling | null | undefined;
  /** CODAS: Difference of Euclidean distances from which Manhattan distances count; 0.01 to 0.05 by the authors. Allowed: ≥ 0. Null or left out: 0.02. */
  readonly tau?: number | null | undefined;
  /** ELECTRE_III: Whether thresholds are in the units of the column or multiples of its standard deviation. Null or left out: "VALUE". PROMETHEE_II: Whether thresholds are in the units of the column or multiples of its standard deviation. Read with `preferenceFunction` U_SHAPE or V_SHAPE or LEVEL or V_SHAPE_INDIFFERENCE or GAUSSIAN, or `criteria` only. Null or left out: "VALUE". */
  readonly thresholdUnit?: ThresholdUnit | null | undefined;
  /** ELECTRE_III: Thresholds of single criteria; one left out is taken from the method. Criteria that are not under the node are passed over. Null or left out: not used. */
  readonly thresholds?: ReadonlyArray<ElectreThresholds> | null | undefined;
  /** SPOTIS: Upper bound of each child, in order; with `lowerBounds`. Left out: the largest values found. Null or left out: not used. */
  readonly upperBounds?: ReadonlyArray<number> | null | undefined;
  /** VIKOR: Weight of group utility against individual regret: 1 is majority rule, 0 is least regret. Allowed: ≥ 0, ≤ 1. Null or left out: 0.5. */
  readonly v?: number | null | undefined;
  /** BENEFIT_OF_THE_DOUBT: PLAIN: any weights; CONSTRAINED: each child’s share of the score is limited; DIRECTIONAL: shortfall along a direction. Null or left out: "PLAIN". */
  readonly variant?: BenefitOfTheDoubtVariant | null | undefined;
  /** ELECTRE_III: Veto threshold: a deficit from which a criterion alone forbids outranking; none if left out. Allowed: ≥ 0. Null or left out: not used. */
  readonly veto?: number | null | undefined;
  /** MOORA_MULTIPLICATIVE: Whether weights are exponents of the values, or factors before them (which moves no rank). Null or left out: "EXPONENTS". MULTIMOORA: How weights enter the full multiplicative form: exponents of the values, or factors before them (which moves no rank). Null or left out: "EXPONENTS". */
  readonly weightsAs?: MultiplicativeWeights | null | undefined;
};

/** What a node is computed from. */
export type AggregationScope =
  /** The nodes just below it. */
  | 'CHILDREN'
  /** All indicators below it at once, with their effective weights. */
  | 'LEAVES';

/** A choice that a method offers; see the parameters of this type. */
export type ArasOptimalRow =
  /** Excluded; the parameter says what it does. */
  | 'EXCLUDED'
  /** Included; the parameter says what it does. */
  | 'INCLUDED';

/** A choice that a method offers; see the parameters of this type. */
export type BenefitOfTheDoubtVariant =
  /** Constrained; the parameter says what it does. */
  | 'CONSTRAINED'
  /** Directional; the parameter says what it does. */
  | 'DIRECTIONAL'
  /** Plain; the parameter says what it does. */
  | 'PLAIN';

/** A choice that a method offers; see the parameters of this type. */
export type CategoricalThresholds =
  /** Percentiles; the parameter says what it does. */
  | 'PERCENTILES'
  /** Values; the parameter says what it does. */
  | 'VALUES';

/** How likely the alternatives of each stage are. */
export type ChoiceProbabilitiesInput = {
  /** Of aggregation, adding to 1, in the order of `choices`. Null or left out: all alternatives alike. */
  readonly aggregate?: ReadonlyArray<number> | null | undefined;
  /** Of imputation, adding to 1, in the order of `choices`. Null or left out: all alternatives alike. */
  readonly impute?: ReadonlyArray<number> | null | undefined;
  /** Of normalisation, adding to 1, in the order of `choices`. Null or left out: all alternatives alike. */
  readonly normalise?: ReadonlyArray<number> | null | undefined;
  /** Of treatment, adding to 1, in the order of `choices`. Null or left out: all alternatives alike. */
  readonly treat?: ReadonlyArray<number> | null | undefined;
  /** Of weighting, adding to 1, in the order of `choices`. Null or left out: all alternatives alike. */
  readonly weight?: ReadonlyArray<number> | null | undefined;
};

/** Ways in which the stages of a recipe could have been taken. */
export type ChoicesInput = {
  /** Aggregation, each alternative a list of rules: 1 to 20 alternatives; the recipe's own takes part only when listed. Null or left out: as in the recipe. */
  readonly aggregate?: ReadonlyArray<ReadonlyArray<AggregationRuleInput>> | null | undefined;
  /** Imputation: 1 to 20 alternatives; the recipe's own takes part only when listed. Null or left out: as in the recipe. */
  readonly impute?: ReadonlyArray<ImputationInput> | null | undefined;
  /** Normalisation: 1 to 20 alternatives; the recipe's own takes part only when listed. Null or left out: as in the recipe. */
  readonly normalise?: ReadonlyArray<NormalisationInput> | null | undefined;
  /** Treatment: 1 to 20 alternatives; the recipe's own takes part only when listed. Null or left out: as in the recipe. */
  readonly treat?: ReadonlyArray<TreatmentInput> | null | undefined;
  /** Weighting: 1 to 20 alternatives; the recipe's own takes part only when listed. Null or left out: as in the recipe. */
  readonly weight?: ReadonlyArray<WeightingInput> | null | undefined;
};

/** Cities that satisfy every condition given. A value that no city has matches nothing. */
export type CityFilterInput = {
  /** City codes. Null or left out: any; an empty list: none. */
  readonly codes?: ReadonlyArray<string> | null | undefined;
  /** Province codes. Null or left out: any; an empty list: none. */
  readonly provinces?: ReadonlyArray<string> | null | undefined;
  /** Text that the code or a name in any language contains, without regard to case and accents; no character is a wildcard. Null or left out: any. */
  readonly text?: string | null | undefined;
  /** Tiers, such as `first`. Null or left out: any; an empty list: none. */
  readonly tiers?: ReadonlyArray<string> | null | undefined;
};

/** Which cities are meant: those that satisfy every condition given. */
export type CitySelectionInput = {
  /** City codes. Null or left out: any; an empty list: none. */
  readonly codes?: ReadonlyArray<string> | null | undefined;
  /** Province codes. Null or left out: any; an empty list: none. */
  readonly provinces?: ReadonlyArray<string> | null | undefined;
  /** Tiers, such as `first`. Null or left out: any; an empty list: none. */
  readonly tiers?: ReadonlyArray<string> | null | undefined;
};

/** A choice that a method offers; see the parameters of this type. */
export type CorrelationKind =
  /** Kendall; the parameter says what it does. */
  | 'KENDALL'
  /** Pearson; the parameter says what it does. */
  | 'PEARSON'
  /** Spearman; the parameter says what it does. */
  | 'SPEARMAN';

/** Divides one indicator by another. */
export type DenominationInput = {
  /** Code of the indicator to divide by. Null or left out: the indicator's own denominator. */
  readonly by?: string | null | undefined;
  /** Code of the indicator. */
  readonly indicator: string;
  /** Factor of the quotient, above 0. Null or left out: 1. */
  readonly scale?: number | null | undefined;
};

/** Which end of an indicator is the good one. */
export type Direction =
  /** More is better. */
  | 'HIGHER_BETTER'
  /** Less is better. */
  | 'LOWER_BETTER';

/** A choice that a method offers; see the parameters of this type. */
export type ElectreDiscordanceRange =
  /** Largest; the parameter says what it does. */
  | 'LARGEST'
  /** Own; the parameter says what it does. */
  | 'OWN';

/** A choice that a method offers; see the parameters of this type. */
export type ElectreExploitation =
  /** Joint; the parameter says what it does. */
  | 'JOINT'
  /** Strong then weak; the parameter says what it does. */
  | 'STRONG_THEN_WEAK';

/** Thresholds of single criteria; one left out is taken from the method. Criteria that are not under the node are passed over. */
export type ElectreThresholds = {
  /** Indifference threshold of this criterion. Allowed: ≥ 0. Null or left out: not used. */
  readonly indifference?: number | null | undefined;
  /** The criterion: a child of the node. Required. */
  readonly node: string;
  /** Preference threshold of this criterion. Allowed: ≥ 0. Null or left out: not used. */
  readonly preference?: number | null | undefined;
  /** Veto threshold: a deficit from which a criterion alone forbids outranking; none if left out. Allowed: ≥ 0. Null or left out: not used. */
  readonly veto?: number | null | undefined;
};

/** Limits within which missing values of an indicator may lie. */
export type FillLimitInput = {
  /** Largest value, in the indicator's unit. */
  readonly high: number;
  /** Code of the indicator. */
  readonly indicator: string;
  /** Smallest value, in the indicator's unit. */
  readonly low: number;
};

/** Limits of missing values whose indicator has none named. */
export type FillLimits =
  /** The indicator's own goalposts. */
  | 'GOALPOSTS'
  /** The range of the scored cities' values. */
  | 'OBSERVED';

/** What filling a gap does to treatment and normalisation. */
export type FillStatistics =
  /** Nothing: they stay as fitted on the observed values. */
  | 'HELD'
  /** They are fitted anew, so that a fill may move the scores of other cities. */
  | 'REFITTED';

/** How missing values are filled in. */
export type ImputationInput = {
  /** GROUP_MEAN, GROUP_MEDIAN: Grouping whose groups are averaged, such as the tier or the province of a city. Required. */
  readonly by?: string | null | undefined;
  /** LATEST: Where there is no earlier value, take the earliest later one. Null or left out: false. */
  readonly carryBackward?: boolean | null | undefined;
  /** K_NEAREST_NEIGHBOURS: Whether the neighbours count equally or by 1 / distance. Null or left out: "UNIFORM". */
  readonly distanceWeights?: NeighbourWeights | null | undefined;
  /** LATEST: How many calendar years old a value may be; no limit when left out. Allowed: ≥ 1, ≤ 1000. Null or left out: not used. */
  readonly maximumYears?: number | null | undefined;
  /** The method; `methods` says what each does and which of the parameters it reads. */
  readonly method: ImputationMethod;
  /** K_NEAREST_NEIGHBOURS: How many cities to average. Allowed: ≥ 1, ≤ 10000. Null or left out: 5. */
  readonly neighbours?: number | null | undefined;
  /** K_NEAREST_NEIGHBOURS: Measure distances on z-scores (sample standard deviation), so that units do not matter; without it on natural values, where the indicator with the largest numbers decides. Null or left out: true. */
  readonly standardise?: boolean | null | undefined;
  /** CONSTANT: Value to fill with, on the natural scale. Required. */
  readonly value?: number | null | undefined;
};

/** How missing values are filled in. */
export type ImputationMethod =
  /** Constant. Fills every missing value with one stated value on the natural scale, such as 0 where a gap means that there is none. It fills the gaps of every indicator. */
  | 'CONSTANT'
  /** Mean of the group. Fills a missing value with the mean of the indicator over the cities of the same group, such as the same tier. A city in no group, or whose group has no value, keeps its gap. */
  | 'GROUP_MEAN'
  /** Median of the group. Fills a missing value with the median of the indicator over the cities of the same group, such as the same tier. A city in no group, or whose group has no value, keeps its gap. */
  | 'GROUP_MEDIAN'
  /** K nearest neighbours. Fills a gap with the mean of the indicator over the `neighbours` cities that have it and are nearest on the indicators that both have. */
  | 'K_NEAREST_NEIGHBOURS'
  /** Latest earlier value. Fills a gap with the city’s own latest earlier observation of the indicator, if it is not older than a limit. */
  | 'LATEST'
  /** Linear in time. Fills a gap from the straight line between the city’s nearest earlier and nearest later observation of the indicator. A gap before the first or after the last one stays. */
  | 'LINEAR'
  /** Linear in time with held ends. As linear in time; a gap before the city’s first observation of the indicator gets the first, one after the last gets the last. */
  | 'LINEAR_HELD_ENDS'
  /** Mean of the indicator. Fills a missing value with the mean of the indicator over all cities of the table. Shrinks the variance; use it for few gaps. */
  | 'MEAN'
  /** Median of the indicator. Fills a missing value with the median of the indicator over all cities of the table. Less drawn by outliers than the mean. */
  | 'MEDIAN'
  /** No imputation. Leaves missing values missing; nodes are then computed from the children that are there, within the stated availability. */
  | 'NONE'
  /** Mean of the city within the dimension. Fills a gap by where the city stands on its other indicators of the same dimension, scaled back to the unit of the missing one. A city without any of them keeps its gap. */
  | 'ROW_MEAN'
  /** Median of the city within the dimension. Fills a gap by where the city stands on its other indicators of the same dimension, scaled back to the unit of the missing one. A city without any of them keeps its gap. */
  | 'ROW_MEDIAN';

/** What a job works out. */
export type JobKind =
  /** Ranks by every combination of alternatives. */
  | 'MULTIVERSE'
  /** What each change of the recipe does by itself. */
  | 'ONE_AT_A_TIME'
  /** Best and worst rank of each city whatever the missing values are. */
  | 'RANK_BOUNDS'
  /** Whose order turns round when a third city is left out. */
  | 'RANK_REVERSALS'
  /** How much of the variance of ranks each choice and each weight is responsible for. */
  | 'SOBOL'
  /** How sure each rank is, by Monte Carlo. */
  | 'UNCERTAINTY'
  /** In which range each weight may move while an order stays the same. */
  | 'WEIGHT_STABILITY';

/** Where a job is in its life. The last three are final. */
export type JobState =
  /** Somebody ended it, or the server stopped. */
  | 'CANCELLED'
  /** It has a result. */
  | 'DONE'
  /** It has none, for the reasons in `errors`. */
  | 'FAILED'
  /** It waits for others to end. */
  | 'QUEUED'
  /** It is being worked on. */
  | 'RUNNING';

/** Language of a name. */
export type Language =
  /** English. */
  | 'EN'
  /** French. */
  | 'FR'
  /** Chinese (simplified). */
  | 'ZH';

/** Leaves out one node, each of them equally likely; a node that is left out has a weight of 0. Screening, treatment and normalisation stay as with it. */
export type LeaveOutInput = {
  /** Probability that nothing is left out, 0 to 1. */
  readonly keepAll?: number;
  /** Codes of the nodes. Null or left out: every indicator. */
  readonly nodes?: ReadonlyArray<string> | null | undefined;
};

/** Nodes that are left out, each by itself; a node that is left out has a weight of 0. Screening, treatment and normalisation stay as with it. */
export type LeftOutInput = {
  /** Codes of the nodes. Null or left out: every indicator. */
  readonly nodes?: ReadonlyArray<string> | null | undefined;
};

/** How the weights under the nodes of one level are drawn. */
export type LevelWeightDrawInput = {
  /** For DIRICHLET, which needs it: above 0; the larger, the closer to the recipe. Null or left out: none. */
  readonly concentration?: number | null | undefined;
  /** Level of the nodes whose children's weights are drawn; 1 is the nodes just above the indicators. */
  readonly level: number;
  /** The distribution. */
  readonly method: WeightDraw;
  /** For SHARE, which needs it: above 0, at most 1. Null or left out: none. */
  readonly share?: number | null | undefined;
};

/** A choice that a method offers; see the parameters of this type. */
export type LogTransform =
  /** Ct; the parameter says what it does. */
  | 'CT'
  /** Ct plus; the parameter says what it does. */
  | 'CT_PLUS'
  /** Gii; the parameter says what it does. */
  | 'GII'
  /** Original; the parameter says what it does. */
  | 'ORIGINAL'
  /** Signed; the parameter says what it does. */
  | 'SIGNED';

/** A choice that a method offers; see the parameters of this type. */
export type MazziottaParetoPenalty =
  /** Negative; the parameter says what it does. */
  | 'NEGATIVE'
  /** Positive; the parameter says what it does. */
  | 'POSITIVE';

/** A choice that a method offers; see the parameters of this type. */
export type MultiplicativeWeights =
  /** Coefficients; the parameter says what it does. */
  | 'COEFFICIENTS'
  /** Exponents; the parameter says what it does. */
  | 'EXPONENTS';

/** What a multiverse varies. */
export type MultiverseInput = {
  /** The alternatives; every combination is ranked. */
  readonly choices: ChoicesInput;
};

/** A choice that a method offers; see the parameters of this type. */
export type NeighbourWeights =
  /** Distance; the parameter says what it does. */
  | 'DISTANCE'
  /** Uniform; the parameter says what it does. */
  | 'UNIFORM';

/** The weight of one node among its siblings. */
export type NodeWeightInput = {
  /** Code of the node. */
  readonly node: string;
  /** At least 0; only the ratio between siblings matters. */
  readonly weight: number;
};

/** How observed values vary. */
export type NoiseDistribution =
  /** Normal: stored bounds are the ends of a 95 % interval, `share` is a standard deviation relative to the value. */
  | 'NORMAL'
  /** Even: between stored bounds, or up to `share` of the value either way. */
  | 'UNIFORM';

/** How observed values vary, each by itself and never across 0. Gaps stay gaps. */
export type NoiseInput = {
  /** The distribution. */
  readonly distribution?: NoiseDistribution;
  /** For values without bounds: 0 to 1 of the value; 0 leaves them as they were observed, which is refused where nothing varies then. */
  readonly share?: number;
  /** Whether the bounds stored with observations are used where there are any. */
  readonly useBounds?: boolean;
};

/** Where the statistics of the normalisation are taken from, so that scores can be compared over time. */
export type NormalisationBasisInput = {
  /** Version of a release. Null or left out: the ranked one. */
  readonly release?: string | null | undefined;
  /** Years whose cities are pooled. Null or left out: the ranked year. */
  readonly years?: ReadonlyArray<number> | null | undefined;
};

/** How indicators are put on a common scale. */
export type NormalisationInput = {
  /** Where the statistics are taken from. Null or left out: the ranked cities and year. */
  readonly basis?: NormalisationBasisInput | null | undefined;
  /** DISTANCE_TO_REFERENCE: Hold the score of cities better than the reference at its own. Null or left out: true. DISTANCE_TO_TARGET: Hold the score of cities beyond the target at 1. Null or left out: true. GOALPOSTS: Hold scores of values beyond a post at `low` or `high`; without it they go on past it. Null or left out: true. */
  readonly cap?: boolean | null | undefined;
  /** Z_SCORE: Divide the sum of squares by n − 1 (`SAMPLE`) or by n (`POPULATION`). Null or left out: "SAMPLE". */
  readonly divisor?: VarianceDivisor | null | undefined;
  /** CATEGORICAL: Score of the best value; above `low`. Read with no `scores` only. Allowed: ≥ -1000000000, ≤ 1000000000. Null or left out: 100. GOALPOSTS, LOGISTIC, MIN_MAX, PERCENTILE_RANK: Score of the best value; above `low`. Allowed: ≥ -1000000000, ≤ 1000000000. Null or left out: 100. */
  readonly high?: number | null | undefined;
  /** GOALPOSTS: Take the natural logarithm of values and posts first; the posts must then be above 0. Null or left out: false. */
  readonly log?: boolean | null | undefined;
  /** CATEGORICAL: Score of the worst value. Read with no `scores` only. Allowed: ≥ -1000000000, ≤ 1000000000. Null or left out: 0. GOALPOSTS, LOGISTIC, MIN_MAX, PERCENTILE_RANK: Score of the worst value. Allowed: ≥ -1000000000, ≤ 1000000000. Null or left out: 0. */
  readonly low?: number | null | undefined;
  /** GOALPOSTS: Lower post on the natural scale of the indicator; when left out, the indicator’s own lower goalpost. Null or left out: not used. */
  readonly lower?: number | null | undefined;
  /** ROBUST_Z, Z_SCORE: Score of a city at the centre. Allowed: ≥ -1000000000, ≤ 1000000000. Null or left out: 0. */
  readonly mean?: number | null | undefined;
  /** The method; `methods` says what each does and which of the parameters it reads. */
  readonly method: NormalisationMethod;
  /** Rules for some indicators. Null or left out: one rule for all. */
  readonly overrides?: ReadonlyArray<NormalisationOverrideInput> | null | undefined;
  /** DISTANCE_TO_REFERENCE: Code of the reference city, which must have a value better than the worst. Required. */
  readonly reference?: string | null | undefined;
  /** CATEGORICAL: Score of each class, lowest values first, one more than thresholds; never falling for a benefit, never rising for a cost. Allowed: ≥ -1000000000, ≤ 1000000000. Null or left out: not used. */
  readonly scores?: ReadonlyArray<number> | null | undefined;
  /** ROBUST_Z, Z_SCORE: Score points for one standard deviation. Allowed: > 0, ≤ 1000000000. Null or left out: 1. */
  readonly standardDeviation?: number | null | undefined;
  /** LOGISTIC: Slope of the curve at the mean; the higher, the sooner it flattens. Allowed: > 0, ≤ 100. Null or left out: 1. */
  readonly steepness?: number | null | undefined;
  /** DISTANCE_TO_TARGET: Target on the natural scale of the indicator, better than its worst value; when left out, the indicator’s own target. Null or left out: not used. */
  readonly target?: number | null | undefined;
  /** CATEGORICAL: Ascending thresholds between the classes; a value at a threshold belongs to the class above it. Required. */
  readonly thresholds?: ReadonlyArray<number> | null | undefined;
  /** CATEGORICAL: Whether thresholds are values on the natural scale of the indicator or percentiles (0 to 100) of the fitted column. Null or left out: "VALUES". */
  readonly thresholdsAre?: CategoricalThresholds | null | undefined;
  /** BORDA, RANK: Equal values all get the lowest of the ranks that they take up (`MINIMUM`) or the mean of them (`AVERAGE`). Null or left out: "MINIMUM". */
  readonly tied?: RankTies | null | undefined;
  /** GOALPOSTS: Upper post on the natural scale of the indicator, above the lower one; when left out, the indicator’s own upper goalpost. Null or left out: not used. */
  readonly upper?: number | null | undefined;
};

/** How indicators are put on a common scale. */
export type NormalisationMethod =
  /** Borda points. Gives each city one point for every city that it beats on the indicator, so the worst has 0. Summed over indicators this is the Borda count. */
  | 'BORDA'
  /** Categorical scale. Sorts values into classes by thresholds, on the natural scale or as percentiles of the column, and gives each class a score. Small differences within a class vanish. */
  | 'CATEGORICAL'
  /** Distance to the maximum. Scores each city by how near it comes to the best one, as a share of the range: the best has 1, the worst 0. */
  | 'DISTANCE_TO_MAXIMUM'
  /** Distance to a reference city. Scores each city against a reference city, which has 1; the worst city has 0 and cities better than the reference more than 1, or 1 with `cap`. */
  | 'DISTANCE_TO_REFERENCE'
  /** Distance to a target. Scores each city by the share of the way from the worst city to a policy target that it has behind it: the target is 1, the worst city 0; beyond the target more than 1, or 1 with `cap`. */
  | 'DISTANCE_TO_TARGET'
  /** Fraction of the maximum. Divides each value by the best one (a cost: the best one by the value), so that ratios keep their meaning and the best city has 1. For ratio scales only: it needs a positive maximum, and costs above 0. */
  | 'FRACTION_OF_MAXIMUM'
  /** Goalposts. Stretches each indicator linearly between two fixed posts, such as those of the Human Development Index, so that scores can be compared over years and tables. */
  | 'GOALPOSTS'
  /** Logistic. Passes the z-score through a logistic curve, so that scores stay between `low` and `high` and differences near the mean count most. */
  | 'LOGISTIC'
  /** Share of the largest magnitude. Divides each indicator by its largest absolute value, so that scores lie between −1 and 1 and 0 stays 0. Keeps ratios; a cost gets negative scores. */
  | 'MAX_ABS'
  /** Min–max. Stretches each indicator linearly so that its worst value becomes `low` and its best `high`. */
  | 'MIN_MAX'
  /** No normalisation. Leaves every indicator on its own scale. For indicators that are comparable already, and for whole-table methods that scale the columns themselves. */
  | 'NONE'
  /** Percentile rank. Scores each city by the share of the other cities that it beats on the indicator, from `low` to `high`. Indifferent to outliers and comparable between indicators with different numbers of gaps. */
  | 'PERCENTILE_RANK'
  /** Rank. Replaces each value by its ascending rank, so that the best city has the highest number. Indifferent to outliers; distances are lost. */
  | 'RANK'
  /** Robust z-score. As the z-score, with the median for the mean and the median absolute deviation for the standard deviation, so that outliers do not set the scale. */
  | 'ROBUST_Z'
  /** Share of the sum. Divides each indicator by its sum, so that the scores of a non-negative column add to 1. Keeps ratios; a cost gets negative scores. */
  | 'SUM'
  /** Vector. Divides each indicator by its Euclidean length, as TOPSIS does. Keeps ratios; a cost gets negative scores. */
  | 'VECTOR'
  /** Z-score. Shifts and stretches each indicator to a common mean and standard deviation. Extreme values keep their weight; scores have no fixed range. */
  | 'Z_SCORE';

/** A rule for some indicators that beats the one of the stage. */
export type NormalisationOverrideInput = {
  /** DISTANCE_TO_REFERENCE: Hold the score of cities better than the reference at its own. Null or left out: true. DISTANCE_TO_TARGET: Hold the score of cities beyond the target at 1. Null or left out: true. GOALPOSTS: Hold scores of values beyond a post at `low` or `high`; without it they go on past it. Null or left out: true. */
  readonly cap?: boolean | null | undefined;
  /** Z_SCORE: Divide the sum of squares by n − 1 (`SAMPLE`) or by n (`POPULATION`). Null or left out: "SAMPLE". */
  readonly divisor?: VarianceDivisor | null | undefined;
  /** CATEGORICAL: Score of the best value; above `low`. Read with no `scores` only. Allowed: ≥ -1000000000, ≤ 1000000000. Null or left out: 100. GOALPOSTS, LOGISTIC, MIN_MAX, PERCENTILE_RANK: Score of the best value; above `low`. Allowed: ≥ -1000000000, ≤ 1000000000. Null or left out: 100. */
  readonly high?: number | null | undefined;
  /** Codes of the indicators, at least one; each in one override only. */
  readonly indicators: ReadonlyArray<string>;
  /** GOALPOSTS: Take the natural logarithm of values and posts first; the posts must then be above 0. Null or left out: false. */
  readonly log?: boolean | null | undefined;
  /** CATEGORICAL: Score of the worst value. Read with no `scores` only. Allowed: ≥ -1000000000, ≤ 1000000000. Null or left out: 0. GOALPOSTS, LOGISTIC, MIN_MAX, PERCENTILE_RANK: Score of the worst value. Allowed: ≥ -1000000000, ≤ 1000000000. Null or left out: 0. */
  readonly low?: number | null | undefined;
  /** GOALPOSTS: Lower post on the natural scale of the indicator; when left out, the indicator’s own lower goalpost. Null or left out: not used. */
  readonly lower?: number | null | undefined;
  /** ROBUST_Z, Z_SCORE: Score of a city at the centre. Allowed: ≥ -1000000000, ≤ 1000000000. Null or left out: 0. */
  readonly mean?: number | null | undefined;
  /** The method. Null or left out: the one of the stage. */
  readonly method?: NormalisationMethod | null | undefined;
  /** DISTANCE_TO_REFERENCE: Code of the reference city, which must have a value better than the worst. Required. */
  readonly reference?: string | null | undefined;
  /** CATEGORICAL: Score of each class, lowest values first, one more than thresholds; never falling for a benefit, never rising for a cost. Allowed: ≥ -1000000000, ≤ 1000000000. Null or left out: not used. */
  readonly scores?: ReadonlyArray<number> | null | undefined;
  /** ROBUST_Z, Z_SCORE: Score points for one standard deviation. Allowed: > 0, ≤ 1000000000. Null or left out: 1. */
  readonly standardDeviation?: number | null | undefined;
  /** LOGISTIC: Slope of the curve at the mean; the higher, the sooner it flattens. Allowed: > 0, ≤ 100. Null or left out: 1. */
  readonly steepness?: number | null | undefined;
  /** DISTANCE_TO_TARGET: Target on the natural scale of the indicator, better than its worst value; when left out, the indicator’s own target. Null or left out: not used. */
  readonly target?: number | null | undefined;
  /** CATEGORICAL: Ascending thresholds between the classes; a value at a threshold belongs to the class above it. Required. */
  readonly thresholds?: ReadonlyArray<number> | null | undefined;
  /** CATEGORICAL: Whether thresholds are values on the natural scale of the indicator or percentiles (0 to 100) of the fitted column. Null or left out: "VALUES". */
  readonly thresholdsAre?: CategoricalThresholds | null | undefined;
  /** BORDA, RANK: Equal values all get the lowest of the ranks that they take up (`MINIMUM`) or the mean of them (`AVERAGE`). Null or left out: "MINIMUM". */
  readonly tied?: RankTies | null | undefined;
  /** GOALPOSTS: Upper post on the natural scale of the indicator, above the lower one; when left out, the indicator’s own upper goalpost. Null or left out: not used. */
  readonly upper?: number | null | undefined;
};

/** How far an observation can be trusted. */
export type ObservationStatus =
  /** Estimated by its publisher. */
  | 'ESTIMATED'
  /** Filled in by its publisher or compiler, not measured. */
  | 'IMPUTED'
  /** Known to be missing; the value is null. */
  | 'MISSING'
  /** As published, or computed from published figures. */
  | 'NORMAL'
  /** Published as provisional; a later release may revise it. */
  | 'PROVISIONAL'
  /** Kept and shown, but left out of rankings unless the recipe includes it. */
  | 'QUESTIONABLE';

/** What is changed, each by itself: stages, nodes left out, and weights. */
export type OneAtATimeInput = {
  /** Alternatives of stages of the recipe. Null or left out: the recipe stays as it is. */
  readonly choices?: ChoicesInput | null | undefined;
  /** Which nodes are left out. Null or left out: none. */
  readonly leaveOut?: LeftOutInput | null | undefined;
  /** Weights that vary; a node is named once. Null or left out: they stay as in the recipe. Each is taken at both ends. */
  readonly weights?: ReadonlyArray<WeightRangeInput> | null | undefined;
};

/** A choice that a method offers; see the parameters of this type. */
export type OrderedEnd =
  /** Largest; the parameter says what it does. */
  | 'LARGEST'
  /** Smallest; the parameter says what it does. */
  | 'SMALLEST';

/** One matrix for each node whose children are judged. */
export type PairwiseJudgementsInput = {
  /** Row by row how many times as important the row’s node is as the column’s (Saaty’s scale: 1 to 9 and their reciprocals); 1 on the diagonal, reciprocals across it. Allowed: ≥ 0.010101010101010102, ≤ 99. Required. */
  readonly matrix: ReadonlyArray<ReadonlyArray<number>>;
  /** The children of one node, all of them, in the order of the rows and columns. Required. */
  readonly nodes: ReadonlyArray<string>;
};

/** A choice that a method offers; see the parameters of this type. */
export type PcaWeightScheme =
  /** First component; the parameter says what it does. */
  | 'FIRST_COMPONENT'
  /** Rotated components; the parameter says what it does. */
  | 'ROTATED_COMPONENTS';

/** Which observations count. */
export type PeriodInput = {
  /** How many years back a value may be taken from, 0 to 100. Null or left out: 0, the exact year. */
  readonly latestWithinYears?: number | null | undefined;
  /** The year to rank. Null or left out: the methodology's, else the latest. */
  readonly year?: number | null | undefined;
};

/** A choice that a method offers; see the parameters of this type. */
export type PreferenceFunction =
  /** Gaussian; the parameter says what it does. */
  | 'GAUSSIAN'
  /** Level; the parameter says what it does. */
  | 'LEVEL'
  /** Usual; the parameter says what it does. */
  | 'USUAL'
  /** U shape; the parameter says what it does. */
  | 'U_SHAPE'
  /** V shape; the parameter says what it does. */
  | 'V_SHAPE'
  /** V shape indifference; the parameter says what it does. */
  | 'V_SHAPE_INDIFFERENCE';

/** A choice that a method offers; see the parameters of this type. */
export type ProbidIdealRange =
  /** All; the parameter says what it does. */
  | 'ALL'
  /** Quarters; the parameter says what it does. */
  | 'QUARTERS';

/** Preference functions of single criteria; a threshold left out is taken from the method. Criteria that are not under the node are passed over. */
export type PrometheeCriterion = {
  /** The criterion: a child of the node. Required. */
  readonly node: string;
  /** Preference threshold: a larger difference counts in full. Read with `preferenceFunction` V_SHAPE or LEVEL or V_SHAPE_INDIFFERENCE, or `criteria` only. Allowed: ≥ 0. Null or left out: not used. */
  readonly p?: number | null | undefined;
  /** The preference function of this criterion. Required. */
  readonly preferenceFunction: PreferenceFunction;
  /** Indifference threshold: a difference up to it does not count. Read with `preferenceFunction` U_SHAPE or LEVEL or V_SHAPE_INDIFFERENCE, or `criteria` only. Allowed: ≥ 0. Null or left out: not used. */
  readonly q?: number | null | undefined;
  /** Difference at the inflection of the function. Read with `preferenceFunction` GAUSSIAN, or `criteria` only. Allowed: > 0. Null or left out: not used. */
  readonly s?: number | null | undefined;
};

/** How gaps may be filled. */
export type RankBoundsInput = {
  /** Limits by indicator. Null or left out: none. */
  readonly limits?: ReadonlyArray<FillLimitInput> | null | undefined;
  /** Limits of the other indicators. */
  readonly otherLimits?: FillLimits;
  /** What a fill does to treatment and normalisation. HELD when left out: tighter bounds, mostly exact. */
  readonly statistics?: FillStatistics;
};

/** How scores become ranks. */
export type RankInput = {
  /** Decimals that scores are rounded to before they are ranked, 0 to 12; the scores shown stay unrounded. Null or left out: not rounded. */
  readonly decimals?: number | null | undefined;
  /** ORDINAL: A node of the framework, which may be an indicator or the root, whose unrounded score decides between tied cities: the better one first, a missing one last. Null or left out: not used. */
  readonly tieBreaker?: string | null | undefined;
  /** Ranks of cities with equal scores. Null or left out: COMPETITION. */
  readonly ties?: TieRule | null | undefined;
  /** Scores that differ by no more than this are equal, at least 0. Null or left out: 0. */
  readonly tolerance?: number | null | undefined;
};

/** Which cities are left out, each by itself. */
export type RankReversalsInput = {
  /** Codes of the cities to leave out, each by itself. Null or left out: every scored city. */
  readonly cities?: ReadonlyArray<string> | null | undefined;
  /** Most pairs listed for each, 0 to 100. */
  readonly listed?: number;
};

/** A choice that a method offers; see the parameters of this type. */
export type RankTies =
  /** Average; the parameter says what it does. */
  | 'AVERAGE'
  /** Minimum; the parameter says what it does. */
  | 'MINIMUM';

/** What a file of a ranking is. */
export type RankingFileFormat =
  /** BibTeX: the ranking and its sources. */
  | 'CITATION'
  /** The table as CSV (RFC 4180, UTF-8). */
  | 'CSV'
  /** The table as one JSON object with its columns described. */
  | 'JSON'
  /** The table as JSON lines, one object for each city. */
  | 'JSONL'
  /** JSON: the whole recipe, the release, warnings, columns with units, sources with their terms. */
  | 'METADATA'
  /** The table as Parquet. */
  | 'PARQUET'
  /** A page in Markdown: what the columns are, how the ranking is made again. */
  | 'README'
  /** The table as a workbook. */
  | 'XLSX';

/** What a ranking is to be made of; everything has a default. */
export type RankingInput = {
  /** Which cities are scored against one another. Null or left out: all of the release. */
  readonly cities?: CitySelectionInput | null | undefined;
  /** Code of a framework. Null or left out: that of the methodology. */
  readonly framework?: string | null | undefined;
  /** Code of a saved methodology. Null or left out: `default`, or where a framework is named, the first that is written for it. */
  readonly methodology?: string | null | undefined;
  /** Parts of a recipe that replace those of the methodology. Null or left out: none. */
  readonly recipe?: RecipeInput | null | undefined;
  /** Version of a release. Null or left out: the current one. */
  readonly release?: string | null | undefined;
  /** The year to rank; short for `recipe.period.year`. Null or left out: the recipe's, else the latest. */
  readonly year?: number | null | undefined;
};

/** Parts of a recipe. What is given replaces that part of the methodology; null or left out keeps it. */
export type RecipeInput = {
  /** How parts become scores, level by level. Null or left out: the methodology's. */
  readonly aggregate?: ReadonlyArray<AggregationRuleInput> | null | undefined;
  /** Which indicators are divided by which. Null or left out: the methodology's. */
  readonly denominate?: ReadonlyArray<DenominationInput> | null | undefined;
  /** Statuses whose observations are passed over. Null or left out: the methodology's. */
  readonly excludeStatuses?: ReadonlyArray<ObservationStatus> | null | undefined;
  /** Filling of gaps. Null or left out: the methodology's. */
  readonly impute?: ImputationInput | null | undefined;
  /** Putting indicators on a common scale. Null or left out: the methodology's. */
  readonly normalise?: NormalisationInput | null | undefined;
  /** Which observations count. Null or left out: the methodology's. */
  readonly period?: PeriodInput | null | undefined;
  /** How scores become ranks. Null or left out: the methodology's. */
  readonly rank?: RankInput | null | undefined;
  /** Which cities are ranked. Null or left out: the methodology's. */
  readonly screen?: ScreeningInput | null | undefined;
  /** Treatment of outliers. Null or left out: the methodology's. */
  readonly treat?: TreatmentInput | null | undefined;
  /** Weights. Null or left out: the methodology's. */
  readonly weight?: WeightingInput | null | undefined;
};

/** One analysis of a ranking: exactly one of these is given. */
export type RobustnessInput =
  {   /** As the field `multiverse`. Null or left out: another one is asked for. */
  readonly multiverse: MultiverseInput; readonly oneAtATime?: never; readonly rankBounds?: never; readonly rankReversals?: never; readonly sobol?: never; readonly uncertainty?: never; readonly weightStability?: never; }
  |  { readonly multiverse?: never;   /** As the field `oneAtATime`. Null or left out: another one is asked for. */
  readonly oneAtATime: OneAtATimeInput; readonly rankBounds?: never; readonly rankReversals?: never; readonly sobol?: never; readonly uncertainty?: never; readonly weightStability?: never; }
  |  { readonly multiverse?: never; readonly oneAtATime?: never;   /** As the field `rankBounds`. Null or left out: another one is asked for. */
  readonly rankBounds: RankBoundsInput; readonly rankReversals?: never; readonly sobol?: never; readonly uncertainty?: never; readonly weightStability?: never; }
  |  { readonly multiverse?: never; readonly oneAtATime?: never; readonly rankBounds?: never;   /** As the field `rankReversals`. Null or left out: another one is asked for. */
  readonly rankReversals: RankReversalsInput; readonly sobol?: never; readonly uncertainty?: never; readonly weightStability?: never; }
  |  { readonly multiverse?: never; readonly oneAtATime?: never; readonly rankBounds?: never; readonly rankReversals?: never;   /** As the field `sobol`. Null or left out: another one is asked for. */
  readonly sobol: SobolInput; readonly uncertainty?: never; readonly weightStability?: never; }
  |  { readonly multiverse?: never; readonly oneAtATime?: never; readonly rankBounds?: never; readonly rankReversals?: never; readonly sobol?: never;   /** As the field `uncertainty`. Null or left out: another one is asked for. */
  readonly uncertainty: UncertaintyInput; readonly weightStability?: never; }
  |  { readonly multiverse?: never; readonly oneAtATime?: never; readonly rankBounds?: never; readonly rankReversals?: never; readonly sobol?: never; readonly uncertainty?: never;   /** As the field `weightStability`. Null or left out: another one is asked for. */
  readonly weightStability: WeightStabilityInput; };

/** Which cities have enough data to be ranked. */
export type ScreeningInput = {
  /** Smallest share of the indicators that a city must have, 0 to 1. Null or left out: 0. */
  readonly minimumAvailability?: number | null | undefined;
};

/** What varies. */
export type SensitivityInputKind =
  /** A stage of the recipe, or which node is left out. */
  | 'CHOICE'
  /** The noise on the data, that of all values together. */
  | 'NOISE'
  /** The weight of a node. */
  | 'WEIGHT';

/** What variance is shared out among: stages, a node left out, weights, and noise on the data, all independent of each other. */
export type SobolInput = {
  /** Alternatives of stages of the recipe. Null or left out: the recipe stays as it is. */
  readonly choices?: ChoicesInput | null | undefined;
  /** Which node is left out, as one choice more. Null or left out: none. */
  readonly leaveOut?: LeaveOutInput | null | undefined;
  /** Level of the intervals, above 0 and below 1. */
  readonly level?: number;
  /** How observed values vary, that of all values together one input more. Weights from the data stay those of the data as observed. Null or left out: values stay as observed. */
  readonly noise?: NoiseInput | null | undefined;
  /** How likely the alternatives are. Null or left out: all of a stage alike. */
  readonly probabilities?: ChoiceProbabilitiesInput | null | undefined;
  /** Bootstrap resamples of the rows, 1 to 1000. */
  readonly resamples?: number;
  /** Rows N of the design, 2 to 10000; N (d + 2) rankings for d inputs. */
  readonly rows?: number;
  /** Of the design and of the resamples: a whole number from 0 to 2^53 - 1. The same seed gives the same answer to the last bit. */
  readonly seed?: number;
  /** Weights that vary; a node is named once. Null or left out: they stay as in the recipe. Evenly within their ranges. */
  readonly weights?: ReadonlyArray<WeightRangeInput> | null | undefined;
};

/** How an interval of a weight was found. */
export type StabilityMethod =
  /** Bisection: within 1e-9 of the change, or short of it where `note` says so. */
  | 'BISECTION'
  /** Roots of linear or quadratic equations, exact but for rounding. */
  | 'CLOSED_FORM'
  /** The question is not answered; `note` says why. */
  | 'NONE';

/** What is to stay the same while a weight moves. */
export type StabilityTarget =
  /** The order of all cities. */
  | 'ORDER'
  /** Which of two cities is above the other. */
  | 'PAIR'
  /** The set of the first `k` cities. */
  | 'TOP';

/** A stage of the pipeline, in order. */
export type Stage =
  /** Turns the parts under each node into its score. */
  | 'AGGREGATION'
  /** Divides indicators by others, such as population. */
  | 'DENOMINATION'
  /** Fills in missing values. */
  | 'IMPUTATION'
  /** Puts indicators on a common scale. */
  | 'NORMALISATION'
  /** Ranks the scores. */
  | 'RANKING'
  /** Deals with outliers. */
  | 'TREATMENT'
  /** Weighs the parts under each node. */
  | 'WEIGHTING';

/** A choice that a method offers; see the parameters of this type. */
export type ThresholdUnit =
  /** Standard deviation; the parameter says what it does. */
  | 'STANDARD_DEVIATION'
  /** Value; the parameter says what it does. */
  | 'VALUE';

/** Which ranks cities with equal scores get. */
export type TieRule =
  /** Competition ranks (1224). Tied cities share the best of the ranks that they take up; the next city’s rank counts them all. */
  | 'COMPETITION'
  /** Dense ranks (1223). Tied cities share a rank and the next rank is not skipped: the rank counts distinct scores, not cities. */
  | 'DENSE'
  /** Fractional ranks (1 2.5 2.5 4). Tied cities share the mean of the ranks that they take up, so ranks always add to n (n + 1) / 2. What rank correlations are computed from. */
  | 'FRACTIONAL'
  /** Modified competition ranks (1334). Tied cities share the worst of the ranks that they take up, so a rank of 3 says that two other cities are at least as good. */
  | 'MODIFIED_COMPETITION'
  /** Ordinal ranks (1234). Every city has a rank of its own. Ties are broken by the score of a node where the recipe names one, and what is still tied by city code, ascending by code unit: arbitrary, but the same on every machine and in every run. */
  | 'ORDINAL';

/** A choice that a method offers; see the parameters of this type. */
export type TopsisMetric =
  /** Euclidean; the parameter says what it does. */
  | 'EUCLIDEAN'
  /** Manhattan; the parameter says what it does. */
  | 'MANHATTAN';

/** A choice that a method offers; see the parameters of this type. */
export type TopsisScaling =
  /** Min max; the parameter says what it does. */
  | 'MIN_MAX'
  /** None; the parameter says what it does. */
  | 'NONE'
  /** Vector; the parameter says what it does. */
  | 'VECTOR';

/** How outliers are dealt with. */
export type TreatmentInput = {
  /** WINSORISE_THEN_LOG: Take the logarithm of the winsorised column rather than of the original one. Cells that were both moved and transformed are recorded as winsorised. Null or left out: false. */
  readonly combine?: boolean | null | undefined;
  /** WINSORISE: Go on to `maximumPoints` even where the column passes the test. Null or left out: false. */
  readonly force?: boolean | null | undefined;
  /** WINSORISE, WINSORISE_THEN_LOG: A column passes if its excess kurtosis is below this. Null or left out: 3.5. */
  readonly kurtosis?: number | null | undefined;
  /** BOX_COX: Exponent λ. Allowed: ≥ -5, ≤ 5. Null or left out: 0. */
  readonly lambda?: number | null | undefined;
  /** PERCENTILE_CLIP: Percentile (0 to 100) below which values are clipped; 0 clips none. Allowed: ≥ 0, ≤ 100. Null or left out: 2.5. */
  readonly lowerPercentile?: number | null | undefined;
  /** WINSORISE, WINSORISE_THEN_LOG: Winsorising stops when this many cities have been moved; tied cities move together, so the last step may go past it. Allowed: ≥ 1, ≤ 1000. Null or left out: 5. */
  readonly maximumPoints?: number | null | undefined;
  /** The method; `methods` says what each does and which of the parameters it reads. */
  readonly method: TreatmentMethod;
  /** Rules for some indicators. Null or left out: one rule for all. */
  readonly overrides?: ReadonlyArray<TreatmentOverrideInput> | null | undefined;
  /** BOX_COX: Shift the column so that its smallest value is 1; without it all values must be above 0. Null or left out: true. */
  readonly shift?: boolean | null | undefined;
  /** WINSORISE, WINSORISE_THEN_LOG: A column passes if the absolute value of its skewness is below this. Allowed: ≥ 0. Null or left out: 2. */
  readonly skewness?: number | null | undefined;
  /** LOG, WINSORISE_THEN_LOG: Which logarithm: CT shifts to a positive minimum (COIN Tool), CT_PLUS also mirrors a negatively skewed column, ORIGINAL adds 1 to the distance from the minimum, SIGNED is sign(x) ln(1 + |x|), GII that of the Global Innovation Index (the maximum must be above 1). Null or left out: "CT". */
  readonly transform?: LogTransform | null | undefined;
  /** PERCENTILE_CLIP: Percentile (0 to 100) above which values are clipped, above the lower one; 100 clips none. Allowed: ≥ 0, ≤ 100. Null or left out: 97.5. */
  readonly upperPercentile?: number | null | undefined;
};

/** How outliers are dealt with. */
export type TreatmentMethod =
  /** Box–Cox. Applies a power transform with exponent `lambda` to the whole column: 1 keeps its shape, 0.5 is like a square root, 0 a logarithm, below 0 pulls in still more. */
  | 'BOX_COX'
  /** Logarithm. Takes a logarithm of the whole column, so that ratios rather than differences count. For indicators that are skewed by nature, such as GDP; applied whether or not there are outliers. */
  | 'LOG'
  /** No treatment. Leaves every value as it is. */
  | 'NONE'
  /** Percentile clip. Sets values below the lower percentile to it and values above the upper percentile to it, whether or not the column has outliers. Keeps the unit of the indicator. */
  | 'PERCENTILE_CLIP'
  /** Winsorise. Where skewness and kurtosis show outliers, sets the most extreme value to the next one, again and again, until the column passes or the limit of points is reached. Keeps the unit of the indicator. */
  | 'WINSORISE'
  /** Winsorise, then logarithm. Winsorises a column that fails the outlier test; if it still fails, takes a logarithm of the original column instead (or of the winsorised one). Columns that pass are left as they are. */
  | 'WINSORISE_THEN_LOG';

/** A rule for some indicators that beats the one of the stage. */
export type TreatmentOverrideInput = {
  /** WINSORISE_THEN_LOG: Take the logarithm of the winsorised column rather than of the original one. Cells that were both moved and transformed are recorded as winsorised. Null or left out: false. */
  readonly combine?: boolean | null | undefined;
  /** WINSORISE: Go on to `maximumPoints` even where the column passes the test. Null or left out: false. */
  readonly force?: boolean | null | undefined;
  /** Codes of the indicators, at least one; each in one override only. */
  readonly indicators: ReadonlyArray<string>;
  /** WINSORISE, WINSORISE_THEN_LOG: A column passes if its excess kurtosis is below this. Null or left out: 3.5. */
  readonly kurtosis?: number | null | undefined;
  /** BOX_COX: Exponent λ. Allowed: ≥ -5, ≤ 5. Null or left out: 0. */
  readonly lambda?: number | null | undefined;
  /** PERCENTILE_CLIP: Percentile (0 to 100) below which values are clipped; 0 clips none. Allowed: ≥ 0, ≤ 100. Null or left out: 2.5. */
  readonly lowerPercentile?: number | null | undefined;
  /** WINSORISE, WINSORISE_THEN_LOG: Winsorising stops when this many cities have been moved; tied cities move together, so the last step may go past it. Allowed: ≥ 1, ≤ 1000. Null or left out: 5. */
  readonly maximumPoints?: number | null | undefined;
  /** The method. Null or left out: the one of the stage. */
  readonly method?: TreatmentMethod | null | undefined;
  /** BOX_COX: Shift the column so that its smallest value is 1; without it all values must be above 0. Null or left out: true. */
  readonly shift?: boolean | null | undefined;
  /** WINSORISE, WINSORISE_THEN_LOG: A column passes if the absolute value of its skewness is below this. Allowed: ≥ 0. Null or left out: 2. */
  readonly skewness?: number | null | undefined;
  /** LOG, WINSORISE_THEN_LOG: Which logarithm: CT shifts to a positive minimum (COIN Tool), CT_PLUS also mirrors a negatively skewed column, ORIGINAL adds 1 to the distance from the minimum, SIGNED is sign(x) ln(1 + |x|), GII that of the Global Innovation Index (the maximum must be above 1). Null or left out: "CT". */
  readonly transform?: LogTransform | null | undefined;
  /** PERCENTILE_CLIP: Percentile (0 to 100) above which values are clipped, above the lower one; 100 clips none. Allowed: ≥ 0, ≤ 100. Null or left out: 97.5. */
  readonly upperPercentile?: number | null | undefined;
};

/** What varies in an uncertainty analysis, and what it is to find. Something must vary: weights, values, or choices. */
export type UncertaintyInput = {
  /** Whether to find the weights that speak for each city, which `acceptability` needs. Up to twice the cost. */
  readonly acceptability?: boolean;
  /** Alternatives of stages of the recipe; a draw takes one of each. Weights are drawn around those of the weighting that it takes. Null or left out: the recipe stays as it is. */
  readonly choices?: ChoicesInput | null | undefined;
  /** Number of draws, 2 to 10000, and to 1000000 in a job. */
  readonly draws?: number;
  /** Which nodes are left out, one in each draw. Null or left out: none. */
  readonly leaveOut?: LeaveOutInput | null | undefined;
  /** How observed values vary. Null or left out: they stay as observed. */
  readonly noise?: NoiseInput | null | undefined;
  /** Whether to count how often each city is above each other, which `tiers`, `pairs` and `probabilityAbove` need. */
  readonly pairs?: boolean;
  /** Percentiles of rank and score, as shares from 0 to 1; at most 20. */
  readonly percentiles?: ReadonlyArray<number>;
  /** How likely the alternatives are. Null or left out: all of a stage alike. */
  readonly probabilities?: ChoiceProbabilitiesInput | null | undefined;
  /** A whole number from 0 to 2^53 - 1. The same seed gives the same answer to the last bit. */
  readonly seed?: number;
  /** How weights are drawn. Null or left out: they stay as in the recipe. */
  readonly weights?: WeightDrawInput | null | undefined;
};

/** Why a selected city has no rank. */
export type UnrankedReason =
  /** Fewer indicators are available than the recipe asks for. */
  | 'BELOW_AVAILABILITY'
  /** A part of the index that the recipe requires is missing. */
  | 'INCOMPLETE'
  /** No indicator of the framework has a usable observation for it. */
  | 'NO_DATA';

/** A choice that a method offers; see the parameters of this type. */
export type VarianceDivisor =
  /** Population; the parameter says what it does. */
  | 'POPULATION'
  /** Sample; the parameter says what it does. */
  | 'SAMPLE';

/** Kinds of warnings. */
export type WarningCode =
  /** All values are equal, so the rule of the method for constants was used. */
  | 'CONSTANT_COLUMN'
  /** No city has a value; the indicator takes no part and the weights of its siblings are rescaled. */
  | 'EMPTY_COLUMN'
  /** A data-driven weighting found nothing to tell the columns apart, so weights are equal. */
  | 'EQUAL_DATA_WEIGHTS'
  /** Anything else that a method has to say about its result. */
  | 'METHOD_NOTE'
  /** A column still fails the outlier test after treatment. */
  | 'TREATMENT_INSUFFICIENT'
  /** A value beyond a goalpost was capped. */
  | 'TRUNCATED'
  /** A node was computed from the children present, their weights rescaled. */
  | 'WEIGHTS_RESCALED'
  /** A ratio over zero was taken as missing. */
  | 'ZERO_DENOMINATOR';

/** How the weights of siblings are drawn. */
export type WeightDraw =
  /** Dirichlet around the weights of the recipe, the closer the larger `concentration`. */
  | 'DIRICHLET'
  /** Each weight of the recipe up to `share` of it more or less, evenly, before siblings are made to add to 1. */
  | 'SHARE'
  /** Every division among siblings is equally likely, whatever the weights of the recipe. */
  | 'SIMPLEX';

/** How weights are drawn: by one `method`, or `byLevel`. Weights that are not drawn stay as in the recipe. */
export type WeightDrawInput = {
  /** A rule of its own for each level whose weights are drawn, each level once; nothing else is given beside it. Null or left out: `method` holds. */
  readonly byLevel?: ReadonlyArray<LevelWeightDrawInput> | null | undefined;
  /** For DIRICHLET, which needs it: above 0; the larger, the closer to the recipe. Null or left out: none. */
  readonly concentration?: number | null | undefined;
  /** For `method`: levels of the nodes whose children's weights are drawn; 1 is the nodes just above the indicators. Null or left out: all. */
  readonly levels?: ReadonlyArray<number> | null | undefined;
  /** The distribution. Null or left out: `byLevel` is given in its place. */
  readonly method?: WeightDraw | null | undefined;
  /** For SHARE, which needs it: above 0, at most 1. Null or left out: none. */
  readonly share?: number | null | undefined;
};

/** Weights that vary, each by itself, before siblings are made to add to 1. */
export type WeightRangeInput = {
  /** Codes of the nodes. Null or left out: every node that has siblings. */
  readonly nodes?: ReadonlyArray<string> | null | undefined;
  /** Up to this share of the weight more or less; above 0, at most 1. */
  readonly share: number;
};

/** What is to stay the same while a weight moves. */
export type WeightStabilityInput = {
  /** Codes of the two cities of a PAIR. Null or left out: none, as for the other targets. */
  readonly cities?: ReadonlyArray<string> | null | undefined;
  /** Number of first cities of a TOP. Null or left out: 1, the winner. */
  readonly k?: number | null | undefined;
  /** Codes of the nodes whose weight moves. Null or left out: all but the root. */
  readonly nodes?: ReadonlyArray<string> | null | undefined;
  /** What is to stay the same. */
  readonly target?: StabilityTarget;
};

/** How the parts under a node are weighed. */
export type WeightingInput = {
  /** CRITIC: Coefficient: Pearson’s, Spearman’s or Kendall’s τ-b. Null or left out: "PEARSON". */
  readonly correlation?: CorrelationKind | null | undefined;
  /** PCA: Further components are retained until together they explain this share. Read with `scheme` ROTATED_COMPONENTS only. Allowed: ≥ 0, ≤ 1. Null or left out: 0.6. */
  readonly cumulativeShare?: number | null | undefined;
  /** AHP: One matrix for each node whose children are judged. Null or left out: not used. */
  readonly judgements?: ReadonlyArray<PairwiseJudgementsInput> | null | undefined;
  /** AHP: Largest consistency ratio that is accepted. Allowed: ≥ 0. Null or left out: 0.1. */
  readonly maximumInconsistency?: number | null | undefined;
  /** BENEFIT_OF_THE_DOUBT: Largest share of a column in a city’s own score; at least 1 over the number of columns. Allowed: ≥ 0, ≤ 1. Null or left out: 1. */
  readonly maximumShare?: number | null | undefined;
  /** The method; `methods` says what each does and which of the parameters it reads. */
  readonly method: WeightingMethod;
  /** BENEFIT_OF_THE_DOUBT: Smallest share of a column in a city’s own score; at most 1 over the number of columns. Allowed: ≥ 0, ≤ 1. Null or left out: 0. PCA: Components that explain at least this share of the variance are retained. Read with `scheme` ROTATED_COMPONENTS only. Allowed: ≥ 0, ≤ 1. Null or left out: 0.1. */
  readonly minimumShare?: number | null | undefined;
  /** RANK_ORDER_CENTROID, RANK_SUM: Nodes from the most to the least important; each node’s children are read from it in that order. Where it names none of a node’s children, or is left out, their given weights set the order (equal ones tie). Null or left out: not used. */
  readonly order?: ReadonlyArray<string> | null | undefined;
  /** CRITIC, STANDARD_DEVIATION: Put each column on 0 … 1 by its own minimum and maximum first; false takes it as normalised. Null or left out: true. */
  readonly rescale?: boolean | null | undefined;
  /** PCA: Squared loadings of the first component, or those of several rotated components weighed by the variance they explain (OECD Handbook). Null or left out: "FIRST_COMPONENT". */
  readonly scheme?: PcaWeightScheme | null | undefined;
  /** Weights that replace those of the framework. Null or left out: the framework's. */
  readonly weights?: ReadonlyArray<NodeWeightInput> | null | undefined;
};

/** How the parts under a node are weighed. */
export type WeightingMethod =
  /** Analytic hierarchy process. Weights from pairwise judgements of importance: the principal eigenvector of the matrix. Refused where the judgements contradict each other beyond a limit; below it a warning states their consistency ratio. A node without a matrix of its own keeps its given weights. */
  | 'AHP'
  /** Balanced. Reads the given weights as importances and finds weights under which the children’s correlations with their weighted sum are in proportion to them, or as nearly as weights of at least 0 can make them. Correlations are taken pair by pair over the cities that have both; a constant column gets 0. */
  | 'BALANCED'
  /** Benefit of the doubt (mean of optimal weights). Finds for each city the weights most favourable to it, and gives every city the mean of them. Without limits many cities choose a single column; share limits keep the choice reasonable. Values must not be negative (above 0 with a smallest share); cities with a missing value choose no weights and set no limit. Optimal weights need not be unique: those that the simplex method reaches from the columns in code order and the cities in order of their values are taken. */
  | 'BENEFIT_OF_THE_DOUBT'
  /** CRITIC. A column weighs more the more it varies and the less it goes along with the others. Missing values are passed over column by column for the deviations and pair by pair for the correlations; a constant column gets 0. */
  | 'CRITIC'
  /** Entropy. A column weighs more the less evenly its sum is spread over the cities. Values must not be negative; missing ones are passed over, each column by its own number of cities; a constant column gets 0. */
  | 'ENTROPY'
  /** Equal weights. Gives every child of a node the same weight, whatever the tree says. The usual choice where there is no ground for another. */
  | 'EQUAL'
  /** Gini coefficient. A column weighs more the more unequally it is spread over the cities. Values must not be negative; missing ones are passed over; a constant column gets 0. */
  | 'GINI'
  /** Given weights. Uses the weights stored with the framework, replaced by those that the recipe names. */
  | 'GIVEN'
  /** Equal indicators through the hierarchy. Each child weighs as much as the number of indicators below it, so that every indicator has the same effective weight in the index, however the dimensions are cut. EQUAL, by contrast, makes the dimensions equal and the indicators of a large one light. */
  | 'HIERARCHICAL'
  /** LOPCOW (logarithmic percentage change). A column weighs more the further its root mean square is from its standard deviation, which keeps the weights closer together than entropy does. A constant column gets 0. */
  | 'LOPCOW'
  /** MEREC. A column weighs more the more the cities’ overall performance changes when it is left out. Values must be above 0, and weights rest on ratios to the column’s smallest value. A city with missing values is judged by those it has; a column’s effect is the mean over the cities that have it. */
  | 'MEREC'
  /** Principal components. Weighs columns by what principal components of their correlation matrix say they share. Squared loadings are used, so weights are never negative and no sign is arbitrary; a column that loads on the component against the others still gets weight, with a warning. Correlations are taken pair by pair over the cities that have both; a constant column gets 0. */
  | 'PCA'
  /** Rank-order centroid. Weights from an order of importance alone: the centre of all weights that respect it. Falls steeply from the first to the last. */
  | 'RANK_ORDER_CENTROID'
  /** Rank sum. Weights from an order of importance alone, falling by the same step from each child to the next. */
  | 'RANK_SUM'
  /** Standard deviation. A column weighs more the more it varies between cities. Missing values are passed over; a constant column gets 0. */
  | 'STANDARD_DEVIATION';

export type UncertaintyQueryVariables = Exact<{
  input: UncertaintyInput;
  ranking?: RankingInput | null | undefined;
}>;


export type UncertaintyQuery = { readonly ranking: { readonly digest: string, readonly robustness: { readonly uncertainty: { readonly draws: number, readonly seed: number, readonly meanShift: number | null, readonly columns: { readonly cityCodes: ReadonlyArray<string>, readonly nominalRanks: ReadonlyArray<number | null>, readonly rank: { readonly means: ReadonlyArray<number | null>, readonly meanErrors: ReadonlyArray<number | null>, readonly deviations: ReadonlyArray<number | null>, readonly percentiles: ReadonlyArray<{ readonly share: number, readonly values: ReadonlyArray<number | null>, readonly errors: ReadonlyArray<number | null> }> }, readonly first: { readonly values: ReadonlyArray<number>, readonly errors: ReadonlyArray<number> } | null } } | null } } | null };

export type UncertaintyFoundFragment = { readonly draws: number, readonly seed: number, readonly meanShift: number | null, readonly columns: { readonly cityCodes: ReadonlyArray<string>, readonly nominalRanks: ReadonlyArray<number | null>, readonly rank: { readonly means: ReadonlyArray<number | null>, readonly meanErrors: ReadonlyArray<number | null>, readonly deviations: ReadonlyArray<number | null>, readonly percentiles: ReadonlyArray<{ readonly share: number, readonly values: ReadonlyArray<number | null>, readonly errors: ReadonlyArray<number | null> }> }, readonly first: { readonly values: ReadonlyArray<number>, readonly errors: ReadonlyArray<number> } | null } };

export type PairsAndTiersQueryVariables = Exact<{
  input: UncertaintyInput;
  level?: number;
  first?: number;
  ranking?: RankingInput | null | undefined;
}>;


export type PairsAndTiersQuery = { readonly ranking: { readonly digest: string, readonly robustness: { readonly uncertainty: { readonly tiers: ReadonlyArray<ReadonlyArray<string>> | null, readonly pairs: { readonly cityCodes: ReadonlyArray<string>, readonly values: ReadonlyArray<ReadonlyArray<number>>, readonly errors: ReadonlyArray<ReadonlyArray<number>> } | null } | null } } | null };

export type AcceptabilityQueryVariables = Exact<{
  input: UncertaintyInput;
  nodes?: ReadonlyArray<string> | string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  ranking?: RankingInput | null | undefined;
}>;


export type AcceptabilityQuery = { readonly ranking: { readonly digest: string, readonly robustness: { readonly uncertainty: { readonly cities: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly cityCode: string, readonly nominalRank: number | null, readonly rankDistribution: ReadonlyArray<{ readonly rank: number, readonly value: number, readonly error: number }>, readonly acceptability: { readonly firstDraws: number, readonly reason: string | null, readonly centralWeights: ReadonlyArray<{ readonly node: string, readonly weight: number, readonly error: number | null }> | null, readonly confidenceFactor: { readonly value: number, readonly error: number, readonly draws: number } | null } | null }> } | null } | null } } | null };

export type SobolQueryVariables = Exact<{
  input: SobolInput;
  first?: number | null | undefined;
  after?: string | null | undefined;
  ranking?: RankingInput | null | undefined;
}>;


export type SobolQuery = { readonly ranking: { readonly digest: string, readonly robustness: { readonly sobol: { readonly rows: number, readonly runs: number, readonly seed: number, readonly level: number, readonly meanShift: { readonly variance: number, readonly indices: ReadonlyArray<{ readonly kind: SensitivityInputKind, readonly input: string, readonly first: number, readonly firstLow: number, readonly firstHigh: number, readonly total: number, readonly totalLow: number, readonly totalHigh: number }> }, readonly cities: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly cityCode: string, readonly nominalRank: number, readonly variance: number, readonly indices: ReadonlyArray<{ readonly kind: SensitivityInputKind, readonly input: string, readonly first: number, readonly firstLow: number, readonly firstHigh: number, readonly total: number, readonly totalLow: number, readonly totalHigh: number }> }> } | null } | null } } | null };

export type SobolFoundFragment = { readonly rows: number, readonly runs: number, readonly seed: number, readonly level: number, readonly meanShift: { readonly variance: number, readonly indices: ReadonlyArray<{ readonly kind: SensitivityInputKind, readonly input: string, readonly first: number, readonly firstLow: number, readonly firstHigh: number, readonly total: number, readonly totalLow: number, readonly totalHigh: number }> }, readonly cities: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly cityCode: string, readonly nominalRank: number, readonly variance: number, readonly indices: ReadonlyArray<{ readonly kind: SensitivityInputKind, readonly input: string, readonly first: number, readonly firstLow: number, readonly firstHigh: number, readonly total: number, readonly totalLow: number, readonly totalHigh: number }> }> } | null };

export type SobolIndexFieldsFragment = { readonly kind: SensitivityInputKind, readonly input: string, readonly first: number, readonly firstLow: number, readonly firstHigh: number, readonly total: number, readonly totalLow: number, readonly totalHigh: number };

export type OneAtATimeQueryVariables = Exact<{
  input: OneAtATimeInput;
  ranking?: RankingInput | null | undefined;
}>;


export type OneAtATimeQuery = { readonly ranking: { readonly digest: string, readonly robustness: { readonly oneAtATime: { readonly cityCodes: ReadonlyArray<string>, readonly nominalRanks: ReadonlyArray<number | null>, readonly influence: ReadonlyArray<{ readonly input: string, readonly meanShift: number }>, readonly changes: ReadonlyArray<{ readonly kind: SensitivityInputKind, readonly input: string, readonly change: string, readonly meanShift: number | null, readonly largestShift: number | null, readonly mostShifted: string | null, readonly winners: ReadonlyArray<string>, readonly ranks: ReadonlyArray<number | null> | null, readonly refused: string | null }> } | null } } | null };

export type OneAtATimeFoundFragment = { readonly cityCodes: ReadonlyArray<string>, readonly nominalRanks: ReadonlyArray<number | null>, readonly influence: ReadonlyArray<{ readonly input: string, readonly meanShift: number }>, readonly changes: ReadonlyArray<{ readonly kind: SensitivityInputKind, readonly input: string, readonly change: string, readonly meanShift: number | null, readonly largestShift: number | null, readonly mostShifted: string | null, readonly winners: ReadonlyArray<string>, readonly ranks: ReadonlyArray<number | null> | null, readonly refused: string | null }> };

export type MultiverseQueryVariables = Exact<{
  choices: ChoicesInput;
  codes?: ReadonlyArray<string> | string | null | undefined;
  ranking?: RankingInput | null | undefined;
}>;


export type MultiverseQuery = { readonly ranking: { readonly digest: string, readonly robustness: { readonly multiverse: { readonly combinations: number, readonly refused: ReadonlyArray<{ readonly alternatives: ReadonlyArray<string>, readonly reason: string }>, readonly influence: ReadonlyArray<{ readonly choice: string, readonly first: number, readonly total: number }>, readonly cities: ReadonlyArray<{ readonly city: string, readonly best: number | null, readonly worst: number | null, readonly median: number | null, readonly firstPlaces: number }> | null } | null } } | null };

export type MultiverseFoundFragment = { readonly combinations: number, readonly refused: ReadonlyArray<{ readonly alternatives: ReadonlyArray<string>, readonly reason: string }>, readonly influence: ReadonlyArray<{ readonly choice: string, readonly first: number, readonly total: number }>, readonly cities: ReadonlyArray<{ readonly city: string, readonly best: number | null, readonly worst: number | null, readonly median: number | null, readonly firstPlaces: number }> | null };

export type WeightStabilityQueryVariables = Exact<{
  target?: StabilityTarget;
  k?: number | null | undefined;
  cities?: ReadonlyArray<string> | string | null | undefined;
  nodes?: ReadonlyArray<string> | string | null | undefined;
  ranking?: RankingInput | null | undefined;
}>;


export type WeightStabilityQuery = { readonly ranking: { readonly digest: string, readonly robustness: { readonly weightStability: ReadonlyArray<{ readonly node: string, readonly weight: number, readonly method: StabilityMethod, readonly note: string | null, readonly interval: { readonly low: { readonly weight: number, readonly cities: ReadonlyArray<string> | null }, readonly high: { readonly weight: number, readonly cities: ReadonlyArray<string> | null } } | null }> | null } } | null };

export type WeightStabilityFoundFragment = { readonly node: string, readonly weight: number, readonly method: StabilityMethod, readonly note: string | null, readonly interval: { readonly low: { readonly weight: number, readonly cities: ReadonlyArray<string> | null }, readonly high: { readonly weight: number, readonly cities: ReadonlyArray<string> | null } } | null };

export type RankBoundsQueryVariables = Exact<{
  limits?: ReadonlyArray<FillLimitInput> | FillLimitInput | null | undefined;
  otherLimits?: FillLimits;
  statistics?: FillStatistics;
  ranking?: RankingInput | null | undefined;
}>;


export type RankBoundsQuery = { readonly ranking: { readonly digest: string, readonly robustness: { readonly rankBounds: { readonly exact: boolean, readonly columns: { readonly cityCodes: ReadonlyArray<string>, readonly ranks: ReadonlyArray<number | null>, readonly best: ReadonlyArray<number | null>, readonly worst: ReadonlyArray<number | null>, readonly low: ReadonlyArray<number | null>, readonly high: ReadonlyArray<number | null>, readonly gaps: ReadonlyArray<number> }, readonly indicators: ReadonlyArray<{ readonly indicator: string, readonly gaps: number, readonly low: number, readonly high: number, readonly exact: boolean, readonly reason: string }> } | null } } | null };

export type RankBoundsFoundFragment = { readonly exact: boolean, readonly columns: { readonly cityCodes: ReadonlyArray<string>, readonly ranks: ReadonlyArray<number | null>, readonly best: ReadonlyArray<number | null>, readonly worst: ReadonlyArray<number | null>, readonly low: ReadonlyArray<number | null>, readonly high: ReadonlyArray<number | null>, readonly gaps: ReadonlyArray<number> }, readonly indicators: ReadonlyArray<{ readonly indicator: string, readonly gaps: number, readonly low: number, readonly high: number, readonly exact: boolean, readonly reason: string }> };

export type RankReversalsQueryVariables = Exact<{
  cities?: ReadonlyArray<string> | string | null | undefined;
  listed?: number;
  ranking?: RankingInput | null | undefined;
}>;


export type RankReversalsQuery = { readonly ranking: { readonly digest: string, readonly robustness: { readonly rankReversals: ReadonlyArray<{ readonly city: string, readonly rank: number | null, readonly reversals: number, readonly winnerChanges: boolean, readonly lostOrGained: number, readonly pairs: ReadonlyArray<{ readonly above: string, readonly below: string, readonly ranks: ReadonlyArray<number> }> }> | null } } | null };

export type RankReversalFoundFragment = { readonly city: string, readonly rank: number | null, readonly reversals: number, readonly winnerChanges: boolean, readonly lostOrGained: number, readonly pairs: ReadonlyArray<{ readonly above: string, readonly below: string, readonly ranks: ReadonlyArray<number> }> };

export type CitiesQueryVariables = Exact<{
  filter?: CityFilterInput | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  release?: string | null | undefined;
}>;


export type CitiesQuery = { readonly cities: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly code: string, readonly name: string, readonly tier: string | null, readonly provinceCode: string | null, readonly latitude: number | null, readonly longitude: number | null, readonly names: { readonly en: string | null, readonly zh: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type FrameworkQueryVariables = Exact<{
  code: string;
  release?: string | null | undefined;
}>;


export type FrameworkQuery = { readonly framework: { readonly id: string, readonly code: string, readonly name: string, readonly nodes: ReadonlyArray<{ readonly id: string, readonly code: string, readonly parentCode: string | null, readonly name: string, readonly weight: number, readonly depth: number, readonly indicator: { readonly id: string, readonly code: string, readonly name: string, readonly unit: string | null, readonly direction: Direction | null } | null }> } | null };

export type MethodologiesQueryVariables = Exact<{
  release?: string | null | undefined;
}>;


export type MethodologiesQuery = { readonly methodologies: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly code: string, readonly name: string, readonly recipe: unknown }> } | null };

export type MethodsQueryVariables = Exact<{
  stage?: Stage | null | undefined;
}>;


export type MethodsQuery = { readonly methods: ReadonlyArray<{ readonly id: string, readonly code: string, readonly stage: Stage, readonly title: string, readonly summary: string, readonly parameters: ReadonlyArray<{ readonly name: string, readonly type: string, readonly description: string, readonly default: unknown, readonly required: boolean, readonly min: number | null, readonly max: number | null, readonly values: ReadonlyArray<string> | null }> }> };

export type ReleasesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ReleasesQuery = { readonly releases: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly version: string, readonly digest: string, readonly publishedAt: string, readonly cityCount: number, readonly indicatorCount: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type NodeQueryVariables = Exact<{
  id: string;
}>;


export type NodeQuery = { readonly node:
    | { readonly __typename: 'City', readonly code: string, readonly name: string, readonly id: string }
    | { readonly __typename: 'Framework', readonly id: string }
    | { readonly __typename: 'FrameworkNode', readonly id: string }
    | { readonly __typename: 'Indicator', readonly code: string, readonly name: string, readonly id: string }
    | { readonly __typename: 'Initiative', readonly id: string }
    | { readonly __typename: 'Method', readonly id: string }
    | { readonly __typename: 'Methodology', readonly id: string }
    | { readonly __typename: 'Observation', readonly id: string }
    | { readonly __typename: 'PublishedRanking', readonly id: string }
    | { readonly __typename: 'Ranking', readonly digest: string, readonly id: string }
    | { readonly __typename: 'Release', readonly version: string, readonly id: string }
    | { readonly __typename: 'Source', readonly id: string }
   | null };

export type ExplainQueryVariables = Exact<{
  city: string;
  input?: RankingInput | null | undefined;
}>;


export type ExplainQuery = { readonly explain: { readonly rank: number | null, readonly score: number | null, readonly city: { readonly id: string, readonly code: string, readonly name: string }, readonly nodes: ReadonlyArray<{ readonly node: string, readonly depth: number, readonly score: number | null, readonly rank: number | null, readonly weight: number, readonly effectiveWeight: number, readonly contributions: ReadonlyArray<{ readonly value: number, readonly indicator: { readonly id: string, readonly code: string, readonly name: string } }> }> } | null };

export type CompareCitiesQueryVariables = Exact<{
  codes: ReadonlyArray<string> | string;
  input?: RankingInput | null | undefined;
}>;


export type CompareCitiesQuery = { readonly compareCities: { readonly cities: ReadonlyArray<{ readonly rank: number | null, readonly score: number | null, readonly city: { readonly id: string, readonly code: string, readonly name: string } }>, readonly nodes: ReadonlyArray<{ readonly node: string, readonly depth: number, readonly frameworkNode: { readonly id: string, readonly name: string }, readonly cities: ReadonlyArray<{ readonly score: number | null, readonly rank: number | null, readonly city: { readonly id: string, readonly code: string } }> }> } | null };

export type RankHistoryQueryVariables = Exact<{
  cities: ReadonlyArray<string> | string;
  years: ReadonlyArray<number> | number;
  input?: RankingInput | null | undefined;
}>;


export type RankHistoryQuery = { readonly rankHistory: { readonly years: ReadonlyArray<number>, readonly node: string, readonly cities: ReadonlyArray<{ readonly city: { readonly id: string, readonly code: string, readonly name: string }, readonly years: ReadonlyArray<{ readonly year: number, readonly rank: number | null, readonly score: number | null, readonly ranked: number, readonly reason: string | null }> }> } | null };

export type EstimateRobustnessQueryVariables = Exact<{
  ranking?: RankingInput | null | undefined;
  input: RobustnessInput;
}>;


export type EstimateRobustnessQuery = { readonly ranking: { readonly robustness: { readonly estimate: { readonly cellOperations: number, readonly draws: number | null, readonly drawLimit: number | null, readonly jobDrawLimit: number | null, readonly expectedSeconds: number, readonly withinBudget: boolean, readonly budget: number, readonly withinJobBudget: boolean, readonly jobBudget: number } | null } } | null };

export type JobStateFragment = { readonly id: string, readonly kind: JobKind, readonly state: JobState, readonly secondsLeft: number | null, readonly progress: { readonly done: number, readonly total: number } | null, readonly errors: ReadonlyArray<{ readonly path: string, readonly code: string, readonly message: string }> };

export type StartRobustnessMutationVariables = Exact<{
  ranking?: RankingInput | null | undefined;
  input: RobustnessInput;
}>;


export type StartRobustnessMutation = { readonly startRobustness: { readonly job: { readonly id: string, readonly kind: JobKind, readonly state: JobState, readonly secondsLeft: number | null, readonly progress: { readonly done: number, readonly total: number } | null, readonly errors: ReadonlyArray<{ readonly path: string, readonly code: string, readonly message: string }> } | null, readonly userErrors: ReadonlyArray<{ readonly path: string, readonly code: string, readonly message: string, readonly value: unknown, readonly allowed: string | null }> } };

export type JobProgressSubscriptionVariables = Exact<{
  id: string;
}>;


export type JobProgressSubscription = { readonly jobProgress: { readonly id: string, readonly kind: JobKind, readonly state: JobState, readonly secondsLeft: number | null, readonly progress: { readonly done: number, readonly total: number } | null, readonly errors: ReadonlyArray<{ readonly path: string, readonly code: string, readonly message: string }> } };

export type CancelJobMutationVariables = Exact<{
  id: string;
}>;


export type CancelJobMutation = { readonly cancelJob: { readonly job: { readonly id: string, readonly kind: JobKind, readonly state: JobState, readonly secondsLeft: number | null, readonly progress: { readonly done: number, readonly total: number } | null, readonly errors: ReadonlyArray<{ readonly path: string, readonly code: string, readonly message: string }> } | null, readonly userErrors: ReadonlyArray<{ readonly path: string, readonly code: string, readonly message: string }> } };

export type RobustnessOfJobQueryVariables = Exact<{
  id: string;
  codes?: ReadonlyArray<string> | string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RobustnessOfJobQuery = { readonly job: { readonly id: string, readonly kind: JobKind, readonly state: JobState, readonly secondsLeft: number | null, readonly result: { readonly digest: string, readonly uncertainty: { readonly draws: number, readonly seed: number, readonly meanShift: number | null, readonly columns: { readonly cityCodes: ReadonlyArray<string>, readonly nominalRanks: ReadonlyArray<number | null>, readonly rank: { readonly means: ReadonlyArray<number | null>, readonly meanErrors: ReadonlyArray<number | null>, readonly deviations: ReadonlyArray<number | null>, readonly percentiles: ReadonlyArray<{ readonly share: number, readonly values: ReadonlyArray<number | null>, readonly errors: ReadonlyArray<number | null> }> }, readonly first: { readonly values: ReadonlyArray<number>, readonly errors: ReadonlyArray<number> } | null } } | null, readonly multiverse: { readonly combinations: number, readonly refused: ReadonlyArray<{ readonly alternatives: ReadonlyArray<string>, readonly reason: string }>, readonly influence: ReadonlyArray<{ readonly choice: string, readonly first: number, readonly total: number }>, readonly cities: ReadonlyArray<{ readonly city: string, readonly best: number | null, readonly worst: number | null, readonly median: number | null, readonly firstPlaces: number }> | null } | null, readonly rankBounds: { readonly exact: boolean, readonly columns: { readonly cityCodes: ReadonlyArray<string>, readonly ranks: ReadonlyArray<number | null>, readonly best: ReadonlyArray<number | null>, readonly worst: ReadonlyArray<number | null>, readonly low: ReadonlyArray<number | null>, readonly high: ReadonlyArray<number | null>, readonly gaps: ReadonlyArray<number> }, readonly indicators: ReadonlyArray<{ readonly indicator: string, readonly gaps: number, readonly low: number, readonly high: number, readonly exact: boolean, readonly reason: string }> } | null, readonly rankReversals: ReadonlyArray<{ readonly city: string, readonly rank: number | null, readonly reversals: number, readonly winnerChanges: boolean, readonly lostOrGained: number, readonly pairs: ReadonlyArray<{ readonly above: string, readonly below: string, readonly ranks: ReadonlyArray<number> }> }> | null, readonly weightStability: ReadonlyArray<{ readonly node: string, readonly weight: number, readonly method: StabilityMethod, readonly note: string | null, readonly interval: { readonly low: { readonly weight: number, readonly cities: ReadonlyArray<string> | null }, readonly high: { readonly weight: number, readonly cities: ReadonlyArray<string> | null } } | null }> | null, readonly sobol: { readonly rows: number, readonly runs: number, readonly seed: number, readonly level: number, readonly meanShift: { readonly variance: number, readonly indices: ReadonlyArray<{ readonly kind: SensitivityInputKind, readonly input: string, readonly first: number, readonly firstLow: number, readonly firstHigh: number, readonly total: number, readonly totalLow: number, readonly totalHigh: number }> }, readonly cities: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly cityCode: string, readonly nominalRank: number, readonly variance: number, readonly indices: ReadonlyArray<{ readonly kind: SensitivityInputKind, readonly input: string, readonly first: number, readonly firstLow: number, readonly firstHigh: number, readonly total: number, readonly totalLow: number, readonly totalHigh: number }> }> } | null } | null, readonly oneAtATime: { readonly cityCodes: ReadonlyArray<string>, readonly nominalRanks: ReadonlyArray<number | null>, readonly influence: ReadonlyArray<{ readonly input: string, readonly meanShift: number }>, readonly changes: ReadonlyArray<{ readonly kind: SensitivityInputKind, readonly input: string, readonly change: string, readonly meanShift: number | null, readonly largestShift: number | null, readonly mostShifted: string | null, readonly winners: ReadonlyArray<string>, readonly ranks: ReadonlyArray<number | null> | null, readonly refused: string | null }> } | null } | null, readonly progress: { readonly done: number, readonly total: number } | null, readonly errors: ReadonlyArray<{ readonly path: string, readonly code: string, readonly message: string }> } | null };

export type RankedRowFragment = { readonly rank: number | null, readonly score: number | null, readonly availability: number, readonly city: { readonly id: string, readonly code: string, readonly name: string, readonly tier: string | null } };

export type RankingQueryVariables = Exact<{
  input?: RankingInput | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  language?: Language;
}>;


export type RankingQuery = { readonly ranking: { readonly id: string, readonly digest: string, readonly year: number, readonly release: { readonly id: string, readonly version: string }, readonly warnings: ReadonlyArray<{ readonly code: WarningCode, readonly message: string, readonly node: string | null, readonly indicator: string | null }>, readonly rows: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly rank: number | null, readonly score: number | null, readonly availability: number, readonly city: { readonly id: string, readonly code: string, readonly name: string, readonly tier: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }, readonly unranked: ReadonlyArray<{ readonly code: UnrankedReason, readonly reason: string, readonly city: { readonly id: string, readonly code: string, readonly name: string } }> } | null };

export type RankingColumnsQueryVariables = Exact<{
  input?: RankingInput | null | undefined;
}>;


export type RankingColumnsQuery = { readonly ranking: { readonly id: string, readonly digest: string, readonly year: number, readonly columns: { readonly cityCodes: ReadonlyArray<string>, readonly ranks: ReadonlyArray<number | null>, readonly scores: ReadonlyArray<number | null>, readonly nodes: ReadonlyArray<{ readonly node: string, readonly ranks: ReadonlyArray<number | null>, readonly scores: ReadonlyArray<number | null> }> } } | null };

export type RankingByDigestQueryVariables = Exact<{
  digest: string;
}>;


export type RankingByDigestQuery = { readonly rankingByDigest: { readonly id: string, readonly digest: string, readonly year: number, readonly recipe: unknown, readonly release: { readonly id: string, readonly version: string }, readonly columns: { readonly cityCodes: ReadonlyArray<string>, readonly ranks: ReadonlyArray<number | null>, readonly scores: ReadonlyArray<number | null> } } | null };

export type PermalinkQueryVariables = Exact<{
  input?: RankingInput | null | undefined;
}>;


export type PermalinkQuery = { readonly ranking: { readonly id: string, readonly digest: string, readonly permalink: string | null, readonly files: ReadonlyArray<{ readonly format: RankingFileFormat, readonly url: string, readonly contentType: string }> | null } | null };

export type CheckRankingQueryVariables = Exact<{
  input?: RankingInput | null | undefined;
}>;


export type CheckRankingQuery = { readonly checkRanking: { readonly userErrors: ReadonlyArray<{ readonly path: string, readonly code: string, readonly message: string, readonly value: unknown, readonly allowed: string | null }>, readonly preview: { readonly digest: string, readonly year: number, readonly cityCount: number, readonly cost: number, readonly recipe: unknown } | null } | null };

export const UncertaintyFoundFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UncertaintyFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Uncertainty"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"draws"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"meanShift"}},{"kind":"Field","name":{"kind":"Name","value":"columns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCodes"}},{"kind":"Field","name":{"kind":"Name","value":"nominalRanks"}},{"kind":"Field","name":{"kind":"Name","value":"rank"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"means"}},{"kind":"Field","name":{"kind":"Name","value":"meanErrors"}},{"kind":"Field","name":{"kind":"Name","value":"deviations"}},{"kind":"Field","name":{"kind":"Name","value":"percentiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"share"}},{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"errors"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"first"},"name":{"kind":"Name","value":"probabilityOfRankAtMost"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"rank"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"errors"}}]}}]}}]}}]} as unknown as DocumentNode<UncertaintyFoundFragment, unknown>;
export const SobolIndexFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SobolIndexFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SobolIndex"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"input"}},{"kind":"Field","name":{"kind":"Name","value":"first"}},{"kind":"Field","name":{"kind":"Name","value":"firstLow"}},{"kind":"Field","name":{"kind":"Name","value":"firstHigh"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"totalLow"}},{"kind":"Field","name":{"kind":"Name","value":"totalHigh"}}]}}]} as unknown as DocumentNode<SobolIndexFieldsFragment, unknown>;
export const SobolFoundFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SobolFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Sobol"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rows"}},{"kind":"Field","name":{"kind":"Name","value":"runs"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"meanShift"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variance"}},{"kind":"Field","name":{"kind":"Name","value":"indices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SobolIndexFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"cities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCode"}},{"kind":"Field","name":{"kind":"Name","value":"nominalRank"}},{"kind":"Field","name":{"kind":"Name","value":"variance"}},{"kind":"Field","name":{"kind":"Name","value":"indices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SobolIndexFields"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SobolIndexFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SobolIndex"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"input"}},{"kind":"Field","name":{"kind":"Name","value":"first"}},{"kind":"Field","name":{"kind":"Name","value":"firstLow"}},{"kind":"Field","name":{"kind":"Name","value":"firstHigh"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"totalLow"}},{"kind":"Field","name":{"kind":"Name","value":"totalHigh"}}]}}]} as unknown as DocumentNode<SobolFoundFragment, unknown>;
export const OneAtATimeFoundFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OneAtATimeFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Screening"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCodes"}},{"kind":"Field","name":{"kind":"Name","value":"nominalRanks"}},{"kind":"Field","name":{"kind":"Name","value":"influence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"input"}},{"kind":"Field","name":{"kind":"Name","value":"meanShift"}}]}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"input"}},{"kind":"Field","name":{"kind":"Name","value":"change"}},{"kind":"Field","name":{"kind":"Name","value":"meanShift"}},{"kind":"Field","name":{"kind":"Name","value":"largestShift"}},{"kind":"Field","name":{"kind":"Name","value":"mostShifted"}},{"kind":"Field","name":{"kind":"Name","value":"winners"}},{"kind":"Field","name":{"kind":"Name","value":"ranks"}},{"kind":"Field","name":{"kind":"Name","value":"refused"}}]}}]}}]} as unknown as DocumentNode<OneAtATimeFoundFragment, unknown>;
export const MultiverseFoundFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MultiverseFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Multiverse"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"combinations"}},{"kind":"Field","name":{"kind":"Name","value":"refused"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alternatives"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"influence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"choice"}},{"kind":"Field","name":{"kind":"Name","value":"first"}},{"kind":"Field","name":{"kind":"Name","value":"total"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"codes"},"value":{"kind":"Variable","name":{"kind":"Name","value":"codes"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"best"}},{"kind":"Field","name":{"kind":"Name","value":"worst"}},{"kind":"Field","name":{"kind":"Name","value":"median"}},{"kind":"Field","name":{"kind":"Name","value":"firstPlaces"}}]}}]}}]} as unknown as DocumentNode<MultiverseFoundFragment, unknown>;
export const WeightStabilityFoundFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WeightStabilityFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WeightStability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"interval"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"cities"}}]}},{"kind":"Field","name":{"kind":"Name","value":"high"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"cities"}}]}}]}}]}}]} as unknown as DocumentNode<WeightStabilityFoundFragment, unknown>;
export const RankBoundsFoundFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RankBoundsFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RankBounds"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exact"}},{"kind":"Field","name":{"kind":"Name","value":"columns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCodes"}},{"kind":"Field","name":{"kind":"Name","value":"ranks"}},{"kind":"Field","name":{"kind":"Name","value":"best"}},{"kind":"Field","name":{"kind":"Name","value":"worst"}},{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"gaps"}}]}},{"kind":"Field","name":{"kind":"Name","value":"indicators"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"indicator"}},{"kind":"Field","name":{"kind":"Name","value":"gaps"}},{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"exact"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]} as unknown as DocumentNode<RankBoundsFoundFragment, unknown>;
export const RankReversalFoundFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RankReversalFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RankReversal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"reversals"}},{"kind":"Field","name":{"kind":"Name","value":"winnerChanges"}},{"kind":"Field","name":{"kind":"Name","value":"lostOrGained"}},{"kind":"Field","name":{"kind":"Name","value":"pairs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"above"}},{"kind":"Field","name":{"kind":"Name","value":"below"}},{"kind":"Field","name":{"kind":"Name","value":"ranks"}}]}}]}}]} as unknown as DocumentNode<RankReversalFoundFragment, unknown>;
export const JobStateFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JobState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<JobStateFragment, unknown>;
export const RankedRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RankedRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RankedCity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"city"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"language"},"value":{"kind":"Variable","name":{"kind":"Name","value":"language"}}}]},{"kind":"Field","name":{"kind":"Name","value":"tier"}}]}}]}}]} as unknown as DocumentNode<RankedRowFragment, unknown>;
export const UncertaintyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Uncertainty"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UncertaintyInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ranking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"robustness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uncertainty"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UncertaintyFound"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UncertaintyFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Uncertainty"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"draws"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"meanShift"}},{"kind":"Field","name":{"kind":"Name","value":"columns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCodes"}},{"kind":"Field","name":{"kind":"Name","value":"nominalRanks"}},{"kind":"Field","name":{"kind":"Name","value":"rank"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"means"}},{"kind":"Field","name":{"kind":"Name","value":"meanErrors"}},{"kind":"Field","name":{"kind":"Name","value":"deviations"}},{"kind":"Field","name":{"kind":"Name","value":"percentiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"share"}},{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"errors"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"first"},"name":{"kind":"Name","value":"probabilityOfRankAtMost"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"rank"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"errors"}}]}}]}}]}}]} as unknown as DocumentNode<UncertaintyQuery, UncertaintyQueryVariables>;
export const PairsAndTiersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PairsAndTiers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UncertaintyInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"level"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Float"}}},"defaultValue":{"kind":"FloatValue","value":"0.95"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"50"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ranking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"robustness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uncertainty"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pairs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCodes"}},{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"errors"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tiers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"level"},"value":{"kind":"Variable","name":{"kind":"Name","value":"level"}}}]}]}}]}}]}}]}}]} as unknown as DocumentNode<PairsAndTiersQuery, PairsAndTiersQueryVariables>;
export const AcceptabilityDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Acceptability"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UncertaintyInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"nodes"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ranking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"robustness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uncertainty"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCode"}},{"kind":"Field","name":{"kind":"Name","value":"nominalRank"}},{"kind":"Field","name":{"kind":"Name","value":"rankDistribution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"error"}}]}},{"kind":"Field","name":{"kind":"Name","value":"acceptability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"firstDraws"}},{"kind":"Field","name":{"kind":"Name","value":"centralWeights"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"nodes"},"value":{"kind":"Variable","name":{"kind":"Name","value":"nodes"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"error"}}]}},{"kind":"Field","name":{"kind":"Name","value":"confidenceFactor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"draws"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<AcceptabilityQuery, AcceptabilityQueryVariables>;
export const SobolDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Sobol"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SobolInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ranking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"robustness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sobol"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SobolFound"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SobolIndexFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SobolIndex"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"input"}},{"kind":"Field","name":{"kind":"Name","value":"first"}},{"kind":"Field","name":{"kind":"Name","value":"firstLow"}},{"kind":"Field","name":{"kind":"Name","value":"firstHigh"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"totalLow"}},{"kind":"Field","name":{"kind":"Name","value":"totalHigh"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SobolFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Sobol"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rows"}},{"kind":"Field","name":{"kind":"Name","value":"runs"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"meanShift"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variance"}},{"kind":"Field","name":{"kind":"Name","value":"indices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SobolIndexFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"cities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCode"}},{"kind":"Field","name":{"kind":"Name","value":"nominalRank"}},{"kind":"Field","name":{"kind":"Name","value":"variance"}},{"kind":"Field","name":{"kind":"Name","value":"indices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SobolIndexFields"}}]}}]}}]}}]}}]} as unknown as DocumentNode<SobolQuery, SobolQueryVariables>;
export const OneAtATimeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OneAtATime"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OneAtATimeInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ranking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"robustness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"oneAtATime"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OneAtATimeFound"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OneAtATimeFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Screening"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCodes"}},{"kind":"Field","name":{"kind":"Name","value":"nominalRanks"}},{"kind":"Field","name":{"kind":"Name","value":"influence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"input"}},{"kind":"Field","name":{"kind":"Name","value":"meanShift"}}]}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"input"}},{"kind":"Field","name":{"kind":"Name","value":"change"}},{"kind":"Field","name":{"kind":"Name","value":"meanShift"}},{"kind":"Field","name":{"kind":"Name","value":"largestShift"}},{"kind":"Field","name":{"kind":"Name","value":"mostShifted"}},{"kind":"Field","name":{"kind":"Name","value":"winners"}},{"kind":"Field","name":{"kind":"Name","value":"ranks"}},{"kind":"Field","name":{"kind":"Name","value":"refused"}}]}}]}}]} as unknown as DocumentNode<OneAtATimeQuery, OneAtATimeQueryVariables>;
export const MultiverseDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Multiverse"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"choices"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChoicesInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"codes"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ranking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"robustness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"multiverse"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"choices"},"value":{"kind":"Variable","name":{"kind":"Name","value":"choices"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MultiverseFound"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MultiverseFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Multiverse"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"combinations"}},{"kind":"Field","name":{"kind":"Name","value":"refused"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alternatives"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"influence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"choice"}},{"kind":"Field","name":{"kind":"Name","value":"first"}},{"kind":"Field","name":{"kind":"Name","value":"total"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"codes"},"value":{"kind":"Variable","name":{"kind":"Name","value":"codes"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"best"}},{"kind":"Field","name":{"kind":"Name","value":"worst"}},{"kind":"Field","name":{"kind":"Name","value":"median"}},{"kind":"Field","name":{"kind":"Name","value":"firstPlaces"}}]}}]}}]} as unknown as DocumentNode<MultiverseQuery, MultiverseQueryVariables>;
export const WeightStabilityDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WeightStability"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"target"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StabilityTarget"}}},"defaultValue":{"kind":"EnumValue","value":"TOP"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"k"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"cities"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"nodes"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ranking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"robustness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"weightStability"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"target"},"value":{"kind":"Variable","name":{"kind":"Name","value":"target"}}},{"kind":"Argument","name":{"kind":"Name","value":"k"},"value":{"kind":"Variable","name":{"kind":"Name","value":"k"}}},{"kind":"Argument","name":{"kind":"Name","value":"cities"},"value":{"kind":"Variable","name":{"kind":"Name","value":"cities"}}},{"kind":"Argument","name":{"kind":"Name","value":"nodes"},"value":{"kind":"Variable","name":{"kind":"Name","value":"nodes"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"WeightStabilityFound"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WeightStabilityFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WeightStability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"interval"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"cities"}}]}},{"kind":"Field","name":{"kind":"Name","value":"high"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"cities"}}]}}]}}]}}]} as unknown as DocumentNode<WeightStabilityQuery, WeightStabilityQueryVariables>;
export const RankBoundsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RankBounds"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"limits"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"FillLimitInput"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"otherLimits"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"FillLimits"}}},"defaultValue":{"kind":"EnumValue","value":"OBSERVED"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"statistics"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"FillStatistics"}}},"defaultValue":{"kind":"EnumValue","value":"HELD"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ranking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"robustness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rankBounds"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"limits"},"value":{"kind":"Variable","name":{"kind":"Name","value":"limits"}}},{"kind":"Argument","name":{"kind":"Name","value":"otherLimits"},"value":{"kind":"Variable","name":{"kind":"Name","value":"otherLimits"}}},{"kind":"Argument","name":{"kind":"Name","value":"statistics"},"value":{"kind":"Variable","name":{"kind":"Name","value":"statistics"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RankBoundsFound"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RankBoundsFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RankBounds"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exact"}},{"kind":"Field","name":{"kind":"Name","value":"columns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCodes"}},{"kind":"Field","name":{"kind":"Name","value":"ranks"}},{"kind":"Field","name":{"kind":"Name","value":"best"}},{"kind":"Field","name":{"kind":"Name","value":"worst"}},{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"gaps"}}]}},{"kind":"Field","name":{"kind":"Name","value":"indicators"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"indicator"}},{"kind":"Field","name":{"kind":"Name","value":"gaps"}},{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"exact"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]} as unknown as DocumentNode<RankBoundsQuery, RankBoundsQueryVariables>;
export const RankReversalsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RankReversals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"cities"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"listed"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"10"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ranking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"robustness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rankReversals"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"cities"},"value":{"kind":"Variable","name":{"kind":"Name","value":"cities"}}},{"kind":"Argument","name":{"kind":"Name","value":"listed"},"value":{"kind":"Variable","name":{"kind":"Name","value":"listed"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RankReversalFound"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RankReversalFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RankReversal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"reversals"}},{"kind":"Field","name":{"kind":"Name","value":"winnerChanges"}},{"kind":"Field","name":{"kind":"Name","value":"lostOrGained"}},{"kind":"Field","name":{"kind":"Name","value":"pairs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"above"}},{"kind":"Field","name":{"kind":"Name","value":"below"}},{"kind":"Field","name":{"kind":"Name","value":"ranks"}}]}}]}}]} as unknown as DocumentNode<RankReversalsQuery, RankReversalsQueryVariables>;
export const CitiesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Cities"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CityFilterInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"200"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"release"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"release"},"value":{"kind":"Variable","name":{"kind":"Name","value":"release"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"names"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"en"}},{"kind":"Field","name":{"kind":"Name","value":"zh"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tier"}},{"kind":"Field","name":{"kind":"Name","value":"provinceCode"}},{"kind":"Field","name":{"kind":"Name","value":"latitude"}},{"kind":"Field","name":{"kind":"Name","value":"longitude"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<CitiesQuery, CitiesQueryVariables>;
export const FrameworkDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Framework"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"code"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"release"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"framework"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"code"},"value":{"kind":"Variable","name":{"kind":"Name","value":"code"}}},{"kind":"Argument","name":{"kind":"Name","value":"release"},"value":{"kind":"Variable","name":{"kind":"Name","value":"release"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"parentCode"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"depth"}},{"kind":"Field","name":{"kind":"Name","value":"indicator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}}]}}]}}]}}]}}]} as unknown as DocumentNode<FrameworkQuery, FrameworkQueryVariables>;
export const MethodologiesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Methodologies"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"release"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"methodologies"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"release"},"value":{"kind":"Variable","name":{"kind":"Name","value":"release"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"recipe"}}]}}]}}]}}]} as unknown as DocumentNode<MethodologiesQuery, MethodologiesQueryVariables>;
export const MethodsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Methods"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"stage"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Stage"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"methods"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"stage"},"value":{"kind":"Variable","name":{"kind":"Name","value":"stage"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"parameters"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"default"}},{"kind":"Field","name":{"kind":"Name","value":"required"}},{"kind":"Field","name":{"kind":"Name","value":"min"}},{"kind":"Field","name":{"kind":"Name","value":"max"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}}]}}]}}]} as unknown as DocumentNode<MethodsQuery, MethodsQueryVariables>;
export const ReleasesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Releases"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"50"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"releases"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"cityCount"}},{"kind":"Field","name":{"kind":"Name","value":"indicatorCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<ReleasesQuery, ReleasesQueryVariables>;
export const NodeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Node"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"City"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Indicator"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ranking"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"digest"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Release"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}}]}}]} as unknown as DocumentNode<NodeQuery, NodeQueryVariables>;
export const ExplainDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Explain"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"city"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"explain"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"city"},"value":{"kind":"Variable","name":{"kind":"Name","value":"city"}}},{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"city"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"}},{"kind":"Field","name":{"kind":"Name","value":"depth"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"effectiveWeight"}},{"kind":"Field","name":{"kind":"Name","value":"contributions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"indicator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ExplainQuery, ExplainQueryVariables>;
export const CompareCitiesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CompareCities"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"codes"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"compareCities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"codes"},"value":{"kind":"Variable","name":{"kind":"Name","value":"codes"}}},{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"city"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"score"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"}},{"kind":"Field","name":{"kind":"Name","value":"depth"}},{"kind":"Field","name":{"kind":"Name","value":"frameworkNode"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"city"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"rank"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CompareCitiesQuery, CompareCitiesQueryVariables>;
export const RankHistoryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RankHistory"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"cities"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"years"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rankHistory"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"cities"},"value":{"kind":"Variable","name":{"kind":"Name","value":"cities"}}},{"kind":"Argument","name":{"kind":"Name","value":"years"},"value":{"kind":"Variable","name":{"kind":"Name","value":"years"}}},{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"years"}},{"kind":"Field","name":{"kind":"Name","value":"node"}},{"kind":"Field","name":{"kind":"Name","value":"cities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"city"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"years"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"year"}},{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"ranked"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RankHistoryQuery, RankHistoryQueryVariables>;
export const EstimateRobustnessDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"EstimateRobustness"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RobustnessInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ranking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"robustness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"estimate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cellOperations"}},{"kind":"Field","name":{"kind":"Name","value":"draws"}},{"kind":"Field","name":{"kind":"Name","value":"drawLimit"}},{"kind":"Field","name":{"kind":"Name","value":"jobDrawLimit"}},{"kind":"Field","name":{"kind":"Name","value":"expectedSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"withinBudget"}},{"kind":"Field","name":{"kind":"Name","value":"budget"}},{"kind":"Field","name":{"kind":"Name","value":"withinJobBudget"}},{"kind":"Field","name":{"kind":"Name","value":"jobBudget"}}]}}]}}]}}]}}]} as unknown as DocumentNode<EstimateRobustnessQuery, EstimateRobustnessQueryVariables>;
export const StartRobustnessDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartRobustness"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RobustnessInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startRobustness"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ranking"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ranking"}}},{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"JobState"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JobState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<StartRobustnessMutation, StartRobustnessMutationVariables>;
export const JobProgressDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"JobProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"JobState"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JobState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<JobProgressSubscription, JobProgressSubscriptionVariables>;
export const CancelJobDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelJob"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"JobState"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JobState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<CancelJobMutation, CancelJobMutationVariables>;
export const RobustnessOfJobDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RobustnessOfJob"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"codes"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"job"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"JobState"}},{"kind":"Field","name":{"kind":"Name","value":"result"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"uncertainty"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UncertaintyFound"}}]}},{"kind":"Field","name":{"kind":"Name","value":"multiverse"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MultiverseFound"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rankBounds"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RankBoundsFound"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rankReversals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RankReversalFound"}}]}},{"kind":"Field","name":{"kind":"Name","value":"weightStability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"WeightStabilityFound"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sobol"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SobolFound"}}]}},{"kind":"Field","name":{"kind":"Name","value":"oneAtATime"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OneAtATimeFound"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SobolIndexFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SobolIndex"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"input"}},{"kind":"Field","name":{"kind":"Name","value":"first"}},{"kind":"Field","name":{"kind":"Name","value":"firstLow"}},{"kind":"Field","name":{"kind":"Name","value":"firstHigh"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"totalLow"}},{"kind":"Field","name":{"kind":"Name","value":"totalHigh"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"JobState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secondsLeft"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UncertaintyFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Uncertainty"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"draws"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"meanShift"}},{"kind":"Field","name":{"kind":"Name","value":"columns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCodes"}},{"kind":"Field","name":{"kind":"Name","value":"nominalRanks"}},{"kind":"Field","name":{"kind":"Name","value":"rank"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"means"}},{"kind":"Field","name":{"kind":"Name","value":"meanErrors"}},{"kind":"Field","name":{"kind":"Name","value":"deviations"}},{"kind":"Field","name":{"kind":"Name","value":"percentiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"share"}},{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"errors"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"first"},"name":{"kind":"Name","value":"probabilityOfRankAtMost"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"rank"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"errors"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MultiverseFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Multiverse"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"combinations"}},{"kind":"Field","name":{"kind":"Name","value":"refused"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alternatives"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"influence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"choice"}},{"kind":"Field","name":{"kind":"Name","value":"first"}},{"kind":"Field","name":{"kind":"Name","value":"total"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"codes"},"value":{"kind":"Variable","name":{"kind":"Name","value":"codes"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"best"}},{"kind":"Field","name":{"kind":"Name","value":"worst"}},{"kind":"Field","name":{"kind":"Name","value":"median"}},{"kind":"Field","name":{"kind":"Name","value":"firstPlaces"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RankBoundsFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RankBounds"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exact"}},{"kind":"Field","name":{"kind":"Name","value":"columns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCodes"}},{"kind":"Field","name":{"kind":"Name","value":"ranks"}},{"kind":"Field","name":{"kind":"Name","value":"best"}},{"kind":"Field","name":{"kind":"Name","value":"worst"}},{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"gaps"}}]}},{"kind":"Field","name":{"kind":"Name","value":"indicators"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"indicator"}},{"kind":"Field","name":{"kind":"Name","value":"gaps"}},{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"exact"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RankReversalFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RankReversal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"reversals"}},{"kind":"Field","name":{"kind":"Name","value":"winnerChanges"}},{"kind":"Field","name":{"kind":"Name","value":"lostOrGained"}},{"kind":"Field","name":{"kind":"Name","value":"pairs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"above"}},{"kind":"Field","name":{"kind":"Name","value":"below"}},{"kind":"Field","name":{"kind":"Name","value":"ranks"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WeightStabilityFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WeightStability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"}},{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"interval"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"cities"}}]}},{"kind":"Field","name":{"kind":"Name","value":"high"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"weight"}},{"kind":"Field","name":{"kind":"Name","value":"cities"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SobolFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Sobol"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rows"}},{"kind":"Field","name":{"kind":"Name","value":"runs"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"meanShift"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variance"}},{"kind":"Field","name":{"kind":"Name","value":"indices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SobolIndexFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"cities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCode"}},{"kind":"Field","name":{"kind":"Name","value":"nominalRank"}},{"kind":"Field","name":{"kind":"Name","value":"variance"}},{"kind":"Field","name":{"kind":"Name","value":"indices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SobolIndexFields"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OneAtATimeFound"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Screening"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCodes"}},{"kind":"Field","name":{"kind":"Name","value":"nominalRanks"}},{"kind":"Field","name":{"kind":"Name","value":"influence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"input"}},{"kind":"Field","name":{"kind":"Name","value":"meanShift"}}]}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"input"}},{"kind":"Field","name":{"kind":"Name","value":"change"}},{"kind":"Field","name":{"kind":"Name","value":"meanShift"}},{"kind":"Field","name":{"kind":"Name","value":"largestShift"}},{"kind":"Field","name":{"kind":"Name","value":"mostShifted"}},{"kind":"Field","name":{"kind":"Name","value":"winners"}},{"kind":"Field","name":{"kind":"Name","value":"ranks"}},{"kind":"Field","name":{"kind":"Name","value":"refused"}}]}}]}}]} as unknown as DocumentNode<RobustnessOfJobQuery, RobustnessOfJobQueryVariables>;
export const RankingDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Ranking"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"50"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"language"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Language"}}},"defaultValue":{"kind":"EnumValue","value":"EN"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ranking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"year"}},{"kind":"Field","name":{"kind":"Name","value":"release"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"node"}},{"kind":"Field","name":{"kind":"Name","value":"indicator"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rows"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RankedRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"unranked"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"city"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"language"},"value":{"kind":"Variable","name":{"kind":"Name","value":"language"}}}]}]}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RankedRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RankedCity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"city"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"language"},"value":{"kind":"Variable","name":{"kind":"Name","value":"language"}}}]},{"kind":"Field","name":{"kind":"Name","value":"tier"}}]}}]}}]} as unknown as DocumentNode<RankingQuery, RankingQueryVariables>;
export const RankingColumnsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RankingColumns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ranking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"year"}},{"kind":"Field","name":{"kind":"Name","value":"columns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCodes"}},{"kind":"Field","name":{"kind":"Name","value":"ranks"}},{"kind":"Field","name":{"kind":"Name","value":"scores"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"}},{"kind":"Field","name":{"kind":"Name","value":"ranks"}},{"kind":"Field","name":{"kind":"Name","value":"scores"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RankingColumnsQuery, RankingColumnsQueryVariables>;
export const RankingByDigestDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RankingByDigest"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"digest"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rankingByDigest"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"digest"},"value":{"kind":"Variable","name":{"kind":"Name","value":"digest"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"year"}},{"kind":"Field","name":{"kind":"Name","value":"recipe"}},{"kind":"Field","name":{"kind":"Name","value":"release"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"columns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cityCodes"}},{"kind":"Field","name":{"kind":"Name","value":"ranks"}},{"kind":"Field","name":{"kind":"Name","value":"scores"}}]}}]}}]}}]} as unknown as DocumentNode<RankingByDigestQuery, RankingByDigestQueryVariables>;
export const PermalinkDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Permalink"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ranking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"permalink"}},{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"format"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"contentType"}}]}}]}}]}}]} as unknown as DocumentNode<PermalinkQuery, PermalinkQueryVariables>;
export const CheckRankingDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CheckRanking"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RankingInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkRanking"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"allowed"}}]}},{"kind":"Field","name":{"kind":"Name","value":"preview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"digest"}},{"kind":"Field","name":{"kind":"Name","value":"year"}},{"kind":"Field","name":{"kind":"Name","value":"cityCount"}},{"kind":"Field","name":{"kind":"Name","value":"cost"}},{"kind":"Field","name":{"kind":"Name","value":"recipe"}}]}}]}}]}}]} as unknown as DocumentNode<CheckRankingQuery, CheckRankingQueryVariables>;
