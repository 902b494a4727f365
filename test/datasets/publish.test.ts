import { symlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryRunner } from 'typeorm';
import { createDataSource } from '../../ormconfig';
import { formatReport, publishBundle, publishIfEmpty, type DataProblem } from '../../src/datasets';
import { AuditEvent, City, Observation, Release, ReleaseRepository } from '../../src/entities';
import { DATABASES, openDatabase, rowCounts, type TestDatabase } from '../helpers/database';
import { removeFolders, SMALL_BUNDLE, writeFolder, writeZip, type Files } from './small-bundle';

const SQL = `Robert'); DROP TABLE city; -- "x" %_\\`;
const FORMULA = '=HYPERLINK("https://example.org","a")';

/** The small bundle with one text replaced in one of its files. */
function edited(file: keyof typeof SMALL_BUNDLE, from: string, to: string): Files {
  const text: string = SMALL_BUNDLE[file];
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  return { ...SMALL_BUNDLE, [file]: text.replace(from, () => to) };
}

const without = (file: string): Files =>
  Object.fromEntries(Object.entries(SMALL_BUNDLE).filter(([name]) => name !== file));

const METHODOLOGY = '{"code":"m","name":"n","framework":"f","recipe":{}}';

/** Lines 1, 2 … count. */
const numbered = (count: number, line: (i: string) => string): string =>
  Array.from({ length: count }, (_, i) => `${line(String(i + 1))}\n`).join('');

afterAll(removeFolders);

describe.each(DATABASES)('publishBundle on %s', (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase(kind);
  });
  afterAll(() => database.close());

  describe('a bad bundle changes nothing and is reported with its address', () => {
    const bad: readonly (readonly [string, Files, Partial<DataProblem>])[] = [
      ['no cities file', without('cities.csv'), { file: 'cities.csv', line: null, code: 'FILE_MISSING' }],
      ['no bundle.json', without('bundle.json'), { file: 'bundle.json', code: 'FILE_MISSING' }],
      ['broken JSON', { ...SMALL_BUNDLE, 'bundle.json': '{' }, { file: 'bundle.json', code: 'JSON_INVALID' }],
      ['JSON that is a list', { ...SMALL_BUNDLE, 'bundle.json': '[]' }, { file: 'bundle.json', code: 'VALUE_TYPE' }],
      ['no version', { ...SMALL_BUNDLE, 'bundle.json': '{"name":"x"}' }, { column: 'version', code: 'VALUE_REQUIRED' }],
      [
        'a version with a path',
        { ...SMALL_BUNDLE, 'bundle.json': '{"name":"x","version":"../1"}' },
        { column: 'version', value: '../1', code: 'VALUE_TYPE' },
      ],
      [
        'half a surrogate pair',
        { ...SMALL_BUNDLE, 'bundle.json': '{"name":"\\ud800","version":"1"}' },
        { file: 'bundle.json', code: 'TEXT_INVALID' },
      ],
      [
        'deep JSON',
        { ...SMALL_BUNDLE, 'methodologies.json': '['.repeat(5000) + ']'.repeat(5000) },
        { file: 'methodologies.json', code: 'JSON_INVALID' },
      ],
      ['an empty file', { ...SMALL_BUNDLE, 'observations.csv': '' }, { file: 'observations.csv', code: 'CSV_INVALID' }],
      [
        'a missing column',
        edited('cities.csv', 'name_en', 'name'),
        { file: 'cities.csv', line: 1, column: 'name_en', code: 'COLUMN_MISSING' },
      ],
      [
        'a column twice',
        edited('cities.csv', 'name_zh', 'name_en'),
        { file: 'cities.csv', line: 1, column: 'name_en', code: 'COLUMN_DUPLICATE' },
      ],
      [
        'an open quote',
        edited('cities.csv', 'b,Beta', 'b,"Beta'),
        { file: 'cities.csv', line: 3, code: 'CSV_INVALID' },
      ],
      [
        'a row with too few cells',
        edited('cities.csv', 'C,Gamma,,,,,,second', 'C,Gamma,second'),
        { file: 'cities.csv', line: 4, code: 'CSV_INVALID' },
      ],
      [
        'Latin-1 text',
        { ...SMALL_BUNDLE, 'cities.csv': Buffer.from('code,name_en\na,Alpha\nb,B\xeata\n', 'latin1') },
        { file: 'cities.csv', line: 3, code: 'ENCODING_INVALID' },
      ],
      [
        'mixed encodings',
        {
          ...SMALL_BUNDLE,
          'cities.csv': Buffer.concat([Buffer.from('code,name_en\na,甲\nb,'), Buffer.from([0xff]), Buffer.from('\n')]),
        },
        { file: 'cities.csv', line: 3, code: 'ENCODING_INVALID' },
      ],
      [
        'a NUL character',
        edited('cities.csv', 'Alpha', 'Al\0pha'),
        { file: 'cities.csv', line: 2, column: 'name_en', code: 'TEXT_INVALID' },
      ],
      [
        'a text that is too long',
        edited('cities.csv', 'Alpha', 'x'.repeat(10_001)),
        { file: 'cities.csv', line: 2, column: 'name_en', code: 'TEXT_INVALID' },
      ],
      [
        'no name',
        edited('cities.csv', 'b,Beta', 'b,'),
        { file: 'cities.csv', line: 3, column: 'name_en', value: null, code: 'VALUE_REQUIRED' },
      ],
      [
        'a code with a space',
        edited('cities.csv', 'b,Beta', 'b c,Beta'),
        { file: 'cities.csv', line: 3, column: 'code', value: 'b c', code: 'VALUE_TYPE' },
      ],
      [
        'a code of 65 characters',
        edited('cities.csv', 'b,Beta', `${'b'.repeat(65)},Beta`),
        { line: 3, column: 'code', code: 'VALUE_TYPE' },
      ],
      [
        'a latitude beyond the pole',
        edited('cities.csv', '-90,180', '-90.1,180'),
        { file: 'cities.csv', line: 4, column: 'lat', value: '-90.1', code: 'VALUE_RANGE' },
      ],
      [
        'a longitude beyond 180',
        edited('cities.csv', '-90,180', '-90,180.5'),
        { column: 'lon', value: '180.5', code: 'VALUE_RANGE' },
      ],
      [
        'a city twice',
        edited('cities.csv', 'C,Gamma', 'a,Gamma'),
        { file: 'cities.csv', line: 4, column: 'code', value: 'a', code: 'DUPLICATE_KEY' },
      ],
      [
        'a script address',
        edited('sources.csv', 'https://example.org/', 'javascript:alert(1)'),
        { file: 'sources.csv', line: 2, column: 'url', code: 'VALUE_TYPE' },
      ],
      [
        'a day that does not exist',
        edited('sources.csv', '2024-02-29', '2023-02-29'),
        { column: 'retrieved_on', value: '2023-02-29', code: 'VALUE_TYPE' },
      ],
      [
        'an unknown direction',
        edited('indicators.csv', 'lower_better', 'lower'),
        {
          file: 'indicators.csv',
          line: 3,
          column: 'direction',
          value: 'lower',
          code: 'VALUE_NOT_ALLOWED',
          allowed: 'higher_better, lower_better',
        },
      ],
      [
        'a direction from a prototype',
        edited('indicators.csv', 'lower_better', 'constructor'),
        { line: 3, column: 'direction', value: 'constructor', code: 'VALUE_NOT_ALLOWED' },
      ],
      [
        'goalposts the wrong way round',
        edited('indicators.csv', '0,100', '100,0'),
        { file: 'indicators.csv', line: 2, column: 'goalpost_low', value: '100', code: 'VALUE_RANGE' },
      ],
      [
        'an unknown denominator',
        edited('indicators.csv', 'population,0', 'people,0'),
        { file: 'indicators.csv', line: 2, column: 'denominator', value: 'people', code: 'REFERENCE_UNKNOWN' },
      ],
      [
        'its own denominator',
        edited('indicators.csv', 'population,0', 'income,0'),
        { line: 2, column: 'denominator', code: 'VALUE_NOT_ALLOWED' },
      ],
      [
        'an unknown source',
        edited('indicators.csv', '100,S1', '100,S2'),
        { file: 'indicators.csv', line: 2, column: 'source_id', value: 'S2', code: 'REFERENCE_UNKNOWN' },
      ],
      [
        'a negative weight',
        edited('frameworks.csv', 'Wealth,2', 'Wealth,-2'),
        { file: 'frameworks.csv', line: 3, column: 'weight', value: '-2', code: 'VALUE_RANGE' },
      ],
      [
        'a weight that is not a number',
        edited('frameworks.csv', 'Wealth,2', 'Wealth,NaN'),
        { line: 3, column: 'weight', value: 'NaN', code: 'VALUE_TYPE' },
      ],
      [
        'an infinite weight',
        edited('frameworks.csv', 'Wealth,2', 'Wealth,1e999'),
        { line: 3, column: 'weight', value: '1e999', code: 'VALUE_TYPE' },
      ],
      [
        'an unknown parent',
        edited('frameworks.csv', 'wealth,index', 'wealth,top'),
        { file: 'frameworks.csv', line: 3, value: 'top', code: 'TREE_INVALID' },
      ],
      [
        'two roots',
        edited('frameworks.csv', 'wealth,index', 'wealth,'),
        { file: 'frameworks.csv', column: 'framework', code: 'TREE_INVALID' },
      ],
      [
        'a cycle',
        edited(
          'frameworks.csv',
          'f,wealth,index,Wealth,2,income,1',
          'f,wealth,other,Wealth,2,,1\nf,other,wealth,Other,1,,1',
        ),
        { file: 'frameworks.csv', code: 'TREE_INVALID' },
      ],
      [
        'a leaf without indicator',
        edited('frameworks.csv', '2,income', '2,'),
        { file: 'frameworks.csv', line: 3, code: 'TREE_INVALID' },
      ],
      [
        'a leaf of context only',
        edited('frameworks.csv', '2,income', '2,population'),
        { file: 'frameworks.csv', line: 3, column: 'indicator', value: 'population', code: 'TREE_INVALID' },
      ],
      [
        'a leaf of an unknown indicator',
        edited('frameworks.csv', '2,income', '2,wages'),
        { file: 'frameworks.csv', line: 3, column: 'indicator', value: 'wages', code: 'REFERENCE_UNKNOWN' },
      ],
      [
        'an unknown city',
        edited('observations.csv', 'a,crime', 'z,crime'),
        { file: 'observations.csv', line: 5, column: 'city_code', value: 'z', code: 'REFERENCE_UNKNOWN' },
      ],
      [
        'an unknown indicator',
        edited('observations.csv', 'a,crime', 'a,__proto__'),
        { line: 5, column: 'indicator_code', value: '__proto__', code: 'REFERENCE_UNKNOWN' },
      ],
      [
        'a year of zero',
        edited('observations.csv', 'a,income,2019', 'a,income,0'),
        { line: 2, column: 'year', value: '0', code: 'VALUE_RANGE' },
      ],
      [
        'a year of five digits',
        edited('observations.csv', 'a,income,2019', 'a,income,10000'),
        { line: 2, column: 'year', code: 'VALUE_RANGE' },
      ],
      [
        'half a year',
        edited('observations.csv', 'a,income,2019', 'a,income,2019.5'),
        { line: 2, column: 'year', value: '2019.5', code: 'VALUE_TYPE' },
      ],
      [
        'a decimal comma',
        edited('observations.csv', '2019,0.1', '2019,"0,1"'),
        { line: 2, column: 'value', value: '0,1', code: 'VALUE_TYPE' },
      ],
      [
        'a hexadecimal value',
        edited('observations.csv', '2019,0.1', '2019,0x10'),
        { line: 2, column: 'value', code: 'VALUE_TYPE' },
      ],
      [
        'an infinite value',
        edited('observations.csv', '2019,0.1', '2019,Infinity'),
        { line: 2, column: 'value', code: 'VALUE_TYPE' },
      ],
      [
        'an empty value without a reason',
        edited('observations.csv', '-2.5,ESTIMATED', ',ESTIMATED'),
        { line: 5, column: 'value', code: 'VALUE_REQUIRED' },
      ],
      [
        'a missing value with a value',
        edited('observations.csv', '-2.5,ESTIMATED', '-2.5,MISSING'),
        { line: 5, column: 'value', value: '-2.5', code: 'VALUE_NOT_ALLOWED' },
      ],
      [
        'an unknown status',
        edited('observations.csv', 'ESTIMATED', 'estimated'),
        { line: 5, column: 'status', value: 'estimated', code: 'VALUE_NOT_ALLOWED' },
      ],
      [
        'a lower bound above the value',
        edited('observations.csv', '0.05,0.15', '0.2,0.3'),
        { line: 2, column: 'low', value: '0.2', code: 'VALUE_RANGE' },
      ],
      [
        'an upper bound below the value',
        edited('observations.csv', '0.05,0.15', '0.05,0.09'),
        { line: 2, column: 'high', value: '0.09', code: 'VALUE_RANGE' },
      ],
      [
        'an observation twice',
        edited('observations.csv', 'a,income,2020', 'a,income,2019'),
        { line: 3, column: 'city_code+indicator_code+year', value: 'a, income, 2019', code: 'DUPLICATE_KEY' },
      ],
      [
        'a rank of zero',
        edited('published_rankings.csv', 'overall,1', 'overall,0'),
        { file: 'published_rankings.csv', line: 2, column: 'rank', code: 'VALUE_RANGE' },
      ],
      [
        'a published ranking of an unknown city',
        edited('published_rankings.csv', '2,b', '2,z'),
        { line: 3, column: 'city_code', value: 'z', code: 'REFERENCE_UNKNOWN' },
      ],
      [
        'a negative number of projects',
        edited('initiatives.csv', '07,3', '07,-3'),
        { file: 'initiatives.csv', line: 2, column: 'project_count', code: 'VALUE_RANGE' },
      ],
      [
        'an unknown framework',
        edited('methodologies.json', '"f"', '"g"'),
        { file: 'methodologies.json', column: '[0].framework', value: 'g', code: 'REFERENCE_UNKNOWN' },
      ],
      [
        'an unknown method',
        edited('methodologies.json', 'MIN_MAX', 'MIN_MAXX'),
        {
          file: 'methodologies.json',
          column: '[0].recipe.normalise.method',
          value: 'MIN_MAXX',
          code: 'RECIPE_INVALID',
        },
      ],
      [
        'a methodology without a name',
        edited('methodologies.json', '"Plain"', '""'),
        { column: '[0].name', code: 'VALUE_TYPE' },
      ],
      [
        'a recipe file that is no list',
        { ...SMALL_BUNDLE, 'methodologies.json': '{}' },
        { file: 'methodologies.json', code: 'VALUE_TYPE' },
      ],
      [
        'a methodology that is no object',
        { ...SMALL_BUNDLE, 'methodologies.json': '[7]' },
        { column: '[0]', value: '7', code: 'VALUE_TYPE' },
      ],
      [
        'a methodology twice',
        { ...SMALL_BUNDLE, 'methodologies.json': `[${METHODOLOGY},${METHODOLOGY}]` },
        { column: '[1].code', value: 'm', code: 'DUPLICATE_KEY' },
      ],
      [
        'a licence that is a number',
        { ...SMALL_BUNDLE, 'bundle.json': '{"name":"n","version":"1","licence":7}' },
        { column: 'licence', value: '7', code: 'VALUE_TYPE' },
      ],
      [
        'notes that are too long',
        { ...SMALL_BUNDLE, 'bundle.json': JSON.stringify({ name: 'n', version: '1', notes: 'x'.repeat(10_001) }) },
        { column: 'notes', code: 'TEXT_INVALID' },
      ],
      [
        'a JSON file that is too large',
        { ...SMALL_BUNDLE, 'methodologies.json': ' '.repeat(1024 * 1024 + 1) },
        { file: 'methodologies.json', code: 'TOO_LARGE' },
      ],
      [
        'too many nodes',
        {
          ...SMALL_BUNDLE,
          'frameworks.csv': `framework,node,parent,weight,indicator\nf,index,,1,\n${numbered(2000, (i) => `f,n${i},index,1,income`)}`,
        },
        { file: 'frameworks.csv', value: 'f', code: 'TOO_LARGE' },
      ],
      [
        'too many cells',
        {
          ...SMALL_BUNDLE,
          'cities.csv': `code,name_en\na,A\nb,B\nC,C\n${numbered(147, (i) => `c${i},City`)}`,
          'indicators.csv': `${SMALL_BUNDLE['indicators.csv']}${numbered(17, (i) => `i${i},Indicator,,,,,`)}`,
          'observations.csv': `city_code,indicator_code,year,value\n${numbered(9_000, (i) => `a,income,${i},1`)}`,
        },
        // 150 cities × 20 indicators × 9,000 years.
        { file: 'observations.csv', value: '27000000', code: 'TOO_LARGE' },
      ],
    ];

    test.each(bad)('%s', async (_, files, expected) => {
      const before = await rowCounts(database.dataSource);
      const report = await publishBundle(database.dataSource, writeFolder(files));
      expect(report.published).toBe(false);
      expect(report.digest).toBeNull();
      expect(report.errors).toContainEqual(expect.objectContaining(expected));
      expect(await rowCounts(database.dataSource)).toEqual(before);
      expect(before['Release']).toBe(0);
    });

    test('a bad row is reported once, not again by the rows that refer to it', async () => {
      const files = edited('cities.csv', 'a,Alpha,甲,,p1,P One,,first,10.5,20', 'a,Alpha,甲,,p1,P One,,first,100,20');
      const { errors, errorCount } = await publishBundle(database.dataSource, writeFolder(files));
      expect(errors.map(({ file, line, code }) => ({ file, line, code }))).toEqual([
        { file: 'cities.csv', line: 2, code: 'VALUE_RANGE' },
      ]);
      expect(errorCount).toBe(1);
    });

    test('a bad header is reported once, not again for every row', async () => {
      const { errors } = await publishBundle(database.dataSource, writeFolder(edited('cities.csv', 'name_en', 'name')));
      expect(errors.map(({ code }) => code)).toEqual(['COLUMN_MISSING']);
    });

    test('the report lists up to its limit and counts the rest', async () => {
      const rows = Array.from({ length: 150 }, (_, i) => `a,nothing,${String(2000 + i)},1`).join('\n');
      const files = { ...SMALL_BUNDLE, 'observations.csv': `city_code,indicator_code,year,value\n${rows}\n` };
      const report = await publishBundle(database.dataSource, writeFolder(files), { problemLimit: 10 });
      expect(report.errors).toHaveLength(10);
      expect(report.errorCount).toBe(150);
      expect(formatReport(report)).toContain('error: … and 140 more');
      const byDefault = await publishBundle(database.dataSource, writeFolder(files));
      expect(byDefault.errors).toHaveLength(100);
    });

    test('control characters of a value are escaped in the printed report', async () => {
      const files = edited('cities.csv', 'b,Beta', '"b\u001b[31m\nx",Beta');
      const text = formatReport(await publishBundle(database.dataSource, writeFolder(files)));
      expect(text.split('\n').some((line) => line.includes('cities.csv:3:code') && line.includes('u001b'))).toBe(true);
      expect(text).not.toContain('\u001b');
    });

    test.each([
      ['a path that does not exist', '/nowhere/at/all', 'FILE_MISSING'],
      ['a file that is no .zip', __filename, 'FILE_UNREADABLE'],
    ])('%s', async (_, path, code) => {
      const report = await publishBundle(database.dataSource, path);
      expect(report.published).toBe(false);
      expect(report.errors).toContainEqual(expect.objectContaining({ code }));
    });

    test('a symbolic link in the folder is not followed', async () => {
      const folder = writeFolder(SMALL_BUNDLE);
      rmSync(join(folder, 'sources.csv'));
      symlinkSync('/etc/passwd', join(folder, 'sources.csv'));
      const report = await publishBundle(database.dataSource, folder);
      expect(report.errors).toContainEqual(expect.objectContaining({ file: 'sources.csv', code: 'FILE_UNREADABLE' }));
      expect(JSON.stringify(report)).not.toContain('root');
    });

    const entries = Object.entries(SMALL_BUNDLE).map(([name, content]) => ({ name, content }));
    test.each([
      [
        'a name that leaves the folder',
        [...entries, { name: '../../evil.csv', content: 'x' }],
        /invalid relative path/,
      ],
      ['an absolute name', [...entries, { name: '/etc/evil.csv', content: 'x' }], /absolute path/],
      ['a backslash in a name', [...entries, { name: 'a\\..\\..\\evil.csv', content: 'x' }], /invalid characters/],
      [
        'more bytes than stated',
        entries.map((entry) => (entry.name === 'cities.csv' ? { ...entry, statedSize: 10 } : entry)),
        /too many bytes/,
      ],
      [
        'fewer bytes than stated',
        entries.map((entry) => (entry.name === 'cities.csv' ? { ...entry, statedSize: 9_999 } : entry)),
        /not enough bytes/,
      ],
      [
        'an absurd size',
        entries.map((entry) => (entry.name === 'cities.csv' ? { ...entry, statedSize: 4_000_000_000 } : entry)),
        /larger than an import takes/,
      ],
      [
        'a symbolic link',
        entries.map((entry) =>
          entry.name === 'sources.csv' ? { ...entry, content: '/etc/passwd', mode: 0o120777 } : entry,
        ),
        /not a regular file/,
      ],
      ['a file twice', [...entries, { name: 'cities.csv', content: 'code,name_en\nx,X\n' }], /holds it twice/],
      [
        'too many entries',
        [...entries, ...Array.from({ length: 1000 }, (_, i) => ({ name: `f${String(i)}`, content: '' }))],
        /larger than an import takes/,
      ],
    ])('a .zip with %s', async (_, zipEntries, message) => {
      const before = await rowCounts(database.dataSource);
      const report = await publishBundle(database.dataSource, writeZip(zipEntries));
      expect(report.published).toBe(false);
      expect(report.errors.map((error) => error.message).join('\n')).toMatch(message);
      expect(await rowCounts(database.dataSource)).toEqual(before);
    });
  });

  describe('each in a database of its own', () => {
    let own: TestDatabase;
    beforeEach(async () => {
      own = await openDatabase(kind);
    });
    afterEach(() => own.close());

    test('a sound bundle is published whole', async () => {
      const report = await publishBundle(own.dataSource, writeFolder(SMALL_BUNDLE), {
        actor: 'tester',
        now: () => new Date('2026-01-02T03:04:05Z'),
      });
      expect(report.errors).toEqual([]);
      expect(report.warnings).toEqual([]);
      expect(report).toMatchObject({
        published: true,
        version: '1',
        rows: {
          'cities.csv': 3,
          'sources.csv': 1,
          'indicators.csv': 3,
          'frameworks.csv': 3,
          'observations.csv': 7,
          'published_rankings.csv': 2,
          'initiatives.csv': 2,
          'methodologies.json': 1,
        },
      });
      expect(await new ReleaseRepository(own.dataSource).current()).toEqual(
        Object.assign(new Release(), {
          sequence: 1,
          version: '1',
          name: 'small',
          digest: report.digest,
          publishedAt: '2026-01-02T03:04:05.000Z',
          licence: 'CC0',
          publisher: null,
          description: null,
          notes: 'made for tests',
          cityCount: 3,
          indicatorCount: 3,
          observationCount: 7,
        }),
      );
      expect(await own.dataSource.getRepository(AuditEvent).find()).toMatchObject([
        { actor: 'tester', action: 'PUBLISH_RELEASE', subject: '1', occurredAt: '2026-01-02T03:04:05.000Z' },
      ]);
    });

    test('a byte order mark, CRLF line ends and no last line feed are accepted', async () => {
      const files = Object.fromEntries(
        Object.entries(SMALL_BUNDLE).map(([name, text]) => [
          name,
          name.endsWith('.csv') ? `\uFEFF${text.trimEnd()}` : text,
        ]),
      );
      const plain = await publishBundle(
        own.dataSource,
        writeFolder({ ...files, 'cities.csv': `\uFEFF${SMALL_BUNDLE['cities.csv'].replaceAll('\n', '\r\n')}` }),
      );
      expect(plain.errors).toEqual([]);
      const again = await openDatabase(kind);
      expect((await publishBundle(again.dataSource, writeFolder(SMALL_BUNDLE))).digest).toBe(plain.digest);
      await again.close();
    });

    test('unknown columns, members and files are warnings', async () => {
      const files = {
        ...SMALL_BUNDLE,
        'bundle.json': JSON.stringify({ name: 'small', version: '1', colour: 'red' }),
      };
      const cities = SMALL_BUNDLE['cities.csv']
        .split('\n')
        .map((line, i) => (line === '' ? line : `${line},${i === 0 ? 'mayor' : 'x'}`));
      const report = await publishBundle(own.dataSource, writeFolder({ ...files, 'cities.csv': cities.join('\n') }));
      expect(report.published).toBe(true);
      expect(report.warnings).toMatchObject([
        { file: 'bundle.json', column: 'colour', code: 'COLUMN_UNKNOWN' },
        { file: 'cities.csv', line: 1, column: 'mayor', code: 'COLUMN_UNKNOWN' },
      ]);
    });

    test('only the four required files are needed', async () => {
      const files = {
        'bundle.json': '{"name":"n","version":"1"}',
        'cities.csv': 'code,name_en\na,A\n',
        'indicators.csv': 'code,name_en,direction\ni,I,\n',
        'observations.csv': 'city_code,indicator_code,year,value\n',
      };
      expect(await publishBundle(own.dataSource, writeFolder(files))).toMatchObject({ published: true, errors: [] });
    });

    test.each([
      ['without', ''],
      ['within', 'small/'],
    ])('a .zip with its files %s a folder gives the same release', async (_, prefix) => {
      const zip = writeZip([
        { name: '__MACOSX/x', content: '' },
        ...Object.entries(SMALL_BUNDLE).map(([name, content]) => ({ name: prefix + name, content })),
        { name: `${prefix}README.txt`, content: 'hello' },
      ]);
      const report = await publishBundle(own.dataSource, zip);
      expect(report.errors).toEqual([]);
      expect(report.warnings).toMatchObject([{ file: `${prefix}README.txt`, code: 'FILE_UNKNOWN' }]);
      const again = await openDatabase(kind);
      expect((await publishBundle(again.dataSource, writeFolder(SMALL_BUNDLE))).digest).toBe(report.digest);
      await again.close();
    });

    test('SQL, wildcards and formulas are data', async () => {
      const files = edited('cities.csv', 'b,Beta', `b,"${SQL.replaceAll('"', '""')}"`);
      const notes = String(files['cities.csv']).replace('Gamma', `"${FORMULA.replaceAll('"', '""')}"`);
      const report = await publishBundle(own.dataSource, writeFolder({ ...files, 'cities.csv': notes }));
      expect(report.errors).toEqual([]);
      const cities = await own.dataSource.getRepository(City).find();
      expect(new Map(cities.map((city) => [city.code, city.nameEn]))).toEqual(
        new Map([
          ['a', 'Alpha'],
          ['b', SQL],
          ['C', FORMULA],
        ]),
      );
    });

    test('a version that exists is a conflict', async () => {
      await publishBundle(own.dataSource, writeFolder(SMALL_BUNDLE));
      const before = await rowCounts(own.dataSource);
      const report = await publishBundle(own.dataSource, writeFolder(edited('cities.csv', 'Alpha', 'Other')));
      expect(report.published).toBe(false);
      expect(report.errors).toMatchObject([{ file: 'bundle.json', column: 'version', value: '1', code: 'CONFLICT' }]);
      expect(await rowCounts(own.dataSource)).toEqual(before);
    });

    test('publishers through one data source take turns, and of the same version one wins', async () => {
      const second = { ...SMALL_BUNDLE, 'bundle.json': '{"name":"small","version":"2"}' };
      const [one, two, oneAgain] = await Promise.all(
        [SMALL_BUNDLE, second, SMALL_BUNDLE].map((files) => publishBundle(own.dataSource, writeFolder(files))),
      );
      expect(two?.errors).toEqual([]);
      expect([one?.published, oneAgain?.published].sort()).toEqual([false, true]);
      expect([...(one?.errors ?? []), ...(oneAgain?.errors ?? [])]).toMatchObject([{ code: 'CONFLICT' }]);
    });

    test('of two publishers on two connections one wins and the other is told so', async () => {
      const other = await createDataSource(own.settings).initialize();
      const second = { ...SMALL_BUNDLE, 'bundle.json': '{"name":"small","version":"2"}' };
      const reports = await Promise.all([
        publishBundle(own.dataSource, writeFolder(SMALL_BUNDLE)),
        publishBundle(other, writeFolder(second)),
      ]);
      const releases = await own.dataSource.getRepository(Release).find();
      // They may also happen to run one after the other, in which case both are right to win.
      const won = reports.filter(({ published }) => published);
      expect(releases.map(({ digest }) => digest).sort()).toEqual(won.map(({ digest }) => digest).sort());
      expect(won.length).toBeGreaterThan(0);
      for (const { published, errors } of reports) {
        expect(errors.map(({ code }) => code)).toEqual(published ? [] : ['CONFLICT']);
      }
      await other.destroy();
    });

    test('a reader on the same connection sees no half of a release while it is written', async () => {
      await publishBundle(own.dataSource, writeFolder(SMALL_BUNDLE));
      const second = {
        ...edited('observations.csv', '0.1,NORMAL', '0.12,NORMAL'),
        'bundle.json': '{"name":"small","version":"2"}',
      };
      const releases = new ReleaseRepository(own.dataSource);
      const seen = new Set<string | undefined>();
      const undo = onEachStatement(own, async () => {
        seen.add((await releases.current())?.version);
      });
      await publishBundle(own.dataSource, writeFolder(second));
      undo();
      expect([...seen]).toEqual(['1']);
      expect((await releases.current())?.version).toBe('2');
    });

    test('whichever statement fails, nothing is left behind and the next import works', async () => {
      const folder = writeFolder(SMALL_BUNDLE);
      let failures = 0;
      for (let n = 0; ; n += 1) {
        let left = n;
        let failed = false;
        const undo = onEachStatement(own, () => {
          left -= 1;
          if (left >= 0) return Promise.resolve();
          if (failed) return Promise.resolve();
          failed = true;
          return Promise.reject(new Error('The disk is on fire.'));
        });
        const outcome = await publishBundle(own.dataSource, folder).then(
          (report) => report.published,
          (error: unknown) => String(error),
        );
        undo();
        if (outcome === true) break;
        failures += 1;
        expect(outcome).toBe('Error: The disk is on fire.');
        expect(Object.values(await rowCounts(own.dataSource)).every((count) => count === 0)).toBe(true);
      }
      // Nine tables of rows, the audit event and the release.
      expect(failures).toBe(11);
      expect(await own.dataSource.getRepository(Observation).count()).toBe(7);
    });

    test('publishIfEmpty publishes once', async () => {
      const folder = writeFolder(SMALL_BUNDLE);
      expect(await publishIfEmpty(own.dataSource, folder)).toMatchObject({ published: true });
      expect(await publishIfEmpty(own.dataSource, folder)).toBeNull();
    });

    test('of two that publish into the same empty database one does, and neither complains', async () => {
      const other = await createDataSource(own.settings).initialize();
      const folder = writeFolder(SMALL_BUNDLE);
      const reports = await Promise.all([own.dataSource, other].map((one) => publishIfEmpty(one, folder)));
      expect(reports.filter((report) => report?.published)).toHaveLength(1);
      expect(reports.filter((report) => report === null)).toHaveLength(1);
      await other.destroy();
    });
  });
});

/** Calls back before every INSERT of the database; a callback that fails makes the statement fail. */
function onEachStatement(database: TestDatabase, before: () => Promise<void>): () => void {
  const { dataSource } = database;
  const create = dataSource.createQueryRunner.bind(dataSource);
  // On SQLite every caller gets the one runner.
  const original = new Map<QueryRunner, QueryRunner['query']>();
  dataSource.createQueryRunner = (mode) => {
    const runner = create(mode);
    if (original.has(runner)) return runner;
    const query = runner.query.bind(runner);
    original.set(runner, query);
    Object.assign(runner, {
      query: async (sql: string, ...rest: unknown[]): Promise<unknown> => {
        if (sql.startsWith('INSERT')) await before();
        const result: unknown = await Reflect.apply(query, runner, [sql, ...rest]);
        return result;
      },
    });
    return runner;
  };
  return () => {
    dataSource.createQueryRunner = create;
    for (const [runner, query] of original) runner.query = query;
  };
}
