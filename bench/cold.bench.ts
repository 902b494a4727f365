import { execute, getOperationAST, parse, validate } from 'graphql';
import { Ledger } from '../src/rankings/ledger';
import { RankingService } from '../src/rankings/ranking.service';
import { ResultCache } from '../src/rankings/result-cache';
import type { Context } from '../src/resolvers/context';
import { createSchema } from '../src/resolvers/schema';
import { createApp } from '../src/server/app';
import { readConfig } from '../src/server/config';
import { CompiledOperations } from '../src/server/executor';
import { prepareDatabase } from '../src/server/start-up';
import { contextOf } from './context';
import { formatMs, medianMs, type Benchmark, type Row } from './bench';

const QUERY =
  '{ ranking { digest rows(first: 50) { nodes { rank score city { code name } nodeScores { node score rank weight } } } } }';
const RUNS = { runs: 101, warmUp: 50 };

/** Where the time of an answer goes that has to be made: 50 cities with every node. */
export const benchmark: Benchmark = {
  title: 'An answer that is made: 50 cities with every node',
  async rows(): Promise<readonly Row[]> {
    const config = readConfig({ SQLITE_PATH: ':memory:', LOG_LEVEL: 'silent', NODE_ENV: 'production' });
    const dataSource = await prepareDatabase(config);
    const app = await createApp({ config, dataSource });
    const schema = createSchema();
    const document = parse(QUERY);
    const operation = getOperationAST(document);
    if (!operation) throw new Error('The query has no operation.');
    const context = (): Context => contextOf(app);
    const uncached = new RankingService(app.services.releases, new ResultCache(1), new Ledger(Infinity));
    const compiled = new CompiledOperations(schema, 0);
    const interpret = async () => execute({ schema, document, contextValue: context() });
    const { data } = await interpret();
    const steps: readonly (readonly [string, () => unknown, string])[] = [
      ['parse', () => parse(QUERY), 'kept by document'],
      ['validate', () => validate(schema, document), 'kept by document'],
      ['compute the ranking', () => uncached.rank({}), 'kept by digest'],
      ['execute, graphql-js', interpret, 'ranking kept'],
      ['execute, compiled', () => compiled.run(document, operation, context(), {}), 'ranking kept'],
      ['serialise', () => JSON.stringify({ data }), `${String(JSON.stringify({ data }).length)} characters`],
    ];
    const rows: Row[] = [];
    for (const [name, work, note] of steps) rows.push({ name, value: formatMs(await medianMs(work, RUNS)), note });
    await app.close();
    await dataSource.destroy();
    return rows;
  },
};
