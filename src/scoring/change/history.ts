import { ScoringError, type Warning } from '../errors';
import { entryOf, itemAt } from '../lookup';
import type { Methodology } from '../methodology';
import { at, columnAt } from '../numeric/at';
import { countOf } from '../numeric/statistics';
import { pipelineCost, runPipelineYears, type PanelRun, type RankingResult } from '../pipeline';
import { selectTable } from '../select';
import { stagesOf } from '../stages';
import type { Panel } from '../table';
import { buildTree, leafIndicators, type NodeDefinition, type Tree } from '../tree';

/** Where the statistics of the normalisation come from: all the years together, each year by itself, or as the recipe's own basis says. */
export const NORMALISATIONS_OVER_YEARS = ['JOINT', 'PER_YEAR', 'AS_RECIPE'] as const;
/** One of {@link NORMALISATIONS_OVER_YEARS}. */
export type NormalisationOverYears = (typeof NORMALISATIONS_OVER_YEARS)[number];

/** Which indicators count: those that every year has a value of, or in each year those that it has. */
export const INDICATORS_OVER_YEARS = ['IN_EVERY_YEAR', 'AS_AVAILABLE'] as const;
/** One of {@link INDICATORS_OVER_YEARS}. */
export type IndicatorsOverYears = (typeof INDICATORS_OVER_YEARS)[number];

/** An indicator that was left out because some of the years have no value of it. */
export interface DroppedIndicator {
  readonly indicator: string;
  /** The years without a value. */
  readonly missingYears: readonly number[];
}

/** What several years are ranked from; `methodology.period.year` is not read. */
export interface HistoryRun extends PanelRun {
  /** Ascending, without repeats, at least one. */
  readonly years: readonly number[];
  readonly normalisation: NormalisationOverYears;
  readonly indicatorRule: IndicatorsOverYears;
}

/** Rankings of several years that may be compared. */
export interface History {
  /** The tree that was ranked by: the framework's, less what was dropped. */
  readonly tree: Tree;
  readonly years: readonly number[];
  readonly normalisation: NormalisationOverYears;
  /** Years that the normalisation's statistics come from; empty where each year is normalised by itself. */
  readonly basisYears: readonly number[];
  readonly dropped: readonly DroppedIndicator[];
  /** One for each year, in order. */
  readonly results: readonly RankingResult[];
  /** What stands in the way of comparing the years, besides the warnings of each ranking. */
  readonly warnings: readonly Warning[];
}

/**
 * Ranks several years so that they can be compared: by the same indicators, and on one scale where the normalisation is
 * joint.
 * @throws ScoringError `NO_DATA` where a year has no data, or the years have no indicator in common; else as `runPipeline`
 */
export function rankYears(run: HistoryRun): History {
  const { years } = run;
  const prepared = prepareYears(run);
  const { tree, dropped } = prepared;
  const results = runPipelineYears({ ...run, tree, methodology: prepared.methodology, keepStages: true }, years);
  const basis = prepared.methodology.normalise.basis;
  return {
    tree,
    years,
    normalisation: run.normalisation,
    basisYears: basis?.years ?? [],
    dropped,
    results,
    warnings: warningsOf(run, results),
  };
}

/** Cell operations that {@link rankYears} costs for `n` cities: each year once, and once more for a joint normalisation. */
export function historyCost(methodology: Methodology, tree: Tree, n: number, years: number): number {
  const single = { ...methodology, normalise: { ...methodology.normalise, basis: null } };
  const basis = methodology.normalise.basis?.years?.length ?? years;
  return pipelineCost(single, tree, n) * (years + basis) + selectionCost(tree, n, years);
}

const selectionCost = (tree: Tree, n: number, years: number): number => tree.leaves.length * n * years;

function prepareYears(run: HistoryRun): {
  readonly tree: Tree;
  readonly dropped: readonly DroppedIndicator[];
  readonly methodology: Methodology;
} {
  const { methodology, years, normalisation } = run;
  const kept =
    run.indicatorRule === 'IN_EVERY_YEAR' ? keepCommonIndicators(run) : { tree: run.tree, dropped: [] as const };
  const basis = normalisation === 'JOINT' ? { years, release: null } : methodology.normalise.basis;
  return { ...kept, methodology: { ...methodology, normalise: { ...methodology.normalise, basis } } };
}

/**
 * The tree without the indicators that some of the years have no usable value of, under the recipe's own rule for
 * statuses and earlier years; a node left without indicators goes too.
 * @throws ScoringError `NO_DATA` at `years` where nothing is left
 */
function keepCommonIndicators(run: HistoryRun): { readonly tree: Tree; readonly dropped: readonly DroppedIndicator[] } {
  const { panel, tree, methodology, years } = run;
  const missing = missingYearsOf(panel, run.cities, tree, methodology, years);
  const dropped = [...missing]
    .filter(([, without]) => without.length > 0)
    .map(([indicator, missingYears]) => ({ indicator, missingYears }));
  if (dropped.length === 0) return { tree, dropped };
  if (dropped.length === missing.size) {
    const withoutData = years.filter((year) => dropped.every(({ missingYears }) => missingYears.includes(year)));
    throw new ScoringError(
      'NO_DATA',
      withoutData.length > 0
        ? `No indicator of the framework has a usable observation in ${withoutData.join(', ')} for the selected cities.`
        : 'The years have no indicator in common.',
      [
        {
          path: 'years',
          value: withoutData.length > 0 ? withoutData[0] : years,
          message: withoutData.length > 0 ? 'The year has no data.' : 'No indicator has a value in every year.',
          allowed: describeYears(run, withoutData.length === 0),
        },
      ],
    );
  }
  return { tree: withoutIndicators(tree, new Set(dropped.map(({ indicator }) => indicator))), dropped };
}

/** For each leaf's indicator, the years that have no usable value of it for any selected city. */
function missingYearsOf(
  panel: Panel,
  selected: Int32Array | undefined,
  tree: Tree,
  methodology: Methodology,
  years: readonly number[],
): Map<string, number[]> {
  const cities = selected ?? Int32Array.from(panel.cities, (_, index) => index);
  const codes = leafIndicators(tree);
  const indexOf = new Map(panel.indicators.map((indicator, index) => [indicator.code, index]));
  const known = codes.filter((code) => indexOf.has(code));
  const missing = new Map(codes.map((code) => [code, new Array<number>()]));
  const rule = { ...methodology, latestWithinYears: methodology.period.latestWithinYears };
  for (const year of years) {
    const { values } = selectTable(
      panel,
      cities,
      known.map((code) => entryOf(indexOf, code)),
      year,
      rule,
    );
    known.forEach((code, j) => {
      if (values.subarray(j * cities.length, (j + 1) * cities.length).every(Number.isNaN))
        missing.get(code)?.push(year);
    });
  }
  return missing;
}

/** What years would do, in words: those with data, or the span of each indicator. */
function describeYears(run: HistoryRun, perIndicator: boolean): string {
  const { panel, tree, methodology } = run;
  const missing = [...missingYearsOf(panel, run.cities, tree, methodology, panel.years)];
  const spanOf = (without: readonly number[]): string => {
    const having = panel.years.filter((year) => !without.includes(year));
    return having.length === 0 ? 'none' : `${String(having[0])} to ${String(having.at(-1))}`;
  };
  if (perIndicator) {
    const spans = missing.slice(0, 12).map(([code, without]) => `${code} ${spanOf(without)}`);
    return `years that share an indicator (${spans.join(', ')}), or indicators: AS_AVAILABLE`;
  }
  const having = panel.years.filter((year) => missing.some(([, without]) => !without.includes(year)));
  return having.length === 0 ? 'no year has data' : `years with data: ${having.join(', ')}`;
}

/** The tree without the leaves of those indicators, and without the nodes that this leaves empty; weights stay as they are. */
function withoutIndicators(tree: Tree, dropped: ReadonlySet<string>): Tree {
  const kept = new Set<number>();
  tree.nodes.forEach((node, index) => {
    const stays =
      node.indicator === null ? node.children.some((child) => kept.has(child)) : !dropped.has(node.indicator);
    if (stays) kept.add(index);
  });
  const definitions = tree.nodes.flatMap((node, index): NodeDefinition[] => {
    if (!kept.has(index)) return [];
    const parent = tree.nodes[node.parent];
    return [
      {
        code: node.code,
        parent: parent?.code ?? null,
        weight: node.weight,
        indicator: node.indicator,
        position: parent?.children.indexOf(index) ?? 0,
      },
    ];
  });
  return buildTree(tree.code, definitions);
}

function warningsOf(run: HistoryRun, results: readonly RankingResult[]): Warning[] {
  const warnings: Warning[] = [];
  const { years } = run;
  const [firstResult] = results;
  firstResult?.indicators.forEach(({ code }, j) => {
    const transformed = results.map((result) => hasAction(result, j));
    if (transformed.some(Boolean) && !transformed.every(Boolean)) {
      const named = years.filter((_, k) => transformed[k]);
      warnings.push({
        code: 'METHOD_NOTE',
        indicator: code,
        message: `${code}: the treatment of outliers changed values in ${named.join(', ')} and not in the other years, so its scores are not on one scale over the years. \`treat: { method: NONE }\` avoids that.`,
      });
    }
  });
  const older = results.map((result) => shareOfOlder(result));
  const most = Math.max(0, ...older);
  if (most > 0) {
    const named = years.filter((_, k) => itemAt(older, k) > 0);
    warnings.push({
      code: 'METHOD_NOTE',
      message: `In ${named.join(', ')} some values are those of an earlier year (at most ${String(Math.round(most * 100))} % of a year's), which hides change. \`period: { latestWithinYears: 0 }\` takes each year's own values only.`,
    });
  }
  if (run.normalisation === 'PER_YEAR')
    warnings.push({
      code: 'METHOD_NOTE',
      message:
        'Each year is normalised by itself: ranks may be compared over the years, and scores only as far as the normalisation does not depend on the cities of the year.',
    });
  return warnings;
}

/** Whether the treatment changed any value of the column. */
function hasAction({ treatment, cities }: RankingResult, j: number): boolean {
  return treatment.subarray(j * cities.length, (j + 1) * cities.length).some((action) => action !== 0);
}

/** Share (0..1) of the values that were observed before the ranked year. */
function shareOfOlder(result: RankingResult): number {
  let older = 0;
  let present = 0;
  for (const used of stagesOf(result).yearUsed) {
    if (used === 0) continue;
    present++;
    if (used < result.year) older++;
  }
  return older / present;
}

/** A city's place in one year. */
export interface YearStanding {
  readonly year: number;
  /** `NaN` where the city has no rank at the node. */
  readonly rank: number;
  /** `NaN` where the city has no score at the node. */
  readonly score: number;
  /** Cities with a score at the node. */
  readonly ranked: number;
  /** Why there is no rank, in one sentence; null where there is one. */
  readonly reason: string | null;
}

const rowsOf = new WeakMap<RankingResult, ReadonlyMap<string, number>>();

/** Row of a city in a result; -1 where it is not scored. */
function rowOf(result: RankingResult, city: string): number {
  const known = rowsOf.get(result) ?? new Map(result.cities.map(({ code }, row) => [code, row]));
  rowsOf.set(result, known);
  return known.get(city) ?? -1;
}

/**
 * A city's scores at a node, one for each year; `NaN` where it has none.
 * @param node index into the history's tree
 */
export function scoresOf(history: History, city: string, node: number): Float64Array {
  return Float64Array.from(history.results, (result) => {
    const row = rowOf(result, city);
    const scores = result.nodes.columns[node];
    return row < 0 || !scores ? NaN : at(scores, row);
  });
}

/**
 * Cities' scores and ranks at a node: for each city, one standing for each year.
 * @param node index into the history's tree
 */
export function standingsOf(history: History, cities: readonly string[], node: number): YearStanding[][] {
  const ofYears = history.results.map((result, k) => {
    const ranks = result.rankOfNode(node);
    return {
      year: itemAt(history.years, k),
      result,
      ranks,
      scores: columnAt(result.nodes.columns, node),
      ranked: countOf(ranks),
      reasons: new Map(result.unranked.map(({ city, reason }) => [city.code, reason])),
    };
  });
  return cities.map((city) =>
    ofYears.map(({ year, result, ranks, scores, ranked, reasons }): YearStanding => {
      const row = rowOf(result, city);
      const rank = row < 0 ? NaN : at(ranks, row);
      if (!Number.isNaN(rank)) return { year, rank, score: at(scores, row), ranked, reason: null };
      const reason =
        row < 0
          ? (reasons.get(city) ?? 'The city is not among the selected cities.')
          : node === history.tree.root
            ? entryOf(reasons, city)
            : 'The city has no value under this node.';
      return { year, rank: NaN, score: NaN, ranked, reason };
    }),
  );
}
