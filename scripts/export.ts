import { openDatabase } from '../ormconfig';
import { exportRelease } from '../src/datasets';
import { readConfig } from '../src/server/config';
import { runScript } from './run-script';

runScript('npm run export -- RELEASE PATH', ['RELEASE', 'PATH'], async ([version, path]) => {
  const { databaseUrl, sqlitePath } = readConfig(process.env);
  const dataSource = await openDatabase({ databaseUrl, sqlitePath, statementTimeoutMs: 0 });
  try {
    const report = await exportRelease(dataSource, version, path);
    console.log(`Wrote release ${report.version}, digest ${report.digest}: ${report.files.join(', ')}`);
    return true;
  } finally {
    await dataSource.destroy();
  }
});
