import type { City } from '../entities';
import { change, type Warning } from '../scoring';
import type { PlannedHistory } from './change.service';
import { finiteOrNull } from './city-rows';
import type { CityGrouping } from './diagnostics.service';
import type { Ranking } from './ranking.service';
import type { WarningRow } from './ranking-view';

/** The same record with null for every number that is missing or not finite. */
type Nullable<T> = { readonly [K in keyof T]: T[K] extends number ? number | null : T[K] };

/** How the years were put on one scale. */
export interface NormalisationRow {
  readonly mode: change.NormalisationOverYears;
  readonly basisYears: readonly number[];
  /** One sentence. */
  readonly statement: string;
}

/** What all answers about several years have in common. */
export interface HistoryFacts {
  readonly years: readonly number[];
  readonly node: string;
  readonly normalisation: NormalisationRow;
  /** Codes of the indicators that were scored. */
  readonly indicators: readonly string[];
  readonly dropped: readonly change.DroppedIndicator[];
  readonly recipe: Readonly<Record<string, unknown>>;
  readonly warnings: readonly WarningRow[];
}

/** A city in one year. */
export type StandingRow = Nullable<Pick<change.YearStanding, 'rank' | 'score'>> &
  Pick<change.YearStanding, 'year' | 'ranked' | 'reason'>;

/** A city over the years. */
export interface CityHistoryRow {
  readonly city: City;
  readonly years: readonly StandingRow[];
}

/** Some cities over the years. */
export interface RankHistoryView extends HistoryFacts {
  readonly cities: readonly CityHistoryRow[];
}

type CertainOfTrend = 'n' | 'firstYear' | 'lastYear' | 'first' | 'last' | 's' | 'z' | 'pValue';

/** A trend whose undefined figures are null. */
export type TrendRow = Nullable<Omit<change.Trend, CertainOfTrend>> & Pick<change.Trend, CertainOfTrend>;

/** The trend of a city's score at a node. */
export interface CityTrendRow {
  readonly city: City;
  readonly node: string;
  /** Null where no year has a score. */
  readonly trend: TrendRow | null;
}

/** Trends of cities at nodes. */
export interface TrendsView extends HistoryFacts {
  readonly rows: readonly CityTrendRow[];
}

/** A city's change of rank between two rankings. */
export interface RankChangeView extends change.RankChange {
  readonly city: City;
  readonly from: Ranking;
  readonly to: Ranking;
  /** How the change was split, in words. */
  readonly method: string;
}

/** A group in one year. */
export type GroupYearRow = Omit<change.GroupYear, 'standardDeviation' | 'ratio'> &
  Nullable<Pick<change.GroupYear, 'standardDeviation' | 'ratio'>>;

/** How a gap moved. */
export type GapChangeRow = Pick<change.GapChange, 'first' | 'last' | 'change'> &
  Nullable<Omit<change.GapChange, 'first' | 'last' | 'change' | 'trend'>> & { readonly trend: TrendRow };

/** A group over the years. */
export interface ConvergenceGroupRow {
  /** Null for the cities that are in no group. */
  readonly group: string | null;
  readonly size: number;
  readonly cityCodes: readonly string[];
  readonly years: readonly GroupYearRow[];
  readonly gap: GapChangeRow | null;
  readonly logGap: GapChangeRow | null;
}

/** Inequality in one year. */
export type SpreadYearRow = Pick<change.SpreadYear, 'year' | 'mean'> &
  Nullable<Omit<change.SpreadYear, 'year' | 'mean' | 'theil'>> & {
    readonly theil: Nullable<change.TheilSplit> & { readonly betweenShare: number | null };
  };

type CertainOfBeta = 'n' | 'form' | 'slope' | 'intercept';

/** Beta convergence whose undefined figures are null. */
export type BetaRow = Pick<change.BetaConvergence, CertainOfBeta> &
  Nullable<Omit<change.BetaConvergence, CertainOfBeta>>;

/** A city that is not in the panel. */
export interface LeftOutRow {
  readonly city: City;
  readonly reason: string;
}

/** Whether groups converge. */
export interface ConvergenceView extends HistoryFacts {
  readonly groupBy: CityGrouping;
  readonly panel: change.PanelRule;
  readonly cityCodes: readonly string[];
  readonly leftOut: readonly LeftOutRow[];
  readonly reference: string | null;
  readonly groups: readonly ConvergenceGroupRow[];
  readonly spread: readonly SpreadYearRow[];
  readonly sigma: TrendRow | null;
  readonly intervalMethod: string;
  readonly beta: BetaRow | null;
}

/** The standings of cities at a node. */
export function historyView(planned: PlannedHistory, cities: readonly City[], node: number): RankHistoryView {
  const codes = cities.map(({ code }) => code);
  const standings = change.standingsOf(planned.history, codes, node);
  return {
    ...factsOf(planned, node),
    cities: cities.map((city, index) => ({
      city,
      years: (standings[index] ?? []).map((standing) => ({
        ...standing,
        rank: finiteOrNull(standing.rank),
        score: finiteOrNull(standing.score),
      })),
    })),
  };
}

/** The trends of cities' scores at nodes, by city, then by node in the order given. */
export function cityTrendRows(
  { history }: PlannedHistory,
  cities: readonly City[],
  nodes: readonly number[],
): CityTrendRow[] {
  return cities.flatMap((city) =>
    nodes.map((node): CityTrendRow => {
      const trend = change.trendOf(history.years, change.scoresOf(history, city.code, node));
      return { city, node: history.tree.nodes[node]?.code ?? '', trend: trend && trendRow(trend) };
    }),
  );
}

/** A change of rank with its two rankings. */
export function rankChangeView(city: City, from: Ranking, to: Ranking, split: change.RankChange): RankChangeView {
  const applying = split.parts.filter(({ applies }) => applies).map(({ cause }) => cause);
  const precedence =
    applying.includes('REVISIONS') && applying.includes('OWN_DATA')
      ? ' in which revisions come before new years’ data'
      : '';
  const method =
    applying.length === 0
      ? 'The two rankings are the same in every respect.'
      : `Shapley value: each cause's effect on the rank, averaged over the ${String(split.orders)} ${split.orders === 1 ? 'order' : 'orders'} of switching ${applying.join(', ')} from the first ranking to the second${precedence}; the ranking is computed anew for every step.`;
  return { ...split, city, from, to, method };
}

/** What the panel of a convergence is made of. */
export interface PanelFacts {
  readonly rule: change.PanelRule;
  readonly balance: change.Balance;
  /** Label of each city's group, in the order of the panel. */
  readonly labels: readonly (string | null)[];
  /** Labels by group number. */
  readonly groups: readonly (string | null)[];
  readonly groupBy: CityGrouping;
}

/** The statistics of a panel with the labels of its groups. */
export function convergenceView(
  planned: PlannedHistory,
  node: number,
  { rule, balance, labels, groups, groupBy }: PanelFacts,
  { reference, groups: tracks, spread, sigma, beta }: change.ConvergenceStatistics,
): ConvergenceView {
  return {
    ...factsOf(planned, node),
    groupBy,
    panel: rule,
    cityCodes: balance.cities,
    leftOut: balance.leftOut.flatMap(({ city: code, reason }) => {
      const city = planned.data.cities.get(code);
      return city ? [{ city, reason }] : [];
    }),
    reference: groups[reference] ?? null,
    groups: tracks.map((track) => ({
      group: groups[track.group] ?? null,
      size: track.size,
      cityCodes: balance.cities.filter((_, i) => labels[i] === groups[track.group]),
      years: track.years.map((row) => ({
        ...row,
        standardDeviation: finiteOrNull(row.standardDeviation),
        ratio: finiteOrNull(row.ratio),
      })),
      gap: track.gap && gapRow(track.gap),
      logGap: track.logGap && gapRow(track.logGap),
    })),
    spread: spread.map(spreadRow),
    sigma: sigma && trendRow(sigma),
    intervalMethod: `${String(change.CONFIDENCE * 100)} % interval for the coefficient of variation of a normal population by Vangel's modification of McKay's method (1996).`,
    beta: beta && betaRow(beta),
  };
}

function factsOf({ history, recipe }: PlannedHistory, node: number): HistoryFacts {
  const { tree, years, dropped, results, warnings } = history;
  const lowerIsBetter = results.some(({ nodes }) => nodes.lowerIsBetter[node] === true);
  return {
    years,
    node: tree.nodes[node]?.code ?? '',
    normalisation: normalisationRow(history),
    indicators: results[0]?.indicators.map(({ code }) => code) ?? [],
    dropped,
    recipe,
    warnings: [...warnings, ...(lowerIsBetter ? [LOWER_IS_BETTER] : [])].map(
      ({ code, message, indicator, node: about }) => ({
        code,
        message,
        indicator: indicator ?? null,
        node: about ?? null,
      }),
    ),
  };
}

const LOWER_IS_BETTER: Warning = {
  code: 'METHOD_NOTE',
  message: 'A low score is good at this node, so a rising trend is a fall, and gaps have the opposite sign.',
};

function normalisationRow({ normalisation, basisYears, years }: change.History): NormalisationRow {
  const statements: Readonly<Record<change.NormalisationOverYears, string>> = {
    JOINT: `Joint: the statistics of the normalisation come from the cities of all ${String(years.length)} years together, so a score means the same in every year.`,
    PER_YEAR: 'Per year: each year is normalised by its own cities, so scores of different years are not on one scale.',
    AS_RECIPE: `As the recipe's basis says: the statistics of the normalisation come from ${basisYears.length === 0 ? 'the same year of another release' : basisYears.join(', ')}, for every year alike.`,
  };
  return { mode: normalisation, basisYears, statement: statements[normalisation] };
}

function trendRow(trend: change.Trend): TrendRow {
  return {
    ...trend,
    slope: finiteOrNull(trend.slope),
    intercept: finiteOrNull(trend.intercept),
    tauB: finiteOrNull(trend.tauB),
    exactPValue: finiteOrNull(trend.exactPValue),
    annualGrowth: finiteOrNull(trend.annualGrowth),
  };
}

function gapRow(gap: change.GapChange): GapChangeRow {
  return {
    ...gap,
    standardError: finiteOrNull(gap.standardError),
    t: finiteOrNull(gap.t),
    degrees: finiteOrNull(gap.degrees),
    pValue: finiteOrNull(gap.pValue),
    trend: trendRow(gap.trend),
  };
}

function spreadRow(row: change.SpreadYear): SpreadYearRow {
  const { total, within, between } = row.theil;
  return {
    year: row.year,
    mean: row.mean,
    standardDeviation: finiteOrNull(row.standardDeviation),
    coefficient: finiteOrNull(row.coefficient),
    low: finiteOrNull(row.low),
    high: finiteOrNull(row.high),
    gini: finiteOrNull(row.gini),
    theil: {
      total: finiteOrNull(total),
      within: finiteOrNull(within),
      between: finiteOrNull(between),
      betweenShare: total > 0 ? between / total : null,
    },
  };
}

function betaRow(beta: change.BetaConvergence): BetaRow {
  return {
    ...beta,
    standardError: finiteOrNull(beta.standardError),
    t: finiteOrNull(beta.t),
    pValue: finiteOrNull(beta.pValue),
    rSquared: finiteOrNull(beta.rSquared),
    speed: finiteOrNull(beta.speed),
    halfLife: finiteOrNull(beta.halfLife),
  };
}
