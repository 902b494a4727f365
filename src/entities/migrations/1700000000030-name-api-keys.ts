import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';

const text = (name: string): TableColumnOptions => ({ name, type: 'varchar' });
const optional = (name: string): TableColumnOptions => ({ ...text(name), isNullable: true });

/**
 * API keys are found by a public id, and have one scope each. The table that was there had no command that wrote to it, so
 * that nothing is carried over.
 */
export class NameApiKeys1700000000030 implements MigrationInterface {
  readonly name = 'NameApiKeys1700000000030';

  async up(runner: QueryRunner): Promise<void> {
    const collation = runner.connection.options.type === 'postgres' ? { collation: 'C' } : {};
    await runner.dropTable('api_key');
    await runner.createTable(
      new Table({
        name: 'api_key',
        columns: [
          { ...text('id'), isPrimary: true, ...collation },
          text('hash'),
          text('name'),
          text('scope'),
          text('created_at'),
          optional('expires_at'),
          optional('revoked_at'),
          optional('last_used_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('api_key');
    await runner.createTable(
      new Table({
        name: 'api_key',
        columns: [
          { ...text('hash'), isPrimary: true },
          text('label'),
          { name: 'scopes', type: 'text' },
          text('created_at'),
          optional('expires_at'),
          optional('revoked_at'),
        ],
      }),
    );
  }
}
