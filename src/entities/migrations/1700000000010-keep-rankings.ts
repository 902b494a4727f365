import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** What cited rankings were made from. */
export class KeepRankings1700000000010 implements MigrationInterface {
  readonly name = 'KeepRankings1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    const collation = runner.connection.options.type === 'postgres' ? { collation: 'C' } : {};
    await runner.createTable(
      new Table({
        name: 'kept_ranking',
        columns: [
          { name: 'digest', type: 'varchar', isPrimary: true, ...collation },
          { name: 'ranking_id', type: 'varchar' },
          { name: 'kept_at', type: 'varchar' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('kept_ranking');
  }
}
