import { DEFAULT_PAGE_SIZE } from '../../rankings/page';

/*
 * What fields cost, in one table. A list is estimated as LISTS says; sizes are those of the loaded release, or what an argument further up says (GIVEN). Nothing here depends on what is kept or found.
 */

/** What the parts of an answer count, in hundredths of a node. */
export const WEIGHT = {
  /** An object: a node. */
  object: 100,
  /** A scalar or an enum, so that documents that only multiply these are bounded, too. */
  leaf: 10,
  /** One item of a list of scalars: a number in a column costs far less than one that is asked for by itself. */
  item: 1,
} as const;

/** Nodes that so many cells of a file come to: they are made as columns of an answer are. */
export const nodesOfCells = (cells: number): number => Math.ceil((cells * WEIGHT.item) / WEIGHT.object);

/** Nodes of `__schema` and of `__type`: the usual query for the whole schema gives about 5,000 objects. */
export const INTROSPECTION_NODES = { __schema: 5000, __type: 500 } as const;

/** How many items lists are estimated to have. */
export interface Sizes {
  /** Cities of the release. */
  readonly cities: number;
  /** Indicators of its largest index. */
  readonly indicators: number;
  /** Nodes of that index, the indicators among them. */
  readonly nodes: number;
  /** Items of the page, or of the list, that the nearest argument asks for. */
  readonly page: number;
  /** Most items that a page may have. */
  readonly mostOnPage: number;
  /** Cities, nodes or ids that arguments further up name. */
  readonly listed: number;
  /** Years that arguments further up name. */
  readonly years: number;
}

/** Items of what is short whatever the data: warnings, references; on average also what is below one node of an index. */
const FEW = 10;
/** Methods of all stages, rounded up. */
const METHODS = 100;
/** What a list counts that the table does not name. */
export const itemsUnlessNamed = (): number => FEW;

/** Lists and how many items they are estimated to have. */
export interface Lists {
  readonly items: (sizes: Sizes) => number;
  /** As `Type.field`. */
  readonly fields: readonly string[];
}

/** Every list of the schema but those of connections, whose `nodes` and `edges` are a page. A test finds those left out. */
export const LISTS: readonly Lists[] = [
  {
    items: ({ cities }) => cities,
    fields: [
      'Agreement.pairs',
      'Band.cityCodes',
      'CityUncertainty.rankDistribution',
      'Convergence.cityCodes',
      'Convergence.leftOut',
      'ConvergenceGroup.cityCodes',
      'Dominance.incomparable',
      'DrawPercentileColumn.errors',
      'DrawPercentileColumn.values',
      'DrawShareColumns.errors',
      'DrawShareColumns.values',
      'DrawSpreadColumns.deviations',
      'DrawSpreadColumns.meanErrors',
      'DrawSpreadColumns.means',
      'DrawSpreadColumns.medianErrors',
      'DrawSpreadColumns.medians',
      'FavourableWeights.alwaysAbove',
      'IntermediateTable.values',
      'JobResult.rankReversals',
      'Multiverse.cities',
      'Multiverse.cityCodes',
      'NodeColumn.ranks',
      'NodeColumn.scores',
      'RankBounds.cities',
      'RankBoundsColumns.best',
      'RankBoundsColumns.cityCodes',
      'RankBoundsColumns.gaps',
      'RankBoundsColumns.high',
      'RankBoundsColumns.low',
      'RankBoundsColumns.ranks',
      'RankBoundsColumns.worst',
      'RankChange.entered',
      'RankChange.left',
      'Ranking.unranked',
      'RankingColumns.cityCodes',
      'RankingColumns.ranks',
      'RankingColumns.scores',
      'RankingComparison.common',
      'RankingComparison.onlyA',
      'RankingComparison.onlyB',
      'Screening.cityCodes',
      'Screening.nominalRanks',
      'SingleChange.ranks',
      'StabilityEnd.cities',
      'Uncertainty.tiers',
      'UncertaintyColumns.cityCodes',
      'UncertaintyColumns.nominalRanks',
      'UncertaintyColumns.rankedDraws',
      'Universe.ranks',
      'WhatIf.moved',
      'WhatIf.rows',
    ],
  },
  {
    items: ({ indicators }) => indicators,
    fields: [
      'Convergence.dropped',
      'Convergence.indicators',
      'CorrelationRow.coefficients',
      'CorrelationRow.counts',
      'CorrelationRow.pValues',
      'Counterfactual.reach',
      'Counterfactual.withoutValue',
      'Dominance.nodes',
      'Explanation.indicators',
      'GapDecomposition.parts',
      'IntermediateTable.columns',
      'RankBounds.indicators',
      'RankHistory.dropped',
      'RankHistory.indicators',
      'RankedCity.imputed',
      'RankedCity.treated',
      'RankingDiagnostics.availabilityByIndicator',
      'RankingDiagnostics.correlations',
      'RankingDiagnostics.outlierRulesNotUsed',
      'RankingDiagnostics.statistics',
      'Trends.dropped',
      'Trends.indicators',
    ],
  },
  {
    items: ({ nodes }) => nodes,
    fields: [
      'CityAcceptability.centralWeights',
      'CityAvailability.nodes',
      'CityComparison.nodes',
      'CitySobol.indices',
      'Explanation.nodes',
      'Framework.nodes',
      'JobResult.weightStability',
      'RankedCity.nodeScores',
      'RankingColumns.nodes',
      'RankingDiagnostics.ancestorCorrelations',
      'RankingDiagnostics.availabilityByNode',
      'RankingDiagnostics.consistency',
      'RankingDiagnostics.effectiveWeights',
      'RankingDiagnostics.familyCorrelations',
      'RankingDiagnostics.findings',
      'RankingDiagnostics.importances',
      'RankingDiagnostics.mainEffects',
      'RankingDiagnostics.principalComponents',
      'Robustness.weightStability',
      'Screening.influence',
      'SobolOutput.indices',
    ],
  },
  {
    // Each node left out, and its weight at both ends.
    items: ({ nodes }) => 3 * nodes,
    fields: ['Screening.changes'],
  },
  {
    items: () => METHODS,
    fields: ['Query.methods'],
  },
  {
    items: ({ page }) => page,
    fields: [
      'ComparedCity.strengths',
      'ComparedCity.weaknesses',
      'Multiverse.universes',
      'PairMatrix.cityCodes',
      'Query.peers',
      'RankReversal.pairs',
      'Ranking.bands',
      'RankingComparison.movers',
    ],
  },
  {
    items: ({ page }) => page * page,
    fields: ['PairMatrix.errors', 'PairMatrix.values'],
  },
  {
    items: ({ listed }) => listed,
    fields: [
      'CityComparison.cities',
      'CityComparison.gaps',
      'NodeComparison.cities',
      'Query.nodes',
      'RankHistory.cities',
      'Robustness.rankReversals',
      'Trends.rows',
    ],
  },
  {
    items: ({ years }) => years,
    fields: [
      'CityHistory.years',
      'Convergence.spread',
      'Convergence.years',
      'ConvergenceGroup.years',
      'DroppedIndicator.missingYears',
      'HistoryNormalisation.basisYears',
      'RankHistory.years',
      'Trends.years',
    ],
  },
  {
    items: () => FEW,
    fields: [
      'AuditEvent.details',
      'CancelJobPayload.userErrors',
      'City.initiatives',
      'City.publishedRankings',
      'ClosestWeights.impossiblePairs',
      'ClosestWeights.leftOut',
      'ClosestWeights.proof',
      'ClosestWeights.ranges',
      'ClosestWeights.weights',
      'Consistency.withoutEach',
      'Convergence.groups',
      'Convergence.warnings',
      'DrawSpread.percentiles',
      'DrawSpreadColumns.percentiles',
      'FamilyCorrelations.pairs',
      'FavourableWeights.weights',
      'Finding.nodes',
      'Job.errors',
      'Method.parameters',
      'Method.properties',
      'Method.references',
      'MethodParameter.fields',
      'MethodParameter.values',
      'Multiverse.choices',
      'Multiverse.influence',
      'Multiverse.refused',
      'MultiverseChoice.alternatives',
      'MultiverseRefusal.alternatives',
      'NodeExplanation.contributions',
      'NodeExplanation.intermediates',
      'PrincipalComponent.loadings',
      'PrincipalComponent.vector',
      'PrincipalComponents.codes',
      'PrincipalComponents.components',
      'PrincipalComponents.leftOut',
      'RankChange.parts',
      'RankHistory.warnings',
      'Ranking.files',
      'Ranking.warnings',
      'RankingCheck.userErrors',
      'RankingDiagnostics.availabilityByGroup',
      'ReachingChange.changes',
      'ReversedPair.ranks',
      'SingleChange.winners',
      'StartRobustnessPayload.userErrors',
      'Trends.warnings',
      'Universe.alternatives',
    ],
  },
];

/** Arguments of a field, coerced. */
export type Arguments = Readonly<Record<string, unknown>>;

/** What the arguments of a field say of the lists below it, or of its own. */
export type Given = (args: Arguments, sizes: Sizes) => Partial<Sizes>;

/** A number of items asked for, as far as it can be granted: what is out of range is refused by the field itself. */
const upTo = (most: number, asked: unknown, unless: number): number =>
  typeof asked === 'number' ? Math.min(Math.max(asked, 0), most) : unless;

const lengthOf = (list: unknown, unless: number): number => (Array.isArray(list) ? list.length : unless);

const count =
  (name: string, unless: number): Given =>
  (args, { mostOnPage }) => ({ page: upTo(mostOnPage, args[name], unless) });

const ofYears: Given = ({ cities, years }, sizes) => ({
  listed: lengthOf(cities, sizes.listed),
  years: lengthOf(years, sizes.years),
});

/** The page that any connection is asked for; no more than it is asked for by code. */
export const pageOf: Given = ({ first, last, codes }, { mostOnPage }) => ({
  page: Math.min(upTo(mostOnPage, first ?? last, DEFAULT_PAGE_SIZE), lengthOf(codes, Infinity)),
});

/** The cities that a list is asked for by code. */
const namedCities: Given = ({ codes }, { cities }) => ({ cities: lengthOf(codes, cities) });

/** Fields whose arguments say how much is asked for; connections besides, by {@link pageOf}. */
export const GIVEN: Readonly<Record<string, Given>> = {
  'CityAcceptability.centralWeights': (args, { nodes }) => ({ nodes: lengthOf(args['nodes'], nodes) }),
  'ComparedCity.strengths': count('first', 5),
  'ComparedCity.weaknesses': count('first', 5),
  'Multiverse.cities': namedCities,
  'Multiverse.universes': count('count', 10),
  'Query.compareCities': ({ codes }) => ({ listed: lengthOf(codes, 1) }),
  'Query.convergence': ofYears,
  'Query.nodes': ({ ids }) => ({ listed: lengthOf(ids, 1) }),
  'Query.peers': count('first', 5),
  'Query.rankHistory': ofYears,
  'Query.trends': (args, sizes) => ({
    ...ofYears(args, sizes),
    listed: lengthOf(args['cities'], 1) * lengthOf(args['nodes'], sizes.nodes),
  }),
  'Ranking.bands': count('count', 5),
  'RankBounds.cities': namedCities,
  'RankingComparison.movers': count('first', 5),
  'Robustness.rankReversals': ({ cities, listed }, sizes) => ({
    listed: lengthOf(cities, sizes.cities),
    page: upTo(sizes.mostOnPage, listed, 10),
  }),
  'Uncertainty.pairs': ({ codes, first }, { mostOnPage }) => ({
    page: lengthOf(codes, upTo(mostOnPage, first, DEFAULT_PAGE_SIZE)),
  }),
};
