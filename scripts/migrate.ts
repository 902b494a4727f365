import { createDataSource, exclusively } from '../ormconfig';
import { readConfig } from '../src/server/config';
import { runScript } from './run-script';

runScript('npm run migrate', [], async () => {
  const { databaseUrl, sqlitePath } = readConfig(process.env);
  const settings = { databaseUrl, sqlitePath, statementTimeoutMs: 0 };
  return exclusively(settings, async () => {
    const dataSource = await createDataSource(settings).initialize();
    try {
      const done = await dataSource.runMigrations();
      console.log(done.length === 0 ? 'Nothing to migrate.' : done.map(({ name }) => `Ran ${name}`).join('\n'));
      return true;
    } finally {
      await dataSource.destroy();
    }
  });
});
