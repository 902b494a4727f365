import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import {
  buildTree,
  compareCodes,
  OBSERVATION_STATUSES,
  type CityMeta,
  type IndicatorMeta,
  type Panel,
  type Tree,
} from '../../src/scoring';

const FOLDER = join(__dirname, '..', '..', 'data', 'city-digital-governance');

/** Rows of one CSV file of the built-in bundle, read without any code of ours. */
export function bundleRows(file: string): Record<string, string>[] {
  return parse(readFileSync(join(FOLDER, file), 'utf8'), { columns: true, bom: true });
}

/** The built-in bundle as the engine takes it, read straight from its files: the check on what the database gives. */
export function builtInBundle(): {
  readonly panel: Panel;
  readonly trees: ReadonlyMap<string, Tree>;
  readonly recipes: ReadonlyMap<string, { readonly framework: string; readonly recipe: unknown }>;
} {
  const number = (cell: string | undefined): number | null => (cell === undefined || cell === '' ? null : Number(cell));
  const cities: CityMeta[] = bundleRows('cities.csv')
    .map((row) => ({
      code: row['code'] ?? '',
      groups: { TIER: row['tier'] || null, PROVINCE: row['province_code'] || null },
    }))
    .sort((a, b) => compareCodes(a.code, b.code));
  const indicators: IndicatorMeta[] = bundleRows('indicators.csv')
    .map((row) => ({
      code: row['code'] ?? '',
      direction:
        row['direction'] === 'higher_better'
          ? (1 as const)
          : row['direction'] === 'lower_better'
            ? (-1 as const)
            : (0 as const),
      goalpostLow: number(row['goalpost_low']),
      goalpostHigh: number(row['goalpost_high']),
      target: number(row['target']),
      denominator: row['denominator'] || null,
    }))
    .sort((a, b) => compareCodes(a.code, b.code));
  const observations = bundleRows('observations.csv');
  const years = [...new Set(observations.map((row) => Number(row['year'])))].sort((a, b) => a - b);
  const values = new Float64Array(years.length * indicators.length * cities.length).fill(NaN);
  const status = new Uint8Array(values.length);
  const indexOf = (codes: readonly { readonly code: string }[]): Map<string, number> =>
    new Map(codes.map(({ code }, index) => [code, index]));
  const cityIndex = indexOf(cities);
  const indicatorIndex = indexOf(indicators);
  for (const row of observations) {
    const y = years.indexOf(Number(row['year']));
    const cell =
      (y * indicators.length + (indicatorIndex.get(row['indicator_code'] ?? '') ?? NaN)) * cities.length +
      (cityIndex.get(row['city_code'] ?? '') ?? NaN);
    values[cell] = number(row['value']) ?? NaN;
    status[cell] = OBSERVATION_STATUSES.findIndex((name) => name === row['status']);
  }
  const nodes = bundleRows('frameworks.csv');
  const trees = new Map(
    [...new Set(nodes.map((row) => row['framework'] ?? ''))].map((framework) => [
      framework,
      buildTree(
        framework,
        nodes
          .filter((row) => row['framework'] === framework)
          .map((row) => ({
            code: row['node'] ?? '',
            parent: row['parent'] || null,
            weight: Number(row['weight']),
            indicator: row['indicator'] || null,
            position: Number(row['position']),
          })),
      ),
    ]),
  );
  const presets: { code: string; framework: string; recipe: unknown }[] = JSON.parse(
    readFileSync(join(FOLDER, 'methodologies.json'), 'utf8'),
  ) as {
    code: string;
    framework: string;
    recipe: unknown;
  }[];
  return {
    panel: { cities, indicators, years, values, status, statuses: OBSERVATION_STATUSES },
    trees,
    recipes: new Map(presets.map(({ code, framework, recipe }) => [code, { framework, recipe }])),
  };
}
