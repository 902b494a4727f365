import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

/** Files of a bundle by name; a text is written as UTF-8. */
export type Files = Readonly<Record<string, string | Buffer>>;

/** A sound bundle of three cities, three indicators and two years. */
export const SMALL_BUNDLE = {
  'bundle.json': JSON.stringify({ name: 'small', version: '1', licence: 'CC0', notes: 'made for tests' }),
  'cities.csv': `code,name_en,name_zh,name_fr,province_code,province_en,province_zh,tier,lat,lon
a,Alpha,甲,,p1,P One,,first,10.5,20
b,Beta,,Bêta,p1,P One,,,,
C,Gamma,,,,,,second,-90,180
`,
  'sources.csv': `id,title,url,retrieved_on
S1,"A title, with a comma",https://example.org/,2024-02-29
`,
  'indicators.csv': `code,name_en,direction,denominator,goalpost_low,goalpost_high,source_id
income,Income,higher_better,population,0,100,S1
crime,Crime,lower_better,,,,
population,Population,,,,,
`,
  'frameworks.csv': `framework,node,parent,name_en,weight,indicator,position
f,index,,The index,1,,0
f,wealth,index,Wealth,2,income,1
f,safety,index,Safety,1,crime,2
`,
  'observations.csv': `city_code,indicator_code,year,value,status,low,high,source_id,note
a,income,2019,0.1,NORMAL,0.05,0.15,S1,
a,income,2020,1e3,,,,,"two
lines"
a,crime,2020,-2.5,ESTIMATED,,,,
b,income,2020,,MISSING,,,,not asked
b,crime,2020,3,QUESTIONABLE,,,,
C,income,2020,7,,,,,
C,population,2020,1000000,,,,,
`,
  'published_rankings.csv': `report,year,dimension,rank,city_code,score,source_id
Report,2020,overall,1,a,9.5,S1
Report,2020,overall,2,b,,
`,
  'initiatives.csv': `city_code,title,signed_on,project_count
a,A thing,2021-04-07,3
a,A thing,,
`,
  'methodologies.json': JSON.stringify([
    { code: 'm', name: 'Plain', framework: 'f', recipe: { period: { year: 2020 }, normalise: { method: 'MIN_MAX' } } },
  ]),
} as const satisfies Files;

/** Writes the files to a new folder, which {@link removeFolders} removes. */
export function writeFolder(files: Files): string {
  const folder = newFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** A path in a new folder for an export to be written to. */
export function newPath(name: string): string {
  return join(newFolder(), name);
}

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'city-ranking-bundle-'));
  mkdirSync(folder, { recursive: true });
  folders.push(folder);
  return folder;
}

/** Removes everything that was written. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** One entry of a .zip; what is stated may differ from what is true. */
export interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  /** Unix mode; default a regular file. */
  readonly mode?: number;
  /** Uncompressed size that the headers state; default the true one. */
  readonly statedSize?: number;
}

/** Writes a .zip (APPNOTE.TXT 6.3: local headers, central directory, end record) and gives its path. */
export function writeZip(entries: readonly ZipEntry[]): string {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, content, mode = 0o100644, statedSize } of entries) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw);
    const nameBytes = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc32(raw), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(statedSize ?? raw.length, 18);
    shared.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, nameBytes, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), shared, tail, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  const path = newPath('bundle.zip');
  writeFileSync(path, Buffer.concat([...locals, directory, end]));
  return path;
}
