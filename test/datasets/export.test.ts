import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { exportRelease, publishBundle } from '../../src/datasets';
import { Observation, ReleaseDataRepository, ReleaseRepository, type Release } from '../../src/entities';
import { DATABASES, openDatabase, type TestDatabase } from '../helpers/database';
import { newPath, removeFolders, SMALL_BUNDLE, writeFolder } from './small-bundle';

/** Changes a few rows of each kind, adds one, and says nothing of the rest. */
const DELTA = {
  'bundle.json': '{"name":"small","version":"2","notes":""}',
  'cities.csv': 'code,name_en\nb,Beta renamed\nd,Delta\n',
  'indicators.csv': 'code,name_en,direction\n',
  'frameworks.csv': 'framework,node,parent,name_en,weight,indicator,position\nf,safety,index,Safety,4,crime,2\n',
  'observations.csv':
    'city_code,indicator_code,year,value,status\na,income,2019,0.3,NORMAL\na,crime,2020,,MISSING\nd,income,2021,5,PROVISIONAL\n',
};

afterAll(removeFolders);

describe.each(DATABASES)('releases on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openDatabase(kind);
  });
  afterEach(() => database.close());

  const publish = async (path: string, into = database): Promise<Release> => {
    const report = await publishBundle(into.dataSource, path);
    expect(report.errors).toEqual([]);
    const release = await new ReleaseRepository(into.dataSource).byVersion(report.version ?? '');
    if (!release) throw new Error('not published');
    return release;
  };

  test('an export holds the whole content in a fixed form', async () => {
    await publish(writeFolder(SMALL_BUNDLE));
    const path = newPath('export');
    const report = await exportRelease(database.dataSource, '1', path);
    expect(readdirSync(path).sort()).toEqual(Object.keys(SMALL_BUNDLE).sort());
    expect(report.files).toEqual(Object.keys(SMALL_BUNDLE));
    const file = (name: string): string => readFileSync(join(path, name), 'utf8');
    expect(JSON.parse(file('bundle.json'))).toEqual(JSON.parse(SMALL_BUNDLE['bundle.json']));
    // Upper-case letters stand before lower-case ones: codes are in byte order on every machine.
    expect(file('cities.csv')).toBe(`code,name_en,name_zh,name_fr,province_code,province_en,province_zh,tier,lat,lon
C,Gamma,,,,,,second,-90,180
a,Alpha,甲,,p1,P One,,first,10.5,20
b,Beta,,Bêta,p1,P One,,,,
`);
    expect(file('observations.csv')).toBe(`city_code,indicator_code,year,value,status,low,high,source_id,note
C,income,2020,7,NORMAL,,,,
C,population,2020,1000000,NORMAL,,,,
a,crime,2020,-2.5,ESTIMATED,,,,
a,income,2019,0.1,NORMAL,0.05,0.15,S1,
a,income,2020,1000,NORMAL,,,,"two
lines"
b,crime,2020,3,QUESTIONABLE,,,,
b,income,2020,,MISSING,,,,not asked
`);
  });

  test('import(export(release)) gives the same digest and the same files, on both databases', async () => {
    const release = await publish(writeFolder(SMALL_BUNDLE));
    const path = newPath('export');
    await exportRelease(database.dataSource, '1', path);
    for (const otherKind of DATABASES) {
      const other = await openDatabase(otherKind);
      expect((await publish(path, other)).digest).toBe(release.digest);
      const again = newPath('again');
      await exportRelease(other.dataSource, '1', again);
      for (const name of readdirSync(path)) {
        expect(readFileSync(join(again, name))).toEqual(readFileSync(join(path, name)));
      }
      await other.close();
    }
  });

  test('the digest follows the content and not the order of rows', async () => {
    const release = await publish(writeFolder(SMALL_BUNDLE));
    const [header, ...rows] = SMALL_BUNDLE['cities.csv'].trimEnd().split('\n');
    const shuffled = { ...SMALL_BUNDLE, 'cities.csv': [header, ...rows.reverse()].join('\n') };
    const changed = { ...SMALL_BUNDLE, 'cities.csv': SMALL_BUNDLE['cities.csv'].replace('10.5', '10.6') };
    const one = await openDatabase(kind);
    const other = await openDatabase(kind);
    expect((await publish(writeFolder(shuffled), one)).digest).toBe(release.digest);
    expect((await publish(writeFolder(changed), other)).digest).not.toBe(release.digest);
    await one.close();
    await other.close();
  });

  test('a bundle of changes leaves the rest as it was, and the release before as it is', async () => {
    const first = await publish(writeFolder(SMALL_BUNDLE));
    const second = await publish(writeFolder(DELTA));
    // Text that bundle.json does not name stays; what it empties goes.
    expect(second).toMatchObject({ sequence: 2, licence: 'CC0', notes: null, cityCount: 4, observationCount: 8 });
    const data = new ReleaseDataRepository(database.dataSource);
    const before = await data.load(first);
    const after = await data.load(second);
    expect([...before.cities.keys()]).toEqual(['C', 'a', 'b']);
    expect([...after.cities.keys()]).toEqual(['C', 'a', 'b', 'd']);
    expect(before.cities.get('b')).toMatchObject({ nameEn: 'Beta', nameFr: 'Bêta' });
    expect(after.cities.get('b')).toMatchObject({ nameEn: 'Beta renamed', nameFr: null });
    expect(after.cities.get('a')).toMatchObject({ nameEn: 'Alpha', latitude: 10.5 });
    expect(before.frameworkNodes.get('f')?.get('safety')?.weight).toBe(1);
    expect(after.frameworkNodes.get('f')?.get('safety')?.weight).toBe(4);
    expect(after.frameworkNodes.get('f')?.get('wealth')?.weight).toBe(2);
    expect(after.panel.years).toEqual([2019, 2020, 2021]);
    const value = (of: typeof after, city: string, indicator: string, year: number): number | undefined => {
      const { panel } = of;
      const y = panel.years.indexOf(year);
      const j = panel.indicators.findIndex(({ code }) => code === indicator);
      const i = panel.cities.findIndex(({ code }) => code === city);
      return panel.values[(y * panel.indicators.length + j) * panel.cities.length + i];
    };
    expect(value(before, 'a', 'income', 2019)).toBe(0.1);
    expect(value(after, 'a', 'income', 2019)).toBe(0.3);
    expect(value(before, 'a', 'crime', 2020)).toBe(-2.5);
    expect(value(after, 'a', 'crime', 2020)).toBeNaN();
    expect(value(after, 'a', 'income', 2020)).toBe(1000);
    expect(value(after, 'd', 'income', 2021)).toBe(5);
    // Nothing was overwritten: the old rows are still there, beside the new ones.
    expect(await database.dataSource.getRepository(Observation).count()).toBe(10);
  });

  test('import(export(release)) gives the same digest after a bundle of changes, for each release', async () => {
    const releases = [await publish(writeFolder(SMALL_BUNDLE)), await publish(writeFolder(DELTA))];
    for (const release of releases) {
      const path = newPath('export');
      await exportRelease(database.dataSource, release.version, path);
      const fresh = await openDatabase(kind);
      expect((await publish(path, fresh)).digest).toBe(release.digest);
      await fresh.close();
    }
  });

  test('a bundle of changes is checked against the release before', async () => {
    await publish(writeFolder(SMALL_BUNDLE));
    const spoiling = { ...DELTA, 'indicators.csv': 'code,name_en,direction\ncrime,Crime,\n' };
    const report = await publishBundle(database.dataSource, writeFolder(spoiling));
    expect(report.errors).toMatchObject([
      { file: 'frameworks.csv', line: 2, column: 'indicator', value: 'crime', code: 'TREE_INVALID' },
    ]);
    const broken = { ...DELTA, 'frameworks.csv': 'framework,node,parent,weight,indicator\nf,index,wealth,1,\n' };
    expect((await publishBundle(database.dataSource, writeFolder(broken))).errors).toContainEqual(
      expect.objectContaining({ file: 'frameworks.csv', code: 'TREE_INVALID' }),
    );
    expect((await new ReleaseRepository(database.dataSource).current())?.version).toBe('1');
  });

  test('every finite double and every text survives the round trip', async () => {
    // −0 is stored as 0; NUL is refused; half a surrogate pair cannot be written as UTF-8.
    const doubles = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { numRuns: 300, seed: 1 });
    const texts = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { numRuns: 300, seed: 2 });
    const edges = [
      Number.MIN_VALUE,
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
      0.1 + 0.2,
      1 / 3,
      2 ** 53 + 2,
      5e-324,
      123456789012345680,
    ];
    const cells = [...edges, ...doubles].map((value) => value + 0);
    const notes = texts.map((text) => text.replaceAll('\0', '')).map((text, i) => (text === '' ? String(i) : text));
    const rows = cells.map(
      (value, i) => `a,income,${String(i + 1)},${String(value)},"${(notes[i] ?? '').replaceAll('"', '""')}"`,
    );
    const folder = writeFolder({
      ...SMALL_BUNDLE,
      'observations.csv': `city_code,indicator_code,year,value,note\n${rows.join('\n')}\n`,
    });
    const release = await publish(folder);
    const { panel } = await new ReleaseDataRepository(database.dataSource).load(release);
    const m = panel.indicators.length;
    const n = panel.cities.length;
    const j = panel.indicators.findIndex(({ code }) => code === 'income');
    const i = panel.cities.findIndex(({ code }) => code === 'a');
    expect(cells.map((_, y) => panel.values[(y * m + j) * n + i])).toEqual(cells);
    const stored = await database.dataSource.getRepository(Observation).find({ order: { year: 'ASC' } });
    expect(stored.map(({ value }) => value)).toEqual(cells);
    expect(stored.slice(0, notes.length).map(({ note }) => note)).toEqual(notes.slice(0, cells.length));
    const path = newPath('export');
    await exportRelease(database.dataSource, '1', path);
    const fresh = await openDatabase(kind);
    expect((await publish(path, fresh)).digest).toBe(release.digest);
    await fresh.close();
  });

  test('an export refuses an unknown release and a folder that is not empty', async () => {
    await publish(writeFolder(SMALL_BUNDLE));
    await expect(exportRelease(database.dataSource, `1' OR '1'='1`, newPath('x'))).rejects.toThrow(
      'There is no release',
    );
    const path = newPath('taken');
    mkdirSync(path);
    writeFileSync(join(path, 'mine.txt'), 'mine');
    await expect(exportRelease(database.dataSource, '1', path)).rejects.toThrow('is not empty');
    expect(readdirSync(path)).toEqual(['mine.txt']);
  });

  test('content that was changed behind the release is not exported under its digest', async () => {
    await publish(writeFolder(SMALL_BUNDLE));
    await database.dataSource.getRepository(Observation).update({ cityCode: 'a', year: 2019 }, { value: 0.11 });
    const path = newPath('export');
    await expect(exportRelease(database.dataSource, '1', path)).rejects.toThrow('does not match its digest');
    expect(existsSync(path)).toBe(false);
  });

  test('a target that is a file is refused', async () => {
    await publish(writeFolder(SMALL_BUNDLE));
    const path = newPath('file');
    writeFileSync(path, 'mine');
    await expect(exportRelease(database.dataSource, '1', path)).rejects.toThrow('not a folder');
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });
});
