import type { City } from '../entities';
import { diagnostics, digestOf, type Tree } from '../scoring';
import { Once } from './once';
import { pageOf, type Page, type PageRequest } from './page';
import type { RankingDiagnostics } from './diagnostics.service';
import { topDown } from './ranking-view';
import type { Ranking } from './ranking.service';

/** A row whose measures are plain numbers, null where there is none. */
type Flat<T> = { readonly [K in keyof T]: T[K] extends diagnostics.Measure ? number | null : T[K] };

/** Descriptive statistics of one indicator. */
export type StatisticsRow = Flat<diagnostics.DescriptiveStatistics>;

/** Statistics as rows. */
export function statisticsRows(statistics: readonly diagnostics.DescriptiveStatistics[]): StatisticsRow[] {
  return statistics.map((row) => ({
    ...row,
    mostFrequentShare: row.mostFrequentShare.value,
    minimum: row.minimum.value,
    maximum: row.maximum.value,
    mean: row.mean.value,
    median: row.median.value,
    lowerQuartile: row.lowerQuartile.value,
    upperQuartile: row.upperQuartile.value,
    standardDeviation: row.standardDeviation.value,
    skewness: row.skewness.value,
    kurtosis: row.kurtosis.value,
  }));
}

/** Availability of an indicator. */
export type AvailabilityRow = Flat<diagnostics.Availability>;
/** Availability of a group of cities. */
export type GroupAvailabilityRow = Flat<diagnostics.GroupAvailability>;

/** Availability as rows. */
export function availabilityRows<T extends diagnostics.Availability>(
  rows: readonly T[],
): (Omit<T, 'share' | 'nonZeroShare'> & { readonly share: number | null; readonly nonZeroShare: number | null })[] {
  return rows.map((row) => ({ ...row, share: row.share.value, nonZeroShare: row.nonZeroShare.value }));
}

/** Cronbach's alpha of the columns under a node. */
export interface ConsistencyRow {
  readonly node: string | null;
  readonly columns: number;
  readonly alpha: number | null;
  readonly reason: diagnostics.AbsenceReason | null;
  readonly withoutEach: readonly { readonly code: string; readonly alpha: number | null }[];
}

/** Consistencies as rows. */
export function consistencyRows(rows: readonly diagnostics.Consistency[]): ConsistencyRow[] {
  return rows.map(({ alpha, withoutEach, ...row }) => ({
    ...row,
    alpha: alpha.value,
    reason: alpha.reason,
    withoutEach: withoutEach.map((without) => ({ code: without.code, alpha: without.alpha.value })),
  }));
}

/** Main effect of a node. */
export interface MainEffectRow extends Flat<diagnostics.MainEffect> {
  readonly reason: diagnostics.AbsenceReason | null;
}

/** Main effects as rows. */
export function mainEffectRows<T extends diagnostics.MainEffect>(
  rows: readonly T[],
): (Omit<T, 'linear' | 'nonlinear'> & Pick<MainEffectRow, 'linear' | 'nonlinear' | 'reason'>)[] {
  return rows.map((row) => ({
    ...row,
    linear: row.linear.value,
    nonlinear: row.nonlinear.value,
    reason: row.linear.reason,
  }));
}

/** Main effect of a node on its parent, beside its weight. */
export interface ImportanceRow extends Flat<diagnostics.ChildImportance> {
  readonly reason: diagnostics.AbsenceReason | null;
}

/** Importances as rows. */
export function importanceRows(rows: readonly diagnostics.ChildImportance[]): ImportanceRow[] {
  return mainEffectRows(rows).map((row) => ({
    ...row,
    linearShare: row.linearShare.value,
    nonlinearShare: row.nonlinearShare.value,
  }));
}

/** What is there under one node, over the scored cities. */
export interface NodeAvailabilityRow {
  readonly node: string;
  /** Mean over the cities of the share of the leaves under the node that a city has, 0 to 1. */
  readonly meanShare: number;
  /** Cities that have all leaves under it. */
  readonly complete: number;
  /** Cities that have none of them. */
  readonly empty: number;
}

/** Availability at every node, from the root down, cities taken together. */
export function averageNodeAvailability(
  tree: Tree,
  { cities, shares }: diagnostics.NodeAvailability,
): NodeAvailabilityRow[] {
  const n = cities.length;
  return topDown(tree).map(({ node, index }) => {
    const own = shares.subarray(index * n, (index + 1) * n);
    return {
      node: node.code,
      meanShare: own.reduce((sum, share) => sum + share, 0) / n,
      complete: own.reduce((count, share) => count + (share === 1 ? 1 : 0), 0),
      empty: own.reduce((count, share) => count + (share === 0 ? 1 : 0), 0),
    };
  });
}

/** Share of the leaves under a node that a city has, 0 to 1. */
export interface NodeShare {
  readonly node: string;
  readonly share: number;
}

/** Availability of one city at every node, from the root down. */
export function availabilityByNode(
  tree: Tree,
  { cities, shares }: diagnostics.NodeAvailability,
  city: string,
): NodeShare[] {
  const row = cities.indexOf(city);
  return topDown(tree).map(({ node, index }) => ({
    node: node.code,
    share: shares[index * cities.length + row] ?? 0,
  }));
}

/** What is there of one city. */
export class CityAvailability {
  constructor(
    private readonly of: RankingDiagnostics,
    private readonly own: diagnostics.Availability,
    readonly city: City,
  ) {}

  get cells(): number {
    return this.own.cells;
  }
  get present(): number {
    return this.own.present;
  }
  get missing(): number {
    return this.own.missing;
  }
  get zeros(): number {
    return this.own.zeros;
  }
  get share(): number | null {
    return this.own.share.value;
  }

  /** Share at every node, from the root down. */
  @Once
  get nodes(): NodeShare[] {
    return this.of.nodeSharesOf(this.city.code);
  }
}

/** A page of the availability of the scored cities, in code order. */
export function cityAvailabilityPage(of: RankingDiagnostics, request: PageRequest): Page<CityAvailability> {
  const rows = of.availabilityByCity().flatMap((own) => {
    const city = of.ranking.data.cities.get(own.code);
    return city ? [new CityAvailability(of, own, city)] : [];
  });
  return pageOf(
    rows,
    { scope: scopeOf(of.ranking, 'availability'), keyOf: (row) => row.city.code, valueOf: () => null },
    request,
  );
}

/** One row of a square matrix of correlations. */
export interface CorrelationRow {
  readonly node: string;
  /** With each node of the matrix, in the order of its rows; 1 with itself. */
  readonly coefficients: readonly (number | null)[];
  /** Null with itself. */
  readonly pValues: readonly (number | null)[];
  /** Cities that have both values. */
  readonly counts: readonly number[];
}

/** A square matrix from the pairs of its upper triangle. */
export function correlationRows(
  columns: readonly diagnostics.NamedColumn[],
  method: diagnostics.CorrelationMethod,
  pairs: readonly diagnostics.Correlation[],
): CorrelationRow[] {
  const k = columns.length;
  // Of row a, the pairs with a + 1 … k − 1 stand together, after those of the rows before.
  const pairOf = (a: number, b: number): diagnostics.Correlation | undefined =>
    pairs[a * k - (a * (a + 1)) / 2 + (b - a - 1)];
  return columns.map((column, a) => {
    const own = diagnostics.correlate(column, column, method);
    const row = columns.map((_, b) => (a === b ? own : pairOf(Math.min(a, b), Math.max(a, b))));
    return {
      node: column.code,
      coefficients: row.map((pair, b) => (a === b && own.coefficient !== null ? 1 : (pair?.coefficient ?? null))),
      pValues: row.map((pair, b) => (a === b ? null : (pair?.pValue ?? null))),
      counts: row.map((pair) => pair?.count ?? 0),
    };
  });
}

/** Dominance without its matrix. */
export interface DominanceRows {
  /** Codes of the nodes that are compared. */
  readonly nodes: readonly string[];
  readonly cities: readonly string[];
  readonly dominates: Int32Array;
  readonly dominatedBy: Int32Array;
  readonly levels: Int32Array;
  readonly incomparable: readonly string[];
  readonly comparedCount: number;
  readonly decidedShare: number;
}

/** What is kept of a dominance. */
export function dominanceRows(nodes: readonly string[], dominance: diagnostics.Dominance): DominanceRows {
  const { cities, dominates, dominatedBy, levels, incomparable, decidedShare } = dominance;
  const comparedCount = cities.length - incomparable.length;
  return { nodes, cities, dominates, dominatedBy, levels, incomparable, comparedCount, decidedShare };
}

/** A dominance with the diagnostics that it belongs to. */
export interface RankingDominance extends DominanceRows {
  readonly of: RankingDiagnostics;
}

/** A city in a dominance. */
export interface DominanceCity {
  readonly city: City;
  /** 1 for the cities that none dominates. */
  readonly level: number;
  readonly dominates: number;
  readonly dominatedBy: number;
}

/** A page of the compared cities: by level, then by how many they dominate, then by code. */
export function dominanceCityPage(dominance: RankingDominance, request: PageRequest): Page<DominanceCity> {
  const { of, cities, levels, dominates, dominatedBy } = dominance;
  const rows = cities
    .flatMap((code, row): DominanceCity[] => {
      const city = of.ranking.data.cities.get(code);
      const level = levels[row] ?? 0;
      return city && level > 0
        ? [{ city, level, dominates: dominates[row] ?? 0, dominatedBy: dominatedBy[row] ?? 0 }]
        : [];
    })
    // The sort is stable, and the cities stand in code order.
    .sort((a, b) => a.level - b.level || b.dominates - a.dominates);
  return pageOf(
    rows,
    {
      scope: scopeOf(of.ranking, 'dominance', dominance.nodes),
      keyOf: (row) => row.city.code,
      valueOf: (row) => row.level,
    },
    request,
  );
}

/** Edges of a Hasse diagram: `rows` holds pairs of indices into `cities`, above before below. */
export interface HasseEdges {
  readonly cities: readonly string[];
  readonly rows: Int32Array;
}

/** A page of the edges, by the code of the city above, then of the one below. */
export function hasseEdgePage(dominance: RankingDominance, request: PageRequest): Page<diagnostics.HasseEdge> {
  const { cities, rows } = dominance.of.hasseEdges(dominance);
  const edges = Array.from({ length: rows.length / 2 }, (_, index) => ({
    above: cities[rows[2 * index] ?? 0] ?? '',
    below: cities[rows[2 * index + 1] ?? 0] ?? '',
  }));
  return pageOf(
    edges,
    {
      scope: scopeOf(dominance.of.ranking, 'hasse', dominance.nodes),
      keyOf: ({ above, below }) => JSON.stringify([above, below]),
      valueOf: () => null,
    },
    request,
  );
}

/** An outlier with its city's row. */
export interface OutlierRow {
  readonly rule: diagnostics.OutlierRuleName;
  readonly indicator: string;
  readonly city: City;
  readonly value: number;
  readonly side: 'HIGH' | 'LOW';
  readonly distance: number;
  /** Place in the whole report, which names the row: one indicator may stand at two leaves. */
  readonly position: number;
}

/** A page of outliers: by indicator in the order of the leaves, then rule, then city. */
export function outlierPage(
  { data, digest }: Ranking,
  { outliers }: diagnostics.OutlierReport,
  rules: readonly diagnostics.OutlierRuleName[] | null | undefined,
  request: PageRequest,
): Page<OutlierRow> {
  const rows = outliers.flatMap(({ city: code, ...outlier }, position): OutlierRow[] => {
    const city = data.cities.get(code);
    return city && (rules == null || rules.includes(outlier.rule)) ? [{ ...outlier, city, position }] : [];
  });
  return pageOf(
    rows,
    {
      scope: scopeOf({ digest }, 'outliers'),
      keyOf: ({ indicator, rule, city }) => JSON.stringify([indicator, rule, city.code]),
      valueOf: ({ position }) => position,
    },
    request,
  );
}

/** Names a list of a ranking in its cursors. */
function scopeOf({ digest }: Pick<Ranking, 'digest'>, list: string, nodes: readonly string[] = []): string {
  return [list, digest.slice(0, 16), ...(nodes.length === 0 ? [] : [digestOf(nodes).slice(0, 16)])].join(':');
}
