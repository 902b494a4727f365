import type { DataSource, EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { AuditEvent } from '../audit-event';
import { City } from '../city';
import { FrameworkNode } from '../framework-node';
import { IndexFramework } from '../index-framework';
import { Indicator } from '../indicator';
import { Initiative } from '../initiative';
import { MethodologyPreset } from '../methodology-preset';
import { Observation } from '../observation';
import { PublishedRanking } from '../published-ranking';
import { Release } from '../release';
import type { ReleaseRows } from '../rows';
import { Source } from '../source';
import { selectEffective } from './effective';

/** The entity behind each list of {@link ReleaseRows}. */
const TABLES: readonly (readonly [EntityTarget<ObjectLiteral>, (rows: ReleaseRows) => readonly object[]])[] = [
  [City, (rows) => rows.cities],
  [Source, (rows) => rows.sources],
  [Indicator, (rows) => rows.indicators],
  [IndexFramework, (rows) => rows.indexFrameworks],
  [FrameworkNode, (rows) => rows.frameworkNodes],
  [Observation, (rows) => rows.observations],
  [PublishedRanking, (rows) => rows.publishedRankings],
  [Initiative, (rows) => rows.initiatives],
  [MethodologyPreset, (rows) => rows.methodologies],
];

/** Both databases take at least this many bound values in a statement (SQLite 32 766, PostgreSQL 65 535). */
const MAX_BOUND_VALUES = 32_000;

/** Writes new releases, and reads the whole content of one for an export or for the next release to build on. */
export class ReleaseRowsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Every row that the release holds, in no particular order. */
  async load(release: Pick<Release, 'sequence'>): Promise<ReleaseRows> {
    const rows = <Row extends ObjectLiteral>(entity: EntityTarget<Row>): Promise<Row[]> =>
      selectEffective(this.dataSource.manager, entity, release.sequence).getMany();
    return {
      cities: await rows(City),
      sources: await rows(Source),
      indicators: await rows(Indicator),
      indexFrameworks: await rows(IndexFramework),
      frameworkNodes: await rows(FrameworkNode),
      observations: await rows(Observation),
      publishedRankings: await rows(PublishedRanking),
      initiatives: await rows(Initiative),
      methodologies: await rows(MethodologyPreset),
    };
  }

  /**
   * Publishes a release with the rows that it introduces, in one transaction: all or nothing.
   *
   * What a release holds is found by its number, so no reader sees its rows before its own row. On SQLite, where readers
   * share the connection of the transaction, that row goes in last. On PostgreSQL it goes in first: the second of two
   * publishers waits there and then fails, rather than that each waits for a row of the other.
   */
  async publish(release: Release, rows: ReleaseRows, event: Omit<AuditEvent, 'id'>): Promise<void> {
    const releaseFirst = this.dataSource.options.type === 'postgres';
    await this.dataSource.transaction(async (manager) => {
      if (releaseFirst) await manager.insert(Release, release);
      for (const [entity, listOf] of TABLES) await insertAll(manager, entity, listOf(rows), release.sequence);
      await manager.insert(AuditEvent, event);
      if (!releaseFirst) await manager.insert(Release, release);
    });
  }
}

/** Inserts plain rows with few large statements; TypeORM's own insert builds an object graph for each row. */
async function insertAll(
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  rows: readonly object[],
  releaseSequence: number,
): Promise<void> {
  const { driver } = manager.connection;
  const { tablePath, columns } = manager.connection.getMetadata(entity);
  const names = columns.map((column) => driver.escape(column.databaseName)).join(', ');
  const rowsPerStatement = Math.floor(MAX_BOUND_VALUES / columns.length);
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    const bound: unknown[] = [];
    const tuples = rows.slice(start, start + rowsPerStatement).map((row) => {
      const parameters = columns.map((column) => {
        const value: unknown =
          column.propertyName === 'releaseSequence' ? releaseSequence : Reflect.get(row, column.propertyName);
        bound.push(driver.preparePersistentValue(value, column));
        return driver.createParameter('', bound.length - 1);
      });
      return `(${parameters.join(', ')})`;
    });
    await manager.query(`INSERT INTO ${driver.escape(tablePath)} (${names}) VALUES ${tuples.join(', ')}`, bound);
  }
}
