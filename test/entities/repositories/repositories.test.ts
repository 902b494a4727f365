import { AbstractLogger } from 'typeorm';
import { publishBundle } from '../../../src/datasets';
import {
  ObservationRepository,
  ReleaseDataRepository,
  ReleaseRepository,
  type ObservationKey,
  type ObservationQuery,
  type Release,
} from '../../../src/entities';
import { OBSERVATION_STATUSES } from '../../../src/scoring';
import { removeFolders, SMALL_BUNDLE, writeFolder } from '../../datasets/small-bundle';
import { DATABASES, openDatabase, type TestDatabase } from '../../helpers/database';

const INJECTIONS = [`' OR 1=1 --`, `"; DROP TABLE observation; --`, '%', '_', '\\', '', 'a\u0301', '__proto__'];

/** A second release, so that superseded rows are there to be got wrong. */
const SECOND = {
  'bundle.json': '{"name":"small","version":"2"}',
  'cities.csv': 'code,name_en\n',
  'indicators.csv': 'code,name_en,direction\n',
  'observations.csv':
    'city_code,indicator_code,year,value,status,source_id\na,income,2019,0.3,NORMAL,S1\nb,income,2020,,MISSING,\nC,crime,2021,4,PROVISIONAL,\n',
};

/** What the second release holds, written out by hand: byte order, so that C stands before a. */
const EXPECTED = [
  ['C', 'crime', 2021, 4, 'PROVISIONAL', null],
  ['C', 'income', 2020, 7, 'NORMAL', null],
  ['C', 'population', 2020, 1_000_000, 'NORMAL', null],
  ['a', 'crime', 2020, -2.5, 'ESTIMATED', null],
  ['a', 'income', 2019, 0.3, 'NORMAL', 'S1'],
  ['a', 'income', 2020, 1000, 'NORMAL', null],
  ['b', 'crime', 2020, 3, 'QUESTIONABLE', null],
  ['b', 'income', 2020, null, 'MISSING', null],
] as const;

class StatementLog extends AbstractLogger {
  readonly statements: string[] = [];
  override logQuery(query: string): void {
    this.statements.push(query);
  }
  protected writeLog(): void {
    // Only statements are of interest.
  }
}

describe.each(DATABASES)('repositories on %s', (kind) => {
  let database: TestDatabase;
  let first: Release;
  let second: Release;
  const publishedAt = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'] as const;
  beforeAll(async () => {
    database = await openDatabase(kind);
    expect(await new ReleaseRepository(database.dataSource).isEmpty()).toBe(true);
    const releases: Release[] = [];
    for (const [index, files] of [SMALL_BUNDLE, SECOND].entries()) {
      const now = (): Date => new Date(publishedAt[index] ?? '');
      expect((await publishBundle(database.dataSource, writeFolder(files), { now })).errors).toEqual([]);
      const current = await new ReleaseRepository(database.dataSource).current();
      if (current) releases.push(current);
    }
    const [one, two] = releases;
    if (!one || !two) throw new Error('not published');
    first = one;
    second = two;
  });
  afterAll(async () => {
    removeFolders();
    await database.close();
  });

  const counted = async <Result>(work: () => Promise<Result>): Promise<{ result: Result; statements: string[] }> => {
    const log = new StatementLog();
    const { logger } = database.dataSource;
    database.dataSource.logger = log;
    try {
      return { result: await work(), statements: log.statements };
    } finally {
      database.dataSource.logger = logger;
    }
  };

  describe('releases', () => {
    let releases: ReleaseRepository;
    beforeAll(() => {
      releases = new ReleaseRepository(database.dataSource);
    });

    test('the current one is the newest', async () => {
      expect(await releases.current()).toEqual(second);
      expect(await releases.isEmpty()).toBe(false);
    });

    test('by version', async () => {
      expect(await releases.byVersion('1')).toEqual(first);
      for (const version of INJECTIONS) expect(await releases.byVersion(version)).toBeNull();
    });

    test('as of an instant', async () => {
      expect(await releases.asOf('2025-12-31T23:59:59.999Z')).toBeNull();
      expect(await releases.asOf('2026-01-01T00:00:00Z')).toEqual(first);
      expect(await releases.asOf('2026-01-31T23:59:59+00:00')).toEqual(first);
      expect(await releases.asOf('2026-02-01T01:00:00+01:00')).toEqual(second);
    });

    test('in pages from the newest', async () => {
      expect(await releases.list({ first: 1, after: null })).toEqual({
        releases: [second],
        totalCount: 2,
        hasNextPage: true,
      });
      expect(await releases.list({ first: 1, after: 2 })).toEqual({
        releases: [first],
        totalCount: 2,
        hasNextPage: false,
      });
      expect(await releases.list({ first: 5, after: 1 })).toEqual({ releases: [], totalCount: 2, hasNextPage: false });
    });
  });

  describe('observations', () => {
    const page = (query: Partial<ObservationQuery>) =>
      new ObservationRepository(database.dataSource).page({ release: second, first: 100, after: null, ...query });
    const tuples = (observations: Awaited<ReturnType<typeof page>>['observations']) =>
      observations.map((o) => [o.cityCode, o.indicatorCode, o.year, o.value, o.status, o.sourceId]);

    test('of a release, superseded rows left out, in byte order', async () => {
      const { observations, totalCount, hasNextPage } = await page({});
      expect(tuples(observations)).toEqual(EXPECTED);
      expect({ totalCount, hasNextPage }).toEqual({ totalCount: 8, hasNextPage: false });
    });

    test('of the release before, as they were', async () => {
      const { observations } = await page({
        release: first,
        cityCodes: ['a', 'C'],
        indicatorCodes: ['income', 'crime'],
      });
      expect(observations.map(({ value }) => value)).toEqual([7, -2.5, 0.1, 1000]);
      expect(observations.at(-1)).toMatchObject({ note: 'two\nlines' });
      expect(observations.at(2)).toMatchObject({ low: 0.05, high: 0.15, sourceId: 'S1' });
    });

    test.each([1, 2, 3, 7, 8, 9])('pages of %i hold each row once', async (size) => {
      const seen: unknown[] = [];
      let after: ObservationKey | null = null;
      for (let pages = 0; ; pages += 1) {
        const { observations, totalCount, hasNextPage } = await page({ first: size, after });
        expect(totalCount).toBe(8);
        seen.push(...tuples(observations));
        after = observations.at(-1) ?? null;
        if (!hasNextPage) break;
        expect(observations).toHaveLength(size);
        expect(pages).toBeLessThan(8);
      }
      expect(seen).toEqual(EXPECTED);
    });

    test.each<[string, Partial<ObservationQuery>, (row: (typeof EXPECTED)[number]) => boolean]>([
      ['cities', { cityCodes: ['b', 'C', 'nowhere'] }, ([city]) => city === 'b' || city === 'C'],
      ['indicators', { indicatorCodes: ['crime'] }, ([, indicator]) => indicator === 'crime'],
      ['years', { years: [2019, 2021] }, ([, , year]) => year !== 2020],
      [
        'statuses',
        { statuses: ['MISSING', 'NORMAL'] },
        ([, , , , status]) => status === 'MISSING' || status === 'NORMAL',
      ],
      ['sources', { sourceIds: ['S1'] }, ([, , , , , source]) => source === 'S1'],
      ['two at once', { cityCodes: ['a'], years: [2020] }, ([city, , year]) => city === 'a' && year === 2020],
      ['nothing that is there', { cityCodes: ['nowhere'] }, () => false],
      ['an empty list', { years: [] }, () => false],
      ['absent filters', { cityCodes: undefined, statuses: undefined }, () => true],
    ])('filtered by %s', async (_, query, keep) => {
      const { observations, totalCount } = await page(query);
      expect(tuples(observations)).toEqual(EXPECTED.filter(keep));
      expect(totalCount).toBe(EXPECTED.filter(keep).length);
    });

    test('a superseded row does not come back when a filter leaves out the row that replaced it', async () => {
      // Release 1 has (a, income, 2019) = 0.1 from S1 as NORMAL; nothing about release 2 may show that value.
      const { observations } = await page({ cityCodes: ['a'], years: [2019], statuses: [...OBSERVATION_STATUSES] });
      expect(observations.map(({ value }) => value)).toEqual([0.3]);
      expect((await page({ cityCodes: ['b'], indicatorCodes: ['income'], statuses: ['NORMAL'] })).totalCount).toBe(0);
    });

    test('hostile text is data: no row, and the same statements as for harmless text', async () => {
      const shape = (statements: string[]): string[] => statements.map((sql) => sql.replaceAll(/\s+/g, ' '));
      const harmless = await counted(() =>
        page({
          cityCodes: ['x'],
          indicatorCodes: ['x'],
          sourceIds: ['x'],
          after: { cityCode: 'x', indicatorCode: 'x', year: 1 },
        }),
      );
      for (const text of INJECTIONS) {
        const hostile = await counted(() =>
          page({
            cityCodes: [text],
            indicatorCodes: [text],
            sourceIds: [text],
            after: { cityCode: text, indicatorCode: text, year: 1 },
          }),
        );
        expect(hostile.result.observations).toEqual([]);
        expect(shape(hostile.statements)).toEqual(shape(harmless.statements));
      }
      expect((await page({})).totalCount).toBe(8);
    });

    test('a page costs two statements', async () => {
      const { statements } = await counted(() => page({ first: 3 }));
      expect(statements).toHaveLength(2);
      expect(statements.join('\n')).not.toMatch(/\boffset\b/i);
    });

    test('500 codes in a filter are one statement more or less as before', async () => {
      const cityCodes = Array.from({ length: 500 }, (_, i) => `c${String(i)}`);
      const { result, statements } = await counted(() => page({ cityCodes: [...cityCodes, 'a'] }));
      expect(result.totalCount).toBe(3);
      expect(statements).toHaveLength(2);
    });
  });

  describe('release data', () => {
    test('is loaded by nine statements', async () => {
      const { statements } = await counted(() => new ReleaseDataRepository(database.dataSource).load(second));
      expect(statements).toHaveLength(9);
    });

    test('holds bounds, statuses and groups', async () => {
      const { panel, sources, indicators, publishedRankings, initiatives } = await new ReleaseDataRepository(
        database.dataSource,
      ).load(first);
      expect(panel.cities.map(({ code }) => code)).toEqual(['C', 'a', 'b']);
      expect(panel.cities.map(({ groups }) => groups)).toEqual([
        { TIER: 'second', PROVINCE: null },
        { TIER: 'first', PROVINCE: 'p1' },
        { TIER: null, PROVINCE: 'p1' },
      ]);
      expect(panel.indicators).toEqual([
        { code: 'crime', direction: -1, goalpostLow: null, goalpostHigh: null, target: null, denominator: null },
        { code: 'income', direction: 1, goalpostLow: 0, goalpostHigh: 100, target: null, denominator: 'population' },
        { code: 'population', direction: 0, goalpostLow: null, goalpostHigh: null, target: null, denominator: null },
      ]);
      expect(panel.years).toEqual([2019, 2020]);
      // Layout (year · m + indicator) · n + city, by hand.
      const N = NaN;
      expect([...panel.values]).toEqual([N, N, N, N, 0.1, N, N, N, N, N, -2.5, 3, 7, 1000, N, 1_000_000, N, N]);
      expect([...(panel.low ?? [])]).toEqual([N, N, N, N, 0.05, ...Array<number>(13).fill(N)]);
      expect([...(panel.high ?? [])]).toEqual([N, N, N, N, 0.15, ...Array<number>(13).fill(N)]);
      expect(panel.statuses[panel.status[10] ?? -1]).toBe('ESTIMATED');
      expect(panel.statuses[panel.status[11] ?? -1]).toBe('QUESTIONABLE');
      expect([...sources.keys()]).toEqual(['S1']);
      expect(indicators.get('income')).toMatchObject({ sourceId: 'S1', denominatorCode: 'population' });
      expect(publishedRankings.map(({ rank, cityCode, score }) => [rank, cityCode, score])).toEqual([
        [1, 'a', 9.5],
        [2, 'b', null],
      ]);
      expect(initiatives.map(({ signedOn, projectCount }) => [signedOn, projectCount])).toEqual([
        [null, null],
        ['2021-04-07', 3],
      ]);
    });

    test('nodes stand in tree order', async () => {
      const { frameworks, frameworkNodes, indexFrameworks } = await new ReleaseDataRepository(database.dataSource).load(
        second,
      );
      expect(frameworks.get('f')?.nodes.map(({ code }) => code)).toEqual(['wealth', 'safety', 'index']);
      expect([...(frameworkNodes.get('f')?.keys() ?? [])]).toEqual(['wealth', 'safety', 'index']);
      expect(indexFrameworks.get('f')).toMatchObject({ rootCode: 'index', nameEn: 'The index' });
    });
  });
});
