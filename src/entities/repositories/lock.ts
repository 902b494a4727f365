import type { QueryRunner } from 'typeorm';

/** Names the lock among the advisory locks of a PostgreSQL database; any number that nothing else there uses. */
const LOCK_KEY = 4_917_330_100;

/**
 * Waits until no other connection has taken this lock of the database, and takes it. It ends with the connection, also
 * where the process dies.
 */
export async function takeLock(runner: QueryRunner): Promise<void> {
  if (runner.connection.options.type === 'postgres') await runner.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
  else await runner.query('BEGIN EXCLUSIVE');
}
