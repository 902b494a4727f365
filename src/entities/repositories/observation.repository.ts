import type { DataSource } from 'typeorm';
import type { ObservationStatus } from '../../scoring';
import { Observation } from '../observation';
import type { Release } from '../release';
import { selectEffective } from './effective';

/** Where an observation stands in the total order of a release: city, then indicator, then year. */
export interface ObservationKey {
  readonly cityCode: string;
  readonly indicatorCode: string;
  readonly year: number;
}

/** What {@link ObservationRepository.page} looks for. A filter that is absent lets everything through; an empty one nothing. */
export interface ObservationQuery {
  readonly release: Pick<Release, 'sequence'>;
  readonly cityCodes?: readonly string[] | undefined;
  readonly indicatorCodes?: readonly string[] | undefined;
  readonly years?: readonly number[] | undefined;
  readonly statuses?: readonly ObservationStatus[] | undefined;
  readonly sourceIds?: readonly string[] | undefined;
  /** How many rows at most, ≥ 1. */
  readonly first: number;
  /** The last row already seen, or null for the first page. */
  readonly after: ObservationKey | null;
}

/** A page of observations in (city, indicator, year) order. */
export interface ObservationPage {
  readonly observations: readonly Observation[];
  /** Rows that match the filters, on all pages. */
  readonly totalCount: number;
  readonly hasNextPage: boolean;
}

/** Filters by name: the columns are fixed here, so that no caller's text reaches a statement. */
const FILTERS = [
  ['cityCodes', 'observation.cityCode'],
  ['indicatorCodes', 'observation.indicatorCode'],
  ['years', 'observation.year'],
  ['statuses', 'observation.status'],
  ['sourceIds', 'observation.sourceId'],
] as const;

/** Reads single observations with their source and note; a ranking never needs it. */
export class ObservationRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The rows of keys, in no order; a key without a row has none. One statement; none without keys. */
  async byKeys(release: Pick<Release, 'sequence'>, keys: readonly ObservationKey[]): Promise<Observation[]> {
    if (keys.length === 0) return [];
    const matching = selectEffective(this.dataSource.manager, Observation, release.sequence);
    const one = keys.map((_, i) => {
      const n = String(i);
      return `(observation.cityCode = :city${n} AND observation.indicatorCode = :indicator${n} AND observation.year = :year${n})`;
    });
    const values = keys.flatMap(({ cityCode, indicatorCode, year }, i): [string, string | number][] => [
      [`city${String(i)}`, cityCode],
      [`indicator${String(i)}`, indicatorCode],
      [`year${String(i)}`, year],
    ]);
    return matching.andWhere(`(${one.join(' OR ')})`, Object.fromEntries(values)).getMany();
  }

  /**
   * Which sources indicators have observations from, each pair once, in the order of source and indicator. One statement;
   * none without indicators.
   */
  async sourcesOf(
    release: Pick<Release, 'sequence'>,
    indicatorCodes: readonly string[],
  ): Promise<readonly { readonly sourceId: string; readonly indicatorCode: string }[]> {
    if (indicatorCodes.length === 0) return [];
    return selectEffective(this.dataSource.manager, Observation, release.sequence)
      .andWhere('observation.indicatorCode IN (:...indicatorCodes)', { indicatorCodes })
      .andWhere('observation.sourceId IS NOT NULL')
      .select('observation.source_id', 'sourceId')
      .addSelect('observation.indicator_code', 'indicatorCode')
      .groupBy('observation.source_id')
      .addGroupBy('observation.indicator_code')
      .orderBy('observation.source_id')
      .addOrderBy('observation.indicator_code')
      .getRawMany<{ sourceId: string; indicatorCode: string }>();
  }

  /** One page and the total count: two statements, whatever the page. */
  async page(query: ObservationQuery): Promise<ObservationPage> {
    if (FILTERS.some(([filter]) => query[filter]?.length === 0)) {
      return { observations: [], totalCount: 0, hasNextPage: false };
    }
    const matching = selectEffective(this.dataSource.manager, Observation, query.release.sequence);
    for (const [filter, column] of FILTERS) {
      const wanted = query[filter];
      if (wanted) matching.andWhere(`${column} IN (:...${filter})`, { [filter]: wanted });
    }
    const totalCount = await matching.getCount();
    if (query.after) {
      matching.andWhere(
        '(observation.cityCode, observation.indicatorCode, observation.year) > (:afterCity, :afterIndicator, :afterYear)',
        {
          afterCity: query.after.cityCode,
          afterIndicator: query.after.indicatorCode,
          afterYear: query.after.year,
        },
      );
    }
    const found = await matching
      .orderBy('observation.cityCode')
      .addOrderBy('observation.indicatorCode')
      .addOrderBy('observation.year')
      .limit(query.first + 1)
      .getMany();
    return {
      observations: found.slice(0, query.first),
      totalCount,
      hasNextPage: found.length > query.first,
    };
  }
}
