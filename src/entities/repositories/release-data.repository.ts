import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { buildTree, compareCodes, OBSERVATION_STATUSES, type Panel, type Tree } from '../../scoring';
import { City } from '../city';
import { FrameworkNode } from '../framework-node';
import { IndexFramework } from '../index-framework';
import { Indicator } from '../indicator';
import { Initiative } from '../initiative';
import { MethodologyPreset } from '../methodology-preset';
import { Observation } from '../observation';
import { PublishedRanking } from '../published-ranking';
import type { Release } from '../release';
import { cityMetaOf, indicatorMetaOf, nodeDefinitionOf } from '../rows';
import { Source } from '../source';
import { selectEffective } from './effective';
import type { ReleaseData } from './release-data';

/** Observations of one indicator and year, each list joined by commas in the same order. */
interface PackedObservations {
  readonly indicator_code: string;
  readonly year: number;
  readonly cities: string;
  readonly values: string;
  readonly statuses: string;
  readonly lows: string | null;
  readonly highs: string | null;
}

/** Loads a release into memory. */
export class ReleaseDataRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Everything that the release holds, in nine statements whatever its size. */
  async load(release: Release): Promise<ReleaseData> {
    const [packed, cities, indicators, sources, indexFrameworks, nodes, methodologies, publishedRankings, initiatives] =
      await Promise.all([
        this.packedObservations(release),
        this.rows(City, release),
        this.rows(Indicator, release),
        this.rows(Source, release),
        this.rows(IndexFramework, release),
        this.rows(FrameworkNode, release),
        this.rows(MethodologyPreset, release),
        this.rows(PublishedRanking, release),
        this.rows(Initiative, release),
      ]);
    const citiesByCode = byKey(cities, (city) => city.code);
    const indicatorsByCode = byKey(indicators, (indicator) => indicator.code);
    const indexFrameworksByCode = byKey(indexFrameworks, (framework) => framework.code);
    const frameworks = new Map<string, Tree>();
    const frameworkNodes = new Map<string, ReadonlyMap<string, FrameworkNode>>();
    for (const code of indexFrameworksByCode.keys()) {
      const own = new Map(nodes.filter((node) => node.frameworkCode === code).map((node) => [node.code, node]));
      const tree = buildTree(code, [...own.values()].map(nodeDefinitionOf));
      frameworks.set(code, tree);
      frameworkNodes.set(
        code,
        sortedBy(own, (node) => tree.indexOf.get(node.code) ?? -1),
      );
    }
    return {
      release,
      panel: buildPanel([...citiesByCode.values()], [...indicatorsByCode.values()], packed),
      cities: citiesByCode,
      indicators: indicatorsByCode,
      sources: byKey(sources, (source) => source.id),
      frameworks,
      indexFrameworks: indexFrameworksByCode,
      frameworkNodes,
      methodologies: byKey(methodologies, (methodology) => methodology.code),
      publishedRankings: publishedRankings.sort(
        (a, b) =>
          compareCodes(a.report, b.report) ||
          a.year - b.year ||
          compareCodes(a.dimension, b.dimension) ||
          a.rank - b.rank ||
          compareCodes(a.cityCode, b.cityCode),
      ),
      initiatives: initiatives.sort(
        (a, b) =>
          compareCodes(a.cityCode, b.cityCode) ||
          compareCodes(a.title, b.title) ||
          compareCodes(a.signedOn ?? '', b.signedOn ?? ''),
      ),
    };
  }

  private rows<Row extends ObjectLiteral>(entity: EntityTarget<Row>, release: Release): Promise<Row[]> {
    return selectEffective(this.dataSource.manager, entity, release.sequence).getMany();
  }

  /**
   * Row objects for every observation would take most of the load time, so the database joins them to one row for each
   * indicator and year. Both forms of a number read back as the same double.
   */
  private packedObservations(release: Release): Promise<PackedObservations[]> {
    const postgres = this.dataSource.options.type === 'postgres';
    const number = (column: string): string =>
      postgres
        ? `COALESCE(CAST(${column} AS text), '')`
        : `CASE WHEN ${column} IS NULL THEN '' ELSE quote(${column}) END`;
    const list = (text: string): string => `string_agg(${text}, ',')`;
    const listIfAny = (column: string): string =>
      `CASE WHEN count(${column}) = 0 THEN NULL ELSE ${list(number(column))} END`;
    return selectEffective(this.dataSource.manager, Observation, release.sequence)
      .select('observation.indicator_code', 'indicator_code')
      .addSelect('observation.year', 'year')
      .addSelect(list('observation.city_code'), 'cities')
      .addSelect(list(number('observation.value')), 'values')
      .addSelect(list('observation.status'), 'statuses')
      .addSelect(listIfAny('observation.low'), 'lows')
      .addSelect(listIfAny('observation.high'), 'highs')
      .groupBy('observation.indicator_code')
      .addGroupBy('observation.year')
      .getRawMany<PackedObservations>();
  }
}

function buildPanel(
  cities: readonly City[],
  indicators: readonly Indicator[],
  packed: readonly PackedObservations[],
): Panel {
  const n = cities.length;
  const m = indicators.length;
  const years = [...new Set(packed.map((row) => row.year))].sort((a, b) => a - b);
  const size = years.length * m * n;
  const cityIndex = new Map(cities.map((city, i) => [city.code, i]));
  const indicatorIndex = new Map(indicators.map((indicator, j) => [indicator.code, j]));
  const yearIndex = new Map(years.map((year, y) => [year, y]));
  const statusIndex = new Map<string, number>(OBSERVATION_STATUSES.map((status, s) => [status, s]));
  const values = new Float64Array(size).fill(NaN);
  const status = new Uint8Array(size);
  const low = packed.some((row) => row.lows !== null) ? new Float64Array(size).fill(NaN) : null;
  const high = packed.some((row) => row.highs !== null) ? new Float64Array(size).fill(NaN) : null;

  for (const row of packed) {
    const offset = (indexIn(yearIndex, row.year) * m + indexIn(indicatorIndex, row.indicator_code)) * n;
    const cells = row.cities.split(',').map((code) => offset + indexIn(cityIndex, code));
    fillNumbers(values, cells, row.values);
    const statuses = row.statuses.split(',');
    cells.forEach((cell, k) => (status[cell] = indexIn(statusIndex, statuses[k] ?? '')));
    if (low && row.lows !== null) fillNumbers(low, cells, row.lows);
    if (high && row.highs !== null) fillNumbers(high, cells, row.highs);
  }
  return {
    cities: cities.map(cityMetaOf),
    indicators: indicators.map(indicatorMetaOf),
    years,
    values,
    status,
    statuses: OBSERVATION_STATUSES,
    ...(low ? { low } : {}),
    ...(high ? { high } : {}),
  };
}

function fillNumbers(out: Float64Array, cells: readonly number[], list: string): void {
  const texts = list.split(',');
  cells.forEach((cell, k) => {
    const text = texts[k];
    if (text) out[cell] = Number(text);
  });
}

/** An import checks every reference, so a key that is not there means that the database was changed by other means. */
function indexIn<Key extends string | number>(index: ReadonlyMap<Key, number>, key: Key): number {
  const found = index.get(key);
  if (found === undefined)
    throw new Error(`The database holds an observation of ${JSON.stringify(key)}, which its release does not.`);
  return found;
}

function byKey<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row> {
  const entries = rows.map((row): [string, Row] => [keyOf(row), row]);
  return new Map(entries.sort(([a], [b]) => compareCodes(a, b)));
}

function sortedBy<Row>(rows: ReadonlyMap<string, Row>, rankOf: (row: Row) => number): Map<string, Row> {
  return new Map([...rows].sort(([, a], [, b]) => rankOf(a) - rankOf(b)));
}
