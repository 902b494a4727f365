import type { Logger } from 'typeorm';
import { openApp, type TestApp } from '../helpers/app';

/** Counts the statements that reach the database. */
class StatementLog implements Logger {
  readonly statements: string[] = [];

  logQuery(query: string): void {
    this.statements.push(query);
  }

  logQueryError(): void {
    // Errors fail the test by themselves.
  }

  logQuerySlow(): void {
    // Not of interest here.
  }

  logSchemaBuild(): void {
    // Not of interest here.
  }

  logMigration(): void {
    // Not of interest here.
  }

  log(): void {
    // Not of interest here.
  }
}

let app: TestApp;
const log = new StatementLog();
beforeAll(async () => {
  app = await openApp();
  app.database.dataSource.setOptions({ logger: log, logging: ['query'] });
  // Options are read when a connection is made, so the open one is told by itself.
  app.database.dataSource.logger = log;
});
afterAll(() => app.close());

async function statementsOf(query: string): Promise<number> {
  log.statements.length = 0;
  await app.data(query);
  return log.statements.length;
}

const OBSERVATION = 'value city { name } indicator { name source { title } } source { title }';

describe('SQL statements once the release is loaded', () => {
  it('the log sees statements', async () => {
    log.statements.length = 0;
    await app.database.dataSource.query('SELECT 1');
    expect(log.statements).toEqual(['SELECT 1']);
  });

  it.each([
    [
      'a ranking',
      '{ ranking { rows(first: 200) { nodes { rank city { name provinceName } nodeScores { score frameworkNode { name indicator { name source { title } } } figures { value } } } } agreement(with: { report: "2019 Urban Digital Development Index report", dimension: "overall" }) { n } } }',
      0,
    ],
    [
      'a ranking that was not asked before',
      '{ ranking(input: { year: 2016, recipe: { weight: { method: EQUAL } } }) { rows(first: 200) { nodes { rank city { name } } } } }',
      0,
    ],
    [
      '1 city',
      '{ cities(first: 1) { nodes { name initiatives { title source { title } } publishedRankings { rank } } } }',
      0,
    ],
    [
      '200 cities',
      '{ cities(first: 200) { nodes { name initiatives { title source { title } } publishedRankings { rank } } } }',
      0,
    ],
    [
      'the other lists',
      '{ indicators { nodes { name source { title } } } frameworks { nodes { nodes { name indicator { name } } } } sources { nodes { title } } publishedRankings { nodes { city { name } source { title } } } methodologies { nodes { framework { name } } } methods { id } }',
      0,
    ],
    ['1 observation', `{ observations(first: 1) { totalCount nodes { ${OBSERVATION} } } }`, 2],
    ['200 observations', `{ observations(first: 200) { totalCount nodes { ${OBSERVATION} } } }`, 2],
    ['releases', '{ releases { totalCount nodes { version } } }', 2],
  ])('%s', async (_, query, expected) => {
    expect(await statementsOf(query)).toBe(expected);
  });
});
