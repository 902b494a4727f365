import { ReleaseDataRepository } from '../src/entities';
import { Ledger } from '../src/rankings/ledger';
import { RankingService } from '../src/rankings/ranking.service';
import { ResultCache } from '../src/rankings/result-cache';
import { createApp } from '../src/server/app';
import { readConfig } from '../src/server/config';
import { prepareDatabase } from '../src/server/start-up';
import { formatMs, medianMs, type Benchmark, type Row } from './bench';

const DEFAULT_RANKING = JSON.stringify({
  query:
    '{ ranking { digest rows(first: 50) { nodes { rank score city { code name } nodeScores { node score rank } } } } }',
});
const SHORT_RANKING = JSON.stringify({
  query: '{ ranking { digest rows(first: 10) { nodes { rank score city { code name } } } } }',
});

/** A cache that keeps nothing, so that every run computes. */
const noCache = (): ResultCache => new ResultCache(1);

/** From the database to the caller: how long each step takes on the built-in data in SQLite. */
export const benchmark: Benchmark = {
  title: 'Built-in data: from the database to the answer',
  async rows(): Promise<readonly Row[]> {
    const config = readConfig({
      SQLITE_PATH: ':memory:',
      LOG_LEVEL: 'silent',
      RATE_LIMIT_POINTS: '0',
      PORT: '0',
      NODE_ENV: 'production',
    });
    const dataSource = await prepareDatabase(config);
    const app = await createApp({ config, dataSource });
    const { releases } = app.services;
    const release = releases.loaded?.release;
    if (!release) throw new Error('The built-in bundle was not published.');
    const loader = new ReleaseDataRepository(dataSource);
    const uncached = new RankingService(releases, noCache(), new Ledger(Infinity));
    const address = await app.http.listen({ port: 0, host: '127.0.0.1' });
    const ask = async (body: string): Promise<void> => {
      const response = await fetch(`${address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      await response.text();
    };

    const load = await medianMs(() => loader.load(release), { runs: 9, warmUp: 2 });
    const computed = await medianMs(() => uncached.rank({}), { runs: 501, warmUp: 200 });
    const cached = await medianMs(() => app.services.rankings.rank({}), { runs: 501, warmUp: 200 });
    const short = await medianMs(() => ask(SHORT_RANKING), { runs: 301, warmUp: 100 });
    const full = await medianMs(() => ask(DEFAULT_RANKING), { runs: 301, warmUp: 100 });

    await app.close();
    await dataSource.destroy();
    return [
      { name: 'load the release', value: formatMs(load), note: 'target: below 300 ms' },
      { name: 'default ranking, computed', value: formatMs(computed), note: 'target: below 2 ms' },
      { name: 'default ranking, result kept', value: formatMs(cached), note: '' },
      { name: 'over HTTP, 10 cities', value: formatMs(short), note: '' },
      { name: 'over HTTP, all cities with every node', value: formatMs(full), note: '' },
    ];
  },
};
