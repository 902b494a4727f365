import type { EntityManager, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/**
 * The condition that a row is what release `:releaseSequence` holds under its key: introduced by that release or an
 * earlier one, and by no later one that is still within it.
 * @param table name of the table, which is also its alias in the query
 * @param keys its key columns but for the release
 */
export function effectiveAt(table: string, keys: readonly string[]): string {
  const sameKey = keys.map((key) => `newer.${key} = ${table}.${key}`).join(' AND ');
  return (
    `${table}.release_sequence <= :releaseSequence AND NOT EXISTS (SELECT 1 FROM ${table} newer WHERE ${sameKey} ` +
    `AND newer.release_sequence > ${table}.release_sequence AND newer.release_sequence <= :releaseSequence)`
  );
}

/** Selects the rows of a versioned table that a release holds; the table's name is the alias. */
export function selectEffective<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  releaseSequence: number,
): SelectQueryBuilder<Row> {
  const repository = manager.getRepository(entity);
  const { tableName, primaryColumns } = repository.metadata;
  const keys = primaryColumns.map((column) => column.databaseName).filter((name) => name !== 'release_sequence');
  return repository.createQueryBuilder(tableName).where(effectiveAt(tableName, keys), { releaseSequence });
}
