import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DIMENSIONS = 3;
const YEAR = 2020;
/** Share of the values that are missing. */
const GAPS = 0.05;

/**
 * Writes a bundle of made-up figures, always the same: cities with codes of six characters, indicators in three dimensions,
 * one year, some gaps, min–max and arithmetic means.
 * @param folder made if it is not there
 */
export function writeLargeBundle(folder: string, cities: number, indicators: number): void {
  mkdirSync(folder, { recursive: true });
  const write = (file: string, header: string, rows: Iterable<string>): void => {
    writeFileSync(join(folder, file), [header, ...rows, ''].join('\n'));
  };
  const cityCodes = Array.from({ length: cities }, (_, i) => `c${String(i).padStart(5, '0')}`);
  const indicatorCodes = Array.from({ length: indicators }, (_, j) => `x${String(j)}`);
  const dimensions = Array.from({ length: DIMENSIONS }, (_, d) => `d${String(d)}`);
  let state = 12345;
  const random = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
  writeFileSync(join(folder, 'bundle.json'), JSON.stringify({ name: 'large', version: '1' }));
  write(
    'cities.csv',
    'code,name_en,tier',
    cityCodes.map((code, i) => `${code},City ${code},t${String(i % 4)}`),
  );
  write('sources.csv', 'id,title', ['S,Made up']);
  write(
    'indicators.csv',
    'code,name_en,direction,source_id',
    indicatorCodes.map((code) => `${code},Indicator ${code},higher_better,S`),
  );
  write('frameworks.csv', 'framework,node,parent,name_en,weight,indicator,position', [
    'f,index,,Index,1,,0',
    ...dimensions.map((code, d) => `f,${code},index,Dimension ${code},1,,${String(d)}`),
    ...indicatorCodes.map((code, j) => `f,n-${code},d${String(j % DIMENSIONS)},,1,${code},${String(j)}`),
  ]);
  write(
    'observations.csv',
    'city_code,indicator_code,year,value,source_id',
    cityCodes.flatMap((city) =>
      indicatorCodes.flatMap((code) => {
        const value = random();
        return random() < GAPS ? [] : [`${city},${code},${String(YEAR)},${String(value)},S`];
      }),
    ),
  );
  write('published_rankings.csv', 'report,year,dimension,rank,city_code', []);
  write('initiatives.csv', 'city_code,title,signed_on,project_count', []);
  const recipe = { period: { year: YEAR }, normalise: { method: 'MIN_MAX' } };
  const methodology = { code: 'default', name: 'Plain', framework: 'f', recipe };
  writeFileSync(join(folder, 'methodologies.json'), JSON.stringify([methodology]));
}
