import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Long runs, so that every process on the database can report them. */
export class StoreJobs1700000000020 implements MigrationInterface {
  readonly name = 'StoreJobs1700000000020';

  async up(runner: QueryRunner): Promise<void> {
    const collation = runner.connection.options.type === 'postgres' ? { collation: 'C' } : {};
    await runner.createTable(
      new Table({
        name: 'job',
        columns: [
          { name: 'id', type: 'varchar', isPrimary: true, ...collation },
          { name: 'kind', type: 'varchar' },
          { name: 'state', type: 'varchar' },
          { name: 'done', type: 'double precision', isNullable: true },
          { name: 'total', type: 'double precision', isNullable: true },
          { name: 'created_at', type: 'varchar' },
          { name: 'started_at', type: 'varchar', isNullable: true },
          { name: 'ended_at', type: 'varchar', isNullable: true },
          { name: 'seconds_elapsed', type: 'double precision' },
          { name: 'seconds_left', type: 'double precision', isNullable: true },
          { name: 'error', type: 'text', isNullable: true },
          { name: 'result', type: 'text', isNullable: true },
          {
            name: 'cancel_requested',
            type: 'boolean',
            default: runner.connection.options.type === 'postgres' ? 'false' : '0',
          },
          { name: 'seen_at', type: 'varchar' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('job');
  }
}
