import { ChangeService } from '../src/rankings/change.service';
import { Ledger } from '../src/rankings/ledger';
import { RankingService } from '../src/rankings/ranking.service';
import { ResultCache } from '../src/rankings/result-cache';
import { createServices } from '../src/rankings/services';
import {
  ApiKeyRepository,
  AuditEventRepository,
  JobRepository,
  KeptRankingRepository,
  ObservationRepository,
  ReleaseDataRepository,
  ReleaseRepository,
} from '../src/entities';
import { readConfig } from '../src/server/config';
import { prepareDatabase } from '../src/server/start-up';
import { formatMs, medianMs, type Benchmark, type Row } from './bench';

const CITIES = ['330100', '310000', '420100'];
const PANEL_YEARS = Array.from({ length: 11 }, (_, k) => 2009 + k);
const DIGITAL_YEARS = Array.from({ length: 13 }, (_, k) => 2011 + k);
const PANEL = { years: PANEL_YEARS, input: { recipe: { treat: { method: 'NONE' } } } };
const DIGITAL = { years: DIGITAL_YEARS, input: { methodology: 'digital-life' } };

/** Change on the built-in data, with nothing kept between runs. */
export const benchmark: Benchmark = {
  title: 'Change: histories, causes, convergence, trends (target: each below 50 ms)',
  async rows(): Promise<readonly Row[]> {
    const dataSource = await prepareDatabase(readConfig({ SQLITE_PATH: ':memory:', LOG_LEVEL: 'silent' }));
    const { releases } = createServices({
      apiKeyRepository: new ApiKeyRepository(dataSource),
      auditEventRepository: new AuditEventRepository(dataSource),
      releaseRepository: new ReleaseRepository(dataSource),
      releaseDataRepository: new ReleaseDataRepository(dataSource),
      observationRepository: new ObservationRepository(dataSource),
      keptRankingRepository: new KeptRankingRepository(dataSource),
      maxKeptRankings: 0,
      publicUrl: '',
      resultCacheBytes: 1,
      workers: 0,
      workerQueue: 1,
      openFileCells: 0,
      jobRepository: new JobRepository(dataSource),
      jobs: { concurrency: 1, queue: 0, keepSeconds: 1, keepBytes: 1 },
      analysisLimits: { draws: 2, jobCellOperations: 0, jobDraws: 2, memoryBytes: 2 ** 30 },
    });
    await releases.refresh();
    /** A service that has computed nothing yet. */
    const fresh = (): ChangeService =>
      new ChangeService(new RankingService(releases, new ResultCache(1), new Ledger(Infinity)));
    const asked: readonly (readonly [name: string, work: () => Promise<unknown>])[] = [
      ['rankHistory, 3 cities of 39, 11 years', () => fresh().rankHistory(CITIES, null, PANEL)],
      ['rankHistory, 3 cities of 297, 13 years', () => fresh().rankHistory(CITIES, null, DIGITAL)],
      ['rankChange, two years', () => fresh().rankChange('420100', { year: 2015 }, { year: 2019 })],
      [
        'rankChange, years, cities and methodology',
        () =>
          fresh().rankChange(
            '420100',
            { year: 2015, cities: { tiers: ['first', 'new_first'] } },
            { year: 2019, recipe: { weight: { method: 'ENTROPY' } } },
          ),
      ],
      [
        'convergence, 39 cities, 11 years',
        () => fresh().convergence({ ...PANEL, groupBy: 'TIER', node: 'governance', reference: 'first' }),
      ],
      [
        'convergence, 297 cities, 13 years',
        () => fresh().convergence({ ...DIGITAL, groupBy: 'TIER', reference: 'first' }),
      ],
      ['trends, 3 cities of 39, all nodes', () => fresh().trends(CITIES, null, PANEL)],
      ['trends, 3 cities of 297, 13 years', () => fresh().trends(CITIES, null, DIGITAL)],
    ];
    const rows: Row[] = [];
    for (const [name, work] of asked) {
      const median = await medianMs(work, { runs: 31, warmUp: 20 });
      rows.push({ name, value: formatMs(median), note: median < 50 ? '' : 'above the target' });
    }
    await dataSource.destroy();
    return rows;
  },
};
