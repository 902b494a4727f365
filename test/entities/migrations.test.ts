import { DATABASES, openDatabase, type TestDatabase } from '../helpers/database';

describe.each(DATABASES)('migrations on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openDatabase(kind, { migrate: false });
  });
  afterEach(() => database.close());

  const tableNames = async (): Promise<string[]> => {
    const rows: { name: string }[] = await database.dataSource.query(
      kind === 'sqlite'
        ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        : "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    return rows.map(({ name }) => name).sort();
  };

  test('up, down and up again', async () => {
    const { dataSource } = database;
    await dataSource.runMigrations();
    const afterUp = await tableNames();
    expect(afterUp).toEqual([...dataSource.entityMetadatas.map((metadata) => metadata.tableName), 'migration'].sort());
    for (let i = 0; i < dataSource.migrations.length; i += 1) await dataSource.undoLastMigration();
    expect(await tableNames()).toEqual(['migration']);
    await dataSource.runMigrations();
    expect(await tableNames()).toEqual(afterUp);
    expect(await dataSource.showMigrations()).toBe(false);
  });

  test('leave the schema that the entities describe', async () => {
    const { dataSource } = database;
    await dataSource.runMigrations();
    if (kind === 'postgres') {
      // Keys are compared by bytes there, which decorators that serve both databases cannot say.
      for (const column of dataSource.entityMetadatas.flatMap((metadata) => metadata.primaryColumns)) {
        if (column.type === 'varchar') column.collation = 'C';
      }
    }
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  test('running them twice changes nothing', async () => {
    expect(await database.dataSource.runMigrations()).toHaveLength(database.dataSource.migrations.length);
    expect(await database.dataSource.runMigrations()).toEqual([]);
  });
});
