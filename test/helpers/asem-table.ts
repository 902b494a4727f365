import type { CityMeta, IndicatorMeta } from '../../src/scoring/table';
import { readGolden, type GoldenTable } from './golden';

const meta = readGolden('coinr', '00_iMeta.csv');

/** Indicator codes of the ASEM data set in file order. */
export const asemCodes: readonly string[] = meta.rows
  .filter((row) => row['Level'] === '1')
  .map((row) => row['iCode'] ?? '');

/** The 49 ASEM indicators with direction and target. */
export const asemIndicators: readonly IndicatorMeta[] = meta.rows
  .filter((row) => row['Level'] === '1')
  .map((row) => ({
    code: row['iCode'] ?? '',
    direction: row['Direction'] === '-1' ? -1 : 1,
    goalpostLow: null,
    goalpostHigh: null,
    target: row['Target'] ? Number(row['Target']) : null,
    denominator: row['Denominator'] ? row['Denominator'] : null,
  }));

/** Pillar (parent node) of each ASEM indicator as an index. */
export function asemDimensions(): Int32Array {
  const parents = meta.rows.filter((row) => row['Level'] === '1').map((row) => row['Parent'] ?? '');
  const distinct = [...new Set(parents)];
  return Int32Array.from(parents, (parent) => distinct.indexOf(parent));
}

/** Raw ASEM data, 51 countries, 64 gaps. */
export const asemRaw: GoldenTable = readGolden('coinr', '00_raw_iData.csv');

/** Country codes in the raw file's order. */
export const asemUnits: readonly string[] = asemRaw.text('uCode');

/** The ASEM countries with their groups under the file's names. */
export const asemCities: readonly CityMeta[] = asemRaw.rows.map((row) => ({
  code: row['uCode'] ?? '',
  groups: {
    EurAsia_group: row['EurAsia_group'] ?? null,
    GDP_group: row['GDP_group'] ?? null,
    Pop_group: row['Pop_group'] ?? null,
  },
}));

/** Column-major values of the 49 indicators. */
export function asemValues(table: GoldenTable): Float64Array {
  const n = table.rows.length;
  const values = new Float64Array(n * asemCodes.length);
  for (const [j, code] of asemCodes.entries()) values.set(table.numbers(code), j * n);
  return values;
}
