import { openDatabase } from '../ormconfig';
import { formatReport, publishBundle } from '../src/datasets';
import { readConfig } from '../src/server/config';
import { runScript } from './run-script';

runScript('npm run import -- PATH', ['PATH'], async ([path]) => {
  const { databaseUrl, sqlitePath } = readConfig(process.env);
  const dataSource = await openDatabase({ databaseUrl, sqlitePath, statementTimeoutMs: 0 });
  try {
    const report = await publishBundle(dataSource, path, { actor: 'cli' });
    console.log(formatReport(report));
    return report.published;
  } finally {
    await dataSource.destroy();
  }
});
